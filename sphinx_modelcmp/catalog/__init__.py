"""What is known: records, the strict reader of YAML, and what is wrong with a file."""

from sphinx_modelcmp.catalog.checks import Demands
from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.places import Places
from sphinx_modelcmp.catalog.problems import Code, Place, Problem, Severity, did_you_mean
from sphinx_modelcmp.catalog.records import Catalog, Fact, Model
from sphinx_modelcmp.catalog.vocabulary import State, Support

__all__ = [
    "Catalog",
    "Code",
    "Demands",
    "Fact",
    "Loaded",
    "Model",
    "Place",
    "Places",
    "Problem",
    "Severity",
    "State",
    "Support",
    "did_you_mean",
    "load_catalog",
]

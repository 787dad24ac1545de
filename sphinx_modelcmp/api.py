"""What other programs may import: see ``docs/python.md``. Everything else in this package may be renamed."""

from __future__ import annotations

from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import Place, Problem
from sphinx_modelcmp.catalog.records import Catalog, Model, Traffic
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.bill import Usage
from sphinx_modelcmp.compare.certainty import best
from sphinx_modelcmp.compare.comparison import Answer, Comparison, Request, Settings, compare
from sphinx_modelcmp.compare.costing import Cost, MonthlyCost, NoCost, monthly_cost, request_cost
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss
from sphinx_modelcmp.importers.prices import PriceList, number
from sphinx_modelcmp.importers.source_files import ForeignError, read_json
from sphinx_modelcmp.sections.registry import statements, write

__all__ = [
    "Answer",
    "Asked",
    "Catalog",
    "Comparison",
    "Cost",
    "Entry",
    "Foreign",
    "ForeignError",
    "Importer",
    "Listing",
    "Loaded",
    "Loss",
    "Model",
    "MonthlyCost",
    "NoCost",
    "Place",
    "PriceList",
    "Problem",
    "Request",
    "Settings",
    "State",
    "Traffic",
    "Usage",
    "best",
    "claims",
    "compare",
    "load_catalog",
    "monthly_cost",
    "number",
    "read_json",
    "request_cost",
    "statements",
    "write",
]

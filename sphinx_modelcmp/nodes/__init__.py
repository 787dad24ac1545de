"""Blocks to stock docutils nodes. Nothing here knows Sphinx, a builder or what a model is."""

from sphinx_modelcmp.nodes.build import RELATED, Builder, notice
from sphinx_modelcmp.nodes.inlines import COMPARISON
from sphinx_modelcmp.nodes.layout import Heading, Layout
from sphinx_modelcmp.nodes.tables import tables_in

__all__ = ["COMPARISON", "RELATED", "Builder", "Heading", "Layout", "notice", "tables_in"]

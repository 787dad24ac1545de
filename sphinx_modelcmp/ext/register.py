"""Composition root: everything that is added to Sphinx, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import babel

from sphinx_modelcmp.catalog.cache import package_fingerprint
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext import config, directive, freshness, html, insert, latex, structured_data, text
from sphinx_modelcmp.ext.domain import ModelcmpDomain
from sphinx_modelcmp.ext.gettext_template import add_messages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def env_version() -> int:
    """The number by which Sphinx knows pages that another release has read, and reads them again.

    Babel belongs to it: figures, dates and lists are written by its data, which change with its version.
    """
    return int(fingerprint_of((package_fingerprint(), babel.__version__))[:8], 16)


def register(app: Sphinx) -> None:
    """Add the directive, the domain, the transforms and the events."""
    config.register_values(app)
    app.add_domain(ModelcmpDomain)
    app.add_latex_package(html.LATEX_PACKAGE, after_hyperref=True)
    app.add_directive("model-compare", directive.ModelCompare)
    app.add_directive("model-table", directive.ModelTable)
    app.add_directive("model-card", directive.ModelCard)
    app.add_node(directive.comparison_place)
    # A node without a function for its end is closed as its base class is.
    app.add_node(html.dressed_entry, html=(html.visit_dressed_entry, None))
    app.add_node(html.scroll_region, html=(html.visit_scroll_region, html.depart_scroll_region))
    app.add_node(html.folded, html=(html.visit_folded, html.depart_folded))
    app.add_node(html.source_mark, html=(html.visit_source_mark, None))
    app.add_node(html.tool_words, html=(html.visit_tool_words, None))
    app.add_node(html.calculator_data, html=(html.visit_calculator, html.depart_calculator))
    app.add_transform(insert.InsertComparisons)
    app.add_post_transform(insert.LinkRelated)
    app.add_post_transform(html.DressComparisons)
    app.add_post_transform(html.PlaceCalculators)
    app.add_post_transform(html.SeparateIds)
    app.add_post_transform(latex.NameGlyphs)
    app.add_post_transform(latex.BreakTables)
    app.add_post_transform(text.FitTables)
    app.add_post_transform(text.SetTables)
    app.add_post_transform(text.SetAnchors)
    app.add_post_transform(structured_data.TakeOut)
    app.connect("builder-inited", freshness.load)
    app.connect("builder-inited", html.copy_files)
    app.connect("builder-inited", structured_data.copy_schema)
    app.connect("env-get-outdated", freshness.outdated)
    app.connect("env-before-read-docs", freshness.read_before_fork)
    app.connect("env-updated", add_messages)
    app.connect("env-updated", freshness.unwritten)
    app.connect("env-updated", freshness.agree)
    app.connect("doctree-resolved", freshness.note)
    app.connect("build-finished", freshness.keep)
    app.connect("build-finished", structured_data.complete, priority=structured_data.AFTER_OTHERS)
    app.connect("html-page-context", html.link_files)
    app.connect("html-page-context", structured_data.publish, priority=structured_data.AFTER_OTHERS)

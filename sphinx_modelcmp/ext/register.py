"""Composition root: everything that is added to Sphinx, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import babel

from sphinx_modelcmp.catalog.cache import package_fingerprint
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext import (
    assets,
    config,
    directive,
    glyphs,
    insert,
    links,
    loading,
    singlehtml,
    structured_data,
    tables_html,
    tables_latex,
    tables_text,
    written_pages,
)
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
    app.add_latex_package(assets.LATEX_PACKAGE, after_hyperref=True)
    app.add_directive("model-compare", directive.ModelCompare)
    app.add_node(directive.comparison_place)
    # A node without a function for its end is closed as its base class is.
    app.add_node(tables_html.dressed_entry, html=(tables_html.visit_dressed_entry, None))
    app.add_node(tables_html.scroll_region, html=(tables_html.visit_scroll_region, tables_html.depart_scroll_region))
    app.add_node(tables_html.tool_words, html=(tables_html.visit_tool_words, None))
    app.add_node(tables_html.calculator_data, html=(tables_html.visit_calculator, tables_html.depart_calculator))
    app.add_transform(insert.InsertComparisons)
    app.add_post_transform(links.LinkRelated)
    app.add_post_transform(tables_html.DressTables)
    app.add_post_transform(tables_html.KeepMathematicsOut)
    app.add_post_transform(tables_html.PlaceCalculators)
    app.add_post_transform(singlehtml.SeparateIds)
    app.add_post_transform(glyphs.NameGlyphs)
    app.add_post_transform(tables_latex.BreakTables)
    app.add_post_transform(tables_text.FitTables)
    app.add_post_transform(tables_text.SetTables)
    app.add_post_transform(links.SetAnchors)
    app.add_post_transform(structured_data.TakeOut)
    app.connect("builder-inited", loading.load)
    app.connect("builder-inited", assets.copy_files)
    app.connect("builder-inited", structured_data.copy_schema)
    app.connect("env-get-outdated", loading.outdated)
    app.connect("env-before-read-docs", loading.read_before_fork)
    app.connect("env-updated", add_messages)
    app.connect("env-updated", written_pages.outdated)
    app.connect("env-updated", loading.agree)
    app.connect("doctree-resolved", written_pages.note)
    app.connect("build-finished", written_pages.keep)
    app.connect("build-finished", structured_data.complete, priority=structured_data.AFTER_OTHERS)
    app.connect("html-page-context", assets.link_files)
    app.connect("html-page-context", structured_data.publish, priority=structured_data.AFTER_OTHERS)

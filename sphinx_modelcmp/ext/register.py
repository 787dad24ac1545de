"""Everything that is added to Sphinx, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import babel

from sphinx_modelcmp.catalog.cache import package_fingerprint
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext import (
    calculator,
    dressing,
    gettext_template,
    html,
    latex,
    linking,
    llms,
    loading,
    outputs,
    published,
)
from sphinx_modelcmp.ext.config import register_values
from sphinx_modelcmp.ext.directive import ModelCompare, comparison_place
from sphinx_modelcmp.ext.domain import ModelcmpDomain
from sphinx_modelcmp.ext.glyphs import NameGlyphs
from sphinx_modelcmp.ext.man import SetTables
from sphinx_modelcmp.ext.markdown import SetAnchors
from sphinx_modelcmp.ext.placing import PlaceComparisons
from sphinx_modelcmp.ext.singlehtml import SeparateIds
from sphinx_modelcmp.ext.text import FitTables

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def env_version() -> int:
    """The number by which Sphinx knows pages that another release has read, and reads them again.

    Babel belongs to it: figures, dates and lists are written by its data, which change with its version.
    """
    return int(fingerprint_of((package_fingerprint(), babel.__version__))[:8], 16)


def register(app: Sphinx) -> None:
    """Add the directive, the domain, the transforms and the events."""
    register_values(app)
    app.add_domain(ModelcmpDomain)
    app.add_latex_package(latex.PACKAGE, after_hyperref=True)
    app.add_directive("model-compare", ModelCompare)
    app.add_node(comparison_place)
    app.add_node(dressing.dressed_entry, html=(dressing.visit_dressed_entry, dressing.depart_dressed_entry))
    app.add_node(dressing.scroll_region, html=(dressing.visit_scroll_region, dressing.depart_scroll_region))
    app.add_node(dressing.tool_words, html=(dressing.visit_tool_words, dressing.depart_tool_words))
    app.add_node(calculator.calculator_data, html=(calculator.visit_calculator, calculator.depart_calculator))
    app.add_transform(PlaceComparisons)
    app.add_post_transform(linking.LinkRelated)
    app.add_post_transform(dressing.DressTables)
    app.add_post_transform(dressing.KeepMathematicsOut)
    app.add_post_transform(calculator.PlaceCalculators)
    app.add_post_transform(SeparateIds)
    app.add_post_transform(NameGlyphs)
    app.add_post_transform(latex.BreakTables)
    app.add_post_transform(FitTables)
    app.add_post_transform(SetTables)
    app.add_post_transform(SetAnchors)
    app.add_post_transform(published.TakeOut)
    app.connect("builder-inited", loading.load)
    app.connect("builder-inited", html.copy_static_files)
    app.connect("builder-inited", latex.copy_package)
    app.connect("builder-inited", published.copy_schema)
    app.connect("env-get-outdated", loading.outdated)
    app.connect("env-before-read-docs", loading.read_before_fork)
    app.connect("env-updated", gettext_template.add_messages)
    app.connect("env-updated", outputs.outdated)
    app.connect("env-updated", loading.agree)
    app.connect("doctree-resolved", outputs.note)
    app.connect("build-finished", outputs.keep)
    app.connect("build-finished", llms.complete, priority=llms.AFTER_OTHERS)
    app.connect("html-page-context", html.link_static_files)
    app.connect("html-page-context", published.publish, priority=published.AFTER_OTHERS)

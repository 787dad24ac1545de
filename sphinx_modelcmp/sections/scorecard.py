"""What decides first, at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.rows import PRICING, SPECS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import rows_table

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Block

NOTED = {"specs": SPECS, "pricing": PRICING}
"""Sections whose tables repeat rows of the scorecard, with their notes."""


def build(page: Page) -> tuple[Block, ...]:
    """One table, the better values marked, and its notes."""
    caption = page.say("Scorecard of {models}; prices per million tokens", models=page.all_names())
    elsewhere = [name for section, rows in NOTED.items() if section in page.comparison.sections for name in rows]
    return rows_table(page, caption, page.say("Signal"), page.comparison.scorecard(), noted_elsewhere=elsewhere)


SECTION = SectionKind(mark("Decision scorecard"), build)

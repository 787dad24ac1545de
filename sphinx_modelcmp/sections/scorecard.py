"""What decides first, at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.tables import rows_table

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Block
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """One table, the better values marked, and its notes."""
    caption = page.say("Scorecard of {models}; prices per million tokens", models=page.all_names())
    return rows_table(page, caption, page.say("Signal"), page.comparison.scorecard())

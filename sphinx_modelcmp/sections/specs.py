"""The facts of the models themselves, built-in ones first, then the house's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import known_rows_table

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Block


def build(page: Page) -> tuple[Block, ...]:
    """One table, its notes, and the rows that nobody has said anything about."""
    caption = page.say("Specifications of {models}; limits in tokens", models=page.all_names())
    return known_rows_table(page, caption, page.say("Specification"), page.comparison.specs())


SECTION = SectionKind(mark("Specifications"), build)

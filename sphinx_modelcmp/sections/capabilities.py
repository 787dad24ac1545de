"""What the models are documented to do, and not to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import known_rows_table

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Block


def build(page: Page) -> tuple[Block, ...]:
    """One table, its notes, and the rows that nobody has said anything about."""
    caption = page.say("Capabilities of {models}", models=page.all_names())
    return known_rows_table(page, caption, page.say("Capability"), page.comparison.capabilities())


SECTION = SectionKind(mark("Capabilities"), build)

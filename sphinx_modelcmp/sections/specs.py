"""The facts of the models themselves, built-in ones first, then the house's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Bullets, Text
from sphinx_modelcmp.sections.tables import rows_table

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Block
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """One table, its notes, and what the author notes of a model as a whole."""
    caption = page.say("Specifications of {models}; limits in tokens", models=page.all_names())
    table = rows_table(page, caption, page.say("Specification"), page.comparison.specs())
    remarks = tuple((Text(page.labelled(model.name)), *page.prose(model.note)) for model in page.models if model.note)
    return (*table, *([Bullets(remarks)] if remarks else []))

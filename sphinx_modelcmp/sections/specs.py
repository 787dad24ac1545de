"""The facts of the models themselves, built-in ones first, then the house's own."""

from __future__ import annotations

from sphinx_modelcmp.sections.blocks import Block, Text, bullets
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import rows_table


def build(page: Page) -> tuple[Block, ...]:
    """One table, its notes, and the author's note on each model as a whole."""
    caption = page.say("Specifications of {models}; limits in tokens", models=page.all_names())
    table = rows_table(page, caption, page.say("Specification"), page.comparison.specs())
    remarks = ((Text(page.labelled(model.name)), *page.prose(model.note)) for model in page.models if model.note)
    return (*table, *bullets(remarks))


SECTION = SectionKind(mark("Specifications"), build)

"""What the built-in rows mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Cell, Term, Text
from sphinx_modelcmp.sections.labels import ROWS, row_label

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page


def row_head(page: Page, row: Row) -> Cell:
    """The header cell of a row, with what the row means; the house says that of its own rows."""
    label, definition = row_label(page, row), _definition(page, row)
    return Cell((Term(label, definition) if definition else Text(label),))


def _definition(page: Page, row: Row) -> str:
    if row.house:
        return "".join(inline.text for inline in page.prose(row.house.description)) if row.house.description else ""
    return page.words.say(ROWS[row.name].meaning)

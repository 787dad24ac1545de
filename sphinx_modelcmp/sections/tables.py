"""Tables of facts with a column a model, and below each what does not fit into a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare.rows import NEUTRAL
from sphinx_modelcmp.sections.blocks import (
    Block,
    Bullets,
    Cell,
    Inline,
    Table,
    TableRow,
    Text,
    cell,
    paragraph,
    text,
)
from sphinx_modelcmp.sections.cells import mark_of, reading_text
from sphinx_modelcmp.sections.labels import row_label
from sphinx_modelcmp.sections.prose import inlines
from sphinx_modelcmp.sections.words import mark_plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sphinx_modelcmp.catalog.records import Fact, Model, Reading
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page


LEFT_OUT = mark_plural(
    "{number} row that does not differ is left out.", "{number} rows that do not differ are left out."
)


class Notes:
    """The notes of one table, numbered in reading order."""

    def __init__(self, noted_elsewhere: Collection[str] = ()) -> None:
        self.noted_elsewhere = noted_elsewhere
        self._items: list[tuple[Inline, ...]] = []

    def add(self, note: tuple[Inline, ...]) -> str:
        """Take a note, and give the mark that leads to it. The same note twice has one mark."""
        if note not in self._items:
            self._items.append(note)
        return f"[{self._items.index(note) + 1}]"

    def blocks(self) -> tuple[Block, ...]:
        """The notes as they stand below the table."""
        if not self._items:
            return ()
        return (Bullets(tuple((Text(f"[{i}] "), *note) for i, note in enumerate(self._items, 1))),)


def rows_table(
    page: Page, caption: str, corner: str, rows: Sequence[Row], *, noted_elsewhere: Collection[str] = ()
) -> tuple[Block, ...]:
    """A table of rows, its notes, and how many rows are left out; nothing where no row was asked for.

    The notes of some rows may stand in another table of the page, and are not repeated here.
    """
    notes = Notes(noted_elsewhere)
    shown = page.comparison.shown(rows)
    lines = tuple(_table_row(page, row, notes) for row in shown)
    table = Table(caption, header(corner, page.models), lines)
    return (*([table] if lines else []), *notes.blocks(), *_left_out(page, len(rows) - len(shown)))


def header(corner: str, models: Sequence[Model]) -> tuple[Cell, ...]:
    """A header row: what the row headers are, then the models."""
    return (cell(corner), *(cell(model.name) for model in models))


def _left_out(page: Page, number: int) -> tuple[Block, ...]:
    if not number:
        return ()
    return (paragraph(page.count(*LEFT_OUT, number)),)


def _table_row(page: Page, row: Row, notes: Notes) -> TableRow:
    best = () if row.name in NEUTRAL else row.best
    cells = tuple(_fact_cell(page, row, fact, notes, best=i in best) for i, fact in enumerate(row.facts))
    return TableRow(cell(row_label(row, page.words)), cells, row.differs)


def _fact_cell(page: Page, row: Row, fact: Fact[Any], notes: Notes, *, best: bool) -> Cell:
    rivals = [other for other in fact.others if (other.state, other.value) != (fact.state, fact.value)]
    marks = [mark_of(fact), *(["best"] if best else []), *(["disputed"] if rivals else [])]
    content = [reading_text(page, row, fact)]
    if (fact.note or rivals) and row.name not in notes.noted_elsewhere:
        content.append(notes.add(_note(page, row, fact, rivals)))
    return Cell(text(" ".join(content)), tuple(name for name in marks if name))


def _note(page: Page, row: Row, fact: Fact[Any], rivals: Sequence[Reading[Any]]) -> tuple[Inline, ...]:
    """The author's note, then what other sources say instead."""
    said = [*inlines(fact.note)] if fact.note else []
    if not rivals:
        return tuple(said)
    others = "; ".join(_rival(page, row, other) for other in rivals)
    rivals_say = page.say("Others say {others}.", others=others)
    return (*said, Text(f" {rivals_say}" if said else rivals_say))


def _rival(page: Page, row: Row, other: Reading[Any]) -> str:
    """A value with who says so, and in plain words what the author notes of it."""
    titles = page.words.list(page.catalog.sources[name].title for name in other.source)
    note = "".join(inline.text for inline in inlines(other.note)).rstrip(".") if other.note else ""
    asides = ": ".join(aside for aside in (titles, note) if aside)
    value = reading_text(page, row, other)
    return page.say("{value} ({asides})", value=value, asides=asides) if asides else value

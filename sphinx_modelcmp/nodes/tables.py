"""Tables that every writer can set: header row, row headers, and columns as wide as their text asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_modelcmp.nodes.classes import CARDS, DIFFERS, PREFIX, TABLE
from sphinx_modelcmp.nodes.walk import elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.nodes.inlines import Inlines
    from sphinx_modelcmp.nodes.layout import Layout
    from sphinx_modelcmp.sections.blocks import Cell, Table, TableRow

NARROWEST, WIDEST = 6, 36
"""Limits of a column in characters. Below six the text builder of Sphinx 8.2 never ends breaking words."""


FEW, MANY = 3, 5
"""With so few columns a table fits a phone; with so many not even every page of a desktop."""


class Tables:
    """Builds the tables of one comparison, in the looks that its author asks for."""

    def __init__(self, layout: Layout, inlines: Inlines) -> None:
        self.layout = layout
        self.inlines = inlines

    def build(self, table: Table) -> nodes.table:
        """A captioned table with a header row and a stub column."""
        layout = self.layout
        classes = [TABLE, *self._form(table), *layout.classes]
        node = nodes.table("", nodes.title(table.caption, "", *self.inlines.text(table.caption)), classes=classes)
        if layout.align:
            node["align"] = layout.align
        if layout.width:
            node["width"] = layout.width
        widths = column_widths(table)
        if isinstance(layout.widths, tuple) and len(layout.widths) == len(widths):
            widths = list(layout.widths)
            node["classes"].append("colwidths-given")
        elif layout.widths in {"auto", "grid"}:
            node["classes"].append("colwidths-auto" if layout.widths == "auto" else "colwidths-given")
        group = nodes.tgroup("", cols=len(widths))
        group += [nodes.colspec("", colwidth=width, **({} if i else {"stub": 1})) for i, width in enumerate(widths)]
        group += nodes.thead("", self._row(table.header))
        group += nodes.tbody("", *(self._table_row(row) for row in table.rows))
        node += group
        return node

    def _form(self, table: Table) -> Iterator[str]:
        """The classes that tell style sheets of a table's width, and of what a phone makes of it."""
        columns = len(table.header)
        if table.across:
            yield f"{PREFIX}-across"
        if columns <= FEW:
            yield f"{PREFIX}-narrow"
        if columns >= MANY:
            yield f"{PREFIX}-wide"
        if self.layout.cards or (self.layout.cards is None and columns >= MANY):
            yield CARDS

    def _table_row(self, row: TableRow) -> nodes.row:
        node = self._row((row.head, *row.cells))
        if row.differs:
            node["classes"].append(DIFFERS)
        return node

    def _row(self, cells: Sequence[Cell]) -> nodes.row:
        return nodes.row("", *(self._entry(cell) for cell in cells))

    def _entry(self, cell: Cell) -> nodes.entry:
        value = {"value": cell.value} if cell.value else {}
        return nodes.entry("", self._content(cell), classes=[f"{PREFIX}-{mark}" for mark in cell.marks], **value)

    def _content(self, cell: Cell) -> nodes.paragraph:
        return nodes.paragraph("", "", *self.inlines.build(cell.content))


def tables_in(root: nodes.Element) -> Iterator[nodes.table]:
    """The tables of comparisons, in their order.

    This looks neither into tables, of which ours stand in no other one, nor into lines of text: that is nearly all of a
    page.
    """
    for node in elements(root, nodes.table, nodes.TextElement):
        if isinstance(node, nodes.table) and TABLE in node["classes"]:
            yield node


def column_widths(table: Table) -> list[int]:
    """Characters for each column: its longest cell, within limits."""
    rows = [table.header, *((row.head, *row.cells) for row in table.rows)]
    return [
        max(NARROWEST, min(WIDEST, max(len(cells[i].text) for cells in rows))) + 1 for i in range(len(table.header))
    ]

"""Tables that every writer can set: header row, row headers, and columns as wide as their text asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_modelcmp.nodes.inlines import inline_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.nodes.layout import Layout
    from sphinx_modelcmp.sections.blocks import Cell, Table, TableRow

NARROWEST, WIDEST = 6, 36
"""Limits of a column in characters. Below six the text builder of Sphinx 8.2 never ends breaking words."""


def build_table(table: Table, layout: Layout) -> nodes.table:
    """A captioned table with a header row and a stub column."""
    node = nodes.table("", nodes.title(table.caption, table.caption), classes=["modelcmp-table", *layout.classes])
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
    group += nodes.thead("", _row(table.header))
    group += nodes.tbody("", *(_table_row(row) for row in table.rows))
    node += group
    return node


def column_widths(table: Table) -> list[int]:
    """Characters for each column: its longest cell, within limits."""
    rows = [table.header, *((row.head, *row.cells) for row in table.rows)]
    return [
        max(NARROWEST, min(WIDEST, max(len(cells[i].text) for cells in rows))) + 1 for i in range(len(table.header))
    ]


def _table_row(row: TableRow) -> nodes.row:
    node = _row((row.head, *row.cells))
    if row.differs:
        node["classes"].append("modelcmp-differs")
    return node


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(_entry(cell) for cell in cells))


def _entry(cell: Cell) -> nodes.entry:
    return nodes.entry("", _content(cell), classes=[f"modelcmp-{mark}" for mark in cell.marks])


def _content(cell: Cell) -> nodes.paragraph:
    return nodes.paragraph("", "", *inline_nodes(cell.content))


def flatten(table: Table) -> nodes.definition_list:
    """The same facts without a table: a term a row, and below it a line a column."""
    found = nodes.definition_list(classes=["modelcmp-table"])
    for row in table.rows:
        lines = nodes.bullet_list(bullet="*")
        for head, cell in zip(table.header[1:], row.cells, strict=True):
            paragraph = _content(cell)
            paragraph.insert(0, nodes.Text(f"{head.text}: "))
            lines += nodes.list_item("", paragraph)
        term = nodes.term(row.head.text, row.head.text)
        found += nodes.definition_list_item("", term, nodes.definition("", lines))
    return found

"""Tables of comparisons in another shape, for writers whose lines they do not fit into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import column_width

from sphinx_modelcmp.nodes.classes import TABLE
from sphinx_modelcmp.sections.table_layout import as_list, keep_heads_whole, share, split_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NARROWEST, WIDEST = 6, 36
"""Limits of a column in characters. Below six the text builder of Sphinx 8.2 never ends breaking words."""


class Parts(NamedTuple):
    """The column specifications and the cells of a table, or of some of its columns."""

    columns: list[nodes.colspec]
    rows: list[list[nodes.entry]]
    """The cells of each row; the header first."""

    @classmethod
    def of(cls, table: nodes.table) -> Parts:
        """The parts of a table."""
        rows: list[list[Any]] = [list(row.children) for row in table.findall(nodes.row)]
        return cls(list(table.findall(nodes.colspec)), rows)

    def texts(self) -> list[list[str]]:
        """The texts of each column, that of the header first."""
        return [[cell.astext() for cell in cells] for cells in zip(*self.rows, strict=True)]

    def lengths(self) -> list[list[int]]:
        """The length of each text."""
        return [[column_width(text) for text in column] for column in self.texts()]

    def only(self, kept: Iterable[int]) -> Parts:
        """The first column, and some of the others."""
        kept = (0, *kept)
        return Parts([self.columns[i] for i in kept], [[row[i] for i in kept] for row in self.rows])

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give the columns these widths."""
        for column, width in zip(self.columns, widths, strict=True):
            column["colwidth"] = width


def caption_of(table: nodes.table) -> nodes.paragraph:
    """The caption as a line of its own, in bold."""
    caption = table[0].astext()
    return nodes.paragraph("", "", nodes.strong(caption, caption))


def flatten(table: nodes.table) -> nodes.definition_list:
    """The same facts without a table: a term for each row. Its cells move out of the table."""
    header, *rows = Parts.of(table).rows
    found = nodes.definition_list(classes=[TABLE])
    for head, lines in as_list(header, rows, nodes.entry.astext):
        bullets = nodes.bullet_list("", *map(_item, lines), bullet="*")
        found += nodes.definition_list_item("", nodes.term("", "", *_words(head)), nodes.definition("", bullets))
    return found


def _item(pairs: Sequence[tuple[nodes.entry, nodes.entry]]) -> nodes.list_item:
    paragraph = nodes.paragraph()
    for head, cell in pairs:
        words = f"{head.astext()}: "
        paragraph += nodes.Text(f"; {words}" if paragraph.children else words)
        paragraph += _words(cell)
    return nodes.list_item("", paragraph)


def _words(cell: Any) -> list[nodes.Node]:
    """The content of the one paragraph in a cell."""
    words: list[nodes.Node] = cell[0].children
    return words


def split(table: nodes.table, fits: Callable[[Parts], bool]) -> list[nodes.table]:
    """The fewest tables, with counted captions, that all fit; none if not even two models side by side do.

    The first column is repeated in all of them.
    """
    parts = Parts.of(table)
    heads = [row[0].astext() for row in parts.rows]
    shares = split_columns(heads, len(parts.columns) - 1, lambda kept: fits(parts.only(kept)))
    if len(shares) == 1:
        return [table]
    found = [_with_columns(table, kept) for kept in shares]
    for i, part in enumerate(found, 1):
        title: Any = part[0]
        title += nodes.Text(f" ({i}/{len(found)})")
    for part in found[1:]:
        # Links to the table lead to its first part.
        part["ids"], part["names"] = [], []
    return found


def _with_columns(table: nodes.table, kept: range) -> nodes.table:
    """A copy of a table with its first column and some of the others."""
    copy = table.deepcopy()
    columns, rows = Parts.of(copy)
    columns[0].parent["cols"] = 1 + len(kept)
    lines: list[list[Any]] = [columns, *rows]
    for cells in lines:
        for cell in [cell for i, cell in enumerate(cells) if i and i not in kept]:
            cell.parent.remove(cell)
    return copy


class Widths(NamedTuple):
    """Characters for each column of a table."""

    columns: list[int]
    fits: bool
    """True if every column is as wide as its longest word."""


def fit(parts: Parts, room: int, padding: int) -> Widths:
    """The widths that columns ask for, or less, so that they and the padding of each fill no more than the room."""
    words = [max(map(_word_width, column)) for column in parts.texts()]
    wanted = [column["colwidth"] for column in parts.columns]
    room -= padding * len(words)
    least = keep_heads_whole([min(word, WIDEST) for word in words], min(wanted[0], room // 4), room)
    widths = share(wanted, least, room)
    return Widths(widths, fits=all(word <= width for word, width in zip(words, widths, strict=True)))


def _word_width(text: str) -> int:
    """Characters of the longest word."""
    return max(map(column_width, text.split()), default=1)

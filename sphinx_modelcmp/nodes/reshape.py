"""Tables in another shape, for outputs that theirs does not fit into."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import column_width

from sphinx_modelcmp.nodes.classes import TABLE
from sphinx_modelcmp.nodes.tables import WIDEST
from sphinx_modelcmp.nodes.walk import elements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FEWEST = 2
"""So many models in a table at the least: one alone is not compared."""


_HOLDING_COLUMNS = (nodes.table, nodes.tgroup, nodes.thead, nodes.tbody, nodes.row)


class Parts(NamedTuple):
    """What a table of ours is made of, or some of its columns."""

    columns: list[nodes.colspec]
    rows: list[list[nodes.entry]]
    """The cells of each row; the header first."""

    @classmethod
    def of(cls, table: nodes.table) -> Parts:
        """The parts of a table."""
        found = list(elements(table, nodes.row))
        rows: list[list[Any]] = [list(node.children) for node in found if isinstance(node, nodes.row)]
        return cls([node for node in found if isinstance(node, nodes.colspec)], rows)

    def cells(self) -> Iterator[tuple[nodes.entry, ...]]:
        """The cells of each column, that of the header first."""
        return zip(*self.rows, strict=True)

    @property
    def has_unique_heads(self) -> bool:
        """Whether the first cell tells a row from every other."""
        heads = [row[0].astext() for row in self.rows]
        return len(heads) == len({*heads})

    def only(self, kept: Iterable[int]) -> Parts:
        """The first column, and some of the others."""
        kept = (0, *kept)
        return Parts([self.columns[i] for i in kept], [[row[i] for i in kept] for row in self.rows])


def caption_of(table: nodes.table) -> nodes.paragraph:
    """The caption as a line of its own, in bold."""
    caption = table[0].astext()
    return nodes.paragraph("", "", nodes.strong(caption, caption))


def flatten(table: nodes.table) -> nodes.definition_list:
    """The same facts without a table: a term a row, and below it a line a column.

    Where several rows begin alike they share their term, and each has one line. The table is used up.
    """
    parts = Parts.of(table)
    header, *rows = parts.rows
    found = nodes.definition_list(classes=[TABLE])
    for _, group in groupby(rows, key=lambda row: row[0].astext()):
        held = list(group)
        pairs = [list(zip(header[1:], row[1:], strict=True)) for row in held]
        lines = [[pair] for pair in pairs[0]] if parts.has_unique_heads else pairs
        bullets = nodes.bullet_list("", *(_item(line) for line in lines), bullet="*")
        term = nodes.term("", "", *_words(held[0][0]))
        found += nodes.definition_list_item("", term, nodes.definition("", bullets))
    return found


def _item(pairs: Sequence[tuple[nodes.entry, nodes.entry]]) -> nodes.list_item:
    paragraph = nodes.paragraph()
    for head, cell in pairs:
        words = f"{head.astext()}: "
        paragraph += nodes.Text(f"; {words}" if paragraph.children else words)
        paragraph += _words(cell)
    return nodes.list_item("", paragraph)


def _words(cell: nodes.entry) -> list[nodes.Node]:
    """What stands in the one paragraph of a cell."""
    (paragraph,) = cell.children
    assert isinstance(paragraph, nodes.paragraph)  # noqa: S101 - we have built it
    return paragraph.children


def split(table: nodes.table, number: int) -> list[nodes.table]:
    """So many tables, about as many columns in each beside the first, which stands in all; captions are counted.

    The table is used up.
    """
    if number == 1:
        return [table]
    found = [_with_columns(table, kept) for kept in _shares(len(Parts.of(table).columns), number)]
    for i, part in enumerate(found):
        part[0] += nodes.Text(f" ({i + 1}/{number})")
        # What leads to the table leads to the first one.
        part["ids"], part["names"] = (table["ids"], table["names"]) if i == 0 else ([], [])
    return found


def _shares(columns: int, number: int) -> list[range]:
    """The columns beside the first, shared out."""
    bounds = [1 + (columns - 1) * i // number for i in range(number + 1)]
    return [range(low, high) for low, high in pairwise(bounds)]


def _with_columns(node: Any, kept: range) -> Any:
    """A copy of a table with a copy of the first column, and some of the others themselves."""
    if not isinstance(node, _HOLDING_COLUMNS):
        return node.deepcopy()
    copy = node.copy()
    children: list[Any] = node.children
    if isinstance(node, nodes.row):
        copy.extend([children[0].deepcopy(), *(children[i] for i in kept)])
        return copy
    if isinstance(node, nodes.tgroup):
        copy["cols"] = 1 + len(kept)
        columns = [child for child in children if isinstance(child, nodes.colspec)]
        children = [columns[0], *(columns[i] for i in kept), *children[len(columns) :]]
    copy.extend([_with_columns(child, kept) for child in children])
    return copy


def parts_needed(table: nodes.table, fits: Callable[[Parts], bool]) -> int:
    """The fewest tables to make of one so that all of them fit; 0 where not even two models beside each other do.

    The first column stands in all of them, so it has to tell rows apart: otherwise the table cannot be split.
    """
    parts = Parts.of(table)
    columns = len(parts.columns)
    most = (columns - 1) // FEWEST if parts.has_unique_heads else 1
    for number in range(1, max(1, most) + 1):
        if all(fits(parts.only(kept)) for kept in _shares(columns, number)):
            return number
    return 0


class Widths(NamedTuple):
    """Characters for each column of a table."""

    columns: list[int]
    fits: bool
    """Whether each holds the longest word in it."""


def fit(parts: Parts, room: int, padding: int) -> Widths:
    """The widths that columns ask for, or less, so that they and the padding of each come to the room.

    The first column, of what rows begin with, keeps its lines whole where the others have room enough.
    """
    words = [max(word_width(cell) for cell in cells) for cells in parts.cells()]
    room -= padding * len(words)
    widths = _shared([column["colwidth"] for column in parts.columns], [min(word, WIDEST) for word in words], room)
    return Widths(widths, fits=all(word <= width for word, width in zip(words, widths, strict=True)))


def _shared(wanted: Sequence[int], least: list[int], room: int) -> list[int]:
    """What each column wants, or its share of the room, of which it gets the least that it needs first."""
    whole = min(wanted[0], room // 4)
    if whole + sum(least[1:]) <= room:
        least = [max(whole, least[0]), *least[1:]]
    limit = max(least)
    while limit > 1 and sum(min(low, limit) for low in least) > room:
        limit -= 1
    least = [min(low, limit) for low in least]
    asked = [max(0, want - low) for want, low in zip(wanted, least, strict=True)]
    spare = max(0, room - sum(least))
    return [low + min(more, spare * more // (sum(asked) or 1)) for low, more in zip(least, asked, strict=True)]


def word_width(cell: nodes.entry) -> int:
    """Characters of the longest word in a cell."""
    return max(map(column_width, cell.astext().split()), default=1)


def tallest(parts: Parts, widths: Sequence[int]) -> int:
    """The most lines that a cell takes in columns of these widths."""
    columns = zip(parts.cells(), widths, strict=True)
    return max(-(-column_width(cell.astext()) // width) for cells, width in columns for cell in cells)


def set_widths(parts: Parts, widths: Sequence[int]) -> None:
    """Give the columns these widths."""
    for column, width in zip(parts.columns, widths, strict=True):
        column["colwidth"] = width

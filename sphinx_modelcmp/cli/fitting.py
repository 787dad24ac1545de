"""Lines and tables of so many characters: text broken between words, tables as wide as they ask or in parts."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sphinx_modelcmp.sections.blocks import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.text import Text as Line

    from sphinx_modelcmp.sections.blocks import Cell

    Columns = Callable[[Table], list[list[str]]]

GAP = 2
"""Spaces between two columns."""
TALLEST = 8
"""So many lines in a cell at the most: more are read word by word."""
FEWEST = 2
"""So many models in a part of a table at the least: one alone is not compared."""

# Han, kana and hangul break anywhere but before what closes and behind what opens; other scripts at spaces.
_WIDE = r"\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_CLOSING = r"\u3001\u3002\u300d\u300f\u3011\u3009\u300b\u3015\uff0c\uff0e\uff1a\uff1b\uff1f\uff01\uff09"
_OPENING = r"\u300c\u300e\u3010\u3008\u300a\u3014\uff08"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSING}]* *")


def wrapped(line: Line, width: int) -> list[Line]:
    """A text in lines of so many characters. A longer word stands out, whole: it may be an address."""
    breaks, used = [], 0
    for found in _PIECE.finditer(line.plain):
        if used and used + cell_len(found[0].rstrip(" ")) > width:
            breaks.append(found.start())
            used = 0
        used += cell_len(found[0])
    lines = list(line.divide(breaks))
    for part in lines:
        part.rstrip()
    return lines


def fitted(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Characters for each column, so that no word is cut; None where nobody would read a table of them.

    The first column, of what rows begin with, keeps its lines whole where the others have room enough.
    """
    room -= GAP * (len(columns) - 1)
    bodies = [max(map(cell_len, texts[1:]), default=0) for texts in columns]
    widths = [max(map(_longest_piece, texts)) for texts in columns]
    whole = max(widths[0], min(bodies[0], room // 3))
    if whole + sum(widths[1:]) <= room:
        widths[0] = whole
    if sum(widths) > room:
        return None
    _widen(widths, bodies, room)
    _widen(widths, [cell_len(texts[0]) for texts in columns], room)
    return widths if _tallest(columns, widths) <= TALLEST else None


def _widen(widths: list[int], wanted: Sequence[int], room: int) -> None:
    """Give the room that is left to the narrowest: what asks for little gets all of it, and the others share."""
    while sum(widths) < room and (wanting := [i for i, want in enumerate(wanted) if want > widths[i]]):
        widths[min(wanting, key=widths.__getitem__)] += 1


def _longest_piece(text: str) -> int:
    return max((cell_len(piece.rstrip(" ")) for piece in _PIECE.findall(text)), default=1)


def _tallest(columns: Sequence[Sequence[str]], widths: Sequence[int]) -> int:
    return max(-(-cell_len(text) // width) for texts, width in zip(columns, widths, strict=True) for text in texts)


def parts(table: Table, room: int, columns: Columns) -> list[Table]:
    """The fewest tables to make of one so that all of them fit, captions counted; none where that cannot be.

    The first column stands in all of them, so it has to tell rows apart. Where many rows begin alike, these make a
    table each, without what they begin with. ``columns`` gives the texts of each column, that of the header first.
    """

    def fit(tables: Sequence[Table]) -> bool:
        return all(fitted(columns(part), room) for part in tables)

    is_whole = sum(max(map(cell_len, texts)) + GAP for texts in columns(table)) - GAP <= room
    if not is_whole and _repeats_heads(table) and fit(found := list(_by_head(table))):
        return found
    if fit([table]):
        return [table]
    if not has_unique_heads(table):
        return []
    for number in range(2, len(table.header[1:]) // FEWEST + 1):
        found = _shares(table, number)
        if fit(found):
            return found
    return []


def has_unique_heads(table: Table) -> bool:
    """Whether the first cell tells a row from every other."""
    heads = [row.head.text for row in table.rows]
    return len(heads) == len({*heads})


def _repeats_heads(table: Table) -> bool:
    return len(table.header) > 2 and len(table.rows) > 2 * len(list(groups(table)))


def groups(table: Table) -> Iterator[tuple[Cell, list[TableRow]]]:
    """The rows that begin alike, each time with what they begin with."""
    for _, group in groupby(table.rows, key=lambda row: row.head.text):
        held = list(group)
        yield held[0].head, held


def _by_head(table: Table) -> Iterator[Table]:
    """A table for each group of rows, without the columns that only other groups have prices in."""
    for head, held in groups(table):
        kept = [i for i in range(1, len(table.header) - 1) if any("unpriced" not in row.cells[i].marks for row in held)]
        rows = tuple(TableRow(row.cells[0], tuple(row.cells[i] for i in kept), row.differs) for row in held)
        header = (table.header[1], *(table.header[i + 1] for i in kept))
        yield Table(f"{table.caption} ({head.text})", header, rows)


def _shares(table: Table, number: int) -> list[Table]:
    """So many tables, about as many columns in each beside the first."""
    columns = len(table.header) - 1
    bounds = pairwise(columns * i // number for i in range(number + 1))
    return [_columns(table, low, high, f" ({i}/{number})") for i, (low, high) in enumerate(bounds, 1)]


def _columns(table: Table, low: int, high: int, counted: str) -> Table:
    corner, *heads = table.header
    rows = tuple(TableRow(row.head, row.cells[low:high], row.differs) for row in table.rows)
    return Table(table.caption + counted, (corner, *heads[low:high]), rows, table.across)

"""Layout of a table in a limited number of characters: its column widths, its parts, and the list in its place.

Numbers and strings only, so that every writer can use it, whatever its tables are made of.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

R = TypeVar("R")
C = TypeVar("C")
"""A row and a cell of any writer."""

FEWEST = 2
"""Models in each part of a table: one alone would not be compared."""


def has_unique_heads(heads: Sequence[str]) -> bool:
    """True if the first cell distinguishes each row from all others."""
    return len(heads) == len({*heads})


def split_columns(heads: Sequence[str], columns: int, fits: Callable[[range], bool]) -> list[range]:
    """The columns of each part, for the fewest parts that all fit; none if even the smallest do not.

    The first column is repeated in every part and not counted. A table whose rows it cannot distinguish has one part.
    """
    most = columns // FEWEST if has_unique_heads(heads) else 1
    for number in range(1, max(1, most) + 1):
        bounds = pairwise(1 + columns * i // number for i in range(number + 1))
        found = [range(low, high) for low, high in bounds]
        if all(map(fits, found)):
            return found
    return []


def groups(rows: Iterable[R], head: Callable[[R], str]) -> Iterator[list[R]]:
    """Rows in groups that have the same head."""
    return (list(group) for _, group in groupby(rows, key=head))


def as_list(
    header: Sequence[C], rows: Sequence[Sequence[C]], text: Callable[[C], str]
) -> Iterator[tuple[C, list[list[tuple[C, C]]]]]:
    """A table as a list: the first cell of each row, and below it lines of a column's heading and a cell.

    Every cell has a line of its own, unless rows have the same first cell: then every row has one line.
    """
    is_unique = has_unique_heads([text(row[0]) for row in rows])
    for group in groups(rows, lambda row: text(row[0])):
        pairs = [list(zip(header[1:], row[1:], strict=True)) for row in group]
        yield group[0][0], [[pair] for pair in pairs[0]] if is_unique else pairs


def keep_heads_whole(least: Sequence[int], head: int, room: int) -> list[int]:
    """The smallest widths of columns, the first one at least ``head`` if that leaves the others enough room."""
    first, *others = least
    return [max(first, head) if head + sum(others) <= room else first, *others]


def share(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths in proportion to what columns want, after each has the least that it needs."""
    limit = max(least)
    while limit > 1 and sum(min(low, limit) for low in least) > room:
        limit -= 1
    least = [min(low, limit) for low in least]
    asked = [max(0, want - low) for want, low in zip(wanted, least, strict=True)]
    spare = max(0, room - sum(least))
    return [low + min(more, spare * more // (sum(asked) or 1)) for low, more in zip(least, asked, strict=True)]


def widen(widths: list[int], wanted: Sequence[int], room: int) -> None:
    """Widen the narrowest columns first: those that want little get all of it, and the others share the rest."""
    while sum(widths) < room and (wanting := [i for i, want in enumerate(wanted) if want > widths[i]]):
        widths[min(wanting, key=widths.__getitem__)] += 1


def tallest(lengths: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """The most lines of any cell. ``lengths`` are those of the texts in each column."""
    return max(-(-length // width) for column, width in zip(lengths, widths, strict=True) for length in column)

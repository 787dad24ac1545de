"""What stands beside the words of a cell: the numbers of its sources, and the letters of the notes below its table."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Block, Bullets, Cell, Inline, Link, NoteMark, Text, cell, text
from sphinx_modelcmp.sections.words import mark_plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sphinx_modelcmp.compare.sources import HasSource
    from sphinx_modelcmp.sections.page import Page

SPACE = Text(" ")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Notes:
    """The notes of one table, lettered in reading order: numbers are for sources."""

    def __init__(self, noted_elsewhere: Collection[str] = ()) -> None:
        self.noted_elsewhere = noted_elsewhere
        self._items: list[tuple[Inline, ...]] = []

    def add(self, note: tuple[Inline, ...]) -> Inline:
        """Take a note, and give the mark that tells of it. The same note twice has one mark."""
        if note not in self._items:
            self._items.append(note)
        return NoteMark(_letter(self._items.index(note)))

    def blocks(self) -> tuple[Block, ...]:
        """The notes as they stand below the table."""
        if not self._items:
            return ()
        return (Bullets(tuple((Text(f"{_letter(i)} "), *note) for i, note in enumerate(self._items))),)


def _letter(i: int) -> str:
    rounds, place = divmod(i, len(LETTERS))
    return f"[{LETTERS[place] * (rounds + 1)}]"


def marked(
    said: str | Inline | Sequence[Inline], *marks: Sequence[Inline], names: tuple[str, ...] = (), value: str = ""
) -> Cell:
    """A cell with its words, then the marks of its sources and notes. ``value`` is what it is sorted by."""
    words = said if isinstance(said, tuple | list) else (said,)
    return cell(*words, *spaced(chain.from_iterable(marks)), marks=names, value=value)


def linked(said: str, name: str, url: str | None) -> tuple[Inline, ...]:
    """Words that begin with a name, which leads to its address where it has one."""
    if not url or not said.startswith(name):
        return text(said)
    return text(Link(name, str(url)), *filter(None, (said.removeprefix(name),)))


def spaced(marks: Iterable[Inline]) -> tuple[Inline, ...]:
    """Marks as they follow what they are about. With spaces, for makeinfo cannot tell two links without one apart."""
    return tuple(inline for mark in marks for inline in (SPACE, mark))


def is_old(page: Page, rests_on: Sequence[HasSource]) -> bool:
    """Whether all that a cell rests on was last looked up too long ago."""
    if page.comparison.stale_after is None:
        return False
    days = [item.checked for item in rests_on if item.checked]
    return bool(days) and all(map(page.comparison.is_stale, days))


def stale_note(page: Page, notes: Notes) -> Inline:
    """The mark of a note that a fact is old, seen from the day that the page speaks of: readers come later."""
    day = page.words.day(page.comparison.day) if page.comparison.day else ""
    phrases = mark_plural(
        "Last checked more than {number} day before {day}.", "Last checked more than {number} days before {day}."
    )
    return notes.add(text(page.count(*phrases, page.comparison.stale_after or 0, day=day)))

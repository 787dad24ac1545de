"""Source numbers and note letters: the marks in cells, and the lists that they lead to."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.sources import readings, used_sources
from sphinx_modelcmp.sections.blocks import (
    Block,
    Cell,
    Inline,
    Link,
    NoteMark,
    SourceMark,
    Text,
    bullets,
    cell,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.sources import HasSource


SLOT = "\n"
"""The place in a sentence of a value that is more than text: no phrase has a line break."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Citations:
    """The sources of a comparison in the order of their numbers: one for each source and day that it was read on."""

    def __init__(self, comparison: Comparison) -> None:
        self.entries = used_sources(comparison)
        self.numbers = {(used.name, used.checked): i for i, used in enumerate(self.entries, 1)}
        """From the id of a source and the day it was read on to its number; empty where cells carry none."""
        if comparison.source_links != "all":
            self.numbers = {}
        self._sources = comparison.catalog.sources
        self._marks = [SourceMark(f"[{i}]", f"source-{i}", used.source.title) for i, used in enumerate(self.entries, 1)]

    def marks(self, *items: HasSource) -> tuple[SourceMark, ...]:
        """The source marks of some facts, each once, in the order of the numbers."""
        if not self.numbers:
            return ()
        named = {reading for item in items for reading in readings(self._sources, item)}
        return tuple(self._marks[i - 1] for i in sorted(self.numbers[key] for key in named if key in self.numbers))


class Notes:
    """The notes of one table, lettered in reading order: numbers are for sources."""

    def __init__(self, noted_elsewhere: Collection[str] = ()) -> None:
        self.noted_elsewhere = noted_elsewhere
        self._items: list[tuple[Inline, ...]] = []

    def add(self, note: tuple[Inline, ...]) -> Inline:
        """Keep a note, and return its mark. The same note twice has one mark."""
        if note not in self._items:
            self._items.append(note)
        return NoteMark(_letter(self._items.index(note)))

    def blocks(self) -> tuple[Block, ...]:
        """The list of notes below the table."""
        return bullets((Text(f"{_letter(i)} "), *note) for i, note in enumerate(self._items))


def _letter(i: int) -> str:
    rounds, place = divmod(i, len(LETTERS))
    return f"[{LETTERS[place] * (rounds + 1)}]"


def marked(
    said: str | Inline | Sequence[Inline], *marks: Sequence[Inline], names: tuple[str, ...] = (), value: str = ""
) -> Cell:
    """A cell with its words, then the marks of its sources and notes. ``value`` is its sort key."""
    words = said if isinstance(said, tuple | list) else (said,)
    return cell(*words, *spaced(chain.from_iterable(marks)), marks=names, value=value)


def linked(said: str, name: str, url: str | None) -> tuple[Inline, ...]:
    """Words that begin with a name, which leads to its address if it has one."""
    if not url or not said.startswith(name):
        return text(said)
    return text(Link(name, str(url)), *filter(None, (said.removeprefix(name),)))


def set_in(sentence: str, *inlines: Inline) -> tuple[Inline, ...]:
    """A sentence with inlines in the place of its ``SLOT``."""
    before, _, after = sentence.partition(SLOT)
    return (Text(before), *inlines, Text(after))


def spaced(marks: Iterable[Inline]) -> tuple[Inline, ...]:
    """Marks with a space before each: makeinfo cannot tell two links apart that have none between them."""
    return tuple(inline for mark in marks for inline in (Text(" "), mark))

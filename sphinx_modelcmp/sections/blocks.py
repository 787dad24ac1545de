"""The content of a section: a closed set of blocks that know nothing of an output format.

A cell has inlines only, so that no table can be within a table: the text builder cannot write that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_MARKER = re.compile(r"\[\w+\] ")


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, never parsed again."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Text of second rank in a cell: a setting, a condition."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line in a cell. ``text`` stands there where a writer has no lines in cells: a semicolon."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier, as it is typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word with what it means, for writers that can show it aside."""

    text: str
    definition: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a column that is aligned at the decimal sign: what stands before the sign, and the rest with it."""

    whole: str
    rest: str

    @property
    def text(self) -> str:
        """The figure."""
        return self.whole + self.rest


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an http, https or mailto address. ``title`` is for writers that can show it aside."""

    text: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the package. Without a claim it speaks of what is not known."""

    text: str
    claim: int | None = None
    """The position of its evidence in the claims of the page."""
    is_strong: bool = False
    """True of the sentence that a page opens with."""


@dataclass(frozen=True, slots=True)
class SourceMark:
    """The number of a source, which leads to the ``Bullets`` item of that anchor in the same comparison."""

    text: str
    anchor: str
    title: str
    """The name of the source, for readers who cannot see where the number leads."""

    @property
    def number(self) -> int:
        """The number of the source."""
        return int(self.anchor.rpartition("-")[2])


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The letter of a note below the table."""

    text: str


@dataclass(frozen=True, slots=True)
class ComparisonLink:
    """Text that leads to a comparison of these models, where the documentation has one."""

    text: str
    models: tuple[str, ...]


Inline: TypeAlias = (
    Text
    | Strong
    | Emphasis
    | Small
    | Break
    | Code
    | Term
    | Amount
    | Link
    | Said
    | SourceMark
    | NoteMark
    | ComparisonLink
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one table cell. ``marks`` say what it is (``yes``, ``unknown``, ``best``), for themes."""

    content: tuple[Inline, ...]
    marks: tuple[str, ...] = ()
    value: str = ""
    """The sort key: a decimal number with a point, or a date as ISO writes it; empty where the words will do."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(inline.text for inline in self.content)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list, one paragraph an item."""

    items: tuple[tuple[Inline, ...], ...]
    anchors: tuple[str, ...] = ()
    """For each item what a ``SourceMark`` calls it; none where nothing leads to them."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms, each with the blocks that explain it: questions and answers, directions of a move."""

    items: tuple[tuple[tuple[Inline, ...], tuple[Block, ...]], ...]
    is_card: bool = False
    """True for the facts of one model, which writers may frame."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row header and its cells; ``differs`` where the cells do not all say the same."""

    head: Cell
    cells: tuple[Cell, ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, a header row (the corner first, never empty) and row headers."""

    caption: str
    header: tuple[Cell, ...]
    rows: tuple[TableRow, ...]
    across: bool = False
    """True if the models are the columns."""
    label: str = ""
    """Its name where it is one of many alike, of which a reader opens some; empty of a table that is always open."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader must not miss."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class RelatedLinks:
    """A place for links to the other comparisons with these models; ``none`` stands there if there are none."""

    models: tuple[str, ...]
    none: str


@dataclass(frozen=True, slots=True)
class Calculator:
    """Data for the script that recalculates the next table, on pages that have scripts; nothing for a reader."""

    data: str
    """JSON, see ``calculator.py``."""
    marks: tuple[Inline, ...] = ()
    """The marks of the sources that new totals can rest on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The place of the directive's own body."""


Block: TypeAlias = Paragraph | Bullets | Definitions | Table | Notice | RelatedLinks | Calculator | Verdict


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page. ``name`` is what ``:sections:`` takes, and the end of the anchor."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    foreign: tuple[tuple[str, str], ...] = ()
    """Names that stand anywhere in it and are of another language than the page, each with the tag of that."""


def text(*parts: str | Inline) -> tuple[Inline, ...]:
    """Inlines from strings and inlines."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def paragraph(*parts: str | Inline) -> Paragraph:
    """A paragraph from strings and inlines."""
    return Paragraph(text(*parts))


def bullets(items: Iterable[tuple[Inline, ...]]) -> tuple[Bullets, ...]:
    """A list of some items; nothing without items."""
    listed = tuple(items)
    return (Bullets(listed),) if listed else ()


def marker_of(item: tuple[Inline, ...]) -> str:
    """What an item begins with in place of a bullet: the number of a source, or the letter of a note."""
    first = item[0]
    return first.text if isinstance(first, Text) and _MARKER.fullmatch(first.text) else ""


def cell(*parts: str | Inline, marks: tuple[str, ...] = (), value: str = "") -> Cell:
    """A cell from strings and inlines."""
    return Cell(text(*parts), marks, value)


def inlines_in(blocks: Iterable[Block]) -> Iterator[Inline]:
    """The inlines of some blocks in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Notice():
                yield from block.content
            case Bullets():
                yield from (inline for item in block.items for inline in item)
            case Definitions():
                for term, inner in block.items:
                    yield from term
                    yield from inlines_in(inner)
            case Table():
                rows = (block.header, *((row.head, *row.cells) for row in block.rows))
                yield from (inline for row in rows for cell in row for inline in cell.content)
            case _:
                pass


def cited(blocks: Iterable[Block]) -> tuple[int, ...]:
    """The source numbers in tables, the notes below them and notices."""
    return tuple(sorted({inline.number for inline in inlines_in(blocks) if isinstance(inline, SourceMark)}))

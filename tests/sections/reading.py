"""Blocks as text, to read a page in a test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import (
    Block,
    Bullets,
    Definitions,
    Inline,
    Notice,
    Paragraph,
    RelatedLinks,
    Section,
    Table,
)
from sphinx_modelcmp.sections.registry import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.compare.comparison import Comparison

PROSE = ("summary", "tradeoffs", "cost", "switching", "deep-dive", "faq")
"""The sections that speak in sentences."""
_END = re.compile(r"(?<=[.?!:]) (?=[A-ZÄÖÜ“])")


def page_of(comparison: Comparison, language: str = "en") -> dict[str, Section]:
    """The sections of a page by name."""
    return {section.name: section for section in write(comparison, language)}


def anchors_of(sections: Iterable[Section]) -> tuple[str, ...]:
    """What the marks of sources in some sections lead to."""
    blocks = (block for section in sections for block in section.blocks if isinstance(block, Bullets))
    return tuple(anchor for block in blocks for anchor in block.anchors)


def plain(inlines: Iterable[Inline]) -> str:
    return "".join(inline.text for inline in inlines)


def texts(blocks: Iterable[Block], before: str = "") -> Iterator[str]:
    """Every text of some blocks, each with the term or the row header that it stands under."""
    for block in blocks:
        if isinstance(block, Definitions):
            for term, inner in block.items:
                yield from texts(inner, f"{before}{plain(term)} | ")
        else:
            yield from (before + text for text in _own(block))


def _own(block: Block) -> list[str]:
    match block:
        case Paragraph() | Notice():
            return [plain(block.content)]
        case Bullets():
            return [plain(item) for item in block.items]
        case Table():
            rows = (" | ".join((row.head.text, *(cell.text for cell in row.cells))) for row in block.rows)
            return [block.caption, *rows]
        case RelatedLinks():
            return [block.none]
        case _:
            return []


def sentences(section: Section) -> list[str]:
    """The sentences of a section, each after what it stands under."""
    found = []
    for line in texts(section.blocks):
        before, bar, text = line.rpartition(" | ")
        found += [f"{before}{bar}{sentence}" for sentence in _END.split(text)]
    return found


def full_sentences(section: Section) -> set[str]:
    """The sentences of a section's paragraphs, lists and answers, without what stands before them."""
    blocks = [block for block in section.blocks if not isinstance(block, Table)]
    return {part for line in texts(blocks) for part in _END.split(line.rpartition(" | ")[2]) if part.endswith(".")}


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def cells(section: Section, number: int = 0) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their headers."""
    table = tables(section)[number]
    return {row.head.text: tuple(cell.text for cell in row.cells) for row in table.rows}


def marks(section: Section, number: int = 0) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The marks of a table's cells by row header."""
    return {row.head.text: tuple(cell.marks for cell in row.cells) for row in tables(section)[number].rows}


def whole(sections: Iterable[Section]) -> str:
    """All that a page says, line by line."""
    return "\n".join(line for section in sections for line in (section.title, *texts(section.blocks)))

"""Numbers of sources, and the marks in cells that lead to the list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.sources import UsedSource, readings, used_sources
from sphinx_modelcmp.sections.blocks import Bullets, Inline, Notice, SourceMark, Table

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_modelcmp.catalog.records import Source
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.sources import HasSource
    from sphinx_modelcmp.sections.blocks import Block


@dataclass(frozen=True)
class Citations:
    """The sources of a comparison in the order of their numbers: one for each source and day that it was read on."""

    entries: tuple[UsedSource, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Every source of the catalog by its id."""
    numbers: Mapping[tuple[str, datetime.date | None], int] = field(default_factory=dict)
    """The id of a source and the day it was read on, to its number; empty where cells carry none."""

    @cached_property
    def _marks(self) -> dict[int, SourceMark]:
        return {i: SourceMark(f"[{i}]", f"source-{i}", used.source.title) for i, used in enumerate(self.entries, 1)}

    def marks(self, *items: HasSource) -> tuple[Inline, ...]:
        """The marks of what is said: a number for each source, each once, in the order of the numbers."""
        if not self.numbers:
            return ()
        named = {reading for item in items for reading in readings(self.sources, item)}
        return tuple(map(self._marks.__getitem__, sorted(self.numbers[key] for key in named if key in self.numbers)))


def citations_of(comparison: Comparison) -> Citations:
    """The sources of a comparison, numbered."""
    entries = used_sources(comparison)
    numbers = {(entry.name, entry.checked): i for i, entry in enumerate(entries, 1)}
    return Citations(entries, comparison.catalog.sources, numbers if comparison.source_links == "all" else {})


def cited(blocks: Iterable[Block]) -> tuple[int, ...]:
    """The numbers that tables, the notes below them and notices lead to."""
    anchors = {inline.anchor for block in blocks for inline in _inlines(block) if isinstance(inline, SourceMark)}
    return tuple(sorted(int(anchor.rpartition("-")[2]) for anchor in anchors))


def _inlines(block: Block) -> Iterator[Inline]:
    if isinstance(block, Table):
        yield from (inline for row in block.rows for cell in (row.head, *row.cells) for inline in cell.content)
    elif isinstance(block, Bullets):
        yield from (inline for item in block.items for inline in item)
    elif isinstance(block, Notice):
        yield from block.content

"""The pages of the benchmark: which models each compares, and what it says, as blocks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from sphinx_modelcmp.sections.blocks import (
    Block,
    Bullets,
    Calculator,
    ComparisonLink,
    Definitions,
    Inline,
    Link,
    Notice,
    Paragraph,
    RelatedLinks,
    Section,
    Table,
    Text,
    Verdict,
)
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.registry import write
from tests.bench.sizes import distances, most_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.sections.blocks import Cell


MOST_RELATED = 12
"""So many links to other pages at the most, as the extension sets."""
FIRST_DISTANCE = 10
"""Between the models of the first pairs: neighbours in the catalog are mostly of one organization."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, and what stands on it. Links to other pages are links to ``<docname>.html``."""

    docname: str
    title: str
    models: tuple[str, str]
    sections: tuple[Section, ...]


def pairs(models: Sequence[str], pages: int, *, lone: str, shared: str, originals: int) -> list[tuple[str, str]]:
    """Different pairs, with every model in about as many of them; ``lone`` is in the last one only, beside ``shared``.

    The distances between copies of one of the ``originals`` are left out: such models differ in nothing.
    """
    others = [model for model in models if model != lone]
    apart = [*distances(len(others), originals)]
    assert pages <= most_pages(len(models), originals)
    found = []
    for page in range(pages - 1):
        number, first = divmod(page, len(others))
        if pages <= len(others):
            first = page * len(others) // pages
        distance = apart[(FIRST_DISTANCE + number) % len(apart)]
        found.append((others[first], others[(first + distance) % len(others)]))
    return [*found, (lone, shared)]


def write_pages(catalog: Catalog, chosen: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """The pages that compare these pairs, each with its links to the others."""
    site = Site(catalog, chosen)
    for docname, models in site.pages.items():
        comparison = compare(catalog, Request(models=models), Settings()).comparison
        assert comparison is not None
        sections = write(comparison, "en")
        yield Page(docname, site.titles[docname], models, tuple(site.linked(docname, held) for held in sections))


class Site:
    """Which page leads to which others: what the extension works out while it writes pages."""

    def __init__(self, catalog: Catalog, chosen: Sequence[tuple[str, str]]) -> None:
        self.pages: Mapping[str, tuple[str, str]] = {f"page-{i:04}": pair for i, pair in enumerate(chosen, 1)}
        names = {model.id: model.name for model in catalog.models.values()}
        words = language_of("en")
        self.titles = {name: words.list(names[model] for model in pair) for name, pair in self.pages.items()}
        self.comparing: dict[str, list[str]] = defaultdict(list)
        for docname, models in self.pages.items():
            for model in models:
                self.comparing[model].append(docname)

    def related(self, docname: str) -> list[str]:
        """The pages that share one of the two models, by title."""
        found = {name for model in self.pages[docname] for name in self.comparing[model]} - {docname}
        return sorted(found, key=lambda name: (self.titles[name], name))[:MOST_RELATED]

    def comparison_of(self, docname: str, models: Sequence[str]) -> str | None:
        """Another page that compares these models."""
        found = set.intersection(*(set(self.comparing[model]) for model in models)) - {docname}
        return min(found, default=None)

    def linked(self, docname: str, section: Section) -> Section:
        """A section with its places for links filled, and without the calculator: only our own pages have one."""
        shown = (block for block in section.blocks if not isinstance(block, Calculator))
        return replace(section, blocks=tuple(self._block(docname, block) for block in shown))

    def _block(self, docname: str, block: Block) -> Block:
        match block:
            case Paragraph(content) | Notice(content):
                return replace(block, content=self._inlines(docname, content))
            case Bullets(items):
                return replace(block, items=tuple(self._inlines(docname, item) for item in items))
            case Definitions(items):
                explained = ((term, tuple(self._block(docname, block) for block in blocks)) for term, blocks in items)
                return Definitions(tuple(explained))
            case Table(header=header, rows=rows):
                filled = (
                    replace(
                        row,
                        head=self._cell(docname, row.head),
                        cells=tuple(self._cell(docname, cell) for cell in row.cells),
                    )
                    for row in rows
                )
                header = tuple(self._cell(docname, cell) for cell in header)
                return replace(block, header=header, rows=tuple(filled))
            case RelatedLinks(none=none):
                found = self.related(docname)
                links = tuple((Link(self.titles[name], f"{name}.html"),) for name in found)
                return Bullets(links) if links else Paragraph((Text(none),))
            case Calculator() | Verdict():
                return block
            case _:
                assert_never(block)

    def _cell(self, docname: str, cell: Cell) -> Cell:
        return replace(cell, content=self._inlines(docname, cell.content))

    def _inlines(self, docname: str, content: Sequence[Inline]) -> tuple[Inline, ...]:
        return tuple(self._inline(docname, inline) for inline in content)

    def _inline(self, docname: str, inline: Inline) -> Inline:
        if not isinstance(inline, ComparisonLink):
            return inline
        target = self.comparison_of(docname, inline.models)
        return Link(inline.text, f"{target}.html") if target else Text(inline.text)

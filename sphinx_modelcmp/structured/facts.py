"""The rows of the tables, and the sources that the whole record numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sphinx_modelcmp.compare.overrides import overrides
from sphinx_modelcmp.compare.rows import NEUTRAL
from sphinx_modelcmp.compare.used import origins, readings
from sphinx_modelcmp.sections.values import reading_text
from sphinx_modelcmp.structured.values import place, value_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.records import Fact, Reading
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.compare.used import Sourced
    from sphinx_modelcmp.sections.page import Page
    from sphinx_modelcmp.structured import shapes


class Sources:
    """The sources of a comparison: numbered as on the page, then those that only a sentence rests on."""

    def __init__(self, page: Page) -> None:
        self._sources = page.catalog.sources
        self._linked = page.comparison.source_links != "none"
        entries = page.citations.entries
        self._numbers = {(entry.name, entry.checked): i for i, entry in enumerate(entries, 1)}
        self._known: dict[tuple[tuple[str, ...], datetime.date | None], list[int]] = {}

    def of(self, *items: Sourced) -> list[int]:
        """The numbers of the sources of some items, each once."""
        if len(items) == 1:
            return self._of(items[0])
        return sorted({number for item in items for number in self._of(item)})

    def _of(self, item: Sourced) -> list[int]:
        # Facts share their sources, and are many more than these.
        key = (item.source, item.checked)
        if key not in self._known:
            named = dict.fromkeys(readings(self._sources, item))
            self._known[key] = sorted([self._numbers.setdefault(name, len(self._numbers) + 1) for name in named])
        return self._known[key]

    def listed(self) -> list[shapes.Source]:
        """Every source that was asked for, or that the page lists."""
        return [self._source(number, *key) for key, number in self._numbers.items()]

    def _source(self, number: int, name: str, checked: datetime.date | None) -> shapes.Source:
        source = self._sources[name]
        held: shapes.Source = {
            "number": number,
            "id": name,
            "title": source.title,
            "kind": source.kind.value,
            "checked": str(checked) if checked else None,
        }
        if source.url and self._linked:
            held["url"] = source.url
        return held


def shown_rows(comparison: Comparison, sections: Iterable[str]) -> dict[str, tuple[Row, list[str]]]:
    """The rows that the tables of some sections show, each with the names of those sections."""
    tables = {
        "scorecard": comparison.scorecard,
        "specs": comparison.specs,
        "pricing": comparison.prices,
        "capabilities": comparison.capabilities,
    }
    found: dict[str, tuple[Row, list[str]]] = {}
    for section in sections:
        if section in tables:
            for row in comparison.shown(tables[section]()):
                found.setdefault(row.name, (row, []))[1].append(section)
    return found


def row_of(page: Page, sources: Sources, row: Row, sections: list[str]) -> shapes.Row:
    """One row with the facts of all models."""
    ids = page.comparison.ids
    held: shapes.Row = {
        "name": row.name,
        "label": page.label(row.name),
        "sections": sections,
        "differs": row.differs,
        "best": [] if row.name in NEUTRAL else [ids[i] for i in row.best],
        "facts": {name: _fact(page, sources, row, i) for i, name in enumerate(ids)},
    }
    if row.better and row.name not in NEUTRAL:
        held["better"] = row.better.value
    return held


def _fact(page: Page, sources: Sources, row: Row, i: int) -> shapes.Fact:
    fact: Fact[Any] = row.facts[i]
    held = cast("shapes.Fact", _reading(page, sources, row, fact))
    held["sources"] = sources.of(*origins(row, i, page.comparison))
    if fact.others:
        held["others"] = [_reading(page, sources, row, other) for other in fact.others]
    if routes := list(_routes(page, sources, row, i)):
        held["routes"] = routes
    return held


def _routes(page: Page, sources: Sources, row: Row, i: int) -> Iterator[shapes.RouteReading]:
    for found in overrides(page.models[i], row.name):
        yield {**_reading(page, sources, row, found.fact), "route": place(page.catalog, found.route)}


def _reading(page: Page, sources: Sources, row: Row, reading: Reading[Any]) -> shapes.Reading:
    held: shapes.Reading = {
        "state": reading.state.value,
        "text": reading_text(page, row, reading),
        "sources": sources.of(reading),
    }
    if reading.value is not None:
        held["value"] = value_of(page.catalog, row, reading.value)
    if reading.checked:
        held["checked"] = str(reading.checked)
    if reading.note:
        held["note"] = reading.note
    return held

"""The sources that the shown facts of a comparison rest on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.compare.pricing import prices_of, routes_of
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.rows import Row, capability_rows, price_rows, scorecard_rows, spec_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Fact, Source
    from sphinx_modelcmp.compare.comparison import Comparison

PROSE = frozenset(("summary", "tradeoffs", "switching", "deep-dive", "faq"))
"""Sections that speak of any row, also of those that no table shows."""

Origin = tuple[tuple[str, ...], datetime.date | None]


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source, and the latest day that a fact taken from it was checked."""

    name: str
    source: Source
    checked: datetime.date | None


def used_sources(comparison: Comparison) -> tuple[UsedSource, ...]:
    """The sources of every fact on the page, the most trusted kind first, then by title."""
    sources = comparison.catalog.sources
    days: dict[str, list[datetime.date]] = {}
    for names, checked in _origins(comparison):
        inherited = checked == max((day for name in names if (day := sources[name].checked)), default=None)
        for name in names:
            # A day that a fact took from several sources is the latest of theirs: each keeps its own.
            day = sources[name].checked if inherited else checked
            days.setdefault(name, []).extend([day] if day else [])
    used = [UsedSource(name, sources[name], max(held, default=sources[name].checked)) for name, held in days.items()]
    order = list(SourceKind)
    return tuple(sorted(used, key=lambda item: (order.index(item.source.kind), item.source.title, item.name)))


def _origins(comparison: Comparison) -> Iterator[Origin]:
    rows = tuple(_rows(comparison))
    for row in rows:
        for fact in row.facts:
            yield from _readings(fact)
    costed = "cost" in comparison.sections
    listed = "pricing" in comparison.sections and not comparison.fields
    routes = [route for model in comparison.models for route in routes_of(model)]
    if costed or any(row.name == "providers" for row in rows):
        yield from ((route.source, route.checked) for route in routes)
    if costed or listed:
        yield from ((price.source, price.checked) for route in routes for price in prices_of(route, comparison.day))
    if "benchmarks" in comparison.sections:
        shared, apart = split_results(comparison.catalog, comparison.models, comparison.benchmarks)
        for result in (*(r for row in shared for r in row.results if r), *(item.result for item in apart)):
            yield result.source, result.checked


def _rows(comparison: Comparison) -> Iterator[Row]:
    """The rows that the sections of the page show or speak of."""
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    if PROSE & set(comparison.sections):
        yield from scorecard_rows(catalog, models, day)
        yield from spec_rows(catalog, models, day)
        yield from price_rows(catalog, models, day)
        yield from capability_rows(catalog, models)
        return
    tables = {
        "scorecard": comparison.scorecard,
        "specs": comparison.specs,
        "pricing": comparison.prices,
        "capabilities": comparison.capabilities,
    }
    for name, rows in tables.items():
        if name in comparison.sections:
            yield from comparison.shown(rows())


def _readings(fact: Fact[Any]) -> Iterator[Origin]:
    for reading in fact.readings:
        yield reading.source, reading.checked

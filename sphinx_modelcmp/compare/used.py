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

    from sphinx_modelcmp.catalog.records import Fact, Model, Source
    from sphinx_modelcmp.compare.comparison import Comparison

Origin = tuple[tuple[str, ...], datetime.date | None]


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source, and the latest day that a fact taken from it was checked."""

    name: str
    source: Source
    checked: datetime.date | None


def used_sources(comparison: Comparison) -> tuple[UsedSource, ...]:
    """The sources of every fact on the page, the most trusted kind first, then by title."""
    days: dict[str, list[datetime.date]] = {}
    for names, checked in _origins(comparison):
        for name in names:
            days.setdefault(name, []).extend([checked] if checked else [])
    sources = comparison.catalog.sources
    used = [UsedSource(name, sources[name], max(held, default=sources[name].checked)) for name, held in days.items()]
    order = list(SourceKind)
    return tuple(sorted(used, key=lambda item: (order.index(item.source.kind), item.source.title, item.name)))


def _origins(comparison: Comparison) -> Iterator[Origin]:
    for row in _rows(comparison):
        for fact in row.facts:
            yield from _readings(fact)
    if {"pricing", "cost"} & set(comparison.sections):
        for model in comparison.models:
            yield from _prices(comparison, model)
    if "benchmarks" in comparison.sections:
        shared, apart = split_results(comparison.catalog, comparison.models, comparison.benchmarks)
        for result in (*(r for row in shared for r in row.results if r), *(item.result for item in apart)):
            yield result.source, result.checked


def _rows(comparison: Comparison) -> Iterator[Row]:
    """The rows that the sections of the page show or speak of."""
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    shown = set(comparison.sections)
    prose = {"summary", "tradeoffs", "switching", "deep-dive", "faq"}
    if shown & {"scorecard", *prose}:
        yield from scorecard_rows(catalog, models, day)
    if shown & {"specs", *prose}:
        yield from spec_rows(catalog, models, day)
    if shown & {"pricing", *prose}:
        yield from price_rows(catalog, models, day)
    if shown & {"capabilities", *prose}:
        yield from capability_rows(catalog, models)


def _readings(fact: Fact[Any]) -> Iterator[Origin]:
    for reading in fact.readings:
        yield reading.source, reading.checked


def _prices(comparison: Comparison, model: Model) -> Iterator[Origin]:
    for route in routes_of(model):
        for price in prices_of(route, comparison.day):
            yield price.source, price.checked

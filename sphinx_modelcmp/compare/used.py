"""The sources that the shown facts of a comparison rest on, each with the day it was read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Protocol

from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.compare.costing import MonthlyCost, comparable, monthly_cost, route_cost
from sphinx_modelcmp.compare.lifecycle import standing
from sphinx_modelcmp.compare.overrides import overrides
from sphinx_modelcmp.compare.pricing import prices_of, routes_of, scheduled
from sphinx_modelcmp.compare.request import PROSE
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.rows import Row, capability_rows, price_rows, scorecard_rows, spec_rows
from sphinx_modelcmp.compare.tariff import in_force

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_modelcmp.catalog.records import Source
    from sphinx_modelcmp.compare.comparison import Comparison

TRUST = {kind: i for i, kind in enumerate(SourceKind)}
"""The kind of a source to its place, the most trusted first."""


MOST_SUMMARIES = 4
"""So many models are introduced each by a sentence."""


class Sourced(Protocol):
    """What names its sources and the day it was checked: a fact, a price, a route, a result, a lifecycle."""

    @property
    def source(self) -> tuple[str, ...]:
        """Ids of sources."""

    @property
    def checked(self) -> datetime.date | None:
        """The day this was last looked up."""


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source as it was read on one day."""

    name: str
    source: Source
    checked: datetime.date | None


def readings(sources: Mapping[str, Source], item: Sourced) -> Iterable[tuple[str, datetime.date | None]]:
    """The ids of the sources of an item, each with the day that it was read for this item."""
    days = [sources[name].checked for name in item.source]
    # A day that a fact took from several sources is the latest of theirs: each keeps its own.
    if item.checked is None or item.checked == max(filter(None, days), default=None):
        return zip(item.source, days, strict=True)
    return zip(item.source, repeat(item.checked))


def used_sources(comparison: Comparison) -> tuple[UsedSource, ...]:
    """The sources of every fact on the page, the most trusted kind first, then by title, the latest day first."""
    sources = comparison.catalog.sources
    found = {reading for item in _items(comparison) for reading in readings(sources, item)}
    return tuple(sorted((UsedSource(name, sources[name], checked) for name, checked in found), key=_order))


def _order(used: UsedSource) -> tuple[int, str, str, int]:
    return TRUST[used.source.kind], used.source.title, used.name, -used.checked.toordinal() if used.checked else 0


def origins(row: Row, i: int, comparison: Comparison) -> tuple[Sourced, ...]:
    """What a cell rests on: its fact, or the routes where it tells of them."""
    routes = routes_of(comparison.models[i]) if row.name == "providers" else ()
    return routes or (row.facts[i],)


def _items(comparison: Comparison) -> Iterator[Sourced]:
    for row in _rows(comparison):
        for i, model in enumerate(comparison.models):
            yield from origins(row, i, comparison)
            yield from row.facts[i].others
            yield from (found.fact for found in overrides(model, row.name))
    yield from _prices(comparison)
    yield from _rates(comparison)
    shared, apart = split_results(comparison.catalog, comparison.models, comparison.benchmarks)
    if {"benchmarks", "tradeoffs"} & set(comparison.sections):
        yield from (result for row in shared for result in row.results if result)
    if "benchmarks" in comparison.sections:
        yield from (item.result for item in apart)
    yield from (found.lifecycle for model in comparison.models if (found := standing(model, comparison.day)))
    if summarized(comparison):
        yield from (model.summary for model in comparison.models)


def summarized(comparison: Comparison) -> bool:
    """Whether each model is introduced in the author's words: where there are few."""
    return "summary" in comparison.sections and len(comparison.models) <= MOST_SUMMARIES


def _prices(comparison: Comparison) -> Iterator[Sourced]:
    listed = "pricing" in comparison.sections and not comparison.fields
    for route in (route for model in comparison.models for route in routes_of(model)):
        if listed or {"cost", "faq"} & set(comparison.sections):
            yield from prices_of(route, comparison.day)
            yield route
        if listed:
            yield from scheduled(route, comparison.day)
            yield from (price for other in route.prices.others for price in in_force(other.value or (), comparison.day))


def _rates(comparison: Comparison) -> Iterator[Sourced]:
    """The rates that totals are converted at; most catalogs state none, and need no counting here."""
    if not comparison.catalog.rates or "cost" not in comparison.sections:
        return
    catalog, day = comparison.catalog, comparison.day
    found = [monthly_cost(catalog, model, comparison.traffic, day) for model in comparison.models]
    if comparison.all_routes:
        pairs = [(model, route) for model in comparison.models for route in routes_of(model)]
        found += [route_cost(catalog, model, route, comparison.traffic, day) for model, route in pairs]
    totals = [cost for cost in found if isinstance(cost, MonthlyCost)]
    yield from (rate for cost in (*totals, *comparable(catalog, totals, day)) for rate in cost.rates)


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

"""Sources of shown facts, and the age of all facts: which were last looked up when, and where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import repeat, takewhile
from typing import TYPE_CHECKING, Protocol

from sphinx_modelcmp.catalog.checks import conflicts, is_over, stated
from sphinx_modelcmp.catalog.places import OTHERS
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.vocabulary import RANKS
from sphinx_modelcmp.compare.comparison import PROSE
from sphinx_modelcmp.compare.costing import MonthlyCost, comparable, monthly_cost, route_cost
from sphinx_modelcmp.compare.life import Life, ending, living_routes, route_life
from sphinx_modelcmp.compare.pricing import announced, in_force, last_prices, listed, prices_of, routes_of
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.rows import TABLES, Row, overrides

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sphinx_modelcmp.catalog.checks import Stated
    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.catalog.records import Catalog, Model, Route, Source
    from sphinx_modelcmp.compare.comparison import Comparison

MOST_SUMMARIES = 4
"""The most models that are introduced by a sentence each."""

_MODEL_DEPTH = 2
_ROUTE_DEPTH = 4


class HasSource(Protocol):
    """Anything with sources and a day it was checked: a fact, a price, a route, a result, a lifecycle."""

    @property
    def source(self) -> tuple[str, ...]:
        """Ids of sources."""

    @property
    def checked(self) -> datetime.date | None:
        """The day of the last check."""


@dataclass(frozen=True, slots=True)
class UsedSource:
    """Source as it was read on one day."""

    name: str
    source: Source
    checked: datetime.date | None


def readings(sources: Mapping[str, Source], item: HasSource) -> Iterable[tuple[str, datetime.date | None]]:
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
    return RANKS[used.source.kind], used.source.title, used.name, -used.checked.toordinal() if used.checked else 0


def origins(row: Row, i: int, comparison: Comparison) -> tuple[HasSource, ...]:
    """The items that a cell rests on: its fact, or the routes if it lists them."""
    routes = living_routes(comparison.models[i], comparison.day) if row.name == "providers" else ()
    return routes or (row.facts[i],)


def _items(comparison: Comparison) -> Iterator[HasSource]:
    for row in _rows(comparison):
        for i, model in enumerate(comparison.models):
            yield from origins(row, i, comparison)
            yield from row.facts[i].others
            yield from (said for found in overrides(model, row.name, comparison.day) for said in found.fact.readings)
    yield from _prices(comparison)
    yield from _rates(comparison)
    shared, apart = split_results(comparison.catalog, comparison.models, comparison.benchmarks, comparison.day)
    if {"benchmarks", "summary", "tradeoffs"} & set(comparison.sections):
        yield from (result for row in shared for result in row.results if result)
    if "benchmarks" in comparison.sections:
        yield from (item.result for item in apart)
    yield from (found.lifecycle for model in comparison.models if (found := ending(model, comparison.day)))
    if summarized(comparison):
        yield from (model.summary for model in comparison.models)


def summarized(comparison: Comparison) -> bool:
    """True if each model is introduced in the author's words: only if there are few."""
    return "summary" in comparison.sections and len(comparison.models) <= MOST_SUMMARIES


def _prices(comparison: Comparison) -> Iterator[HasSource]:
    is_listed = "pricing" in comparison.sections and not comparison.fields
    day = comparison.day
    for model in comparison.models:
        for route in routes_of(model):
            if is_listed or {"cost", "faq"} & set(comparison.sections):
                yield from prices_of(route, day)
                yield route
            if is_listed:
                yield from _said_of(model, route, day)
        for said in model.routes.rivals if is_listed else ():
            yield said
            for route in said.value or ():
                yield route
                yield from listed(route, day)


def _said_of(model: Model, route: Route, day: datetime.date | None) -> Iterator[HasSource]:
    """All that is said of a route below the price lists, and the lines of its own list."""
    life = route_life(model, route, day)
    yield from last_prices(route, day) if life is Life.ENDED else listed(route, day)
    yield from announced(route, life, day)
    for other in route.prices.rivals:
        yield other
        yield from in_force(other.value or (), day) or other.value or ()
    if route.lifecycle:
        yield route.lifecycle


def _rates(comparison: Comparison) -> Iterator[HasSource]:
    """The rates that totals are converted at; most catalogs state none, so nothing is counted."""
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
    """The rows that the sections of the page show or mention."""
    yield from comparison.columns
    has_prose = bool(PROSE & set(comparison.sections))
    for section, rows in TABLES.items():
        if has_prose:
            yield from rows(comparison.catalog, comparison.models, comparison.day)
        elif section in comparison.sections:
            yield from comparison.shown(comparison.table(section))


# --- age ---


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """Fact with its place and whether it is disputed."""

    name: str
    at: Keys
    """Its path (see ``Places``)."""
    is_disputed: bool
    """True if another source disagrees."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts of one model, or of it at one route, that were looked up on one day."""

    model: Model
    route: Route | None
    checked: datetime.date | None
    """None if the day is unknown."""
    facts: tuple[CheckedFact, ...]
    sources: tuple[UsedSource, ...]
    """The most trusted kind first."""

    def age(self, day: datetime.date | None) -> int | None:
        """Days until a day; None if one of the two is unknown."""
        return (day - self.checked).days if day and self.checked else None


def batches(
    catalog: Catalog, models: Iterable[Model], day: datetime.date | None, accepts: Callable[[Code, Keys], bool]
) -> list[Batch]:
    """All facts of some models: first those without a day, then the oldest.

    Prices that are over on the day are left out, and facts whose author accepts their age (``accept: stale-fact``).
    """
    found = [batch for model in models for batch in _batches(catalog, model, day, accepts)]
    return sorted(found, key=lambda batch: (batch.checked.toordinal() if batch.checked else 0, batch.model.id))


def _batches(
    catalog: Catalog, model: Model, day: datetime.date | None, accepts: Callable[[Code, Keys], bool]
) -> Iterator[Batch]:
    disputed = {finding.at for finding in conflicts(model)}
    groups: dict[tuple[int | None, datetime.date | None], list[Stated]] = defaultdict(list)
    for item in stated(model):
        if not (day and is_over(item.item, day)) and not accepts(Code.STALE_FACT, item.at):
            groups[_route_of(_fact(item.at)), item.item.checked].append(item)
    for (i, checked), items in groups.items():
        route = None if i is None else (model.routes.value or ())[i]
        facts = tuple(_checked_fact(model, item.at, disputed) for item in items)
        yield Batch(model, route, checked, facts, _sources(catalog.sources, items))


def _fact(at: Keys) -> Keys:
    """The path of the fact that a reading belongs to."""
    return tuple(takewhile(lambda step: step != OTHERS, at))


def _route_of(fact: Keys) -> int | None:
    """The position of the route that a path leads into; None if it leads elsewhere."""
    return int(fact[3]) if fact[2] == "routes" and len(fact) >= _ROUTE_DEPTH else None


def _checked_fact(model: Model, at: Keys, disputed: Collection[Keys]) -> CheckedFact:
    """A fact by the name that an author gives it, without the model and the route."""
    fact = _fact(at)
    name, *rest = fact[_MODEL_DEPTH if _route_of(fact) is None else _ROUTE_DEPTH :] or ("route",)
    if name == "results":
        name = model.results[int(rest[0])].benchmark
    elif name == "capabilities":
        name = rest[0]
    is_disputed = fact in disputed or (isinstance(fact[-1], int) and fact[:-1] in disputed)
    return CheckedFact(str(name), at, is_disputed)


def _sources(known: Mapping[str, Source], items: Iterable[Stated]) -> tuple[UsedSource, ...]:
    found = {reading for item in items for reading in readings(known, item.item)}
    used = (UsedSource(name, known[name], checked) for name, checked in found)
    return tuple(sorted(used, key=lambda one: (RANKS[one.source.kind], one.source.title, one.name, str(one.checked))))

"""Machine-readable content of a page: the record of its comparison, linked data, the sentences that describe it.

The record has all that the page shows, for programs that would rather not read HTML.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import (
    REFERENCES,
    Family,
    License,
    Lifecycle,
    Modalities,
    Parameters,
    Result,
    Route,
)
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Support
from sphinx_modelcmp.compare.certainty import best
from sphinx_modelcmp.compare.costing import MonthlyCost, route_cost
from sphinx_modelcmp.compare.life import Life, route_life
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, announced, in_force, last_prices, listed, quoted, routes_of
from sphinx_modelcmp.compare.results import CONDITIONS, conditions_of
from sphinx_modelcmp.compare.rows import NEUTRAL, Row, overrides
from sphinx_modelcmp.compare.sources import origins, readings
from sphinx_modelcmp.sections.sentences import statements_in
from sphinx_modelcmp.sections.values import TOKENS, reading_text
from sphinx_modelcmp.structured import shapes
from sphinx_modelcmp.structured.linked_data import linked_data_of, sentences, shown_rows
from sphinx_modelcmp.structured.payload import Published
from sphinx_modelcmp.structured.shapes import number

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Condition, Model, Price, Reading
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.results import ApartResult, SharedResult
    from sphinx_modelcmp.compare.sources import HasSource
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page


OFFERS = ("free", "plan", "dynamic")
"""Offers that a price can be instead of an amount."""


def publish(page: Page, sections: Sequence[Section], kinds: Collection[str]) -> Published | None:
    """Everything of some kinds that some sections have to publish; None where nothing is asked for."""
    if not kinds or not sections:
        return None
    return Published(
        title=page.names(page.models),
        record=_record(page, sections) if "json" in kinds else {},
        linked_data=linked_data_of(page, sections) if "json-ld" in kinds else None,
        sentences=sentences(sections) if "description" in kinds else (),
    )


def _record(page: Page, sections: Sequence[Section]) -> Any:
    """The record of the sections of a page. Their places on it are not known yet: ``anchors`` is empty."""
    comparison, sources = page.comparison, Sources(page)
    names = [section.name for section in sections]
    # Sources get their numbers as they are asked for: what the sentences rest on comes first, the list last.
    claims, evidence = _claims(page, sources, sections)
    shows_routes = "pricing" in names and not comparison.fields
    routes = [(model, route) for model in page.models for route in routes_of(model)]
    others = [(model, route) for model in page.models for said in model.routes.rivals for route in said.value or ()]
    return shapes.Comparison(
        anchors={},
        catalog=page.catalog.title,
        language=page.words.language,
        as_of=str(comparison.day) if comparison.day else None,
        currency=page.catalog.currency,
        models=[shapes.Model.of(model, url=None, summary=model.summary.value) for model in page.models],
        rows=[_row(page, sources, row, within) for row, within in shown_rows(comparison, names).values()],
        claims=claims,
        evidence=evidence,
        routes=[_route(page, sources, *item) for item in routes] if shows_routes else None,
        other_routes=[_route(page, sources, *item) for item in others] or None if shows_routes else None,
        costs=costs(page, sources) if "cost" in names else None,
        results=_results(page, sources) if "benchmarks" in names else None,
        sources=sources.listed(),
    )


class Sources:
    """The sources of a comparison: numbered as on the page, then those that only a sentence rests on."""

    def __init__(self, page: Page) -> None:
        self._sources = page.catalog.sources
        self._linked = page.comparison.source_links != "none"
        entries = page.citations.entries
        self._numbers = {(entry.name, entry.checked): i for i, entry in enumerate(entries, 1)}
        self._known: dict[tuple[tuple[str, ...], datetime.date | None], list[int]] = {}

    def of(self, *items: HasSource) -> list[int]:
        """The numbers of the sources of some items, each once."""
        return sorted({number for item in items for number in self._of(item)})

    def _of(self, item: HasSource) -> list[int]:
        # Many facts have the same sources.
        key = (item.source, item.checked)
        if key not in self._known:
            named = dict.fromkeys(readings(self._sources, item))
            self._known[key] = [self._numbers.setdefault(name, len(self._numbers) + 1) for name in named]
        return self._known[key]

    def listed(self) -> list[shapes.Source]:
        """Every source that was asked for, or that the page lists."""
        return [self._source(number, *key) for key, number in self._numbers.items()]

    def _source(self, number: int, name: str, checked: datetime.date | None) -> shapes.Source:
        source = self._sources[name]
        url = source.url if self._linked else None
        return shapes.Source.of(source, number=number, id=name, checked=str(checked) if checked else None, url=url)


def _row(page: Page, sources: Sources, row: Row, sections: list[str]) -> shapes.Row:
    """One row with the facts of all models."""
    ids, neutral = page.comparison.ids, row.name in NEUTRAL
    return shapes.Row.of(
        row,
        label=page.label(row.name),
        sections=sections,
        better=row.better.value if row.better and not neutral else None,
        best=[] if neutral else [ids[i] for i in best(page.comparison, row)],
        facts={name: _fact(page, sources, row, i) for i, name in enumerate(ids)},
    )


def _fact(page: Page, sources: Sources, row: Row, i: int) -> shapes.Fact:
    fact = row.facts[i]
    reading = _reading(page, sources, row, fact)
    reading["sources"] = sources.of(*origins(row, i, page.comparison))
    others = [shapes.Reading.of(other, **_reading(page, sources, row, other)) for other in fact.others]
    routes = [
        shapes.RouteReading.of(
            found.fact,
            **_reading(page, sources, row, found.fact),
            route=_place(page.catalog, found.route),
            others=[shapes.Reading.of(said, **_reading(page, sources, row, said)) for said in found.fact.rivals]
            or None,
        )
        for found in overrides(page.models[i], row.name, page.comparison.day)
    ]
    return shapes.Fact.of(fact, **reading, others=others or None, routes=routes or None)


def _reading(page: Page, sources: Sources, row: Row, reading: Reading[Any]) -> dict[str, Any]:
    """The keys of a reading that are not its attributes."""
    value = None if reading.value is None else _value(page.catalog, row, reading.value)
    return {"text": reading_text(page, row, reading), "sources": sources.of(reading), "value": value}


def _route(page: Page, sources: Sources, model: Model, route: Route) -> shapes.Route:
    day = page.comparison.day
    life, held = route_life(model, route, day), route.lifecycle
    rivals = chain.from_iterable(in_force(said, day) or said for other in route.prices.rivals if (said := other.value))
    return shapes.Route.of(
        route,
        model=model.id,
        route=_place(page.catalog, route),
        state=route.prices.state.value,
        prices=_prices(page, sources, route, listed(route, day) if life is Life.ALIVE else ()),
        sources=sources.of(route),
        life=life.value,
        announced=_prices(page, sources, route, announced(route, life, day)) or None,
        past=_prices(page, sources, route, last_prices(route, day) if life is Life.ENDED else ()) or None,
        lifecycle=shapes.RouteLifecycle.of(held, sources=sources.of(held)) if held else None,
        others=_prices(page, sources, route, rivals) or None,
    )


def _prices(page: Page, sources: Sources, route: Route, prices: Iterable[Price]) -> list[shapes.Price]:
    return [
        shapes.Price.of(
            price,
            components=[_unit_price(quoted(page.catalog, route, price, name)) for name in price.components],
            sources=sources.of(price),
            offer=next((offer for offer in OFFERS if getattr(price, offer)), None),
            when=_condition(price.when) if price.when else None,
            scope=price.scope.value if price.when and price.when.input_above else None,
        )
        for price in prices
    ]


def _condition(when: Condition) -> shapes.Condition:
    return shapes.Condition.of(
        when,
        hours=[when.hours.start, when.hours.end] if when.hours else None,
        timezone=when.timezone if when.hours or when.days else None,
    )


def costs(page: Page, sources: Sources) -> shapes.Costs:
    """The month of every model, and of every route where the page gives that."""
    comparison = page.comparison
    months = [_month(page, sources, model, cost) for model, cost in zip(page.models, page.months, strict=True)]
    at_routes = [
        _month(page, sources, model, route_cost(page.catalog, model, route, comparison.traffic, comparison.day))
        for model in page.models
        for route in (routes_of(model) if comparison.all_routes else ())
    ]
    return shapes.Costs(
        traffic=shapes.Traffic.of(comparison.traffic),
        months=months,
        routes=at_routes if comparison.all_routes else None,
    )


def _month(page: Page, sources: Sources, model: Model, cost: MonthlyCost | NoCost) -> shapes.Month | shapes.NoMonth:
    route = _place(page.catalog, cost.route) if cost.route else None
    if not isinstance(cost, MonthlyCost):
        return shapes.NoMonth.of(cost, model=model.id, route=route)
    rates = [
        shapes.Rate.of(rate, source=rate.source_currency, target=rate.target_currency, sources=sources.of(rate))
        for rate in cost.rates
    ]
    return shapes.Month.of(
        cost,
        model=model.id,
        route=route,
        level=[_place(page.catalog, other) for other in cost.level] or None,
        total=shapes.Money(amount=number(cost.total), currency=cost.currency),
        text=page.words.money(cost.total, cost.currency),
        lines=[
            shapes.Line.of(line, price=_unit_price(line.quote), sources=sources.of(line.price)) for line in cost.lines
        ],
        rates=rates or None,
    )


def _results(page: Page, sources: Sources) -> shapes.Results:
    """All benchmark results that the page shows."""
    shared, apart = page.results
    return shapes.Results(
        shared=[_shared(page, sources, row) for row in shared], apart=[_apart(page, sources, item) for item in apart]
    )


def _shared(page: Page, sources: Sources, row: SharedResult) -> shapes.SharedResults:
    ids = page.comparison.ids
    held = zip(ids, row.results, strict=True)
    return shapes.SharedResults.of(
        row,
        benchmark=shapes.Benchmark.of(row.benchmark, id=row.name),
        conditions=_stated(row.conditions),
        self_reported=row.is_self_reported,
        best=[ids[i] for i in row.best],
        close=[ids[i] for i in row.close],
        results={name: _result(page, sources, row.benchmark, result) for name, result in held if result},
    )


def _apart(page: Page, sources: Sources, item: ApartResult) -> shapes.ApartResult:
    benchmark = page.catalog.benchmarks[item.result.benchmark]
    return shapes.ApartResult.of(
        item,
        model=item.model.id,
        benchmark=shapes.Benchmark.of(benchmark, id=item.result.benchmark),
        conditions=_stated(conditions_of(page.catalog, item.result)),
        result=_result(page, sources, benchmark, item.result),
        replaced=item.preferred is not None,
        unsettled=item.unsettled.id if item.unsettled else None,
        rival=item.rival.id if item.rival else None,
        differs=[shapes.Difference.of(part) for part in item.differs] if item.rival else None,
    )


def _result(page: Page, sources: Sources, benchmark: Benchmark, result: Result) -> shapes.Result:
    return shapes.Result.of(
        result,
        text=page.words.score(result.score, benchmark.scale),
        sources=sources.of(result),
        interval=[number(end) for end in result.ci] if result.ci else None,
    )


def _claims(
    page: Page, sources: Sources, sections: Iterable[Section]
) -> tuple[list[shapes.Claim], list[shapes.Evidence]]:
    """The sentences of some sections, and the facts that they rest on: each once, for many sentences share one."""
    statements = tuple(statements_in(page, sections))
    facts: dict[tuple[Any, ...], Evidence] = {}
    for item in (item for said in statements for item in said.evidence):
        facts.setdefault(_key(item), item)
    positions = {key: i for i, key in enumerate(facts)}
    claims = [shapes.Claim.of(said, evidence=[positions[_key(item)] for item in said.evidence]) for said in statements]
    return claims, [_evidence(page, sources, item) for item in facts.values()]


def _key(item: Evidence) -> tuple[Any, ...]:
    """An identity of a fact. Records have no hash, and the catalog keeps each of them as long as this runs."""
    quote = item.value if isinstance(item.value, Quote) else None
    priced = (id(quote.route), quote.component) if quote else ()
    return (item.model_id, item.field, id(item.record), *priced)


def _evidence(page: Page, sources: Sources, item: Evidence) -> shapes.Evidence:
    return shapes.Evidence.of(
        item,
        model=item.model_id,
        value=_evidence_value(page.catalog, item),
        sources=sources.of(item.fact),
        license=str(item.model.license.value) if isinstance(item.record, License) else None,
        disputed=item.is_disputed or None,
    )


def _evidence_value(catalog: Catalog, item: Evidence) -> shapes.Value:
    if isinstance(item.record, Result):
        return shapes.ScoreValue.of(item.record, conditions=_stated(conditions_of(catalog, item.record)))
    # Of a route the value is its provider: the record tells which one of them.
    value = item.record if item.field == "routes" and item.record else item.value
    return _value(catalog, Row(item.field, (item.fact,), house=catalog.fields.get(item.field)), value)


def _stated(conditions: Sequence[str | None]) -> dict[str, str]:
    """The conditions of a result that are stated."""
    return {name: value for name, value in zip(CONDITIONS, conditions, strict=True) if value}


def _value(catalog: Catalog, row: Row, value: Any) -> shapes.Value:  # noqa: C901, PLR0912 - one return a kind of value
    """A value by its kind. A text of a vocabulary is given as the catalog writes it."""
    match value:
        case Support():
            said: Any = value.name.lower()
            return shapes.Flag(value=said)
        case PartialDate():
            precision: Any = "day" if value.day else "month" if value.month else "year"
            return shapes.Date(value=str(value), precision=precision)
        case Parameters():
            return shapes.Size.of(value, active=None if value.active is None else number(value.active))
        case Lifecycle():
            return shapes.LifecycleValue.of(value)
        case Family():
            return shapes.Family.of(value)
        case Modalities():
            return shapes.Modalities.of(value)
        case Quote():
            return shapes.PriceValue(price=_unit_price(value), route=_place(catalog, value.route))
        case NoPrice():
            places, was = [_place(catalog, route) for route in value.routes], value.was
            return shapes.NoPriceValue.of(value, routes=places, was=_unit_price(was) if was else None)
        case Route():
            return shapes.RouteValue(route=_place(catalog, value))
        case int() | Decimal():
            unit = "tokens" if row.name in TOKENS else row.house.unit if row.house else None
            return shapes.Quantity(value=number(value), unit=unit or None)
        case tuple():
            return _several(catalog, row.name, value)
        case _ if row.name in REFERENCES:
            table = getattr(catalog, REFERENCES[row.name])
            return shapes.Reference.of(table[value], id=value, spdx=getattr(table[value], "spdx", None))
        case _:
            return shapes.Word(value=str(value))


def _several(catalog: Catalog, row: str, values: tuple[Any, ...]) -> shapes.Value:
    if row == "providers":
        return shapes.References(value=[_provider(catalog, key) for key in values])
    if row == "routes":
        return shapes.RoutesValue(routes=[_place(catalog, route) for route in values])
    return shapes.Words(value=list(values))


def _unit_price(quote: Quote) -> shapes.UnitPrice:
    """The price that a route asks for a component."""
    unit = PRICE_COMPONENTS[quote.component]
    return shapes.UnitPrice.of(quote, per=unit.per, unit=unit.unit)


def _place(catalog: Catalog, route: Route) -> shapes.Place:
    """The route by which a model can be called."""
    return shapes.Place.of(route, provider=_provider(catalog, route.provider))


def _provider(catalog: Catalog, name: str) -> shapes.Named:
    return shapes.Named.of(catalog.providers[name], id=name)

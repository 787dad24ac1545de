"""Price lists by route, and what a month costs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS
from sphinx_modelcmp.compare.costing import MonthlyCost, route_cost
from sphinx_modelcmp.compare.pricing import in_force, prices_of, quoted, routes_of, scheduled
from sphinx_modelcmp.structured.values import number, place, quote_price

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.records import Condition, Model, Price, Rate, Route
    from sphinx_modelcmp.compare.bill import Line
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.sections.page import Page
    from sphinx_modelcmp.structured import shapes
    from sphinx_modelcmp.structured.facts import Sources


def routes(page: Page, sources: Sources) -> Iterator[shapes.Route]:
    """Every route of every model, with its price list."""
    for model in page.models:
        for route in routes_of(model):
            yield _route(page, sources, model, route)


def _route(page: Page, sources: Sources, model: Model, route: Route) -> shapes.Route:
    day = page.comparison.day
    held: shapes.Route = {
        "model": model.id,
        "route": place(page.catalog, route),
        "state": route.prices.state.value,
        "prices": _price_list(page, sources, route, prices_of(route, day)),
        "sources": sources.of(route),
    }
    if announced := scheduled(route, day):
        held["announced"] = _price_list(page, sources, route, announced)
    rivals = chain.from_iterable(in_force(other.value or (), day) for other in route.prices.others)
    if others := _price_list(page, sources, route, rivals):
        held["others"] = others
    if route.checked:
        held["checked"] = str(route.checked)
    if route.note:
        held["note"] = route.note
    return held


def _price_list(page: Page, sources: Sources, route: Route, prices: Iterable[Price]) -> list[shapes.Price]:
    return [_price(page, sources, route, price) for price in prices]


def _price(page: Page, sources: Sources, route: Route, price: Price) -> shapes.Price:
    names = (name for name in PRICE_COMPONENTS if name in price.components)
    held: shapes.Price = {
        "components": [quote_price(quoted(page.catalog, route, price, name)) for name in names],
        "sources": sources.of(price),
    }
    if offer := _offer(price):
        held["offer"] = offer
    if price.since:
        held["since"] = str(price.since)
    if price.until:
        held["until"] = str(price.until)
    if price.when:
        held["when"] = _condition(price.when)
        if price.when.input_above:
            held["scope"] = price.scope.value
    if price.checked:
        held["checked"] = str(price.checked)
    if price.note:
        held["note"] = price.note
    return held


def _offer(price: Price) -> Literal["free", "plan", "dynamic"] | None:
    if price.free:
        return "free"
    if price.plan:
        return "plan"
    return "dynamic" if price.dynamic else None


def _condition(when: Condition) -> shapes.Condition:
    held: shapes.Condition = {}
    if when.input_above:
        held["input_above"] = number(when.input_above)
    if when.service:
        held["service"] = when.service.value
    if when.region:
        held["region"] = when.region
    if when.hours:
        held["hours"] = [when.hours.start, when.hours.end]
    if when.days:
        held["days"] = list(when.days)
    if when.hours or when.days:
        held["timezone"] = when.timezone
    return held


def costs(page: Page, sources: Sources) -> shapes.Costs:
    """The month of every model, and of every route where the page gives that."""
    comparison = page.comparison
    traffic = comparison.traffic
    months = zip(page.models, page.months, strict=True)
    held: shapes.Costs = {
        "traffic": {
            "label": traffic.label,
            "requests": number(traffic.requests),
            "input": number(traffic.input),
            "output": number(traffic.output),
            "cache_hit": number(traffic.cache_hit),
            "batch": number(traffic.batch),
        },
        "months": [_month(page, sources, model, cost) for model, cost in months],
    }
    if comparison.all_routes:
        held["routes"] = [
            _month(page, sources, model, route_cost(page.catalog, model, route, traffic, comparison.day))
            for model in page.models
            for route in routes_of(model)
        ]
    return held


def _month(page: Page, sources: Sources, model: Model, cost: MonthlyCost | NoCost) -> shapes.Month | shapes.NoMonth:
    if isinstance(cost, MonthlyCost):
        return _total(page, sources, cost)
    held: shapes.NoMonth = {"model": model.id, "why": cost.why.value, "missing": list(cost.missing)}
    if cost.route:
        held["route"] = place(page.catalog, cost.route)
    return held


def _total(page: Page, sources: Sources, cost: MonthlyCost) -> shapes.Month:
    held: shapes.Month = {
        "model": cost.model.id,
        "route": place(page.catalog, cost.route),
        "total": {"amount": number(cost.total), "currency": cost.currency},
        "text": page.words.money(cost.total, cost.currency),
        "lines": [_line(sources, line) for line in cost.lines],
        "assumptions": [assumption.value for assumption in cost.assumptions],
    }
    if cost.rates:
        held["rates"] = [_rate(sources, rate) for rate in cost.rates]
    return held


def _line(sources: Sources, line: Line) -> shapes.Line:
    held: shapes.Line = {
        "component": line.component,
        "count": number(line.count),
        "price": quote_price(line.quote),
        "cost": number(line.cost),
        "sources": sources.of(line.price),
    }
    if line.assumptions:
        held["assumptions"] = [assumption.value for assumption in line.assumptions]
    return held


def _rate(sources: Sources, rate: Rate) -> shapes.Rate:
    return {
        "source": rate.source_currency,
        "target": rate.target_currency,
        "rate": number(rate.rate),
        "date": str(rate.date),
        "sources": sources.of(rate),
    }

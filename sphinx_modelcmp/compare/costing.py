"""What a month of a workload costs, exactly. No price is ever derived from another by a ratio."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, localcontext
from enum import Enum
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Scope, Service, State
from sphinx_modelcmp.compare.pricing import Quote, offers, price_state, prices_of, quote, routes_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Model, Route, Traffic

# Counts and prices lie between 1e-60 and 1e31. A line multiplies up to five of them, so a sum of lines spans fewer
# than 400 digits; anything else must not pass silently.
_EXACT = Context(prec=400, traps=[Inexact])


class Assumption(Enum):
    """What a total rests on beside its prices."""

    CACHE_READ_AT_INPUT = "cache_read"
    BATCH_AT_STANDARD = "batch"
    CACHE_WRITE_NOT_COUNTED = "cache_write"
    OFFERS_NOT_COUNTED = "offers"


class Why(Enum):
    """Why there is no total."""

    NOT_APPLICABLE = "not applicable"
    UNDISCLOSED = "undisclosed"
    NO_ROUTE = "no route"
    FREE = "free"
    PLAN = "plan"
    DYNAMIC = "dynamic"
    MARGINAL = "marginal"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a total: so many units at a price."""

    quote: Quote
    count: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """The cost of a workload at one route."""

    model: Model
    route: Route
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    assumptions: tuple[Assumption, ...]

    def above(self, other: MonthlyCost) -> Decimal:
        """How much more it is than another, exactly."""
        return _EXACT.subtract(self.total, other.total)


@dataclass(frozen=True, slots=True)
class NoCost:
    """That there is no total, why, and which components lack a price."""

    model: Model
    why: Why
    missing: tuple[str, ...] = ()


def monthly_cost(catalog: Catalog, model: Model, traffic: Traffic, day: datetime.date | None) -> MonthlyCost | NoCost:
    """The workload at the cheapest route that prices both input and output, else why there is none."""
    found = [cost for route in routes_of(model) if (cost := route_cost(catalog, model, route, traffic, day))]
    if not found:
        return _no_cost(catalog, model, day)
    cost = min(found, key=lambda cost: (cost.currency != catalog.currency, cost.currency, cost.total))
    if offers(model, "free", day) or offers(model, "plan", day):
        return replace(cost, assumptions=(*cost.assumptions, Assumption.OFFERS_NOT_COUNTED))
    return cost


def route_cost(
    catalog: Catalog, model: Model, route: Route, traffic: Traffic, day: datetime.date | None
) -> MonthlyCost | None:
    """The workload at one route; None where input or output has no price there."""
    if _has_ranges(route, day):
        return None
    with localcontext(_EXACT):
        assumptions: dict[Assumption, None] = {}
        lines: list[Line] = []
        for share, service in ((1 - traffic.batch, None), (traffic.batch, Service.BATCH)):
            if share:
                part = list(_lines(catalog, route, traffic, day, traffic.requests * share, service, assumptions))
                if not part:
                    return None
                lines += part
        currencies = {line.quote.currency for line in lines}
        if len(currencies) != 1:
            return None
        total = sum((line.cost for line in lines), Decimal(0))
    return MonthlyCost(model, route, currencies.pop(), total, tuple(lines), tuple(assumptions))


def _has_ranges(route: Route, day: datetime.date | None) -> bool:
    return any(price.scope is Scope.MARGINAL for price in prices_of(route, day))


def _lines(
    catalog: Catalog,
    route: Route,
    traffic: Traffic,
    day: datetime.date | None,
    requests: Decimal,
    service: Service | None,
    assumptions: dict[Assumption, None],
) -> Iterator[Line]:
    def price(component: str, tier: Service | None) -> Quote | None:
        return quote(catalog, route, component, day, service=tier, tokens=traffic.input)

    if service and not (price("input", service) and price("output", service)):
        assumptions[Assumption.BATCH_AT_STANDARD] = None
        service = None
    into, out = price("input", service), price("output", service)
    if into is None or out is None:
        return
    cached = traffic.input * traffic.cache_hit
    reading = price("cache_read", service) or into
    if cached and reading is into:
        assumptions[Assumption.CACHE_READ_AT_INPUT] = None
    elif cached:
        assumptions[Assumption.CACHE_WRITE_NOT_COUNTED] = None
    yield _line(into, requests * (traffic.input - cached))
    if cached:
        yield _line(reading, requests * cached)
    yield _line(out, requests * traffic.output)
    if fee := price("request", service):
        yield _line(fee, requests)


def _line(found: Quote, count: Decimal) -> Line:
    return Line(found, count, found.cost(count))


def _no_cost(catalog: Catalog, model: Model, day: datetime.date | None) -> NoCost:
    states = {State.NOT_APPLICABLE: Why.NOT_APPLICABLE, State.UNDISCLOSED: Why.UNDISCLOSED}
    if (state := price_state(model)) in states:
        return NoCost(model, states[state])
    routes = routes_of(model)
    if not routes:
        return NoCost(model, Why.NO_ROUTE)
    for why in (Why.FREE, Why.PLAN, Why.DYNAMIC):
        if len(offers(model, why.value, day)) == len(routes):
            return NoCost(model, why)
    if any(_has_ranges(route, day) for route in routes):
        return NoCost(model, Why.MARGINAL)
    priced = {name for route in routes for name in ("input", "output") if quote(catalog, route, name, day)}
    return NoCost(model, Why.MISSING, tuple(name for name in ("input", "output") if name not in priced))

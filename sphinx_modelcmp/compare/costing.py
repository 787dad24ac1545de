"""What requests cost, exactly: one of them with its breakdown, or a month of a workload.

No price is ever derived from another by a ratio. Where a component has no price of its own another price stands in for
it, and the total says so: see ``Assumption``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields, replace
from decimal import Decimal, localcontext
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Service, State
from sphinx_modelcmp.compare.bill import Assumption, Bill, Line
from sphinx_modelcmp.compare.conversion import rate_on
from sphinx_modelcmp.compare.pricing import offers, price_state, routes_of
from sphinx_modelcmp.compare.tariff import day_of, in_force, is_bound_to_hours, is_for
from sphinx_modelcmp.compare.usage import EXACT, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Rate, Route, Traffic
    from sphinx_modelcmp.compare.pricing import Quote

__all__ = [
    "Assumption",
    "Cost",
    "Line",
    "MonthlyCost",
    "NoCost",
    "Usage",
    "Why",
    "comparable",
    "in_catalog_currency",
    "limit_at",
    "monthly_cost",
    "no_cost",
    "priced_by_hours",
    "request_cost",
    "route_cost",
    "why_unpriced",
]


class Why(Enum):
    """Why there is no total."""

    NOT_APPLICABLE = "not applicable"
    UNDISCLOSED = "undisclosed"
    NO_ROUTE = "no route"
    TOO_LONG = "too long"
    """The tokens of one request, in and out, are more than the context window holds."""
    AMBIGUOUS = "ambiguous"
    """Two equally specific prices hold at once; ``NoCost.rivals`` names them."""
    CURRENCIES = "currencies"
    """The prices stand in several currencies, and the catalog has no rate between them."""
    FREE = "free"
    PLAN = "plan"
    DYNAMIC = "dynamic"
    MISSING = "missing"
    """``NoCost.missing`` names the components without a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What requests cost at one route."""

    route: Route
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    assumptions: tuple[Assumption, ...] = ()
    rates: tuple[Rate, ...] = ()
    """The rates of exchange that the total, or the choice of the route, rests on."""

    def above(self, other: Cost) -> Decimal:
        """How much more it is than another in the same currency, exactly."""
        return EXACT.subtract(self.total, other.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCost(Cost):
    """What a month of a workload costs at one route of a model."""

    model: Model


@dataclass(frozen=True, slots=True)
class NoCost:
    """That there is no total, and why."""

    why: Why
    missing: tuple[str, ...] = ()
    """Components that are used and have no price, nor one that stands in for it."""
    rivals: tuple[Quote, ...] = ()
    """Prices that hold at once, and none is more specific."""
    route: Route | None = None
    """Where; None where it is said of all routes of a model."""


C = TypeVar("C", bound=Cost)


def request_cost(catalog: Catalog, route: Route, usage: Usage, *, model: Model | None = None) -> Cost | NoCost:
    """What requests cost at a route, with a line for each price used.

    ``model`` is the one whose context window counts where the route states none.
    """
    return _settle(catalog, route, (usage,), model)


def monthly_cost(catalog: Catalog, model: Model, traffic: Traffic, day: datetime.date | None) -> MonthlyCost | NoCost:
    """The workload at the cheapest route that has a total, else why none has.

    Totals that can be had in the catalog's currency come first.
    """
    usages = _usages(traffic, day)
    costs = [_month_at(catalog, model, route, traffic, usages) for route in routes_of(model)]
    found = [cost for cost in costs if isinstance(cost, MonthlyCost)]
    if not found:
        return no_cost(model, [cost for cost in costs if isinstance(cost, NoCost)])
    converted = [in_catalog_currency(catalog, cost, day) for cost in found]

    def order(position: int) -> tuple[bool, str, Decimal, bool]:
        own, common = found[position], converted[position]
        counted = common or own
        return common is None, counted.currency, counted.total, own.currency != catalog.currency

    cost = found[min(range(len(found)), key=order)]
    if len({other.currency for other in found}) > 1:
        cost = replace(cost, rates=tuple(dict.fromkeys(r for common in converted if common for r in common.rates)))
    if offers(model, "free", day) or offers(model, "plan", day):
        return replace(cost, assumptions=(*cost.assumptions, Assumption.OFFERS_NOT_COUNTED))
    return cost


def route_cost(
    catalog: Catalog, model: Model, route: Route, traffic: Traffic, day: datetime.date | None
) -> MonthlyCost | NoCost:
    """The workload at one route. Of a month no hours are known: prices of certain hours never count."""
    return _month_at(catalog, model, route, traffic, _usages(traffic, day))


def _month_at(
    catalog: Catalog, model: Model, route: Route, traffic: Traffic, usages: Sequence[Usage]
) -> MonthlyCost | NoCost:
    cost = _settle(catalog, route, usages, model)
    if isinstance(cost, NoCost):
        return cost
    said = cost.assumptions
    if traffic.cache_hit and Assumption.CACHE_READ_AT_INPUT not in said:
        said = _in_order((*said, Assumption.CACHE_WRITE_NOT_COUNTED))
    stated = {item.name: getattr(cost, item.name) for item in fields(cost)}
    return MonthlyCost(**{**stated, "assumptions": said}, model=model)


def in_catalog_currency(catalog: Catalog, cost: C, day: datetime.date | None) -> C | None:
    """A total in the currency of the catalog; None where it needs a rate that the catalog does not have."""
    if cost.currency == catalog.currency:
        return cost
    rate = rate_on(catalog, cost.currency, catalog.currency, day)
    if rate is None:
        return None
    total = EXACT.multiply(cost.total, rate.rate)
    return replace(cost, currency=catalog.currency, total=total, rates=tuple(dict.fromkeys((*cost.rates, rate))))


def comparable(catalog: Catalog, costs: Sequence[C], day: datetime.date | None) -> tuple[C, ...]:
    """Totals that can be set against each other: as they are where they share a currency, else in the catalog's.

    Empty where one of them cannot be had in the catalog's currency.
    """
    if len({cost.currency for cost in costs}) < 2:
        return tuple(costs)
    converted = [in_catalog_currency(catalog, cost, day) for cost in costs]
    return () if None in converted else tuple(cost for cost in converted if cost)


def _usages(traffic: Traffic, day: datetime.date | None) -> tuple[Usage, ...]:
    """The requests of a month: those at the standard service, and the batches."""
    with localcontext(EXACT):
        cached = traffic.input * traffic.cache_hit
        shares = ((None, traffic.requests * (1 - traffic.batch)), (Service.BATCH, traffic.requests * traffic.batch))
    return tuple(
        Usage(
            input=traffic.input,
            output=traffic.output,
            cache_read=cached,
            requests=requests,
            service=service,
            moment=day,
        )
        for service, requests in shares
        if requests
    )


def _settle(catalog: Catalog, route: Route, usages: Sequence[Usage], model: Model | None) -> Cost | NoCost:
    """The bill of some usages at one route, or why there is none."""
    if any(_is_too_long(route, usage, model) for usage in usages):
        return NoCost(Why.TOO_LONG, route=route)
    bill = Bill(catalog, route)
    for usage in usages:
        bill.add(usage)
    if refused := _refusal(bill, usages):
        return refused
    day = day_of(usages[0].moment)
    total = _total(catalog, bill.lines, day)
    if total is None:
        return NoCost(Why.CURRENCIES, route=route)
    currency, amount, rates = total
    return Cost(
        route=route,
        currency=currency or route.currency or catalog.currency,
        total=amount,
        lines=tuple(bill.lines),
        assumptions=_in_order(_assumed(bill, usages)),
        rates=rates,
    )


def limit_at(route: Route, model: Model | None, name: str) -> int | None:
    """The context window or the maximum output in tokens at a route, else of the model; None where it is not known."""
    fact: Fact[int] = getattr(route, name)
    if fact.state is State.UNKNOWN and model:
        fact = getattr(model, name)
    return fact.value


def _is_too_long(route: Route, usage: Usage, model: Model | None) -> bool:
    window = limit_at(route, model, "context_window")
    return window is not None and EXACT.add(Decimal(usage.input), Decimal(usage.output)) > window


_STATES = {State.NOT_APPLICABLE: Why.NOT_APPLICABLE, State.UNDISCLOSED: Why.UNDISCLOSED}
_OFFERS = (Why.FREE, Why.PLAN, Why.DYNAMIC)


def _refusal(bill: Bill, usages: Sequence[Usage]) -> NoCost | None:
    """Why there is no total of these lines. An empty bill is a total only where there is a price list."""
    if bill.rivals:
        return NoCost(Why.AMBIGUOUS, rivals=bill.rivals, route=bill.route)
    if bill.lines and not bill.missing:
        return None
    prices = in_force(bill.route.prices.value or (), usages[0].moment)
    if not bill.missing and any(price.components for price in prices):
        return None
    missing = tuple(name for name in PRICE_COMPONENTS if name in (bill.missing or ("input", "output")))
    return NoCost(why_unpriced(bill.route, prices), missing, route=bill.route)


def why_unpriced(route: Route, prices: Iterable[Price]) -> Why:
    """Why there is no total at a route where a price is missing. ``prices`` are those in force."""
    held = tuple(prices)
    offered = (why for why in _OFFERS if any(getattr(price, why.value) for price in held))
    return _STATES.get(route.prices.state) or next(offered, Why.MISSING)


def _total(
    catalog: Catalog, lines: Sequence[Line], day: datetime.date | None
) -> tuple[str | None, Decimal, tuple[Rate, ...]] | None:
    """The currency (None without lines), the sum and the rates used; None where the catalog lacks a rate."""
    currencies = tuple(dict.fromkeys(line.quote.currency for line in lines))
    with localcontext(EXACT):
        if len(currencies) < 2:
            return next(iter(currencies), None), sum((line.cost for line in lines), Decimal(0)), ()
        rates = {
            name: rate
            for name in currencies
            if name != catalog.currency and (rate := rate_on(catalog, name, catalog.currency, day))
        }
        if {*currencies} - {*rates, catalog.currency}:
            return None
        factors = {catalog.currency: Decimal(1), **{name: rate.rate for name, rate in rates.items()}}
        total = sum((line.cost * factors[line.quote.currency] for line in lines), Decimal(0))
    return catalog.currency, total, tuple(rates.values())


def _assumed(bill: Bill, usages: Sequence[Usage]) -> Iterator[Assumption]:
    for line in bill.lines:
        yield from line.assumptions
    used = {name for line in bill.lines for name in (line.component, line.quote.component)}
    for usage in usages:
        # Of a moment all hours are known.
        if not isinstance(usage.moment, datetime.datetime) and used & priced_by_hours(
            bill.route, usage.moment, usage.service, usage.region
        ):
            yield Assumption.HOURS_NOT_COUNTED


def priced_by_hours(
    route: Route, day: datetime.date | None, service: Service | None, region: str | None = None
) -> frozenset[str]:
    """The components that have a price of certain hours or days of the week at a route, for a service."""
    bound = [price for price in route.prices.value or () if is_bound_to_hours(price)]
    return frozenset(
        name
        for price in in_force(bound, day)
        if is_for(price, service, region or route.region)
        for name in price.components
    )


def _in_order(assumptions: Iterable[Assumption]) -> tuple[Assumption, ...]:
    found = set(assumptions)
    return tuple(assumption for assumption in Assumption if assumption in found) if found else ()


_TOLD_FIRST = (Why.AMBIGUOUS, Why.TOO_LONG, Why.CURRENCIES)
"""Of several reasons at several routes, those that say the most."""


def no_cost(model: Model, refused: Sequence[NoCost]) -> NoCost:
    """Why a model has no total at any route, each of which has refused."""
    if (state := price_state(model)) in _STATES:
        return NoCost(_STATES[state])
    if not refused:
        return NoCost(Why.NO_ROUTE)
    reasons = {cost.why for cost in refused}
    told = reasons if len(reasons) == 1 else [why for why in _TOLD_FIRST if why in reasons]
    why = next(iter(told), Why.MISSING)
    if why is Why.MISSING:
        # What one route prices is not missing: then no single route prices everything.
        everywhere = [name for name in refused[0].missing if all(name in cost.missing for cost in refused)]
        return NoCost(why, tuple(everywhere))
    return NoCost(why, rivals=next(cost.rivals for cost in refused if cost.why is why))

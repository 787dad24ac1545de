"""Exact cost of requests: of a single one with its breakdown, or of a month of a workload.

No price is ever derived from another by a ratio. Where a component has no price of its own another price is used for
it, and the total says so: see ``Assumption``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, TypeVar

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Scope, Service, State
from sphinx_modelcmp.compare.bill import EXACT, Assumption, Bill, Line, Usage
from sphinx_modelcmp.compare.pricing import day_of, offers, price_state, priced_by_hours, prices_of, routes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Rate, Route, Traffic
    from sphinx_modelcmp.compare.pricing import Quote


class Why(Enum):
    """Reason why there is no total."""

    NOT_APPLICABLE = "not applicable"
    UNDISCLOSED = "undisclosed"
    NO_ROUTE = "no route"
    TOO_LONG = "too long"
    """The tokens of one request, in and out, exceed the context window."""
    AMBIGUOUS = "ambiguous"
    """Two equally specific prices apply at once; ``NoCost.rivals`` names them."""
    CURRENCIES = "currencies"
    """The prices are in several currencies, and the catalog has no rate between them."""
    FREE = "free"
    PLAN = "plan"
    DYNAMIC = "dynamic"
    MISSING = "missing"
    """``NoCost.missing`` names the components without a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Cost of requests at one route."""

    model: Model | None = None
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
    """Cost of a month of a workload at one route of a model."""

    model: Model


@dataclass(frozen=True, slots=True)
class NoCost:
    """Absence of a total, with the reason."""

    why: Why
    missing: tuple[str, ...] = ()
    """Components that are used and have no price, not even a borrowed one."""
    rivals: tuple[Quote, ...] = ()
    """Prices that apply at once, of which none is more specific."""
    route: Route | None = None
    """The route; None if the reason is about all routes of a model."""


C = TypeVar("C", bound=Cost)
_LONGEST = 10**30


def request_cost(catalog: Catalog, route: Route, usage: Usage, *, model: Model | None = None) -> Cost | NoCost:
    """The cost of requests at a route, with a line for each price used.

    ``model`` is the one whose context window counts if the route states none.
    """
    return _settle(Cost, catalog, model, route, (usage,))


def monthly_cost(catalog: Catalog, model: Model, traffic: Traffic, day: datetime.date | None) -> MonthlyCost | NoCost:
    """The cost of a workload at the cheapest route that has a total, else the reason why none has.

    Totals that can be converted to the catalog's currency come first.
    """
    costs = [route_cost(catalog, model, route, traffic, day) for route in routes_of(model)]
    found = [cost for cost in costs if isinstance(cost, MonthlyCost)]
    if not found:
        return no_cost(model, [cost for cost in costs if isinstance(cost, NoCost)])
    converted = [in_catalog_currency(catalog, cost, day) for cost in found]

    def order(pair: tuple[MonthlyCost, MonthlyCost | None]) -> tuple[bool, str, Decimal, bool]:
        own, common = pair
        counted = common or own
        return common is None, counted.currency, counted.total, own.currency != catalog.currency

    cost, _ = min(zip(found, converted, strict=True), key=order)
    if len({other.currency for other in found}) > 1:
        cost = replace(cost, rates=_rates(converted))
    if offers(model, "free", day) or offers(model, "plan", day):
        return replace(cost, assumptions=(*cost.assumptions, Assumption.OFFERS_NOT_COUNTED))
    return cost


def route_cost(
    catalog: Catalog, model: Model, route: Route, traffic: Traffic, day: datetime.date | None
) -> MonthlyCost | NoCost:
    """The cost of a workload at one route. A month has no hour: prices of certain hours never count."""
    cost = _settle(MonthlyCost, catalog, model, route, _usages(traffic, day))
    if isinstance(cost, NoCost) or not traffic.cache_hit or Assumption.CACHE_READ_AT_INPUT in cost.assumptions:
        return cost
    return replace(cost, assumptions=_in_order((*cost.assumptions, Assumption.CACHE_WRITE_NOT_COUNTED)))


# --- currencies ---


def rate_on(catalog: Catalog, source: str, target: str, day: datetime.date | None) -> Rate | None:
    """The latest rate from one currency to another dated on or before a day.

    None without a day, or if two rates of the latest day differ. A rate is never inverted, for its reciprocal is not
    exact, and never chained.
    """
    if day is None:
        return None
    rates = [
        rate
        for rate in catalog.rates
        if (rate.source_currency, rate.target_currency) == (source, target) and rate.date <= day
    ]
    latest = max((rate.date for rate in rates), default=None)
    found = [rate for rate in rates if rate.date == latest]
    return found[0] if found and all(rate.rate == found[0].rate for rate in found) else None


def in_catalog_currency(catalog: Catalog, cost: C, day: datetime.date | None) -> C | None:
    """A total in the currency of the catalog; None if that needs a rate that the catalog does not have."""
    if cost.currency == catalog.currency:
        return cost
    rate = rate_on(catalog, cost.currency, catalog.currency, day)
    if rate is None:
        return None
    total = EXACT.multiply(cost.total, rate.rate)
    return replace(cost, currency=catalog.currency, total=total, rates=tuple(dict.fromkeys((*cost.rates, rate))))


def comparable(catalog: Catalog, costs: Sequence[C], day: datetime.date | None) -> tuple[C, ...]:
    """The totals in one currency: as they are if they share one, else in the catalog's.

    Empty if one of them cannot be converted to the catalog's currency.
    """
    if len({cost.currency for cost in costs}) < 2:
        return tuple(costs)
    converted = [in_catalog_currency(catalog, cost, day) for cost in costs]
    return tuple(cost for cost in converted if cost) if all(converted) else ()


# --- bills ---


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


def _settle(kind: type[C], catalog: Catalog, model: Model | None, route: Route, usages: Sequence[Usage]) -> C | NoCost:
    """The total of the bill of some usages at one route, or the reason why there is none."""
    if any(_is_too_long(route, usage, model) for usage in usages):
        return NoCost(Why.TOO_LONG, route=route)
    bill = Bill(catalog, route)
    for usage in usages:
        bill.add(usage)
    if refused := _refusal(bill, usages):
        return refused
    # One total a currency; several are a sum only if the catalog has a rate for each.
    currencies = dict.fromkeys(line.quote.currency for line in bill.lines) or (route.currency or catalog.currency,)
    parts = [
        kind(
            model=model,
            route=route,
            currency=currency,
            total=_sum(line.cost for line in bill.lines if line.quote.currency == currency),
            lines=tuple(bill.lines),
            assumptions=_assumptions(bill, usages),
        )
        for currency in currencies
    ]
    converted = comparable(catalog, parts, day_of(usages[0].moment))
    if not converted:
        return NoCost(Why.CURRENCIES, route=route)
    return replace(converted[0], total=_sum(cost.total for cost in converted), rates=_rates(converted))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(amounts, Decimal(0))


def _rates(costs: Iterable[Cost | None]) -> tuple[Rate, ...]:
    return tuple(dict.fromkeys(rate for cost in costs if cost for rate in cost.rates))


def limit_at(route: Route, model: Model | None, name: str) -> int | None:
    """The context window or the maximum output in tokens at a route, else of the model; None if unknown."""
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
    """The reason why these lines have no total. An empty bill is a total only if there is a price list."""
    if bill.rivals:
        return NoCost(Why.AMBIGUOUS, rivals=bill.rivals, route=bill.route)
    if bill.lines and not bill.missing:
        return None
    prices = prices_of(bill.route, usages[0].moment)
    if not bill.missing and any(price.components for price in prices):
        return None
    missing = tuple(name for name in PRICE_COMPONENTS if name in (bill.missing or ("input", "output")))
    return NoCost(why_unpriced(bill.route, prices), missing, route=bill.route)


def why_unpriced(route: Route, prices: Sequence[Price]) -> Why:
    """The reason why a route without a price has no total. ``prices`` are those in force."""
    offered = (why for why in _OFFERS if any(getattr(price, why.value) for price in prices))
    return _STATES.get(route.prices.state) or next(offered, Why.MISSING)


def _assumptions(bill: Bill, usages: Sequence[Usage]) -> tuple[Assumption, ...]:
    found = {assumption for line in bill.lines for assumption in line.assumptions}
    used = {name for line in bill.lines for name in (line.component, line.quote.component)}
    for usage in usages:
        # A moment, unlike a day, has an hour.
        if not isinstance(usage.moment, datetime.datetime) and used & priced_by_hours(
            bill.route, usage.moment, usage.service, usage.region
        ):
            found.add(Assumption.HOURS_NOT_COUNTED)
    return _in_order(found)


def _in_order(found: Collection[Assumption]) -> tuple[Assumption, ...]:
    return tuple(assumption for assumption in Assumption if assumption in found) if found else ()


_FIRST = (Why.AMBIGUOUS, Why.TOO_LONG, Why.CURRENCIES)
"""The most telling reasons, if several routes have different ones."""


def no_cost(model: Model, refused: Sequence[NoCost]) -> NoCost:
    """The reason why a model has no total, given those of all its routes."""
    if (state := price_state(model)) in _STATES:
        return NoCost(_STATES[state])
    if not refused:
        return NoCost(Why.NO_ROUTE)
    reasons = {cost.why for cost in refused}
    why = reasons.pop() if len(reasons) == 1 else next((why for why in _FIRST if why in reasons), Why.MISSING)
    if why is Why.MISSING:
        # A component that one route prices is not missing; then no single route prices everything.
        everywhere = [name for name in refused[0].missing if all(name in cost.missing for cost in refused)]
        return NoCost(why, tuple(everywhere))
    return NoCost(why, rivals=next(cost.rivals for cost in refused if cost.why is why))


# --- break-even ---


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Number of output tokens per request up to which one route costs less, and above which the other does."""

    fewer: MonthlyCost
    """The cheaper one with fewer tokens."""
    more: MonthlyCost
    """The cheaper one with more tokens."""
    tokens: int
    """The most tokens with which ``fewer`` does not cost more."""
    is_equal: bool
    """True if both cost the same at ``tokens``."""


def break_even(
    catalog: Catalog, one: MonthlyCost, other: MonthlyCost, traffic: Traffic, day: datetime.date | None
) -> BreakEven | None:
    """The number of output tokens at which the order of two routes changes, all else as in the workload.

    None if there is no such number above zero, a documented limit is below it, or a price counts by ranges of tokens,
    so that the order could change again. The number is computed from the slopes, and counts only if the totals on both
    sides of it are in opposite order.
    """
    sides = (one, other)
    if any(price.scope is Scope.MARGINAL for side in sides for price in prices_of(side.route, day)):
        return None

    def difference(tokens: int) -> Decimal | None:
        """The cost of the first above the other; None if either has no total."""
        counted = replace(traffic, output=Decimal(tokens))
        costs = [route_cost(catalog, side.model, side.route, counted, day) for side in sides]
        totals = comparable(catalog, [cost for cost in costs if isinstance(cost, MonthlyCost)], day)
        return totals[0].above(totals[1]) if len(totals) == 2 else None

    tokens = _crossing(difference(1), difference(2))
    limits = (limit_at(side.route, side.model, "max_output") for side in sides)
    if tokens is None or any(limit is not None and tokens >= limit for limit in (*limits, _LONGEST)):
        return None
    at, after = difference(tokens), difference(tokens + 1)
    before = difference(tokens - 1) if at == 0 else at
    if not before or not after or (before < 0) == (after < 0):
        return None
    fewer, more = (one, other) if before < 0 else (other, one)
    return BreakEven(fewer, more, tokens, is_equal=at == 0)


def _crossing(first: Decimal | None, second: Decimal | None) -> int | None:
    """The number of tokens at which a difference that grows evenly is zero: rounded down, and at least one."""
    if first is None or second is None or first == second:
        return None
    tokens = floor(1 - Fraction(first) / (Fraction(second) - Fraction(first)))
    return tokens if tokens >= 1 else None

"""Exact cost of requests: of a single one with its breakdown, or of a month of a workload.

No price is ever derived from another by a ratio. Where a component has no price of its own another price is used for
it, and the total says so: see ``Assumption``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Charges, Scope, Service, State
from sphinx_modelcmp.compare.bill import EXACT, Assumption, Bill, Line, Usage, lacking, steps_of
from sphinx_modelcmp.compare.life import Life, life_of, living_routes, route_life
from sphinx_modelcmp.compare.pricing import (
    STATES,
    TOLD_FIRST,
    Why,
    day_of,
    gives_output,
    price_state,
    priced_by_hours,
    prices_of,
    routes_of,
    why_unpriced,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Rate, Route, Traffic
    from sphinx_modelcmp.compare.pricing import Quote


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

    @property
    def is_complete(self) -> bool:
        """True unless the price list is known to leave something out, so that the route may charge more."""
        return Assumption.INCOMPLETE not in self.assumptions

    def above(self, other: Cost) -> Decimal:
        """How much more it is than another in the same currency, exactly."""
        return EXACT.subtract(self.total, other.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCost(Cost):
    """Cost of a month of a workload at one route of a model."""

    model: Model
    is_least: bool = True
    """False where another route may charge less: in a currency without a rate, or by an incomplete list."""
    level: tuple[Route, ...] = ()
    """The other routes that ask the same, where this one was chosen among all."""
    writing: Decimal = Decimal(0)
    """The most that writing to the cache could add, where the workload does not say how much is written."""


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
    tokens: int | Decimal = 0
    """The tokens that exceed a limit."""
    limit: int = 0
    """This limit; of several routes the highest one."""


C = TypeVar("C", bound=Cost)
Steps: TypeAlias = "Mapping[Service | None, Mapping[str, int]]"


def request_cost(catalog: Catalog, route: Route, usage: Usage, *, model: Model | None = None) -> Cost | NoCost:
    """The cost of requests at a route, with a line for each price used.

    ``model`` is the one whose limits count if the route states none, and whose routes say which price lists are
    complete.
    """
    day = day_of(usage.moment)
    steps = steps_of(living_routes(model, day), day, usage.service) if model else {}
    return _settle(Cost, catalog, model, route, (usage,), {usage.service: steps})


def monthly_cost(catalog: Catalog, model: Model, traffic: Traffic, day: datetime.date | None) -> MonthlyCost | NoCost:
    """The cost of a workload at the cheapest route that has a total, else the reason why none has.

    Only routes at which the model can be called on the day count. Complete price lists come first, then totals that
    can be converted to the catalog's currency.
    """
    market = Market.of(catalog, model, day)
    costs = [market.cost(route, traffic) for route in market.routes]
    found = [cost for cost in costs if isinstance(cost, MonthlyCost)]
    refused = [cost for cost in costs if isinstance(cost, NoCost)]
    if not found:
        return no_cost(model, refused, day)
    converted = [in_catalog_currency(catalog, cost, day) for cost in found]

    def order(pair: tuple[MonthlyCost, MonthlyCost | None]) -> tuple[bool, bool, str, Decimal]:
        own, common = pair
        counted = common or own
        return not own.is_complete, common is None, counted.currency, counted.total

    pairs = [*zip(found, converted, strict=True)]
    least = min(map(order, pairs))
    level = [own for own, common in pairs if order((own, common)) == least]
    cost = min(level, key=lambda own: own.currency != catalog.currency)
    counted = in_catalog_currency(catalog, cost, day)
    is_least = all(common and counted and counted.total <= common.total for _, common in pairs) or len(pairs) == 1
    others = tuple(own.route for own in level if own is not cost)
    cost = replace(market.with_writing(cost, traffic), level=others, is_least=is_least)
    if len({other.currency for other in found}) > 1:
        cost = replace(cost, rates=_rates(converted))
    if market.has_offers or any(other.why is Why.FREE for other in refused):
        return replace(cost, assumptions=(*cost.assumptions, Assumption.OFFERS_NOT_COUNTED))
    return cost


def route_cost(
    catalog: Catalog, model: Model, route: Route, traffic: Traffic, day: datetime.date | None
) -> MonthlyCost | NoCost:
    """The cost of a workload at one route. A month has no hour: prices of certain hours never count."""
    life = route_life(model, route, day)
    if life is not Life.ALIVE:
        return NoCost(Why(life.value), route=route)
    market = Market.of(catalog, model, day)
    cost = market.cost(route, traffic)
    return market.with_writing(cost, traffic) if isinstance(cost, MonthlyCost) else cost


@dataclass(frozen=True, slots=True)
class Market:
    """The routes at which a model can be called on a day."""

    catalog: Catalog
    model: Model
    day: datetime.date | None
    routes: tuple[Route, ...]
    steps: Steps
    """See ``steps_of``: what a complete price list has at a service."""

    @classmethod
    def of(cls, catalog: Catalog, model: Model, day: datetime.date | None) -> Market:
        """The market of a model."""
        routes = living_routes(model, day)
        steps = {service: steps_of(routes, day, service) for service in (None, Service.BATCH)}
        return cls(catalog, model, day, routes, steps)

    @property
    def has_offers(self) -> bool:
        """True if the model is also to be had free or by subscription."""
        return any(price.free or price.plan for route in self.routes for price in prices_of(route, self.day))

    def cost(self, route: Route, traffic: Traffic, *, for_an_hour: bool = False) -> MonthlyCost | NoCost:
        """The cost of a workload at one of the routes. What is written to the cache may be kept for an hour."""
        is_answered = gives_output(self.model)
        counted = traffic if is_answered else replace(traffic, output=Decimal(0))
        cost = _settle(
            MonthlyCost,
            self.catalog,
            self.model,
            route,
            _usages(counted, self.day, for_an_hour=for_an_hour),
            self.steps,
        )
        if is_answered or not traffic.output or isinstance(cost, NoCost):
            return cost
        return replace(cost, assumptions=_in_order({*cost.assumptions, Assumption.OUTPUT_NOT_COUNTED}))

    def with_writing(self, cost: MonthlyCost, traffic: Traffic) -> MonthlyCost:
        """A cost with the most that writing to the cache could add: all that is not read from it, perhaps for an hour.

        Nothing is said where a workload does without the cache or says how much is written, or of ranges of tokens,
        which could ask the most for some other share.
        """
        has_ranges = any(price.scope is Scope.MARGINAL for price in prices_of(cost.route, self.day))
        if traffic.cache_write or not traffic.cache_hit or has_ranges:
            return cost
        written = replace(traffic, cache_write=EXACT.subtract(Decimal(1), traffic.cache_hit))
        most = [self.cost(cost.route, written, for_an_hour=for_an_hour) for for_an_hour in (False, True)]
        alike = [one for one in most if isinstance(one, MonthlyCost) and one.currency == cost.currency]
        return replace(cost, writing=max((Decimal(0), *(one.above(cost) for one in alike))))


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

    Empty if one of them cannot be converted to the catalog's currency, or only some of them count output tokens.
    """
    if len({Assumption.OUTPUT_NOT_COUNTED in cost.assumptions for cost in costs}) > 1:
        return ()
    if len({cost.currency for cost in costs}) < 2:
        return tuple(costs)
    converted = [in_catalog_currency(catalog, cost, day) for cost in costs]
    return tuple(cost for cost in converted if cost) if all(converted) else ()


# --- bills ---


def _usages(traffic: Traffic, day: datetime.date | None, *, for_an_hour: bool) -> tuple[Usage, ...]:
    """The requests of a month: those at the standard service, and the batches."""
    with localcontext(EXACT):
        cached, written = traffic.input * traffic.cache_hit, traffic.input * traffic.cache_write
        shares = ((None, traffic.requests * (1 - traffic.batch)), (Service.BATCH, traffic.requests * traffic.batch))
    return tuple(
        Usage(
            input=traffic.input,
            output=traffic.output,
            cache_read=cached,
            cache_write=Decimal(0) if for_an_hour else written,
            cache_write_1h=written if for_an_hour else Decimal(0),
            requests=requests,
            service=service,
            moment=day,
        )
        for service, requests in shares
        if requests
    )


def _settle(
    kind: type[C],
    catalog: Catalog,
    model: Model | None,
    route: Route,
    usages: Sequence[Usage],
    steps: Steps,
) -> C | NoCost:
    """The total of the bill of some usages at one route, or the reason why there is none."""
    for usage in usages:
        if over := _over_limit(catalog, route, usage, model):
            return over
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
            assumptions=_assumptions(bill, usages, steps),
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


def limits_at(catalog: Catalog, route: Route, model: Model | None, name: str) -> tuple[int, ...]:
    """What the foremost readings give for one of ``LIMITS`` at a route, else of the model, in tokens, lowest first."""
    fact: Fact[int] = getattr(route, name)
    if fact.state is State.UNKNOWN and model:
        fact = getattr(model, name)
    return tuple(sorted({said.value for said in catalog.foremost(fact) if said.value is not None}))


def _over_limit(catalog: Catalog, route: Route, usage: Usage, model: Model | None) -> NoCost | None:
    """The first limit that a request exceeds, else one that is disputed. An unknown one binds nothing."""
    both = EXACT.add(Decimal(usage.input), Decimal(usage.output))
    disputed = None
    for (why, name), tokens in zip(LIMITS.items(), (both, usage.input, usage.output), strict=True):
        limits = limits_at(catalog, route, model, name)
        if limits and tokens > limits[-1]:
            return NoCost(why, route=route, tokens=tokens, limit=limits[-1])
        if limits and tokens > limits[0]:
            disputed = NoCost(Why.DISPUTED, route=route)
    return disputed


LIMITS = {
    Why.TOO_LONG: "context_window",
    Why.INPUT_TOO_LONG: "max_input",
    Why.OUTPUT_TOO_LONG: "max_output",
}
"""The reasons that are about a limit, each with the fact that states it."""


def _refusal(bill: Bill, usages: Sequence[Usage]) -> NoCost | None:
    """The reason why these lines have no total. An empty bill is a total only if there is a price list."""
    if bill.rivals:
        return NoCost(Why.AMBIGUOUS, rivals=bill.rivals, route=bill.route)
    if bill.lines and not bill.missing:
        # What nobody has to pay for is no total to be compared with the totals of others.
        is_free = not any(line.amount for line in bill.lines)
        return NoCost(Why.FREE, route=bill.route) if is_free else None
    moment = usages[0].moment
    if not bill.missing and any(price.components for price in prices_of(bill.route, moment)):
        return None
    missing = tuple(name for name in PRICE_COMPONENTS if name in (bill.missing or ("input", "output")))
    return NoCost(why_unpriced(bill.route, missing, day_of(moment)), missing, route=bill.route)


def _assumptions(bill: Bill, usages: Sequence[Usage], steps: Steps) -> tuple[Assumption, ...]:
    found = {assumption for line in bill.lines for assumption in line.assumptions}
    charged = {line.quote.component for line in bill.lines}
    used = {line.component for line in bill.lines} | charged
    is_incomplete = bill.route.charges is Charges.INCOMPLETE
    for usage in usages:
        # A moment, unlike a day, has an hour.
        if not isinstance(usage.moment, datetime.datetime) and used & priced_by_hours(
            bill.route, usage.moment, usage.service, usage.region
        ):
            found.add(Assumption.HOURS_NOT_COUNTED)
        left_out = lacking(bill.route, steps[usage.service], day_of(usage.moment))
        is_incomplete |= any(name in charged and usage.input > size for name, size in left_out.items())
    if is_incomplete:
        found.add(Assumption.INCOMPLETE)
    return _in_order(found)


def _in_order(found: Collection[Assumption]) -> tuple[Assumption, ...]:
    return tuple(assumption for assumption in Assumption if assumption in found) if found else ()


def no_cost(model: Model, refused: Sequence[NoCost], day: datetime.date | None) -> NoCost:
    """The reason why a model has no total, given those of all its living routes."""
    if (state := price_state(model)) in STATES:
        return NoCost(STATES[state])
    if not refused:
        lives = {life_of(model, day), *(route_life(model, route, day) for route in routes_of(model))} - {Life.ALIVE}
        return NoCost(min((Why(life.value) for life in lives), key=TOLD_FIRST.index, default=Why.NO_ROUTE))
    why = min((cost.why for cost in refused), key=TOLD_FIRST.index)
    if why is Why.MISSING:
        # A component that one route prices is not missing; then no single route prices everything.
        lists = [cost.missing for cost in refused if cost.why is why]
        return NoCost(why, tuple(name for name in lists[0] if all(name in missing for missing in lists)))
    told = max((cost for cost in refused if cost.why is why), key=lambda cost: cost.limit)
    return replace(told, route=None, missing=())

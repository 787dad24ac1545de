"""Price lists: the price in force for a request, and the cheapest route of a model."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from sphinx_modelcmp.catalog.prices import outranks
from sphinx_modelcmp.catalog.records import Catalog, Fact, Lifecycle, Model, Price, Reading, Route
from sphinx_modelcmp.catalog.vocabulary import (
    PRICE_COMPONENTS,
    WEEKDAYS,
    Charges,
    Modality,
    Scope,
    Service,
    State,
)
from sphinx_modelcmp.compare.life import Life, is_shut_down, life_of, living_routes, route_life

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx_modelcmp.catalog.records import Condition
    from sphinx_modelcmp.catalog.scalars import PartialDate

When: TypeAlias = datetime.datetime | datetime.date | None
"""An aware moment, a whole day without an hour, or no day at all."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything about a request that its price depends on."""

    size: Decimal
    """All input tokens, cached ones included."""
    service: Service | None = None
    region: str | None = None
    moment: When = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One component's price at one route."""

    route: Route
    price: Price
    component: str
    amount: Decimal
    """Money per the component's unit, see ``PRICE_COMPONENTS``."""
    currency: str
    level: tuple[Route, ...] = ()
    """Other routes that ask the same, where it is the lowest of several."""
    is_sure: bool = True
    """False where another route may ask less: in another currency, or by a list that leaves something out."""

    def cost(self, count: Decimal) -> Decimal:
        """Exact money for a number of units: every price is for a power of ten of them."""
        return (self.amount * count).scaleb(-len(str(PRICE_COMPONENTS[self.component].per)) + 1)


def routes_of(model: Model) -> tuple[Route, ...]:
    """The recorded routes; none where the fact is not a value."""
    return model.routes.value or ()


_WITHOUT_OUTPUT = re.compile("embed|rerank")
_ANSWERS = {Modality.TEXT, Modality.IMAGE, Modality.AUDIO, Modality.VIDEO}


def gives_output(model: Model) -> bool:
    """False for models that answer with vectors or an order, for which nobody asks a price: by kind or modalities."""
    if _WITHOUT_OUTPUT.search(model.kind.value or ""):
        return False
    kinds = model.modalities.value.output if model.modalities.value else ()
    return not kinds or bool(_ANSWERS & {*kinds})


# --- price lists ---


def day_of(moment: When) -> datetime.date | None:
    """The day by which prices are dated: that of the moment in UTC."""
    if isinstance(moment, datetime.datetime):
        return moment.astimezone(datetime.UTC).date()
    return moment


def in_force(prices: Iterable[Price], moment: When) -> tuple[Price, ...]:
    """The prices whose dates include the moment; without a day, those that name no dates."""
    day = day_of(moment)
    if day is None:
        return tuple(price for price in prices if not (price.since or price.until))
    return tuple(price for price in prices if price.in_force(day))


def prices_of(route: Route, moment: When) -> tuple[Price, ...]:
    """The lines of a route's price list that are in force; without a day, those that name no dates."""
    return in_force(route.prices.value or (), moment)


def listed(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The lines of a route's price list that a page lists: those in force; without a day all, each with its dates."""
    return prices_of(route, day) if day else route.prices.value or ()


def scheduled(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The lines of a route's price list that come into force after a day, the earliest first; none without a day."""
    later = ((price.since.first, price) for price in route.prices.value or () if day and price.since)
    return tuple(price for first, price in sorted(later, key=itemgetter(0)) if day and first > day)


def announced(route: Route, life: Life, day: datetime.date | None) -> tuple[Price, ...]:
    """The prices that are announced for a route, by its life: all of one to come, none of one that is over."""
    if life is Life.ANNOUNCED:
        return route.prices.value or ()
    return scheduled(route, day) if life is Life.ALIVE else ()


def offers(model: Model, kind: str, day: datetime.date | None) -> tuple[Route, ...]:
    """The living routes that are ``free``, ``plan`` or ``dynamic`` on a day, whatever is asked of them."""
    living = ((route, prices_of(route, day)) for route in living_routes(model, day))
    return tuple(route for route, held in living if any(getattr(price, kind) and not price.when for price in held))


def components_of(routes: tuple[Route, ...], day: datetime.date | None) -> tuple[str, ...]:
    """The components that the list of any of the routes prices, in the vocabulary's order."""
    found = {name for route in routes for price in listed(route, day) for name in price.components}
    return tuple(name for name in PRICE_COMPONENTS if name in found)


def priced_by_hours(
    route: Route, day: datetime.date | None, service: Service | None, region: str | None = None
) -> frozenset[str]:
    """The components that have a price for certain hours or days of the week at a route, for a service."""
    return frozenset(
        name
        for price in prices_of(route, day)
        if price.when and (price.when.hours or price.when.days) and is_for(price, service, region or route.region)
        for name in price.components
    )


# --- the price of a request ---


def chosen(
    prices: Iterable[Price], component: str, circumstances: Circumstances, position: Decimal
) -> tuple[Price, ...]:
    """The price that counts for a component, out of those in force; several where nothing decides between them.

    ``position`` is the number of tokens before the ones to be priced: marginal prices depend on it.
    """
    held = [price for price in prices if component in price.components and _holds(price, circumstances, position)]
    if len(held) < 2:
        return tuple(held)
    return tuple(price for price in held if not any(outranks(other, price) for other in held))


def is_for(price: Price, service: Service | None, region: str | None) -> bool:
    """True if a price is for this service and region. One that names no service is the standard price."""
    when = price.when
    return service is None if when is None else when.service == service and when.region in {None, region}


def _holds(price: Price, circumstances: Circumstances, position: Decimal) -> bool:
    if not is_for(price, circumstances.service, circumstances.region):
        return False
    when = price.when
    if when is None:
        return True
    if (above := when.input_above) is not None:
        is_reached = position >= above if price.scope is Scope.MARGINAL else circumstances.size > above
        if not is_reached:
            return False
    return _hours_hold(when, circumstances.moment)


def _hours_hold(when: Condition, moment: When) -> bool:
    """True if a window is open, by the wall clock of its time zone.

    A window that wraps midnight belongs to the day on which it begins. In the hour that a zone repeats in autumn the
    clock shows the same time twice, and both times count.
    """
    if not (when.hours or when.days):
        return True
    if not isinstance(moment, datetime.datetime):
        return False
    there = moment.astimezone(ZoneInfo(when.timezone))
    begun = there.date()
    if when.hours:
        now, start, end = f"{there:%H:%M}", when.hours.start, when.hours.end
        if start < end:
            is_open = start <= now < end
        else:
            is_open = now >= start or now < end
            begun -= datetime.timedelta(days=now < end)
        if not is_open:
            return False
    return not when.days or WEEKDAYS[begun.weekday()] in when.days


def quoted(catalog: Catalog, route: Route, price: Price, component: str) -> Quote:
    """The quote of a component from a line of a route's price list, in the nearest currency stated."""
    currency = price.currency or route.currency or catalog.currency
    return Quote(route, price, component, price.components[component], currency)


# --- the cheapest price, or what a source says in its place ---


class Why(Enum):
    """Reason why there is no price or no total, the most telling one first: if routes have several, it is told."""

    AMBIGUOUS = "ambiguous"
    """Two equally specific prices apply at once; ``NoCost.rivals`` names them."""
    DISPUTED = "disputed"
    """By some of the foremost readings of a limit, but not by all, a request exceeds it."""
    TOO_LONG = "too long"
    """The tokens of one request, in and out, exceed the context window."""
    INPUT_TOO_LONG = "input too long"
    """The tokens going in exceed the largest input; ``NoCost.tokens`` and ``NoCost.limit`` say by how much."""
    OUTPUT_TOO_LONG = "output too long"
    """The tokens of the answer exceed the maximum output."""
    CURRENCIES = "currencies"
    """The prices are in several currencies, and the catalog has no rate between them."""
    FREE = "free"
    PLAN = "plan"
    DYNAMIC = "dynamic"
    CONDITIONS = "conditions"
    """There are prices, but only for certain hours, regions, services, sizes or days."""
    MISSING = "missing"
    """The price list leaves it out, or has a 0 that nobody calls free; ``NoCost.missing`` names the components."""
    UNDISCLOSED = "undisclosed"
    NOT_APPLICABLE = "not applicable"
    ENDED = "ended"
    """The model, or each of its routes, is no longer offered."""
    ANNOUNCED = "announced"
    """The model, or each of its routes, is not offered yet."""
    NO_ROUTE = "no route"


TOLD_FIRST = (*Why,)
OFFERS = (Why.FREE, Why.PLAN, Why.DYNAMIC)
STATES = {State.UNDISCLOSED: Why.UNDISCLOSED, State.NOT_APPLICABLE: Why.NOT_APPLICABLE}
"""The states of a price list, or of all routes, that say why there is no price."""


@dataclass(frozen=True, slots=True)
class NoPrice:
    """Statement of a source in place of a price."""

    why: Why
    routes: tuple[Route, ...]
    """The routes that it is about."""
    prices: tuple[Price, ...] = ()
    """The lines of their price lists that say so."""
    date: PartialDate | None = None
    """The day of the end, or of the announced beginning."""
    was: Quote | None = None
    """The last price of what has ended."""


def cheapest(catalog: Catalog, model: Model, component: str, day: datetime.date | None) -> Fact[Quote] | Fact[NoPrice]:
    """The lowest price of a component over all living routes, with its own source and day, or what is said instead.

    Prices in the catalog's currency come first: another currency is shown, but never compared with them. A route that
    charges for more than its list names counts only where no other has a price. A price that is bound to hours or to
    another region than the route's never counts, nor does one of several between which nothing decides.
    """
    if component == "output" and not gives_output(model):
        said: Reading[Any] = model.kind if _WITHOUT_OUTPUT.search(model.kind.value or "") else model.modalities
        return Fact(state=State.NOT_APPLICABLE, source=said.source, checked=said.checked)
    living = living_routes(model, day)
    quotes = [_standing(catalog, route, prices_of(route, day), component) for route in living]
    if paid := [quote for quote in quotes if quote and quote.amount]:
        best = min(paid, key=lambda quote: _order(catalog, quote))
        level = [quote.route for quote in paid if _order(catalog, quote) == _order(catalog, best)]
        rivals = [quote for quote in paid if quote.currency != best.currency or quote.amount < best.amount]
        is_sure = best.route.charges is not Charges.INCOMPLETE and not rivals
        best = replace(best, level=tuple(route for route in level if route is not best.route), is_sure=is_sure)
        return Fact(value=best, state=State.KNOWN, source=best.price.source, checked=best.price.checked)
    state = price_state(model)
    reasons = [
        (Why.FREE if quote else why_unpriced(route, (component,), day), route)
        for route, quote in zip(living, quotes, strict=True)
        if route.prices.state is not State.UNKNOWN
    ]
    if state in STATES or (not reasons and len(living) == len(routes_of(model))):
        return Fact(state=state, source=model.routes.source, checked=model.routes.checked)
    return _said(reasons, component, day) if reasons else _not_now(catalog, model, component, day)


def _order(catalog: Catalog, quote: Quote) -> tuple[bool, bool, str, Decimal]:
    is_incomplete = quote.route.charges is Charges.INCOMPLETE
    return is_incomplete, quote.currency != catalog.currency, quote.currency, quote.amount


def _standing(catalog: Catalog, route: Route, prices: Iterable[Price], component: str) -> Quote | None:
    """The price at any hour for a small request in the region of the route; None if there is none, or several."""
    found = chosen(prices, component, Circumstances(Decimal(0), region=route.region), Decimal(0))
    return quoted(catalog, route, found[0], component) if len(found) == 1 else None


def why_unpriced(route: Route, components: Collection[str], day: datetime.date | None) -> Why:
    """The reason why a route has no price that counts for some components."""
    offered = (why for why in OFFERS if any(getattr(price, why.value) for price in listed(route, day)))
    is_listed = {*components} <= {*components_of((route,), None)}
    return STATES.get(route.prices.state) or next(offered, Why.CONDITIONS if is_listed else Why.MISSING)


def _said(reasons: list[tuple[Why, Route]], component: str, day: datetime.date | None) -> Fact[NoPrice]:
    """The reason that is told first, with all routes that it is about."""
    why = min((why for why, _ in reasons), key=TOLD_FIRST.index)
    routes = tuple(route for reason, route in reasons if reason is why)
    prices = tuple(
        price
        for route in routes
        for price in listed(route, day)
        if why is Why.MISSING or component in price.components or getattr(price, why.value, False)
    )
    return _stated(NoPrice(why, routes, prices), prices or [route.prices for route in routes])


def _stated(value: NoPrice, said: Iterable[Price | Lifecycle | Route | Reading[Any]]) -> Fact[NoPrice]:
    said = tuple(said)
    days = {item.checked for item in said}
    return Fact(
        value=value,
        state=State.KNOWN,
        source=tuple(dict.fromkeys(name for item in said for name in item.source)),
        # Of several days each source keeps its own.
        checked=days.pop() if len(days) == 1 else None,
    )


# --- the end and the beginning of an offer ---


def _not_now(catalog: Catalog, model: Model, component: str, day: datetime.date | None) -> Fact[NoPrice]:
    """The end of the route that ended last, with its last price, or else the beginning of one that is announced."""

    def order(value: NoPrice) -> tuple[Any, ...]:
        last = value.date.last.toordinal() if value.date else 0
        return TOLD_FIRST.index(value.why), -last, *(_order(catalog, value.was) if value.was else (True, True, True))

    found = [
        NoPrice(Why(life.value), (route,), date=turn_of(model, route, day)[0], was=was if was and was.amount else None)
        for route in routes_of(model)
        if (life := route_life(model, route, day)) is not Life.ALIVE
        for was in [_standing(catalog, route, last_prices(route, day), component) if life is Life.ENDED else None]
    ]
    value = min(found, key=order)
    _, said = turn_of(model, value.routes[0], day)
    return _stated(value, [said, value.was.price] if value.was else [said])


def turn_of(
    model: Model, route: Route, day: datetime.date | None
) -> tuple[PartialDate | None, Lifecycle | Reading[Any] | Price | Route]:
    """The day on which a route that is not alive has ended or will begin, and the record that says so."""
    if route_life(model, route, day) is Life.ANNOUNCED:
        if life_of(model, day) is Life.ANNOUNCED:
            return model.released.value, model.released
        first = scheduled(route, day)[0]
        return first.since, first
    for held in (route.lifecycle, model.lifecycle):
        if held and is_shut_down(held, day):
            return held.shutdown, held
    ends = [(price.until, price) for price in route.prices.value or () if price.until]
    return max(ends, key=lambda end: end[0].first, default=(None, route))


def last_prices(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The prices of a route that has ended: those still listed for the day, else those that ended last."""
    held = route.prices.value or ()
    last = max((price.until.first for price in held if price.until), default=None)
    return prices_of(route, day) or tuple(price for price in held if price.until and price.until.first == last)


def price_state(model: Model) -> State:
    """The reason why a model has no price: the state of the routes, or else of all their price lists."""
    if not model.routes.known:
        return model.routes.state
    states = {route.prices.state for route in routes_of(model)}
    return states.pop() if len(states) == 1 and State.KNOWN not in states else State.UNKNOWN

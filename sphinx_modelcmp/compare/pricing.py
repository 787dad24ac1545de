"""Price lists: the price in force for a request, and the cheapest route of a model."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from sphinx_modelcmp.catalog.prices import outranks
from sphinx_modelcmp.catalog.records import Catalog, Fact, Lifecycle, Model, Price, Reading, Route
from sphinx_modelcmp.catalog.scalars import PartialDate
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
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.records import Condition

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

    def cost(self, count: Decimal) -> Decimal:
        """Exact money for a number of tokens, requests or searches: every unit is a power of ten."""
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
    later = (price for price in route.prices.value or () if day and price.since and price.since > day)
    return tuple(sorted(later, key=lambda price: price.since or datetime.date.min))


def announced(route: Route, life: Life, day: datetime.date | None) -> tuple[Price, ...]:
    """The prices that are announced for a route, by its life: all of one to come, none of one that is over."""
    if life is Life.ANNOUNCED:
        return route.prices.value or ()
    return scheduled(route, day) if life is Life.ALIVE else ()


def offers(model: Model, kind: str, day: datetime.date | None) -> tuple[Route, ...]:
    """The living routes that are ``free``, ``plan`` or ``dynamic`` on a day."""
    living = living_routes(model, day)
    return tuple(route for route in living if any(getattr(price, kind) for price in prices_of(route, day)))


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


class Lack(Enum):
    """Reason why a model has no cheapest price of a component, the most useful one to a reader first."""

    FREE = "free"
    PLAN = "plan"
    DYNAMIC = "dynamic"
    SERVICE = "service"
    REGION = "region"
    HOURS = "hours"
    SIZE = "size"
    DATES = "dates"
    """Only prices with dates, and no day to read them at."""
    CONDITIONS = "conditions"
    """Prices under conditions that differ, or between which nothing decides."""
    UNPRICED = "unpriced"
    """A price list without the component, or with a 0 that nobody calls free."""
    UNDISCLOSED = "undisclosed"
    NOT_APPLICABLE = "n/a"
    ANNOUNCED = "announced"
    ENDED = "ended"


_LACKS = (*Lack,)
_OFFERS = (Lack.FREE, Lack.PLAN, Lack.DYNAMIC)
_STATES = {State.UNDISCLOSED: Lack.UNDISCLOSED, State.NOT_APPLICABLE: Lack.NOT_APPLICABLE}
Bound: TypeAlias = tuple[Lack, str | int]
"""A condition of a price, and its value where there is one: the service, the region, the size."""


@dataclass(frozen=True, slots=True)
class NoPrice:
    """Statement of a source in place of a price."""

    why: Lack
    routes: tuple[Route, ...]
    """The routes that it is about."""
    only: str | int = ""
    """The service, the region, or the size above which there is a price."""
    date: PartialDate | datetime.date | None = None
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
    found = (_standing(catalog, route, prices_of(route, day), component) for route in living_routes(model, day))
    if paid := [quote for quote in found if quote and quote.amount]:
        best = min(paid, key=lambda quote: _order(catalog, quote))
        level = [quote.route for quote in paid if _order(catalog, quote) == _order(catalog, best)]
        best = replace(best, level=tuple(route for route in level if route is not best.route))
        return Fact(value=best, state=State.KNOWN, source=best.price.source, checked=best.price.checked)
    reasons = [reason for route in routes_of(model) for reason in _reasons(catalog, model, route, component, day)]
    state = price_state(model)
    if not reasons or (state is not State.UNKNOWN and {reason.why for reason in reasons} <= {*_STATES.values()}):
        return Fact(state=state, source=model.routes.source, checked=model.routes.checked)
    return _instead(catalog, model, reasons, day)


def _order(catalog: Catalog, quote: Quote) -> tuple[bool, bool, str, Decimal]:
    is_incomplete = quote.route.charges is Charges.INCOMPLETE
    return is_incomplete, quote.currency != catalog.currency, quote.currency, quote.amount


def _standing(catalog: Catalog, route: Route, prices: Iterable[Price], component: str) -> Quote | None:
    """The price at any hour for a small request in the region of the route; None if there is none, or several."""
    found = chosen(prices, component, Circumstances(Decimal(0), region=route.region), Decimal(0))
    return quoted(catalog, route, found[0], component) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Reason:
    """Something that a source says of a component at a route in place of a price."""

    why: Lack
    route: Route
    said: Price | Lifecycle | Route | Reading[Any]
    """The record that says so."""
    bounds: frozenset[Bound] = frozenset()
    was: Quote | None = None


def _reasons(
    catalog: Catalog, model: Model, route: Route, component: str, day: datetime.date | None
) -> Iterator[_Reason]:
    life = route_life(model, route, day)
    if life is Life.ANNOUNCED:
        is_new = life_of(model, day) is Life.ANNOUNCED
        yield _Reason(Lack.ANNOUNCED, route, model.released if is_new else scheduled(route, day)[0])
        return
    if life is Life.ENDED:
        was = _standing(catalog, route, last_prices(route, day), component)
        over = _over(model, route, day)
        yield _Reason(Lack.ENDED, route, over or (was.price if was else route), was=was if was and was.amount else None)
        return
    if route.prices.state in _STATES:
        yield _Reason(_STATES[route.prices.state], route, route.prices)
    for price in listed(route, day):
        offered = [why for why in _OFFERS if getattr(price, why.value)]
        if component in price.components:
            bounds = frozenset(_bounds(price, route, day))
            is_free = not price.components[component] and not bounds
            yield _Reason(Lack.FREE if is_free else Lack.CONDITIONS, route, price, bounds)
        for why in offered or (() if component in price.components else (Lack.UNPRICED,)):
            yield _Reason(why, route, price)


def _bounds(price: Price, route: Route, day: datetime.date | None) -> Iterator[Bound]:
    """The conditions that keep a price from standing for every request at a route."""
    when = price.conditions
    if when.service:
        yield Lack.SERVICE, when.service.value
    if when.region and when.region != route.region:
        yield Lack.REGION, when.region
    if when.hours or when.days:
        yield Lack.HOURS, ""
    if when.input_above:
        yield Lack.SIZE, when.input_above
    if day is None and (price.since or price.until):
        yield Lack.DATES, ""


def _instead(catalog: Catalog, model: Model, reasons: list[_Reason], day: datetime.date | None) -> Fact[NoPrice]:
    """The reason that comes first in ``Lack``, with all routes that it is about."""
    why = min((reason.why for reason in reasons), key=_LACKS.index)
    held = [reason for reason in reasons if reason.why is why]
    only: str | int = ""
    was = None
    if why is Lack.ENDED:
        # A model was to be had until the last of its routes ended.
        held = [min(held, key=lambda reason: (-_ordinal(ended_on(model, reason.route, day)), *_was(catalog, reason)))]
        was = held[0].was
    elif why is Lack.CONDITIONS and (shared := reduce(frozenset.__and__, (reason.bounds for reason in held))):
        why, only = min(shared, key=lambda bound: _LACKS.index(bound[0]))
    routes = tuple({id(reason.route): reason.route for reason in held}.values())
    dates = {Lack.ENDED: ended_on, Lack.ANNOUNCED: announced_for}
    date = dates[why](model, routes[0], day) if why in dates else None
    said = [reason.said for reason in held] + ([was.price] if was else [])
    days = {item.checked for item in said}
    return Fact(
        value=NoPrice(why, routes, only, date, was),
        state=State.KNOWN,
        source=tuple(dict.fromkeys(name for item in said for name in item.source)),
        # Of several days each source keeps its own.
        checked=days.pop() if len(days) == 1 else None,
    )


def _was(catalog: Catalog, reason: _Reason) -> tuple[object, ...]:
    return (False, *_order(catalog, reason.was)) if reason.was else (True,)


# --- the end and the beginning of an offer ---


def _ordinal(date: PartialDate | datetime.date | None) -> int:
    last = date.last if isinstance(date, PartialDate) else date
    return last.toordinal() if last else 0


def _over(model: Model, route: Route, day: datetime.date | None) -> Lifecycle | None:
    """The lifecycle that says that a route is over: of the model, or of the route itself."""
    return next((held for held in (model.lifecycle, route.lifecycle) if held and is_shut_down(held, day)), None)


def ended_on(model: Model, route: Route, day: datetime.date | None) -> PartialDate | datetime.date | None:
    """The day on which a route that has ended did so: of its lifecycle, else of its last price; None if unknown."""
    if over := _over(model, route, day):
        return over.shutdown
    return _last_day(route)


def _last_day(route: Route) -> datetime.date | None:
    return max((price.until for price in route.prices.value or () if price.until), default=None)


def announced_for(model: Model, route: Route, day: datetime.date | None) -> PartialDate | datetime.date | None:
    """The day for which a route is announced: the release of the model, else the first day of its prices."""
    if life_of(model, day) is Life.ANNOUNCED:
        return model.released.value
    return next((price.since for price in scheduled(route, day)), None)


def last_prices(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The prices of a route that has ended: those still listed for the day, else those of its last day."""
    held = prices_of(route, day)
    last = _last_day(route)
    return held or (prices_of(route, last - datetime.timedelta(days=1)) if last else ())


def price_state(model: Model) -> State:
    """The reason why a model has no price: the state of the routes, or else of all their price lists."""
    if not model.routes.known:
        return model.routes.state
    states = {route.prices.state for route in routes_of(model)}
    return states.pop() if len(states) == 1 and State.KNOWN not in states else State.UNKNOWN

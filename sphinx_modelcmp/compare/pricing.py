"""Price lists: the price in force for a request, and the cheapest route of a model."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from sphinx_modelcmp.catalog.prices import outranks
from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Route
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, WEEKDAYS, Modality, Scope, Service, State

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def scheduled(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The lines of a route's price list that come into force after a day, the earliest first; none without a day."""
    later = (price for price in route.prices.value or () if day and price.since and price.since > day)
    return tuple(sorted(later, key=lambda price: price.since or datetime.date.min))


def offers(model: Model, kind: str, day: datetime.date | None) -> tuple[Route, ...]:
    """The routes that are ``free``, ``plan`` or ``dynamic`` on a day."""
    return tuple(route for route in routes_of(model) if any(getattr(price, kind) for price in prices_of(route, day)))


def components_of(routes: tuple[Route, ...], day: datetime.date | None) -> tuple[str, ...]:
    """The components that any of the routes prices, in the vocabulary's order."""
    found = {name for route in routes for price in prices_of(route, day) for name in price.components}
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


def cheapest(catalog: Catalog, model: Model, component: str, day: datetime.date | None) -> Fact[Quote]:
    """The lowest price of a component over all routes, as a fact with the price's own source and day.

    Prices in the catalog's currency come first: another currency is shown, but never compared with them. A price that
    is bound to hours or to another region than the route's never counts, nor one of several between which nothing
    decides.
    """
    quotes = []
    for route in routes_of(model):
        asked = Circumstances(Decimal(0), region=route.region, moment=day)
        found = chosen(prices_of(route, day), component, asked, Decimal(0))
        if len(found) == 1:
            quotes.append(quoted(catalog, route, found[0], component))
    if not quotes:
        return Fact(state=price_state(model), source=model.routes.source, checked=model.routes.checked)
    best = min(quotes, key=lambda found: (found.currency != catalog.currency, found.currency, found.amount))
    return Fact(value=best, state=State.KNOWN, source=best.price.source, checked=best.price.checked)


def price_state(model: Model) -> State:
    """The reason why a model has no price: the state of the routes, or else of all their price lists."""
    if not model.routes.known:
        return model.routes.state
    states = {route.prices.state for route in routes_of(model)}
    return states.pop() if len(states) == 1 and State.KNOWN not in states else State.UNKNOWN

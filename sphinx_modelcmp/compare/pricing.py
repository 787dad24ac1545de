"""Which price is in force, and where a model is cheapest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Route
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Service, State
from sphinx_modelcmp.compare.tariff import Circumstances, chosen, in_force

if TYPE_CHECKING:
    import datetime


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
        """Exact money for so many tokens, requests or searches: every unit is a power of ten."""
        return (self.amount * count).scaleb(-len(str(PRICE_COMPONENTS[self.component].per)) + 1)


def routes_of(model: Model) -> tuple[Route, ...]:
    """The routes that are recorded; none where the fact is not a value."""
    return model.routes.value or ()


def prices_of(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The lines of a route's price list that are in force on a day; without a day, those that name no dates."""
    return in_force(route.prices.value or (), day)


def scheduled(route: Route, day: datetime.date | None) -> tuple[Price, ...]:
    """The lines of a route's price list that come into force after a day, the earliest first; none without a day."""
    dated = [(price.since, i, price) for i, price in enumerate(route.prices.value or ()) if price.since]
    return tuple(price for since, _, price in sorted(dated, key=lambda item: item[:2]) if day and since > day)


def quoted(catalog: Catalog, route: Route, price: Price, component: str) -> Quote:
    """What a line of a route's price list says of a component that it prices, in the nearest currency stated."""
    currency = price.currency or route.currency or catalog.currency
    return Quote(route, price, component, price.components[component], currency)


def quote(
    catalog: Catalog,
    route: Route,
    component: str,
    day: datetime.date | None,
    *,
    service: Service | None = None,
    tokens: Decimal = Decimal(0),
) -> Quote | None:
    """The price of a component for a request of so many input tokens: the most specific one that holds.

    A price that is bound to hours or to another region than the route's is not a standing price, and never taken here.
    Where nothing decides between two, there is none.
    """
    asked = Circumstances(tokens, service, route.region, day)
    found = chosen(prices_of(route, day), component, asked, Decimal(0))
    return quoted(catalog, route, found[0], component) if len(found) == 1 else None


def cheapest(catalog: Catalog, model: Model, component: str, day: datetime.date | None) -> Fact[Quote]:
    """The lowest standing price of a component over all routes, as a fact with the price's own source and day.

    Prices in the catalog's currency come first: another currency is shown, but never set against them.
    """
    quotes = [found for route in routes_of(model) if (found := quote(catalog, route, component, day))]
    if not quotes:
        return Fact(state=price_state(model), source=model.routes.source, checked=model.routes.checked)
    best = min(quotes, key=lambda found: (found.currency != catalog.currency, found.currency, found.amount))
    return Fact(value=best, state=State.KNOWN, source=best.price.source, checked=best.price.checked)


def price_state(model: Model) -> State:
    """Why a model has no price: what the routes, or else all their price lists, say."""
    if not model.routes.known:
        return model.routes.state
    states = {route.prices.state for route in routes_of(model)}
    return states.pop() if len(states) == 1 and State.KNOWN not in states else State.UNKNOWN


def offers(model: Model, kind: str, day: datetime.date | None) -> tuple[Route, ...]:
    """The routes that are ``free``, ``plan`` or ``dynamic`` on a day."""
    return tuple(
        route
        for route in routes_of(model)
        if in_force((price for price in route.prices.value or () if getattr(price, kind)), day)
    )


def components_of(routes: tuple[Route, ...], day: datetime.date | None) -> tuple[str, ...]:
    """The components that any of the routes prices, in the vocabulary's order."""
    found = {name for route in routes for price in prices_of(route, day) for name in price.components}
    return tuple(name for name in PRICE_COMPONENTS if name in found)

"""Life of models, routes and prices on one day: not yet there, there, or over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Status

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Lifecycle, Model, Route
    from sphinx_modelcmp.catalog.scalars import PartialDate


class Life(Enum):
    """Stage on one day. Only what is alive leads, is recommended, or has a total."""

    ANNOUNCED = "announced"
    ALIVE = "alive"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ending:
    """End of a model's life, announced or past."""

    model: Model
    lifecycle: Lifecycle
    is_gone: bool
    """True if the model no longer answers; else it is deprecated, or will be."""


def ending(model: Model, day: datetime.date | None) -> Ending | None:
    """The end of a model as of a day; None if nobody has announced one."""
    held = model.lifecycle
    if held is None:
        return None
    is_gone = life_of(model, day) is Life.ENDED
    if is_gone or held.status in {Status.DEPRECATED, Status.SHUTDOWN} or held.deprecated or held.shutdown:
        return Ending(model, held, is_gone)
    return None


def is_alive(catalog: Catalog, model: Model, day: datetime.date | None) -> bool:
    """True if a model can be called on a day, by every reading of the highest rank of its release."""
    is_out = not any(lies_ahead(said.value, day) for said in catalog.foremost(model.released))
    lists = (said.value or () for said in catalog.foremost(model.routes))
    return is_out and all(life_of(model, day, routes) is Life.ALIVE for routes in lists)


def life_of(model: Model, day: datetime.date | None, routes: Sequence[Route] | None = None) -> Life:
    """The stage of a model: over where it is shut down, and no route says of itself that it goes on.

    ``routes`` are those of another reading than the one that is shown.
    """
    held = model.routes.value or () if routes is None else routes
    if model.lifecycle and is_shut_down(model.lifecycle, day) and not any(_lasts(route, day) for route in held):
        return Life.ENDED
    return Life.ANNOUNCED if lies_ahead(model.released.value, day) else Life.ALIVE


def route_life(model: Model, route: Route, day: datetime.date | None, routes: Sequence[Route] | None = None) -> Life:
    """The stage of a model's offer at a provider: that of the model, of the route itself, and of its price list.

    A price list of which every line is over has ended, for nothing known says that the model is still sold there.
    ``routes`` as for ``life_of``.
    """
    life = life_of(model, day, routes)
    return _own_life(model, route, day) if life is Life.ALIVE else life


def _own_life(model: Model, route: Route, day: datetime.date | None) -> Life:
    """The stage of an offer at a provider, of a model that is alive."""
    is_over = model.lifecycle and is_shut_down(model.lifecycle, day) and not _lasts(route, day)
    if is_over or (route.lifecycle and is_shut_down(route.lifecycle, day)):
        return Life.ENDED
    prices = route.prices.value or ()
    if day is None or not prices or any(price.in_force(day) for price in prices):
        return Life.ALIVE
    return Life.ANNOUNCED if any(price.since and price.since.first > day for price in prices) else Life.ENDED


def lasting_routes(model: Model, day: datetime.date | None) -> tuple[Route, ...]:
    """The routes that go on without the maker."""
    return tuple(route for route in model.routes.value or () if _lasts(route, day))


def _lasts(route: Route, day: datetime.date | None) -> bool:
    """True for a route that states a later end, or a status of its own by which it goes on."""
    held = route.lifecycle
    return held is not None and bool(held.shutdown or held.status) and not is_shut_down(held, day)


def living_routes(model: Model, day: datetime.date | None, routes: Sequence[Route] | None = None) -> tuple[Route, ...]:
    """The routes at which a model can be called on a day. ``routes`` as for ``life_of``."""
    held = model.routes.value or () if routes is None else routes
    if life_of(model, day, held) is not Life.ALIVE:
        return ()
    return tuple(route for route in held if _own_life(model, route, day) is Life.ALIVE)


def is_shut_down(lifecycle: Lifecycle, day: datetime.date | None) -> bool:
    """True if it is over on a day. A day of shutdown counts for more than the status: it says when that is true."""
    if lifecycle.status is Status.SHUTDOWN:
        return not lies_ahead(lifecycle.shutdown, day)
    return has_passed(lifecycle.shutdown, day)


def has_passed(date: PartialDate | None, day: datetime.date | None) -> bool:
    """True if a date has come for certain: ``2026-11`` has not on the tenth of that month."""
    return date is not None and day is not None and date.last <= day


def lies_ahead(date: PartialDate | None, day: datetime.date | None) -> bool:
    """True if a date is certainly still to come: ``2026-11`` is not on the tenth of that month."""
    return date is not None and day is not None and date.first > day

"""Which line of a price list holds for one request, and which one counts of those that hold."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from sphinx_modelcmp.catalog.prices import outranks
from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from sphinx_modelcmp.catalog.records import Condition, Price
    from sphinx_modelcmp.catalog.vocabulary import Service

When: TypeAlias = datetime.datetime | datetime.date | None
"""An aware moment, a whole day of which no hour is known, or no day at all."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the price of a request depends on."""

    size: Decimal
    """All tokens that go in, cached ones counted."""
    service: Service | None = None
    region: str | None = None
    moment: When = None


def day_of(moment: When) -> datetime.date | None:
    """The day by which prices are dated: that of the moment in UTC."""
    if isinstance(moment, datetime.datetime):
        return moment.astimezone(datetime.UTC).date()
    return moment


def in_force(prices: Iterable[Price], moment: When) -> tuple[Price, ...]:
    """The prices whose dates hold; without a day, those that name no dates."""
    day = day_of(moment)
    if day is None:
        return tuple(price for price in prices if not (price.since or price.until))
    return tuple(price for price in prices if price.in_force(day))


def chosen(
    prices: Iterable[Price], component: str, circumstances: Circumstances, position: Decimal
) -> tuple[Price, ...]:
    """The price that counts for a component, out of those in force; several where nothing decides between them.

    ``position`` says how many tokens come before the ones to be priced: what a marginal price goes by.
    """
    held = [price for price in prices if component in price.components and _holds(price, circumstances, position)]
    if len(held) < 2:
        return tuple(held)
    return tuple(price for price in held if not any(outranks(other, price) for other in held))


def is_for(price: Price, service: Service | None, region: str | None) -> bool:
    """Whether a price is for this service and region. One that names no service is the standard price."""
    when = price.when
    return service is None if when is None else when.service == service and when.region in {None, region}


def is_bound_to_hours(price: Price) -> bool:
    """Whether a price holds only at certain hours or on certain days of the week."""
    return price.when is not None and bool(price.when.hours or price.when.days)


def _holds(price: Price, circumstances: Circumstances, position: Decimal) -> bool:
    if not is_for(price, circumstances.service, circumstances.region):
        return False
    when = price.when
    return when is None or (
        _size_holds(when.input_above, price.scope, circumstances.size, position)
        and _hours_hold(when, circumstances.moment)
    )


def _size_holds(above: int | None, scope: Scope, size: Decimal, position: Decimal) -> bool:
    if above is None:
        return True
    return position >= above if scope is Scope.MARGINAL else size > above


def _hours_hold(when: Condition, moment: When) -> bool:
    """Whether a window is open, by the clock on the wall of its time zone.

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

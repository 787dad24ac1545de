"""Prices of one route between which nothing decides: in force at once, for one request, equally specific."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.records import Condition, Price
from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALWAYS = Condition.model_construct()
_DAY = 24 * 60
_WEEK = 7 * _DAY


def outranks(one: Price, other: Price) -> bool:
    """Whether a price is more specific than another: it names more conditions, or the same ones and a higher size."""
    mine, theirs = _when(one), _when(other)
    if mine.named == theirs.named:
        return (mine.input_above or 0) > (theirs.input_above or 0)
    return len(mine.named) > len(theirs.named)


def rivals(prices: Sequence[Price]) -> Iterator[tuple[int, int]]:
    """Each price to leave out, behind the earlier one that it cannot be told from: a request can meet both.

    A third price that names the conditions of both is more specific than either, and settles it. A price that is left
    out is nobody's rival.
    """
    kept: dict[int, dict[tuple[frozenset[str], int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for later, price in enumerate(prices):
        named, size = _when(price).named, _when(price).input_above or 0
        # One that names the same conditions is as specific only above the same size: tiers are no rivals.
        equal = (held for (other, above), held in kept[len(named)].items() if other != named or above == size)
        earlier = next((i for i in sorted(chain.from_iterable(equal)) if _are_rivals(price, prices[i], prices)), None)
        if earlier is None:
            kept[len(named)][named, size].append(later)
        else:
            yield earlier, later


def _are_rivals(one: Price, other: Price, prices: Sequence[Price]) -> bool:
    return _meet(one, other) and not _is_settled(one, other, prices)


def _meet(one: Price, other: Price) -> bool:
    """Whether they set the same component for one request on one day."""
    starts_before = one.since is None or other.until is None or one.since < other.until
    ends_after = other.since is None or one.until is None or other.since < one.until
    shared = one.components.keys() & other.components.keys()
    return bool(shared) and starts_before and ends_after and _can_hold_together(_when(one), _when(other))


def _can_hold_together(one: Condition, other: Condition) -> bool:
    """A price without a service is the standard price, and never meets that of a service."""
    if one.service != other.service:
        return False
    if one.region and other.region and one.region != other.region:
        return False
    if not (_is_bound(one) and _is_bound(other)) or one.timezone != other.timezone:
        return True
    return bool(_minutes(one) & _minutes(other))


def _is_bound(when: Condition) -> bool:
    return bool(when.hours or when.days)


def _minutes(when: Condition) -> set[int]:
    """The minutes of a week at which a condition holds; a window that wraps midnight belongs to the day it begins."""
    start, end = (_minute(when.hours.start), _minute(when.hours.end)) if when.hours else (0, _DAY)
    window = range(start, end if end > start else end + _DAY)
    days = [WEEKDAYS.index(day) for day in when.days or WEEKDAYS]
    return {(day * _DAY + minute) % _WEEK for day in days for minute in window}


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _is_settled(one: Price, other: Price, prices: Sequence[Price]) -> bool:
    """Whether a third price names the conditions of both, and holds wherever the two meet."""
    mine, theirs = _when(one), _when(other)
    union = mine.named | theirs.named
    if union == mine.named:
        return False
    threshold = max(mine.input_above or 0, theirs.input_above or 0)
    return any(
        _when(price).named >= union and (_when(price).input_above or 0) <= threshold
        for price in prices
        if _meet(price, one) and _meet(price, other)
    )


def _when(price: Price) -> Condition:
    return price.when or _ALWAYS

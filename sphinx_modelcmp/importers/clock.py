"""Daily windows of time as foreign catalogs have them: days of the week, and minutes of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAY = 24 * 60
"""The minutes of a day."""


def daily(start: int, end: int, days: Sequence[str] = (), zone: str = "UTC") -> Iterator[dict[str, Any]]:
    """The conditions of a window from one minute to another, as the ``when`` of a price has them.

    Where days are named they are those of the moment, also behind midnight, while in our format a window belongs to
    the day that it begins on: so one that runs past midnight becomes two. One that ends as it starts is a whole day.
    """
    for begin, stop in _pieces(start, end) if days else [(start % DAY, end % DAY)]:
        hours = {} if begin == stop % DAY else {"hours": (("from", _clock(begin)), ("to", _clock(stop)))}
        yield {**hours, "days": tuple(days), **({} if zone == "UTC" else {"timezone": zone})}


def weekday(name: str) -> str | None:
    """Our name of a day: ``mon`` for ``Monday`` and for ``Mon``."""
    short = name.strip().casefold()[:3]
    return short if short in WEEKDAYS else None


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A window cut at midnight."""
    length = (end - start) % DAY or DAY
    begin = start % DAY
    if begin + length <= DAY:
        yield begin, begin + length
    else:
        yield begin, DAY
        yield 0, begin + length - DAY


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

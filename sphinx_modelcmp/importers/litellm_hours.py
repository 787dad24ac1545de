"""The hours of LiteLLM's off-peak prices: given in UTC, on days of the week of some time zone."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS
from sphinx_modelcmp.importers.clock import daily, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_modelcmp.importers.entry import Entry

_HOURS = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)\s*")
_DAYS = "weekdays"
SCHEDULE = ("hours_utc", "windows", "weekday_timezone")
"""The keys that say when; the others are prices."""


def windows(raw: Mapping[str, Any], entry: Entry) -> Iterator[dict[str, Any]]:
    """The conditions of each window, as the ``when`` of a price has them: those of every day, then those of some."""
    for start, end in _hours(raw.get("hours_utc"), entry):
        yield from daily(start, end)
    for item in entry.items(raw.get("windows"), "off_peak_pricing.windows"):
        window = entry.mapping(item, "off_peak_pricing.windows")
        entry.leave(window, "hours_utc", _DAYS, inside="off_peak_pricing.windows.")
        yield from _window(window, raw.get("weekday_timezone") or "UTC", entry)


def _window(window: Mapping[str, Any], zone: Any, entry: Entry) -> Iterator[dict[str, Any]]:
    hours = list(_hours(window.get("hours_utc"), entry))
    if window.get(_DAYS) is None:
        for start, end in hours:
            yield from daily(start, end)
        return
    days, shift = _days(window[_DAYS], entry), _offset(zone)
    if shift is None:
        entry.loss.value("hours in a time zone that changes its clocks, or that is none", entry.name)
    elif days:
        for start, end in hours:
            yield from daily(start + shift, end + shift, days, zone)


def _hours(given: Any, entry: Entry) -> Iterator[tuple[int, int]]:
    """Pairs of minutes of the day."""
    for text in [given] if isinstance(given, str) else entry.items(given, "hours_utc"):
        if found := _HOURS.fullmatch(str(text)):
            first, last = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
            yield first, last
        else:
            entry.loss.value("hours that are none", entry.name)


def _days(given: Any, entry: Entry) -> tuple[str, ...]:
    """The days of a window, by number or by name; none where one of them is none, for then nobody knows when."""
    found = [_day(day) for day in entry.items(given, _DAYS)]
    if not found or None in found:
        entry.loss.value("days of the week that are none", entry.name)
        return ()
    return tuple(day for day in WEEKDAYS if day in found)


def _day(day: Any) -> str | None:
    if isinstance(day, str):
        return weekday(day)
    is_number = isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= len(WEEKDAYS)
    return WEEKDAYS[day - 1] if is_number else None


def _offset(zone: Any) -> int | None:
    """Minutes east of UTC, where they are the same all the year."""
    try:
        found = ZoneInfo(zone)
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        return None
    winter, summer = (datetime.datetime(2026, month, 1, tzinfo=found).utcoffset() for month in (1, 7))
    return int(winter.total_seconds()) // 60 if winter is not None and winter == summer else None

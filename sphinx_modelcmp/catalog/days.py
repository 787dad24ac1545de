"""Days that facts are read at and were looked up on: from the catalog and the environment, never from the clock."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

A_DAY = 1
"""Days. It is tomorrow already in some time zone."""
A_YEAR = 366
"""Days. A catalog is looked at more often; a mistyped year is further away."""
FAR_YEAR = 2099
"""From here on a date is what programs write where they have none."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day on which anything can have been looked up, and what is wrong with a later one."""

    day: datetime.date = datetime.date(FAR_YEAR - 1, 12, 31)
    slack: int = 0
    """So many days later is still believed."""
    why: str = "which is what programs write for a date that they do not have"

    told: tuple[datetime.date, ...] = ()
    """Later days that sources state: that is said at the sources, and not at every fact that was read with them."""

    def objection(self, checked: datetime.date) -> str:
        """What is wrong with a day of looking up; nothing where it can be."""
        return f"looked up on {checked}, {self.why}" if (checked - self.day).days > self.slack else ""


def last_day(as_of: datetime.date | None, house: datetime.date | None, checked: Iterable[datetime.date]) -> LastDay:
    """The last day, from the ``as_of`` of the catalog, else from the day of the house and those of the sources.

    Of these the latest does not count if it lies more than a year after all others, so that one typing error does not
    date everything.
    """
    if as_of:
        return LastDay(as_of, A_DAY, f"after {as_of}, the `as_of` of the catalog: correct one of the two")
    days = sorted(day for day in checked if day.year < FAR_YEAR)
    if len(days) > 1 and (days[-1] - days[-2]).days > A_YEAR:
        days.pop()
    if house:
        last = max((house, *days))
        return LastDay(last, A_DAY, f"after {last}, the day the facts are read at: correct it, or state `as_of`")
    if days:
        why = f"more than a year after all others ({days[-1]}): correct it, or state `as_of`"
        return LastDay(days[-1], A_YEAR, why)
    return LastDay()


def epoch_day() -> datetime.date | None:
    """The day of ``SOURCE_DATE_EPOCH`` in UTC; None where it is not set, or is no number of seconds.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch.isdigit() else None

"""From one currency to another: only by a rate that the catalog states, in the direction that it is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from sphinx_modelcmp.catalog.records import Catalog, Rate


def rate_on(catalog: Catalog, source: str, target: str, day: datetime.date | None) -> Rate | None:
    """The latest rate from one currency to another dated on or before a day.

    None without a day, and where two rates of the latest day differ. A rate is never turned round, for its reciprocal
    is not exact, and never chained.
    """
    if day is None:
        return None
    rates = [
        rate
        for rate in catalog.rates
        if (rate.source_currency, rate.target_currency) == (source, target) and rate.date <= day
    ]
    latest = max((rate.date for rate in rates), default=None)
    found = [rate for rate in rates if rate.date == latest]
    return found[0] if found and all(rate.rate == found[0].rate for rate in found) else None

"""Prices that are announced, and not in force yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Price, Route


def scheduled(route: Route, day: datetime.date | None) -> Iterator[Price]:
    """The lines of a price list that come into force after a day, the earliest first; none without a day."""
    held = [(price.since, i, price) for i, price in enumerate(route.prices.value or ()) if day and price.since]
    yield from (price for since, _, price in sorted(held, key=lambda item: item[:2]) if day and since > day)

"""Where the answer turns: other workloads, at which the months of two models compare otherwise than on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Context, Decimal
from enum import Enum
from math import inf, log2
from typing import TYPE_CHECKING, TypeAlias

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.claims import LevelMonths
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.pricing import prices_of, scheduled

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Traffic
    from sphinx_modelcmp.compare.claims import CheaperMonth
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.evidence import Evidence

    Month: TypeAlias = CheaperMonth | LevelMonths

TURNED = log2(1.25)
"""A ratio of two months that changes by a lesser factor does not turn the answer."""
BEYOND = Context(prec=2, rounding=ROUND_CEILING)
"""A size beyond a step, in two digits."""
NEAR = 10
"""Requests are near those of the page up to this factor."""


class Change(Enum):
    """How a workload differs from that of the page."""

    LONGER = "longer"
    """Its requests are larger than those up to which one of the models asks less."""
    UNCACHED = "uncached"
    """Nothing is read from the cache."""
    BATCHED = "batched"
    """All requests are sent as a batch."""
    ANNOUNCED = "announced"
    """It is that of the page, on the next day that a price is announced for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The months of two models at another workload, or on another day."""

    change: Change
    traffic: Traffic
    day: datetime.date | None
    month: Month
    is_flip: bool
    """True if another model costs less than at the workload of the page, or none does."""
    is_near: bool
    """True if a reader with the workload of the page may well meet it."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The prices that the totals are made of."""
        return self.month.evidence


def turns(comparison: Comparison, month: Month | None) -> tuple[Turn, ...]:
    """The workloads at which another one of two models costs less, or the ratio of their months is another."""
    if month is None or len(comparison.models) != 2:
        return ()
    found = []
    here = _ratio(comparison, month)
    for change, other in _others(comparison):
        month_there = _month_at(other)
        # What has no batch price costs the same in a batch: that is no answer to what a batch costs.
        if month_there and not any(Assumption.BATCH_AT_STANDARD in cost.assumptions for cost in month_there.costs):
            there = _ratio(comparison, month_there)
            if abs(there - here) >= TURNED:
                is_flip = isinstance(month_there, LevelMonths) or there * here <= 0
                is_near = other.traffic.input <= NEAR * comparison.traffic.input
                found.append(Turn(change, other.traffic, other.day, month_there, is_flip, is_near))
    return tuple(found)


def foremost(found: Sequence[Turn]) -> tuple[Turn, ...]:
    """The first turn to another answer that a reader of the page may well meet: the opening of the page names it."""
    return tuple(turn for turn in found if turn.is_near and turn.is_flip)[:1]


def _others(comparison: Comparison) -> Iterator[tuple[Change, Comparison]]:
    traffic = comparison.traffic
    routes = [route for model in comparison.models for route in living_routes(model, comparison.day)]
    prices = (price for route in routes for price in prices_of(route, comparison.day) if not price.conditions.service)
    steps = {price.above for price in prices if price.above >= traffic.input}
    if steps:
        size = BEYOND.multiply(Decimal(min(steps)), Decimal("1.1"))
        yield Change.LONGER, replace(comparison, traffic=replace(traffic, input=size))
    if traffic.cache_hit:
        uncached = replace(traffic, cache_hit=Decimal(0), cache_write=Decimal(0))
        yield Change.UNCACHED, replace(comparison, traffic=uncached)
    if not traffic.batch:
        yield Change.BATCHED, replace(comparison, traffic=replace(traffic, batch=Decimal(1)))
    ahead = (price.since for route in routes for price in scheduled(route, comparison.day) if price.since)
    if days := sorted(since.first for since in ahead):
        yield Change.ANNOUNCED, replace(comparison, day=days[0])


def _month_at(comparison: Comparison) -> Month | None:
    months = claims.months(comparison)
    return claims.level_months(comparison, months) or claims.cheaper_month(comparison, months)


def _ratio(comparison: Comparison, month: Month) -> float:
    """The binary logarithm of the ratio of two months, positive if the first model costs more."""
    totals = {cost.model.id: cost.total for cost in month.costs}
    first, second = (totals[model.id] for model in comparison.models)
    if first == second:
        return 0.0
    return log2(first / second) if first and second else (inf if first else -inf)

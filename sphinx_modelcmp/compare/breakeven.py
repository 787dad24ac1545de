"""From how long an answer on the other one of two models is the cheaper one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Scope
from sphinx_modelcmp.compare.costing import MonthlyCost, comparable, limit_at, route_cost
from sphinx_modelcmp.compare.pricing import prices_of
from sphinx_modelcmp.compare.usage import EXACT

if TYPE_CHECKING:
    import datetime

    from sphinx_modelcmp.catalog.records import Catalog, Traffic

_LONGEST = 10**30


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Up to so many output tokens a request one route costs less, above it the other."""

    fewer: MonthlyCost
    """The cheaper one with fewer tokens."""
    more: MonthlyCost
    """The cheaper one with more tokens."""
    tokens: int
    """The most tokens with which ``fewer`` does not cost more."""
    is_equal: bool
    """Whether both cost the same at ``tokens``."""


@dataclass(frozen=True, slots=True)
class _Pair:
    catalog: Catalog
    one: MonthlyCost
    other: MonthlyCost
    traffic: Traffic
    day: datetime.date | None

    def difference(self, tokens: int) -> Decimal | None:
        """How much more the first costs with so many output tokens; None where either has no total."""
        traffic = replace(self.traffic, output=Decimal(tokens))
        costs = [route_cost(self.catalog, side.model, side.route, traffic, self.day) for side in (self.one, self.other)]
        totals = comparable(self.catalog, [cost for cost in costs if isinstance(cost, MonthlyCost)], self.day)
        return EXACT.subtract(totals[0].total, totals[1].total) if len(totals) == 2 else None

    def can_answer(self, tokens: int) -> bool:
        """Whether no documented limit of either is below so many output tokens."""
        limits = (limit_at(side.route, side.model, "max_output") for side in (self.one, self.other))
        return tokens < _LONGEST and all(limit is None or tokens <= limit for limit in limits)


def break_even(
    catalog: Catalog, one: MonthlyCost, other: MonthlyCost, traffic: Traffic, day: datetime.date | None
) -> BreakEven | None:
    """The number of output tokens at which the order of two routes changes, all else as in the workload.

    None where there is no such number above zero, where a documented limit is below it, or where a price counts by
    ranges of tokens, so that the order could change again. The number is computed from the slopes, and counts only if
    the totals on both sides of it are in opposite order.
    """
    if any(price.scope is Scope.MARGINAL for side in (one, other) for price in prices_of(side.route, day)):
        return None
    pair = _Pair(catalog, one, other, traffic, day)
    tokens = _crossing(pair)
    if tokens is None or not pair.can_answer(tokens + 1):
        return None
    at, after = pair.difference(tokens), pair.difference(tokens + 1)
    before = pair.difference(tokens - 1) if at == 0 else at
    if not before or not after or (before < 0) == (after < 0):
        return None
    fewer, more = (one, other) if before < 0 else (other, one)
    return BreakEven(fewer, more, tokens, is_equal=at == 0)


def _crossing(pair: _Pair) -> int | None:
    """Where the difference, which grows evenly with the tokens, is zero: rounded down, and at least one."""
    first, second = pair.difference(1), pair.difference(2)
    if first is None or second is None or first == second:
        return None
    tokens = floor(1 - Fraction(first) / (Fraction(second) - Fraction(first)))
    return tokens if tokens >= 1 else None

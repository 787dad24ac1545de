"""Break-even points: the number of output tokens at which the cheapest totals of two models change places.

The total of a route is linear in the output tokens, piece by piece: a price for a range of tokens begins a new piece,
and a limit of the request ends the last one. The total of a model is the least of those of its routes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from math import floor
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Scope
from sphinx_modelcmp.compare.costing import LIMITS, Market, NoCost, in_catalog_currency, limits_at
from sphinx_modelcmp.compare.pricing import Why, gives_output, prices_of
from sphinx_modelcmp.compare.readings import MOST, worlds

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model, Route, Traffic

_FAR = 10**30
"""More tokens than a workload can have."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Number of output tokens per request up to which one model costs less, and above which the other does."""

    fewer: Model
    """The cheaper one with fewer tokens."""
    more: Model
    """The cheaper one with more tokens."""
    tokens: int
    """The most tokens with which ``fewer`` does not cost more."""
    is_equal: bool
    """True if both cost the same at ``tokens``."""


def break_evens(
    catalog: Catalog, model: Model, others: Iterable[Model], traffic: Traffic, day: datetime.date | None
) -> Iterator[BreakEven]:
    """The break-even points of a model and each of some others, all else as in the workload.

    There is one only where it holds for every number of tokens, from one up to the most that both models can give, and
    whichever of the equally ranked readings is right.
    """

    def totals(of: Model) -> list[list[_Piece]]:
        return [[*_pieces(Market.of(catalog, world, day), traffic)] for world in worlds(catalog, of)]

    own = totals(model)
    for other in others:
        # What a model without output costs is no other cost of the same work.
        theirs = totals(other) if gives_output(model) and gives_output(other) else []
        if len(own) * len(theirs) > MOST:
            continue
        found = {_change(_signs(one, two)) for one in own for two in theirs}
        change = found.pop() if len(found) == 1 else None
        if change:
            tokens, sign, is_equal = change
            fewer, more = (model, other) if sign < 0 else (other, model)
            yield BreakEven(fewer, more, tokens, is_equal=is_equal)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A total that is linear from one number of output tokens, which is not included, to another, which is."""

    start: int
    end: int
    base: Fraction
    slope: Fraction
    rank: tuple[bool, bool, str]
    """The totals of the least rank count: those of complete price lists, then those that can be converted."""

    def at(self, tokens: int | Fraction) -> Fraction:
        return self.base + self.slope * tokens

    def meets(self, other: _Piece) -> Fraction:
        """The number of tokens at which two lines of different slopes meet."""
        return (self.base - other.base) / (other.slope - self.slope)


def _pieces(market: Market, traffic: Traffic) -> Iterator[_Piece]:
    for route in market.routes:
        end = _most_output(market, route, traffic)
        ranges = {price.above for price in prices_of(route, market.day) if price.scope is Scope.MARGINAL}
        for start, stop in pairwise((0, *sorted(above for above in ranges if above < end), max(end, 0))):
            if piece := _piece(market, route, traffic, start, stop):
                yield piece


def _most_output(market: Market, route: Route, traffic: Traffic) -> int:
    """The most output tokens that a route can give, as far as its limits are known."""
    names = (LIMITS[Why.TOO_LONG], LIMITS[Why.OUTPUT_TOO_LONG])
    windows, most = (limits_at(market.catalog, route, market.model, name) for name in names)
    return min((*(floor(window - Fraction(traffic.input)) for window in windows), *most, _FAR))


def _piece(market: Market, route: Route, traffic: Traffic, start: int, end: int) -> _Piece | None:
    """The piece over a range in which nothing but the number of tokens changes: two totals are enough to know it."""
    totals = []
    for tokens in (start + 1, min(start + 2, end)):
        cost = market.cost(route, replace(traffic, output=Decimal(tokens)))
        if start >= end or isinstance(cost, NoCost):
            return None
        common = in_catalog_currency(market.catalog, cost, market.day)
        rank = (not cost.is_complete, common is None, (common or cost).currency)
        totals.append(Fraction((common or cost).total))
    slope = totals[1] - totals[0]
    return _Piece(start, end, totals[0] - slope * (start + 1), slope, rank)


def _signs(own: Sequence[_Piece], others: Sequence[_Piece]) -> list[tuple[int, int]] | None:
    """Numbers of tokens with the sign of the difference of two models, enough of them to know it for every number.

    None if the totals cannot be compared, or if there are none somewhere between numbers for which there are some.
    """
    found: list[tuple[int, int]] = []
    bounds = sorted({bound for piece in (*own, *others) for bound in (piece.start, piece.end)})
    last = 0
    for start, end in pairwise(bounds):
        sides = [[piece for piece in side if piece.start <= start and end <= piece.end] for side in (own, others)]
        if not all(sides):
            continue
        ranks = [min(piece.rank for piece in side) for side in sides]
        if ranks[0] != ranks[1] or ranks[0][0] or start != last:
            return None
        one, other = (_least([piece for piece in side if piece.rank == ranks[0]], start, end) for side in sides)
        for tokens in _tested(one, other, start, end):
            difference = min(line.at(tokens) for line in one) - min(line.at(tokens) for line in other)
            found.append((tokens, (difference > 0) - (difference < 0)))
        last = end
    return found


def _least(pieces: Iterable[_Piece], start: int, end: int) -> list[_Piece]:
    """The pieces that may be the lowest somewhere between two numbers of tokens: no other is below at both ends."""
    found: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.at(start + 1), piece.at(end))):
        if not found or piece.at(end) < found[-1].at(end):
            found.append(piece)
    return found


def _tested(one: Sequence[_Piece], other: Sequence[_Piece], start: int, end: int) -> list[int]:
    """The ends, and the numbers at and after each meeting of two lines: between them no order can change."""
    lines = [*one, *other]
    meetings = (a.meets(b) for i, a in enumerate(lines) for b in lines[:i] if a.slope != b.slope)
    near = {tokens for meeting in meetings for tokens in (floor(meeting), floor(meeting) + 1)}
    return sorted(tokens for tokens in {start + 1, end, *near} if start < tokens <= end)


def _change(signs: Sequence[tuple[int, int]] | None) -> tuple[int, int, bool] | None:
    """The number at which the sign changes once, the sign before, and whether it is zero there; None if it does not."""
    runs = groupby(signs or (), key=lambda item: item[1])
    match [(sign, [tokens for tokens, _ in run]) for sign, run in runs]:
        case [(-1 | 1 as sign, before), (after, _)] if after == -sign:
            return before[-1], sign, False
        case [(-1 | 1 as sign, _), (0, [tokens]), (after, _)] if after == -sign:
            return tokens, sign, True
    return None

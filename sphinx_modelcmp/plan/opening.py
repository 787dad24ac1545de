"""The opening of a page: what decides between the models, and what is too close to decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import permutations
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.costing import LIMITS, MonthlyCost
from sphinx_modelcmp.compare.life import ending
from sphinx_modelcmp.compare.pricing import Why, gives_output
from sphinx_modelcmp.compare.results import split_results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import CheaperMonth, LevelMonths, Wins
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.life import Ending
    from sphinx_modelcmp.compare.results import SharedResult

TIMES = 2
"""From this factor on a ratio is told in times, below it as a share."""
FEW = 10
"""Below this factor it has a decimal."""
TWO_DIGITS = Context(prec=2)


@dataclass(frozen=True, slots=True)
class Leader:
    """One of two models, with the benchmarks that it leads on under every setting that both were run in."""

    model: Model
    count: int
    wins: tuple[Wins, ...]


@dataclass(frozen=True, slots=True)
class SharedBenchmarks:
    """The benchmarks that two models were run on under the same conditions."""

    count: int
    leaders: tuple[Leader, ...]
    """The model that leads on the most first; one that leads on none is not there."""


@dataclass(frozen=True, slots=True)
class DifferentJobs:
    """Two models of which one answers, and the other one returns vectors or an order of texts."""

    answering: Model
    other: Model
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """A model that is deprecated or over, and the living one that is named as its successor."""

    ending: Ending
    target: Model
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The claims that a page opens with."""

    month: LevelMonths | CheaperMonth | None
    """None as well on a page that does not say what a month is counted from."""
    benchmarks: SharedBenchmarks | None
    """None where neither leads one, an author has chosen some, or more than two models are compared."""
    is_undecided: bool
    """True if the catalog has neither two months nor a shared benchmark of models that can be called."""
    jobs: DifferentJobs | None
    """Set for a pair that is no pair; then nothing else is weighed."""
    migration: Migration | None
    """Set for a model and its successor."""


def opening(comparison: Comparison, months: Sequence[MonthlyCost | NoCost], cheaper: CheaperMonth | None) -> Opening:
    """The opening of a comparison. Of benchmarks that an author has chosen it cannot be said who leads on all."""
    is_counted = "cost" in comparison.sections
    month = claims.level_months(comparison, months) or cheaper if is_counted else None
    shared, _ = split_results(comparison.catalog, comparison.models)
    # Free of charge, and no room for the requests, are answers to what a month costs.
    known = [cost for cost in months if isinstance(cost, MonthlyCost) or cost.why in {Why.FREE, *LIMITS}]
    is_undecided = len(known) < 2 <= len(comparison.living) and not shared
    # What only makers say of their own models decides nothing.
    is_told = not comparison.benchmarks and not any(row.is_self_reported for row in shared)
    benchmarks = _benchmarks(comparison, shared) if is_told and len(comparison.models) == 2 else None
    return Opening(month, benchmarks, is_undecided, _jobs(comparison), _migration(comparison))


def _migration(comparison: Comparison) -> Migration | None:
    for origin, target in permutations(comparison.models, 2):
        end = ending(origin, comparison.day)
        if end and len(comparison.models) == 2 and claims.succeeds(target, origin) and comparison.is_alive(target):
            return Migration(end, target, (claims.evidence_for(comparison, origin, "lifecycle"),))
    return None


def _jobs(comparison: Comparison) -> DifferentJobs | None:
    """The jobs of two living models, if they differ by kinds that no source disputes."""
    kinds = next((claim for claim in claims.contrasts(comparison) if claim.field == "kind"), None)
    if not kinds or len(comparison.models) != 2 or len(kinds.models) != 2:
        return None
    sides = {gives_output(model): model for model in kinds.models}
    if len(sides) < 2:
        return None
    modalities = (claims.evidence_for(comparison, model, "modalities") for model in kinds.models)
    return DifferentJobs(
        sides[True], sides[False], (*kinds.evidence, *(item for item in modalities if item.fact.known))
    )


def _benchmarks(comparison: Comparison, shared: Sequence[SharedResult]) -> SharedBenchmarks | None:
    settings = Counter(row.name for row in shared)
    wins = claims.wins(comparison)
    leaders = []
    for model in comparison.models:
        own = [win for win in wins if win.model.id == model.id]
        led = Counter(win.shared.name for win in own)
        whole = {name for name, times in led.items() if times == settings[name]}
        if whole:
            leaders.append(Leader(model, len(whole), tuple(win for win in own if win.shared.name in whole)))
    leaders.sort(key=lambda leader: leader.count, reverse=True)
    return SharedBenchmarks(len(settings), tuple(leaders)) if leaders else None


def factor(low: Decimal, high: Decimal) -> Decimal | None:
    """The higher amount as a multiple of the lower one, in two digits at the least; None below ``TIMES``."""
    if not low or high < TIMES * low:
        return None
    return claims.ratio(low, high, Decimal("0.1") if high < FEW * low else Decimal(1)).normalize()


def share_below(low: Decimal, high: Decimal) -> Decimal:
    """The share by which an amount is below a higher one, in two digits: never all of it."""
    return min(TWO_DIGITS.plus(1 - low / high), Decimal("0.99")) if low else Decimal(1)


def share_above(low: Decimal, high: Decimal) -> Decimal:
    """The share by which an amount is above a lower one, in two digits."""
    return TWO_DIGITS.plus(high / low - 1)

"""The opening of a page: what decides between the models, and what is too close to decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Scale
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.costing import MonthlyCost
from sphinx_modelcmp.compare.pricing import Why, gives_output
from sphinx_modelcmp.compare.results import split_results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import CheaperMonth, LevelMonths, Wins
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.results import SharedResult

TIMES = 2
"""From this factor on a ratio is told in times, below it as a share."""
FEW = 10
"""Below this factor it has a decimal."""
LEAST_LEAD = {Scale.PERCENT: Decimal(1), Scale.FRACTION: Decimal("0.01")}
"""A lesser lead of a score is none. Of other scales nobody knows what a point is: there it is a hundredth."""


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
class Opening:
    """The claims that a page opens with."""

    month: LevelMonths | CheaperMonth | None
    benchmarks: SharedBenchmarks | None
    """None where neither leads one, an author has chosen some, or more than two models are compared."""
    is_undecided: bool
    """True if the catalog has neither two months nor a shared benchmark of models that can be called."""
    jobs: DifferentJobs | None
    """Set for a pair that is no pair; then nothing else is weighed."""


def opening(comparison: Comparison, months: Sequence[MonthlyCost | NoCost], cheaper: CheaperMonth | None) -> Opening:
    """The opening of a comparison. Of benchmarks that an author has chosen it cannot be said who leads on all."""
    month = claims.level_months(comparison, months) or cheaper
    shared, _ = split_results(comparison.catalog, comparison.models)
    known = [cost for cost in months if isinstance(cost, MonthlyCost) or cost.why is Why.FREE]
    is_undecided = len(known) < 2 <= len(comparison.living) and not shared
    # What only makers say of their own models decides nothing.
    is_told = not comparison.benchmarks and not any(row.is_self_reported for row in shared)
    benchmarks = _benchmarks(comparison, shared) if is_told and len(comparison.models) == 2 else None
    return Opening(month, benchmarks, is_undecided, _jobs(comparison))


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
    wins = [*filter(_is_clear, claims.wins(comparison))]
    leaders = []
    for model in comparison.models:
        own = [win for win in wins if win.model.id == model.id]
        led = Counter(win.shared.name for win in own)
        whole = {name for name, times in led.items() if times == settings[name]}
        if whole:
            leaders.append(Leader(model, len(whole), tuple(win for win in own if win.shared.name in whole)))
    leaders.sort(key=lambda leader: leader.count, reverse=True)
    return SharedBenchmarks(len(settings), tuple(leaders)) if leaders else None


def _is_clear(win: Wins) -> bool:
    first, second, *_ = (item.value for item in win.evidence)
    least = LEAST_LEAD.get(win.shared.benchmark.scale, max(abs(first), abs(second)) / 100)
    return bool(abs(first - second) >= least)


def factor(month: CheaperMonth) -> Decimal | None:
    """The dearest month as a multiple of the cheapest one, in two digits at the least; None below ``TIMES``."""
    low, high = month.costs[0].total, month.costs[-1].total
    if not low or high < TIMES * low:
        return None
    return claims.ratio(low, high, Decimal("0.1") if high < FEW * low else Decimal(1)).normalize()


def saving(month: CheaperMonth) -> Decimal:
    """The share by which the cheapest month is below the dearest one, in two digits."""
    return Context(prec=2).plus(1 - month.costs[0].total / month.costs[-1].total)

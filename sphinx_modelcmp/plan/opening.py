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
class Ahead:
    """The benchmarks that one of two models leads on, under every setting that both were run in."""

    model: Model
    count: int
    wins: tuple[Wins, ...]


@dataclass(frozen=True, slots=True)
class Tests:
    """The benchmarks that two models were run on under the same conditions."""

    count: int
    leads: tuple[Ahead, ...]
    """The model with the most leads first."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """Two models of which one answers, and the other one returns vectors or an order of texts."""

    answering: Model
    other: Model
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The claims that a page opens with."""

    month: LevelMonths | CheaperMonth | None
    tests: Tests | None
    """None where neither leads one, an author has chosen some, or more than two models are compared."""
    is_open: bool
    """True if the catalog has neither two months nor a shared benchmark of models that can be called."""
    jobs: Jobs | None
    """Set for a pair that is no pair; then nothing else is weighed."""


def opening(comparison: Comparison, months: Sequence[MonthlyCost | NoCost], cheaper: CheaperMonth | None) -> Opening:
    """The opening of a comparison. Of benchmarks that an author has chosen it cannot be said who leads on all."""
    month = claims.level_months(comparison, months) or cheaper
    shared, _ = split_results(comparison.catalog, comparison.models)
    known = [cost for cost in months if isinstance(cost, MonthlyCost) or cost.why is Why.FREE]
    is_open = len(known) < 2 <= len(comparison.living) and not shared
    # What only makers say of their own models decides nothing.
    is_told = (
        len(comparison.models) == 2 and not comparison.benchmarks and not any(row.is_self_reported for row in shared)
    )
    return Opening(month, _tests(comparison, shared) if is_told else None, is_open, _jobs(comparison))


def _jobs(comparison: Comparison) -> Jobs | None:
    """The jobs of two living models, if they differ by kinds that no source disputes."""
    kinds = next((claim for claim in claims.contrasts(comparison) if claim.field == "kind"), None)
    if not kinds or len(comparison.models) != 2 or len(kinds.models) != 2:
        return None
    one, other = sorted(kinds.models, key=gives_output, reverse=True)
    said = (claims.evidence_for(comparison, model, "modalities") for model in (one, other))
    evidence = (*kinds.evidence, *(item for item in said if item.fact.known))
    return Jobs(one, other, evidence) if gives_output(one) and not gives_output(other) else None


def _tests(comparison: Comparison, shared: Sequence[SharedResult]) -> Tests | None:
    settings = Counter(row.name for row in shared)
    wins = [*filter(_is_clear, claims.wins(comparison))]
    found = []
    for model in comparison.models:
        own = [win for win in wins if win.model.id == model.id]
        led = Counter(win.shared.name for win in own)
        whole = {name for name, times in led.items() if times == settings[name]}
        if whole:
            found.append(Ahead(model, len(whole), tuple(win for win in own if win.shared.name in whole)))
    leads = sorted(found, key=lambda ahead: ahead.count, reverse=True)
    return Tests(len(settings), tuple(leads)) if leads else None


def _is_clear(win: Wins) -> bool:
    first, second, *_ = (item.value for item in win.evidence)
    least = LEAST_LEAD.get(win.shared.benchmark.scale, max(abs(first), abs(second)) / 100)
    return bool(abs(first - second) >= least)


def factor(month: CheaperMonth) -> Decimal | None:
    """The dearest month as a multiple of the cheapest one, in two digits at the least; None below ``TIMES``."""
    low, high = month.costs[0].total, month.costs[-1].total
    if not low or high < TIMES * low:
        return None
    unit = Decimal("0.1") if high < FEW * low else Decimal(1)
    return claims.WIDE.quantize(claims.WIDE.divide(high, low), unit).normalize()


def saving(month: CheaperMonth) -> Decimal:
    """The share by which the cheapest month is below the dearest one, in two digits."""
    return Context(prec=2).plus(1 - month.costs[0].total / month.costs[-1].total)

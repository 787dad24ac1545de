"""Which month costs the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.claims.evidence import Evidence, of_price, once
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, comparable, monthly_cost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison


@dataclass(frozen=True, slots=True)
class CheaperMonth:
    """One model costs the least at the workload, of those that have a total in the same currency."""

    costs: tuple[MonthlyCost, ...]
    """From the cheapest to the dearest."""
    evidence: tuple[Evidence, ...]
    """The prices that the totals are made of."""

    @property
    def model(self) -> Model:
        """The cheapest."""
        return self.costs[0].model

    @property
    def models(self) -> tuple[Model, ...]:
        """Those that have a total."""
        return tuple(cost.model for cost in self.costs)


def months(comparison: Comparison) -> tuple[MonthlyCost | NoCost, ...]:
    """What a month of the workload costs at each model, in their order."""
    catalog, traffic, day = comparison.catalog, comparison.traffic, comparison.day
    return tuple(monthly_cost(catalog, model, traffic, day) for model in comparison.models)


def cheaper_month(comparison: Comparison, found: Sequence[MonthlyCost | NoCost] | None = None) -> CheaperMonth | None:
    """The cheapest month, where at least two models have a total in one currency and one is below the others.

    ``found`` are all months, where they are known already.
    """
    found = months(comparison) if found is None else found
    totals = [cost for cost in found if isinstance(cost, MonthlyCost)]
    costs = sorted(comparable(comparison.catalog, totals, comparison.day), key=lambda cost: cost.total)
    if len(costs) < 2 or costs[0].total == costs[1].total:
        return None
    prices = (of_price(comparison, cost.model, "prices", line.quote) for cost in costs for line in cost.lines)
    return CheaperMonth(tuple(costs), once(prices))

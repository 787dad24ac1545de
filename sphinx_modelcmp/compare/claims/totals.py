"""Which month costs the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.claims.evidence import Evidence, of_price, once
from sphinx_modelcmp.compare.costing import MonthlyCost, comparable, monthly_cost

if TYPE_CHECKING:
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


def cheaper_month(comparison: Comparison) -> CheaperMonth | None:
    """The cheapest month, where at least two models have a total in one currency and one is below the others."""
    catalog, day = comparison.catalog, comparison.day
    found = [monthly_cost(catalog, model, comparison.traffic, day) for model in comparison.models]
    totals = [cost for cost in found if isinstance(cost, MonthlyCost)]
    costs = sorted(comparable(catalog, totals, day), key=lambda cost: cost.total)
    if len(costs) < 2 or costs[0].total == costs[1].total:
        return None
    prices = (of_price(comparison, cost.model, "prices", line.quote) for cost in costs for line in cost.lines)
    return CheaperMonth(tuple(costs), once(prices))

"""Reasons to choose a model: the claims that speak for it, each with a weight, and of these the few that weigh most."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import inf, log2
from typing import TYPE_CHECKING, TypeAlias

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.certainty import LEVEL_PRICE, takes_longest
from sphinx_modelcmp.compare.claims import Alone, CheaperMonth, Documented, Leads, Wins
from sphinx_modelcmp.compare.pricing import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison

Claim: TypeAlias = CheaperMonth | Leads | Wins | Alone | Documented

MOST = 4
"""The most reasons for one model."""
LEAST = 5
"""Lighter reasons are given only where a model has no other."""
MONTH = (40, 120)
"""The weight of a month at half the cost, and the most of any ratio; so of the sizes and prices below."""
SIZES = {
    "context_window": (15, 60),
    "max_output": (8, 24),
    "cheapest_input": (15, 60),
    "cheapest_output": (15, 60),
}
POINT, MOST_POINTS = 6, 60
"""The weight of a point of a hundred between two scores, and the most of all points."""
OPENNESS = 35
OWN_ROW = 5
"""Of a row that only the house knows."""
MOST_MONTHS = 12
"""The most of a date: a month of newer knowledge weighs 1."""
CAPABILITIES = {
    "vision": 25,
    "function_calling": 25,
    "reasoning": 20,
    "computer_use": 18,
    "code_execution": 14,
    "parallel_agents": 8,
}
OTHER_CAPABILITY = 12
UNSTATED = 0.6
"""The share of its weight that a capability has if the other models are only not documented with it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a model. Of several claims, which are about capabilities, all have the same other models."""

    claims: tuple[Claim, ...]
    weight: float
    topic: str
    """A model has one reason a topic: the heaviest."""


def reasons(comparison: Comparison, month: CheaperMonth | None) -> dict[str, tuple[Reason, ...]]:
    """The reasons for each model that is alive and has no successor among them, by its id, the heaviest first."""
    found: dict[str, list[Reason]] = {model.id: [] for model in _chosen(comparison)}
    for model, reason in _all(comparison, month):
        if model.id in found:
            found[model.id].append(reason)
    return {name: _heaviest(held) for name, held in found.items()}


def _chosen(comparison: Comparison) -> Iterator[Model]:
    for model in comparison.living:
        if not any(claims.succeeds(other, model) for other in comparison.living):
            yield model


def _heaviest(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """At most ``MOST``, one a topic; newer knowledge comes last, and only after a reason of weight."""
    by_topic: dict[str, Reason] = {}
    for reason in sorted(found, key=lambda reason: -reason.weight):
        by_topic.setdefault(reason.topic, reason)
    newer = by_topic.pop("knowledge_cutoff", None)
    held = [*by_topic.values()]
    heavy = [reason for reason in held if reason.weight >= LEAST]
    if not heavy:
        return tuple(held[:1])
    return tuple([*heavy, newer][:MOST] if newer and newer.weight >= LEAST else heavy[:MOST])


def _all(comparison: Comparison, month: CheaperMonth | None) -> Iterator[tuple[Model, Reason]]:
    if month and len(month.cheapest) == 1 and _is_of_most(comparison, month.models):
        cheapest, second, *_ = month.costs
        if second.total > LEVEL_PRICE * cheapest.total:
            yield cheapest.model, Reason((month,), _of_ratio(MONTH, cheapest.total, second.total), "price")
    for lead in (*claims.leads(comparison), *claims.house_leads(comparison)):
        if _is_of_use(comparison, lead):
            topic = "price" if isinstance(lead.evidence[0].value, Quote) else lead.field
            yield lead.model, Reason((lead,), _of_lead(lead), topic)
    for win in claims.wins(comparison):
        models = [item.model for item in win.evidence]
        if _is_of_most(comparison, models):
            yield win.model, Reason((win,), min(MOST_POINTS, POINT * float(win.shared.lead)), "tests")
    yield from _of_capabilities(claims.alone(comparison), 1)
    yield from _of_capabilities(claims.documented(comparison), UNSTATED)


def _is_of_most(comparison: Comparison, models: Sequence[Model]) -> bool:
    """True of two thirds of the models, or more: of a lead among fewer nothing follows."""
    return 3 * len(models) >= 2 * len(comparison.living)


def _is_of_use(comparison: Comparison, lead: Leads) -> bool:
    """False for a lead among few of the models, and for a window with more room than the model takes input."""
    is_wide = lead.field != "context_window" or takes_longest(comparison, *lead.models)
    return is_wide and _is_of_most(comparison, lead.models)


def _of_lead(lead: Leads) -> float:
    """The weight of the distance to the nearest of those behind."""
    first, *others = (item.value for item in lead.evidence)
    if lead.field in SIZES:
        amount, *behind = (value.amount if isinstance(value, Quote) else Decimal(value) for value in (first, *others))
        nearest = min(behind, key=lambda other: abs(other - amount))
        return _of_ratio(SIZES[lead.field], *sorted((amount, nearest)))
    if lead.field == "knowledge_cutoff":
        return min(MOST_MONTHS, float((first.first - max(other.last for other in others)).days) / 30)
    return OPENNESS if lead.field == "openness" else OWN_ROW


def _of_ratio(scale: tuple[int, int], low: Decimal, high: Decimal) -> float:
    doubled, most = scale
    return min(most, doubled * (log2(high / low) if low else inf))


def _of_capabilities(found: Sequence[Alone | Documented], share: float) -> Iterator[tuple[Model, Reason]]:
    """One reason a model: vision says it of images, and of more than text."""
    for model in {claim.model.id: claim.model for claim in found}.values():
        own = [claim for claim in found if claim.model is model]
        has_vision = any(claim.field == "vision" for claim in own)
        told = [claim for claim in own if not (has_vision and claim.field == "multimodal")]
        weights = {claim.field: CAPABILITIES.get(claim.field, OTHER_CAPABILITY) * share for claim in told}
        told.sort(key=lambda claim: -weights[claim.field])
        yield model, Reason(tuple(told), max(weights.values()), f"capabilities-{share}")

"""What can be said of a comparison, each claim with the facts it rests on.

Claims carry no words: the sections put them into sentences. A claim exists only while every fact of its evidence has a
value, so a sentence goes when its fact goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import State, Support
from sphinx_modelcmp.compare.costing import MonthlyCost, monthly_cost
from sphinx_modelcmp.compare.pricing import Quote, routes_of
from sphinx_modelcmp.compare.results import SharedResult, split_results
from sphinx_modelcmp.compare.rows import SPECS, Row, capability_rows, price_rows, scorecard_rows, spec_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Fact, Model, Result
    from sphinx_modelcmp.compare.comparison import Comparison

LEADING = (
    "context_window",
    "max_output",
    "cheapest_input",
    "cheapest_output",
    "released",
    "knowledge_cutoff",
    "openness",
)
"""Rows in which one end is the better one, the most telling first."""
CONTRASTED = ("kind", "architecture")
"""Rows in which values are set against each other without a winner."""


CLEAR = 10
"""One part in so many is the least lead that is worth a choice."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a claim rests on."""

    model: Model
    field: str
    fact: Fact[Any]


@dataclass(frozen=True, slots=True)
class Leads:
    """One model has the better value of a row than every other model whose value is known."""

    field: str
    evidence: tuple[Evidence, ...]
    """The leader first, then the others in order."""
    row: Row

    @property
    def model(self) -> Model:
        """The leader."""
        return self.evidence[0].model

    @property
    def others(self) -> tuple[Evidence, ...]:
        """Those behind."""
        return self.evidence[1:]

    @property
    def models(self) -> tuple[Model, ...]:
        """Those that the claim is about: the ones whose value is known."""
        return tuple(item.model for item in self.evidence)

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """The values as numbers, in the order of the evidence; empty where they are no amounts."""
        found = (amount(item.fact.value) for item in self.evidence)
        return tuple(number for number in found if number is not None)

    @property
    def is_clear(self) -> bool:
        """Whether the lead is worth a choice: over amounts, at least a tenth of the nearest other one."""
        if not self.amounts:
            return True
        first, *others = self.amounts
        return all(abs(first - other) * CLEAR >= other for other in others)


def amount(value: Any) -> Decimal | None:
    """A token limit or a price as a number; None of anything else."""
    if isinstance(value, Quote):
        return value.amount
    return Decimal(value) if isinstance(value, int | Decimal) else None


@dataclass(frozen=True, slots=True)
class Same:
    """Every model compared has the same value of a row."""

    field: str
    evidence: tuple[Evidence, ...]

    @property
    def value(self) -> Any:
        """The value they share."""
        return self.evidence[0].fact.value


@dataclass(frozen=True, slots=True)
class Contrast:
    """At least two models have different values of a row that has no better end."""

    field: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """One model has a capability, and of every other it is documented that it has not."""

    field: str
    evidence: tuple[Evidence, ...]
    """The one that has it first."""
    row: Row

    @property
    def model(self) -> Model:
        """The one that has it."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Wins:
    """One model has the best score of a benchmark that several share under the same conditions."""

    model: Model
    shared: SharedResult
    evidence: tuple[tuple[Model, Result], ...]


@dataclass(frozen=True, slots=True)
class CheaperMonth:
    """One model costs the least at the workload, of those that have a total in the same currency."""

    evidence: tuple[MonthlyCost, ...]
    """From the cheapest to the dearest."""

    @property
    def model(self) -> Model:
        """The cheapest."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Move:
    """What changes for who moves from one model to another."""

    origin: Model
    target: Model
    lost: tuple[Evidence, ...] = ()
    """Capabilities that the origin has and the target is documented not to have; pairs, the origin's first."""
    gained: tuple[Evidence, ...] = ()
    """The other way round; pairs, the target's first."""
    shared_providers: tuple[str, ...] | None = None
    """Providers that serve both; None where the routes of either are not known."""
    changed: tuple[tuple[Evidence, Evidence], ...] = ()
    """Limits and terms that are known of both and differ: origin, target."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.lost or self.gained or self.changed or self.shared_providers is not None)


MOVING = ("context_window", "max_output", "license", "commercial_use")


def leads(comparison: Comparison) -> tuple[Leads, ...]:
    """Rows with one leader, the most telling rows first."""
    rows = _ranked_rows(comparison)
    return tuple(claim for name in LEADING if name in rows for claim in _lead(comparison.models, rows[name]))


def widest_gap(comparison: Comparison) -> Leads | None:
    """The lead, over amounts, with the largest factor between the best and the worst value."""
    found = [claim for claim in leads(comparison) if claim.amounts and min(claim.amounts) > 0 and claim.is_clear]
    return max(found, key=lambda claim: max(claim.amounts) / min(claim.amounts), default=None)


def house_leads(comparison: Comparison) -> tuple[Leads, ...]:
    """The house's own specs with one leader."""
    rows = spec_rows(comparison.catalog, comparison.models, comparison.day)
    return tuple(claim for row in rows if row.house for claim in _lead(comparison.models, row))


def _ranked_rows(comparison: Comparison) -> dict[str, Row]:
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    return {row.name: row for row in (*spec_rows(catalog, models, day), *price_rows(catalog, models, day))}


def _lead(models: Sequence[Model], row: Row) -> Iterator[Leads]:
    if len(row.best) != 1:
        return
    first = row.best[0]
    others = [i for i, fact in enumerate(row.facts) if fact.known and i != first]
    yield Leads(row.name, tuple(_evidence(models, row, i) for i in (first, *others)), row)


def same(comparison: Comparison) -> tuple[Same, ...]:
    """Rows that say the same of every model."""
    rows = _ranked_rows(comparison)
    return tuple(
        Same(name, _all_evidence(comparison.models, rows[name]))
        for name in LEADING
        if name in rows and all(fact.known for fact in rows[name].facts) and not rows[name].differs
    )


def contrasts(comparison: Comparison) -> tuple[Contrast, ...]:
    """Rows without a better end in which two models or more say different things."""
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    rows = {row.name: row for row in (*scorecard_rows(catalog, models, day), *spec_rows(catalog, models, day))}
    found = []
    for name in CONTRASTED:
        known = tuple(item for item in _all_evidence(models, rows[name]) if item.fact.known)
        if len({str(item.fact.value) for item in known}) > 1:
            found.append(Contrast(name, known))
    return tuple(found)


def alone(comparison: Comparison) -> tuple[Alone, ...]:
    """Capabilities of one model that all others are documented to lack."""
    models = comparison.models
    found = []
    for row in capability_rows(comparison.catalog, models):
        having = [i for i, fact in enumerate(row.facts) if _says(fact, Support.YES)]
        lacking = [i for i, fact in enumerate(row.facts) if _says(fact, Support.NO)]
        if len(having) == 1 and len(lacking) == len(models) - 1:
            found.append(Alone(row.name, tuple(_evidence(models, row, i) for i in (*having, *lacking)), row))
    return tuple(found)


def disagreements(comparison: Comparison) -> tuple[tuple[Row, tuple[Evidence, ...], tuple[Evidence, ...]], ...]:
    """Capabilities that some models have and some are documented to lack: the row, those with, those without."""
    found = []
    for row in capability_rows(comparison.catalog, comparison.models):
        items = _all_evidence(comparison.models, row)
        having = tuple(item for item in items if _says(item.fact, Support.YES))
        lacking = tuple(item for item in items if _says(item.fact, Support.NO))
        if having and lacking:
            found.append((row, having, lacking))
    return tuple(found)


def _says(fact: Fact[Any], support: Support) -> bool:
    return fact.known and fact.value is support


def wins(comparison: Comparison) -> tuple[Wins, ...]:
    """Shared benchmarks with one best score."""
    shared, _ = split_results(comparison.catalog, comparison.models, comparison.benchmarks)
    return tuple(
        Wins(
            comparison.models[row.best[0]],
            row,
            tuple((model, result) for model, result in zip(comparison.models, row.results, strict=True) if result),
        )
        for row in shared
        if len(row.best) == 1
    )


def cheaper_month(comparison: Comparison) -> CheaperMonth | None:
    """The cheapest month, where at least two models have a total in one currency and one is below the others."""
    found = [monthly_cost(comparison.catalog, m, comparison.traffic, comparison.day) for m in comparison.models]
    costs = sorted((cost for cost in found if isinstance(cost, MonthlyCost)), key=lambda cost: cost.total)
    if len(costs) < 2 or len({cost.currency for cost in costs}) > 1 or costs[0].total == costs[1].total:
        return None
    return CheaperMonth(tuple(costs))


def moves(comparison: Comparison) -> tuple[Move, ...]:
    """Both directions between the first model and each of the others."""
    first, *others = comparison.models
    pairs = [pair for other in others for pair in ((first, other), (other, first))]
    return tuple(move for origin, target in pairs if (move := _move(comparison, origin, target)).says_something)


def _move(comparison: Comparison, origin: Model, target: Model) -> Move:
    both = (origin, target)
    rows = capability_rows(comparison.catalog, both)
    lost = [row for row in rows if _says(row.facts[0], Support.YES) and _says(row.facts[1], Support.NO)]
    gained = [row for row in rows if _says(row.facts[1], Support.YES) and _says(row.facts[0], Support.NO)]
    specs = [Row(name, tuple(SPECS[name][0](comparison.catalog, m, comparison.day) for m in both)) for name in MOVING]
    return Move(
        origin,
        target,
        lost=tuple(_evidence(both, row, i) for row in lost for i in (0, 1)),
        gained=tuple(_evidence(both, row, i) for row in gained for i in (1, 0)),
        shared_providers=_shared_providers(origin, target),
        changed=tuple(
            (_evidence(both, row, 0), _evidence(both, row, 1))
            for row in specs
            if all(fact.known for fact in row.facts) and row.differs
        ),
    )


def _shared_providers(origin: Model, target: Model) -> tuple[str, ...] | None:
    if not (origin.routes.known and target.routes.known):
        return None
    there = {route.provider for route in routes_of(target)}
    return tuple(dict.fromkeys(route.provider for route in routes_of(origin) if route.provider in there))


def _evidence(models: Sequence[Model], row: Row, i: int) -> Evidence:
    return Evidence(models[i], row.name, row.facts[i])


def _all_evidence(models: Sequence[Model], row: Row) -> tuple[Evidence, ...]:
    return tuple(_evidence(models, row, i) for i in range(len(models)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the facts that a page can show of a model are known."""

    model: Model
    known: int
    asked: int
    silent: tuple[str, ...]
    """The rows that nobody has said anything about."""


def coverage(comparison: Comparison) -> tuple[Coverage, ...]:
    """For each model, over the built-in specifications, prices and capabilities; ``n/a`` counts as settled."""
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    rows = (*spec_rows(catalog, models, day), *price_rows(catalog, models, day), *capability_rows(catalog, models))
    rows = tuple(row for row in rows if not row.house)
    found = []
    for i, model in enumerate(models):
        silent = tuple(row.name for row in rows if row.facts[i].state is State.UNKNOWN)
        found.append(Coverage(model, len(rows) - len(silent), len(rows), silent))
    return tuple(found)

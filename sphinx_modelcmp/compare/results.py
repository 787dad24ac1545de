"""Which benchmark results may be set side by side, what comes of it, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better, Reporter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Model, Result

CONDITIONS = ("version", "split", "metric", "harness", "variant", "tools")
"""The parts of a result that must agree, beside the benchmark."""
TELLING = ("harness", "variant")
"""The conditions without which the agreement of two results is weak: nobody stated them."""
TRUST = (Reporter.VERIFIED, Reporter.INDEPENDENT, Reporter.COMMUNITY, Reporter.SELF, None)
"""Who measured, the most trusted first; a result that names no reporter comes last."""

_stated_conditions = attrgetter(*CONDITIONS)

Key = tuple[str, tuple[str | None, ...]]
"""A benchmark and the conditions of a run."""


@dataclass(frozen=True, slots=True)
class SharedResult:
    """One benchmark under one set of conditions, with the results of at least two models."""

    name: str
    benchmark: Benchmark
    conditions: tuple[str | None, ...]
    """In the order of ``CONDITIONS``."""
    results: tuple[Result | None, ...]
    """One for each model compared, in their order."""

    @property
    def held(self) -> tuple[int, ...]:
        """The positions of the models that have a result."""
        return tuple(i for i, result in enumerate(self.results) if result)

    @property
    def top(self) -> tuple[int, ...]:
        """The positions of the best score: several where they tie."""
        scores = {i: result.score for i, result in enumerate(self.results) if result}
        best = max(scores.values()) if self.benchmark.better is Better.HIGHER else min(scores.values())
        return tuple(i for i, score in scores.items() if score == best)

    @property
    def close(self) -> tuple[int, ...]:
        """The positions of the best score and of all that cannot be told from it; empty where it stands clear.

        Two scores cannot be told apart where their confidence intervals overlap. A score without one is a point, which
        the interval of the other may hold.
        """
        top = self.top
        near = [i for i in self.held if i not in top and any(_overlap(self.results[i], self.results[j]) for j in top)]
        return tuple(sorted((*top, *near))) if near else ()

    @property
    def best(self) -> tuple[int, ...]:
        """The positions of the best score: several where they tie, none where all scores tie or it is not clear."""
        return self.top if len(self.top) < len(self.held) and not self.close else ()

    @property
    def is_self_reported(self) -> bool:
        """Whether nobody but the makers measured."""
        return all(result.reporter is Reporter.SELF for result in self.results if result)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The telling conditions that no source states: two results that agree in silence."""
        return tuple(
            name for name, value in zip(CONDITIONS, self.conditions, strict=True) if name in TELLING and not value
        )


def _overlap(one: Result | None, other: Result | None) -> bool:
    if one is None or other is None or not (one.ci or other.ci):
        return False
    (low, high), (bottom, top) = _span(one), _span(other)
    return low <= top and bottom <= high


def _span(result: Result) -> tuple[Decimal, Decimal]:
    return result.ci or (result.score, result.score)


@dataclass(frozen=True, slots=True)
class Difference:
    """A condition that two results do not agree in, and what each says; None where it says nothing."""

    condition: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class ApartResult:
    """A result that nothing may be set against, and why."""

    model: Model
    benchmark: Benchmark
    result: Result
    rival: Model | None = None
    """The model with the nearest result; None where no other model compared has one on the benchmark."""
    differs: tuple[Difference, ...] = ()
    """What sets it apart from the nearest result of the rival."""
    preferred: Result | None = None
    """The model's own result under the same conditions that stands in the table instead."""


def conditions_of(catalog: Catalog, result: Result) -> tuple[str | None, ...]:
    """What the result was measured under; the metric of the benchmark where it names none."""
    own = _stated_conditions(result)
    metric = CONDITIONS.index("metric")
    default = catalog.benchmarks[result.benchmark].metric
    return (*own[:metric], own[metric] or default, *own[metric + 1 :])


def split_results(
    catalog: Catalog, models: Sequence[Model], wanted: Sequence[str] = ()
) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
    """The rows that at least two models share under the same conditions, and every other result.

    ``wanted`` restricts both to some benchmarks, in the order given. Of several results of a model under the same
    conditions the one with the most trusted reporter counts, of equally trusted ones the first written.
    """
    order = list(wanted) or sorted({result.benchmark for model in models for result in model.results})
    grid = _grid(catalog, models, order)
    keys = sorted(grid, key=lambda key: (order.index(key[0]), [part or "" for part in key[1]]))
    shared = tuple(_shared(catalog, models, key, grid[key]) for key in keys if len(grid[key]) > 1)
    apart = [
        _apart(catalog, models, i, result)
        for key in keys
        if len(grid[key]) == 1
        for i, results in grid[key].items()
        for result in results
    ]
    spare = [
        ApartResult(models[i], catalog.benchmarks[name], result, preferred=first)
        for name, held in keys
        if len(grid[name, held]) > 1
        for i, (first, *others) in grid[name, held].items()
        for result in others
    ]
    return shared, (*apart, *spare)


def _grid(catalog: Catalog, models: Sequence[Model], order: Sequence[str]) -> dict[Key, dict[int, list[Result]]]:
    """The results under each key by the position of their model, the most trusted first."""
    grid: dict[Key, dict[int, list[Result]]] = {}
    for i, model in enumerate(models):
        for result in sorted(model.results, key=lambda result: TRUST.index(result.reporter)):
            if result.benchmark in order:
                row = grid.setdefault((result.benchmark, conditions_of(catalog, result)), {})
                row.setdefault(i, []).append(result)
    return grid


def _shared(catalog: Catalog, models: Sequence[Model], key: Key, row: dict[int, list[Result]]) -> SharedResult:
    name, conditions = key
    results = tuple(row[i][0] if i in row else None for i in range(len(models)))
    return SharedResult(name, catalog.benchmarks[name], conditions, results)


def _apart(catalog: Catalog, models: Sequence[Model], own: int, result: Result) -> ApartResult:
    held = conditions_of(catalog, result)
    rivals = [
        (model, _differences(held, conditions_of(catalog, other)))
        for i, model in enumerate(models)
        for other in model.results
        if i != own and other.benchmark == result.benchmark
    ]
    benchmark = catalog.benchmarks[result.benchmark]
    if not rivals:
        return ApartResult(models[own], benchmark, result)
    rival, differs = min(rivals, key=lambda found: (len(found[1]), [part.condition for part in found[1]]))
    return ApartResult(models[own], benchmark, result, rival, differs)


def _differences(here: tuple[str | None, ...], there: tuple[str | None, ...]) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, one, other) for name, one, other in zip(CONDITIONS, here, there, strict=True) if one != other
    )

"""Benchmark results: those that may be compared, the winners, and the reasons why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better, Reporter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Model, Result

CONDITIONS = ("version", "split", "metric", "harness", "variant", "tools")
"""The parts of a result that must agree, besides the benchmark."""
TELLING = ("harness", "variant")
"""Conditions without which the agreement of two results is weak: nobody stated them."""
TRUST = (Reporter.VERIFIED, Reporter.INDEPENDENT, Reporter.COMMUNITY, Reporter.SELF, None)
"""Reporters, the most trusted first; a result that names none comes last."""

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
        """The positions of the best score: several if they tie."""
        scores = {i: result.score for i, result in enumerate(self.results) if result}
        best = max(scores.values()) if self.benchmark.better is Better.HIGHER else min(scores.values())
        return tuple(i for i, score in scores.items() if score == best)

    @property
    def close(self) -> tuple[int, ...]:
        """The positions of the best score and of all that are too close to it; empty if there are none.

        Two scores are too close if their confidence intervals overlap. A score without an interval is a point, which
        may lie in the interval of the other.
        """
        top = self.top
        near = [i for i in self.held if i not in top and any(_overlap(self.results[i], self.results[j]) for j in top)]
        return tuple(sorted((*top, *near))) if near else ()

    @property
    def best(self) -> tuple[int, ...]:
        """The positions of the best score: several if they tie, none if all scores tie or others are too close."""
        return self.top if len(self.top) < len(self.held) and not self.close else ()

    @property
    def is_self_reported(self) -> bool:
        """True if only the makers measured."""
        return all(result.reporter is Reporter.SELF for result in self.results if result)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The telling conditions that no source states."""
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
    """Condition in which two results differ, with both values; None for one that is not stated."""

    condition: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class ApartResult:
    """Result that cannot be compared, with the reason."""

    model: Model
    benchmark: Benchmark
    result: Result
    rival: Model | None = None
    """The model with the nearest result; None if no other model compared has one on the benchmark."""
    differs: tuple[Difference, ...] = ()
    """The differences to the nearest result of the rival."""
    preferred: Result | None = None
    """The model's own result under the same conditions that is shown in the table instead."""


def conditions_of(catalog: Catalog, result: Result) -> tuple[str | None, ...]:
    """The conditions of a measurement; the metric of the benchmark if the result names none."""
    metric = result.metric or catalog.benchmarks[result.benchmark].metric
    return tuple(metric if name == "metric" else getattr(result, name) for name in CONDITIONS)


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
    shared, apart, spare = [], [], []
    for key in keys:
        name, conditions = key
        row, benchmark = grid[key], catalog.benchmarks[name]
        if len(row) < 2:
            apart += [_apart(catalog, models, i, result) for i, results in row.items() for result in results]
            continue
        shared.append(
            SharedResult(name, benchmark, conditions, tuple(row.get(i, [None])[0] for i in range(len(models))))
        )
        spare += [
            ApartResult(models[i], benchmark, result, preferred=first)
            for i, (first, *others) in row.items()
            for result in others
        ]
    return tuple(shared), (*apart, *spare)


def _grid(catalog: Catalog, models: Sequence[Model], order: Sequence[str]) -> dict[Key, dict[int, list[Result]]]:
    """The results under each key by the position of their model, the most trusted first."""
    grid: dict[Key, dict[int, list[Result]]] = {}
    for i, model in enumerate(models):
        for result in sorted(model.results, key=lambda result: TRUST.index(result.reporter)):
            if result.benchmark in order:
                row = grid.setdefault((result.benchmark, conditions_of(catalog, result)), {})
                row.setdefault(i, []).append(result)
    return grid


def _apart(catalog: Catalog, models: Sequence[Model], own: int, result: Result) -> ApartResult:
    held = conditions_of(catalog, result)
    rivals = [
        (model, _differences(held, conditions_of(catalog, other)))
        for i, model in enumerate(models)
        for other in model.results
        if i != own and other.benchmark == result.benchmark
    ]
    nearest = min(rivals, key=lambda found: (len(found[1]), [part.condition for part in found[1]]), default=())
    return ApartResult(models[own], catalog.benchmarks[result.benchmark], result, *nearest)


def _differences(here: tuple[str | None, ...], there: tuple[str | None, ...]) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, one, other) for name, one, other in zip(CONDITIONS, here, there, strict=True) if one != other
    )

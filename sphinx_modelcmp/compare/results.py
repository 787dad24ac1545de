"""Which benchmark results may be set side by side, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Model, Result

CONDITIONS = ("version", "split", "metric", "harness", "variant", "tools")
"""The parts of a result that must agree, beside the benchmark."""


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
    def best(self) -> tuple[int, ...]:
        """The positions of the best score: several where they tie, none where all scores are equal."""
        scores = [result.score for result in self.results if result]
        if len(set(scores)) == 1:
            return ()
        top = max(scores) if self.benchmark.better is Better.HIGHER else min(scores)
        return tuple(i for i, result in enumerate(self.results) if result and result.score == top)


@dataclass(frozen=True, slots=True)
class ApartResult:
    """A result that nothing may be set against, and why."""

    model: Model
    benchmark: Benchmark
    result: Result
    differs: tuple[str, ...]
    """The conditions in which the nearest result of another model differs."""
    lone: bool
    """Whether no other model compared has a result on the benchmark at all."""


def conditions_of(catalog: Catalog, result: Result) -> tuple[str | None, ...]:
    """What the result was measured under; the metric of the benchmark where it names none."""
    own = tuple(getattr(result, name) for name in CONDITIONS)
    metric = CONDITIONS.index("metric")
    default = catalog.benchmarks[result.benchmark].metric
    return (*own[:metric], own[metric] or default, *own[metric + 1 :])


def split_results(
    catalog: Catalog, models: Sequence[Model], wanted: Sequence[str] = ()
) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
    """The rows that at least two models share under the same conditions, and every other result.

    ``wanted`` restricts both to some benchmarks, in the order given.
    """
    order = list(wanted) or sorted({result.benchmark for model in models for result in model.results})
    grid: dict[tuple[str, tuple[str | None, ...]], dict[int, Result]] = {}
    spare: list[tuple[int, Result]] = []
    for i, model in enumerate(models):
        for result in model.results:
            row = grid.setdefault((result.benchmark, conditions_of(catalog, result)), {})
            if result.benchmark in order and row.setdefault(i, result) is not result:
                spare.append((i, result))
    keys = sorted(
        (key for key in grid if key[0] in order),
        key=lambda key: (order.index(key[0]), [part or "" for part in key[1]]),
    )
    shared = tuple(
        SharedResult(name, catalog.benchmarks[name], held, tuple(grid[name, held].get(i) for i in range(len(models))))
        for name, held in keys
        if len(grid[name, held]) > 1
    )
    alone = [item for key in keys if len(grid[key]) == 1 for item in grid[key].items()] + spare
    return shared, tuple(_apart(catalog, models, i, result) for i, result in alone)


def _apart(catalog: Catalog, models: Sequence[Model], own: int, result: Result) -> ApartResult:
    held = conditions_of(catalog, result)
    rivals = [
        conditions_of(catalog, other)
        for i, model in enumerate(models)
        for other in model.results
        if i != own and other.benchmark == result.benchmark
    ]
    ways = [tuple(name for name, a, b in zip(CONDITIONS, held, rival, strict=True) if a != b) for rival in rivals]
    nearest = min(ways, key=lambda way: (len(way), way), default=())
    return ApartResult(models[own], catalog.benchmarks[result.benchmark], result, nearest, lone=not rivals)

"""Benchmark results: those that may be compared, the winners, and the reasons why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from sphinx_modelcmp.catalog.vocabulary import Better, Reporter, Scale, SourceKind
from sphinx_modelcmp.compare.life import is_alive

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Model, Result

CONDITIONS = ("version", "split", "metric", "harness", "variant", "tools")
"""The parts of a result that must agree, besides the benchmark."""
TELLING = ("harness", "variant")
"""Conditions without which the agreement of two results says nothing, unless one leaderboard has them both."""
TRUST = (Reporter.VERIFIED, Reporter.INDEPENDENT, Reporter.COMMUNITY, Reporter.SELF, None)
"""Reporters, the most trusted first; a result that names none comes last."""
LEAST_LEAD = 1
"""A lesser lead of a score, in points of a hundred, is none."""
BOARDS = TRUST[:3]
"""Reporters who measure the models of others, all in the same way: their results from one source are a leaderboard."""

Conditions = tuple[str | None, ...]
"""What is stated of each of ``CONDITIONS``."""
Key = tuple[str, Conditions]
"""A benchmark and the conditions of a run."""


class Comparability(StrEnum):
    """How far two results on a benchmark may be compared, the closest first. Only those of the same test are ranked."""

    SAME_TEST = "same-test"
    """All conditions agree, and the telling ones are stated or both results are of one leaderboard."""
    OWN_SETTINGS = "own-settings"
    """One source gives both, each at a setting of its own."""
    ATTRIBUTED = "attributed"
    """A maker's own table gives both, its own and that of a rival."""
    DIFFERENT_SOURCES = "different-sources"
    """Nothing says that one source measured both."""


@dataclass(frozen=True, slots=True)
class SharedResult:
    """One benchmark under one set of conditions, with the results of at least two models from the same test."""

    comparability: ClassVar = Comparability.SAME_TEST
    name: str
    benchmark: Benchmark
    conditions: Conditions
    """In the order of ``CONDITIONS``."""
    results: tuple[Result | None, ...]
    """One for each model compared, in their order."""
    ranked: tuple[int, ...]
    """The positions of the models that have a result and are alive: none of the others can be chosen."""

    @property
    def top(self) -> tuple[int, ...]:
        """The positions of the best score: several if they tie."""
        scores = {i: result.score for i in self.ranked if (result := self.results[i])}
        best = (max if self.benchmark.better is Better.HIGHER else min)(scores.values(), default=None)
        return tuple(i for i, score in scores.items() if score == best)

    @property
    def close(self) -> tuple[int, ...]:
        """The positions of the best score and of all that are too close to it; empty if there are none.

        Two scores are too close if their confidence intervals overlap. A score without an interval is a point, which
        may lie in the interval of the other.
        """
        top = self.top
        near = [i for i in self.ranked if i not in top and any(_overlap(self.results[i], self.results[j]) for j in top)]
        return tuple(sorted((*top, *near))) if near else ()

    @property
    def best(self) -> tuple[int, ...]:
        """The positions of the best score: several if they tie, none if all scores tie or others are too close."""
        return self.top if self.top and self.lead >= LEAST_LEAD and not self.close else ()

    @property
    def lead(self) -> Decimal:
        """The lead of the best score over the next one, in points of a hundred; in percent where a scale has no end."""
        first, *others = (result.score for i in (*self.top, *self.ranked) if (result := self.results[i]))
        behind = [score for score in others if score != first]
        if not behind:
            return Decimal(0)
        next_one = min(behind, key=lambda score: abs(first - score))
        apart = 100 * abs(first - next_one)
        if self.benchmark.scale is Scale.PERCENT:
            return apart / 100
        return apart if self.benchmark.scale is Scale.FRACTION else apart / max(abs(first), abs(next_one))

    @property
    def is_self_reported(self) -> bool:
        """True if only the makers measured."""
        return all(result.reporter is Reporter.SELF for result in self.results if result)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The telling conditions that no source states."""
        return unstated(self.conditions)


def _overlap(one: Result | None, other: Result | None) -> bool:
    if one is None or other is None:
        return False
    (low, high), (bottom, top) = (held.ci or (held.score, held.score) for held in (one, other))
    return low <= top and bottom <= high


@dataclass(frozen=True, slots=True)
class Difference:
    """Condition in which two results are not known to agree, with both values; None for one that is not stated."""

    condition: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class ApartResult:
    """Result that is ranked with no other one, with the reason."""

    model: Model
    result: Result
    rival: Model | None = None
    """The model with the nearest result; None if no other model compared has one on the benchmark."""
    comparability: Comparability | None = None
    """How far the two may be compared."""
    differs: tuple[Difference, ...] = ()
    """The conditions in which the two are not known to agree."""
    origin: frozenset[str] = frozenset()
    """The sources that give both; empty where that says nothing."""
    preferred: Result | None = None
    """The model's own result of the same test that counts instead."""
    unsettled: Model | None = None
    """The model of whose scores in this test nothing says which one counts."""


def conditions_of(catalog: Catalog, result: Result) -> Conditions:
    """The conditions of a measurement; the metric of the benchmark if the result names none."""
    metric = result.metric or catalog.benchmarks[result.benchmark].metric
    return tuple(metric if name == "metric" else getattr(result, name) for name in CONDITIONS)


def unstated(conditions: Conditions) -> tuple[str, ...]:
    """The telling conditions that are not stated."""
    return tuple(name for name, value in zip(CONDITIONS, conditions, strict=True) if name in TELLING and not value)


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One result of a model on the page."""

    position: int
    model: Model
    result: Result
    conditions: Conditions

    @property
    def order(self) -> tuple[int, bool, int, str]:
        """The most trusted first, in an order that is not that of writing; a score with an interval says more."""
        held, date = self.result, self.result.date
        return TRUST.index(held.reporter), not held.ci, -date.last.toordinal() if date else 0, repr(held)


def split_results(
    catalog: Catalog, models: Sequence[Model], wanted: Sequence[str] = (), day: datetime.date | None = None
) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
    """The rows of at least two models in the same test, and every other result.

    ``wanted`` restricts both to some benchmarks, in the order given. Of several results of a model in one test the one
    with the most trusted reporter counts, of equally trusted ones the newest. If no date decides, none of them counts.
    """
    order = list(wanted) or sorted({result.benchmark for model in models for result in model.results})
    grid = _grid(catalog, models, order)
    shared: list[SharedResult] = []
    apart: list[ApartResult] = []
    spare: list[ApartResult] = []
    for key in sorted(grid, key=lambda key: (order.index(key[0]), [part or "" for part in key[1]])):
        benchmark, rest = catalog.benchmarks[key[0]], grid[key]
        for test in _tests(catalog, grid[key]):
            counting = _counting(test)
            if len(counting) > 1:
                held = tuple(counting[i].result if i in counting else None for i in range(len(models)))
                ranked = tuple(i for i in counting if is_alive(catalog, models[i], day))
                shared.append(SharedResult(key[0], benchmark, key[1], held, ranked))
            spare += _spare(test, counting)
            rest = [run for run in rest if run not in test]
        rivals = [run for (name, _), runs in grid.items() if name == key[0] for run in runs]
        apart += [_apart(catalog, run, rivals) for run in rest]
    return tuple(shared), (*apart, *spare)


def _grid(catalog: Catalog, models: Sequence[Model], order: Sequence[str]) -> dict[Key, list[_Run]]:
    """The results under each key in the order of their models, the most trusted of each first."""
    grid: dict[Key, list[_Run]] = {}
    for i, model in enumerate(models):
        runs = [_Run(i, model, result, conditions_of(catalog, result)) for result in model.results]
        for run in sorted(runs, key=lambda run: run.order):
            if run.result.benchmark in order:
                grid.setdefault((run.result.benchmark, run.conditions), []).append(run)
    return grid


def _tests(catalog: Catalog, runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """The results of at least two models in the same test, out of those that state the same conditions.

    Where the telling conditions are stated, all are of one test; but what a maker's table says of a rival is not ranked
    with the maker's own. Where one is not stated, only the results of one leaderboard are of one test.
    """
    boards: dict[tuple[str, str], list[_Run]] = {}
    if not unstated(runs[0].conditions):
        boards["", ""] = [run for run in runs if run.result.reporter or not _is_told(catalog, run, runs)]
    for run in runs if unstated(runs[0].conditions) else ():
        for source in run.result.source if run.result.reporter in BOARDS else ():
            boards.setdefault((source, str(run.result.reporter)), []).append(run)
    dealt: list[_Run] = []
    for name in sorted(boards, key=lambda name: (-len(_positions(boards[name])), name)):
        test = [run for run in boards[name] if run not in dealt]
        if len(_positions(test)) > 1:
            dealt += test
            yield test


def _positions(runs: Iterable[_Run]) -> set[int]:
    return {run.position for run in runs}


def _is_told(catalog: Catalog, run: _Run, runs: Sequence[_Run]) -> bool:
    """True if the table of a maker says this of a rival."""
    return any(
        _relation(catalog, run, other) is Comparability.ATTRIBUTED for other in runs if other.position != run.position
    )


def _counting(test: Sequence[_Run]) -> dict[int, _Run]:
    """The result of each model that counts; none of a model of which nothing says which one does."""
    found = {}
    for position in sorted(_positions(test)):
        own = [run for run in test if run.position == position]
        trusted = [run for run in own if run.result.reporter is own[0].result.reporter]
        newest = (run for run in trusted if all(_outdates(run.result, other.result) for other in trusted))
        if run := next(newest, None):
            found[position] = run
    return found


def _outdates(one: Result, other: Result) -> bool:
    """True if the second gives way: it says the same, or is older for certain."""
    is_same = one.score == other.score and (one.ci == other.ci or not other.ci)
    return is_same or (one.date is not None and other.date is not None and one.date.is_after(other.date))


def _spare(test: Sequence[_Run], counting: dict[int, _Run]) -> Iterator[ApartResult]:
    """The results of a test that have no place in its row."""
    unsettled = [run.model for run in test if run.position not in counting]
    for run in test:
        own = counting.get(run.position)
        if own is None:
            yield ApartResult(run.model, run.result, unsettled=run.model)
        elif own is not run:
            yield ApartResult(run.model, run.result, preferred=own.result)
        elif len(counting) == 1:
            yield ApartResult(run.model, run.result, unsettled=unsettled[0])


def _apart(catalog: Catalog, run: _Run, runs: Sequence[_Run]) -> ApartResult:
    """A result of no test, with the nearest one of another model."""
    found = []
    for other in runs:
        if other.position != run.position:
            differs = _differences(run.conditions, other.conditions)
            found.append((_relation(catalog, run, other), differs, other))
    if not found:
        return ApartResult(run.model, run.result)
    order = list(Comparability)
    relation, differs, other = min(found, key=lambda item: (order.index(item[0]), len(item[1]), repr(item[1])))
    is_one = relation is not Comparability.DIFFERENT_SOURCES
    origin = frozenset({*run.result.source} & {*other.result.source} if is_one else ())
    return ApartResult(run.model, run.result, other.model, relation, differs, origin)


def _relation(catalog: Catalog, one: _Run, other: _Run) -> Comparability:
    """How far two results may be compared that are not of the same test.

    An aggregator repeats what others measured: that it has both says nothing, unless the same reporter measured both.
    """
    kinds = {catalog.sources[name].kind for name in {*one.result.source} & {*other.result.source}}
    reporters = {one.result.reporter, other.result.reporter}
    maker, its_rival = one.model.organization.value, other.model.organization.value
    is_one_maker = maker is not None and maker == its_rival
    is_repeated = kinds == {SourceKind.AGGREGATOR} and None in reporters
    is_each_its_own = reporters == {Reporter.SELF} and not is_one_maker
    if not kinds or is_repeated or is_each_its_own or len(reporters - {None}) > 1:
        return Comparability.DIFFERENT_SOURCES
    if not is_one_maker and (Reporter.SELF in reporters or (SourceKind.VENDOR in kinds and None in reporters)):
        return Comparability.ATTRIBUTED
    return Comparability.OWN_SETTINGS


def _differences(here: Conditions, there: Conditions) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, one, other) for name, one, other in zip(CONDITIONS, here, there, strict=True) if one != other
    )

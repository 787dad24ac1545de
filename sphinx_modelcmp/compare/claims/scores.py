"""Who is ahead on a benchmark, who ties, and who cannot be told apart: only under the same conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.claims.evidence import Evidence, of_result
from sphinx_modelcmp.compare.results import SharedResult, split_results

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Wins:
    """One model has the best score of a benchmark that several share under the same conditions."""

    shared: SharedResult
    evidence: tuple[Evidence, ...]
    """The winner first, then the others in order."""

    @property
    def model(self) -> Model:
        """The winner."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Ties:
    """Several models share the best score."""

    shared: SharedResult
    tied: tuple[Evidence, ...]
    behind: tuple[Evidence, ...]
    """Those with a lesser score; none where all tie."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All scores."""
        return (*self.tied, *self.behind)


@dataclass(frozen=True, slots=True)
class Close:
    """The best score cannot be told from others: the confidence intervals overlap."""

    shared: SharedResult
    near: tuple[Evidence, ...]
    """The best score and those that cannot be told from it, in the order of the models."""
    behind: tuple[Evidence, ...]
    """Those that are clear of the best one."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All scores."""
        return (*self.near, *self.behind)


def wins(comparison: Comparison) -> tuple[Wins, ...]:
    """Shared benchmarks with one best score."""
    return tuple(
        Wins(row, _evidence(comparison, row, (*row.best, *_rest(row, row.best))))
        for row in _shared(comparison)
        if len(row.best) == 1
    )


def ties(comparison: Comparison) -> tuple[Ties, ...]:
    """Shared benchmarks on which all models tie, or those at the top."""
    return tuple(
        Ties(row, _evidence(comparison, row, row.top), _evidence(comparison, row, _rest(row, row.top)))
        for row in _shared(comparison)
        if len(row.top) > 1 and not row.close
    )


def close_calls(comparison: Comparison) -> tuple[Close, ...]:
    """Shared benchmarks on which the best score is not clear of all others."""
    return tuple(
        Close(row, _evidence(comparison, row, row.close), _evidence(comparison, row, _rest(row, row.close)))
        for row in _shared(comparison)
        if row.close
    )


def _shared(comparison: Comparison) -> tuple[SharedResult, ...]:
    return split_results(comparison.catalog, comparison.models, comparison.benchmarks)[0]


def _rest(row: SharedResult, first: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(i for i in row.held if i not in first)


def _evidence(comparison: Comparison, row: SharedResult, order: Iterable[int]) -> tuple[Evidence, ...]:
    found = ((comparison.models[i], row.results[i]) for i in order)
    return tuple(of_result(model, result) for model, result in found if result)

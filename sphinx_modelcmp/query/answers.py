"""Answers to queries: the models that match for certain, and those of which the catalog cannot say it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.query.conditions import Facts, Reason, Truth
    from sphinx_modelcmp.query.language import Query


@dataclass(frozen=True, slots=True)
class Undecided:
    """A model of which the facts do not decide a query."""

    model: Model
    reasons: tuple[Reason, ...]
    """The facts that are lacking, each with what is in its place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query, in the order of the models asked."""

    matched: tuple[str, ...]
    truths: tuple[Truth, ...] = ()
    """For each model asked whether the query is true of it; None where that is undecided."""
    undecided: tuple[Undecided, ...] = ()

    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """Every reason with the number of models that it leaves undecided, the most frequent first."""
        found = Counter(reason for model in self.undecided for reason in model.reasons)
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0][0], item[0][1].value)))


def answer(query: Query, facts: Facts, models: Iterable[Model]) -> Answer:
    """The models of which a query is true, and those of which it is undecided."""
    truths = [(model, query.condition.holds(facts, model)) for model in models]
    return Answer(
        matched=tuple(model.id for model, truth in truths if truth),
        truths=tuple(truth for _, truth in truths),
        undecided=tuple(
            Undecided(model, tuple(dict.fromkeys(query.condition.doubts(facts, model))))
            for model, truth in truths
            if truth is None
        ),
    )

"""Why one would pick a model: what it alone has, and where it is ahead, in a few words each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.page import Page

AHEAD = {
    "context_window": mark("long inputs"),
    "max_output": mark("long answers"),
    "knowledge_cutoff": mark("later knowledge"),
    "openness": mark("openness"),
}
"""What it is good for to lead a row. Being newer alone is no reason to choose a model."""
CHEAPER = {
    "cheapest_input": mark("For a low input price, choose {model}."),
    "cheapest_output": mark("For a low output price, choose {model}."),
}
"""Sentences of their own: a price that is gone gives way to the next one, and the other reasons stand as they did."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A few words, and the facts that carry them."""

    text: str
    evidence: tuple[Evidence, ...]


def reasons_for(page: Page, model: Model) -> tuple[Reason, ...]:
    """Reasons that facts carry, in a stable order; none where nothing speaks for the model."""
    return (*_own(page, model), *_worth_a_choice(page, model, AHEAD))


def prices_for(page: Page, model: Model) -> tuple[Reason, ...]:
    """The prices that speak for a model, each as a sentence."""
    return tuple(_worth_a_choice(page, model, CHEAPER))


def _own(page: Page, model: Model) -> Iterator[Reason]:
    for claim in page.alone:
        if claim.model is model:
            yield Reason(row_in_sentence(page, claim.row), claim.evidence)


def _worth_a_choice(page: Page, model: Model, phrases: dict[str, str]) -> Iterator[Reason]:
    for claim in page.leads:
        is_whole = len(claim.models) == len(page.models)
        if claim.field in phrases and claim.model is model and claim.is_clear and is_whole:
            yield Reason(page.say(phrases[claim.field], model=model.name), claim.evidence)

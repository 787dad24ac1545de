"""Why one would pick a model: what it alone has, and where it is ahead, in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.sections.page import Page

AHEAD = {
    "context_window": mark("long inputs"),
    "max_output": mark("long answers"),
    "cheapest_input": mark("a low input price"),
    "cheapest_output": mark("a low output price"),
    "knowledge_cutoff": mark("later knowledge"),
    "openness": mark("openness"),
}
"""What it is good for to lead a row. Being newer alone is no reason to choose a model."""

BEST_SCORE = mark_plural("the better score on {benchmarks}", "the best score on {benchmarks}")


def reasons_for(page: Page, model: Model) -> list[str]:
    """Reasons that facts carry, in a stable order; none where nothing speaks for the model."""
    own = [row_in_sentence(claim.row, page.words) for claim in claims.alone(page.comparison) if claim.model is model]
    ahead = [
        page.words.say(AHEAD[claim.field])
        for claim in claims.leads(page.comparison)
        if claim.model is model and claim.field in AHEAD and claim.is_clear and len(claim.models) == len(page.models)
    ]
    tests = [claim.shared.benchmark.name for claim in claims.wins(page.comparison) if claim.model is model]
    return [*own, *ahead, *([_best(page, list(dict.fromkeys(tests)))] if tests else [])]


def _best(page: Page, tests: list[str]) -> str:
    return page.count(*BEST_SCORE, len(page.models) - 1, benchmarks=page.words.list(tests))

"""How much is known of each model: no claim, and nothing that facts could prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.rows import capability_rows, price_rows, spec_rows

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison


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

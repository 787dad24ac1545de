"""Facts of a route that override those of its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.pricing import routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Fact, Model, Route

LIMITS = ("context_window", "max_output")


@dataclass(frozen=True, slots=True)
class Override:
    """What is different at one route."""

    route: Route
    fact: Fact[Any]


def overrides(model: Model, row: str) -> Iterator[Override]:
    """The routes that say something else of a limit or a capability than the model as a whole."""
    for route in routes_of(model):
        fact = getattr(route, row) if row in LIMITS else route.capabilities.get(row)
        if fact and fact.state is not State.UNKNOWN:
            own = getattr(model, row) if row in LIMITS else model.capability(row)
            if (fact.state, fact.value) != (own.state, own.value):
                yield Override(route, fact)

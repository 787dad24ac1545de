"""Certainty of facts: the values that a reader may meet, at any living route and by any reading of the highest rank."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import LIMITS, Fact
from sphinx_modelcmp.catalog.vocabulary import Charges, State
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.pricing import NoPrice, Quote
from sphinx_modelcmp.compare.readings import worlds
from sphinx_modelcmp.compare.rows import PRICING, beats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Model, Reading, Route
    from sphinx_modelcmp.catalog.vocabulary import Better
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.rows import Row


def values_of(comparison: Comparison, model: Model, name: str, fact: Fact[Any]) -> tuple[Any, ...]:
    """The values that a fact of a row may have, each once; empty where one of them is not known."""
    if isinstance(fact.value, Quote):
        get, _ = PRICING[name]
        said: list[Reading[Any]] = [
            get(comparison.catalog, one, comparison.day) for one in worlds(comparison.catalog, model)
        ]
    else:
        said = _at_routes(comparison, model, name, fact)
    if any(reading.state is not State.KNOWN or isinstance(reading.value, NoPrice) for reading in said):
        return ()
    found: list[Any] = []
    for reading in said:
        if not any(_is_level(reading.value, other) for other in found):
            found.append(reading.value)
    return () if _exceeds_the_window(comparison, model, name, found) else tuple(found)


def _exceeds_the_window(comparison: Comparison, model: Model, name: str, limits: Sequence[Any]) -> bool:
    """True for a limit that its context window denies. Lists write the window where there is no limit of the output."""
    if name not in {"max_input", "max_output"} or model.context_window.state is not State.KNOWN:
        return False
    windows = values_of(comparison, model, "context_window", model.context_window)
    room = min(windows, default=0) - (name == "max_output")
    return any(limit > room for limit in limits)


def _at_routes(comparison: Comparison, model: Model, name: str, fact: Fact[Any]) -> list[Reading[Any]]:
    """The foremost readings of a fact, and of the same fact at each living route."""
    catalog, day = comparison.catalog, comparison.day
    lists = [replace(model, routes=Fact(value=said.value)) for said in catalog.foremost(model.routes)]
    own = (own_fact(route, name) for held in lists for route in living_routes(held, day))
    facts = [fact, *(stated for stated in own if stated and stated.state is not State.UNKNOWN)]
    return [said for stated in facts for said in catalog.foremost(stated)]


def own_fact(route: Route, name: str) -> Fact[Any] | None:
    """The fact of a row that a route states for itself."""
    return getattr(route, name) if name in LIMITS else route.capabilities.get(name)


def the_value(values: Sequence[Any]) -> Any:
    """The one value that there is; None where there are several, or none."""
    return values[0] if len(values) == 1 else None


def best(comparison: Comparison, row: Row) -> tuple[int, ...]:
    """The positions of the better values, several if they tie; none that a route or a reading may turn round.

    A model that is not alive has no better value, and nothing is better than an uncertain one.
    """
    better = row.better
    held = held_values(comparison, row)
    if better is None or not all(held.values()):
        return ()

    def is_first(i: int) -> bool:
        return all(_is_tie(held[i], held[j]) or is_ahead(held[i], held[j], better) for j in held if j != i)

    found = tuple(filter(is_first, held))
    return found if len(found) < len(held) else ()


def held_values(comparison: Comparison, row: Row) -> dict[int, tuple[Any, ...]]:
    """The values that each living model may have in a row, by its position; nothing for those without a value."""
    models, ordered = comparison.models, row.name in PRICING and row.better
    return {
        i: values_of(comparison, models[i], row.name, fact)
        for i, fact in enumerate(row.facts)
        if fact.known and comparison.is_alive(models[i]) and (_is_complete(fact.value) or not ordered)
    }


def _is_complete(value: Any) -> bool:
    """True for a price of a route that lists all its charges."""
    return isinstance(value, Quote) and value.route.charges is not Charges.INCOMPLETE


def is_ahead(mine: Sequence[Any], others: Sequence[Any], better: Better) -> bool:
    """True if each of some values is better than each of others."""
    return all(beats(one, other, better) for one in mine for other in others)


def _is_tie(mine: Sequence[Any], others: Sequence[Any]) -> bool:
    return len(mine) == len(others) == 1 and _is_level(mine[0], others[0])


def _is_level(one: Any, other: Any) -> bool:
    if isinstance(one, Quote) and isinstance(other, Quote):
        return (one.amount, one.currency) == (other.amount, other.currency)
    return bool(one == other)

"""Certainty of facts: the values that a reader may meet, at any living route and by any reading of the highest rank."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Charges, State
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, gives_output
from sphinx_modelcmp.compare.readings import worlds
from sphinx_modelcmp.compare.rows import PRICING, beats

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Reading
    from sphinx_modelcmp.catalog.vocabulary import Better
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.rows import Row


LEVEL_SIZE, LEVEL_PRICE = Decimal("1.1"), Decimal("1.05")
"""Up to these factors sizes and prices are level."""
LEVEL_DAYS = 92
"""Up to so many days dates are level: about three months."""


def values_of(comparison: Comparison, model: Model, name: str, fact: Fact[Any]) -> tuple[Any, ...]:
    """The values that a fact of a row may have, each once; empty where one of them is not known."""
    return _values(comparison, model, name, _readings(comparison, model, name, fact))


def _values(comparison: Comparison, model: Model, name: str, readings: Sequence[Reading[Any]]) -> tuple[Any, ...]:
    if not all(map(_is_value, readings)):
        return ()
    found: list[Any] = []
    for value in (reading.value for reading in readings):
        if not any(_is_level(value, other) or is_coarser(value, other) for other in found):
            found = [*(other for other in found if not is_coarser(other, value)), value]
    return () if _exceeds_the_window(comparison, model, name, found) else tuple(found)


def _readings(comparison: Comparison, model: Model, name: str, fact: Fact[Any]) -> tuple[Reading[Any], ...]:
    """The fact as it is shown and its foremost readings, also of the same fact at each living route.

    Of a price the lowest one under each choice between price lists of equal rank.
    """
    catalog, day = comparison.catalog, comparison.day
    if name in PRICING and PRICING[name][1]:
        get, _ = PRICING[name]
        return tuple(get(catalog, world, day) for world in worlds(catalog, model))
    at_routes = (said for own in _at_routes(catalog, model, name, day) if own for said in catalog.foremost(own))
    return (fact, *catalog.foremost(fact), *at_routes)


def met(
    catalog: Catalog, model: Model, name: str, fact: Fact[Any], day: datetime.date | None
) -> tuple[Reading[Any], ...]:
    """The readings that a reader may meet of a fact that routes may state for themselves.

    Where each living route states its own value, nobody meets that of the model.
    """
    at_routes = [*_at_routes(catalog, model, name, day)]
    facts = at_routes if at_routes and all(at_routes) else [fact, *at_routes]
    return tuple(said for held in facts if held for said in (held, *catalog.foremost(held)))


def _at_routes(catalog: Catalog, model: Model, name: str, day: datetime.date | None) -> Iterator[Fact[Any] | None]:
    """The fact of each living route by any list of routes; None of one that states none."""
    for said in catalog.foremost(model.routes):
        for route in living_routes(model, day, said.value or ()):
            own = route.own_fact(name)
            yield own if own and own.state is not State.UNKNOWN else None


def spread_of(comparison: Comparison, model: Model, name: str, fact: Fact[Any]) -> tuple[Any, ...]:
    """The least and the greatest number or date that a reader may meet; nothing where that is the one that is shown."""
    values = _values(comparison, model, name, met(comparison.catalog, model, name, fact, comparison.day))
    if not all(isinstance(value, int | Decimal | PartialDate) for value in values) or values in ((), (fact.value,)):
        return ()
    key = (lambda date: date.first) if isinstance(values[0], PartialDate) else None
    return min(values, key=key), max(values, key=key)


def _is_value(reading: Reading[Any]) -> bool:
    """True for a value that can be compared: of prices, only for one that is the lowest for sure."""
    value = reading.value
    is_sure = not isinstance(value, Quote) or value.is_sure
    return reading.state is State.KNOWN and is_sure and not isinstance(value, NoPrice)


def _is_counted(reading: Reading[Any]) -> bool:
    """True for a value that stands for its model, sure or not: a price that leaves charges out does not."""
    is_partial = isinstance(reading.value, Quote) and reading.value.route.charges is Charges.INCOMPLETE
    return _is_value(reading) or (isinstance(reading.value, Quote) and not is_partial)


def is_coarser(one: Any, other: Any) -> bool:
    """True for a less precise date that contains another one."""
    return isinstance(one, PartialDate) and isinstance(other, PartialDate) and one.contains(other)


def _exceeds_the_window(comparison: Comparison, model: Model, name: str, limits: Sequence[Any]) -> bool:
    """True for a limit that its context window denies. Lists write the window where there is no limit of the output."""
    if name not in {"max_input", "max_output"} or model.context_window.state is not State.KNOWN:
        return False
    windows = values_of(comparison, model, "context_window", model.context_window)
    room = min(windows, default=0) - (name == "max_output")
    return any(limit > room for limit in limits)


def the_value(values: Sequence[Any]) -> Any:
    """The one value that there is; None where there are several, or none."""
    return values[0] if len(values) == 1 else None


def best(comparison: Comparison, row: Row) -> tuple[int, ...]:
    """The positions of the better values, several if they tie; none that a route or a reading may turn round.

    A model that is not alive has no better value, and nothing is better than an uncertain one.
    """
    better = row.better
    held = held_values(comparison, row)
    # Those that give vectors are for another job than those that answer.
    jobs = {gives_output(comparison.models[i]) for i in held}
    if better is None or not all(held.values()) or (row.name in PRICING and len(jobs) > 1):
        return ()

    def is_first(i: int) -> bool:
        return all(_is_tie(held[i], held[j]) or is_ahead(held[i], held[j], better) for j in held if j != i)

    found = tuple(filter(is_first, held))
    return found if len(found) < len(held) else ()


def held_values(comparison: Comparison, row: Row) -> dict[int, tuple[Any, ...]]:
    """The values that each living model may have in a row, by its position; nothing for those without a value.

    The values are empty where some reading or route has none, or none that can be compared.
    """
    sides = enumerate(zip(comparison.models, row.facts, strict=True))
    said = {
        i: (model, _readings(comparison, model, row.name, fact))
        for i, (model, fact) in sides
        if comparison.is_alive(model)
    }
    return {
        i: _values(comparison, model, row.name, readings)
        for i, (model, readings) in said.items()
        if any(map(_is_counted, readings))
    }


def is_ahead(mine: Sequence[Any], others: Sequence[Any], better: Better) -> bool:
    """True if each of some values is better than each of others, by more than nobody would notice."""
    return all(beats(one, other, better) and is_apart(one, other) for one in mine for other in others)


def is_apart(one: Any, other: Any) -> bool:
    """True of two values that are not level: 131,072 tokens and 128,000 are one size."""
    match one, other:
        case PartialDate(), PartialDate():
            first, second = sorted((one, other), key=lambda date: date.first)
            return (second.first - first.last).days > LEVEL_DAYS
        case Quote(), Quote():
            return max(one.amount, other.amount) > LEVEL_PRICE * min(one.amount, other.amount)
        case ((int() | Decimal()), (int() | Decimal())) if not isinstance(one, bool):
            return max(one, other) > LEVEL_SIZE * min(one, other)
    return bool(one != other)


def _is_tie(mine: Sequence[Any], others: Sequence[Any]) -> bool:
    return len(mine) == len(others) == 1 and _is_level(mine[0], others[0])


def _is_level(one: Any, other: Any) -> bool:
    if isinstance(one, Quote) and isinstance(other, Quote):
        return (one.amount, one.currency) == (other.amount, other.currency)
    return bool(one == other)


def takes_longest(comparison: Comparison, first: Model, *others: Model) -> bool:
    """True if a model takes longer inputs than others, by its context window and the limits of its input."""
    least, _ = _taken(comparison, first)
    return all(least > most for _, most in (_taken(comparison, model) for model in others))


def _taken(comparison: Comparison, model: Model) -> tuple[int, int]:
    """The least and the greatest number of input tokens that the limits of a model and its living routes leave."""
    holders = (model, *living_routes(model, comparison.day))
    windows, inputs = (
        [said.value for held in holders for said in comparison.catalog.foremost(getattr(held, name)) if said.value]
        for name in ("context_window", "max_input")
    )
    return min((*windows, *inputs)), min(max(windows), max(inputs or windows))

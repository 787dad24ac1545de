"""Differences between two catalogs: facts that both know, and know differently, with their sources.

A fact that only one of them knows is no disagreement. A fact with several values agrees with any of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import FACTS, LIMITS, Family, Hours, Modalities, Parameters, agree
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, State
from sphinx_modelcmp.compare.pricing import prices_of, quoted, routes_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Reading, Route

_FACTS = tuple(name for name, about in FACTS.items() if about.group != "texts")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: the value, or each of several, and its sources."""

    values: tuple[str, ...]
    source: tuple[str, ...] = ()
    """Ids of sources in that side's catalog."""
    checked: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One fact that two catalogs have different values for."""

    model: str
    """Id in the first catalog."""
    field: str
    """Name of the fact, the capability or the component of a price."""
    at: str = ""
    """For a fact of a route: the provider and the region."""
    when: str = ""
    """For a price: its condition."""
    one: Side
    other: Side
    factor: Decimal | None = None
    """The larger number divided by the smaller; None for a value that is no number, and for a zero."""
    is_price: bool = False


@dataclass(frozen=True, slots=True)
class CatalogDiff:
    """Result of comparing two catalogs."""

    shared: int
    """The number of models that both have."""
    compared: int
    """The number of facts of these that both know."""
    disagreements: tuple[Disagreement, ...]
    """Facts of models before prices; of one field the farthest apart first."""


def diff_catalogs(
    one: Catalog,
    other: Catalog,
    day: datetime.date | None,
    *,
    is_wanted: Callable[[Model], bool] = lambda _: True,
    names: Mapping[str, str] | None = None,
) -> CatalogDiff:
    """Compare two catalogs on a day. A model is found by its id or an alias, in either.

    ``names`` are ids of providers in the other catalog, with the names of the same providers in the first.
    """
    shared = 0
    compared: list[Disagreement | None] = []
    for model in one.models.values():
        theirs = next((match for name in (model.id, *model.aliases) if (match := other.find(name))), None)
        if theirs and is_wanted(model):
            shared += 1
            compared += _facts(model, theirs)
            compared += _routes((one, model), (other, theirs), day, names or {})
    disagreements = sorted((item for item in compared if item), key=_rank)
    return CatalogDiff(shared, len(compared), tuple(disagreements))


def compared_names(one: Catalog, other: Catalog, *, prices: bool = False) -> frozenset[str]:
    """The names of everything that two catalogs can disagree on: facts, flags and components, or prices only."""
    facts = () if prices else (*_FACTS, *CAPABILITIES, *one.fields, *other.fields)
    return frozenset((*facts, *PRICE_COMPONENTS))


def _rank(item: Disagreement) -> tuple[bool, str, Decimal, str, str, str]:
    return item.is_price, item.field, -(item.factor or Decimal(0)), item.model, item.at, item.when


# --- facts: each one compared, or None if the two agree -------------------------------------------------------------


def _facts(one: Model, other: Model) -> Iterator[Disagreement | None]:
    for name in _FACTS:
        yield from _fact(one.id, name, getattr(one, name), getattr(other, name))
    for name in dict.fromkeys((*one.capabilities, *CAPABILITIES)):
        yield from _fact(one.id, name, one.capability(name), other.capability(name))
    for name in one.house.keys() & other.house.keys():
        yield from _fact(one.id, name, one.house[name], other.house[name])


def _fact(model: str, name: str, one: Fact[Any], other: Fact[Any], at: str = "") -> Iterator[Disagreement | None]:
    if State.UNKNOWN in {one.state, other.state}:
        return
    if any(_agree(here, there) for here in one.readings for there in other.readings):
        yield None
    else:
        factor = _factor(one.value, other.value)
        yield Disagreement(model=model, field=name, at=at, one=_side(one), other=_side(other), factor=factor)


def _side(fact: Fact[Any]) -> Side:
    values = dict.fromkeys(_text(reading) for reading in fact.readings)
    sources = dict.fromkeys(name for reading in fact.readings for name in reading.source)
    return Side(tuple(values), tuple(sources), fact.checked)


def _agree(one: Reading[Any], other: Reading[Any]) -> bool:
    """True if two readings agree, in whatever spelling."""
    return agree(one, other) or _text(one) == _text(other)


def _text(reading: Reading[Any]) -> str:
    return plain(reading.value) if reading.state is State.KNOWN else reading.state.value


def plain(value: Any) -> str:
    """A value in one spelling, the same for equal ones."""
    if isinstance(value, Parameters):
        active = f" ({plain(value.active)} active)" if value.active else ""
        return f"{plain(value.total)}{active}"
    if isinstance(value, Family | Modalities):
        return "; ".join(f"{name} {plain(part)}" for name, part in asdict(value).items() if part)
    if isinstance(value, tuple):
        return ", ".join(sorted(map(plain, value)))
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{Decimal(value).normalize():f}"
    return str(value)


def _factor(one: Any, other: Any) -> Decimal | None:
    numbers = [value.total if isinstance(value, Parameters) else value for value in (one, other)]
    if any(isinstance(value, bool) or not isinstance(value, int | Decimal) for value in numbers):
        return None
    small, large = sorted(Decimal(value) for value in numbers)
    return large / small if small > 0 else None


# --- routes --------------------------------------------------------------------------------------------------------


def _routes(
    one: tuple[Catalog, Model], other: tuple[Catalog, Model], day: datetime.date | None, names: Mapping[str, str]
) -> Iterator[Disagreement | None]:
    model = one[1].id
    for mine, theirs in paired(routes_of(one[1]), routes_of(other[1]), names):
        at = f"{mine.provider} ({mine.region})" if mine.region else mine.provider
        for name in LIMITS:
            yield from _fact(model, name, getattr(mine, name), getattr(theirs, name), at)
        their_prices = amounts(other[0], theirs, day)
        for key, (amount, side) in amounts(one[0], mine, day).items():
            if key in their_prices:
                component, when, _ = key
                their_amount, their_side = their_prices[key]
                found = Disagreement(
                    model=model,
                    field=component,
                    at=at,
                    when=when,
                    one=side,
                    other=their_side,
                    factor=_factor(amount, their_amount),
                    is_price=True,
                )
                yield found if amount != their_amount else None


def paired(mine: Sequence[Route], theirs: Sequence[Route], names: Mapping[str, str]) -> Iterator[tuple[Route, Route]]:
    """Routes of the same provider and region: those of one id, else the only route of each side."""
    places: tuple[dict[Any, list[Route]], ...] = (defaultdict(list), defaultdict(list))
    for route in mine:
        places[0][route.provider, _folded(route.region)].append(route)
    for route in theirs:
        places[1][names.get(route.provider, route.provider), _folded(route.region)].append(route)
    for place, here in places[0].items():
        there = places[1].get(place, [])
        called = {_folded(route.id): route for route in there}
        same = [(route, called[_folded(route.id)]) for route in here if _folded(route.id) in called]
        yield from same or ([(here[0], there[0])] if len(here) == len(there) == 1 else [])


def _folded(text: str | None) -> str:
    return (text or "").casefold()


def amounts(
    catalog: Catalog, route: Route, day: datetime.date | None
) -> dict[tuple[str, str, str], tuple[Decimal, Side]]:
    """The prices in force on a day, by component, condition and currency."""
    found = {}
    for price in prices_of(route, day):
        source = price.source or route.prices.source or route.source
        checked = price.checked or route.prices.checked or route.checked
        for component, amount in price.components.items():
            currency = quoted(catalog, route, price, component).currency
            found[component, _when(price), currency] = amount, Side((plain(amount),), source, checked)
    return found


def _when(price: Price) -> str:
    when = price.when
    return ", ".join(f"{name} {_condition(getattr(when, name))}" for name in sorted(when.named)) if when else ""


def _condition(value: Any) -> str:
    if isinstance(value, Hours):
        return f"{value.start}–{value.end}"
    return " ".join(value) if isinstance(value, tuple) else str(value)

"""Where two catalogs say different things of one model, with how far they are apart and who says so.

Only what both know is set side by side: that one of them does not know a fact is no disagreement. A fact with several
values agrees with any of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import FACTS, Hours, Parameters
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, State
from sphinx_modelcmp.compare.pricing import prices_of, routes_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Price, Reading, Route

_FACTS = tuple(name for name, about in FACTS.items() if about.group != "texts")


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says: the value, or each of several, and who says so."""

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
    """For a price: the condition that it holds under."""
    one: Said
    other: Said
    factor: Decimal | None = None
    """The larger number divided by the smaller; None for what is no number, and for a zero."""
    is_price: bool = False


@dataclass(slots=True)
class Held:
    """Two catalogs, held against each other."""

    shared: int = 0
    """How many models both have."""
    compared: int = 0
    """How many facts of these both know."""
    disagreements: list[Disagreement] = field(default_factory=list)


def hold(
    one: Catalog,
    other: Catalog,
    day: datetime.date | None,
    *,
    is_wanted: Callable[[Model], bool] = lambda _: True,
    names: Mapping[str, str] | None = None,
) -> Held:
    """Hold a catalog against another one, on a day. A model is found by its id or an alias, in either.

    ``names`` are ids of providers in the other catalog, to what they are called in the first.
    """
    found = Held()
    for model in one.models.values():
        theirs = next((match for name in (model.id, *model.aliases) if (match := other.find(name))), None)
        if theirs and is_wanted(model):
            found.shared += 1
            _facts(model, theirs, found)
            _routes((one, model), (other, theirs), day, names or {}, found)
    found.disagreements.sort(key=_rank)
    return found


def comparable(one: Catalog, other: Catalog, *, prices: bool = False) -> frozenset[str]:
    """The names of everything that two catalogs can disagree on: facts, flags and components, or prices only."""
    facts = () if prices else (*_FACTS, *CAPABILITIES, *one.fields, *other.fields)
    return frozenset((*facts, *PRICE_COMPONENTS))


def _rank(found: Disagreement) -> tuple[bool, str, Decimal, str, str, str]:
    """Facts of models before prices; of one field the farthest apart first."""
    return found.is_price, found.field, -(found.factor or Decimal(0)), found.model, found.at, found.when


# --- facts ---------------------------------------------------------------------------------------------------------


def _facts(one: Model, other: Model, found: Held) -> None:
    for name in _FACTS:
        _fact(name, getattr(one, name), getattr(other, name), one.id, "", found)
    for mine, theirs in ((one.capabilities, other.capabilities), (one.house, other.house)):
        for name in mine.keys() & theirs.keys():
            _fact(name, mine[name], theirs[name], one.id, "", found)


def _fact(name: str, one: Fact[Any], other: Fact[Any], model: str, at: str, found: Held) -> None:
    if State.UNKNOWN in {one.state, other.state}:
        return
    found.compared += 1
    mine, theirs = _said(one), _said(other)
    if not any(_agree(here, there) for here in one.readings for there in other.readings):
        factor = _factor(one.value, other.value)
        found.disagreements.append(Disagreement(model=model, field=name, at=at, one=mine, other=theirs, factor=factor))


def _said(fact: Fact[Any]) -> Said:
    values = dict.fromkeys(_text(reading) for reading in fact.readings)
    sources = dict.fromkeys(name for reading in fact.readings for name in reading.source)
    return Said(tuple(values), tuple(sources), fact.checked)


def _agree(one: Reading[Any], other: Reading[Any]) -> bool:
    """A date agrees with a less precise one that it lies in."""
    here, there = _text(one), _text(other)
    if isinstance(one.value, PartialDate) and isinstance(other.value, PartialDate):
        return here.startswith(there) or there.startswith(here)
    return here == there


def _text(reading: Reading[Any]) -> str:
    return plain(reading.value) if reading.state is State.KNOWN else reading.state.value


def plain(value: Any) -> str:
    """A value in one spelling, the same for equal ones."""
    if isinstance(value, Parameters):
        active = f" ({plain(value.active)} active)" if value.active else ""
        return f"{plain(value.total)}{active}"
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
    one: tuple[Catalog, Model],
    other: tuple[Catalog, Model],
    day: datetime.date | None,
    names: Mapping[str, str],
    found: Held,
) -> None:
    model = one[1].id
    for mine, theirs in _pairs(routes_of(one[1]), routes_of(other[1]), names):
        at = f"{mine.provider} ({mine.region})" if mine.region else mine.provider
        _fact("context_window", mine.context_window, theirs.context_window, model, at, found)
        _fact("max_output", mine.max_output, theirs.max_output, model, at, found)
        prices = _amounts(one[0], mine, day), _amounts(other[0], theirs, day)
        for key in prices[0].keys() & prices[1].keys():
            found.compared += 1
            (amount, said), (their_amount, they_said) = prices[0][key], prices[1][key]
            if amount != their_amount:
                factor = _factor(amount, their_amount)
                disagreement = Disagreement(
                    model=model,
                    field=key[0],
                    at=at,
                    when=key[1],
                    one=said,
                    other=they_said,
                    factor=factor,
                    is_price=True,
                )
                found.disagreements.append(disagreement)


def _pairs(mine: Sequence[Route], theirs: Sequence[Route], names: Mapping[str, str]) -> Iterator[tuple[Route, Route]]:
    """Routes of one place: of the same name there, else the only one of each."""
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


def _amounts(
    catalog: Catalog, route: Route, day: datetime.date | None
) -> dict[tuple[str, str, str], tuple[Decimal, Said]]:
    """What stands in the price list on a day, by component, condition and currency."""
    found = {}
    for price in prices_of(route, day):
        currency = price.currency or route.currency or catalog.currency
        for component, amount in price.components.items():
            source = price.source or route.prices.source or route.source
            checked = price.checked or route.prices.checked or route.checked
            found[component, _when(price), currency] = amount, Said((plain(amount),), source, checked)
    return found


def _when(price: Price) -> str:
    when = price.when
    return ", ".join(f"{name} {_condition(getattr(when, name))}" for name in sorted(when.named)) if when else ""


def _condition(value: Any) -> str:
    if isinstance(value, Hours):
        return f"{value.start}–{value.end}"
    return " ".join(value) if isinstance(value, tuple) else str(value)

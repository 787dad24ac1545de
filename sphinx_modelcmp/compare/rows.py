"""Rows of the tables: one fact of every model compared, and whether the values differ."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sphinx_modelcmp.catalog.records import (
    FACTS,
    LIMITS,
    UNKNOWN,
    Catalog,
    Fact,
    HouseField,
    Lifecycle,
    Model,
    Parameters,
    Reading,
    Route,
    agree,
)
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, Better, CommercialUse, FieldGroup, Openness, State
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, Why, cheapest
from sphinx_modelcmp.compare.results import split_results

Get = Callable[[Catalog, Model, datetime.date | None], Fact[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of every model compared, in their order."""

    name: str
    facts: tuple[Fact[Any], ...]
    better: Better | None = None
    house: HouseField | None = None
    """The declaration, if the row is one of the house's own."""

    @property
    def is_occasional(self) -> bool:
        """True if it is left out where no model has it: a house's own row is often about one kind of model only."""
        return bool(self.house) or (self.name in FACTS and FACTS[self.name].is_occasional)

    @property
    def is_unknown(self) -> bool:
        """True if nobody has said anything about any of the models."""
        return all(fact.state is State.UNKNOWN for fact in self.facts)

    @property
    def differs(self) -> bool:
        """True if two known values are different: nothing differs from what is unknown."""
        told = [replace(fact, value=_told(fact.value)) for fact in self.facts if fact.known]
        known = [fact for fact in told if fact.value is not None]
        return any(not agree(fact, known[0]) for fact in known[1:])


def _told(value: Any) -> Any:
    """What a row compares of a value: of a price its amount wherever it is asked, of a list its items in any order.

    None of a price that the lists leave out: nobody knows it.
    """
    match value:
        case Quote():
            return value.amount, value.currency
        case NoPrice():
            return None if value.why is Why.MISSING else (value.why, value.date, value.was and _told(value.was))
        case Lifecycle():
            return value.status, value.deprecated, value.shutdown, value.successor
        case tuple():
            return frozenset(value)
    return value


def beats(one: Any, other: Any, better: Better) -> bool:
    """True if a value is better than another for certain; values that cannot be compared never are."""
    if better is Better.LOWER:
        one, other = other, one
    if isinstance(one, PartialDate):
        return bool(one.is_after(other))
    if isinstance(one, Quote):
        return one.currency == other.currency and bool(one.amount > other.amount)
    if isinstance(one, Openness):
        return list(Openness).index(one) < list(Openness).index(other)
    if isinstance(one, Parameters):
        return bool(one.total > other.total)
    return bool(one > other)


def currencies(row: Row) -> frozenset[str]:
    """The currencies of the prices in a row."""
    return frozenset(fact.value.currency for fact in row.facts if isinstance(fact.value, Quote))


def _plain(name: str) -> Get:
    return lambda _catalog, model, _day: getattr(model, name)


def commercial_use(catalog: Catalog, model: Model, _day: datetime.date | None) -> Fact[Any]:
    """The model's own statement, or else its license's, with the license's source."""
    if model.commercial_use.state is not State.UNKNOWN or not model.license.known:
        return model.commercial_use
    first, *others = (_terms(catalog, said) for said in model.license.readings)
    if first.state is not State.KNOWN:
        return UNKNOWN
    return Fact(value=first.value, state=first.state, source=first.source, checked=first.checked, others=tuple(others))


def _terms(catalog: Catalog, said: Reading[str]) -> Reading[CommercialUse]:
    """The commercial use that a reading of the license comes to."""
    use = catalog.licenses[said.value].commercial_use if said.value else None
    return (
        Reading(value=use, state=State.KNOWN, source=said.source, checked=said.checked)
        if use
        else Reading(source=said.source)
    )


def lifecycle(_catalog: Catalog, model: Model, _day: datetime.date | None) -> Fact[Lifecycle]:
    """The lifecycle as a fact."""
    held = model.lifecycle
    if held is None or not (held.status or held.deprecated or held.shutdown):
        return UNKNOWN
    return Fact(value=held, state=State.KNOWN, source=held.source, checked=held.checked, note=held.note)


def providers(_catalog: Catalog, model: Model, day: datetime.date | None) -> Fact[tuple[str, ...]]:
    """The ids of the providers that serve a model on a day, once each."""
    said: Fact[Any] = model.routes
    value = _providers(model, said, day)
    others = (replace(other, value=_providers(model, other, day, value or ())) for other in said.others)
    return Fact(
        value=value, state=said.state, source=said.source, checked=said.checked, note=said.note, others=tuple(others)
    )


def _providers(
    model: Model, said: Reading[Any], day: datetime.date | None, order: tuple[str, ...] = ()
) -> tuple[str, ...] | None:
    if said.state is not State.KNOWN:
        return None
    names = dict.fromkeys(route.provider for route in living_routes(model, day, said.value or ()))
    # Two lists of the same providers agree, whichever comes first.
    return tuple(sorted(names, key=lambda name: order.index(name) if name in order else len(order)))


def _cheapest(component: str) -> Get:
    return lambda catalog, model, day: cheapest(catalog, model, component, day)


_DERIVED: dict[str, Get] = {"commercial_use": commercial_use}
"""Facts that may follow from another one."""
SPECS: dict[str, tuple[Get, Better | None]] = {
    **{name: (_DERIVED.get(name, _plain(name)), about.better) for name, about in FACTS.items() if about.is_row},
    "lifecycle": (lifecycle, None),
}
SCORECARD: dict[str, tuple[Get, Better | None]] = {
    "kind": (_plain("kind"), None),
    "best_for": (_plain("best_for"), None),
    "fits": (_plain("fits"), None),
    "context_window": SPECS["context_window"],
    "cheapest_input": (_cheapest("input"), Better.LOWER),
    "cheapest_output": (_cheapest("output"), Better.LOWER),
    "providers": (providers, None),
}
PRICING: dict[str, tuple[Get, Better | None]] = {
    "cheapest_input": SCORECARD["cheapest_input"],
    "cheapest_output": SCORECARD["cheapest_output"],
    "providers": SCORECARD["providers"],
}
SHARED_BENCHMARKS = "shared_benchmarks"
BUILT_IN = (*SCORECARD, SHARED_BENCHMARKS, *SPECS, *PRICING, *CAPABILITIES)
"""The names of the rows that need no declaration; some stand in several tables."""
NEUTRAL = frozenset(name for name, about in FACTS.items() if about.is_neutral)
"""Ordered rows in which neither end is an advantage for everybody."""


def field_names(catalog: Catalog) -> tuple[str, ...]:
    """Every row name that ``:fields:`` takes: built in, and the house's own."""
    return tuple(dict.fromkeys((*BUILT_IN, *catalog.fields)))


def spec_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """The built-in specs, then the house's own."""
    own = (
        Row(name, tuple(m.house.get(name, UNKNOWN) for m in models), field.better, field)
        for name, field in catalog.fields.items()
        if field.group is FieldGroup.SPECS and name not in FACTS
    )
    return (*_rows(SPECS, catalog, models, day), *own)


def scorecard_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """The facts that usually decide first. A single model shares no benchmark with another."""
    rows = _rows(SCORECARD, catalog, models, day)
    if len(models) < 2:
        return rows
    shared, _ = split_results(catalog, models)
    counts = [len({row.name for row in shared if row.results[i]}) for i in range(len(models))]
    return (*rows, Row(SHARED_BENCHMARKS, tuple(Fact(value=count, state=State.KNOWN) for count in counts)))


def price_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """The cheapest prices that apply at any hour, and the providers."""
    return _rows(PRICING, catalog, models, day)


def capability_rows(catalog: Catalog, models: Sequence[Model], _day: datetime.date | None = None) -> tuple[Row, ...]:
    """The built-in capabilities, then the house's own."""
    house = {
        name: field
        for name, field in catalog.fields.items()
        if field.group is FieldGroup.CAPABILITIES and name not in FACTS
    }
    return tuple(
        Row(name, tuple(m.capability(name) for m in models), field.better if field else None, field)
        for name, field in {**dict.fromkeys(CAPABILITIES), **house}.items()
    )


def _rows(
    table: dict[str, tuple[Get, Better | None]], catalog: Catalog, models: Sequence[Model], day: datetime.date | None
) -> tuple[Row, ...]:
    return tuple(
        Row(name, tuple(get(catalog, m, day) for m in models), better) for name, (get, better) in table.items()
    )


TABLES: dict[str, Callable[[Catalog, Sequence[Model], datetime.date | None], tuple[Row, ...]]] = {
    "scorecard": scorecard_rows,
    "specs": spec_rows,
    "pricing": price_rows,
    "capabilities": capability_rows,
}
"""The rows of each section that is a table of facts."""


@dataclass(frozen=True, slots=True)
class Override:
    """Fact of a route that overrides the one of its model."""

    route: Route
    fact: Fact[Any]


def overrides(model: Model, row: str, day: datetime.date | None) -> Iterator[Override]:
    """The living routes with another limit or capability than the model as a whole, or with a note on their own."""
    own = getattr(model, row) if row in LIMITS else model.capability(row)
    for route in living_routes(model, day):
        fact = route.own_fact(row)
        is_same = fact is None or fact.state is State.UNKNOWN or all(agree(said, own) for said in fact.readings)
        if fact and (fact.note or not is_same):
            yield Override(route, fact)

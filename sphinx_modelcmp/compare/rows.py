"""The rows of the tables: one fact of every model compared, whether they differ and which is the better one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sphinx_modelcmp.catalog.records import FACTS, UNKNOWN, Catalog, Fact, HouseField, Lifecycle, Model, Parameters
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, Better, FieldGroup, Openness, State
from sphinx_modelcmp.compare.pricing import Quote, cheapest, routes_of
from sphinx_modelcmp.compare.results import split_results

Get = Callable[[Catalog, Model, datetime.date | None], Fact[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of every model compared, in their order."""

    name: str
    facts: tuple[Fact[Any], ...]
    better: Better | None = None
    house: HouseField | None = None
    """The declaration of a house's own row."""

    @property
    def differs(self) -> bool:
        """Whether any two cells say different things; a value beside an unknown is a difference."""
        first = self.facts[0]
        return any((fact.state, fact.value) != (first.state, first.value) for fact in self.facts[1:])

    @property
    def best(self) -> tuple[int, ...]:
        """The positions of the better values; none where better is undefined, or fewer than two values, or all tie."""
        if self.better is None:
            return ()
        known = [i for i, fact in enumerate(self.facts) if fact.known]
        if len(known) < 2:
            return ()
        winners = tuple(i for i in known if not any(self._beats(other, i) for other in known))
        return winners if len(winners) < len(known) and len(currencies(self)) < 2 else ()

    def _beats(self, one: int, other: int) -> bool:
        return beats(self.facts[one].value, self.facts[other].value, self.better or Better.HIGHER)


def beats(one: Any, other: Any, better: Better) -> bool:
    """Whether a value is better than another for certain; values that cannot be set against each other never are."""
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
    use = catalog.licenses[str(model.license.value)].commercial_use
    return (
        Fact(value=use, state=State.KNOWN, source=model.license.source, checked=model.license.checked)
        if use
        else UNKNOWN
    )


def lifecycle(_catalog: Catalog, model: Model, _day: datetime.date | None) -> Fact[Lifecycle]:
    """The lifecycle as a fact."""
    held = model.lifecycle
    if held is None or not (held.status or held.deprecated or held.shutdown):
        return UNKNOWN
    return Fact(value=held, state=State.KNOWN, source=held.source, checked=held.checked, note=held.note)


def providers(_catalog: Catalog, model: Model, _day: datetime.date | None) -> Fact[tuple[str, ...]]:
    """The ids of the providers that serve a model, once each."""
    routes = model.routes
    names = tuple(dict.fromkeys(route.provider for route in routes_of(model)))
    value = names if routes.known else None
    return Fact(value=value, state=routes.state, source=routes.source, checked=routes.checked, note=routes.note)


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
    "cheapest_output": (_cheapest("output"), Better.LOWER),
    "providers": (providers, None),
}
PRICING: dict[str, tuple[Get, Better | None]] = {
    "cheapest_input": (_cheapest("input"), Better.LOWER),
    "cheapest_output": SCORECARD["cheapest_output"],
    "providers": SCORECARD["providers"],
}
SHARED_BENCHMARKS = "shared_benchmarks"
NEUTRAL = frozenset(name for name, about in FACTS.items() if about.is_neutral)
"""Rows with an order that a claim can speak of, but in which neither end is an advantage for everybody."""


def field_names(catalog: Catalog) -> tuple[str, ...]:
    """Every row name that ``:fields:`` takes: built in, and the house's own."""
    built_in = (*SCORECARD, SHARED_BENCHMARKS, *SPECS, *PRICING, *CAPABILITIES)
    return tuple(dict.fromkeys((*built_in, *catalog.fields)))


def spec_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """The built-in specs, then the house's own."""
    own = (
        Row(name, tuple(m.house.get(name, UNKNOWN) for m in models), field.better, field)
        for name, field in catalog.fields.items()
        if field.group is FieldGroup.SPECS
    )
    return (*_rows(SPECS, catalog, models, day), *own)


def scorecard_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """What decides first. One model alone shares no benchmark with another."""
    if len(models) < 2:
        return _rows(SCORECARD, catalog, models, day)
    shared, _ = split_results(catalog, models)
    counts = [sum(1 for row in shared if row.results[i]) for i in range(len(models))]
    rows = _rows(SCORECARD, catalog, models, day)
    return (*rows, Row(SHARED_BENCHMARKS, tuple(Fact(value=count, state=State.KNOWN) for count in counts)))


def price_rows(catalog: Catalog, models: Sequence[Model], day: datetime.date | None) -> tuple[Row, ...]:
    """The cheapest standing prices, and who serves the models."""
    return _rows(PRICING, catalog, models, day)


def capability_rows(catalog: Catalog, models: Sequence[Model]) -> tuple[Row, ...]:
    """The built-in capabilities, then the house's own."""
    house = {name: field for name, field in catalog.fields.items() if field.group is FieldGroup.CAPABILITIES}
    return tuple(
        Row(name, tuple(m.capability(name) for m in models), field.better if field else None, field)
        for name, field in {**dict.fromkeys(CAPABILITIES), **house}.items()
    )


def _rows(
    table: dict[str, tuple[Get, Better | None]],
    catalog: Catalog,
    models: Sequence[Model],
    day: datetime.date | None,
) -> tuple[Row, ...]:
    return tuple(
        Row(name, tuple(get(catalog, m, day) for m in models), better) for name, (get, better) in table.items()
    )

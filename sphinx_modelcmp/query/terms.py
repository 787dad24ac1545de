"""Terms: what a name in a query or at the head of a column stands for, and every value of it that a reader may meet."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sphinx_modelcmp.catalog.fields import fields_of
from sphinx_modelcmp.catalog.records import (
    FACTS,
    LIMITS,
    REFERENCES,
    UNKNOWN,
    Catalog,
    Fact,
    Family,
    Modalities,
    Model,
    Parameters,
    Reading,
    Route,
    Texts,
    Traffic,
    value_kind,
)
from sphinx_modelcmp.catalog.scalars import Count, Moment, Prose
from sphinx_modelcmp.catalog.vocabulary import (
    CAPABILITIES,
    PRICE_COMPONENTS,
    FieldType,
    Modality,
    Scale,
    State,
    Status,
    Support,
)
from sphinx_modelcmp.compare.bill import EXACT
from sphinx_modelcmp.compare.certainty import is_coarser, met
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, in_catalog_currency, monthly_cost, rate_on
from sphinx_modelcmp.compare.life import Life, is_alive, is_shut_down, life_of, living_routes
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, Why, cheapest
from sphinx_modelcmp.compare.readings import worlds
from sphinx_modelcmp.compare.rows import SPECS, Get, providers

if TYPE_CHECKING:
    import datetime


class Kind(Enum):
    """Kinds of value, by how a query compares them."""

    NUMBER = "a number"
    MONEY = "an amount of money"
    DATE = "a date"
    FLAG = "a flag"
    WORD = "a word"
    WORDS = "a list of words"
    TEXT = "a text"


class Doubt(Enum):
    """Reasons besides the states of facts why a value decides nothing."""

    DIFFERENT = "different"
    """Sources of equal rank, or routes, give values of which only some meet the condition."""
    PARTIAL = "partial"
    """A capability that is there in part is neither had nor lacking."""
    IMPRECISE = "imprecise"
    """A date that is given only by its month or year."""
    UNSURE = "unsure"
    """A price that another route may undercut, or that is in a currency without a rate."""


Part: TypeAlias = Callable[[Any], Any]
Held: TypeAlias = Any
"""A value to compare, or the ``State`` or ``Doubt`` in its place."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """An amount of money that a route whose prices are not known may undercut."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """A name that a query may ask for."""

    name: str
    kind: Kind
    get: Get
    """The fact of a model as pages show it."""
    part: Part = lambda value: value
    """What is compared of its value; None where the value does not have it."""
    words: Collection[str] = ()
    """The valid words, where the list is closed."""
    at_route: bool = False
    """True if it has a meaning at one route only."""
    scale: Scale | None = None
    """The scale of scores."""

    def held(self, catalog: Catalog, model: Model, day: datetime.date | None) -> tuple[Held, ...]:
        """What a reader may meet: by each reading of the highest rank, at each living route."""
        if self.kind is Kind.MONEY:
            found = [self._least(catalog, world, day) for world in worlds(catalog, model)] or [Doubt.UNSURE]
        else:
            found = [self._held(said) for said in self._readings(catalog, model, day)]
        values = [*dict.fromkeys(found)]
        return tuple(one for one in values if not any(is_coarser(one, other) for other in values if other != one))

    def _least(self, catalog: Catalog, model: Model, day: datetime.date | None) -> Held:
        least = amount_of(catalog, self.get(catalog, model, day), day)
        routes = living_routes(model, day)
        if not isinstance(least, Decimal) or len(routes) < 2:
            return least
        there = (amount_of(catalog, self.get(catalog, seen_at(model, route), day), day) for route in routes)
        return AtMost(least) if any(amount in _OPEN for amount in there) else least

    def _readings(self, catalog: Catalog, model: Model, day: datetime.date | None) -> tuple[Reading[Any], ...]:
        fact = self.get(catalog, model, day)
        is_of_routes = self.name in LIMITS or self.name in CAPABILITIES or self.name in model.capabilities
        return met(catalog, model, self.name, fact, day) if is_of_routes else catalog.foremost(fact)

    def _held(self, said: Reading[Any]) -> Held:
        if said.state is not State.KNOWN:
            return said.state
        value = self.part(said.value)
        return State.UNKNOWN if value is None else value


def _known(fact: Fact[Any] | None) -> Fact[Any] | None:
    return fact if fact and fact.state is not State.UNKNOWN else None


# --- money ---

_NOTHING_TO_PAY = {Why.ENDED, Why.ANNOUNCED, Why.NOT_APPLICABLE, Why.TOO_LONG, Why.INPUT_TOO_LONG, Why.OUTPUT_TOO_LONG}
"""Why there is for certain no price."""
_OPEN = {State.UNKNOWN, State.UNDISCLOSED, Doubt.UNSURE}
"""What stands in the place of an amount that may be any."""


def amount_of(catalog: Catalog, said: Fact[Any], day: datetime.date | None) -> Held:
    """The amount in the currency of the catalog; what is free costs nothing, and what is not offered has no price."""
    match said.value:
        case None:
            return said.state
        case NoPrice(why=why) | NoCost(why=why):
            return _absent(why)
        case Quote(is_sure=False) | MonthlyCost(is_least=False) | MonthlyCost(is_complete=False):
            return Doubt.UNSURE
        case MonthlyCost() as cost:
            counted = in_catalog_currency(catalog, cost, day)
            return counted.total if counted else Doubt.UNSURE
        case Quote(currency=catalog.currency) as quote:
            return quote.amount
    rate = rate_on(catalog, said.value.currency, catalog.currency, day)
    return EXACT.multiply(said.value.amount, rate.rate) if rate else Doubt.UNSURE


def _absent(why: Why) -> Held:
    if why is Why.FREE:
        return Decimal(0)
    if why in _NOTHING_TO_PAY:
        return State.NOT_APPLICABLE
    return State.UNDISCLOSED if why is Why.UNDISCLOSED else State.UNKNOWN


def _price(component: str) -> Term:
    return Term(component, Kind.MONEY, lambda catalog, model, day: cheapest(catalog, model, component, day))


def month(traffic: Traffic, name: str) -> Term:
    """The cost of a month of a workload."""

    def get(catalog: Catalog, model: Model, day: datetime.date | None) -> Fact[Any]:
        cost = monthly_cost(catalog, model, traffic, day)
        prices = [line.price for line in cost.lines] if isinstance(cost, MonthlyCost) else []
        source = dict.fromkeys(name for price in prices for name in price.source)
        return Fact(value=cost, state=State.KNOWN, source=tuple(source))

    return Term(f"month({name})", Kind.MONEY, get)


# --- the other terms ---


def seen_at(model: Model, route: Route) -> Model:
    """The model as who calls it at one route meets it."""
    limits: dict[str, Any] = {name: own for name in LIMITS if (own := _known(route.own_fact(name)))}
    flags = {name: own for name, own in route.capabilities.items() if _known(own)}
    return replace(
        model,
        **limits,
        capabilities={**model.capabilities, **flags},
        lifecycle=route.lifecycle or model.lifecycle,
        routes=replace(model.routes, value=(route,), others=()),
    )


def _of(value: Any) -> Fact[Any]:
    return UNKNOWN if value is None else Fact(value=value, state=State.KNOWN)


def _alive(catalog: Catalog, model: Model, day: datetime.date | None) -> Fact[Any]:
    return _of(Support.YES if is_alive(catalog, model, day) else Support.NO)


def _status(_catalog: Catalog, model: Model, day: datetime.date | None) -> Fact[Any]:
    """The stage that the dates and the status of a lifecycle come to on the day."""
    held = model.lifecycle
    if held is None:
        return UNKNOWN
    if is_shut_down(held, day) or life_of(model, day) is Life.ENDED:
        status: Status | None = Status.SHUTDOWN
    elif held.deprecated and day and held.deprecated.last <= day:
        status = Status.DEPRECATED
    else:
        status = held.status
    return UNKNOWN if status is None else Fact(value=status, state=State.KNOWN, source=held.source)


def _scores(benchmark: str) -> Get:
    def get(_catalog: Catalog, model: Model, _day: datetime.date | None) -> Fact[Any]:
        found = [
            Reading(value=result.score, state=State.KNOWN, source=result.source)
            for result in model.results
            if result.benchmark == benchmark
        ]
        return Fact.of(found) if found else UNKNOWN

    return get


def score(catalog: Catalog, benchmark: str) -> Term:
    """The scores in a benchmark, under whatever conditions."""
    return Term(f"score({benchmark})", Kind.NUMBER, _scores(benchmark), scale=catalog.benchmarks[benchmark].scale)


def _field(name: str) -> Get:
    if name in SPECS:
        return SPECS[name][0]
    return lambda _catalog, model, _day: cast("Fact[Any]", getattr(model, name))


def _built_in(catalog: Catalog, name: str, kind: Any) -> list[Term]:
    """The terms of a fact, by the annotation of its value."""
    get = _field(name)
    plain = kind.__origin__ if hasattr(kind, "__metadata__") else kind
    if plain in _PARTS:
        return [Term(f"{name}{end}", held, get, part, words) for end, held, part, words in _PARTS[plain]]
    return [Term(name, found, get, words=_words(catalog, name, plain)) for found in _kind_of(name, kind, plain)]


def _kind_of(name: str, kind: Any, plain: Any) -> list[Kind]:
    """How a fact of one value is compared; nothing for prose."""
    if name == "kind" or name in REFERENCES or (isinstance(plain, type) and issubclass(plain, Enum)):
        return [Kind.WORD]
    return [] if kind == Prose else [_KINDS.get(kind, Kind.TEXT)]


def _words(catalog: Catalog, name: str, plain: Any) -> Collection[str]:
    """The words that are valid, where there is a list of them."""
    if name in REFERENCES:
        found: Collection[str] = getattr(catalog, REFERENCES[name])
        return found
    if isinstance(plain, type) and issubclass(plain, Enum):
        return [str(word.value) for word in plain]
    # A product type may be a word of the catalog's own.
    kinds = (said.value for model in catalog.models.values() for said in model.kind.readings)
    return frozenset(filter(None, kinds)) if name == "kind" else ()


_MODALITIES = [str(word.value) for word in Modality]
_KINDS: dict[Any, Kind] = {Count: Kind.NUMBER, Moment: Kind.DATE, Texts: Kind.WORDS}
_PARTS: dict[Any, tuple[tuple[str, Kind, Part, Collection[str]], ...]] = {
    Parameters: (
        ("", Kind.NUMBER, lambda size: size.total, ()),
        (".active", Kind.NUMBER, lambda size: size.active, ()),
    ),
    Modalities: (
        (".input", Kind.WORDS, lambda kinds: kinds.input or None, _MODALITIES),
        (".output", Kind.WORDS, lambda kinds: kinds.output or None, _MODALITIES),
    ),
    Family: (
        ("", Kind.TEXT, lambda family: family.name, ()),
        (".generation", Kind.TEXT, lambda family: family.generation, ()),
    ),
}
"""The terms of facts of several values: the end of the name, how it is compared, what of the value, the valid words."""


_HOUSE = {
    FieldType.FLAG: Kind.FLAG,
    FieldType.QUANTITY: Kind.NUMBER,
    FieldType.DATE: Kind.DATE,
    FieldType.TEXT: Kind.TEXT,
}


def _house(name: str) -> Get:
    return lambda _catalog, model, _day: model.house.get(name) or model.capabilities.get(name, UNKNOWN)


def _capability(name: str) -> Get:
    return lambda _catalog, model, _day: model.capability(name)


def _at_route(name: str) -> Get:
    return lambda _catalog, model, _day: _of(getattr((model.routes.value or (None,))[0], name, None))


def terms_of(catalog: Catalog) -> dict[str, Term]:
    """Every term without brackets by its name, in the order in which they are documented.

    Of a field and a component of prices with one name the field counts.
    """
    kinds = {field.name: value_kind(field.kind) for field in fields_of(Model).values() if field.name in FACTS}
    built_in = [term for name, kind in kinds.items() for term in _built_in(catalog, name, kind)]
    status = [str(word.value) for word in Status]
    found = [
        Term("id", Kind.WORD, lambda _catalog, model, _day: _of(model.id), words=catalog.models),
        Term("name", Kind.TEXT, lambda _catalog, model, _day: _of(model.name)),
        *built_in,
        *(Term(name, Kind.FLAG, _capability(name)) for name in CAPABILITIES),
        Term("alive", Kind.FLAG, _alive),
        Term("lifecycle", Kind.WORD, _status, words=status),
        Term("providers", Kind.WORDS, providers, words=catalog.providers),
        Term("provider", Kind.WORD, _at_route("provider"), words=catalog.providers, at_route=True),
        Term("region", Kind.TEXT, _at_route("region"), at_route=True),
        *(Term(name, _HOUSE[field.type], _house(name)) for name, field in catalog.fields.items()),
        *map(_price, PRICE_COMPONENTS),
    ]
    held: dict[str, Term] = {}
    for term in found:
        held.setdefault(term.name, term)
    return held

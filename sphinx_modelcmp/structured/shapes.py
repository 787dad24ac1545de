"""The shapes of ``comparison.json``: its JSON Schema is made from them, and every docstring is part of it.

Numbers that a catalog states are text, so that no reader rounds them.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias, dataclass_transform

Number: TypeAlias = Annotated[str, r"^-?[0-9]+(\.[0-9]+)?$"]
"""An exact decimal number, all digits. The second argument of these is the pattern in the schema."""
Day: TypeAlias = Annotated[str, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
PartialDay: TypeAlias = Annotated[str, r"^[0-9]{4}(-[0-9]{2}){0,2}$"]
"""A year, a month or a day: as precise as the source is."""
Sources: TypeAlias = list[int]
State: TypeAlias = Literal["known", "unknown", "undisclosed", "n/a"]
_LEADING = ("type", "component")
"""Keys that an object begins with, even where it inherits others."""


@dataclass_transform(kw_only_default=True)
class Shape:
    """A JSON object with fixed keys. As with a ``TypedDict``, a call makes a plain dict.

    A key whose default is None is optional: it is left out where it is None.
    """

    keys: ClassVar[dict[str, Any]]
    """The keys in the order of the document, each with its default; ``...`` where it is required."""

    def __init_subclass__(cls) -> None:
        """List the keys, inherited ones first."""
        names = [name for base in reversed(cls.__mro__[:-2]) for name in get_annotations(base)]
        names.sort(key=lambda name: name not in _LEADING)
        cls.keys = {name: getattr(cls, name, ...) for name in names}

    def __new__(cls, **stated: Any) -> Any:
        """Put the keys in their order, and leave out what is None."""
        written = {}
        for name, default in cls.keys.items():
            value = stated.get(name, default)
            if value is not None or default is ...:
                written[name] = value
        return written

    @classmethod
    def of(cls, record: Any, **own: Any) -> Self:
        """A shape with these keys, and with the attributes of a record for every other one.

        Optional keys are left out where the attribute is empty.
        """
        for name, default in cls.keys.items():
            if name not in own and default in {None, ...}:
                value = getattr(record, name)
                own[name] = None if default is None and not value else _text(value)
        return cls(**own)


def number(value: Decimal | int) -> str:
    """All digits, and no exponent."""
    # An integer would pass through a float.
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: Any) -> Any:
    """The value of an attribute as text, where it is no text."""
    match value:
        case Enum():
            return value.value
        case str() | bool() | None:
            return value
        case int() | Decimal():
            return number(value)
        case tuple():
            return [_text(item) for item in value]
        case _:
            return str(value)


class Named(Shape):
    """A record of the catalog."""

    id: str
    """Its key in the catalog."""
    name: str
    """The name shown."""
    url: str | None = None
    """Its page, as the catalog has it."""


class Model(Named):
    """A model that is compared."""

    aliases: list[str] | None = None
    """Its other names."""
    summary: str | None = None
    """CommonMark, as the author wrote it."""
    note: str | None = None
    """CommonMark, as the author wrote it."""


class Source(Shape):
    """A source as it was read on one day."""

    number: int
    """What the lists of sources in this comparison say, and the marks on the page."""
    id: str
    """Its key in the catalog."""
    title: str
    """What it calls itself."""
    kind: Literal["vendor", "provider", "aggregator", "community", "own"]
    """Who speaks."""
    checked: Day | None
    """The day it was read."""
    url: str | None = None
    """Where it stands, where the page links it."""


class Place(Shape):
    """A route: where a model can be called."""

    provider: Named
    """Who serves it."""
    id: str | None
    """What the provider calls the model."""
    region: str | None
    """Where it is served."""


class Money(Shape):
    """An exact amount."""

    amount: Number
    """Of the currency."""
    currency: str
    """An ISO 4217 code."""


class UnitPrice(Money):
    """Money for so much of something."""

    component: str
    """What is priced: input, output, cache_read, …"""
    per: int
    """How many units the amount is for."""
    unit: str
    """What is counted: tokens, requests, images, …"""


class Value(Shape):
    """A value of a row. Its type tells what else there is to read."""

    type: str = ""

    def __init_subclass__(cls, tag: str) -> None:
        """Name the type."""
        cls.type = tag
        super().__init_subclass__()


class Flag(Value, tag="flag"):
    """Whether something is so."""

    value: Literal["yes", "no", "partial"]


class Quantity(Value, tag="quantity"):
    """A number of something."""

    value: Number
    unit: str | None = None


class Size(Value, tag="parameters"):
    """The parameters of a model."""

    total: Number
    active: Number | None = None


class Date(Value, tag="date"):
    """A date, as precise as it was written."""

    value: PartialDay
    precision: Literal["year", "month", "day"]


class Family(Value, tag="family"):
    """The series that a model belongs to."""

    name: str
    generation: str | None = None


class Modalities(Value, tag="modalities"):
    """The kinds of content that a model takes and gives, as the catalog writes them."""

    input: list[str] | None = None
    output: list[str] | None = None


class Word(Value, tag="text"):
    """A word of a vocabulary, or a text."""

    value: str


class Words(Value, tag="texts"):
    """Several texts."""

    value: list[str]


class Reference(Value, Named, tag="reference"):
    """An organization or a license."""

    spdx: str | None = None
    """The SPDX identifier of a license."""


class References(Value, tag="references"):
    """Providers."""

    value: list[Named]


class PriceValue(Value, tag="price"):
    """A price with the route that asks it."""

    price: UnitPrice
    route: Place


class NoPriceValue(Value, tag="no price"):
    """What a source says where no price counts as the cheapest: it is free, for certain hours only, over."""

    why: Literal[
        "free",
        "plan",
        "dynamic",
        "conditions",
        "missing",
        "undisclosed",
        "not applicable",
        "ended",
        "announced",
    ]
    routes: list[Place]
    """The routes that it is said of."""
    date: PartialDay | None = None
    """The day of the end, or of the announced beginning."""
    was: UnitPrice | None = None
    """The last price of what has ended."""


class LifecycleValue(Value, tag="lifecycle"):
    """Stage of a model, or of a route, in its life."""

    status: Literal["preview", "active", "deprecated", "shutdown"] | None = None
    deprecated: PartialDay | None = None
    shutdown: PartialDay | None = None
    successor: str | None = None
    """The id of the model to move to."""


class RouteValue(Value, tag="route"):
    """That a model can be called at a route."""

    route: Place


class RoutesValue(Value, tag="routes"):
    """Every route of a model."""

    routes: list[Place]


class ScoreValue(Value, tag="score"):
    """A score with what it was measured under."""

    benchmark: str
    """The id of the benchmark."""
    conditions: dict[str, str]
    """What is stated of version, split, metric, harness, variant and tools."""
    score: Number


class Reading(Shape):
    """What one source, or several that agree, say."""

    state: State
    """Whether there is a value, and if not, why. Unknown is not No."""
    text: str
    """As the page writes it."""
    sources: Sources
    """The numbers of the sources that say so."""
    value: Value | None = None
    """The value, where the state is known."""
    checked: Day | None = None
    """The day that this was last looked up."""
    note: str | None = None
    """CommonMark, as the author wrote it."""


class RouteReading(Reading):
    """What is different at one route."""

    route: Place
    others: list[Reading] | None = None
    """What other sources say of this route."""


class Fact(Reading):
    """What is known of one model in one row: the reading of the most trusted source, and all that differs from it."""

    others: list[Reading] | None = None
    """What other sources say."""
    routes: list[RouteReading] | None = None
    """What holds at single routes instead."""


class Row(Shape):
    """One row of the tables."""

    name: str
    """What the option ``:fields:`` calls it."""
    label: str
    """What the page calls it."""
    sections: list[str]
    """The sections whose tables show it."""
    differs: bool
    """Whether not all models have the same."""
    best: list[str]
    """The ids of the models with the better value."""
    facts: dict[str, Fact]
    """By the id of the model, in their order."""
    better: Literal["higher", "lower"] | None = None
    """Which end is the better one, where one is."""


class Condition(Shape):
    """When a price holds. Everything that is named must hold at once."""

    input_above: Number | None = None
    service: str | None = None
    region: str | None = None
    hours: list[str] | None = None
    """From, inclusive, and to, exclusive: HH:MM."""
    days: list[str] | None = None
    timezone: str | None = None
    """Of hours and days."""


class Price(Shape):
    """One line of a price list."""

    components: list[UnitPrice]
    sources: Sources
    offer: Literal["free", "plan", "dynamic"] | None = None
    """Free of charge, paid by a subscription, or changing by the minute."""
    since: PartialDay | None = None
    """The first day it is in force; a month or a year stands for its first day."""
    until: PartialDay | None = None
    """The first day it is no longer in force; a month or a year stands for its first day."""
    when: Condition | None = None
    scope: Literal["request", "marginal"] | None = None
    """Of a price above a size: whether it is for the whole request, or only for the tokens above."""
    checked: Day | None = None
    note: str | None = None
    zeros: list[str] | None = None
    """Components listed at 0 that nobody calls free: they have no price."""


class RouteLifecycle(LifecycleValue, tag="lifecycle"):
    """Stage of a model's offer at one provider, with who says so."""

    sources: Sources
    checked: Day | None = None
    note: str | None = None


class Route(Shape):
    """A route of a model with its price list."""

    model: str
    """The id of the model."""
    route: Place
    state: State
    """Of the price list."""
    prices: list[Price]
    """In force on the day that the page speaks of; none of a route that is not alive then."""
    sources: Sources
    life: Literal["announced", "alive", "ended"]
    """On the day that the page speaks of."""
    announced: list[Price] | None = None
    """In force from a later day."""
    past: list[Price] | None = None
    """The last prices of a route that has ended."""
    charges: Literal["complete", "incomplete"] | None = None
    """Incomplete where the source names charges that are not listed."""
    lifecycle: RouteLifecycle | None = None
    others: list[Price] | None = None
    """What other sources give for the price list."""
    checked: Day | None = None
    note: str | None = None


class Traffic(Shape):
    """The workload that a month is counted for."""

    label: str
    """Empty where the page wrote the workload out."""
    requests: Number
    """A month."""
    input: Number
    """Tokens into one request, cached ones counted."""
    output: Number
    """Tokens out of one request."""
    cache_hit: Number
    """The share of the input read from the cache."""
    cache_write: Number
    """The share of the input written to the cache."""
    batch: Number
    """The share of the requests sent as a batch."""


class Line(Shape):
    """One part of a total."""

    component: str
    """What was used. The price may be that of another component, which stands in for it."""
    count: Number
    """Units used, of all requests together."""
    price: UnitPrice
    cost: Number
    """In the currency of the price."""
    sources: Sources
    assumptions: list[str] | None = None
    """Why the price is not one of this very component at this very service."""


class Rate(Shape):
    """A rate of exchange that a total rests on."""

    source: str
    target: str
    rate: Number
    """Units of the second currency for one of the first."""
    date: Day
    sources: Sources


class Month(Shape):
    """What a month costs."""

    model: str
    """The id of the model."""
    route: Place
    level: list[Place] | None = None
    """Other routes that ask the same."""
    total: Money
    text: str
    """The total as the page writes it."""
    lines: list[Line]
    assumptions: list[str]
    """What the total rests on beside its prices."""
    writing: Number | None = None
    """The most that writing to the cache could add, in the currency of the total."""
    rates: list[Rate] | None = None


class NoMonth(Shape):
    """That a month has no total, and why."""

    model: str
    """The id of the model."""
    why: str
    missing: list[str]
    """Components that are used and have no price."""
    limit: Number | None = None
    """The limit that a request exceeds."""
    route: Place | None = None


class Costs(Shape):
    """The cost of a month."""

    traffic: Traffic
    months: list[Month | NoMonth]
    """The cheapest of each model."""
    routes: list[Month | NoMonth] | None = None
    """At every route, where the page shows that."""


class Benchmark(Named):
    """A test."""

    scale: str
    """What its scores are counted in."""
    better: Literal["higher", "lower"]
    description: str | None = None
    """CommonMark, as the author wrote it."""
    note: str | None = None
    """CommonMark, as the author wrote it."""


class Result(Shape):
    """One score."""

    score: Number
    text: str
    """As the page writes it."""
    sources: Sources
    interval: list[Number] | None = None
    """Confidence interval, lower and upper end."""
    n: Number | None = None
    """Tasks or runs."""
    reporter: Literal["self", "independent", "community", "verified"] | None = None
    """Who measured."""
    date: PartialDay | None = None
    checked: Day | None = None
    note: str | None = None


class SharedResults(Shape):
    """The scores of two models or more in one test."""

    comparability: Literal["same-test"]
    benchmark: Benchmark
    conditions: dict[str, str]
    """What is stated of version, split, metric, harness, variant and tools."""
    unstated: list[str]
    """Telling conditions that nobody stated."""
    self_reported: bool
    """Whether nobody but the makers measured."""
    best: list[str]
    """The ids of the models with the best score, of those that are alive; none where it is not clear."""
    close: list[str]
    """The ids of the models whose scores cannot be told from the best one."""
    results: dict[str, Result]
    """By the id of the model."""


class Difference(Shape):
    """A condition in which two results are not known to agree; null where it is not stated."""

    condition: str
    here: str | None
    there: str | None


class ApartResult(Shape):
    """A score that is ranked with no other one."""

    model: str
    """The id of the model."""
    benchmark: Benchmark
    conditions: dict[str, str]
    result: Result
    replaced: bool
    """Whether another result of the model in the same test counts instead."""
    unsettled: str | None = None
    """The id of a model with several scores in the test, of which nothing says which one counts."""
    rival: str | None = None
    """The id of the model with the nearest result."""
    comparability: Literal["own-settings", "attributed", "different-sources"] | None = None
    """How far the two may be compared: one source with a setting each, the table of a maker, or nothing in common."""
    differs: list[Difference] | None = None
    """What sets the two apart."""


class Results(Shape):
    """Benchmark results."""

    shared: list[SharedResults]
    apart: list[ApartResult]


class Evidence(Shape):
    """A fact that a sentence rests on."""

    model: str
    """The id of the model."""
    field: str
    """The name of the row; or results, routes or prices."""
    value: Value
    sources: Sources
    license: str | None = None
    """The id of the license that says so, where the model itself does not."""
    disputed: Literal[True] | None = None
    """Where a source says something else."""


class Claim(Shape):
    """A sentence of the page. Without evidence it speaks of what is not known."""

    section: str
    text: str
    evidence: list[int]
    """Positions in the list ``evidence``, from 0."""


class Comparison(Shape):
    """One comparison, as far as the page shows it. A part that the page leaves out is left out here."""

    anchors: dict[str, str]
    """The sections in their order, each with its id on the page."""
    catalog: str | None = None
    """The title of the catalog."""
    language: str
    """Of every text that the page writes."""
    as_of: Day | None
    """The day that the facts are read at."""
    currency: str
    """Of the catalog."""
    models: list[Model]
    """In the order of the page."""
    rows: list[Row]
    claims: list[Claim]
    evidence: list[Evidence]
    sources: list[Source]
    routes: list[Route] | None = None
    other_routes: list[Route] | None = None
    """The routes that other sources list instead, where they disagree on the whole list."""
    costs: Costs | None = None
    results: Results | None = None

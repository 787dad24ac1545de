"""The shape of ``comparison.json``: its JSON Schema is made from these types, and every docstring is part of it.

Keys that are not required are left out where there is nothing to say. Numbers that a catalog states are text, so that
no reader rounds them.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypeAlias

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict  # Before Python 3.12 pydantic does not take that of the standard library.

_shape = with_config(ConfigDict(extra="forbid", use_attribute_docstrings=True))

Number: TypeAlias = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""An exact decimal number, all digits."""
Day: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
PartialDay: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
"""A year, a month or a day: as precise as the source is."""
Sources: TypeAlias = list[int]
State: TypeAlias = Literal["known", "unknown", "undisclosed", "n/a"]


@_shape
class Named(TypedDict):
    """A record of the catalog."""

    id: str
    """Its key in the catalog."""
    name: str
    """The name shown."""


@_shape
class Source(TypedDict):
    """A source as it was read on one day."""

    number: int
    """What the lists of sources in this comparison say, and the marks on the page."""
    id: str
    """Its key in the catalog."""
    title: str
    """What it calls itself."""
    url: NotRequired[str]
    """Where it stands, where the page links it."""
    kind: Literal["vendor", "provider", "aggregator", "community", "own"]
    """Who speaks."""
    checked: Day | None
    """The day it was read."""


@_shape
class Place(TypedDict):
    """A route: where a model can be called."""

    provider: Named
    """Who serves it."""
    id: str | None
    """What the provider calls the model."""
    region: str | None
    """Where it is served."""


@_shape
class Money(TypedDict):
    """An exact amount."""

    amount: Number
    """Of the currency."""
    currency: str
    """An ISO 4217 code."""


@_shape
class UnitPrice(Money):
    """Money for so much of something."""

    component: str
    """What is priced: input, output, cache_read, …"""
    per: int
    """How many units the amount is for."""
    unit: str
    """What is counted: tokens, requests or searches."""


@_shape
class Flag(TypedDict):
    """Whether something is so."""

    type: Literal["flag"]
    value: Literal["yes", "no", "partial"]


@_shape
class Quantity(TypedDict):
    """A number of something."""

    type: Literal["quantity"]
    value: Number
    unit: NotRequired[str]


@_shape
class Size(TypedDict):
    """The parameters of a model."""

    type: Literal["parameters"]
    total: Number
    active: NotRequired[Number]


@_shape
class Date(TypedDict):
    """A date, as precise as it was written."""

    type: Literal["date"]
    value: PartialDay
    precision: Literal["year", "month", "day"]


@_shape
class Word(TypedDict):
    """A word of a vocabulary, or a text."""

    type: Literal["text"]
    value: str


@_shape
class Words(TypedDict):
    """Several texts."""

    type: Literal["texts"]
    value: list[str]


@_shape
class Reference(Named):
    """An organization or a license."""

    type: Literal["reference"]


@_shape
class References(TypedDict):
    """Providers."""

    type: Literal["references"]
    value: list[Named]


@_shape
class PriceValue(TypedDict):
    """A price with the route that asks it."""

    type: Literal["price"]
    price: UnitPrice
    route: Place


@_shape
class LifecycleValue(TypedDict):
    """Where a model stands in its life."""

    type: Literal["lifecycle"]
    status: NotRequired[Literal["preview", "active", "deprecated", "shutdown"]]
    deprecated: NotRequired[PartialDay]
    shutdown: NotRequired[PartialDay]
    successor: NotRequired[str]
    """The id of the model to move to."""


@_shape
class RouteValue(TypedDict):
    """That a model can be called at a route."""

    type: Literal["route"]
    route: Place


@_shape
class RoutesValue(TypedDict):
    """Every route of a model."""

    type: Literal["routes"]
    routes: list[Place]


@_shape
class ScoreValue(TypedDict):
    """A score with what it was measured under."""

    type: Literal["score"]
    benchmark: str
    """The id of the benchmark."""
    conditions: dict[str, str]
    """What is stated of version, split, metric, harness, variant and tools."""
    score: Number


Value: TypeAlias = Annotated[
    Flag
    | Quantity
    | Size
    | Date
    | Word
    | Words
    | Reference
    | References
    | PriceValue
    | LifecycleValue
    | RouteValue
    | RoutesValue
    | ScoreValue,
    Field(discriminator="type"),
]


@_shape
class Reading(TypedDict):
    """What one source, or several that agree, say."""

    state: State
    """Whether there is a value, and if not, why. Unknown is not No."""
    value: NotRequired[Value]
    """The value, where the state is known."""
    text: str
    """As the page writes it."""
    sources: Sources
    """The numbers of the sources that say so."""
    checked: NotRequired[Day]
    """The day that this was last looked up."""
    note: NotRequired[str]
    """CommonMark, as the author wrote it."""


@_shape
class RouteReading(Reading):
    """What is different at one route."""

    route: Place


@_shape
class Fact(Reading):
    """What is known of one model in one row: the reading of the most trusted source, and all that differs from it."""

    others: NotRequired[list[Reading]]
    """What other sources say."""
    routes: NotRequired[list[RouteReading]]
    """What holds at single routes instead."""


@_shape
class Row(TypedDict):
    """One row of the tables."""

    name: str
    """What the option ``:fields:`` calls it."""
    label: str
    """What the page calls it."""
    sections: list[str]
    """The sections whose tables show it."""
    differs: bool
    """Whether not all models have the same."""
    better: NotRequired[Literal["higher", "lower"]]
    """Which end is the better one, where one is."""
    best: list[str]
    """The ids of the models with the better value."""
    facts: dict[str, Fact]
    """By the id of the model, in their order."""


@_shape
class Condition(TypedDict):
    """When a price holds. Everything that is named must hold at once."""

    input_above: NotRequired[Number]
    service: NotRequired[str]
    region: NotRequired[str]
    hours: NotRequired[list[str]]
    """From, inclusive, and to, exclusive: HH:MM."""
    days: NotRequired[list[str]]
    timezone: NotRequired[str]
    """Of hours and days."""


@_shape
class Price(TypedDict):
    """One line of a price list."""

    components: list[UnitPrice]
    offer: NotRequired[Literal["free", "plan", "dynamic"]]
    """Free of charge, paid by a subscription, or changing by the minute."""
    since: NotRequired[Day]
    """The first day it is in force."""
    until: NotRequired[Day]
    """The first day it is no longer in force."""
    when: NotRequired[Condition]
    scope: NotRequired[Literal["request", "marginal"]]
    """Of a price above a size: whether it is for the whole request, or only for the tokens above."""
    sources: Sources
    checked: NotRequired[Day]
    note: NotRequired[str]


@_shape
class Route(TypedDict):
    """A route of a model with its price list."""

    model: str
    """The id of the model."""
    route: Place
    state: State
    """Of the price list."""
    prices: list[Price]
    """In force on the day that the page speaks of."""
    announced: NotRequired[list[Price]]
    """In force from a later day."""
    others: NotRequired[list[Price]]
    """What other sources give for the price list."""
    sources: Sources
    checked: NotRequired[Day]
    note: NotRequired[str]


@_shape
class Traffic(TypedDict):
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
    batch: Number
    """The share of the requests sent as a batch."""


@_shape
class Line(TypedDict):
    """One part of a total."""

    component: str
    """What was used. The price may be that of another component, which stands in for it."""
    count: Number
    """Units used, of all requests together."""
    price: UnitPrice
    cost: Number
    """In the currency of the price."""
    assumptions: NotRequired[list[str]]
    """Why the price is not one of this very component at this very service."""
    sources: Sources


@_shape
class Rate(TypedDict):
    """A rate of exchange that a total rests on."""

    source: str
    target: str
    rate: Number
    """Units of the second currency for one of the first."""
    date: Day
    sources: Sources


@_shape
class Month(TypedDict):
    """What a month costs."""

    model: str
    """The id of the model."""
    route: Place
    total: Money
    text: str
    """The total as the page writes it."""
    lines: list[Line]
    assumptions: list[str]
    """What the total rests on beside its prices."""
    rates: NotRequired[list[Rate]]


@_shape
class NoMonth(TypedDict):
    """That a month has no total, and why."""

    model: str
    """The id of the model."""
    route: NotRequired[Place]
    why: str
    missing: list[str]
    """Components that are used and have no price."""


@_shape
class Costs(TypedDict):
    """The cost of a month."""

    traffic: Traffic
    months: list[Month | NoMonth]
    """The cheapest of each model."""
    routes: NotRequired[list[Month | NoMonth]]
    """At every route, where the page shows that."""


@_shape
class Benchmark(Named):
    """A test."""

    scale: str
    """What its scores are counted in."""
    better: Literal["higher", "lower"]


@_shape
class Result(TypedDict):
    """One score."""

    score: Number
    text: str
    """As the page writes it."""
    interval: NotRequired[list[Number]]
    """Confidence interval, lower and upper end."""
    n: NotRequired[Number]
    """Tasks or runs."""
    reporter: NotRequired[Literal["self", "independent", "community", "verified"]]
    """Who measured."""
    date: NotRequired[PartialDay]
    sources: Sources
    checked: NotRequired[Day]
    note: NotRequired[str]


@_shape
class SharedResults(TypedDict):
    """The scores of two models or more on one benchmark under the same conditions."""

    benchmark: Benchmark
    conditions: dict[str, str]
    """What is stated of version, split, metric, harness, variant and tools."""
    unstated: list[str]
    """Telling conditions that nobody stated."""
    self_reported: bool
    """Whether nobody but the makers measured."""
    best: list[str]
    """The ids of the models with the best score; none where it is not clear."""
    close: list[str]
    """The ids of the models whose scores cannot be told from the best one."""
    results: dict[str, Result]
    """By the id of the model."""


@_shape
class Difference(TypedDict):
    """A condition that two results do not agree in."""

    condition: str
    here: str | None
    there: str | None


@_shape
class ApartResult(TypedDict):
    """A score that nothing may be set against."""

    model: str
    """The id of the model."""
    benchmark: Benchmark
    conditions: dict[str, str]
    result: Result
    replaced: bool
    """Whether another result of the model under the same conditions counts instead."""
    rival: NotRequired[str]
    """The id of the model with the nearest result."""
    differs: NotRequired[list[Difference]]
    """What sets the two apart."""


@_shape
class Results(TypedDict):
    """Benchmark results."""

    shared: list[SharedResults]
    apart: list[ApartResult]


@_shape
class Evidence(TypedDict):
    """A fact that a sentence rests on."""

    model: str
    """The id of the model."""
    field: str
    """The name of the row; or results, routes or prices."""
    value: Value
    license: NotRequired[str]
    """The id of the license that says so, where the model itself does not."""
    disputed: NotRequired[Literal[True]]
    """Where a source says something else."""
    sources: Sources


@_shape
class Claim(TypedDict):
    """A sentence of the page. Without evidence it speaks of what is not known."""

    section: str
    text: str
    evidence: list[int]
    """Positions in the list ``evidence``, from 0."""


@_shape
class Comparison(TypedDict):
    """One comparison, as far as the page shows it. A part that the page leaves out is left out here."""

    anchors: dict[str, str]
    """The sections in their order, each with its id on the page."""
    language: str
    """Of every text that the page writes."""
    as_of: Day | None
    """The day that the facts are read at."""
    currency: str
    """Of the catalog."""
    models: list[Named]
    """In the order of the page."""
    rows: list[Row]
    routes: NotRequired[list[Route]]
    costs: NotRequired[Costs]
    results: NotRequired[Results]
    claims: list[Claim]
    evidence: list[Evidence]
    sources: list[Source]


Document = TypedDict(
    "Document",
    {
        "$schema": Annotated[str, Field(description="The address of this schema, seen from the document.")],
        "version": Annotated[Literal[1], Field(description="Raised when documents of before could be misread.")],
        "comparisons": Annotated[list[Comparison], Field(description="In the order of the page.")],
    },
)

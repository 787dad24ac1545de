"""The records of a catalog: what an author can write, and what the layers above read.

Every record is frozen and refuses keys it does not have. A field's docstring is its printed documentation.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sphinx_modelcmp.catalog.scalars import (
    Amount,
    Clock,
    Count,
    Currency,
    Day,
    Id,
    Ids,
    Interval,
    Language,
    Moment,
    Number,
    Prose,
    Share,
    Text,
    Texts,
    TimeZone,
    Truth,
    Url,
    read_text,
    wrong,
)
from sphinx_modelcmp.catalog.vocabulary import (
    WEEKDAYS,
    Better,
    CommercialUse,
    FieldGroup,
    FieldType,
    Openness,
    Reporter,
    Scale,
    Scope,
    Service,
    SourceKind,
    State,
    Status,
    Support,
)

if TYPE_CHECKING:
    from typing import Self

    from pydantic.fields import FieldInfo

T = TypeVar("T")


class Record(BaseModel):
    """Frozen, and without keys of its own making."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    derived: ClassVar[frozenset[str]] = frozenset()
    """Fields that the reader fills in. An author does not write them."""

    @classmethod
    def written(cls) -> dict[str, FieldInfo]:
        """The fields that an author writes, each under its alias where it has one."""
        return {name: field for name, field in cls.model_fields.items() if name not in cls.derived}

    @classmethod
    def trusted(cls, values: dict[str, Any]) -> Self:
        """A record of values that have been read, and the defaults of its other fields; nothing is checked.

        What ``model_construct`` makes, at a fraction of its cost.
        """
        record = cls.__new__(cls)
        put = object.__setattr__
        put(record, "__dict__", {**_defaults(cls), **values})
        put(record, "__pydantic_fields_set__", _set_of(tuple(values)))
        put(record, "__pydantic_extra__", None)
        put(record, "__pydantic_private__", None)
        return record


@cache
def _defaults(cls: type[Record]) -> dict[str, Any]:
    """Every field in order with its default; None for one that has none."""
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True, validated_data={})
        for name, field in cls.model_fields.items()
    }


@cache
def _set_of(names: tuple[str, ...]) -> set[str]:
    """One set for all records with the same fields: nobody can add to that of a frozen record."""
    return set(names)


class Reading(Record, Generic[T]):
    """What one source, or several that agree, say of a fact."""

    derived = frozenset({"state"})

    value: T | None = None
    """The value, where there is one."""
    state: State = State.UNKNOWN
    """Whether there is a value, and if not, why."""
    source: tuple[str, ...] = ()
    """Ids of the sources that say so."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with the value."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


class Fact(Reading[T], Generic[T]):
    """One fact: the reading of the most trusted source, and the others where sources disagree."""

    derived = Reading.derived | {"others"}

    others: tuple[Reading[T], ...] = ()
    """What the other sources say instead."""

    @property
    def known(self) -> bool:
        """Whether there is a value to speak of."""
        return self.state is State.KNOWN

    @property
    def readings(self) -> tuple[Reading[T], ...]:
        """Every reading, the one that is shown first."""
        return (self, *self.others)


class Source(Record):
    """A page, a file or a person that facts were taken from."""

    title: Text
    """What the source calls itself."""
    lang: Language | None = None
    """The language of the title, if not that of the pages: a BCP 47 tag such as `zh`."""
    url: Url | None = None
    """Its address."""
    kind: SourceKind = SourceKind.COMMUNITY
    """Who published it: vendor, provider, aggregator, community or own."""
    checked: Day | None = None
    """The day it was last read. Facts from it that give no day of their own have this one."""


class Organization(Record):
    """Who makes models."""

    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    url: Url | None = None
    """Its home page."""


class Provider(Record):
    """Who serves models."""

    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    url: Url | None = None
    """Its home page."""


class License(Record):
    """The license terms of a model."""

    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    spdx: Text | None = None
    """Its SPDX identifier."""
    osi_approved: Truth | None = None
    """Whether the Open Source Initiative lists it."""
    commercial_use: CommercialUse | None = None
    """Whether it allows commercial use; a model may state otherwise."""
    url: Url | None = None
    """Its text."""


class HouseField(Record):
    """A row of your own, in addition to the built-in ones."""

    label: Text
    """The row's name on the page."""
    group: FieldGroup
    """The section that shows it: specs or capabilities."""
    type: FieldType
    """flag, quantity, text or date."""
    unit: Text | None = None
    """The unit of a quantity."""
    better: Better | None = None
    """Which end is better, if either is."""
    unknown: Text | None = None
    """The word for an unknown value, such as “Not verified”; by default “Unknown”."""
    description: Prose | None = None
    """What the row means."""

    @field_validator("better")
    @classmethod
    def _has_an_order(cls, better: Better | None, info: ValidationInfo) -> Better | None:
        if better and info.data.get("type") is FieldType.TEXT:
            message = "a text has no better end"
            raise wrong(message)
        return better


class Benchmark(Record):
    """A test that models are scored on."""

    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    scale: Scale
    """The unit of its scores; percent and fraction also limit them."""
    better: Better = Better.HIGHER
    """Which end is better."""
    metric: Text | None = None
    """What is measured, unless a result says otherwise."""
    url: Url | None = None
    """Its home page."""
    description: Prose | None = None
    """What it tests."""
    note: Prose | None = None
    """CommonMark: anything else worth knowing, and the reason for `accept`."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


class Traffic(Record):
    """A workload to calculate the monthly cost for."""

    label: Text
    """The name shown."""
    requests: Count
    """Requests per month."""
    input: Amount
    """Input tokens per request, cached ones included."""
    output: Amount
    """Output tokens per request."""
    cache_hit: Share = Decimal(0)
    """The share of the input that is read from the provider's cache."""
    batch: Share = Decimal(0)
    """The share of the requests that use the batch service."""


class Rate(Record):
    """The value of one unit of a currency in another currency, on one day."""

    source_currency: Currency = Field(alias="from")
    """The currency that is converted."""
    target_currency: Currency = Field(alias="to")
    """The currency it is converted to."""
    rate: Amount
    """Units of the second for one unit of the first."""
    date: Day
    """The day of the rate."""
    source: Ids = ()
    """Ids of the sources that say so."""
    checked: Day | None = None
    """The day this was last checked; by default the day of its sources."""


class Hours(Record):
    """A daily window of time; one that ends before it starts wraps midnight."""

    start: Clock = Field(alias="from")
    """``HH:MM``, inclusive."""
    end: Clock = Field(alias="to")
    """``HH:MM``, exclusive."""

    @model_validator(mode="after")
    def _lasts(self) -> Hours:
        if self.start == self.end:
            message = f"hours from {self.start} to {self.end} are never"
            raise wrong(message)
        return self


def read_weekday(value: Any) -> str:
    """A day of the week by its first three letters, in capitals or not."""
    text = read_text(value).lower()
    if text not in WEEKDAYS:
        message = f"“{text}” is not a day of the week ({', '.join(WEEKDAYS)})"
        raise wrong(message)
    return text


class Condition(Record):
    """When a price applies. All conditions must be met."""

    input_above: Count | None = None
    """Input tokens in the request, cached ones included, above which it applies."""
    service: Service | None = None
    """The service tier."""
    region: Text | None = None
    """The region."""
    hours: Hours | None = None
    """The time of day."""
    days: tuple[Annotated[str, PlainValidator(read_weekday)], ...] = ()
    """The days of the week."""
    timezone: TimeZone = "UTC"
    """The time zone of hours and days."""

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.named:
            message = "a `when` without a condition"
            raise wrong(message)
        return self

    @property
    def named(self) -> frozenset[str]:
        """The conditions that are named: the more, the more specific."""
        return frozenset(name for name, value in vars(self).items() if value and name != "timezone")


class Price(Record):
    """One line of a route's price list.

    Components count in the fixed units of ``PRICE_COMPONENTS``.
    """

    derived = frozenset({"components"})

    components: Mapping[str, Amount] = Field(default_factory=dict)
    """Component to price per its unit. In YAML the components stand beside the other keys."""
    currency: Currency | None = None
    """The currency of these prices; by default that of the route, else of the catalog."""
    since: Day | None = Field(default=None, alias="from")
    """The first day it is in force."""
    until: Day | None = None
    """The first day it is no longer in force."""
    when: Condition | None = None
    """Further conditions."""
    scope: Scope = Scope.REQUEST
    """Whether a price above a request size is for the whole request, or only for the tokens above."""
    free: Truth = False
    """Free of charge; the page then says so instead of showing 0."""
    plan: Truth = False
    """Paid for by a subscription."""
    dynamic: Truth = False
    """Changes by the minute (a router, an auction)."""
    source: tuple[str, ...] = ()
    """Ids of the sources that say so."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with the price."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""

    @model_validator(mode="after")
    def _is_a_price(self) -> Price:
        if self.since and self.until and self.since >= self.until:
            message = f"a price from {self.since} until {self.until} is never in force"
            raise wrong(message)
        if self.scope is Scope.MARGINAL and not (self.when and self.when.input_above):
            message = "`scope: marginal` needs `when: {input_above: …}`: the tokens above what?"
            raise wrong(message)
        if not (self.components or self.free or self.plan or self.dynamic):
            message = "a price names a component (input, output, …), or is free, plan or dynamic"
            raise wrong(message)
        return self

    def in_force(self, day: datetime.date) -> bool:
        """Whether the day lies in ``[from, until)``."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Route(Record):
    """A provider that serves a model, and what differs there."""

    provider: Id
    """Id of the provider."""
    id: Text | None = None
    """What the provider calls the model."""
    region: Text | None = None
    """Where it is served."""
    currency: Currency | None = None
    """The currency of its prices."""
    context_window: Fact[Count] = Fact()
    """Tokens, if they differ from those of the model."""
    max_output: Fact[Count] = Fact()
    """Tokens, if they differ from those of the model."""
    capabilities: Mapping[str, Fact[Any]] = Field(default_factory=dict)
    """Capabilities that differ there."""
    prices: Fact[tuple[Price, ...]] = Fact()
    """Its price list."""
    source: tuple[str, ...] = ()
    """Ids of the sources for the existence of the route."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with the route."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


class Result(Record):
    """One score on one benchmark, with the conditions under which it was measured."""

    benchmark: Id
    """Id of the benchmark."""
    score: Number
    """The score, in the scale of the benchmark."""
    version: Text | None = None
    """Version of the benchmark."""
    split: Text | None = None
    """Part of the benchmark."""
    metric: Text | None = None
    """What is measured; by default the metric of the benchmark."""
    harness: Text | None = None
    """The program or agent that ran it."""
    variant: Text | None = None
    """The model's setting: thinking, effort, prompt."""
    tools: Text | None = None
    """Tools the model could use."""
    ci: Interval | None = None
    """Confidence interval, lower and upper end."""
    n: Count | None = None
    """Number of tasks or runs."""
    reporter: Reporter | None = None
    """Who measured."""
    date: Moment | None = None
    """When it was published."""
    source: tuple[str, ...] = ()
    """Ids of the sources that say so."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with the score."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


class Parameters(Record):
    """The size of a model in parameters."""

    total: Amount
    """All of them."""
    active: Amount | None = None
    """Those used for one token, if fewer."""


def read_parameters(value: Any) -> Parameters:
    """A plain number, or total and active ones."""
    if isinstance(value, dict):
        return Parameters.model_validate(value)
    return Parameters(total=value)


class Lifecycle(Record):
    """The stage of a model in its life."""

    status: Status | None = None
    """preview, active, deprecated or shutdown."""
    deprecated: Moment | None = None
    """The day its deprecation was announced."""
    shutdown: Moment | None = None
    """The day it stops, or stopped, answering."""
    successor: Id | None = None
    """Id of the model that replaces it."""
    source: tuple[str, ...] = ()
    """Ids of the sources that say so."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with it."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


@dataclass(frozen=True, slots=True)
class About:
    """What is declared of a fact of models, once, beside its field. Its words are in ``sections.labels``."""

    group: str = "specs"
    """``specs`` or ``texts``: the group that demands a source (``modelcmp_require_sources``)."""
    is_row: bool = True
    """Whether it is a row of the specifications."""
    better: Better | None = None
    """The better end, where there is an order."""
    is_neutral: bool = False
    """Whether neither end is an advantage for everybody."""
    example: str = ""
    """How an author may write it, in the beginning of a model that ``new`` writes."""


class Model(Record):
    """One model and its facts."""

    derived = frozenset({"id", "house"})

    id: Id
    """The key in the catalog."""
    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    aliases: tuple[Id, ...] = ()
    """Other names that a directive may use; case does not matter."""
    organization: Annotated[Fact[Id], About()] = Fact()
    """Id of the organization that makes it."""
    kind: Annotated[Fact[Id], About(is_row=False, example="api-model")] = Fact()
    """Product type: api-model, coding-model, chat-product, open-weights-model, embedding-model or your own word."""
    summary: Annotated[Fact[Prose], About(group="texts", is_row=False, example="One sentence.")] = Fact()
    """One sentence of CommonMark."""
    best_for: Annotated[Fact[Texts], About(group="texts", is_row=False, example="[one use, another one]")] = Fact()
    """What it is best for, in a few words each."""
    fits: Annotated[Fact[Texts], About(group="texts", is_row=False, example="[coding, agents]")] = Fact()
    """The decisions for which it is a candidate."""
    released: Annotated[Fact[Moment], About(better=Better.HIGHER, is_neutral=True, example="2026-03")] = Fact()
    """When it was first published; shown as precisely as it is written."""
    context_window: Annotated[Fact[Count], About(better=Better.HIGHER, example="128000")] = Fact()
    """Tokens."""
    max_output: Annotated[Fact[Count], About(better=Better.HIGHER, example="65536")] = Fact()
    """Tokens."""
    parameters: Annotated[
        Fact[Annotated[Parameters, PlainValidator(read_parameters)]], About(example="{total: 4e9, active: 3e9}")
    ] = Fact()
    """A number, or ``{total, active}``."""
    architecture: Annotated[Fact[Text], About(example="decoder-only")] = Fact()
    """The architecture, in a few words."""
    license: Annotated[Fact[Id], About(example="undisclosed")] = Fact()
    """Id of the license."""
    openness: Annotated[Fact[Openness], About(better=Better.HIGHER, is_neutral=True, example="open-weights")] = Fact()
    """open-source, open-weights or proprietary."""
    commercial_use: Annotated[Fact[CommercialUse], About(example="allowed")] = Fact()
    """allowed, conditions or not-allowed; by default that of the license."""
    knowledge_cutoff: Annotated[Fact[Moment], About(better=Better.HIGHER, example="2025-10")] = Fact()
    """The end of its training data."""
    capabilities: Mapping[str, Fact[Any]] = Field(default_factory=dict)
    """The built-in capabilities, which are flags, and rows of your own, of any type."""
    house: Mapping[str, Fact[Any]] = Field(default_factory=dict)
    """The house's own specs. In YAML they stand beside the built-in ones."""
    lifecycle: Lifecycle | None = None
    """Status, dates and successor."""
    routes: Fact[tuple[Route, ...]] = Fact()
    """Where it is served; ``n/a`` if it was never sold by the token."""
    results: tuple[Result, ...] = ()
    """Benchmark results."""
    note: Prose | None = None
    """CommonMark: anything else worth knowing, and the reason for `accept`."""
    accept: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""

    def capability(self, name: str) -> Fact[Support]:
        """The flag of that name; unknown where nobody said."""
        return self.capabilities.get(name, UNKNOWN)


FACTS: Mapping[str, About] = {
    name: note for name, field in Model.model_fields.items() for note in field.metadata if isinstance(note, About)
}
"""The facts of a model by the name of their field, in the order of the fields."""


class Catalog(Record):
    """The whole catalog, from all files."""

    derived = frozenset({"names", "spellings"})

    title: Text | None = None
    """The catalog's name."""
    as_of: Day | None = None
    """The day for which pages show the facts."""
    currency: Currency = "USD"
    """The currency of prices that name none."""
    sources: Mapping[str, Source] = Field(default_factory=dict)
    """Where facts come from."""
    organizations: Mapping[str, Organization] = Field(default_factory=dict)
    """Who makes models."""
    providers: Mapping[str, Provider] = Field(default_factory=dict)
    """Who serves models."""
    licenses: Mapping[str, License] = Field(default_factory=dict)
    """Terms."""
    fields: Mapping[str, HouseField] = Field(default_factory=dict)
    """Rows of your own."""
    benchmarks: Mapping[str, Benchmark] = Field(default_factory=dict)
    """Tests with scores of models."""
    traffic: Mapping[str, Traffic] = Field(default_factory=dict)
    """Named workloads."""
    rates: tuple[Rate, ...] = ()
    """Dated exchange rates."""
    models: Mapping[str, Model] = Field(default_factory=dict)
    """The models by id."""
    names: Mapping[str, str] = Field(default_factory=dict)
    """Every id and alias, case-folded, to the id."""
    spellings: tuple[str, ...] = ()
    """Every id and alias, as it is written."""

    def reading_day(self, otherwise: datetime.date | None = None) -> datetime.date | None:
        """The day the facts are read at, never taken from the clock.

        The catalog's ``as_of`` counts first, then the day of the house (the configuration value, or
        ``SOURCE_DATE_EPOCH``), then the latest day on which any source was checked.
        """
        return self.as_of or otherwise or max((s.checked for s in self.sources.values() if s.checked), default=None)

    def find(self, name: str) -> Model | None:
        """The model of an id or alias: exact but for case, never a part of a name."""
        return self.models.get(self.names.get(name.casefold(), ""))


UNKNOWN: Fact[Any] = Fact()

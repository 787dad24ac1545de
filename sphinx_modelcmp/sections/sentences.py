"""Claims as sentences, each with the facts it rests on: the wordings that several sections share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Better, Scale, State
from sphinx_modelcmp.compare.certainty import is_apart
from sphinx_modelcmp.compare.claims import CheaperMonth
from sphinx_modelcmp.compare.comparison import EXAMPLE_TRAFFIC, is_written_out
from sphinx_modelcmp.compare.evidence import once
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.results import CONDITIONS
from sphinx_modelcmp.plan.opening import factor, share_above, share_below
from sphinx_modelcmp.plan.turns import Change
from sphinx_modelcmp.sections.blocks import Inline, Said, Text, inlines_in
from sphinx_modelcmp.sections.labels import ROWS
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.values import end_text, plain_value, route_text, state_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from sphinx_modelcmp.catalog.records import Benchmark, Model, Reading, Result
    from sphinx_modelcmp.compare.claims import LevelMonths
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.plan.opening import Migration
    from sphinx_modelcmp.plan.turns import Turn
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page

LISTS = {"results": mark("results"), "routes": mark("providers"), "prices": mark("prices")}
"""The names in a sentence of lists that can be evidence."""
WORKLOADS = {
    Change.LONGER: mark("With {tokens} input tokens a request"),
    Change.UNCACHED: mark("Without the cache"),
    Change.ANNOUNCED: mark("From {day} on"),
    Change.BATCHED: mark("With all requests sent as a batch"),
}
FIRST = mark_plural("For {number} request a month", "For {number} requests a month")
WITHIN = mark_plural("for {number} request a month", "for {number} requests a month")
SCALES = {
    Scale.FRACTION: mark("a share of 1"),
    Scale.ELO: mark("Elo rating"),
    Scale.INDEX: mark("index"),
    Scale.POINTS: mark("in points"),
    Scale.SECONDS: mark("in seconds"),
}
"""Scales that a figure does not show by a sign of its own."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a page, and the facts that it rests on. Without facts it speaks of gaps in the catalog."""

    section: str
    text: str
    evidence: tuple[Evidence, ...]


def statements_in(page: Page, sections: Iterable[Section]) -> Iterator[Statement]:
    """Every sentence of some sections, in reading order; a repetition within a section is left out."""
    for section in sections:
        found: list[Statement] = []
        for said in inlines_in(section.blocks):
            if isinstance(said, Said):
                statement = Statement(section.name, said.text, page.evidence(said))
                if not any(_is_same(statement, other) for other in found):
                    found.append(statement)
        yield from found


def _is_same(one: Statement, other: Statement) -> bool:
    """True if two sentences say the same of the same facts, in whatever order."""
    return (
        one.text == other.text
        and len(one.evidence) == len(other.evidence)
        and all(item in other.evidence for item in one.evidence)
    )


def saying(page: Page, text: str, *evidence: Iterable[Evidence]) -> Said:
    """A sentence with all its evidence, each fact once."""
    page.claims.append(once(item for held in evidence for item in held))
    return Said(text, len(page.claims) - 1)


def block(page: Page, said: Iterable[Said]) -> tuple[Inline, ...]:
    """Sentences one after the other, then the disagreements of sources that the page has not named yet."""
    sentences = tuple(said)
    inlines: list[Inline] = []
    for sentence in (*sentences, *_disputes(page, sentences)):
        inlines += [Text(page.words.gap), sentence] if inlines else [sentence]
    return tuple(inlines)


def _disputes(page: Page, said: tuple[Said, ...]) -> Iterator[Said]:
    """A sentence for each disputed fact, with all its values and the evidence of all sentences that rest on it."""
    for item in (item for sentence in said for item in page.evidence(sentence) if item.is_disputed):
        key = (item.model_id, _row_of(item))
        if key not in page.disputes:
            page.disputes.add(key)
            resting = (evidence for evidence in map(page.evidence, said) if _rests_on(evidence, *key))
            row = page.say(LISTS[key[1]]) if key[1] in LISTS else page.in_sentence(key[1])
            readings = (item.fact, *item.fact.rivals)
            values = dict.fromkeys(_reading(page, item, reading) for reading in readings)
            phrase = mark("Sources disagree on the {row} of {model}: {values}.")
            yield saying(page, page.say(phrase, row=row, model=item.model, values=page.words.either(values)), *resting)


def _reading(page: Page, item: Evidence, reading: Reading[Any]) -> str:
    if reading.state is not State.KNOWN:
        return state_text(page, reading.state).lower()
    if item.field == "routes":
        return page.words.list(dict.fromkeys(page.provider(route.provider) for route in reading.value or ()))
    return plain_value(page, item.field, reading.value)


def _rests_on(evidence: tuple[Evidence, ...], model: str, field: str) -> bool:
    return any((item.model_id, _row_of(item)) == (model, field) and item.is_disputed for item in evidence)


def _row_of(item: Evidence) -> str:
    """The row of a fact: a line of a total rests on the same price as the row of the cheapest one."""
    row = f"cheapest_{item.value.component}" if isinstance(item.value, Quote) else item.field
    return row if row in ROWS else item.field


def left_out(page: Page, models: Iterable[Model], phrase: str, **values: str) -> Iterator[Said]:
    """The sentence after a claim that leaves models out, lest “the largest” seem to be said of them too."""
    compared = {model.id for model in models}
    if rest := [model for model in page.comparison.living if model.id not in compared]:
        yield Said(page.say(phrase, models=rest, **values))


def month_text(page: Page, month: CheaperMonth | LevelMonths, turn: Turn | None = None) -> str:
    """The months of models at the workload of the page, or at another one."""
    when = workload(page, turn)
    if isinstance(month, CheaperMonth):
        return _cheaper(page, month, when)
    totals = month.costs[:1] if month.are_equal else month.costs
    equal = mark("{workload}, {models} cost the same: {totals} a month.")
    about = mark("{workload}, {models} cost about the same: {totals} a month.")
    return page.say(equal if month.are_equal else about, workload=when, models=page.models, totals=totals)


def move_text(page: Page, migration: Migration, month: CheaperMonth | None) -> str:
    """The end of a model, and its successor with the month of both."""
    target = migration.target
    end = page.say("{model} {end}", model=migration.ending.model, end=end_text(page, migration.ending))
    if not month:
        return page.say("{end}; its successor is {target}.", end=end, target=target)
    old, new = sorted(month.costs, key=lambda cost: cost.model is target)
    phrase = mark("{end}; its successor {target} costs {ratio} {workload}: {new} a month at {route}, against {old}.")
    ratio, requests = ratio_text(page, old.total, new.total), workload(page, phrase=WITHIN)
    route = route_text(page, new.route, new.level)
    return page.say(phrase, end=end, target=target, ratio=ratio, workload=requests, new=new, route=route, old=old)


def workload(page: Page, turn: Turn | None = None, phrase: tuple[str, str] = FIRST) -> str:
    """A workload at the beginning of a sentence, or within one."""
    if turn:
        return page.say(WORKLOADS[turn.change], tokens=turn.traffic.input, day=turn.day or "")
    traffic = page.comparison.traffic
    said = page.count(*phrase, traffic.requests)
    has_name = traffic is not EXAMPLE_TRAFFIC and not is_written_out(traffic)
    return page.aside(said, *([page.translate(traffic.label)] if has_name else []))


def _cheaper(page: Page, claim: CheaperMonth, when: str) -> str:
    level, dearer = claim.cheapest, claim.costs[len(claim.cheapest) :]
    first, last = level[0], dearer[-1]
    times = factor(first.total, last.total)
    values: dict[str, object] = {"workload": when, "total": first, "dearer": last, "other": last.model}
    if len(level) > 1:
        phrase = mark("{workload}, {models} cost the same, {total} a month, and {other} the most: {dearer}.")
        return page.say(phrase, models=[cost.model for cost in level], **values)
    values |= {"model": first.model, "route": route_text(page, first.route, first.level)}
    if len(dearer) > 1:
        phrase = mark(
            "{workload}, {model} costs the least, {total} a month at {route}, and {other} the most: {dearer}."
        )
    elif page.disputed:
        phrase = mark("{workload}, {model} costs less than {other}: {total} a month at {route}, against {dearer}.")
    elif times:
        phrase = mark(
            "{workload}, {model} costs {total} a month at {route}, and {other} costs {dearer}: {factor} times as much."
        )
    else:
        phrase = mark(
            "{workload}, {model} costs {share} less than {other}: {total} a month at {route}, against {dearer}."
        )
    return page.say(
        phrase, share=page.words.percent(share_below(first.total, last.total)), factor=times or "", **values
    )


def ratio_text(page: Page, first: Decimal, amount: Decimal) -> str:
    """An amount beside another one: in percent below twice as much, else in times."""
    if amount < first:
        return page.say("{share} less", share=page.words.percent(share_below(amount, first)))
    if times := factor(first, amount):
        return page.say("{factor} times as much", factor=times)
    return page.say("{share} more", share=page.words.percent(share_above(first, amount)))


def evidence_text(page: Page, item: Evidence) -> str:
    """The value of a fact as a sentence has it: the least and the greatest one where it depends on the route."""
    if item.spread:
        low, high = (plain_value(page, item.field, end) for end in item.spread)
        if isinstance(item.value, PartialDate):
            return page.words.either(dict.fromkeys((low, high)))
        if low == high:
            return low
        owns = ((route, route.own_fact(item.field)) for route in living_routes(item.model, page.comparison.day))
        least = [route for route, own in owns if own and own.value == item.spread[0] and is_apart(*item.spread)]
        # Of several routes it would be a list, which the tables are already.
        phrase = mark("{high} or, at {routes}, {low}") if len(least) == 1 else mark("{low} to {high}")
        return page.say(phrase, low=low, high=high, routes=least)
    return plain_value(page, item.field, item.value)


def benchmark_text(
    page: Page,
    benchmark: Benchmark,
    conditions: Sequence[str | None],
    unstated: Sequence[str] = (),
    remarks: Iterable[str] = (),
) -> str:
    """A benchmark with its conditions, its scale, the better end where that is the lower one, and remarks."""
    terms = [*conditions_text(page, conditions, unstated)]
    if benchmark.scale in SCALES:
        terms.append(page.say(SCALES[benchmark.scale]))
    if benchmark.better is Better.LOWER:
        terms.append(page.say("lower is better"))
    asides = page.words.semicolon.join([*([page.words.comma.join(terms)] if terms else []), *remarks])
    return page.aside(benchmark.name, *([asides] if asides else []))


def conditions_text(page: Page, conditions: Sequence[str | None], unstated: Sequence[str] = ()) -> Iterator[str]:
    """The conditions of a measurement that are stated, then the names of the others.

    A condition follows its name, unless it needs none: “accuracy”, “with tools”.
    """
    for name, value in zip(CONDITIONS, conditions, strict=True):
        if value:
            is_clear = name == "metric" or name in value
            yield value if is_clear else page.say("{condition} {value}", condition=page.say(name), value=value)
    if unstated:
        yield page.say("{conditions} not stated", conditions=map(page.say, unstated))


def interval_text(page: Page, benchmark: Benchmark, result: Result) -> str:
    """A confidence interval, or nothing."""
    if not result.ci:
        return ""
    low, high = (page.words.score(end, benchmark.scale) for end in result.ci)
    return page.say("{low} to {high}", low=low, high=high)

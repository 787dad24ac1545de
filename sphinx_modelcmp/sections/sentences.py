"""Claims as sentences, each with the facts it rests on: the wordings that several sections share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Better, Scale, State
from sphinx_modelcmp.compare.certainty import takes_longest
from sphinx_modelcmp.compare.evidence import once
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.results import CONDITIONS
from sphinx_modelcmp.sections.blocks import Inline, Said, Text, inlines_in
from sphinx_modelcmp.sections.labels import ROWS
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.values import plain_value, route_text, state_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Model, Reading, Result
    from sphinx_modelcmp.compare.claims import Leads
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page

LISTS = {"results": mark("results"), "routes": mark("providers"), "prices": mark("prices")}
"""The names in a sentence of lists that can be evidence."""

# Of two models one is larger; of several, one is the largest. The plural form is chosen by the number of others.
LEADS = {
    "context_window": mark_plural(
        "{model} has the larger context window: {value} tokens, against {others}.",
        "{model} has the largest context window: {value} tokens, against {others}.",
    ),
    "max_output": mark_plural(
        "{model} can write the longer answer: {value} tokens at most, against {others}.",
        "{model} can write the longest answer: {value} tokens at most, against {others}.",
    ),
    "cheapest_input": mark_plural(
        "Input is cheaper with {model}: {value} per million tokens, against {others}.",
        "Input is cheapest with {model}: {value} per million tokens, against {others}.",
    ),
    "cheapest_output": mark_plural(
        "Output is cheaper with {model}: {value} per million tokens, against {others}.",
        "Output is cheapest with {model}: {value} per million tokens, against {others}.",
    ),
    "released": mark_plural(
        "{model} is the newer one, released {value}; before it came {others}.",
        "{model} is the newest, released {value}; before it came {others}.",
    ),
    "knowledge_cutoff": mark_plural(
        "{model} was trained on later material: up to {value}, against {others}.",
        "{model} was trained on the latest material: up to {value}, against {others}.",
    ),
    "openness": mark_plural(
        "{model} is the more open one: {value}, against {others}.",
        "{model} is the most open one: {value}, against {others}.",
    ),
}

NOT_COMPARED = mark("There is no {row} to compare for {models}.")
AHEAD = {
    "context_window": mark("long inputs"),
    "max_output": mark("long answers"),
    "knowledge_cutoff": mark("later knowledge"),
    "openness": mark("openness"),
}
"""The use of leading a row. Being newer alone is no reason to choose a model."""
CHEAPER = {
    "cheapest_input": mark("For a low input price, choose {model} at {route}."),
    "cheapest_output": mark("For a low output price, choose {model} at {route}."),
}
"""Sentences of their own: a price that is gone gives way to the next one, without a change of the other reasons."""
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


def lead_sentences(page: Page, claim: Leads) -> Iterator[Said]:
    """A lead of one model in a row, with the values of all others that have one, then the models left out."""
    values: dict[str, object] = {
        "model": claim.model,
        "value": evidence_text(page, claim.evidence[0]),
        "others": [page.say("{model} ({value})", model=item, value=evidence_text(page, item)) for item in claim.others],
    }
    row = page.in_sentence(claim.field)
    if claim.field not in LEADS:
        said = page.say("{row}: {model} is ahead with {value}, against {others}.", row=row, **values)
    else:
        said = page.count(*LEADS[claim.field], len(claim.others), **values)
    yield saying(page, said, claim.evidence)
    yield from left_out(page, claim.models, NOT_COMPARED, row=row)


def left_out(page: Page, models: Iterable[Model], phrase: str, **values: str) -> Iterator[Said]:
    """The sentence after a claim that leaves models out, lest “the largest” seem to be said of them too."""
    compared = {model.id for model in models}
    if rest := [model for model in page.comparison.living if model.id not in compared]:
        yield Said(page.say(phrase, models=rest, **values))


def evidence_text(page: Page, item: Evidence) -> str:
    """The value of a fact as a sentence has it: the least and the greatest one where it depends on the route."""
    if item.spread:
        low, high = (plain_value(page, item.field, end) for end in item.spread)
        if isinstance(item.value, PartialDate):
            return page.words.either(dict.fromkeys((low, high)))
        return low if low == high else page.say("{low} to {high}", low=low, high=high)
    return plain_value(page, item.field, item.value)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to choose a model in a few words, and the facts that carry it."""

    text: str
    evidence: tuple[Evidence, ...]


def reasons_for(page: Page, model: Model) -> tuple[Reason, ...]:
    """Capabilities that only this model has, then rows where it is clearly ahead, in a stable order."""
    alone = (claim for claim in page.alone if claim.model is model)
    return (
        *(Reason(page.in_sentence(claim.field), claim.evidence) for claim in alone),
        *_worth_a_choice(page, model, AHEAD),
    )


def prices_for(page: Page, model: Model) -> tuple[Reason, ...]:
    """The prices that speak for a model, each as a sentence."""
    return tuple(_worth_a_choice(page, model, CHEAPER))


def _worth_a_choice(page: Page, model: Model, phrases: dict[str, str]) -> Iterator[Reason]:
    for claim in page.leads:
        is_whole = claim.is_clear and page.is_whole(claim)
        if claim.field in phrases and claim.model is model and is_whole and _is_of_use(page, claim):
            value = claim.evidence[0].value
            route = {"route": route_text(page, value.route, value.level)} if isinstance(value, Quote) else {}
            yield Reason(page.say(phrases[claim.field], model=model, **route), claim.evidence)


def _is_of_use(page: Page, claim: Leads) -> bool:
    """False for a context window with more room than the model takes input."""
    return claim.field != "context_window" or takes_longest(page.comparison, *claim.models)


def benchmark_text(
    page: Page,
    benchmark: Benchmark,
    conditions: Sequence[str | None],
    unstated: Sequence[str] = (),
    remarks: Iterable[str] = (),
) -> str:
    """A benchmark with its conditions, its scale, the better end where that is the lower one, and remarks."""
    terms = [
        page.say("{condition} {value}", condition=page.say(name), value=value)
        for name, value in zip(CONDITIONS, conditions, strict=True)
        if value
    ]
    if unstated:
        terms.append(page.say("{conditions} not stated", conditions=map(page.say, unstated)))
    if benchmark.scale in SCALES:
        terms.append(page.say(SCALES[benchmark.scale]))
    if benchmark.better is Better.LOWER:
        terms.append(page.say("lower is better"))
    asides = page.words.semicolon.join([*([page.words.comma.join(terms)] if terms else []), *remarks])
    return page.aside(benchmark.name, *([asides] if asides else []))


def interval_text(page: Page, benchmark: Benchmark, result: Result) -> str:
    """A confidence interval, or nothing."""
    if not result.ci:
        return ""
    low, high = (page.words.score(end, benchmark.scale) for end in result.ci)
    return page.say("{low} to {high}", low=low, high=high)

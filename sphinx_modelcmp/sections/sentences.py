"""Claims in words. Each section words a claim in its own way; what two of them share stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import Better, CommercialUse, Openness, Scale
from sphinx_modelcmp.compare.results import CONDITIONS
from sphinx_modelcmp.sections.blocks import Said
from sphinx_modelcmp.sections.cells import license_text, quote_text, value_text
from sphinx_modelcmp.sections.labels import (
    COMMERCIAL_USE_SAID,
    OPENNESS_SAID,
    kind_label,
    row_in_sentence,
)
from sphinx_modelcmp.sections.labels import (
    CONDITIONS as CONDITION_LABELS,
)
from sphinx_modelcmp.sections.saying import saying
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Model, Result
    from sphinx_modelcmp.compare.claims import Leads
    from sphinx_modelcmp.compare.costing import MonthlyCost
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page

# Of two models one is larger; of several, one is the largest. The plural form is chosen by the number of others.
LEADS = {
    "context_window": mark_plural(
        "{model} has the larger context window: {value} tokens, against {others}.",
        "{model} has the largest context window: {value} tokens, against {others}.",
    ),
    "max_output": mark_plural(
        "{model} can write the longer answer: up to {value} tokens, against {others}.",
        "{model} can write the longest answer: up to {value} tokens, against {others}.",
    ),
    "cheapest_input": mark_plural(
        "{model} reads for less: {value} per million input tokens, against {others}.",
        "{model} reads for the least: {value} per million input tokens, against {others}.",
    ),
    "cheapest_output": mark_plural(
        "{model} writes for less: {value} per million output tokens, against {others}.",
        "{model} writes for the least: {value} per million output tokens, against {others}.",
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


def lead_sentences(page: Page, claim: Leads) -> Iterator[Said]:
    """That one model is ahead in a row, with the values of all whose value is known, and then who is left out."""
    others = page.words.list(_behind(page, claim.row, item) for item in claim.others)
    value, row = plain_value(page, claim.row, claim.evidence[0]), row_in_sentence(page, claim.row)
    if claim.field not in LEADS:
        phrase = mark("{row}: {model} is ahead with {value}, against {others}.")
        said = page.say(phrase, row=row, model=claim.model.name, value=value, others=others)
    else:
        one, many = LEADS[claim.field]
        said = page.count(one, many, len(claim.others), model=claim.model.name, value=value, others=others)
    yield saying(page, said, claim.evidence)
    yield from left_out(page, claim.models, NOT_COMPARED, row=row)


def left_out(page: Page, models: Iterable[Model], phrase: str, **values: str) -> Iterator[Said]:
    """What follows a claim that leaves models out, lest “the largest” seem to be said of them too."""
    compared = {model.id for model in models}
    rest = [model for model in page.models if model.id not in compared]
    if rest:
        yield Said(page.say(phrase, models=page.names(rest), **values))


def _behind(page: Page, row: Row, item: Evidence) -> str:
    return page.say("{model} ({value})", model=item.model.name, value=plain_value(page, row, item))


def plain_value(page: Page, row: Row, item: Evidence) -> str:
    """A value as a sentence says it: figures in full, words without a capital, prices with their route."""
    value: Any = item.value
    if row.name in {"context_window", "max_output"}:
        return page.words.number(value)
    if row.name in {"cheapest_input", "cheapest_output"}:
        return quote_text(page, value)
    if row.name == "kind":
        return kind_label(page, value)
    if isinstance(value, Openness):
        return page.words.say(OPENNESS_SAID[value])
    if isinstance(value, CommercialUse):
        return page.words.say(COMMERCIAL_USE_SAID[value])
    if row.name == "license":
        return license_text(page, value)
    return value_text(page, row, value)


def capability_names(page: Page, rows: Iterable[Row]) -> str:
    """Capabilities as a sentence lists them."""
    return page.words.list(row_in_sentence(page, row) for row in rows)


def month_text(page: Page, cost: MonthlyCost) -> str:
    """The total of a month."""
    return page.words.money(cost.total, cost.currency)


SCALES = {
    Scale.FRACTION: mark("a share of 1"),
    Scale.ELO: mark("Elo rating"),
    Scale.INDEX: mark("index"),
    Scale.POINTS: mark("in points"),
    Scale.SECONDS: mark("in seconds"),
}
"""Scales that the figure does not show by a sign of its own."""


def benchmark_text(
    page: Page,
    benchmark: Benchmark,
    conditions: Sequence[str | None],
    unstated: Sequence[str] = (),
    remarks: Iterable[str] = (),
) -> str:
    """A benchmark with its conditions, its scale, the better end where that is the lower one, and remarks."""
    terms = [
        page.say("{condition} {value}", condition=page.words.say(CONDITION_LABELS[name]), value=value)
        for name, value in zip(CONDITIONS, conditions, strict=True)
        if value
    ]
    if unstated:
        names = page.words.list(page.words.say(CONDITION_LABELS[name]) for name in unstated)
        terms.append(page.say("{conditions} not stated", conditions=names))
    if benchmark.scale in SCALES:
        terms.append(page.words.say(SCALES[benchmark.scale]))
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

"""Claims in words. Each section words a claim in its own way; what two of them share stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import CommercialUse, Openness
from sphinx_modelcmp.sections.cells import license_text, quote_text, value_text
from sphinx_modelcmp.sections.labels import COMMERCIAL_USE_SAID, OPENNESS_SAID, kind_label, row_in_sentence
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Evidence, Leads
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

NOT_COMPARED = mark("There is nothing to compare for {models}.")


def lead_sentence(page: Page, claim: Leads) -> str:
    """That one model is ahead in a row, with the values of all whose value is known."""
    others = page.words.list(_behind(page, claim.row, item) for item in claim.others)
    value = plain_value(page, claim.row, claim.evidence[0])
    if claim.field not in LEADS:
        label = claim.row.house.label if claim.row.house else claim.field
        phrase = mark("{row}: {model} is ahead with {value}, against {others}.")
        said = page.say(phrase, row=label, model=claim.model.name, value=value, others=others)
    else:
        one, many = LEADS[claim.field]
        said = page.count(one, many, len(claim.others), model=claim.model.name, value=value, others=others)
    return said + not_compared(page, claim.models)


def not_compared(page: Page, models: Iterable[Model]) -> str:
    """What follows a claim that leaves models out, lest “the largest” seem to be said of them too."""
    compared = list(models)
    rest = [model for model in page.models if model not in compared]
    return f" {page.say(NOT_COMPARED, models=page.names(rest))}" if rest else ""


def _behind(page: Page, row: Row, item: Evidence) -> str:
    return page.say("{model} ({value})", model=item.model.name, value=plain_value(page, row, item))


def plain_value(page: Page, row: Row, item: Evidence) -> str:
    """A value as a sentence says it: figures in full, words without a capital, prices with their route."""
    value: Any = item.fact.value
    if row.name in {"context_window", "max_output"}:
        return page.words.number(value)
    if row.name in {"cheapest_input", "cheapest_output"}:
        return quote_text(page, value)
    if row.name == "kind":
        return kind_label(value, page.words)
    if isinstance(value, Openness):
        return page.words.say(OPENNESS_SAID[value])
    if isinstance(value, CommercialUse):
        return page.words.say(COMMERCIAL_USE_SAID[value])
    if row.name == "license":
        return license_text(page, value)
    return value_text(page, row, value)


def capability_names(page: Page, rows: Iterable[Row]) -> str:
    """Capabilities as a sentence lists them."""
    return page.words.list(row_in_sentence(row, page.words) for row in rows)

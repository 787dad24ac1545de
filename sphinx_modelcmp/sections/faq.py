"""Questions that the facts can answer. A question whose answer is unknown is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.blocks import Block, Definitions, paragraph, text
from sphinx_modelcmp.sections.cells import license_text
from sphinx_modelcmp.sections.labels import OPENNESS_SAID, row_in_sentence
from sphinx_modelcmp.sections.reasons import reasons_for
from sphinx_modelcmp.sections.sentences import not_compared, plain_value
from sphinx_modelcmp.sections.words import mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Leads, Same
    from sphinx_modelcmp.sections.page import Page

LEAST = {
    "cheapest_input": mark_plural(
        "Per million input tokens {model} asks less: {price}.",
        "Per million input tokens {model} asks the least: {price}.",
    ),
    "cheapest_output": mark_plural(
        "Per million output tokens {model} asks less: {price}.",
        "Per million output tokens {model} asks the least: {price}.",
    ),
}


def build(page: Page) -> tuple[Block, ...]:
    """Questions as terms, answers as their definitions."""
    asked = (_context, _open, _capabilities, _price, _month, _newer, _when)
    items = tuple((text(question), (paragraph(answer),)) for ask in asked for question, answer in ask(page) if answer)
    return (Definitions(items),) if items else ()


def _either(page: Page) -> str:
    return page.words.either(model.name for model in page.models)


def _lead(page: Page, field: str) -> Leads | None:
    return next((claim for claim in claims.leads(page.comparison) if claim.field == field), None)


def _same(page: Page, field: str) -> Same | None:
    return next((claim for claim in claims.same(page.comparison) if claim.field == field), None)


def _context(page: Page) -> Iterator[tuple[str, str]]:
    question = page.count(
        "Which takes more context, {models}?",
        "Which takes the most context, {models}?",
        len(page.models) - 1,
        models=_either(page),
    )
    if lead := _lead(page, "context_window"):
        others = page.words.list(
            page.say("{model} takes {value}", model=item.model.name, value=plain_value(page, lead.row, item))
            for item in lead.others
        )
        value = plain_value(page, lead.row, lead.evidence[0])
        answer = page.say("{model}, with {value} tokens; {others}.", model=lead.model.name, value=value, others=others)
        yield question, answer + not_compared(page, lead.models)
    elif level := _same(page, "context_window"):
        yield (
            question,
            page.say("They are level: the documented limit is {value} tokens.", value=page.words.number(level.value)),
        )


def _open(page: Page) -> Iterator[tuple[str, str]]:
    """Models of the same terms share a sentence."""
    terms: dict[str, list[Model]] = {}
    for model in page.models:
        if held := _openness(page, model):
            terms.setdefault(held, []).append(model)
    answers = (page.say("{models}: {terms}.", models=page.names(held), terms=said) for said, held in terms.items())
    if terms:
        yield page.say("How open are {models}?", models=page.names(page.models)), " ".join(answers)


def _openness(page: Page, model: Model) -> str:
    held = license_text(page, str(model.license.value)) if model.license.known else ""
    openness = page.words.say(OPENNESS_SAID[model.openness.value]) if model.openness.value else ""
    if not held or held.casefold() == openness.casefold():
        return openness
    if not openness:
        return page.say("under the license {license}", license=held)
    return page.say("{openness}, under the license {license}", openness=openness, license=held)


def _capabilities(page: Page) -> Iterator[tuple[str, str]]:
    for row, having, lacking in claims.disagreements(page.comparison):
        known = page.names(item.model for item in (*having, *lacking))
        question = page.say("Do {models} offer {row}?", models=known, row=row_in_sentence(row, page.words))
        answer = page.say(
            "By the documentation, yes for {having} and no for {lacking}.",
            having=page.names(item.model for item in having),
            lacking=page.names(item.model for item in lacking),
        )
        yield question, answer


def _price(page: Page) -> Iterator[tuple[str, str]]:
    found = [lead for field in ("cheapest_input", "cheapest_output") if (lead := _lead(page, field))]
    if not found:
        return
    answers = []
    for lead in found:
        price = plain_value(page, lead.row, lead.evidence[0])
        less, least = LEAST[lead.field]
        said = page.count(less, least, len(page.models) - 1, model=lead.model.name, price=price)
        answers.append(said + not_compared(page, lead.models))
    question = page.count("Which has the lower list prices?", "Which has the lowest list prices?", len(page.models) - 1)
    yield question, " ".join(answers)


def _month(page: Page) -> Iterator[tuple[str, str]]:
    claim = claims.cheaper_month(page.comparison)
    if claim:
        costs = page.words.list(
            page.say("{model} {total}", model=cost.model.name, total=page.words.money(cost.total, cost.currency))
            for cost in claim.evidence
        )
        answer = page.say("{costs}.", costs=costs) + not_compared(page, (cost.model for cost in claim.evidence))
        yield page.say("What does a month cost at the workload of this page?"), answer


def _newer(page: Page) -> Iterator[tuple[str, str]]:
    if lead := _lead(page, "released"):
        before = page.words.list(
            page.say("{model} ({date})", model=item.model.name, date=plain_value(page, lead.row, item))
            for item in lead.others
        )
        answer = page.say(
            "{model} ({date}); before it came {others}.",
            model=lead.model.name,
            date=plain_value(page, lead.row, lead.evidence[0]),
            others=before,
        )
        question = page.count("Which is newer?", "Which is the newest?", len(page.models) - 1)
        yield question, answer + not_compared(page, lead.models)


def _when(page: Page) -> Iterator[tuple[str, str]]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            question = page.say("When does {model} fit better?", model=model.name)
            yield question, page.say("When you need {reasons}.", reasons=page.words.list(reasons))

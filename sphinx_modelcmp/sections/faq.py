"""Questions that the facts can answer. A question whose answer is unknown is not asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.blocks import Block, Definitions, Inline, Paragraph, Said
from sphinx_modelcmp.sections.cells import license_text
from sphinx_modelcmp.sections.labels import OPENNESS_SAID, row_in_sentence
from sphinx_modelcmp.sections.reasons import reasons_for
from sphinx_modelcmp.sections.saying import block, saying
from sphinx_modelcmp.sections.sentences import left_out, month_text, plain_value
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Leads, Same
    from sphinx_modelcmp.sections.page import Page

LEAST = {
    "cheapest_input": mark_plural(
        "Per million input tokens {model} asks less: {price}, against {others}.",
        "Per million input tokens {model} asks the least: {price}, against {others}.",
    ),
    "cheapest_output": mark_plural(
        "Per million output tokens {model} asks less: {price}, against {others}.",
        "Per million output tokens {model} asks the least: {price}, against {others}.",
    ),
}
PRICES = {
    "cheapest_input": mark_plural(
        "Which has the lower input price, {models}?", "Which has the lowest input price, {models}?"
    ),
    "cheapest_output": mark_plural(
        "Which has the lower output price, {models}?", "Which has the lowest output price, {models}?"
    ),
}
NOT_ANSWERED = mark("No {row} can be given for {models}.")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the sentences that answer it. The question rests on what its answer rests on."""

    question: str
    answer: tuple[Said, ...]

    def item(self, page: Page) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
        """A term and its definition."""
        asked = saying(page, self.question, *map(page.evidence, self.answer))
        return (asked,), (Paragraph(block(page, self.answer)),)


def build(page: Page) -> tuple[Block, ...]:
    """Questions as terms, answers as their definitions."""
    asked = (_context, _open, _capabilities, _price, _month, _newer, _when)
    items = tuple(answered.item(page) for ask in asked for answered in ask(page))
    return (Definitions(items),) if items else ()


def _lead(page: Page, field: str) -> Leads | None:
    return next((claim for claim in page.leads if claim.field == field), None)


def _same(page: Page, field: str) -> Same | None:
    return next((claim for claim in page.same if claim.field == field), None)


def _rest(page: Page, lead: Leads) -> Iterator[Said]:
    yield from left_out(page, lead.models, NOT_ANSWERED, row=row_in_sentence(page, lead.row))


def _context(page: Page) -> Iterator[Answered]:
    question = page.count(
        "Which takes more context, {models}?",
        "Which takes the most context, {models}?",
        len(page.models) - 1,
        models=page.words.either(model.name for model in page.models),
    )
    if lead := _lead(page, "context_window"):
        others = page.words.list(
            page.say("{model} takes {value}", model=item.model.name, value=plain_value(page, lead.row, item))
            for item in lead.others
        )
        value = plain_value(page, lead.row, lead.evidence[0])
        text = page.say("{model}, with {value} tokens; {others}.", model=lead.model.name, value=value, others=others)
        yield Answered(question, (saying(page, text, lead.evidence), *_rest(page, lead)))
    elif level := _same(page, "context_window"):
        limit = page.words.number(level.value)
        text = page.say("They are level: the documented limit is {value} tokens.", value=limit)
        yield Answered(question, (saying(page, text, level.evidence),))


def _open(page: Page) -> Iterator[Answered]:
    """A sentence a model: models of the same terms would change each other's."""
    if answers := tuple(said for model in page.models if (said := _openness(page, model))):
        yield Answered(page.say("How open are {models}?", models=page.names(page.models)), answers)


def _openness(page: Page, model: Model) -> Said | None:
    terms, open_to = (claims.evidence_for(page.comparison, model, name) for name in ("license", "openness"))
    held = license_text(page, str(terms.value)) if terms.fact.known else ""
    openness = page.words.say(OPENNESS_SAID[open_to.value]) if open_to.fact.known else ""
    if not held and not openness:
        return None
    # A license that is called what the model is; its name is in no language but its own.
    if not held or (open_to.fact.known and held.casefold() == OPENNESS_SAID[open_to.value]):
        return saying(page, page.say("{model}: {terms}.", model=model.name, terms=openness), (open_to,))
    if not openness:
        said = page.say("under the license {license}", license=held)
        return saying(page, page.say("{model}: {terms}.", model=model.name, terms=said), (terms,))
    said = page.say("{openness}, under the license {license}", openness=openness, license=held)
    return saying(page, page.say("{model}: {terms}.", model=model.name, terms=said), (open_to, terms))


def _capabilities(page: Page) -> Iterator[Answered]:
    for claim in page.disagreements:
        row = row_in_sentence(page, claim.row)
        known = {item.model_id for item in claim.evidence}
        answer = page.say(
            "On {row} the documentation says yes for {having} and no for {lacking}.",
            row=row,
            having=page.names(item.model for item in claim.having),
            lacking=page.names(item.model for item in claim.lacking),
        )
        models = page.names(model for model in page.models if model.id in known)
        yield Answered(
            page.say("Do {models} offer {row}?", models=models, row=row), (saying(page, answer, claim.evidence),)
        )


def _price(page: Page) -> Iterator[Answered]:
    for field, question in PRICES.items():
        if lead := _lead(page, field):
            names = page.words.either(model.name for model in page.models)
            asked = page.count(*question, len(page.models) - 1, models=names)
            yield Answered(asked, tuple(_asks_less(page, lead)))


def _asks_less(page: Page, lead: Leads) -> Iterator[Said]:
    price = plain_value(page, lead.row, lead.evidence[0])
    others = page.words.list(
        page.say("{model} {price}", model=item.model.name, price=plain_value(page, lead.row, item))
        for item in lead.others
    )
    text = page.count(*LEAST[lead.field], len(lead.others), model=lead.model.name, price=price, others=others)
    yield saying(page, text, lead.evidence)
    yield from _rest(page, lead)


def _month(page: Page) -> Iterator[Answered]:
    if claim := page.cheaper_month:
        costs = page.words.list(
            page.say("{model} {total}", model=cost.model.name, total=month_text(page, cost)) for cost in claim.costs
        )
        question = page.say("What does a month cost at the workload of this page?")
        rest = left_out(page, claim.models, mark("There is no total to compare for {models}."))
        yield Answered(question, (saying(page, page.say("{costs}.", costs=costs), claim.evidence), *rest))


def _newer(page: Page) -> Iterator[Answered]:
    if lead := _lead(page, "released"):
        before = page.words.list(
            page.say("{model} ({date})", model=item.model.name, date=plain_value(page, lead.row, item))
            for item in lead.others
        )
        text = page.say(
            "{model} ({date}); before it came {others}.",
            model=lead.model.name,
            date=plain_value(page, lead.row, lead.evidence[0]),
            others=before,
        )
        question = page.count("Which is newer?", "Which is the newest?", len(page.models) - 1)
        yield Answered(question, (saying(page, text, lead.evidence), *_rest(page, lead)))


def _when(page: Page) -> Iterator[Answered]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            names = page.words.list(reason.text for reason in reasons)
            said = saying(
                page, page.say("When you need {reasons}.", reasons=names), *(held.evidence for held in reasons)
            )
            yield Answered(page.say("When does {model} fit better?", model=model.name), (said,))

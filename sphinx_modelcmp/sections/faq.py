"""Questions that the facts can answer. A question whose answer is unknown is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.blocks import Block, Definitions, Paragraph, Said
from sphinx_modelcmp.sections.labels import OPENNESS
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, left_out, reasons_for, saying
from sphinx_modelcmp.sections.values import license_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model

    Answered = tuple[str, tuple[Said, ...]]
    """A question and the sentences that answer it."""

CONTEXT = mark_plural("Which takes more context, {models}?", "Which takes the most context, {models}?")
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


def build(page: Page) -> tuple[Block, ...]:
    """Questions as terms, answers as their definitions. A question rests on the evidence of its answer."""
    if page.opening.jobs:
        return ()
    asked = (_context, _open, _capabilities, _price, _month, _newer, _when)
    items = tuple(
        ((saying(page, question, *map(page.evidence, answer)),), (Paragraph(block(page, answer)),))
        for ask in asked
        for question, answer in ask(page)
    )
    return (Definitions(items),) if items else ()


def _lead(page: Page, field: str) -> claims.Leads | None:
    return next((claim for claim in page.leads if claim.field == field), None)


def _rest(page: Page, lead: claims.Leads) -> Iterator[Said]:
    yield from left_out(page, lead.models, NOT_ANSWERED, row=page.in_sentence(lead.field))


def _context(page: Page) -> Iterator[Answered]:
    question = page.count(*CONTEXT, len(page.models) - 1, models=page.either())
    if lead := _lead(page, "context_window"):
        value = evidence_text(page, lead.evidence[0])
        others = [
            page.say("{model} takes {value}", model=item, value=evidence_text(page, item)) for item in lead.others
        ]
        text = page.say("{model}, with {value} tokens; {others}.", model=lead.model, value=value, others=others)
        yield question, (saying(page, text, lead.evidence), *_rest(page, lead))
    elif level := next((claim for claim in claims.same(page.comparison) if claim.field == "context_window"), None):
        text = page.say("They are level: the documented limit is {value} tokens.", value=level.value)
        yield question, (saying(page, text, level.evidence),)


def _open(page: Page) -> Iterator[Answered]:
    """A sentence a model: models of the same terms would change each other's."""
    if answers := tuple(said for model in page.models if (said := _openness(page, model))):
        yield page.say("How open are {models}?", models=page.models), answers


def _openness(page: Page, model: Model) -> Said | None:
    terms, open_to = (claims.evidence_for(page.comparison, model, name) for name in ("license", "openness"))
    held = license_text(page, str(terms.value)) if terms.fact.known else ""
    openness = evidence_text(page, open_to) if open_to.fact.known else ""
    if not held and not openness:
        return None
    # A license that is called what the model is; its name is in no language but its own.
    if not held or (open_to.fact.known and held.casefold() == OPENNESS[open_to.value].in_sentence):
        said, evidence = openness, [open_to]
    elif openness:
        phrase = mark("{openness}, under the license {license}")
        said, evidence = page.say(phrase, openness=openness, license=held), [open_to, terms]
    else:
        said, evidence = page.say("under the license {license}", license=held), [terms]
    return saying(page, page.say("{model}: {terms}.", model=model, terms=said), evidence)


def _capabilities(page: Page) -> Iterator[Answered]:
    for claim in page.disagreements:
        row = page.in_sentence(claim.row.name)
        known = {item.model_id for item in claim.evidence}
        phrase = mark("On {row} the documentation says yes for {having} and no for {lacking}.")
        answer = page.say(phrase, row=row, having=claim.having, lacking=claim.lacking)
        models = [model for model in page.models if model.id in known]
        yield page.say("Do {models} offer {row}?", models=models, row=row), (saying(page, answer, claim.evidence),)


def _price(page: Page) -> Iterator[Answered]:
    for field, question in PRICES.items():
        if lead := _lead(page, field):
            price = evidence_text(page, lead.evidence[0])
            others = [page.say("{model} {price}", model=item, price=evidence_text(page, item)) for item in lead.others]
            text = page.count(*LEAST[field], len(lead.others), model=lead.model, price=price, others=others)
            asked = page.count(*question, len(page.models) - 1, models=page.either())
            yield asked, (saying(page, text, lead.evidence), *_rest(page, lead))


def _month(page: Page) -> Iterator[Answered]:
    if claim := page.cheaper_month:
        costs = [page.say("{model} {total}", model=cost.model, total=cost) for cost in claim.costs]
        question = page.say("What does a month cost at the workload of this page?")
        rest = left_out(page, claim.models, mark("There is no total to compare for {models}."))
        yield question, (saying(page, page.say("{costs}.", costs=costs), claim.evidence), *rest)


def _newer(page: Page) -> Iterator[Answered]:
    if lead := _lead(page, "released"):
        date = evidence_text(page, lead.evidence[0])
        others = [page.say("{model} ({date})", model=item, date=evidence_text(page, item)) for item in lead.others]
        text = page.say("{model} ({date}); before it came {others}.", model=lead.model, date=date, others=others)
        question = page.count("Which is newer?", "Which is the newest?", len(page.models) - 1)
        yield question, (saying(page, text, lead.evidence), *_rest(page, lead))


def _when(page: Page) -> Iterator[Answered]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            names = [reason.text for reason in reasons]
            text = page.say("When you need {reasons}.", reasons=names)
            said = saying(page, text, *(reason.evidence for reason in reasons))
            yield page.say("When does {model} fit better?", model=model), (said,)


SECTION = SectionKind(mark("Questions and answers"), build)

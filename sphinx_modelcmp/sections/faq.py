"""Questions that the facts can answer. A question whose answer is unknown is not asked."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Openness
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.blocks import Block, Definitions, Paragraph, Said
from sphinx_modelcmp.sections.labels import OPENNESS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, left_out, saying
from sphinx_modelcmp.sections.values import license_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.evidence import Evidence

    Answered = tuple[str, tuple[Said, ...]]
    """A question and the sentences that answer it."""

FEW = 10
"""Gigabytes that are given with a decimal."""
NOT_ANSWERED = mark("No {row} can be given for {models}.")


def build(page: Page) -> tuple[Block, ...]:
    """Questions as terms, answers as their definitions. A question rests on the evidence of its answer."""
    asked = () if page.opening.jobs else (_month, _stay, _context, _open, _capabilities)
    items = tuple(
        ((saying(page, question, *map(page.evidence, answer)),), (Paragraph(block(page, answer)),))
        for ask in asked
        for question, answer in ask(page)
    )
    if not items:
        return (Paragraph((Said(page.say("The catalog has no answer to what is usually asked here.")),)),)
    return (Definitions(items),)


def _stay(page: Page) -> Iterator[Answered]:
    """Of two models: the table of moves says it of more."""
    for move in page.moves if len(page.models) == 2 else ():
        if move.shared_providers is not None:
            names = list(map(page.provider, move.shared_providers))
            text = page.say("Yes, with {names}.", names=names) if names else page.say("No: none is recorded for both.")
            yield page.say("Can I stay with my provider?"), (saying(page, text, move.routes),)


def _context(page: Page) -> Iterator[Answered]:
    question = page.say("How much text fits?")
    for lead in claims.leads(page.comparison, "context_window"):
        value = evidence_text(page, lead.evidence[0])
        others = [
            page.say("{model} takes {value}", model=item, value=evidence_text(page, item)) for item in lead.others
        ]
        text = page.say("{model}, with {value} tokens; {others}.", model=lead.model, value=value, others=others)
        rest = left_out(page, lead.models, NOT_ANSWERED, row=page.in_sentence(lead.field))
        yield question, (saying(page, text, lead.evidence), *rest)


def _open(page: Page) -> Iterator[Answered]:
    """A sentence a model, where the weights of one are published."""
    open_to = {model.id: claims.evidence_for(page.comparison, model, "openness") for model in page.models}
    if any(item.fact.known and item.value is not Openness.PROPRIETARY for item in open_to.values()):
        answers = (_openness(page, model, open_to[model.id]) for model in page.models)
        yield page.say("Can I run them myself?"), tuple(said for said in answers if said)


def _openness(page: Page, model: Model, open_to: Evidence) -> Said | None:
    if not open_to.fact.known:
        return None
    terms = claims.evidence_for(page.comparison, model, "license")
    held = license_text(page, str(terms.value)) if terms.fact.known else ""
    said, evidence = evidence_text(page, open_to), [open_to]
    # A license may be called what the model is.
    if held and held.casefold() != OPENNESS[open_to.value].in_sentence:
        said = page.say("{openness}, under the license {license}", openness=said, license=held)
        evidence.append(terms)
    if open_to.value is not Openness.PROPRIETARY and (size := claims.certain_size(page.comparison, model)):
        phrase = mark("{terms}; the weights alone take about {full} GB at 16 bit and {least} GB at 4 bit")
        full, least = (_rounded(size.value.total * bits / 8) for bits in (16, 4))
        said = page.say(phrase, terms=said, full=full, least=least)
        evidence.append(size)
    return saying(page, page.say("{model}: {terms}.", model=model, terms=said), evidence)


def _rounded(size: Decimal) -> Decimal:
    """Bytes as gigabytes, in two digits if they are few."""
    found = size / 10**9
    return found.quantize(Decimal(1)) if found >= FEW else Context(prec=2).plus(found).normalize()


def _capabilities(page: Page) -> Iterator[Answered]:
    for claim in page.disagreements:
        row = page.in_sentence(claim.row.name)
        known = {item.model_id for item in claim.evidence}
        phrase = mark("On {row} the documentation says yes for {having} and no for {lacking}.")
        answer = page.say(phrase, row=row, having=claim.having, lacking=claim.lacking)
        models = [model for model in page.models if model.id in known]
        yield page.say("Do {models} offer {row}?", models=models, row=row), (saying(page, answer, claim.evidence),)


def _month(page: Page) -> Iterator[Answered]:
    if claim := page.cheaper_month:
        costs = [page.say("{model} {total}", model=cost.model, total=cost) for cost in claim.costs]
        question = page.say("What does a month cost at the workload of this page?")
        rest = left_out(page, claim.models, mark("There is no total to compare for {models}."))
        yield question, (saying(page, page.say("{costs}.", costs=costs), claim.evidence), *rest)


SECTION = SectionKind(mark("Questions and answers"), build)

"""Prose: how far the models lie apart, how well they are documented, and when to choose which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.sections.blocks import Block, Paragraph, Said
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, prices_for, reasons_for, saying
from sphinx_modelcmp.sections.values import amount_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.evidence import Evidence

APART = {"kind": mark("Their product types are {sides}."), "architecture": mark("Their architectures are {sides}.")}
GAPS = {
    "context_window": mark_plural(
        "The context windows hold {sides} tokens, 1 to {factor}.",
        "The context windows hold {sides} tokens, 1 to {factor} from end to end.",
    ),
    "max_output": mark_plural(
        "The longest answers take {sides} tokens, 1 to {factor}.",
        "The longest answers take {sides} tokens, 1 to {factor} from end to end.",
    ),
    "cheapest_input": mark_plural(
        "A million input tokens cost {sides} at the cheapest, 1 to {factor}.",
        "A million input tokens cost {sides} at the cheapest, 1 to {factor} from end to end.",
    ),
    "cheapest_output": mark_plural(
        "A million output tokens cost {sides} at the cheapest, 1 to {factor}.",
        "A million output tokens cost {sides} at the cheapest, 1 to {factor} from end to end.",
    ),
}
"""A sentence a row. One for the widest gap only would have to change with every other row."""
OPEN_AND_MORE = mark_plural(
    "Open for {model}: {rows}, and {number} more.", "Open for {model}: {rows}, and {number} more."
)
MOST_NAMED = 6
"""The most silent rows that are named; more would be a list, which the tables are already."""


def build(page: Page) -> tuple[Block, ...]:
    """Up to three paragraphs; for a single model only how well it is documented."""
    whole = (_differences(page), _documentation(page), _choice(page))
    paragraphs = whole[1:2] if page.is_single or page.opening.jobs else whole
    return tuple(Paragraph(block(page, said)) for said in map(list, paragraphs) if said)


def _differences(page: Page) -> Iterator[Said]:
    for contrast in page.contrasts:
        values = (evidence_text(page, item) for item in contrast.evidence)
        text = page.say(APART[contrast.field], sides=_sides(page, values, contrast.evidence))
        yield saying(page, text, contrast.evidence)
    for gap in claims.gaps(page.comparison):
        sides = _sides(page, (_figure(page, item.value) for item in gap.evidence), gap.evidence)
        text = page.count(*GAPS[gap.field], len(gap.evidence) - 1, sides=sides, factor=gap.factor)
        yield saying(page, text, gap.evidence)
    for parted in page.disagreements:
        phrase = mark("They differ in {row}: documented for {having}, denied for {lacking}.")
        row = page.in_sentence(parted.row.name)
        yield saying(page, page.say(phrase, row=row, having=parted.having, lacking=parted.lacking), parted.evidence)
    if common := claims.common(page.comparison):
        names = [page.in_sentence(claim.field) for claim in common]
        text = page.say("They have {capabilities} in common.", capabilities=names)
        yield saying(page, text, *(claim.evidence for claim in common))


def _sides(page: Page, said: Iterable[str], evidence: Sequence[Evidence]) -> list[str]:
    """The values in their order, each with the models that have it."""
    values: dict[str, list[Model]] = {}
    for value, item in zip(said, evidence, strict=True):
        values.setdefault(value, []).append(item.model)
    return [page.say("{value} ({models})", value=value, models=models) for value, models in values.items()]


def _figure(page: Page, value: Quote | int) -> str:
    return amount_text(page, value) if isinstance(value, Quote) else page.words.number(value)


def _documentation(page: Page) -> Iterator[Said]:
    """The share of facts that are known: no claims, and so without evidence."""
    found = claims.coverage(page.comparison)
    shares = [page.say("{known} for {model}", known=item.known, model=item.model) for item in found]
    phrase = mark("Of the {asked} facts that every page asks for, the catalog states {shares}.")
    yield Said(page.say(phrase, asked=found[0].asked, shares=shares))
    for item in found:
        if item.silent:
            yield Said(_open_questions(page, item))


def _open_questions(page: Page, item: claims.Coverage) -> str:
    names = list(map(page.in_sentence, item.silent))
    if len(names) <= MOST_NAMED:
        return page.say("Open for {model}: {rows}.", model=item.model, rows=names)
    named, rest = names[:MOST_NAMED], len(names) - MOST_NAMED
    return page.count(*OPEN_AND_MORE, rest, model=item.model, rows=page.words.comma.join(named))


def _choice(page: Page) -> Iterator[Said]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            names = [reason.text for reason in reasons]
            text = page.say("Choose {model} for {reasons}.", model=model, reasons=names)
            yield saying(page, text, *(reason.evidence for reason in reasons))
    for model in page.models:
        yield from (saying(page, reason.text, reason.evidence) for reason in prices_for(page, model))


SECTION = SectionKind(mark("Deep dive"), build)

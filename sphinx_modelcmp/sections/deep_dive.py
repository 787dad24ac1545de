"""Prose: how far the models lie apart, how well they are documented, and when to choose which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.rows import Row
from sphinx_modelcmp.sections.blocks import Block, Paragraph, Said
from sphinx_modelcmp.sections.cells import amount_text
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.reasons import prices_for, reasons_for
from sphinx_modelcmp.sections.saying import block, saying
from sphinx_modelcmp.sections.sentences import capability_names, plain_value
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Contrast, Coverage, Gap
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.page import Page

APART = {
    "kind": mark("Their product types are {sides}."),
    "architecture": mark("Their architectures are {sides}."),
}
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
"""So many silent rows are named; more would be a list, which the tables are already."""


def build(page: Page) -> tuple[Block, ...]:
    """Up to three paragraphs; of one model alone only how well it is documented."""
    whole = (_differences(page), _documentation(page), _choice(page))
    paragraphs = whole[1:2] if page.is_single else whole
    return tuple(Paragraph(block(page, said)) for said in map(list, paragraphs) if said)


def _differences(page: Page) -> Iterator[Said]:
    for contrast in page.contrasts:
        yield saying(page, _contrast(page, contrast), contrast.evidence)
    for gap in claims.gaps(page.comparison):
        yield saying(page, _gap(page, gap), gap.evidence)
    for parted in page.disagreements:
        text = page.say(
            "They differ in {row}: documented for {having}, denied for {lacking}.",
            row=row_in_sentence(page, parted.row),
            having=page.names(item.model for item in parted.having),
            lacking=page.names(item.model for item in parted.lacking),
        )
        yield saying(page, text, parted.evidence)
    if common := claims.common(page.comparison):
        names = capability_names(page, (claim.row for claim in common))
        text = page.say("They have {capabilities} in common.", capabilities=names)
        yield saying(page, text, *(claim.evidence for claim in common))


def _contrast(page: Page, claim: Contrast) -> str:
    said = (plain_value(page, claim.row, item) for item in claim.evidence)
    return page.say(APART[claim.field], sides=_sides(page, said, claim.evidence))


def _gap(page: Page, gap: Gap) -> str:
    said = (_figure(page, item.value) for item in gap.evidence)
    sides = _sides(page, said, gap.evidence)
    return page.count(*GAPS[gap.row.name], len(gap.evidence) - 1, sides=sides, factor=page.words.number(gap.factor))


def _sides(page: Page, said: Iterable[str], evidence: Sequence[Evidence]) -> str:
    """The values in their order, each with the models that have it."""
    values: dict[str, list[Model]] = {}
    for value, item in zip(said, evidence, strict=True):
        values.setdefault(value, []).append(item.model)
    return page.words.list(
        page.say("{value} ({models})", value=value, models=page.names(held)) for value, held in values.items()
    )


def _figure(page: Page, value: Quote | int) -> str:
    return amount_text(page, value) if isinstance(value, Quote) else page.words.number(value)


def _documentation(page: Page) -> Iterator[Said]:
    """What is known and what is not: no claims, and so without evidence."""
    found = claims.coverage(page.comparison)
    shares = page.words.list(
        page.say("{known} for {model}", known=page.words.number(item.known), model=item.model.name) for item in found
    )
    yield Said(
        page.say(
            "Of the {asked} facts that this page can show of a model, sources settle {shares}.",
            asked=page.words.number(found[0].asked),
            shares=shares,
        )
    )
    for item in found:
        if item.silent:
            yield Said(_open_questions(page, item))


def _open_questions(page: Page, item: Coverage) -> str:
    house = page.catalog.fields
    names = [row_in_sentence(page, Row(name, (), house=house.get(name))) for name in item.silent]
    if len(names) <= MOST_NAMED:
        return page.say("Open for {model}: {rows}.", model=item.model.name, rows=page.words.list(names))
    named, rest = names[:MOST_NAMED], len(names) - MOST_NAMED
    return page.count(*OPEN_AND_MORE, rest, model=item.model.name, rows=page.words.comma.join(named))


def _choice(page: Page) -> Iterator[Said]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            names = page.words.list(reason.text for reason in reasons)
            text = page.say("Choose {model} for {reasons}.", model=model.name, reasons=names)
            yield saying(page, text, *(reason.evidence for reason in reasons))
    for model in page.models:
        yield from (saying(page, reason.text, reason.evidence) for reason in prices_for(page, model))

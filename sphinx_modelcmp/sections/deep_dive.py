"""Prose: where the models differ most, how well they are documented, and when to choose which."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Support
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.rows import Row, capability_rows
from sphinx_modelcmp.sections.blocks import Block, paragraph
from sphinx_modelcmp.sections.cells import amount_text
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.reasons import reasons_for
from sphinx_modelcmp.sections.sentences import capability_names, plain_value
from sphinx_modelcmp.sections.words import mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Contrast, Coverage, Evidence, Leads
    from sphinx_modelcmp.sections.page import Page

APART = {
    "kind": mark("Their product types are {sides}."),
    "architecture": mark("Their architectures are {sides}."),
}
_WIDE = Context(prec=120)
"""Room for the ratio of any two numbers that a catalog can hold."""
OPEN_AND_MORE = mark_plural(
    "Open for {model}: {rows}, and {number} more.", "Open for {model}: {rows}, and {number} more."
)
MOST_NAMED = 6
"""So many silent rows are named; more would be a list, which the tables are already."""


def build(page: Page) -> tuple[Block, ...]:
    """Up to three paragraphs."""
    paragraphs = (_differences(page), _documentation(page), _choice(page))
    return tuple(paragraph(" ".join(sentences)) for sentences in map(list, paragraphs) if sentences)


def _differences(page: Page) -> Iterator[str]:
    for claim in claims.contrasts(page.comparison):
        if claim.field in APART:
            yield _contrast(page, claim)
    if widest := claims.widest_gap(page.comparison):
        yield _widest(page, widest)
    for row, having, lacking in claims.disagreements(page.comparison):
        yield page.say(
            "They differ in {row}: documented for {having}, denied for {lacking}.",
            row=row_in_sentence(row, page.words),
            having=page.names(item.model for item in having),
            lacking=page.names(item.model for item in lacking),
        )
    common = [row for row in capability_rows(page.catalog, page.models) if _all_have(row)]
    if common:
        yield page.say("They have {capabilities} in common.", capabilities=capability_names(page, common))


def _all_have(row: Row) -> bool:
    return all(fact.known and fact.value is Support.YES for fact in row.facts)


def _contrast(page: Page, claim: Contrast) -> str:
    row = Row(claim.field, tuple(item.fact for item in claim.evidence))
    values: dict[str, list[Model]] = {}
    for item in claim.evidence:
        values.setdefault(plain_value(page, row, item), []).append(item.model)
    sides = page.words.list(
        page.say("{value} ({models})", value=value, models=page.names(held)) for value, held in values.items()
    )
    return page.say(APART[claim.field], sides=sides)


def _widest(page: Page, claim: Leads) -> str:
    """Amounts in their order, from the least to the most."""
    first, *others = sorted(claim.evidence, key=lambda item: claims.amount(item.fact.value) or 0)
    factor = (max(claim.amounts) / min(claim.amounts)).quantize(Decimal("0.1"), context=_WIDE)
    phrase = mark("Their figures lie furthest apart in {row}: {low} ({lowest}) and {high} ({highest}), {factor} to 1.")
    return page.say(
        phrase,
        row=row_in_sentence(claim.row, page.words),
        low=_figure(page, claim, first),
        lowest=first.model.name,
        high=_figure(page, claim, others[-1]),
        highest=others[-1].model.name,
        factor=page.words.number(factor),
    )


def _figure(page: Page, claim: Leads, item: Evidence) -> str:
    value = item.fact.value
    return amount_text(page, value) if isinstance(value, Quote) else plain_value(page, claim.row, item)


def _documentation(page: Page) -> Iterator[str]:
    found = claims.coverage(page.comparison)
    shares = page.words.list(
        page.say("{known} for {model}", known=page.words.number(item.known), model=item.model.name) for item in found
    )
    yield page.say(
        "Of the {asked} facts that this page can show of a model, sources settle {shares}.",
        asked=page.words.number(found[0].asked),
        shares=shares,
    )
    for item in found:
        if item.silent:
            yield _open_questions(page, item)


def _open_questions(page: Page, item: Coverage) -> str:
    house = page.catalog.fields
    names = [row_in_sentence(Row(name, (), house=house.get(name)), page.words) for name in item.silent]
    if len(names) <= MOST_NAMED:
        return page.say("Open for {model}: {rows}.", model=item.model.name, rows=page.words.list(names))
    named, rest = names[:MOST_NAMED], len(names) - MOST_NAMED
    return page.count(*OPEN_AND_MORE, rest, model=item.model.name, rows=", ".join(named))


def _choice(page: Page) -> Iterator[str]:
    for model in page.models:
        if reasons := reasons_for(page, model):
            yield page.say("Choose {model} for {reasons}.", model=model.name, reasons=page.words.list(reasons))

"""One paragraph: what is compared, the main difference, and what the reader can take from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.sections.blocks import Block, Verdict, paragraph
from sphinx_modelcmp.sections.labels import kind_label, row_in_sentence
from sphinx_modelcmp.sections.sentences import not_compared, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Leads
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """Always there: the names alone can be said of any models."""
    sentences = (_opening(page), _difference(page), *_outcome(page))
    return (paragraph(" ".join(sentence for sentence in sentences if sentence)), Verdict())


def _opening(page: Page) -> str:
    first, *others = (_introduced(page, model) for model in page.models)
    return page.say("This page sets {first} beside {others}.", first=first, others=page.words.list(others))


def _introduced(page: Page, model: Model) -> str:
    """The name and, in brackets, what is known of kind, maker, size and release."""
    parts = []
    if model.kind.known:
        parts.append(kind_label(str(model.kind.value), page.words))
    if model.organization.known:
        parts.append(page.catalog.organizations[str(model.organization.value)].name)
    if model.parameters.value:
        parts.append(page.say("{size} parameters", size=page.words.short_number(model.parameters.value.total)))
    if model.released.value:
        parts.append(page.say("released {date}", date=page.words.date(model.released.value)))
    return f"{model.name} ({', '.join(parts)})" if parts else model.name


def _difference(page: Page) -> str:
    """The one difference that a reader has to know first."""
    kinds = [claim for claim in claims.contrasts(page.comparison) if claim.field == "kind"]
    if kinds:
        return page.say("Their product types differ, so start from the work to be done, not from a single row.")
    leading = claims.leads(page.comparison)
    return _first_lead(page, leading[0]) if leading else ""


def _first_lead(page: Page, claim: Leads) -> str:
    sides = page.words.list(
        page.say("{value} for {model}", value=plain_value(page, claim.row, item), model=item.model.name)
        for item in claim.evidence
    )
    row = row_in_sentence(claim.row, page.words)
    said = page.say("What sets them apart first is the {row}: {sides}.", row=row, sides=sides)
    return said + not_compared(page, claim.models)


def _outcome(page: Page) -> Iterator[str]:
    # All that the catalog holds, for that is what the sentences speak of, whichever the tables show.
    shared, _ = split_results(page.catalog, page.models)
    if shared:
        yield page.count(
            "The catalog holds one benchmark run under the same conditions, which can be read side by side.",
            "The catalog holds {number} benchmarks run under the same conditions, which can be read side by side.",
            len(shared),
        )
    else:
        yield page.say(
            "No benchmark in the catalog was run on them under the same conditions: nothing here ranks their quality."
        )
    cheaper = claims.cheaper_month(page.comparison)
    if cheaper and "cost" in page.comparison.sections:
        said = page.count(
            "For the workload of this page {model} costs less.",
            "For the workload of this page {model} costs the least.",
            len(cheaper.evidence) - 1,
            model=cheaper.model.name,
        )
        yield said + not_compared(page, (cost.model for cost in cheaper.evidence))

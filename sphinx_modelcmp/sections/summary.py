"""One paragraph: what is compared, the main difference, and what the reader can take from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.sources import summarized
from sphinx_modelcmp.sections.blocks import Block, Bullets, Inline, Paragraph, Said, Strong, Text, Verdict
from sphinx_modelcmp.sections.cells import sentence_start
from sphinx_modelcmp.sections.labels import kind_label, row_in_sentence
from sphinx_modelcmp.sections.marks import spaced
from sphinx_modelcmp.sections.saying import block, saying
from sphinx_modelcmp.sections.sentences import left_out, month_text, plain_value
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Leads
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.page import Page


INTRODUCING = ("kind", "organization", "parameters", "released")
"""What stands in brackets behind a name."""


def build(page: Page) -> tuple[Block, ...]:
    """Always there: the names alone can be said of any models. Of one alone it says what that is."""
    if page.is_single:
        return _presentation(page, page.models[0])
    said = (_opening(page), *_difference(page), *_benchmarks(page), *_month(page))
    return (Paragraph(block(page, said)), Verdict(), *_summaries(page))


def _opening(page: Page) -> Said:
    known = {model.id: _known(page, model) for model in page.models}
    first, *others = (_introduced(page, model, known[model.id]) for model in page.models)
    text = page.say("This page sets {first} beside {others}.", first=first, others=page.words.list(others))
    return saying(page, text, *known.values())


def _presentation(page: Page, model: Model) -> tuple[Block, ...]:
    known = _known(page, model)
    if not known:
        return _summaries(page)
    text = sentence_start(page.words.comma.join(_part(page, item) for item in known))
    return (Paragraph((saying(page, text, known),)), *_summaries(page))


def _summaries(page: Page) -> tuple[Block, ...]:
    """What the author says of each model in a sentence; of many it would be a page of its own."""
    known = [model for model in page.models if model.summary.known] if summarized(page.comparison) else []
    items = tuple(
        (
            *_introducing(page.labelled(model.name)),
            *page.prose(str(model.summary.value)),
            *spaced(page.citations.marks(model.summary)),
        )
        for model in known
    )
    return (Bullets(items),) if items else ()


def _introducing(label: str) -> tuple[Inline, ...]:
    """The name with its colon; a space behind that, where the language has one, is of no weight."""
    name = label.rstrip()
    return (Strong(name), *map(Text, filter(None, (label[len(name) :],))))


def _known(page: Page, model: Model) -> tuple[Evidence, ...]:
    found = (claims.evidence_for(page.comparison, model, name) for name in INTRODUCING)
    return tuple(item for item in found if item.fact.known)


def _introduced(page: Page, model: Model, known: tuple[Evidence, ...]) -> str:
    """The name and, in brackets, what is known of kind, maker, size and release."""
    return page.aside(model.name, *(_part(page, item) for item in known))


def _part(page: Page, item: Evidence) -> str:
    match item.field:
        case "kind":
            return kind_label(page, str(item.value))
        case "organization":
            return page.catalog.organizations[str(item.value)].name
        case "parameters":
            return page.say("{size} parameters", size=page.words.short_number(item.value.total))
        case _:
            return page.say("released {date}", date=page.words.date(item.value))


def _difference(page: Page) -> Iterator[Said]:
    """The one difference that a reader has to know first: only one that is known of all of them."""
    whole = (claim for claim in page.contrasts if len(claim.models) == len(page.models))
    if kinds := next((claim for claim in whole if claim.field == "kind"), None):
        text = page.say("Their product types differ, so start from the work to be done, not from a single row.")
        yield saying(page, text, kinds.evidence)
    elif lead := claims.first_lead(page.comparison, page.leads):
        yield _first_lead(page, lead)


def _first_lead(page: Page, claim: Leads) -> Said:
    sides = page.words.list(
        page.say("{value} for {model}", value=plain_value(page, claim.row, item), model=item.model.name)
        for item in claim.evidence
    )
    row = row_in_sentence(page, claim.row)
    return saying(
        page, page.say("What sets them apart first is the {row}: {sides}.", row=row, sides=sides), claim.evidence
    )


def _benchmarks(page: Page) -> Iterator[Said]:
    """How many results can be compared: what is known, and so without evidence."""
    # All that the catalog holds, for that is what the sentences speak of, whichever the tables show.
    shared, _ = split_results(page.catalog, page.models)
    if shared:
        yield Said(
            page.count(
                "The catalog holds one benchmark run under the same conditions, which can be read side by side.",
                "The catalog holds {number} benchmarks run under the same conditions, which can be read side by side.",
                len(shared),
            )
        )
    else:
        yield Said(
            page.say(
                "No benchmark in the catalog was run on them under the same conditions: "
                "nothing here ranks their quality."
            )
        )


def _month(page: Page) -> Iterator[Said]:
    claim = page.cheaper_month
    if claim is None or "cost" not in page.comparison.sections:
        return
    cheapest, *dearer = claim.costs
    others = page.words.list(
        page.say("{total} ({model})", total=month_text(page, cost), model=cost.model.name) for cost in dearer
    )
    text = page.count(
        "For the workload of this page {model} costs less: {total} a month, against {others}.",
        "For the workload of this page {model} costs the least: {total} a month, against {others}.",
        len(dearer),
        model=cheapest.model.name,
        total=month_text(page, cheapest),
        others=others,
    )
    yield saying(page, text, claim.evidence)
    yield from left_out(page, claim.models, mark("No total can be given for {models}."))

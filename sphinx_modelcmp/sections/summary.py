"""One paragraph: what is compared, the main difference, and what the reader can take from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.sources import summarized
from sphinx_modelcmp.sections.blocks import Block, Code, Inline, Paragraph, Said, Strong, Text, Verdict, bullets
from sphinx_modelcmp.sections.citations import SLOT, spaced
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, left_out, saying
from sphinx_modelcmp.sections.values import kind_label, sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.evidence import Evidence


INTRODUCING = ("kind", "organization", "parameters", "released")
"""Rows in brackets after a name."""
SIDE_BY_SIDE = mark_plural(
    "The catalog holds comparable results of these models for one benchmark.",
    "The catalog holds comparable results of these models for {number} benchmarks.",
)
NOT_RANKED = mark(
    "No benchmark in the catalog is known to have been run on them under the same conditions: "
    "nothing here ranks their quality."
)


def build(page: Page) -> tuple[Block, ...]:
    """Always there: the names alone can be said of any models. A single model is presented by itself."""
    if page.is_single:
        return _presentation(page, page.models[0])
    said = (_opening(page), *_difference(page), *_benchmarks(page), *_month(page))
    return (Paragraph(block(page, said)), Verdict(), *_summaries(page))


def _opening(page: Page) -> Said:
    known = {model.id: _known(page, model) for model in page.models}
    first, *others = (page.aside(page.name(model), *_parts(page, known[model.id])) for model in page.models)
    text = page.say("This page sets {first} beside {others}.", first=first, others=others)
    return saying(page, text, *known.values())


def _presentation(page: Page, model: Model) -> tuple[Block, ...]:
    known = _known(page, model)
    if not known:
        return _summaries(page)
    text = sentence_start(page.words.comma.join(_parts(page, known)))
    return (Paragraph((saying(page, text, known),)), *_summaries(page))


def _summaries(page: Page) -> tuple[Block, ...]:
    """The author's sentence on each model, with its other names; of many models it would be a page of its own."""
    known = [model for model in page.models if model.summary.known] if summarized(page.comparison) else []
    return bullets(
        (
            *_introducing(page, model),
            *page.prose(str(model.summary.value)),
            *spaced(page.citations.marks(model.summary)),
        )
        for model in known
    )


def _introducing(page: Page, model: Model) -> tuple[Inline, ...]:
    """The name in bold, its other names in code, and a colon; the space after it, if the language has one, is plain."""
    others = dict.fromkeys(alias for alias in model.aliases if alias not in {model.id, model.name})
    if not others:
        label = page.labelled(page.name(model))
        name = label.rstrip()
        return (Strong(name), *map(Text, filter(None, (label[len(name) :],))))
    shown = page.name(model)
    before, _, after = page.labelled(page.aside(shown, SLOT)).partition(SLOT)
    aliases = [inline for alias in others for inline in (Text(page.words.comma), Code(alias))][1:]
    return (Strong(shown), Text(before.removeprefix(shown)), *aliases, Text(after))


def _known(page: Page, model: Model) -> tuple[Evidence, ...]:
    found = (claims.evidence_for(page.comparison, model, name) for name in INTRODUCING)
    return tuple(item for item in found if item.fact.known)


def _parts(page: Page, known: tuple[Evidence, ...]) -> Iterator[str]:
    """The known ones of kind, maker, size and release."""
    for item in known:
        match item.field:
            case "kind":
                yield kind_label(page, str(item.value))
            case "organization":
                maker = page.catalog.organizations[str(item.value)].name
                if page.name(item.model) != page.aside(item.model.name, maker):
                    yield maker
            case "parameters":
                yield page.say("{size} parameters", size=page.words.short_number(item.value.total))
            case _:
                yield page.say("released {date}", date=item.value)


def _difference(page: Page) -> Iterator[Said]:
    """The first difference that a reader has to know: only one that is known of all of them."""
    whole = (claim for claim in page.contrasts if page.is_whole(claim))
    if kinds := next((claim for claim in whole if claim.field == "kind"), None):
        text = page.say("Their product types differ, so start from the work to be done, not from a single row.")
        yield saying(page, text, kinds.evidence)
    elif lead := claims.first_lead(page.comparison, page.leads):
        sides = [page.say("{value} for {model}", value=evidence_text(page, item), model=item) for item in lead.evidence]
        row = page.in_sentence(lead.field)
        text = page.say("What sets them apart first is the {row}: {sides}.", row=row, sides=sides)
        yield saying(page, text, lead.evidence)


def _benchmarks(page: Page) -> Iterator[Said]:
    """The number of comparable results: a count of what is known, and so without evidence."""
    # All results of the catalog, for the sentences speak of these, whichever of them the tables show.
    shared, _ = split_results(page.catalog, page.models)
    yield Said(page.count(*SIDE_BY_SIDE, len({row.name for row in shared})) if shared else page.say(NOT_RANKED))


def _month(page: Page) -> Iterator[Said]:
    claim = page.cheaper_month
    if claim is None or "cost" not in page.comparison.sections:
        return
    level, dearer = claim.cheapest, claim.costs[len(claim.cheapest) :]
    others = [page.say("{total} ({model})", total=cost, model=cost.model) for cost in dearer]
    alike = mark("For the workload of this page {models} cost the same: {total} a month, against {others}.")
    text = page.count(
        "For the workload of this page {model} costs less: {total} a month, against {others}.",
        "For the workload of this page {model} costs the least: {total} a month, against {others}.",
        len(dearer),
        model=level[0].model,
        total=level[0],
        others=others,
    )
    if len(level) > 1:
        text = page.say(alike, models=[cost.model for cost in level], total=level[0], others=others)
    yield saying(page, text, claim.evidence)
    yield from left_out(page, claim.models, mark("There is no total to compare for {models}."))


SECTION = SectionKind(mark("In short"), build)

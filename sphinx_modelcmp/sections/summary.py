"""The verdict in figures, what is compared, and the main difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.evidence import Evidence
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.sources import summarized
from sphinx_modelcmp.plan.opening import factor, saving
from sphinx_modelcmp.sections.blocks import Block, Code, Inline, Paragraph, Said, Strong, Text, Verdict, bullets
from sphinx_modelcmp.sections.citations import SLOT, spaced
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, left_out, saying
from sphinx_modelcmp.sections.values import kind_label, route_text, sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.plan.opening import SharedBenchmarks


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
JOBS = mark(
    "These models do different jobs: {other} returns vectors or an order of texts, and {answering} does not. "
    "One does not replace the other."
)
UNDECIDED = mark(
    "The catalog does not decide between {models}: it knows neither two monthly costs nor two results of the same test."
)


def build(page: Page) -> tuple[Block, ...]:
    """Always there: the names alone can be said of any models. The author's own words come first."""
    if page.is_single:
        return _presentation(page, page.models[0])
    decided = [*_decided(page)]
    decided[:1] = [replace(said, is_strong=True) for said in decided[:1]]
    compared = [_compared(page), *(() if page.opening.jobs else _difference(page))]
    if not (page.opening.is_undecided or page.opening.benchmarks or page.opening.jobs):
        (decided or compared).append(_count(page))
    paragraphs = (Paragraph(block(page, said)) for said in (decided, compared) if said)
    return (Verdict(), *paragraphs, *_summaries(page))


def _decided(page: Page) -> Iterator[Said]:
    """What decides: the month, then the benchmarks that both were run on; or that nothing does, or can."""
    if jobs := page.opening.jobs:
        yield saying(page, page.say(JOBS, answering=jobs.answering, other=jobs.other), jobs.evidence)
        return
    if page.opening.is_undecided:
        yield Said(page.say(UNDECIDED, models=page.models))
    if "cost" in page.comparison.sections:
        yield from _month(page)
    if benchmarks := page.opening.benchmarks:
        yield saying(page, _led(page, benchmarks), *(win.evidence for one in benchmarks.leaders for win in one.wins))


def _compared(page: Page) -> Said:
    known = {model.id: _known(page, model) for model in page.models}
    models = [page.aside(page.name(model), *_parts(page, known[model.id])) for model in page.models]
    return saying(page, page.say("This page compares {models}.", models=models), *known.values())


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
    elif (
        not (page.opening.month and "cost" in page.comparison.sections)
        and (lead := claims.first_lead(page.comparison, page.leads))
        and lead.is_clear
    ):
        sides = [page.say("{value} for {model}", value=evidence_text(page, item), model=item) for item in lead.evidence]
        row = page.in_sentence(lead.field)
        text = page.say("What sets them apart first is the {row}: {sides}.", row=row, sides=sides)
        yield saying(page, text, lead.evidence)


def _count(page: Page) -> Said:
    """The number of comparable results: a count of what is known, and so without evidence."""
    # All results of the catalog, for the sentences speak of these, whichever of them the tables show.
    shared, _ = split_results(page.catalog, page.models)
    return Said(page.count(*SIDE_BY_SIDE, len({row.name for row in shared})) if shared else page.say(NOT_RANKED))


def _led(page: Page, benchmarks: SharedBenchmarks) -> str:
    first, *_ = benchmarks.leaders
    if benchmarks.count == 1:
        phrase = mark(
            "{model} leads on {benchmark}, the one benchmark that both were run on under the same conditions."
        )
        return page.say(phrase, model=first.model, benchmark=first.wins[0].shared.benchmark.name)
    if first.count == benchmarks.count:
        phrase = mark("{model} leads on all {total} benchmarks that both were run on under the same conditions.")
        return page.say(phrase, model=first.model, total=benchmarks.count)
    if len(benchmarks.leaders) == 1:
        phrase = mark(
            "{model} leads on {count} of the {total} benchmarks that both were run on under the same conditions."
        )
        return page.say(phrase, model=first.model, count=first.count, total=benchmarks.count)
    sides = [page.say("{model} leads on {total}", model=one.model, total=one.count) for one in benchmarks.leaders]
    phrase = mark("Of the {total} benchmarks that both were run on under the same conditions, {sides}.")
    return page.say(phrase, total=benchmarks.count, sides=sides)


def _month(page: Page) -> Iterator[Said]:
    match page.opening.month:
        case claims.LevelMonths() as level:
            yield saying(page, _level(page, level), level.evidence)
        case claims.CheaperMonth() as cheaper:
            yield saying(page, _cheaper(page, cheaper), cheaper.evidence)
            yield from left_out(page, cheaper.models, mark("There is no total to compare for {models}."))
    offers = [cost.model for cost in page.totals if Assumption.OFFERS_NOT_COUNTED in cost.assumptions]
    if page.opening.month and offers:
        text = page.say("Free offers and subscriptions for {models} are not part of these figures.", models=offers)
        yield saying(page, text, [Evidence(model, "routes", model.routes) for model in offers])


def _level(page: Page, claim: claims.LevelMonths) -> str:
    if claim.are_equal:
        phrase = mark("At the workload of this page {models} cost the same: {total} a month.")
        return page.say(phrase, models=page.models, total=claim.costs[0])
    phrase = mark("At the workload of this page {models} cost about the same: {totals} a month.")
    return page.say(phrase, models=page.models, totals=claim.costs)


def _cheaper(page: Page, claim: claims.CheaperMonth) -> str:
    level, dearer = claim.cheapest, claim.costs[len(claim.cheapest) :]
    first, last, times = level[0], dearer[-1], factor(claim)
    values: dict[str, object] = {"total": first, "dearer": last, "other": last.model}
    if len(level) > 1:
        phrase = mark(
            "At the workload of this page {models} cost the same, {total} a month, and {other} the most: {dearer}."
        )
        return page.say(phrase, models=[cost.model for cost in level], **values)
    values |= {"model": first.model, "route": route_text(page, first.route, first.level)}
    if len(dearer) > 1:
        phrase = mark(
            "At the workload of this page {model} costs the least, {total} a month at {route}, and {other} the most: "
            "{dearer}."
        )
        return page.say(phrase, **values)
    if page.disputed:
        phrase = mark(
            "At the workload of this page {model} costs less than {other}: {total} a month at {route}, "
            "against {dearer}."
        )
        return page.say(phrase, **values)
    if times:
        phrase = mark(
            "At the workload of this page {model} costs {total} a month at {route}, and {other} costs {dearer}: "
            "{factor} times as much."
        )
        return page.say(phrase, factor=times, **values)
    phrase = mark(
        "At the workload of this page {model} costs {share} less than {other}: {total} a month at {route}, against "
        "{dearer}."
    )
    return page.say(phrase, share=page.words.percent(saving(claim)), **values)


SECTION = SectionKind(mark("In short"), build)

"""The verdict in figures, what is compared, and what follows from different product types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.costing import LIMITS, NoCost
from sphinx_modelcmp.compare.evidence import Evidence
from sphinx_modelcmp.compare.life import lies_ahead
from sphinx_modelcmp.compare.pricing import Why
from sphinx_modelcmp.compare.results import split_results
from sphinx_modelcmp.compare.sources import summarized
from sphinx_modelcmp.plan.turns import foremost
from sphinx_modelcmp.sections.blocks import Block, Code, Inline, Paragraph, Said, Strong, Text, Verdict, bullets
from sphinx_modelcmp.sections.citations import SLOT, spaced
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, left_out, month_text, move_text, saying, workload
from sphinx_modelcmp.sections.values import kind_label, sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.plan.opening import SharedBenchmarks


INTRODUCING = ("kind", "organization", "parameters", "released", "context_window")
"""Rows in brackets after a name."""
CALLED_OR_RUN = {"api-model", "open-weights-model"}
"""Product types that do the same work: of one the weights are published as well."""
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
    "The catalog does not decide between {models}: it knows neither two monthly costs nor two comparable results."
)


def build(page: Page) -> tuple[Block, ...]:
    """Always there: the names alone can be said of any models. The author's own words come first."""
    if page.is_single:
        return _presentation(page, page.models[0])
    decided = [*_decided(page)] if page.comparison.verdict != "author" else []
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
    if migration := page.opening.migration:
        month = page.move_month
        yield saying(page, move_text(page, migration, month), migration.evidence, month.evidence if month else ())
    elif page.opening.is_undecided:
        yield Said(page.say(UNDECIDED, models=page.models))
    elif len(page.comparison.living) == 1:
        yield from _only_one(page)
    if "cost" in page.comparison.sections:
        yield from _month(page)
    if benchmarks := page.opening.benchmarks:
        yield saying(page, _led(page, benchmarks), *(win.evidence for one in benchmarks.leaders for win in one.wins))


def _only_one(page: Page) -> Iterator[Said]:
    """The one model that can be called, by what is known of the ends, or of the beginnings, of the others."""
    (living,) = page.comparison.living
    others = [model for model in page.models if model is not living]
    facts = [
        claims.evidence_for(page.comparison, model, name) for model in others for name in ("lifecycle", "released")
    ]
    said = page.say("Of these models only {model} can be called.", model=living)
    yield saying(page, said, [item for item in facts if item.fact.known])


def _compared(page: Page) -> Said:
    if page.narrow:
        return Said(page.say("This page compares {models}.", models=page.models))
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
    """The known ones of kind, maker, size, release and context window."""
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
            case "context_window":
                yield page.say("{number} tokens of context", number=evidence_text(page, item))
            case _ if not lies_ahead(item.value, page.comparison.day):
                yield page.say("released {date}", date=item.value)


def _difference(page: Page) -> Iterator[Said]:
    """What follows from different product types that are known of all of them."""
    kinds = next((claim for claim in page.contrasts if claim.field == "kind" and page.is_whole(claim)), None)
    if kinds is None:
        return
    by_kind = {str(item.value): item.model for item in kinds.evidence}
    if by_kind.keys() == CALLED_OR_RUN and len(kinds.evidence) == 2:
        phrase = mark("The weights of {weights} can be downloaded; {service} is called as a service.")
        text = page.say(phrase, weights=by_kind["open-weights-model"], service=by_kind["api-model"])
    else:
        text = page.say("Their product types differ: compare them by the work to be done, not by one figure.")
    yield saying(page, text, kinds.evidence)


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
        case _ if page.move_month:
            pass
        case claims.LevelMonths() as level:
            yield saying(page, month_text(page, level), level.evidence)
        case claims.CheaperMonth() as cheaper:
            yield saying(page, month_text(page, cheaper), cheaper.evidence)
            yield from left_out(page, cheaper.models, mark("There is no total to compare for {models}."))
        case None:
            yield from _without_total(page)
    offers = [cost.model for cost in page.totals if Assumption.OFFERS_NOT_COUNTED in cost.assumptions]
    if page.opening.month and offers:
        text = page.say("Free offers and subscriptions for {models} are not part of these figures.", models=offers)
        yield saying(page, text, [Evidence(model, "routes", model.routes) for model in offers])
    yield from (saying(page, month_text(page, turn.month, turn), turn.evidence) for turn in foremost(page.turns))


def _without_total(page: Page) -> Iterator[Said]:
    """What stands in the place of a month: who has no room for the requests, or is free of charge beside the other."""
    sides = [*zip(page.models, page.months, strict=True)]
    without = [(model, cost.why) for model, cost in sides if isinstance(cost, NoCost)]
    for model, why in without:
        if why in LIMITS:
            limit = claims.evidence_for(page.comparison, model, LIMITS[why])
            resting_on = limit if limit.fact.known else Evidence(model, "routes", model.routes)
            said = page.say("{model} has no room for the requests of this workload.", model=model)
            yield saying(page, said, [resting_on])
    free = [model for model, why in without if why is Why.FREE]
    if len(sides) == 2 and free and page.totals and not page.disputed:
        paid = page.totals[0]
        phrase = mark(
            "{workload}, {other} costs {total} a month; {model} is free of charge, within the provider’s limits."
        )
        text = page.say(phrase, workload=workload(page), model=free[0], other=paid.model, total=paid)
        yield saying(page, text, [Evidence(model, "routes", model.routes) for model in page.models])


SECTION = SectionKind(mark("In short"), build)

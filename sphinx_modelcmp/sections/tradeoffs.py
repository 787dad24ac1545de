"""What speaks for each model, the heaviest reason first, and where the models are level."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sphinx_modelcmp.catalog.records import Result
from sphinx_modelcmp.catalog.vocabulary import Reporter
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.evidence import Evidence
from sphinx_modelcmp.compare.life import ending
from sphinx_modelcmp.compare.pricing import Quote, offers
from sphinx_modelcmp.plan.opening import factor, share_below
from sphinx_modelcmp.sections.blocks import Block, Definitions, Inline, Paragraph, Said, bullets, text
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import benchmark_text, block, evidence_text, interval_text, left_out, saying
from sphinx_modelcmp.sections.values import amount_text, end_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.results import SharedResult
    from sphinx_modelcmp.plan.reasons import Claim, Reason

# Of two models one is larger; of several, one is the largest, and their tables have the figures of the others.
LEADS = {
    "context_window": mark_plural(
        "the larger context window: {value} tokens, against {others}.", "the largest context window: {value} tokens."
    ),
    "max_output": mark_plural(
        "longer answers: {value} tokens at most, against {others}.", "the longest answers: {value} tokens at most."
    ),
    "cheapest_input": mark_plural(
        "cheaper input: {value} per million tokens, against {others}.",
        "the cheapest input: {value} per million tokens.",
    ),
    "cheapest_output": mark_plural(
        "cheaper output: {value} per million tokens, against {others}.",
        "the cheapest output: {value} per million tokens.",
    ),
    "knowledge_cutoff": mark_plural(
        "newer knowledge: up to {value}, against {others}.", "the newest knowledge: up to {value}."
    ),
    "openness": mark_plural("openness: {value}, against {others}.", "the most openness: {value}."),
}
OWN_ROW = mark_plural("{row}: {value}, against {others}.", "the best {row}: {value}.")
"""A row of the house's own."""
ALONE = mark_plural(
    "{rows}, which {others} does not offer.",
    "{rows}, which no other that can be called offers.",
)
DOCUMENTED = mark_plural(
    "{rows}, documented for {model} alone: no source says for {others}.",
    "{rows}, documented for {model} alone: no source says for any other that can be called.",
)
NOT_COMPARED = mark("There is no {row} to compare for {models}.")


def build(page: Page) -> tuple[Block, ...]:
    """A list of reasons for each model that has some, then whom none speaks for, and the rows and tests of several."""
    if jobs := page.opening.jobs:
        nothing = saying(page, page.say("They do different jobs, so there is nothing to weigh."), jobs.evidence)
        return (Paragraph((nothing,)),)
    models = [model for model in page.models if model.id in page.reasons]
    chosen = {model.id: _choice(page, model) for model in models}
    items = tuple(
        (text(page.say("Choose {model} for", model=model)), bullets(chosen[model.id]))
        for model in models
        if chosen[model.id]
    )
    others = [model for model in models if not chosen[model.id]]
    over = [model for model in page.models if model not in models]
    level = bullets(block(page, [said]) for said in (*_levels(page), *_scores(page)))
    remarks = [page.say("Nothing that is counted here speaks for {models}.", models=others)] if others and items else []
    if over:
        phrase = mark("For models that cannot be called, or whose successor is here, no reason is counted: {models}.")
        remarks.append(page.say(phrase, models=over))
    if not items and not level:
        remarks.insert(0, page.say("No fact in the catalog puts one of these models clearly ahead."))
    said = [Paragraph(block(page, map(Said, remarks)))] if remarks else []
    return (*([Definitions(items)] if items else []), *said, *level)


def _choice(page: Page, model: Model) -> list[tuple[Inline, ...]]:
    """The reasons for a model; without any, the use that its facts name, which of many models the scorecard has."""
    reasons = page.reasons[model.id]
    found = [block(page, list(_reason(page, model, reason))) for reason in reasons]
    if free := offers(model, "free", page.comparison.day):
        said = page.say("no bill within the limits of the free offer at {routes}.", routes=free)
        found.append(block(page, [saying(page, said, [Evidence(model, "routes", model.routes)])]))
    uses, life = (claims.evidence_for(page.comparison, model, name) for name in ("best_for", "lifecycle"))
    if not found and uses.fact.known and not page.narrow:
        said = page.say("the work it is recommended for: {uses}.", uses=evidence_text(page, uses))
        found.append(block(page, [saying(page, said, [uses])]))
    if found and (held := ending(model, page.comparison.day)):
        said = page.say("the time that it has left: {model} {end}.", model=model, end=end_text(page, held))
        found.insert(0, block(page, [saying(page, said, [life])]))
    return found


def _reason(page: Page, model: Model, reason: Reason) -> Iterator[Said]:
    first = reason.claims[0]
    yield saying(page, _worded(page, model, reason), *(claim.evidence for claim in reason.claims))
    if isinstance(first, claims.Leads):
        yield from left_out(page, first.models, NOT_COMPARED, row=page.in_sentence(first.field))


def _worded(page: Page, model: Model, reason: Reason) -> str:
    first: Claim = reason.claims[0]
    match first:
        case claims.CheaperMonth():
            return _month(page, first)
        case claims.Leads():
            return _lead(page, first)
        case claims.Wins():
            return _win(page, first)
        case claims.Alone() | claims.Documented():
            rows = [page.in_sentence(claim.field) for claim in reason.claims if isinstance(claim, claims.OfRow)]
            others = [other for other in page.comparison.living if other is not model]
            phrase = ALONE if isinstance(first, claims.Alone) else DOCUMENTED
            return page.count(*phrase, len(others), rows=rows, model=model, others=others)
        case _:
            assert_never(first)


def _month(page: Page, claim: claims.CheaperMonth) -> str:
    if len(claim.costs) > 2 or page.disputed:
        return page.say("the lowest monthly cost.")
    low, high = (cost.total for cost in claim.costs)
    if times := factor(low, high):
        return page.say(
            "the lower monthly cost: {other} costs {factor} times as much.", other=claim.costs[1].model, factor=times
        )
    return page.say("the lower monthly cost: {share} less.", share=page.words.percent(share_below(low, high)))


def _lead(page: Page, claim: claims.Leads) -> str:
    phrase = LEADS.get(claim.field, OWN_ROW)
    others = [page.say("{value} for {model}", model=item, value=evidence_text(page, item)) for item in claim.others]
    value, row = evidence_text(page, claim.evidence[0]), page.in_sentence(claim.field)
    return page.count(*phrase, len(claim.others), value=value, others=others, row=row)


def _levels(page: Page) -> Iterator[Said]:
    for claim in claims.ties_of_rows(page.comparison):
        phrase = mark("{models} are level on the {row} with {value}, ahead of {others}.")
        first, row = claim.tied[0].value, page.in_sentence(claim.field)
        value = amount_text(page, first) if isinstance(first, Quote) else evidence_text(page, claim.tied[0])
        said = page.say(phrase, models=claim.tied, row=row, value=value, others=claim.others)
        yield saying(page, said, claim.evidence)


def _scores(page: Page) -> Iterator[Said]:
    """Tests that two models or more share the best score of, or that cannot tell them apart."""
    for tie in claims.ties(page.comparison):
        yield saying(page, _tie(page, tie), tie.evidence)
    for call in claims.close_calls(page.comparison):
        yield saying(page, _close(page, call), call.evidence)


def _win(page: Page, claim: claims.Wins) -> str:
    first, *others = claim.evidence
    return page.count(
        "the better score on {test}: {score}, against {others}.",
        "the best score on {test}: {score}.",
        len(others),
        test=_short(page, claim.shared),
        score=page.aside(_score(page, claim.shared, first), *_reporter(page, claim)),
        others=_behind(page, claim.shared, others),
    )


def _reporter(page: Page, claim: claims.Wins) -> Iterator[str]:
    """The maker, where the winner's score is its own word and not all of them are."""
    winner = claim.evidence[0].record
    if isinstance(winner, Result) and winner.reporter is Reporter.SELF and not claim.shared.is_self_reported:
        yield page.say(REPORTERS[Reporter.SELF])


def _tie(page: Page, claim: claims.Ties) -> str:
    values: dict[str, object] = {
        "test": _test(page, claim.shared),
        "models": claim.tied,
        "score": _score(page, claim.shared, claim.tied[0]),
    }
    if not claim.behind:
        return page.say("On {test} {models} tie at {score}.", **values)
    others = _behind(page, claim.shared, claim.behind)
    return page.say("On {test} {models} tie for the best score: {score}, against {others}.", **values, others=others)


def _close(page: Page, claim: claims.Close) -> str:
    if all(isinstance(item.record, Result) and item.record.ci for item in claim.near):
        reason = page.say("their intervals overlap")
    else:
        reason = page.say("one score lies in the interval of another")
    sides = [_side(page, claim.shared, item) for item in claim.near]
    values: dict[str, object] = {"test": _test(page, claim.shared), "sides": sides, "reason": reason}
    if not claim.behind:
        return page.say("On {test} {sides} cannot be told apart: {reason}.", **values)
    return page.count(
        "On {test} {sides} cannot be told apart: {reason}. Behind them comes {others}.",
        "On {test} {sides} cannot be told apart: {reason}. Behind them come {others}.",
        len(claim.behind),
        others=_behind(page, claim.shared, claim.behind),
        **values,
    )


def _short(page: Page, shared: SharedResult) -> str:
    """The benchmark, with its version: its row of the table has the setting that both share."""
    version = [shared.conditions[0]] if shared.conditions[0] else []
    return page.aside(shared.benchmark.name, *version, *_remarks(page, shared))


def _test(page: Page, shared: SharedResult) -> str:
    """The benchmark with everything that weakens the comparison, as the table has it."""
    return benchmark_text(page, shared.benchmark, shared.conditions, shared.unstated, _remarks(page, shared))


def _remarks(page: Page, shared: SharedResult) -> list[str]:
    return [page.say("self-reported only")] if shared.is_self_reported else []


def _score(page: Page, shared: SharedResult, item: Evidence) -> str:
    return page.words.score(item.value, shared.benchmark.scale)


def _behind(page: Page, shared: SharedResult, items: Sequence[Evidence]) -> list[str]:
    return [page.say("{value} for {model}", value=_score(page, shared, item), model=item) for item in items]


def _side(page: Page, shared: SharedResult, item: Evidence) -> str:
    score = _score(page, shared, item)
    if isinstance(item.record, Result) and (interval := interval_text(page, shared.benchmark, item.record)):
        return page.say("{model} ({score}, {interval})", model=item, score=score, interval=interval)
    return page.say("{model} ({score})", model=item, score=score)


SECTION = SectionKind(mark("Trade-offs"), build)

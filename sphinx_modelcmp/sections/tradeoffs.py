"""What each model has over the others, and where they are level: one bullet a claim, and none without a fact."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.records import Result
from sphinx_modelcmp.catalog.vocabulary import Reporter
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost
from sphinx_modelcmp.compare.pricing import Quote, Why
from sphinx_modelcmp.sections.blocks import Block, Bullets, Paragraph, Said
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import (
    benchmark_text,
    block,
    evidence_text,
    interval_text,
    lead_sentences,
    saying,
)
from sphinx_modelcmp.sections.values import amount_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.compare.results import SharedResult


class _Point(NamedTuple):
    """One bullet, and the models that it speaks for."""

    models: tuple[Model, ...]
    said: Sequence[Said]


def build(page: Page) -> tuple[Block, ...]:
    """Bullets: capabilities in the order of the models, then the leads, then the scores, then whom none speaks for."""
    if jobs := page.opening.jobs:
        nothing = saying(page, page.say("They do different jobs, so there is nothing to weigh."), jobs.evidence)
        return (Paragraph((nothing,)),)
    points = [*_alone(page), *_leads(page), *_levels(page), *_scores(page)]
    cheapest = _cheapest(page)
    if points:
        points += _rest(
            page, {model.id for models in (cheapest, *(point.models for point in points)) for model in models}
        )
        return (Bullets(tuple(block(page, point.said) for point in points)),)
    if page.disagreements:
        return ()
    apart = mark("But for the monthly cost, no fact in the catalog puts one of these models clearly ahead.")
    phrase = apart if cheapest else mark("No fact in the catalog puts one of these models clearly ahead.")
    return (Paragraph((Said(page.say(phrase)),)),)


def _cheapest(page: Page) -> list[Model]:
    """The models with the cheapest month, and those that are free at some route."""
    month = page.opening.month
    least = [cost.model for cost in month.cheapest] if isinstance(month, claims.CheaperMonth) else []
    return [*least, *(model for model, cost in zip(page.models, page.months, strict=True) if _is_offered(cost))]


def _is_offered(cost: MonthlyCost | NoCost) -> bool:
    return cost.why is Why.FREE if isinstance(cost, NoCost) else Assumption.OFFERS_NOT_COUNTED in cost.assumptions


def _rest(page: Page, spoken_for: Collection[str]) -> Iterator[_Point]:
    """The living models that nothing speaks for."""
    if others := [model for model in page.comparison.living if model.id not in spoken_for]:
        yield _Point((), [Said(page.say("Nothing in this list speaks for {models}.", models=others))])


def _alone(page: Page) -> Iterator[_Point]:
    found = sorted(page.alone, key=lambda claim: page.models.index(claim.model))
    for model, own in groupby(found, key=lambda claim: claim.model):
        held = list(own)
        text = page.count(
            "{model} alone is documented with {rows}; {others} is documented without.",
            "{model} alone is documented with {rows}; {others} are documented without.",
            len(held[0].evidence) - 1,
            model=model,
            rows=[page.in_sentence(claim.field) for claim in held],
            others=held[0].evidence[1:],
        )
        yield _Point((model,), [saying(page, text, *(claim.evidence for claim in held))])


def _leads(page: Page) -> Iterator[_Point]:
    for claim in (*page.leads, *claims.house_leads(page.comparison)):
        if claim.is_clear:
            yield _Point((claim.model,), list(lead_sentences(page, claim)))


def _levels(page: Page) -> Iterator[_Point]:
    for claim in claims.ties_of_rows(page.comparison):
        phrase = mark("{models} are level on the {row} with {value}, ahead of {others}.")
        others = [page.say("{model} ({value})", model=item, value=evidence_text(page, item)) for item in claim.others]
        first, row = claim.tied[0].value, page.in_sentence(claim.field)
        value = amount_text(page, first) if isinstance(first, Quote) else evidence_text(page, claim.tied[0])
        text = page.say(phrase, models=claim.tied, row=row, value=value, others=others)
        yield _Point(tuple(item.model for item in claim.tied), [saying(page, text, claim.evidence)])


def _scores(page: Page) -> Iterator[_Point]:
    """Wins by model, then ties, then close calls."""
    for win in sorted(claims.wins(page.comparison), key=lambda claim: page.models.index(claim.model)):
        yield _Point((win.model,), [saying(page, _win(page, win), win.evidence)])
    for tie in claims.ties(page.comparison):
        yield _Point(tuple(item.model for item in tie.tied), [saying(page, _tie(page, tie), tie.evidence)])
    for call in claims.close_calls(page.comparison):
        yield _Point(tuple(item.model for item in call.near), [saying(page, _close(page, call), call.evidence)])


def _win(page: Page, claim: claims.Wins) -> str:
    first, *others = claim.evidence
    # The models compared are all named: with a model that has no result nothing is said of it.
    return page.count(
        "On {test} {model} scores better: {score}, against {others}.",
        "On {test} {model} scores best: {score}, against {others}.",
        len(others),
        test=_test(page, claim.shared),
        model=claim.model,
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


def _test(page: Page, shared: SharedResult) -> str:
    """The benchmark with everything that weakens the comparison, as the table has it."""
    remarks = [page.say("self-reported only")] if shared.is_self_reported else []
    return benchmark_text(page, shared.benchmark, shared.conditions, shared.unstated, remarks)


def _score(page: Page, shared: SharedResult, item: Evidence) -> str:
    return page.words.score(item.value, shared.benchmark.scale)


def _behind(page: Page, shared: SharedResult, items: Sequence[Evidence]) -> list[str]:
    return [page.say("{score} ({model})", score=_score(page, shared, item), model=item) for item in items]


def _side(page: Page, shared: SharedResult, item: Evidence) -> str:
    score = _score(page, shared, item)
    if isinstance(item.record, Result) and (interval := interval_text(page, shared.benchmark, item.record)):
        return page.say("{model} ({score}, {interval})", model=item, score=score, interval=interval)
    return page.say("{model} ({score})", model=item, score=score)


SECTION = SectionKind(mark("Trade-offs"), build)

"""What each model has over the others: one bullet a claim, and none without a fact."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.sections.blocks import Block, Bullets, paragraph, text
from sphinx_modelcmp.sections.sentences import capability_names, lead_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """Bullets in the order of the models; what is level is said too."""
    comparison = page.comparison
    leads = (*claims.leads(comparison), *claims.house_leads(comparison))
    bullets = [*_alone(page), *(lead_sentence(page, claim) for claim in leads), *_wins(page)]
    if not bullets:
        return (paragraph(page.say("The facts that are known of these models put none of them ahead of another.")),)
    return (Bullets(tuple(text(bullet) for bullet in bullets)),)


def _alone(page: Page) -> Iterator[str]:
    found = sorted(claims.alone(page.comparison), key=lambda claim: page.models.index(claim.model))
    for model, own in groupby(found, key=lambda claim: claim.model):
        held = list(own)
        yield page.count(
            "{model} alone is documented with {rows}; {others} is documented without.",
            "{model} alone is documented with {rows}; {others} are documented without.",
            len(page.models) - 1,
            model=model.name,
            rows=capability_names(page, (claim.row for claim in held)),
            others=page.names(other for other in page.models if other is not model),
        )


def _wins(page: Page) -> Iterator[str]:
    found = sorted(claims.wins(page.comparison), key=lambda claim: page.models.index(claim.model))
    for model, own in groupby(found, key=lambda claim: claim.model):
        names = page.words.list(dict.fromkeys(claim.shared.benchmark.name for claim in own))
        yield page.say(
            "{model} scores best on {benchmarks}, under the same conditions.", model=model.name, benchmarks=names
        )

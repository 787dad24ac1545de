"""Prose: where the answer turns, how well the models are documented, and what no source can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.plan.turns import foremost
from sphinx_modelcmp.sections.blocks import Block, Paragraph, Said
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, month_text, saying

if TYPE_CHECKING:
    from collections.abc import Iterator


OPEN_AND_MORE = mark_plural(
    "Open for {model}: {rows}, and {number} more.", "Open for {model}: {rows}, and {number} more."
)
MOST_NAMED = 6
"""The most silent rows that are named; more would be a list, which the tables are already."""


def build(page: Page) -> tuple[Block, ...]:
    """What turns the answer, what the evidence leaves open, and what to verify; of a single model what is open."""
    whole = (_turns(page), _documentation(page), _verify(page))
    paragraphs = whole[1:2] if page.is_single or page.opening.jobs else whole
    return tuple(Paragraph(block(page, said)) for said in map(list, paragraphs) if said)


def _turns(page: Page) -> Iterator[Said]:
    """The other workloads, but for the one that the opening names."""
    told = foremost(page.turns) if "summary" in page.comparison.sections else ()
    for turn in page.turns:
        if turn not in told:
            yield saying(page, month_text(page, turn.month, turn), turn.evidence)


def _documentation(page: Page) -> Iterator[Said]:
    """The share of facts that are known: no claims, and so without evidence."""
    found = claims.coverage(page.comparison)
    shares = [page.say("{known} for {model}", known=item.known, model=item.model) for item in found]
    phrase = mark("Of the {asked} facts that every page asks for, the catalog states {shares}.")
    yield Said(page.say(phrase, asked=found[0].asked, shares=shares))
    for item in found:
        # Of many models the tables name them, and a paragraph of lists would not be read.
        if item.silent and not page.narrow:
            yield Said(_open_questions(page, item))


def _open_questions(page: Page, item: claims.Coverage) -> str:
    names = list(map(page.in_sentence, item.silent))
    if len(names) <= MOST_NAMED:
        return page.say("Open for {model}: {rows}.", model=item.model, rows=names)
    named, rest = names[:MOST_NAMED], len(names) - MOST_NAMED
    return page.count(*OPEN_AND_MORE, rest, model=item.model, rows=page.words.comma.join(named))


def _verify(page: Page) -> Iterator[Said]:
    """What no catalog can know."""
    phrase = mark("No source says how they do on your own prompts: try them there, at the route that you would use.")
    yield Said(page.say(phrase))


SECTION = SectionKind(mark("Deep dive"), build)

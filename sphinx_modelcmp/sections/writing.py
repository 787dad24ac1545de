"""Every section of a page, in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_modelcmp.sections import (
    benchmarks,
    capabilities,
    cost,
    deep_dive,
    faq,
    lifecycle,
    pricing,
    related,
    scorecard,
    sources,
    specs,
    summary,
    switching,
    tradeoffs,
)
from sphinx_modelcmp.sections.blocks import Block, Notice, Section, Table
from sphinx_modelcmp.sections.citations import citations_of, cited
from sphinx_modelcmp.sections.foreign import foreign_names
from sphinx_modelcmp.sections.labels import TITLES
from sphinx_modelcmp.sections.legend import legend
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.saying import Statement, statements_in
from sphinx_modelcmp.sections.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.sections.words import Words

SECTIONS: dict[str, Callable[[Page], tuple[Block, ...]]] = {
    "summary": summary.build,
    "scorecard": scorecard.build,
    "tradeoffs": tradeoffs.build,
    "cost": cost.build,
    "switching": switching.build,
    "specs": specs.build,
    "pricing": pricing.build,
    "capabilities": capabilities.build,
    "benchmarks": benchmarks.build,
    "deep-dive": deep_dive.build,
    "faq": faq.build,
    "related": related.build,
    "sources": sources.build,
}
"""Section name to what writes it. A section that has nothing to say gives no blocks, and is left out."""


def write(comparison: Comparison, language: str, translate: Callable[[str], str] = str) -> tuple[Section, ...]:
    """The sections of a comparison in one language, in the order asked."""
    return sections_of(page_of(comparison, words_of(language), translate))


def page_of(comparison: Comparison, words: Words, translate: Callable[[str], str] = str) -> Page:
    """What the sections of a comparison are written from, in the language of some words.

    ``translate`` gives what the author's prose is in that language; without it prose stays as it is written.
    """
    return Page(comparison, words, citations_of(comparison), translate)


def sections_of(page: Page) -> tuple[Section, ...]:
    """The sections of a page, in the order asked."""
    sections: list[Section] = []
    foreign = foreign_names(page)
    for name in page.comparison.sections:
        if blocks := SECTIONS[name](page):
            # The opening paragraph of a page follows its title; elsewhere it needs a heading to stand under.
            title = "" if name == "summary" and not sections else page.words.say(TITLES[name])
            sections.append(Section(name, title, blocks, foreign))
    return tuple(_closed(page, _opened(page, sections)))


def _opened(page: Page, sections: list[Section]) -> list[Section]:
    """The sections with what the reader has to know before all else."""
    notices = lifecycle.notices(page)
    if not notices or not sections or sections[0].name in {"related", "sources"}:
        return sections
    return [replace(sections[0], blocks=(*notices, *sections[0].blocks)), *sections[1:]]


def _closed(page: Page, sections: list[Section]) -> list[Section]:
    """The sections with a legend below the last table, and the sources where no section lists them."""
    blocks = [block for section in sections for block in section.blocks]
    listed = () if "sources" in page.comparison.sections else sources.listed(page, cited(blocks))
    closing = (*legend(page, blocks), *listed)
    explained = [
        i
        for i, held in enumerate(sections)
        if cited(held.blocks) or any(isinstance(block, Table | Notice) for block in held.blocks)
    ]
    if not (closing and explained):
        return sections
    last = sections[explained[-1]]
    closed = replace(last, blocks=(*last.blocks, *closing))
    return [*sections[: explained[-1]], closed, *sections[explained[-1] + 1 :]]


def statements(comparison: Comparison, language: str) -> tuple[Statement, ...]:
    """Every sentence that the prose of a comparison says, in reading order, each with the facts it rests on."""
    page = page_of(comparison, words_of(language))
    return tuple(statements_in(page, sections_of(page)))

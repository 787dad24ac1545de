"""What a page says, as blocks: one module a section, and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections import (
    benchmarks,
    capabilities,
    cost,
    deep_dive,
    faq,
    pricing,
    related,
    scorecard,
    sources,
    specs,
    summary,
    switching,
    tradeoffs,
)
from sphinx_modelcmp.sections.blocks import Block, Section
from sphinx_modelcmp.sections.labels import TITLES
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_modelcmp.compare.comparison import Comparison

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


def write(comparison: Comparison, language: str) -> tuple[Section, ...]:
    """The sections of a comparison in one language, in the order asked."""
    page = Page(comparison, words_of(language))
    sections: list[Section] = []
    for name in comparison.sections:
        if blocks := SECTIONS[name](page):
            # The opening paragraph of a page follows its title; elsewhere it needs a heading to stand under.
            title = "" if name == "summary" and not sections else page.words.say(TITLES[name])
            sections.append(Section(name, title, blocks))
    return tuple(sections)

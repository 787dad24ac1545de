"""What the words of the tables mean that stand for something other than a value: those that occur, once a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Block, Bullets, Strong, Table, paragraph, text
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.sections.page import Page

LEGEND = {
    "unknown": (mark("Unknown"), mark("no source in the catalog says; it is not a No.")),
    "undisclosed": (mark("Undisclosed"), mark("who makes or sells it does not say.")),
    "not-applicable": (mark("Not applicable"), mark("the question does not arise.")),
    "no": (mark("No"), mark("a source says that it is not so.")),
    "partial": (mark("Partial"), mark("a source says that it holds in part.")),
    "free": (mark("Free"), mark("no charge, within the provider’s limits.")),
    "plan": (mark("By plan"), mark("paid by a subscription, not by use.")),
    "dynamic": (mark("Dynamic"), mark("the price changes by the minute.")),
    "unpriced": (mark("Not priced"), mark("the price list names no price for it, which does not make it free.")),
}
"""The mark of a cell to its word, and what that means."""


def legend(page: Page, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The words that the tables among some blocks use; nothing where they use none."""
    cells = (cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells)
    used = {(name, cell.content[0].text) for cell in cells for name in cell.marks}
    items = tuple(
        text(Strong(word), page.labelled("", page.words.say(meaning)))
        for name, (usual, meaning) in LEGEND.items()
        for word in (page.words.say(usual), *(_of_the_house(page) if name == "unknown" else ()))
        if (name, word) in used
    )
    return (paragraph(page.say("Words in these tables that stand for no figure:")), Bullets(items)) if items else ()


def _of_the_house(page: Page) -> Iterable[str]:
    """The words that rows of the house on this page have for what is not known, each once."""
    if not any(field.unknown for field in page.catalog.fields.values()):
        return ()
    rows = (*page.comparison.specs(), *page.comparison.capabilities())
    return dict.fromkeys(page.translate(row.house.unknown) for row in rows if row.house and row.house.unknown)

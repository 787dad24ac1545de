"""What the models are documented to do, and not to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.sections.blocks import Block, paragraph
from sphinx_modelcmp.sections.tables import rows_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """One table, and what its words for a missing answer mean."""
    rows = page.comparison.capabilities()
    caption = page.say("Capabilities of {models}", models=page.all_names())
    table = rows_table(page, caption, page.say("Capability"), rows)
    legend = " ".join(_legend(page, page.comparison.shown(rows)))
    return (*table, *([paragraph(legend)] if legend else []))


def _legend(page: Page, rows: tuple[Row, ...]) -> Iterator[str]:
    states = {fact.state for row in rows for fact in row.facts}
    if State.UNKNOWN in states:
        yield page.say("“Unknown” means that no source in the catalog says either way; it is not a No.")
    if State.UNDISCLOSED in states:
        yield page.say("“Undisclosed” means that the maker does not say.")
    if State.NOT_APPLICABLE in states:
        yield page.say("“Not applicable” means that the question does not arise for that model.")

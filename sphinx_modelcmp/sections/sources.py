"""Every source that the page rests on, the day each was checked, and the last review computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Block, paragraph

if TYPE_CHECKING:
    import datetime

    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """A bullet a source, most trusted kind first, then the day of the last review."""
    entries = page.citations.entries
    if not entries:
        return (paragraph(page.say("No source is recorded for these facts.")),)
    bullets = page.citations.bullets(page, range(1, len(entries) + 1))
    days = [entry.checked for entry in entries if entry.checked]
    return (bullets, *([paragraph(_review(page, max(days), min(days)))] if days else []))


def _review(page: Page, last: datetime.date, first: datetime.date) -> str:
    if last == first:
        return page.say("Last reviewed: {last}.", last=page.words.day(last))
    return page.say(
        "Last reviewed: {last}; the oldest check dates from {first}.",
        last=page.words.day(last),
        first=page.words.day(first),
    )

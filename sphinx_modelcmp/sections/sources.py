"""Every source that the page rests on, the day each was checked, and the last review computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.used import used_sources
from sphinx_modelcmp.sections.blocks import Block, Bullets, Inline, Link, Text, paragraph, text
from sphinx_modelcmp.sections.labels import SOURCE_KINDS

if TYPE_CHECKING:
    import datetime

    from sphinx_modelcmp.compare.used import UsedSource
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """A bullet a source, most trusted kind first, then the day of the last review."""
    used = used_sources(page.comparison)
    if not used:
        return (paragraph(page.say("No source is recorded for these facts.")),)
    bullets = Bullets(tuple(_source(page, item) for item in used))
    days = [item.checked for item in used if item.checked]
    return (bullets, *([paragraph(_review(page, max(days), min(days)))] if days else []))


def _source(page: Page, item: UsedSource) -> tuple[Inline, ...]:
    title = Link(item.source.title, item.source.url) if item.source.url else Text(item.source.title)
    kind = page.words.say(SOURCE_KINDS[item.source.kind])
    if item.checked is None:
        return text(title, f" ({kind})")
    checked = page.say("{kind}, checked {day}", kind=kind, day=page.words.day(item.checked))
    stale = (
        page.say("; more than {days} days old", days=page.comparison.stale_after)
        if _is_stale(page, item.checked)
        else ""
    )
    return text(title, f" ({checked}{stale})")


def _is_stale(page: Page, checked: datetime.date) -> bool:
    day, limit = page.comparison.day, page.comparison.stale_after
    return day is not None and limit is not None and (day - checked).days > limit


def _review(page: Page, last: datetime.date, first: datetime.date) -> str:
    if last == first:
        return page.say("Last reviewed: {last}.", last=page.words.day(last))
    return page.say(
        "Last reviewed: {last}; the oldest check dates from {first}.",
        last=page.words.day(last),
        first=page.words.day(first),
    )

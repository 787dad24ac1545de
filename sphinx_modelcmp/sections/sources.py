"""Every source that the page rests on, the day each was checked, and the last review computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.sections.blocks import Block, Bullets, Inline, Link, Text, paragraph, text
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.compare.sources import UsedSource


def build(page: Page) -> tuple[Block, ...]:
    """A bullet a source, most trusted kind first, then the day of the last review."""
    entries = page.citations.entries
    if not entries:
        return (paragraph(page.say("No source is recorded for these facts.")),)
    bullets = _bullets(page, range(1, len(entries) + 1))
    days = [entry.checked for entry in entries if entry.checked]
    said = [_review(page, max(days), min(days))] if days else []
    if shipped := page.catalog.shipped_day(model.id for model in page.comparison.models):
        said.append(page.say("Facts that come with sphinx-modelcmp are as of {day}.", day=shipped))
    return (bullets, *map(paragraph, said))


def listed(page: Page, numbers: Sequence[int]) -> tuple[Block, ...]:
    """The list for a page without a section of sources: those that its tables lead to."""
    return (paragraph(page.say("Where these facts come from:")), _bullets(page, numbers)) if numbers else ()


def _bullets(page: Page, numbers: Iterable[int]) -> Bullets:
    """A bullet for each number, with the anchor for its marks."""
    held = list(numbers)
    items = tuple(_item(page, number, page.citations.entries[number - 1]) for number in held)
    return Bullets(items, tuple(f"source-{number}" for number in held) if page.citations.numbers else ())


def _item(page: Page, number: int, entry: UsedSource) -> tuple[Inline, ...]:
    title = entry.source.title
    linked = entry.source.url and page.comparison.source_links != "none"
    name = Link(title, str(entry.source.url)) if linked else Text(title)
    prefix = [f"[{number}] "] if page.citations.numbers else []
    return text(*prefix, name, page.aside("", _aside(page, entry)))


def _aside(page: Page, entry: UsedSource) -> str:
    kind = page.say(entry.source.kind.value)
    if entry.checked is None:
        return kind
    checked = page.say("{kind}, checked {day}", kind=kind, day=entry.checked)
    if not page.comparison.is_stale(entry.checked):
        return checked
    days = page.comparison.stale_after or 0
    old = page.count("more than {number} day old", "more than {number} days old", days)
    return page.words.semicolon.join((checked, old))


def _review(page: Page, last: datetime.date, first: datetime.date) -> str:
    if last == first:
        return page.say("Last reviewed: {last}.", last=last)
    return page.say("Last reviewed: {last}; the oldest check dates from {first}.", last=last, first=first)


SECTION = SectionKind(mark("Sources"), build)

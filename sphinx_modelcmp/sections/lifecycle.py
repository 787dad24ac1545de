"""What a reader must know of a model that is on its way out, before anything else is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Status
from sphinx_modelcmp.compare.rows import ending, has_passed
from sphinx_modelcmp.sections.blocks import ComparisonLink, Inline, Notice, Text
from sphinx_modelcmp.sections.marks import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.scalars import PartialDate
    from sphinx_modelcmp.compare.rows import Ending
    from sphinx_modelcmp.sections.page import Page


def notices(page: Page) -> tuple[Notice, ...]:
    """A notice for each model that is deprecated, will be, or no longer answers."""
    found = (ending(model, page.comparison.day) for model in page.models)
    return tuple(Notice(tuple(_content(page, held))) for held in found if held)


def _content(page: Page, held: Ending) -> Iterator[Inline]:
    yield Text(_end(page, held))
    successor = page.catalog.models.get(held.lifecycle.successor or "")
    if successor:
        before, _, after = page.say("Its successor is {model}.", model="\n").partition("\n")
        yield Text(f"{page.words.gap}{before}")
        yield ComparisonLink(successor.name, (held.model.id, successor.id))
        yield Text(after)
    if held.lifecycle.note:
        yield Text(" ")
        yield from page.prose(held.lifecycle.note)
    yield from spaced(page.citations.marks(held.lifecycle))


def _end(page: Page, held: Ending) -> str:
    """What ends, and when, as far as that is stated."""
    name, deprecated, shutdown = held.model.name, held.lifecycle.deprecated, held.lifecycle.shutdown
    if held.is_gone:
        if shutdown:
            return page.say("{model} was shut down {when}.", model=name, when=_when(page, shutdown))
        return page.say("{model} has been shut down.", model=name)
    said = [_deprecation(page, held)] if deprecated or held.lifecycle.status is Status.DEPRECATED else []
    if shutdown:
        said.append(page.say("{model} stops answering {when}.", model=name, when=_when(page, shutdown)))
    return page.words.gap.join(said)


def _deprecation(page: Page, held: Ending) -> str:
    name, date = held.model.name, held.lifecycle.deprecated
    if date is None:
        return page.say("{model} is deprecated.", model=name)
    if held.lifecycle.status is Status.DEPRECATED or has_passed(date, page.comparison.day):
        return page.say("{model} is deprecated since {date}.", model=name, date=page.words.date(date))
    return page.say("{model} will be deprecated {when}.", model=name, when=_when(page, date))


def _when(page: Page, date: PartialDate) -> str:
    shown = page.words.date(date)
    if date.day:
        return page.say("on {day}", day=shown)
    return page.say("in {month}", month=shown) if date.month else page.say("in {year}", year=shown)

"""Notices about models on their way out, which come before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Status
from sphinx_modelcmp.compare.lifecycle import has_passed, standing
from sphinx_modelcmp.sections.blocks import ComparisonLink, Inline, Notice, Text
from sphinx_modelcmp.sections.citations import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.scalars import PartialDate
    from sphinx_modelcmp.compare.lifecycle import Standing
    from sphinx_modelcmp.sections.page import Page


def notices(page: Page) -> tuple[Notice, ...]:
    """A notice for each model that is deprecated, will be, or no longer answers."""
    found = (standing(model, page.comparison.day) for model in page.models)
    return tuple(Notice(tuple(_content(page, held))) for held in found if held)


def _content(page: Page, held: Standing) -> Iterator[Inline]:
    yield Text(page.words.gap.join(_end(page, held)))
    if successor := page.catalog.models.get(held.lifecycle.successor or ""):
        before, _, after = page.say("Its successor is {model}.", model="\n").partition("\n")
        yield Text(f"{page.words.gap}{before}")
        yield ComparisonLink(successor.name, (held.model.id, successor.id))
        yield Text(after)
    if held.lifecycle.note:
        yield Text(" ")
        yield from page.prose(held.lifecycle.note)
    yield from spaced(page.citations.marks(held.lifecycle))


def _end(page: Page, held: Standing) -> Iterator[str]:
    """The end of a model and its date, as far as they are stated."""
    model, date, shutdown = held.model, held.lifecycle.deprecated, held.lifecycle.shutdown
    is_deprecated = held.lifecycle.status is Status.DEPRECATED
    if held.is_gone:
        if shutdown:
            yield page.say("{model} was shut down {when}.", model=model, when=_when(page, shutdown))
        else:
            yield page.say("{model} has been shut down.", model=model)
        return
    if date and (is_deprecated or has_passed(date, page.comparison.day)):
        yield page.say("{model} is deprecated since {date}.", model=model, date=date)
    elif date:
        yield page.say("{model} will be deprecated {when}.", model=model, when=_when(page, date))
    elif is_deprecated:
        yield page.say("{model} is deprecated.", model=model)
    if shutdown:
        yield page.say("{model} stops answering {when}.", model=model, when=_when(page, shutdown))


def _when(page: Page, date: PartialDate) -> str:
    if date.day:
        return page.say("on {day}", day=date)
    return page.say("in {month}", month=date) if date.month else page.say("in {year}", year=date)

"""Answers to requests as sections. It imports all that writes pages, so it is imported with the first one only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.compare.comparison import compare
from sphinx_modelcmp.ext.domain import Use
from sphinx_modelcmp.query.request import Selection
from sphinx_modelcmp.sections.blocks import Section, Table
from sphinx_modelcmp.sections.listing import TITLE, Listing, listing_of, page_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of, write
from sphinx_modelcmp.structured.build import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.compare.comparison import Request
    from sphinx_modelcmp.ext.domain import ModelcmpDomain
    from sphinx_modelcmp.query.selection import Selected
    from sphinx_modelcmp.structured.payload import Published


class Answered(NamedTuple):
    """The answer to a request, as its page shows it."""

    use: Use
    problems: tuple[Problem, ...]
    sections: tuple[Section, ...] = ()
    """Empty if there is no comparison."""
    published: Published | None = None
    """The structured data."""


def answered(domain: ModelcmpDomain, request: Request, caption: str) -> Answered:
    """Answer a request. ``caption``, if given, replaces that of the first table."""
    asked, problems = domain.expanded(request)
    answer = compare(domain.catalog, asked, domain.config.settings)
    problems = (*problems, *answer.problems)
    if not (found := answer.comparison):
        return Answered(Use(request, domain.digest_of(request, ())), problems)
    prose: dict[str, str] = {}
    page = Page(found, domain.words, _noting(prose, domain.translations.translate))
    sections = _captioned(sections_of(page), caption)
    published = publish(page, sections, domain.config.structured_data)
    title = page.names(found.models)
    shown = tuple(prose) if domain.translations.files else ()
    use = Use(
        request=request,
        digest=domain.digest_of(request, shown),
        models=tuple(model.id for model in found.models),
        title=title,
        foreign=tuple(name for name in page.foreign_names if name[0] in title),
        successions=tuple(
            (model.id, model.lifecycle.successor)
            for model in found.models
            if model.lifecycle and model.lifecycle.successor
        ),
        prose=shown,
    )
    return Answered(use, problems, sections, published)


def listed(domain: ModelcmpDomain, selection: Selection, caption: str = "", empty: str = "") -> Answered:
    """A table or cards of models, by a query or by their ids."""
    found = domain.selected(selection)
    if not found.answer:
        return Answered(Use(selection, domain.digest_of(selection, ())), found.problems)
    prose: dict[str, str] = {}
    page = _page(domain, found, _noting(prose, domain.translations.translate))
    sections = listing_of(page, Listing(selection, found, caption, empty))
    shown = tuple(prose) if domain.translations.files else ()
    title = caption or page.say(TITLE)
    use = Use(selection, domain.digest_of(selection, shown), title=title, prose=shown)
    return Answered(use, found.problems, sections)


def _page(domain: ModelcmpDomain, found: Selected, translate: Callable[[str], str]) -> Page:
    return page_of(domain.catalog, found, domain.config.settings, domain.words, translate)


def prose_of(domain: ModelcmpDomain, request: Request | Selection) -> tuple[str, ...]:
    """The author's prose in the answer to a request, untranslated."""
    prose: dict[str, str] = {}
    if isinstance(request, Selection):
        found = domain.selected(request)
        listing_of(_page(domain, found, _noting(prose, str)), Listing(request, found))
        return tuple(prose)
    asked, _ = domain.expanded(request)
    if comparison := compare(domain.catalog, asked, domain.config.settings).comparison:
        write(comparison, "en", _noting(prose, str))
    return tuple(prose)


def _noting(prose: dict[str, str], translate: Callable[[str], str]) -> Callable[[str], str]:
    """A translation that records what it translates."""
    return lambda text: prose.setdefault(text, translate(text))


def _captioned(sections: tuple[Section, ...], caption: str) -> tuple[Section, ...]:
    """The sections with the author's caption on the first table."""
    for i, section in enumerate(sections if caption else ()):
        for j, block in enumerate(section.blocks):
            if isinstance(block, Table):
                captioned = (*section.blocks[:j], replace(block, caption=caption), *section.blocks[j + 1 :])
                return (*sections[:i], replace(section, blocks=captioned), *sections[i + 1 :])
    return sections

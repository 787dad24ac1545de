"""What a comparison says on a page. It loads all that writes pages, and is loaded with the first one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.compare.comparison import compare
from sphinx_modelcmp.ext.related import Use
from sphinx_modelcmp.sections.blocks import Section, Table
from sphinx_modelcmp.sections.foreign import foreign_names
from sphinx_modelcmp.sections.writing import page_of, sections_of, write
from sphinx_modelcmp.structured.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.request import Request
    from sphinx_modelcmp.ext.domain import ModelcmpDomain
    from sphinx_modelcmp.structured.published import Published


class Answered(NamedTuple):
    """What came of a request on a page."""

    use: Use
    problems: tuple[Problem, ...]
    sections: tuple[Section, ...]
    """What the comparison says; nothing where it could not be made."""
    published: Published | None = None
    """What it gives to machines."""


def answered(domain: ModelcmpDomain, request: Request, caption: str) -> Answered:
    """Answer a request. ``caption`` takes the place of that of the first table, where it is given."""
    answer = compare(domain.catalog, request, domain.settings)
    found = answer.comparison
    models = found.models if found else ()
    prose: dict[str, str] = {}
    sections: tuple[Section, ...] = ()
    title = ""
    foreign: tuple[tuple[str, str], ...] = ()
    published = None
    if found:
        page = page_of(found, domain.words, _noting(prose, domain.translations.translate))
        sections = _captioned(sections_of(page), caption)
        published = publish(page, sections, domain.publishing)
        title = page.words.list(model.name for model in models)
        foreign = tuple(name for name in foreign_names(page) if name[0] in title)
    shown = tuple(prose) if domain.translations.files else ()
    use = Use(
        request=request,
        digest=domain.digest_of(request, shown),
        models=tuple(model.id for model in models),
        title=title,
        foreign=foreign,
        successions=_successions(models),
        prose=shown,
    )
    return Answered(use, answer.problems, sections, published)


def prose_of(domain: ModelcmpDomain, request: Request) -> tuple[str, ...]:
    """What the answer to a request shows of the author's prose, as it is written."""
    prose: dict[str, str] = {}
    if found := compare(domain.catalog, request, domain.settings).comparison:
        write(found, "en", _noting(prose, str))
    return tuple(prose)


def _noting(prose: dict[str, str], translate: Callable[[str], str]) -> Callable[[str], str]:
    """The translation, taking down what is translated."""
    return lambda text: prose.setdefault(text, translate(text))


def _successions(models: tuple[Model, ...]) -> tuple[tuple[str, str], ...]:
    held = ((model.id, model.lifecycle.successor) for model in models if model.lifecycle)
    return tuple((model, successor) for model, successor in held if successor)


def _captioned(sections: tuple[Section, ...], caption: str) -> tuple[Section, ...]:
    """The sections with the first table's caption changed, where the author gave one."""
    if not caption:
        return sections
    for i, section in enumerate(sections):
        for j, block in enumerate(section.blocks):
            if isinstance(block, Table):
                blocks = (*section.blocks[:j], replace(block, caption=caption), *section.blocks[j + 1 :])
                return (*sections[:i], replace(section, blocks=blocks), *sections[i + 1 :])
    return sections

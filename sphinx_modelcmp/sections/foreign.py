"""The names on a page that are of another language than the page, where the catalog says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_modelcmp.catalog.records import Benchmark, License, Organization, Provider
    from sphinx_modelcmp.sections.page import Page


def foreign_names(page: Page) -> tuple[tuple[str, str], ...]:
    """Each such name with the tag of its language: of the models, and of all that they name."""
    own = _primary(page.words.language.replace("_", "-"))
    return tuple(sorted({name: lang for name, lang in _named(page) if lang and _primary(lang) != own}.items()))


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _named(page: Page) -> Iterator[tuple[str, str | None]]:
    catalog = page.catalog
    for model in page.models:
        yield model.name, model.lang
        if (successor := model.lifecycle and model.lifecycle.successor) and successor in catalog.models:
            yield catalog.models[successor].name, catalog.models[successor].lang
        for maker in model.organization.readings:
            yield from _entry(catalog.organizations, maker.value)
        for terms in model.license.readings:
            yield from _entry(catalog.licenses, terms.value)
        for route in model.routes.value or ():
            yield from _entry(catalog.providers, route.provider)
        for result in model.results:
            yield from _entry(catalog.benchmarks, result.benchmark)
    yield from ((used.source.title, used.source.lang) for used in page.citations.entries)


def _entry(
    table: Mapping[str, Benchmark] | Mapping[str, License] | Mapping[str, Organization] | Mapping[str, Provider],
    name: str | None,
) -> Iterator[tuple[str, str | None]]:
    if name is not None and name in table:
        yield table[name].name, table[name].lang

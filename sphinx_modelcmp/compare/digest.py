"""Digest of the answer to a request: a page is read again when, and only when, its digest moves."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.fingerprints import Fingerprints, fingerprint_of
from sphinx_modelcmp.compare.comparison import resolve
from sphinx_modelcmp.compare.rows import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_modelcmp.catalog.fingerprints import Outline
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.comparison import Request, Settings


def digest(catalog: Catalog, request: Request, settings: Settings) -> str:
    """The hash of everything that the answer to a request rests on."""
    return Digests(catalog, settings).of(request)


class Digests:
    """Digests of requests to one catalog. Models, and all they refer to, are hashed once for all requests."""

    def __init__(self, catalog: Catalog, settings: Settings, known: Mapping[str, Outline] | None = None) -> None:
        """``known`` are outlines of models that need not be decoded for it."""
        self.catalog = catalog
        self.settings = settings
        self._fingerprints = Fingerprints(catalog)
        self._outlines: dict[str, Outline] = {**(known or {})}

    def of(self, request: Request) -> str:
        """The hash of everything that the answer to a request rests on: facts, what they refer to, problems."""
        resolved = resolve(self.catalog, request, self.settings)
        parts = (
            resolved.problems,
            (resolved.sections, request.benchmarks, request.fields),
            (request.only_differences, request.all_routes, request.transpose, request.verdict),
            (resolved.traffic, resolved.source_links, resolved.unknown_rows),
            self.of_models(resolved.ids, request.fields),
        )
        return fingerprint_of(parts)

    def of_models(self, ids: Sequence[str], fields: Sequence[str] = ()) -> str:
        """The hash of all that is known of some models, in their order, and of some rows of the house's own."""
        outlines = [self.outline(name) for name in ids]
        parts = (
            self._circumstances,
            str(self.catalog.shipped_day(ids)),
            # In the order declared, for that is the order of the rows. Built-in ones are named though nobody has them.
            self._fields(frozenset((*BUILT_IN, *fields)).union(*(outline.fields for outline in outlines))),
            [(outline.fingerprint, self._successor(outline)) for outline in outlines],
        )
        return fingerprint_of(parts)

    def outline(self, name: str) -> Outline:
        """The outline of a model, known or made now."""
        if name not in self._outlines:
            self._outlines[name], _ = self._fingerprints.outline(self.catalog.models[name])
        return self._outlines[name]

    @cached_property
    def _circumstances(self) -> tuple[str, ...]:
        """The settings that every answer rests on."""
        day = self.catalog.reading_day(self.settings.as_of)
        return str(day), str(self.settings.stale_after), self.catalog.currency

    def _fields(self, shown: frozenset[str]) -> list[tuple[str, str]]:
        return [(name, self._fingerprints.entry(("fields", name))) for name in self.catalog.fields if name in shown]

    def _successor(self, outline: Outline) -> tuple[str, str]:
        """The name of the model to move to, and its language: all that a page shows of it."""
        if outline.successor not in self.catalog.models:
            return "", ""
        successor = self.outline(outline.successor)
        return successor.name, successor.lang

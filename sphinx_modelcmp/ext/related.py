"""Comparisons of a documentation, and those that are related: they share models, or one has a model's successor."""

from __future__ import annotations

import heapq
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.compare.comparison import Request

MOST = 12
"""Most links to other pages."""


class Use(NamedTuple):
    """One comparison on one page, as the environment keeps it: only values, no nodes."""

    request: Request
    digest: str
    models: tuple[str, ...] = ()
    """The ids compared; empty if there is no comparison."""
    title: str = ""
    foreign: tuple[tuple[str, str], ...] = ()
    """The names in the title in another language than the pages, each with its language tag."""
    successions: tuple[tuple[str, str], ...] = ()
    """Models with a successor, and that."""
    prose: tuple[str, ...] = ()
    """The author's prose on the page before its translation; empty without translations."""


class Related(NamedTuple):
    """A page with a related comparison."""

    docname: str
    title: str
    foreign: tuple[tuple[str, str], ...]
    """The names in the title in another language."""


class Links(NamedTuple):
    """The links from the comparisons of one page."""

    related: Mapping[tuple[str, ...], tuple[Related, ...]]
    """The models of each comparison, and the pages related to it."""
    successors: Mapping[tuple[str, ...], str]
    """A model and its successor, and the page that compares them."""


class Neighbours:
    """The comparisons of a documentation, found by their models."""

    def __init__(self, uses: Mapping[str, Sequence[Use]]) -> None:
        self._uses = uses
        self._links: dict[str, Links] = {}

    @cached_property
    def _of(self) -> Mapping[str, Sequence[tuple[str, Use]]]:
        """The comparisons of each model, with their pages."""
        found: dict[str, list[tuple[str, Use]]] = defaultdict(list)
        for page in sorted(self._uses):
            for use in self._uses[page]:
                for model in use.models:
                    found[model].append((page, use))
        return found

    def links(self, docname: str) -> Links:
        """The links from the comparisons of a page."""
        if docname not in self._links:
            uses = self._uses.get(docname, ())
            related = {use.models: tuple(self._related(docname, use.models)) for use in uses}
            pairs = {pair: self._comparison_of(docname, pair) for use in uses for pair in use.successions}
            self._links[docname] = Links(related, {pair: page for pair, page in pairs.items() if page})
        return self._links[docname]

    def _related(self, docname: str, models: tuple[str, ...]) -> Iterator[Related]:
        """Comparisons of other pages and other models that share some with these, those that share most first."""
        asked = frozenset(models)
        found: dict[frozenset[str], tuple[str, Use]] = {}
        for page, use in (item for model in models for item in self._of[model]):
            held = frozenset(use.models)
            if held != asked and page != docname and (held not in found or page < found[held][0]):
                found[held] = (page, use)
        nearest = heapq.nsmallest(MOST, found.items(), key=lambda item: _distance(asked, *item))
        yield from (Related(page, use.title, use.foreign) for _, (page, use) in nearest)

    def _comparison_of(self, docname: str, pair: tuple[str, str]) -> str | None:
        """Another page that compares two models, the one with the fewest others; None if there is none."""
        held = ((len(use.models), page) for page, use in self._of[pair[0]] if page != docname and pair[1] in use.models)
        return min(held, default=(0, None))[1]


def _distance(asked: frozenset[str], held: frozenset[str], found: tuple[str, Use]) -> tuple[int, int, str, str]:
    return (-len(asked & held), len(held - asked), found[1].title, found[0])

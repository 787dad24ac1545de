"""Links to the other comparisons, set in at write time: only then is it known which pages there are."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_modelcmp.ext.domain import Links
from sphinx_modelcmp.ext.loading import domain_of
from sphinx_modelcmp.nodes import COMPARISON, RELATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.ext.domain import Use

MOST = 12
"""So many links at the most."""
NOWHERE = Links({}, {})
"""Of a page that somebody resolves before all pages are read."""


class LinkRelated(SphinxPostTransform):
    """Replaces the sentence that stands in for links, where there are any."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Link every such place of the document."""
        links = domain_of(self.env).links
        for place in [node for node in self.document.findall(nodes.paragraph) if RELATED in node]:
            if found := links.get(place["page"], NOWHERE).related.get(tuple(place[RELATED])):
                place.replace_self(self._links(place, found))
        for text in [node for node in self.document.findall(nodes.inline) if COMPARISON in node]:
            if target := links.get(text["page"], NOWHERE).successors.get(tuple(text[COMPARISON])):
                text.replace_self(self._link(target, text.astext()))

    def _links(self, place: nodes.Element, found: Iterable[tuple[str, str]]) -> nodes.bullet_list:
        links = nodes.bullet_list(bullet="*", classes=[RELATED])
        for docname, title in found:
            links += nodes.list_item("", nodes.paragraph("", "", self._link(docname, title)))
        links.source, links.line = place.source, place.line
        return links

    def _link(self, docname: str, title: str) -> nodes.Node:
        text = nodes.inline("", title)
        try:
            link = make_refnode(domain_of(self.env).builder, self.env.docname, docname, "", text)
        except NoUri:
            # A LaTeX or Texinfo document holds some pages of the documentation only.
            return text
        # A manual page has no addresses, and would show an empty one.
        return link if link["refuri"] else text


class Neighbours:
    """The comparisons of a documentation by the models that they have in common."""

    def __init__(self, uses: Mapping[str, Sequence[Use]]) -> None:
        self._of: dict[str, list[tuple[str, Use]]] = defaultdict(list)
        for page in sorted(uses):
            for use in uses[page]:
                for model in use.models:
                    self._of[model].append((page, use))

    def links(self, docname: str, uses: Iterable[Use]) -> Links:
        """Where the comparisons of a page lead to."""
        related = {use.models: tuple(self._related(docname, use.models)) for use in uses}
        pairs = {pair: self._comparison_of(docname, pair) for use in uses for pair in use.successions}
        return Links(related, {pair: page for pair, page in pairs.items() if page})

    def _related(self, docname: str, models: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Other comparisons that share a model with these, never the same ones, those that share most first."""
        asked = frozenset(models)
        found: dict[frozenset[str], tuple[str, Use]] = {}
        for page, use in (item for model in models for item in self._of[model]):
            held = frozenset(use.models)
            if held != asked and page != docname and (held not in found or page < found[held][0]):
                found[held] = (page, use)
        nearest = heapq.nsmallest(MOST, found.items(), key=lambda item: _distance(asked, *item))
        yield from ((page, use.title) for _, (page, use) in nearest)

    def _comparison_of(self, docname: str, pair: tuple[str, str]) -> str | None:
        """Another page that compares two models, the one that compares fewest others; None where there is none."""
        held = ((len(use.models), page) for page, use in self._of[pair[0]] if page != docname and pair[1] in use.models)
        return min(held, default=(0, None))[1]


def _distance(asked: frozenset[str], held: frozenset[str], found: tuple[str, Use]) -> tuple[int, int, str, str]:
    return (-len(asked & held), len(held - asked), found[1].title, found[0])


def relinked(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose links to other comparisons are not those they were written with."""
    domain = domain_of(env)
    neighbours = Neighbours(domain.uses)
    links = {docname: neighbours.links(docname, uses) for docname, uses in sorted(domain.uses.items())}
    moved = [docname for docname in links if domain.links.get(docname) != links[docname]]
    domain.data["links"] = links
    return moved

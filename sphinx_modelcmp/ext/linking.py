"""Links to the other comparisons, added at write time: only then is it known which pages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.related import NOWHERE
from sphinx_modelcmp.nodes.classes import COMPARISON, RELATED
from sphinx_modelcmp.nodes.traverse import elements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.ext.related import Related


class LinkRelated(SphinxPostTransform):
    """Replaces the sentence that stands in for links, where there are any."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Link every such place of the document."""
        neighbours = domain_of(self.env).neighbours
        places = [node for node in elements(self.document) if RELATED in node or COMPARISON in node]
        for place in places:
            # Nowhere yet for somebody who resolves it before all pages are read.
            links = neighbours.links(place["page"]) if neighbours else NOWHERE
            if found := links.related.get(tuple(place.get(RELATED, ()))):
                place.replace_self(self._links(place, found))
            elif target := links.successors.get(tuple(place.get(COMPARISON, ()))):
                place.replace_self(self._link(target, *place.children))

    def _links(self, place: nodes.Element, found: Iterable[Related]) -> nodes.bullet_list:
        # Late, as in the directive.
        from sphinx_modelcmp.nodes.build import Inlines  # noqa: PLC0415

        links = nodes.bullet_list(bullet="*", classes=[RELATED])
        for page in found:
            title = Inlines(foreign=page.foreign).text(page.title)
            links += nodes.list_item("", nodes.paragraph("", "", self._link(page.docname, *title)))
        links.source, links.line = place.source, place.line
        return links

    def _link(self, docname: str, *words: nodes.Node) -> nodes.Node:
        text = nodes.inline("", "", *words)
        try:
            link = make_refnode(domain_of(self.env).builder, self.env.docname, docname, "", text)
        except NoUri:
            # A LaTeX or Texinfo document holds some pages of the documentation only.
            return text
        # A manual page has no addresses, and would show an empty one.
        return link if link["refuri"] else text

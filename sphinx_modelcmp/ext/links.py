"""Links to other comparisons, added at write time, when all pages are known; and anchors in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes.classes import COMPARISON, RELATED
from sphinx_modelcmp.nodes.traverse import elements, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.ext.domain import Related


class LinkRelated(SphinxPostTransform):
    """Replaces the sentence in place of links, if there are any, and links comparisons of a model and its successor."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Link every place of the document."""
        neighbours = domain_of(self.env).neighbours
        for place in [node for node in elements(self.document) if RELATED in node or COMPARISON in node]:
            links = neighbours.links(place["page"])
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
            # A LaTeX or Texinfo document may contain only some pages of the documentation.
            return text
        # A manual page has no addresses, and would show an empty one.
        return link if link["refuri"] else text


class SetAnchors(SphinxPostTransform):
    """Puts a target before each of our nodes that has an id, as reST does for a label.

    Writers of Markdown make an anchor only from a target that names the node after it.
    """

    default_priority = 900
    formats = ("markdown",)

    def run(self, **_kwargs: Any) -> None:
        """Insert all of them."""
        for node in [node for node in elements(self.document) if is_ours(node) and _can_be_led_to(node)]:
            outer, at = node.parent, node.parent.index(node)
            outer[at : at + isinstance(node, nodes.target)] = [nodes.target("", "", refid=name) for name in node["ids"]]


def _can_be_led_to(node: nodes.Element) -> bool:
    """Whether a link can lead to a node. Sphinx gives every table an id, but only one with a name is linked to."""
    return bool(node["names"] if isinstance(node, nodes.table) else node["ids"])

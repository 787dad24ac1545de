"""Links to the other comparisons, set in at write time: only then is it known which pages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_modelcmp.ext.loading import domain_of
from sphinx_modelcmp.nodes import COMPARISON, RELATED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.ext.domain import Use

MOST = 12
"""So many links at the most."""


class LinkRelated(SphinxPostTransform):
    """Replaces the sentence that stands in for links, where there are any."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Link every such place of the document."""
        for place in [node for node in self.document.findall(nodes.paragraph) if RELATED in node]:
            found = list(domain_of(self.env).related(place["page"], tuple(place[RELATED])))[:MOST]
            if found:
                place.replace_self(self._links(place, found))
        for text in [node for node in self.document.findall(nodes.inline) if COMPARISON in node]:
            if target := domain_of(self.env).comparison_of(text["page"], tuple(text[COMPARISON])):
                text.replace_self(self._link(target, text.astext()))

    def _links(self, place: nodes.Element, found: list[tuple[str, Use]]) -> nodes.bullet_list:
        links = nodes.bullet_list(bullet="*", classes=[RELATED])
        for docname, use in found:
            links += nodes.list_item("", nodes.paragraph("", "", self._link(docname, use.title)))
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


def relinked(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose links to other comparisons are not those they were written with."""
    domain = domain_of(env)
    links = {
        docname: [
            (
                [(page, other.title) for page, other in domain.related(docname, use.models)],
                [domain.comparison_of(docname, pair) for pair in use.successions],
            )
            for use in uses
        ]
        for docname, uses in sorted(domain.uses.items())
    }
    moved = [docname for docname in links if domain.data["links"].get(docname) != links[docname]]
    domain.data["links"] = links
    return moved

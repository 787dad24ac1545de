"""Anchors in Markdown for our links: its writers make one only from a target that names what follows it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.traverse import elements, is_ours


class SetAnchors(SphinxPostTransform):
    """Puts a target before each of our nodes that has an id, as reST does for a label."""

    default_priority = 900
    formats = ("markdown",)

    def run(self, **_kwargs: Any) -> None:
        """Put all of them in."""
        for node in [node for node in elements(self.document) if is_ours(node) and _can_be_led_to(node)]:
            outer, at = node.parent, node.parent.index(node)
            outer[at : at + isinstance(node, nodes.target)] = [nodes.target("", "", refid=name) for name in node["ids"]]


def _can_be_led_to(node: nodes.Element) -> bool:
    """Whether a link can lead to a node. Sphinx gives every table an id, but only one with a name is linked to."""
    return bool(node["names"] if isinstance(node, nodes.table) else node["ids"])

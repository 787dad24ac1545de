"""Markdown: anchors that our links lead to. The writers of it make one of a target that names what follows it only."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.walk import elements, is_ours


class SetAnchors(SphinxPostTransform):
    """Sets a target before whatever of ours has an id, in the form that reST gives to a label."""

    default_priority = 900
    formats = ("markdown",)

    def run(self, **_kwargs: Any) -> None:
        """Set them all."""
        for node in [node for node in elements(self.document) if is_ours(node) and _can_be_led_to(node)]:
            outer, at = node.parent, node.parent.index(node)
            outer[at : at + isinstance(node, nodes.target)] = [nodes.target("", "", refid=name) for name in node["ids"]]


def _can_be_led_to(node: nodes.Element) -> bool:
    """Whether a link can lead to a node. Sphinx gives an id to each table; to one without a name nothing leads."""
    return bool(node["names"] if isinstance(node, nodes.table) else node["ids"])

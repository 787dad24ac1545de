"""What a node stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLUSH = (nodes.document, nodes.section, nodes.container, addnodes.start_of_file)
"""What no writer indents, or draws a frame around."""


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """The nodes around a node, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def depth(node: nodes.Node) -> int:
    """How many lists, notes and the like a node stands in."""
    return sum(not isinstance(outer, _FLUSH) for outer in ancestors(node))

"""Going through nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator


def elements(root: nodes.Element, *closed: type[nodes.Element]) -> Iterator[nodes.Element]:
    """The node and all elements in it, in their order, but for what is inside those of the ``closed`` classes.

    Not ``findall()``, which leaves nothing out, and takes each node through the iterators of all nodes around it.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, closed):
            waiting += [child for child in reversed(node.children) if isinstance(child, nodes.Element)]

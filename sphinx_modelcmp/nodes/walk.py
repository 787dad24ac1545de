"""Going through nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_modelcmp.nodes.classes import PREFIX, VERDICT

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


def is_ours(node: nodes.Element) -> bool:
    """Whether a node belongs to a comparison, judging by its classes."""
    return any(name.partition("-")[0] == PREFIX for name in node["classes"])


def own_texts(root: nodes.Element) -> Iterator[nodes.Text]:
    """All that comparisons say, in its order, without what the authors of pages have written into them."""
    waiting: list[tuple[nodes.Node, bool]] = [(root, False)]
    while waiting:
        node, is_said = waiting.pop()
        if isinstance(node, nodes.Text) and is_said:
            yield node
        elif isinstance(node, nodes.Element):
            is_said = VERDICT not in node["classes"] and (is_said or is_ours(node))
            waiting += [(child, is_said) for child in reversed(node.children)]

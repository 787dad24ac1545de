"""Traversal of doctrees: the elements, texts and tables of comparisons, and the ancestors of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_modelcmp.nodes.classes import PREFIX, TABLE, VERDICT

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLUSH = (nodes.document, nodes.section, nodes.container)
"""Nodes that no writer indents or frames; so is Sphinx's ``start_of_file``, which this layer does not know."""


def elements(root: nodes.Element, *closed: type[nodes.Element]) -> Iterator[nodes.Element]:
    """The node and all elements in it, in document order, except what is inside those of the ``closed`` classes.

    Not ``findall()``, which leaves nothing out, and takes each node through the iterators of all nodes around it.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, closed):
            waiting += [child for child in reversed(node.children) if isinstance(child, nodes.Element)]


def tables_in(root: nodes.Element) -> Iterator[nodes.table]:
    """The tables of comparisons.

    This looks neither into tables, which contain none of ours, nor into lines of text: that is nearly all of a page.
    """
    for node in elements(root, nodes.table, nodes.TextElement):
        if isinstance(node, nodes.table) and TABLE in node["classes"]:
            yield node


def is_ours(node: nodes.Element) -> bool:
    """True if a node belongs to a comparison, judging by its classes."""
    return any(name.partition("-")[0] == PREFIX for name in node["classes"])


def own_texts(root: nodes.Element) -> Iterator[nodes.Text]:
    """The texts of comparisons, without those that the authors of pages have written into them."""
    waiting: list[tuple[nodes.Node, bool]] = [(root, False)]
    while waiting:
        node, is_said = waiting.pop()
        if isinstance(node, nodes.Text) and is_said:
            yield node
        elif isinstance(node, nodes.Element):
            is_said = VERDICT not in node["classes"] and (is_said or is_ours(node))
            waiting += [(child, is_said) for child in reversed(node.children)]


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """The nodes around a node, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def depth(node: nodes.Node) -> int:
    """The number of lists, notes and the like around a node."""
    return sum(not isinstance(outer, _FLUSH) and outer.tagname != "start_of_file" for outer in ancestors(node))

"""The floor: a Sphinx extension whose one directive makes nodes from a file, and does nothing else.

The file holds nested lists of a node's class, its attributes and its children; words stand as they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class BareNodes(SphinxDirective):
    """``.. bare-nodes:: FILE``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The nodes of the file."""
        _, path = self.env.relfn2path(self.arguments[0])
        return [made(item) for item in json.loads(Path(path).read_bytes())]


def made(item: Any) -> nodes.Node:
    """A node with all that it holds."""
    if isinstance(item, str):
        return nodes.Text(item)
    name, attributes, children = item
    node: nodes.Element = getattr(nodes, name)(**attributes)
    node.extend(map(made, children))
    return node


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("bare-nodes", BareNodes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Paper: tables that break across pages, with columns as wide as their text asks."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# What a long table can stand in; anything else draws a frame or a list around it, where LaTeX cannot break it.
_OPEN = (nodes.document, nodes.section, nodes.container, addnodes.start_of_file)


class BreakTables(SphinxPostTransform):
    """Makes our tables long tables where they can be.

    Without given widths a LaTeX table is set by tabulary, which neither breaks nor keeps to the page. The class is set
    for LaTeX only: in HTML it would become style attributes, which a strict content policy forbids.
    """

    default_priority = 900
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Mark every table of ours."""
        for table in self.document.findall(nodes.table):
            if "modelcmp-table" in table["classes"]:
                table["classes"] += [] if "colwidths-given" in table["classes"] else ["colwidths-given"]
                table["classes"] += ["longtable"] if _is_open(table) else []


def _is_open(table: nodes.table) -> bool:
    parent = table.parent
    while parent is not None:
        if not isinstance(parent, _OPEN):
            return False
        parent = parent.parent
    return True

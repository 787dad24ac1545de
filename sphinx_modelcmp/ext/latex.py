"""Paper: tables that break across pages, with columns as wide as their text asks."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.tables import tables_in

# What a long table can stand in; anything else draws a frame or a list around it, where LaTeX cannot break it.
_OPEN = (nodes.document, nodes.section, nodes.container, addnodes.start_of_file)

LINE, PADDING = 84, 3
"""The width of the text of a page, and the space around a cell's, in characters of the usual size."""


class BreakTables(SphinxPostTransform):
    """Makes our tables long tables where they can be.

    Without given widths a LaTeX table is set by tabulary, which neither breaks nor keeps to the page. The class is set
    for LaTeX only: in HTML it would become style attributes, which a strict content policy forbids.
    """

    default_priority = 900
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Mark every table of ours."""
        for table in tables_in(self.document):
            if "colwidths-given" not in table["classes"]:
                table["classes"].append("colwidths-given")
                _fit(table)
            table["classes"] += ["longtable"] if _is_open(table) else []


def _fit(table: nodes.table) -> None:
    """Let no column be narrower than its longest word and the padding: text would run into the next one."""
    columns = list(table.findall(nodes.colspec))
    rows = list(table.findall(nodes.row))
    words = [(word for row in rows for word in row[i].astext().split()) for i in range(len(columns))]
    least = [max(map(len, found), default=0) + PADDING for found in words]
    wanted = [max(column["colwidth"], low) + PADDING for column, low in zip(columns, least, strict=True)]
    spare, asked = max(0, LINE - sum(least)), sum(wanted) - sum(least)
    for column, low, want in zip(columns, least, wanted, strict=True):
        column["colwidth"] = want if sum(wanted) <= LINE else low + spare * (want - low) // asked


def _is_open(table: nodes.table) -> bool:
    parent = table.parent
    while parent is not None:
        if not isinstance(parent, _OPEN):
            return False
        parent = parent.parent
    return True

"""Plain text: tables that keep to 80 columns, and lists in place of those that cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.utils import column_width
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.nesting import depth
from sphinx_modelcmp.nodes.reshape import Parts, caption_of, fit, flatten, parts_needed, set_widths, split, tallest
from sphinx_modelcmp.nodes.tables import NARROWEST, tables_in

if TYPE_CHECKING:
    from docutils import nodes

LINE = 80
RULES = 3
"""What a column takes beside its text: a rule, and a space on either side."""
INDENT = 3
"""What the text writer indents by, at the most."""
TALLEST = 6
"""So many lines in a cell at the most: more are read word by word."""


class FitTables(SphinxPostTransform):
    """Gives our tables columns that come to a line: in several tables where there are too many, else in lists."""

    default_priority = 900
    formats = ("text",)

    def run(self, **_kwargs: Any) -> None:
        """Fit every table of ours."""
        for table in list(tables_in(self.document)):
            table.parent.replace(table, _fitted(table, LINE - INDENT * depth(table)))


def _fitted(table: nodes.table, room: int) -> list[nodes.Element]:
    number = parts_needed(table, lambda parts: _widths(parts, room) is not None)
    if not number:
        return [caption_of(table), flatten(table)]
    found: list[nodes.Element] = []
    for part in split(table, number):
        parts = Parts.of(part)
        set_widths(parts, _widths(parts, room) or ())
        if column_width(part[0].astext()) > room:
            # The writer breaks no caption.
            found.append(caption_of(part))
            part.pop(0)
        found.append(part)
    return found


def _widths(parts: Parts, room: int) -> list[int] | None:
    """The widest columns that there is room for; None where nobody would read a table of them."""
    widths = fit(parts, room - 1, RULES)
    columns = [max(NARROWEST, width) for width in widths.columns]
    return columns if widths.fits and tallest(parts, columns) <= TALLEST else None

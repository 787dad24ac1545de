"""Manual pages: tables that troff can set, lists in place of others, and lines that are not stretched."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from docutils import nodes
from docutils.utils import column_width
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.nesting import depth
from sphinx_modelcmp.nodes.classes import PREFIX
from sphinx_modelcmp.nodes.reshape import Parts, caption_of, flatten, parts_needed, split, tallest
from sphinx_modelcmp.nodes.tables import tables_in
from sphinx_modelcmp.nodes.walk import elements, own_texts

LINE = 78
"""Characters of a line that man has on a terminal of 80 columns."""
INDENT = 7
"""What each level is indented by, the first as well."""
RULES = 3
"""What a column takes beside its text: a rule, and a space on either side."""
_TOO_LONG = re.compile(r"(?<=\S{40})(?=\S)")
"""Where a word goes on after more characters than a line may need."""
TALLEST = 6
"""So many lines in a cell at the most: more are read word by word."""


class SetTables(SphinxPostTransform):
    """Leaves those of our tables that fit, without their captions: the writer takes one for the page's name."""

    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Set every table of ours, and keep the lines around it from being stretched."""
        for table in list(tables_in(self.document)):
            table.parent.replace(table, _set(table, LINE - INDENT * (1 + depth(table))))
        for node in list(elements(self.document)):
            if PREFIX in node["classes"] and isinstance(node, nodes.section | nodes.container):
                _leave_ragged(node)
        for text in list(own_texts(self.document)):
            # The writer looks at a reference's text only.
            if not isinstance(text.parent, nodes.reference):
                text.parent.replace(text, _breakable(text))


def _set(table: nodes.table, room: int) -> list[nodes.Element]:
    """Each table between its caption and a space, which the writer leaves out before a list."""
    number = parts_needed(table, lambda parts: _fits(parts, room))
    if not number:
        return [caption_of(table), flatten(table)]
    found: list[nodes.Element] = []
    for part in split(table, number):
        found += [caption_of(part), part, nodes.raw("", ".sp\n", format="manpage")]
        part.pop(0)
    return found


def _fits(parts: Parts, room: int) -> bool:
    """Whether a table can be read in columns of the width that troff gives them: an equal share, and one spare.

    The writer can give no widths of its own; a column whose cells are all shorter is as wide as they are.
    """
    share = LINE // (len(parts.columns) + 1)
    texts = [[cell.astext() for cell in cells] for cells in parts.cells()]
    widths = [min(share, max(map(column_width, column))) for column in texts]
    words = (word for column in texts for text in column for word in text.split())
    return (
        sum(widths) + RULES * len(widths) <= room
        and all(column_width(word) <= share for word in words)
        and tallest(parts, [share] * len(widths)) <= TALLEST
    )


def _leave_ragged(node: nodes.Element) -> None:
    """Have troff stretch no line: in a narrow column, or before a long address, it warns that it cannot."""
    at = 1 if isinstance(node[0], nodes.title) else 0
    node.insert(at, nodes.raw("", ".na\n", format="manpage"))
    node += nodes.raw("", ".ad\n", format="manpage")


def _breakable(text: nodes.Text) -> list[nodes.Node]:
    """A text whose words can break where no line holds them, in letters that have their accents: troff puts on none."""
    found: list[nodes.Node] = []
    for piece in re.split(_TOO_LONG, unicodedata.normalize("NFC", text)):
        found += [nodes.raw("", r"\:", format="manpage")] if found else []
        found.append(nodes.Text(piece))
    return found

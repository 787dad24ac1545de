"""Output in lines of characters: tables as wide as a line, in parts, or as lists; anchors in Markdown."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Any

from docutils import nodes
from docutils.utils import column_width
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.classes import PREFIX
from sphinx_modelcmp.nodes.tables import NARROWEST, Parts, caption_of, fit, flatten, split
from sphinx_modelcmp.nodes.traverse import depth, elements, is_ours, own_texts, tables_in
from sphinx_modelcmp.sections.table_layout import tallest

RULES = 3
"""Characters that a column adds to its text: a rule, and a space on either side."""
TALLEST = 6
"""Cells with more lines are unreadable; a list takes the place of their table."""
TEXT_LINE, TEXT_INDENT = 80, 3
"""Characters of a line of plain text, and the most that its writer indents by."""
MAN_LINE, MAN_INDENT = 78, 7
"""Characters of a line that man has on a terminal of 80 columns, and the indentation of each level, even the first."""
_TOO_LONG = re.compile(r"(?<=\S{40})(?=\S)")
"""Breaks within a word that is longer than a line may need."""


class FitTables(SphinxPostTransform):
    """Text-only post-transform: columns that fit a line, in several tables if there are too many, else in lists."""

    default_priority = 900
    formats = ("text",)

    def run(self, **_kwargs: Any) -> None:
        """Fit every table of a comparison."""
        for table in list(tables_in(self.document)):
            table.parent.replace(table, _fitted(table, TEXT_LINE - TEXT_INDENT * depth(table)))


def _fitted(table: nodes.table, room: int) -> list[nodes.Element]:
    found: list[nodes.Element] = []
    for part in split(table, lambda parts: _widths(parts, room) is not None):
        parts = Parts.of(part)
        parts.set_widths(_widths(parts, room) or ())
        if column_width(part[0].astext()) > room:
            # The writer breaks no caption.
            found.append(caption_of(part))
            part.pop(0)
        found.append(part)
    return found or [caption_of(table), flatten(table)]


def _widths(parts: Parts, room: int) -> list[int] | None:
    """The widest columns that fit; None if the table would be unreadable."""
    widths = fit(parts, room - 1, RULES)
    columns = [max(NARROWEST, width) for width in widths.columns]
    return columns if widths.fits and tallest(parts.lengths(), columns) <= TALLEST else None


class SetTables(SphinxPostTransform):
    """Man-only post-transform: tables that troff can set, lists in place of others, and lines that are not stretched.

    Captions become paragraphs, because the writer takes a caption for the page's name.
    """

    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Set every table, and keep the lines around it from being stretched."""
        for table in list(tables_in(self.document)):
            table.parent.replace(table, _set(table, MAN_LINE - MAN_INDENT * (1 + depth(table))))
        for node in list(elements(self.document)):
            if PREFIX in node["classes"] and isinstance(node, nodes.section | nodes.container):
                _leave_ragged(node)
        for text in list(own_texts(self.document)):
            # The writer looks at a reference's text only.
            if not isinstance(text.parent, nodes.reference):
                text.parent.replace(text, _breakable(text))


def _set(table: nodes.table, room: int) -> list[nodes.Element]:
    """Each table between its caption and a space, which the writer leaves out before a list."""
    found: list[nodes.Element] = []
    for part in split(table, lambda parts: _fits(parts, room)):
        found += [caption_of(part), part, _troff(".sp\n")]
        part.pop(0)
    return found or [caption_of(table), flatten(table)]


def _fits(parts: Parts, room: int) -> bool:
    """True if a table is readable in columns of the width that troff gives them: an equal share, and one spare.

    The writer can set no widths; a column whose cells are all shorter is as wide as they are.
    """
    share = Fraction(MAN_LINE, len(parts.columns) + 1)
    lengths = parts.lengths()
    widths = [min(share, Fraction(max(column))) for column in lengths]
    words = (word for column in parts.texts() for text in column for word in text.split())
    return (
        sum(widths) + RULES * len(widths) <= room
        and all(column_width(word) <= share for word in words)
        and tallest(lengths, [int(share)] * len(widths)) <= TALLEST
    )


def _leave_ragged(node: nodes.Element) -> None:
    """Have troff stretch no line: in a narrow column, or before a long address, it warns that it cannot."""
    node.insert(1 if isinstance(node[0], nodes.title) else 0, _troff(".na\n"))
    node += _troff(".ad\n")


def _breakable(text: nodes.Text) -> list[nodes.Node]:
    """A text whose long words can break, in letters that have their accents: troff puts on none."""
    found: list[nodes.Node] = []
    for piece in re.split(_TOO_LONG, unicodedata.normalize("NFC", text)):
        found += [_troff(r"\:"), nodes.Text(piece)] if found else [nodes.Text(piece)]
    return found


def _troff(command: str) -> nodes.raw:
    return nodes.raw("", command, format="manpage")


class SetAnchors(SphinxPostTransform):
    """Puts a target before each of our nodes that has an id, as reST does for a label.

    Writers of Markdown make an anchor only from a target that names the node after it.
    """

    default_priority = 900
    formats = ("markdown",)

    def run(self, **_kwargs: Any) -> None:
        """Insert all of them."""
        for node in [node for node in elements(self.document) if is_ours(node) and _can_be_led_to(node)]:
            outer, at = node.parent, node.parent.index(node)
            outer[at : at + isinstance(node, nodes.target)] = [nodes.target("", "", refid=name) for name in node["ids"]]


def _can_be_led_to(node: nodes.Element) -> bool:
    """True if a link can lead to a node. Sphinx gives every table an id, but only one with a name is linked to."""
    return bool(node["names"] if isinstance(node, nodes.table) else node["ids"])

"""LaTeX-only post-transform: tables that break across pages, in parts if they are too wide, and breakable words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import column_width
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.nodes.tables import Parts, fit, split
from sphinx_modelcmp.nodes.traverse import depth, own_texts, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 4
"""Most models in a table: more of them get several tables."""
LONGEST = 40
"""Characters of the longest word that a line can take."""
PADDING = 3
"""The space around a cell's text, in characters."""
SIZES = {"modelcmp-paper": 92, "modelcmp-dense": 108}
"""The environments of our LaTeX package for tables, and the characters of a line in each."""
HEADING = "modelcmp-heading"
"""The environment that keeps a heading and the table below it together."""
BREAK = "\N{ZERO WIDTH SPACE}"
_ATTACHED = frozenset(("Mn", "Mc", "Me", "Cf", "Sk"))
"""Categories of characters that change the one before them, so that nothing may come between."""


class BreakTables(SphinxPostTransform):
    """LaTeX-only post-transform: long tables where LaTeX allows them, several for many models.

    Without given widths a LaTeX table is set by tabulary, which neither breaks nor keeps to the page. The class is set
    for LaTeX only: in HTML it would become style attributes, which a strict content policy forbids.
    """

    default_priority = 900
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Lay out every table, then the words that no line can take."""
        for table in list(tables_in(self.document)):
            outer, is_open = table.parent, not depth(table)
            at = outer.index(table)
            if is_open and at == 1 and isinstance(outer[0], nodes.title | nodes.rubric):
                # A table moves to the next page without its heading.
                outer.parent.insert(outer.parent.index(outer), nodes.container("", classes=[HEADING]))
            parts = split(table, lambda parts: len(parts.columns) <= 1 + MOST) or [table]
            outer[at : at + 1] = [_laid_out(part, is_open=is_open) for part in parts]
        for text in list(own_texts(self.document)):
            _break_words(text, LONGEST)


def _laid_out(table: nodes.table, *, is_open: bool) -> nodes.container:
    size = next(iter(SIZES))
    if "colwidths-given" not in table["classes"]:
        table["classes"].append("colwidths-given")
        size = _fit(Parts.of(table))
    # In a list or a frame LaTeX cannot break a table.
    table["classes"] += ["longtable"] if is_open else []
    return nodes.container("", table, classes=[size])


def _fit(parts: Parts) -> str:
    """Make columns as wide as their words, in the first size that allows it; if none does, words break."""
    tried = {size: fit(parts, room, PADDING) for size, room in SIZES.items()}
    size, widths = next((item for item in tried.items() if item[1].fits), [*tried.items()][-1])
    parts.set_widths([width + PADDING for width in widths.columns])
    for cells, width in zip(zip(*parts.rows, strict=True), widths.columns, strict=True):
        for text in (text for cell in cells for text in list(cell.findall(nodes.Text))):
            # Capitals are wider than the letters that widths are counted in.
            _break_words(text, 2 * width // 3)
    return size


def _break_words(text: nodes.Text, longest: int) -> None:
    """Let longer words break anywhere. LaTeX does so only if a line would exceed the margin."""
    words = str(text).split(" ")
    too_long = [BREAK not in word and column_width(word) > longest for word in words]
    if any(too_long):
        broken = ("".join(_breakable(word)) if long else word for word, long in zip(words, too_long, strict=True))
        text.parent.replace(text, nodes.Text(" ".join(broken)))


def _breakable(word: str) -> Iterator[str]:
    for i, letter in enumerate(word):
        if i and unicodedata.category(letter) not in _ATTACHED and unicodedata.category(word[i - 1]) != "Cf":
            yield BREAK
        yield letter

"""LaTeX output: tables that break across pages, breakable words, and names of characters that cannot be printed."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import column_width
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape

from sphinx_modelcmp.catalog.fingerprints import TABLES
from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.ext.config import report
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes.tables import Parts, fit, split
from sphinx_modelcmp.nodes.traverse import ancestors, depth, own_texts, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.problems import Keys


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
            if is_open and outer.index(table) == 1 and isinstance(outer[0], nodes.title | nodes.rubric):
                # A table moves to the next page without its heading.
                outer.parent.insert(outer.parent.index(outer), nodes.container("", classes=[HEADING]))
            parts = split(table, lambda parts: len(parts.columns) <= 1 + MOST) or [table]
            outer.replace(table, [_laid_out(part, is_open=is_open) for part in parts])
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
    too_long = {word for word in words if BREAK not in word and column_width(word) > longest}
    if too_long:
        broken = ("".join(_breakable(word)) if word in too_long else word for word in words)
        text.parent.replace(text, nodes.Text(" ".join(broken)))


def _breakable(word: str) -> Iterator[str]:
    for i, letter in enumerate(word):
        if i and unicodedata.category(letter) not in _ATTACHED and unicodedata.category(word[i - 1]) != "Cf":
            yield BREAK
        yield letter


ENGINE = "pdflatex"
CODECS = {
    "T1": ("latin_1", "cp1250", "cp1252", "cp1254", "cp1257", "iso8859_16"),
    "T2A": ("cp1251",),
    "X2": ("cp1251",),
    "LGR": ("iso8859_7",),
}
"""For each font encoding, the code pages of its languages: LaTeX declares all their characters."""
DECLARED = frozenset("\u2009\u200b\u202f\u2212")
"""Characters that our LaTeX package declares as well."""


@cache
def is_settable(letter: str, encodings: tuple[str, ...]) -> bool:
    """True if pdflatex can print a character in one of these font encodings, or Sphinx has a command for it."""
    if letter in DECLARED or escape(letter, ENGINE) != letter:
        return True
    return any(letter.encode(codec, "ignore") for encoding in encodings for codec in CODECS[encoding])


class Run(NamedTuple):
    """Consecutive characters of a text that are all printable, or all not."""

    text: str
    is_settable: bool

    @property
    def printed(self) -> str:
        """The text on paper: the name of one character, the numbers of several."""
        if self.is_settable:
            return self.text
        name = unicodedata.name(self.text, "").lower() if len(self.text) == 1 else ""
        return f"[{name or ' '.join(f'U+{ord(letter):04X}' for letter in self.text)}]"


def runs(text: str, encodings: tuple[str, ...]) -> Iterator[Run]:
    """A text cut into runs. An accent is part of its letter if one character exists for both."""
    composed = unicodedata.normalize("NFC", text)
    for settable, letters in groupby(composed, key=lambda letter: is_settable(letter, encodings)):
        yield Run("".join(letters), settable)


class NameGlyphs(SphinxPostTransform):
    """LaTeX-only post-transform: replaces and reports characters that pdflatex cannot print."""

    default_priority = 890
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Search all texts of comparisons; most documents have nothing to replace."""
        if self.config.latex_engine != ENGINE:
            return
        encodings = self._encodings()
        found: dict[str, nodes.Text] = {}
        for text in [text for text in own_texts(self.document) if not text.isascii()]:
            cut = list(runs(text, encodings))
            found |= {run.text: text for run in cut if not run.is_settable and run.text not in found}
            text.parent.replace(text, nodes.Text("".join(run.printed for run in cut)))
        if found:
            self._report(found, encodings)

    def _encodings(self) -> tuple[str, ...]:
        """The font encodings that this document loads."""
        builder: Any = domain_of(self.env).builder
        stated = builder.context["fontenc"] + (" T2A" if builder.babel.uses_cyrillic() else "")
        return tuple(name for name in CODECS if name in stated)

    def _report(self, found: dict[str, nodes.Text], encodings: tuple[str, ...]) -> None:
        domain = domain_of(self.env)
        placed = set()
        for at, text in self._catalog_texts():
            held = [run for run in runs(text, encodings) if run.text in found]
            if held and (place := domain.cached.loaded.places.place(*at)):
                report(Problem(Code.GLYPH, _message(held), place), domain.config)
                placed |= {run.text for run in held}
        for text, node in found.items():
            if text not in placed:
                where = next((outer for outer in ancestors(node) if outer.source), self.document)
                problem = Problem(Code.GLYPH, _message([Run(text, is_settable=False)]))
                report(problem, domain.config, f"{where.source}:{where.line or ''}")

    def _catalog_texts(self) -> Iterator[tuple[Keys, str]]:
        """The texts of the models in this document, and of the tables that they may name."""
        # Late: a document without such characters has no use for the records.
        from sphinx_modelcmp.catalog.fields import texts_in  # noqa: PLC0415

        domain = domain_of(self.env)
        pages = [self.env.docname, *(node["docname"] for node in self.document.findall(addnodes.start_of_file))]
        models = dict.fromkeys(name for page in pages for use in domain.uses.get(page, ()) for name in use.models)
        for name in models:
            yield from texts_in(domain.catalog.models[name], ("models", name))
        for table in (*TABLES, "traffic"):
            yield from texts_in(getattr(domain.catalog, table), (table,))


def _message(held: list[Run]) -> str:
    from sphinx_modelcmp.catalog.scalars import shorten  # noqa: PLC0415 - late, as the records

    cannot = "; ".join(f"“{shorten(run.text)}” is printed as “{shorten(run.printed)}”" for run in dict.fromkeys(held))
    return f"{ENGINE} has no letter for this: {cannot}"

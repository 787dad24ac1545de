"""Characters that pdflatex cannot print: replaced by their names in brackets, and reported at their place."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape

from sphinx_modelcmp.catalog.fingerprints import TABLES
from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.reporting import report
from sphinx_modelcmp.nodes.traverse import ancestors, own_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.problems import Keys


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
    """Whether pdflatex can print a character in one of these font encodings, or Sphinx has a command for it."""
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
                report(Problem(Code.GLYPH, _message(held), place), domain.severities)
                placed |= {run.text for run in held}
        for text, node in found.items():
            if text not in placed:
                where = next((outer for outer in ancestors(node) if outer.source), self.document)
                problem = Problem(Code.GLYPH, _message([Run(text, is_settable=False)]))
                report(problem, domain.severities, f"{where.source}:{where.line or ''}")

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

"""What passes for a character that pdflatex can set, held against what LaTeX itself declares."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_modelcmp.ext.latex import CODECS, is_settable, runs
from tests.support import programs


def declared(encoding: str) -> set[str]:
    """The characters that LaTeX declares for a font encoding."""
    found = programs.run([programs.find("kpsewhich"), f"{encoding.lower()}enc.dfu"], Path())
    text = Path(found.stdout.strip()).read_text(encoding="latin-1")
    return {chr(int(code, 16)) for code in re.findall(r"\\DeclareUnicodeCharacter\{([0-9A-F]+)\}", text)}


@pytest.mark.parametrize("encoding", ["T1", "T2A", "X2"])
def test_every_letter_of_its_languages_is_declared(encoding: str) -> None:
    """The other characters are printed in test_pdf.py. No TeX in common use has Greek letters from the start."""
    letters = {chr(code) for code in range(0xA0, 0x3000) if chr(code).isalpha()}
    ours = {letter for letter in letters if any(letter.encode(codec, "ignore") for codec in CODECS[encoding])}
    assert len(ours) > 80
    assert ours <= declared(encoding) | declared("TS1") | {"\N{MODIFIER LETTER CIRCUMFLEX ACCENT}"}


@pytest.mark.parametrize(
    ("text", "encodings", "printed"),
    [
        ("Ünïcödé — “ł” €", ("T1",), "Ünïcödé — “ł” €"),
        ("Zoe\u0308", ("T1",), "Zoë"),
        ("a\N{ROCKET}b", ("T1",), "a[rocket]b"),
        ("\u901a\u4e49", ("T1",), "[U+901A U+4E49]"),
        ("Жτ", ("T1",), "[U+0416 U+03C4]"),
        ("Жτ", ("T1", "X2", "LGR"), "Жτ"),
        ("q\u0307", ("T1",), "q[combining dot above]"),
        ("10\u202f000 \u2212 x²", ("T1",), "10\u202f000 \u2212 x²"),
    ],
)
def test_what_cannot_be_set_is_named(text: str, encodings: tuple[str, ...], printed: str) -> None:
    assert "".join(run.printed for run in runs(text, encodings)) == printed
    assert is_settable("A", encodings)

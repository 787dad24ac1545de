"""Characters that act instead of being seen, that nobody sees, or that look like others."""

from __future__ import annotations

import re
import unicodedata

CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff"
"""Characters that no text may have: it moves a cursor, turns text around, or is illegal in XML."""
INVISIBLE = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
)
"""Characters without ink, so that two names that differ in them look alike.

The joiners U+200C and U+200D are none: emoji and Persian words are written with them.
"""
# Tags can hide a whole sentence. They are kept apart because JSON Schema has no way to write them.
_TAGS = r"\U000e0000-\U000e0fff"
# Half a character is none, and no file can hold it.
_CONTROL = re.compile(rf"[{CONTROL}\ud800-\udfff]")
_INVISIBLE = re.compile(f"[{INVISIBLE}{_TAGS}]")
_UNPRINTED = re.compile(rf"[{CONTROL}{INVISIBLE}{_TAGS}\t\n\u061c\u200e\u200f\ud800-\udfff]")


def visible(text: str) -> str:
    r"""The text in one line, with an escape for every character that a terminal acts on or does not show.

    >>> print(visible("\x1b[2J\u202egnp.exe"))
    \x1b[2J\u202egnp.exe
    """
    return _UNPRINTED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def control_in(text: str) -> str:
    """The first control character of a text; nothing where it has none."""
    found = _CONTROL.search(text)
    return found[0] if found else ""


def invisible_in(text: str) -> str:
    """The first character of a text that nobody sees; nothing where all are seen."""
    found = _INVISIBLE.search(text)
    return found[0] if found else ""


def without_invisible(text: str) -> str:
    """The text without what nobody sees."""
    return _INVISIBLE.sub("", text)


def code_point(char: str) -> str:
    """A character as Unicode names it.

    >>> code_point("\u200b")
    'U+200B'
    """
    return f"U+{ord(char):04X}"


# Letters that most fonts draw like a Latin one, each with that one: Cyrillic, Greek, Armenian, and the phonetic g.
_LOOK_LATIN = """
0410A 0412B 0415E 041aK 041cM 041dH 041eO 0420P 0421C 0422T 0423Y 0425X 0406I 0408J 0405S
0430a 0435e 043eo 0440p 0441c 0443y 0445x 0456i 0458j 0455s 04bbh 0501d 051bq 051dw 04cfl
0391A 0392B 0395E 0396Z 0397H 0399I 039aK 039cM 039dN 039fO 03a1P 03a4T 03a5Y 03a7X 03bfo 03bdv 03c1p
0585o 057du 0578n 0570h 0261g
"""
_LATIN = {int(pair[:4], 16): pair[4] for pair in _LOOK_LATIN.split()}
_WORD = re.compile(r"[^\W\d_]+")


def looks_like(text: str) -> str:
    """The text as most readers take it, with Latin letters for all that look like these."""
    return unicodedata.normalize("NFKC", text).translate(_LATIN)


def disguised_in(text: str) -> str:
    r"""The first letter of a text that only looks Latin, in a word of Latin letters; nothing where there is none.

    >>> disguised_in("g\u0440t-4") == "\u0440", disguised_in("\u0430\u0441-gpt")
    (True, '')
    """
    for word in map(str, [] if text.isascii() else _WORD.findall(text)):
        strange = [char for char in word if _only_looks_latin(char)]
        others = [char for char in word if char not in strange]
        if strange and others and all(unicodedata.name(char, "").startswith("LATIN") for char in others):
            return strange[0]
    return ""


def _only_looks_latin(char: str) -> bool:
    """True for a letter that is drawn like one of a to z and is none; raised ones, as in “Nº”, do not count."""
    if char.isascii() or unicodedata.category(char) not in {"Lu", "Ll"}:
        return False
    latin = looks_like(char)
    return len(latin) == 1 and latin.isascii()

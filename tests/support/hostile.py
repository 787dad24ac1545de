"""Text that acts on a terminal, and how to tell that none of it got there."""

from __future__ import annotations

import unicodedata

ACTING = "\x1b]0;owned\x07\x1b[2J\x9b1A\u202egnp\u2066\u200f.exe\x7f"
"""It sets the title of a window, clears the screen, moves up a line and turns the letters behind it around."""


def acting_in(printed: str) -> set[str]:
    """The characters of an output that are no text: controls but for line ends, marks of direction, half characters."""
    return {
        char
        for char in printed
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in {"\n", "\r"}
    }

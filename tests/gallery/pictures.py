"""Which pictures the gallery holds, and the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support import themes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.themes import Theme

FOLDER = "gallery"
PAGES = {"codex-1-vs-qwen3.5-4b": "Two models", "six-models": "Six models"}
"""The pages that are shown, and what they are called."""
ROOM = 94
"""Percent of the page for the pictures of a row; they are all shown at one scale."""
LEAD = """\
# Gallery

What {doc}`a comparison of two models <codex-1-vs-qwen3.5-4b>` and {doc}`one of six <six-models>` look like: the top of
the page in five themes, in windows of 320, 375, 768 and 1440 pixels, light, and dark where the theme has dark colours.
Each picture leads to itself in full size.
`make gallery` makes the pictures and this page again.
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in a theme and colour scheme, in a window of a width."""

    theme: Theme
    scheme: str
    page: str
    width: int

    @property
    def path(self) -> str:
        """Where it is, below the documentation."""
        return f"{FOLDER}/{self.theme}-{self.scheme}-{self.page}-{self.width}.png"

    @property
    def markdown(self) -> str:
        """What shows it."""
        text = f"{PAGES[self.page]} in {self.theme}, {self.scheme}, at {self.width} pixels"
        return f"![{text}]({self.path}){{width={ROOM * self.width // sum(themes.WIDTHS)}%}}"


def rows() -> Iterator[tuple[Theme, str, str]]:
    """Theme, colour scheme and page: these have a row of pictures each."""
    for theme in themes.THEMES:
        for scheme in theme.schemes:
            for page in PAGES:
                yield theme, scheme, page


def pictures() -> list[Picture]:
    """All of them."""
    return [Picture(*row, width) for row in rows() for width in themes.WIDTHS]


def text() -> str:
    """The page of the documentation."""
    parts = [LEAD]
    shown = None
    for theme, scheme, page in rows():
        if theme != shown:
            parts.append(f"## {theme}\n")
            shown = theme
        parts.append(f"{PAGES[page]}, {scheme}:\n")
        parts.append("\n".join(Picture(theme, scheme, page, width).markdown for width in themes.WIDTHS) + "\n")
    return "\n".join(parts)

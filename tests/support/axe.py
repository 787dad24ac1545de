"""axe-core on pages of ours: what it finds in the parts that we write, and around them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import chromium

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Page

    from tests.support.themes import Theme

SCRIPT = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LOOK = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Finding:
    """An element that a rule of axe is against."""

    rule: str
    scheme: str
    element: str
    """The name of its tag."""
    target: str
    """The selector that leads to it."""
    why: str
    ours: bool
    required: bool
    """Does WCAG ask for it? Otherwise it is good practice only."""
    page: str

    @property
    def kind(self) -> tuple[str, str, str]:
        """The same mistake elsewhere has the same kind."""
        return (self.rule, self.scheme, self.element)

    def __str__(self) -> str:
        return f"{self.page} ({self.scheme}): {self.rule}: {self.target}: {self.why}"


def look(page: Page, theme: Theme, paths: Iterable[Path]) -> Iterator[Finding]:
    """Load each page once and look at it in all its colour schemes; only colours differ between these."""
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(SCRIPT)
    seen: list[str] = []
    for path in paths:
        page.goto(path.as_uri())
        for scheme in theme.schemes:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            asked = {"ours": chromium.OURS, "scheme": scheme, "structure": scheme == theme.schemes[0], "seen": seen}
            seen, found = page.evaluate(LOOK, asked)
            yield from (Finding(**finding, page=path.name) for finding in found)

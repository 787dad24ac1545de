"""axe-core: nothing of ours goes against WCAG 2.2 AA, on any page in Furo, and on telling ones in the other themes.

Within our parts it finds nothing, good practice included. Around them, what WCAG asks for is missing only where the
theme misses it on its own: for the same rule and kind of element on a site that has nothing to do with us.

Their console is listened to on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import Sites
    from tests.support.axe import Finding
    from tests.support.themes import Theme

pytestmark = pytest.mark.full


TELLING = ("codex-1-vs-qwen3.5-4b", "six-models", "support-matrix")
"""Pages that have all sections, many models, and a row for each model."""


def look_and_listen(browser: Browser, theme: Theme, paths: list[Path]) -> tuple[list[Finding], set[str]]:
    """What axe finds on these pages, and what their console shows as errors."""
    with browser.new_page() as page:
        heard: set[str] = set()
        page.on("console", lambda message: heard.add(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: heard.add(str(error)))
        return list(axe.look(page, theme, paths)), heard


def test_axe_and_the_console_find_nothing_that_the_theme_has_not_brought(
    browser: Browser, sites: Sites, theme: Theme
) -> None:
    """Pydata, for one, has no colour mode yet when a page is the first that a browser opens, and says so."""
    alone, told_by_the_theme = look_and_listen(browser, theme, sites.control(theme).pages())
    pages = sites.documentation(theme).pages()
    chosen = pages if theme.name == "furo" else [page for page in pages if page.stem in TELLING]
    assert len(chosen) >= len(TELLING)
    found, told = look_and_listen(browser, theme, chosen)
    from_the_theme = {finding.kind for finding in alone}
    faults = [one for one in found if one.ours or (one.required and one.kind not in from_the_theme)]
    assert not faults, "\n".join(map(str, faults))
    assert told <= told_by_the_theme

"""One browser for all of these tests, and the sites that they look at. The processes that test share the sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support import chromium, themes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.support.themes import Site, Theme


@dataclass(frozen=True, slots=True)
class Sites:
    """Builds sites in a folder when they are asked for."""

    folder: Path

    def documentation(self, theme: Theme) -> Site:
        """Our documentation in a theme."""
        return themes.documentation(theme, self.folder)

    def control(self, theme: Theme) -> Site:
        """A site without us in the same theme."""
        return themes.control(theme, self.folder)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright allows one at a time in a process: it is gone before the tests of other folders start theirs."""
    with chromium.browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own for a test."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sites(run_folder: Path) -> Sites:
    """The sites of a run."""
    folder = run_folder / "sites"
    folder.mkdir(exist_ok=True)
    return Sites(folder)


@pytest.fixture(params=themes.THEMES, ids=str)
def theme(request: pytest.FixtureRequest) -> Theme:
    """Each theme in turn."""
    return request.param  # type: ignore[no-any-return]

"""The demo in a browser: its odd pages fit a phone, wide tables scroll, nothing is asked of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import chromium
from tests.support.project import STRICT, Project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

THEMES = ("alabaster", "furo")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=THEMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp(request.param)).copy("demo").configure(html_theme=request.param)
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    return build.out


@pytest.mark.parametrize("name", ["pair", "again", "mysty", "bare", "weird"])
def test_a_phone_does_not_scroll_the_page_sideways(browser: Browser, site: Path, name: str) -> None:
    page = chromium.open_page(browser, site / f"{name}.html")
    assert page.evaluate(OVERFLOW) <= 0
    page.close()


def test_wide_tables_scroll_in_their_frames(browser: Browser, site: Path) -> None:
    """And within the page: a frame wider than the window would have to be scrolled to before it can be scrolled."""
    page = chromium.open_page(browser, site / "pair.html")
    frames = page.evaluate(
        "Array.from(document.querySelectorAll('.modelcmp-scroll'), frame => ({"
        "  right: frame.getBoundingClientRect().right, inner: frame.scrollWidth, outer: frame.clientWidth,"
        "  overflow: getComputedStyle(frame).overflowX}))"
    )
    assert frames
    assert all(frame["overflow"] == "auto" for frame in frames)
    assert all(frame["right"] <= chromium.WIDTH for frame in frames)
    assert any(frame["inner"] > frame["outer"] for frame in frames), "no table of this page is wide: the test is idle"
    page.close()


def test_cells_wrap_at_words(browser: Browser, site: Path) -> None:
    """A column as narrow as a letter fits any phone, and nobody reads it."""
    page = chromium.open_page(browser, site / "pair.html")
    widths = page.evaluate(
        "Array.from(document.querySelectorAll('table.modelcmp-table td'), cell => cell.getBoundingClientRect().width)"
    )
    assert min(widths) > 60
    page.close()


def test_a_page_asks_nothing_of_the_network(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "pair.html").as_uri(), wait_until="load")
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()

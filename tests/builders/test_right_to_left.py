"""Layout where text runs from right to left: the page is turned round by a theme, and ours turns with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import chromium
from tests.support.project import DATA, STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.full

PAGE = DATA.parent / "docs" / "codex-1-vs-qwen3.5-4b.rst"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The left edges of the cells of each first row, and of the frame that they scroll in.
EDGES = """
Array.from(document.querySelectorAll(".modelcmp-scroll"), frame => ({
  frame: [frame.getBoundingClientRect().left, frame.getBoundingClientRect().right],
  cells: Array.from(frame.querySelector("tr").cells, cell => cell.getBoundingClientRect())
    .filter((cell, i, all) => cell.top === all[all.length - 1].top).map(cell => cell.left),
}))
"""


@pytest.fixture(scope="module", params=["alabaster", "furo"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp(request.param))
    project.write("index.rst", PAGE.read_text(encoding="utf-8"))
    project.configure(
        language="ar", html_theme=request.param, modelcmp_catalog=str(DATA), modelcmp_catalog_roots=[str(DATA)]
    )
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    return build.out / "index.html"


@pytest.fixture(scope="module")
def turned(site: Path) -> Iterator[Page]:
    """The page on a phone, as a theme for Arabic would write it."""
    with chromium.browser() as opened:
        page = chromium.open_page(opened, site)
        page.evaluate("document.documentElement.dir = 'rtl'")
        yield page


def test_the_page_does_not_scroll_sideways(turned: Page) -> None:
    assert turned.evaluate(OVERFLOW) <= 0


def test_tables_begin_on_the_right_and_stay_in_their_frames(turned: Page) -> None:
    tables = turned.evaluate(EDGES)
    assert len(tables) > 3
    for table in tables:
        left, right = table["frame"]
        assert 0 <= left < right <= chromium.WIDTH
        assert table["cells"] == sorted(table["cells"], reverse=True)

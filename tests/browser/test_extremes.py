"""Names, figures and addresses beyond all measure stay readable, and widen no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import chromium, html, odd
from tests.support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.full

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=["furo", "sphinx_rtd_theme"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("extremes")).configure(html_theme=request.param)
    project.write("catalog.yaml", odd.catalog())
    project.write("index.rst", odd.PAGE)
    build = project.build("html", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    return build.out / "index.html"


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_no_page_is_wider_than_its_window(browser: Browser, site: Path, width: int) -> None:
    page = chromium.open_page(browser, site, width)
    assert page.evaluate(OVERFLOW) <= 0
    page.close()


def test_everything_is_there(site: Path) -> None:
    page = html.parse(site)
    text = html.text_of(page.find("body"))
    for name in odd.NAMES:
        assert " ".join(name.split()) in text
    assert f"{int(odd.NUMBER):,}" in text
    assert odd.ADDRESS in [link["href"] for link in page.select("a.external")]
    cells = [html.text_of(cell) for cell in page.select(".modelcmp-specs td")]
    assert sum(cell.startswith("text ") for cell in cells) == odd.MODELS * (odd.ROWS - 1)


def test_nothing_known_is_said_to_be_unknown(site: Path) -> None:
    (section,) = html.parse(site).select("[id^=none-1][id$=-capabilities]")
    assert section.select("td") == []
    assert "No source states" in html.text_of(section)
    cells = html.parse(site).select("[id^=none-1][id$=-scorecard] td")
    assert "Unknown" in {html.text_of(cell) for cell in cells}

"""Names, figures and addresses beyond all measure stay readable, and widen no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import extremes
from tests.support import html, phone
from tests.support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = ("odd", "many", "unknown", "pair")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=["furo", "sphinx_rtd_theme"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only what is odd is warned of; the build goes on."""
    project = extremes.write(Project(tmp_path_factory.mktemp("extremes"))).configure(html_theme=request.param)
    build = project.build("html", "-n")
    codes = {line.rpartition("[")[2].rstrip("]") for line in build.warnings}
    assert (build.code, codes) == (0, {"modelcmp.markup", "modelcmp.price-range", "modelcmp.output-cheaper"})
    return build.out


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_no_page_is_wider_than_its_window(browser: Browser, site: Path, width: int) -> None:
    for name in PAGES:
        page = phone.open_page(browser, site / f"{name}.html", width)
        assert page.evaluate(OVERFLOW) <= 0, name
        page.close()


def test_everything_is_there(site: Path) -> None:
    odd, many = (html.parse(site / f"{name}.html") for name in ("odd", "many"))
    text = html.text_of(odd.find("body"))
    for name in extremes.NAMES.values():
        assert " ".join(name.split()) in text
    assert "123,456,789,012,345,678,901,234,567,890" in text
    assert "$1,234,567,890,123,456,789,012,345,678.50" in text
    assert [link["href"] for link in odd.select("a.external")] == [extremes.URL]
    cells = [html.text_of(cell) for cell in many.select(".modelcmp-specs td")]
    assert all(f"text {i} {j}" in cells for i in range(extremes.MODELS) for j in range(extremes.ROWS))


def test_nothing_known_is_said_to_be_unknown(site: Path) -> None:
    page = html.parse(site / "unknown.html")
    cells = page.select(".modelcmp-specs td, .modelcmp-capabilities td")
    assert {html.text_of(cell) for cell in cells} == {"Unknown"}
    assert "No" not in {html.text_of(cell) for cell in page.select("td")}

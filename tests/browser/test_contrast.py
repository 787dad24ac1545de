"""What comparisons look like in themes that tell the browser nothing: of a dark page, or of what a container is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import chromium
from tests.support.project import HERE, STRICT, Project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.full

SCRIPT = (HERE / "contrast.js").read_text(encoding="utf-8")
LEAST = 4.5
DARK = (
    "body, div.body {background: #1e1e1e; color: #ddd} a {color: #8ab4f8} div.admonition {background: none !important}"
)
BOOTSTRAP = ".container {width: 100%; max-width: 540px; margin: 0 auto; padding: 0 20px}"
PAGE = """
Dark
====

An author's paragraph.

.. model-compare:: alfa-1 bravo-2 charlie-3

   The author's verdict.

.. model-compare:: alfa-1 bravo-2 charlie-3
   :sections: capabilities
   :transpose:
"""


def opened(page: Page, folder: Path, style: str = "", **values: Any) -> None:
    """A page with comparisons in a theme, with the author's own style sheet."""
    project = Project(folder)
    (project.src / "catalog.yaml").write_bytes((HERE / "demo" / "catalog.yaml").read_bytes())
    project.edit("catalog.yaml", "    name: Alfa 1\n", "    name: Alfa 1\n    note: Only with `--flag`.\n")
    project.write("index.rst", PAGE)
    project.write("own/own.css", style)
    build = project.configure(html_static_path=["own"], html_css_files=["own.css"], **values).build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    page.goto((build.out / "index.html").as_uri())


@pytest.mark.parametrize(
    ("theme", "style", "scheme"),
    [("piccolo_theme", "", "dark"), ("alabaster", DARK, "light"), ("basic", DARK, "light")],
    ids=["piccolo, dark", "alabaster, dark by hand", "basic, dark by hand"],
)
def test_every_text_of_ours_can_be_read(page: Page, tmp_path: Path, theme: str, style: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened(page, tmp_path, style, html_theme=theme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert sum(ground) < 200, "the page is dark"
    found = page.evaluate(SCRIPT, {"ours": chromium.OURS, "least": LEAST})
    assert found["faults"] == []
    assert found["texts"] > 200
    over = "elements => elements.map(element => getComputedStyle(element).backgroundColor)"
    grounds = page.eval_on_selector_all(".modelcmp-scroll th, .modelcmp-columns", over)
    assert not [ground for ground in grounds if "/" in ground or "rgba" in ground], "what scrolls below shows through"


def test_a_page_that_changes_over_can_be_read_each_time(page: Page, tmp_path: Path) -> None:
    """Chromium is a step behind where a text's own colour is computed from the one that it inherits."""
    opened(page, tmp_path, f".dark {{ {DARK} }}", html_theme="basic")
    for is_dark in (True, False, True, False):
        page.evaluate("isDark => document.documentElement.classList.toggle('dark', isDark)", is_dark)
        found = page.evaluate(SCRIPT, {"ours": chromium.OURS, "least": LEAST})
        assert (is_dark, found["faults"]) == (is_dark, [])


def test_a_theme_with_containers_of_its_own_moves_nothing(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    opened(page, tmp_path, BOOTSTRAP, html_theme="basic")
    found = page.evaluate("""() => {
      const sides = (element) => [element.getBoundingClientRect().left, element.getBoundingClientRect().right];
      return ["section > p", ".modelcmp-summary > p", ".modelcmp-verdict > p"].map(
        (one) => sides(document.querySelector(one)));
    }""")
    assert len({tuple(sides) for sides in found}) == 1

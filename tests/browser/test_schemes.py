"""Light and dark: comparisons are dark where the theme is, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme

pytestmark = pytest.mark.full

PAGE = "codex-1-vs-qwen3.5-4b.html"
COLOURS = """() => {
  for (const animation of document.getAnimations()) animation.cancel();
  return ["td", "th", "caption", "tr"].map((name) => {
    const {color, backgroundColor, borderBottomColor} =
      getComputedStyle(document.querySelector(`table.modelcmp-table ${name}`));
    return [color, backgroundColor, borderBottomColor];
  });
}"""
LIGHTNESS = """() => {
  const texts = document.querySelector("table.modelcmp-table td");
  const [red, green, blue] = getComputedStyle(texts).color.match(/[\\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""


def seen(page: Page, scheme: Any) -> tuple[list[list[str]], float]:
    """The colours of a table, and how light its text is, once the theme has changed over."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.reload()
    return page.evaluate(COLOURS), page.evaluate(LIGHTNESS)


def test_tables_are_dark_where_the_theme_is(page: Page, sites: Sites, theme: Theme) -> None:
    page.goto((sites.documentation(theme).root / PAGE).as_uri())
    (light, dark_text), (dark, light_text) = seen(page, "light"), seen(page, "dark")
    assert dark_text < 0.4
    if "dark" in theme.schemes:
        assert light_text > 0.6
    else:
        assert light == dark, "the theme stays light, and so must what stands in it"

"""Without JavaScript a comparison is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.html import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme

pytestmark = pytest.mark.full

PAGES = ("codex-1-vs-qwen3.5-4b.html", "six-models.html")
WORDS = """Array.from(document.querySelectorAll(".modelcmp"), (part) => {
  const words = [];
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const around = texts.currentNode.parentElement;
    if (around.closest(".headerlink, .modelcmp-break")) continue;
    const {width, height} = around.getBoundingClientRect();
    if (around.checkVisibility({visibilityProperty: true, opacityProperty: true}) && width && height)
      words.push(...texts.currentNode.data.split(/\\s+/).filter(Boolean));
  }
  return words;
}).flat()"""


@pytest.mark.parametrize("name", PAGES)
def test_every_word_is_there_without_scripts(browser: Browser, sites: Sites, theme: Theme, name: str) -> None:
    path = sites.documentation(theme).root / name
    page = browser.new_page(java_script_enabled=False)
    page.goto(path.as_uri())
    for summary in page.locator(".modelcmp-fold > summary:visible").all():
        summary.click()
    source = parse(path)
    # The end of a line in a cell is a semicolon for whoever listens.
    for aside in source.select(
        ".headerlink, .modelcmp-break, .modelcmp-fold-narrow > summary, [hidden], script, template"
    ):
        aside.decompose()
    written = [text for part in source.select(".modelcmp") for text in part.find_all(string=True)]
    assert written
    assert page.evaluate(WORDS) == [word for text in written for word in text.split()]
    page.close()


def test_what_a_phone_closes_opens_by_a_link_and_on_paper(browser: Browser, sites: Sites, theme: Theme) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 375, "height": 812})
    page.goto((sites.documentation(theme).root / "six-models.html").as_uri())
    last = page.locator(".modelcmp-sources li").last
    closed = [last, page.locator(".modelcmp-specs .modelcmp-marked li").first]
    prices = page.locator(".modelcmp-pricing .modelcmp-fold td").first
    shown = "item => item.checkVisibility() && item.getBoundingClientRect().height > 0"
    assert [item.evaluate(shown) for item in (*closed, prices)] == [False, False, False]
    page.emulate_media(media="print")
    assert [item.evaluate(shown) for item in (*closed, prices)] == [True, True, True]
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 812})
    assert [item.evaluate(shown) for item in (*closed, prices)] == [True, True, False]
    page.set_viewport_size({"width": 375, "height": 812})
    page.locator(".modelcmp-scorecard a.modelcmp-source").first.click()
    assert last.evaluate(shown)
    page.close()

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
    source = parse(path)
    # The end of a line in a cell is a semicolon for whoever listens.
    for aside in source.select(".headerlink, .modelcmp-break, [hidden], script, template"):
        aside.decompose()
    written = [text for part in source.select(".modelcmp") for text in part.find_all(string=True)]
    assert written
    assert page.evaluate(WORDS) == [word for text in written for word in text.split()]
    page.close()

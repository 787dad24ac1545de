"""By keyboard alone: everything of ours that can be used is reached in its order, is seen to be, and lets go again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme

pytestmark = pytest.mark.full

PAGE = "codex-1-vs-qwen3.5-4b.html"
PREPARE = f"""() => {{
  const look = (element) => {{
    const style = getComputedStyle(element);
    return [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow, style.backgroundColor, style.border,
      style.textDecoration].join("; ");
  }};
  const isOurs = (element) => element.closest("{chromium.OURS}");
  const usable = (element) => element.tabIndex >= 0 && !element.disabled
    && element.checkVisibility({{visibilityProperty: true}});
  window.stops = Array.from(document.querySelectorAll("a, button, input, select, summary, [tabindex]"))
    .filter((element) => isOurs(element) && usable(element));
  window.before = new Map(stops.map((element) => [element, look(element)]));
  window.unseen = [];
  window.reached = [];
  document.addEventListener("focusin", ({{target}}) => {{
    if (!before.has(target)) return;
    reached.push(stops.indexOf(target));
    if (look(target) === before.get(target)) unseen.push(target.outerHTML.slice(0, 200));
  }});
  return stops.length;
}}"""

FRAME = """() => {
  const isWide = (element) => element.scrollWidth > element.clientWidth;
  const scrolls = (element) => isWide(element) && getComputedStyle(element).overflowX === "auto";
  let frame = document.querySelector("table.modelcmp-table");
  while (frame && !scrolls(frame)) frame = frame.parentElement;
  return frame;
}"""


def test_tab_goes_through_all_of_it_in_order(page: Page, sites: Sites, theme: Theme) -> None:
    page.goto((sites.documentation(theme).root / PAGE).as_uri())
    number = page.evaluate(PREPARE)
    assert number
    page.evaluate("stops[0].focus(); reached.length = 0; unseen.length = 0")
    for _ in range(number):
        page.keyboard.press("Tab")
    assert page.evaluate("unseen") == []
    assert page.evaluate("reached") == list(range(1, number))
    assert page.evaluate("!stops.includes(document.activeElement)"), "the last one does not let go"


def test_arrow_keys_scroll_a_wide_table(page: Page, sites: Sites, theme: Theme) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((sites.documentation(theme).root / "six-models.html").as_uri())
    frame = page.evaluate_handle(FRAME).as_element()
    assert frame, "no table is wide: the test is idle"
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(frame) => frame.scrollLeft > 0", arg=frame, timeout=5000)

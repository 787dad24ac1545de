"""From a small phone to a desk: pages fit their window, wide tables scroll in frames that a keyboard reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import chromium, themes

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme

pytestmark = pytest.mark.full

# Themes move their sidebars by and by. Here they jump: scripts hear of the last width, and of none on the way.
STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"

# What a script does about a new width it does before the second frame is painted.
FAULTS = f"""async (allowed) => {{
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const faults = [];
  const say = (what, element) => faults.push(`${{what}}: ${{element.localName}}.${{element.className}}: `
    + element.innerText.trim().replace(/\\s+/g, " ").slice(0, 60));
  const width = document.documentElement.clientWidth;
  const overflow = document.documentElement.scrollWidth - width;
  if (overflow > allowed) faults.push(`the page is ${{overflow}} too wide`);

  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const framesOf = (element) => {{
    const frames = [];
    for (let each = element.parentElement; !each.querySelector("h1"); each = each.parentElement)
      if (scrolls(each)) frames.push(each);
    return frames;
  }};
  const find = (selector) => Array.from(document.querySelectorAll(selector)).filter(shown);
  for (const element of find("{chromium.OURS}"))
    if (!framesOf(element).length && element.getBoundingClientRect().right > width + 1) say("outside", element);
  for (const cell of find("table.modelcmp-table :is(th, td)")) {{
    if (getComputedStyle(cell).whiteSpace === "nowrap") say("does not wrap", cell);
    if (cell.scrollWidth > cell.clientWidth + 1) say("spills over", cell);
  }}

  const text = (id) => document.getElementById(id)?.innerText ?? "";
  const labels = (frame) => (frame.getAttribute("aria-labelledby") ?? "").split(" ").map(text);
  const name = (frame) => frame.ariaLabel || labels(frame).join(" ");
  let wide = 0;
  for (const table of find("table.modelcmp-table")) {{
    const moving = framesOf(table).filter((frame) => frame.scrollWidth > frame.clientWidth);
    wide += moving.length;
    if (moving.length > 1) say("scrolls within what scrolls", table);
    for (const frame of moving) {{
      if (frame.tabIndex !== 0) say("no key reaches", frame);
      if (frame.role !== "region" || !name(frame).trim()) say("has no name", frame);
    }}
    const stops = framesOf(table).filter((frame) => frame.tabIndex === 0);
    if (stops.length > 1) say("stops the Tab key more than once", table);
  }}
  return [wide, faults];
}}"""


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_still(page: Page, path: Path) -> None:
    """Open a page on which nothing moves."""
    page.goto(path.as_uri())
    page.add_style_tag(content=STILL)


def overflows(page: Page, path: Path) -> dict[int, int]:
    """How far a page reaches beyond windows of each width."""
    open_still(page, path)
    found = {}
    for width in themes.WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(OVERFLOW)
    return found


def test_pages_fit_and_wide_tables_scroll_in_named_frames(page: Page, sites: Sites, theme: Theme) -> None:
    """Pydata's bar with the title of the site does not fit a small phone, whatever stands below it."""
    allowed = overflows(page, sites.control(theme).root / "other.html")
    found: list[str] = []
    scrolling = 0
    for path in sites.documentation(theme).comparisons():
        open_still(page, path)
        for width in themes.WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide, faults = page.evaluate(FAULTS, allowed[width])
            found += (f"{path.name} at {width}: {fault}" for fault in faults)
            scrolling += wide
    assert not found, "\n".join(found)
    assert scrolling, "no table is wide: the test is idle"

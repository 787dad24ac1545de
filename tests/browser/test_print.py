"""Paper, by the browser: nothing scrolls there, and every page of a long table says what its columns are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support import programs

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme

pytestmark = pytest.mark.full

PAGE = "six-models.html"
PRINTED = """() => {
  const tables = Array.from(document.querySelectorAll("table.modelcmp-table"));
  const style = (element) => getComputedStyle(element);
  const scrolling = (table) => {
    for (let each = table.parentElement; !each.querySelector("h1"); each = each.parentElement)
      if (style(each).display !== "contents" && ["auto", "scroll", "hidden"].includes(style(each).overflowX))
        return each.className || each.localName;
  };
  return {
    scrolling: tables.map(scrolling).filter(Boolean),
    heads: [...new Set(tables.map((table) => style(table.tHead).display))],
  };
}"""
A4: ViewportSize = {"width": 794, "height": 1123}
"""Its points on a screen."""
BEYOND = """Array.from(document.querySelectorAll("table.modelcmp-table")).filter((table) =>
  table.getBoundingClientRect().right > table.closest(".modelcmp").getBoundingClientRect().right + 4
).map((table) => table.caption.innerText)"""
"""Furo lets tables stand out by three points."""
LAST_HEADS = """Array.from(document.querySelectorAll("table.modelcmp-table"),
  (table) => table.tHead.rows[0].lastElementChild.innerText.replace(/\\s+/g, ""))"""


def test_printed_tables_neither_scroll_nor_lose_their_header_rows(page: Page, sites: Sites, theme: Theme) -> None:
    page.emulate_media(media="print")
    page.goto((sites.documentation(theme).root / PAGE).as_uri())
    assert page.evaluate(PRINTED) == {"scrolling": [], "heads": ["table-header-group"]}


def test_all_columns_are_on_the_paper(page: Page, sites: Sites, theme: Theme, tmp_path: Path) -> None:
    """Beyond the edge of the paper the browser writes nothing."""
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    page.goto((sites.documentation(theme).root / PAGE).as_uri())
    assert page.evaluate(BEYOND) == []
    heads = Counter(page.evaluate(LAST_HEADS))
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    done = programs.run([programs.find("pdftotext"), "-raw", "page.pdf", "-"], tmp_path)
    text = "".join(done.stdout.split())
    assert heads
    assert {head: number for head, number in heads.items() if text.count(head) < number} == {}

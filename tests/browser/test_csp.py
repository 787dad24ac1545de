"""A server that forbids whatever is written into a page itself has nothing to forbid in what we write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import chromium, server

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Sites
    from tests.support.themes import Site, Theme

pytestmark = pytest.mark.full

# None with the options for widths: docutils writes style attributes for them, as for any table.
PAGES = ("codex-1-vs-qwen3.5-4b.html", "six-models.html", "sections/index.html")
NOTE = f"""
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push({{
  kind: `${{event.violatedDirective}} of ${{event.target.localName ?? "the document"}}`,
  ours: Boolean(event.target.closest?.("{chromium.OURS}")) || event.sourceFile.includes("modelcmp"),
}}));
"""


def violations(page: Page, site: Site, *names: str) -> list[dict[str, Any]]:
    """What the policy has forbidden on these pages."""
    found: list[dict[str, Any]] = []
    with server.serve(site.root) as address:
        for name in names:
            page.goto(f"{address}/{name}")
            found += page.evaluate("violations")
    return found


def test_a_strict_policy_forbids_nothing_of_ours(page: Page, sites: Sites, theme: Theme) -> None:
    """Some themes write scripts and styles into every page; we add none, and none of theirs come with our pages."""
    page.add_init_script(NOTE)
    alone = violations(page, sites.control(theme), "index.html")
    found = violations(page, sites.documentation(theme), *PAGES)
    assert [one["kind"] for one in found if one["ours"]] == []
    assert {one["kind"] for one in found} <= {one["kind"] for one in alone}

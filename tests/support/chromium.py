"""The browser that pages are looked at in."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.support import programs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 375, 667
"""A phone."""
OURS = "[class*=modelcmp]"
"""All that we write stands in something with such a class."""
# A browser asks the network for all sorts of things that no page wants.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's browser, without a window. In CI a missing one fails; elsewhere its tests are skipped."""
    path = programs.find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        except Error as error:
            if os.environ.get("CI", "false") != "false":
                raise
            pytest.skip(f"the browser does not start: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


def open_page(opened: Browser, path: Path, width: int = WIDTH) -> Page:
    """A file, in a window of this width."""
    page = opened.new_page(viewport={"width": width, "height": HEIGHT})
    page.goto(path.as_uri(), wait_until="load")
    return page

"""axe-core: nothing of ours goes against WCAG 2.2 AA, on any page of the documentation, in any theme, light and dark.

Within our parts it finds nothing, good practice included. Around them, what WCAG asks for is missing only where the
theme misses it on its own: for the same rule and kind of element on a site that has nothing to do with us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Sites
    from tests.support.themes import Theme


def test_axe_finds_nothing_that_the_theme_has_not_brought(browser: Browser, sites: Sites, theme: Theme) -> None:
    from_the_theme = {finding.kind for finding in axe.look(browser, theme, sites.control(theme).pages())}
    found = axe.look(browser, theme, sites.documentation(theme).pages())
    faults = [one for one in found if one.ours or (one.required and one.kind not in from_the_theme)]
    assert not faults, "\n".join(map(str, faults))

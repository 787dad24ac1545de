"""The HTML is valid: nothing is wrong with a page but what the theme gets wrong without us, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import themes, vnu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Sites

pytestmark = pytest.mark.full


def test_no_page_has_an_error_that_its_theme_does_not_have(sites: Sites, tmp_path: Path) -> None:
    built = {theme: (sites.control(theme), sites.documentation(theme)) for theme in themes.THEMES}
    found = vnu.errors((page for pair in built.values() for site in pair for page in site.pages()), tmp_path)
    for control, documentation in built.values():
        alone = {error for url, error in found if url.startswith(control.root.as_uri().replace("file://", "file:"))}
        ours = [one for one in found if one[0].startswith(documentation.root.as_uri().replace("file://", "file:"))]
        assert [one for one in ours if one[1] not in alone] == []

"""The gallery of the documentation is whole. Whether it is beautiful only a reader can say."""

from __future__ import annotations

import re

from PIL import Image

from tests.gallery import pictures
from tests.support import themes

LARGEST = 4_000_000
"""Bytes of all pictures: they stay in the repository."""


def test_the_gallery_shows_every_page_theme_scheme_and_width() -> None:
    text = (themes.DOCS / "gallery.md").read_text(encoding="utf-8")
    assert text == pictures.text(), "run make gallery"
    shown = re.findall(r"\]\((gallery/.+?)\)", text)
    assert shown == [picture.path for picture in pictures.pictures()]
    assert sorted(path.name for path in (themes.DOCS / "gallery").iterdir()) == sorted(
        name.removeprefix("gallery/") for name in shown
    )


def test_its_pictures_are_as_wide_as_they_say_and_small_in_all() -> None:
    for picture in pictures.pictures():
        with Image.open(themes.DOCS / picture.path) as image:
            assert image.width == picture.width
    assert sum((themes.DOCS / picture.path).stat().st_size for picture in pictures.pictures()) < LARGEST

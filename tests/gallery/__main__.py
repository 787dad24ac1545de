"""Takes the pictures of the gallery anew and writes its page, in the root of the repository::

    python -m tests.gallery

Or ``make gallery``, which also installs what it needs.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.gallery import pictures
from tests.support import chromium, themes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.gallery.pictures import Picture

HEIGHT = 1400
COLOURS = 32
"""Of a palette: text on plain grounds needs no more."""


def main() -> None:
    """Make everything anew. The old pictures stay until then, for the documentation is built with them."""
    folder = themes.DOCS / pictures.FOLDER
    with tempfile.TemporaryDirectory() as temporary, chromium.browser() as browser:
        fresh = Path(temporary) / pictures.FOLDER
        fresh.mkdir()
        for picture in pictures.pictures():
            site = themes.documentation(picture.theme, Path(temporary))
            take(browser, picture, site.root / f"{picture.page}.html", fresh.parent / picture.path)
        shutil.rmtree(folder)
        shutil.copytree(fresh, folder)
    (themes.DOCS / "gallery.md").write_text(pictures.text(), encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    sys.stdout.write(f"{len(pictures.pictures())} pictures, {size:,} bytes\n")


def take(browser: Browser, picture: Picture, source: Path, target: Path) -> None:
    """Take one picture, and keep it in as few colours as it needs."""
    scheme: Any = picture.scheme
    with browser.new_page(
        viewport={"width": picture.width, "height": HEIGHT}, color_scheme=scheme, reduced_motion="reduce"
    ) as page:
        page.goto(source.as_uri(), wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => null)")
        taken = page.screenshot()
    with Image.open(io.BytesIO(taken)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()

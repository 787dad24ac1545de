"""Files for the output: a style sheet and a script for pages with comparisons, and a LaTeX package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.ext.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
LATEX_PACKAGE = "modelcmp"
STYLE, SCRIPT = "modelcmp.css", "modelcmp.js"
BOOK_STYLE = "modelcmp-book.css"
FOR_BROWSERS = {STYLE: (STYLE,), SCRIPT: ("tables.js", "calculator.js")}
FOR_BOOKS = {BOOK_STYLE: (BOOK_STYLE,)}
"""The files for a site and for a book, each with its parts. The parts of the script are independent."""


def is_for_browsers(builder: Builder) -> bool:
    """Whether pages are read in a browser, and not as a part of a book or of a help file."""
    return builder.format == "html" and not getattr(builder, "embedded", False)


def copy_files(app: Sphinx) -> None:
    """Copy our files to where the output loads them.

    Not by ``html_static_path``: a build that finds it longer than the last one left it takes the configuration for
    changed. Before pages are written, because their links contain a checksum. Not by ``copy_asset``: Sphinx 8 replaces
    the files of an earlier version of ours only with ``force``, which Sphinx 7.4 does not know.
    """
    if app.builder.format == "latex":
        name = f"{LATEX_PACKAGE}.sty"
        Path(app.outdir, name).write_bytes((PACKAGE / "texinputs" / name).read_bytes())
    if app.builder.format == "html":
        folder = Path(app.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        for name, parts in (FOR_BROWSERS if is_for_browsers(app.builder) else FOR_BOOKS).items():
            (folder / name).write_bytes(b"".join((STATIC / part).read_bytes() for part in parts))


def link_files(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Link our files from the pages with comparisons, and from no other."""
    uses = domain_of(app.env).uses
    everything = app.builder.name == "singlehtml" and pagename == app.config.root_doc
    if not (pagename in uses or (everything and uses)):
        return
    if is_for_browsers(app.builder):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")
    else:
        app.add_css_file(BOOK_STYLE)

"""The style sheet and the script, on the pages that compare something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.fileutil import copy_asset

from sphinx_modelcmp.ext.loading import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATIC = Path(__file__).parent.parent / "static"
STYLE, SCRIPT = "modelcmp.css", "modelcmp.js"


def copy_static_files(app: Sphinx) -> None:
    """Put our files where there is HTML to use them.

    Not by ``html_static_path``: a build that finds it longer than the last one left it takes the configuration for
    changed. Before pages are written, for their links hold a checksum.
    """
    if app.builder.format == "html":
        copy_asset(STATIC, Path(app.outdir) / "_static", force=True)


def link_static_files(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Link our files from the pages that compare something, and from no other. No script is for an e-reader."""
    uses = domain_of(app.env).uses
    everything = app.builder.name == "singlehtml" and pagename == app.config.root_doc
    if pagename in uses or (everything and uses):
        app.add_css_file(STYLE)
        if not getattr(app.builder, "embedded", False):
            app.add_js_file(SCRIPT, loading_method="defer")

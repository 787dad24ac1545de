"""What only HTML gets: scope on header cells, a frame for tables to scroll in, and the style sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset

from sphinx_modelcmp.ext.loading import domain_of
from sphinx_modelcmp.nodes.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

STATIC = Path(__file__).parent.parent / "static"
STYLE = "modelcmp.css"


class header_entry(nodes.entry):  # noqa: N801 - docutils names its nodes so
    """A header cell that knows what it heads: ``col`` or ``row``. Other writers take it for the entry that it is."""


def visit_header_entry(self: HTML5Translator, node: header_entry) -> None:
    """Neither docutils nor Sphinx writes ``scope``; without it a screen reader guesses."""
    self.visit_entry(node)
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{node["scope"]}"', 1)


def depart_header_entry(self: HTML5Translator, node: header_entry) -> None:
    """As for any entry."""
    self.depart_entry(node)


class DressTables(SphinxPostTransform):
    """Gives our tables header cells with a scope, and a frame that scrolls where the screen is narrow."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Dress every table of ours."""
        for table in list(tables_in(self.document)):
            for entry, scope in list(_headers(table)):
                entry.replace_self(header_entry("", *entry.children, **entry.attributes, scope=scope))
            frame = nodes.container("", classes=["modelcmp-scroll"])
            outer = table.parent
            # Not replace_self(), which would give the frame the table's ids and classes a second time: so does furo.
            outer[outer.index(table)] = frame
            outer["ids"] = [name for name in outer["ids"] if name not in table["ids"]]
            frame += table


def _headers(table: nodes.table) -> Iterator[tuple[Any, str]]:
    """The header cells. Not by findall(), which would go through all the others."""
    parts: list[Any] = [part for group in table.children for part in group.children]
    for part in parts:
        if isinstance(part, nodes.thead):
            yield from ((entry, "col") for row in part.children for entry in row.children)
        elif isinstance(part, nodes.tbody):
            yield from ((row.children[0], "row") for row in part.children)


def copy_static_files(app: Sphinx) -> None:
    """Put our files where there is HTML to use them.

    Not by ``html_static_path``: a build that finds it longer than the last one left it takes the configuration for
    changed. Before pages are written, for their links hold a checksum.
    """
    if app.builder.format == "html":
        copy_asset(STATIC, Path(app.outdir) / "_static", force=True)


def add_style(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Link the style sheet from the pages that compare something, and from no other."""
    uses = domain_of(app.env).uses
    everything = app.builder.name == "singlehtml" and pagename == app.config.root_doc
    if pagename in uses or (everything and uses):
        app.add_css_file(STYLE)

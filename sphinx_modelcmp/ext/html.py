"""What only HTML gets: scope on header cells, a frame for tables to scroll in, and the style sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.loading import domain_of

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
        tables = [node for node in self.document.findall(nodes.table) if "modelcmp-table" in node["classes"]]
        for table in tables:
            for entry, scope in list(_headers(table)):
                entry.replace_self(header_entry("", *entry.children, **entry.attributes, scope=scope))
            frame = nodes.container("", classes=["modelcmp-scroll"])
            outer = table.parent
            # Not replace_self(), which would give the frame the table's ids and classes a second time: so does furo.
            outer[outer.index(table)] = frame
            outer["ids"] = [name for name in outer["ids"] if name not in table["ids"]]
            frame += table


def _headers(table: nodes.table) -> Iterator[tuple[nodes.entry, str]]:
    for head in table.findall(nodes.thead):
        yield from ((entry, "col") for entry in head.findall(nodes.entry))
    for body in table.findall(nodes.tbody):
        yield from ((row.children[0], "row") for row in body.findall(nodes.row))  # type: ignore[misc]


def add_static_folder(app: Sphinx) -> None:
    """Let Sphinx copy our files, where there is HTML to use them."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))


def add_style(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Link the style sheet from the pages that compare something, and from no other."""
    uses = domain_of(app.env).uses
    everything = app.builder.name == "singlehtml" and pagename == app.config.root_doc
    if pagename in uses or (everything and uses):
        app.add_css_file(STYLE)

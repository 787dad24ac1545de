"""An extension of every test project: notes what a build read and wrote, and holds each page to what a doctree is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


JOINING = ("singlehtml", "latex", "man", "texinfo")


WATCHED = "watched.txt"
"""What was read and written, a line each, in the folder of the doctrees."""


def faults(document: nodes.document) -> Iterator[str]:
    """What is wrong with a tree, whatever it is a tree of."""
    for node in document.findall(nodes.Element):
        for child in node.children:
            if child.parent is not node:
                yield f"{child!r:.200} does not know its parent"
    # Furo wraps tables in a copy of their ids. We mend that for ours; the author's own are not our business.
    ours = [node for node in document.findall(nodes.Element) if not _is_foreign_wrapper(node)]
    ids = Counter(name for node in ours for name in node["ids"])
    yield from (f"the id {name} stands {number} times" for name, number in ids.items() if number > 1)
    for table in document.findall(nodes.table):
        yield from _table_faults(table)


def _is_foreign_wrapper(node: nodes.Element) -> bool:
    return "table-wrapper" in node["classes"] and "modelcmp-table" not in node["classes"]


def _table_faults(table: nodes.table) -> Iterator[str]:
    if any(isinstance(inner, nodes.table) for inner in table.findall(nodes.table) if inner is not table):
        yield f"a table in a table: {table!r:.200}"
    for group in table.findall(nodes.tgroup):
        columns = sum(isinstance(child, nodes.colspec) for child in group.children)
        if columns != group["cols"]:
            yield f"{columns} column specifications for {group['cols']} columns"
        if "modelcmp-table" not in table["classes"]:
            continue  # others may span rows and columns
        for row in group.findall(nodes.row):
            if len(row.children) != group["cols"]:
                yield f"a row of {len(row.children)} cells in a table of {group['cols']} columns"


def check(app: Sphinx, document: nodes.document, docname: str = "") -> None:
    """Stop the build at the first faulty page."""
    found = list(faults(document))
    if found:
        message = f"{app.builder.name}: faulty doctree of {docname or app.env.docname}: " + "; ".join(found)
        raise ExtensionError(message)


def check_resolved(app: Sphinx, document: nodes.document, docname: str) -> None:
    """The same once post-transforms are done, but for pages that Sphinx has joined, or sphinx-design put tabs into."""
    if app.builder.name not in JOINING and "sphinx_design" not in app.extensions:
        check(app, document, docname)


def begin(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Note the pages that are about to be read."""
    _note(app, "".join(f"read {name}\n" for name in docnames))


def write_started(app: Sphinx, pagename: str, *_rest: object) -> None:
    """Note a page of HTML."""
    if pagename in app.env.found_docs:
        _note(app, f"wrote {pagename}\n")


def _note(app: Sphinx, lines: str) -> None:
    """Several processes write at once: each appends what it has to say in one go, and reads nothing."""
    with (app.doctreedir / WATCHED).open("a", encoding="utf-8") as stream:
        stream.write(lines)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect."""
    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", check)
    app.connect("doctree-resolved", check_resolved)
    app.connect("html-page-context", write_started)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

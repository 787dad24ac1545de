"""Structured data of pages: a JSON file for each, linked data and a description in its head, and llms-full.txt."""

from __future__ import annotations

import json
import posixpath
import re
from fnmatch import fnmatch
from html import escape
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes.classes import PUBLISHED
from sphinx_modelcmp.nodes.traverse import elements
from sphinx_modelcmp.structured.payload import SCHEMA_FILE, Address, description, document, linked_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_modelcmp.structured.payload import Published

AFTER_OTHERS = 900
"""Priority of events: other extensions have written into the head of a page, or llms-full.txt, by then."""
RECORD = "comparison.json"
SCHEMA = "_static/modelcmp-comparison.schema.json"
HEADING = "\n\nWhat the comparisons say\n========================\n"
ABOUT = """
On its page, each ``model-compare`` directive above becomes what follows, written from a catalog of facts.
Limits are in tokens and prices are per million tokens, unless a row says otherwise.
"""
_DESCRIBED = re.compile(r'<meta\b[^>]*\b(?:name|property)="(?:og:)?description"')


class TakeOut(SphinxPostTransform):
    """Moves structured data out of the nodes, whose attributes some writers show, to the document, for sites only."""

    # After ids have become unique in single-page HTML.
    default_priority = 950

    def run(self, **_kwargs: Any) -> None:
        """Move it from every node."""
        held = tuple(node.attributes.pop(PUBLISHED) for node in elements(self.document) if PUBLISHED in node)
        if held and is_site(domain_of(self.env).builder):
            self.document[PUBLISHED] = held


def is_site(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """True if a builder writes whole web pages, not parts of a book or JSON for another program's templates."""
    is_html = isinstance(builder, StandaloneHTMLBuilder) and not builder.embedded
    return is_html and not isinstance(builder, SerializingHTMLBuilder)


def copy_schema(app: Sphinx) -> None:
    """Put the schema where every site has it, so that documents can name it without a host."""
    if is_site(app.builder):
        is_needed = "json" in domain_of(app.env).config.structured_data
        _put(Path(app.outdir, SCHEMA), SCHEMA_FILE.read_bytes() if is_needed else b"")


def _put(path: Path, content: bytes) -> None:
    """Write a file; delete it if it would be empty."""
    if content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    else:
        path.unlink(missing_ok=True)


def publish(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the file of a page, and tags into its head; a page without comparisons loses its file."""
    if doctree is None or not is_site(app.builder):
        return
    held: tuple[Published, ...] = doctree.get(PUBLISHED, ())
    path = record_path(app.builder, pagename)
    records = [item for item in held if item.record]
    _put(path, document(records, context["pathto"](SCHEMA, 1)).encode() if records else b"")
    if held:
        href = quote(path.name) if records else ""
        context["metatags"] += "".join(f"\n{tag}" for tag in _head(app, pagename, context, doctree, href))


def _head(app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document, href: str) -> Iterator[str]:
    """The tags in the head of a page. ``href`` leads to its file, if there is one."""
    held: tuple[Published, ...] = doctree[PUBLISHED]
    heading = doctree.next_node(nodes.title)
    title = heading.astext() if heading else held[0].title
    if href:
        yield f'<link rel="alternate" type="application/json" href="{escape(href)}" title="{escape(title)}" />'
    if found := linked_data(held, title, address_of(app, pagename, href, app.config.html_baseurl)):
        yield f'<script type="application/ld+json">{found}</script>'
    # The author, or an extension made for it, may describe the page already.
    is_described = "sphinxext.opengraph" in app.extensions or _DESCRIBED.search(context["metatags"])
    if (said := description(held)) and not is_described:
        yield f'<meta name="description" content="{escape(said)}" />'
        yield f'<meta property="og:description" content="{escape(said)}" />'


def address_of(app: Sphinx, pagename: str, href: str, base: str) -> Address:
    """The addresses on a site with a base address. Before Sphinx 8.1 ``pageurl`` is wrong in ``dirhtml``."""
    if not base:
        return Address()
    # In single-page HTML it ends in a fragment, and in directories no name in it is quoted.
    page = quote(posixpath.join(base, app.builder.get_target_uri(pagename).partition("#")[0]), safe="/:%")
    return Address(page, urljoin(page, href) if href else "")


def record_path(builder: StandaloneHTMLBuilder, pagename: str) -> Path:
    """The JSON file of a page."""
    page = Path(builder.get_outfilename(pagename))
    if isinstance(builder, DirectoryHTMLBuilder):
        return page.with_name(RECORD)
    return page.with_name(f"{page.name.removesuffix(builder.out_suffix)}.{RECORD}")


def complete(app: Sphinx, exception: Exception | None) -> None:
    """Add what comparisons say to llms-full.txt, which sphinx-llms-txt joins from the sources of pages.

    This replaces what an earlier build added.
    """
    path, builder = Path(app.outdir, getattr(app.config, "llms_txt_full_filename", "")), app.builder
    if exception or not path.is_file() or not is_site(builder):
        return
    text = path.read_text(encoding="utf-8").partition(HEADING)[0]
    # If the sources are too long, the extension writes a note instead.
    if "model-compare" in text:
        named = (name for name in sorted(domain_of(app.env).uses) if not _is_left_out(app, name))
        pages = "".join(_page(app, name, record_path(builder, name)) for name in named)
        path.write_text(text + HEADING + ABOUT + pages if pages else text, encoding="utf-8")


def _is_left_out(app: Sphinx, docname: str) -> bool:
    """True if the author keeps a page out of the file: the extension's own rules."""
    names = (docname, Path(app.env.doc2path(docname)).name)
    ignored = str(app.env.metadata[docname].get("llms-txt-ignore", "")).lower() in {"true", "1", "yes"}
    return ignored or any(fnmatch(name, pattern) for name in names for pattern in app.config.llms_txt_exclude)


def _page(app: Sphinx, docname: str, record: Path) -> str:
    """A page: its title, its address and that of its data, and what its comparisons say."""
    title = app.env.titles[docname].astext()
    address = address_of(app, docname, record.name if record.is_file() else "", app.config.html_baseurl or "/")
    held = json.loads(record.read_text(encoding="utf-8"))["comparisons"] if record.is_file() else []
    parts = [f"{title}\n{'-' * len(title)}", f"{address.page}\n{address.record}".strip()]
    return "".join(f"\n{part}\n" for part in [*parts, *(part for one in held for part in _parts(one))] if part)


def _parts(comparison: Any) -> Iterator[str]:
    """The models of a comparison, the rows of its tables, and its sentences, those of a section together."""
    names = {model["id"]: model["name"] for model in comparison["models"]}
    yield ", ".join(names.values())
    yield "\n".join(
        f"- {row['label']}: " + "; ".join(f"{names[model]}: {fact['text']}" for model, fact in row["facts"].items())
        for row in comparison["rows"]
    )
    for _, claims in groupby(comparison["claims"], key=itemgetter("section")):
        yield " ".join(claim["text"] for claim in claims)

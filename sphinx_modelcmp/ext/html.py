"""HTML output: our files, tables that screen readers and narrow screens can take, calculator data, unique ids."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes import classes
from sphinx_modelcmp.nodes.classes import BEST, CALCULATOR, DIFFERS, PREFIX, PUBLISHED, WHOLE
from sphinx_modelcmp.nodes.layout import free
from sphinx_modelcmp.nodes.traverse import ancestors, elements, is_ours, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_modelcmp.sections.labels import Signs


PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
LATEX_PACKAGE = "modelcmp"
STYLE, SCRIPT = "modelcmp.css", "modelcmp.js"
BOOK_STYLE = "modelcmp-book.css"
FOR_BROWSERS = {STYLE: (STYLE,), SCRIPT: ("tables.js", "calculator.js")}
FOR_BOOKS = {BOOK_STYLE: (BOOK_STYLE,)}
"""The files for a site and for a book, each with its parts. The parts of the script are independent."""


def is_for_browsers(builder: Builder) -> bool:
    """True if pages are read in a browser, and not as a part of a book or of a help file."""
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


UNSEEN, KEY, SIGN = f"{PREFIX}-unseen", f"{PREFIX}-key", f"{PREFIX}-sign"
FOLD, ON_PHONES = (f"{PREFIX}-menu", f"{PREFIX}-fold"), f"{PREFIX}-fold-narrow"
FEW_NOTES = 3
"""As many notes stand open on a phone."""
NO_BREAK = "\u00a0"
WIDEST = 12
"""Most characters before the decimal sign that are aligned: the style sheet has a class for each width."""
# Within JSON these occur in strings only, where they can be escaped. No text can end the script then.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&"})


class dressed_entry(nodes.entry):  # noqa: N801 - docutils names its nodes so
    """A cell with HTML attributes. To other writers it is an ordinary entry."""


class scroll_region(nodes.container):  # noqa: N801
    """A labelled region that the keyboard can scroll."""


class folded(nodes.container):  # noqa: N801
    """Blocks that a reader opens, below a line that names them."""


class source_mark(nodes.reference):  # noqa: N801
    """The number of a source, without the classes of other links: a large page has hundreds."""


class tool_words(nodes.container):  # noqa: N801
    """The phrases of the script."""


class calculator_data(nodes.substitution_definition):  # noqa: N801
    """The data, with the references that a script may copy. All other writers skip it, as they skip its base class."""


def visit_dressed_entry(self: HTML5Translator, node: dressed_entry) -> None:
    """Neither docutils nor Sphinx writes ``scope``; without it a screen reader guesses."""
    given = "".join(f' {name}="{self.attval(value)}"' for name, value in node["attributes"].items())
    first = len(self.body)
    self.visit_entry(node)
    tag = self.body[first]
    # The translator of a theme may write something else before the tag.
    if tag.startswith(("<td", "<th")):
        self.body[first] = tag[:3] + given + tag[3:]


def visit_scroll_region(self: HTML5Translator, node: scroll_region) -> None:
    """The keyboard has to reach a region that scrolls, and a screen reader announces it."""
    attributes = {"role": "region", "tabindex": "0", "aria-label": node["label"]}
    self.body.append(self.starttag(node, "div", **attributes))


def depart_scroll_region(self: HTML5Translator, _node: scroll_region) -> None:
    """The end of the region; that of its base class relies on what the base class has begun."""
    self.body.append("</div>\n")


def visit_folded(self: HTML5Translator, node: folded) -> None:
    """Closed, so that it needs no script; the style sheet opens it on paper, and where it is for phones elsewhere."""
    self.body.append(self.starttag(node, "details"))
    self.body.append(f"<summary>{self.encode(node['label'])}</summary>\n")


def depart_folded(self: HTML5Translator, _node: folded) -> None:
    """The end of what was opened."""
    self.body.append("</details>\n")


def visit_source_mark(self: HTML5Translator, node: source_mark) -> None:
    """The script gives it the name of its source, which is where it leads."""
    self.body.append(f'<a class="{classes.SOURCE}" href="#{self.attval(node["refid"])}">')


def visit_tool_words(self: HTML5Translator, node: tool_words) -> None:
    """JSON, which no content policy takes for a script; without the sign that could end it."""
    data = json.dumps(node["words"], ensure_ascii=False).replace("<", "\\u003c")
    self.body.append(f'<script type="application/json" id="{PREFIX}-words">{data}</script>\n')
    raise nodes.SkipNode


def visit_calculator(self: HTML5Translator, node: calculator_data) -> None:
    """A template: nothing in it is shown, read out or run."""
    data = node[CALCULATOR].translate(_ESCAPES)
    section = self.attval(node.parent["ids"][0])
    self.body.append(f'<template class="{CALCULATOR}" data-section="{section}">')
    self.body.append(f'<script type="application/json">{data}</script>')


def depart_calculator(self: HTML5Translator, _node: calculator_data) -> None:
    """The end of the template."""
    self.body.append("</template>\n")


class DressComparisons(SphinxPostTransform):
    """HTML-only post-transform: what a browser needs of a comparison, and other writers do not."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Dress every table of a comparison, then mark every block."""
        self._dress_tables()
        for node in elements(self.document, nodes.table, nodes.TextElement):
            if {PREFIX, classes.PAGE} & {*node["classes"]}:
                _keep_mathematics_out(node)
            if PREFIX in node["classes"] and is_for_browsers(domain_of(self.env).builder):
                _shorten(node)

    def _dress_tables(self) -> None:
        """Give tables header cells with a scope, words for their signs, and a region that scrolls."""
        tables = list(tables_in(self.document))
        if not tables:
            return
        # Late: a build that writes no comparison has no use for words.
        from sphinx_modelcmp.sections.labels import signs_of, tool_phrases  # noqa: PLC0415

        domain = domain_of(self.env)
        signs = signs_of(domain.words)
        labels = Counter[str]()
        held = [_dress(table, signs) for table in tables]
        regions = [_framed(table, labels) for table in tables]
        first = next((region for region, own in zip(regions, held, strict=True) if own), regions[0])
        self._explain(first, signs, set().union(*held))
        if is_for_browsers(domain.builder):
            for table in tables:
                if classes.LABEL in table:
                    _fold_table(table)
            regions[0].parent.append(tool_words("", words=tool_phrases(domain.words)))

    def _explain(self, region: scroll_region, signs: Signs, held: set[str]) -> None:
        """Explain the signs of the page below the first table that has some."""
        parts: list[nodes.Node] = []
        for name, text in signs.key.items():
            if name in held:
                parts += [nodes.inline("", "", classes=[SIGN, name]), nodes.Text(f" {text} ")]
        if parts:
            region.parent.insert(region.parent.index(region) + 1, nodes.paragraph("", "", *parts, classes=[KEY]))


def _keep_mathematics_out(section: nodes.Element) -> None:
    """Mark our text, or MathJax would take two dollar amounts for mathematics; but not the author's verdict."""
    for block in section.children:
        if isinstance(block, nodes.Element) and not {PREFIX, classes.VERDICT} & {*block["classes"]}:
            block["classes"] += ["mathjax_ignore", "tex2jax_ignore"]


def _shorten(section: nodes.Element) -> None:
    """Make links to sources short, and fold long lists of sources and notes on a phone."""
    for mark in list(section.findall(nodes.reference)):
        if classes.SOURCE in mark["classes"]:
            text = mark.astext()
            mark.replace_self(source_mark(text, text, refid=mark["refid"]))
    for block in list(section.children):
        if isinstance(block, nodes.bullet_list) and classes.MARKED in block["classes"] and len(block) > FEW_NOTES:
            first, *_, last = (item.astext().partition("]")[0] for item in block.children)
            _fold([block], f"{first}]–{last}]", (*FOLD, ON_PHONES))


def _fold_table(table: nodes.table) -> None:
    """Close a table with all that themes have put around it, and with its notes."""
    block: Any = next(block for block in (table, *ancestors(table)) if PREFIX in block.parent["classes"])
    place = block.parent.index(block) + 1
    notes = [node for node in block.parent[place : place + 1] if classes.MARKED in node["classes"]]
    _fold([block, *notes], table[classes.LABEL], FOLD)


def _fold(blocks: Sequence[Any], label: str, names: Sequence[str]) -> None:
    """Put blocks that follow one another into one that is closed."""
    outer = blocks[0].parent
    place = outer.index(blocks[0])
    outer[place : place + len(blocks)] = [folded("", *blocks, label=label, classes=[*names])]


def _framed(table: nodes.table, labels: Counter[str]) -> scroll_region:
    """Put a region around a table, with a name unique on the page."""
    caption = table[0].astext() if isinstance(table[0], nodes.title) else ""
    labels[caption] += 1
    number = f" ({labels[caption]})" if labels[caption] > 1 else ""
    region = scroll_region("", classes=[f"{PREFIX}-scroll"], label=caption + number)
    outer = table.parent
    # Not replace_self(), which would give the region the table's ids and classes a second time: so does furo.
    outer[outer.index(table)] = region
    outer["ids"] = [name for name in outer["ids"] if name not in table["ids"]]
    region += table
    return region


def _dress(table: nodes.table, signs: Signs) -> set[str]:
    """Dress the cells of a table; return the signs in it."""
    rows: list[Any] = [node for node in elements(table, nodes.row) if isinstance(node, nodes.row)]
    head, *body = rows
    # With its marks: a card has no head beside it that they could stand in.
    labels = [entry.astext() if classes.CARDS in table["classes"] else "" for entry in head.children]
    for entry in head.children:
        _explain_terms(entry)
        _replace(entry, scope="col")
    for row in body:
        _dress_row(row, labels, signs)
    for column in zip(*(row.children for row in body), strict=False):
        _align(column)
    return {DIFFERS, BEST} & {name for row in body for node in (row, *row.children) for name in node["classes"]}


def _dress_row(row: Any, labels: Sequence[str], signs: Signs) -> None:
    head, *cells = row.children
    _explain_terms(head)
    if DIFFERS in row["classes"]:
        _say(head, signs.words[DIFFERS])
    _replace(head, scope="row")
    for label, entry in zip(labels[1:], cells, strict=True):
        _bind(entry[0])
        if BEST in entry["classes"]:
            _say(entry, signs.words[BEST])
        given = {"data-label": label, "data-value": entry.get("value", "")}
        _replace(entry, **{name: value for name, value in given.items() if value})


def _bind(paragraph: Any) -> None:
    """Keep the first mark of a source or a note on the line of the last of several words before it."""
    before = ""
    for words, mark in pairwise(paragraph.children):
        before += words.astext()
        if isinstance(mark, nodes.Element) and {classes.SOURCE, classes.NOTE} & {*mark["classes"]}:
            if isinstance(words, nodes.Text) and len(before.split()) > 1:
                paragraph.replace(words, nodes.Text(f"{words.rstrip()}{NO_BREAK}"))
            before = ""


def _replace(entry: Any, **attributes: str) -> None:
    entry.replace_self(dressed_entry("", *entry.children, **entry.attributes, attributes=attributes))


def _say(entry: Any, word: str) -> None:
    """Add the words of a sign, for screen readers only."""
    entry[0] += nodes.inline("", f" ({word})", classes=[UNSEEN])


def _explain_terms(entry: Any) -> None:
    for term in _inlines(entry, classes.TERM):
        named = nodes.abbreviation("", "", explanation=term["definition"], classes=[classes.TERM])
        named += term.children
        term.replace_self(named)


def _align(column: Sequence[Any]) -> None:
    """Make the part before the decimal sign as wide in every cell as it is in the widest."""
    wholes = [amount[0] for entry in column for amount in _inlines(entry, classes.AMOUNT)]
    width = min(WIDEST, max((len(whole.astext()) for whole in wholes), default=0))
    for whole in wholes:
        whole["classes"].append(f"{WHOLE}-{width}")


def _inlines(entry: Any, name: str) -> list[Any]:
    """The inline nodes of a cell that have a class."""
    return [node for node in entry[0].children if isinstance(node, nodes.inline) and name in node["classes"]]


class PlaceCalculators(SphinxPostTransform):
    """Keeps the data on pages that can run a script, and removes them from all others."""

    default_priority = 900

    def run(self, **_kwargs: Any) -> None:
        """Replace or remove every container of the calculator."""
        kept = is_for_browsers(domain_of(self.env).builder)
        for node in list(elements(self.document, nodes.table, nodes.TextElement)):
            if isinstance(node, nodes.container) and CALCULATOR in node["classes"]:
                data = calculator_data("", "", *node.children, **{CALCULATOR: node[CALCULATOR]})
                node.parent.replace(node, [data] if kept else [])


class SeparateIds(SphinxPostTransform):
    """Single-page-only post-transform: new ids for our nodes whose ids are taken; the ids of others stay."""

    default_priority = 900
    builders = ("singlehtml",)

    def run(self, **_kwargs: Any) -> None:
        """Rename page by page, in the order of the pages; then lead links from other pages there."""
        pages = list(self._pages())
        everything = [node for _, found in pages for node in found]
        taken = {name for node in everything if not is_ours(node) for name in node["ids"]}
        addresses: dict[str, str] = {}
        for docname, found in pages:
            given = self._rename(docname, found, taken)
            addresses |= {f"#document-{docname}#{name}": f"#{new}" for name, new in given.items()}
            self._follow(docname, found, given)
        for node in everything:
            if node.get("refuri") in addresses:
                node["refuri"] = addresses[node["refuri"]]

    def _pages(self) -> Iterator[tuple[str, list[nodes.Element]]]:
        """Each page with its elements, without those of pages included in it."""
        found: dict[str, list[nodes.Element]] = {}
        waiting: list[tuple[nodes.Element, str]] = [(self.document, self.env.docname)]
        while waiting:
            node, docname = waiting.pop()
            docname = node["docname"] if isinstance(node, addnodes.start_of_file) else docname
            found.setdefault(docname, []).append(node)
            waiting += [(child, docname) for child in reversed(node.children) if isinstance(child, nodes.Element)]
        yield from found.items()

    def _rename(self, docname: str, found: list[nodes.Element], taken: set[str]) -> dict[str, str]:
        """Our ids on a page, each with its new id."""
        given = {}
        for node in filter(is_ours, found):
            for i, name in enumerate(node["ids"]):
                if name in taken:
                    node["ids"][i] = free(nodes.make_id(f"{docname}-{name}"), taken)
                    self._keep_number(docname, node, name, node["ids"][i])
                given[name] = node["ids"][i]
                taken.add(given[name])
        return given

    def _follow(self, docname: str, found: list[nodes.Element], given: Mapping[str, str]) -> None:
        """Lead references on the same page, and in its table of contents, to the new ids."""
        for node in found:
            if node.get("refid") in given:
                node["refid"] = given[node["refid"]]
            if PUBLISHED in node:
                anchors = {name: given.get(anchor, anchor) for name, anchor in node[PUBLISHED].anchors.items()}
                node[PUBLISHED] = node[PUBLISHED]._replace(anchors=anchors)
        for entry in self.env.tocs[docname].findall(nodes.reference):
            name = entry["anchorname"].removeprefix("#")
            entry["anchorname"] = f"#{given[name]}" if name in given else entry["anchorname"]

    def _keep_number(self, docname: str, node: nodes.Element, old: str, new: str) -> None:
        """Keep the numbers of sections and tables, which the writer looks up by id."""
        number = self.env.toc_secnumbers.get(docname, {}).get(f"#{old}")
        if number and isinstance(node, nodes.section):
            node[0]["secnumber"] = number  # type: ignore[index]
        # This changes the environment while pages are written. It is pickled before, so that no other build sees it.
        tables = self.env.toc_fignumbers.get(docname, {}).get("table", {})
        if old in tables and isinstance(node, nodes.table):
            tables[new] = tables[old]

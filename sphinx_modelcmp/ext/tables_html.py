"""HTML-only post-transforms: header cells with ``scope``, scrollable regions, words for signs, calculator data."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_modelcmp.ext.assets import is_for_browsers
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.nodes import classes
from sphinx_modelcmp.nodes.classes import (
    BEST,
    CALCULATOR,
    DIFFERS,
    PREFIX,
    WHOLE,
)
from sphinx_modelcmp.nodes.traverse import elements, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.writers.html5 import HTML5Translator

    from sphinx_modelcmp.sections.labels import Signs


UNSEEN, KEY, SIGN = f"{PREFIX}-unseen", f"{PREFIX}-key", f"{PREFIX}-sign"
NO_BREAK = "\u00a0"
WIDEST = 12
"""Most characters before the decimal sign that are aligned: the style sheet has a class for each width."""
# Within JSON these occur in strings only, where they can be escaped. No text can end the script then.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&"})


class dressed_entry(nodes.entry):  # noqa: N801 - docutils names its nodes so
    """A cell with HTML attributes. To other writers it is an ordinary entry."""


class scroll_region(nodes.container):  # noqa: N801
    """A labelled region that the keyboard can scroll."""


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
    """The end of the region."""
    self.body.append("</div>\n")


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


class DressTables(SphinxPostTransform):
    """Gives our tables header cells with a scope, words for their signs, and a region that scrolls."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Dress every table of a comparison."""
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
            regions[0].parent.append(tool_words("", words=tool_phrases(domain.words)))

    def _explain(self, region: scroll_region, signs: Signs, held: set[str]) -> None:
        """Explain the signs of the page below the first table that has some."""
        parts: list[nodes.Node] = []
        for name, text in signs.key.items():
            if name in held:
                parts += [nodes.inline("", "", classes=[SIGN, name]), nodes.Text(f" {text} ")]
        if parts:
            region.parent.insert(region.parent.index(region) + 1, nodes.paragraph("", "", *parts, classes=[KEY]))


class KeepMathematicsOut(SphinxPostTransform):
    """Marks our text, or MathJax would take two dollar amounts for mathematics; but not the author's verdict."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Mark every block and title of comparisons."""
        for node in elements(self.document, nodes.table, nodes.TextElement):
            if {PREFIX, classes.PAGE} & {*node["classes"]}:
                blocks = (child for child in node.children if isinstance(child, nodes.Element))
                for block in blocks:
                    if not {PREFIX, classes.VERDICT} & {*block["classes"]}:
                        block["classes"] += ["mathjax_ignore", "tex2jax_ignore"]


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
    labels = [_without_marks(entry) for entry in head.children] if classes.CARDS in table["classes"] else []
    for entry in head.children:
        _explain_terms(entry)
        _replace(entry, scope="col")
    for row in body:
        _dress_row(row, labels, signs)
    for column in zip(*(row.children for row in body), strict=False):
        _align(column)
    return {DIFFERS, BEST} & {name for row in body for node in (row, *row.children) for name in node["classes"]}


def _without_marks(entry: Any) -> str:
    """The words of a cell without the marks of its notes."""
    notes = {node for node in entry[0].children if isinstance(node, nodes.Element) and classes.NOTE in node["classes"]}
    return "".join(node.astext() for node in entry[0].children if node not in notes).strip()


def _dress_row(row: Any, labels: Sequence[str], signs: Signs) -> None:
    head, *cells = row.children
    _explain_terms(head)
    if DIFFERS in row["classes"]:
        _say(head, signs.words[DIFFERS])
    _replace(head, scope="row")
    for i, entry in enumerate(cells, 1):
        _bind(entry[0])
        if BEST in entry["classes"]:
            _say(entry, signs.words[BEST])
        given = {"data-label": labels[i]} if labels else {}
        if value := entry.get("value"):
            given["data-value"] = value
        if given:
            _replace(entry, **given)


def _bind(paragraph: Any) -> None:
    """Keep the first mark of a source or a note on the line of the last of several words before it."""
    for words, mark in pairwise(paragraph.children):
        if isinstance(mark, nodes.Element) and {classes.SOURCE, classes.NOTE} & {*mark["classes"]}:
            if isinstance(words, nodes.Text) and len(words.split()) > 1:
                paragraph.replace(words, nodes.Text(f"{words.rstrip()}{NO_BREAK}"))
            return


def _replace(entry: Any, **attributes: str) -> None:
    entry.replace_self(dressed_entry("", *entry.children, **entry.attributes, attributes=attributes))


def _say(entry: Any, word: str) -> None:
    """Add the words of a sign, for screen readers only."""
    entry[0] += nodes.inline("", f" ({word})", classes=[UNSEEN])


def _explain_terms(entry: Any) -> None:
    for term in [
        node for node in entry[0].children if isinstance(node, nodes.inline) and classes.TERM in node["classes"]
    ]:
        named = nodes.abbreviation("", "", explanation=term["definition"], classes=[classes.TERM])
        named += term.children
        term.replace_self(named)


def _align(column: Sequence[Any]) -> None:
    """Make the part before the decimal sign as wide in every cell as it is in the widest."""
    wholes = [whole for entry in column for whole in _wholes(entry)]
    width = min(WIDEST, max((len(whole.astext()) for whole in wholes), default=0))
    for whole in wholes:
        whole["classes"].append(f"{WHOLE}-{width}")


def _wholes(entry: Any) -> Iterator[Any]:
    for amount in entry[0].children:
        if isinstance(amount, nodes.inline) and classes.AMOUNT in amount["classes"]:
            yield amount[0]


class PlaceCalculators(SphinxPostTransform):
    """Keeps the data on pages that can run a script, and removes them from all others."""

    default_priority = 900

    def run(self, **_kwargs: Any) -> None:
        """Replace or remove every container of the calculator."""
        kept = is_for_browsers(domain_of(self.env).builder)
        for node in list(elements(self.document, nodes.table, nodes.TextElement)):
            if isinstance(node, nodes.container) and CALCULATOR in node["classes"]:
                data = calculator_data("", "", *node.children, **{CALCULATOR: node[CALCULATOR]})
                outer = node.parent
                place = outer.index(node)
                outer[place : place + 1] = [data] if kept else []

"""Blocks to stock docutils nodes, one ``match`` for inlines and one for blocks.

No text is parsed again, no node is raw, and every node is data: not to be translated, nor to have its quotes curled.
"""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from sphinx_modelcmp.nodes import classes
from sphinx_modelcmp.nodes.classes import PREFIX
from sphinx_modelcmp.nodes.layout import Anchors, Heading, Layout
from sphinx_modelcmp.nodes.tables import NARROWEST, WIDEST, flatten
from sphinx_modelcmp.nodes.traverse import elements, tables_in
from sphinx_modelcmp.sections import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AS_DATA = {"translatable": False, "support_smartquotes": False}
CLASSES = {blocks.Small: classes.SMALL, blocks.Break: classes.BREAK, blocks.NoteMark: classes.NOTE}
FEW, MANY = 3, 5
"""Up to FEW columns fit a phone; from MANY on, some desktop themes overflow."""


class Inlines:
    """Builds the inline nodes of a comparison, whose ids are ``anchors``.

    ``foreign`` are names in another language than the page, each with its language tag: they are marked with it
    wherever they occur, in the way that docutils' writers know.
    """

    def __init__(self, anchors: Anchors | None = None, page: str = "", foreign: Iterable[tuple[str, str]] = ()) -> None:
        self.anchors = anchors or Anchors()
        self.page = page
        self.foreign = dict(foreign)
        self._names = _pattern(self.foreign) if self.foreign else None

    def build(self, content: Iterable[blocks.Inline]) -> list[nodes.Node]:
        """Inlines as nodes; consecutive words are one text."""
        found: list[nodes.Node] = []
        for is_text, group in groupby(content, key=_is_plain):
            run = list(group)
            found += self.text("".join(inline.text for inline in run)) if is_text else map(self._node, run)
        return found

    def text(self, text: str) -> list[nodes.Node]:
        """A text, with names in another language in nodes of their own."""
        if not self._names:
            return [nodes.Text(text)] if text else []
        parts = self._names.split(text)
        return [self._name(part) if i % 2 else nodes.Text(part) for i, part in enumerate(parts) if part]

    def _name(self, name: str) -> nodes.inline:
        return nodes.inline(name, name, classes=[f"language-{self.foreign[name]}"])

    def target(self, name: str) -> nodes.target:
        """The target of a ``SourceMark``: inline, because only HTML gives a list item an anchor."""
        return nodes.target("", "", ids=[self.anchors.of(name)], classes=[classes.SOURCE])

    def _node(self, inline: blocks.Inline) -> nodes.Node:  # noqa: C901 - one case a kind of inline
        match inline:
            case blocks.Term(text, definition):
                return nodes.inline(text, "", *self.text(text), classes=[classes.TERM], definition=definition)
            case blocks.Amount(whole, rest):
                parts = [nodes.inline(whole, whole, classes=[classes.WHOLE]), *([nodes.Text(rest)] if rest else [])]
                return nodes.inline("", "", *parts, classes=[classes.AMOUNT])
            case blocks.SourceMark(text, name, title):
                refid = self.anchors.of(name)
                return nodes.reference(text, text, refid=refid, internal=True, reftitle=title, classes=[classes.SOURCE])
            case blocks.Text(text):
                return nodes.Text(text)
            case blocks.Strong(text) | blocks.Said(text):
                return nodes.strong(text, "", *self.text(text))
            case blocks.Emphasis(text):
                return nodes.emphasis(text, "", *self.text(text))
            case blocks.Small(text) | blocks.Break(text) | blocks.NoteMark(text):
                return nodes.inline(text, "", *self.text(text), classes=[CLASSES[type(inline)]])
            case blocks.Code(text):
                return nodes.literal(text, text)
            case blocks.Link(text, url, title):
                shown = {"reftitle": title} if title else {}
                return nodes.reference(text, "", *self.text(text), refuri=url, internal=False, **shown)
            case blocks.ComparisonLink(text, models):
                node = nodes.inline(text, "", *self.text(text), classes=[classes.COMPARISON])
                node[classes.COMPARISON], node["page"] = list(models), self.page
                return node
            case _:
                assert_never(inline)


def _is_plain(inline: blocks.Inline) -> bool:
    return isinstance(inline, blocks.Text) or (isinstance(inline, blocks.Said) and not inline.is_strong)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first; one in letters of ASCII is no part of a longer word."""
    return re.compile(f"({'|'.join(map(_bounded, sorted(names, key=len, reverse=True)))})")


def _bounded(name: str) -> str:
    before, after = (r"(?<!\w)" if name[0].isascii() else ""), (r"(?!\w)" if name[-1].isascii() else "")
    return f"{before}{re.escape(name)}{after}"


@dataclass
class Builder:
    """Builds the nodes of one directive."""

    where: tuple[str, int]
    """The directive's source and line, set on every node."""
    _: KW_ONLY
    heading: Heading
    layout: Layout = field(default_factory=Layout)
    level: int = 2
    """The level of the headings; 1 is that of the page's title."""
    tables: bool = True
    """False where a table cannot be nested, as in a table's own cell: definition lists take their place."""
    page: str = ""
    """Unique in the documentation, and part of labels."""
    verdict: Sequence[nodes.Node] = ()
    """The nodes of the directive's body."""
    place: nodes.container = field(default_factory=lambda: nodes.container("", classes=[classes.VERDICT]))
    """The place of the verdict."""
    inlines: Inlines = field(default_factory=Inlines)
    identified: list[nodes.Element] = field(default_factory=list)
    """The nodes with an id, in document order."""
    saying: list[nodes.Element] = field(default_factory=list)
    """The nodes with words: tables and lines of text."""

    def sections(self, sections: Sequence[blocks.Section], anchors: Anchors) -> list[nodes.Element]:
        """The sections, each with an anchor, as has each of their tables."""
        foreign = (name for section in sections for name in section.foreign)
        self.inlines = Inlines(anchors, self.page, foreign)
        found = [self._section(section, anchors) for section in sections]
        for node in found:
            self.stamp(node)
        if self.verdict:
            # After the stamping, so that it stays translatable; first by default.
            found[:0] = [] if self.place.parent else [self.place]
            self.place.extend(self.verdict)
        return found

    def _section(self, section: blocks.Section, anchors: Anchors) -> nodes.Element:
        anchor = anchors.of(section.name)
        content = [node for block in section.blocks for node in self.block(block)]
        for i, table in enumerate((table for node in content for table in tables_in(node)), 1):
            table["ids"] = [anchors.of(f"{section.name}-table" + (f"-{i}" if i > 1 else ""))]
        marks = {"ids": [anchor], "classes": [PREFIX, f"{PREFIX}-{section.name}"]}
        if section.title and self.heading is Heading.SECTION:
            # autosectionlabel makes its labels of a title's rawsource: this is unique, and no author's heading.
            return nodes.section("", nodes.title(f"{self.page}#{anchor}", section.title), *content, **marks)
        if section.title and self.heading is Heading.RUBRIC:
            rubric = nodes.rubric(section.title, section.title, classes=[f"{PREFIX}-title"])
            rubric["heading-level"] = min(self.level, 6)
            content.insert(0, rubric)
        return nodes.container("", *content, **marks)

    def block(self, block: blocks.Block) -> list[nodes.Element]:  # noqa: C901 - one case a kind of block
        """The nodes of one block."""
        match block:
            case blocks.Paragraph(content):
                return [nodes.paragraph("", "", *self.inlines.build(content))]
            case blocks.Bullets(items, anchors):
                return [self._bullets(items, anchors)]
            case blocks.Definitions(items, is_card):
                listed = (self._definition(*item) for item in items)
                return [nodes.definition_list("", *listed, classes=[classes.CARD] if is_card else [])]
            case blocks.Table():
                table = self.table(block)
                return [table if self.tables else flatten(table)]
            case blocks.Notice(content):
                return [nodes.warning("", nodes.paragraph("", "", *self.inlines.build(content)), classes=[PREFIX])]
            case blocks.RelatedLinks(models, none):
                node = nodes.paragraph("", "", *self.inlines.text(none), classes=[classes.RELATED])
                node[classes.RELATED], node["page"] = list(models), self.page
                return [node]
            case blocks.Calculator(data, marks):
                return [self._calculator(data, marks)] if self.tables else []
            case blocks.Verdict():
                return [self.place] if self.verdict else []
            case _:
                assert_never(block)

    def _calculator(self, data: str, marks: Sequence[blocks.Inline]) -> nodes.container:
        """Ordinary references, so that whatever changes ids and links changes these."""
        links = [nodes.paragraph("", "", *self.inlines.build(marks))] if marks else []
        return nodes.container("", *links, classes=[classes.CALCULATOR], **{classes.CALCULATOR: data})

    def _definition(self, term: Iterable[blocks.Inline], content: Iterable[blocks.Block]) -> nodes.definition_list_item:
        body = nodes.definition("", *(node for block in content for node in self.block(block)))
        return nodes.definition_list_item("", nodes.term("", "", *self.inlines.build(term)), body)

    def _bullets(self, items: Sequence[tuple[blocks.Inline, ...]], anchors: Sequence[str]) -> nodes.bullet_list:
        is_marked = all(map(blocks.marker_of, items))
        found = nodes.bullet_list(bullet="*", classes=[classes.MARKED] if is_marked else [])
        for i, item in enumerate(items):
            paragraph = nodes.paragraph("", "", *self.inlines.build(item))
            if anchors:
                paragraph.insert(0, self.inlines.target(anchors[i]))
            found += nodes.list_item("", paragraph)
        return found

    def table(self, table: blocks.Table) -> nodes.table:
        """A captioned table with a header row and a stub column, in the looks that its author asks for."""
        caption = nodes.title(table.caption, "", *self.inlines.text(table.caption))
        looks = {name: value for name in ("align", "width") if (value := getattr(self.layout, name))}
        node = nodes.table("", caption, classes=[*self._table_classes(table), *self.layout.classes], **looks)
        if table.label:
            node[classes.LABEL] = table.label
        widths = self._widths(table, node)
        group = nodes.tgroup("", cols=len(widths))
        group += [nodes.colspec("", colwidth=width, **({} if i else {"stub": 1})) for i, width in enumerate(widths)]
        group += nodes.thead("", self._row(table.header))
        group += nodes.tbody("", *(self._row((row.head, *row.cells), differs=row.differs) for row in table.rows))
        node += group
        return node

    def _table_classes(self, table: blocks.Table) -> list[str]:
        """The classes that style sheets need: how wide a table is, and whether a phone shows its rows as cards."""
        found = {
            f"{PREFIX}-across": table.across,
            f"{PREFIX}-narrow": len(table.header) <= FEW,
            f"{PREFIX}-wide": len(table.header) >= MANY,
            classes.CARDS: self.layout.cards,
        }
        return [classes.TABLE, *(name for name, applies in found.items() if applies)]

    def _widths(self, table: blocks.Table, node: nodes.table) -> list[int]:
        """The author's widths, for tables with as many columns; otherwise those of the text."""
        asked, widths = self.layout.widths, column_widths(table)
        if isinstance(asked, tuple):
            if len(asked) != len(widths):
                return widths
            widths = list(asked)
        if asked:
            node["classes"].append("colwidths-auto" if asked == "auto" else "colwidths-given")
        return widths

    def _row(self, cells: Sequence[blocks.Cell], *, differs: bool = False) -> nodes.row:
        return nodes.row("", *map(self._entry, cells), classes=[classes.DIFFERS] if differs else [])

    def _entry(self, cell: blocks.Cell) -> nodes.entry:
        value = {"value": cell.value} if cell.value else {}
        paragraph = nodes.paragraph("", "", *self.inlines.build(cell.content))
        return nodes.entry("", paragraph, classes=[f"{PREFIX}-{mark}" for mark in cell.marks], **value)

    def stamp(self, root: nodes.Element) -> None:
        """Set the source of nodes, mark them as data, and remember those with ids or words.

        The cells of a table are stamped by their table: nothing is ever reported of one, and a text without a source is
        not translated. They are nearly all of a page, and Sphinx keeps every page in memory until it is written.
        """
        for node in elements(root, nodes.tgroup):
            if isinstance(node, nodes.tgroup):
                continue
            node.source, node.line = self.where
            if node["ids"]:
                self.identified.append(node)
            if isinstance(node, nodes.table):
                node["support_smartquotes"] = False
                self.saying.append(node)
            # Sphinx takes an inline node that says so for a placeholder of its own, and moves its text away.
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                node.attributes.update(AS_DATA)
                self.saying.append(node)


def column_widths(table: blocks.Table) -> list[int]:
    """Characters for each column: its longest cell, within limits."""
    rows = [table.header, *((row.head, *row.cells) for row in table.rows)]
    longest = (max(len(cell.text) for cell in column) for column in zip(*rows, strict=True))
    return [max(NARROWEST, min(WIDEST, length)) + 1 for length in longest]


def notice(where: tuple[str, int], messages: Iterable[str]) -> nodes.Element:
    """A visible notice of what could not be shown."""
    builder = Builder(where, heading=Heading.NONE)
    (node,) = builder.block(blocks.Notice(blocks.text(" ".join(messages))))
    builder.stamp(node)
    return node

"""One ``match`` over the block types, each giving stock nodes that every writer knows.

No text is parsed again, no node is raw, and every node is data: not to be translated, nor to have its quotes curled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from docutils import nodes

from sphinx_modelcmp.nodes.classes import CALCULATOR, PREFIX, RELATED, VERDICT
from sphinx_modelcmp.nodes.inlines import Inlines
from sphinx_modelcmp.nodes.layout import Heading, Layout
from sphinx_modelcmp.nodes.reshape import flatten
from sphinx_modelcmp.nodes.tables import Tables, tables_in
from sphinx_modelcmp.nodes.walk import elements
from sphinx_modelcmp.sections.blocks import (
    Bullets,
    Calculator,
    Definitions,
    Notice,
    Paragraph,
    RelatedLinks,
    Section,
    Table,
    Text,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.nodes.anchors import Anchors
    from sphinx_modelcmp.sections.blocks import Block, Inline

AS_DATA = {"translatable": False, "support_smartquotes": False}


class Builder:
    """Builds the nodes of one directive.

    ``where`` is the directive's (source, line), put on every node. ``level`` is the level of its headings, 1 for the
    page's title. ``tables`` is false where no table can stand, as in a table's own cell: definition lists take their
    place. ``page`` is unique in the documentation, and goes into labels. ``verdict`` are the nodes of the directive's
    body.
    """

    def __init__(
        self,
        where: tuple[str, int],
        *,
        heading: Heading,
        layout: Layout | None = None,
        level: int = 2,
        tables: bool = True,
        page: str = "",
        verdict: Sequence[nodes.Node] = (),
    ) -> None:
        self.where = where
        self.heading = heading
        self.layout = layout or Layout()
        self.level = level
        self.tables = tables
        self.page = page
        self.verdict = verdict
        self.inlines = Inlines()
        self.identified: list[nodes.Element] = []
        """The nodes of the sections that have an id, in their order."""
        self.saying: list[nodes.Element] = []
        """The nodes of the sections that hold words: tables and lines of text."""

    def sections(self, sections: Sequence[Section], anchors: Anchors) -> list[nodes.Element]:
        """The sections, each with an anchor of its own, and so each of their tables."""
        foreign = (name for section in sections for name in section.foreign)
        self.inlines = Inlines(anchors, self.page, foreign)
        found = [self._section(section, anchors) for section in sections]
        for node in found:
            self.stamp(node)
        return self._with_verdict(found)

    def _section(self, section: Section, anchors: Anchors) -> nodes.Element:
        anchor = anchors.of(section.name)
        blocks = [node for block in section.blocks for node in self.block(block)]
        for i, table in enumerate((table for node in blocks for table in tables_in(node)), 1):
            table["ids"] = [anchors.of(f"{section.name}-table" + (f"-{i}" if i > 1 else ""))]
        classes = [PREFIX, f"{PREFIX}-{section.name}"]
        if section.title and self.heading is Heading.SECTION:
            # autosectionlabel makes its labels of a title's rawsource: this is unique, and no author's heading.
            title = nodes.title(f"{self.page}#{anchor}", section.title)
            return nodes.section("", title, *blocks, ids=[anchor], classes=classes)
        if section.title and self.heading is Heading.RUBRIC:
            rubric = nodes.rubric(section.title, section.title, classes=[f"{PREFIX}-title"])
            rubric["heading-level"] = min(self.level, 6)
            blocks.insert(0, rubric)
        return nodes.container("", *blocks, ids=[anchor], classes=classes)

    def block(self, block: Block) -> list[nodes.Element]:  # noqa: C901 - one case a kind of block
        """The nodes of one block."""
        match block:
            case Paragraph(content):
                return [nodes.paragraph("", "", *self.inlines.build(content))]
            case Bullets(items, anchors):
                return [self._bullets(items, anchors)]
            case Definitions(items):
                return [self._definitions(items)]
            case Table():
                table = Tables(self.layout, self.inlines).build(block)
                return [table if self.tables else flatten(table)]
            case Notice(content):
                return [nodes.warning("", nodes.paragraph("", "", *self.inlines.build(content)), classes=[PREFIX])]
            case RelatedLinks(models, none):
                node = nodes.paragraph("", "", *self.inlines.text(none), classes=[RELATED])
                node[RELATED], node["page"] = list(models), self.page
                return [node]
            case Calculator(data, marks):
                return [self._calculator(data, marks)] if self.tables else []
            case Verdict():
                return [nodes.container("", classes=[VERDICT])] if self.verdict else []
            case _:
                assert_never(block)

    def _calculator(self, data: str, marks: Sequence[Inline]) -> nodes.container:
        """References as any others: whatever is done with ids and links is done with these."""
        links = [nodes.paragraph("", "", *self.inlines.build(marks))] if marks else []
        return nodes.container("", *links, classes=[CALCULATOR], **{CALCULATOR: data})

    def _definitions(self, items: Iterable[tuple[tuple[Inline, ...], tuple[Block, ...]]]) -> nodes.definition_list:
        found = nodes.definition_list()
        for term, blocks in items:
            body = [node for block in blocks for node in self.block(block)]
            found += nodes.definition_list_item(
                "", nodes.term("", "", *self.inlines.build(term)), nodes.definition("", *body)
            )
        return found

    def _bullets(self, items: Iterable[tuple[Inline, ...]], anchors: Sequence[str]) -> nodes.bullet_list:
        found = nodes.bullet_list(bullet="*")
        for i, item in enumerate(items):
            paragraph = nodes.paragraph("", "", *self.inlines.build(item))
            if anchors:
                paragraph.insert(0, self.inlines.target(anchors[i]))
            found += nodes.list_item("", paragraph)
        return found

    def stamp(self, root: nodes.Element) -> None:
        """Say where nodes came from, and that they are data; and keep those that can be referred to.

        The cells of a table are stamped by their table: nothing is ever reported of one, and a text without a source is
        not translated. They are nearly all of a page, and Sphinx holds every page until it is written.
        """
        source, line = self.where
        for node in elements(root, nodes.tgroup):
            if isinstance(node, nodes.tgroup):
                continue
            node.source, node.line = source, line
            if node["ids"]:
                self.identified.append(node)
            if isinstance(node, nodes.table):
                node["support_smartquotes"] = False
                self.saying.append(node)
            # Sphinx takes an inline node that says so for a placeholder of its own, and moves its text away.
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                node.attributes.update(AS_DATA)
                self.saying.append(node)

    def _with_verdict(self, found: list[nodes.Element]) -> list[nodes.Element]:
        """Set the author's own text in: after the stamping, so that it stays translatable; first where nothing asks."""
        if not self.verdict:
            return found
        places = [node for root in found for node in root.findall(nodes.container) if VERDICT in node["classes"]]
        if not places:
            places = [nodes.container("", classes=[VERDICT])]
            found = [*places, *found]
        for place in places:
            place.extend(self.verdict)
        return found


def notice(where: tuple[str, int], messages: Iterable[str]) -> nodes.Element:
    """A visible notice of what could not be shown."""
    builder = Builder(where, heading=Heading.NONE)
    lines: Any = [Text(" ".join(messages))]
    (node,) = builder.block(Notice(tuple(lines)))
    builder.stamp(node)
    return node

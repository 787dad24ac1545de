"""Every block to stock nodes, and what each of these nodes says of itself."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.util.nodes import is_smartquotable, is_translatable, traverse_parent

from sphinx_modelcmp.nodes.build import Builder, column_widths, notice
from sphinx_modelcmp.nodes.classes import RELATED
from sphinx_modelcmp.nodes.layout import Anchors, Heading, Layout
from sphinx_modelcmp.nodes.tables import NARROWEST, WIDEST, flatten
from sphinx_modelcmp.sections.blocks import (
    Block,
    Bullets,
    Code,
    Definitions,
    Emphasis,
    Link,
    Notice,
    Paragraph,
    RelatedLinks,
    Section,
    Strong,
    Table,
    TableRow,
    Text,
    Verdict,
    cell,
    paragraph,
    text,
)
from tests.support.watch import faults

WHERE = ("page.rst", 7)
TABLE = Table(
    "Caption of *it*",
    (cell("Row"), cell("One"), cell("Two")),
    (
        TableRow(cell("Same"), (cell("a"), cell("a"))),
        TableRow(cell("Other"), (cell("b", marks=("yes", "best")), cell("a rather long cell " * 5)), differs=True),
    ),
)
BLOCKS: dict[str, Block] = {
    "paragraph": paragraph(
        "Words, ", Strong("strong"), Emphasis("stressed"), Code("typed"), Link("led", "https://x.y")
    ),
    "bullets": Bullets((text("one"), text("two"))),
    "definitions": Definitions(((text("Asked?"), (paragraph("Answered."),)),)),
    "table": TABLE,
    "notice": Notice(text("Mind *this*.")),
    "related": RelatedLinks(("a", "b"), "None."),
}


def builder(heading: Heading = Heading.SECTION, *, tables: bool = True, layout: Layout | None = None) -> Builder:
    return Builder(WHERE, heading=heading, tables=tables, page="page", layout=layout or Layout())


@pytest.mark.parametrize("heading", Heading)
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_every_block_gives_stock_nodes_that_are_data(block: Block, heading: Heading) -> None:
    (root,) = builder(heading).sections((Section("specs", "Title", (block,)),), Anchors("anchor"))
    document = new_document("page.rst")
    document += root
    assert list(faults(document)) == []
    for node in root.findall(nodes.Element):
        assert type(node).__module__ == "docutils.nodes"
        assert not isinstance(node, nodes.raw | nodes.problematic | nodes.system_message)
        in_cell = any(isinstance(outer, nodes.tgroup) for outer in traverse_parent(node))
        assert (node.source, node.line) == ((None, None) if in_cell else WHERE)
        assert not is_translatable(node)
    assert not any(is_smartquotable(node) for node in root.findall(nodes.Text))
    assert root["ids"] == ["anchor-specs"]
    assert root["classes"] == ["modelcmp", "modelcmp-specs"]


def test_inlines_are_not_read_again() -> None:
    (node,) = builder().block(BLOCKS["paragraph"])
    kinds = [type(child) for child in node.children]
    assert kinds == [nodes.Text, nodes.strong, nodes.emphasis, nodes.literal, nodes.reference]
    assert next(node.findall(nodes.reference))["refuri"] == "https://x.y"
    (other,) = builder().block(Notice(text("*a* `b`_ |c| :ref:`d` <script>")))
    assert other.astext() == "*a* `b`_ |c| :ref:`d` <script>"


def test_headings() -> None:
    sections = (Section("summary", "", (paragraph("x"),)), Section("specs", "Title", (paragraph("x"),)))
    as_sections = builder(Heading.SECTION).sections(sections, Anchors("a"))
    assert [type(node) for node in as_sections] == [nodes.container, nodes.section]
    as_rubrics = builder(Heading.RUBRIC).sections(sections, Anchors("a"))
    assert [type(node) for node in as_rubrics] == [nodes.container, nodes.container]
    assert [type(node[0]) for node in as_rubrics] == [nodes.paragraph, nodes.rubric]
    without = builder(Heading.NONE).sections(sections, Anchors("a"))
    assert [type(node[0]) for node in without] == [nodes.paragraph, nodes.paragraph]


def test_titles_are_told_apart_by_their_source() -> None:
    """autosectionlabel makes a label of it: the same title on two pages, or twice on one, may not give one label."""
    sections = (Section("specs", "Title", (paragraph("x"),)),)
    sources = set()
    for page in ("one", "two"):
        for anchor in ("a", "b"):
            (built,) = Builder(WHERE, heading=Heading.SECTION, page=page).sections(sections, Anchors(anchor))
            sources.add(next(built.findall(nodes.title)).rawsource)
    assert len(sources) == 4


def test_no_rubric_goes_deeper_than_html_does() -> None:
    sections = (Section("specs", "T", (paragraph("x"),)),)
    (deep,) = Builder(WHERE, heading=Heading.RUBRIC, level=9).sections(sections, Anchors())
    assert next(deep.findall(nodes.rubric))["heading-level"] == 6


def test_the_verdict_stays_the_authors_own() -> None:
    verdict = nodes.paragraph("", "Take *either*.")
    sections = (Section("summary", "", (paragraph("First."), Verdict())), Section("specs", "T", (paragraph("x"),)))
    built = Builder(WHERE, heading=Heading.SECTION, verdict=[verdict]).sections(sections, Anchors("a"))
    assert [type(child) for child in built[0].children] == [nodes.paragraph, nodes.container]
    assert "translatable" not in verdict
    assert verdict.parent["classes"] == ["modelcmp-verdict"]
    assert not builder().block(Verdict())


def test_a_place_for_links_is_found_again() -> None:
    (node,) = builder().block(BLOCKS["related"])
    assert (list(node[RELATED]), node["page"], node.astext()) == (["a", "b"], "page", "None.")


def test_a_notice() -> None:
    node = notice(WHERE, ["One.", "Two."])
    assert isinstance(node, nodes.warning)
    assert (node.astext(), node.source, node.line) == ("One. Two.", *WHERE)


def test_a_table_is_whole() -> None:
    table = builder().table(TABLE)
    (group,) = table.findall(nodes.tgroup)
    assert [type(child) for child in table.children] == [nodes.title, nodes.tgroup]
    assert [spec.get("stub", 0) for spec in group.findall(nodes.colspec)] == [1, 0, 0]
    assert [row["classes"] for row in group.findall(nodes.row)] == [[], [], ["modelcmp-differs"]]
    (best,) = [entry for entry in group.findall(nodes.entry) if entry.astext() == "b"]
    assert best["classes"] == ["modelcmp-yes", "modelcmp-best"]
    assert all(isinstance(entry[0], nodes.paragraph) for entry in group.findall(nodes.entry))


def test_columns_are_as_wide_as_their_text_within_limits() -> None:
    """Real widths: a width of one gives columns of one letter in plain text."""
    assert column_widths(TABLE) == [NARROWEST + 1, NARROWEST + 1, WIDEST + 1]


def test_the_layout_of_the_author() -> None:
    layout = Layout(classes=("mine",), align="center", width="90%", widths=(1, 2, 3))
    table = builder(layout=layout).table(TABLE)
    assert table["classes"] == ["modelcmp-table", "modelcmp-narrow", "mine", "colwidths-given"]
    assert (table["align"], table["width"]) == ("center", "90%")
    assert [spec["colwidth"] for spec in table.findall(nodes.colspec)] == [1, 2, 3]
    for widths, name in (("auto", "colwidths-auto"), ("grid", "colwidths-given")):
        assert name in builder(layout=Layout(widths=widths)).table(TABLE)["classes"]
    # One list of widths serves every table of a comparison: those of another number of columns keep their own.
    assert "colwidths-given" not in builder(layout=Layout(widths=(1, 2))).table(TABLE)["classes"]


def test_a_flat_table_says_the_same() -> None:
    flat = flatten(builder().table(TABLE))
    assert isinstance(flat, nodes.definition_list)
    assert not list(flat.findall(nodes.table))
    assert [term.astext() for term in flat.findall(nodes.term)] == ["Same", "Other"]
    lines = [item.astext() for item in flat.findall(nodes.list_item)]
    assert lines[:3] == ["One: a", "Two: a", "One: b"]
    assert isinstance(builder(tables=False).block(TABLE)[0], nodes.definition_list)


def test_paragraphs_of_any_kind_of_text() -> None:
    (node,) = builder().block(Paragraph((Text('"q" -- ...'),)))
    assert node.astext() == '"q" -- ...'

"""Where a comparison stands decides what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx.util.nodes import traverse_parent

from tests.support import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.project import Build, Project

DIRECTIVE = ".. model-compare:: alfa-1 bravo-2\n   :sections: specs\n"


def indented(text: str, by: int = 3) -> str:
    return "".join(f"{' ' * by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


PLACES: dict[str, tuple[str, type[nodes.Element]]] = {
    "section": (DIRECTIVE, nodes.section),
    "only": (f".. only:: html or dummy\n\n{indented(DIRECTIVE)}", nodes.section),
    "nested only": (f".. only:: dummy\n\n   .. only:: not nothing\n\n{indented(DIRECTIVE, 6)}", nodes.section),
    "note": (f".. note::\n\n{indented(DIRECTIVE)}", nodes.rubric),
    "list": (f"* {indented(DIRECTIVE, 2)[2:]}", nodes.rubric),
    "definition": (f"Term\n{indented(DIRECTIVE)}", nodes.rubric),
    "quote": (f"Words:\n\n{indented(DIRECTIVE)}", nodes.rubric),
    "container": (f".. container:: box\n\n{indented(DIRECTIVE)}", nodes.rubric),
    "cell": (f".. list-table::\n\n   * - {indented(DIRECTIVE, 7)[7:]}", nodes.rubric),
    "topic in only": (f".. only:: dummy\n\n   .. note::\n\n{indented(DIRECTIVE, 6)}", nodes.rubric),
}
MARKDOWN: dict[str, tuple[str, type[nodes.Element]]] = {
    "backticks": ("```{model-compare} alfa-1 bravo-2\n:sections: specs\n```\n", nodes.section),
    "colons": (":::{model-compare} alfa-1 bravo-2\n:sections: specs\n:::\n", nodes.section),
    "eval-rst": (f"```{{eval-rst}}\n{DIRECTIVE}```\n", nodes.section),
    "note": ("````{note}\n```{model-compare} alfa-1 bravo-2\n:sections: specs\n```\n````\n", nodes.rubric),
    "list": ("- ```{model-compare} alfa-1 bravo-2\n  :sections: specs\n  ```\n", nodes.rubric),
    "quote": ("> ```{model-compare} alfa-1 bravo-2\n> :sections: specs\n> ```\n", nodes.rubric),
    "eval-rst note": (f"```{{eval-rst}}\n.. note::\n\n{indented(DIRECTIVE)}```\n", nodes.rubric),
}


def anchored(document: nodes.document, name: str) -> nodes.Element:
    """The one node with this id."""
    (found,) = [node for node in document.findall(nodes.Element) if name in node["ids"]]
    return found


@pytest.mark.parametrize("markup", ["rst", "md"])
def test_headings_fit_their_place(project: Project, markup: str) -> None:
    """All places at once, a page each: sections where the contents can list them, else rubrics."""
    places = PLACES if markup == "rst" else MARKDOWN
    heading = "Page\n====\n\n" if markup == "rst" else "# Page\n\n"
    names = {f"page{i}": place for i, place in enumerate(places)}
    for name, place in names.items():
        project.write(f"{name}.{markup}", f"{heading}{places[place][0]}")
    project.write("index.rst", "Index\n=====\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names))
    build = project.build("dummy", "-n", "-W", "--keep-going")
    assert (build.code, build.stderr) == (0, "")
    env = build.env()
    for name, place in names.items():
        found, expected = anchored(build.doctree(name), "specs"), places[place][1]
        if expected is nodes.section:
            assert isinstance(found, nodes.section), place
            assert found[0].astext() == "Specifications"
        else:
            assert isinstance(found, nodes.container), place
            assert isinstance(found[0], nodes.rubric)
            assert found[0]["heading-level"] == 2
        listed = [node["anchorname"] for node in env.tocs[name].findall(nodes.reference)]
        assert ("#specs" in listed) is (expected is nodes.section), place
        inside_cell = place == "cell"
        assert bool(list(found.findall(nodes.table))) is not inside_cell
        assert bool(list(found.findall(nodes.definition_list))) is inside_cell


def test_tabs_grids_and_cards_have_rubrics(widgets: Callable[[str], Build]) -> None:
    build = widgets("dummy")
    for docname in ("index", "more"):
        document = build.doctree(docname)
        assert not [node for node in document.findall(nodes.section) if "modelcmp" in node["classes"]]
        assert [node for node in document.findall(nodes.rubric) if "modelcmp-title" in node["classes"]]


def test_sections_are_in_the_local_contents(demo: Callable[[str], Build]) -> None:
    page = html.parse(demo("html").out / "pair.html")
    links = [link["href"] for link in page.select("nav.contents a, div.contents a, aside.contents a, .topic a")]
    assert "#the-pair-scorecard" in links
    assert "#alfa-1-3-b9c554-specs" in links


def test_rubrics_are_not_in_the_contents(demo: Callable[[str], Build]) -> None:
    toc = demo("dummy").env().tocs["places"]
    titles = [node.astext() for node in toc.findall(nodes.reference)]
    # What stands in "only" is a section of the page; the rest of that page is in containers of all sorts.
    assert titles == ["Every place", "Specifications", "Headings of the author’s choice"]


def test_a_page_without_title_gets_one(demo: Callable[[str], Build]) -> None:
    page = html.parse(demo("html").out / "bare.html")
    heading = [html.text_of(tag) for tag in page.find_all("h1") if "logo" not in (tag.get("class") or [])]
    assert [text.rstrip(" ¶") for text in heading] == ["Charlie 3, Bravo 2, and Alfa 1"]
    assert len(page.select("section.modelcmp > h2")) > 5
    assert demo("dummy").env().titles["bare"].astext() == "Charlie 3, Bravo 2, and Alfa 1"


@pytest.mark.parametrize(
    ("option", "kinds"),
    [("section", [nodes.section]), ("rubric", [nodes.rubric]), ("none", []), ("auto", [nodes.section])],
)
def test_headings_as_the_author_wants(project: Project, option: str, kinds: list[type[nodes.Element]]) -> None:
    project.write("index.rst", f"Page\n====\n\n{DIRECTIVE}   :headings: {option}\n")
    build = project.build("dummy", "-n", "-W")
    assert build.code == 0
    found = anchored(build.doctree("index"), "specs")
    headings = [found] if isinstance(found, nodes.section) else list(found.findall(nodes.rubric))
    assert [type(node) for node in headings] == kinds


def test_sections_asked_for_where_none_can_stand(project: Project) -> None:
    project.write("index.rst", f"Page\n====\n\n.. note::\n\n{indented(DIRECTIVE)}      :headings: section\n")
    build = project.build("dummy")
    (warning,) = build.warnings
    assert "index.rst:6: WARNING: sections cannot stand here: the headings are rubrics [modelcmp.option]" in warning
    assert list(anchored(build.doctree("index"), "specs").findall(nodes.rubric))


def test_the_verdict_comes_before_the_opening(project: Project) -> None:
    project.write(
        "index.rst",
        "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n\n   Take *either*.\n\n"
        "   .. note::\n\n      And mind this.\n",
    )
    document = project.build("dummy", "-n", "-W").doctree("index")
    (verdict,) = [node for node in document.findall(nodes.container) if "modelcmp-verdict" in node["classes"]]
    assert verdict.astext() == "Take either.\n\nAnd mind this."
    assert verdict.parent["classes"] == ["modelcmp", "modelcmp-summary"]
    assert isinstance(verdict.parent[verdict.parent.index(verdict) + 1], nodes.paragraph)
    assert list(verdict.findall(nodes.emphasis))


def test_the_verdict_is_kept_without_a_summary(project: Project) -> None:
    project.write("index.rst", f"Page\n====\n\n{DIRECTIVE}\n   Take either.\n")
    document = project.build("dummy", "-n", "-W").doctree("index")
    assert "Take either." in document.astext()


def test_every_node_knows_where_it_came_from(project: Project) -> None:
    project.write("index.rst", "Page\n====\n\nWords.\n\n.. model-compare:: alfa-1 bravo-2\n")
    document = project.build("dummy", "-n", "-W").doctree("index")
    sections = [node for node in document.findall(nodes.Element) if "modelcmp" in node["classes"]]
    assert len(sections) > 10
    for section in sections:
        for node in section.findall(nodes.Element):
            # Of a table's cells the table knows it.
            if not any(isinstance(outer, nodes.tgroup) for outer in traverse_parent(node)):
                assert (str(node.source).endswith("index.rst"), node.line) == (True, 6), repr(node)[:200]

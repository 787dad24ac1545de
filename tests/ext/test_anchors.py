"""The anchors of comparisons: short, made of ids, and never one that the page has already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from tests.conftest import AUTOSECTIONLABEL, DEMO_CATALOG
from tests.ext.test_insert import DIRECTIVE, anchored, indented
from tests.support import html
from tests.support.project import Project

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.support.project import Build

OTHER = ".. model-compare:: charlie-3 bravo-2\n   :sections: specs\n"
PREFIX = "alfa-1-2-4bd153"


def sections(build: Build, docname: str = "index") -> list[str]:
    """The ids of the sections of comparisons on a page."""
    return [node["ids"][0] for node in build.doctree(docname).findall(nodes.section) if "modelcmp" in node["classes"]]


def built(project: Project, text: str, name: str = "index.rst") -> Build:
    project.write(name, f"Page\n====\n\n{text}" if name.endswith("rst") else f"# Page\n\n{text}")
    build = project.build("html", "-n", "-W", "--keep-going")
    assert (build.code, build.stderr) == (0, "")
    return build


def test_the_only_comparison_of_a_page_has_the_names_of_its_parts(project: Project) -> None:
    build = built(project, ".. model-compare:: alfa-1 bravo-2\n   :sections: specs pricing sources\n")
    page = html.parse(build.out / "index.html")
    ours = [str(tag["id"]) for tag in page.select("[class^=modelcmp][id]")]
    assert ours == ["specs", "specs-table", "pricing", "pricing-table", "pricing-table-2", "pricing-table-3",
                    "sources", "source-1", "source-2"]  # fmt: skip
    assert {str(link["href"]) for link in page.select("table a.modelcmp-source")} == {"#source-1", "#source-2"}


def test_several_comparisons_have_the_first_id_their_number_and_a_hash(project: Project) -> None:
    """Whatever the order of the directives; and an alias, or another case, is the same id."""
    first = ".. model-compare:: ACME/Alfa-1, Bravo-2\n   :sections: specs faq\n\n"
    project.edit("catalog.yaml", "name: Alfa 1", "name: Alfa the First")
    found = [sections(built(project, text)) for text in (first + OTHER, f"{OTHER}\n{first}")]
    assert found[0] == [f"{PREFIX}-specs", f"{PREFIX}-faq", "charlie-3-2-f18f78-specs"]
    assert sorted(found[1]) == sorted(found[0])
    assert "Alfa the First" in anchored(built(project, first + OTHER).doctree("index"), f"{PREFIX}-specs").astext()


def test_one_comparison_in_parts_needs_no_prefix(project: Project) -> None:
    text = f"{DIRECTIVE}\nWords\n-----\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: faq sources\n"
    build = built(project, text)
    assert sections(build) == ["specs", "faq", "sources"]
    assert html.dangling(html.parse(build.out / "index.html")) == []


def test_the_same_part_twice_on_a_page_gets_a_number(project: Project) -> None:
    build = built(project, f"{DIRECTIVE}\n{DIRECTIVE}\n{DIRECTIVE}")
    assert sections(build) == ["specs", "specs-2", "specs-3"]
    page = html.parse(build.out / "index.html")
    assert html.repeated_ids(page) == html.dangling(page) == []


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("Two of them", "two-of-them-"), ("id", "id-"), ("2", ""), ("比較", "")],
)
def test_the_authors_name_is_the_prefix_as_far_as_an_id_can_hold_it(project: Project, name: str, prefix: str) -> None:
    named = f"{DIRECTIVE}   :name: {name}\n\n"
    assert sections(built(project, named + f"See :ref:`{name}`.\n")) == [f"{prefix}specs"]
    assert sections(built(project, named + OTHER))[0] == f"{prefix or f'{PREFIX}-'}specs"


def test_a_label_leads_to_the_comparison_from_another_page(project: Project) -> None:
    project.write(
        "other.rst",
        f"Other\n=====\n\n{DIRECTIVE}   :name: mine\n\n.. note::\n\n{indented(DIRECTIVE)}      :name: In a note\n\n"
        f".. container:: x\n\n{indented(DIRECTIVE)}      :headings: none\n      :name: bare_one\n",
    )
    build = built(
        project, ".. toctree::\n\n   other\n\nSee :ref:`mine`, :ref:`this <in a note>` and :ref:`bare_one`.\n"
    )
    links = html.parse(build.out / "index.html").select("p a.reference.internal:has(.std-ref)")
    held = set(html.ids(html.parse(build.out / "other.html")))
    assert [html.text_of(link) for link in links][:2] == ["Specifications", "this"]
    targets = [str(link["href"]).removeprefix("other.html#") for link in links]
    assert targets[0] == "mine-specs"
    assert set(targets) <= held


# --- what the page has already -------------------------------------------------------------------------------------

EXTENSION = """
def setup(app):
    from docutils import nodes
    from docutils.parsers.rst import Directive

    class Requirement(Directive):
        required_arguments = 1

        def run(self):
            return [nodes.paragraph("", "Words.", ids=self.arguments)]

    app.add_directive("requirement", Requirement)
"""
"""An extension that tells the document nothing of its ids, as some do."""
THEIRS = {
    "heading": "Specs\n-----\n\nWords.\n",
    "label": ".. _specs:\n\nWords.\n",
    "inline target": "A _`specs` here.\n",
    "footnote": "Words [#specs]_.\n\n.. [#specs] A note.\n",
    "citation": "Words [specs]_.\n\n.. [specs] A note.\n",
    "topic": ".. topic:: T\n   :name: specs\n\n   Words.\n",
    "image": ".. figure:: x.png\n   :name: specs\n\n   A caption.\n",
    "table": ".. list-table:: T\n   :name: specs\n\n   * - a\n",
    "code": ".. code-block:: python\n   :name: specs\n   :caption: C\n\n   pass\n",
    "contents": ".. contents:: Specs\n   :local:\n\nPart\n----\n\nWords.\n",
    "function": ".. py:function:: specs()\n\n   Words.\n",
    "html": '.. raw:: html\n\n   <p class="x" id="specs">Words.</p>\n',
    "extension": ".. requirement:: specs\n",
}
THEIRS_IN_MARKDOWN = {
    "heading": "## Specs\n\nWords.\n",
    "label": "(specs)=\n\nWords.\n",
    "html": "Words.\n\n<a id='specs'></a>\n\nWords.\n",
    "inline html": 'Words <a name="specs"></a> here.\n',
    "eval-rst": "```{eval-rst}\n.. _specs:\n\nWords.\n```\n",
    "eval-rst heading": "```{eval-rst}\n.. rubric:: Specs\n   :name: specs\n```\n",
    "attributes": "{#specs}\nWords.\n",
}
CASES = {name: ("rst", DIRECTIVE, text) for name, text in THEIRS.items()} | {
    f"MyST {name}": ("md", "```{model-compare} alfa-1 bravo-2\n:sections: specs\n```\n", text)
    for name, text in THEIRS_IN_MARKDOWN.items()
}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Each of them on three pages: alone, after a comparison, and before one."""
    site = Project(tmp_path_factory.mktemp("theirs")).configure(myst_enable_extensions=["attrs_block"])
    (site.src / "catalog.yaml").write_bytes(DEMO_CATALOG.read_bytes())
    (site.src / "x.png").write_bytes(b"")
    site.write("conf.py", (site.src / "conf.py").read_text(encoding="utf-8") + EXTENSION)
    for name, (suffix, directive, text) in CASES.items():
        for place, parts in {"alone": [text], "after": [directive, text], "before": [text, directive]}.items():
            title = "Page\n====" if suffix == "rst" else "# Page"
            site.write(f"{name}-{place}.{suffix}".replace(" ", "-"), "\n\n".join([title, *parts]))
    site.write("index.rst", "Index\n=====\n\n.. toctree::\n   :glob:\n\n   *\n")
    return site.build("html", "-n")


def owners(page: BeautifulSoup) -> list[str]:
    """What has the anchor on a page."""
    return [f"{tag.name} {html.text_of(tag)[:5]}" for tag in page.select("[id=specs], a[name=specs]")]


@pytest.mark.parametrize("place", ["after", "before"])
@pytest.mark.parametrize("name", [name.replace(" ", "-") for name in CASES])
def test_ours_steps_aside(theirs: Build, name: str, place: str) -> None:
    """Theirs is what it is on the page without us."""
    alone, page = (html.parse(theirs.out / f"{name}-{which}.html") for which in ("alone", place))
    assert len(owners(alone)) == 1
    assert owners(page) == owners(alone)
    assert set(html.ids(alone)) <= set(html.ids(page))
    assert sections(theirs, f"{name}-{place}") == ["specs-2"]
    assert html.repeated_ids(page) == []


def test_nothing_is_said_of_it(theirs: Build) -> None:
    """But for the labels that this site has on several pages."""
    said = [
        line for line in theirs.warnings if not re.search(r"[Dd]uplicate (label|citation|object description)", line)
    ]
    assert (theirs.code, said) == (0, [])


def test_no_author_writes_a_heading_that_has_the_label_of_ours(project: Project) -> None:
    """autosectionlabel makes labels of headings, on all pages."""
    project.configure(AUTOSECTIONLABEL)
    project.write("specs.rst", ":orphan:\n\nIndex specs\n===========\n\nWords.\n")
    build = built(project, f"{DIRECTIVE}\nIndex specs-2\n-------------\n\n{DIRECTIVE}\nSee :ref:`index#specs-2`.\n")
    assert sections(build) == ["specs", "specs-2"]


# --- joined pages --------------------------------------------------------------------------------------------------


def test_in_single_page_html_links_lead_to_the_comparison_of_their_page(project: Project) -> None:
    """From other pages and from the contents, to anchors that several pages have."""
    project.configure(
        AUTOSECTIONLABEL, html_sidebars={"**": ["globaltoc.html"]}, html_theme_options={"globaltoc_collapse": False}
    )
    project.write("index.rst", "Index\n=====\n\n.. toctree::\n\n   one\n   two\n\n:ref:`one#specs` :ref:`two#specs`\n")
    for name, models in {"one": "alfa-1 bravo-2", "two": "alfa-1 charlie-3"}.items():
        project.write(f"{name}.rst", f"{name}\n===\n\n.. model-compare:: {models}\n   :sections: specs\n")
    build = project.build("singlehtml", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    page = html.parse(build.out / "index.html")
    assert [link["href"] for link in page.select("a:has(.std-ref)")] == ["#specs", "#two-specs"]
    listed = [str(link["href"]).rpartition("#")[2] for link in page.select(".toctree-l2 > a")]
    assert listed == ["specs", "two-specs"]
    assert [html.text_of(page.select_one(f"#{name} th:last-of-type")) for name in listed] == [
        "Bravo 2 [2]",
        "Charlie 3 [2]",
    ]


# --- weight --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("others", ["", f"\n{OTHER}"], ids=["alone", "one of two"])
def test_a_mark_weighs_the_same_however_many_models_are_compared(project: Project, others: str) -> None:
    """Each cell has one: with the ids in it the page would grow with the square of their number."""

    def weights(number: int) -> set[int]:
        ids = [f"a-model-{i:02}" for i in range(number)]
        models = "".join(
            f"  {name}: {{name: Model {i}, context_window: {i + 1}000, source: one}}\n" for i, name in enumerate(ids)
        )
        catalog = (
            f"sources: {{one: {{title: One}}}}\nmodels:\n{models}  bravo-2: {{name: B}}\n  charlie-3: {{name: C}}\n"
        )
        project.write("catalog.yaml", catalog)
        build = built(project, f".. model-compare:: {' '.join(ids)}\n   :sections: specs\n{others}")
        marks = html.parse(build.out / "index.html").select("td a.modelcmp-source")
        assert len(marks) == number
        return {len(str(mark)) for mark in marks[1:]}  # The first has the name of the source, too.

    few, many = weights(4), weights(60)
    assert len(few) == len(many) == 1
    assert max(many) - max(few) <= len("60") - len("4")
    assert max(many) < 120

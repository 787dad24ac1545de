"""Marks, notices and their links, as each builder writes them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinx_modelcmp.catalog.load import load_catalog
from tests.support import html

if TYPE_CHECKING:
    from tests.support.project import Project

ORPHAN = ":orphan:\n\n"
CARD = "https://acme.example/alfa"


def page(title: str, models: str) -> str:
    return f"{ORPHAN}{title}\n{'=' * len(title)}\n\n.. model-compare:: {models}\n"


@pytest.fixture
def site(project: Project) -> Project:
    project.write("index.rst", page("Pair", "alfa-1 bravo-2"))
    return project


def test_marks_lead_to_the_source_and_say_which(site: Project) -> None:
    build = site.build("html", "-n", "-W")
    shown = html.parse(build.out / "index.html")
    marks = shown.select("table a.modelcmp-source")
    assert marks
    for mark in marks:
        (target,) = shown.select(f"[id='{str(mark['href'])[1:]}']")
        item = html.text_of(target.find_parent("li"))
        assert item.startswith(f"{html.text_of(mark)} ")


def test_an_address_is_linked_once_a_page_however_many_cells_rest_on_it(site: Project) -> None:
    build = site.build("html", "-n", "-W")
    doctree = build.doctree("index")
    sources = {source.url for source in load_catalog([site.src / "catalog.yaml"]).catalog.sources.values()}
    found = Counter(node["refuri"] for node in doctree.findall(nodes.reference) if node.get("refuri") in sources)
    marks = Counter(node["refid"] for node in doctree.findall(nodes.reference) if "refid" in node)
    assert max(marks.values()) > 3
    assert found
    assert set(found.values()) == {1}


def test_latex_links_every_mark_to_a_label(site: Project) -> None:
    tex = next(site.build("latex", "-n", "-W").out.glob("*.tex")).read_text(encoding="utf-8")
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*:source-\d+)\}\]", tex))
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*:source-\d+)\}\}", tex))
    assert links
    assert links <= labels


def test_text_shows_the_number_in_the_cell_and_in_the_list(site: Project) -> None:
    shown = site.build("text", "-n", "-W").text("index.txt")
    assert re.search(r"\| Alfa 1 \[\d\]", shown)
    assert re.search(r"^\* \[1\] ", shown, re.MULTILINE)


@pytest.mark.parametrize(("word", "marks", "links"), [("sources", False, True), ("none", False, False)])
def test_how_far_sources_are_linked_is_configured(site: Project, word: str, marks: bool, links: bool) -> None:
    site.configure(modelcmp_source_links=word)
    shown = html.parse(site.build("html", "-n", "-W").out / "index.html")
    assert bool(shown.select("a.modelcmp-source")) is marks
    assert bool(shown.select(".modelcmp-sources a.external")) is links


def test_a_word_that_is_none_of_the_three_is_reported(site: Project) -> None:
    site.configure(modelcmp_source_links="al")
    (line,) = site.build("html").warnings
    assert "conf.py" in line
    assert "did you mean all?" in line


# --- successors -------------------------------------------------------------------------------------------------------


def successor(build_out: object, name: str = "index.html") -> list[str]:
    shown = html.parse(build_out / name)  # type: ignore[operator]
    notices = [notice for notice in shown.select(".admonition.warning") if "Its successor is" in html.text_of(notice)]
    return [str(link["href"]) for notice in notices for link in notice.select("a:not(.modelcmp-source)")]


def test_the_successor_is_linked_once_there_is_a_comparison_with_it(site: Project) -> None:
    """Bravo 2 is deprecated, and Charlie 3 follows it."""
    assert successor(site.build("html", "-n", "-W").out) == []
    site.write("next.rst", page("Next", "bravo-2 charlie-3"))
    site.write("wide.rst", page("Wide", "bravo-2 charlie-3 alfa-1"))
    build = site.build("html", "-n", "-W")
    assert successor(build.out) == ["next.html"]
    (site.src / "next.rst").unlink()
    assert successor(site.build("html", "-n", "-W").out) == ["wide.html"]
    (site.src / "wide.rst").unlink()
    assert successor(site.build("html", "-n", "-W").out) == []


def test_a_page_does_not_send_to_itself_for_the_successor(site: Project) -> None:
    site.write("index.rst", page("Pair", "bravo-2 charlie-3"))
    assert successor(site.build("html", "-n", "-W").out) == []

"""What pages give to machines: the file beside a page, linked data and descriptions; where, and where not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.structured.payload import SCHEMA_FILE
from tests.structured.publishing import assert_typed, assert_valid
from tests.structured.test_linked_data import words
from tests.support import html
from tests.support.project import HERE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bs4 import BeautifulSoup

    from tests.support.project import Build

COMPARING = ("again", "bare", "index", "mysty", "pair", "places", "weird")
FILES = {
    "html": {name: f"{name}.comparison.json" for name in COMPARING},
    "dirhtml": {name: "comparison.json" if name == "index" else f"{name}/comparison.json" for name in COMPARING},
    "singlehtml": {"index": "index.comparison.json"},
}
PAGES = {
    "html": "{}.html",
    "dirhtml": "{}/index.html",
    "singlehtml": "{}.html",
}
SITES = tuple(FILES)
SCHEMA = "_static/modelcmp-comparison.schema.json"
COMPARE = "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n"


def page_path(builder: str, name: str) -> str:
    return "index.html" if name == "index" else PAGES[builder].format(name)


def written(out: Path) -> list[str]:
    """Every file of comparisons below a folder."""
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*comparison.json"))


def linked(page: BeautifulSoup) -> list[Any]:
    """The linked data of a page."""
    return [json.loads(str(tag.string)) for tag in page.select('script[type="application/ld+json"]')]


def described(page: BeautifulSoup) -> list[str]:
    """Every description in the head of a page."""
    found = page.select('meta[name="description"], meta[property="og:description"]')
    return [str(tag["content"]) for tag in found]


def visible(page: BeautifulSoup) -> str:
    """The text of a page, with spaces as a browser shows them."""
    assert page.body
    return " ".join(page.body.get_text().split())


# --- where it is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("builder", SITES)
def test_every_page_that_compares_has_a_file_and_no_other(demo: Callable[[str], Build], builder: str) -> None:
    build = demo(builder)
    assert written(build.out) == sorted(FILES[builder].values())
    for name, file in FILES[builder].items():
        assert_typed(build.text(file))
        held = json.loads(build.text(file))
        page = html.parse(build.out / page_path(builder, name))
        (link,) = page.select('link[rel="alternate"][type="application/json"]')
        beside = (build.out / page_path(builder, name)).parent
        assert (beside / str(link["href"])).resolve() == (build.out / file).resolve()
        assert link["title"]
        assert (beside / held["$schema"]).resolve() == (build.out / SCHEMA).resolve()
        assert len(linked(page)) == 1
    assert (build.out / SCHEMA).read_bytes() == SCHEMA_FILE.read_bytes()


@pytest.mark.parametrize("builder", SITES)
def test_anchors_lead_to_the_sections(demo: Callable[[str], Build], builder: str) -> None:
    """In single-page HTML, too, where ids of ours are told apart after they were given."""
    build = demo(builder)
    for name, file in FILES[builder].items():
        ids = html.ids(html.parse(build.out / page_path(builder, name)))
        anchors = [list(held["anchors"].values()) for held in json.loads(build.text(file))["comparisons"]]
        every = [anchor for found in anchors for anchor in found]
        assert all(anchors)
        assert len(set(every)) == len(every)
        assert set(every) <= set(ids)


def test_one_file_holds_every_comparison_of_a_page(demo: Callable[[str], Build]) -> None:
    def models(name: str, builder: str = "html") -> list[list[str]]:
        held = json.loads(demo(builder).text(FILES[builder][name]))["comparisons"]
        return [[model["id"] for model in comparison["models"]] for comparison in held]

    assert models("again") == [
        ["alfa-1", "bravo-2"],
        ["bravo-2", "alfa-1"],
        ["alfa-1", "bravo-2"],
        ["alfa-1", "bravo-2"],
    ]
    every = [found for name in COMPARING for found in models(name)]
    assert sorted(models("index", "singlehtml")) == sorted(every)


@pytest.mark.parametrize("builder", ["json", "epub", "latex", "text", "man", "texinfo", "xml", "gettext"])
def test_other_builders_show_and_write_nothing_of_it(demo: Callable[[str], Build], builder: str) -> None:
    out = demo(builder).out
    assert written(out) == []
    assert not (out / SCHEMA).exists()
    found = [path for path in out.rglob("*") if path.is_file() and path.suffix not in {".png", ".gif", ".epub"}]
    assert found
    traces = ("modelcmp-published", "ld+json", "schema.org", "og:description")
    assert [path.name for path in found if any(word in path.read_text(errors="replace") for word in traces)] == []


@pytest.mark.parametrize("builder", SITES)
def test_pages_show_nothing_of_it(demo: Callable[[str], Build], builder: str) -> None:
    build = demo(builder)
    for name in FILES[builder]:
        assert "modelcmp-published" not in build.text(page_path(builder, name))


def test_a_page_without_a_comparison_has_none_of_it(demo: Callable[[str], Build]) -> None:
    page = html.parse(demo("html").out / "plain.html")
    assert [*linked(page), *described(page), *page.select('link[type="application/json"]')] == []


# --- what it says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("builder", SITES)
def test_linked_data_says_only_what_is_visible(demo: Callable[[str], Build], builder: str) -> None:
    build = demo(builder)
    for name in FILES[builder]:
        page = html.parse(build.out / page_path(builder, name))
        # A row in which all models are the same is named in a sentence.
        shown = visible(page).casefold()
        (found,) = linked(page)
        hidden = [word for word in words(found["@graph"]) if " ".join(word.split()).casefold() not in shown]
        assert hidden == [], name


def test_names_end_no_script_and_no_attribute(project: Project) -> None:
    name = """</script><!-- <script>alert(1)</script> "q" 'a' &amp;"""
    project.edit("catalog.yaml", "    name: Alfa 1\n", f"    name: {json.dumps(name)}\n")
    project.write("index.rst", COMPARE.replace("Page\n====", '</script> "q"\n============='))
    build = project.build("html")
    page = html.parse(build.out / "index.html")
    (found,) = linked(page)
    assert found["@graph"][0]["itemListElement"][0]["item"]["name"] == name
    assert json.loads(build.text("index.comparison.json"))["comparisons"][0]["models"][0]["name"] == name
    assert described(page)[0].startswith(f"For 300,000 requests a month (Support bot), {name} costs ")
    assert "alert(1)" not in "".join(script.get_text() for script in page.select("script:not([type])"))


def own_addresses(page: BeautifulSoup) -> list[str]:
    """The addresses that linked data gives of the page and its file."""
    nodes = linked(page)[0]["@graph"]
    found = [node.get(key) for node in nodes for key in ("@id", "url")]
    found += [node.get("distribution", {}).get("contentUrl") for node in nodes]
    return [address for address in found if address]


@pytest.mark.parametrize(
    ("builder", "page", "file"),
    [
        ("html", "in%20a/one%20%26%20two.html", "in%20a/one%20%26%20two.comparison.json"),
        ("dirhtml", "in%20a/one%20%26%20two/", "in%20a/one%20%26%20two/comparison.json"),
        ("singlehtml", "", "index.comparison.json"),
    ],
)
def test_addresses_come_from_the_configuration_only(project: Project, builder: str, page: str, file: str) -> None:
    project.write("index.rst", "Index\n=====\n\n.. toctree::\n\n   in a/one & two\n")
    project.write("in a/one & two.rst", COMPARE)
    name = "index" if builder == "singlehtml" else "in a/one & two"
    path = page_path(builder, name)
    bare = html.parse(project.build(builder, "-W", out="bare").out / path)
    assert own_addresses(bare) == []
    assert file.endswith(str(bare.select('link[type="application/json"]')[0]["href"]))
    project.configure(html_baseurl="https://docs.example/en")
    based = html.parse(project.build(builder, "-W", out="based").out / path)
    address = f"https://docs.example/en/{page}"
    assert own_addresses(based) == [address, address, f"https://docs.example/en/{file}"]


def test_numbers_of_thirty_digits_and_long_addresses(project: Project) -> None:
    digits, address = "123456789012345678901234567890", f"https://card.example/{'a' * 1979}"
    project.edit("catalog.yaml", "context_window: 192000", f"context_window: {digits}")
    project.edit("catalog.yaml", "https://alfa.example/card", address)
    project.write("index.rst", COMPARE)
    build = project.build("html")
    (held,) = json.loads(build.text("index.comparison.json"))["comparisons"]
    (row,) = [row for row in held["rows"] if row["name"] == "context_window"]
    assert row["facts"]["bravo-2"]["value"]["value"] == digits
    assert address in [source.get("url") for source in held["sources"]]
    works = linked(html.parse(build.out / "index.html"))[0]["@graph"][-1]["isBasedOn"]
    assert address in [work.get("url") for work in works]


def test_a_catalog_that_knows_nothing(project: Project) -> None:
    project.write("catalog.yaml", "models: {alfa-1: {name: Alfa 1}, bravo-2: {name: Bravo 2}}\n")
    project.write("index.rst", COMPARE)
    build = project.build("html", "-W")
    assert build.code == 0, build.stderr
    assert_valid(json.loads(build.text("index.comparison.json")))
    page = html.parse(build.out / "index.html")
    assert described(page)[0].startswith("The catalog does not decide between Alfa 1 and Bravo 2: ")
    assert {node["@type"] for node in linked(page)[0]["@graph"]} == {"ItemList", "Dataset"}


# --- descriptions --------------------------------------------------------------------------------------------------

OTHERS = """
def describe(app, pagename, template, context, doctree):
    if "metatags" in context:
        context["metatags"] += '<meta property="og:description" content="Theirs" />'

def setup(app):
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True}
"""


DESCRIBED = {
    "plain": (COMPARE, True),
    "without-summary": (f"{COMPARE}   :exclude: summary\n", False),
    "own": (f".. meta::\n   :description: Own words\n\n{COMPARE}", False),
    "own-graph": (f".. meta::\n   :property=og:description: Own words\n\n{COMPARE}", False),
    "keywords": (f".. meta::\n   :keywords: description\n\n{COMPARE}", True),
    "chapter": (COMPARE.replace(".. model", "Words.\n\nOne\n---\n\nWords.\n\nTwo\n---\n\n.. model"), False),
    "card": (COMPARE.replace(".. model", ".. note::\n\n   .. model"), False),
    "two": (f"{COMPARE}\n.. model-compare:: alfa-1 charlie-3\n", False),
    "in-parts": (f"{COMPARE}   :sections: summary\n\n.. model-compare:: alfa-1 bravo-2\n   :exclude: summary\n", True),
}
"""Pages, and whether the summary of a comparison describes them."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """All of them in one site."""
    site = Project(tmp_path_factory.mktemp("described"))
    (site.src / "catalog.yaml").write_bytes((HERE / "demo" / "catalog.yaml").read_bytes())
    for name, (text, _) in DESCRIBED.items():
        site.write(f"{name}.rst", f":orphan:\n\n{text}")
    site.write("index.rst", "Index\n=====\n")
    return site.build("html", "-W")


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_page_about_one_comparison_is_described_by_its_summary(pages: Build, name: str) -> None:
    found = html.parse(pages.out / f"{name}.html")
    ours = [
        text
        for text in described(found)
        if text.startswith(("For 100,000 requests a month", "For 300,000 requests a month", "This page compares "))
    ]
    assert len(ours) == (2 if DESCRIBED[name][1] else 0), "one for search engines, one for who shares the page"
    assert all(text in visible(found) for text in ours)


def test_what_other_extensions_write_counts(project: Project) -> None:
    (project.src / "theirs.py").write_text(OTHERS, encoding="utf-8")
    project.configure("theirs")
    conf = project.src / "conf.py"
    conf.write_text(f"import sys\nsys.path.insert(0, {str(project.src)!r})\n{conf.read_text()}", encoding="utf-8")
    project.write("index.rst", COMPARE)
    build = project.build_apart("html", "-W")
    assert build.code == 0, build.stderr
    assert described(html.parse(build.out / "index.html")) == ["Theirs"]


# --- from build to build -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "made"),
    [
        ([], set()),
        ("json", {"json"}),
        (["json-ld"], {"json-ld"}),
        (["description", "jsn"], {"description"}),
    ],
)
def test_a_site_makes_what_it_asks_for(project: Project, kinds: Any, made: set[str]) -> None:
    project.write("index.rst", COMPARE)
    project.build("html", "-W")
    project.configure(modelcmp_structured_data=kinds)
    build = project.build("html")
    page = html.parse(build.out / "index.html")
    parts = {"json": written(build.out), "json-ld": linked(page), "description": described(page)}
    assert {name for name, found in parts.items() if found} == made
    assert bool(page.select('link[type="application/json"]')) is ("json" in made)
    assert (build.out / SCHEMA).exists() is ("json" in made)
    wrong = "modelcmp_structured_data: “jsn” is not one of json, json-ld, description; did you mean json"
    assert [wrong in line for line in build.warnings] == [True] * ("jsn" in kinds)


@pytest.mark.parametrize("builder", SITES)
def test_the_file_goes_with_the_comparison(project: Project, builder: str) -> None:
    project.write("index.rst", COMPARE)
    build = project.build(builder, "-W")
    assert len(written(build.out)) == 1
    project.write("index.rst", "Page\n====\n\nWords.\n")
    assert written(project.build(builder, "-W").out) == []


def test_the_file_follows_the_catalog(project: Project) -> None:
    project.write("index.rst", COMPARE)
    before = project.build("html", "-W").text("index.comparison.json")
    project.edit("catalog.yaml", "context_window: 192000", "context_window: 192001")
    again = project.build("html", "-W")
    assert again.text("index.comparison.json") != before
    assert again.text("index.comparison.json") == project.build("html", out="fresh").text("index.comparison.json")


def test_what_is_not_for_this_builder_is_not_published(project: Project) -> None:
    project.write("index.rst", "Page\n====\n\n.. only:: latex\n\n   .. model-compare:: alfa-1 bravo-2\n")
    build = project.build("html", "-W")
    assert written(build.out) == []
    assert linked(html.parse(build.out / "index.html")) == []


def test_pages_are_kept_with_what_they_publish_and_the_environment_without(demo: Callable[[str], Build]) -> None:
    """Writing needs no catalog, and no page makes the environment larger."""
    build = demo("html")
    kept = (build.doctrees / "pair.doctree").read_bytes()
    assert b"comparability" in kept, "a key of every record"
    assert b"comparability" not in (build.doctrees / "environment.pickle").read_bytes()

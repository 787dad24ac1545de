"""What HTML gets beyond stock nodes: scopes, frames, ids that are unique, and assets only where they are used."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.support import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.support.project import Build, Project

COMPARING = ("index", "pair", "again", "places", "mysty", "bare", "weird")
PAGES = {
    "html": tuple(f"{name}.html" for name in COMPARING),
    "dirhtml": ("index.html", *(f"{name}/index.html" for name in COMPARING[1:])),
    "singlehtml": ("index.html",),
    "epub": tuple(f"{name}.xhtml" for name in COMPARING),
}
EVERY = [(builder, page) for builder, pages in PAGES.items() for page in pages]


@pytest.fixture(params=EVERY, ids="-".join)
def page(demo: Callable[[str], Build], request: pytest.FixtureRequest) -> BeautifulSoup:
    builder, name = request.param
    return html.parse(demo(builder).out / name)


def test_every_header_cell_says_what_it_heads(page: BeautifulSoup) -> None:
    tables = html.our_tables(page)
    assert tables
    for table in tables:
        assert [cell["scope"] for cell in table.select("thead th")] == ["col"] * len(table.select("thead tr > *"))
        rows = table.select("tbody tr")
        assert rows
        assert all(next(iter(row.find_all(["th", "td"]))).get("scope") == "row" for row in rows)
        assert not table.select("td[scope]")


def test_every_table_has_a_caption_and_no_empty_header(page: BeautifulSoup) -> None:
    for table in html.our_tables(page):
        assert html.text_of(table.caption)
        assert all(html.text_of(cell) for cell in table.select("th"))
        assert all(html.text_of(cell) for cell in table.select("td"))


def test_every_table_scrolls_in_a_region_of_its_own(page: BeautifulSoup) -> None:
    regions = [table.parent for table in html.our_tables(page) if table.parent]
    for region in regions:
        assert "modelcmp-scroll" in region["class"]
        assert (region["role"], region["tabindex"]) == ("region", "0")
        assert "id" not in region.attrs
    names = [str(region["aria-label"]) for region in regions]
    captions = [html.text_of(region.select_one(".caption-text")) for region in regions]
    assert len(set(names)) == len(names)
    assert all(name.startswith(caption) for name, caption in zip(names, captions, strict=True))


def test_signs_have_words(page: BeautifulSoup) -> None:
    """A style sheet shows that rows differ and which value is the best; both can be heard, too."""
    for table in html.our_tables(page):
        heads = [row.th for row in table.select("tr.modelcmp-differs") if row.th]
        assert all(html.text_of(head.select_one(".modelcmp-unseen")) == "(differs)" for head in heads)
        best = table.select("td.modelcmp-best")
        assert all(html.text_of(cell.select_one(".modelcmp-unseen")) == "(best)" for cell in best)
        assert len(table.select(".modelcmp-unseen")) == len(heads) + len(best)
    assert len(page.select(".modelcmp-key")) == 1


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(page: BeautifulSoup) -> None:
    """In single-page HTML, too, where four pages hold the same comparison."""
    assert html.repeated_ids(page) == []
    # Sphinx 9 writes links between joined pages as #document-b#anchor, and to the first page as #document-index.
    assert [link for link in html.dangling(page) if not link.startswith("#document-")] == []


def test_no_style_stands_in_the_page(page: BeautifulSoup) -> None:
    """A strict content policy forbids style attributes. Only an author who asks for widths gets them."""
    styled = [table for table in html.our_tables(page) if table.select("[style]") or table.get("style")]
    assert all("align-center" in table["class"] for table in styled), "only one table of the demo asks for widths"
    assert {script["type"] for script in page.select(".modelcmp script")} <= {"application/json"}
    assert not page.select(".modelcmp [onclick]")


def test_names_of_rows_are_defined(demo: Callable[[str], Build]) -> None:
    page = html.parse(demo("html").out / "pair.html")
    terms = {html.text_of(term): str(term["title"]) for term in page.select("th abbr")}
    assert terms["Context window"] == "The most tokens that a request and its answer can hold together."
    assert all(terms.values())
    assert len(terms) > 20


def test_a_mark_stays_on_the_line_of_the_last_word(demo: Callable[[str], Build]) -> None:
    """Of several; a single word and its marks may part, for they would widen their column."""
    cells = html.parse(demo("html").out / "pair.html").select(
        ".modelcmp-table td:has(.modelcmp-source):not(:has(code))"
    )
    words = {"".join(cell.find_all(string=True)).partition("[")[0] for cell in cells}
    several = {text for text in words if len(text.split()) > 1}
    assert several
    assert all(text.endswith("\u00a0") for text in several)
    assert all(text.endswith(" ") for text in words - several)


def test_the_script_names_sources_and_where_there_is_none_the_marks_do(demo: Callable[[str], Build]) -> None:
    page = html.parse(demo("html").out / "pair.html")
    marks = page.select("a.modelcmp-source")
    assert {(*mark.attrs,) for mark in marks} == {("class", "href")}
    assert {str(mark["href"])[1:] for mark in marks} <= {str(place["id"]) for place in page.select("li [id]")}
    for mark in html.parse(demo("epub").out / "pair.xhtml").select("a.modelcmp-source"):
        assert mark["title"], "no script names it there"


def test_price_lists_of_many_models_are_folded_with_their_notes(project: Project) -> None:
    ids = ["alfa-1", "bravo-2", "c", "d", "e"]
    routes = "routes: [{provider: host, prices: [{input: 1, output: 2, note: Only a note.}]}]"
    more = "".join(f"  {name}: {{name: Model {name}, {routes}}}\n" for name in ids[2:])
    project.write("more.yaml", f"providers: {{host: {{name: Host}}}}\nmodels:\n{more}")
    project.configure(modelcmp_catalog=["catalog.yaml", "more.yaml"])
    project.write("index.rst", f"Page\n====\n\n.. model-compare:: {' '.join(ids)}\n   :sections: pricing\n")
    page = html.parse(project.build("html").out / "index.html")
    folds = page.select("details.modelcmp-fold:not(.modelcmp-fold-narrow)")
    lists = [table for table in html.our_tables(page) if "Price list of" in html.text_of(table)]
    assert [fold.table for fold in folds] == lists
    assert [html.text_of(fold.summary) for fold in folds if fold.summary][-3:] == ["Model c", "Model d", "Model e"]
    assert "[a] Only a note." in html.text_of(folds[-1])
    assert not any(fold.has_attr("open") for fold in folds)
    project.write("index.rst", f"Page\n====\n\n.. model-compare:: {' '.join(ids[:4])}\n   :sections: pricing\n")
    assert not html.parse(project.build("html").out / "index.html").select("details")
    project.write("index.rst", f"Page\n====\n\n.. model-compare:: {' '.join(ids)}\n   :sections: pricing\n")
    assert "<details" not in project.build("epub").text("index.xhtml")


def test_long_lists_of_notes_and_sources_are_named_by_their_marks(project: Project) -> None:
    notes = "".join(
        f"      {name}: {{value: true, note: {name}.}}\n"
        for name in ("vision", "reasoning", "tool_use", "computer_use")
    )
    one = f"  m:\n    name: M\n    capabilities:\n{notes}"
    other = "  n: {name: N, context_window: {value: 5, note: Few.}}\n"
    project.write("catalog.yaml", f"models:\n{one}{other}")
    project.write("index.rst", "Page\n====\n\n.. model-compare:: m n\n   :sections: specs capabilities\n")
    page = html.parse(project.build("html").out / "index.html")
    (fold,) = page.select("details.modelcmp-fold-narrow")
    assert fold.summary
    assert html.text_of(fold.summary) == "[a]–[d]"
    assert len(fold.select("li")) == 4
    (few,) = page.select("section > ul.modelcmp-marked")
    assert html.text_of(few) == "[a] Few."


def test_names_of_columns_are_defined(project: Project) -> None:
    directive = ".. model-compare:: alfa-1 bravo-2\n   :sections: specs\n   :transpose:\n"
    project.write("index.rst", f"Page\n====\n\n{directive}")
    build = project.build("html", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    (table,) = html.our_tables(html.parse(build.out / "index.html"))
    heads = {html.text_of(head): head.abbr and str(head.abbr["title"]) for head in table.select("thead th")}
    assert heads["Model"] is None
    assert heads["Context window"] == "The most tokens that a request and its answer can hold together."


def test_the_key_of_signs_stands_below_the_first_table_that_has_any(project: Project) -> None:
    directive = ".. model-compare:: alfa-1 bravo-2\n   :sections: specs\n   :headings: none\n   :fields: license\n"
    project.write("index.rst", f"Page\n====\n\n{directive}   :transpose:\n\n{directive}")
    page = html.parse(project.build("html", "-n", "-W").out / "index.html")
    turned, plain = html.our_tables(page)
    assert not turned.select(".modelcmp-unseen")
    assert plain.select("tr.modelcmp-differs")
    (key,) = page.select(".modelcmp-key")
    assert key.find_previous("table") is plain


def test_cards_name_their_models(project: Project) -> None:
    page = "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: specs\n   :layout: {}\n"
    for name, cards in (("cards", True), ("columns", False)):
        project.write("index.rst", page.format(name))
        build = project.build("html", "-n", "-W")
        assert (build.code, build.stderr) == (0, "")
        (table,) = html.our_tables(html.parse(build.out / "index.html"))
        assert ("modelcmp-cards" in table["class"]) is cards
        labels = {str(cell.get("data-label")) for cell in table.select("td")}
        assert labels == ({"Alfa 1 [1]", "Bravo 2 [2]"} if cards else {"None"})


def test_an_unknown_layout_is_named(project: Project) -> None:
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :layout: card\n")
    stderr = project.build("html").stderr
    assert "is not one of columns, cards; did you mean" in stderr, stderr


@pytest.mark.parametrize(("builder", "name", "number"), [("html", "pair.html", 1), ("epub", "pair.xhtml", 0)])
def test_a_page_holds_the_words_of_tools_once(
    demo: Callable[[str], Build], builder: str, name: str, number: int
) -> None:
    assert len(html.parse(demo(builder).out / name).select("script#modelcmp-words")) == number


def test_widths_given_are_kept(demo: Callable[[str], Build]) -> None:
    given = html.parse(demo("html").out / "again.html").select("table.align-center")
    assert [[col["style"] for col in table.select("col")] for table in given] == [
        ["width: 20.0%", "width: 40.0%", "width: 40.0%"]
    ]
    assert [table["style"] for table in given] == ["width: 90%"]


@pytest.mark.parametrize(
    ("builder", "suffix", "name"), [("html", ".html", "modelcmp.css"), ("epub", ".xhtml", "modelcmp-book.css")]
)
def test_the_style_sheet_is_linked_where_it_is_used(
    demo: Callable[[str], Build], builder: str, suffix: str, name: str
) -> None:
    out = demo(builder).out
    linked = {path.stem for path in out.glob(f"*{suffix}") if name in html.stylesheets(html.parse(path))}
    assert linked == set(COMPARING)
    assert (out / "_static" / name).is_file()


@pytest.mark.parametrize(("builder", "pages"), [(name, pages) for name, pages in PAGES.items() if name != "epub"])
def test_the_script_is_linked_where_there_is_a_comparison(
    demo: Callable[[str], Build], builder: str, pages: tuple[str, ...]
) -> None:
    out = demo(builder).out
    linked = {str(path.relative_to(out)): html.scripts(html.parse(path)) for path in out.rglob("*.html")}
    assert {name for name, scripts in linked.items() if scripts.get("modelcmp.js") == "defer"} == set(pages)
    assert {name for name, scripts in linked.items() if "modelcmp.js" in scripts} == set(pages)
    assert (out / "_static" / "modelcmp.js").is_file()


def test_the_files_are_light(demo: Callable[[str], Build]) -> None:
    """On their way to the reader; minified they would be lighter still."""
    static = demo("html").out / "_static"
    sent = [gzip.compress((static / name).read_bytes()) for name in ("modelcmp.css", "modelcmp.js")]
    assert sum(map(len, sent)) < 20_000
    assert not any(b"http" in (static / name).read_bytes() for name in ("modelcmp.css", "modelcmp.js"))


@pytest.mark.parametrize(
    ("builder", "names"),
    [
        ("html", ["_static/modelcmp.css", "_static/modelcmp.js", "_static/modelcmp-comparison.schema.json"]),
        ("epub", ["_static/modelcmp-book.css"]),
        ("latex", ["modelcmp.sty"]),
    ],
)
def test_files_of_an_earlier_version_are_replaced(project: Project, builder: str, names: list[str]) -> None:
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n")
    build = project.build(builder, "-W")
    fresh = [(build.out / name).read_bytes() for name in names]
    for name in names:
        (build.out / name).write_text("/* as it was */")
    again = project.build(builder, "-W")
    assert (again.code, [(again.out / name).read_bytes() for name in names]) == (0, fresh), again.stderr


def test_every_cost_table_has_its_calculator(demo: Callable[[str], Build]) -> None:
    """Where it is a table: one that stands in a cell is none."""
    page = html.parse(demo("html").out / "pair.html")
    assert len(page.select(".modelcmp-cost > template.modelcmp-calculator")) == len(page.select(".modelcmp-cost")) == 2


def test_the_one_page_of_singlehtml_links_the_style_sheet(demo: Callable[[str], Build]) -> None:
    out = demo("singlehtml").out
    assert "modelcmp.css" in html.stylesheets(html.parse(out / "index.html"))
    assert (out / "_static" / "modelcmp.css").is_file()


def test_a_documentation_without_comparisons_links_nothing(project: Project) -> None:
    project.write("index.rst", "Title\n=====\n\nWords.\n")
    for builder in ("html", "singlehtml"):
        build = project.build(builder, "-n", "-W")
        assert build.code == 0
        assert "modelcmp" not in build.text("index.html")


@pytest.mark.parametrize("builder", ["epub", "latex", "text", "man", "texinfo", "xml", "pseudoxml"])
def test_no_script_reaches_other_builders(demo: Callable[[str], Build], builder: str) -> None:
    out = demo(builder).out
    assert not list(out.rglob("modelcmp.js"))
    words = (b"modelcmp.js", b"modelcmp-calculator", b"Count with your own numbers")
    held = [path for path in out.rglob("*") if path.is_file() and path.suffix not in {".css", ".epub"}]
    assert [path.name for path in held if any(word in path.read_bytes() for word in words)] == []


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "xml"])
def test_nothing_of_it_reaches_other_builders(demo: Callable[[str], Build], builder: str) -> None:
    out = demo(builder).out
    assert not list(out.rglob("modelcmp.css"))
    assert not any("modelcmp-scroll" in path.read_text(errors="replace") for path in out.rglob("*") if path.is_file())


def test_single_page_numbers_tables_as_pages_apart_do(demo: Callable[[str], Build]) -> None:
    """The numbers are kept by id: a new id may not lose them."""
    captions = html.parse(demo("singlehtml").out / "index.html").select("table.modelcmp-table caption")
    numbers = [html.text_of(caption.select_one(".caption-number")) for caption in captions]
    assert all(number.startswith("Table ") for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_single_page_keeps_section_numbers_and_the_ids_of_others(project: Project) -> None:
    page = "{0}\n===\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: specs pricing\n\n.. _own-{0}:\n\nOwn\n---\n"
    project.write("index.rst", "Title\n=====\n\n.. toctree::\n   :numbered:\n\n   one\n   two\n")
    project.write("one.rst", page.format("One"))
    project.write("two.rst", page.format("Two").replace("bravo-2\n", "bravo-2\n   :exclude: faq\n"))
    build = project.build("singlehtml", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    found = html.parse(build.out / "index.html")
    assert "modelcmp.css" in html.stylesheets(found), "no comparison is on the page of the contents itself"
    assert {"own-one", "own-two"} <= set(html.ids(found))
    sections = found.select("section.modelcmp-specs, section.modelcmp-pricing")
    assert [section["id"] for section in sections] == ["specs", "pricing", "two-specs", "two-pricing"]
    assert [html.text_of(section.select_one(".section-number")) for section in sections] == [
        "1.1.", "1.2.", "2.1.", "2.2.",
    ]  # fmt: skip

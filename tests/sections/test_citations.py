"""Cells that say where they come from: marks that lead to sources, notes, the legend, and what ends or is announced."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sphinx_modelcmp.compare.comparison import Settings
from sphinx_modelcmp.sections.blocks import Bullets, ComparisonLink, Link, Notice, Section, SourceMark, Table, cited
from sphinx_modelcmp.sections.registry import write
from tests.compare.making import DATA, Tree, catalog_of, compared, tree_of
from tests.sections.reading import anchors_of, cells, marks, page_of, plain, tables, texts

REAL = catalog_of(tree_of(*sorted(DATA.rglob("*.yaml"))))
SOURCES = {
    "card": {"title": "Card", "kind": "vendor", "checked": "2026-01-01", "url": "https://card.example"},
    "list": {"title": "List", "kind": "aggregator", "checked": "2026-05-05", "url": "https://list.example"},
    "blog": {"title": "Blog"},
}


def two(first: Tree, second: Tree | None = None, *, settings: Settings | None = None, **request: Any) -> Any:
    """The page of a model M and of another one, N."""
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "sources": SOURCES,
        "benchmarks": {"b": {"name": "B", "scale": "points"}},
        "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
        "models": {"m": {"name": "M", **first}, "n": {"name": "N", **(second or {})}},
    }
    return page_of(compared(catalog_of(tree), "m", "n", settings=settings, **request))


def said(page: Any, name: str) -> list[str]:
    return list(texts(page[name].blocks)) if name in page else []


def heads(section: Section) -> list[str]:
    return [cell.text for cell in tables(section)[0].header[1:]]


def every_mark(sections: Any) -> list[SourceMark]:
    found = []
    for section in sections:
        for block in section.blocks:
            content: list[Any] = []
            if isinstance(block, Table):
                lines = [block.header, *((row.head, *row.cells) for row in block.rows)]
                content = [inline for line in lines for cell in line for inline in cell.content]
            elif isinstance(block, Bullets):
                content = [inline for item in block.items for inline in item]
            elif isinstance(block, Notice):
                content = list(block.content)
            found += [inline for inline in content if isinstance(inline, SourceMark)]
    return found


# --- marks ------------------------------------------------------------------------------------------------------------


def test_a_cell_leads_to_its_source() -> None:
    page = two(
        {"context_window": {"value": "1000", "source": "list"}}, {"context_window": {"value": "9", "source": "card"}}
    )
    assert cells(page["specs"])["Context window"] == ("1,000 [2]", "9 [1]")
    assert said(page, "sources")[:2] == [
        "[1] Card (vendor, checked Jan 1, 2026)",
        "[2] List (aggregator, checked May 5, 2026)",
    ]
    assert anchors_of([page["sources"]]) == ("source-1", "source-2")
    assert {(mark.text, mark.anchor, mark.title) for mark in every_mark([page["specs"]])} == {
        ("[1]", "source-1", "Card"),
        ("[2]", "source-2", "List"),
    }


def test_a_source_read_on_two_days_has_two_numbers() -> None:
    """Or the day of one fact would be said of another."""
    facts = {
        "context_window": {"value": "3", "source": "card"},
        "max_output": {"value": "2", "source": "card", "checked": "2026-02-02"},
    }
    page = two(facts)
    assert cells(page["specs"])["Context window"][0] == "3 [2]"
    assert cells(page["specs"])["Maximum output"][0] == "2 [1]"
    assert said(page, "sources")[:2] == [
        "[1] Card (vendor, checked Feb 2, 2026)",
        "[2] Card (vendor, checked Jan 1, 2026)",
    ]


def test_a_fact_of_two_sources_keeps_the_day_of_each() -> None:
    page = two({"max_output": {"value": "2", "source": ["list", "card"]}})
    assert cells(page["specs"])["Maximum output"][0] == "2 [1] [2]"
    assert "[1] Card (vendor, checked Jan 1, 2026)" in said(page, "sources")


def test_providers_and_prices_carry_the_sources_of_their_routes() -> None:
    route = {"provider": "p", "source": "list", "prices": [{"input": "1", "output": "2", "source": "card"}]}
    page = two({"source": "blog", "routes": [route]})
    assert heads(page["scorecard"])[0] == "M [1]"
    assert cells(page["scorecard"])["Provider routes"][0] == "P [2]"
    assert cells(page["scorecard"])["Cheapest output"][0] == "$2.00 at P"
    (table,) = tables(page["pricing"])
    assert [cell.text for cell in (table.rows[0].head, *table.rows[0].cells)] == ["P [1] [2]", "$1.00", "$2.00"]


def test_prices_of_other_sources_or_notes_have_their_marks_beside_the_route() -> None:
    lines: list[Tree] = [
        {"input": "1", "output": "2", "source": "card"},
        {"input": "2", "when": {"input_above": "9000"}, "source": "card"},
        {"input": "3", "when": {"service": "fast"}, "source": "list", "note": "Scarce."},
        {"input": "0.5", "output": "1", "when": {"service": "batch"}, "source": "card"},
    ]
    page = two({"routes": [{"provider": "p", "prices": lines}]})
    (table,) = tables(page["pricing"])
    assert table.rows[0].head.text == "P [1]; fast [2] [a]"
    assert "[a] Scarce." in said(page, "pricing")


@pytest.mark.parametrize("models", [("codex-1", "qwen3.5-4b"), tuple(REAL.models)[:6]])
@pytest.mark.parametrize("exclude", [(), ("related", "faq")])
def test_every_mark_of_the_real_catalog_has_its_entry_and_every_cell_with_a_source_its_mark(
    models: tuple[str, ...], exclude: tuple[str, ...]
) -> None:
    comparison = compared(REAL, *models, exclude=exclude, unknown_rows=True)
    sections = write(comparison, "en")
    assert {mark.anchor for mark in every_mark(sections)} <= set(anchors_of(sections))
    page = {section.name: section for section in sections}
    for row in comparison.specs():
        (line,) = [line for line in _rows(page["specs"]) if line.head.text == _label(page["specs"], comparison, row)]
        for fact, head, cell in zip(row.facts, heads(page["specs"]), line.cells, strict=True):
            is_marked = any(isinstance(inline, SourceMark) for inline in cell.content)
            assert bool(fact.source) == (is_marked or ("[" in head and cell.text != "Unknown")), (head, cell)


TWO_LISTED: Tree = {
    "organization": {"value": "undisclosed", "source": "list"},
    "released": {"value": "2026-01-01", "source": "list"},
    "max_output": {"value": "2", "source": "card"},
}


@pytest.mark.parametrize("transpose", [False, True])
def test_the_source_of_most_values_of_a_model_stands_at_its_name(transpose: bool) -> None:
    page = two({**TWO_LISTED, "note": "A note."}, sections=("specs",), fields=tuple(TWO_LISTED), transpose=transpose)
    (table,) = tables(page["specs"])
    assert (table.rows[0].head if transpose else table.header[1]).text == "M [2] [a]"
    assert (table.rows[1].head if transpose else table.header[2]).text == "N"
    first = table.rows[0].cells if transpose else [row.cells[0] for row in table.rows]
    assert [cell.text for cell in first] == ["Undisclosed", "Jan 1, 2026", "2 [1]"]
    assert any(line.endswith("as old as is noted there.") for line in said(page, "specs"))


@pytest.mark.parametrize(
    "facts",
    [
        {**TWO_LISTED, "license": "undisclosed"},
        {"released": TWO_LISTED["released"], "max_output": TWO_LISTED["max_output"]},
    ],
    ids=["a value without a source", "no source of two values"],
)
def test_no_source_stands_at_a_name_that_a_value_does_not_have(facts: Tree) -> None:
    page = two(facts, sections=("specs",), fields=("released", "max_output", "organization", "license"))
    assert heads(page["specs"]) == ["M", "N"]
    assert cells(page["specs"])["Released"][0] == "Jan 1, 2026 [2]"
    assert "as is noted there" not in "".join(said(page, "specs"))


def _rows(section: Section) -> Any:
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    return table.rows


def _label(section: Section, comparison: Any, row: Any) -> str:
    position = [held.name for held in comparison.specs()].index(row.name)
    return str(_rows(section)[position].head.text)


def test_links_from_the_list_only() -> None:
    page = two({"max_output": {"value": "2", "source": "card"}}, settings=Settings(source_links="sources"))
    assert cells(page["specs"])["Maximum output"][0] == "2"
    assert said(page, "sources")[0] == "Card (vendor, checked Jan 1, 2026)"
    assert _urls(page["sources"]) == ["https://card.example"]
    assert anchors_of(page.values()) == ()


def test_no_links() -> None:
    page = two({"max_output": {"value": "2", "source": "card"}}, settings=Settings(source_links="none"))
    assert cells(page["specs"])["Maximum output"][0] == "2"
    assert said(page, "sources")[0] == "Card (vendor, checked Jan 1, 2026)"
    assert _urls(page["sources"]) == []


def _urls(section: Section) -> list[str]:
    items = [inline for block in section.blocks for item in getattr(block, "items", ()) for inline in item]
    return [inline.url for inline in items if isinstance(inline, Link)]


def test_a_part_of_a_page_lists_the_sources_of_its_own_tables() -> None:
    facts = {"max_output": {"value": "2", "source": "list"}, "kind": {"value": "api-model", "source": "card"}}
    page = two(facts, sections=("summary", "specs", "related"))
    assert cells(page["specs"])["Maximum output"][0] == "2 [2]"
    assert said(page, "specs")[-2:] == ["Where these facts come from:", "[2] List (aggregator, checked May 5, 2026)"]
    assert anchors_of(page.values()) == ("source-2",)


def test_who_leaves_the_sources_out_has_no_marks() -> None:
    page = two({"max_output": {"value": "2", "source": "list"}}, exclude=("sources",))
    assert cells(page["specs"])["Maximum output"][0] == "2"
    assert every_mark(page.values()) == []
    assert "Where these facts come from:" not in said(page, "specs")


def test_sentences_alone_have_no_list_of_sources() -> None:
    page = two({"max_output": {"value": "2", "source": "list"}}, {"max_output": "1"}, sections=("tradeoffs",))
    assert cited(page["tradeoffs"].blocks) == ()
    assert not any("List" in line for line in said(page, "tradeoffs"))


# --- the legend -------------------------------------------------------------------------------------------------------


def test_the_legend_stands_once_and_explains_the_words_that_occur() -> None:
    free = {"provider": "p", "prices": [{"free": "true"}]}
    other = {"provider": "q", "prices": [{"input": "1"}, {"plan": "true", "when": {"service": "flex"}}]}
    page = two(
        {"capabilities": {"vision": "false", "reasoning": "partial"}, "routes": [free, other]},
        {"license": "undisclosed", "routes": "n/a"},
    )
    lines = [line for name in page for line in said(page, name)]
    (legend,) = [line for line in lines if line.startswith("Words on this page that stand for no figure: Unknown: ")]
    words = re.findall(r"(?<=[.:] )([A-Z][a-z ]+):", legend)
    assert words == ["Unknown", "Undisclosed", "Not applicable", "No", "Partial", "Free", "By plan"]


def test_words_that_do_not_occur_are_not_explained() -> None:
    page = two(
        {"capabilities": {"vision": "true"}},
        {"capabilities": {"vision": "false"}},
        sections=("capabilities",),
        fields=("vision",),
    )
    assert said(page, "capabilities")[-1] == (
        "Words on this page that stand for no figure: No: a source says that it is not so."
    )
    plain_page = two(
        {"capabilities": {"vision": "true"}},
        {"capabilities": {"vision": "true"}},
        sections=("capabilities",),
        fields=("vision",),
    )
    assert len(plain_page["capabilities"].blocks) == 1


@pytest.mark.parametrize(
    ("route", "word"),
    [
        ({"prices": [{"input": "1"}]}, "Not priced"),
        ({"prices": [{"free": "true"}]}, "Free"),
        ({"prices": [{"plan": "true"}]}, "By plan"),
    ],
)
def test_a_word_that_stands_only_in_a_line_below_a_table_is_explained(route: Tree, word: str) -> None:
    model = {"routes": [{"provider": "p", **route}]}
    lines = said(two(model, model, sections=("scorecard",)), "scorecard")
    assert any(f": {word}" in line for line in lines[:-1])
    assert lines[-1].startswith(f"Words on this page that stand for no figure: {word}: ")


@pytest.mark.parametrize(
    ("vision", "word"),
    [
        ({"values": [{"value": "true", "source": "card"}, {"value": "undisclosed", "source": "list"}]}, "Undisclosed"),
        ({"values": [{"value": "true", "source": "card"}, {"value": "false", "source": "list"}]}, "No"),
    ],
)
def test_a_word_that_stands_only_in_a_note_is_explained(vision: Tree, word: str) -> None:
    models: list[Tree] = [{"capabilities": {"vision": value}} for value in (vision, "true")]
    lines = said(two(*models, sections=("capabilities",), fields=("vision",)), "capabilities")
    assert f"[a] Others say {word} (List) [2]." in lines
    assert any(f"stand for no figure: {word}: " in line for line in lines)


# --- what is not the same everywhere, or old --------------------------------------------------------------------------


def test_what_a_route_says_otherwise_is_shown_with_its_source() -> None:
    routes = [
        {"provider": "p", "context_window": {"value": "500", "source": "list"}, "capabilities": {"vision": "false"}},
        {"provider": "q", "context_window": "1000"},
    ]
    page = two({"context_window": "1000", "routes": routes, "capabilities": {"vision": "true"}})
    assert cells(page["specs"])["Context window"][0] == "1,000 [a]"
    assert "[a] Differs by route: P: 500 [1]." in said(page, "specs")
    assert "[a] Differs by route: P: No." in said(page, "capabilities")
    assert any("List" in line for line in said(page, "sources"))


def test_a_fact_known_of_a_route_only_is_not_said_of_the_model() -> None:
    page = two({"routes": [{"provider": "p", "max_output": "500"}]})
    assert cells(page["specs"])["Maximum output"][0] == "Unknown [a]"
    assert "[a] Differs by route: P: 500." in said(page, "specs")


def test_an_old_fact_is_marked_in_its_cell() -> None:
    facts = {"max_output": {"value": "2", "source": "card"}, "context_window": {"value": "3", "source": "list"}}
    page = two(facts, settings=Settings(stale_after=100))
    assert cells(page["specs"])["Maximum output"][0] == "2 [1] [a]"
    assert marks(page["specs"])["Maximum output"][0] == ("stale",)
    assert "[a] Last checked more than 100 days before Jun 15, 2026." in said(page, "specs")
    assert cells(page["specs"])["Context window"][0] == "3 [2]"
    fresh = two(facts, settings=Settings(stale_after=165))
    assert cells(fresh["specs"])["Maximum output"][0] == "2 [1]"


def test_an_old_price_is_marked() -> None:
    route = {"provider": "p", "prices": [{"input": "1", "output": "2", "source": "card"}]}
    page = two({"routes": [route]}, settings=Settings(stale_after=100))
    (table,) = tables(page["pricing"])
    assert table.rows[0].head.text == "P [1] [a]"


def test_an_old_score_is_marked() -> None:
    result = {"benchmark": "b", "score": "5", "source": "card"}
    page = two({"results": [result]}, settings=Settings(stale_after=100))
    table = next(block for block in page["benchmarks"].blocks if isinstance(block, Table))
    assert table.rows[0].cells[0].text == "5 [1] [a]"
    assert table.rows[0].cells[0].marks == ("stale",)


# --- what ends, and what is announced ---------------------------------------------------------------------------------

ENDS = {
    "status: deprecated": "M is deprecated.",
    "status: deprecated, deprecated: 2026-05": "M has been deprecated since May 2026.",
    "deprecated: 2026-06-15": "M has been deprecated since Jun 15, 2026.",
    "deprecated: 2026-06": "M will be deprecated in Jun 2026.",
    "status: deprecated, shutdown: 2027-01-01": "M is deprecated and stops answering on Jan 1, 2027.",
    "status: active, shutdown: 2026": "M stops answering in 2026.",
    "status: deprecated, shutdown: 2026-06-14": "M was shut down on Jun 14, 2026.",
    "status: shutdown": "M has been shut down.",
    "status: active": "",
}


@pytest.mark.parametrize("lifecycle", ENDS)
def test_a_model_on_its_way_out_has_a_notice_before_all_else(lifecycle: str) -> None:
    held = dict(re.findall(r"(\w+): ([\w-]+)", lifecycle))
    page = two({"lifecycle": held}, sections=("scorecard", "specs"))
    first = page["scorecard"].blocks[0]
    assert (plain(first.content) if isinstance(first, Notice) else "") == ENDS[lifecycle]
    assert not any(isinstance(block, Notice) for block in page["specs"].blocks)


def test_the_notice_names_the_successor_and_its_source() -> None:
    page = two({"lifecycle": {"status": "deprecated", "successor": "n", "source": "card", "note": "Sooner *there*."}})
    (notice,) = [block for block in page["summary"].blocks if isinstance(block, Notice)]
    assert plain(notice.content) == "M is deprecated. Its successor is N. Sooner there. [1]"
    assert [inline.models for inline in notice.content if isinstance(inline, ComparisonLink)] == [("m", "n")]


def test_an_announced_price_shows_with_its_day() -> None:
    prices = [
        {"input": "1", "output": "2", "until": "2027-01-01"},
        {"input": "2", "output": "4", "from": "2027-01-01", "source": "card"},
    ]
    page = two({"routes": [{"provider": "p", "prices": prices}]})
    assert "M at P: input $2.00, output $4.00 (standard, from Jan 1, 2027) is announced. [1]" in said(page, "pricing")
    assert cells(page["scorecard"])["Cheapest input"][0] == "$1.00 at P"


def test_another_price_list_of_the_same_route_is_named() -> None:
    lists = {
        "values": [
            {"value": [{"input": "1", "output": "2"}], "source": "card"},
            {"value": [{"input": "3", "output": "4"}], "source": "list"},
        ]
    }
    page = two({"routes": [{"provider": "p", "prices": lists}]})
    assert cells(page["scorecard"])["Cheapest input"][0] == "$1.00 at P [1]"
    assert "M at P: Another source gives input $3.00, output $4.00 (standard). [2]" in said(page, "pricing")


def test_a_note_without_a_table_is_left_out() -> None:
    page = two({"max_output": "2", "note": "N."}, sections=("scorecard", "specs"), fields=("max_output",))
    assert list(page) == ["specs"]
    page = two({"note": "N."}, sections=("specs",), only_differences=True)
    assert not any("N." in line for line in said(page, "specs"))


def test_a_scorecard_without_a_row_has_no_note() -> None:
    page = two({"note": "N."}, sections=("scorecard",))
    assert said(page, "scorecard")[0].startswith("The same for both: ")


@pytest.mark.parametrize("section", ["scorecard", "cost", "specs", "pricing", "capabilities", "benchmarks"])
@pytest.mark.parametrize("transpose", [False, True])
def test_the_note_of_a_model_is_at_its_name_in_every_table(section: str, transpose: bool) -> None:
    result = {"benchmark": "b", "score": "1", "source": "card"}
    page = two(
        {
            "kind": "api-model",
            "max_output": "2",
            "capabilities": {"vision": "true"},
            "note": "Read *only* in part.",
            "results": [result],
        },
        sections=(section,),
        transpose=transpose,
    )
    tables = [block for block in page[section].blocks if isinstance(block, Table)]
    assert tables
    for table in tables:
        named = [cell for row in table.rows for cell in (row.head, *row.cells)] + list(table.header)
        assert "M [a]" in {cell.text for cell in named}
        assert "M" not in {cell.text for cell in named}
    assert said(page, section).count("[a] Read only in part.") == len(tables)

"""Pages of two models and of many, of rows chosen and rows left out, in every state and with every remark."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES
from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from sphinx_modelcmp.sections.blocks import Definitions, Link, Table
from sphinx_modelcmp.sections.labels import ROWS
from tests.compare.making import DATA, RICH, Tree, catalog_of, compared, loaded, tree_of
from tests.sections.reading import cells, full_sentences, marks, page_of, plain, tables, texts, whole

CATALOG = catalog_of(tree_of(RICH))
REAL = catalog_of(tree_of(*sorted(DATA.rglob("*.yaml"))))
TWELVE = tuple(REAL.models)[:12]
LANGUAGES = ("en", "de", "fr", "ja")


def said(page: Any, name: str) -> list[str]:
    return list(texts(page[name].blocks)) if name in page else []


HOSTS: Tree = {"p": {"name": "P"}}


def small(*models: Tree, **tables_: Any) -> Any:
    """A comparison of models given by their facts."""
    named = {f"m{i}": {"name": f"M{i}", **model} for i, model in enumerate(models)}
    return catalog_of({"catalog": {"as_of": "2026-06-15"}, **tables_, "models": named})


# --- many models ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [("alpha", "beta", "gamma"), ("gamma", "beta", "alpha")])
def test_three_models(names: tuple[str, ...]) -> None:
    page = page_of(compared(CATALOG, *names))
    assert len(page) == 13
    heads = [CATALOG.models[name].name for name in names]
    for name in ("scorecard", "specs", "capabilities", "benchmarks"):
        assert [cell.content[0].text for cell in tables(page[name])[0].header[1:4]] == heads
    assert "the largest context window" in whole([page["tradeoffs"]])
    asked = whole([page["faq"]])
    assert all(f"{name} takes " in asked for name in ("Alpha One", "Beta Two"))
    assert "Gamma Three, with 333,000 tokens" in asked
    assert "larger context" not in whole(page.values())


def test_moves_of_several_are_a_table_with_a_row_for_each_of_the_others() -> None:
    """Two models have sentences."""
    page = page_of(compared(CATALOG, "beta", "alpha", "gamma"))
    (table,) = tables(page["switching"])
    assert table.caption == "Moving from Beta Two"
    assert [cell.text for cell in table.header] == [
        "Model",
        "Providers of both",
        "Lost",
        "To check",
        "Gained",
        "Changed",
    ]
    moved = {
        name: [plain(cell.content) for cell in row.cells] for name, row in zip(("a", "g"), table.rows, strict=True)
    }
    assert [row.head.text for row in table.rows] == ["Alpha One", "Gamma Three"]
    here = "reasoning, tool use, code execution, parallel agents"
    there = "vision, multimodal input, function calling, structured outputs, computer use, KV cache INT8"
    limits = "context window: 110,000 to 111,000 instead of 222,000 [1] [2]; "
    limits += "maximum output: 11,000 to 11,100 instead of 22,200 [1] [2]"
    licenses = "license: MIT (OSI) instead of Closed terms"
    terms = "commercial use: allowed instead of with conditions"
    assert moved["a"] == [
        "North [1] [2]",
        f"{here} [1] [2]",
        "None known",
        f"{there} [1] [2]",
        f"{limits}; {licenses} [1] [2]; {terms} [1] [2]",
    ]
    assert moved["g"][:4] == [
        "None [2] [3]",
        "reasoning, tool use, code execution, integration with an IDE, parallel agents [2] [3]",
        "None known",
        "None known",
    ]
    assert "context window: 333,000 instead of 222,000 [2] [3]" in moved["g"][4]
    assert isinstance(page_of(compared(CATALOG, "beta", "alpha"))["switching"].blocks[1], Definitions)


def test_the_table_of_moves_says_what_is_to_be_checked_and_names_nobody_who_cannot_be_called() -> None:
    models: list[Tree] = [{"capabilities": {"vision": "true", "reasoning": "true"}}, {}, {}]
    models[1]["capabilities"] = {"reasoning": "false"}
    models[2]["lifecycle"] = {"status": "shutdown"}
    (table,) = tables(page_of(compared(small(*models)))["switching"])
    assert [[cell.text for cell in (row.head, *row.cells)] for row in table.rows] == [
        ["M1", "Unknown", "reasoning", "vision", "None known", "None known"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_models(language: str) -> None:
    page = page_of(compared(REAL, *TWELVE), language)
    assert len(page) == 13
    for section in page.values():
        for table in tables(section):
            for line in (table.header, *((row.head, *row.cells) for row in table.rows)):
                assert len(line) == len(table.header)
                assert all(cell.text.strip() for cell in line)
    assert len(tables(page["specs"])[0].header) == 13


def sold_at(amount: str, **route: str) -> Tree:
    return {"routes": [{"provider": "p", "prices": [{"input": amount, "output": amount}], **route}]}


def test_the_scorecard_of_many_models_has_a_row_for_each_from_the_cheapest_month() -> None:
    models = [sold_at(amount) for amount in ("4", "2", "3")]
    catalog = small({}, *models, sold_at("1", charges="incomplete"), providers={"p": {"name": "P"}})
    names = tuple(catalog.models)
    (table,) = tables(page_of(compared(catalog, *names))["scorecard"])
    assert [row.head.text for row in table.rows] == ["M2", "M3", "M1", "M0", "M4"]
    assert [row.cells[0].text for row in table.rows][3:] == ["No total: no route is known", "Not comparable"]
    rows = ["Cheapest input", "Cheapest output", "Provider routes"]
    assert [head.text for head in table.header] == ["Model", "A month", *rows]
    for asked in ({"fields": ("context_window", "kind")}, {"exclude": ("cost",)}, {"only_differences": True}):
        (chosen,) = tables(page_of(compared(catalog, *names, **asked))["scorecard"])
        assert [head.text for head in chosen.header] == ["Signal", "M0", "M1", "M2", "M3", "M4"]
    (few,) = tables(page_of(compared(catalog, *names[:4]))["scorecard"])
    assert few.across


def test_many_columns_have_short_figures_and_sentences_have_full_ones() -> None:
    wide, narrow = page_of(compared(REAL, *TWELVE[:4])), page_of(compared(REAL, *TWELVE[:5]))
    assert any(re.fullmatch(r"\d+,\d{3}.*", text) for text in cells(wide["specs"])["Context window"])
    assert all(re.fullmatch(r"[\d.]+[kM].*|Unknown", text) for text in cells(narrow["specs"])["Context window"])
    assert re.search(r"context window: \d{1,3}(,\d{3})+ tokens", whole([narrow["tradeoffs"]]))


PAGES = {
    "pair": compared(CATALOG, "alpha", "beta"),
    "three": compared(CATALOG),
    "bare": compared(small({}, {})),
    "flagship": compared(REAL, "codex-1", "qwen3.5-4b"),
    "vendors": compared(REAL, "gpt-5.4", "qwen3.5-9b"),
    "twelve": compared(REAL, *TWELVE),
}
CARRIED = re.compile(r"^\[\w+\] ")
"""A note, which is below each table that shows its fact."""


@pytest.mark.parametrize("which", PAGES)
def test_no_two_sections_share_a_sentence_of_ours(which: str) -> None:
    page = page_of(PAGES[which])
    notes = {line for section in page.values() for line in texts(section.blocks) if CARRIED.match(line)}
    for one, other in combinations(page.values(), 2):
        shared = full_sentences(one) & full_sentences(other)
        assert not {sentence for sentence in shared if not any(sentence in note for note in notes)}, (
            one.name,
            other.name,
        )


@pytest.mark.parametrize("which", PAGES)
def test_no_phrase_is_left_unfilled(which: str) -> None:
    text = whole(page_of(PAGES[which]).values())
    assert "{" not in text
    assert "  " not in text
    assert "None," not in text
    assert not re.search(r"\w\(|\( | \)| [,.;]|\.\.|,,", text.replace("...", "").replace("|  |", "")), text


# --- thin pages ----------------------------------------------------------------------------------------------------


def test_two_models_of_which_nothing_is_known_make_a_page_without_a_claim() -> None:
    page = page_of(PAGES["bare"])
    assert said(page, "summary")[0].startswith("The catalog does not decide between M0 and M1: ")
    assert said(page, "summary")[1] == "This page compares M0 and M1."
    assert said(page, "tradeoffs") == ["No fact in the catalog puts one of these models clearly ahead."]
    assert said(page, "switching") == [
        "Too little is known of these models to say what a move between them would change."
    ]
    assert said(page, "sources") == ["No source is recorded for these facts."]
    assert said(page, "faq") == ["The catalog has no answer to what is usually asked here."]
    remarks = [f"No route of {name} is recorded, so its prices are unknown, not zero." for name in ("M0", "M1")]
    assert said(page, "pricing") == remarks
    for name in ("specs", "capabilities", "scorecard"):
        *same, line = said(page, name)
        assert same == (["The same for both: shared benchmarks: None."] if name == "scorecard" else [])
        assert line.startswith("No source states for either model: ")
    assert "Choose" not in whole(page.values())
    assert "No (" not in whole(page.values())


STATES = {
    "unknown": "Unknown",
    "undisclosed": "Undisclosed",
    "n/a": "Not applicable",
    "false": "No",
    "true": "Yes",
    "partial": "Partial",
}
MARKS = {"n/a": "not-applicable", "false": "no", "true": "yes"}


@pytest.mark.parametrize("word", STATES)
def test_every_state_of_a_flag_has_its_own_word_and_mark(word: str) -> None:
    page = page_of(compared(small({"capabilities": {"vision": word}}, {}), unknown_rows=True))
    assert cells(page["capabilities"])["Vision"] == (STATES[word], "Unknown")
    assert marks(page["capabilities"])["Vision"] == ((MARKS.get(word, word),), ("unknown",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_words_are_six_in_every_language(language: str) -> None:
    models = [{"capabilities": {"vision": word}} for word in STATES]
    line = cells(page_of(compared(small(*models)), language)["capabilities"])
    assert len(set(next(iter(line.values())))) == 6


@pytest.mark.parametrize("word", ["unknown", "undisclosed", "n/a"])
@pytest.mark.parametrize("row", ["Released", "Context window", "License", "Parameters", "Openness"])
def test_states_of_specs_have_the_same_words(word: str, row: str) -> None:
    key = row.lower().replace(" ", "_")
    page = page_of(compared(small({key: word}, {}), unknown_rows=True))
    assert cells(page["specs"])[row] == (STATES[word], "Unknown")


def test_the_legend_explains_the_words_that_stand_in_the_table_and_no_others() -> None:
    catalog = small(*[{"capabilities": dict.fromkeys(cap_names(), word)} for word in ("true", "undisclosed")])
    page = page_of(compared(catalog, sections=("capabilities",), fields=("vision",)))
    assert said(page, "capabilities")[-1] == (
        "Words on this page that stand for no figure: Undisclosed: who makes or sells it does not say."
    )


def cap_names() -> list[str]:
    return list(CATALOG.models["gamma"].capabilities.keys() - {"kv_int8"})


@pytest.mark.parametrize(
    ("routes", "line"),
    [
        ("undisclosed", "Where {} can be called, and for how much, is undisclosed."),
        ("unknown", "No route of {} is recorded, so its prices are unknown, not zero."),
        ([], "No route of {} is recorded, so its prices are unknown, not zero."),
        ("n/a", "{} has no price by the token: not applicable."),
    ],
)
def test_the_pricing_section_stays_where_no_model_has_a_price(routes: Any, line: str) -> None:
    comparison = compared(small({"routes": routes}, {"routes": routes}))
    found = said(page_of(comparison), "pricing")
    assert found[:2] == [line.format(model.name) for model in comparison.models]


def test_notes_give_every_digit_where_cells_are_short() -> None:
    """Of two figures that are short alike a note would say nothing."""
    model = {
        "context_window": {"values": [{"value": 262144, "source": "card"}, {"value": 262142, "source": "list"}]},
        "routes": [{"provider": "p", "context_window": 262140}],
    }
    listed = {"sources": SOURCES, "providers": {"p": {"name": "P"}}}
    page = page_of(compared(small(model, *[{}] * 4, **listed)))
    assert cells(page["specs"])["Context window"][0].startswith("262k")
    notes = " ".join(said(page, "specs"))
    assert "Others say 262,142" in notes
    assert "Differs by route: P: 262,140" in notes


NAMED = ("tool_use", "license", "cheapest_output", "vision", "released", "context_window", "cheapest_input")


@pytest.mark.parametrize("fields", [NAMED, NAMED[::-1]])
@pytest.mark.parametrize("section", ["scorecard", "specs", "pricing", "capabilities"])
def test_named_rows_stand_in_the_order_of_their_names(fields: tuple[str, ...], section: str) -> None:
    labels = {name: ROWS[name].label for name in fields}
    found = list(cells(page_of(compared(CATALOG, "alpha", "beta", fields=fields))[section]))
    assert len(found) > 1
    assert found == [label for label in labels.values() if label in found]


@pytest.mark.parametrize(
    ("row", "values", "is_first"),
    [
        ("context_window", (1, 2, 2), True),
        ("context_window", (1, "unknown", "n/a"), True),
        ("context_window", ("unknown", "unknown", "n/a"), False),
        ("released", ("2025", "2026", "2026"), True),
        ("openness", ("open-weights", "proprietary", "proprietary"), False),
        ("architecture", ("dense", "dense", "mixture"), False),
    ],
)
@pytest.mark.parametrize("transpose", [True, False])
def test_a_row_says_that_its_most_comes_first_where_models_are_ordered(
    row: str, values: tuple[Any, ...], is_first: bool, transpose: bool
) -> None:
    comparison = compared(small(*({row: value} for value in values)), fields=(row,), transpose=transpose)
    (table,) = tables(page_of(comparison)["specs"])
    head = table.header[1] if transpose else table.rows[0].head
    assert ("highest-first" in head.marks) is is_first


@pytest.mark.parametrize(("models", "is_first"), [(2, False), (3, True)])
def test_a_yes_comes_before_a_no_where_there_is_an_order(models: int, is_first: bool) -> None:
    answers = [{"capabilities": {"vision": word}} for word in ("true", "false", "partial")[:models]]
    (table,) = tables(page_of(compared(small(*answers), fields=("vision",)))["capabilities"])
    assert ("highest-first" in table.rows[0].head.marks) is is_first


# --- what is asked for ----------------------------------------------------------------------------------------------


def test_only_the_rows_that_differ() -> None:
    page = page_of(compared(CATALOG, "beta", "gamma", only_differences=True))
    assert "Vision" not in cells(page["capabilities"])
    assert "Commercial use" not in cells(page["specs"])
    assert "6 rows without a known difference are left out." in said(page, "capabilities")
    assert "1 row without a known difference is left out." in said(page, "specs")
    assert not any("left out" in line for line in texts(page_of(compared(CATALOG))["specs"].blocks))


def test_a_table_in_which_nothing_differs_is_left_out_and_says_so() -> None:
    page = page_of(compared(small({}, {}), only_differences=True, unknown_rows=True))
    assert not tables(page["capabilities"])
    assert said(page, "capabilities") == ["10 rows without a known difference are left out."]


SILENT = {"code_execution", "parallel_agents"}
FLAGS = [name for name in CAPABILITIES if name not in SILENT]


def flags(**of: str) -> Tree:
    """A model that is documented with all but the silent ones, where nothing else is said."""
    return {"capabilities": {**dict.fromkeys(FLAGS, "true"), **of}}


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "No source states: code execution, parallel agents."),
        (2, "No source states for either model: code execution, parallel agents."),
        (3, "No source states for any of these models: code execution, parallel agents."),
    ],
)
@pytest.mark.parametrize("transpose", [False, True])
def test_what_no_source_says_of_any_model_is_a_line_and_no_row(number: int, line: str, transpose: bool) -> None:
    """What is the same for all stays, and so do not applicable and undisclosed, and what one model has."""
    catalog = small(flags(vision="n/a"), flags(vision="undisclosed", code_execution="true"), flags(vision="n/a"))
    models = {1: ("m0",), 2: ("m0", "m2"), 3: ("m0", "m1", "m2")}[number]
    request = Request(models=models, sections=("capabilities",), transpose=transpose)
    comparison = compare(catalog, request, Settings(), alone=True).comparison
    assert comparison
    page = page_of(comparison)
    (table,) = tables(page["capabilities"])
    heads = [cell.text for cell in table.header[1:]] if transpose else list(cells(page["capabilities"]))
    assert len(heads) == len(FLAGS) + (number == 3)
    if number == 3:
        line = line.replace("code execution, ", "")
    assert [text for text in said(page, "capabilities") if text.startswith("No source states")] == [line]


@pytest.mark.parametrize("transpose", [False, True])
def test_of_a_table_without_a_known_row_the_line_is_all(transpose: bool) -> None:
    page = page_of(compared(small({}, {}), sections=("specs", "capabilities"), transpose=transpose))
    assert [section.title for section in page.values()] == ["Specifications", "Capabilities"]
    assert [len(section.blocks) for section in page.values()] == [1, 1]
    assert "organization, release date, context window, " in said(page, "specs")[0]


@pytest.mark.parametrize(
    "asked",
    [{"unknown_rows": True}, {"settings": Settings(unknown_rows=True)}, {"fields": ("architecture", "vision")}],
    ids=["option", "value", "named"],
)
def test_unknown_rows_stay_where_somebody_asks_for_them(asked: Any) -> None:
    page = page_of(compared(small({}, {}), sections=("specs", "capabilities"), **asked))
    assert cells(page["specs"])["Architecture"] == cells(page["capabilities"])["Vision"] == ("Unknown", "Unknown")
    assert "No source states" not in whole(page.values())


def test_a_row_without_a_value_stays_for_what_else_is_said_of_it() -> None:
    """The author's note, and a route that says what nobody says of the model."""
    route = {"provider": "p", "capabilities": {"vision": "true"}, "max_output": "5"}
    model = {"architecture": {"value": "unknown", "note": "We asked."}, "routes": [route]}
    page = page_of(compared(small(model, {}, providers=HOSTS), sections=("specs", "capabilities")))
    assert list(cells(page["specs"])) == ["Maximum output", "Architecture"]
    assert list(cells(page["capabilities"])) == ["Vision"]
    assert "[a] Differs by route: P: Yes." in said(page, "capabilities")


@pytest.mark.parametrize(
    ("label", "language", "said"),
    [
        ({"label": "Bauart"}, "en", "bauart"),
        ({"label": "Bauart"}, "de", "Bauart"),
        ({"label": "GPU class"}, "en", "GPU class"),
        ({"label": "Bauart", "in_sentence": "kind of Bauart"}, "en", "kind of Bauart"),
    ],
)
def test_the_line_has_the_labels_of_the_house(label: Tree, language: str, said: str) -> None:
    fields = {"architecture": {**label, "group": "specs", "type": "text"}}
    catalog = loaded({"fields": fields, "models": {name: {"name": name} for name in ("a", "b")}}).catalog
    assert f", {said}, " in next(texts(page_of(compared(catalog), language)["specs"].blocks))


@pytest.mark.parametrize("language", [*LANGUAGES, "es", "zh_CN"])
def test_the_line_is_one_in_every_language(language: str) -> None:
    (line,) = said(page_of(compared(small({}, {})), language), "capabilities")
    assert (line.startswith("No source"), line.count("Vision")) == (language == "en", 0)


def test_the_word_that_stands_in_no_table_is_not_explained() -> None:
    pages = [
        whole(page_of(compared(small(flags(), flags(tool_use=word)), sections=("capabilities",))).values())
        for word in ("true", "unknown")
    ]
    assert ["Unknown: no source in the catalog says; it is not a No." in page for page in pages] == [False, True]


def test_a_row_that_is_left_out_is_counted_or_named() -> None:
    page = page_of(compared(small(flags(), flags(vision="false")), only_differences=True, sections=("capabilities",)))
    left_out = said(page, "capabilities").index("7 rows without a known difference are left out.")
    unsaid = "No source states for either model: code execution, parallel agents."
    assert said(page, "capabilities")[left_out + 1] == unsaid


@pytest.mark.parametrize("name", ["specs", "pricing", "capabilities"])
def test_a_transposed_table_says_the_same(name: str) -> None:
    pages = (page_of(compared(CATALOG, transpose=turned, exclude=("scorecard",))) for turned in (False, True))
    across, down = (tables(page[name])[0] for page in pages)
    assert (across.across, down.across) == (True, False)
    assert down.caption == across.caption
    assert [cell.text for cell in down.header] == ["Model", *(row.head.text for row in across.rows)]
    assert [row.head.text for row in down.rows] == [cell.text for cell in across.header[1:]]
    # The letters of notes go with the order of reading.
    said = [[(cell.content[0].text, cell.marks, cell.value) for cell in row.cells] for row in down.rows]
    columns = zip(*(row.cells for row in across.rows), strict=True)
    assert said == [[(cell.content[0].text, cell.marks, cell.value) for cell in column] for column in columns]
    assert not any(row.differs for row in down.rows)


def test_the_notes_of_a_transposed_table_are_lettered_in_its_order() -> None:
    models = [
        {"context_window": {"value": 1, "note": f"W{i}."}, "license": {"value": "n/a", "note": f"L{i}."}}
        for i in (1, 2)
    ]
    page = page_of(compared(small(*models), transpose=True, sections=("specs",)))
    notes = [line[:6] for line in said(page, "specs") if line.startswith("[")]
    assert notes == ["[a] W1", "[b] L1", "[c] W2", "[d] L2"]


def test_a_transposed_table_leaves_columns_out() -> None:
    page = page_of(compared(CATALOG, "beta", "gamma", only_differences=True, transpose=True))
    assert "6 columns without a known difference are left out." in said(page, "capabilities")
    assert "1 column without a known difference is left out." in said(page, "specs")
    page = page_of(compared(small(flags(), flags()), only_differences=True, transpose=True))
    assert not tables(page["capabilities"])


def test_rows_can_be_chosen() -> None:
    page = page_of(compared(CATALOG, "alpha", "beta", fields=("released", "vision", "min_gpu", "cheapest_input")))
    assert list(cells(page["specs"])) == ["Released", "Smallest GPU"]
    assert list(cells(page["capabilities"])) == ["Vision"]
    assert list(cells(page["pricing"])) == ["Cheapest input"]
    assert len(tables(page["pricing"])) == 1
    assert list(cells(page["scorecard"])) == ["Cheapest input"]


def test_benchmarks_can_be_chosen_and_nothing_false_is_said_of_the_others() -> None:
    page = page_of(compared(CATALOG, "alpha", "beta", benchmarks=("race",)))
    assert [line.split(" (")[0] for line in cells(page["benchmarks"])] == ["Race Track"]
    assert len(tables(page["benchmarks"])) == 1
    lonely = page_of(compared(CATALOG, "alpha", "beta", benchmarks=("duel",)))
    assert "Quiz" not in whole([lonely["benchmarks"]])
    assert not re.search(r"No benchmark in the catalog|holds no benchmark", whole(lonely.values()))
    more = {"more": {"name": "More", "scale": "points"}}
    tree = tree_of(RICH)
    none = page_of(
        compared(
            catalog_of({**tree, "benchmarks": {**tree["benchmarks"], **more}}), "alpha", "beta", benchmarks=("more",)
        )
    )
    assert not tables(none["benchmarks"])
    assert not re.search(r"No benchmark in the catalog|holds no benchmark", whole(none.values()))


def test_a_section_speaks_of_another_one_only_where_that_is_on_the_page() -> None:
    assert "costs the least" in whole([page_of(compared(CATALOG))["summary"]])
    page = page_of(compared(CATALOG, exclude=("cost",)))
    assert "costs the least" not in whole([page["summary"]])


def test_sections_in_another_order_have_all_their_titles() -> None:
    page = page_of(compared(CATALOG, sections=("specs", "summary")))
    assert [section.title for section in page.values()] == ["Specifications", "In short"]


# --- notes, disputes, sources -----------------------------------------------------------------------------------------


SOURCES = {
    "card": {"title": "Card", "kind": "vendor", "checked": "2026-01-01", "url": "https://card.example"},
    "list": {"title": "List", "kind": "aggregator", "checked": "2026-05-05"},
    "blog": {"title": "Blog"},
}


def test_notes_stand_below_the_table_once_each() -> None:
    note = {"value": "1000", "note": "Native *only*."}
    page = page_of(
        compared(small({"context_window": note, "max_output": note}, {"max_output": {"value": "5", "note": "Other."}}))
    )
    lines = cells(page["specs"])
    assert lines["Context window"] == ("1,000 [a]", "Unknown")
    assert lines["Maximum output"] == ("1,000 [a]", "5 [b]")
    assert [line for line in said(page, "specs") if CARRIED.match(line)] == ["[a] Native only.", "[b] Other."]


def test_a_disputed_value_shows_the_most_trusted_reading_and_names_the_others() -> None:
    stated = [
        {"value": "false", "source": "blog"},
        {"value": "true", "source": "card", "note": "By default."},
        {"value": "partial", "source": "list"},
        {"value": "true", "source": "list"},
    ]
    page = page_of(compared(small({"capabilities": {"reasoning": {"values": stated}}}, {}, sources=SOURCES)))
    assert cells(page["capabilities"])["Reasoning"][0] == "Yes [1] [2] [a]"
    assert marks(page["capabilities"])["Reasoning"][0] == ("yes", "disputed")
    assert "[a] By default. Others say Partial (List) [2]; No (Blog) [3]." in said(page, "capabilities")


def test_a_dispute_is_told_once_and_the_scorecard_says_where() -> None:
    stated = [{"value": "5000", "source": "card"}, {"value": "6000", "source": "list"}]
    routes = [{"provider": "p", "context_window": 7000, "source": "list"}]
    tree = small({"context_window": {"values": stated}, "routes": routes}, {}, sources=SOURCES, providers=HOSTS)
    note = "[a] Sources or routes give other values: see the specifications."
    page = page_of(compared(tree))
    assert said(page, "scorecard").count(note) == 1
    assert not any("6,000" in text or "7,000" in text for text in said(page, "scorecard"))
    assert all(any(value in text for text in said(page, "specs")) for value in ("6,000", "7,000"))
    alone = page_of(compared(tree, exclude=("specs",)))
    assert all(any(value in text for text in said(alone, "scorecard")) for value in ("6,000", "7,000"))


def test_readings_that_agree_are_no_dispute() -> None:
    stated = [{"value": "5", "source": "list"}, {"value": "5", "source": "card"}]
    page = page_of(compared(small({"max_output": {"values": stated}}, {}, sources=SOURCES)))
    assert cells(page["specs"])["Maximum output"][0] == "5 [1] [2]"
    assert marks(page["specs"])["Maximum output"][0] == ()


def test_a_state_is_disputed_in_its_word() -> None:
    stated = [{"value": "undisclosed", "source": "card"}, {"value": "4e9", "source": "list"}]
    page = page_of(compared(small({"parameters": {"values": stated}}, {}, sources=SOURCES)))
    assert cells(page["specs"])["Parameters"][0] == "Undisclosed [1] [a]"
    assert "[a] Others say 4B (List) [2]." in said(page, "specs")


def test_sources_are_linked_and_old_checks_are_said_to_be_old() -> None:
    catalog = small({"max_output": {"value": "5", "source": ["card", "list"]}}, {}, sources=SOURCES)
    page = page_of(compared(catalog, settings=Settings(stale_after=100)))
    assert said(page, "sources") == [
        "[1] Card (vendor, checked Jan 1, 2026; more than 100 days old)",
        "[2] List (aggregator, checked May 5, 2026)",
        "Last reviewed: May 5, 2026; the oldest check dates from Jan 1, 2026.",
    ]
    links = [inline for block in page["sources"].blocks for item in getattr(block, "items", ()) for inline in item]
    assert [link.url for link in links if isinstance(link, Link)] == ["https://card.example"]
    fresh = page_of(compared(catalog, settings=Settings(stale_after=165)))
    assert "days old" not in whole(fresh.values())


# --- prices -----------------------------------------------------------------------------------------------------------


def priced(*routes: Any, **request: Any) -> Any:
    listed = [{"routes": route if isinstance(route, str) else [{"provider": "p", "prices": route}]} for route in routes]
    return compared(small(*listed, providers={"p": {"name": "P"}}), **request)


NO_TOTAL = {
    "n/a": "Not applicable",
    "undisclosed": "undisclosed",
    "unknown": "no route is known",
    "free": "free of charge",
    "plan": "subscription",
    "dynamic": "by the minute",
    "input": "no price is known for output",
    "output": "no price is known for input",
}


@pytest.mark.parametrize("reason", NO_TOTAL)
def test_without_a_total_the_reason_stands_in_its_place(reason: str) -> None:
    states = {"n/a", "undisclosed", "unknown"}
    route = reason if reason in states else [{reason: "true" if reason in {"free", "plan", "dynamic"} else "1"}]
    page = page_of(priced(route, [{"input": "1", "output": "2"}]))
    first, second = cells(page["cost"]).values()
    assert NO_TOTAL[reason].lower() in first[0].lower()
    assert second[0] == "$160.00"
    assert "$0" not in whole([page["cost"]])
    mark = {"n/a": "not-applicable", "undisclosed": "undisclosed"}.get(
        reason, reason if reason in {"free", "plan", "dynamic"} else "unknown"
    )
    assert tables(page["cost"])[0].rows[0].cells[0].marks == (mark,)


def test_totals_in_two_currencies_are_refused_in_words() -> None:
    page = page_of(priced([{"input": "1", "output": "2"}], [{"input": "1", "output": "2", "currency": "EUR"}]))
    assert [line[0] for line in cells(page["cost"]).values()] == ["$160.00", "€160.00"]
    assert "The totals stand in EUR and USD, and are not set against each other." in said(page, "cost")
    assert "costs the least" not in whole(page.values())
    assert len(tables(page["cost"])[0].header) == 3


def test_the_difference_of_totals_is_exact() -> None:
    page = page_of(priced([{"input": "free", "output": "1e-28"}], [{"input": "1e20", "output": "3"}]))
    assert cells(page["cost"])["M1"][2] == "$10,000,000,000,000,000,000,089.999999999999999999999999997"


def test_zero_is_no_price_and_free_is_a_word() -> None:
    lines = [{"input": "0", "output": "2"}], [{"free": "true"}], [{"input": "free", "output": "1"}]
    page = page_of(priced(*lines, exclude=("scorecard",)))
    assert cells(page["pricing"])["Cheapest input"] == ("Not priced", "Free at P", "Free at P")
    assert [cell.value for cell in tables(page["pricing"])[0].rows[0].cells] == ["", "0", "0"], "what it is sorted by"
    listed = [
        ([head.text for head in table.header], cells(page["pricing"], i)["P"])
        for i, table in enumerate(tables(page["pricing"])[1:], 1)
    ]
    assert listed == [
        (["Route", "Output"], ("$2.00",)),
        (["Route", "Price"], ("Free",)),
        (["Route", "Input", "Output"], ("Free", "$1.00")),
    ]
    said = "The list gives 0 for input without calling it free, so that is not counted as a price."
    assert whole([page["pricing"]]).count(said) == 1


def test_a_price_list_has_a_row_a_route_and_what_other_terms_change_in_the_cells() -> None:
    lines = [
        {"input": 1, "output": 4, "cache_read": "0.06", "request": 0.5},
        {"input": 2, "when": {"input_above": 1000}},
        {"input": 0.5, "when": {"service": "batch"}},
        {"output": 3, "when": {"service": "batch", "input_above": 1000}},
        {"output": 9, "when": {"hours": {"from": "22:00", "to": "06:00"}, "days": ["sat"]}},
    ]
    page = page_of(priced(lines, [{"input": 1, "output": 1}]))
    captions = [table.caption.partition(" on ")[0] for table in tables(page["pricing"])]
    assert captions == ["Price list of M0", "Price list of M1"]
    assert cells(page["pricing"]) == {
        "P": (
            # A batch of a size that its list does not price for input is billed as every batch.
            "$1.00; above 1,000 input tokens: $2.00; batch: $0.50; batch, above 1,000 input tokens: $0.50",
            "$4.00; batch, above 1,000 input tokens: $3.00; Sat, 22:00 to 06:00 UTC: $9.00",
            "$0.06",
            "$0.50",
        )
    }
    assert cells(page["pricing"], 1) == {"P": ("$1.00", "$1.00")}, "what no route of a model prices has no column"


def test_a_factor_of_all_token_prices_is_said_once() -> None:
    above = {"input_above": 1000}
    lines = [
        {"input": 1, "output": 4, "web_search": 10},
        {"input": 2, "output": 6, "when": above},
        *({"input": "0.5", "output": 2, "when": {"service": name}} for name in ("batch", "flex")),
        *({"input": 1, "output": 3, "when": {"service": name, **above}} for name in ("batch", "flex")),
        {"input": "2.5", "output": 10, "web_search": 12, "when": {"service": "priority"}},
    ]
    page = page_of(
        priced(lines, [{"input": 1, "output": 4}, {"input": "0.33", "output": "1.3", "when": {"service": "batch"}}])
    )
    assert cells(page["pricing"]) == {
        "P; batch and flex: half the price per token": (
            # Priority has no price of its own above the size, so it is no factor of all prices.
            "$1.00; above 1,000 input tokens: $2.00; priority: $2.50",
            "$4.00; above 1,000 input tokens: $6.00; priority: $10.00",
            "$10.00; priority: $12.00",
        )
    }
    assert cells(page["pricing"], 1) == {"P": ("$1.00; batch: $0.33", "$4.00; batch: $1.30")}
    page = page_of(priced([lines[0], lines[-1]], []))
    assert cells(page["pricing"]) == {
        "P; priority: 2.5 times the price per token": ("$1.00", "$4.00", "$10.00; priority: $12.00")
    }


def test_dates_of_a_whole_list_are_said_once() -> None:
    dated = {"input": 1, "output": 2, "from": "2026-01-01"}
    page = page_of(priced([dated], [dated, {"cache_read": 1}]))
    assert cells(page["pricing"]) == {"P; from Jan 1, 2026": ("$1.00", "$2.00")}
    assert cells(page["pricing"], 1) == {"P": ("from Jan 1, 2026: $1.00", "from Jan 1, 2026: $2.00", "$1.00")}


def test_what_only_another_route_prices_is_not_priced() -> None:
    routes = [
        {"provider": "p", "prices": [{"input": 1, "output": 1, "cache_read": 1, "request": 1}]},
        {"provider": "p", "region": "eu", "prices": [{"input": 1, "output": 1}]},
    ]
    page = page_of(compared(small({"routes": routes}, {}, providers=HOSTS)))
    # What a total counts as nothing is not called unpriced.
    assert cells(page["pricing"])["P (eu)"] == ("$1.00", "$1.00", "Not priced", "None")


def test_a_route_of_whose_prices_nothing_is_said_is_a_line_and_no_row() -> None:
    priced, silent = (
        {"provider": "p", "prices": [{"input": 1, "output": 1}]},
        {"provider": "p", "region": "us", "id": "m"},
    )
    pages = [page_of(compared(small({"routes": held}, {}, providers=HOSTS))) for held in ([priced, silent], [silent])]
    assert all("M0 at P (us): No source states: prices (m)." in whole([page["pricing"]]) for page in pages)
    assert "P (us)" not in cells(pages[0]["pricing"])
    assert not [block for block in pages[1]["pricing"].blocks if isinstance(block, Table)]
    stated = [{**silent, "prices": "undisclosed"}]
    page = page_of(compared(small({"routes": stated}, {}, providers=HOSTS)))
    assert cells(page["pricing"])["P (us) m"] == ("Undisclosed",)


def test_the_providers_have_a_row_where_no_price_list_names_them() -> None:
    priced = [{"provider": "p", "prices": [{"input": 1, "output": 1}]}]
    known, unknown = small({"routes": priced}, {}, providers=HOSTS), small({}, {})
    assert "Provider routes" not in cells(page_of(compared(known, exclude=("scorecard",)))["pricing"])
    assert "Provider routes" in cells(page_of(compared(known, fields=("providers",)))["pricing"])
    assert "Provider routes" in cells(page_of(compared(unknown, exclude=("scorecard",)))["pricing"])


def test_the_scorecard_has_the_cheapest_prices_and_without_it_a_table_has_them() -> None:
    """With their notes, and in its lines where they are the same for both or where nobody says any."""
    old = {"source": "card", "prices": [{"input": 1, "output": 2}]}
    models: list[Tree] = [
        {"routes": {"value": [{"provider": "p", **old}], "note": "Sold out.", "source": "card"}, "note": "Small."},
        {"routes": [{"provider": "p", "prices": [{"input": 1, "output": 3}]}]},
        {"routes": {"value": "n/a", "note": "Never sold."}},
    ]
    catalog = small(*models, {}, {}, providers=HOSTS, sources=SOURCES)
    for names in (("m0", "m1"), ("m0", "m2"), ("m2", "m3"), ("m3", "m4")):
        asked: dict[str, Any] = {"settings": Settings(stale_after=30), "sections": ("scorecard", "pricing")}
        both = page_of(compared(catalog, *names, **asked))
        alone = page_of(compared(catalog, *names, exclude=("scorecard",), **asked))
        (table, *lists), named = tables(alone["pricing"]), both["scorecard"].blocks
        assert [held.caption for held in tables(both["pricing"])] == [held.caption for held in lists]
        assert table.caption.startswith("Cheapest prices of ")
        assert all(held.caption.startswith("Price list of ") for held in lists)
        shown = {
            row.head.text: [cell.text for cell in row.cells] for held in named for row in getattr(held, "rows", ())
        }
        lines = [line for line in texts(named) if line.startswith(("The same", "No source"))]
        for row in table.rows:
            label = {"Cheapest input": "input price", "Cheapest output": "output price"}.get(row.head.text, "providers")
            if row.head.text in shown:
                pairs = zip(row.cells, shown[row.head.text], strict=True)
                assert all(said.startswith(cell.text) for cell, said in pairs), (names, label)
            else:
                values = {cell.text for cell in row.cells}
                said = label if values == {"Unknown"} else f"{label}: {values.pop()}"
                assert any(said in line for line in lines), (names, label)
        notes = {line.partition("] ")[2] for line in texts(alone["pricing"].blocks) if CARRIED.match(line)}
        assert notes <= {line.partition("] ")[2] for line in whole(both.values()).splitlines()}, names


def test_what_has_ended_is_apart_from_the_price_lists() -> None:
    routes = [
        {"provider": "p", "prices": [{"input": 2, "output": 3, "until": "2026-01-01"}]},
        {"provider": "p", "region": "eu", "lifecycle": {"shutdown": "2026-02"}, "prices": [{"input": 5}]},
        {"provider": "p", "region": "us", "charges": "incomplete", "prices": [{"input": 7, "output": 8}]},
        {"provider": "p", "region": "jp", "prices": [{"input": 9, "from": "2027-01-01"}]},
    ]
    page = page_of(compared(small({"routes": routes}, {}, providers={"p": {"name": "P"}})))
    assert list(cells(page["pricing"])) == ["P (us)"]
    assert cells(page["scorecard"])["Cheapest input"][0] == "$7.00 at P (us)"
    said = whole([page["pricing"]])
    assert "M0 at P: Ended Jan 1, 2026. The last prices were input $2.00, output $3.00" in said
    assert "The last prices were input $5.00 (standard)." in said
    assert "M0 at P (us): The source names charges that are not listed here." in said
    assert "M0 at P (jp): input $9.00 (standard, from Jan 1, 2027) is announced." in said


def test_a_model_that_goes_on_elsewhere_says_where() -> None:
    routes = [
        {"provider": "p", "prices": [{"input": 1, "output": 2}]},
        {"provider": "p", "region": "eu", "lifecycle": {"shutdown": "2027"}, "prices": [{"input": 3, "output": 4}]},
    ]
    page = page_of(compared(small({"lifecycle": {"shutdown": "2026-01"}, "routes": routes}, {}, providers=HOSTS)))
    assert "M0 was shut down in Jan 2026 and goes on at P (eu)." in whole(page.values())
    assert cells(page["scorecard"])["Cheapest input"][0] == "$3.00 at P (eu)"
    assert "M0 at P: Ended Jan 2026." in whole([page["pricing"]])


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ((1000, 5000), "5,000 or, at P, 1,000 tokens of context"),
        ((1000, None), "5,000 or, at P, 1,000 tokens of context"),
        # A size within a tenth is the same one, and of several routes it would be a list.
        ((4900, None), "4,900 to 5,000 tokens of context"),
        ((1000, 1000), ", 1,000 tokens of context"),
    ],
)
def test_a_window_that_is_smaller_at_a_route_is_said_with_it(limits: tuple[int | None, ...], told: str) -> None:
    names = zip(("p", "q"), limits, strict=True)
    routes = [{"provider": name, **({"context_window": size} if size else {})} for name, size in names]
    held = {"kind": "api-model", "context_window": 5000, "routes": routes}
    page = page_of(compared(small(held, {}, providers={"p": {"name": "P"}, "q": {"name": "Q"}})))
    assert told in whole([page["summary"]])


@pytest.mark.parametrize(("month", "words"), [("2026-01", "deprecated since Jan"), ("2026-06", "deprecated from Jun")])
def test_a_deprecation_is_past_or_ahead_in_the_banner_and_in_the_table(month: str, words: str) -> None:
    page = page_of(compared(small({"lifecycle": {"deprecated": month}}, {})))
    is_past = words.startswith("deprecated since")
    assert cells(page["specs"])["Lifecycle"][0].lower().startswith(words.lower())
    assert ("M0 has been deprecated since" in whole(page.values())) is is_past
    assert ("M0 will be deprecated" in whole(page.values())) is not is_past


def test_a_list_without_the_step_of_another_route_says_so() -> None:
    stepped = [{"input": 1, "output": 2}, {"input": 2, "when": {"input_above": 200000}}]
    routes = [{"provider": "p", "prices": stepped}, {"provider": "p", "region": "eu", "prices": stepped[:1]}]
    remark = "M0 at P (eu): Other routes ask more for larger requests. No such step is listed here."

    def said(*more: Tree) -> str:
        held = [*routes[:1], {**routes[1], **(more[0] if more else {})}]
        return whole([page_of(compared(small({"routes": held}, {}, providers=HOSTS)))["pricing"]])

    assert remark in said()
    assert remark not in said({"charges": "complete"})


def test_one_dispute_of_a_price_is_named_once_under_one_name() -> None:
    lists = [{"input": 1, "output": 2}], [{"input": 1, "output": 3}]
    values = [{"value": prices, "source": name} for prices, name in zip(lists, ("s", "t"), strict=True)]
    tree = small(
        {"routes": [{"provider": "p", "prices": {"values": values}}]},
        {"routes": [{"provider": "p", "prices": [{"input": 9, "output": 9}]}]},
        providers=HOSTS,
        sources={"s": {"title": "S", "kind": "vendor"}, "t": {"title": "T"}},
    )
    said = whole(page_of(compared(tree)).values())
    assert said.count("Sources disagree on") == 1
    assert "Sources disagree on the output price of M0: $2.00 at P or $3.00 at P." in said


def test_two_routes_or_models_that_would_read_alike_have_their_ids() -> None:
    routes = [{"provider": "p", "id": name, "prices": [{"input": 1, "output": 2}]} for name in ("x", "x:fast")]
    models = {"name": "Same", "organization": "o", "routes": routes}, {"name": "Same"}
    tree = small(*models, providers={"p": {"name": "P"}}, organizations={"o": {"name": "O"}})
    page = page_of(compared(tree, all_routes=True))
    assert list(cells(page["pricing"])) == ["P x", "P x:fast"]
    named = [row.cells[0].text for row in tables(page["cost"])[1].rows]
    assert named == ["P (x)", "P (x:fast)"]
    assert "Same (m0)" in whole([page["summary"]])
    makers = [{"name": "Same", "organization": name} for name in ("o", "q")]
    page = page_of(compared(small(*makers, organizations={"o": {"name": "O"}, "q": {"name": "Q"}})))
    assert "Same (O) and Same (Q)" in whole([page["summary"]])


def test_every_disputed_route_and_fact_of_a_route_is_shown_with_who_says_so() -> None:
    window = {"values": [{"value": 5000, "source": "card"}, {"value": 66600, "source": "list"}]}
    one = [{"provider": "p", "context_window": window, "prices": [{"input": 2, "output": 3}]}]
    other = [{"provider": "q", "prices": [{"input": "0.5", "output": 1}]}]
    lists = {"values": [{"value": one, "source": "card"}, {"value": other, "source": "list", "note": "Resold."}]}
    sources = {name: {"title": name, "kind": "vendor"} for name in ("card", "list")}
    tree = small({"routes": lists}, {}, providers={"p": {"name": "P"}, "q": {"name": "Q"}}, sources=sources)
    page = page_of(compared(tree))
    said = whole([page["pricing"]])
    assert "M0: Another source gives other routes: Q: input $0.50, output $1.00 (standard). [2] Resold." in said
    assert "Others say Q (list: Resold) [2]." in whole([page["scorecard"]])
    assert "P: 5,000 [1] (others say 66,600 (list) [2])" in whole([page["specs"]])
    assert len([item for block in page["sources"].blocks for item in getattr(block, "items", ())]) == 2


def test_absurd_figures_do_not_break_a_page() -> None:
    models = [
        {"context_window": "1", "routes": [{"provider": "p", "prices": [{"input": "1e-30", "output": "1e-30"}]}]},
        {"context_window": "1e30", "routes": [{"provider": "p", "prices": [{"input": "1e30", "output": "9e29"}]}]},
    ]
    for language in LANGUAGES:
        assert page_of(compared(small(*models, providers={"p": {"name": "P"}})), language)


# --- what authors may write -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["{x}", "{0}", "{", "}", "{{model}}", "%s", "%(model)s", "$x", "\\N{BULLET}", "{model.name}", "模型", "a|b"]
)
def test_a_name_never_breaks_or_fills_a_phrase(name: str) -> None:
    tree = tree_of(RICH)
    for table in ("models", "providers", "organizations", "licenses", "benchmarks", "sources", "fields", "traffic"):
        for record in tree[table].values():
            for key in {"name", "title", "label", "unit"} & record.keys():
                record[key] = name
    for model in tree["models"].values():
        model |= {"summary": name, "best_for": [name], "fits": [name], "architecture": name}
        for result in model["results"]:
            result["variant"] = name
    page = page_of(compared(loaded(tree).catalog))
    assert name in whole(page.values())
    assert len(page) == 13
    text = whole(page.values()).replace(name, "")
    assert "{" not in text
    assert "%" not in re.sub(r"\d%", "", text)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "**A**", "[A](javascript:x)", "`A`", "|A|", ":ref:`A`"])
def test_markup_in_a_name_is_text(name: str) -> None:
    tree = tree_of(RICH)
    tree["models"]["alpha"]["name"] = name
    page = page_of(compared(loaded(tree).catalog, "alpha", "beta"))
    assert tables(page["specs"])[0].header[1].content[0].text == name
    kinds = {
        type(inline).__name__
        for section in page.values()
        for table in tables(section)
        for cell in table.header
        for inline in cell.content
    }
    assert kinds == {"Text", "SourceMark"}

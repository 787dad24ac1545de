"""The scorecard of a few models: what parts them first, with bars and ratios, then what is the same for all."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from tests.compare.making import RICH, Tree, catalog_of, compared, loaded, tree_of
from tests.sections.reading import cells, marks, page_of, tables, texts

SAME = "shared benchmarks: None."
PRICES = ["Cheapest input", "Cheapest output"]
ROWS = ["Product type", "Best for", "Decision fit", "Context window", *PRICES, "Provider routes"]


def catalog(*models: Tree) -> Any:
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "sources": {name: {"title": name, "kind": "vendor"} for name in "st"} | {"blog": {"title": "Blog"}},
        "models": {f"m{i}": {"name": f"M{i}", **model} for i, model in enumerate(models)},
    }
    return loaded(tree).catalog


def scorecard(*models: Tree, **request: Any) -> Any:
    return page_of(compared(catalog(*models), **request))["scorecard"]


def lines(*models: Tree, **request: Any) -> list[str]:
    """What stands below the table."""
    return [text for text in texts(scorecard(*models, **request).blocks) if text.startswith(("The same", "No source"))]


def drawn(row: str, *models: Tree, **request: Any) -> list[tuple[str, str]]:
    """The ratio and the bar of each cell."""
    section = scorecard(*models, **request)
    ratios = [text.partition("; ")[2] for text in cells(section)[row]]
    bars = [next((name for name in held if name.startswith("bar-")), "") for held in marks(section)[row]]
    return list(zip(ratios, bars, strict=True))


def priced(price: Any, **more: Any) -> Tree:
    return {"routes": [{"provider": "p", "prices": [{"input": price, "output": price, **more}]}]}


def window(*sizes: Any) -> list[Tree]:
    return [{"context_window": size} for size in sizes]


def disputed(one: Any, other: Any, name: str = "t") -> Tree:
    return {"values": [{"value": one, "source": "s"}, {"value": other, "source": name}]}


def unsettled(one: Any, other: Any) -> Tree:
    """A model of which two sources give another price."""
    lists = [[{"input": price, "output": price}] for price in (one, other)]
    return {"routes": [{"provider": "p", "prices": disputed(lists[0], lists[1])}]}


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((1000, 2000), [("50% less", "bar-50"), ("", "bar-100")]),
        ((2000, 1500), [("", "bar-100"), ("25% less", "bar-75")]),
        ((1000, 100000), [("99% less", "bar-5"), ("", "bar-100")]),
        ((1, 1000000), [("99% less", "bar-5"), ("", "bar-100")]),
        ((4000, 3000, 1000), [("", "bar-100"), ("25% less", "bar-75"), ("75% less", "bar-25")]),
        # Level sizes part nobody.
        ((131072, 128000), [("", ""), ("", "")]),
        ((2000, None), [("", ""), ("", "")]),
        ((4000, None, 2000), [("", "bar-100"), ("", ""), ("50% less", "bar-50")]),
        ((disputed(1000, 1500), 2000), [("", ""), ("", "")]),
        ((disputed(1000, 1500, "blog"), 2000), [("50% less", "bar-50"), ("", "bar-100")]),
        ((disputed(1000, 5000), 2000), [("", ""), ("", "")]),
    ],
)
def test_a_size_has_a_bar_and_its_ratio_to_the_largest(sizes: Any, expected: list[tuple[str, str]]) -> None:
    assert drawn("Context window", *({"context_window": size} if size else {} for size in sizes)) == expected


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ((2, 3), [("", "bar-65"), ("50% more", "bar-100")]),
        ((4, 2), [("2 times as much", "bar-100"), ("", "bar-50")]),
        ((1, 30), [("", "bar-5"), ("30 times as much", "bar-100")]),
        ((2, "2.1"), [("", ""), ("", "")]),
        ((2, "free"), [("", ""), ("", "")]),
    ],
)
def test_a_price_has_its_ratio_to_the_least(prices: tuple[Any, Any], expected: list[tuple[str, str]]) -> None:
    assert drawn("Cheapest output", *map(priced, prices)) == expected


def test_the_month_comes_first_with_its_ratio() -> None:
    models = [{**priced(price), "kind": kind} for price, kind in ((2, "api-model"), (3, "coding-model"))]
    assert list(cells(scorecard(*models))) == ["A month", *PRICES, "Product type"]
    assert cells(scorecard(*models))["A month"] == ("$260.00", "$390.00; 50% more")
    assert drawn("A month", *models) == [("", "bar-65"), ("50% more", "bar-100")]
    assert marks(scorecard(*models))["A month"][0] == ("best", "bar-65")
    assert drawn("A month", priced(2), priced(3, currency="EUR")) == [("", ""), ("", "")]
    dear = unsettled(3, 4)
    assert drawn("A month", priced(2), dear) == [("", ""), ("", "")]
    assert "A month" not in cells(scorecard(*models, exclude=("cost",)))
    assert "A month" not in cells(scorecard({**priced(1), **models[0]}, {"kind": "coding-model"}))


@pytest.mark.parametrize("row", ["A month", "Cheapest output"])
def test_where_the_best_one_has_no_amount_the_others_have_no_ratio(row: str) -> None:
    """Fifty percent more than the second one would be read as more than the best."""
    unsure = unsettled("1", "1.2")
    assert [ratio for ratio, _ in drawn(row, unsure, priced(2), priced(3))] == [""] * 3


def test_a_free_price_leaves_the_others_without_a_ratio() -> None:
    found = drawn("Cheapest output", priced("free"), priced(1), priced(3))
    assert [ratio for ratio, _ in found] == [""] * 3


@pytest.mark.parametrize(
    ("models", "same"),
    [
        (window(1000, 1000), "The same for both: context window: 1,000; " + SAME),
        (window(1000, 1000, 1000), "The same for all: context window: 1,000; " + SAME),
        (window({"value": 1000, "source": "s"}, {"value": 1000, "source": "t"}), "context window: 1,000 [1] [2]; "),
        (window(1000, 1001), "The same for both: " + SAME),
        (window(1000, {"value": 1000, "note": "N."}), "The same for both: " + SAME),
        (window(1000, disputed(1000, 2000, "blog")), "The same for both: " + SAME),
        ([*window(1000), {**window(1000)[0], "routes": [{"provider": "p", "context_window": 800}]}], SAME),
    ],
)
def test_what_is_the_same_for_all_is_a_line_with_its_sources(models: list[Tree], same: str) -> None:
    (line, _) = lines(*models)
    assert same in line
    assert ("context window" in line) is ("context window" in same)
    section = scorecard(*models)
    assert [name for table in tables(section) for name in cells_of(table)].count("Context window") == (
        "context window" not in same
    )


def test_a_line_has_the_unit_of_its_prices_where_no_caption_has_it() -> None:
    line, *_ = lines(priced(1), priced(1), exclude=("cost",))
    assert "input price: $1.00 at P;" in line
    assert line.endswith("shared benchmarks: None. Prices are per million tokens.")
    captioned, *_ = lines(*({**priced(1), "kind": kind} for kind in ("api-model", "coding-model")), exclude=("cost",))
    assert captioned.endswith(SAME)
    assert not [line for line in lines(*window(1000, 1000)) if "per million" in line]


def test_equal_prices_are_no_difference_and_equal_cells_stand_in_a_line() -> None:
    def written(other: str) -> Any:
        prices = [[{"input": 1, "output": 2, "cache_read": read}] for read in (0.1, 0.2)]
        routes = [{"provider": name, "prices": list_} for name, list_ in zip(("p", other), prices, strict=True)]
        tree = {
            "catalog": {"as_of": "2026-06-15"},
            "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
            "models": {f"m{i}": {"name": f"M{i}", "routes": [route]} for i, route in enumerate(routes)},
        }
        return page_of(compared(loaded(tree).catalog, exclude=("cost",)))["scorecard"]

    (table,) = tables(written("q"))
    found = {row.head.text: row.differs for row in table.rows}
    assert found == {**dict.fromkeys(PRICES, False), "Provider routes": True}
    line, *_ = texts(written("p").blocks)
    assert "input price: $1.00 at P; output price: $2.00 at P; providers: P;" in line


def cells_of(table: Any) -> list[str]:
    return [row.head.text for row in table.rows]


def test_what_nobody_says_is_a_line_and_a_row_where_somebody_asks_for_it() -> None:
    unsaid = "product type, best uses, decision fit, input price, output price, providers"
    assert lines(*window(1000, 2000))[1] == f"No source states for either model: {unsaid}."
    asked = scorecard(*window(1000, 2000), unknown_rows=True)
    assert list(cells(asked)) == ["Context window", *PRICES, *ROWS[:3], "Provider routes"]


def test_rows_that_part_for_certain_come_before_those_that_only_differ() -> None:
    models = [{"kind": kind, "context_window": size} for kind, size in (("api-model", 1), ("coding-model", 2))]
    assert list(cells(scorecard(*models))) == ["Context window", "Product type"]
    assert list(cells(scorecard(models[0], {**models[1], "context_window": 1}))) == ["Product type"]
    unsure = [{**model, **priced(price)} for model, price in zip(models, (1, 2), strict=True)]
    unsure[1]["context_window"] = disputed(2, 1)
    rows = [*PRICES, "Context window", "Product type"]
    assert list(cells(scorecard(*unsure, exclude=("cost",)))) == rows


@pytest.mark.parametrize(
    ("asked", "heads"),
    [
        ({"fields": ("context_window", "kind")}, ["Context window", "Product type"]),
        ({"fields": ("kind", "context_window")}, ["Product type", "Context window"]),
        ({"only_differences": True}, ["Context window", *PRICES]),
        ({"transpose": True}, [*ROWS, "Shared benchmarks"]),
    ],
    ids=["rows", "other rows", "differences", "columns"],
)
def test_who_chooses_rows_or_turns_them_round_gets_them_as_they_are(asked: Any, heads: list[str]) -> None:
    section = scorecard(*({"context_window": size, **priced(size)} for size in (1000, 2000)), **asked)
    (table,) = tables(section)
    assert heads == (cells_of(table) if table.across else [cell.text for cell in table.header[1:]])
    windows = [row for row in table.rows if row.head.text == "Context window"]
    found = windows[0].cells if table.across else [row.cells[3] for row in table.rows]
    assert [(cell.text, cell.marks[-1]) for cell in found] == [("1,000; 50% less", "bar-50"), ("2,000", "bar-100")]
    assert not [text for text in texts(section.blocks) if text.startswith("The same")]


def test_one_model_has_all_rows() -> None:
    rich = catalog_of(tree_of(RICH))
    alone = compare(rich, Request(models=("alpha",), sections=("scorecard",)), Settings(), alone=True).comparison
    assert alone
    assert list(cells(page_of(alone)["scorecard"])) == ROWS


def test_of_many_models_each_has_a_row_with_its_bars() -> None:
    """Without a month to rank them by they stay side by side, as few models do."""
    models = [{**priced(price), "context_window": size} for price, size in ((4, 2000), (1, 4000), (2, 8000), (3, 1500))]
    (table,) = tables(scorecard(*models, {"context_window": 4000}))
    shown = {row.head.text: [(cell.text, cell.marks[-1:]) for cell in row.cells[:2]] for row in table.rows}
    assert list(shown) == ["M1", "M2", "M3", "M0", "M4"]
    assert shown["M1"] == [("$130.00", ("bar-25",)), ("4k; 50% less", ("bar-50",))]
    assert shown["M0"] == [("$520.00; 4 times as much", ("bar-100",)), ("2k; 75% less", ("bar-25",))]
    assert shown["M4"] == [("No total: no route is known", ("unknown",)), ("4k; 50% less", ("bar-50",))]
    (table,) = tables(scorecard(*window(1000, 2000, 3000, 4000, 5000)))
    assert table.across
    assert cells_of(table) == ["Context window"]


@pytest.mark.parametrize(("checked", "aged"), [("2026-03-17", "; oldest fact 90 days old"), ("2026-03-18", "")])
def test_the_caption_tells_an_age_that_matters(checked: str, aged: str) -> None:
    facts = {"value": 1000, "source": "s", "checked": checked}
    (table,) = tables(scorecard({"context_window": facts}, {"context_window": 2000}))
    assert table.caption == f"Scorecard of M0 and M1; prices per million tokens{aged}"


# --- the memory of the weights, among the questions -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "memory"),
    [
        ({"openness": "open-weights", "parameters": "4e9"}, "8 GB at 16 bit and 2 GB at 4 bit"),
        ({"openness": "open-weights", "parameters": "7e9"}, "14 GB at 16 bit and 3.5 GB at 4 bit"),
        ({"openness": "open-source", "parameters": "0.6e9"}, "1.2 GB at 16 bit and 0.3 GB at 4 bit"),
        (
            {"openness": "open-weights", "parameters": {"total": "1e12", "active": "3e10"}},
            "2,000 GB at 16 bit and 500 GB",
        ),
        ({"openness": "proprietary", "parameters": "4e9"}, ""),
        ({"openness": "open-weights"}, ""),
        ({"openness": "open-weights", "parameters": disputed("4e9", "5e9")}, ""),
        ({"parameters": "4e9"}, ""),
    ],
)
def test_open_weights_of_a_known_size_take_so_much_memory(model: Tree, memory: str) -> None:
    page = page_of(compared(catalog(model, {"openness": "open-weights", "license": "n/a"})))
    asked = dict(line.split(" | ") for line in texts(page["faq"].blocks))
    answer = asked["Can I run them myself?"]
    assert ("the weights alone take about" in answer) is bool(memory)
    assert memory in answer

"""The record of a comparison: values without loss, states, sources, evidence; and what catalogs can do to it."""

from __future__ import annotations

import ast
import json
import pickle
import pickletools
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.sections.registry import statements, write
from sphinx_modelcmp.structured import payload
from sphinx_modelcmp.structured.payload import document
from tests.compare.making import RICH, Tree, catalog_of, compared, loaded, tree_of
from tests.structured.publishing import assert_valid, published, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_modelcmp.catalog.records import Catalog


CATALOG = catalog_of(tree_of(RICH))
SOURCES = {
    "card": {"title": "A card", "url": "https://card.example/", "kind": "vendor", "checked": "2026-06-01"},
    "list": {"title": "A list", "kind": "aggregator", "checked": "2026-05-01"},
}
LONG = "1" + "0" * 28 + "7"


def small(*models: Tree, **tables: Any) -> Catalog:
    """A catalog of models given by their facts, all from one source."""
    named = {f"m{i}": {"name": f"M{i}", "source": "card", **model} for i, model in enumerate(models)}
    return catalog_of({"catalog": {"as_of": "2026-06-15"}, "sources": SOURCES, **tables, "models": named})


def rows(held: Any) -> dict[str, Any]:
    return {row["name"]: row for row in held["rows"]}


def test_values_are_those_of_the_catalog() -> None:
    found = rows(record(compared(CATALOG, "alpha", "beta")))
    values = {name: row["facts"]["alpha"]["value"] for name, row in found.items() if "value" in row["facts"]["alpha"]}
    assert values["organization"] == {"type": "reference", "id": "acme", "name": "Acme Labs"}
    assert values["context_window"] == {"type": "quantity", "value": "111000", "unit": "tokens"}
    assert values["parameters"] == {"type": "parameters", "total": "11000000000", "active": "1100000000"}
    assert values["released"] == {"type": "date", "value": "2026-01-11", "precision": "day"}
    assert values["knowledge_cutoff"] == {"type": "date", "value": "2025-01", "precision": "month"}
    assert values["min_gpu"] == {"type": "quantity", "value": "11", "unit": "GB"}
    assert values["kind"] == {"type": "text", "value": "api-model"}
    assert values["best_for"] == {"type": "texts", "value": ["long letters"]}
    assert values["vision"] == {"type": "flag", "value": "yes"}
    assert values["reasoning"] == {"type": "flag", "value": "no"}
    assert found["min_gpu"]["label"] == "Smallest GPU"
    assert found["min_gpu"]["better"] == "lower"


def test_every_state_is_said_and_only_a_known_one_has_a_value() -> None:
    states = {"context_window": "undisclosed", "max_output": "n/a"}
    held = record(compared(small({**states, "capabilities": {"vision": False}}, {"context_window": 5})))
    facts = {name: row["facts"]["m0"] for name, row in rows(held).items()}
    assert [(facts[name]["state"], facts[name]["text"]) for name in (*states, "license")] == [
        ("undisclosed", "Undisclosed"),
        ("n/a", "Not applicable"),
        ("unknown", "Unknown"),
    ]
    assert facts["vision"]["value"] == {"type": "flag", "value": "no"}
    assert all(("value" in fact) == (fact["state"] == "known") for fact in facts.values())


def test_nothing_is_known() -> None:
    held = record(compared(small({}, {})))
    assert {fact["state"] for row in held["rows"] for fact in row["facts"].values()} == {"known", "unknown"}
    known = [row["name"] for row in held["rows"] if row["facts"]["m0"]["state"] == "known"]
    assert known == ["shared_benchmarks"], "which is counted, and not stated"
    assert (held["routes"], held["results"]) == ([], {"shared": [], "apart": []})
    assert [month["why"] for month in held["costs"]["months"]] == ["no route", "no route"]
    assert held["evidence"] == []


@pytest.mark.parametrize("digits", [LONG, f"0.{LONG[1:]}", "123456789012345678901.234567891"])
def test_long_numbers_lose_no_digit(digits: str) -> None:
    route = {"provider": "north", "prices": [{"input": digits, "output": digits}]}
    catalog = small(
        {"routes": [route], "parameters": LONG, "context_window": LONG},
        {},
        providers={"north": {"name": "North"}},
        traffic={"t": TRAFFIC},
    )
    held = record(compared(catalog))
    (listed,) = held["routes"][0]["prices"]
    assert [component["amount"] for component in listed["components"]] == [digits, digits]
    facts = {name: row["facts"]["m0"] for name, row in rows(held).items()}
    assert (facts["parameters"]["value"]["total"], facts["context_window"]["value"]["value"]) == (LONG, LONG)
    total = Decimal(held["costs"]["months"][0]["total"]["amount"])
    assert total * 1_000_000 == Decimal(digits) * 3


TRAFFIC = {"label": "T", "requests": 1, "input": 1, "output": 2}


def test_every_price_has_its_currency_and_unit() -> None:
    price = {
        "input": "1.50",
        "web_search": 10,
        "when": {"input_above": 1000, "hours": {"from": "22:00", "to": "06:00"}},
    }
    later = {"input": 2, "output": "free", "request": 0, "from": "2026-07-01"}
    route = {"provider": "north", "id": "x", "currency": "EUR", "prices": [price, later]}
    held = record(compared(small({"routes": [route]}, {}, providers={"north": {"name": "North"}})))
    (listed,) = held["routes"]
    (line,) = listed["prices"]
    assert line["components"] == [
        {"component": "input", "amount": "1.5", "currency": "EUR", "per": 1_000_000, "unit": "tokens"},
        {"component": "web_search", "amount": "10", "currency": "EUR", "per": 1000, "unit": "searches"},
    ]
    assert line["when"] == {"input_above": "1000", "hours": ["22:00", "06:00"], "timezone": "UTC"}
    assert [(item["since"], item["components"][1]["amount"]) for item in listed["announced"]] == [("2026-07-01", "0")]
    assert listed["announced"][0]["zeros"] == ["request"]
    assert listed["route"] == {"provider": {"id": "north", "name": "North"}, "id": "x", "region": None}


def test_a_month_is_that_of_the_page_with_its_lines() -> None:
    comparison = compared(CATALOG, "alpha", "beta")
    held = record(comparison)
    assert held["costs"]["traffic"]["cache_hit"] == "0.5"
    for month in held["costs"]["months"]:
        lines = sum(Decimal(line["cost"]) for line in month["lines"])
        assert Decimal(month["total"]["amount"]) == lines
    assert "routes" not in held["costs"]
    routes = record(compared(CATALOG, "alpha", "beta", all_routes=True))["costs"]["routes"]
    assert len(routes) == len(held["routes"])


def test_other_sources_and_what_they_say_stand_beside_the_fact() -> None:
    disputed = {"values": [{"value": 10, "source": "card"}, {"value": 20, "source": "list", "note": "counted *twice*"}]}
    held = record(compared(small({"context_window": disputed}, {"context_window": 15})))
    fact = rows(held)["context_window"]["facts"]["m0"]
    numbers = {source["id"]: source["number"] for source in held["sources"]}
    assert fact["sources"] == [numbers["card"]]
    assert [(other["value"]["value"], other["sources"], other["note"]) for other in fact["others"]] == [
        ("20", [numbers["list"]], "counted *twice*")
    ]
    disputed_evidence = [item for item in held["evidence"] if item["field"] == "context_window"]
    assert [item.get("disputed", False) for item in disputed_evidence] == [True, False]


def test_what_differs_at_a_route_stands_beside_the_fact() -> None:
    route = {"provider": "north", "context_window": 50, "capabilities": {"vision": False}}
    model = {"context_window": 100, "capabilities": {"vision": True}, "routes": [route]}
    found = rows(record(compared(small(model, {}, providers={"north": {"name": "North"}}))))
    said = [(found[name]["facts"]["m0"]["routes"][0]["value"]["value"]) for name in ("context_window", "vision")]
    assert said == ["50", "no"]


def test_what_a_source_says_in_place_of_a_price() -> None:
    ended: Any = [{"provider": "north", "lifecycle": {"shutdown": "2026-02"}, "prices": [{"input": 2}]}]
    batch: Any = [
        {"provider": "north", "charges": "incomplete", "prices": [{"input": 1, "when": {"service": "batch"}}]}
    ]
    held = record(compared(small({"routes": ended}, {"routes": batch}, providers={"north": {"name": "North"}})))
    over, only = (fact["value"] for fact in rows(held)["cheapest_input"]["facts"].values())
    assert (over["type"], over["why"], over["date"], over["was"]["amount"]) == ("no price", "ended", "2026-02", "2")
    assert (only["why"], only["routes"][0]["provider"]["id"]) == ("conditions", "north")
    gone, living = held["routes"]
    assert (gone["life"], gone["prices"], gone["past"][0]["components"][0]["amount"]) == ("ended", [], "2")
    assert gone["lifecycle"]["shutdown"] == "2026-02"
    assert (living["life"], living["charges"]) == ("alive", "incomplete")


def test_disputed_routes_have_both_lists() -> None:
    lists: Any = [[{"provider": name, "prices": [{"input": 1}]}] for name in ("north", "south")]
    window = {"values": [{"value": 10, "source": "card"}, {"value": 20, "source": "list"}]}
    lists[0][0]["context_window"] = window
    routes = {"values": [{"value": one, "source": source} for one, source in zip(lists, ("card", "list"), strict=True)]}
    providers = {"north": {"name": "North"}, "south": {"name": "South"}}
    held = record(compared(small({"routes": routes}, {}, providers=providers)))
    assert [item["route"]["provider"]["id"] for item in held["other_routes"]] == ["south"]
    facts = {name: row["facts"]["m0"] for name, row in rows(held).items()}
    assert [named["id"] for named in facts["providers"]["others"][0]["value"]["value"]] == ["south"]
    assert facts["context_window"]["routes"][0]["others"][0]["value"]["value"] == "20"


def test_the_better_value_is_named_where_there_is_one() -> None:
    found = rows(record(compared(CATALOG, "alpha", "beta")))
    assert found["context_window"]["best"] in (["alpha"], ["beta"])
    assert found["context_window"]["differs"] is True
    assert found["organization"]["best"] == []
    assert "better" not in found["released"], "to be newer is no advantage for everybody"


def test_sources_are_numbered_as_on_the_page() -> None:
    comparison = compared(CATALOG, "alpha", "beta")
    (section,) = [section for section in write(comparison, "en") if section.name == "sources"]
    bullets: Any = section.blocks[0]
    shown = ["".join(inline.text for inline in item) for item in bullets.items]
    listed = record(comparison)["sources"]
    assert all(
        text.startswith(f"[{source['number']}] {source['title']}") for text, source in zip(shown, listed, strict=False)
    )
    assert len(listed) >= len(shown) > 2


def exact(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


def place(held: Any) -> dict[str, Any]:
    return {"provider": held["provider"]["id"], "id": held["id"], "region": held["region"]}


def price(held: Any) -> dict[str, Any]:
    paid = held["price"]
    money = {"component": paid["component"], "amount": Decimal(paid["amount"]), "currency": paid["currency"]}
    return {**money, **place(held["route"])}


PLAIN: dict[str, Callable[[Any], Any]] = {
    "date": lambda held: held["value"],
    "flag": lambda held: {"yes": "true", "no": "false"}.get(held["value"], held["value"]),
    "parameters": lambda held: {"total": Decimal(held["total"]), "active": exact(held.get("active"))},
    "price": price,
    "quantity": lambda held: Decimal(held["value"]),
    "reference": lambda held: held["id"],
    "route": lambda held: held["route"]["provider"]["id"],
    "routes": lambda held: tuple(place(route) for route in held["routes"]),
    "score": lambda held: Decimal(held["score"]),
    "text": lambda held: held["value"],
    "texts": lambda held: tuple(held["value"]),
}
"""What ``Evidence.plain`` is, read from a value of the record."""


def test_every_sentence_stands_there_with_its_evidence() -> None:
    comparison = compared(CATALOG, "alpha", "beta", "gamma")
    held = record(comparison)
    said = statements(comparison, "en")
    assert [(claim["section"], claim["text"]) for claim in held["claims"]] == [
        (item.section, item.text) for item in said
    ]
    for claim, statement in zip(held["claims"], said, strict=True):
        found = [held["evidence"][i] for i in claim["evidence"]]
        assert [(item["model"], item["field"]) for item in found] == [(e.model_id, e.field) for e in statement.evidence]
        assert [PLAIN[item["value"]["type"]](item["value"]) for item in found] == [e.plain for e in statement.evidence]


@pytest.mark.parametrize("left_out", ["cost", "pricing", "benchmarks", "specs", "faq"])
def test_what_the_page_leaves_out_is_left_out(left_out: str) -> None:
    parts = {"cost": "costs", "pricing": "routes", "benchmarks": "results"}
    held = record(compared(CATALOG, "alpha", "beta", exclude=(left_out,)))
    assert parts.get(left_out) not in held
    assert left_out not in {section for row in held["rows"] for section in row["sections"]}
    assert left_out not in {claim["section"] for claim in held["claims"]}


def test_only_rows_that_the_tables_show() -> None:
    comparison = compared(CATALOG, "alpha", "beta", fields=("context_window", "vision"), only_differences=True)
    shown = {row.name for rows in (comparison.specs(), comparison.capabilities()) for row in comparison.shown(rows)}
    held = record(comparison)
    assert set(rows(held)) == shown
    assert "routes" not in held, "with rows chosen the page has no price lists"


def test_rows_that_a_line_names_are_there() -> None:
    bare = loaded({"models": {name: {"name": name} for name in ("a", "b")}}).catalog
    held = rows(record(compared(bare)))
    assert {"architecture", "code_execution"} <= held.keys()
    assert held == rows(record(compared(bare, unknown_rows=True)))


def test_results_keep_their_conditions_and_why_they_stand_apart() -> None:
    held = record(compared(CATALOG, "alpha", "beta", "gamma"))["results"]
    assert held["shared"]
    for shared in held["shared"]:
        assert len(shared["results"]) > 1
        assert set(shared["best"]) <= set(shared["results"])
    for apart in held["apart"]:
        assert apart["replaced"] or "differs" in apart or "rival" not in apart


def test_text_of_any_kind_survives() -> None:
    """What would end a script, an address of 2,000 characters, letters of every script."""
    name = "</script><!-- <b>&amp; “é” 模型 نموذج \U0001f600 \\ \" '"
    url = f"https://card.example/{'a' * 1979}"
    tree = {
        "sources": {"card": {"title": name, "url": url}},
        "models": {"m0": {"name": name, "note": name, "context_window": 1000, "source": "card"}, "m1": {"name": "M1"}},
    }
    found = loaded(tree)
    assert {problem.code for problem in found.problems} == {Code.MARKUP}
    held = record(compared(found.catalog))
    assert held["models"][0]["name"] == name
    assert [(source["title"], source["url"]) for source in held["sources"]] == [(name, url)]


def test_several_comparisons_share_a_document() -> None:
    one, other = published(compared(CATALOG, "alpha", "beta")), published(compared(CATALOG, "beta", "gamma"))
    anchors = {"summary": "a-summary", "specs": 'odd "<'}
    text = document([one._replace(anchors=anchors), other], "../schema.json")
    held = json.loads(text)
    assert_valid(held)
    assert (held["$schema"], held["version"]) == ("../schema.json", 1)
    assert [list(item["anchors"]) for item in held["comparisons"]] == [list(anchors), []]
    assert len(text.splitlines()) == 4, "a line for each, between the head and the end"


def test_totals_are_those_of_the_page() -> None:
    """The texts of the record are the texts of the page."""
    comparison = compared(CATALOG, "alpha", "beta")
    (section,) = [section for section in write(comparison, "de") if section.name == "cost"]
    cells = {cell.text for block in section.blocks for row in getattr(block, "rows", ()) for cell in row.cells}
    months = [month for month in record(comparison, "de")["costs"]["months"] if "total" in month]
    assert months
    assert all(any(cell.startswith(month["text"]) for cell in cells) for month in months)


def test_pages_are_written_without_the_rest_of_the_package() -> None:
    kept = pickle.dumps(published(compared(CATALOG, "alpha", "beta")))
    named = {text for _, text, _ in pickletools.genops(kept) if str(text).startswith("sphinx_modelcmp")}
    assert named == {payload.__name__}
    tree = ast.parse(Path(payload.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(module and module.startswith("sphinx_modelcmp") for module in modules)

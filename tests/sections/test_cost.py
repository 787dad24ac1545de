"""The section on cost: totals, what they rest on, where their order changes, and every route."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.comparison import Request, Settings
from sphinx_modelcmp.compare.digest import digest
from sphinx_modelcmp.compare.pricing import Why
from sphinx_modelcmp.sections.values import ASSUMPTIONS, WITHOUT_TOTAL
from tests.compare.making import Tree, compared, loaded
from tests.sections.reading import cells, marks, page_of, tables, texts

if TYPE_CHECKING:
    from sphinx_modelcmp.sections.blocks import Section


EURO: Tree = {"currency": "EUR"}
RATE: Tree = {"from": "EUR", "to": "USD", "rate": "1.1", "date": "2026-06-01", "source": ["bank"]}


def cost_of(
    *models: Any, rates: Any = (), all_routes: bool = False, kinds: Tree | None = None, **traffic: str
) -> Section:
    """The section for models given by their routes, or by the price list of their only one."""
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "sources": {"bank": {"title": "Central Bank", "checked": "2026-06-01"}},
        "rates": list(rates),
        "traffic": {"t": {"label": "T", "requests": "1000", "input": "2000", "output": "500", **traffic}},
        "models": {
            f"m{i}": {
                "name": f"M{i}",
                "kind": (kinds or {}).get(f"m{i}", "api-model"),
                "routes": routes if "provider" in routes[0] else [route(*routes)],
            }
            for i, routes in enumerate(models)
        },
    }
    return page_of(compared(loaded(tree).catalog, sections=("cost",), all_routes=all_routes))["cost"]


def route(*prices: Tree, **rest: Any) -> Tree:
    return {"provider": "p", "prices": list(prices), **rest}


def price(into: str, out: str, **rest: Any) -> Tree:
    return {"input": into, "output": out, **rest}


def said(section: Section) -> list[str]:
    return list(texts(section.blocks))


def test_every_assumption_and_every_reason_has_its_words() -> None:
    assert ASSUMPTIONS.keys() == {*Assumption}
    assert {*WITHOUT_TOTAL, Why.MISSING, Why.AMBIGUOUS} == {*Why}


def test_the_difference_to_the_cheapest() -> None:
    section = cost_of([price("1", "2")], [price("1", "1")], [price("2", "2")])
    assert cells(section) == {
        "M0": ("$3.00", "P", "$0.50"),
        "M1": ("$2.50", "P", "$0.00"),
        "M2": ("$5.00", "P", "$2.50"),
    }
    assert marks(section)["M1"][0] == ("best",)
    assert len(tables(section)) == 1


def test_equal_months_have_no_best_one() -> None:
    section = cost_of([price("1", "2")], [price("2", "free")], cache_hit="0", input="1000", output="500")
    assert cells(section) == {"M0": ("$2.00", "P", "$0.00"), "M1": ("$2.00", "P", "$0.00")}
    assert marks(section)["M0"] == marks(section)["M1"] == ((), (), ())


def test_totals_in_two_currencies_are_compared_by_a_rate_that_is_named() -> None:
    section = cost_of([price("1", "1")], [price("1", "1", **EURO)], rates=[RATE])
    assert cells(section) == {"M0": ("$2.50", "P", "$0.00"), "M1": ("€2.50 ($2.75)", "P", "$0.25")}
    assert "€1.00 counts as $1.10, the rate of Jun 1, 2026 from Central Bank. [1]" in said(section)
    assert not [line for line in said(section) if "not set against" in line]


def test_a_rate_without_a_source_is_named_without() -> None:
    bare = {key: value for key, value in RATE.items() if key != "source"}
    section = cost_of([price("1", "1")], [{"input": "1"}, {"output": "1", **EURO}], rates=[bare])
    assert cells(section)["M1"][0] == "$2.55"
    assert "€1.00 counts as $1.10, the rate of Jun 1, 2026." in said(section)


def test_a_rate_moves_the_digest_where_a_price_is_in_its_currency() -> None:
    def digest_with(title: str, **currency: str) -> str:
        route = {"provider": "p", "prices": [price("1", "1", **currency)]}
        tree = {
            "sources": {"bank": {"title": title}},
            "providers": {"p": {"name": "P"}},
            "rates": [RATE],
            "models": {"a": {"name": "M", "routes": [route]}, "b": {"name": "M"}},
        }
        return digest(loaded(tree).catalog, Request(models=("a", "b")), Settings())

    assert digest_with("Bank", **EURO) == digest_with("Bank", **EURO) != digest_with("Central Bank", **EURO)
    assert digest_with("Bank") == digest_with("Central Bank")


def test_without_a_rate_nothing_is_compared() -> None:
    section = cost_of([price("1", "1")], [price("1", "1", **EURO)], [{"input": "1"}, {"output": "1", **EURO}])
    assert cells(section) == {
        "M0": ("$2.50", "P"),
        "M1": ("€2.50", "P"),
        "M2": ("No total: the prices stand in several currencies, without a rate between them", "None"),
    }
    assert "The totals stand in EUR and USD, and are not set against each other." in said(section)


def test_where_the_order_changes() -> None:
    section = cost_of([price("1", "4")], [price("3", "2.5")])
    assert said(section)[-1] == (
        "With up to 2,666 output tokens a request and all else as above M0 costs less than M1; "
        "with more tokens it costs more."
    )
    section = cost_of([price("3", "2")], [price("1", "4")])
    assert said(section)[-1] == (
        "With 2,000 output tokens a request and all else as above M1 and M0 cost the same: "
        "with fewer M1 costs less, with more M0."
    )


@pytest.mark.parametrize(
    "other",
    [
        price("3", "4"),
        price("0.5", "1"),
        {**price("3", "2.5"), "currency": "EUR"},
    ],
)
def test_where_the_order_never_changes_nothing_is_said(other: Tree) -> None:
    assert "all else as above" not in " ".join(said(cost_of([price("1", "4")], [other])))


def test_a_request_that_does_not_fit() -> None:
    section = cost_of([price("1", "1")], [route(price("1", "1"), context_window="2499")])
    assert cells(section)["M1"] == ("No total: a request of this size does not fit into the context window", "None")
    section = cost_of([route(price("1", "1"), max_output="499")], [route(price("1", "1"), max_input="1999")])
    assert cells(section) == {
        "M0": ("No total: an answer of 500 tokens is over the limit of 499", "None"),
        "M1": ("No total: an input of 2,000 tokens is over the limit of 1,999", "None"),
    }


def test_what_has_ended_has_no_total() -> None:
    section = cost_of([price("1", "1", until="2026-06-15")], [price("1", "1", **{"from": "2026-06-16"})])
    assert cells(section) == {
        "M0": ("No total: no longer offered", "None"),
        "M1": ("No total: not offered yet", "None"),
    }


def test_routes_that_ask_the_same_are_counted() -> None:
    level = [route(price("1", "1"), region=region) for region in ("eu", "us", "ca")]
    section = cost_of(level, level[:2])
    assert [row[1] for row in cells(section).values()] == ["P (eu) and 2 others", "P (eu) and 1 other"]


def test_an_incomplete_total_is_never_the_best() -> None:
    short = route(price("1", "1"), charges="incomplete")
    section = cost_of([short], [price("2", "2")], [price("3", "3")])
    assert marks(section) == {"M0": ((), (), ("not-applicable",)), "M1": ((), (), ()), "M2": ((), (), ())}
    assert cells(section)["M2"] == ("$7.50", "P", "$2.50")
    assert said(section)[-2:] == [
        "M0: the price list leaves something out, so more may be charged.",
        "A difference can be given only between models that have a complete total.",
    ]
    assert marks(cost_of([route(price("4", "4"), charges="incomplete")], [price("2", "2")]))["M1"][0] == ()


def test_a_model_without_output_is_counted_by_its_input_and_compared_with_none_that_has_some() -> None:
    section = cost_of([{"input": "1"}], [price("1", "1")], kinds={"m0": "embedding-model"})
    assert cells(section) == {"M0": ("$2.00", "P"), "M1": ("$2.50", "P")}
    assert "M0: only the input is counted, for no output tokens come out." in said(section)
    both = {"m0": "embedding-model", "m1": "embedding-model"}
    assert cells(cost_of([{"input": "1"}], [{"input": "2"}], kinds=both))["M1"] == ("$4.00", "P", "$2.00")


def test_what_totals_assume_is_said_of_whom() -> None:
    hours = {"input": "0.5", "when": {"days": ["sat", "sun"]}}
    section = cost_of(
        [price("1", "1"), hours], [price("1", "1", cache_read="0.1", cache_write="1.25")], cache_hit="0.5", batch="0.5"
    )
    assert said(section)[4:] == [
        "M0: reading from the cache has no price of its own, so it counts at the input price.",
        "M0 and M1: what has no price at the batch service counts at the standard price, also in a batch.",
        "M0: prices that hold only at certain hours or on certain days of the week are not counted.",
        "M1: writing to the cache could add up to $0.25 a month.",
    ]


def test_every_route_is_listed_where_that_is_asked_for() -> None:
    routes = [
        route(price("2", "2")),
        route(price("1", "1", **EURO), region="eu"),
        route({"free": "true"}, region="cn"),
        route({"input": "1"}, region="us"),
    ]
    section = cost_of(routes, [price("1", "1")], all_routes=True, batch="0.5")
    _, every = tables(section)
    assert every.caption == "Monthly cost of M0 and M1 at every route"
    assert [(row.head.text, *(cell.text for cell in row.cells)) for row in every.rows] == [
        ("M0", "P", "$5.00"),
        ("M0", "P (eu)", "€2.50"),
        ("M0", "P (cn)", "No total: free of charge, within the provider’s limits"),
        ("M0", "P (us)", "No total: no price is known for output"),
        ("M1", "P", "$2.50"),
    ]
    assert said(section)[-1] == (
        "M0 at P, M0 at P (eu), and M1 at P: "
        "what has no price at the batch service counts at the standard price, also in a batch."
    )
    assert len(tables(cost_of(routes, [price("1", "1")]))) == 1


def test_prices_between_which_nothing_decides_are_both_named() -> None:
    tree = [price("1", "1"), {"input": "2", "when": {"region": "eu"}}]
    catalog = loaded(
        {
            "providers": {"p": {"name": "P"}},
            "models": {"a": {"name": "A", "routes": [route(*tree)]}, "b": {"name": "B", "routes": [route(*tree)]}},
        }
    ).catalog
    # The reader leaves the second one out, so this can only be built by hand.
    model = catalog.models["a"]
    (only,) = model.routes.value or ()
    standing = (only.prices.value or ())[0]
    twice = replace(standing, components={**standing.components, "input": standing.components["input"] + 2})
    prices = replace(only.prices, value=(standing, twice))
    routes = replace(model.routes, value=(replace(only, prices=prices),))
    models = {**catalog.models, "a": replace(model, routes=routes)}
    section = page_of(compared(replace(catalog, models=models), sections=("cost",)))["cost"]
    expected = "No total: of the prices $1.00 and $3.00 for input nothing decides which one holds"
    assert cells(section)["A"] == (expected, "None")


def test_a_disputed_limit_counts_only_where_it_decides_the_total() -> None:
    def totals(low: str) -> Section:
        limit = [{"value": low, "source": "s"}, {"value": "9000", "source": "t"}]
        tree = {
            "sources": {name: {"title": name, "kind": "vendor"} for name in ("s", "t")},
            "providers": {"p": {"name": "P"}},
            "traffic": {"t": {"label": "T", "requests": "1000", "input": "1000", "output": "500"}},
            "models": {
                "a": {"name": "A", "max_output": {"values": limit[::-1]}, "routes": [route(price("1", "1"))]},
                "b": {"name": "B", "routes": [route(price("2", "2"))]},
                "c": {"name": "C", "routes": [route(price("3", "3"))]},
            },
        }
        return page_of(compared(loaded(tree).catalog, sections=("cost",)))["cost"]

    assert cells(totals("1000"))["A"] == ("$1.50", "P", "$0.00")
    assert marks(totals("1000"))["A"][0] == ("best",)
    disputed = "No total: sources disagree on whether a request of this size fits"
    assert cells(totals("100"))["A"] == (disputed, "None", "None")
    assert {name: marked[0] for name, marked in marks(totals("100")).items()} == {"A": ("unknown",), "B": (), "C": ()}


def test_a_batch_that_is_free_is_charged_nothing() -> None:
    lists = [price("1", "1"), {"free": "true", "when": {"service": "batch"}}], [price("9", "9")]
    assert cells(cost_of(*lists, batch="50%"))["M0"][0] == "$1.25"
    assert cells(cost_of(*lists, batch="1"))["M0"][0].startswith("No total: free")


def test_no_total_is_the_best_where_equally_ranked_sources_dispute_a_price() -> None:
    def marked(kind: str) -> tuple[str, ...]:
        readings = [{"value": [price("1", "1")], "source": "s"}, {"value": [price("9", "9")], "source": "t"}]
        tree = {
            "sources": {"s": {"title": "S", "kind": "vendor"}, "t": {"title": "T", "kind": kind}},
            "providers": {"p": {"name": "P"}},
            "models": {
                "a": {"name": "A", "routes": [{"provider": "p", "prices": {"values": readings}}]},
                "b": {"name": "B", "routes": [route(price("2", "2"))]},
            },
        }
        return marks(page_of(compared(loaded(tree).catalog, sections=("cost",)))["cost"])["A"][0]

    assert marked("community") == ("best",)
    assert marked("vendor") == ()

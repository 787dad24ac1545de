"""The better value of a row: one that no route, no reading of equal rank and no day turns round."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.records import Fact
from sphinx_modelcmp.catalog.scalars import read_partial_date
from sphinx_modelcmp.catalog.vocabulary import Better, State
from sphinx_modelcmp.compare.certainty import best, is_apart, spread_of, takes_longest, values_of
from sphinx_modelcmp.compare.rows import Row
from tests.compare.making import Tree, catalog_of, compared

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.comparison import Comparison

UNKNOWN: Fact[Any] = Fact()
UNDISCLOSED: Fact[Any] = Fact(state=State.UNDISCLOSED)
HEAD: Tree = {
    "catalog": {"as_of": "2026-05-01"},
    "sources": {"v": {"title": "V", "kind": "vendor"}, "w": {"title": "W", "kind": "vendor"}, "blog": {"title": "B"}},
    "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
}


def known(value: Any) -> Fact[Any]:
    return Fact(value=value, state=State.KNOWN)


def row(*facts: Fact[Any] | int, better: Better | None = Better.HIGHER) -> Row:
    return Row("row", tuple(known(fact) if isinstance(fact, int) else fact for fact in facts), better)


def comparison_of(**models: Tree) -> Comparison:
    tree = {**HEAD, "models": {name: {"name": name, **model} for name, model in models.items()}}
    return compared(catalog_of(tree), *models)


def best_of(name: str, **models: Tree) -> tuple[str, ...]:
    """The models with the better value in a row of the page."""
    comparison = comparison_of(**models)
    rows = (*comparison.specs(), *comparison.prices(), *comparison.capabilities())
    (found,) = (held for held in rows if held.name == name and held.better)
    return tuple(comparison.ids[i] for i in best(comparison, found))


def disputed(*pairs: tuple[Any, str]) -> Tree:
    return {"values": [{"value": value, "source": source} for value, source in pairs]}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (row(1, 2), (1,)),
        (row(1, 2, better=Better.LOWER), (0,)),
        (row(1, 2, better=None), ()),
        (row(2, 2), ()),
        (row(2, 2, 1), (0, 1)),
        (row(2, 2, 2), ()),
        (row(1, UNKNOWN), ()),
        (row(UNKNOWN, UNKNOWN), ()),
        (row(1, UNKNOWN, 2), (2,)),
        (row(1, UNDISCLOSED, UNKNOWN), ()),
        (row(0, 5, better=Better.LOWER), (0,)),
        (row(*(known(read_partial_date(text)) for text in ("2026-03", "2026-03-02", "2026-02"))), ()),
        (row(*(known(read_partial_date(text)) for text in ("2026-03", "2026-03", "2026-02"))), ()),
        (row(*(known(read_partial_date(text)) for text in ("2026-08", "2026-08", "2026-02"))), (0, 1)),
        (row(100, 109, 50), ()),
        (row(100, 111, 50), (1,)),
    ],
)
def test_the_better_values_are_ahead_of_all_others_or_level(made: Row, expected: tuple[int, ...]) -> None:
    comparison = comparison_of(**{f"m{i}": {} for i in range(len(made.facts))})
    assert best(comparison, made) == expected


def dates(*texts: str) -> tuple[Any, ...]:
    return tuple(map(read_partial_date, texts))


@pytest.mark.parametrize(
    ("values", "are_apart"),
    [
        ((131_072, 128_000), False),
        ((110_000, 100_000), False),
        ((110_001, 100_000), True),
        ((Decimal("1.1"), 1), False),
        ((0, 1), True),
        ((0, 0), False),
        (dates("2026-01-01", "2026-04-03"), False),
        (dates("2026-01-01", "2026-04-04"), True),
        # Of a month any day may be meant, the last one of January and the first one of May.
        (dates("2026-01", "2026-05"), False),
        (dates("2026-01", "2026-05-04"), True),
        (dates("2026", "2026-12-31"), False),
        (("mit", "own"), True),
        (("mit", "mit"), False),
    ],
)
def test_values_that_nobody_would_notice_are_level(values: tuple[Any, Any], are_apart: bool) -> None:
    assert is_apart(*values) is is_apart(*reversed(values)) is are_apart


@pytest.mark.parametrize(
    ("mine", "leads"),
    [
        (disputed((200_000, "v"), (300_000, "w")), True),
        (disputed((200_000, "v"), (100_000, "w")), False),
        (disputed((100_000, "v"), (200_000, "w")), False),
        (disputed((200_000, "v"), (100_000, "blog")), True),
        (disputed((200_000, "v"), ("undisclosed", "w")), False),
    ],
)
def test_a_lead_is_one_by_every_reading_of_the_highest_rank(mine: Tree, leads: bool) -> None:
    found = best_of("context_window", a={"context_window": mine}, b={"context_window": 150_000})
    assert found == (("a",) if leads else ())


@pytest.mark.parametrize(
    ("route", "leads"),
    [
        ({"context_window": 8_000}, False),
        ({"context_window": 160_000}, False),
        ({"context_window": 170_000}, True),
        ({"context_window": "undisclosed"}, False),
        ({"context_window": 8_000, "lifecycle": {"shutdown": "2026-04-30"}}, True),
        ({"context_window": 8_000, "lifecycle": {"shutdown": "2026-05-02"}}, False),
        ({"context_window": 8_000, "prices": [{"input": 1, "until": "2026-05-01"}]}, True),
        ({"context_window": disputed((160_000, "v"), (8_000, "w"))}, False),
    ],
)
def test_a_lead_is_one_at_every_living_route(route: Tree, leads: bool) -> None:
    ahead = {"context_window": 200_000, "routes": [{"provider": "q"}, {"provider": "p", **route}]}
    assert best_of("context_window", a=ahead, b={"context_window": 150_000}) == (("a",) if leads else ())


@pytest.mark.parametrize(
    ("model", "leads"),
    [
        ({"lifecycle": {"status": "shutdown"}}, False),
        ({"lifecycle": {"shutdown": "2026-04"}}, False),
        ({"lifecycle": {"shutdown": "2026-05"}}, True),
        ({"lifecycle": {"status": "shutdown", "shutdown": "2027"}}, True),
        ({"lifecycle": {"status": "deprecated", "deprecated": "2026-01-01"}}, True),
        ({"released": "2026-06"}, False),
        ({"released": "2026-05"}, True),
    ],
)
def test_only_a_living_model_leads(model: Tree, leads: bool) -> None:
    ahead = {"context_window": 200_000, **model}
    others: dict[str, Tree] = {"b": {"context_window": 150_000}, "c": {"context_window": 100_000}}
    assert best_of("context_window", a=ahead, **others) == (("a",) if leads else ("b",))


@pytest.mark.parametrize(("window", "leads"), [(300_000, True), (200_000, False), (100_000, False)])
def test_a_limit_that_the_window_has_no_room_for_leads_nowhere(window: int, leads: bool) -> None:
    """Lists write the window for the output where they know no limit of it."""
    found = best_of("max_output", a={"max_output": 200_000, "context_window": window}, b={"max_output": 4_000})
    assert found == (("a",) if leads else ())


def prices(amount: str, currency: str = "USD") -> list[Tree]:
    return [{"input": amount, "currency": currency}]


def route(amount: str, provider: str = "p", **rest: Any) -> Tree:
    return {"provider": provider, "prices": prices(amount), **rest}


@pytest.mark.parametrize(
    ("routes", "leads"),
    [
        ([route("1")], True),
        ([{"provider": "p", "prices": prices("1", "EUR")}], False),
        ([{"provider": "p", "prices": disputed((prices("1"), "v"), (prices("3"), "w"))}], False),
        ([{"provider": "p", "prices": disputed((prices("1"), "v"), (prices("3"), "blog"))}], True),
        (disputed(([route("1")], "v"), ([route("3", "q")], "w")), False),
        (disputed(([route("1")], "v"), ([route("1.5", "q")], "w")), True),
        ([route("1", lifecycle={"status": "shutdown"}), route("3", "q")], False),
        ([route("0"), route("3", "q")], False),
        ([route("free"), route("3", "q")], False),
        ([route("1", charges="incomplete"), route("3", "q")], False),
    ],
)
def test_a_price_leads_by_every_list_of_the_highest_rank(routes: Any, leads: bool) -> None:
    found = best_of("cheapest_input", a={"routes": routes}, b={"routes": [route("2")]})
    assert ("a" in found) is leads


@pytest.mark.parametrize(
    "beside",
    [
        {"provider": "p", "prices": prices("1", "EUR")},
        route("1", charges="incomplete"),
    ],
)
def test_a_price_leads_over_none_that_another_route_may_undercut(beside: Tree) -> None:
    dearer = [route("5", "q")]
    assert best_of("cheapest_input", a={"routes": dearer}, b={"routes": [route("4")]}) == ("b",)
    assert best_of("cheapest_input", a={"routes": [*dearer, beside]}, b={"routes": [route("4")]}) == ()


@pytest.mark.parametrize(("amount", "ahead"), [("2.1", ()), ("2.1001", ("b",)), ("1.905", ()), ("1.9", ("a",))])
def test_a_price_leads_by_more_than_a_twentieth(amount: str, ahead: tuple[str, ...]) -> None:
    assert best_of("cheapest_input", a={"routes": [route(amount)]}, b={"routes": [route("2")]}) == ahead


def test_prices_of_two_currencies_are_neither_apart_nor_level() -> None:
    routes = [{"provider": "p", "prices": prices("9", "EUR")}]
    assert best_of("cheapest_input", a={"routes": routes}, b={"routes": [route("2")]}) == ()
    assert best_of("cheapest_input", a={"routes": [{**routes[0], "prices": prices("2", "EUR")}]}, b={}) == ()


def test_prices_of_vectors_and_of_answers_are_not_compared() -> None:
    vectors = {"kind": "embedding-model", "routes": [route("1")]}
    assert best_of("cheapest_input", a=vectors, b={"routes": [route("2")]}) == ()
    assert best_of("cheapest_input", a=vectors, b={**vectors, "routes": [route("2")]}) == ("a",)


@pytest.mark.parametrize(
    ("held", "is_longest"),
    [
        ({}, True),
        ({"max_input": 280_000}, True),
        ({"max_input": 100_000}, False),
        ({"routes": [{"provider": "p", "max_input": 100_000}]}, False),
        ({"routes": [{"provider": "p", "max_input": 100_000, "lifecycle": {"status": "shutdown"}}]}, True),
        ({"max_input": disputed((280_000, "v"), (100_000, "w"))}, False),
    ],
)
def test_the_longest_inputs_fit_within_every_limit(held: Tree, is_longest: bool) -> None:
    comparison = comparison_of(a={"context_window": 400_000, **held}, b={"context_window": 200_000})
    assert takes_longest(comparison, *comparison.models) is is_longest


def test_beyond_so_many_disputed_lists_nothing_is_certain() -> None:
    held = {"provider": "p", "prices": disputed((prices("1"), "v"), (prices("1.5"), "w"))}
    comparison = comparison_of(a={"routes": [{**held, "id": f"r{i}"} for i in range(20)]}, b={})
    (found,) = (one for one in comparison.prices() if one.name == "cheapest_input")
    assert values_of(comparison, comparison.models[0], found.name, found.facts[0]) == ()


def test_a_license_without_terms_contradicts_none_that_has_some() -> None:
    tree: Tree = {
        **HEAD,
        "licenses": {"mit": {"name": "MIT", "commercial_use": "allowed"}, "bare": {"name": "Bare"}},
        "models": {name: {"name": name, "license": disputed(("mit", "v"), ("bare", "w"))} for name in "ab"},
    }
    comparison = compared(catalog_of(tree))
    (found,) = (row for row in comparison.specs() if row.name == "commercial_use")
    assert found.facts[0].rivals == ()
    assert values_of(comparison, comparison.models[0], found.name, found.facts[0]) == ()


def test_a_price_that_two_ask_beside_one_that_has_ended_is_level() -> None:
    """Quotes have no hash: a price list is no value to look up."""
    priced = {"routes": [{"provider": "p", "prices": [{"input": 1, "output": 1}]}]}
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "models": {
            "a": {"name": "A", **priced},
            "b": {"name": "B", **priced},
            "c": {"name": "C", **priced, "lifecycle": {"shutdown": "2026-01"}},
        },
    }
    comparison = compared(catalog_of(tree))
    row = next(row for row in comparison.prices() if row.name == "cheapest_input")
    spreads = [spread_of(comparison, *side) for side in zip(comparison.models, [row.name] * 3, row.facts, strict=True)]
    assert spreads == [(), (), ()]

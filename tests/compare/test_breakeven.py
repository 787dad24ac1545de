"""Where the order of two models changes: never against the engine, at any number of output tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.fields import read_record
from sphinx_modelcmp.catalog.records import Traffic
from sphinx_modelcmp.compare.breakeven import BreakEven, break_evens
from sphinx_modelcmp.compare.costing import MonthlyCost, comparable, monthly_cost
from tests.compare.making import loaded

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog

DAY = date(2026, 6, 15)
HEAD = """
providers: {p: {name: P}}
rates: [{from: EUR, to: USD, rate: 1.10, date: 2026-06-01}]
"""


def catalog(a: str, b: str) -> Catalog:
    return loaded(f"{HEAD}models: {{a: {{name: A, {a}}}, b: {{name: B, {b}}}}}").catalog


def traffic(**values: Any) -> Traffic:
    stated = {"requests": 1000, "input": 2000, "output": 500, **values}
    return read_record(Traffic, {"label": "T", **{key: f"{value}" for key, value in stated.items()}})


def at(*routes: str, rest: str = "") -> str:
    """A model at some routes, each given by its price list."""
    listed = ", ".join(f"{{provider: p, region: r{i}, prices: [{prices}]}}" for i, prices in enumerate(routes))
    return f"{rest} routes: [{listed}]"


def found(a: str, b: str, of: Traffic | None = None) -> tuple[str, int, bool] | None:
    """The id of the cheaper one with fewer tokens, the number, and whether both are equal there."""
    made = catalog(a, b)
    first = point(made, "a", "b", of or traffic())
    other = point(made, "b", "a", of or traffic())
    assert first == other
    return (first.fewer.id, first.tokens, first.is_equal) if first else None


def point(made: Catalog, one: str, other: str, of: Traffic) -> BreakEven | None:
    return next(break_evens(made, made.models[one], [made.models[other]], of, DAY), None)


DEAR = at("{input: 3, output: 2.5}")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # 2000 tokens in: 2000 * 1 + 4 * n against 2000 * 3 + 2.5 * n.
        ("{input: 1, output: 4}", "{input: 3, output: 2.5}", ("a", 2666, False)),
        ("{input: 1, output: 4}", "{input: 3, output: 2}", ("a", 2000, True)),
        ("{input: 1, output: 1}", "{input: 3, output: 2.5}", None),
        ("{input: 1, output: 4}", "{input: 3, output: 4}", None),
        ("{input: 1, output: 4}", "{input: 1.0001, output: 3}", None),
        ("{input: 1, output: 1}", "{input: 1, output: 1}", None),
        ("{input: 1, output: 4, currency: EUR}", "{input: 3, output: 2.5}", ("a", 2000, True)),
        ("{input: 1, output: 4, currency: CNY}", "{input: 3, output: 2.5}", None),
        ("{input: 1, output: 4, currency: CNY}", "{input: 3, output: 2, currency: CNY}", ("a", 2000, True)),
        ("{input: free, output: free}", "{input: 3, output: 2.5}", None),
    ],
)
def test_the_order_changes_where_the_engine_says_so(a: str, b: str, expected: tuple[str, int, bool] | None) -> None:
    assert found(at(a), at(b)) == expected


def test_another_route_of_a_model_can_undo_the_change() -> None:
    of = traffic(input=1000, output=100)
    routes = ("{input: 1, output: 10}", "{input: 1.95, output: 1}")
    other = at("{input: 2, output: 2}")
    assert found(at(routes[0]), other, of) == ("a", 125, True)
    assert found(at(*routes), other, of) is None


@pytest.mark.parametrize(
    ("limit", "holds"),
    [
        ("max_output: 2667", True),
        ("max_output: 2666", False),
        ("context_window: 4667", True),
        ("context_window: 4666", False),
    ],
)
def test_nothing_is_said_beyond_what_a_model_can_answer(limit: str, holds: bool) -> None:
    for one, other in ((f"{limit},", ""), ("", f"{limit},")):
        pair = at("{input: 1, output: 4}", rest=one), at("{input: 3, output: 2.5}", rest=other)
        assert (found(*pair) is not None) is holds


def test_a_limit_of_the_cheaper_route_changes_the_order_again() -> None:
    routes = (
        "{provider: p, max_output: 5000, prices: [{input: 3, output: 2.5}]}",
        "{provider: p, region: x, prices: [{input: 30, output: 3.9}]}",
    )
    cut = f"routes: [{', '.join(routes)}]"
    assert found(at("{input: 1, output: 4}"), cut) is None


def test_ranges_of_tokens_are_followed() -> None:
    ranged = at("{input: 1, output: 4}, {output: 1, scope: marginal, when: {input_above: 9999}}")
    assert found(ranged, DEAR) is None
    late = at("{input: 1, output: 1}, {output: 4, scope: marginal, when: {input_above: 9999}}")
    # 2000 * 1 + 9999 + 4 * (n - 9999) against 2000 * 3 + 2.5 * n.
    assert found(late, DEAR) == ("a", 22664, False)


def test_nothing_is_said_of_an_incomplete_total_or_of_models_without_output() -> None:
    short = "routes: [{provider: p, charges: incomplete, prices: [{input: 1, output: 4}]}]"
    assert found(short, DEAR) is None
    assert found(f"kind: embedding-model, {at('{input: 2}')}", at("{input: 1, output: 4}"), traffic(output=0)) is None


A1 = at("{input: 1, output: 10}", "{input: 1.95, output: 1}"), at("{input: 2, output: 2}")


def drawn(random: Random) -> tuple[str, str]:
    """Two models at several routes each, with prices near each other, ranges, and limits that cut routes off."""

    def price() -> str:
        return random.choice(("free", "0.0001", f"{random.randrange(1, 40)}", f"{random.randrange(1, 400) / 100}"))

    def pair(inputs: range) -> str:
        """Mostly one model reads for less and the other writes for less: then there is something to find."""
        if random.random() < 0.3:
            return f"input: {price()}, output: {price()}"
        into = random.choice(inputs)
        return f"input: {into}, output: {max(1, 45 - into - random.randrange(8))}"

    def route(i: int, inputs: range) -> str:
        currency = random.choice(("USD",) * 8 + ("EUR", "CNY"))
        marginal = f"currency: {currency}, scope: marginal"
        ranges = [
            f", {{output: {price()}, {marginal}, when: {{input_above: {random.randrange(1, 120)}}}}}"
            for _ in range(random.choice((0, 0, 0, 1, 2)))
        ]
        limit = random.choice(("",) * 8 + (f"max_output: {random.randrange(1, 160)}, ", "context_window: 250, "))
        charges = random.choice(("",) * 12 + ("charges: incomplete, ",))
        listed = f"{{{pair(inputs)}, currency: {currency}}}{''.join(ranges)}"
        return f"{{provider: p, region: r{i}, {limit}{charges}prices: [{listed}]}}"

    def model(inputs: range) -> str:
        limit = random.choice(("",) * 6 + (f"max_output: {random.randrange(60, 160)}, ",))
        routes = [route(i, inputs) for i in range(random.choice((1, 2, 2, 3)))]
        return f"{limit}routes: [{', '.join(routes)}]"

    return model(range(1, 20)), model(range(10, 40))


NEAR = range(1, 161)
FAR = (170, 400, 1000, 10**4, 10**5, 10**6, 10**9, 10**15, 10**29)


@pytest.mark.parametrize("seed", range(60))
def test_a_break_even_is_that_of_the_engine_over_the_whole_range(seed: int) -> None:
    """At every number near, where ranges begin and limits end, on both sides of the number said, and far out."""
    random = Random(seed)
    made = catalog(*(drawn(random) if seed else A1))
    of = traffic(input=random.randrange(1, 200), cache_hit=random.choice(("0", "0.5")))
    said = point(made, "a", "b", of)
    sides = range(max(1, said.tokens - 1), said.tokens + 2) if said else ()
    numbers = sorted({*NEAR, *FAR, *sides})
    signs = [sign(made, of, tokens) for tokens in numbers]
    if said:
        before = -1 if said.fewer.id == "a" else 1
        wanted = [
            before if n < said.tokens else -before if n > said.tokens else 0 if said.is_equal else before
            for n in numbers
        ]
        # Beyond the most that both models can answer there is nothing to be wrong about.
        known = [sign for sign in signs if sign is not None]
        assert known == wanted[: len(known)]
        assert -before in known
    elif None not in signs:
        # One change from beginning to end would have been said.
        changes = [(one, other) for one, other in pairwise(signs) if one != other]
        assert len(changes) != 1 or 0 in changes[0]


def sign(made: Catalog, of: Traffic, tokens: int) -> int | None:
    """The sign of the month of A above that of B; None where the two are not compared."""
    counted = replace(of, output=Decimal(tokens))
    costs = [monthly_cost(made, made.models[name], counted, DAY) for name in "ab"]
    totals = comparable(made, [cost for cost in costs if isinstance(cost, MonthlyCost) and cost.is_complete], DAY)
    if len(totals) < 2:
        return None
    above = totals[0].above(totals[1])
    return (above > 0) - (above < 0)

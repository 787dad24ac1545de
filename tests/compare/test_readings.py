"""No claim about totals rests on one of several readings that count alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.breakeven import break_evens
from sphinx_modelcmp.compare.readings import MOST, worlds
from tests.compare.making import Tree, compared, loaded

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.comparison import Comparison

PAIR = [{"input": "1", "output": "2"}], [{"input": "0.5", "output": "0.5"}]


def said(one: Any, other: Any, second: str = "t") -> Tree:
    """Two readings: of the maker S, and of another source."""
    return {"values": [{"value": one, "source": "s"}, {"value": other, "source": second}]}


def route(prices: Any, **rest: Any) -> Tree:
    return {"provider": "p", "prices": prices, **rest}


def comparison(*models: Tree) -> Comparison:
    sources = {"s": "vendor", "t": "vendor", "u": "aggregator"}
    tree = {
        "catalog": {"as_of": "2026-05-01"},
        "sources": {name: {"title": name, "kind": kind} for name, kind in sources.items()},
        "providers": {"p": {"name": "P"}},
        "traffic": {"w": {"label": "W", "requests": "1000", "input": "1000", "output": "1000"}},
        "models": {f"m{i}": {"name": f"M{i}", **model} for i, model in enumerate(models)},
    }
    return compared(loaded(tree).catalog)


PLAIN = {"routes": [route(PAIR[0])]}
DEARER = {"routes": [route([{"input": "2", "output": "3"}])]}


@pytest.mark.parametrize(
    ("other", "is_decided"),
    [
        ({"routes": [route(said(DEARER["routes"][0]["prices"], PAIR[1]))]}, False),
        ({"routes": said(DEARER["routes"], [route(PAIR[1])])}, False),
        ({"routes": said(DEARER["routes"], [route(PAIR[1])], "u")}, True),
        ({"routes": said(DEARER["routes"], [route([{"input": "4", "output": "4"}])])}, True),
        # By one of the sources the cheaper route cannot give such an answer.
        ({"routes": [route(PAIR[1], max_output=said("2000", "999")), *DEARER["routes"]]}, False),
        ({"max_output": said("999", "2000"), "routes": [route(PAIR[1])]}, False),
    ],
)
def test_a_month_is_cheaper_only_by_every_reading(other: Tree, is_decided: bool) -> None:
    for models in ((PLAIN, other), (other, PLAIN)):
        found = claims.cheaper_month(comparison(*models))
        assert (found is not None) is is_decided
        assert found is None or found.cheapest[0].model.name == f"M{models.index(PLAIN)}"


def test_a_month_is_cheaper_only_where_its_price_list_is_complete() -> None:
    short = {"routes": [route(PAIR[1], charges="incomplete")]}
    assert claims.cheaper_month(comparison(PLAIN, short, DEARER)) is None
    dear = {"routes": [route([{"input": "9", "output": "9"}], charges="incomplete")]}
    found = claims.cheaper_month(comparison(PLAIN, dear, DEARER))
    assert found
    assert [model.name for model in found.models] == ["M0", "M2"]
    assert claims.cheaper_month(comparison(PLAIN, dear)) is None


EURO = {"routes": [*DEARER["routes"], route(PAIR[1], currency="EUR")]}


def test_a_month_is_not_cheaper_than_one_that_another_route_may_undercut() -> None:
    short = {"routes": [*DEARER["routes"], route(PAIR[1], charges="incomplete")]}
    assert claims.cheaper_month(comparison(PLAIN, DEARER))
    assert claims.cheaper_month(comparison(PLAIN, short)) is None
    assert claims.cheaper_month(comparison(PLAIN, EURO)) is None


def test_a_provider_serves_both_where_only_a_limit_is_disputed() -> None:
    limited = {"max_output": said("2000", "3000"), **PLAIN}
    (move, *_) = claims.moves(comparison(limited, DEARER))
    assert move.shared_providers == ("p",)
    moves = claims.moves(comparison({"routes": said(PLAIN["routes"], [])}, DEARER))
    assert all(move.shared_providers is None for move in moves)


def test_nobody_moves_from_a_model_that_is_only_announced_nor_from_routes_that_are_over() -> None:
    window, past = {"context_window": "1000"}, {"context_window": "2000", **PLAIN}
    assert claims.moves(comparison({**past, "released": "2026-06"}, {**window, **DEARER})) == ()
    over = {"routes": [route(PAIR[0], lifecycle={"status": "shutdown"})]}
    assert claims.moves(comparison(over, DEARER)) == ()


def test_vectors_are_not_cheaper_than_answers() -> None:
    vectors = {"kind": "embedding-model", "routes": [route([{"input": "0.1"}])]}
    assert claims.cheaper_month(comparison(PLAIN, vectors)) is None
    assert claims.cheaper_month(comparison(vectors, {**vectors, "routes": [route([{"input": "0.2"}])]}))


def test_a_break_even_is_that_of_every_reading() -> None:
    def points(prices: Any) -> list[int]:
        of = comparison({"routes": [route([{"input": "1", "output": "4"}])]}, {"routes": [route(prices)]})
        one, other = of.models
        return [found.tokens for found in break_evens(of.catalog, one, [other], of.traffic, of.day)]

    assert points([{"input": "3", "output": "2"}]) == [1000]
    assert points(said([{"input": "3", "output": "2"}], [{"input": "3", "output": "1"}])) == []
    assert points(said([{"input": "3", "output": "2"}], [{"input": "3", "output": "1"}], "u")) == [1000]


def test_every_choice_is_a_world_up_to_a_number() -> None:
    def model(routes: int) -> Any:
        disputed = route(said(*PAIR), max_output=said("1", "2"))
        of = comparison(PLAIN, {"max_input": said("1", "2"), "routes": [disputed] * routes})
        return worlds(of.catalog, of.models[1])

    assert len(model(1)) == 2 * 4
    assert len(model(3)) == 2 * 4**3
    assert model(4) == ()
    assert MOST < 2 * 4**4
    agreed = comparison(PLAIN, DEARER)
    assert worlds(agreed.catalog, agreed.models[0]) == (agreed.models[0],)


def test_readings_that_agree_are_one() -> None:
    of = comparison(PLAIN, {"max_output": said("1", "2"), "max_input": said("5", "5"), "routes": PLAIN["routes"]})
    assert {(world.max_output.value, world.max_input.value) for world in worlds(of.catalog, of.models[1])} == {
        (1, 5),
        (2, 5),
    }

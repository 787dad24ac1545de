"""Life of models and routes: not yet there, there, or over, by days, states and what a route says of itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sphinx_modelcmp.compare.life import Life, is_alive, life_of, living_routes
from tests.compare.making import Tree, catalog_of

DAY = date(2026, 5, 1)
PAST, AHEAD = {"shutdown": "2026-04-30"}, {"shutdown": "2027-04-08"}


def lived(routes: Any = (), **model: Any) -> tuple[Life, tuple[str, ...]]:
    """The life of a model, and the providers at which it can be called."""
    catalog = catalog_of(
        {
            "sources": {name: {"title": name, "kind": "vendor"} for name in ("s", "t")},
            "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
            "models": {"a": {"name": "A", "routes": routes, **model}},
        }
    )
    (found,) = catalog.models.values()
    assert is_alive(catalog, found, DAY) is (life_of(found, DAY) is Life.ALIVE)
    return life_of(found, DAY), tuple(route.provider for route in living_routes(found, DAY))


@pytest.mark.parametrize(
    ("own", "lasts"),
    [({}, False), (PAST, False), (AHEAD, True), ({"status": "active"}, True), ({"note": "Ask."}, False)],
)
def test_a_route_outlives_its_model_where_it_says_so(own: Tree, lasts: bool) -> None:
    routes = [{"provider": "p"}, {"provider": "q", "lifecycle": own}]
    life, places = lived(routes, lifecycle=PAST)
    assert life is (Life.ALIVE if lasts else Life.ENDED)
    assert places == (("q",) if lasts else ())


def test_a_route_of_a_living_model_ends_by_its_own_day() -> None:
    routes = [{"provider": "p", "lifecycle": PAST}, {"provider": "q", "lifecycle": AHEAD}]
    assert lived(routes) == (Life.ALIVE, ("q",))


def test_no_route_is_there_before_its_model() -> None:
    assert lived([{"provider": "p", "lifecycle": AHEAD}], released="2026-06") == (Life.ANNOUNCED, ())


def test_a_model_is_alive_only_by_every_list_of_routes_of_the_highest_rank() -> None:
    lists = [[{"provider": "q", "lifecycle": AHEAD}], [{"provider": "p"}]]
    values = [{"value": routes, "source": name} for routes, name in zip(lists, "st", strict=True)]
    catalog = catalog_of(
        {
            "sources": {name: {"title": name, "kind": "vendor"} for name in ("s", "t")},
            "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
            "models": {"a": {"name": "A", "lifecycle": PAST, "routes": {"values": values}}},
        }
    )
    (model,) = catalog.models.values()
    assert life_of(model, DAY) is Life.ALIVE
    assert not is_alive(catalog, model, DAY)

"""The oracle can fail: with each mending reverted it finds a claim that is false, and was not before.

A mending is reverted by putting something in the place of the function that judges. Mistakes of authors are no claims:
each of their checks has its case in ``tests/cases``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog import decode_model
from sphinx_modelcmp.catalog.records import Catalog, Route
from sphinx_modelcmp.compare import bill, breakeven, claims, costing, life, readings, results, rows
from sphinx_modelcmp.sections import pricing
from sphinx_modelcmp.sections.page import Page
from tests.truth import asking
from tests.truth.asking import verdicts
from tests.truth.generator import catalog
from tests.truth.test_sentences import KINDS, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.truth.worlds import Tree

MOST = 400
"""The most catalogs that are searched for a falsehood."""


@dataclass(frozen=True)
class Mutation:
    """A judgement, what it was before, and a kind of claim that is false with it."""

    kind: str
    owner: Any
    name: str
    before: Any


def _routes(model: Any, _day: Any, routes: Any = None) -> tuple[Any, ...]:
    return tuple((model.routes.value or ()) if routes is None else routes)


def _differ(row: Any) -> bool:
    return len({(fact.state, str(fact.value)) for fact in row.facts}) > 1


def _one_route(market: Any, traffic: Any) -> Iterator[Any]:
    """Of the routes only the one that is the cheapest at the workload of the page."""
    costs = {id(route): market.cost(route, traffic) for route in market.routes}
    priced = [route for route in market.routes if isinstance(costs[id(route)], costing.MonthlyCost)]
    cheapest = sorted(priced, key=lambda route: costs[id(route)].total)[:1]
    return PIECES(costing.Market(market.catalog, market.model, market.day, tuple(cheapest), market.steps), traffic)


def _forgetful(*wanted: Any) -> Page:
    """A page that does not remember which disagreements it has told."""

    class Nothing(set[Any]):
        def add(self, _item: Any) -> None:
            """Forget it at once."""

    page = Page(*wanted)
    object.__setattr__(page, "disputes", Nothing())
    return page


PIECES = breakeven._pieces
MUTATIONS = {
    # Routes are where a reader calls
    "routes say nothing": Mutation("Leads", Route, "own_fact", lambda _route, _name: None),
    # What has ended is past
    "all routes can be called": Mutation("Move", life, "living_routes", _routes),
    "all models are alive": Mutation("Leads", life, "life_of", lambda _model, _day, _routes=None: life.Life.ALIVE),
    # Disputes decide nothing
    "the first reading decides": Mutation("Leads", Catalog, "foremost", lambda _self, fact: (fact,)),
    "the first reading of a price decides": Mutation(
        "CheaperMonth", readings, "worlds", lambda _catalog, model: (model,)
    ),
    # Unknown equals nothing
    "what nobody states is the same": Mutation("Wins", results, "unstated", lambda _conditions: ()),
    "a value differs from an unknown": Mutation("Differing", rows.Row, "differs", property(_differ)),
    # A total is for what can be served
    "limits bind nothing": Mutation("MonthlyCost", costing, "limits_at", lambda *_: ()),
    "a list may lack the steps of the others": Mutation("CheaperMonth", bill, "lacking", lambda *_: {}),
    "a list may leave charges out": Mutation("CheaperMonth", costing.Cost, "is_complete", True),
    "zero is a price": Mutation("MonthlyCost", decode_model, "is_free", lambda raw: str(raw) in {"0", "free"}),
    # Sentences hold over their whole range
    "break-even points of two routes": Mutation("BreakEven", breakeven, "_pieces", _one_route),
    # Ties are said
    "ties are not said": Mutation("Sentence", claims, "ties_of_rows", lambda _comparison: ()),
    # Duplicates
    "the first duplicate counts": Mutation("Wins", results, "_outdates", lambda _one, _other: True),
    # Floods
    "sources disagree everywhere": Mutation("Sentence", asking, "Page", _forgetful),
    # What is charged is shown
    "only the first price of a cell is shown": Mutation(
        "Listed", pricing, "_labelled", lambda _page, items: [("", said) for *_, said in items][:1]
    ),
    # Identity
    "routes read alike": Mutation("Listed", Page, "_sign", lambda _page, _route: ""),
    "models read alike": Mutation("Listed", Page, "name", lambda _page, model: model.name),
}


def revert(patch: pytest.MonkeyPatch, mutation: Mutation) -> None:
    """Put the former judgement in place, wherever the present one was imported."""
    present = vars(mutation.owner)[mutation.name]
    patch.setattr(mutation.owner, mutation.name, mutation.before)
    for name, module in list(sys.modules.items()):
        if name.startswith("sphinx_modelcmp.") and vars(module).get(mutation.name) is present:
            patch.setattr(module, mutation.name, mutation.before)


def falsehoods(tree: Tree, kind: str) -> set[tuple[str, ...]]:
    return {verdict.reasons for verdict in verdicts(tree) if verdict.kind == kind and verdict.reasons}


def is_found(mutation: Mutation, tree: Tree) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        revert(patch, mutation)
        found = falsehoods(tree, mutation.kind)
    return bool(found and found - falsehoods(tree, mutation.kind))


@pytest.mark.full
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_reverted_mending_is_found(name: str) -> None:
    trees = (*map(tree_of, KINDS), *map(catalog, range(MOST)))
    assert any(is_found(MUTATIONS[name], tree) for tree in trees)

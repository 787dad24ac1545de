"""Worlds: a model as equally ranked sources describe it, where they differ on what a month costs or whether it fits.

A claim about totals is made only if it is true in each of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_modelcmp.catalog.records import Fact, Model, Route
from sphinx_modelcmp.compare.costing import LIMITS, MonthlyCost, NoCost, monthly_cost

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Traffic

M = TypeVar("M", Model, Route)

MOST = 256
"""More worlds than that are not looked into."""


def worlds(catalog: Catalog, model: Model) -> tuple[Model, ...]:
    """The model under each choice between the foremost readings of its routes, their prices, and the limits.

    Empty if there are too many. A model on which sources agree is the only one.
    """
    found = tuple(islice(_worlds(catalog, model), MOST + 1))
    if len(found) == 1:
        return (model,)
    return found if len(found) <= MOST else ()


def _worlds(catalog: Catalog, model: Model) -> Iterator[Model]:
    for held in _choices(catalog, model, "routes"):
        routes = [tuple(_choices(catalog, route, "prices")) for route in held.routes.value or ()]
        for chosen in product(*routes):
            yield replace(held, routes=replace(held.routes, value=chosen))


def _choices(catalog: Catalog, record: M, name: str) -> Iterator[M]:
    """The record with each choice of a fact and of the limits."""
    names = (name, *LIMITS.values(), *(["released"] if isinstance(record, Model) else []))
    rivals = {name: found for name in names if len(found := _foremost(catalog, getattr(record, name))) > 1}
    for chosen in product(*rivals.values()):
        changes: dict[str, Any] = dict(zip(rivals, chosen, strict=True))
        yield replace(record, **changes) if changes else record


def _foremost(catalog: Catalog, fact: Fact[Any]) -> list[Fact[Any]]:
    """The foremost readings that differ, each as the only one of a fact."""
    if not fact.others:
        return [fact]
    found: list[Fact[Any]] = []
    for said in catalog.foremost(fact):
        if all((said.state, said.value) != (other.state, other.value) for other in found):
            found.append(Fact.of((said,)))
    return found


def has_rival_prices(catalog: Catalog, model: Model) -> bool:
    """True if equally ranked sources give different routes or price lists."""
    facts: list[Fact[Any]] = [model.routes, *(route.prices for route in model.routes.value or ())]
    return any(len(_foremost(catalog, fact)) > 1 for fact in facts)


def monthly_costs(
    catalog: Catalog, model: Model, traffic: Traffic, day: datetime.date | None, shown: MonthlyCost | NoCost
) -> tuple[MonthlyCost | NoCost, ...]:
    """The cost of a month in every world; empty if there are too many. ``shown`` is the one that the page has."""
    found = worlds(catalog, model)
    return (shown,) if len(found) == 1 else tuple(monthly_cost(catalog, world, traffic, day) for world in found)

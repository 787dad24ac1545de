"""Rows: which differ, which value is the better one, and what cannot be set against each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.catalog.records import Fact, Lifecycle, Parameters
from sphinx_modelcmp.catalog.scalars import read_partial_date
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, Better, CommercialUse, Openness, State, Status
from sphinx_modelcmp.compare.rows import (
    PRICING,
    SCORECARD,
    SPECS,
    Row,
    beats,
    capability_rows,
    field_names,
    price_rows,
    scorecard_rows,
    spec_rows,
)
from tests.compare.making import RICH, Tree, catalog_of, compared, tree_of

UNKNOWN: Fact[Any] = Fact()
UNDISCLOSED: Fact[Any] = Fact(state=State.UNDISCLOSED)


def known(value: Any) -> Fact[Any]:
    return Fact(value=value, state=State.KNOWN)


MARCH, SECOND_OF_MARCH = (known(read_partial_date(text)) for text in ("2026-03", "2026-03-02"))


def row(*facts: Fact[Any] | int, better: Better | None = Better.HIGHER) -> Row:
    return Row("row", tuple(known(fact) if isinstance(fact, int) else fact for fact in facts), better)


@pytest.mark.parametrize(
    ("made", "differs"),
    [
        (row(1, 1), False),
        (row(1, 2), True),
        (row(1, UNKNOWN), False),
        (row(UNKNOWN, UNKNOWN), False),
        (row(UNKNOWN, UNDISCLOSED), False),
        (row(1, 1, 2), True),
        (row(UNKNOWN, 1, 2), True),
        (row(MARCH, SECOND_OF_MARCH), False),
    ],
)
def test_rows_that_differ(made: Row, differs: bool) -> None:
    assert made.differs is differs


def of_lists(*lists: Any, name: str = "cheapest_input") -> Row:
    """The row of models with one route each: at another provider, with another price list."""
    models = {
        f"m{i}": {"name": "M", "routes": [{"provider": f"p{i}", "prices": [prices]}]} for i, prices in enumerate(lists)
    }
    providers = {f"p{i}": {"name": "P"} for i in range(len(lists))}
    comparison = compared(catalog_of({"providers": providers, "models": models}))
    return next(row for row in comparison.prices() if row.name == name)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ({"input": 1, "output": 2}, {"input": 1, "output": 3}, False),
        ({"input": 1}, {"input": 2}, True),
        ({"input": 1}, {"input": 1, "currency": "EUR"}, True),
        ({"free": "true"}, {"free": "true"}, False),
        ({"free": "true"}, {"input": 2}, True),
        ({"output": 1}, {"input": 2}, False),
        ({"output": 1}, {"output": 1}, False),
        ({"output": 1}, {"free": "true"}, False),
    ],
)
def test_prices_differ_by_their_amounts_and_not_from_what_is_not_priced(one: Any, other: Any, differs: bool) -> None:
    assert of_lists(one, other).differs is differs


def test_lists_differ_by_their_items_and_lifecycles_by_what_they_say() -> None:
    assert not row(known(("a", "b")), known(("b", "a"))).differs
    assert row(known(("a", "b")), known(("a", "c"))).differs
    one, other, third = (
        Lifecycle(status=status, source=(name,), note=name)
        for status, name in ((Status.ACTIVE, "s"), (Status.ACTIVE, "t"), (Status.PREVIEW, "s"))
    )
    assert not row(known(one), known(other)).differs
    assert row(known(one), known(third)).differs


def test_where_a_fact_comes_from_is_no_difference() -> None:
    one: Fact[Any] = Fact(value=1, state=State.KNOWN, source=("a",), note="x")
    assert not row(one, known(1)).differs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (read_partial_date("2026"), read_partial_date("2025-12-31")),
        (Openness.OPEN_SOURCE, Openness.OPEN_WEIGHTS),
        (Openness.OPEN_WEIGHTS, Openness.PROPRIETARY),
        (Parameters(total=Decimal(2)), Parameters(total=Decimal(1), active=Decimal(1))),
        (Decimal("0.2"), Decimal("0.1")),
    ],
)
def test_kinds_of_values_have_an_order(one: Any, other: Any) -> None:
    assert beats(one, other, Better.HIGHER)
    assert not beats(other, one, Better.HIGHER)
    assert beats(other, one, Better.LOWER)


def test_every_row_is_listed_once_and_can_be_asked_for() -> None:
    catalog = catalog_of(tree_of(RICH))
    models = tuple(catalog.models.values())
    rows = (
        *scorecard_rows(catalog, models, None),
        *spec_rows(catalog, models, None),
        *price_rows(catalog, models, None),
        *capability_rows(catalog, models),
    )
    assert {item.name for item in rows} == set(field_names(catalog))
    assert len(field_names(catalog)) == len(set(field_names(catalog)))
    assert {*SCORECARD, *SPECS, *PRICING, *CAPABILITIES, "min_gpu", "audited", "kv_int8"} <= set(field_names(catalog))


def test_the_house_rows_come_last_in_the_order_declared() -> None:
    catalog = catalog_of(tree_of(RICH))
    models = tuple(catalog.models.values())
    assert [item.name for item in spec_rows(catalog, models, None)][-2:] == ["min_gpu", "audited"]
    assert capability_rows(catalog, models)[-1].name == "kv_int8"


def license_tree(**facts: Any) -> Tree:
    return {
        "sources": {"s": {"title": "S", "checked": "2026-01-01"}},
        "licenses": {"mit": {"name": "MIT", "commercial_use": "allowed"}, "own": {"name": "Own"}},
        "models": {"m": {"name": "M", "source": "s", **facts}},
    }


@pytest.mark.parametrize(
    ("facts", "state", "value"),
    [
        ({"license": "mit"}, State.KNOWN, CommercialUse.ALLOWED),
        ({"license": "mit", "commercial_use": "conditions"}, State.KNOWN, CommercialUse.CONDITIONS),
        ({"license": "mit", "commercial_use": "undisclosed"}, State.UNDISCLOSED, None),
        ({"license": "mit", "commercial_use": "unknown"}, State.KNOWN, CommercialUse.ALLOWED),
        ({"license": "own"}, State.UNKNOWN, None),
        ({"license": "undisclosed"}, State.UNKNOWN, None),
        ({}, State.UNKNOWN, None),
    ],
)
def test_commercial_use_is_the_models_own_or_the_licenses(facts: Tree, state: State, value: Any) -> None:
    catalog = catalog_of(license_tree(**facts))
    fact = SPECS["commercial_use"][0](catalog, catalog.models["m"], None)
    assert (fact.state, fact.value) == (state, value)
    assert fact.source == (("s",) if state is not State.UNKNOWN else ())


@pytest.mark.parametrize(
    ("lifecycle", "known"),
    [(None, False), ({}, False), ({"note": "x"}, False), ({"status": "active"}, True), ({"shutdown": "2027"}, True)],
)
def test_a_lifecycle_without_a_statement_is_unknown(lifecycle: Tree | None, known: bool) -> None:
    catalog = catalog_of({"models": {"m": {"name": "M", "lifecycle": lifecycle}}})
    assert SPECS["lifecycle"][0](catalog, catalog.models["m"], None).known is known


def test_providers_are_named_once_each() -> None:
    catalog = catalog_of(
        {
            "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
            "models": {
                "m": {"name": "M", "routes": [{"provider": "q"}, {"provider": "p"}, {"provider": "q", "region": "eu"}]}
            },
        }
    )
    assert SCORECARD["providers"][0](catalog, catalog.models["m"], None).value == ("q", "p")

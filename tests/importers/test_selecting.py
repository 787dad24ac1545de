"""Which models are wanted."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.importers.listings import Listing
from sphinx_modelcmp.importers.selecting import Selection, read_query

RECORD: dict[str, Any] = {
    "context_window": {"values": [{"value": 131_072, "note": "As listed at a."}, {"value": 262_144}]},
    "max_output": Decimal(65_536),
    "openness": "open-weights",
    "released": PartialDate(2026, 3),
    "capabilities": {"vision": True, "fp16": {"value": "partial", "note": "Linux only."}, "reasoning": False},
}


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("vision", True),
        ("reasoning", False),
        ("reasoning = false", True),
        ("computer_use", False),
        ("computer_use != true", False),
        ("context_window >= 200_000", True),
        ("context_window>300000", False),
        ("max_output = 65536", True),
        ("openness = Open-Weights", True),
        ("openness != proprietary", True),
        ("fp16 = partial", True),
        ("released >= 2026", True),
        ("released > 2026", False),
        ("released <= 2026-02-15", False),
        ("released = 2026-03-15", True),
        # What is no number is not less and not more than one.
        ("context_window >= nan", False),
        ("context_window >= 200k", False),
        ("openness > aaa", False),
    ],
)
def test_a_condition_holds_for_what_is_known(query: str, holds: bool) -> None:
    assert read_query(query).holds(RECORD) is holds


@pytest.mark.parametrize("text", ["", "a b", "= 5", "a =", "a >"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no condition"):
        read_query(text)


LISTINGS = [
    Listing(model="qwen3.5-4b", provider="deepinfra", id="Qwen/Qwen3.5-4B-FP8", aliases=("Qwen/Qwen3.5-4B",)),
    Listing(model="qwen3.5-4b", provider="openrouter", id="qwen/qwen3.5-4b"),
    Listing(model="gpt-x", provider="openrouter", id="openai/gpt-x"),
    Listing(model="gpt-x", provider="openai", id="gpt-x", by_maker=True),
]


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), [True, True, True, True]),
        (Selection(models=("qwen3.5*",)), [True, True, False, False]),
        (Selection(models=("QWEN/*-fp8",)), [True, True, False, False]),
        (Selection(models=("qwen",)), [False] * 4),
        (Selection(providers=("deep*",)), [True, False, False, False]),
        # What the maker says of its own model counts at every place.
        (Selection(providers=("openrouter",)), [False, True, True, True]),
        (Selection(models=("gpt*",), providers=("deepinfra",)), [False] * 4),
    ],
)
def test_listings_are_chosen_by_name_and_place(selection: Selection, chosen: list[bool]) -> None:
    assert selection.chosen(LISTINGS, LISTINGS) == chosen


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(since=datetime.date(2026, 3, 20)), True),
        (Selection(since=datetime.date(2026, 4, 1)), False),
        (Selection(queries=(read_query("vision"), read_query("max_output > 1000"))), True),
        (Selection(queries=(read_query("vision"), read_query("reasoning"))), False),
    ],
)
def test_a_model_is_wanted_for_its_day_and_its_facts(selection: Selection, wanted: bool) -> None:
    assert selection.is_wanted(RECORD) is wanted


def test_a_pattern_that_names_nothing_is_told() -> None:
    selection = Selection(models=("gpt*", "claude*"), providers=("azure", "openai"))
    assert selection.without_effect(LISTINGS) == ["claude*", "azure"]

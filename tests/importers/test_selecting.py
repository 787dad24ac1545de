"""Which models are wanted."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.importers.importer import Listing
from sphinx_modelcmp.importers.selection import FilterError, Selection, check_names, check_queries, read_query

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


@pytest.mark.parametrize(
    ("selection", "option", "told"),
    [
        (Selection(models=("gpt*", "qwen3.5-4")), "--model", "“qwen3.5-4”; did you mean qwen3.5-4b"),
        (Selection(providers=("azure",)), "--provider", "nothing there is called “azure”"),
        (Selection(providers=("deepinfa",)), "--provider", "did you mean deepinfra?"),
        (Selection(provider_ids={"open-router": "x"}), "--provider-id", "did you mean openrouter"),
        (Selection(model_ids={"gpt-y": "x"}), "--model-id", "did you mean gpt-x?"),
        (Selection(currencies={"azure": "EUR"}), "--currency", "nothing there is called “azure”"),
    ],
)
def test_a_name_of_nothing_is_refused(selection: Selection, option: str, told: str) -> None:
    with pytest.raises(FilterError) as refused:
        check_names(selection, LISTINGS, LISTINGS)
    assert (refused.value.option, told in str(refused.value)) == (option, True)


def test_names_of_theirs_and_of_ours_are_good() -> None:
    ours = [replace(one, model="ours", provider="place") for one in LISTINGS]
    names = Selection(models=("ours", "GPT-X"), providers=("place", "openai"), provider_ids={"openai": "place"})
    check_names(names, LISTINGS, ours)


FIELDS = {"fp16": {"label": "FP16", "group": "capabilities", "type": "flag"}}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("visionn", "no fact “visionn”; did you mean vision?"),
        ("contxt_window > 5", "did you mean context_window?"),
        ("context_window", "`context_window` is no flag: what should it be?"),
        ("context_window >= 128k", "“128k” is not a number"),
        ("context_window >= nan", "“nan” is not a number"),
        ("released > yesterday", "“yesterday” is not a date"),
        ("released >= 2026-13", "2026-13"),
        ("vision = yes", "did you mean true?"),
        ("fp16 = partly", "“partly” is not true, false or partial"),
        ("openness = open-wieghts", "“open-wieghts”"),
        ("openness > aaa", "“aaa”"),
        ("openness > open-weights", "`openness` is a text: it can be compared by = and != only"),
        ("organization = opnai", "nothing there has “opnai” for `organization`; did you mean openai?"),
        ("name = Alfa", ""),
        ("organization != openai", ""),
        ("context_window >= 200_000", ""),
        ("released >= 2026", ""),
        ("parameters > 7e9", ""),
        ("fp16 = partial", ""),
        ("reasoning", ""),
    ],
)
def test_a_condition_that_nothing_can_fulfil_is_refused(query: str, told: str) -> None:
    records = [RECORD, {"name": "Alfa", "organization": "openai", "released": "2026-03-01"}]
    refused = ""
    try:
        check_queries([read_query(query)], records, FIELDS)
    except FilterError as error:
        refused = str(error)
    assert told in refused
    assert bool(refused) == bool(told)


def test_a_date_that_is_a_text_is_compared_as_one() -> None:
    assert read_query("released >= 2026-02").holds({"released": "2026-03-01"})
    assert not read_query("released < 2026-02").holds({"released": "2026-03-01"})

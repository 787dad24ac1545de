"""Where the answer turns: the workloads at which the months of two models compare otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_modelcmp.plan.turns import Change
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from tests.compare.making import Tree, compared, loaded
from tests.sections.reading import page_of, texts

FLAT: Tree = {"input": 2, "output": 2}
STEP: Tree = {"input": 4, "output": 4, "when": {"input_above": 200000}}
BATCH: Tree = {"input": 1, "output": 1, "when": {"service": "batch"}}


def page(*prices: list[Tree], window: Any = 1000000, sections: tuple[str, ...] = (), **traffic: Any) -> Page:
    """Models with so many prices, which the traffic sends requests of 100,000 tokens to."""
    models = {
        f"m{i}": {"name": f"M{i}", "context_window": window, "routes": [{"provider": "p", "prices": held}]}
        for i, held in enumerate(prices)
    }
    work = {"label": "Work", "requests": 10, "input": 100000, "output": 1000, **traffic}
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "traffic": {"w": work},
        "models": models,
    }
    return Page(compared(loaded(tree).catalog, sections=sections), language_of("en"))


def turned(*prices: list[Tree], **more: Any) -> list[tuple[Change, str]]:
    """Each turn with the model that costs less there, or nothing."""
    found = []
    for turn in page(*prices, **more).turns:
        totals = {cost.model.id: cost.total for cost in turn.month.costs}
        less = min(totals, key=lambda name: totals[name])
        found.append((turn.change, less if len({*totals.values()}) > 1 else ""))
    return found


def dear(factor: float) -> Tree:
    return {"input": 2 * factor, "output": 2 * factor}


def test_a_price_that_is_announced_turns_the_answer_from_its_day_on() -> None:
    rising = [{**FLAT, "until": "2027-01-01"}, {**dear(3), "from": "2027-01-01"}]
    assert turned(rising, [dear(1.5)]) == [(Change.ANNOUNCED, "m1")]
    told = " ".join(texts(page_of(page(rising, [dear(1.5)]).comparison)["summary"].blocks))
    assert "From Jan 1, 2027 on, M1 costs $3.03 a month at P, and M0 costs $6.06: 2 times as much." in told
    assert turned([*rising[:1], {**dear(1.1), "from": "2027-01-01"}], [dear(1.5)]) == []
    assert turned([FLAT], [dear(1.5)]) == [], "nothing is announced"


def test_longer_requests_turn_the_answer_where_one_has_a_step() -> None:
    stepped, flat = [FLAT, STEP], [dear(1.5)]
    assert turned(stepped, flat) == [(Change.LONGER, "m1")]
    assert turned(flat, stepped) == [(Change.LONGER, "m0")]
    (turn,) = page(stepped, flat).turns
    assert turn.traffic.input == 220000
    assert turn.traffic.output == 1000
    assert {item.field for item in turn.evidence} == {"prices"}
    # A step on both sides doubles both.
    assert turned(stepped, [dear(1.5), {**dear(3), "when": STEP["when"]}]) == []


@pytest.mark.parametrize(("above", "size"), [(128000, 150000), (272000, 300000), (100001, 120000)])
def test_a_size_beyond_a_step_has_two_digits(above: int, size: int) -> None:
    (turn,) = page([FLAT, {**STEP, "when": {"input_above": above}}], [dear(1.5)]).turns
    assert turn.traffic.input == size


def test_a_step_that_the_requests_are_beyond_hides_no_other() -> None:
    passed, later = {**STEP, "when": {"input_above": 95000}}, {**dear(3), "when": STEP["when"]}
    found = page([FLAT, passed], [dear(1.5), later]).turns
    assert [turn.traffic.input for turn in found] == [220000]
    twice = page([FLAT, passed, {**dear(3), "when": STEP["when"]}], [dear(1.5)]).turns
    assert [turn.traffic.input for turn in twice] == [220000], "nor one of the same model"


@pytest.mark.parametrize(("factor", "turns"), [(1.2, False), (1.3, True), (0.79, True), (0.85, False)])
def test_a_lesser_change_of_the_ratio_is_none(factor: float, turns: bool) -> None:
    step = {**dear(factor), "when": STEP["when"]}
    assert bool(turned([FLAT, step], [dear(3)])) is turns


def test_the_ratio_is_enough_though_the_same_model_costs_less() -> None:
    assert turned([FLAT, STEP], [dear(9)]) == [(Change.LONGER, "m0")]


CACHED: Tree = {"input": 2, "output": 2, "cache_read": "0.02"}


def test_without_the_cache_the_answer_may_be_another() -> None:
    prices = [[CACHED], [{"input": 1, "output": 1}]]
    assert turned(*prices, cache_hit="0.9") == [(Change.UNCACHED, "m1")]
    assert turned(*prices, cache_hit="0") == []
    assert turned([CACHED], [CACHED], cache_hit="0.9") == []


def test_a_batch_turns_the_answer_where_both_have_a_price_for_it() -> None:
    halved = [dear(1.5), {**BATCH, "input": "0.75", "output": "0.75"}]
    prices = [[FLAT, {**BATCH, "input": 1, "output": 1}], halved]
    assert turned(*prices) == [(Change.BATCHED, "m1")]
    assert turned([FLAT], halved) == [], "what has no batch price is not said to cost anything in a batch"
    assert turned(*prices, batch="1") == []
    assert turned([FLAT, BATCH], [dear(2), {**BATCH, "input": 2, "output": 2}]) == []


def test_months_that_are_level_elsewhere_are_said_to_be() -> None:
    assert turned([FLAT, STEP], [dear(2)]) == [(Change.LONGER, "")]
    assert turned([FLAT], [FLAT, STEP]) == [(Change.LONGER, "m0")], "and so where they are level on the page"


def test_only_a_pair_turns_and_only_with_a_month() -> None:
    stepped, flat = [FLAT, STEP], [dear(1.5)]
    assert page(stepped, flat, [dear(5)]).turns == ()
    assert page(stepped, [{"input": 1}]).turns == ()
    assert page(stepped, flat, sections=("summary", "deep-dive")).turns == ()


@pytest.mark.parametrize(("window", "turns"), [(221000, True), (220999, False), (150000, False)])
def test_a_request_that_does_not_fit_turns_nothing(window: int, turns: bool) -> None:
    assert bool(turned([FLAT, STEP], [dear(1.5)], window=window)) is turns


@pytest.mark.parametrize(("tokens", "is_near"), [(22000, True), (21999, False), (100000, True)])
def test_requests_ten_times_as_large_are_near(tokens: int, is_near: bool) -> None:
    """The opening names a near turn, and the deep dive a far one."""
    found = page([FLAT, STEP], [dear(1.5)], input=tokens)
    (turn,) = found.turns
    assert turn.is_near is is_near
    sections = page_of(found.comparison)
    said = {
        name: "With 220,000 input tokens a request, " in " ".join(texts(sections[name].blocks)) for name in sections
    }
    assert {name for name, held in said.items() if held} == {"summary" if is_near else "deep-dive"}


def test_the_opening_names_the_first_near_turn_to_another_answer_and_the_deep_dive_the_others() -> None:
    found = page([{**CACHED, "input": 3}, STEP], [FLAT], cache_hit="0.9", input=100000)
    assert [turn.change for turn in found.turns] == [Change.LONGER, Change.UNCACHED]
    sections = page_of(found.comparison)
    assert [turn.is_flip for turn in found.turns] == [False, True]
    assert "Without the cache, " in " ".join(texts(sections["summary"].blocks))
    assert "Without the cache, " not in " ".join(texts(sections["deep-dive"].blocks))
    assert "With 220,000 input tokens a request, " in " ".join(texts(sections["deep-dive"].blocks))

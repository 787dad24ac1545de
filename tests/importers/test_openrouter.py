"""OpenRouter: prices for one token in text, what is free, what is not fixed, and prices under conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.importers.openrouter import IMPORTER
from tests.importers.reading import Read, read_data

if TYPE_CHECKING:
    from pathlib import Path

MODEL = "deepseek-v4-pro"
PRICING = {"prompt": "0.00000066", "completion": "0.00000198"}


def read_one(folder: Path, name: str = f"deepseek/{MODEL}", /, **model: Any) -> Read:
    return read_data(IMPORTER, folder, {"data": [{"id": name, "pricing": PRICING, **model}]})


def test_prices_are_for_one_token_one_request_and_one_search(tmp_path: Path) -> None:
    more = {
        "input_cache_read": "0.000000022",
        "input_cache_write": "0.00000008333333333333334",
        "audio": "0.000001",
        "audio_output": "0.000002",
        "request": "0.005",
        "web_search": "0.014",
        "internal_reasoning": "0",
        "image": "0.001",
    }
    found = read_one(tmp_path, pricing=PRICING | more)
    assert found.prices(MODEL)["standard"] == {
        "input": "0.66",
        "output": "1.98",
        "cache_read": "0.022",
        "cache_write": "0.08333333333333334",
        "audio_input": "1",
        "audio_output": "2",
        "request": "0.005",
        "web_search": "14",
    }
    assert found.lost == {"pricing.image": 1}
    assert found.route(MODEL).charges == "incomplete"


@pytest.mark.parametrize(
    ("name", "amount", "expected"),
    [
        ("deepseek/deepseek-v4-pro:free", "0", {"free": {}}),
        ("openrouter/owl-alpha-1", "0", {}),
        ("openrouter/auto-1", "-1", {"dynamic": {}}),
        ("openrouter/odd-1", "-2", {}),
    ],
)
def test_zero_and_minus_one_are_words(tmp_path: Path, name: str, amount: str, expected: dict[str, Any]) -> None:
    found = read_one(tmp_path, name, pricing={"prompt": amount, "completion": amount})
    [model] = found.catalog.models
    assert found.prices(model) == expected
    assert bool(found.lost) is not bool(expected)


def test_a_price_above_a_size_holds_strictly_above_it(tmp_path: Path) -> None:
    override = {"min_prompt_tokens": 272_000, "prompt": "0.000002"}
    assert read_one(tmp_path, pricing={**PRICING, "overrides": [override]}).prices(MODEL)[">272000"] == {"input": "2"}


def test_hours_are_clock_numbers_and_days_those_of_the_moment(tmp_path: Path) -> None:
    overrides = [
        {"utc_days": ["saturday", "sunday"], "prompt": "0.000001"},
        {"utc_days": ["monday", "tuesday"], "utc_start": 100, "utc_end": 1030, "prompt": "0.000002"},
        {"utc_days": ["friday"], "utc_start": 2230, "utc_end": 130, "prompt": "0.000003"},
    ]
    assert read_one(tmp_path, pricing={**PRICING, "overrides": overrides}).prices(MODEL) == {
        "standard": {"input": "0.66", "output": "1.98"},
        "sat,sun": {"input": "1"},
        "01:00-10:30 mon,tue": {"input": "2"},
        "22:30-24:00 fri": {"input": "3"},
        "00:00-01:30 fri": {"input": "3"},
    }


def test_hours_hold_for_requests_of_all_sizes(tmp_path: Path) -> None:
    overrides = [
        {"min_prompt_tokens": 200_000, "prompt": "0.000002"},
        {"utc_start": 2230, "utc_end": 130, "prompt": "0.0000003"},
    ]
    prices = read_one(tmp_path, pricing={**PRICING, "overrides": overrides}).prices(MODEL)
    assert prices["22:30-01:30"] == prices[">200000 22:30-01:30"] == {"input": "0.3"}


@pytest.mark.parametrize(
    "condition",
    [
        {"min_completion_tokens": 5},
        {"min_prompt_tokens": 5, "min_completion_tokens": 5},
        {"utc_start": 2275, "utc_end": 100},
        {"utc_start": 100, "utc_end": 100},
        {"utc_days": ["someday"]},
        {"min_prompt_tokens": "many"},
        {},
    ],
)
def test_a_price_under_a_condition_that_nobody_knows_is_none(tmp_path: Path, condition: dict[str, Any]) -> None:
    found = read_one(tmp_path, pricing={**PRICING, "overrides": [{**condition, "prompt": "0.000002"}]})
    assert list(found.prices(MODEL)) == ["standard"]
    assert found.lost["pricing.overrides under a condition which is not understood"] == 1
    assert found.route(MODEL).charges == "incomplete"


def test_a_charge_of_nothing_leaves_a_price_list_complete(tmp_path: Path) -> None:
    assert read_one(tmp_path, pricing=PRICING | {"image": "0", "discount": 0}).route(MODEL).charges is None


def test_the_day_on_which_a_listing_expires_ends_the_route_and_not_the_model(tmp_path: Path) -> None:
    found = read_one(tmp_path, expiration_date="2026-05-15")
    route = found.route(MODEL)
    assert route.lifecycle is not None
    assert str(route.lifecycle.shutdown) == "2026-05-15"
    assert found.model(MODEL).lifecycle is None


def test_limits_of_the_endpoint_are_those_of_the_route(tmp_path: Path) -> None:
    top = {"context_length": 32_000, "max_completion_tokens": 4_096, "is_moderated": False}
    limits = {"per_request_limits": {"prompt_tokens": "1000"}}
    found = read_one(tmp_path, context_length=1_000_000, top_provider=top, **limits)
    model, route = found.model(MODEL), found.route(MODEL)
    assert (model.context_window.value, model.max_output.value) == (1_000_000, None)
    assert (route.context_window.value, route.max_output.value) == (32_000, 4_096)
    assert set(found.lost) == {"top_provider.is_moderated", "per_request_limits"}


def test_a_name_is_without_its_maker_and_without_the_word_free(tmp_path: Path) -> None:
    assert read_one(tmp_path, name="DeepSeek: DeepSeek V4: Pro (free)").model(MODEL).name == "DeepSeek V4: Pro"
    assert read_one(tmp_path, name="Kimi Dev 72b (free)").model(MODEL).name == "Kimi Dev 72b"


def test_what_a_request_may_ask_for_is_yes_and_the_rest_unknown(tmp_path: Path) -> None:
    found = read_one(tmp_path, supported_parameters=["tools", "top_p"], hugging_face_id="deepseek-ai/DeepSeek-V4")
    assert found.model(MODEL).capability("function_calling").value == "true"
    assert not found.model(MODEL).capability("reasoning").known
    assert found.catalog.find("deepseek-ai/deepseek-v4") is found.model(MODEL)

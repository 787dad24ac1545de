"""LiteLLM's keys and what they become: tails of prices, tiers, hours, regions, and kinds of model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.importers.litellm import IMPORTER, endpoint_of
from tests.importers.reading import Read, read, read_data

if TYPE_CHECKING:
    from pathlib import Path

GPT = "gpt-5.5"


def read_one(folder: Path, key: str = GPT, /, **entry: Any) -> Read:
    return read_data(IMPORTER, folder, {key: {"litellm_provider": "openai", "mode": "chat", **entry}})


def test_the_tail_of_a_key_is_a_size_and_a_service(tmp_path: Path) -> None:
    found = read_one(
        tmp_path,
        input_cost_per_token=2.5e-06,
        input_cost_per_token_above_200k_tokens=5e-06,
        input_cost_per_token_batches=1.25e-06,
        input_cost_per_token_flex=1.3e-06,
        input_cost_per_token_priority=4.5e-06,
        input_cost_per_token_above_272k_tokens_priority=9e-06,
        output_cost_per_token_above_272k_tokens_batches=1.125e-05,
    )
    assert found.prices(GPT) == {
        "standard": {"input": "2.5"},
        ">200000": {"input": "5"},
        "batch": {"input": "1.25"},
        "flex": {"input": "1.3"},
        "priority": {"input": "4.5"},
        "priority >272000": {"input": "9"},
        "batch >272000": {"output": "11.25"},
    }


def test_a_cache_write_above_an_hour_is_a_component_and_no_size(tmp_path: Path) -> None:
    found = read_one(
        tmp_path,
        cache_creation_input_token_cost=3.75e-06,
        cache_creation_input_token_cost_above_1hr=6e-06,
        cache_creation_input_token_cost_above_1hr_above_200k_tokens=1.2e-05,
        cache_creation_input_token_cost_above_12hr=9e-06,
    )
    assert found.prices(GPT) == {
        "standard": {"cache_write": "3.75", "cache_write_1h": "6"},
        ">200000": {"cache_write_1h": "12"},
    }
    assert found.lost == {"cache_creation_input_token_cost_above_12hr": 1}
    assert found.route(GPT).charges == "incomplete"


def test_a_service_that_we_have_not_is_lost_and_no_other_price(tmp_path: Path) -> None:
    found = read_one(tmp_path, input_cost_per_token=1e-06, input_cost_per_token_above_272k_tokens_ultrafast=9e-06)
    assert found.prices(GPT) == {"standard": {"input": "1"}}
    assert found.lost == {"input_cost_per_token_above_272k_tokens_ultrafast": 1}
    assert found.route(GPT).charges is None


def test_a_tier_holds_above_where_its_range_begins(tmp_path: Path) -> None:
    tiers = [
        {"range": [0, 32e3], "input_cost_per_token": 5e-08, "output_cost_per_reasoning_token": 4e-06},
        {"range": [32e3, 128e3], "input_cost_per_token": 1e-07},
        {"max_results_range": [0, 25], "input_cost_per_query": 0.005},
    ]
    found = read_one(tmp_path, tiered_pricing=tiers)
    assert found.prices(GPT) == {"standard": {"input": "0.05", "reasoning": "4"}, ">32000": {"input": "0.1"}}
    assert found.lost == {"tiered_pricing by something else than a range of tokens": 1}


def test_off_peak_hours_hold_on_days_of_their_own_calendar(tmp_path: Path) -> None:
    windows = [
        {"hours_utc": ["10:00-20:00"], "weekdays": [1, "friday"]},
        {"hours_utc": "00:00-00:00", "weekdays": [6, 7]},
    ]
    off_peak = {"input_cost_per_token": 1e-07, "weekday_timezone": "Asia/Shanghai", "windows": windows}
    found = read_one(tmp_path, input_cost_per_token=2e-07, off_peak_pricing=off_peak)
    # Shanghai is eight hours ahead: what runs past midnight there is two windows, each on these days.
    assert found.prices(GPT) == {
        "standard": {"input": "0.2"},
        "18:00-24:00 mon,fri Asia/Shanghai": {"input": "0.1"},
        "00:00-04:00 mon,fri Asia/Shanghai": {"input": "0.1"},
        "08:00-24:00 sat,sun Asia/Shanghai": {"input": "0.1"},
        "00:00-08:00 sat,sun Asia/Shanghai": {"input": "0.1"},
    }


def test_off_peak_hours_of_every_day_hold_for_requests_of_all_sizes(tmp_path: Path) -> None:
    off_peak = {"hours_utc": "16:30-00:30", "input_cost_per_token": 1e-07}
    costs: dict[str, Any] = {"input_cost_per_token": 2e-07, "input_cost_per_token_above_128k_tokens": 4e-07}
    assert read_one(tmp_path, **costs, off_peak_pricing=off_peak).prices(GPT) == {
        "standard": {"input": "0.2"},
        ">128000": {"input": "0.4"},
        "16:30-00:30": {"input": "0.1"},
        ">128000 16:30-00:30": {"input": "0.1"},
    }


def test_hours_on_days_that_nobody_knows_are_no_price(tmp_path: Path) -> None:
    windows = [{"hours_utc": "10:00-11:00", "weekdays": ["someday"]}]
    zones = {"weekday_timezone": "Europe/Berlin", "windows": [{"hours_utc": "10:00-11:00", "weekdays": [1]}]}
    for off_peak in ({"windows": windows}, zones):
        found = read_one(
            tmp_path, input_cost_per_token=2e-07, off_peak_pricing={"input_cost_per_token": 1e-07, **off_peak}
        )
        assert list(found.prices(GPT)) == ["standard"]
        assert sum(found.lost.values()) == 1


@pytest.mark.parametrize(
    ("key", "provider", "expected"),
    [
        ("azure/eu/gpt-4o", "azure", ("azure", "gpt-4o", "gpt-4o", "eu")),
        ("azure/global-standard/gpt-4o", "azure", ("azure", "gpt-4o", "gpt-4o", "global-standard")),
        ("azure/high/1024-x-1024/gpt-image-1", "azure", ("azure", "", "high/1024-x-1024/gpt-image-1", "")),
        ("bedrock/us-gov-west-1/amazon.nova-pro-v1:0", "bedrock", ("bedrock", "", "nova-pro", "us-gov-west-1")),
        ("us-gov.anthropic.claude-sonnet-5", "bedrock_converse", ("bedrock", "", "claude-sonnet-5", "us-gov")),
        ("in.moonshotai.kimi-k3", "bedrock_converse", ("bedrock", "", "kimi-k3", "in")),
        ("bedrock_mantle/openai.gpt-6-sol", "bedrock_mantle", ("bedrock_mantle", "openai.gpt-6-sol", "gpt-6-sol", "")),
        ("vertex_ai/meta/llama-4", "vertex_ai-llama_models", ("vertex_ai", "meta/llama-4", "meta/llama-4", "")),
    ],
)
def test_a_key_is_a_place_a_region_and_a_name(key: str, provider: str, expected: tuple[str, str, str, str]) -> None:
    place = endpoint_of(key, provider)
    assert (place.provider, place.model, place.region) == (expected[0], *expected[2:])
    assert not expected[1] or place.id == expected[1]


def test_regions_are_routes_of_one_model(tmp_path: Path) -> None:
    data = {
        f"{region}anthropic.claude-opus-5-v1:0": {"litellm_provider": "bedrock_converse", "input_cost_per_token": cost}
        for region, cost in (("", 5e-06), ("us.", 5.5e-06), ("eu.", 6e-06))
    }
    found = read_data(IMPORTER, tmp_path, data)
    assert found.prices("claude-opus-5", region="us") == {"standard": {"input": "5.5"}}
    assert found.prices("claude-opus-5", region="eu") == {"standard": {"input": "6"}}
    assert found.route("claude-opus-5", region="eu").id == "eu.anthropic.claude-opus-5-v1:0"


def test_of_two_keys_for_one_route_the_richer_one_counts_and_the_other_is_told(tmp_path: Path) -> None:
    poor = {"litellm_provider": "gemini", "input_cost_per_token": 1e-06}
    rich = {"litellm_provider": "gemini", "input_cost_per_token": 3e-07, "output_cost_per_token": 2.5e-06}
    found = read_data(IMPORTER, tmp_path, {"gemini/gemini-x-1": poor, "gemini-x-1": rich})
    assert found.prices("gemini-x-1") == {"standard": {"input": "0.3", "output": "2.5"}}
    assert found.lost == {"other prices in a second entry for the same model at the same place": 1}


def test_only_false_is_no(tmp_path: Path) -> None:
    found = read_one(
        tmp_path,
        supports_vision=False,
        supports_reasoning=True,
        supports_computer_use=None,
        supported_modalities=["text"],
    )
    assert {name: str(flag.value) for name, flag in found.model(GPT).capabilities.items()} == {
        "vision": "false",
        "reasoning": "true",
    }
    listed = read_one(tmp_path, supported_modalities=["text", "audio"]).model(GPT)
    assert not listed.capability("vision").known


def test_the_length_of_a_vector_is_a_row_of_the_house(tmp_path: Path) -> None:
    found = read_one(tmp_path, "text-embedding-4", mode="embedding", output_vector_size=3072)
    assert found.model("text-embedding-4").house["embedding_size"].value == 3072
    assert found.catalog.fields["embedding_size"].unit == "dimensions"
    assert found.model("text-embedding-4").kind.value == "embedding-model"


def test_what_binary_counting_left_behind_goes_and_a_third_stays(tmp_path: Path) -> None:
    text = '{"gpt-5.5": {"litellm_provider": "openai", "input_cost_per_token": 4.0000000000000003e-07, '
    path = tmp_path / "foreign.json"
    path.write_text(text + '"output_cost_per_token": 2.857142857142857e-07}}', "utf-8")
    found = read(IMPORTER, path)
    assert found.prices(GPT)["standard"] == {"input": "0.4", "output": "0.2857142857142857"}
    assert found.lost == {"a price without what counting in binary left behind its digits": 1}


@pytest.mark.parametrize(
    ("key", "value", "charges"),
    [
        ("citation_cost_per_token", 2e-06, "incomplete"),
        ("cost_per_second", 0.001, "incomplete"),  # of a rented machine
        ("input_cost_per_second", 0.001, "incomplete"),
        ("output_cost_per_second_1080p", 0.001, "incomplete"),  # nothing says which size a request has
        ("input_cost_per_image", 0, None),
        ("input_dbu_cost_per_token", 2e-06, None),  # the same price in another unit
        ("google_maps_grounding_cost_per_query", 0.025, None),  # a tool
        ("supports_web_search", True, None),
    ],
)
def test_a_charge_that_any_request_may_pay_makes_a_list_incomplete(
    tmp_path: Path, key: str, value: Any, charges: str | None
) -> None:
    found = read_one(tmp_path, input_cost_per_token=1e-06, **{key: value})
    assert found.route(GPT).charges == charges
    assert found.lost == {key: 1}


def test_the_day_of_deprecation_is_the_day_that_a_place_stops_answering(tmp_path: Path) -> None:
    entry = {"mode": "chat", "input_cost_per_token": 1e-06, "deprecation_date": "2026-10-01"}
    own = {GPT: {**entry, "litellm_provider": "openai"}}
    later = {f"azure/{GPT}": {**entry, "litellm_provider": "azure", "deprecation_date": "2026-12-01"}}
    ends = [read_data(IMPORTER, tmp_path, data).model(GPT).lifecycle for data in (own, own | later)]
    assert [str(end.shutdown) if end else None for end in ends] == ["2026-10-01", None]
    found = read_data(IMPORTER, tmp_path, own | later)
    days = [str(found.route(GPT, place).lifecycle.shutdown) for place in ("openai", "azure")]  # type: ignore[union-attr]
    assert days == ["2026-10-01", "2026-12-01"]


def test_zero_is_no_price_and_no_limit(tmp_path: Path) -> None:
    found = read_one(tmp_path, input_cost_per_token=0.0, output_cost_per_token=0, max_output_tokens=0)
    assert not found.route(GPT).prices.known
    assert not found.model(GPT).max_output.known
    assert found.lost == {"a price of 0 without a word that it is free": 1, "`max_output_tokens` is 0": 1}


@pytest.mark.parametrize(
    ("key", "mode", "price", "component", "ours"),
    [
        ("input_cost_per_image", "chat", 0.0011, "image_each", "0.0011"),
        ("input_cost_per_image", "image_generation", 0.02, "image_output_each", "0.02"),
        ("output_cost_per_image", "image_edit", 0.04, "image_output_each", "0.04"),
        ("input_cost_per_pixel", "image_generation", 1.9e-08, "pixel", "0.019"),
        ("input_cost_per_second", "audio_transcription", 0.0001, "audio_minute", "0.006"),
        ("input_cost_per_second", "realtime", 0.0002833333333333333, "audio_minute", "0.017"),
        ("output_cost_per_second", "audio_speech", 0.00025, "audio_minute", "0.015"),
        ("output_cost_per_second", "video_generation", 0.4, "video_second", "0.4"),
        ("output_cost_per_video_per_second", "video_generation", 0.1, "video_second", "0.1"),
        ("input_cost_per_video_per_second", "embedding", 0.0007, "video_second", "0.0007"),
        ("input_cost_per_audio_per_second", "embedding", 0.00014, "audio_minute", "0.0084"),
        ("input_cost_per_character", "audio_speech", 1.5e-05, "character", "15"),
        ("output_cost_per_character", "chat", 1e-06, "character_output", "1"),
        ("ocr_cost_per_page", "ocr", 0.001, "page", "1"),
        ("annotation_cost_per_page", "ocr", 0.003, "page_annotated", "3"),
        ("input_cost_per_query", "rerank", 0.002, "request", "0.002"),
        ("input_cost_per_text_message", "realtime", 0.004, "text_message", "0.004"),
    ],
)
def test_what_is_priced_by_another_unit_than_the_token_is_kept(
    tmp_path: Path, key: str, mode: str, price: float, component: str, ours: str
) -> None:
    found = read_one(tmp_path, **{key: price}, mode=mode)
    assert found.prices(GPT) == {"standard": {component: ours}}
    assert found.route(GPT).charges is None


def test_pixels_beside_an_image_are_its_price_once_more(tmp_path: Path) -> None:
    both = {"input_cost_per_image": 0.167, "input_cost_per_pixel": 1.59263611e-07, "mode": "image_generation"}
    found = read_one(tmp_path, **both)
    assert found.prices(GPT) == {"standard": {"image_output_each": "0.167"}}
    assert found.route(GPT).charges is None


def test_a_piece_of_music_is_no_image(tmp_path: Path) -> None:
    """The file has no other key for what a song costs."""
    song = {"output_cost_per_image": 0.08, "supported_output_modalities": ["audio"]}
    found = read_one(tmp_path, input_cost_per_token=1e-06, **song)
    assert found.prices(GPT) == {"standard": {"input": "1"}}
    assert found.route(GPT).charges == "incomplete"


def test_a_page_in_a_batch_has_its_own_price(tmp_path: Path) -> None:
    found = read_one(tmp_path, ocr_cost_per_page=0.004, ocr_cost_per_page_batches=0.002)
    assert found.prices(GPT) == {"standard": {"page": "4"}, "batch": {"page": "2"}}

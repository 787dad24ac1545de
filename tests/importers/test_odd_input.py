"""Files that are not what they should be: each reader says where and why, or leaves the odd value out and goes on."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.importers import genai_prices, huggingface, litellm, models_dev, openrouter
from sphinx_modelcmp.importers.importer import Asked, Importer, Loss
from sphinx_modelcmp.importers.source_files import ForeignError, read_json, read_toml
from tests.importers.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator


PRICES = {"input": 2.5, "output": 10, "cache_read": 0.25}
MODELS_DEV = {
    "openai": {
        "id": "openai",
        "name": "OpenAI",
        "doc": "https://platform.openai.com/docs/models",
        "models": {
            "gpt-x": {
                "id": "gpt-x",
                "name": "GPT-X",
                "reasoning": True,
                "tool_call": True,
                "release_date": "2026-04",
                "knowledge": "2025-12-01",
                "modalities": {"input": ["text", "image"], "output": ["text"]},
                "open_weights": False,
                "limit": {"context": 400_000, "output": 128_000},
                "status": "beta",
                "cost": {**PRICES, "tiers": [{**PRICES, "tier": {"type": "context", "size": 200_000}}]},
                "experimental": {"modes": {"fast": {"cost": PRICES, "provider": {"body": {"speed": "fast"}}}}},
            }
        },
    }
}
LITELLM = {
    "deepseek/deepseek-x": {
        "litellm_provider": "deepseek",
        "mode": "chat",
        "max_input_tokens": 131_072,
        "input_cost_per_token": 2.8e-07,
        "output_cost_per_token_above_200k_tokens_priority": 4.2e-07,
        "tiered_pricing": [{"range": [128_000, 256_000], "input_cost_per_token": 5e-08}],
        "off_peak_pricing": {
            "input_cost_per_token": 1e-07,
            "hours_utc": "16:30-00:30",
            "weekday_timezone": "Asia/Shanghai",
            "windows": [{"hours_utc": ["00:00-01:00"], "weekdays": [1, "tue"]}],
        },
        "search_context_cost_per_query": {"search_context_size_low": 0.01},
        "supported_modalities": ["text", "image"],
        "supported_regions": ["global"],
        "supports_vision": True,
        "deprecation_date": "2026-07-24",
        "source": "https://api-docs.deepseek.com/quick_start/pricing",
    }
}
OPENROUTER = {
    "data": [
        {
            "id": "deepseek/deepseek-x:free",
            "hugging_face_id": "deepseek-ai/DeepSeek-X",
            "name": "DeepSeek: DeepSeek X (free)",
            "context_length": 131_072,
            "architecture": {"input_modalities": ["text", "file"], "output_modalities": ["text"]},
            "pricing": {
                "prompt": "0.00000066",
                "completion": "-1",
                "overrides": [
                    {"min_prompt_tokens": 272_000, "prompt": "0.000001"},
                    {"utc_days": ["monday"], "utc_start": 100, "utc_end": 400, "prompt": "0.000002"},
                ],
            },
            "top_provider": {"max_completion_tokens": 8192},
            "supported_parameters": ["tools"],
            "knowledge_cutoff": "2025-12-01",
            "expiration_date": "2026-05-31",
        }
    ]
}
GENAI_PRICES = [
    {
        "id": "openai",
        "name": "OpenAI",
        "pricing_urls": ["https://openai.com/api/pricing"],
        "models": [
            {
                "id": "gpt-x",
                "name": "GPT-X",
                "context_window": 400_000,
                "prices": [
                    {"prices": {"input_mtok": {"base": "2.5", "tiers": [{"start": 200_000, "price": "5"}]}}},
                    {"constraint": {"start_date": "2026-09-01"}, "prices": {"input_mtok": "3"}},
                    {
                        "constraint": {"start_time": "16:30:00Z", "end_time": "00:30:00Z"},
                        "prices": {"output_mtok": "1"},
                    },
                ],
                "price_variants": [{"when": {"processing": "batch"}, "prices": {"input_mtok": "1.25"}}],
            }
        ],
    }
]
CARD = {
    "license": "other",
    "license_name": "qwen",
    "license_link": "https://example.com/LICENSE",
    "pipeline_tag": "image-text-to-text",
    "model-index": [
        {
            "name": "X",
            "results": [
                {
                    "task": {"type": "text-generation"},
                    "dataset": {"name": "HumanEval", "type": "openai_humaneval", "split": "test", "args": {"n": 5}},
                    "metrics": [{"type": "pass@1", "value": "64.5 ± 1.5", "name": "pass@1", "verifyToken": "x"}],
                    "source": {"url": "https://example.com/results", "name": "X"},
                }
            ],
        }
    ],
}
RESULTS = [
    {
        "dataset": {"id": "cais/hle", "task_id": "default", "revision": "abc"},
        "value": 20.9,
        "date": "2025-01-15",
        "source": {"url": "https://example.com/traces"},
        "notes": "no-tools",
    }
]
ODD = (
    st.sampled_from(
        [None, True, False, 0, -1, 1, 0.5, 1e300, -1e-300, 10**40, "", " ", "-1", "NaN", "1e999999", "x" * 10_001]
    )
    | st.sampled_from(["a\ufffe", "\uffff", "a\u200bb", "\u3164", "a\u202eb", "\u2028", "g\u0440t-4"])
    | st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
        max_leaves=3,
    )
)


def paths_of(value: Any) -> Iterator[tuple[Any, ...]]:
    """Where everything in a document stands."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (key,)
        yield from ((key, *path) for path in paths_of(inner))


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The document with another value in one place."""
    found = copy.deepcopy(document)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return found


def written(folder: Path, document: Any) -> Path:
    path = folder / "foreign.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def card(folder: Path, front: Any, results: Any = RESULTS) -> Path:
    folder = folder / "X"
    (folder / ".eval_results").mkdir(parents=True)
    (folder / ".eval_results" / "a.yaml").write_text(json.dumps(results), "utf-8")
    path = folder / "README.md"
    path.write_text(f"---\n{json.dumps(front)}\n---\n", "utf-8")
    return path


def beside(folder: Path, results: Any) -> Path:
    return card(folder, CARD, results)


WRITERS: dict[str, tuple[Importer, Any, Any]] = {
    "models.dev": (models_dev.IMPORTER, MODELS_DEV, written),
    "litellm": (litellm.IMPORTER, LITELLM, written),
    "openrouter": (openrouter.IMPORTER, OPENROUTER, written),
    "genai-prices": (genai_prices.IMPORTER, GENAI_PRICES, written),
    "huggingface": (huggingface.IMPORTER, CARD, card),
    "eval-results": (huggingface.IMPORTER, RESULTS, beside),
}


@pytest.mark.parametrize("name", WRITERS)
def test_each_document_is_read_without_a_problem(name: str, tmp_path: Path) -> None:
    importer, document, write = WRITERS[name]
    found = read(importer, write(tmp_path, document), Asked(scales={"*": "percent"}))
    assert not found.problems
    assert found.loss.entries == 1
    assert not [lost for lost in found.loss if lost.kind == "value"]


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=100)
@given(data=st.data())
def test_any_value_in_any_place_is_refused_or_left_out(name: str, data: st.DataObject) -> None:
    importer, document, write = WRITERS[name]
    path = data.draw(st.sampled_from(list(paths_of(document))))
    odd = changed(document, path, data.draw(ODD))
    with TemporaryDirectory() as folder:
        try:
            found = read(importer, write(Path(folder), odd), Asked(scales={"*": "percent"}))
        except ForeignError:
            return
    # What is ambiguous was so in the file: two prices for the same hours.
    assert not [problem for problem in found.problems if problem.code is not Code.AMBIGUOUS_PRICE]


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ('{"a": [1,\n 2', (2, 3), "cut short"),
        ('{"a": "NaN in a text",\n "b": NaN}', (2, 7), "NaN is no number"),
        ('{"a": -Infinity}', (1, 7), "-Infinity is no number"),
        ('{"a": 1e99999999999999999999}', (1, 7), "is no number"),
        ('{"a": {"x": 1,\n  "x": 2}, "b": {"x": 3}}', (2, 3), "“x” stands twice"),
        ('{"a": "\\\\ud800",\n "b": "\\ud800"}', (2, 8), "half a character"),
        ("[" * 100_000, (0, 0), "nested too deep"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(tmp_path: Path, text: str, place: tuple[int, int], why: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ForeignError, match=why) as told:
        read_json(path)
    assert (told.value.line, told.value.column) == place


def test_a_whole_character_in_two_halves_is_text(tmp_path: Path) -> None:
    path = tmp_path / "emoji.json"
    path.write_text('["\\ud83d\\ude00", "\\\\ud800"]', "utf-8")
    assert read_json(path) == ["😀", "\\ud800"]


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("a = 1\nb = ?", (2, 5), "Invalid value"),
        ("a = 1\na = 2", (0, 0), "overwrite"),
        ("a = 1e99999999999999999999", (0, 0), "not TOML"),
        (f"a = {'[' * 100_000}", (0, 0), "nested too deep"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(tmp_path: Path, text: str, place: tuple[int, int], why: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ForeignError, match=why) as told:
        read_toml(path)
    assert (told.value.line, told.value.column) == place


@pytest.mark.parametrize("name", ["models.dev", "litellm", "openrouter", "genai-prices"])
@pytest.mark.parametrize("document", [[1], {"a": 1}, {"data": {}}, "text", None])
def test_another_format_is_refused_as_a_whole(name: str, document: Any, tmp_path: Path) -> None:
    importer, _, _ = WRITERS[name]
    with pytest.raises(ForeignError, match="expected"):
        importer.read(written(tmp_path, document), Asked(), Loss())


def test_an_entry_that_is_none_is_counted_and_passed_over(tmp_path: Path) -> None:
    [place] = MODELS_DEV.values()
    models = {**place["models"], "gpt-y": "text", "gpt-z": None}  # type: ignore[dict-item]
    found = read(models_dev.IMPORTER, written(tmp_path, {"openai": {**place, "models": models}}))
    assert found.loss.entries == 3
    assert list(found.catalog.models) == ["gpt-x"]
    assert found.lost["an entry without a name, or without anything in it"] == 2


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u00ad", "\u3164"])
def test_what_nobody_sees_is_taken_out_of_names(hidden: str, tmp_path: Path) -> None:
    models = {f"gpt-{hidden}x": MODELS_DEV["openai"]["models"]["gpt-x"] | {"name": f"GPT{hidden}-X"}}  # type: ignore[index]
    path = written(tmp_path, {"openai": MODELS_DEV["openai"] | {"name": hidden, "models": models}})
    found = read(models_dev.IMPORTER, path)
    assert (found.problems, found.model("gpt-x").name) == ((), "GPT-X")
    assert found.catalog.providers["openai"].name == "openai"
    assert found.lost["`name` without characters that nobody sees"] == 1
    assert found.lost["`name` is no text"] == 1


def test_a_character_that_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    odd = changed(MODELS_DEV, ("openai", "models", "gpt-x", "name"), "GPT\ufffe-X")
    found = read(models_dev.IMPORTER, written(tmp_path, odd))
    assert (found.problems, found.model("gpt-x").name) == ((), "gpt-x")
    assert found.lost["`name` is no text"] == 1


def test_a_limit_that_changed_its_type_is_left_out_and_the_entry_goes_on(tmp_path: Path) -> None:
    odd = changed(MODELS_DEV, ("openai", "models", "gpt-x", "limit", "context"), "400k")
    odd = changed(odd, ("openai", "models", "gpt-x", "cost", "input"), "cheap")
    found = read(models_dev.IMPORTER, written(tmp_path, odd))
    assert not found.model("gpt-x").context_window.known
    assert found.model("gpt-x").max_output.value == 128_000
    assert found.prices("gpt-x")["standard"] == {"output": "10", "cache_read": "0.25"}
    assert {"`limit.context` is no whole number", "a price that is none"} <= set(found.lost)


def test_a_number_of_more_digits_than_a_catalog_holds_is_none(tmp_path: Path) -> None:
    odd = changed(OPENROUTER, ("data", 0, "pricing"), {"prompt": "0.1234567890123456789012345678901234567"})
    assert read(openrouter.IMPORTER, written(tmp_path, odd)).lost["a price that is none"] == 1


@pytest.mark.parametrize(
    "constraint", [{"start_date": "soon"}, {"start_time": "16:30:00Z"}, {"start_month": 5}, "always"]
)
def test_a_price_for_a_time_that_nobody_knows_does_not_hold_always(tmp_path: Path, constraint: Any) -> None:
    prices = [{"prices": {"input_mtok": "2.5"}}, {"constraint": constraint, "prices": {"input_mtok": "9"}}]
    odd = changed(GENAI_PRICES, (0, "models", 0, "prices"), prices)
    found = read(genai_prices.IMPORTER, written(tmp_path, odd))
    assert found.prices("gpt-x") == {"standard": {"input": "2.5"}, "batch": {"input": "1.25"}}
    assert found.lost["a price for a time that is not understood"] == 1

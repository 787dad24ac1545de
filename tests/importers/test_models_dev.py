"""models.dev: tiers, modes, plans and free offers of its JSON, and the records that its TOML files rest on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.importers.models_dev import IMPORTER
from sphinx_modelcmp.importers.source_files import ForeignError
from tests.importers.reading import Read, read, read_data

if TYPE_CHECKING:
    from pathlib import Path

COST = {"input": 5, "output": 25}
LONG = {"input": 10, "output": 37.5}


def read_one(folder: Path, place: str = "anthropic", name: str = "claude-opus-4-7", /, **model: Any) -> Read:
    return read_data(IMPORTER, folder, {place: {"models": {name: {"name": "Some Model", **model}}}})


def test_a_tier_has_a_size_of_its_own_and_the_made_up_one_is_not_read(tmp_path: Path) -> None:
    tiers = [{**LONG, "tier": {"type": "context", "size": 272_000}}]
    found = read_one(tmp_path, cost={**COST, "tiers": tiers, "context_over_200k": LONG})
    assert found.prices("claude-opus-4-7") == {
        "standard": {"input": "5", "output": "25"},
        ">272000": {"input": "10", "output": "37.5"},
    }


def test_without_tiers_the_price_above_200k_is_one(tmp_path: Path) -> None:
    assert ">200000" in read_one(tmp_path, cost={**COST, "context_over_200k": LONG}).prices("claude-opus-4-7")


@pytest.mark.parametrize("tier", [{"type": "time", "size": 200_000}, {"type": "context", "size": 0}, None])
def test_a_tier_of_something_else_is_told(tmp_path: Path, tier: Any) -> None:
    found = read_one(tmp_path, cost={**COST, "tiers": [{**LONG, "tier": tier}]})
    assert list(found.prices("claude-opus-4-7")) == ["standard"]
    assert found.lost["cost.tiers for no size of the context"] == 1
    assert found.route("claude-opus-4-7").charges == "incomplete"


@pytest.mark.parametrize(
    ("body", "service"), [({"speed": "fast"}, "fast"), ({"service_tier": "priority"}, "priority"), (None, "fast")]
)
def test_a_fast_mode_is_the_service_that_is_asked_for(tmp_path: Path, body: Any, service: str) -> None:
    modes = {"fast": {"cost": {"input": 30}, "provider": {"body": body}}, "slow": {"cost": {"input": 1}}}
    found = read_one(tmp_path, cost=COST, experimental={"modes": modes})
    assert found.prices("claude-opus-4-7")[service] == {"input": "30"}
    assert found.lost == {"experimental.modes.slow": 1}


@pytest.mark.parametrize(
    ("place", "name", "shown", "expected"),
    [
        ("zai-coding-plan", "glm-4.7", "GLM-4.7", {"plan": {}}),
        ("github-copilot", "gpt-5", "GPT-5", {"plan": {}}),
        ("openrouter", "z-ai/glm-4.7:free", "GLM 4.7 (free)", {"free": {}}),
        ("zenmux", "z-ai/glm-4.7-flash-free", "GLM 4.7", {"free": {}}),
        ("aihubmix", "coding-glm-4.7", "Coding GLM 4.7 (Free)", {"free": {}}),
        ("nvidia", "z-ai/glm-4.7", "GLM 4.7", {}),
    ],
)
def test_zero_is_free_or_a_plan_only_where_something_says_so(
    tmp_path: Path, place: str, name: str, shown: str, expected: dict[str, Any]
) -> None:
    found = read_one(tmp_path, place, name, cost={"input": 0, "output": 0}, name=shown)
    [model] = found.catalog.models
    assert found.prices(model) == expected
    assert found.lost.get("a price of 0 without a word that it is free", 0) == (not expected)
    assert "free" not in found.model(model).name.casefold()


def test_a_status_counts_for_the_model_only_where_its_maker_gives_it(tmp_path: Path) -> None:
    # Their “deprecated” is what a place serves no longer.
    own = read_one(tmp_path, status="deprecated").model("claude-opus-4-7")
    assert own.lifecycle
    assert own.lifecycle.status == "shutdown"
    other = read_one(tmp_path, "zenmux", "anthropic/claude-opus-4-7", status="alpha")
    assert other.model("claude-opus-4-7").lifecycle is None
    at_zenmux = other.route("claude-opus-4-7").lifecycle
    assert at_zenmux
    assert at_zenmux.status == "preview"
    assert read_one(tmp_path, status="gone").lost == {"the status gone": 1}


@pytest.mark.parametrize(("elsewhere", "lives"), [({}, True), ({"status": "deprecated"}, False)])
def test_a_model_that_another_place_serves_on_lives(tmp_path: Path, elsewhere: dict[str, str], lives: bool) -> None:
    name = {"name": "GLM 4.7"}
    data = {"zai": {"models": {"glm-4.7": {**name, "status": "deprecated"}}}}
    found = read_data(IMPORTER, tmp_path, {**data, "groq": {"models": {"glm-4.7": {**name, **elsewhere}}}})
    assert (found.model("glm-4.7").lifecycle is None) == lives
    ended = found.route("glm-4.7", "zai").lifecycle
    assert ended
    assert ended.status == "shutdown"


def test_a_zero_beside_paid_prices_is_none_unless_the_place_says_free(tmp_path: Path) -> None:
    cost = {"input": 30, "output": 180, "cache_read": 0, "cache_write": 0}
    assert (paid := read_one(tmp_path, cost=cost)).prices("claude-opus-4-7") == {
        "standard": {"input": "30", "output": "180"}
    }
    zero = "a price of 0 for `{}` beside others that are paid"
    assert paid.lost == {zero.format("cache_read"): 1, zero.format("cache_write"): 1}
    free = read_one(tmp_path, cost={"input": 0, "output": 2}, name="Some Model (free)")
    assert free.prices("claude-opus-4-7") == {"standard": {"input": "0", "output": "2"}}


@pytest.mark.parametrize(
    ("name", "about", "kind"),
    [
        ("text-embedding-3-large", {}, "embedding-model"),
        ("titan-v2", {"family": "titan-embed"}, "embedding-model"),
        ("qwen3-8b-x", {"name": "Qwen3 Reranker 8B"}, "reranking-model"),
        ("gpt-5", {"name": "GPT-5"}, None),
    ],
)
def test_a_kind_is_in_the_name_or_the_family(tmp_path: Path, name: str, about: dict[str, str], kind: str) -> None:
    found = read_one(tmp_path, "openai", name, **about, cost={"input": 1, "output": 0})
    assert found.model(name).kind.value == kind
    assert found.prices(name) == {"standard": {"input": "1"}}


def test_a_charge_without_a_component_makes_a_list_incomplete(tmp_path: Path) -> None:
    found = read_one(tmp_path, "perplexity", "sonar-4", cost={**COST, "request": 5, "citation": 2, "image": 0})
    assert found.route("sonar-4").charges == "incomplete"
    assert found.lost == {"cost.request": 1, "cost.citation": 1, "cost.image": 1}
    assert read_one(tmp_path, cost={**COST, "image": 0}).route("claude-opus-4-7").charges is None


def test_other_spellings_of_the_cache_are_read_and_told(tmp_path: Path) -> None:
    found = read_one(tmp_path, cost={**COST, "cached_input": 0.5, "cached_write": 6.25})
    assert found.prices("claude-opus-4-7")["standard"]["cache_read"] == "0.5"
    assert found.lost == {"cost.cached_input as cache_read": 1, "cost.cached_write as cache_write": 1}


def test_placeholders_are_unknown(tmp_path: Path) -> None:
    found = read_one(tmp_path, limit={"context": 0, "output": 8192}, release_date="1970-01-01", knowledge="2025-13")
    model = found.model("claude-opus-4-7")
    assert not model.context_window.known
    assert not model.released.known
    assert not model.knowledge_cutoff.known
    assert model.max_output.value == 8192
    assert len(found.lost) == 3


def test_a_list_of_kinds_of_input_is_complete_and_a_flag_that_is_absent_unknown(tmp_path: Path) -> None:
    found = read_one(tmp_path, modalities={"input": ["text", "pdf"], "output": ["text"]}, tool_call=False)
    flags = {name: str(flag.value) for name, flag in found.model("claude-opus-4-7").capabilities.items()}
    assert flags == {"vision": "false", "multimodal": "true", "pdf_input": "true", "function_calling": "false"}


# --- the repository ------------------------------------------------------------------------------------------------

RECORD = """
name = "Hy3"
release_date = 2026-05-02
reasoning = true
open_weights = true
license = "MIT"
[limit]
context = 262_144
input = 192_000
output = 65_536
[modalities]
input = ["text", "image"]
output = ["text"]
"""
LISTING = """
base_model = "tencent/hy3"
base_model_omit = ["limit.input", "reasoning", "modalities.output", "modalities.input", "absent.key"]
structured_output = true
[cost]
input = 0.14
output = 0.58
[limit]
output = 262_144
"""


def tree(folder: Path, listing: str = LISTING) -> Path:
    files = {
        "models/tencent/hy3.toml": RECORD,
        "providers/requesty/provider.toml": 'name = "Requesty"\ndoc = "https://requesty.ai"\nenv = ["KEY"]',
        "providers/requesty/models/tencent/hy3.toml": listing,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_listing_rests_on_its_record_table_by_table(tmp_path: Path) -> None:
    found = read(IMPORTER, tree(tmp_path))
    model = found.model("hy3")
    assert not found.problems
    assert (model.name, str(model.released.value)) == ("Hy3", "2026-05-02")
    assert (model.context_window.value, model.max_output.value) == (262_144, 65_536)
    assert found.route("hy3").max_output.value == 262_144
    assert found.route("hy3").id == "tencent/hy3"
    assert found.prices("hy3") == {"standard": {"input": "0.14", "output": "0.58"}}
    assert found.catalog.providers["requesty"].name == "Requesty"
    assert found.lost == {"license": 1, "provider.env": 1}


def test_a_tier_of_the_repository_needs_no_type(tmp_path: Path) -> None:
    tier = "[[cost.tiers]]\ninput = 0.28\noutput = 1.16\ntier = { size = 200_000 }\n"
    found = read(IMPORTER, tree(tmp_path, LISTING.replace("[limit]", tier + "[limit]")))
    assert found.prices("hy3")[">200000"] == {"input": "0.28", "output": "1.16"}


def test_what_is_omitted_is_not_taken_from_the_record(tmp_path: Path) -> None:
    found = read(IMPORTER, tree(tmp_path))
    route = found.route("hy3")
    assert not route.max_input.known
    assert [*route.capabilities] == ["structured_outputs"]
    assert found.model("hy3").capability("reasoning").known


BENCHMARKS = """
[[benchmarks]]
name = "SWE Bench Pro"
score = 59.0
[[benchmarks]]
name = "Terminal-Bench 2.1"
score = 63.1
metric = "pass@1"
harness = "Claude Code"
variant = "medium"
source = "https://artificialanalysis.ai/agents/coding-agents"
date = "2026-05"
[[benchmarks]]
name = "SWE-Bench Pro"
score = 44.9
metric = "resolve rate"
dataset = "public"
[[benchmarks]]
name = "Artificial Analysis Coding Index"
score = 38.9
metric = "index"
[[benchmarks]]
name = "SWE-Atlas Refactoring"
score = 48.57
metric = "score"
[[benchmarks]]
name = "SciCode"
score = 0.4
metric = "percent correct"
[[benchmarks]]
name = "SciCode"
"""


def test_scores_of_a_known_scale_are_results_of_the_model_once(tmp_path: Path) -> None:
    tree(tmp_path)
    (tmp_path / "models/tencent/hy3.toml").write_text(RECORD + BENCHMARKS, "utf-8")
    elsewhere = tmp_path / "providers/groq/models/hy3.toml"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text(LISTING, "utf-8")
    found = read(IMPORTER, tmp_path)
    assert {name: one.scale.value for name, one in found.catalog.benchmarks.items()} == {
        "swe-bench-pro": "percent",
        "terminal-bench": "percent",
        "artificial-analysis-coding-index": "index",
    }
    pro, terminal, public, index = found.model("hy3").results
    assert (pro.score, pro.metric, public.metric, public.split) == (Decimal(59), None, "resolve rate", "public")
    assert (terminal.version, terminal.harness, terminal.variant) == ("2.1", "Claude Code", "medium")
    assert (str(terminal.date), str(index.score)) == ("2026-05", "38.9")
    unscaled = "a score of {} without a scale that is known"
    assert {what: times for what, times in found.lost.items() if "score" in what} == {
        unscaled.format("SWE-Atlas Refactoring"): 1,
        unscaled.format("SciCode"): 1,
        "a result without a benchmark or a score": 1,
    }


def test_a_record_says_what_the_makers_own_place_does_not(tmp_path: Path) -> None:
    own = tree(tmp_path) / "providers/tencent-tokenhub/models/hy3.toml"
    own.parent.mkdir(parents=True)
    own.write_text('name = "Hy3"\nrelease_date = "2026-05-03"\n', "utf-8")
    model = read(IMPORTER, tmp_path).model("hy3")
    assert str(model.released.value) == "2026-05-03"
    assert model.context_window.value == 262_144


@pytest.mark.parametrize("base", ["tencent/hy4", "../providers/requesty/provider"])
def test_a_record_that_is_not_there_is_told_and_the_listing_stands(tmp_path: Path, base: str) -> None:
    found = read(IMPORTER, tree(tmp_path, LISTING.replace("tencent/hy3", base)))
    assert found.lost["a `base_model` that is not there"] == 1
    assert found.prices("hy3")["standard"]["input"] == "0.14"


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tree(tmp_path) / "providers/requesty/models/gone.toml").symlink_to("nowhere.toml")
    assert read(IMPORTER, tmp_path).lost["a link that leads nowhere"] == 1


def test_a_file_that_is_no_toml_is_told_with_its_place(tmp_path: Path) -> None:
    folder = tree(tmp_path, 'name = "Hy3"\n[cost\n')
    with pytest.raises(ForeignError, match=r"hy3\.toml:2:6: the file is not TOML"):
        read(IMPORTER, folder)
    with pytest.raises(ForeignError, match="not the repository"):
        read(IMPORTER, folder / "models")

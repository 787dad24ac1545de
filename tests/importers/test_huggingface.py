"""Model cards and results beside them, in the format that the Hub documents."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.importers.huggingface import IMPORTER
from sphinx_modelcmp.importers.importer import Asked
from sphinx_modelcmp.importers.source_files import ForeignError
from tests.importers.reading import read

if TYPE_CHECKING:
    from pathlib import Path

INDEX = """
model-index:
- name: Qwen3.5-4B
  results:
  - task: {type: text-generation}
    dataset: {name: ARC, type: ai2_arc, config: ARC-Challenge, split: test, revision: abc1, args: {num_few_shot: 25}}
    metrics:
    - {type: acc_norm, value: 64.59, name: normalized accuracy}
    - {type: perplexity, value: 5.1}
    source: {url: "https://example.com/leaderboard", name: Leaderboard}
  - dataset: {name: HumanEval, type: openai_humaneval}
    metrics:
    - {type: pass@1, value: 0.41 ± 0.02, verifyToken: token}
"""
RESULTS = """
- dataset: {id: cais/hle, task_id: default, revision: abc2}
  value: 20.90
  verifyToken: token
  date: "2025-01-15T10:00:00Z"
  source: {url: "https://example.com/traces", name: Traces, user: somebody}
  evaluation_framework: inspect-ai
  notes: no-tools
- dataset: {id: Idavidrein/gpqa, task_id: gpqa_diamond}
  value: 0.412
"""


def card(folder: Path, front: str, results: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if results:
        (folder / ".eval_results").mkdir()
        (folder / ".eval_results" / "results.yaml").write_text(results, "utf-8")
    path = folder / "README.md"
    path.write_text(f"---\n{front}\n---\n# A card\n", "utf-8")
    return path


def test_the_results_in_a_card(tmp_path: Path) -> None:
    path = card(tmp_path / "Qwen3.5-4B", INDEX)
    found = read(IMPORTER, path, Asked(scales={"humaneval": "fraction"}))
    assert not found.problems
    arc, humaneval = found.model("qwen3.5-4b").results
    assert (arc.benchmark, str(arc.score), arc.metric) == ("arc", "64.59", "normalized accuracy")
    assert (arc.split, arc.version, arc.variant) == ("ARC-Challenge, test", "abc1", "num_few_shot=25")
    assert found.catalog.benchmarks["arc"].scale == "percent"
    assert humaneval.ci == (Decimal("0.39"), Decimal("0.43"))
    assert (arc.reporter, humaneval.reporter) == ("self", "verified")
    assert set(found.lost) == {
        "results.task",
        "source.name",
        'a score of ARC without a scale (give one: --scale "ARC=percent")',
    }


def test_the_results_beside_a_card(tmp_path: Path) -> None:
    path = card(tmp_path / "Qwen3.5-4B", "license: mit", RESULTS)
    found = read(IMPORTER, path, Asked(scales={"cais/hle": "percent", "gpqa": "fraction"}))
    assert not found.problems
    hle, gpqa = found.model("qwen3.5-4b").results
    assert found.catalog.benchmarks[hle.benchmark].name == "cais/hle"
    assert found.catalog.benchmarks[hle.benchmark].url == "https://huggingface.co/datasets/cais/hle"
    assert (str(hle.score), hle.split, hle.version, hle.harness, hle.variant) == (
        "20.9",
        None,
        "abc2",
        "inspect-ai",
        "no-tools",
    )
    assert (hle.reporter, str(hle.date)) == ("verified", "2025-01-15")
    assert (gpqa.split, gpqa.reporter) == ("gpqa_diamond", None)
    assert found.lost == {"source.user": 1, "source.name": 1}


def test_a_score_without_a_scale_is_left_out_until_one_is_given(tmp_path: Path) -> None:
    path = card(tmp_path / "Qwen3.5-4B", "license: mit", RESULTS)
    without = read(IMPORTER, path)
    assert not without.model("qwen3.5-4b").results
    assert without.lost['a score of cais/hle without a scale (give one: --scale "cais/hle=percent")'] == 1
    assert len(read(IMPORTER, path, Asked(scales={"*": "percent"})).model("qwen3.5-4b").results) == 2
    fraction = read(IMPORTER, path, Asked(scales={"*": "fraction"}))
    assert [str(one.score) for one in fraction.model("qwen3.5-4b").results] == ["0.412"]
    assert fraction.lost["a score of cais/hle that is none in fraction"] == 1


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("license: apache-2.0", "apache-2.0"),
        ("license: other\nlicense_name: qwen\nlicense_link: https://example.com/LICENSE", "qwen"),
        ("license: unknown", None),
        ("license: other", None),
        ("license: [mit]", None),
        ("language: no", None),
    ],
)
def test_the_license_of_a_card(tmp_path: Path, front: str, expected: str | None) -> None:
    found = read(IMPORTER, card(tmp_path / "Model-1", front))
    assert not found.problems
    assert found.model("model-1").license.value == expected
    assert list(found.catalog.licenses) == ([expected] if expected else [])


def test_a_model_in_the_cache_of_the_hub_has_its_name_there(tmp_path: Path) -> None:
    cached = tmp_path / "models--Qwen--Qwen3.5-4B"
    blob = card(cached / "blobs", "pipeline_tag: image-text-to-text").rename(cached / "blobs" / "8f3a")
    (cached / "snapshots" / "3c1d").mkdir(parents=True)
    (cached / "snapshots" / "3c1d" / "README.md").symlink_to(blob)
    found = read(IMPORTER, tmp_path)
    assert list(found.catalog.models) == ["qwen3.5-4b"]
    assert found.catalog.find("Qwen/Qwen3.5-4B") is found.model("qwen3.5-4b")
    assert found.model("qwen3.5-4b").capability("vision").value == "true"


def test_two_repositories_of_one_name_are_two_models(tmp_path: Path) -> None:
    card(tmp_path / "Org-A" / "Base-1", "license: mit")
    card(tmp_path / "org-b" / "base-1", "license: apache-2.0\nbase_model: org-a/base-1")
    card(tmp_path / "models--Org-C--Base-1" / "snapshots" / "3c1d", "license: mit")
    card(tmp_path / "org-b" / "other-1", "license: mit")
    found = read(IMPORTER, tmp_path)
    assert not found.problems
    assert {model.id: (model.name, model.license.value) for model in found.catalog.models.values()} == {
        "org-a/base-1": ("Org-A/Base-1", "mit"),
        "org-b/base-1": ("org-b/base-1", "apache-2.0"),
        "org-c/base-1": ("Org-C/Base-1", "mit"),
        "other-1": ("other-1", "mit"),
    }
    assert not any(model.license.others for model in found.catalog.models.values())


def test_two_revisions_of_one_repository_are_one_model(tmp_path: Path) -> None:
    for revision, terms in (("3c1d", "mit"), ("4d2e", "apache-2.0")):
        card(tmp_path / "models--Qwen--Qwen3.5-4B" / "snapshots" / revision, f"license: {terms}")
    [other] = read(IMPORTER, tmp_path).model("qwen3.5-4b").license.others
    assert other.note is None


@pytest.mark.parametrize("name", ["Other-4B", "Qwen/Qwen3.5-4B-Base"])
def test_results_of_another_model_are_left_out(tmp_path: Path, name: str) -> None:
    path = card(tmp_path / "Qwen3.5-4B", INDEX.replace("- name: Qwen3.5-4B", f"- name: {name}"))
    found = read(IMPORTER, path)
    assert not found.model("qwen3.5-4b").results
    assert found.lost["a `model-index` of another name"] == 1


@pytest.mark.parametrize("name", ["qwen3.5-4b", "Qwen/Qwen3.5-4B", "Qwen3.5 4B"])
def test_results_of_the_model_in_another_spelling_are_its_own(tmp_path: Path, name: str) -> None:
    path = card(tmp_path / "Qwen3.5-4B", INDEX.replace("- name: Qwen3.5-4B", f"- name: {name}"))
    assert read(IMPORTER, path).model("qwen3.5-4b").results


def test_what_is_no_card_or_no_yaml_is_told(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# No front matter\n", "utf-8")
    with pytest.raises(ForeignError, match="no card"):
        read(IMPORTER, path)
    with pytest.raises(ForeignError, match=r"README\.md:4:1: "):
        read(IMPORTER, card(tmp_path, "license: mit\ntags: [a, b"))
    with pytest.raises(ForeignError, match=r"no README\.md"):
        read(IMPORTER, card(tmp_path / "x", "license: mit", RESULTS).parent / ".eval_results")

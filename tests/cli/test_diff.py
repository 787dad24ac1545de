"""``diff``: where two catalogs disagree, made-up ones and the two largest real ones."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.compare.catalog_diff import Disagreement, diff_catalogs
from tests.cli.running import run
from tests.importers import real_files

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
sources: {vendor: {title: "The | vendor", url: "https://vendor.example", checked: 2026-05-01}}
providers: {labs: {name: Labs}}
source: vendor
models:
  alfa-1:
    name: Alfa
    released: 2026-05
    context_window: 1000
    max_output: {values: [100, 200]}
    capabilities: {vision: true, reasoning: true}
    routes:
      - provider: labs
        id: alfa
        prices: [{input: 1, output: 2}, {input: 2, output: 4, when: {input_above: 500}}]
  bravo-1: {name: Bravo, context_window: 5}
"""
OTHER = """\
providers: {laboratory: {name: Labs}}
models:
  first:
    name: Alfa One
    aliases: [ALFA-1]
    released: 2026-05-17
    context_window: 2000
    max_output: 200
    parameters: 4e9
    capabilities: {vision: false}
    routes:
      - provider: laboratory
        id: Alfa
        prices: [{input: 1, output: 2.5}, {input: 2.0, output: 3, when: {input_above: 500}}]
"""


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("one.yaml", ONE), ("other.yaml", OTHER)):
        (tmp_path / name).write_text(text)
    return tmp_path / "one.yaml", tmp_path / "other.yaml"


def test_what_both_know_and_know_differently(sides: tuple[Path, Path]) -> None:
    one, other = (load_catalog([side]).catalog for side in sides)
    held = diff_catalogs(one, other, None, names={"laboratory": "labs"})
    assert (held.shared, held.compared) == (1, 8)
    told = [(item.field, item.when, item.one.values, item.other.values, item.factor) for item in held.disagreements]
    assert told == [
        ("context_window", "", ("1000",), ("2000",), Decimal(2)),
        ("vision", "", ("true",), ("false",), None),
        ("output", "input_above 500", ("4",), ("3",), Decimal(4) / Decimal(3)),
        ("output", "", ("2",), ("2.5",), Decimal("1.25")),
    ]
    assert held.disagreements[0].one.source == ("vendor",)


def test_a_table_and_a_status(sides: tuple[Path, Path]) -> None:
    found = run("diff", *sides, "--provider-id", "laboratory=labs")
    assert found.exit_code == 1
    assert [line.split() for line in found.stdout.splitlines()[1:3]] == [
        ["alfa-1", "context_window", "1000", "2000", "×2"],
        ["alfa-1", "vision", "true", "false"],
    ]
    assert run("diff", sides[0], sides[0]).exit_code == 0
    prices = run("diff", *sides, "--provider-id", "laboratory=labs", "--prices").stdout
    assert "context_window" not in prices
    assert "×1.25" in prices
    assert run("diff", *sides, "--field", "max_output").exit_code == 0
    assert run("diff", *sides, "--model", "bravo*").exit_code == 0


def test_a_report_in_markdown(sides: tuple[Path, Path], tmp_path: Path) -> None:
    found = run("diff", *sides, "--format", "markdown", "-o", tmp_path / "report.md")
    assert found.exit_code == 1
    lines = (tmp_path / "report.md").read_text().splitlines()
    assert "| alfa-1 |  | 1000 \\[1\\] | 2000 | ×2 |" in lines
    assert "1. [The \\| vendor](<https://vendor.example>), read on 2026-05-01" in lines


def test_json_has_exact_numbers(sides: tuple[Path, Path]) -> None:
    found = json.loads(run("diff", *sides, "--format", "json", "--provider-id", "laboratory=labs").stdout)
    assert [item["factor"] for item in found["disagreements"] if item["field"] == "output"][-1] == "1.25"


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["nowhere", "data"], 2, "neither a path nor SOURCE:FILE"),
        (["litellm:nowhere.json", "data"], 2, "there is no nowhere.json"),
    ],
)
def test_a_side_that_is_none(args: list[str], status: int, message: str) -> None:
    found = run("diff", *args)
    assert found.exit_code == status
    assert message in found.output


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--model", "alfa-2"], "Invalid value for '--model': no model of "),
        (["--model", "alfa-2"], "is called “alfa-2”; did you mean alfa-1?"),
        (["--model", "nine*"], "is called “nine*”"),
        (["--field", "contextwindow"], "nothing is compared as “contextwindow”; did you mean context_window?"),
        (["--field", "name"], "nothing is compared as “name”"),
        (["--provider-id", "laboratry=labs"], "has no provider “laboratry”; did you mean laboratory?"),
        (["--provider-id", "laboratory=lab"], "has no provider “lab”; did you mean labs?"),
    ],
)
def test_a_filter_of_nothing_is_a_wrong_call(sides: tuple[Path, Path], args: list[str], told: str) -> None:
    found = run("diff", *sides, *args)
    assert found.exit_code == 2
    assert told in " ".join(found.output.split())


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `diff` says of the two largest catalogs there are."""
    one = real_files.models_dev(tmp_path_factory.mktemp("real"))
    said = run("diff", f"models.dev:{one}", f"litellm:{real_files.litellm()}", "--format", "json").stdout
    found: dict[str, Any] = json.loads(said)
    return found


@pytest.mark.full
def test_the_largest_real_catalogs_disagree(real: dict[str, Any]) -> None:
    assert real["shared"] > 400
    assert real["compared"] > 2_000
    assert len({(item["model"], item["field"]) for item in real["disagreements"]}) > 100


@pytest.mark.full
def test_a_disagreement_is_what_the_two_files_say(real: dict[str, Any], tmp_path: Path) -> None:
    """Of every model of OpenAI whose cache both price; no number of ours, for each is looked up in its file."""
    theirs = json.loads(real_files.models_dev(tmp_path).read_text(), parse_float=Decimal)["openai"]["models"]
    others = json.loads(real_files.litellm().read_text(), parse_float=Decimal)
    expected = {}
    for name in theirs.keys() & others.keys():
        one = theirs[name].get("cost", {}).get("cache_read")
        other = others[name].get("cache_read_input_token_cost")
        if one and other and others[name]["litellm_provider"] == "openai" and round(one - other * 10**6, 9):
            expected[name] = (Decimal(one), round(other * 10**6, 9))
    told = {
        item["model"]: (Decimal(item["one"]["values"][0]), Decimal(item["other"]["values"][0]))
        for item in real["disagreements"]
        if item["field"] == "cache_read" and item["at"] == "openai" and not item["when"]
    }
    assert told == expected
    assert told


def test_disagreements_are_ordered_by_field_and_size(sides: tuple[Path, Path]) -> None:
    one, other = (load_catalog([side]).catalog for side in sides)
    found: tuple[Disagreement, ...] = diff_catalogs(one, other, None).disagreements
    assert [item.is_price for item in found] == sorted(item.is_price for item in found)

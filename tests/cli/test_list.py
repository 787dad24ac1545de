"""``list``: the models that a query finds, for eyes, for sheets and for scripts."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinx_modelcmp.cli.main import group

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = """\
catalog: {as_of: 2026-06-01}
providers: {p: {name: P}, q: {name: Q}}
models:
  b: {name: Model 10, capabilities: {vision: true}, routes: [{provider: p, prices: [{input: 2, output: 4}]}]}
  a: {name: Model 9, capabilities: {vision: true}, routes: [{provider: q, prices: [{input: 1, output: 4}]}]}
  c: {name: Without eyes, capabilities: {vision: false}, routes: [{provider: p, prices: [{input: 1, output: 1}]}]}
  d: {name: Unknown}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> str:
    path = tmp_path / "models.yaml"
    path.write_text(CATALOG, "utf-8")
    return str(path)


def run(*args: str, status: int = 0) -> str:
    result = CliRunner().invoke(group, ["list", *args])
    assert result.exit_code == status, result.output
    return result.output


def test_ids_are_for_scripts(catalog: str) -> None:
    assert run("-c", catalog, "--format", "ids").split() == ["b", "a", "c", "d"]
    assert run("-c", catalog, "--where", "vision", "--sort", "name", "--format", "ids").split() == ["a", "b"]
    assert run("-c", catalog, "--sort", "-input", "--format", "ids").split() == ["b", "a", "c", "d"]
    assert run("-c", catalog, "--sort", "name", "--limit", "1", "--format", "ids").split() == ["a"]


def test_the_table_ends_with_what_it_cannot_decide(catalog: str) -> None:
    shown = " ".join(run("-c", catalog, "--where", "not vision", "--columns", "id, output").split())
    assert "Without eyes c $1.00 at P" in shown
    assert "1 model matches. 1 could not be decided: vision unknown (1)." in shown
    named = " ".join(run("-c", catalog, "--where", "not vision", "--undecided", "show").split())
    assert "Undecided: Unknown." in named


def test_csv_is_for_sheets(catalog: str) -> None:
    rows = run("-c", catalog, "--rows", "routes", "--columns", "provider, input", "--sort", "input", "--format", "csv")
    assert [*csv.reader(rows.splitlines())] == [
        ["Model", "Provider", "Input"],
        ["Model 9", "Q", "$1.00"],
        ["Without eyes", "P", "$1.00"],
        ["Model 10", "P", "$2.00"],
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--where", "visio"], "no fact “visio”; did you mean vision?"),
        (["--columns", "outputt"], "no fact “outputt”; did you mean output"),
        (["x"], "no model “x” in the catalog"),
        (["--sort", "-nam"], "no fact “nam”; did you mean name"),
    ],
)
def test_what_is_wrong_is_said(catalog: str, args: list[str], message: str) -> None:
    assert message in run("-c", catalog, *args, status=2)

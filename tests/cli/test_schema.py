"""``schema``: printed, written, and held against a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinx_modelcmp.catalog.schema import generate
from sphinx_modelcmp.cli.main import group
from tests.compare.making import DATA

if TYPE_CHECKING:
    from click.testing import Result


def run(*args: str) -> Result:
    return CliRunner().invoke(group, ["schema", *args])


def test_it_prints_the_schema() -> None:
    done = run()
    assert (done.exit_code, done.stdout, done.stderr) == (0, generate(), "")


def test_it_writes_what_it_checks(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "catalog.schema.json"
    assert run("-o", str(file)).output == ""
    assert run("--check", str(file)).exit_code == 0
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))), encoding="utf-8")
    assert run("--check", str(file)).exit_code == 0, "layout does not count"


def test_the_file_in_the_package_is_checked_where_none_is_named() -> None:
    done = run("--check")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("change", ['{"type": "object"}', "{", ""])
def test_another_file_fails_and_says_what_to_do(change: str, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text(change, encoding="utf-8")
    done = run("--check", str(file))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"{file} is not the schema that this version makes. Write it anew: sphinx-modelcmp schema -o {file}\n"
    )
    assert run("-o", str(file)).exit_code == run("--check", str(file)).exit_code == 0


def test_the_schema_of_a_catalog_is_another_one(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    assert run("-c", str(DATA), "-o", str(file)).exit_code == 0
    held = json.loads(file.read_text(encoding="utf-8"))
    assert "embedding_size" in held["$defs"]["Model"]["properties"]
    assert "openai" in held["$defs"]["IdOfOrganizations"]["anyOf"][0]["enum"]
    assert run("-c", str(DATA), "--check", str(file)).exit_code == 0
    done = run("--check", str(file))
    assert done.exit_code == 1
    assert f"-o {file}" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--check", "--output", "x"], "do not go together"),
        (["-c", str(DATA), "--check"], "--check needs a file"),
        (["--check", "not-there.json"], "does not exist"),
        (["-c", "not-there"], "does not exist"),
    ],
)
def test_a_wrong_call_is_told(args: list[str], said: str) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path("x").exists()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("-o", str(tmp_path / "file" / "s.json"))
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in done.stderr

"""``import`` from the command line: what it asks for, what it tells, and what it does not touch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from tests.cli.running import run
from tests.support.hostile import ACTING, acting_in

if TYPE_CHECKING:
    from pathlib import Path

API = {
    "labs": {
        "id": "labs",
        "name": "Labs",
        "models": {
            "one-1": {"name": "One", "limit": {"context": 1000}, "colour": "red", "cost": {"input": 0, "output": 0}},
            "two-2": {"name": "Two", "limit": {"context": 9000}, "tool_call": True, "cost": {"input": 1, "output": 2}},
        },
    }
}


@pytest.fixture
def api(tmp_path: Path) -> Path:
    path = tmp_path / "api.json"
    path.write_text(json.dumps(API))
    return path


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_a_catalog_and_tells_what_was_lost(api: Path, tmp_path: Path) -> None:
    found = run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    assert found.exit_code == 0, found.output
    assert list(files(tmp_path / "data")) == ["catalog.yaml", "models/one.yaml", "models/two.yaml"]
    assert "1  colour (as in labs/one-1)" in found.stdout
    assert "1  a price of 0 without a word that it is free (as in labs/one-1)" in found.stdout
    assert run("check", tmp_path / "data").exit_code == 0
    assert (
        "Nothing to change."
        in run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01").stdout
    )


def test_nothing_that_a_foreign_catalog_says_acts_on_a_terminal(tmp_path: Path) -> None:
    """Keys that are not understood, names, values that are not taken or differ from those that are there."""
    model = {"name": f"M{ACTING}", ACTING: 1, "limit": {"context": ACTING}, "knowledge": ACTING, "family": ACTING}
    path = tmp_path / "api.json"
    for name in ("One", f"One{ACTING}"):
        models = {f"one{ACTING}": model, "two-2": {"name": name, "limit": {"context": 1}}}
        path.write_text(json.dumps({f"labs{ACTING}": {"id": "labs", "name": f"L{ACTING}", "models": models}}))
        found = run("import", "models.dev", path, "-o", tmp_path / "data", "--snapshot", "2026-05-01", "-v", color=True)
        assert acting_in(found.output) == set(), found.output
        assert "\\x1b]0;owned" in found.output
    path.write_text(f'{{"a": 1, "a{ACTING}')
    (twisted := tmp_path / f"api{ACTING}.json").write_text('{"a\x7f\u202e": 1, "a\x7f\u202e": 2}')
    for broken in (path, twisted):
        found = run("import", "models.dev", broken, "-o", tmp_path / "new", "--snapshot", "2026-05-01", color=True)
        assert (found.exit_code, acting_in(found.output)) == (1, set())


def test_a_file_of_a_later_day_than_the_catalog_is_said_once(api: Path, tmp_path: Path) -> None:
    """At its source, and not at all of its facts."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "catalog: {as_of: 2026-01-01}\nsources: {own: {title: Own}}\nmodels: {one-1: {name: One, source: own}}\n"
    )
    found = run("import", "models.dev", api, "-o", folder, "--snapshot", "2026-05-01")
    assert found.stdout.count("looked up on 2026-05-01, after 2026-01-01, the `as_of` of the catalog") == 1
    assert "checked: 2026-05-01" in (folder / "a.yaml").read_text()


def test_a_dry_run_writes_nothing(api: Path, tmp_path: Path) -> None:
    found = run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01", "--dry-run")
    assert "3 files in" in found.stdout
    assert "would be written" in found.stdout
    assert not (tmp_path / "data").exists()


def test_a_selection(api: Path, tmp_path: Path) -> None:
    def taken(*options: str) -> list[str]:
        folder = tmp_path / "-".join(options).replace(" ", "")
        run("import", "models.dev", api, "-o", folder, "--snapshot", "2026-05-01", *options)
        return list(load_catalog([folder]).catalog.models) if folder.exists() else []

    assert taken("--model", "ONE-*") == ["one-1"]
    assert taken("--query", "context_window > 1000") == ["two-2"]
    assert taken("--query", "function_calling") == ["two-2"]
    assert taken("--provider", "nobody") == []


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["litelm"], "no importer “litelm”; did you mean litellm?"),
        (["models.dev"], "--snapshot is missing"),
        (["models.dev", "--snapshot", "2026-05-01", "--query", "a ~ b"], "is no condition"),
        (["models.dev", "--snapshot", "2026-05-01", "--provider-id", "a"], "is not of the form THEIRS=OURS"),
        (["models.dev", "--snapshot", "2026-05-01", "--scale", "mmlu=precent"], "did you mean percent?"),
        (["models.dev", "--snapshot", "2026-05-01", "--source", "a b"], "a b"),
        (["models.dev", "--snapshot", "2026-05-01", "--model-id", "one-1=Bad Id"], "“Bad Id” cannot be an id"),
        (["models.dev", "--snapshot", "2026-05-01", "--provider-id", "labs=Our Labs"], "“Our Labs” cannot be an id"),
        (["models.dev", "--snapshot", "2026-05-01", "--currency", "labs=euro"], "“euro” is not a currency code"),
        (["models.dev", "--snapshot", "2026-05-01", "--currency", "lab=EUR"], "called “lab”; did you mean labs?"),
        (["models.dev", "--snapshot", "2026-05-01", "--model", "on-1"], "called “on-1”; did you mean one-1?"),
        (["models.dev", "--snapshot", "2026-05-01", "--provider", "lab"], "called “lab”; did you mean labs?"),
        (["models.dev", "--snapshot", "2026-05-01", "--query", "vison"], "no fact “vison”; did you mean vision?"),
        (["models.dev", "--snapshot", "2026-05-01", "--query", "vision = ye"], "“ye”"),
    ],
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(api: Path, tmp_path: Path, args: list[str], message: str) -> None:
    found = run("import", args[0], api, "-o", tmp_path / "data", *args[1:])
    assert found.exit_code == 2
    assert message in " ".join(found.output.split())
    assert not (tmp_path / "data").exists()


TRUNCATED = json.dumps(API)[:200]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TRUNCATED, "(is the file cut short?)"),
        ("[]", "not the api.json of models.dev"),
        ('{"labs": {"models": []}}', "is this another version of the format?"),
        ('{"labs": {"models": {"a": {"cost": {"input": NaN}}}}}', "api.json:1:46: NaN is no number in JSON"),
        ('{"labs": {"models": {},\n "models": {}}}', "api.json:2:2: the key “models” stands twice in one object"),
        ("[" * 100_000, "nested too deep"),
        ("\x00\x01", "not JSON"),
    ],
)
def test_a_file_that_is_unusable_costs_nobody_any_data(tmp_path: Path, text: str, message: str) -> None:
    path, folder = tmp_path / "api.json", tmp_path / "data"
    path.write_text(json.dumps(API))
    run("import", "models.dev", path, "-o", folder, "--snapshot", "2026-05-01")
    before = files(folder)
    path.write_text(text)
    found = run("import", "models.dev", path, "-o", folder, "--snapshot", "2026-06-01")
    assert found.exit_code == 1
    assert message in found.output
    assert files(folder) == before


def test_200_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    found = run("import", "models.dev", path, "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    assert found.exit_code == 1
    assert "the file has 209,715,200 bytes, the limit is 134,217,728" in found.output


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_disk_that_fills_and_an_interrupt_leave_the_catalog_as_it_was(
    api: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    folder = tmp_path / "data"
    run("import", "models.dev", api, "-o", folder, "--snapshot", "2026-05-01")
    before = files(folder)
    calls: list[int] = []

    def failing(_descriptor: int) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise stop

    monkeypatch.setattr("os.fsync", failing)
    found = run("import", "models.dev", api, "-o", folder, "--snapshot", "2026-06-01")
    assert len(calls) == 2
    assert found.exit_code == 1
    assert "Nothing was changed." in found.output or "Aborted!" in found.output
    assert files(folder) == before


def test_a_folder_that_is_not_ours_or_cannot_be_written_is_left_alone(api: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    found = run("import", "models.dev", api, "-o", tmp_path / "notes", "--snapshot", "2026-05-01")
    assert (found.exit_code, "holds no catalog" in found.output) == (1, True)
    (tmp_path / "file").write_text("")
    found = run("import", "models.dev", api, "-o", tmp_path / "file" / "data", "--snapshot", "2026-05-01")
    assert (found.exit_code, "Nothing was changed." in found.output) == (1, True)
    assert files(tmp_path / "notes") == {"a.txt": "mine"}


@pytest.mark.parametrize("text", ["models:\n", "models: {}\nproviders:\n", "# nothing yet\n"])
def test_a_catalog_that_is_still_to_be_filled_is_filled(api: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalog.yaml").write_text(text)
    assert run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01").exit_code == 0
    assert list(load_catalog([tmp_path / "data"]).catalog.models) == ["one-1", "two-2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("models:\n  a:\n    summary: a: b\n", "catalog.yaml:3:15: the catalog cannot be read"),
        ("- models\n", "what YAML is in it is no catalog"),
        ("services: {web: {}}\n", "what YAML is in it is no catalog"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said_with_its_place(api: Path, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalog.yaml").write_text(text)
    found = run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    assert (found.exit_code, told in found.output) == (1, True)
    assert files(tmp_path / "data") == {"catalog.yaml": text}


def test_what_was_wrong_before_is_no_finding_of_an_import(api: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = "models:\n  one-1:\n    name: One\n    context_window: 3000\n    context_window: 4000\n"
    (tmp_path / "data" / "catalog.yaml").write_text(text)
    found = run("import", "models.dev", api, "-o", tmp_path / "data", "--snapshot", "2026-05-01")
    assert (found.exit_code, "The checks say" in found.output) == (0, False)


def test_who_reads_the_first_line_of_the_report_has_the_files_all_the_same(api: Path, tmp_path: Path) -> None:
    call = (sys.executable, "-m", "sphinx_modelcmp", "import", "models.dev", api, "-v")
    with subprocess.Popen((*call, "-o", tmp_path / "data", "--snapshot", "2026-05-01"), stdout=subprocess.PIPE) as told:
        assert told.stdout
        told.stdout.close()
    assert list(load_catalog([tmp_path / "data"]).catalog.models) == ["one-1", "two-2"]

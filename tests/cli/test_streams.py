"""What the system refuses a command ends it in a sentence: a full disk, a closed pipe, a folder that goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_modelcmp.cli.main import COMMANDS, main
from tests.cli.running import run

PROGRAM = (sys.executable, "-m", "sphinx_modelcmp")
ODD = "models:\n  a: {name: A, contxt: 1, context_window: {value: 1000, checked: 2026-01-01}}\n  b: {name: B}\n"
CALLS = {
    "check": ["check", "odd.yaml"],
    "cost": ["cost", "a", "b", "-c", "odd.yaml"],
    "diff": ["diff", "odd.yaml", "other.yaml"],
    "import": ["import", "models.dev", "api.json", "-o", "out", "--snapshot", "2026-05-01"],
    "init": ["init", "--yes"],
    "list": ["list", "-c", "odd.yaml"],
    "new": ["new", "catalog", "fresh", "--title", "Fresh"],
    "schema": ["schema"],
    "show": ["show", "a", "b", "-c", "odd.yaml"],
    "stale": ["stale", "-c", "odd.yaml"],
    "update": ["update", "--snapshot", "2026-05-01"],
    "help": ["--help"],
    "help of a command": ["show", "--help"],
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("odd.yaml").write_text(ODD)
    Path("other.yaml").write_text(ODD.replace("1000", "2000"))
    models = {"m": {"id": "m", "name": "M", "limit": {"context": 1000}}}
    Path("api.json").write_text(json.dumps({"x": {"id": "x", "name": "X", "models": models}}))
    Path("modelcmp-update.toml").write_text('[[source]]\nimporter = "models.dev"\nfile = "api.json"\ninto = "out"\n')
    Path("conf.py").write_text("extensions = []\n")


def test_every_command_is_called() -> None:
    assert {*COMMANDS} <= {*CALLS}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_full_disk(call: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, *call], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Error: standard output: No space left on device."
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_closed_pipe(call: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*PROGRAM, *call], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Error: standard output: Broken pipe."
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_streams_at_all(call: list[str]) -> None:
    shell = ["sh", "-c", 'exec "$@" <&- >&-', "sh", *PROGRAM, *call]
    done = subprocess.run(shell, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == {"check": 1, "diff": 1, "update": 10}.get(call[0], 0)
    assert "Traceback" not in done.stderr


def test_errors_that_cannot_be_told_either() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "check", "odd.yaml"], stdout=full, stderr=full, check=False)
    assert done.returncode != 0


def test_what_a_disk_refuses_names_the_file(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever a command does not expect itself."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(116, "Stale file handle", "data/models.yaml")

    monkeypatch.setattr("sphinx_modelcmp.cli.check.load_catalog", refuse)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        main(["check", "odd.yaml"])
    assert (ended.value.code, capfd.readouterr().err) == (1, "Error: data/models.yaml: Stale file handle.\n")


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *PROGRAM, "check", str(tmp_path / "odd.yaml")]
    done = subprocess.run(shell, cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "[unknown-key]" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_name_that_is_no_text() -> None:
    Path(os.fsdecode(b"odd-\xff.yaml")).write_text("modls: {}\n")
    done = subprocess.run([*PROGRAM, "check", "."], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "no key “modls” at the top of a file" in done.stdout


@pytest.mark.parametrize("command", ["show", "cost", "stale", "schema", "diff"])
@pytest.mark.parametrize("text", [None, "models: [\n"])
def test_a_catalog_that_cannot_be_read_is_no_catalog_without_models(command: str, text: str | None) -> None:
    """None of them says that all is well, or that a model is unknown."""
    Path("empty").mkdir()
    if text:
        Path("empty/broken.yaml").write_text(text)
    arguments = {"show": ["a"], "cost": ["a"], "diff": ["odd.yaml", "empty"]}.get(command, [])
    done = run(command, *arguments, *([] if command == "diff" else ["-c", "empty"]))
    assert (done.exit_code, done.stdout) == (1, "")
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Error: empty")
    assert last.endswith("[syntax]" if text else "no YAML file in this folder [catalog-file]")


def test_a_pseudo_file_system_is_no_catalog() -> None:
    done = subprocess.run([*PROGRAM, "check", "/proc/self"], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)

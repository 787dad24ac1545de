"""What a shell completes: by click's own protocol, and once in a real bash."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete

from sphinx_modelcmp.cli.main import group
from tests.compare.making import DATA, REPOSITORY, RICH
from tests.support import programs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

VARIABLE = "_SPHINX_MODELCMP_COMPLETE"
DRIVE = f"""
eval "$({VARIABLE}=bash_source sphinx-modelcmp)"
try() {{
    COMP_WORDS=(sphinx-modelcmp "$@") COMP_CWORD=$# COMPREPLY=()
    _sphinx_modelcmp_completion sphinx-modelcmp
    echo "${{COMPREPLY[@]}}"
}}
try sch
try show -c {RICH} alpha be
"""


def completed(*words: str) -> list[str]:
    *before, begun = words
    found = BashComplete(group, {}, "sphinx-modelcmp", VARIABLE).get_completions([*before], begun)
    return [item.value for item in found]


def test_names_of_models_come_from_the_catalog_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert completed("stale", "--model", "gpt-5.4") == ["gpt-5.4", "gpt-5.4-mini"]
    assert completed("stale", "--model", "QWEN/QWEN3.5-4") == ["Qwen/Qwen3.5-4B"], "an alias, in capitals"
    assert completed("show", "-c", str(RICH), "alpha", "b") == ["beta"]
    assert completed("cost", "-c", str(RICH), "-c", str(DATA), "codex-m") == ["codex-mini-latest", "codex-mini"]
    monkeypatch.setenv("MODELCMP_CATALOG", str(RICH))
    assert completed("show", "alp") == ["alpha"]


def test_what_is_wrong_completes_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert completed("show", "gpt") == []
    assert completed("show", "-c", "nowhere", "gpt") == []
    broken = tmp_path / "c.yaml"
    broken.write_text("models: [", encoding="utf-8")
    assert completed("show", "-c", str(broken), "gpt") == []
    monkeypatch.setattr("sphinx_modelcmp.cli.arguments.load_catalog", lambda *_: 1 / 0)
    assert completed("show", "-c", str(broken), "gpt") == []


def test_in_a_real_bash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "sphinx-modelcmp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sphinx_modelcmp "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    done = programs.run([programs.find("bash"), "-c", DRIVE], tmp_path)
    assert (done.stdout, done.stderr) == ("schema\nbeta\n", "")

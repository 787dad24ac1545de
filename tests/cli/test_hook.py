"""The hook for pre-commit: what it runs is a call of ours, and the folder is its argument."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import yaml
from click.testing import CliRunner

from sphinx_modelcmp.cli.main import group
from tests.compare.making import REPOSITORY

if TYPE_CHECKING:
    import pytest


def test_the_hook_checks_the_folder_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *args = shlex.split(hook["entry"])
    assert (hook["id"], program, hook["pass_filenames"]) == ("modelcmp-check", "sphinx-modelcmp", False)
    done = CliRunner().invoke(group, [*args, *hook["args"]])
    assert (done.exit_code, done.output) == (0, "")
    assert CliRunner().invoke(group, [*args, "tests/cases"]).exit_code == 1

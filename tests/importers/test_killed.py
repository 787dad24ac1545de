"""An import that is killed leaves a folder that a build takes, and in which the next import does the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from tests.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

HAND = "# By hand.\nmodels:\n  acme-1: {name: One, note: We like it.}   # kept\n"
MODEL = {"limit": {"context": 1000}, "cost": {"input": 1, "output": 2}}
MODELS = {f"{word}-1": {"name": word, **MODEL} for word in ("acme", *(f"x{chr(97 + i)}" for i in range(16)))}
API = {"acme": {"id": "acme", "name": "Acme", "models": MODELS}}


def filled(folder: Path, text: str) -> Path:
    if text:
        folder.mkdir()
        (folder / "catalog.yaml").write_text(text)
    return folder


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither SIGKILL nor fork")
@pytest.mark.parametrize(("text", "points"), [(HAND, 50), ("", 20)])
def test_a_killed_import_is_made_up_for_by_the_next_one(tmp_path: Path, text: str, points: int) -> None:
    api = tmp_path / "api.json"
    api.write_text(json.dumps(API))

    def take(folder: Path) -> None:
        assert run("import", "models.dev", api, "-o", folder, "--snapshot", "2026-05-01").exit_code == 0

    whole, *others = (filled(tmp_path / f"at-{i}", text) for i in range(points + 1))
    take(whole)
    call = [sys.executable, "-m", "tests.importers.dying", *map(str, (api, *others))]
    found = subprocess.run(call, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == str(points)
    for folder in others:
        if text:
            assert load_catalog([folder]).problems == ()
            assert "note: We like it.}   # kept" in (folder / "catalog.yaml").read_text()
        take(folder)
        assert files(folder) == files(whole)

"""What the documentation shows of the command line is what it prints. ``REGENERATE=1`` writes it anew."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
from decimal import Decimal
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sphinx_modelcmp.cli.main import group
from sphinx_modelcmp.importers.importer import Asked, Importer, Loss, models_of

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "docs" / "command-line.md", ROOT / "docs" / "importing.md", ROOT / "README.md"]
PAGES += [ROOT / "docs" / "keeping-fresh.md"]
READING = ("check", "cost", "diff", "show")
BLOCK = re.compile(r"^```console\n(?P<text>\$ sphinx-modelcmp .*?)^```$", re.DOTALL | re.MULTILINE)


def commands(text: str) -> list[tuple[str, str]]:
    """Each call of a block, with what stands below it."""
    parts = re.split(r"^\$ sphinx-modelcmp ", text, flags=re.MULTILINE)[1:]
    return [(call, shown) for call, _, shown in (part.partition("\n") for part in parts)]


def printed(call: str) -> str:
    """What a call prints: of one that fails before it prints anything, the error."""
    result = CliRunner().invoke(group, shlex.split(call))
    assert result.exit_code in {0, 1}, (call, result.output)
    return result.stdout or result.stderr


def words_of(call: str) -> list[str]:
    """The words of a call, or of its first line."""
    return shlex.split(call.rstrip("\\"))


def can_run(call: str) -> bool:
    """Whether a call asks nothing, writes nothing, goes through no shell, and reads what is in this repository."""
    words = [word.partition(":")[2] or word for word in words_of(call)]
    is_there = all(Path(word).exists() for word in words if Path(word).suffix in {".json", ".csv"})
    return is_there and words[0] in READING and not {"-o", "|"} & set(words) and "<" not in call


def is_a_call(call: str) -> bool:
    """Whether there are such a command and such options."""
    words = words_of(call.partition("|")[0])
    command: click.Command | None = group
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))
    known = {option for param in command.params for option in param.opts} if command else set()
    return {word for word in words if word.startswith("-")} <= known


def rewritten(text: str) -> str:
    """A page with what its calls print."""

    def block(found: re.Match[str]) -> str:
        return f"```console\n{''.join(one(*command) for command in commands(found['text']))}```"

    def one(call: str, shown: str) -> str:
        assert is_a_call(call), call
        return f"$ sphinx-modelcmp {call}\n{printed(call) if can_run(call) else shown}"

    return BLOCK.sub(block, text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_shown_is_what_is_printed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = path.read_text("utf-8")
    found = rewritten(text)
    if os.environ.get("REGENERATE"):
        path.write_text(found, "utf-8")
    assert found == text


def test_the_importer_of_the_documentation_imports(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("registry_importer", ROOT / "docs/examples/registry_importer.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    importer: Importer = module.IMPORTER
    path = tmp_path / "registry.json"
    path.write_text(
        json.dumps([{"id": "Own-1", "window": 8000, "tools": True, "cents": {"input": 0.02}, "owner": "A"}])
    )
    loss = Loss()
    assert models_of(importer.read(path, Asked(), loss).listings) == {
        "own-1": {
            "name": "own-1",
            "context_window": 8000,
            "capabilities": {"function_calling": True},
            "routes": [
                {
                    "provider": "house",
                    "id": "Own-1",
                    "context_window": 8000,
                    "capabilities": {"function_calling": True},
                    "prices": [{"input": Decimal("0.2")}],
                }
            ],
        }
    }
    assert [(lost.what, lost.times) for lost in loss] == [("owner", 1)]

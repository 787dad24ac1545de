"""Commands find the catalog that the project around them names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run

MODELS = "models: {one: {name: The one}}\n"


@pytest.fixture(autouse=True)
def _in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MODELCMP_CATALOG", raising=False)
    Path("pyproject.toml").write_text("[project]\n")


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("conf", ["conf.py", "docs/conf.py", "doc/source/conf.py"])
@pytest.mark.parametrize("value", ['"cat"', '["cat"]', '("cat",)'])
def test_conf_py_names_it_and_is_not_run(conf: str, value: str) -> None:
    put(conf, f"raise SystemExit(1)\nmodelcmp_catalog = 'old'\nmodelcmp_catalog: object = {value}\n")
    put(f"{Path(conf).parent}/cat/a.yaml", MODELS)
    found = run("show", "one")
    assert (found.exit_code, "The one" in found.stdout) == (0, True)


def test_pyproject_toml_names_it_first_and_from_below(monkeypatch: pytest.MonkeyPatch) -> None:
    put("docs/conf.py", "modelcmp_catalog = compute()\n")
    put("pyproject.toml", '[tool.sphinx-modelcmp]\ncatalog = ["cat", "shipped"]\n')
    put("cat/a.yaml", MODELS)
    assert run("show", "one").exit_code == run("show", "gpt-5.4").exit_code == 0
    Path("docs/deep").mkdir()
    monkeypatch.chdir("docs/deep")
    # The nearest counts: docs/conf.py, whose value no command can know.
    found = run("show", "one")
    assert found.exit_code == 2
    assert "conf.py:1: modelcmp_catalog is computed, and a command runs no conf.py" in found.stderr


def test_nothing_above_the_root_of_the_project_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("inner/pyproject.toml", "")
    put("conf.py", 'modelcmp_catalog = "cat"\n')
    monkeypatch.chdir(tmp_path / "inner")
    found = run("stale")
    assert found.exit_code == 2
    assert "No catalog is named. Name one in the call or in MODELCMP_CATALOG" in found.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("conf.py", 'modelcmp_catalog = "nowhere"\n', "conf.py: `catalog` names nowhere, which is not there"),
        ("conf.py", "modelcmp_catalog = 3\n", "conf.py: the catalog is a path or a list of paths"),
        ("conf.py", "modelcmp_catalog = (\n", "conf.py: '(' was never closed"),
        ("pyproject.toml", "[tool\n", "pyproject.toml: Expected ']'"),
        ("pyproject.toml", "[tool.sphinx-modelcmp]\ncatalog = [1]\n", "the catalog is a path or a list of paths"),
    ],
)
def test_what_names_no_catalog_is_told(name: str, text: str, message: str) -> None:
    put(name, text)
    found = run("check")
    assert (found.exit_code, message in found.stderr) == (2, True), found.stderr


def test_the_word_is_a_catalog_wherever_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    put("cat.yaml", MODELS)
    assert run("check", "shipped", "cat.yaml").exit_code == 0
    assert "shipped and cat.yaml have no model in common." in run("diff", "shipped", "cat.yaml").stdout
    monkeypatch.setenv("MODELCMP_CATALOG", "shipped")
    assert run("cost", "gpt-5.4").exit_code == 0
    before = Path("cat.yaml").read_text()
    found = run("new", "model", "mine", "--name", "M", "--organization", "o", "--source", "s", "--add")
    assert (found.exit_code, "is no folder" in found.stderr) == (2, True)
    assert Path("cat.yaml").read_text() == before


def test_a_shipped_catalog_that_is_old_on_a_day_is_told_once() -> None:
    found = run("check", "shipped", "--stale-after", "30", "--as-of", "2027-01-01")
    assert (found.exit_code, len(found.stdout.splitlines())) == (1, 1)
    assert "40 days before 2027-01-01" in found.stdout
    assert run("check", "shipped", "--stale-after", "30").exit_code == 0

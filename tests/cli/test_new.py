"""``new``: what it writes is read without a problem, and nothing that is there is touched."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.records import Fact
from sphinx_modelcmp.cli import new
from sphinx_modelcmp.cli.main import group
from tests.compare.making import DATA

if TYPE_CHECKING:
    from click.testing import Result

NAMED = ("--name", "Acme: One", "--organization", "openai", "--source", "editors")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str, answers: str = "") -> Result:
    return CliRunner().invoke(group, ["new", *args], input=answers)


def written() -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in Path().rglob("*.yaml")}


def said_in_full(text: str) -> str:
    """With every key that stands behind a ``#``."""
    return re.sub(r"(?m)^( *)#(?=[a-z_]+:|  )", r"\1", text)


def test_a_new_catalog_is_one_without_problems() -> None:
    done = run("catalog", "--title", "Ours: all")
    assert (done.exit_code, done.stderr) == (0, "")
    assert 'modelcmp_catalog = "data"\n' in done.stdout
    loaded = load_catalog([Path("data")])
    assert (loaded.problems, loaded.catalog.title) == ((), "Ours: all")
    assert sorted(loaded.catalog.models) == ["example-large", "example-small"]
    for path, text in written().items():
        Path(path).write_text(said_in_full(text), encoding="utf-8")
    loaded = load_catalog([Path("data")])
    assert loaded.problems == ()
    assert list(loaded.catalog.traffic) == ["support-bot"]
    assert loaded.catalog.as_of


def test_the_path_is_the_one_from_conf_py() -> None:
    Path("docs").mkdir()
    Path("docs/conf.py").touch()
    done = run("catalog", "cats/ours", "--title", "T", "--as-of", "2026-01-02", "--currency", "EUR")
    assert "In docs/conf.py:" in done.stdout
    assert 'modelcmp_catalog = "../cats/ours"' in done.stdout
    catalog = load_catalog([Path("cats/ours")]).catalog
    assert (str(catalog.as_of), catalog.currency) == ("2026-01-02", "EUR")


def test_a_folder_with_anything_in_it_stays_as_it_is() -> None:
    Path("data").mkdir()
    assert run("catalog", "--title", "T").exit_code == 0
    Path("data/catalog.yaml").write_text("mine", encoding="utf-8")
    before = written()
    for place in ("data", "data/catalog.yaml"):
        done = run("catalog", place, "--title", "T")
        assert done.exit_code == 2
        assert f"{place} is not an empty folder" in done.stderr
    assert written() == before


def test_a_new_model_says_all_that_can_be_said() -> None:
    shutil.copytree(DATA, "data")
    done = run("model", "acme/one:free", *NAMED)
    assert (done.exit_code, done.stderr) == (0, "")
    path = Path("data/models/acme-one-free.yaml")
    assert done.stdout == f"Written: {path}\n"
    loaded = load_catalog([Path("data")])
    assert loaded.problems == ()
    assert loaded.catalog.models["acme/one:free"].name == "Acme: One"
    path.write_text(said_in_full(path.read_text(encoding="utf-8")), encoding="utf-8")
    loaded = load_catalog([Path("data")])
    assert loaded.problems == ()
    model = loaded.catalog.models["acme/one:free"]
    held = {field.name: getattr(model, field.name) for field in fields(model)}
    unsaid = {name for name, value in held.items() if not value or (isinstance(value, Fact) and not value.known)}
    assert unsaid == {"accept"}
    assert "embedding_size" in model.house
    assert {"vision", "pdf_input"} <= set(model.capabilities)


def test_what_the_catalog_lacks_is_refused_or_added() -> None:
    shutil.copytree(DATA, "data")
    before = written()
    done = run("model", "m", "--name", "M", "--organization", "opnai", "--source", "editors")
    assert done.exit_code == 2
    assert "no organization “opnai” in the catalog; did you mean openai? Give --add to add it." in done.stderr
    assert written() == before
    added = ("--add", "--organization", "acme", "--organization-name", "Acme", "--source", "acme-docs")
    said = ("--source-title", "Docs", "--source-kind", "vendor", "--source-checked", "2026-10-01")
    assert run("model", "m", "--name", "M", *added, *said).exit_code == 0
    loaded = load_catalog([Path("data")])
    assert loaded.problems == ()
    assert loaded.catalog.organizations["acme"].name == "Acme"
    assert str(loaded.catalog.sources["acme-docs"].checked) == "2026-10-01"
    assert {path: text for path, text in written().items() if path in before} == before


def test_what_has_a_default_is_not_asked_for_without_a_terminal() -> None:
    assert run("catalog").exit_code == 0
    assert load_catalog([Path("data")]).catalog.title == "Language models"
    assert run("model", "one", "--organization", "example-labs", "--source", "example-docs").exit_code == 0
    loaded = load_catalog([Path("data")])
    assert (loaded.problems, loaded.catalog.models["one"].name) == ((), "one")


@pytest.mark.parametrize("day", ["2025-01-31", "2019-12-01", "2030-02-28"])
def test_a_catalog_of_any_day_is_one_without_problems(day: str) -> None:
    assert run("catalog", "--as-of", day).exit_code == 0
    loaded = load_catalog([Path("data")])
    assert (loaded.problems, str(loaded.catalog.as_of)) == ((), day)


def test_a_wrong_answer_is_asked_for_again_and_no_other_one_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "_has_terminal", lambda: True)
    assert run("catalog", "--title", "T").exit_code == 0
    answers = ["**One**", "One", "example-labs", "two words", "docs", "y", "Docs", "no address", "https://example.org"]
    answers += ["vendor", "2026/10/1", "2026-10-01"]
    done = run("model", "one", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in ("markup in “**One**”", "“two words” cannot be an id", "not an absolute address", "mean 2026-10-01?"):
        assert said in done.output
    loaded = load_catalog([Path("data")])
    assert (loaded.problems, loaded.catalog.models["one"].name) == ((), "One")
    assert loaded.catalog.sources["docs"].url == "https://example.org"


def test_it_asks_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "_has_terminal", lambda: True)
    assert run("catalog", answers="\n").exit_code == 0
    assert load_catalog([Path("data")]).catalog.title == "Language models"
    answers = [
        "Acme One",
        "exmaple-labs",
        "n",
        "example-labs",
        "docs",
        "y",
        "The docs",
        "",
        "boss",
        "own",
        "2026-10-01",
    ]
    done = run("model", "one", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "no organization “exmaple-labs” in the catalog; did you mean example-labs?" in done.stdout
    loaded = load_catalog([Path("data")])
    assert loaded.problems == ()
    source = loaded.catalog.sources["docs"]
    assert (source.title, source.url, source.kind.value, str(source.checked)) == ("The docs", None, "own", "2026-10-01")
    assert loaded.catalog.models["one"].organization.value == "example-labs"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("catalog", "other", "--title", "T", "--currency", "dollars"), "not a currency code"),
        (("model", "m", "--name", "M", "--source", "editors"), "Missing option '--organization'"),
        (("model", "m", *NAMED[:4]), "Missing option '--source'"),
        (("model", "m", "--name", "**M**", *NAMED[2:]), "markup"),
        (("model", "m n", *NAMED), "cannot be an id"),
        (("model", "gpt-5.4", *NAMED), "“gpt-5.4” is in the catalog already: GPT-5.4"),
        (("model", "GPT-5.4", *NAMED), "is in the catalog already"),
        (("model", "openai", *NAMED), "openai.yaml is there already"),
        (
            ("model", "m", *NAMED[:4], "--add", "--source", "s", "--source-checked", "2026/01/02"),
            "did you mean 2026-01-02?",
        ),
        (("model", "m", *NAMED, "-c", "data/catalog.yaml"), "data/catalog.yaml is no folder"),
        (("model", "m", *NAMED[:4], "--add", "--source", "s"), "Missing option '--source-title'"),
        (("model", "m", *NAMED[:4], "--add", "--source", "s", "--source-title", "S", "--source-url", "x"), "address"),
    ],
)
def test_a_wrong_call_writes_nothing(args: tuple[str, ...], said: str) -> None:
    shutil.copytree(DATA, "data")
    before = written()
    done = run(*args)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert written() == before
    assert not Path("other").exists()

"""``check`` says what a build says, in the form that is asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from tests.cli.running import run
from tests.compare.making import DATA
from tests.support.hostile import ACTING, acting_in

CASES = Path(__file__).parent.parent / "cases"
CASE = CASES / "output-ratio-kimi-k3.yaml"


def test_a_clean_catalog_is_nothing_to_speak_of() -> None:
    found = run("check", DATA)
    assert (found.exit_code, found.output) == (0, "")


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.stem)
def test_it_says_what_the_catalog_says(case: Path) -> None:
    problems = [problem for problem in load_catalog([case]).problems if problem.code is not Code.CONFLICT]
    found = run("check", case)
    assert found.stdout.splitlines() == list(map(str, problems))
    # A note is told, and fails nothing.
    assert found.exit_code == any(problem.code is not Code.BUILT_IN_FIELD for problem in problems)


def test_what_a_house_asks_for_beyond() -> None:
    asked = run(
        "check", DATA, "--stale-after", "10", "--as-of", "2026-11-22", "--conflicts", "--require-sources", "all"
    )
    assert {line.rpartition("[")[2] for line in asked.stdout.splitlines()} == {"stale-fact]", "conflict]"}
    assert run("check", CASE, "--ignore", "output-ratio", "--ignore", "price-jump").exit_code == 0


def test_json() -> None:
    [first, *_] = json.loads(run("check", CASE, "--format", "json").stdout)["problems"]
    assert first["code"] == "price-jump"
    assert (first["path"][-len(CASE.name) :], first["line"], first["column"]) == (CASE.name, 15, 21)


def test_sarif_leads_to_the_line() -> None:
    [one_run] = json.loads(run("check", CASE, "--format", "sarif").stdout)["runs"]
    rules = [rule["id"] for rule in one_run["tool"]["driver"]["rules"]]
    for result in one_run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    [place] = one_run["results"][0]["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 15, "startColumn": 21}
    assert one_run["columnKind"] == "unicodeCodePoints"


def test_github_reads_a_line_for_each_problem(tmp_path: Path) -> None:
    path = tmp_path / "a,b.yaml"
    path.write_text("models:\n  a: {name: A, '100%: x': 1}\n")
    found = run("check", path, "--format", "github").stdout
    assert found.startswith("::warning file=")
    assert "a%2Cb.yaml,line=2,col=16,title=modelcmp.unknown-key::" in found
    assert "“100%25: x”" in found


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_nothing_that_a_catalog_says_acts_on_a_terminal(form: str, tmp_path: Path) -> None:
    """Ids, keys, values and the name of the file: all four stand in what is printed."""
    name = f"a{ACTING}.yaml"
    key = json.dumps(ACTING)
    (tmp_path / name).write_text(f"models: {{{key}: {{name: x}}, b: {{name: B, {key}: 1, released: {key}}}}}")
    found = run("check", tmp_path, "--format", form, color=True)
    styles = found.output.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\x1b[33m", "")
    assert acting_in(styles) == set()
    assert found.output.count("owned") >= 6
    if form == "json":
        assert {Path(item["path"]).name for item in json.loads(found.stdout)["problems"]} == {name}
    if form == "sarif":
        [one_run] = json.loads(found.stdout)["runs"]
        [place] = one_run["results"][0]["locations"]
        assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]).endswith(f"/{name}")


def test_sarif_names_a_file_as_an_address_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b#1.yaml").write_text("models: {a: {name: A, size: 1}}")
    [one_run] = json.loads(run("check", "a b#1.yaml", "--format", "sarif").stdout)["runs"]
    [place] = one_run["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "a%20b%231.yaml"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chek", DATA], "did you mean check"),
        (["check", "nowhere.yaml"], "does not exist"),
        (["check", DATA, "--format", "xml"], "is not one of"),
        (["check", DATA, "--as-of", "yesterday"], "“yesterday” is not a date (YYYY-MM-DD)"),
        (["check", DATA, "--as-of", "2026/1/1"], "“2026/1/1” is not a date (YYYY-MM-DD); did you mean 2026-01-01?"),
        (["check", DATA, "--as-of", "2026-01"], "2026-01 is not a whole date (YYYY-MM-DD)"),
        (["check"], "No catalog is named. Name one"),
    ],
)
def test_a_wrong_call_ends_with_2(
    args: list[Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(*args)
    assert found.exit_code == 2
    assert message in found.output


def test_without_a_path_it_reads_what_the_other_commands_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("data", "ours", "theirs"):
        Path(name).mkdir()
        Path(name, "a.yaml").write_text(f"models: {{{name}: {{}}}}")
    assert run("check").stdout.startswith("data/a.yaml:1:10: a model needs `name`")
    assert run("check", "ours").stdout.startswith("ours/")
    monkeypatch.setenv("MODELCMP_CATALOG", f"ours{os.pathsep}theirs")
    assert [line.partition(":")[0] for line in run("check").stdout.splitlines()] == ["ours/a.yaml", "theirs/a.yaml"]


def test_another_command_says_how_to_see_the_problems(tmp_path: Path) -> None:
    folder = tmp_path / "our data"
    folder.mkdir()
    (folder / "a.yaml").write_text("models: {a: {name: A, size: 1}}")
    found = run("show", "a", "-c", folder)
    assert f"1 problem in the catalog; see: sphinx-modelcmp check '{folder}'\n" == found.stderr


def test_fix_says_why_it_leaves_something_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("models:\n  a: {released: 2026, name: A}\n  b: {name: B}\n")
    (tmp_path / "b.yaml").write_text("models:\n  c:\n    name: C\n    vision: true  # seen\n    capabilities: {}\n")
    (tmp_path / "c.yaml").write_text("models:\n  d:\n    name: D\n    name: E\n")
    found = run("check", "--fix", tmp_path)
    said = [line.rpartition("/")[2] for line in found.stderr.splitlines()]
    assert said[:3] == [
        "a.yaml: keys of models.a not put in order (a mapping between braces)",
        "b.yaml: models.c.vision not moved into capabilities (several lines, or a comment, into braces)",
        "c.yaml: left as it is: the key name is already given on line 3; that one counts",
    ]


def test_fix_keeps_the_ends_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"models:\r\n  b: {name: B}  \r\n  a: {name: A}\r\n")
    run("check", "--fix", tmp_path)
    assert path.read_bytes() == b"models:\r\n  a: {name: A}\r\n  b: {name: B}\r\n"


def test_fix_writes_what_is_safe_and_reports_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "models.yaml"
    path.write_text("models:\n  b: {name: B}  # bee\n  a:\n    vision: true\n    name: A\n    contxt: 1\n")
    found = run("check", "--fix", tmp_path)
    assert path.read_text() == (
        "models:\n  a:\n    name: A\n    contxt: 1\n    capabilities:\n      vision: true\n  b: {name: B}  # bee\n"
    )
    assert [line.rpartition(" ")[2] for line in found.stdout.splitlines()] == ["[unknown-key]"]
    assert "vision moved into capabilities" in found.stderr
    assert found.exit_code == 1


def test_fix_leaves_everything_where_it_cannot_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "models.yaml"
    path.write_text("models:\n  b: {name: B}\n  a: {name: A}\n")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("os.fsync", full)
    found = run("check", "--fix", tmp_path)
    assert found.exit_code == 1
    assert f"No space left on device: {path} cannot be written. Nothing was changed." in found.output
    assert path.read_text() == "models:\n  b: {name: B}\n  a: {name: A}\n"


def test_what_a_link_leads_to_is_never_quoted(tmp_path: Path) -> None:
    """Whoever sends a pull request must not read a secret of the machine in its log."""
    secret = "TOKEN=hunter2-of-this-machine\n"
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    (data.parent / "pyproject.toml").touch()
    (tmp_path / "far.env").write_text(secret)
    (data.parent / "near.env").write_text(secret)
    (data / "far.yaml").symlink_to("../../far.env")
    (data / "near.yaml").symlink_to("../near.env")
    found = run("check", data)
    assert found.exit_code == 1
    assert "hunter2" not in found.output
    far, near = found.stdout.splitlines()
    assert "far.yaml: is a link out of the project" in far
    assert "near.yaml:1:1: a catalog file is a mapping, not a text [value]" in near

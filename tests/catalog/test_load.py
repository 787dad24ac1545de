"""Files and folders to one catalog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sphinx_modelcmp.catalog.files import MOST_BYTES
from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import Catalog, Model, Price


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def model(name: str, shown: str = "X") -> str:
    return f"models: {{{name}: {{name: {shown}}}}}"


def codes(loaded: Loaded) -> list[Code]:
    return [problem.code for problem in loaded.problems]


def test_a_folder_is_read_recursively_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, b=model("b"), a__z=model("z"), a__a=model("a"), c=model("c"))
    (tmp_path / "notes.txt").write_text("no: [yaml")
    (tmp_path / "d.yml").write_text(model("d"))
    loaded = load_catalog([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in loaded.files] == [
        "a/a.yaml",
        "a/z.yaml",
        "b.yaml",
        "c.yaml",
        "d.yml",
    ]
    assert list(loaded.catalog.models) == ["a", "z", "b", "c", "d"]
    assert loaded.problems == ()


def test_tables_of_all_files_are_one(tmp_path: Path) -> None:
    write(tmp_path, a="models: {a: {name: A, organization: o}}", z="organizations: {o: {name: O}}")
    loaded = load_catalog([tmp_path])
    assert loaded.problems == ()
    assert loaded.catalog.models["a"].organization.value == "o"


def test_the_source_of_a_file_is_of_its_models_only(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="source: s\nchecked: 2026-01-01\nmodels: {a: {name: A, max_output: 1}}",
        b="models: {b: {name: B, max_output: 1}}",
        s="sources: {s: {title: S}}",
    )
    models = load_catalog([tmp_path]).catalog.models
    assert (models["a"].max_output.source, models["b"].max_output.source) == (("s",), ())
    assert (str(models["a"].max_output.checked), models["b"].max_output.checked) == ("2026-01-01", None)


@pytest.mark.parametrize("name", sorted(Model.derived | Price.derived | Catalog.derived))
def test_a_row_may_be_called_what_only_our_own_records_are(tmp_path: Path, name: str) -> None:
    field = f"fields: {{{name}: {{label: Own, group: specs, type: text}}}}"
    write(tmp_path, a=f"{field}\nmodels: {{a: {{name: A, {name}: own}}}}")
    loaded = load_catalog([tmp_path])
    assert loaded.problems == ()
    assert loaded.catalog.models["a"].house[name].value == "own"


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, a=model("a"))
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    loaded = load_catalog([tmp_path, tmp_path / "a.yaml", tmp_path])
    assert (loaded.problems, len(loaded.files)) == ((), 1)


def test_what_is_missing_empty_or_broken_is_reported_and_the_rest_serves(tmp_path: Path) -> None:
    write(tmp_path, good=model("good"), empty="# nothing\n", null="null", broken="models: [", second="a: 1\n---\nb: 2")
    (tmp_path / "folder").mkdir()
    loaded = load_catalog([tmp_path, tmp_path / "absent.yaml", tmp_path / "folder", tmp_path / "absent"])
    assert sorted(code.slug for code in codes(loaded)) == ["catalog-file"] * 5 + ["syntax"] * 2
    assert list(loaded.catalog.models) == ["good"]
    places = {problem.where.path for problem in loaded.problems if problem.where}
    assert {Path(place).name for place in places} == {
        "empty.yaml",
        "null.yaml",
        "broken.yaml",
        "second.yaml",
        "absent.yaml",
        "folder",
        "absent",
    }


def test_problems_of_several_files_are_all_there(tmp_path: Path) -> None:
    write(tmp_path, a="modles: {}", b="models: {x: {}}", c="models: {y: {name: Y, released: 2025-13}}", d=model("d"))
    assert codes(load_catalog([tmp_path])) == [Code.UNKNOWN_KEY, Code.MISSING_KEY, Code.VALUE]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=model("a"), b=model("b"))
    opened = Path.open

    def refuse(path: Path, *args: Any) -> Any:
        if path.name == "a.yaml":  # chmod would not stop root
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", refuse)
    loaded = load_catalog([tmp_path])
    assert [(problem.code, problem.message) for problem in loaded.problems] == [
        (Code.CATALOG_FILE, "cannot be read: Permission denied")
    ]
    assert list(loaded.catalog.models) == ["b"]


def test_a_file_past_the_limit_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=model("a"), b=model("b") + " " * MOST_BYTES)
    loaded = load_catalog([tmp_path])
    assert codes(loaded) == [Code.SYNTAX]
    assert list(loaded.catalog.models) == ["a"]


@pytest.mark.parametrize("name", ["Qwen3.5-4B", "qwen3.5-4b", "QWEN/QWEN3.5-4B", "Qwen/Qwen3.5-4B"])
def test_models_are_found_by_id_and_alias_but_for_case(tmp_path: Path, name: str) -> None:
    write(tmp_path, a="models: {qwen3.5-4b: {name: Q, aliases: [Qwen/Qwen3.5-4B]}}")
    found = load_catalog([tmp_path]).catalog.find(name)
    assert found
    assert found.id == "qwen3.5-4b"


@pytest.mark.parametrize("name", ["", "qwen", "qwen3.5", "qwen3.5-4b-instruct", "Q", " qwen3.5-4b"])
def test_models_are_never_found_by_a_part_of_a_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, a="models: {qwen3.5-4b: {name: Q, aliases: [Qwen/Qwen3.5-4B]}}")
    assert load_catalog([tmp_path]).catalog.find(name) is None


def test_paths_are_shown_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a="modles: {}")
    absolute = load_catalog([tmp_path]).problems[0]
    monkeypatch.chdir(tmp_path)
    relative = load_catalog([tmp_path]).problems[0]
    assert str(absolute).startswith(f"{tmp_path}/a.yaml:1:1: ")
    assert str(relative).startswith("a.yaml:1:1: ")


def test_nothing_at_all() -> None:
    loaded = load_catalog([])
    assert (loaded.problems, loaded.files, dict(loaded.catalog.models)) == ((), (), {})


def test_a_key_that_clashes_has_its_usual_value(tmp_path: Path) -> None:
    shares = "cache_hit: 80%, cache_write: 30%"
    write(tmp_path, a=f"traffic: {{w: {{label: W, requests: 1, input: 1, output: 1, {shares}}}}}")
    loaded = load_catalog([tmp_path])
    assert codes(loaded) == [Code.VALUE]
    assert loaded.catalog.traffic["w"].cache_write == 0


@pytest.mark.parametrize("charges", ["[complete]", "{complete: yes}"])
def test_what_is_no_word_is_called_what_it_is(tmp_path: Path, charges: str) -> None:
    route = f"{{provider: p, charges: {charges}}}"
    write(tmp_path, a=f"providers: {{p: {{name: P}}}}\nmodels: {{m: {{name: M, routes: [{route}]}}}}")
    (problem,) = load_catalog([tmp_path]).problems
    assert problem.message.startswith("expected one of complete, incomplete, found a ")

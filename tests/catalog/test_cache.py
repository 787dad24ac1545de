"""What is kept of a catalog changes nothing but the time that reading it takes."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.cache import Asked, CachedCatalog, Store, read_cached
from sphinx_modelcmp.catalog.files import read_files
from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import Demands
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
from sphinx_modelcmp.catalog.yaml import reader
from sphinx_modelcmp.compare.comparison import Settings
from sphinx_modelcmp.compare.digest import Digests
from tests.compare.making import DATA, REPOSITORY, RICH, SEED, Tree, tree_of
from tests.compare.test_digest import OTHER, SAME

if TYPE_CHECKING:
    from collections.abc import Callable


CASES = sorted((REPOSITORY / "tests" / "cases").iterdir())
STRICT = Demands(stale_after=30, sources=frozenset(FACT_GROUPS), conflicts=True)


def all_of(loaded: Loaded) -> Any:
    """Everything that can be told of a catalog, in its order."""
    catalog = loaded.catalog
    models = {name: repr(catalog.models[name]) for name in catalog.models}
    vocabulary = repr(replace(catalog, models={}))
    digests = Digests(catalog, Settings(), loaded.outlines)
    return vocabulary, models, loaded.problems, [digests.outline(name) for name in models]


def with_store(paths: list[Path], store: Store, demands: Demands | None = None) -> Loaded:
    files, problems = read_files(paths)
    loaded = read_cached(files, store, demands=demands)
    return replace(loaded, problems=(*problems, *loaded.problems))


def split(tree: Tree, folder: Path) -> None:
    """The models of a catalog in a file each, and the rest in another."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    (folder / "a.yaml").write_text(json.dumps({k: v for k, v in tree.items() if k != "models"}), encoding="utf-8")
    for name, model in tree["models"].items():
        (folder / f"m-{name}.yaml").write_text(json.dumps({"models": {name: model}}), encoding="utf-8")


@pytest.mark.parametrize("demands", [None, STRICT], ids=["plain", "strict"])
@pytest.mark.parametrize("path", [DATA, RICH, SEED, *CASES], ids=lambda path: path.stem)
def test_a_catalog_is_the_same_read_kept_and_fresh(path: Path, demands: Demands | None, tmp_path: Path) -> None:
    wanted = all_of(load_catalog([path], demands=demands))
    for _ in range(2):
        assert all_of(with_store([path], Store(tmp_path), demands)) == wanted


MORE: list[Callable[[Tree], Any]] = [
    lambda t: t["models"].pop("beta"),  # to which gamma says to move
    lambda t: t["models"]["alpha"].update(aliases=["gamma"]),
    lambda t: t["models"]["gamma"].update(aliases=["acme/alpha"]),
    lambda t: t["fields"].pop("min_gpu"),
    lambda t: t["sources"].pop("alpha-card"),
    lambda t: t["catalog"].pop("as_of"),
]


@pytest.mark.parametrize("demands", [None, STRICT], ids=["plain", "strict"])
@pytest.mark.parametrize("edit", [*SAME, *OTHER, *MORE])
def test_a_catalog_is_the_same_after_every_edit_and_back(
    edit: Callable[[Tree], Any], demands: Demands | None, tmp_path: Path
) -> None:
    """What was kept of a model's file must not outlive the entry of another file that it rests on."""
    before, after = tree_of(RICH), copy.deepcopy(tree_of(RICH))
    edit(after)
    folder, store = tmp_path / "catalog", tmp_path / "store"
    for tree in (before, after, before, after):
        split(tree, folder)
        assert all_of(with_store([folder], Store(store), demands)) == all_of(load_catalog([folder], demands=demands))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is parsed."""
    counted: Counter[str] = Counter()
    read = reader.read_document

    def read_document(data: bytes, path: str, **more: Any) -> Any:
        counted[Path(path).name] += 1
        return read(data, path, **more)

    monkeypatch.setattr("sphinx_modelcmp.catalog.load.read_document", read_document)
    return counted


def test_only_the_file_that_changed_is_parsed(tmp_path: Path, parsed: Counter[str]) -> None:
    folder, store = tmp_path / "catalog", Store(tmp_path / "store")
    tree = tree_of(RICH)
    split(tree, folder)
    with_store([folder], store)
    assert set(parsed) == {path.name for path in folder.iterdir()}
    parsed.clear()
    with_store([folder], store)
    assert parsed == {}
    tree["models"]["alpha"]["context_window"] = "1"
    split(tree, folder)
    assert with_store([folder], store).catalog.models["alpha"].context_window.value == 1
    assert parsed == {"m-alpha.yaml": 1}


def test_what_no_file_says_any_more_is_dropped(tmp_path: Path) -> None:
    folder, store = tmp_path / "catalog", tmp_path / "store"
    split(tree_of(RICH), folder)
    with_store([folder], Store(store))
    before = set(store.iterdir())
    (folder / "m-alpha.yaml").write_text("models: {other: {name: Other}}", encoding="utf-8")
    with_store([folder], Store(store))
    after = set(store.iterdir())
    assert (len(before - after), len(after - before), len(after)) == (1, 1, len(before))


QUIET = """
import sys
from pathlib import Path
from sphinx_modelcmp.catalog.cache import Asked, CachedCatalog
from sphinx_modelcmp.catalog.cache import Store
found = CachedCatalog(Asked(paths=(Path(sys.argv[1]),)), Store(Path(sys.argv[2])))
print(len(found.problems), found.agrees_with("pages"))
found.agree("pages")
print(*sorted({"yaml", "sphinx_modelcmp.catalog.records", "babel", "markdown_it"} & set(sys.modules)))
"""


def test_a_catalog_that_has_not_changed_is_not_read_and_nothing_that_reads_is_loaded(tmp_path: Path) -> None:
    def run() -> list[str]:
        command = [sys.executable, "-c", QUIET, str(CASES[1]), str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()

    assert [run() for _ in range(2)] == [["2 False", "sphinx_modelcmp.catalog.records yaml"], ["2 True", ""]]


def test_what_agrees_with_one_catalog_does_not_with_another(tmp_path: Path) -> None:
    path, store = tmp_path / "c.yaml", Store(tmp_path / "store")

    def cached(demands: Demands | None = None) -> CachedCatalog:
        return CachedCatalog(Asked(paths=(path,), demands=demands or Demands()), store)

    path.write_text("models: {m: {name: M}}", encoding="utf-8")
    first = cached()
    assert not first.agrees_with("pages")
    first.agree("pages")
    assert cached().agrees_with("pages")
    assert not cached().agrees_with("other pages")
    assert not cached(STRICT).agrees_with("pages")
    path.write_text("models: {m: {name: N}}", encoding="utf-8")
    assert not cached().agrees_with("pages")


class Trap:
    """Says so when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("sprung"),))


def damaged(name: str, data: bytes) -> bytes:
    import pickle  # noqa: PLC0415 - only to show that it is not read

    return {
        "cut": data[: len(data) // 2],
        "empty": b"",
        "changed": data.replace(b"Alpha", b"Aleph").replace(b'"problems":[]', b'"problems":[0]'),
        "unsealed": data.partition(b"\n")[2],
        "pickle": pickle.dumps(Trap()),
        "deep": b"x\n" + b"[" * 100_000,
    }[name]


@pytest.mark.parametrize("name", ["cut", "empty", "changed", "unsealed", "pickle", "deep"])
def test_a_damaged_store_is_as_good_as_none(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store, asked = Path("store"), Asked(paths=(RICH,))
    wanted = CachedCatalog(asked, Store(store))
    wanted.agree("pages")
    for path in store.iterdir():
        path.write_bytes(damaged(name, path.read_bytes()))
    found = CachedCatalog(asked, Store(store))
    assert not found.agrees_with("pages")
    assert found.problems == wanted.problems
    assert repr(found.catalog.models["alpha"]) == repr(wanted.catalog.models["alpha"])
    assert not Path("sprung").exists()
    assert CachedCatalog(asked, Store(store)).problems == wanted.problems


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, {"top": {}}, {"outlines": {"alpha": []}}])
def test_a_value_of_another_shape_is_as_good_as_none(value: Any, tmp_path: Path) -> None:
    store, asked = Store(tmp_path), Asked(paths=(RICH,))
    wanted = CachedCatalog(asked, store)
    wanted.agree("pages")
    for path in tmp_path.iterdir():
        store.put(path.stem, value)
    found = CachedCatalog(asked, store)
    assert found.problems == wanted.problems
    assert repr(found.catalog.models["alpha"]) == repr(wanted.catalog.models["alpha"])


def test_what_another_version_kept_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).put("a", [1])
    assert Store(tmp_path).get("a") == [1]
    monkeypatch.setattr("sphinx_modelcmp.catalog.cache.package_fingerprint", lambda: "another")
    assert Store(tmp_path).get("a") is None


@pytest.mark.parametrize("make", [lambda path: path.touch(), lambda path: (path / "catalog.json").mkdir(parents=True)])
def test_where_nothing_can_be_kept_all_is_read_every_time(make: Callable[[Path], Any], tmp_path: Path) -> None:
    make(tmp_path / "store")
    for _ in range(2):
        found = CachedCatalog(Asked(paths=(RICH,)), Store(tmp_path / "store"))
        assert "alpha" in found.catalog.models
        found.agree("pages")
        assert list((tmp_path / "store").rglob("*.json")) != [] or (tmp_path / "store").is_file()

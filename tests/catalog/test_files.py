"""Which files a catalog has: links lead where they may, copies are left out, and what cannot be read is said."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.files import Roots, read_files
from sphinx_modelcmp.catalog.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("models: {}\n")
    return path


def found(*paths: Path, roots: Roots | None = None) -> tuple[list[str], list[str]]:
    """The files that are read, and what is said: below the first path, each as ``name: message``."""
    files, problems = read_files(paths, roots)
    assert all(problem.code is Code.CATALOG_FILE and problem.where for problem in problems)
    said = [str(problem).removesuffix(" [catalog-file]") for problem in problems]
    start = f"{paths[0]}/"
    return [str(file.path).removeprefix(start) for file in files], [line.removeprefix(start) for line in said]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A catalog of one file, in a project beside other folders."""
    put(tmp_path / "project" / "data" / "own.yaml")
    put(tmp_path / "project" / "shared" / "near.yaml")
    put(tmp_path / "outside" / "far.yaml")
    (tmp_path / "project" / "pyproject.toml").touch()
    return tmp_path / "project" / "data"


def test_links_within_the_project_are_followed(data: Path) -> None:
    (data / "file.yaml").symlink_to("../shared/near.yaml")
    assert found(data) == (["file.yaml", "own.yaml"], [])
    put(data.parent / "shared" / "more" / "other.yaml")
    (data / "folder").symlink_to("../shared")
    assert found(data) == (["file.yaml", "folder/more/other.yaml", "own.yaml"], [])


@pytest.mark.parametrize("link", ["file.yaml", "folder"])
def test_a_link_out_of_the_project_is_refused_once_with_its_cure(data: Path, link: str) -> None:
    put(data.parent.parent / "outside" / "more.yaml")
    (data / link).symlink_to("../../outside/far.yaml" if link == "file.yaml" else "../../outside")
    files, said = found(data, roots=Roots(homes=(data.parent / "docs",)))
    assert files == ["own.yaml"]
    target = (data / link).resolve()
    line = 'modelcmp_catalog_roots = ["../../outside"]'
    assert said == [f"{link}: is a link out of the project, to {target}; to allow that, write in conf.py: {line}"]
    listed = Roots(listed=(data.parent.parent / "outside",), homes=(data.parent / "docs",))
    assert len(found(data, roots=listed)[0]) == (2 if link == "file.yaml" else 3)


def test_the_cure_keeps_what_is_listed_already(data: Path) -> None:
    (data / "file.yaml").symlink_to("../../outside/far.yaml")
    _, (said,) = found(data, roots=Roots((data.parent / "shared",), (data.parent,)))
    assert said.endswith('modelcmp_catalog_roots = ["shared", "../outside"]')


def test_what_is_named_is_trusted(data: Path) -> None:
    """Also where it is a link itself, and as a place that links of the same catalog may lead to."""
    outside = data.parent.parent / "outside"
    (data / "file.yaml").symlink_to(outside / "far.yaml")
    (data.parent / "linked").symlink_to(outside)
    assert found(data / "file.yaml") == ([str(data / "file.yaml")], [])
    assert found(data.parent / "linked") == (["far.yaml"], [])
    assert found(data, outside) == (["file.yaml", "own.yaml"], [])


@pytest.mark.parametrize("mark", [".git", ".hg", "pyproject.toml"])
def test_without_a_project_a_catalog_is_its_own(data: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    (data.parent / "pyproject.toml").unlink()
    (data / "file.yaml").symlink_to("../shared/near.yaml")
    with monkeypatch.context() as alone:
        alone.setattr("sphinx_modelcmp.catalog.files._PROJECT_MARKS", ())  # the folder of the tests may lie in one
        files, (said,) = found(data)
    assert files == ["own.yaml"]
    assert said.startswith("file.yaml: is a link out of the project")
    (data.parent / mark).mkdir()
    assert found(data) == (["file.yaml", "own.yaml"], [])


def test_what_a_refused_link_leads_to_is_not_even_opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "file.yaml").symlink_to("../../outside/far.yaml")
    opened: list[str] = []
    read = Path.open

    def watched(path: Path, *args: Any) -> Any:
        opened.append(path.name)
        return read(path, *args)

    monkeypatch.setattr(Path, "open", watched)
    found(data)
    assert opened == ["own.yaml"]


def test_links_that_lead_nowhere_or_to_themselves(data: Path) -> None:
    (data / "gone.yaml").symlink_to("never.yaml")
    (data / "loop.yaml").symlink_to("loop.yaml")
    (data / "again").symlink_to(data)
    files, said = found(data)
    assert files == ["own.yaml"]
    assert [line.partition(" cannot")[0] for line in said] == ["gone.yaml:", "loop.yaml:"]


@pytest.mark.parametrize(
    "name",
    [
        ".#own.yaml",
        "._own.yaml",
        ".own.yaml.swp",
        ".hidden.yaml",
        "#own.yaml#",
        "own.yaml~",
        "own.yaml.orig",
        ".ipynb_checkpoints/own-checkpoint.yaml",
        ".github/workflows/ci.yml",
        "sub/.cache/deep/x.yaml",
    ],
)
def test_copies_and_hidden_files_are_not_read(data: Path, name: str) -> None:
    put(data / name)
    assert found(data) == (["own.yaml"], [])


def test_the_lock_of_an_editor_is_not_read(data: Path) -> None:
    (data / ".#own.yaml").symlink_to("me@host.4711:1")
    assert found(data) == (["own.yaml"], [])


def test_a_hidden_path_that_is_named_is_read(data: Path) -> None:
    hidden = put(data / ".catalog" / ".own.yaml")
    assert found(hidden) == ([str(hidden)], [])
    assert found(put(data / ".catalog" / "seen.yaml").parent) == (["seen.yaml"], [])


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    """Have the system refuse one folder. Whoever runs tests as root may read all that there is."""
    listed = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == name:
            raise error
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
def test_a_subfolder_that_cannot_be_read_is_said(data: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Also one that goes away while its parent is read."""
    put(data / "sub" / "lost.yaml")
    put(data / "zoo" / "there.yaml")
    refuse(monkeypatch, "sub", error)
    assert found(data) == (["own.yaml", "zoo/there.yaml"], [f"sub: this folder cannot be read: {error.strerror}"])


def test_a_catalog_folder_that_cannot_be_read_is_not_called_empty(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "data", PermissionError(13, "Permission denied"))
    files, (said,) = found(data)
    assert (files, said) == ([], f"{data}: this folder cannot be read: Permission denied")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, as those of tests cannot be where root runs them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        path.chmod(0o755)
        yield path


def test_a_user_without_rights_is_told(open_folder: Path) -> None:
    put(open_folder / "own.yaml")
    put(open_folder / "shut" / "lost.yaml")
    (open_folder / "shut").chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(NOBODY)
        assert found(open_folder) == (["own.yaml"], ["shut: this folder cannot be read: Permission denied"])
    finally:
        os.seteuid(user)
        (open_folder / "shut").chmod(0o755)


def test_nothing_but_files_is_opened(data: Path) -> None:
    """Whoever opens a pipe without a writer waits for ever."""
    os.mkfifo(data / "pipe.yaml")
    (data / "folder.yaml").mkdir()
    assert found(data) == (["own.yaml"], [])

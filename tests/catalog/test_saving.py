"""Files are changed together: all of them, or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sphinx_modelcmp.catalog.files import save


def listed(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_files_and_folders_are_made(tmp_path: Path) -> None:
    save({tmp_path / "a.yaml": "a\n", tmp_path / "models" / "b.yaml": "b\n"})
    assert listed(tmp_path) == {"a.yaml": "a\n", "models/b.yaml": "b\n"}


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_stop_on_the_way_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException, at: int, step: str
) -> None:
    (tmp_path / "a.yaml").write_text("old a\n")
    (tmp_path / "c.yaml").write_text("old c\n")
    before = listed(tmp_path)
    owner: Any = os if step == "fsync" else Path
    real, calls = getattr(owner, step), [0]

    def failing(*args: Any) -> Any:
        calls[0] += 1
        # A disk stays full, while somebody interrupts once.
        if calls[0] == at + 1 or (calls[0] > at and isinstance(stop, OSError)):
            raise stop
        return real(*args)

    monkeypatch.setattr(owner, step, failing)
    with pytest.raises(type(stop)):
        save({tmp_path / name: "new\n" for name in ("a.yaml", "sub/b.yaml", "c.yaml")})
    monkeypatch.undo()
    assert listed(tmp_path) == before
    assert not (tmp_path / "sub").exists()


def test_a_link_stays_a_link_to_what_changed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("old\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    save({tmp_path / "link.yaml": "new\n"})
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "new\n"


def test_rights_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old\n")
    path.chmod(0o640)
    save({path: "new\n"})
    assert path.stat().st_mode & 0o777 == 0o640

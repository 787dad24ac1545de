"""Files that are changed together: all of them, or none."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def save(files: Mapping[Path, str]) -> None:
    """Write files, each whole or not at all.

    Everything is written aside first, and takes the place of what is there when all of it is on the disk. Whatever
    happens on the way (no room, no right, an interrupt) leaves what was there, and is raised on.
    """
    # What a link leads to is written, and the link stays.
    files = {path.resolve(): text for path, text in files.items()}
    aside: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    made: list[Path] = []
    moved: list[Path] = []
    try:
        for path, text in files.items():
            made += _make(path.parent)
            aside[path] = path.with_name(f".{path.name}.{os.getpid()}.part")
            _write(aside[path], text.encode())
            if before[path] is not None:
                shutil.copymode(path, aside[path])
        for path, part in aside.items():
            moved.append(path)
            part.replace(path)
    except BaseException:
        _undo(moved, before)
        with suppress(OSError):
            _drop([*aside.values()], made)
        raise


def _make(folder: Path) -> list[Path]:
    """The folders that had to be made for one, the outermost first."""
    missing: list[Path] = []
    while not folder.exists():
        missing.insert(0, folder)
        folder = folder.parent
    for each in missing:
        each.mkdir()
    return missing


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _undo(moved: list[Path], before: Mapping[Path, bytes | None]) -> None:
    for path in moved:
        data = before[path]
        if data is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != data:
            path.write_bytes(data)


def _drop(parts: list[Path], made: list[Path]) -> None:
    for part in parts:
        part.unlink(missing_ok=True)
    for folder in reversed(made):
        folder.rmdir()

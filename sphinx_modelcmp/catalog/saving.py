"""Files that are changed together: all of them, or none."""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LEFTOVER = re.compile(r"\..+\.[0-9]+\.part")


def is_leftover(path: Path) -> bool:
    """Whether a file is one that ``save`` writes aside: where it stays, a run was killed."""
    return _LEFTOVER.fullmatch(path.name) is not None


def save(files: Mapping[Path, str], as_read: Mapping[Path, bytes] | None = None) -> None:
    """Write files in their order, each whole or not at all.

    Everything is written aside first, and takes the place of what is there when all of it is on the disk. Whatever
    happens on the way (no room, no right, an interrupt) leaves what was there, and is raised on, as an OSError with the
    name of the file. ``as_read`` has the bytes that each file must still have, and none for one that is new.
    """
    # What a link leads to is written, and the link stays.
    held = {path.resolve(): data for path, data in (as_read or {}).items()}
    files = {path.resolve(): text for path, text in files.items()}
    aside: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    made: list[Path] = []
    moved: list[Path] = []
    try:
        for path, text in files.items():
            if as_read is not None:
                _refuse_other(path, before[path], held.get(path))
            made += _make(path.parent)
            aside[path] = path.with_name(f".{path.name}.{os.getpid()}.part")
            _write(aside[path], text.encode(), path)
            if before[path] is not None:
                shutil.copymode(path, aside[path])
        for path, part in aside.items():
            moved.append(path)
            part.replace(path)
    except BaseException:
        _undo(moved, before, aside)
        with suppress(OSError):
            _drop([*aside.values()], made)
        raise
    _sweep(files)


def _refuse_other(path: Path, data: bytes | None, as_read: bytes | None) -> None:
    if data != as_read:
        raise OSError(errno.EBUSY, "somebody else has changed it meanwhile", str(path))


def _make(folder: Path) -> list[Path]:
    """The folders that had to be made for one, the outermost first."""
    missing: list[Path] = []
    while not folder.exists():
        missing.insert(0, folder)
        folder = folder.parent
    for each in missing:
        each.mkdir()
    return missing


def _write(path: Path, data: bytes, target: Path) -> None:
    try:
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        error.filename = str(target)
        raise


def _undo(moved: list[Path], before: Mapping[Path, bytes | None], aside: Mapping[Path, Path]) -> None:
    for path in moved:
        data = before[path]
        if data is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != data:
            try:
                _write(aside[path], data, path)
                aside[path].replace(path)
            except OSError:
                path.write_bytes(data)


def _drop(parts: list[Path], made: list[Path]) -> None:
    for part in parts:
        part.unlink(missing_ok=True)
    for folder in reversed(made):
        folder.rmdir()


def _sweep(files: Mapping[Path, str]) -> None:
    """Remove what runs that were killed have left beside the files."""
    with suppress(OSError):
        for path in (path for folder in {path.parent for path in files} for path in folder.glob(".*.part")):
            if is_leftover(path):
                path.unlink(missing_ok=True)

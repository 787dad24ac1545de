"""Files of a catalog: finding and reading them, and saving several together, all or none."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import Code, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SUFFIXES = (".yaml", ".yml")
MOST_BYTES = 32 * 1024 * 1024
"""How large a file may be. One byte more is read, which is enough for the reader to refuse it."""
SHIPPED = "shipped"
"""The word for the catalog that comes with this package. It wins over a path of that name, which is `./shipped`."""
_INSTALLED = Path(__file__).parent.parent / "data"
SHIPPED_FOLDER = _INSTALLED if _INSTALLED.is_dir() else _INSTALLED.parent / ".." / "data"
"""Its folder. A checkout has it beside the package, where by its usual path it is a catalog like any other."""
_LEFTOVER = re.compile(r"\..+\.[0-9]+\.part")
_PROJECT_MARKS = (".git", ".hg", "pyproject.toml")


@dataclass(frozen=True)
class CatalogFile:
    """One file, with its content when it was opened."""

    path: Path
    shown: str
    """The path as messages show it: relative to the working directory if it is below it."""
    data: bytes

    @property
    def is_shipped(self) -> bool:
        """True if it comes with this package: no author can mend what is in it."""
        return self.path.is_relative_to(SHIPPED_FOLDER)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of its content, and of its path in messages."""
        return sha256(f"{self.shown}\0".encode(errors="surrogateescape") + self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Roots:
    """Folders that links in a catalog may lead to, besides the catalog itself and the project that it belongs to."""

    listed: tuple[Path, ...] = ()
    """Those that ``conf.py`` lists."""
    homes: tuple[Path, ...] = ()
    """The folders of a documentation, whose projects are allowed too. ``conf.py`` counts from the first."""

    def of(self, paths: Iterable[Path]) -> list[Path]:
        """All of them, for a catalog at some paths. One that lies in no project is a project itself."""
        owned = [project_of(_real(home)) for home in (*paths, *self.homes)]
        return [*owned, *(_real(path) for path in self.listed)]

    def line(self, folder: Path) -> str:
        """The line for ``conf.py`` that allows one more."""
        written = [self._written(path) for path in (*self.listed, folder)]
        return f"modelcmp_catalog_roots = {json.dumps(written, ensure_ascii=False)}"

    def _written(self, folder: Path) -> str:
        try:
            return Path(os.path.relpath(folder, self.homes[0])).as_posix()
        except (IndexError, ValueError):  # no conf.py, or on another drive
            return folder.as_posix()


def read_files(
    paths: Sequence[Path], roots: Roots | None = None
) -> tuple[tuple[CatalogFile, ...], tuple[Problem, ...]]:
    """The files at some paths, those of a folder recursively and in sorted order, each file once.

    A path that is named is trusted. A link within a folder that leads out of ``roots`` is a problem, and so is what
    cannot be read. Names that begin with a dot are left out: editors, notebooks and macOS keep copies under them.
    """
    search = _Search(paths, roots or Roots())
    files = tuple(search.read())
    return files, tuple(search.problems)


def shown_path(path: Path) -> str:
    """A path as a message shows it: relative to the working directory if it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere, or the working directory is gone
        return str(path)


class _Search:
    """The search for the files of one catalog, with what is wrong on the way."""

    def __init__(self, paths: Sequence[Path], roots: Roots) -> None:
        self.paths = paths
        self.roots = roots
        self.allowed = roots.of(paths)
        self.problems: list[Problem] = []

    def read(self) -> Iterator[CatalogFile]:
        """Every file that can be read, once."""
        seen: set[Path] = set()
        for path in self.paths:
            found = self._folder(path) if S_ISDIR(_mode(path)) else [(path, _real(path))]
            for file, real in found:
                if real not in seen:
                    seen.add(real)
                    yield from self._read(file)

    def _read(self, path: Path) -> Iterator[CatalogFile]:
        try:
            with path.open("rb") as stream:
                yield CatalogFile(path, shown_path(path), stream.read(MOST_BYTES + 1))
        except OSError as error:
            self._report(path, f"cannot be read: {error.strerror or error}")

    def _folder(self, folder: Path) -> list[tuple[Path, Path]]:
        known = len(self.problems)
        found = list(self._below(folder))
        if not found and len(self.problems) == known:
            self._report(folder, "no YAML file in this folder")
        return found

    def _below(self, folder: Path) -> Iterator[tuple[Path, Path]]:
        """The YAML files in a folder, each with its real path; also links that lead nowhere, which reading reports."""
        entered: set[Path] = set()
        ahead = [folder]
        while ahead:
            path = ahead.pop()
            mode, real = _mode(path), _real(path)
            if S_ISDIR(mode):
                if real not in entered and self._allows(path, real, real):
                    entered.add(real)
                    ahead += [path / name for name in sorted(self._names(path), reverse=True)]
            elif path.suffix in SUFFIXES and (S_ISREG(mode) or not mode) and self._allows(path, real, real.parent):
                yield path, real

    def _names(self, folder: Path) -> list[str]:
        try:
            with os.scandir(folder) as entries:
                return [entry.name for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            self._report(folder, f"this folder cannot be read: {error.strerror or error}")
            return []

    def _allows(self, path: Path, real: Path, folder: Path) -> bool:
        """A path may be followed to its real path, in some folder. Only a link can lead elsewhere."""
        if any(real.is_relative_to(root) for root in self.allowed):
            return True
        line = self.roots.line(folder)
        self._report(path, f"is a link out of the project, to {real}; to allow that, write in conf.py: {line}")
        return False

    def _report(self, path: Path, message: str) -> None:
        self.problems.append(Problem(Code.CATALOG_FILE, message, Place(shown_path(path))))


def project_of(path: Path) -> Path:
    """The nearest folder from a path upwards that a version control or a package marks, else the path."""
    marked = (up for up in (path, *path.parents) if any(_mode(up / mark) for mark in _PROJECT_MARKS))
    return next(marked, path)


def _mode(path: Path) -> int:
    """The mode of what a path leads to; 0 if that cannot be found out."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _real(path: Path) -> Path:
    """A path without links. Of one that leads to itself reading says so."""
    return Path(os.path.realpath(path))


def is_leftover(path: Path) -> bool:
    """A file is one that ``save`` writes aside. It stays only if a run was killed."""
    return _LEFTOVER.fullmatch(path.name) is not None


def save(files: Mapping[Path, str], as_read: Mapping[Path, bytes] | None = None) -> None:
    """Write files in their order, each whole or not at all.

    Everything is written aside first, and replaces the files when all of it is on the disk. Whatever happens on the
    way (no room, no right, an interrupt) leaves the files as they were, and is raised, as an OSError with the name of
    the file. ``as_read`` has the bytes that each file must still have, and none for one that is new.
    """
    # The target of a link is written, and the link stays.
    held = {path.resolve(): data for path, data in (as_read or {}).items()}
    files = {path.resolve(): text for path, text in files.items()}
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    aside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    # Every step is noted before it is taken, so that an interrupt in the middle of one undoes it too.
    with ExitStack() as undo:
        for path, part in aside.items():
            if as_read is not None and before[path] != held.get(path):
                raise OSError(errno.EBUSY, "somebody else has changed it meanwhile", str(path))
            _make(path.parent, undo)
            undo.callback(_drop, part)
            _write(part, files[path].encode(), path)
            if before[path] is not None:
                shutil.copymode(path, part)
        for path, part in aside.items():
            undo.callback(_restore, path, before[path], part)
            part.replace(path)
        undo.pop_all()
    _sweep({path.parent for path in files})


def _make(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those around it."""
    if not folder.exists():
        _make(folder.parent, undo)
        undo.callback(_drop, folder)
        folder.mkdir()


def _write(path: Path, data: bytes, target: Path) -> None:
    try:
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        error.filename = str(target)
        raise


def _restore(path: Path, data: bytes | None, part: Path) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != data:
        try:
            _write(part, data, path)
            part.replace(path)
        except OSError:
            path.write_bytes(data)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.rmdir() if path.is_dir() else path.unlink()


def _sweep(folders: Iterable[Path]) -> None:
    """Remove what killed runs have left in some folders."""
    for folder in folders:
        for path in filter(is_leftover, folder.glob(".*.part")):
            _drop(path)

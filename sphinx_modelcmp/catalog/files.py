"""The files of a catalog: which there are, where they may lie, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import Code, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = (".yaml", ".yml")
MOST_BYTES = 32 * 1024 * 1024
"""How large a file may be. One byte more is read, which is enough for the reader to refuse it."""


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """One file as it was when it was opened."""

    path: Path
    shown: str
    """The path as messages show it: from the working directory where it lies below it."""
    data: bytes

    @property
    def seal(self) -> str:
        """The hash of what is in it, and of what messages call it."""
        return sha256(f"{self.shown}\0".encode(errors="surrogateescape") + self.data).hexdigest()


def read_files(
    paths: Sequence[Path], roots: Sequence[Path] = (), most_bytes: int = MOST_BYTES
) -> tuple[tuple[CatalogFile, ...], tuple[Problem, ...]]:
    """The files at some paths, those of a folder recursively and in sorted order, each file once.

    ``roots`` are the folders that files must lie in once links are resolved; none means anywhere. A file that lies
    elsewhere, or cannot be read, is a problem.
    """
    problems: list[Problem] = []
    files = [file for path in _find(paths, roots, problems) if (file := _read(path, most_bytes, problems))]
    return tuple(files), tuple(problems)


def shown_path(path: Path) -> str:
    """A path as a message shows it: from the working directory where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _find(paths: Sequence[Path], roots: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    seen: set[Path] = set()
    allowed = [root.resolve() for root in roots]
    for path in paths:
        files = sorted(_below(path)) if path.is_dir() else [path]
        if not files:
            problems.append(Problem(Code.CATALOG_FILE, "no YAML file in this folder", Place(shown_path(path))))
        for file in files:
            real = _real(file)
            if allowed and not any(real.is_relative_to(root) for root in allowed):
                message = "lies outside the folders that a catalog may be read from (see modelcmp_catalog_roots)"
                problems.append(Problem(Code.CATALOG_FILE, message, Place(shown_path(file))))
            elif real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    """The YAML files, and links that lead nowhere, so that these are reported like a missing file."""
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return (path for path in found if path.is_file() or (path.is_symlink() and not path.exists()))


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself; reading it says so
        return path.absolute()


def _read(path: Path, most_bytes: int, problems: list[Problem]) -> CatalogFile | None:
    shown = shown_path(path)
    try:
        with path.open("rb") as stream:
            return CatalogFile(path, shown, stream.read(most_bytes + 1))
    except OSError as error:
        problems.append(Problem(Code.CATALOG_FILE, f"cannot be read: {error.strerror or error}", Place(shown)))
        return None

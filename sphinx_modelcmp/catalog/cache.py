"""Cache of a catalog from build to build: the outcome of each file, and what the last build knew of the whole.

A build in which nothing has changed asks only for the second, so nothing that reads is imported at the top.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp import __version__
from sphinx_modelcmp.catalog.files import Roots, read_files
from sphinx_modelcmp.catalog.fingerprints import Outline, fingerprint_of
from sphinx_modelcmp.catalog.problems import Demands, read_problems, written_problems

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.load import FileOutcome, Loaded
    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.catalog.records import Catalog


_PACKAGE = Path(__file__).parent.parent
_WHOLE = "catalog"
"""The name in the store of what the last build knew of the catalog as a whole."""


@cache
def package_fingerprint() -> str:
    """The hash of the package's version, code and phrases. What another package has written is not used."""
    found = sha256(__version__.encode())
    for path in sorted(path for suffix in ("py", "po") for path in _PACKAGE.rglob(f"*.{suffix}")):
        found.update(f"\0{path.relative_to(_PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()


class Store:
    """Folder of JSON values by name.

    A value that was cut short, or written by another version of this package or by anybody else, counts as absent.
    If nothing can be written, nothing is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> Any | None:
        """The value of a name, as JSON gives it; None if there is none."""
        try:
            fingerprint, _, written = self._path(name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return json.loads(written) if fingerprint == self._fingerprint(written) else None

    def put(self, name: str, value: Any) -> None:
        """Keep a value. The file of that name is whole at every moment: another build may be reading it."""
        written = json.dumps(value, separators=(",", ":")).encode()
        path = self._path(name)
        unfinished = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(self._fingerprint(written) + b"\n" + written)
            unfinished.replace(path)

    def keep_only(self, names: Collection[str]) -> None:
        """Drop all other values."""
        kept = {self._path(name).name for name in names}
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _fingerprint(self, written: bytes) -> bytes:
        return sha256(package_fingerprint().encode() + written).hexdigest().encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A catalog to be read, as the arguments of ``load_catalog``."""

    paths: tuple[Path, ...] = ()
    roots: Roots = field(default_factory=Roots)
    as_of: datetime.date | None = None
    demands: Demands = field(default_factory=Demands)


class CachedCatalog:
    """The catalog of one build, and the store that outlives it."""

    def __init__(self, asked: Asked, store: Store) -> None:
        self._asked = asked
        self._store = store
        self.files, self._unread = read_files(asked.paths, asked.roots)
        whole = store.get(_WHOLE)
        self._known: dict[str, Any] = whole if isinstance(whole, dict) and whole.get("key") == self._key else {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems of the files. These are read for that, unless the last build read just the same."""
        if not self._known:
            self.agree("")
        return (*self._unread, *read_problems(self._known["problems"]))

    @property
    def catalog(self) -> Catalog:
        """The catalog; it is read when this is first asked for."""
        return self.loaded.catalog

    def agrees_with(self, fingerprint: str) -> bool:
        """Pages of a fingerprint were found to be up to date with this catalog."""
        return bool(self._known) and self._known["agrees"] == fingerprint

    def agree(self, fingerprint: str) -> None:
        """Note that pages of a fingerprint are up to date with this catalog."""
        if not self.agrees_with(fingerprint):
            problems = self._known["problems"] if self._known else written_problems(self.loaded.problems)
            self._known = {"key": self._key, "problems": problems, "agrees": fingerprint}
            self._store.put(_WHOLE, self._known)

    @cached_property
    def loaded(self) -> Loaded:
        """The catalog with all that was found on reading it."""
        return read_cached(self.files, self._store, as_of=self._asked.as_of, demands=self._asked.demands)

    @cached_property
    def _key(self) -> str:
        """The fingerprint of all files, and of what is asked of them."""
        demands = self._asked.demands
        asked = (self._asked.as_of, demands.stale_after, sorted(demands.sources), demands.conflicts)
        return fingerprint_of((asked, [file.fingerprint for file in self.files]))


def read_cached(files: Sequence[CatalogFile], store: Store, **asked: Any) -> Loaded:
    """As ``read_catalog``, with what a store has of an earlier reading. The outcomes of this one are put there."""
    from sphinx_modelcmp.catalog.load import read_catalog  # noqa: PLC0415 - see above

    known = {file.fingerprint: outcome for file in files if (outcome := _outcome(store.get(file.fingerprint)))}
    loaded = read_catalog(files, known=known, **asked)
    for name, outcome in loaded.outcomes.items():
        if outcome is not known.get(name):
            store.put(name, {**outcome._asdict(), "problems": written_problems(outcome.problems)})
    store.keep_only({*loaded.outcomes, _WHOLE})
    return loaded


def _outcome(value: Any) -> FileOutcome | None:
    """An outcome as JSON gives it; None for any other value."""
    from sphinx_modelcmp.catalog.load import FileOutcome  # noqa: PLC0415 - see above

    try:
        return FileOutcome(
            top=value["top"],
            models=value["models"],
            outlines={name: Outline(*parts[:5], *map(tuple, parts[5:])) for name, parts in value["outlines"].items()},
            problems=tuple(read_problems(value["problems"])),
            accepted=tuple((tuple(keys), tuple(codes)) for keys, codes in value["accepted"]),
            named=value["named"] and tuple(map(tuple, value["named"])),
            basis=value["basis"],
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        return None

"""What was read of a catalog, kept in a folder from build to build: data in JSON, which can run nothing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp import __version__

if TYPE_CHECKING:
    from collections.abc import Collection

STATE = "catalog"
"""The name of what is known of the catalog as a whole."""
_PACKAGE = Path(__file__).parent.parent


@cache
def package_hash() -> str:
    """The hash of the package: its version, its code and its phrases. What another package wrote is not used."""
    found = sha256(__version__.encode())
    for path in sorted(path for suffix in ("py", "po") for path in _PACKAGE.rglob(f"*.{suffix}")):
        found.update(f"\0{path.relative_to(_PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()


class Store:
    """A folder of values by name.

    A value that was cut short, was written by another version of this package or by anybody else is not there. Where
    nothing can be written nothing is kept, and all is read anew the next time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> Any | None:
        """The value of a name, as JSON gives it; None where there is none."""
        try:
            seal, _, written = self._path(name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return json.loads(written) if seal == self._seal(written) else None

    def put(self, name: str, value: Any) -> None:
        """Keep a value. The file of that name is whole at every moment: another build may be reading it."""
        written = json.dumps(value, separators=(",", ":")).encode()
        path = self._path(name)
        unfinished = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(self._seal(written) + b"\n" + written)
            unfinished.replace(path)

    def keep_only(self, names: Collection[str]) -> None:
        """Drop what no name of these stands for."""
        kept = {self._path(name).name for name in names}
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _seal(self, written: bytes) -> bytes:
        return sha256(package_hash().encode() + written).hexdigest().encode()

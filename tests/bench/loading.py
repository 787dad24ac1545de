"""Reads a catalog once, and prints what that took: ``python -m tests.bench.loading WAY FOLDER``.

A way is ``ours``, with every record decoded and every check made, or ``CSafeLoader``, which gives plain values.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# ruff: noqa: PLC0415 - what is imported is measured


def ours() -> Callable[[Path], Any]:
    """The extension's own reader."""
    from sphinx_modelcmp.catalog.load import load_catalog

    return lambda folder: load_catalog([folder])


def plain() -> Callable[[Path], Any]:
    """The parser of PyYAML that is written in C."""
    import yaml

    return lambda folder: [yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in _files(folder)]


WAYS = {"ours": ours, "CSafeLoader": plain}


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yaml"))


def main(way: str, folder: Path) -> None:
    """Print the seconds of processor time that importing and reading took."""
    begun = time.process_time()
    read = WAYS[way]()
    imported = time.process_time()
    held = read(folder)
    done = time.process_time()
    assert held
    sys.stdout.write(json.dumps({"importing": imported - begun, "reading": done - imported}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

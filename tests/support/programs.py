"""Programs from outside that tests ask for a verdict. In CI a missing one fails; elsewhere its tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence


def find(*names: str) -> str:
    """The first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"none of these programs is installed: {', '.join(names)}"
    if os.environ.get("CI", "false") != "false":
        pytest.fail(message)
    pytest.skip(message)


def run(arguments: Sequence[str], folder: Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a program to its end in a folder, in a locale that every machine has."""
    return subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
    )


def epubcheck() -> list[str]:
    """How to run epubcheck: Debian installs the archive itself as the program, which not every kernel executes."""
    path = Path(find("epubcheck")).resolve()
    return [find("java"), "-jar", str(path)] if path.suffix == ".jar" else [str(path)]

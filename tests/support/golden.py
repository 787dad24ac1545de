"""Files that hold what comes of something, written by the test that reads them: REGENERATE=1 in the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def kept(path: Path, text: str) -> str:
    """The text of a golden file; written anew where that is asked for, and then no test passes."""
    if os.environ.get("REGENERATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} was written; read the difference, then run without REGENERATE")
    return path.read_text(encoding="utf-8")

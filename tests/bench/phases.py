"""A Sphinx extension that notes how much processor time a build has taken when its phases begin and end."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

PHASES = "phases.json"
"""The file below the doctrees that holds event name to seconds."""
FIRST, LAST = 0, 1000
"""Priorities: whatever the other extensions do at an event lies within the phase of reading."""


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen."""
    seconds: dict[str, float] = {}

    def note(event: str) -> Callable[..., None]:
        def noted(*_arguments: Any) -> None:
            seconds[event] = time.process_time()

        return noted

    def keep(*_arguments: Any) -> None:
        note("build-finished")()
        (Path(app.doctreedir) / PHASES).write_text(json.dumps(seconds), encoding="utf-8")

    app.connect("builder-inited", note("builder-inited"), priority=FIRST)
    app.connect("env-updated", note("env-updated"), priority=LAST)
    app.connect("build-finished", keep, priority=LAST)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

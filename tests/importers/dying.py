"""Imports of one file into many folders, each killed at a later change of the disk: run as a program.

``python -m tests.importers.dying FILE FOLDER...`` prints how many of them were killed.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sphinx_modelcmp.cli.main import group

_CALLS = ("fsync", "replace", "rename", "mkdir", "chmod", "unlink", "remove", "rmdir")
_DAY = ("--snapshot", "2026-05-01")


class Countdown:
    """Ends this process, as nothing can prevent, at a change of the disk."""

    def __init__(self, count: int, folder: str) -> None:
        self._count = count
        self._folder = folder
        for name in _CALLS:
            setattr(os, name, self._counted(getattr(os, name)))
        sys.addaudithook(self._see)

    def _counted(self, real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._tick()
            return real(*args, **kwargs)

        return call

    def _see(self, event: str, args: tuple[Any, ...]) -> None:
        """A file that is opened for writing is empty from then on."""
        if event == "open" and self._folder in str(args[0]) and args[2] & (os.O_WRONLY | os.O_RDWR):
            self._tick()

    def _tick(self) -> None:
        self._count -= 1
        if not self._count:
            os.kill(os.getpid(), signal.SIGKILL)


def main(file: str, *folders: str) -> None:
    """Import into each folder; the first one is killed at the first change, the second one at the second, and so on."""
    # Once for all: each child would load the same modules anew.
    group(["import", "models.dev", file, "-o", folders[0], *_DAY, "--dry-run"], standalone_mode=False)
    killed = 0
    for count, folder in enumerate(folders, 1):
        if child := os.fork():
            killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        else:
            Countdown(count, folder)
            group(["import", "models.dev", file, "-o", folder, *_DAY])
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

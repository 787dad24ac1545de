"""The command line, as its user calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from sphinx_modelcmp.cli.main import group

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*args: str | Path, color: bool = False) -> Result:
    """What a call prints, and how it ends: never with a traceback. With ``color`` as a terminal gets it."""
    found = CliRunner().invoke(group, [str(arg) for arg in args], color=color)
    assert found.exception is None or isinstance(found.exception, SystemExit), (found.output, found.exception)
    return found

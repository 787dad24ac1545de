"""Files that a command writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.catalog.saving import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write(files: Mapping[Path, str]) -> None:
    """Write all files; where that cannot be, none, and the call ends."""
    try:
        save(files)
    except OSError as error:
        path = error.filename or ", ".join(map(str, files))
        message = f"{path}: cannot be written: {error.strerror or error}. Nothing was changed."
        raise click.ClickException(message) from None

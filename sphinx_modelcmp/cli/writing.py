"""Files that a command writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.catalog.files import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write(files: Mapping[Path, str], as_read: Mapping[Path, bytes] | None = None) -> None:
    """Write all files; where that cannot be, none, and the call ends. ``as_read`` must not have changed since."""
    try:
        save(files, as_read)
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename or 'a file'} cannot be written. Nothing was changed."
        raise click.ClickException(message) from None

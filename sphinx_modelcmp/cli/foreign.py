"""Foreign catalogs that commands read: what goes wrong ends the call with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.importers.foreign import ForeignError
from sphinx_modelcmp.importers.registry import NoImporterError, find_importer

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked, Importer
    from sphinx_modelcmp.importers.listings import Foreign
    from sphinx_modelcmp.importers.loss import Loss


def importer_of(name: str) -> Importer:
    """The importer of a name."""
    try:
        return find_importer(name)
    except NoImporterError as error:
        raise click.BadParameter(str(error), param_hint="SOURCE") from None


def read_foreign(importer: Importer, file: Path, asked: Asked, loss: Loss) -> Foreign:
    """What an importer makes of a file; one that fails may be somebody else's, and is told as the cause."""
    try:
        return importer.read(file, asked, loss)
    except ForeignError as error:
        raise click.ClickException(str(error)) from None
    except Exception as error:
        message = f"the importer “{importer.name}” failed on {file}: {type(error).__name__}: {error}"
        raise click.ClickException(message) from error

"""Foreign catalogs that commands read: what goes wrong ends the call with a message."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.importers.importer import (
    NoImporterError,
    find_importer,
    ignored,
    importers,
    in_one_line,
    package_of,
    wrong_part,
)
from sphinx_modelcmp.importers.selection import FilterError
from sphinx_modelcmp.importers.source_files import ForeignError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked, Importer
    from sphinx_modelcmp.importers.listings import Foreign, Loss


def importer_of(name: str) -> Importer:
    """The importer of a name; a package that claims one of ours is in_one_line of, and not used."""
    for package in ignored(name):
        click.echo(f"The package {package} has an importer “{name}”, too; the one that is built in is used.", err=True)
    try:
        return find_importer(name)
    except NoImporterError as error:
        raise click.BadParameter(str(error), param_hint="SOURCE") from None


def read_foreign(importer: Importer, file: Path, asked: Asked, loss: Loss) -> Foreign:
    """What an importer makes of a file."""
    with blaming(importer, file):
        found = importer.read(file, asked, loss)
        if wrong := wrong_part(found, loss):
            raise click.ClickException(f"{_named(importer)} gives what cannot be used: {wrong}")
    return found


@contextmanager
def blaming(importer: Importer, file: Path) -> Iterator[None]:
    """End the call with a message where a foreign file is unusable, or its importer, maybe somebody else's, fails."""
    try:
        yield
    except (click.ClickException, click.Abort):
        raise
    except FilterError as error:
        raise click.BadParameter(str(error), param_hint=f"'{error.option}'") from None
    except ForeignError as error:
        raise click.ClickException(str(error)) from None
    except (Exception, SystemExit) as error:
        raise click.ClickException(f"{_named(importer)} failed on {file}: {in_one_line(error)}") from error


def _named(importer: Importer) -> str:
    entries = importers().get(importer.name, ())
    return f"the importer “{importer.name}”" + (f" of the package {package_of(entries[0])}" if entries else "")

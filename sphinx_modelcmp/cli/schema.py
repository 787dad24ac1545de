"""``schema``: what a catalog file may hold, for editors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sphinx_modelcmp.catalog.files import shown_path
from sphinx_modelcmp.catalog.schema import FILE, generate
from sphinx_modelcmp.cli.options import read
from sphinx_modelcmp.cli.writing import write


@click.command("schema")
@click.option(
    "-c",
    "--catalog",
    "paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Make it for this catalog: no rows but its own, and its ids are offered. May be given several times.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
@click.option(
    "--check",
    "checked",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    is_flag=False,
    flag_value=str(FILE),
    metavar="[FILE]",
    help="Print nothing, and fail where a file is not this schema: that of the package where none is named.",
)
def command(paths: tuple[Path, ...], output: Path | None, checked: Path | None) -> None:
    """Print the JSON Schema of a catalog file, for editors.

    It is of draft 2020-12. An editor with a language server for YAML completes keys by it, shows what they mean, and
    marks what is wrong. Name it in the first line of a file:

    \b
      # yaml-language-server: $schema=catalog.schema.json
    """  # noqa: D301 - click's mark of lines that it is to leave alone
    if checked and output:
        message = "--check and --output do not go together."
        raise click.UsageError(message)
    if checked == FILE and paths:
        message = "--check needs a file with --catalog: the one that comes with the package is for any catalog."
        raise click.UsageError(message)
    text = generate(read(paths).catalog if paths else None)
    if checked:
        _check(checked, text, [*map(str, paths)])
    elif output:
        write({output: text})
    else:
        click.echo(text, nl=False)


def _check(file: Path, text: str, paths: list[str]) -> None:
    """Layout is left to the house; what the file says is not."""
    if _said(file) != json.loads(text):
        shown = shown_path(file)
        made = " ".join(["sphinx-modelcmp schema", *(f"-c {path}" for path in paths), f"-o {shown}"])
        click.echo(f"{shown} is not the schema that this version makes. Write it anew: {made}", err=True)
        sys.exit(1)


def _said(file: Path) -> object:
    """What a file holds; nothing where it is no JSON."""
    try:
        return json.loads(file.read_bytes())
    except ValueError:
        return None
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}."
        raise click.ClickException(message) from None

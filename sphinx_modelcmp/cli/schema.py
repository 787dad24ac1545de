"""``schema``: the JSON Schema of a catalog file, for editors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sphinx_modelcmp.catalog.files import shown_path
from sphinx_modelcmp.catalog.schema import FILE, generate
from sphinx_modelcmp.cli.arguments import paths_option, read, write


@click.command("schema")
@paths_option("Make it for this catalog: no rows but its own, and its ids are offered. May be given several times.")
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
    """  # noqa: D301 - click leaves the lines after it alone
    if checked and output:
        raise click.UsageError("--check and --output do not go together.")
    if checked == FILE and paths:
        raise click.UsageError(
            "--check needs a file with --catalog: the one that comes with the package is for any catalog."
        )
    text = generate(read(paths).catalog if paths else None)
    if checked:
        _check(checked, text, [*map(str, paths)])
    elif output:
        write({output: text})
    else:
        click.echo(text, nl=False)


def _check(file: Path, text: str, paths: list[str]) -> None:
    """Fail if a file, however it is laid out, has other contents."""
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        found = None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    if found != json.loads(text):
        shown = shown_path(file)
        made = " ".join(["sphinx-modelcmp schema", *(f"-c {path}" for path in paths), f"-o {shown}"])
        click.echo(f"{shown} is not the schema that this version makes. Write it anew: {made}", err=True)
        sys.exit(1)

"""``check``: everything that a build would say of a catalog."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.epoch import epoch_day
from sphinx_modelcmp.catalog.files import read_files
from sphinx_modelcmp.catalog.load import load_catalog, read_catalog
from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES, Code, Demands, Place, Severity
from sphinx_modelcmp.catalog.reader import read_document
from sphinx_modelcmp.catalog.tidying import Around, tidied
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FACT_GROUPS, FieldGroup
from sphinx_modelcmp.cli.options import NearestChoice, as_of_option, format_option
from sphinx_modelcmp.cli.reporting import report
from sphinx_modelcmp.cli.writing import write

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

    from sphinx_modelcmp.catalog.files import CatalogFile

_SLUGS = sorted(code.slug for code in Code)


def _or_data(ctx: click.Context, param: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    """Without a path the folder data. Several values had no default before click 8.3."""
    return value or (param.type.convert("data", param, ctx),)


@click.command("check")
@click.argument(
    "paths",
    type=click.Path(exists=True, path_type=Path),
    nargs=-1,
    envvar="MODELCMP_CATALOG",
    callback=_or_data,
    metavar="[PATH]...",
)
@click.option("--stale-after", type=click.IntRange(min=0), metavar="DAYS", help="Report facts checked longer ago.")
@click.option(
    "--require-sources",
    type=click.Choice([*FACT_GROUPS, "all"]),
    multiple=True,
    help="Report facts of a group that name no source.",
)
@click.option("--conflicts", is_flag=True, help="Report facts whose sources disagree.")
@click.option(
    "--ignore", type=NearestChoice(_SLUGS), multiple=True, metavar="CODE", help="Leave a kind of problem out."
)
@click.option("--fix", is_flag=True, help="Put right what is safe: order, spacing, keys a level too high.")
@as_of_option
@format_option
def command(
    paths: tuple[Path, ...],
    *,
    stale_after: int | None,
    require_sources: Collection[str],
    conflicts: bool,
    ignore: Collection[str],
    fix: bool,
    as_of: datetime.date | None,
    form: str,
) -> None:
    """Say everything about a catalog that a build would say.

    The files and folders are read as one catalog. Without any it is that of MODELCMP_CATALOG, else the folder data.
    """
    demands = Demands(
        stale_after=stale_after,
        sources=frozenset(FACT_GROUPS if "all" in require_sources else require_sources),
        conflicts=conflicts,
    )
    if fix:
        _fix(paths)
    loaded = load_catalog(paths, as_of=as_of or epoch_day(), demands=demands)
    wanted = {code.slug for code in Code if DEFAULT_SEVERITIES[code] is not Severity.OFF or conflicts} - set(ignore)
    problems = [problem for problem in loaded.problems if problem.code.slug in wanted]
    report(problems, form)
    sys.exit(bool(problems))


def _fix(paths: Sequence[Path]) -> None:
    """Tidy every file, all of them or none. Comments stay with what they are about."""
    files, _ = read_files(paths)
    fields = read_catalog(files).catalog.fields
    flags = (*CAPABILITIES, *(name for name, about in fields.items() if about.group is FieldGroup.CAPABILITIES))
    specs = [name for name, about in fields.items() if about.group is FieldGroup.SPECS]
    heads = [file.shown for file in files if _has_header(file)]
    changed: dict[Path, str] = {}
    for file in files:
        with suppress(UnicodeDecodeError):
            text = file.data.decode()
            header = next((shown for shown in heads if shown != file.shown), "")
            found = tidied(text, Around(flags, specs, header))
            if found.left:
                click.echo(f"{Place(file.shown)}: {visible('; '.join(found.left))}", err=True)
            if found.done:
                changed[file.path] = found.text
                click.echo(f"{Place(file.shown)}: {visible(', '.join(found.done))}", err=True)
    write(changed)


def _has_header(file: CatalogFile) -> bool:
    document, _ = read_document(file.data, file.shown)
    return document is not None and isinstance(document.root, dict) and "catalog" in document.root

"""``import``: a foreign catalog into files that can be read in review, and errors of importers as messages."""

from __future__ import annotations

import datetime
import sys
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sphinx_modelcmp.catalog.checks import is_placeholder
from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.catalog.scalars import read_currency, read_id, read_partial_date
from sphinx_modelcmp.catalog.vocabulary import Scale
from sphinx_modelcmp.cli.arguments import PATH, F, day_option, reading, write
from sphinx_modelcmp.importers.importer import LOSSES, Asked, Foreign, Importer, Loss, source_id
from sphinx_modelcmp.importers.importing import Prepared, prepare
from sphinx_modelcmp.importers.installed import NoImporterError, failure, find_importer, ignored, importers, unusable
from sphinx_modelcmp.importers.merge.provenance import Mark
from sphinx_modelcmp.importers.selection import FilterError, Selection, read_query
from sphinx_modelcmp.importers.source_files import ForeignError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


_SHOWN = 20
"""Most changes of a kind that are shown; the rest is counted."""


def pair_option(
    option: str, name: str, about: str, metavar: str = "THEIRS=OURS", read: Callable[[str], Any] = str
) -> Callable[[F], F]:
    """Option for pairs, which may be given several times; ``read`` reads the second part."""

    def callback(_ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, Any]:
        found = {}
        for value in values:
            theirs, sign, ours = value.rpartition("=")
            if not sign or not theirs or not ours:
                raise click.BadParameter(f"“{value}” is not of the form {param.metavar}")
            try:
                found[theirs] = read(ours)
            except ValueError as error:
                raise click.BadParameter(str(error)) from None
        return found

    return _many(option, name, metavar=metavar, callback=callback, help=about)


def _read_scale(scale: str) -> str:
    words = [scale.value for scale in Scale]
    if scale not in words:
        raise ValueError(f"no scale “{scale}”{nearest_or_all(scale, words)}")
    return scale


_CURRENCY = "The currency of a place's prices, as in scaleway=EUR."
_SCALE = "The scale of scores that do not say theirs (huggingface); * for all others."
_read_queries = reading(lambda values: tuple(map(read_query, values)))
_many = partial(click.option, multiple=True)


def _complete_source(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    return [name for name in importers() if name.startswith(begun)]


@click.command("import", epilog=f"Sources: {', '.join(importers())}.")
@click.argument("source", metavar="SOURCE", shell_complete=_complete_source)
@click.argument("file", type=PATH)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder of the catalog: one that holds a catalog is merged into, any other has to be new or empty.",
)
@day_option("--snapshot", about="The day that FILE is of: every imported fact is marked with it.")
@click.option(
    "--source", "source_name", metavar="ID", callback=reading(read_id), help="Id that the source gets in the catalog."
)
@_many("--model", "models", metavar="PATTERN", help="Take these models, as in 'qwen3*'.")
@_many("--provider", "providers", metavar="PATTERN", help="Take models and routes at these places.")
@day_option("--since", about="Take models released on that day or later.")
@_many(
    "--query",
    "queries",
    metavar="CONDITION",
    callback=_read_queries,
    help="Take models that fulfil it, as in 'context_window >= 200000' or 'vision'.",
)
@pair_option("--provider-id", "provider_ids", "What a provider is called in the catalog.", read=read_id)
@pair_option("--model-id", "model_ids", "What a model is called in the catalog.", read=read_id)
@pair_option("--currency", "currencies", _CURRENCY, "PROVIDER=CODE", read_currency)
@pair_option("--scale", "scales", _SCALE, "BENCHMARK=SCALE", _read_scale)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the columns of a table are (table).",
)
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Show every change.")
def command(
    source: str,
    file: Path,
    *,
    folder: Path,
    snapshot: datetime.date | None,
    source_name: str | None,
    scales: Mapping[str, str],
    mapping: Path | None,
    dry_run: bool,
    verbose: bool,
    **filters: Any,
) -> None:
    """Import FILE, a foreign catalog, as the SOURCE that knows its format.

    What is there already stays, where it was typed by hand or comes from another source; facts of this source are
    brought up to date, and a price of it that changes gets a new period.
    """
    importer = importer_of(source)
    mark = Mark(source_name or source_id(source), snapshot or _ask_day(file))
    loss = Loss()
    selection = Selection(**filters)
    with _progress() as track:
        foreign = read_foreign(importer, file, Asked(scales, mapping, track("Reading")), loss)
        with blaming(importer, file):
            prepared = prepare(foreign, importer, folder, mark, selection, track("Merging"), loss)
    # Before the report: whoever reads only its first lines wants the files all the same.
    write({} if dry_run else prepared.files, prepared.as_read)
    _tell(importer, loss, prepared, limit=None if verbose else _SHOWN)
    _close(prepared, folder, dry_run=dry_run)


def _ask_day(file: Path) -> datetime.date:
    """The day of a file is a fact like others: it is asked for and never guessed."""
    changed = datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date()
    if not sys.stdin.isatty():
        raise click.UsageError(f"--snapshot is missing: the day that {file} is of. It was written on {changed}.")
    likely = None if is_placeholder(read_partial_date(str(changed))) else changed.isoformat()
    answer = click.prompt(f"The day that {file} is of", default=likely, type=click.DateTime(["%Y-%m-%d"]))
    day: datetime.date = answer.date()
    return day


@contextmanager
def _progress() -> Iterator[Any]:
    """Bars on standard error where somebody sees them. Gives what makes a tracker of a title."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda title: partial(progress.track, description=title)


# --- importers, maybe somebody else's ------------------------------------------------------------------------------


def importer_of(name: str) -> Importer:
    """The importer of a name; a package that claims one of ours is named, and not used."""
    for package in ignored(name):
        click.echo(f"The package {package} has an importer “{name}”, too; the one that is built in is used.", err=True)
    try:
        return find_importer(name)
    except NoImporterError as error:
        raise click.BadParameter(str(error), param_hint="SOURCE") from None


def read_foreign(importer: Importer, file: Path, asked: Asked, loss: Loss) -> Foreign:
    """The answer of an importer for a file, checked."""
    with blaming(importer, file):
        found = importer.read(file, asked, loss)
        if why := unusable(importer, found, loss):
            raise click.ClickException(why)
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
        raise click.ClickException(failure(importer, file, error)) from error


# --- the report ----------------------------------------------------------------------------------------------------


def _tell(importer: Importer, loss: Loss, prepared: Prepared, limit: int | None) -> None:
    click.echo(f"{importer.title}: {loss.entries:,} entries; {prepared.chosen:,} of {prepared.of:,} models are taken.")
    for kind, lost in groupby(loss, key=attrgetter("kind")):
        click.echo(f"\n{LOSSES[kind]}:")
        for one in lost:
            click.echo(f"  {one.times:>6,}  {one.what} (as in {one.example})")
    changes: dict[str, list[str]] = defaultdict(list)
    for change in prepared.changes:
        values = " → ".join(value for value in (change.old, change.new) if value)
        changes[change.kind.capitalize()].append(f"{change.at}: {values}" if values else change.at)
    changes["Left as it is, where the source says otherwise"] = [
        f"{kept.at}: {kept.here or 'nothing'} here, {kept.there} there" for kept in prepared.kept
    ]
    changes["The checks say of what comes"] = list(map(str, prepared.findings))
    for title, told in changes.items():
        if told:
            click.echo(f"\n{title} ({len(told):,}):")
        for line in told[:limit]:
            click.echo(f"  {line}")
        if limit is not None and len(told) > limit:
            click.echo(f"  and {len(told) - limit:,} more (--verbose shows all)")


def _close(prepared: Prepared, folder: Path, *, dry_run: bool) -> None:
    count = len(prepared.files)
    if not count:
        click.echo("\nNothing to change.")
        return
    files = f"{count} {'file' if count == 1 else 'files'} in {folder}"
    click.echo(f"\n{files} would be written." if dry_run else f"\n{files} written.")

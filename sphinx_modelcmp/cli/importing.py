"""``import``: a foreign catalog into files that can be read in review."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sphinx_modelcmp.catalog.checks import is_placeholder
from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.catalog.scalars import read_id, read_partial_date
from sphinx_modelcmp.catalog.vocabulary import Scale
from sphinx_modelcmp.cli.foreign import blaming, importer_of, read_foreign
from sphinx_modelcmp.cli.options import day_option
from sphinx_modelcmp.cli.writing import write
from sphinx_modelcmp.importers.importer import Asked, importers
from sphinx_modelcmp.importers.importing import Names, prepare, source_id
from sphinx_modelcmp.importers.listings import LOSSES, Loss
from sphinx_modelcmp.importers.merge.level import Mark
from sphinx_modelcmp.importers.selection import Selection, read_query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.importers.importer import Importer, Track
    from sphinx_modelcmp.importers.importing import Prepared

_SHOWN = 20
"""So many changes of a kind are shown; the rest is counted."""


def pairs(_ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """What is given as THEIRS=OURS."""
    found = {}
    for value in values:
        theirs, sign, ours = value.rpartition("=")
        if not sign or not theirs or not ours:
            message = f"“{value}” is not of the form {param.metavar}"
            raise click.BadParameter(message)
        found[theirs] = ours
    return found


def _ids(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found = pairs(ctx, param, values)
    for name in found.values():
        try:
            read_id(name)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return found


def _scales(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found = pairs(ctx, param, values)
    words = [scale.value for scale in Scale]
    for scale in found.values():
        if scale not in words:
            message = f"no scale “{scale}”{nearest_or_all(scale, words)}"
            raise click.BadParameter(message)
    return found


def _queries(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> tuple[Any, ...]:
    try:
        return tuple(read_query(value) for value in values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _complete_source(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    return [name for name in importers() if name.startswith(begun)]


@click.command("import", epilog=f"Sources: {', '.join(importers())}.")
@click.argument("source", metavar="SOURCE", shell_complete=_complete_source)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
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
@click.option("--source", "source_name", metavar="ID", help="Id that the source gets in the catalog.")
@click.option("--model", "models", multiple=True, metavar="PATTERN", help="Take these models, as in 'qwen3*'.")
@click.option(
    "--provider", "providers", multiple=True, metavar="PATTERN", help="Take models and routes at these places."
)
@day_option("--since", about="Take models released on that day or later.")
@click.option(
    "--query",
    "queries",
    multiple=True,
    metavar="CONDITION",
    callback=_queries,
    help="Take models that fulfil it, as in 'context_window >= 200000' or 'vision'.",
)
@click.option(
    "--provider-id",
    "provider_ids",
    multiple=True,
    metavar="THEIRS=OURS",
    callback=_ids,
    help="What a provider is called in the catalog.",
)
@click.option(
    "--model-id",
    "model_ids",
    multiple=True,
    metavar="THEIRS=OURS",
    callback=_ids,
    help="What a model is called in the catalog.",
)
@click.option(
    "--scale",
    "scales",
    multiple=True,
    metavar="BENCHMARK=SCALE",
    callback=_scales,
    help="The scale of scores that do not say theirs (huggingface); * for all others.",
)
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
    models: tuple[str, ...],
    providers: tuple[str, ...],
    since: datetime.date | None,
    queries: tuple[Any, ...],
    provider_ids: Mapping[str, str],
    model_ids: Mapping[str, str],
    scales: Mapping[str, str],
    mapping: Path | None,
    dry_run: bool,
    verbose: bool,
) -> None:
    """Import FILE, a foreign catalog, as the SOURCE that knows its format.

    What is there already stays, where it was typed by hand or comes from another source; facts of this source are
    brought up to date, and a price of it that changes gets a new period.
    """
    importer = importer_of(source)
    mark = Mark(_read_source(source_name or source_id(source)), snapshot or _ask_day(file))
    loss = Loss()
    selection = Selection(models, providers, since, queries)
    with _progress() as track:
        foreign = read_foreign(importer, file, Asked(scales, mapping, track("Reading")), loss)
        names = Names(provider_ids, model_ids)
        with blaming(importer, file):
            prepared = prepare(foreign, importer, folder, mark, selection, names, track("Merging"), loss)
    # Before anything is told: whoever reads only the first lines of that wants the files all the same.
    write({} if dry_run else prepared.plan.files, prepared.as_read)
    _tell(importer, loss, prepared, limit=None if verbose else _SHOWN)
    _close(prepared, folder, dry_run=dry_run)


def _read_source(name: str) -> str:
    try:
        return read_id(name)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--source") from None


def _ask_day(file: Path) -> datetime.date:
    """The day of a file is a fact like others: it is asked for and never guessed."""
    changed = datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date()
    if not sys.stdin.isatty():
        message = f"--snapshot is missing: the day that {file} is of. It was written on {changed}."
        raise click.UsageError(message)
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

        def titled(title: str) -> Track:
            def track(things: Collection[Any]) -> Iterable[Any]:
                return progress.track(things, total=len(things), description=title)

            return track

        yield titled


# --- what is told --------------------------------------------------------------------------------------------------


def _tell(importer: Importer, loss: Loss, prepared: Prepared, limit: int | None) -> None:
    click.echo(f"{importer.title}: {loss.entries:,} entries; {prepared.chosen:,} of {prepared.of:,} models are taken.")
    _tell_losses(loss)
    plan = prepared.plan
    for kind, count in Counter(change.kind for change in plan.changes).items():
        click.echo(f"\n{kind.capitalize()} ({count:,}):")
        _tell_some([_arrow(change) for change in plan.changes if change.kind is kind], limit)
    if plan.kept:
        click.echo(f"\nLeft as it is, where the source says otherwise ({len(plan.kept):,}):")
        _tell_some([f"{kept.at}: {kept.here or 'nothing'} here, {kept.there} there" for kept in plan.kept], limit)
    if prepared.findings:
        click.echo(f"\nThe checks say of what comes ({len(prepared.findings):,}):")
        _tell_some([str(problem) for problem in prepared.findings], limit)


def _tell_losses(loss: Loss) -> None:
    """Every kind of loss, always: it is what nobody sees in the files."""
    lost = list(loss)
    for kind, title in LOSSES.items():
        if any(one.kind == kind for one in lost):
            click.echo(f"\n{title}:")
        for one in lost:
            if one.kind == kind:
                click.echo(f"  {one.times:>6,}  {one.what} (as in {one.example})")


def _tell_some(told: Sequence[str], limit: int | None) -> None:
    for one in told[:limit]:
        click.echo(f"  {one}")
    if limit is not None and len(told) > limit:
        click.echo(f"  and {len(told) - limit:,} more (--verbose shows all)")


def _arrow(change: Any) -> str:
    values = " → ".join(value for value in (change.old, change.new) if value)
    return f"{change.at}: {values}" if values else change.at


def _close(prepared: Prepared, folder: Path, *, dry_run: bool) -> None:
    count = len(prepared.plan.files)
    if not count:
        click.echo("\nNothing to change.")
        return
    files = f"{count} {'file' if count == 1 else 'files'} in {folder}"
    click.echo(f"\n{files} would be written." if dry_run else f"\n{files} written.")

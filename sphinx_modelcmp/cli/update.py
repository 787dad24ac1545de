"""``update``: foreign files merged into catalogs, told as a pull request is; what looks like an accident stops all."""

from __future__ import annotations

import os
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.files import CatalogFile, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.cli.arguments import counted, day_option, write
from sphinx_modelcmp.cli.diff import escaped
from sphinx_modelcmp.cli.guards import GUARDS, Update
from sphinx_modelcmp.cli.import_ import blaming, importer_of, read_foreign
from sphinx_modelcmp.cli.import_ import command as import_command
from sphinx_modelcmp.importers.importer import Asked, Loss, source_id
from sphinx_modelcmp.importers.importing import Prepared, prepare
from sphinx_modelcmp.importers.merge.provenance import Kind, Mark, as_list
from sphinx_modelcmp.importers.selection import Selection
from sphinx_modelcmp.importers.source_files import ForeignError, read_toml

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence

_NOTHING, _CHANGED, _STOPPED = 0, 10, 3
_TOP = ("source", "settled")
_KEYS = ("importer", "file", "into")
_PATHS = ("file", "into", "mapping")
_SHOWN = 100
"""Most rows of a table, or lines of a list: a code host takes no more than some 60,000 characters."""


@click.command("update")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path), default="modelcmp-update.toml")
@day_option("--snapshot", about="The day that the files are of, where FILE does not say so.")
@click.option("--accept", type=click.Choice(GUARDS), multiple=True, help="Let pass what a guard stops at.")
def command(file: Path, *, snapshot: datetime.date | None, accept: Sequence[str]) -> None:
    """Merge foreign files into catalogs, as FILE says, and print the text of a pull request.

    Files are read, and nothing is fetched. The exit status is 0 if nothing changes, 10 if something was written, and 3
    if a guard has found what looks like an accident: then nothing was written.
    """
    sources, settled = _plan(file)
    pending: dict[Path, str] = {}
    as_read: dict[Path, bytes] = {}
    done: dict[Path, list[tuple[Mark, Prepared]]] = {}
    for params in sources:
        mark, prepared = _prepared(params, snapshot, pending)
        as_read = {path: data for path, data in prepared.as_read.items() if path not in pending} | as_read
        pending |= prepared.files
        done.setdefault(params["folder"], []).append((mark, prepared))
    updates = [_update(folder, imports, pending, as_read) for folder, imports in done.items()]
    trips = [trip for update in updates for trip in update.trips(settled)]
    stopping = [trip for trip in trips if trip[0] not in accept]
    if not stopping:
        # Before the text: whoever reads only its first lines wants the files all the same.
        write(pending, as_read)
    click.echo("\n".join(line for update in updates for line in _text(update)))
    if stopping:
        for guard, message in stopping[:_SHOWN]:
            click.echo(f"{guard}: {message}", err=True)
        names = " ".join(f"--accept {name}" for name in dict.fromkeys(guard for guard, _ in stopping))
        click.echo(f"{counted(len(stopping), 'finding')}; nothing was written. If all is right: {names}", err=True)
        sys.exit(_STOPPED)
    sys.exit(_CHANGED if pending else _NOTHING)


# --- what is asked for ---------------------------------------------------------------------------------------------


def _plan(file: Path) -> tuple[Sequence[Mapping[str, Any]], tuple[str, ...]]:
    """The sources, each as the parameters of ``import``, and the patterns of places that are settled."""
    try:
        found = read_toml(file)
    except ForeignError as error:
        raise click.UsageError(str(error)) from None
    for name in found.keys() - _TOP:
        raise click.UsageError(f"{shown_path(file)}: no key “{name}” at the top{nearest_or_all(name, _TOP)}")
    sources, settled = (found.get(name) or [] for name in _TOP)
    if not (isinstance(sources, list) and sources and isinstance(settled, list)):
        raise click.UsageError(f"{shown_path(file)} needs [[source]] with importer, file and into; `settled` is a list")
    return [_params(file, i, one) for i, one in enumerate(sources, 1)], tuple(map(str, settled))


def _params(file: Path, number: int, source: Any) -> Mapping[str, Any]:
    """One source as the parameters of ``import``: its other keys are the options of that, and are read as these."""
    where = f"{shown_path(file)}, source {number}"
    if missing := [key for key in _KEYS if not isinstance(source, dict) or key not in source]:
        raise click.UsageError(f"{where} has no `{missing[0]}`")
    # In one spelling, as two sources may go into one folder.
    paths = {name: os.path.normpath(file.parent / str(source[name])) for name in _PATHS if name in source}
    words = [str(source["importer"]), paths["file"], "-o", paths["into"]]
    for name, value in (source | paths).items():
        pairs = [f"{theirs}={ours}" for theirs, ours in value.items()] if isinstance(value, dict) else as_list(value)
        words += [word for one in pairs if name not in _KEYS for word in (f"--{name}", str(one))]
    try:
        with import_command.make_context("update", words) as ctx:
            return ctx.params
    except click.UsageError as error:
        raise click.UsageError(f"{where}: {error.format_message()}") from None


def _prepared(
    params: Mapping[str, Any], snapshot: datetime.date | None, pending: Mapping[Path, str]
) -> tuple[Mark, Prepared]:
    importer, file, loss = importer_of(params["source"]), params["file"], Loss()
    day = params["snapshot"] or snapshot
    if not day:
        raise click.UsageError(f"the day that {file} is of is missing: give --snapshot, or `snapshot` for the source.")
    mark = Mark(params["source_name"] or source_id(params["source"]), day)
    selection = Selection(**{item.name: params[item.name] for item in fields(Selection)})
    foreign = read_foreign(importer, file, Asked(params["scales"], params["mapping"]), loss)
    with blaming(importer, file):
        return mark, prepare(foreign, importer, params["folder"], mark, selection, iter, loss, pending)


def _update(
    folder: Path, imports: Sequence[tuple[Mark, Prepared]], pending: Mapping[Path, str], as_read: Mapping[Path, bytes]
) -> Update:
    old = {path: data for path, data in as_read.items() if path.is_relative_to(folder)}
    new = old | {path: text.encode() for path, text in pending.items() if path.is_relative_to(folder)}
    before, after = (
        read_catalog([CatalogFile(path, shown_path(path), data) for path, data in sorted(files.items())]).catalog
        for files in (old, new)
    )
    day = max(mark.day for mark, _ in imports)
    return Update(before, after, day, [(mark.source, prepared) for mark, prepared in imports])


# --- the text of a pull request ------------------------------------------------------------------------------------


def _text(update: Update) -> Iterator[str]:
    changes = [change for _, found in update.prices() for change in found]
    prices = sorted(changes, key=lambda change: (change.factor is not None, -(change.factor or 0), change.model))
    new = [f"{name}: {update.new.models[name].name}" for name in update.new.models.keys() - update.old.models.keys()]
    gone = [f"{name}, in {source}" for source, _, names in update.gone() for name in names]
    said = [change for _, made in update.imports for change in made.changes]
    added = sum(change.kind is Kind.ADDED for change in said)
    lost = [f"{change.at}: {change.old}" for change in said if change.kind is Kind.GONE]
    kept = [
        f"{one.at}: {one.here} here, {one.there} there" for _, made in update.imports for one, _ in made.contradicted
    ]
    parts: dict[str, Sequence[object]] = {
        "Prices that change": prices,
        "Facts that change": update.facts(),
        "Models no longer listed": gone,
        "Facts no longer listed": lost,
        "New models": sorted(new),
        "Left as it is here": kept,
    }
    counts = (f"{title}: {len(items):,}" for title, items in parts.items() if items)
    yield from (f"# Catalog update of {update.day}", "", f"{'. '.join((*counts, f'Additions in all: {added:,}'))}.")
    for title, items in parts.items():
        if items:
            yield from ("", f"## {title}", "", *(f"- {escaped(str(item))}" for item in items[:_SHOWN]))
        if len(items) > _SHOWN:
            yield f"- and {len(items) - _SHOWN:,} more"

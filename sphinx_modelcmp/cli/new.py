"""``new``: a catalog, or a model in one, to begin with."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.files import CatalogFile, read_files, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.catalog.scalars import ReadError, has_markup, read_currency, read_id, read_text, read_url, shorten
from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.cli.options import catalog_option, day_option, reading
from sphinx_modelcmp.cli.skeletons import catalog_files, file_name, model_file
from sphinx_modelcmp.cli.writing import write

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog

_WHERE_CONF_IS = (".", "docs", "doc", "source", "docs/source", "doc/source")


def _read_name(value: str) -> str:
    """A text that is shown as a name."""
    if has_markup(text := read_text(value)):
        raise ReadError(f"markup in “{shorten(text)}” has no effect")
    return text


@click.group("new")
def command() -> None:
    """Begin a catalog, or a model in one.

    What is not said as an option is asked for in a terminal.
    """


@command.command("catalog")
@click.argument("folder", type=click.Path(path_type=Path), default="data", metavar="[DIR]")
@click.option("--title", metavar="TEXT", callback=reading(read_text), help="What the catalog is called.")
@click.option(
    "--currency",
    default="USD",
    show_default=True,
    callback=reading(read_currency),
    help="Of a price that names none.",
)
@day_option("--as-of", about="The day the facts are read at.")
@click.pass_context
def new_catalog(
    ctx: click.Context, /, folder: Path, *, title: str | None, currency: str, as_of: datetime.date | None
) -> None:
    """Write a folder with a catalog of two models that do not exist: `data` if none is named.

    It must be new, or empty.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        message = f"{folder} is not an empty folder; nothing was written."
        raise click.UsageError(message)
    texts = catalog_files(title or _ask(ctx, "title", "Language models"), str(as_of or ""), currency)
    files = {folder / name: text for name, text in texts.items()}
    _save((), files)
    conf = next((found for name in _WHERE_CONF_IS if (found := Path(name, "conf.py")).exists()), None)
    path = Path(os.path.relpath(folder, conf.parent if conf else ".")).as_posix()
    click.echo(f"\nIn {conf or 'conf.py, if it is to lie in this folder'}:\n")
    click.echo('extensions = ["sphinx_modelcmp"]  # beside those that are there')
    click.echo(f'modelcmp_catalog = "{path}"')
    click.echo("modelcmp_stale_after = 180  # days after which a source is marked as old")
    click.echo(f"\nTo complete keys in an editor: sphinx-modelcmp schema -o {shown_path(folder)}/catalog.schema.json")


@command.command("model")
@click.argument("name_of_it", metavar="ID", callback=reading(read_id))
@catalog_option
@click.option("--name", callback=reading(_read_name), help="The name shown.")
@click.option("--organization", metavar="ID", callback=reading(read_id), help="Who makes it: an id of the catalog.")
@click.option(
    "--source", metavar="ID", callback=reading(read_id), help="Where its facts come from: an id of the catalog."
)
@click.option("--add", is_flag=True, help="Add the organization and the source where the catalog has none of that id.")
@click.option(
    "--organization-name",
    metavar="TEXT",
    callback=reading(_read_name),
    help="The name of an organization that is added.",
)
@click.option(
    "--source-title", metavar="TEXT", callback=reading(_read_name), help="The title of a source that is added."
)
@click.option("--source-url", metavar="URL", callback=reading(read_url), help="The address of a source that is added.")
@click.option(
    "--source-kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    help="Who speaks in a source that is added.",
)
@day_option("--source-checked", about="The day a source that is added was last read.")
@click.pass_context
def new_model(ctx: click.Context, /, name_of_it: str, *, paths: tuple[Path, ...], add: bool, **_asked: Any) -> None:
    """Write a file for a model into the folder of the catalog.

    Nothing that is there is changed: an organization or a source that is added stands in the same file.
    """
    files, _ = read_files(paths)
    catalog = read_catalog(files).catalog
    folder = next((path for path in paths if path.is_dir()), None)
    if folder is None:
        message = f"a new model has a file of its own, and {paths[0]} is no folder; name one with -c."
        raise click.UsageError(message)
    file = folder / "models" / file_name(name_of_it)
    _refuse_what_is_there(catalog, name_of_it, file)
    record = {"id": name_of_it, "name": _ask(ctx, "name", name_of_it)}
    added: dict[str, dict[str, Any]] = {}
    for what, table in (("organization", "organizations"), ("source", "sources")):
        record[what], is_new = _choose(ctx, what, getattr(catalog, table), add=add)
        if is_new:
            added[table] = {record[what]: _entry(ctx, what, record[what])}
    _save(files, {file: model_file(catalog, record, added)})


def _refuse_what_is_there(catalog: Catalog, name: str, file: Path) -> None:
    if found := catalog.find(name):
        message = f"“{name}” is in the catalog already: {found.name}."
        raise click.UsageError(message)
    if file.exists():
        message = f"{shown_path(file)} is there already; nothing was written."
        raise click.UsageError(message)


def _ask(ctx: click.Context, name: str, default: str | None = None, *, is_needed: bool = True) -> Any:
    """The value of an option, asked for where it is not given.

    Without a terminal the default counts; where there is none, and a value is needed, the call ends.
    """
    if (given := ctx.params.get(name)) is not None:
        return given
    option = next(param for param in ctx.command.params if param.name == name)
    if not _has_terminal():
        if is_needed and default is None:
            raise click.MissingParameter(ctx=ctx, param=option)
        return default
    words = f" ({', '.join(option.type.choices)})" if isinstance(option.type, click.Choice) else ""
    return click.prompt(
        f"{str(getattr(option, 'help', '')).rstrip('.')}{words}{'' if is_needed else ', or nothing'}",
        default=default if is_needed else "",
        show_default=is_needed,
        value_proc=lambda said: option.process_value(ctx, said) if said else said,
    )


def _has_terminal() -> bool:
    """Whether there is anybody to ask."""
    return sys.stdin.isatty()


def _choose(ctx: click.Context, what: str, table: Mapping[str, Any], *, add: bool) -> tuple[str, bool]:
    """An id of a table, and whether it is yet to be added there."""
    while True:
        name = _ask(ctx, what)
        if name in table or add:
            return name, name not in table
        message = f"no {what} “{name}” in the catalog{did_you_mean(name, table) or '.'}"
        if not _has_terminal():
            message = f"{message} Give --add to add it."
            raise click.UsageError(message)
        click.echo(f"There is {message}")
        if click.confirm(f"Add “{name}”?"):
            return name, True
        ctx.params[what] = None


def _entry(ctx: click.Context, what: str, name: str) -> dict[str, Any]:
    """What is needed of an organization or a source."""
    if what == "organization":
        return {"name": _ask(ctx, "organization_name", name)}
    said = {
        "title": _ask(ctx, "source_title"),
        "url": _ask(ctx, "source_url", is_needed=False),
        "kind": _ask(ctx, "source_kind", is_needed=False),
        "checked": _ask(ctx, "source_checked", is_needed=False),
    }
    return {key: value for key, value in said.items() if value}


def _save(there: Sequence[CatalogFile], new: Mapping[Path, str]) -> None:
    """Write files, if a catalog is as good with them as it is without."""
    files = [*there, *(CatalogFile(path, shown_path(path), text.encode()) for path, text in new.items())]
    if problems := {*read_catalog(files).problems} - {*read_catalog(there).problems}:
        raise click.UsageError("\n".join(["nothing was written:", *sorted(problem.message for problem in problems)]))
    write(new)
    for path in new:
        click.echo(f"Written: {visible(shown_path(path))}")

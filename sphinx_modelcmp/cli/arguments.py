"""Arguments shared by several commands, the catalog that they read and the files that they write."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.files import SHIPPED, SHIPPED_FOLDER, save
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.scalars import read_day
from sphinx_modelcmp.cli.project import catalog_of_project
from sphinx_modelcmp.compare.comparison import compare, epoch_day

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sphinx_modelcmp.catalog.load import Loaded
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.comparison import Comparison, Request, Settings

F = TypeVar("F", bound="Callable[..., Any]")
PATH = click.Path(exists=True, path_type=Path)


class CatalogPath(click.Path):
    """Path of a catalog, or the word for the one that comes with this package."""

    def __init__(self) -> None:
        super().__init__(exists=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a path."""
        return SHIPPED_FOLDER if value == SHIPPED else super().convert(value, param, ctx)


_LOSING = (Code.CATALOG_FILE, Code.SYNTAX)
"""The kinds of problem that leave out a whole file."""
_OPTIONS = {
    Code.UNKNOWN_FIELD: "--fields",
    Code.UNKNOWN_BENCHMARK: "--benchmarks",
    Code.UNKNOWN_TRAFFIC: "--traffic",
}
"""The kind of problem to the option at fault."""


def complete_models(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names with this beginning, in the catalog on the same line. Whatever is wrong, the shell sees nothing.

    Case does not matter, as in a look-up; an alias is offered only once its beginning is typed.
    """
    with suppress(Exception):
        catalog = load_catalog(ctx.params["paths"]).catalog
        begun = incomplete.casefold()
        names = catalog.spellings if begun else catalog.models
        models = ((name, catalog.find(name)) for name in names if name.casefold().startswith(begun))
        return [CompletionItem(name, help=model.name) for name, model in models if model]
    return []


def reading(read: Callable[[Any], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Callback that reads a value as the catalog does. An unreadable one ends the call, or is asked for again."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        try:
            return None if value is None else read(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    return callback


def names(valid: Collection[str] = (), what: str = "") -> Callable[[click.Context, click.Parameter, str], Any]:
    """Callback that reads names separated by spaces or commas, as the directive does; only ``valid`` ones, if given."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        found = tuple(value.replace(",", " ").split())
        if wrong := next((name for name in found if valid and name not in valid), None):
            near = did_you_mean(wrong, valid) or f"; there are {', '.join(valid)}"
            raise click.BadParameter(f"no {what} “{wrong}”{near}", ctx, param)
        return found

    return read


def value_option(
    name: str, read: Callable[[Any], Any], metavar: str, about: str, **attributes: Any
) -> Callable[[F], F]:
    """Option for a value that is read as the catalog does."""
    return click.option(name, metavar=metavar, callback=reading(read), help=about, **attributes)


def day_option(name: str, about: str) -> Callable[[F], F]:
    """Option for a day."""
    return value_option(name, read_day, "YYYY-MM-DD", about)


def format_option(*forms: str, about: str | None = None) -> Callable[[F], F]:
    """Option for the format of the output; the first is the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help=about)


models_argument = click.argument("models", nargs=-1, required=True, metavar="MODEL...", shell_complete=complete_models)

traffic_option = click.option(
    "--traffic",
    default="",
    metavar="NAME|KEY=VALUE...",
    help="The workload of a month: a name from the catalog, or "
    "'requests=300000 input=3000 output=400 cache-hit=60% cache-write=10%'. The first of the catalog if absent.",
)


def paths_option(about: str, **attributes: Any) -> Callable[[F], F]:
    """Option for the paths of a catalog."""
    return click.option("-c", "--catalog", "paths", type=CatalogPath(), multiple=True, help=about, **attributes)


def or_of_project(_ctx: click.Context, _param: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    """Callback that reads the catalog of the project where none is named."""
    return value or catalog_of_project()


catalog_option = paths_option(
    "File or folder of the catalog, or shipped; several times for more. That of pyproject.toml or conf.py if absent.",
    envvar="MODELCMP_CATALOG",
    callback=or_of_project,
)

as_of_option = day_option("--as-of", about="The day the facts are read at, where the catalog states none.")


def read(paths: Sequence[Path], as_of: datetime.date | None = None) -> Loaded:
    """The catalog at some paths. Problems are counted in one line on standard error: `check` lists them.

    If files cannot be read and no model is left the call ends: nothing that follows would be true.
    """
    loaded = load_catalog(paths, as_of=as_of or epoch_day())
    lost = [str(problem) for problem in loaded.problems if problem.code in _LOSING]
    if lost and not loaded.catalog.models:
        raise click.ClickException("\n".join(lost))
    if loaded.problems:
        count = len(loaded.problems)
        command = visible(shlex.join(["sphinx-modelcmp", "check", *map(str, paths)]))
        click.echo(f"{count} {'problem' if count == 1 else 'problems'} in the catalog; see: {command}", err=True)
    return loaded


def asked(catalog: Catalog, request: Request, settings: Settings) -> Comparison:
    """The comparison of one model or more. Without one the call ends: with status 1 for a model, 2 for an option."""
    answer = compare(catalog, request, settings, alone=True)
    for code, option in _OPTIONS.items():
        if messages := [problem.message for problem in answer.problems if problem.code is code]:
            raise click.BadParameter("\n".join(messages), param_hint=f"'{option}'")
    if answer.problems or not answer.comparison:
        raise click.ClickException("\n".join(problem.message for problem in answer.problems))
    return answer.comparison


def write(files: Mapping[Path, str], as_read: Mapping[Path, bytes] | None = None) -> None:
    """Write all files, or none if one cannot be written. ``as_read`` must not have changed since."""
    try:
        save(files, as_read)
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename or 'a file'} cannot be written. Nothing was changed."
        raise click.ClickException(message) from None


def counted(number: int, noun: str) -> str:
    """A number of things, in words of English."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

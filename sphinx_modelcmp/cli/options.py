"""What several commands take, and the catalog that they read."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.days import epoch_day
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.scalars import read_day
from sphinx_modelcmp.cli.reporting import FORMATS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from sphinx_modelcmp.catalog.load import Loaded

F = TypeVar("F", bound="Callable[..., Any]")
_LOSING = (Code.CATALOG_FILE, Code.SYNTAX)
"""The kinds of problem that leave out a whole file."""


def reading(read: Callable[[Any], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Reads a value as the catalog reads it; what cannot be read ends the call, or is asked for again in a terminal."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        try:
            return None if value is None else read(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    return callback


class NearestChoice(click.Choice[str]):
    """One of many words: of one that is misspelt the nearest is named, rather than all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            if near := did_you_mean(str(value), map(str, self.choices)):
                self.fail(f"there is no “{value}”{near}", param, ctx)
            raise


def day_option(*names: str, about: str) -> Callable[[F], F]:
    """An option that takes a day."""
    return click.option(*names, metavar="YYYY-MM-DD", callback=reading(read_day), help=about)


catalog_option = click.option(
    "-c",
    "--catalog",
    "paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    envvar="MODELCMP_CATALOG",
    default=["data"],
    show_default=True,
    help="File or folder of the catalog. May be given several times.",
)

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How problems are printed.",
)

as_of_option = day_option("--as-of", about="The day the facts are read at, where the catalog states none.")


def read(paths: Sequence[Path], as_of: datetime.date | None = None) -> Loaded:
    """The catalog at some paths. What is wrong with it is told in one line on standard error: `check` says what.

    Where files cannot be read and no model is left the call ends: nothing that follows would be true.
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


def complete_models(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names that start so, of the catalog that is named on the same line. Whatever is wrong, a shell sees nothing.

    In capitals or not, as a model is found; an alias is offered where it is what somebody has begun to type.
    """
    with suppress(Exception):
        catalog = load_catalog(ctx.params["paths"]).catalog
        begun = incomplete.casefold()
        names = catalog.spellings if begun else catalog.models
        models = ((name, catalog.find(name)) for name in names if name.casefold().startswith(begun))
        return [CompletionItem(name, help=model.name) for name, model in models if model]
    return []

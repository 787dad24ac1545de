"""The command ``sphinx-modelcmp``: one module a command, loaded when it is called.

Exit status 0 says that all is well, 1 that there are problems, 2 that the call itself is wrong.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sphinx_modelcmp import __version__
from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

COMMANDS = {
    "check": "checking",
    "cost": "costing",
    "diff": "differing",
    "import": "importing",
    "new": "new",
    "schema": "schema",
    "show": "showing",
    "stale": "stale",
}
"""Command to the module that holds it, as ``command``."""


class _Lazy(click.Group):
    """A group that loads a command when it is named: the completion of a shell waits for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sphinx_modelcmp.cli.{COMMANDS[cmd_name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"No such command '{args[0]}'{near}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What ends it may quote a foreign file, which does nothing to the terminal."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            message = "\n".join(map(visible, error.message.split("\n")))
            error.message = message  # type: ignore[misc]
            raise


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 all is well, 1 problems were found, 2 the call is wrong.",
)
@click.version_option(__version__, prog_name="sphinx-modelcmp")
def group() -> None:
    """Keep a catalog of language models: check it, import into it, compare it, show it."""


def main(args: Sequence[str] | None = None, prog_name: str = "sphinx-modelcmp") -> None:
    """Run the command line. The variable that completes in a shell is ``_SPHINX_MODELCMP_COMPLETE``."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started this
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the end
    output = sys.stdout
    if isinstance(output, TextIOWrapper):
        # The code page of an old console, or a file name that is no text, must not end in a traceback.
        output.reconfigure(errors="replace")
    try:
        try:
            group(args, prog_name=prog_name)
        finally:
            if sys.stdout is not output:  # click's stand-in for a closed pipe, of which it says nothing
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
    except OSError as error:
        _end(error)


def _end(error: OSError) -> NoReturn:
    """End a call that the system has refused something, in a sentence."""
    where = error.filename or ("the working directory" if error.errno == errno.ENOENT else "standard output")
    # What could not be written would be tried again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    with suppress(OSError):
        click.ClickException(f"{where}: {error.strerror or error}.").show()
    sys.exit(1)

"""The command ``sphinx-modelcmp``: a module per command, loaded when the command is called.

Exit status 0 means that all is well, 1 that there are problems, 2 that the call itself is wrong.
``update`` has two more.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sphinx_modelcmp import __version__
from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

COMMANDS = ("check", "cost", "diff", "import", "init", "list", "new", "schema", "show", "stale", "update")
"""Commands. Each is the ``command`` of the module of its name, with an underscore after a keyword of Python."""


class _Lazy(click.Group):
    """Group that loads a command only when it is named: completion in a shell waits for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"sphinx_modelcmp.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"No such command '{args[0]}'{near}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A message that quotes a foreign file must not act on the terminal."""
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
        if getattr(sys, name) is None:  # closed by the parent process
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the end
    output = sys.stdout
    if isinstance(output, TextIOWrapper):
        # An old console's code page, or a file name that is not text, must not end in a traceback.
        output.reconfigure(errors="replace")
    try:
        try:
            group(args, prog_name=prog_name)
        finally:
            if sys.stdout is not output:  # click replaces it silently when a pipe is closed
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
    except OSError as error:
        _end(error)


def _end(error: OSError) -> NoReturn:
    """End a call with a sentence on what the system refused."""
    where = error.filename or ("the working directory" if error.errno == errno.ENOENT else "standard output")
    # The interpreter would try to write the rest again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    with suppress(OSError):
        click.ClickException(f"{where}: {error.strerror or error}.").show()
    sys.exit(1)

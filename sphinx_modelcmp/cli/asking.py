"""What ``show`` and ``cost`` are asked: names on the command line to a comparison, or the end of the call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.cli.options import complete_models
from sphinx_modelcmp.compare.comparison import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.comparison import Comparison, Request, Settings

OPTIONS = {
    Code.UNKNOWN_FIELD: "--fields",
    Code.UNKNOWN_BENCHMARK: "--benchmarks",
    Code.UNKNOWN_TRAFFIC: "--traffic",
}
"""The kind of problem to the option that it is one of."""


def names(valid: Collection[str] = (), what: str = "") -> Callable[[click.Context, click.Parameter, str], Any]:
    """Reads names with spaces or commas between them, as the directive takes them; of some, only those that exist."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        found = tuple(name for name in re.split(r"[\s,]+", value) if name)
        for name in found if valid else ():
            if name not in valid:
                near = did_you_mean(name, valid) or f"; there are {', '.join(valid)}"
                message = f"no {what} “{name}”{near}"
                raise click.BadParameter(message, ctx, param)
        return found

    return read


models_argument = click.argument("models", nargs=-1, required=True, metavar="MODEL...", shell_complete=complete_models)

traffic_option = click.option(
    "--traffic",
    default="",
    metavar="NAME|KEY=VALUE...",
    help="The workload of a month: a name from the catalog, or "
    "'requests=300000 input=3000 output=400 cache-hit=60% batch=0'. The first of the catalog if absent.",
)


def asked(catalog: Catalog, request: Request, settings: Settings) -> Comparison:
    """The answer to a request of one model or more. Without one the call ends: 1 for a model, 2 for an option."""
    answer = compare(catalog, request, settings, alone=True)
    for code, option in OPTIONS.items():
        if messages := [problem.message for problem in answer.problems if problem.code is code]:
            raise click.BadParameter("\n".join(messages), param_hint=f"'{option}'")
    if answer.problems or not answer.comparison:
        raise click.ClickException("\n".join(problem.message for problem in answer.problems))
    return answer.comparison

"""``show``: a model, or a comparison, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.cli.arguments import (
    as_of_option,
    asked,
    catalog_option,
    models_argument,
    names,
    read,
    traffic_option,
)
from sphinx_modelcmp.cli.terminal import print_sections
from sphinx_modelcmp.compare.comparison import ALONE, SECTION_NAMES, Request, Settings, epoch_day
from sphinx_modelcmp.sections.language import LOCALES, language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of

if TYPE_CHECKING:
    import datetime
    from pathlib import Path


SHOWN = tuple(name for name in SECTION_NAMES if name != "related")
"""The sections of a terminal, which has no other pages to link to."""
LANGUAGES = sorted(("en", *(path.name for path in LOCALES.iterdir() if path.is_dir())))

_sections = names(SHOWN, "section")


@click.command("show", epilog=f"Sections: {', '.join(SHOWN)}.")
@models_argument
@click.option(
    "--sections", callback=_sections, default="", metavar="NAMES", help="The sections to write, in this order."
)
@click.option("--exclude", callback=_sections, default="", metavar="NAMES", help="Sections to leave out.")
@click.option(
    "--benchmarks", callback=names(), default="", metavar="NAMES", help="The benchmarks to show, by id, in this order."
)
@click.option("--fields", callback=names(), default="", metavar="NAMES", help="The rows that tables show, by name.")
@traffic_option
@click.option("--only-differences", is_flag=True, help="Leave out the rows that say the same of every model.")
@click.option("--all-routes", is_flag=True, help="Give the monthly cost at every route too, in a second table.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="What to write in.")
@click.option("--width", type=click.IntRange(min=20), help="Characters of a line: the terminal’s if absent, else 80.")
@catalog_option
@as_of_option
def command(
    *, language: str, width: int | None, paths: tuple[Path, ...], as_of: datetime.date | None, **options: Any
) -> None:
    """Show a model, or several beside each other, as a page of the documentation would.

    Names in a list have spaces or commas between them.
    """
    request = Request(**options)
    _check_alone(request)
    settings = Settings(sections=SHOWN, as_of=as_of or epoch_day())
    page = Page(asked(read(paths, as_of).catalog, request, settings), language_of(language))
    print_sections(page.names(page.models), sections_of(page), page.words, width)


def _check_alone(request: Request) -> None:
    """Refuse options that need a second model."""
    if len(request.models) > 1:
        return
    if request.only_differences:
        raise click.BadParameter("one model alone differs from nothing; name two", param_hint="'--only-differences'")
    if comparing := [name for name in request.sections if name not in ALONE]:
        message = f"the section “{comparing[0]}” compares models; name two"
        raise click.BadParameter(message, param_hint="'--sections'")

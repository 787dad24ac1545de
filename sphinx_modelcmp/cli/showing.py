"""``show``: a model, or a comparison, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.catalog.days import epoch_day
from sphinx_modelcmp.cli.asking import asked, models_argument, names, traffic_option
from sphinx_modelcmp.cli.options import as_of_option, catalog_option, read
from sphinx_modelcmp.cli.terminal import print_sections
from sphinx_modelcmp.compare.request import ALONE, SECTION_NAMES, Request, Settings
from sphinx_modelcmp.sections.phrases import LOCALES
from sphinx_modelcmp.sections.words import words_of
from sphinx_modelcmp.sections.writing import page_of, sections_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

SHOWN = tuple(name for name in SECTION_NAMES if name != "related")
"""The sections that a terminal can show: there are no other pages that one could lead to."""
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
    models: tuple[str, ...],
    *,
    sections: tuple[str, ...],
    exclude: tuple[str, ...],
    benchmarks: tuple[str, ...],
    fields: tuple[str, ...],
    traffic: str,
    only_differences: bool,
    all_routes: bool,
    language: str,
    width: int | None,
    paths: tuple[Path, ...],
    as_of: datetime.date | None,
) -> None:
    """Show a model, or several beside each other, as a page of the documentation would.

    Names in a list have spaces or commas between them.
    """
    _check_alone(models, sections, only_differences=only_differences)
    request = Request(
        models=models,
        sections=sections,
        exclude=exclude,
        benchmarks=benchmarks,
        fields=fields,
        traffic=traffic,
        only_differences=only_differences,
        all_routes=all_routes,
    )
    settings = Settings(sections=SHOWN, as_of=as_of or epoch_day())
    page = page_of(asked(read(paths, as_of).catalog, request, settings), words_of(language))
    print_sections(page.names(page.models), sections_of(page), page.words, width)


def _check_alone(models: Sequence[str], sections: Sequence[str], *, only_differences: bool) -> None:
    """Refuse what needs a second model."""
    if len(models) > 1:
        return
    if only_differences:
        raise click.BadParameter("one model alone differs from nothing; name two", param_hint="'--only-differences'")
    if comparing := [name for name in sections if name not in ALONE]:
        message = f"the section “{comparing[0]}” compares models; name two"
        raise click.BadParameter(message, param_hint="'--sections'")

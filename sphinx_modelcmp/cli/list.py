"""``list``: the models of a catalog, all or those that a query matches, with their ids."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.cli.arguments import as_of_option, catalog_option, format_option, read, value_option
from sphinx_modelcmp.cli.terminal import print_sections
from sphinx_modelcmp.compare.comparison import Settings, epoch_day
from sphinx_modelcmp.query.conditions import Facts
from sphinx_modelcmp.query.request import ROWS, UNDECIDED, Selection, fact_names
from sphinx_modelcmp.query.selection import default_columns, select
from sphinx_modelcmp.sections.blocks import Table
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.listing import Listing, listing_of, page_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx_modelcmp.sections.blocks import Section


@click.command("list")
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@click.option("--where", default="", metavar="QUERY", help="A condition, as in 'vision and output <= 2'.")
@value_option("--columns", fact_names, "NAMES", "The facts to show, with commas between.", default="")
@value_option("--sort", fact_names, "NAMES", "What to sort by; -NAME for descending.", default="")
@click.option("--limit", type=click.IntRange(min=0), help="The most rows.")
@click.option("--rows", type=click.Choice(ROWS), default=ROWS[0], help="A row a model, or a row a route.")
@click.option("--undecided", type=click.Choice(UNDECIDED), default=UNDECIDED[0], help="What becomes of these models.")
@format_option("text", "csv", "ids")
@catalog_option
@as_of_option
def command(*, form: str, paths: tuple[Path, ...], as_of: datetime.date | None, **options: Any) -> None:
    """List the models of the catalog, or those that a query matches.

    Models of which the catalog cannot say whether they match are counted, with the facts that are lacking.
    """
    selection = Selection(**options)
    if not selection.columns:
        selection = replace(selection, columns=("id", *default_columns(selection)))
    catalog, settings = read(paths, as_of).catalog, Settings(as_of=as_of or epoch_day(), source_links="none")
    found = select(selection, Facts(catalog, catalog.reading_day(settings.as_of)))
    if found.problems:
        raise click.UsageError("\n".join(problem.message for problem in found.problems))
    if form == "ids":
        click.echo("".join(f"{model.id}\n" for model in found.models), nl=False)
        return
    page = page_of(catalog, found, settings, language_of("en"))
    sections = listing_of(page, Listing(selection, found))
    if form == "csv":
        _print_csv(sections)
    else:
        print_sections("", sections, page.words, None)


def _print_csv(sections: Iterable[Section]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for block in (block for section in sections for block in section.blocks if isinstance(block, Table)):
        writer.writerow(cell.text for cell in block.header)
        writer.writerows([row.head.text, *(cell.text for cell in row.cells)] for row in block.rows)

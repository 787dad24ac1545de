"""``stale``: the facts to look up again, the oldest first."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.cli.arguments import catalog_option, complete_models, counted, day_option, format_option, read
from sphinx_modelcmp.compare.comparison import epoch_day
from sphinx_modelcmp.compare.sources import batches

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.fields import Record
    from sphinx_modelcmp.catalog.load import Loaded
    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.sources import Batch, UsedSource


_COLUMNS = ("Checked", "Days", "Model", "Route", "Facts", "Sources")


@click.command("stale")
@catalog_option
@day_option("--as-of", about="The day to count to: the one the facts are read at if absent.")
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="List what was checked longer ago only, and fail if there is any. Without it all is listed.",
)
@click.option(
    "--model", "names", multiple=True, shell_complete=complete_models, help="This model only. May be repeated."
)
@format_option("text", "json")
def command(
    paths: tuple[Path, ...], *, as_of: datetime.date | None, older_than: int | None, names: tuple[str, ...], form: str
) -> None:
    """List what has to be looked at again, the oldest first, with its sources.

    One line is what was looked up of a model, or of it at one route, on one day. What has no day comes first; it is
    not counted as old. A fact is disputed where its sources do not agree.

    In a terminal this is a table. In a pipe columns are separated by tabs, sources by semicolons.
    """
    loaded = read(paths, as_of)
    catalog, places = loaded.catalog, loaded.places
    day = as_of or catalog.reading_day(epoch_day())
    models = {model.id: model for model in (_model(catalog, name) for name in names)} or catalog.models
    found = batches(catalog, models.values(), day, lambda code, at: places.accepts(code, places.keys(*at)))
    if older_than is not None:
        found = _older(found, day, older_than)
    if form == "json":
        record = {"as_of": day, "batches": [_record(batch, day, loaded) for batch in found]}
        click.echo(json.dumps(record, default=str, ensure_ascii=False, indent=2))
    else:
        _print(found, day, loaded)
    sys.exit(older_than is not None and any(batch.checked for batch in found))


def _older(found: Sequence[Batch], day: datetime.date | None, days: int) -> list[Batch]:
    """What was checked longer ago, or on no day."""
    if day is None:
        raise click.UsageError("nothing says which day it is: name it with --as-of.")
    return [batch for batch in found if (age := batch.age(day)) is None or age > days]


def _model(catalog: Catalog, name: str) -> Model:
    if model := catalog.find(name):
        return model
    message = f"no model “{name}” in the catalog{did_you_mean(name, catalog.spellings)}"
    raise click.BadParameter(message, param_hint="'--model'")


def _print(found: Sequence[Batch], day: datetime.date | None, loaded: Loaded) -> None:
    if sys.stdout.isatty():
        _print_table(Console(highlight=False, markup=False), found, day, loaded)
    else:
        for batch in found:
            row = [*_row(batch, day, loaded), "; ".join(map(_source, batch.sources))]
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
    facts = sum(len(batch.facts) for batch in found)
    undated = sum(len(batch.facts) for batch in found if not batch.checked)
    click.echo(counted(facts, "fact") + (f", {undated:,} without a day" if undated else ""), err=True)


def _print_table(console: Console, found: Sequence[Batch], day: datetime.date | None, loaded: Loaded) -> None:
    """Print a table, with the sources below it, a line each: an address that is broken in a cell leads nowhere."""
    columns = [Column(name, justify="right" if name == "Days" else "left", overflow="fold") for name in _COLUMNS]
    table = Table(*columns, box=None, pad_edge=False)
    numbers: dict[str, int] = {}
    for batch in found:
        cited = (numbers.setdefault(_source(used), len(numbers) + 1) for used in batch.sources)
        table.add_row(*map(Text, _row(batch, day, loaded)), Text(", ".join(map(str, cited))))
    console.print(table)
    for source, number in numbers.items():
        console.print(Text(f"{number:>3}  {source}"), soft_wrap=True)


def _row(batch: Batch, day: datetime.date | None, loaded: Loaded) -> list[str]:
    """The cells of a line, without its sources."""
    age, route = batch.age(day), batch.route
    counts = Counter((fact.name, "disputed" if fact.is_disputed else "") for fact in batch.facts)
    facts = (_marked(name, str(count) if count > 1 else "", disputed) for (name, disputed), count in counts.items())
    at = _marked(loaded.catalog.providers[route.provider].name, route.region) if route else ""
    return [str(batch.checked or "no day"), "" if age is None else str(age), batch.model.id, at, ", ".join(facts)]


def _marked(name: str, *marks: str | None) -> str:
    """A name, and what there is to say of it in brackets."""
    said = ", ".join(filter(None, marks))
    return f"{name} ({said})" if said else name


def _source(used: UsedSource) -> str:
    return f"{used.source.title} <{used.source.url}>" if used.source.url else used.source.title


def _record(batch: Batch, day: datetime.date | None, loaded: Loaded) -> dict[str, Any]:
    return {
        "checked": batch.checked,
        "days": batch.age(day),
        "model": batch.model.id,
        "route": batch.route and _picked(batch.route, "provider", "id", "region"),
        "facts": [
            {"name": fact.name, "disputed": fact.is_disputed, "place": str(loaded.places.place(*fact.at))}
            for fact in batch.facts
        ],
        "sources": [
            {"id": used.name, **_picked(used.source, "title", "url", "kind"), "checked": used.checked}
            for used in batch.sources
        ],
    }


def _picked(record: Record, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}

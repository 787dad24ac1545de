"""``diff``: where two catalogs say different things, as a table or as a report in Markdown."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from dataclasses import asdict
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sphinx_modelcmp.catalog.days import epoch_day
from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.cli.foreign import blaming, importer_of, read_foreign
from sphinx_modelcmp.cli.importing import pairs
from sphinx_modelcmp.cli.options import as_of_option, read
from sphinx_modelcmp.cli.writing import write
from sphinx_modelcmp.compare.disagreements import comparable, hold, plain
from sphinx_modelcmp.importers.importer import Asked
from sphinx_modelcmp.importers.importing import as_catalog
from sphinx_modelcmp.importers.loss import Loss
from sphinx_modelcmp.importers.registry import importers
from sphinx_modelcmp.importers.selecting import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.disagreements import Disagreement, Held, Said


_PIPE = 4000
_TOLD = 8
_HUNDREDTH = Decimal("0.01")


class Side(NamedTuple):
    """One of two catalogs."""

    name: str
    catalog: Catalog


@click.command("diff")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--prices", is_flag=True, help="Prices only.")
@click.option("--model", "models", multiple=True, metavar="PATTERN", help="These models only, as in 'qwen3*'.")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="These facts only.")
@click.option(
    "--provider-id",
    "providers",
    multiple=True,
    metavar="THEIRS=OURS",
    callback=pairs,
    help="What a provider of B is called in A.",
)
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file.")
def command(
    one: str,
    other: str,
    *,
    prices: bool,
    models: Sequence[str],
    fields: Sequence[str],
    providers: Mapping[str, str],
    as_of: datetime.date | None,
    form: str,
    output: Path | None,
) -> None:
    """Say where two catalogs disagree: facts that both know, and know differently.

    A and B are each a file or a folder of a catalog, or a foreign one as SOURCE:FILE, such as litellm:prices.json.
    The exit status is 1 where they disagree.
    """
    mine, theirs = _side(one), _side(other)
    _check(models, "--model", mine.catalog.spellings, f"no model of {mine.name} is called", are_patterns=True)
    _check(fields, "--field", comparable(mine.catalog, theirs.catalog, prices=prices), "nothing is compared as")
    _check(providers, "--provider-id", theirs.catalog.providers, f"{theirs.name} has no provider")
    _check(providers.values(), "--provider-id", mine.catalog.providers, f"{mine.name} has no provider")
    # Where neither catalog says of which day it is, the last prices of both are compared.
    day = mine.catalog.reading_day(as_of or epoch_day()) or theirs.catalog.reading_day(datetime.date.max)

    def is_wanted(model: Model) -> bool:
        return not models or any(matches(name, models) for name in (model.id, *model.aliases))

    held = hold(mine.catalog, theirs.catalog, day, is_wanted=is_wanted, names=providers)
    found = [item for item in held.disagreements if (item.is_price or not prices) and _is_asked(item, fields)]
    if form == "text" and output is None:
        _table((mine, theirs), held, found)
    else:
        text = {"markdown": _markdown, "json": _json, "text": _plain}[form]((mine, theirs), held, found)
        _give(text, output)
    sys.exit(bool(found))


def _check(given: Iterable[str], option: str, known: Collection[str], why: str, *, are_patterns: bool = False) -> None:
    """End the call where a filter is of nothing that there is: one that is misspelt would find no difference."""
    for name in given:
        if not (any(matches(one, [name]) for one in known) if are_patterns else name in known):
            raise click.BadParameter(f"{why} “{name}”{did_you_mean(name, known)}", param_hint=f"'{option}'")


def _is_asked(item: Disagreement, fields: Sequence[str]) -> bool:
    return not fields or item.field in fields


def _give(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    write({output: text})
    click.echo(f"{output} written.", err=True)


# --- what is compared ----------------------------------------------------------------------------------------------


def _side(given: str) -> Side:
    """A catalog of ours, or a foreign one: SOURCE:FILE."""
    name, sign, path = given.partition(":")
    if sign and name in importers() and not Path(given).exists():
        return _foreign(name, Path(path))
    if not Path(given).exists():
        near = did_you_mean(name, importers()) if sign else ""
        message = f"“{given}” is neither a path nor SOURCE:FILE with one of {', '.join(importers())}{near}"
        raise click.UsageError(message)
    return Side(given, read([Path(given)]).catalog)


def _foreign(name: str, path: Path) -> Side:
    if not path.exists():
        message = f"there is no {path}"
        raise click.UsageError(message)
    importer = importer_of(name)
    foreign = read_foreign(importer, path, Asked(), Loss())
    with blaming(importer, path):
        return Side(importer.title, as_catalog(foreign, importer, path))


# --- what is told --------------------------------------------------------------------------------------------------


def _summary(sides: tuple[Side, Side], held: Held, found: Sequence[Disagreement]) -> str:
    if not held.shared:
        return f"{sides[0].name} and {sides[1].name} have no model in common."
    fields = Counter(item.field for item in found)
    told = ", ".join(f"{field} {count}" for field, count in fields.most_common(_TOLD))
    more = " …" if len(fields) > _TOLD else "."
    return (
        f"{sides[0].name} and {sides[1].name} have {_count(held.shared, 'model')} in common. "
        f"Of {_count(held.compared, 'fact')} that both know, {len(found):,} differ{f': {told}' if told else ''}{more}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _rows(sides: tuple[Side, Side], found: Sequence[Disagreement]) -> list[tuple[str, ...]]:
    return [
        (item.model, _field(item), _value(item.one, sides[0]), _value(item.other, sides[1]), _factor(item))
        for item in found
    ]


def _field(item: Disagreement) -> str:
    where = " ".join(part for part in (item.at and f"at {item.at}", item.when and f"({item.when})") if part)
    return f"{item.field} {where}".strip()


def _value(said: Said, side: Side) -> str:
    """What a side says; with the ids of who says so, where the side has more sources than one."""
    named = f" ({', '.join(said.source)})" if said.source and len(side.catalog.sources) > 1 else ""
    return " or ".join(said.values) + named


def _factor(item: Disagreement) -> str:
    return "" if item.factor is None else f"×{plain(item.factor.quantize(_HUNDREDTH))}"


def _table(sides: tuple[Side, Side], held: Held, found: Sequence[Disagreement]) -> None:
    """As wide as the terminal; in a pipe as wide as it comes."""
    console = Console()
    if found:
        table = Table("Model", "Fact", sides[0].name, sides[1].name, "Factor", box=None, pad_edge=False)
        for row in _rows(sides, found):
            table.add_row(*(Text(value) for value in row))
        if console.is_terminal:
            console.print(table)
        else:
            wide = Console(width=_PIPE, file=StringIO())
            wide.print(table)
            click.echo("\n".join(line.rstrip() for line in wide.file.getvalue().splitlines()))  # type: ignore[attr-defined]
        click.echo()
    click.echo(_summary(sides, held, found))


def _plain(sides: tuple[Side, Side], held: Held, found: Sequence[Disagreement]) -> str:
    lines = ["\t".join(row) for row in _rows(sides, found)]
    return "\n".join([*lines, _summary(sides, held, found), ""])


def _json(_sides: tuple[Side, Side], held: Held, found: Sequence[Disagreement]) -> str:
    told = {"shared": held.shared, "compared": held.compared, "disagreements": [asdict(item) for item in found]}
    return json.dumps(told, default=str, ensure_ascii=False, indent=2) + "\n"


def _markdown(sides: tuple[Side, Side], held: Held, found: Sequence[Disagreement]) -> str:
    """A page: a summary, a table for each fact, the farthest apart first, and the sources."""
    sources = _Sources(sides)
    head = " | ".join(("Model", "Where", _cell(sides[0].name), _cell(sides[1].name), "Factor"))
    lines = [f"# {_cell(sides[0].name)} against {_cell(sides[1].name)}", "", _cell(_summary(sides, held, found)), ""]
    for field in dict.fromkeys(item.field for item in found):
        lines += [f"## {_cell(field)}", "", f"| {head} |", "|---|---|---|---|---:|"]
        for item in (item for item in found if item.field == field):
            where = ", ".join(part for part in (item.at, item.when) if part)
            told = " | ".join(sources.cited(said, i) for i, said in enumerate((item.one, item.other)))
            lines.append(f"| {_cell(item.model)} | {_cell(where)} | {told} | {_factor(item)} |")
        lines.append("")
    return "\n".join([*lines, *sources.listed()])


class _Sources:
    """Numbers for the sources of two catalogs."""

    def __init__(self, sides: tuple[Side, Side]) -> None:
        self._sides = sides
        self._numbers: dict[tuple[int, str], int] = {}

    def cited(self, said: Said, side: int) -> str:
        """What a side says, with the numbers of its sources."""
        named = [name for name in said.source if name in self._sides[side].catalog.sources]
        numbers = [self._numbers.setdefault((side, name), len(self._numbers) + 1) for name in named]
        marks = "".join(f" \\[{number}\\]" for number in numbers)
        return _cell(" or ".join(said.values)) + marks

    def listed(self) -> list[str]:
        """The list that the numbers lead to."""
        if not self._numbers:
            return []
        return ["## Sources", "", *(self._line(*key, number) for key, number in self._numbers.items()), ""]

    def _line(self, side: int, name: str, number: int) -> str:
        source = self._sides[side].catalog.sources[name]
        title = f"[{_cell(source.title)}](<{source.url}>)" if source.url else _cell(source.title)
        return f"{number}. {title}{f', read on {source.checked}' if source.checked else ''}"


def _cell(text: str) -> str:
    """Text as Markdown shows it, in a cell of a table too."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in text)

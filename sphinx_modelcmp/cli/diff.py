"""``diff``: the disagreements of two catalogs, as a table or as a report in Markdown."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sphinx_modelcmp.catalog.files import SHIPPED, SHIPPED_FOLDER
from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.cli.arguments import as_of_option, counted, format_option, read, write
from sphinx_modelcmp.cli.import_ import blaming, importer_of, pair_option, read_foreign
from sphinx_modelcmp.compare.catalog_diff import compared_names, diff_catalogs, plain
from sphinx_modelcmp.compare.comparison import epoch_day
from sphinx_modelcmp.importers.importer import Asked, Loss, as_catalog
from sphinx_modelcmp.importers.installed import importers
from sphinx_modelcmp.importers.selection import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.catalog_diff import CatalogDiff, Disagreement, Side


_PIPE = 4000
"""Columns of a table in a pipe: more than any row needs."""
_MOST_FIELDS = 8
_HUNDREDTH = Decimal("0.01")


class NamedCatalog(NamedTuple):
    """Catalog with the name it has in a report."""

    name: str
    catalog: Catalog


@click.command("diff")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--prices", is_flag=True, help="Prices only.")
@click.option("--model", "models", multiple=True, metavar="PATTERN", help="These models only, as in 'qwen3*'.")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="These facts only.")
@pair_option("--provider-id", "providers", "What a provider of B is called in A.")
@as_of_option
@format_option("text", "markdown", "json", about="What is printed.")
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

    A and B are each a file or a folder of a catalog, the word shipped for the one that comes with this package, or a
    foreign one as SOURCE:FILE, such as litellm:prices.json.
    The exit status is 1 where they disagree.
    """
    mine, theirs = _catalog(one), _catalog(other)
    _check(models, "--model", mine.catalog.spellings, f"no model of {mine.name} is called", are_patterns=True)
    _check(fields, "--field", compared_names(mine.catalog, theirs.catalog, prices=prices), "nothing is compared as")
    _check(providers, "--provider-id", theirs.catalog.providers, f"{theirs.name} has no provider")
    _check(providers.values(), "--provider-id", mine.catalog.providers, f"{mine.name} has no provider")
    # Without a day in either catalog the last prices of both are compared.
    day = mine.catalog.reading_day(as_of or epoch_day()) or theirs.catalog.reading_day(datetime.date.max)

    def is_wanted(model: Model) -> bool:
        return any(matches(name, models or ("*",)) for name in (model.id, *model.aliases))

    diff = diff_catalogs(mine.catalog, theirs.catalog, day, is_wanted=is_wanted, names=providers)
    found = [item for item in diff.disagreements if item.is_price or not prices]
    report = _Report((mine, theirs), diff, [item for item in found if not fields or item.field in fields])
    text = {"markdown": report.markdown, "json": report.json, "text": report.text if output else report.table}[form]()
    if output:
        write({output: text})
        click.echo(f"{output} written.", err=True)
    else:
        click.echo(text, nl=False)
    sys.exit(bool(report.found))


def _check(given: Iterable[str], option: str, known: Collection[str], why: str, *, are_patterns: bool = False) -> None:
    """End the call if a filter matches nothing: a misspelt one would find no difference."""
    for name in given:
        if not (any(matches(one, [name]) for one in known) if are_patterns else name in known):
            raise click.BadParameter(f"{why} “{name}”{did_you_mean(name, known)}", param_hint=f"'{option}'")


def _catalog(given: str) -> NamedCatalog:
    """A catalog of the house, the shipped one, or a foreign one: SOURCE:FILE."""
    if given == SHIPPED:
        return NamedCatalog(given, read([SHIPPED_FOLDER]).catalog)
    if Path(given).exists():
        return NamedCatalog(given, read([Path(given)]).catalog)
    name, sign, file = given.partition(":")
    if not sign or name not in importers():
        near = did_you_mean(name, importers()) if sign else ""
        message = f"“{given}” is neither a path nor SOURCE:FILE with one of {', '.join(importers())}{near}"
        raise click.UsageError(message)
    path = Path(file)
    if not path.exists():
        raise click.UsageError(f"there is no {path}")
    importer = importer_of(name)
    foreign = read_foreign(importer, path, Asked(), Loss())
    with blaming(importer, path):
        return NamedCatalog(importer.title, as_catalog(foreign, importer, path).catalog)


@dataclass(frozen=True, slots=True)
class _Report:
    """Disagreements of two catalogs, in each format of the command."""

    catalogs: tuple[NamedCatalog, NamedCatalog]
    diff: CatalogDiff
    found: Sequence[Disagreement]

    @property
    def names(self) -> tuple[str, str]:
        return self.catalogs[0].name, self.catalogs[1].name

    def summary(self) -> str:
        """One paragraph: the number of models, of facts, and of the disagreements on each field."""
        both = " and ".join(self.names)
        if not self.diff.shared:
            return f"{both} have no model in common."
        fields = Counter(item.field for item in self.found)
        counts = ", ".join(f"{field} {count}" for field, count in fields.most_common(_MOST_FIELDS))
        return (
            f"{both} have {counted(self.diff.shared, 'model')} in common. "
            f"Of {counted(self.diff.compared, 'fact')} that both know, {len(self.found):,} differ"
            f"{f': {counts}' if counts else ''}{' …' if len(fields) > _MOST_FIELDS else '.'}"
        )

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The cells of the table. Sources are named if their catalog has several."""
        for item in self.found:
            where = " ".join(part for part in (item.at and f"at {item.at}", item.when and f"({item.when})") if part)
            sides = []
            for side, (_, catalog) in zip((item.one, item.other), self.catalogs, strict=True):
                named = f" ({', '.join(side.source)})" if side.source and len(catalog.sources) > 1 else ""
                sides.append(" or ".join(side.values) + named)
            yield (item.model, f"{item.field} {where}".strip(), *sides, _factor(item))

    def table(self) -> str:
        """A table as wide as the terminal, or in a pipe as wide as its contents; and the summary."""
        if not self.found:
            return f"{self.summary()}\n"
        table = Table("Model", "Fact", *self.names, "Factor", box=None, pad_edge=False)
        for row in self.rows():
            table.add_row(*map(Text, row))
        console = Console(width=None if sys.stdout.isatty() else _PIPE)
        with console.capture() as printed:
            console.print(table)
        lines = [line if console.is_terminal else line.rstrip() for line in printed.get().splitlines()]
        return "\n".join([*lines, "", self.summary(), ""])

    def text(self) -> str:
        """Columns separated by tabs, and the summary."""
        return "\n".join(["\t".join(row) for row in self.rows()] + [self.summary(), ""])

    def json(self) -> str:
        """The disagreements as a program reads them."""
        found = [asdict(item) for item in self.found]
        record = {"shared": self.diff.shared, "compared": self.diff.compared, "disagreements": found}
        return json.dumps(record, default=str, ensure_ascii=False, indent=2) + "\n"

    def markdown(self) -> str:
        """A page: the summary, a table for each fact, the farthest apart first, and the sources."""
        numbers: dict[tuple[int, str], int] = {}

        def cited(i: int, side: Side) -> str:
            names = [name for name in side.source if name in self.catalogs[i].catalog.sources]
            marks = (numbers.setdefault((i, name), len(numbers) + 1) for name in names)
            return escaped(" or ".join(side.values)) + "".join(f" \\[{number}\\]" for number in marks)

        one, other = map(escaped, self.names)
        lines = [f"# {one} against {other}", "", escaped(self.summary()), ""]
        for field in dict.fromkeys(item.field for item in self.found):
            lines += [
                f"## {escaped(field)}",
                "",
                f"| Model | Where | {one} | {other} | Factor |",
                "|---|---|---|---|---:|",
            ]
            for item in (item for item in self.found if item.field == field):
                where = escaped(", ".join(part for part in (item.at, item.when) if part))
                sides = f"{cited(0, item.one)} | {cited(1, item.other)}"
                lines.append(f"| {escaped(item.model)} | {where} | {sides} | {_factor(item)} |")
            lines.append("")
        if numbers:
            lines += ["## Sources", "", *(self._source(*key, number) for key, number in numbers.items()), ""]
        return "\n".join(lines)

    def _source(self, i: int, name: str, number: int) -> str:
        source = self.catalogs[i].catalog.sources[name]
        title = f"[{escaped(source.title)}](<{source.url}>)" if source.url else escaped(source.title)
        return f"{number}. {title}{f', read on {source.checked}' if source.checked else ''}"


def _factor(item: Disagreement) -> str:
    return "" if item.factor is None else f"×{plain(item.factor.quantize(_HUNDREDTH))}"


def escaped(text: str) -> str:
    """Text escaped for Markdown, even in a cell of a table."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in text)

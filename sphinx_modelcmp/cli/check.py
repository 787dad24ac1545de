"""``check``: the problems of a catalog, for a person, a program, a code host or a pull request."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

import click

from sphinx_modelcmp import __version__
from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.files import SHIPPED_FOLDER, read_files
from sphinx_modelcmp.catalog.load import load_catalog, read_catalog
from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES, Code, Demands, Place, Severity, did_you_mean
from sphinx_modelcmp.catalog.tidy import tidied
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
from sphinx_modelcmp.catalog.yaml.reader import read_document
from sphinx_modelcmp.cli.arguments import CatalogPath, as_of_option, format_option, or_of_project, write
from sphinx_modelcmp.compare.comparison import epoch_day

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Sequence

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.problems import Problem

_ABOUT = "https://sphinx-modelcmp.readthedocs.io/en/latest/"
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


# --- formats: what is only for the eye goes to standard error ---


def _text(problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = click.style(f"{problem.where}: ", bold=True) if problem.where else ""
        click.echo(f"{place}{problem.message} {click.style(f'[{problem.code.slug}]', fg='yellow')}")
    if problems:
        counts = Counter(problem.code.slug for problem in problems)
        listed = ", ".join(f"{count} {slug}" for slug, count in counts.most_common())
        click.echo(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}: {listed}", err=True)


def _json(problems: Sequence[Problem]) -> None:
    found = [
        {
            "code": problem.code.slug,
            "message": problem.message,
            "path": where.path,
            "line": where.line or None,
            "column": where.column or None,
        }
        for problem in problems
        for where in [problem.where or Place("")]
    ]
    _print({"problems": found})


def _sarif(problems: Sequence[Problem]) -> None:
    """SARIF 2.1.0. Columns count characters, and paths are relative to the working directory."""
    codes = sorted({problem.code for problem in problems}, key=lambda code: code.slug)
    driver = {
        "name": "sphinx-modelcmp",
        "version": __version__,
        "informationUri": _ABOUT,
        "rules": [{"id": code.slug, "shortDescription": {"text": code.explanation}} for code in codes],
    }
    results = [_result(problem, codes) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    _print({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _level(problem: Problem) -> str:
    return "note" if DEFAULT_SEVERITIES[problem.code] is Severity.NOTE else "warning"


def _result(problem: Problem, codes: Sequence[Code]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": problem.code.slug,
        "ruleIndex": codes.index(problem.code),
        "level": _level(problem),
        "message": {"text": problem.message},
    }
    if problem.where:
        path = Path(problem.where.path)
        uri = path.as_uri() if path.is_absolute() else quote_from_bytes(os.fsencode(path.as_posix()))
        place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if problem.where.line:
            place["region"] = {"startLine": problem.where.line, "startColumn": problem.where.column}
        found["locations"] = [{"physicalLocation": place}]
    return found


def _github(problems: Sequence[Problem]) -> None:
    """Workflow commands of GitHub, which become notes at the lines of a pull request."""
    for problem in problems:
        where = problem.where or Place("")
        title = f"modelcmp.{problem.code.slug}"
        named = {"file": visible(where.path), "line": where.line, "col": where.column, "title": title}
        properties = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in named.items() if value)
        level = "notice" if _level(problem) == "note" else "warning"
        click.echo(f"::{level} {properties}::{_escaped(problem.message)}")


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def _print(value: object) -> None:
    """Print JSON in ASCII: whatever a path contains, nothing in it acts on the terminal."""
    click.echo(json.dumps(value, indent=2))


_FORMATS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}


# --- the command ---


class _NearestChoice(click.Choice[str]):
    """Choice of many words: for a misspelt one the message names the nearest rather than all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            if near := did_you_mean(str(value), map(str, self.choices)):
                self.fail(f"there is no “{value}”{near}", param, ctx)
            raise


_SLUG = _NearestChoice(sorted(code.slug for code in Code))
_GROUP = click.Choice([*FACT_GROUPS, "all"])


@click.command("check")
@click.argument(
    "paths", type=CatalogPath(), nargs=-1, envvar="MODELCMP_CATALOG", callback=or_of_project, metavar="[PATH]..."
)
@click.option("--stale-after", type=click.IntRange(min=0), metavar="DAYS", help="Report facts checked longer ago.")
@click.option("--require-sources", type=_GROUP, multiple=True, help="Report facts of a group that name no source.")
@click.option("--conflicts", is_flag=True, help="Report facts whose sources disagree.")
@click.option("--ignore", type=_SLUG, multiple=True, metavar="CODE", help="Leave a kind of problem out.")
@click.option("--fix", is_flag=True, help="Put right what is safe: order, spacing, keys a level too high.")
@as_of_option
@format_option(*_FORMATS, about="How problems are printed.")
def command(
    paths: tuple[Path, ...],
    *,
    stale_after: int | None,
    require_sources: Collection[str],
    conflicts: bool,
    ignore: Collection[str],
    fix: bool,
    as_of: datetime.date | None,
    form: str,
) -> None:
    """Say everything about a catalog that a build would say.

    The files and folders are read as one catalog. Without any it is that of MODELCMP_CATALOG, of pyproject.toml or of
    conf.py, else the folder data. The word shipped is the catalog that comes with this package.
    """
    groups = frozenset(FACT_GROUPS if "all" in require_sources else require_sources)
    demands = Demands(stale_after=stale_after, sources=groups, conflicts=conflicts)
    if fix:
        _fix(paths)
    loaded = load_catalog(paths, as_of=as_of or epoch_day(), demands=demands)
    wanted = {code.slug for code in Code if DEFAULT_SEVERITIES[code] is not Severity.OFF or conflicts} - set(ignore)
    problems = [problem for problem in loaded.problems if problem.code.slug in wanted]
    _FORMATS[form](problems)
    sys.exit(any(DEFAULT_SEVERITIES[problem.code] is not Severity.NOTE for problem in problems))


def _fix(paths: Sequence[Path]) -> None:
    """Tidy every file, all of them or none. Comments keep their places."""
    files, _ = read_files([path for path in paths if path != SHIPPED_FOLDER])
    fields = read_catalog(files).catalog.fields
    heads = [file.shown for file in files if _has_header(file)]
    changed: dict[Path, str] = {}
    for file in files:
        with suppress(UnicodeDecodeError):
            text = file.data.decode()
            header = next((shown for shown in heads if shown != file.shown), "")
            found = tidied(text, fields, header)
            if found.left:
                click.echo(f"{Place(file.shown)}: {visible('; '.join(found.left))}", err=True)
            if found.done:
                changed[file.path] = found.text
                click.echo(f"{Place(file.shown)}: {visible(', '.join(found.done))}", err=True)
    write(changed)


def _has_header(file: CatalogFile) -> bool:
    document, _ = read_document(file.data, file.shown)
    return document is not None and isinstance(document.root, dict) and "catalog" in document.root

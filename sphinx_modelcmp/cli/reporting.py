"""Problems as a person, a program, a code host or a pull request wants them."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

import click

from sphinx_modelcmp import __version__
from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.problems import Code, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_modelcmp.catalog.problems import Problem

_ABOUT = "https://sphinx-modelcmp.readthedocs.io/en/latest/"
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def report(problems: Sequence[Problem], form: str) -> None:
    """Print problems in one of ``FORMATS``. What is only for the eye goes to standard error."""
    FORMATS[form](problems)


def _text(problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = click.style(f"{problem.where}: ", bold=True) if problem.where else ""
        click.echo(f"{place}{problem.message} {click.style(f'[{problem.code.slug}]', fg='yellow')}")
    if problems:
        counts = Counter(problem.code.slug for problem in problems)
        told = ", ".join(f"{count} {slug}" for slug, count in counts.most_common())
        click.echo(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}: {told}", err=True)


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
    """SARIF 2.1.0. Columns count characters, and files are named from the working directory."""
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


def _result(problem: Problem, codes: Sequence[Code]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": problem.code.slug,
        "ruleIndex": codes.index(problem.code),
        "level": "warning",
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
    """Workflow commands of GitHub, which become notes beside the lines of a pull request."""
    for problem in problems:
        where = problem.where or Place("")
        title = f"modelcmp.{problem.code.slug}"
        named = {"file": visible(where.path), "line": where.line, "col": where.column, "title": title}
        properties = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in named.items() if value)
        click.echo(f"::warning {properties}::{_escaped(problem.message)}")


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def _print(value: object) -> None:
    """In ASCII: so a path may hold anything, and nothing reaches the terminal that acts on it."""
    click.echo(json.dumps(value, indent=2))


FORMATS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
"""Name of a format to what prints it."""

"""The project around a call: its ``conf.py``, which is read and never run, and the catalog that it names."""

from __future__ import annotations

import ast
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.files import SHIPPED, SHIPPED_FOLDER, project_of, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUE = "modelcmp_catalog"
"""The value of ``conf.py`` that names the catalog."""
_TABLE = "sphinx-modelcmp"
_WHERE_CONF_IS = (".", "docs", "doc", "source", "docs/source", "doc/source")
_NO_CATALOG = (
    "No catalog is named. Name one in the call or in MODELCMP_CATALOG, as `modelcmp_catalog` in conf.py, or as "
    "`catalog` in the table [tool.sphinx-modelcmp] of pyproject.toml; `shipped` is the one of this package."
)


def conf_below(folder: Path) -> Path | None:
    """The ``conf.py`` of a project, from its folder."""
    return next((path for name in _WHERE_CONF_IS if (path := folder / name / "conf.py").is_file()), None)


def catalog_of_project() -> tuple[Path, ...]:
    """The catalog that the nearest ``pyproject.toml`` or ``conf.py`` names, else the folder `data`.

    Folders are searched upwards, up to the root of the project. Ends the call where nothing names a catalog.
    """
    root = project_of(Path.cwd())
    # The working directory as a relative path, so that messages are short.
    for folder in (Path(), *(path for path in Path.cwd().parents if path.is_relative_to(root))):
        for path, named in _named(folder):
            return tuple(_resolved(path, named))
    if Path("data").exists():
        return (Path("data"),)
    raise click.UsageError(_NO_CATALOG)


def _named(folder: Path) -> Iterator[tuple[Path, Any]]:
    """What names a catalog in a folder: the path of the file, and the value in it."""
    project = folder / "pyproject.toml"
    if project.is_file():
        try:
            table = tomllib.loads(project.read_text("utf-8")).get("tool", {}).get(_TABLE, {})
        except ValueError as error:
            raise click.UsageError(f"{shown_path(project)}: {error}") from None
        if "catalog" in table:
            yield project, table["catalog"]
    if (conf := conf_below(folder)) and (value := assigned(parsed(conf), VALUE)):
        try:
            yield conf, ast.literal_eval(value)
        except ValueError:
            message = (
                f"{shown_path(conf)}:{value.lineno}: {VALUE} is computed, and a command runs no conf.py; name the "
                "catalog in the call, or as `catalog` in the table [tool.sphinx-modelcmp] of pyproject.toml"
            )
            raise click.UsageError(message) from None


def _resolved(path: Path, named: Any) -> Iterator[Path]:
    """The paths of a catalog, from the folder of the file that names it."""
    for name in [named] if isinstance(named, str) else named if isinstance(named, list | tuple) else [None]:
        if not isinstance(name, str):
            raise click.UsageError(f"{shown_path(path)}: the catalog is a path or a list of paths, not {named!r}")
        found = SHIPPED_FOLDER if name == SHIPPED else Path(os.path.normpath(path.parent / name))
        if not found.exists():
            raise click.UsageError(f"{shown_path(path)}: `catalog` names {shown_path(found)}, which is not there")
        yield found


def parsed(conf: Path) -> ast.Module:
    """The statements of a ``conf.py``. Ends the call where it is not Python."""
    try:
        return ast.parse(conf.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise click.UsageError(f"{shown_path(conf)}: {error}") from None


def assigned(module: ast.Module, name: str) -> ast.expr | None:
    """The last value that a name gets at the top of a module."""
    found = None
    for statement in module.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found = statement.value if name in map(ast.unparse, targets) else found
    return found

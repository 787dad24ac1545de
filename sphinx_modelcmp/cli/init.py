"""``init``: the extension in a documentation that is there. Its edits are shown first, and nothing is overwritten."""

from __future__ import annotations

import ast
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.files import SHIPPED, shown_path
from sphinx_modelcmp.cli.arguments import write
from sphinx_modelcmp.cli.project import VALUE, assigned, conf_below, parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXTENSION = "sphinx_modelcmp"
_OWN = "models.yaml"
_SKELETON = Path(__file__).parent / "skeletons" / "own.yaml"
_PAGE = "model-comparison"
_MARKDOWN = {"myst_parser", "myst_nb"}
_PAIRS = {False: "gpt-5.4 claude-opus-4-6", True: "our-small our-large"}
"""The models of the page: two shipped ones, or those of the skeleton."""
_RST = """\
:orphan:

.. The line above is for a page that no toctree names: remove it when one does.

Which model?
============

.. model-compare:: {pair}
"""
_MYST = """\
---
orphan: true  # for a page that no toctree names: remove it when one does
---

# Which model?

```{{model-compare}} {pair}
```
"""


@click.command("init")
@click.option("--own", is_flag=True, help="Write a catalog file for two models of your own, and compare these.")
@click.option("-y", "--yes", is_flag=True, help="Write without asking.")
def command(*, own: bool, yes: bool) -> None:
    """Set up the documentation in this folder: conf.py, and a page that compares two models.

    The models are shipped ones, or with --own two to fill in. Every edit is shown before it is written.
    """
    if not (conf := conf_below(Path())):
        message = "no conf.py here, in docs, doc or source: sphinx-quickstart makes one, or call it from elsewhere."
        raise click.UsageError(message)
    module = parsed(conf)
    is_there = {name: name in ast.unparse(module) for name in (_EXTENSION, VALUE)}
    if all(is_there.values()):
        click.echo(f"{shown_path(conf)} is set up already. Nothing was written.")
        return
    named = f'["{SHIPPED}", "{_OWN}"]' if own else f'"{SHIPPED}"'
    line = "" if is_there[VALUE] else f"{VALUE} = {named}"
    old = conf.read_bytes()
    new = _edited(old, module, line, adds_extension=not is_there[_EXTENSION])
    # A catalog that is named already has models of its own, and no page here knows them.
    files = _files(conf, module, own=own) if line else {}
    if taken := next((path for path in files if path.exists()), None):
        raise click.UsageError(f"{shown_path(taken)} is there already; nothing was written.")
    files |= {conf: new} if new else {}
    _show({path: (old.decode() if path == conf else "", text) for path, text in files.items()})
    if not new:
        extension = "" if is_there[_EXTENSION] else f'  extensions = [..., "{_EXTENSION}"]\n'
        click.echo(f"conf.py is of a kind that only you can edit. Add there:\n{extension}  {line}")
    if files and not yes:
        click.confirm("\nWrite this?", abort=True)
    write(files, {conf: old})
    for path in files:
        click.echo(f"Written: {visible(shown_path(path))}")


def _show(changes: Mapping[Path, tuple[str, str]]) -> None:
    for path, (old, new) in changes.items():
        names = shown_path(path) if old else "/dev/null", shown_path(path)
        for line in unified_diff(old.splitlines(), new.splitlines(), *names, lineterm=""):
            click.secho(visible(line), fg={"+": "green", "-": "red"}.get(line[0]))


def _files(conf: Path, module: ast.Module, *, own: bool) -> dict[Path, str]:
    """The page, in the markup that the site's own pages have, and with ``own`` the catalog."""
    pages = {suffix: sum(1 for _ in conf.parent.glob(f"*{suffix}")) for suffix in (".md", ".rst")}
    has_myst = any(isinstance(node, ast.Constant) and node.value in _MARKDOWN for node in ast.walk(module))
    suffix = ".md" if has_myst and pages[".md"] > pages[".rst"] else ".rst"
    template = _MYST if suffix == ".md" else _RST
    page = {conf.parent / f"{_PAGE}{suffix}": template.format(pair=_PAIRS[own])}
    return page | ({conf.parent / _OWN: _SKELETON.read_text("utf-8")} if own else {})


def _edited(data: bytes, module: ast.Module, line: str, *, adds_extension: bool) -> str:
    """The text of ``conf.py`` with the extension in its list and a line below; empty where that is no plain list."""
    found = assigned(module, "extensions")
    if not isinstance(found, ast.List):
        return ""
    end = "\r\n" if b"\r\n" in data else "\n"
    rows = data.splitlines(keepends=True)
    # From the end to the beginning: so the positions of what comes before stay true.
    _insert(rows, found.end_lineno or 0, found.end_col_offset or 0, line and f"{end}{line}", whole_line=True)
    if adds_extension:
        _append(rows, found, end)
    try:
        text = b"".join(rows).decode()
        new = assigned(ast.parse(text), "extensions")
    except (SyntaxError, ValueError):
        return ""
    return text if new and _EXTENSION in ast.unparse(new) else ""


def _append(rows: list[bytes], found: ast.List, end: str) -> None:
    """Put the extension behind the last one of the list, on a line of its own if that has one."""
    if not found.elts:
        _insert(rows, found.lineno, found.col_offset + 1, f'"{_EXTENSION}"')
        return
    last = found.elts[-1]
    line, column = last.end_lineno or 0, last.end_col_offset or 0
    quote = "'" if rows[last.lineno - 1][last.col_offset :].startswith(b"'") else '"'
    name = f"{quote}{_EXTENSION}{quote}"
    if found.end_lineno == line:
        _insert(rows, line, column, f", {name}")
        return
    indent = len(rows[line - 1]) - len(rows[line - 1].lstrip()) or 4
    has_comma = rows[line - 1][column:].lstrip().startswith(b",")
    # A comment behind the last one stays with it.
    _insert(rows, line, column, f"{end}{' ' * indent}{name},", whole_line=True)
    if not has_comma:
        _insert(rows, line, column, ",")


def _insert(rows: list[bytes], line: int, column: int, text: str, *, whole_line: bool = False) -> None:
    """Put a text into a line, or behind the whole of it: the end of the line stays where it is."""
    row = rows[line - 1]
    at = len(row.rstrip(b"\r\n")) if whole_line else column
    rows[line - 1] = row[:at] + text.encode() + row[at:]

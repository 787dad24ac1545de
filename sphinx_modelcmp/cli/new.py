"""``new``: a catalog, or a model in one, to begin with.

Everything that is needed is written out, and the rest is commented out, with its meaning: see ``skeletons/``.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import click

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.docstrings import about
from sphinx_modelcmp.catalog.files import SHIPPED_FOLDER, CatalogFile, read_files, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.catalog.records import FACTS, Catalog, Model
from sphinx_modelcmp.catalog.scalars import ReadError, has_markup, read_currency, read_id, read_text, read_url, shorten
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FieldGroup, FieldType, SourceKind
from sphinx_modelcmp.catalog.yaml.writer import lines, scalar
from sphinx_modelcmp.cli.arguments import catalog_option, day_option, reading, value_option, write
from sphinx_modelcmp.cli.project import conf_below

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence


_SKELETONS = Path(__file__).parent / "skeletons"
_EXAMPLES = {"example-small": "2026-09", "example-large": "2026-10-14"}
"""The models of a new catalog, with the day of their release."""
_DAY = "2026-11-20"
_ROW_EXAMPLES = {
    FieldType.FLAG: "true",
    FieldType.QUANTITY: "1",
    FieldType.TEXT: "A few words.",
    FieldType.DATE: "2026-03",
}


def _read_name(value: str) -> str:
    """Read a text that is shown as a name."""
    if has_markup(text := read_text(value)):
        raise ReadError(f"markup in “{shorten(text)}” has no effect")
    return text


def _filled(skeleton: str, record: type[Catalog | Model], **values: str) -> str:
    """A skeleton with its values, and with the meaning of each field of the record that it asks for."""
    template = Template((_SKELETONS / skeleton).read_text("utf-8"))
    meanings = {
        name: about(record, name.removeprefix("about_")).replace("``", "`")
        for name in template.get_identifiers()
        if name.startswith("about_")
    }
    return template.substitute(meanings, **values)


def catalog_files(title: str, as_of: str, currency: str) -> dict[str, str]:
    """A catalog of two models that do not exist: name of a file to its text. ``as_of`` may be left empty."""
    header = _filled(
        "catalog.yaml",
        Catalog,
        title=scalar(title),
        off="" if as_of else "#",
        day=as_of or _DAY,
        currency=scalar(currency),
        kinds=", ".join(kind.value for kind in SourceKind),
    )
    files = {"catalog.yaml": header}
    for name, released in _EXAMPLES.items():
        # Nothing is released after the day that the facts are read at.
        files[f"models/{name}.yaml"] = _filled(f"{name}.yaml", Model, released=as_of[: len(released)] or released)
    return files


def model_file(catalog: Catalog, record: Mapping[str, str], added: Mapping[str, Mapping[str, Any]]) -> str:
    """The file of a model: its ``id``, ``name``, ``organization`` and ``source``, and ``added`` entries of these.

    Examples use ids of the catalog if it has any.
    """
    licenses = {"license": scalar(next(iter(catalog.licenses)))} if catalog.licenses else {}
    facts = {name: note.example for name, note in FACTS.items() if note.example} | licenses
    examples = ((f"# {about(Model, name)}".replace("``", "`"), f"#{name}: {text}") for name, text in facts.items())
    flags, fields = [f"#  {name}: unknown" for name in CAPABILITIES], []
    for name, field in catalog.fields.items():
        meaning = " ".join((field.description or field.label).split())
        if field.group is FieldGroup.CAPABILITIES:
            flags.append(f"#  {name}: unknown  # {meaning}")
        else:
            fields += [f"# {meaning}", f"#{name}: {_ROW_EXAMPLES[field.type]}"]
    tables = "".join(lines(added, 0))
    return _filled(
        "model.yaml",
        Model,
        **{name: scalar(value) for name, value in record.items()},
        added=f"{tables}\n" if tables else "",
        facts=_indented(line for example in examples for line in example),
        capabilities=_indented(flags),
        provider=scalar(next(iter(catalog.providers), "id-of-a-provider")),
        benchmark=scalar(next(iter(catalog.benchmarks), "id-of-a-benchmark")),
        fields=_indented(fields),
    )


def _indented(block: Iterable[str]) -> str:
    return "".join(f"\n    {line}" for line in block)


@click.group("new")
def command() -> None:
    """Begin a catalog, or a model in one.

    What is not said as an option is asked for in a terminal.
    """


@command.command("catalog")
@click.argument("folder", type=click.Path(path_type=Path), default="data", metavar="[DIR]")
@value_option("--title", read_text, "TEXT", "What the catalog is called.")
@value_option("--currency", read_currency, "TEXT", "Of a price that names none.", default="USD", show_default=True)
@day_option("--as-of", "The day the facts are read at.")
@click.pass_context
def new_catalog(
    ctx: click.Context, /, folder: Path, *, title: str | None, currency: str, as_of: datetime.date | None
) -> None:
    """Write a folder with a catalog of two models that do not exist: `data` if none is named.

    It must be new, or empty.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not an empty folder; nothing was written.")
    texts = catalog_files(title or _ask(ctx, "title", "Language models"), str(as_of or ""), currency)
    files = {folder / name: text for name, text in texts.items()}
    _save((), files)
    conf = conf_below(Path())
    path = Path(os.path.relpath(folder, conf.parent if conf else ".")).as_posix()
    click.echo(f"\nIn {conf or 'conf.py, if it is to lie in this folder'}:\n")
    click.echo('extensions = ["sphinx_modelcmp"]  # beside those that are there')
    click.echo(f'modelcmp_catalog = "{path}"')
    click.echo("modelcmp_stale_after = 180  # days after which a source is marked as old")
    click.echo(f"\nTo complete keys in an editor: sphinx-modelcmp schema -o {shown_path(folder)}/catalog.schema.json")


@command.command("model")
@click.argument("name_of_it", metavar="ID", callback=reading(read_id))
@catalog_option
@value_option("--name", _read_name, "TEXT", "The name shown.")
@value_option("--organization", read_id, "ID", "Who makes it: an id of the catalog.")
@value_option("--source", read_id, "ID", "Where its facts come from: an id of the catalog.")
@click.option("--add", is_flag=True, help="Add the organization and the source where the catalog has none of that id.")
@value_option("--organization-name", _read_name, "TEXT", "The name of an organization that is added.")
@value_option("--source-title", _read_name, "TEXT", "The title of a source that is added.")
@value_option("--source-url", read_url, "URL", "The address of a source that is added.")
@click.option(
    "--source-kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    help="Who speaks in a source that is added.",
)
@day_option("--source-checked", "The day a source that is added was last read.")
@click.pass_context
def new_model(ctx: click.Context, /, name_of_it: str, *, paths: tuple[Path, ...], add: bool, **_asked: Any) -> None:
    """Write a file for a model into the folder of the catalog.

    Nothing that is there is changed: an organization or a source that is added stands in the same file.
    """
    files, _ = read_files(paths)
    catalog = read_catalog(files).catalog
    folder = next((path for path in paths if path.is_dir() and path != SHIPPED_FOLDER), None)
    if folder is None:
        raise click.UsageError(f"a new model has a file of its own, and {paths[0]} is no folder; name one with -c.")
    if found := catalog.find(name_of_it):
        raise click.UsageError(f"“{name_of_it}” is in the catalog already: {found.name}.")
    file_name = re.sub(r"[^\w.+-]", "-", name_of_it)
    file = folder / "models" / f"{file_name}.yaml"
    if file.exists():
        raise click.UsageError(f"{shown_path(file)} is there already; nothing was written.")
    record = {"id": name_of_it, "name": _ask(ctx, "name", name_of_it)}
    added: dict[str, dict[str, Any]] = {}
    for what, table in (("organization", "organizations"), ("source", "sources")):
        record[what], is_new = _choose(ctx, what, getattr(catalog, table), add=add)
        if is_new:
            added[table] = {record[what]: _entry(ctx, what, record[what])}
    _save(files, {file: model_file(catalog, record, added)})


def _ask(ctx: click.Context, name: str, default: str | None = None, *, is_needed: bool = True) -> Any:
    """The value of an option, asked for if it is not given.

    Without a terminal the default counts; without one the call ends, if a value is needed.
    """
    if (given := ctx.params.get(name)) is not None:
        return given
    option = next(param for param in ctx.command.params if param.name == name)
    if not _has_terminal():
        if is_needed and default is None:
            raise click.MissingParameter(ctx=ctx, param=option)
        return default
    words = f" ({', '.join(option.type.choices)})" if isinstance(option.type, click.Choice) else ""
    return click.prompt(
        f"{str(getattr(option, 'help', '')).rstrip('.')}{words}{'' if is_needed else ', or nothing'}",
        default=default if is_needed else "",
        show_default=is_needed,
        value_proc=lambda said: option.process_value(ctx, said) if said else said,
    )


def _has_terminal() -> bool:
    """True if anybody can be asked."""
    return sys.stdin.isatty()


def _choose(ctx: click.Context, what: str, table: Mapping[str, Any], *, add: bool) -> tuple[str, bool]:
    """An id, and whether it has to be added to the table."""
    while True:
        name = _ask(ctx, what)
        if name in table or add:
            return name, name not in table
        message = f"no {what} “{name}” in the catalog{did_you_mean(name, table) or '.'}"
        if not _has_terminal():
            raise click.UsageError(f"{message} Give --add to add it.")
        click.echo(f"There is {message}")
        if click.confirm(f"Add “{name}”?"):
            return name, True
        ctx.params[what] = None


def _entry(ctx: click.Context, what: str, name: str) -> dict[str, Any]:
    """The answers that an organization or a source needs."""
    if what == "organization":
        return {"name": _ask(ctx, "organization_name", name)}
    said = {key: _ask(ctx, f"source_{key}", is_needed=key == "title") for key in ("title", "url", "kind", "checked")}
    return {key: value for key, value in said.items() if value}


def _save(there: Sequence[CatalogFile], new: Mapping[Path, str]) -> None:
    """Write files, unless they bring new problems into the catalog."""
    files = [*there, *(CatalogFile(path, shown_path(path), text.encode()) for path, text in new.items())]
    if problems := {*read_catalog(files).problems} - {*read_catalog(there).problems}:
        raise click.UsageError("\n".join(["nothing was written:", *sorted(problem.message for problem in problems)]))
    write(new)
    for path in new:
        click.echo(f"Written: {visible(shown_path(path))}")

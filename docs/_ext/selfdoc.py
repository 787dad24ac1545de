"""Directives of our own documentation: its tables are made from the code, so that they cannot rot.

``docs/conf.py`` loads this module beside ``sphinx_modelcmp``, whose wheel does not have it.
"""

from __future__ import annotations

import ast
import datetime
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_args, get_origin

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import sphinx_modelcmp
from sphinx_modelcmp.catalog import records, scalars, vocabulary
from sphinx_modelcmp.catalog.decode import HEADER, INHERITED, VERSION
from sphinx_modelcmp.catalog.decode import TABLES as CATALOG_TABLES
from sphinx_modelcmp.catalog.fields import Field, Record, about, said_first, written
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES
from sphinx_modelcmp.catalog.problems import Code as ProblemCode
from sphinx_modelcmp.compare.request import SECTION_NAMES
from sphinx_modelcmp.compare.rows import field_names
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig
from sphinx_modelcmp.ext.options import OPTIONS
from sphinx_modelcmp.nodes.build import Builder
from sphinx_modelcmp.nodes.layout import Heading
from sphinx_modelcmp.sections.blocks import Cell, Code, Inline, Table, TableRow, Text, cell
from sphinx_modelcmp.sections.labels import COMPONENTS, KINDS, ROWS, TITLES
from sphinx_modelcmp.sections.prose import inlines
from sphinx_modelcmp.sections.writing import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.domains.std import StandardDomain
    from sphinx.util.typing import ExtensionMetadata

PACKAGE = Path(sphinx_modelcmp.__file__).parent
LAYERS = ("catalog", "compare", "sections", "structured", "nodes", "ext")


def _named_types() -> Iterator[tuple[Callable[..., Any], str]]:
    for name, held in vars(scalars).items():
        for read in getattr(held, "__metadata__", ()):
            yield read, _spaced(name).lower()


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()


# What the type of a field is called, by the function that reads it. Its docstring says the rest.
TYPE_WORDS: dict[Callable[..., Any], str] = {
    **dict(_named_types()),
    records.read_parameters: "amount, or total and active",
}
ENUMS: tuple[type[Enum], ...] = (
    vocabulary.Support,
    vocabulary.Openness,
    vocabulary.CommercialUse,
    vocabulary.SourceKind,
    vocabulary.Reporter,
    vocabulary.Status,
    vocabulary.Better,
    vocabulary.Scale,
    vocabulary.Service,
    vocabulary.Scope,
    vocabulary.FieldType,
    vocabulary.FieldGroup,
)


class Doc(NamedTuple):
    """One row of a table: what is explained, and its other cells as CommonMark."""

    name: str
    cells: tuple[str, ...]


def table(caption: str, heads: Sequence[str], rows: Iterable[Doc]) -> Table:
    """A table whose first column holds what an author types."""
    lines = (TableRow(Cell((Code(row.name),)), tuple(Cell(_prose(text)) for text in row.cells)) for row in rows)
    return Table(caption, tuple(cell(head) for head in heads), tuple(lines))


def _prose(text: str) -> tuple[Inline, ...]:
    return inlines(text) if text else (Text("–"),)


def options_table(_: str) -> list[Table]:
    """The options of the directive."""
    rows = (Doc(f":{name}:", (option.explanation,)) for name, option in OPTIONS.items())
    return [table("Options of model-compare", ("Option", "What it does"), rows)]


def config_table(_: str) -> list[Table]:
    """The configuration values."""
    rows = (
        Doc(
            PREFIX + item.name,
            (
                " or ".join(f"`{_type_name(kind)}`" for kind in item.metadata["types"]),
                f"`{item.default!r}`",
                item.metadata["explanation"],
            ),
        )
        for item in fields(ModelcmpConfig)
    )
    return [table("Configuration values", ("Value", "Type", "Default", "What it does"), rows)]


def _type_name(kind: type) -> str:
    return "None" if kind is NoneType else kind.__name__


def warnings_table(_: str) -> list[Table]:
    """The warnings."""
    rows = (
        Doc(f"modelcmp.{code.slug}", (f"`{DEFAULT_SEVERITIES[code].value}`", code.explanation)) for code in ProblemCode
    )
    return [table("Warnings", ("Warning", "Counts as", "When it is given"), rows)]


def sections_table(_: str) -> list[Table]:
    """The sections, each with its title and what its module says of it."""
    rows = (
        Doc(name, (TITLES[name], first_sentence(Path(sys.modules[SECTIONS[name].__module__].__file__ or ""))))
        for name in SECTION_NAMES
    )
    return [table("Sections, in the order of the page", ("Section", "Title", "What it holds"), rows)]


def fields_table(_: str) -> list[Table]:
    """The built-in rows, as ``:fields:`` names them."""
    rows = (Doc(name, (ROWS[name].label,)) for name in field_names(records.Catalog()))
    return [table("Rows that :fields: can name", ("Name", "Row"), rows)]


def types_table(_: str) -> list[Table]:
    """The types of fields, with what their readers say of themselves."""
    rows = (Doc(word, (said_first(read),)) for read, word in TYPE_WORDS.items())
    return [table("Types", ("Type", "What can be written"), rows)]


def enums_table(_: str) -> list[Table]:
    """The closed lists of words."""
    rows = (Doc(enum.__name__, (said_first(enum), _words(enum))) for enum in ENUMS)
    return [table("Closed lists of words", ("List", "What it says", "Words"), rows)]


def components_table(_: str) -> list[Table]:
    """The price components with their units."""
    rows = (
        Doc(name, (COMPONENTS[name], f"{component.per:,} {component.unit}" if component.per > 1 else "1 request"))
        for name, component in vocabulary.PRICE_COMPONENTS.items()
    )
    return [table("Price components", ("Component", "Column", "Price for"), rows)]


def capabilities_table(_: str) -> list[Table]:
    """The built-in capabilities."""
    rows = (Doc(name, (ROWS[name].label,)) for name in vocabulary.CAPABILITIES)
    return [table("Built-in capabilities", ("Capability", "Row"), rows)]


def top_level_table(_: str) -> list[Table]:
    """The keys that a catalog file may hold."""
    own = {"catalog": "The header: see below.", **INHERITED}
    held = {name: about(records.Catalog, name) for name in (*CATALOG_TABLES, "rates", "models")}
    rows = (Doc(name, (text,)) for name, text in {**own, **held}.items())
    return [table("Top-level keys of a file", ("Key", "What it holds"), rows)]


def record_table(name: str) -> list[Table]:
    """The fields of one record."""
    record = getattr(records, name)
    return [table(f"Keys: {_spaced(name)}", ("Key", "Type", "Needed", "What it says"), _record_rows(record))]


def _record_rows(record: type[Record]) -> Iterator[Doc]:
    shown = written(record)
    if record is records.Catalog:
        yield Doc("schema", ("number", "no", VERSION))
        shown = {key: field for key, field in shown.items() if key in HEADER}
    for key, field in shown.items():
        needed = "yes" if field.is_needed else _default(field.default)
        yield Doc(key, (field_type(field), needed, about(record, field.name)))
    if record is records.Model:
        yield from (Doc(name, (SOURCED[name], "no", text)) for name, text in INHERITED.items())


SOURCED = {"source": "ids", "checked": "day"}


def _default(value: object) -> str:
    return f"no; `{value}`" if isinstance(value, str) and value else "no"


def field_type(field: Field) -> str:
    """The type of a field in words."""
    return SOURCED[field.name] if field.name in SOURCED else _type_words(field.kind)


def _type_words(annotation: Any) -> str:
    if hasattr(annotation, "__metadata__"):
        read = next(filter(callable, annotation.__metadata__), None)
        return TYPE_WORDS.get(read) or _type_words(annotation.__origin__)  # type: ignore[arg-type]
    if annotation is Any:
        return "value"
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return _class_words(annotation)
    return _generic_words(annotation)


def _class_words(cls: type) -> str:
    if issubclass(cls, Record):
        return _spaced(cls.__name__).lower()
    if issubclass(cls, Enum):
        return _words(cls)
    return {str: "text", datetime.date: "day"}.get(cls, cls.__name__)


def _generic_words(annotation: Any) -> str:
    args = [arg for arg in get_args(annotation) if arg not in {NoneType, Ellipsis}]
    origin = get_origin(annotation)
    if origin is records.Fact:
        return f"fact: {_type_words(args[0])}"
    if origin is tuple:
        inner = _type_words(args[0])
        return f"two of: {inner}" if len(args) == 2 else f"list of: {inner}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"mapping of names to: {_type_words(args[1])}"
    return _type_words(args[0])


def _words(enum: type[Enum]) -> str:
    return ", ".join(f"`{member.value}`" for member in enum)


def modules_tables(_: str) -> list[Table]:
    """Every module of the package with the first line of its docstring, a table a layer."""
    found: dict[str, list[Path]] = {name: [] for name in LAYERS}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        found.setdefault(inside.parts[0] if len(inside.parts) > 1 else "", []).append(path)
    return [_modules_table(layer, paths) for layer, paths in found.items()]


def _modules_table(layer: str, paths: Iterable[Path]) -> Table:
    caption = f"Modules of {layer}/" if layer else "Modules of the package itself"
    rows = (Doc(path.relative_to(PACKAGE).as_posix(), (first_sentence(path),)) for path in paths)
    return table(caption, ("Module", "What it holds"), rows)


def first_sentence(module: Path) -> str:
    """The first sentence of a module's docstring."""
    line = (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    return f"{re.split(r'(?<=[a-z)])[.] ', line.removesuffix('.'))[0]}."


Maker = Callable[[str], list[Table]]
MAKERS: dict[str, Maker] = {
    "options": options_table,
    "config": config_table,
    "warnings": warnings_table,
    "sections": sections_table,
    "fields": fields_table,
    "types": types_table,
    "enums": enums_table,
    "components": components_table,
    "capabilities": capabilities_table,
    "top-level": top_level_table,
    "record": record_table,
    "modules": modules_tables,
}
"""What ``selfdoc`` can be asked for."""
ANCHORED = ("options", "config", "warnings")
"""The tables whose rows have an anchor each: ``option-traffic``, ``modelcmp-as-of``, ``modelcmp-value``."""


class SelfDoc(SphinxDirective):
    """``.. selfdoc:: options``: one of the tables of ``MAKERS``. ``record`` takes the record's name as well."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, or tables."""
        for path in PACKAGE.rglob("*.py"):
            self.env.note_dependency(str(path))
        what = self.arguments[0]
        found = self._nodes(MAKERS[what](self.arguments[1] if len(self.arguments) > 1 else ""))
        if what in ANCHORED:
            for node in found:
                self._anchor(node, "option-" if what == "options" else "")
        return list(found)

    def _nodes(self, tables: Iterable[Table]) -> list[nodes.Element]:
        builder = Builder(self.get_source_info(), heading=Heading.NONE)
        found = [node for held in tables for node in builder.block(held)]
        for node in found:
            builder.stamp(node)
        return found

    def _anchor(self, node: nodes.Element, prefix: str) -> None:
        for body in node.findall(nodes.tbody):
            for row in body.findall(nodes.row):
                literal = next(iter(row.findall(nodes.literal)))
                target = nodes.target("", "", ids=[nodes.make_id(prefix + literal.astext())])
                literal.parent.insert(0, target)
                self.state.document.set_id(target)
                if literal.astext().startswith(PREFIX):
                    # `env.domains` has no names of domains before Sphinx 8.1.
                    std = cast("StandardDomain", self.env.get_domain("std"))
                    std.note_object("confval", literal.astext(), target["ids"][0], location=literal)


class CatalogModels(SelfDoc):
    """``.. catalog-models:: <folder>``: the models of a catalog, which may be a part of that of this documentation."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """The table. The page is read anew in each build, for the catalog may have changed."""
        self.env.note_reread()
        catalog = load_catalog([Path(self.env.srcdir, self.arguments[0])]).catalog
        rows = [Doc(model.id, (model.name, _maker(catalog, model), _kind(model))) for model in catalog.models.values()]
        heads = ("Id", "Name", "Organization", "Product type")
        return list(self._nodes([table(f"{len(rows)} models", heads, rows)]))


def _maker(catalog: records.Catalog, model: records.Model) -> str:
    return catalog.organizations[model.organization.value].name if model.organization.value else ""


def _kind(model: records.Model) -> str:
    return KINDS.get(model.kind.value, model.kind.value) if model.kind.value else ""


EXAMPLE = """\
:::::{{tab-set}}
:sync-group: markup

::::{{tab-item}} reST
:sync: rst

:::{{literalinclude}} /snippets/rst/{name}.txt
:language: rst
:::
::::

::::{{tab-item}} MyST
:sync: myst

:::{{literalinclude}} /snippets/myst/{name}.txt
:language: md
:::
::::
:::::

:::::{{card}}
:class-card: snippet

::::{{include}} /snippets/myst/{name}.txt
::::
:::::
"""


class Snippet(SphinxDirective):
    """``{snippet} section-cost``: a source in both markups, and below it what it makes. In MyST pages only."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Parsed from text, for the result is to come from the very file that is shown."""
        return self.parse_text_to_nodes(EXAMPLE.format(name=self.arguments[0]))


class OpenTabs(SphinxPostTransform):
    """Opens the tabs of sphinx-design in EPUB, where what it writes for them is no XML: label and content in turn."""

    default_priority = 190
    builders = ("epub",)

    def run(self, **_kwargs: Any) -> None:
        """Take the mark from every tab set; what is left are stock nodes."""
        for node in self.document.findall(nodes.container):
            if node.get("design_component") == "tab-set":
                del node["design_component"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.add_directive("selfdoc", SelfDoc)
    app.add_directive("catalog-models", CatalogModels)
    app.add_directive("snippet", Snippet)
    app.add_post_transform(OpenTabs)
    return {"version": sphinx_modelcmp.__version__, "parallel_read_safe": True, "parallel_write_safe": True}

"""Directives of our own documentation, whose tables are made from the code, so that they cannot rot.

``docs/conf.py`` loads this module next to ``sphinx_modelcmp``, whose wheel does not contain it.
"""

from __future__ import annotations

import ast
import datetime
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum, StrEnum
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import sphinx_modelcmp
from sphinx_modelcmp.catalog import records, scalars, vocabulary
from sphinx_modelcmp.catalog.decode import ABOUT_OVERLAYS, HEADER, INHERITED, OVERLAYS, VERSION
from sphinx_modelcmp.catalog.decode import TABLES as CATALOG_TABLES
from sphinx_modelcmp.catalog.docstrings import about, said_first
from sphinx_modelcmp.catalog.fields import Record, ShortForm, written
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES
from sphinx_modelcmp.catalog.problems import Code as ProblemCode
from sphinx_modelcmp.compare.rows import field_names
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig
from sphinx_modelcmp.ext.directive import LISTING_OPTIONS, OPTIONS, ListingOptions, Options
from sphinx_modelcmp.nodes.build import Builder
from sphinx_modelcmp.nodes.layout import Heading
from sphinx_modelcmp.query.terms import terms_of
from sphinx_modelcmp.sections.blocks import Cell, Code, Inline, Table, TableRow, Text, cell
from sphinx_modelcmp.sections.labels import COMPONENTS, KINDS, ROWS
from sphinx_modelcmp.sections.prose import inlines
from sphinx_modelcmp.sections.registry import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
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
    ShortForm(records.Parameters): "amount, or total and active",
    ShortForm(records.Family): "text, or name and generation",
}
ENUMS = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and StrEnum in kind.__bases__]

Row = tuple[str, ...]
"""The first cell as an author types it, and the others as CommonMark."""


def table(caption: str, heads: Sequence[str], rows: Iterable[Row]) -> Table:
    """A table whose first column is code, as an author types it."""
    lines = (TableRow(Cell((Code(name),)), tuple(Cell(_prose(text)) for text in texts)) for name, *texts in rows)
    return Table(caption, tuple(cell(head) for head in heads), tuple(lines))


def _prose(text: str) -> tuple[Inline, ...]:
    return inlines(text) if text else (Text("–"),)


def options_table() -> list[Table]:
    """The options of a comparison."""
    return _options("Options of model-compare", Options, OPTIONS)


def listing_options_table() -> list[Table]:
    """The options of tables of models, and of cards."""
    return _options("Options of model-table and model-card", ListingOptions, LISTING_OPTIONS)


def _options(caption: str, owner: type, options: Iterable[str]) -> list[Table]:
    names = {option: option.replace("-", "_") for option in options}
    rows = ((f":{option}:", about(owner, name) or about(owner, f"{name}_")) for option, name in names.items())
    return [table(caption, ("Option", "What it does"), rows)]


def terms_table() -> list[Table]:
    """The names that queries and columns use."""
    terms = terms_of(records.Catalog()).values()
    rows = ((term.name, f"{term.kind.value}{' of a route' * term.at_route}") for term in terms)
    return [table("Names in queries", ("Name", "What it is"), rows)]


def config_table() -> list[Table]:
    """The configuration values."""
    rows = (
        (
            PREFIX + item.name,
            " or ".join(f"`{kind.__name__.removesuffix('Type')}`" for kind in item.metadata["types"]),
            f"`{item.metadata['default']!r}`",
            about(ModelcmpConfig, item.name),
        )
        for item in fields(ModelcmpConfig)
    )
    return [table("Configuration values", ("Value", "Type", "Default", "What it does"), rows)]


def warnings_table() -> list[Table]:
    """The warnings."""
    rows = ((f"modelcmp.{code.slug}", f"`{DEFAULT_SEVERITIES[code].value}`", code.explanation) for code in ProblemCode)
    return [table("Warnings", ("Warning", "Counts as", "When it is given"), rows)]


def sections_table() -> list[Table]:
    """The sections, each with its title and what its module says of it."""
    rows = (
        (name, section.title, first_sentence(Path(sys.modules[section.build.__module__].__file__ or "")))
        for name, section in SECTIONS.items()
    )
    return [table("Sections, in the order of the page", ("Section", "Title", "What it holds"), rows)]


def fields_table() -> list[Table]:
    """The built-in rows, as ``:fields:`` names them."""
    rows = ((name, ROWS[name].label) for name in field_names(records.Catalog()))
    return [table("Rows that :fields: can name", ("Name", "Row"), rows)]


def types_table() -> list[Table]:
    """The types of fields, with what their readers say of themselves."""
    rows = ((word, said_first(read)) for read, word in TYPE_WORDS.items())
    return [table("Types", ("Type", "What can be written"), rows)]


def enums_table() -> list[Table]:
    """The closed lists of words."""
    rows = ((enum.__name__, said_first(enum), _words(enum)) for enum in ENUMS)
    return [table("Closed lists of words", ("List", "What it says", "Words"), rows)]


def components_table() -> list[Table]:
    """The price components with their units."""
    rows = (
        (name, COMPONENTS[name].label, component.quantity) for name, component in vocabulary.PRICE_COMPONENTS.items()
    )
    return [table("Price components", ("Component", "Column", "Price for"), rows)]


def capabilities_table() -> list[Table]:
    """The built-in capabilities."""
    rows = ((name, ROWS[name].label) for name in vocabulary.CAPABILITIES)
    return [table("Built-in capabilities", ("Capability", "Row"), rows)]


def top_level_table() -> list[Table]:
    """The keys of a catalog file."""
    own = {"catalog": "The header: see below.", OVERLAYS: ABOUT_OVERLAYS, **INHERITED}
    held = {name: about(records.Catalog, name) for name in (*CATALOG_TABLES, "rates", "models")}
    rows = ((name, text) for name, text in {**own, **held}.items())
    return [table("Top-level keys of a file", ("Key", "What it holds"), rows)]


def record_table(name: str) -> list[Table]:
    """The fields of one record."""
    record = getattr(records, name)
    return [table(f"Keys: {_spaced(name)}", ("Key", "Type", "Needed", "What it says"), _record_rows(record))]


def _record_rows(record: type[Record]) -> Iterator[Row]:
    shown = written(record)
    if record is records.Catalog:
        yield ("schema", "number", "no", VERSION)
        shown = {key: field for key, field in shown.items() if key in HEADER}
    for key, field in shown.items():
        default = f"; `{field.default}`" if isinstance(field.default, str) and field.default else ""
        needed = "yes" if field.is_needed else f"no{default}"
        yield (key, SOURCED.get(field.name) or _type_words(field.kind), needed, about(record, field.name))
    if record is records.Model:
        yield from ((name, SOURCED[name], "no", text) for name, text in INHERITED.items())


SOURCED = {"source": "ids", "checked": "day"}
CLASS_WORDS = {Any: "value", str: "text", datetime.date: "day"}


def _type_words(annotation: Any) -> str:
    if hasattr(annotation, "__metadata__"):
        read = next(filter(callable, annotation.__metadata__), None)
        return TYPE_WORDS.get(read) or _type_words(annotation.__origin__)  # type: ignore[arg-type]
    if args := [arg for arg in get_args(annotation) if arg not in {NoneType, Ellipsis}]:
        many = "two of: " if len(args) == 2 else "list of: "
        outer = {records.Fact: "fact: ", tuple: many, Mapping: "mapping of names to: "}
        origin = get_origin(annotation)
        return outer.get(origin, "") + _type_words(args[-1])
    if annotation in CLASS_WORDS:
        return CLASS_WORDS[annotation]
    return _words(annotation) if issubclass(annotation, Enum) else _spaced(annotation.__name__).lower()


def _words(enum: type[Enum]) -> str:
    return ", ".join(f"`{member.value}`" for member in enum)


def modules_tables() -> list[Table]:
    """Every module of the package with the first line of its docstring, a table a layer."""
    found: dict[str, list[Path]] = {name: [] for name in LAYERS}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        found.setdefault(inside.parts[0] if len(inside.parts) > 1 else "", []).append(path)
    return [_modules_table(layer, paths) for layer, paths in found.items()]


def _modules_table(layer: str, paths: Iterable[Path]) -> Table:
    caption = f"Modules of {layer}/" if layer else "Modules of the package itself"
    rows = ((path.relative_to(PACKAGE).as_posix(), first_sentence(path)) for path in paths)
    return table(caption, ("Module", "What it holds"), rows)


def first_sentence(module: Path) -> str:
    """The first sentence of a module's docstring."""
    line = (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    return f"{re.split(r'(?<=[a-z)])[.] ', line.removesuffix('.'))[0]}."


MAKERS: dict[str, Callable[..., list[Table]]] = {
    "options": options_table,
    "listing-options": listing_options_table,
    "terms": terms_table,
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
"""The arguments of ``selfdoc``."""
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
        what, *record = self.arguments
        found = self._nodes(MAKERS[what](*record))
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
        for row in (row for body in node.findall(nodes.tbody) for row in body.findall(nodes.row)):
            literal = next(iter(row.findall(nodes.literal)))
            target = nodes.target("", "", ids=[nodes.make_id(prefix + literal.astext())])
            literal.parent.insert(0, target)
            self.state.document.set_id(target)
            if literal.astext().startswith(PREFIX):
                # `env.domains` has no names of domains before Sphinx 8.1.
                std: Any = self.env.get_domain("std")
                std.note_object("confval", literal.astext(), target["ids"][0], location=literal)


class CatalogModels(SelfDoc):
    """``.. catalog-models:: <folder>``: the models of a catalog, which may be a part of that of this documentation."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """The table. The page is read again in each build, because the catalog may have changed."""
        self.env.note_reread()
        catalog = load_catalog([Path(self.env.srcdir, self.arguments[0])]).catalog
        rows = [(model.id, model.name, _maker(catalog, model), _kind(model)) for model in catalog.models.values()]
        heads = ("Id", "Name", "Organization", "Product type")
        return list(self._nodes([table(f"{len(rows)} models", heads, rows)]))


def _maker(catalog: records.Catalog, model: records.Model) -> str:
    return catalog.organizations[model.organization.value].name if model.organization.value else ""


def _kind(model: records.Model) -> str:
    return KINDS.get(model.kind.value, model.kind.value) if model.kind.value else ""


EXAMPLE = Path(__file__).with_name("snippet.txt")
"""Tabs with the sources of a snippet, and a card with its result."""


class Snippet(SphinxDirective):
    """``{snippet} section-cost``: a source in both markups, and below it what it makes. In MyST pages only."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Parsed from text, for the result is to come from the very file that is shown."""
        return self.parse_text_to_nodes(EXAMPLE.read_text(encoding="utf-8").format(name=self.arguments[0]))


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

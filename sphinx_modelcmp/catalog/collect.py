"""The top of every file, sorted into the tables of the catalog before anything in them is decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.days import LastDay
from sphinx_modelcmp.catalog.decode import Decoder, identifier
from sphinx_modelcmp.catalog.fields import Record, fields_of, written
from sphinx_modelcmp.catalog.places import Keys, Places
from sphinx_modelcmp.catalog.problems import Code, Hints, Problem
from sphinx_modelcmp.catalog.records import (
    Benchmark,
    Catalog,
    HouseField,
    License,
    Model,
    Organization,
    Provider,
    Source,
    Traffic,
)
from sphinx_modelcmp.catalog.scalars import read_currency, read_day, read_text, shorten
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, COMPUTED_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.places import AnyDocument, Finding

SCHEMA = "1"
TABLES: dict[str, type[Record]] = {
    "sources": Source,
    "organizations": Organization,
    "providers": Provider,
    "licenses": License,
    "fields": HouseField,
    "benchmarks": Benchmark,
    "traffic": Traffic,
}
HEADER = {"title": read_text, "as_of": read_day, "currency": read_currency}
VERSION = "The version of the format: 1."
INHERITED = {
    "source": "The source of every fact inside that names none: an id, or a list of ids.",
    "checked": "The day every fact inside was last checked, unless the fact names one.",
}
"""Keys beside the fields of a record: all that stands inside inherits them."""
TOP_LEVEL = ("catalog", *TABLES, "rates", "models", *INHERITED)
BUILT_IN = frozenset((*CAPABILITIES, *COMPUTED_ROWS, *written(Model), *INHERITED))
"""Names that no row of a house can have."""


class Entry(NamedTuple):
    """A record as it was found: not yet decoded."""

    document: AnyDocument
    raw: Any


@dataclass(slots=True)
class Collected:
    """The tables of all files, before anything in them is decoded."""

    problems: list[Problem] = field(default_factory=list)
    documents: list[AnyDocument] = field(default_factory=list)
    clean: set[str] = field(default_factory=set)
    """The paths of the files with nothing wrong at their top."""
    tables: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in (*TABLES, "models")})
    header: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    hints: Hints = field(default_factory=Hints)
    last_day: LastDay = field(default_factory=LastDay)
    """Once the sources are read: the last day on which anything can have been looked up."""

    def add(self, document: AnyDocument) -> None:
        """Sort one file's top level into the tables; the first definition of an id counts."""
        self.documents.append(document)
        decoder = self.decoder(document, Catalog())
        for key, raw in decoder.mapping(document.root, (), "a catalog file").items():
            if key == "catalog":
                self._header(decoder, decoder.mapping(raw, (key,), "`catalog`"))
            elif key in self.tables:
                self._table(decoder, key, raw)
            elif key not in TOP_LEVEL:
                hint = self._top_hint(key)
                decoder.report(Code.UNKNOWN_KEY, f"no key “{shorten(key)}” at the top of a file{hint}", key, key=True)

    def _top_hint(self, key: str) -> str:
        """Where a key belongs that stands at the top of a file."""
        if key in HEADER or key == "schema":
            return "; it stands under `catalog`"
        near = self.hints(key, TOP_LEVEL)
        is_of_model = key in fields_of(Model) or key in CAPABILITIES
        return near or ("; it stands under `models`, below the id of a model" if is_of_model else "")

    def decoder(self, document: AnyDocument, vocabulary: Catalog) -> Decoder:
        """A decoder that notes problems and places here."""
        return Decoder(document, vocabulary, self.problems, self.places, self.hints, self.last_day)

    def note(self, findings: Iterable[Finding]) -> None:
        """Note what checks have found, less what is accepted where it stands."""
        for code, message, at, group in findings:
            self.problems.append(Problem(code, message, self.places.place(*at), group))

    def accepts(self, code: Code, at: Keys) -> bool:
        """Whether a finding at a path is accepted there."""
        return self.places.accepts(code, self.places.keys(*at))

    def _table(self, decoder: Decoder, table: str, raw: Any) -> None:
        entries = self.tables[table]
        for name, value in decoder.mapping(raw, (table,), f"`{table}`").items():
            if name in entries:
                first = entries[name].document.key_place(table, name)
                message = f"“{name}” of `{table}` is defined already, at {first}"
                decoder.report(Code.DUPLICATE_ID, message, table, name, key=True)
            elif identifier(decoder, name, (table, name)):
                entries[name] = Entry(decoder.document, value)
                self.places.documents[table, name] = decoder.document

    def _header(self, decoder: Decoder, raw: Any) -> None:
        for key, value in raw.items():
            at = ("catalog", key)
            if key == "schema":
                if value != SCHEMA:
                    decoder.report(Code.VALUE, f"schema {shorten(value)} is not one that is read here ({SCHEMA})", *at)
            elif key not in HEADER:
                hint = self.hints(key, ("schema", *HEADER))
                decoder.report(Code.UNKNOWN_KEY, f"`catalog` has no key “{shorten(key)}”{hint}", *at, key=True)
            elif key in self.header:
                message = f"`{key}` of the catalog is set in another file already"
                decoder.report(Code.DUPLICATE_KEY, message, *at, key=True)
            elif value is not None and (read := decoder.scalar(HEADER[key], value, at)) is not None:
                self.header[key] = read

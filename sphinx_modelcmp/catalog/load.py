"""Catalog files to one catalog. The only module of the pure layers that touches the file system."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.checks import Demands, check, is_later
from sphinx_modelcmp.catalog.decode import Decoder, Provenance, identifier
from sphinx_modelcmp.catalog.models import ModelDecoder
from sphinx_modelcmp.catalog.places import Keys, Places
from sphinx_modelcmp.catalog.problems import Code, Place, Problem, did_you_mean
from sphinx_modelcmp.catalog.reader import Document, Limits, read_document
from sphinx_modelcmp.catalog.records import (
    Benchmark,
    Catalog,
    HouseField,
    License,
    Model,
    Organization,
    Provider,
    Rate,
    Record,
    Source,
    Traffic,
)
from sphinx_modelcmp.catalog.scalars import read_currency, read_day, read_text, shorten
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, COMPUTED_ROWS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

SCHEMA = "1"
SUFFIXES = (".yaml", ".yml")
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
TOP_LEVEL = ("catalog", *TABLES, "rates", "models", "source", "checked")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalog, what is wrong with its files, and the files and folders it was read from."""

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()
    places: Places = field(default_factory=Places)
    """Where everything in the catalog stands."""


class Entry(NamedTuple):
    """A record as it was found: not yet decoded."""

    document: Document
    raw: Any


@dataclass(slots=True)
class _Collected:
    """The tables of all files, before anything in them is decoded."""

    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    tables: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in (*TABLES, "models")})
    header: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)

    def decoder(self, document: Document, vocabulary: Catalog) -> Decoder:
        """A decoder that notes problems and places here."""
        return Decoder(document, vocabulary, self.problems, self.places)


def load_catalog(
    paths: Sequence[Path],
    *,
    roots: Sequence[Path] = (),
    limits: Limits | None = None,
    as_of: datetime.date | None = None,
    demands: Demands | None = None,
) -> Loaded:
    """Read files and folders (recursively, in sorted order) into one catalog, and check it.

    ``roots`` are the folders that files must lie in once links are resolved; none means anywhere. ``as_of`` is the day
    the facts are read at where the catalog states none (see ``Catalog.reading_day``). Nothing here raises for what a
    file holds: a file, a record or a fact that is wrong is reported and left out.
    """
    found = _Collected()
    files = list(_find_files(paths, roots, found.problems))
    for path in files:
        if document := _open(path, limits or Limits(), found.problems):
            _collect(document, found)
    catalog = _decode_models(found, _decode_tables(found, as_of))
    found.problems.extend(_cross_check(catalog, found.places, as_of, demands))
    return Loaded(catalog, tuple(found.problems), tuple(files), found.places)


def _cross_check(
    catalog: Catalog, places: Places, as_of: datetime.date | None, demands: Demands | None
) -> Iterator[Problem]:
    def accepts(code: Code, at: Keys) -> bool:
        return places.accepts(code, places.keys(*at))

    for finding in check(catalog, day=catalog.reading_day(as_of), demands=demands, accepts=accepts):
        yield Problem(finding.code, finding.message, places.place(*finding.at), finding.group)


def shown_path(path: Path) -> str:
    """A path as a message shows it: from the working directory where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _find_files(paths: Sequence[Path], roots: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        files = sorted(_below(path)) if path.is_dir() else [path]
        if not files:
            problems.append(Problem(Code.CATALOG_FILE, "no YAML file in this folder", Place(shown_path(path))))
        for file in files:
            real = _real(file)
            if roots and not any(real.is_relative_to(root.resolve()) for root in roots):
                message = "lies outside the folders that a catalog may be read from (see modelcmp_catalog_roots)"
                problems.append(Problem(Code.CATALOG_FILE, message, Place(shown_path(file))))
            elif real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    """The YAML files, and links that lead nowhere, so that these are reported like a missing file."""
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return (path for path in found if path.is_file() or (path.is_symlink() and not path.exists()))


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself; reading it says so
        return path.absolute()


def _open(path: Path, limits: Limits, problems: list[Problem]) -> Document | None:
    shown = shown_path(path)
    try:
        # One byte more than the limit is enough for the reader to refuse a file that is too large.
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        problems.append(Problem(Code.CATALOG_FILE, f"cannot be read: {error.strerror or error}", Place(shown)))
        return None
    document, found = read_document(data, shown, limits=limits)
    problems.extend(found)
    if document and document.root is None:
        problems.append(Problem(Code.CATALOG_FILE, "the file is empty", Place(shown)))
        return None
    return document


def _collect(document: Document, found: _Collected) -> None:
    """Sort one file's top level into the tables; the first definition of an id counts."""
    found.documents.append(document)
    decoder = found.decoder(document, Catalog())
    for key, raw in decoder.mapping(document.root, (), "a catalog file").items():
        if key == "catalog":
            _collect_header(decoder, decoder.mapping(raw, (key,), "`catalog`"), found)
        elif key in found.tables:
            _collect_table(decoder, key, raw, found)
        elif key not in TOP_LEVEL:
            hint = did_you_mean(key, TOP_LEVEL)
            decoder.report(Code.UNKNOWN_KEY, f"no key “{shorten(key)}” at the top of a file{hint}", key, key=True)


def _collect_table(decoder: Decoder, table: str, raw: Any, found: _Collected) -> None:
    entries = found.tables[table]
    for name, value in decoder.mapping(raw, (table,), f"`{table}`").items():
        if name in entries:
            first = entries[name].document.key_place(table, name)
            message = f"“{name}” of `{table}` is defined already, at {first}"
            decoder.report(Code.DUPLICATE_ID, message, table, name, key=True)
        elif identifier(decoder, name, (table, name)):
            entries[name] = Entry(decoder.document, value)
            found.places.documents[table, name] = decoder.document


def _collect_header(decoder: Decoder, raw: Any, found: _Collected) -> None:
    for key, value in raw.items():
        at = ("catalog", key)
        if key == "schema":
            if value != SCHEMA:
                decoder.report(Code.VALUE, f"schema {shorten(value)} is not one that is read here ({SCHEMA})", *at)
        elif key not in HEADER:
            hint = did_you_mean(key, ("schema", *HEADER))
            decoder.report(Code.UNKNOWN_KEY, f"`catalog` has no key “{shorten(key)}”{hint}", *at, key=True)
        elif key in found.header:
            decoder.report(Code.DUPLICATE_KEY, f"`{key}` of the catalog is set in another file already", *at, key=True)
        elif value is not None and (read := decoder.scalar(HEADER[key], value, at)) is not None:
            found.header[key] = read


def _decode_tables(found: _Collected, as_of: datetime.date | None) -> Catalog:
    """Everything that models refer to."""
    tables: dict[str, dict[str, Any]] = {}
    for table, cls in TABLES.items():
        tables[table] = {}
        for name, entry in found.tables[table].items():
            decoder = found.decoder(entry.document, Catalog())
            if table == "fields" and _is_built_in(decoder, name):
                continue
            if record := decoder.record(cls, entry.raw, (table, name)):
                tables[table][name] = record
    catalog = Catalog(**found.header, **tables)
    day = catalog.reading_day(as_of)
    rates = [rate for document in found.documents for rate in _rates(found.decoder(document, catalog), day)]
    return catalog.model_copy(update={"rates": tuple(rates)})


def _is_built_in(decoder: Decoder, name: str) -> bool:
    if name not in {*CAPABILITIES, *COMPUTED_ROWS, *Model.model_fields, "source", "checked"}:
        return False
    decoder.report(Code.DUPLICATE_ID, f"“{name}” is a built-in field already", "fields", name, key=True)
    return True


def _rates(decoder: Decoder, day: datetime.date | None) -> Iterator[Rate]:
    root = decoder.document.root
    raw = root.get("rates") if isinstance(root, dict) else None
    for i, item in enumerate(decoder.sequence(raw, ("rates",), "`rates`")):
        at = ("rates", i)
        rate = decoder.record(Rate, item, at, whole=True)
        if rate is None or not all(
            decoder.refers(name, decoder.vocabulary.sources, "source", at) for name in rate.source
        ):
            continue
        if is_later(rate, day):
            message = f"a rate of {rate.date}, after {day}, the day the facts are read at"
            decoder.report(Code.FUTURE_RATE, message, *at, "date")
        else:
            yield rate


def _decode_models(found: _Collected, vocabulary: Catalog) -> Catalog:
    decoders: dict[str, ModelDecoder] = {}
    outer: dict[str, Provenance] = {}
    for document in found.documents:
        decoder = found.decoder(document, vocabulary)
        decoders[document.path] = ModelDecoder(decoder, found.tables["models"])
        root = document.root if isinstance(document.root, dict) else {}
        outer[document.path] = decoder.provenance(root, (), Provenance())
    models: dict[str, Model] = {}
    for name, entry in found.tables["models"].items():
        path = entry.document.path
        if model := decoders[path].model(name, entry.raw, outer[path]):
            models[name] = model
    names = _names(models.values(), found)
    return vocabulary.model_copy(update={"models": models, "names": names})


def _names(models: Iterable[Model], found: _Collected) -> dict[str, str]:
    """Ids first, so that no alias can take one; then aliases, each of one model only."""
    models = list(models)
    names: dict[str, str] = {}
    for model in models:
        _claim(names, model.id, model.id, found, Code.DUPLICATE_ID, ())
    for model in models:
        for i, alias in enumerate(model.aliases):
            _claim(names, alias, model.id, found, Code.DUPLICATE_ALIAS, ("aliases", i))
    return names


def _claim(names: dict[str, str], name: str, owner: str, found: _Collected, code: Code, at: Keys) -> None:
    taken = names.setdefault(name.casefold(), owner)
    keys = ("models", owner, *at)
    if taken == owner or found.places.accepts(code, keys):
        return
    first = found.places.place("models", taken)
    message = f"“{name}” names the model “{taken}” already, at {first}"
    found.problems.append(Problem(code, message, found.places.documents["models", owner].place(*keys)))

"""Catalog files to one catalog: the vocabulary first, then the models, then whether the two go together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.characters import disguised_in, looks_like
from sphinx_modelcmp.catalog.checks import check_tables, is_later, last_day
from sphinx_modelcmp.catalog.decode import BUILT_IN, TABLES, Collected
from sphinx_modelcmp.catalog.files import Roots, read_files
from sphinx_modelcmp.catalog.kept import KeptFiles, LateDocument, read_late
from sphinx_modelcmp.catalog.modelfiles import ModelReader
from sphinx_modelcmp.catalog.places import Keys, Places
from sphinx_modelcmp.catalog.problems import Code, Demands, Place, Problem
from sphinx_modelcmp.catalog.reader import Limits, read_document
from sphinx_modelcmp.catalog.records import Catalog, Rate

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.decode import Decoder
    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.kept import KeptFile
    from sphinx_modelcmp.catalog.records import Model, Source
    from sphinx_modelcmp.catalog.store import Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalog, what is wrong with its files, and the files and folders it was read from."""

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    """In the order of the files, and of the places in a file."""
    files: tuple[Path, ...] = ()
    places: Places = field(default_factory=Places)
    """Where everything in the catalog stands; with a store, of models that were not read only the whole."""


def load_catalog(
    paths: Sequence[Path],
    *,
    roots: Roots | None = None,
    limits: Limits | None = None,
    as_of: datetime.date | None = None,
    demands: Demands | None = None,
) -> Loaded:
    """Read files and folders (recursively, in sorted order) into one catalog, and check it.

    ``roots`` are where links may lead (see ``read_files``). ``as_of`` is the day the facts are read at where the
    catalog states none (see ``Catalog.reading_day``). Nothing here raises for what a file holds: a file, a record or a
    fact that is wrong is reported and left out.
    """
    limits = limits or Limits()
    files, problems = read_files(paths, roots, limits.bytes)
    loaded = read_catalog(files, limits=limits, as_of=as_of, demands=demands)
    return replace(loaded, problems=(*problems, *loaded.problems))


def read_catalog(
    files: Sequence[CatalogFile],
    *,
    limits: Limits | None = None,
    as_of: datetime.date | None = None,
    demands: Demands | None = None,
    store: Store | None = None,
) -> Loaded:
    """As ``load_catalog``, of files whose bytes are here already.

    With a store a file that was read before is not parsed again, and each of its models is read when somebody asks for
    it. What comes of it is the same; only where a table lacks more than a hundred names, others of them may get a hint.
    """
    limits = limits or Limits()
    kept = KeptFiles(store) if store else None
    found = Collected()
    for file in files:
        _add(file, kept.find(file) if kept else None, limits, found)
    vocabulary = _decode_tables(found, as_of)
    found.note(finding for finding in check_tables(vocabulary) if not found.accepts(finding.code, finding.at))
    reader = ModelReader(found, vocabulary, demands or Demands(), vocabulary.reading_day(as_of))
    models: Mapping[str, Model]
    if kept:
        models = late = read_late(reader, kept, {file.shown: file for file in files})
        aliases = {name: outline.aliases for name, outline in late.outlines.items()}
    else:
        models = reader.read_all()
        aliases = {name: model.aliases for name, model in models.items()}
    named: dict[str, Any] = {
        "models": models,
        "names": _names(aliases, found),
        "spellings": (*aliases, *(alias for others in aliases.values() for alias in others)),
    }
    catalog = replace(vocabulary, **named)
    order = {file.shown: i for i, file in enumerate(files)}
    problems = sorted(found.problems, key=lambda problem: _order(problem, order))
    return Loaded(catalog, tuple(problems), tuple(file.path for file in files), found.places)


def _order(problem: Problem, files: Mapping[str, int]) -> tuple[int, int, int]:
    """By place: so what was kept of a file is reported where it would be if the file were read."""
    where = problem.where
    return (files[where.path], where.line, where.column) if where else (len(files), 0, 0)


def _add(file: CatalogFile, held: KeptFile | None, limits: Limits, found: Collected) -> None:
    before = len(found.problems)
    if held:
        found.add(LateDocument(file, limits, held))
    else:
        document, problems = read_document(file.data, file.shown, limits=limits)
        found.problems.extend(problems)
        if document and document.root is None:
            found.problems.append(Problem(Code.CATALOG_FILE, "the file is empty", Place(file.shown)))
        elif document:
            found.add(document)
    if len(found.problems) == before:
        found.clean.add(file.shown)


def _decode_tables(found: Collected, as_of: datetime.date | None) -> Catalog:
    """Everything that models refer to."""
    tables: dict[str, Any] = {}
    for table, cls in TABLES.items():
        tables[table] = {}
        for name, entry in found.tables[table].items():
            decoder = found.decoder(entry.document, Catalog())
            if table == "fields" and _is_built_in(decoder, name):
                continue
            if record := decoder.record(cls, entry.raw, (table, name)):
                tables[table][name] = record
    _date(tables["sources"], found, as_of)
    catalog = Catalog(**found.header, **tables)
    day = catalog.reading_day(as_of)
    rates = [rate for document in found.documents for rate in _rates(found.decoder(document, catalog), day)]
    return replace(catalog, rates=tuple(rates))


def _date(sources: dict[str, Source], found: Collected, as_of: datetime.date | None) -> None:
    """Tell the last day on which anything can have been looked up, and take later ones from the sources."""
    days = {name: source.checked for name, source in sources.items() if source.checked}
    found.last_day = last_day(found.header.get("as_of"), as_of, days.values())
    late = {name: day for name, day in days.items() if found.last_day.objection(day)}
    for name, day in late.items():
        found.decoder(found.tables["sources"][name].document, Catalog()).believed(day, ("sources", name))
        sources[name] = replace(sources[name], checked=None)
    found.last_day = replace(found.last_day, told=tuple(sorted({*late.values()})))


def _is_built_in(decoder: Decoder, name: str) -> bool:
    if name not in BUILT_IN:
        return False
    decoder.report(Code.DUPLICATE_ID, f"“{name}” is a built-in field already", "fields", name, key=True)
    return True


def _rates(decoder: Decoder, day: datetime.date | None) -> Iterator[Rate]:
    root = decoder.document.root
    raw = root.get("rates") if isinstance(root, dict) else None
    for i, item in enumerate(decoder.sequence(raw, ("rates",), "`rates`")):
        at = ("rates", i)
        rate = decoder.record(Rate, item, at, whole=True)
        if rate is None or not all(decoder.refers(name, "sources", at) for name in rate.source):
            continue
        if is_later(rate, day):
            message = f"a rate of {rate.date}, after {day}, the day the facts are read at"
            decoder.report(Code.FUTURE_RATE, message, *at, "date")
        else:
            yield replace(rate, checked=decoder.believed(rate.checked, at))


def _names(aliases: Mapping[str, Sequence[str]], found: Collected) -> dict[str, str]:
    """Ids first, so that no alias can take one; then aliases, each of one model only."""
    names: dict[str, str] = {}
    spellings: list[tuple[str, str, Keys]] = [(name, name, ()) for name in aliases]
    spellings += [(alias, name, ("aliases", i)) for name, own in aliases.items() for i, alias in enumerate(own)]
    for spelling, owner, at in spellings:
        taken = names.setdefault(spelling.casefold(), owner)
        if taken != owner:
            code = Code.DUPLICATE_ALIAS if at else Code.DUPLICATE_ID
            first = found.places.place("models", taken)
            _note(found, code, f"“{spelling}” names the model “{taken}” already, at {first}", owner, at)
    for spelling, owner, at in spellings:
        # A letter of another script in a Latin word is reported whatever other models are called.
        if not spelling.isascii() and not disguised_in(spelling):
            taken = names.get(looks_like(spelling).casefold(), owner)
            if taken != owner:
                message = f"“{spelling}” looks like a name of the model “{taken}”, but its letters are others"
                _note(found, Code.LOOKALIKE, message, owner, at)
    return names


def _note(found: Collected, code: Code, message: str, owner: str, at: Keys) -> None:
    """Note what is wrong with a name of a model, unless its author accepts that."""
    keys = ("models", owner, *at)
    if not found.places.accepts(code, keys):
        found.problems.append(Problem(code, message, found.places.documents["models", owner].place(*keys)))

"""From catalog files to one catalog: the vocabulary first, then the models, then their names."""

from __future__ import annotations

import json
from collections import UserDict
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import disguised_in, looks_like
from sphinx_modelcmp.catalog.checks import check_model, check_tables, last_day
from sphinx_modelcmp.catalog.decode import BUILT_IN, ROWS, TABLES, Collected, Decoder, Provenance
from sphinx_modelcmp.catalog.decode_model import ModelDecoder
from sphinx_modelcmp.catalog.files import SHIPPED, Roots, read_files
from sphinx_modelcmp.catalog.fingerprints import Fingerprints, Named, Outline, fingerprint_of, head_of
from sphinx_modelcmp.catalog.overlays import lay_over
from sphinx_modelcmp.catalog.places import Places
from sphinx_modelcmp.catalog.problems import Code, Demands, Keys, Place, Problem
from sphinx_modelcmp.catalog.records import Catalog, Fact, Model, Rate
from sphinx_modelcmp.catalog.scalars import shorten
from sphinx_modelcmp.catalog.vocabulary import FieldGroup
from sphinx_modelcmp.catalog.yaml.reader import Document, Tree, known_document, read_document

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.records import Route, Source


class FileOutcome(NamedTuple):
    """The outcome of reading one file: enough to read it again without parsing it or decoding its models."""

    top: Tree
    """The top of the file; of its models the ids only."""
    models: str
    """Its models as JSON."""
    outlines: Mapping[str, Outline]
    """Its models, less those that lack what every model needs."""
    problems: tuple[Problem, ...]
    """Problems of its models. Those of its tables are found again every time."""
    accepted: tuple[tuple[Keys, tuple[str, ...]], ...]
    """Findings that the authors of its models accept: see ``Places.accepted``."""
    named: tuple[Named, ...] | None
    """The entries that its models name; None, for all there are, if one is wrong: messages name the nearest."""
    basis: str
    """The fingerprint of everything else that the models were decoded and checked with."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalog, the problems of its files, and the files and folders it was read from."""

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    """In the order of the files, and of the places in a file."""
    files: tuple[Path, ...] = ()
    places: Places = field(default_factory=Places)
    """Places of everything in the catalog; of models whose file was known before, only of the whole model."""
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    """With outcomes of an earlier reading: the outlines of all models."""
    outcomes: Mapping[str, FileOutcome] = field(default_factory=dict)
    """With outcomes of an earlier reading: those of all sound files, by the fingerprint of the file."""


def load_catalog(
    paths: Sequence[Path],
    *,
    roots: Roots | None = None,
    as_of: datetime.date | None = None,
    demands: Demands | None = None,
) -> Loaded:
    """Read files and folders (recursively, in sorted order) into one catalog, and check it.

    ``roots`` are where links may lead (see ``read_files``). ``as_of`` is the day the facts are read at where the
    catalog states none (see ``Catalog.reading_day``). Nothing here raises for the content of a file: a file, a record
    or a fact that is wrong is reported and left out.
    """
    files, problems = read_files(paths, roots)
    loaded = read_catalog(files, as_of=as_of, demands=demands)
    return replace(loaded, problems=(*problems, *loaded.problems))


def read_catalog(
    files: Sequence[CatalogFile],
    *,
    as_of: datetime.date | None = None,
    demands: Demands | None = None,
    known: Mapping[str, FileOutcome] | None = None,
) -> Loaded:
    """As ``load_catalog``, of files whose bytes are here already.

    ``known`` are outcomes of an earlier reading. A file among them is not parsed again, and its models are decoded
    when somebody asks for them. The result is the same; only where a table lacks more than a hundred names, others of
    them may get a hint.
    """
    # So an author's entry counts before the shipped one of its id.
    files = sorted(files, key=lambda file: file.is_shipped)
    found = Collected(shipped=frozenset(file.shown for file in files if file.is_shipped))
    known_here = {file.shown: known[file.fingerprint] for file in files if known and file.fingerprint in known}
    sound = [file for file in files if _add(file, known_here.get(file.shown), found)]
    vocabulary = _decode_tables(found, as_of)
    found.note(check_tables(vocabulary))
    found.problems.extend(_aged(vocabulary, found, demands or Demands(), as_of))
    reader = _ModelReader(found, vocabulary, demands or Demands(), vocabulary.reading_day(as_of))
    # Outlines cost half as much as reading: without an earlier reading nobody asks for them.
    read = {file.document.path: reader.read(file, keep=known is not None) for file in reader.files(known_here)}
    outcomes = {path: outcome for path, outcome in read.items() if outcome}
    outlines = {name: outline for outcome in outcomes.values() for name, outline in outcome.outlines.items()}
    # Of a file that was known there are only outlines, between whose ends the same is told.
    read_now = () if outlines else reader.models.items()
    heads = {name: one[1:-1] for name, one in outlines.items()} | {name: head_of(model) for name, model in read_now}
    _compare_heads(heads, found)
    aliases = {name: head[-1] for name, head in heads.items()}
    spellings = (*aliases, *chain.from_iterable(aliases.values()))
    catalog = replace(
        vocabulary,
        models=reader.models,
        names=_names(aliases, found),
        spellings=spellings,
        shipped=frozenset(name for name in aliases if found.is_shipped("models", name)),
    )
    for name in lay_over(reader.models, catalog, found, catalog.reading_day(as_of), demands or Demands()):
        if outlines:
            outlines[name], _ = reader.fingerprints.outline(reader.models[name])
    order = {file.shown: i for i, file in enumerate(files)}
    return Loaded(
        catalog,
        tuple(sorted(found.problems, key=lambda problem: _order(problem, order))),
        tuple(file.path for file in files),
        found.places,
        outlines,
        {file.fingerprint: outcomes[file.shown] for file in sound if file.shown in outcomes},
    )


def _order(problem: Problem, files: Mapping[str, int]) -> tuple[int, int, int]:
    """By place: problems of a file that was known come in the same order as if it were read."""
    where = problem.where
    return (files.get(where.path, len(files)), where.line, where.column) if where else (len(files), 0, 0)


def _add(file: CatalogFile, known: FileOutcome | None, found: Collected) -> bool:
    """Collect the tables of a file. Returns whether it is sound YAML, and not empty."""
    if known:
        found.add(known_document(file.data, file.shown, known.top))
        return True
    document, problems = read_document(file.data, file.shown)
    found.problems.extend(problems)
    if document and document.root is None:
        found.problems.append(Problem(Code.CATALOG_FILE, "the file is empty", Place(file.shown)))
        return False
    if document:
        found.add(document)
    return not problems


def _decode_tables(found: Collected, as_of: datetime.date | None) -> Catalog:
    """Everything that models refer to."""
    tables: dict[str, Any] = {}
    for table, cls in TABLES.items():
        tables[table] = {}
        for name, raw in found.tables[table].items():
            decoder = Decoder(found.places.documents[table, name], Catalog(), found)
            if table == "fields" and _is_built_in(decoder, name, raw):
                continue
            if record := decoder.record(cls, raw, (table, name)):
                tables[table][name] = record
    _date(tables["sources"], found, as_of)
    header = found.shipped_header | found.header | {"as_of": found.header.get("as_of")}
    catalog = Catalog(**header, **tables, shipped_as_of=found.shipped_header.get("as_of"))
    day = catalog.reading_day(as_of)
    known: dict[Any, Rate] = {}
    rates = [rate for document in found.documents for rate in _rates(Decoder(document, catalog, found), day, known)]
    return replace(catalog, rates=tuple(rates))


def _date(sources: dict[str, Source], found: Collected, as_of: datetime.date | None) -> None:
    """Find the last day on which anything can have been looked up, and drop later ones from the sources."""
    days = {name: source.checked for name, source in sources.items() if source.checked}
    found.last_day = last_day(found.header.get("as_of"), as_of, days.values())
    own = {name: day for name, day in days.items() if not found.is_shipped("sources", name)}
    late = {name: day for name, day in own.items() if found.last_day.objection(day)}
    for name, day in late.items():
        Decoder(found.places.documents["sources", name], Catalog(), found).believed(day, ("sources", name))
        sources[name] = replace(sources[name], checked=None)
    found.last_day = replace(found.last_day, told=tuple(sorted({*late.values()})))


def _aged(vocabulary: Catalog, found: Collected, demands: Demands, as_of: datetime.date | None) -> Iterator[Problem]:
    """The age of the shipped catalog, where a house says when facts are too old. Its facts are not told one by one."""
    made, day, most = vocabulary.shipped_as_of, vocabulary.reading_day(as_of), demands.stale_after
    if made and day and most is not None and (day - made).days > most:
        age = (day - made).days
        message = f"the shipped catalog is of {made}, {age} days before {day}: a newer sphinx-modelcmp has a newer one"
        yield Problem(Code.STALE_FACT, message, Place(SHIPPED))


def _is_built_in(decoder: Decoder, name: str, raw: Any) -> bool:
    if name not in BUILT_IN:
        return False
    if name in ROWS and isinstance(raw, dict) and raw.get("group") != FieldGroup.CAPABILITIES:
        message = f"“{name}” is built in: its label is kept, and the declaration can go"
        decoder.report(Code.BUILT_IN_FIELD, message, "fields", name, key=True)
        return False
    decoder.report(Code.DUPLICATE_ID, f"“{name}” is a built-in field already", "fields", name, key=True)
    return True


def _rates(decoder: Decoder, day: datetime.date | None, known: dict[Any, Rate]) -> Iterator[Rate]:
    """The rates of a file; ``known`` are the first ones of all files for each pair of currencies and day."""
    root = decoder.document.root
    raw = root.get("rates") if isinstance(root, dict) else None
    for i, item in enumerate(decoder.sequence(raw, ("rates",), "`rates`")):
        at = ("rates", i)
        rate = decoder.record(Rate, item, at, whole=True)
        if rate is None or not all(decoder.refers(name, "sources", at) for name in rate.source):
            continue
        if day and rate.date > day:
            message = f"a rate of {rate.date}, after {day}, the day the facts are read at"
            decoder.report(Code.FUTURE_RATE, message, *at, "date")
            continue
        other = known.setdefault((rate.source_currency, rate.target_currency, rate.date), rate)
        if other.rate != rate.rate:
            message = f"{rate.rate} and {other.rate} are rates of one day, so neither is used: leave out the wrong one"
            decoder.report(Code.DUPLICATE_ENTRY, message, *at, "rate")
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


def _compare_heads(heads: Mapping[str, tuple[Any, ...]], found: Collected) -> None:
    """Note models of one name and organization, and successors that lead back to where they began."""
    named: dict[tuple[str, str], str] = {}
    for owner, (name, _, organization, _, _) in heads.items():
        taken = named.setdefault((name.casefold(), organization), owner)
        if organization and taken != owner:
            message = f"“{shorten(name)}” is also the name of the model “{taken}” of the same organization"
            _note(found, Code.DUPLICATE_NAME, message, owner, ("name",))
    successors = {owner: successor for owner, (_, _, _, successor, _) in heads.items() if successor}
    for ring in _rings(successors):
        message = f"the successors lead back to the model: {shorten(' → '.join((*ring, ring[0])))}"
        _note(found, Code.LIFECYCLE, message, ring[0], ("lifecycle", "successor"))


def _rings(successors: Mapping[str, str]) -> Iterator[list[str]]:
    """Each ring of models that succeed one another, from the first one of it."""
    seen: set[str] = set()
    for first in successors:
        path: dict[str, int] = {}
        name = first
        while name in successors and name not in seen:
            seen.add(name)
            path[name] = len(path)
            name = successors[name]
        if name in path:
            yield list(path)[path[name] :]


def _note(found: Collected, code: Code, message: str, owner: str, at: Keys) -> None:
    """Note a problem of a name of a model, unless its author accepts it, or cannot mend it."""
    keys = ("models", owner, *at)
    if not found.is_shipped(*keys) and not found.places.accepts(code, keys):
        found.problems.append(Problem(code, message, found.places.documents["models", owner].place(*keys)))


class LateModels(UserDict[str, Any]):
    """Models by id. One that is not decoded yet is a function, which is called when somebody asks for the model."""

    def __getitem__(self, name: str) -> Model:
        found = self.data[name]
        if isinstance(found, partial):
            found = self.data[name] = found()
        model: Model = found
        return model


class _ModelReader:
    """Reads models file by file, once it is known what they can refer to."""

    def __init__(self, found: Collected, vocabulary: Catalog, demands: Demands, day: datetime.date | None) -> None:
        self._found = found
        self._vocabulary = vocabulary
        self._demands = demands
        self._day = day
        self._ids = found.tables["models"]
        self.fingerprints = Fingerprints(vocabulary, self._ids)
        self.models = LateModels()
        """The models of the files that were read, less those that lack what every model needs."""

    def files(self, known: Mapping[str, FileOutcome]) -> Iterator[_ModelFile]:
        """Every file with the models that it is the first to define. ``known`` are outcomes by path."""
        own: dict[str, list[str]] = {document.path: [] for document in self._found.documents}
        for name in self._ids:
            own[self._found.places.documents["models", name].path].append(name)
        for document in self._found.documents:
            top = document.root if isinstance(document.root, dict) else {}
            outer = Decoder(document, self._vocabulary, self._found).provenance(top, (), Provenance())
            is_shipped = document.path in self._found.shipped
            yield _ModelFile(document, top, own[document.path], outer, known.get(document.path), is_shipped)

    def read(self, file: _ModelFile, *, keep: bool) -> FileOutcome | None:
        """Add the models of a file. They are decoded now only if its outcome is not known, or no longer true.

        Returns the outcome, if it is to be kept.
        """
        outcome = file.known
        if not outcome or outcome.basis != self._basis(file, outcome.named):
            before = len(self._found.problems), len(self._found.places.accepted)
            self._read_now(file)
            return self._outcome(file, *before) if keep else None
        self._found.problems.extend(outcome.problems)
        self._found.places.accepted.update((keys, frozenset(codes)) for keys, codes in outcome.accepted)
        self.models.update((name, partial(self._decode, file, name)) for name in outcome.outlines)
        return outcome

    def _read_now(self, file: _ModelFile) -> None:
        found, last = self._found, self._found.last_day.day
        decoder = ModelDecoder(file.document, self._vocabulary, found, self._ids)
        for name in file.ids:
            if model := decoder.model(name, file.raws[name], file.outer):
                found.note(check_model(model, self._vocabulary, self._day, last, self._demands, found.accepts))
                self.models[name] = self._in_own_currency(file, model)

    def _in_own_currency(self, file: _ModelFile, model: Model) -> Model:
        """A model whose prices have the currency of its catalog: a house's own is not that of the shipped prices."""
        currency = self._found.shipped_header.get("currency", self._vocabulary.currency)
        if not file.is_shipped or currency == self._vocabulary.currency:
            return model
        routes = [replace(said, value=said.value and _priced(said.value, currency)) for said in model.routes.readings]
        return replace(model, routes=Fact.of(routes))

    def _outcome(self, file: _ModelFile, before: int, accepted_before: int) -> FileOutcome:
        """The outcome of a file that was read. Problems and accepted findings from these positions on are its own."""
        problems, accepted = self._found.problems, self._found.places.accepted
        outlines: dict[str, Outline] = {}
        named: set[Named] = set()
        for name in filter(self.models.__contains__, file.ids):
            outlines[name], entries = self.fingerprints.outline(self.models[name])
            named.update(entries)
        rests_on = tuple(sorted(named)) if len(problems) == before else None
        return FileOutcome(
            top={**file.top, "models": dict.fromkeys(file.raws)} if file.raws else file.document.root,
            models=json.dumps(file.raws, separators=(",", ":")),
            outlines=outlines,
            problems=tuple(problems[before:]),
            accepted=tuple((keys, tuple(codes)) for keys, codes in islice(accepted.items(), accepted_before, None)),
            named=rests_on,
            basis=self._basis(file, rests_on),
        )

    def _basis(self, file: _ModelFile, named: Iterable[Named] | None) -> str:
        demands, last_day, currency = self._demands, self._found.last_day, self._vocabulary.currency
        asked = (self._day, demands.stale_after, sorted(demands.sources), demands.conflicts, last_day, currency)
        return fingerprint_of((*asked, file.ids, file.outer, self.fingerprints.entries(named)))

    def _decode(self, file: _ModelFile, name: str) -> Model:
        model = self._quiet[file.is_shipped].model(name, file.raws[name], file.outer)
        assert model  # noqa: S101 - only models that can be decoded have an outline
        return self._in_own_currency(file, model)

    @cached_property
    def _quiet(self) -> tuple[ModelDecoder, ModelDecoder]:
        """Decoders whose problems are known already, with their places: of an author's models, and of shipped ones."""
        found = (Collected(last_day=self._found.last_day), Collected(shipped=frozenset(("",))))
        ours, shipped = (ModelDecoder(Document("", None), self._vocabulary, one, self._ids) for one in found)
        return ours, shipped


def _priced(routes: Iterable[Route], currency: str) -> tuple[Route, ...]:
    return tuple(replace(route, currency=route.currency or currency) for route in routes)


@dataclass(frozen=True)
class _ModelFile:
    """A file, the models that it is the first to define, and what these inherit from its top."""

    document: Document
    top: Mapping[str, Any]
    ids: list[str]
    outer: Provenance
    known: FileOutcome | None
    is_shipped: bool = False

    @cached_property
    def raws(self) -> Mapping[str, Any]:
        """All models as the file writes them."""
        models = json.loads(self.known.models) if self.known else self.top.get("models")
        return models if isinstance(models, dict) else {}

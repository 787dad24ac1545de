"""One file's tree to records, piece by piece: what is wrong is reported and left out, the rest serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sphinx_modelcmp.catalog.checks import LastDay
from sphinx_modelcmp.catalog.commonmark import lost_in
from sphinx_modelcmp.catalog.fields import Record, cached, fields_of, kind_of, noun, read_fields, written
from sphinx_modelcmp.catalog.places import AnyDocument, Keys, Places
from sphinx_modelcmp.catalog.problems import CHECKS, Code, Hints, Problem, our_word
from sphinx_modelcmp.catalog.records import (
    UNKNOWN,
    Benchmark,
    Catalog,
    Fact,
    HouseField,
    License,
    Model,
    Organization,
    Provider,
    Reading,
    Source,
    Traffic,
    read_parameters,
)
from sphinx_modelcmp.catalog.scalars import (
    Flaw,
    ReadError,
    has_markup,
    read_currency,
    read_day,
    read_id,
    read_list,
    read_prose,
    read_text,
    shorten,
)
from sphinx_modelcmp.catalog.vocabulary import (
    CAPABILITIES,
    COMPUTED_ROWS,
    PRICE_COMPONENTS,
    STATE_WORDS,
    SourceKind,
    State,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Mapping, Set
    from typing import TypeAlias

    from sphinx_modelcmp.catalog.fields import Reader
    from sphinx_modelcmp.catalog.places import Finding

    ReadValue: TypeAlias = Callable[[Any, Keys, "Provenance"], Any]
    """Reads a value at a path, with what it inherits; None, and a problem, where it cannot be read."""

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Reading[Any])

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

_BESIDE = ("source", "checked", "note", "accept")
LONG_FORM = frozenset(("value", "values", *_BESIDE))
_CONFLICT = LONG_FORM - {"value"}
_TRUST = {kind: rank for rank, kind in enumerate(SourceKind)}
_REFERENCES = frozenset(("organization", "provider", "license", "benchmark"))
_PRICED = frozenset(("prices", *PRICE_COMPONENTS))
_BLOCKS: Mapping[str, Collection[str]] = {
    "capabilities": CAPABILITIES,
    "lifecycle": ("status", "deprecated", "shutdown", "successor"),
    "prices": PRICE_COMPONENTS,
    "routes": ("provider", "providers", "region"),
}
"""The block of a record to the keys that authors write beside it instead of in it."""


class Provenance(NamedTuple):
    """The source and the checked day that what stands inside inherits."""

    source: tuple[str, ...] = ()
    checked: datetime.date | None = None


_NOWHERE = Provenance()


@dataclass(slots=True)
class Decoder:
    """Reads the pieces of one document, with the catalog's vocabulary at hand."""

    document: AnyDocument
    vocabulary: Catalog
    problems: list[Problem]
    places: Places = field(default_factory=Places)
    hint: Hints = field(default_factory=Hints)
    last_day: LastDay = field(default_factory=LastDay)
    # The same few words under the same few sources make most facts of a catalog: each is made once, and shared.
    _facts: dict[tuple[Reader, str | None, Provenance], Fact[Any]] = field(default_factory=dict)
    _sources: dict[str, Provenance] = field(default_factory=dict)
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def report(self, code: Code, message: str, *at: str | int, key: bool = False) -> None:
        """Note a problem at the value, or the key, that stands at a path of keys, unless it is accepted there."""
        if self.places.accepts(code, at):
            return
        place = self.document.key_place if key else self.document.place
        self.problems.append(Problem(code, message, place(*at)))

    def mapping(self, raw: Any, at: Keys, what: str) -> Mapping[str, Any]:
        """The value as a mapping; an empty one, and a problem, where it is something else."""
        if isinstance(raw, dict):
            return raw
        if not is_silent(raw):
            # A file that is no catalog may be anything, also a secret in the log of a public build.
            found = kind_of(raw) if at or isinstance(raw, list) else "a text"
            self.report(Code.VALUE, f"{what} is a mapping, not {found}", *at)
        return {}

    def sequence(self, raw: Any, at: Keys, what: str) -> list[Any]:
        """The value as a list; an empty one, and a problem, where it is something else."""
        if isinstance(raw, list):
            return raw
        if not is_silent(raw):
            self.report(Code.VALUE, f"{what} is a list, not {kind_of(raw)}", *at)
        return []

    def record(self, cls: type[R], raw: Any, at: Keys, *, whole: bool = False, names: Iterable[str] = ()) -> R | None:
        """A record, without the keys that are wrong.

        ``whole`` leaves out the whole record for one wrong key: for a price or a result, where the key may be
        the very condition that it holds under. ``names`` are keys that the author may write beside the fields.
        """
        known = written(cls)
        values = self.mapping(raw, at, noun(cls))
        if raw is not None and not isinstance(raw, dict):
            return None
        # A key without a value is as good as an absent one, unless there is no such key.
        values = {key: value for key, value in values.items() if value is not None or key not in known}
        if "accept" in values and "accept" in known:
            values["accept"] = self.accept(values, at)
        found, flaws = read_fields(cls, values)
        self._explain(flaws, at, names)
        needed = {key for key, field in known.items() if field.is_needed}
        if flaws and (whole or not needed.isdisjoint(flaw.at[0] for flaw in flaws)):
            return None
        record = cls(**found)
        if clash := record.clash():
            self._explain([clash], at)
            if not clash.at:
                return None
            record = cls(**{**found, str(clash.at[0]): None})
        return self._named(record, at)

    def _named(self, record: R, at: Keys) -> R:
        for key in _shown_names(type(record)):
            self.note_markup(getattr(record, key), (*at, key))
        for key in _prose_names(type(record)):
            self._note_lost(getattr(record, key), (*at, key))
        return record

    def note_markup(self, name: str | None, at: Keys) -> None:
        """Say so where a name holds markup, which is shown and never followed."""
        if name and has_markup(name):
            self.report(Code.MARKUP, f"markup in “{shorten(name)}” has no effect", *at)

    def prose(self, raw: Any, at: Keys) -> str | None:
        """CommonMark, or None where nothing is given or it cannot be read."""
        text: str | None = self.optional(read_prose, raw, at)
        self._note_lost(text, at)
        return text

    def _note_lost(self, prose: str | None, at: Keys) -> None:
        """Say so where a page shows less of a text than its words."""
        if prose and (lost := lost_in(prose)):
            self.report(Code.MARKUP, f"in “{shorten(prose)}” {lost}", *at)

    def accept(self, raw: Mapping[str, Any], at: Keys) -> tuple[str, ...]:
        """The findings that a record acknowledges. Without a note, or of a check that does not exist, none of them."""
        if is_silent(raw.get("accept")):
            return ()
        inside = (*at, "accept")
        names = read_list(raw["accept"])
        if not isinstance(names, list | tuple):
            self.report(Code.ACCEPT, "`accept` is the name of a check, or a list of them", *inside)
            return ()
        if is_silent(raw.get("note")):
            self.report(Code.ACCEPT, "`accept` needs a `note` beside it that says why", *inside)
            return ()
        checks = {code.slug for code in CHECKS}
        for i, name in enumerate(names):
            if name not in checks:
                hint = self.hint(str(name), checks)
                self.report(Code.ACCEPT, f"no check “{shorten(name)}” that can be accepted{hint}", *inside, i)
        known = tuple(name for name in names if name in checks)
        self.places.accepted[at] = frozenset(known)
        return known

    def provenance(self, raw: Mapping[str, Any], at: Keys, outer: Provenance) -> Provenance:
        """What a level states of source and day, over what it inherits.

        A level that names a source brings that source's own day with it rather than an outer level's; if the catalog
        does not define that source, what it stands with has none rather than another.
        """
        said, day = raw.get("source"), raw.get("checked")
        if said is not None:
            outer = self._from(said, (*at, "source"))
        if day is not None:
            return Provenance(
                outer.source, self.believed(self.scalar(read_day, day, (*at, "checked")), at) or outer.checked
            )
        return outer

    def believed(self, checked: datetime.date | None, at: Keys) -> datetime.date | None:
        """A day on which something was looked up; None, and a problem, where it has not come yet."""
        if checked is None or not (objection := self.last_day.objection(checked)):
            return checked
        if checked not in self.last_day.told:
            self.report(Code.FUTURE_CHECK, objection, *at, "checked")
        return None

    def _from(self, said: Any, at: Keys) -> Provenance:
        """What comes with the sources that are named."""
        known = self._sources.get(said) if isinstance(said, str) else None
        if known is None:
            source = self.sources(said, at)
            days = (self.vocabulary.sources[name].checked for name in source)
            known = Provenance(source, max(filter(None, days), default=None))
            if isinstance(said, str) and source:
                self._sources[said] = known
        return known

    def sources(self, raw: Any, at: Keys) -> tuple[str, ...]:
        """Ids of sources; those that the catalog does not define are reported and left out."""
        names = read_list(raw)
        if not isinstance(names, list | tuple):
            self.report(Code.VALUE, "a source is an id or a list of ids", *at)
            return ()
        return tuple(name for name in names if self.refers(name, self.vocabulary.sources, "source", at))

    def scalar(self, read: Reader, raw: Any, at: Keys) -> Any:
        """What a reader makes of what an author wrote, or None with a problem."""
        try:
            return read(raw)
        except ReadError as error:
            self._explain(error.flaws(raw), at)
            return None

    def optional(self, read: Reader, raw: Any, at: Keys) -> Any:
        """As ``scalar``, and None where nothing is given."""
        return None if raw is None else self.scalar(read, raw, at)

    def _name_hint(self, raw: Any, at: Keys) -> str:
        """As ``_by_name``, of what stands at a path and cannot be an id."""
        keys = [key for key in at[-2:] if key in _REFERENCES]
        return self._by_name(raw, str(keys[-1])) if keys else ""

    def refers(self, name: Any, table: Collection[str], what: str, at: Keys) -> bool:
        """Whether an id is defined; a problem that names the nearest where it is not."""
        if isinstance(name, str) and name in table:
            return True
        hint = self._by_name(name, what) or self.hint(str(name), table) or f"; define it under `{what}s`"
        self.report(Code.REFERENCE, f"no {what} “{shorten(name)}” in the catalog{hint}", *at)
        return False

    def _by_name(self, said: Any, what: str) -> str:
        """The end of a message about a reference: the id of what is called so, where a name was written."""
        if what not in self._ids:
            entries = getattr(self.vocabulary, f"{what}s").items()
            shown = "title" if what == "source" else "name"
            self._ids[what] = {getattr(entry, shown).casefold(): name for name, entry in entries}
        found = self._ids[what].get(said.casefold()) if isinstance(said, str) else None
        return f"; did you mean {found}?" if found else ""

    def key_hint(self, key: str, valid: Iterable[str]) -> str:
        """The end of a message about a key that a record does not have: the block that it stands in, or another key."""
        known = frozenset(valid)
        is_price = key in _PRICED or our_word(key, _PRICED)
        if is_price and "prices" not in known and "routes" in known:
            return "; prices stand under `routes`"
        block = next((block for block, keys in _BLOCKS.items() if key in keys and block in known), "")
        return f"; it stands under `{block}`" if block else self.hint(key, known)

    def fact(self, read: Reader, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        """A fact whose value is read by one function."""
        read_value = partial(self._value, read)
        if isinstance(raw, dict | list):
            return self.stated(read_value, raw, at, outer, is_record=read is read_parameters)
        if (fact := self._facts.get((read, raw, outer))) is None:
            fact = self.stated(read_value, raw, at, outer)
            if fact is not UNKNOWN:
                self._facts[read, raw, outer] = fact
        return fact

    def _value(self, read: Reader, raw: Any, at: Keys, _: Provenance) -> Any:
        return self.prose(raw, at) if read is read_prose else self.scalar(read, raw, at)

    def stated(self, read: ReadValue, raw: Any, at: Keys, outer: Provenance, *, is_record: bool = False) -> Fact[Any]:
        """A fact, from a plain value, the long form or the several values of a conflict.

        The keys of a value that ``is_record`` may stand where those of the long form do.
        """
        if isinstance(raw, dict) and "values" in raw:
            return self._disputed(partial(self._reading, Reading, read, is_record=is_record), raw, at, outer)
        return self._reading(Fact, read, raw, at, outer, is_record=is_record) or UNKNOWN

    def _disputed(self, read: ReadValue, raw: Mapping[str, Any], at: Keys, outer: Provenance) -> Fact[Any]:
        """A fact from the several ``values`` of a conflict, each read by ``read``.

        The most trusted reading first; of equally trusted ones, the first written. A note beside ``values`` is about
        all of them.
        """
        self.only(raw, _CONFLICT, at)
        accepted = self.accept(raw, at)
        inner = self.provenance(raw, at, outer)
        note = self.prose(raw.get("note"), (*at, "note"))
        readings: list[tuple[Reading[Any], Keys]] = []
        for i, entry in enumerate(self.sequence(raw["values"], (*at, "values"), "`values`")):
            inside = (*at, "values", i)
            if isinstance(entry, dict) and "values" in entry:
                message = "`values` inside `values`: write its entries a level higher"
                self.report(Code.VALUE, message, *inside, "values", key=True)
                continue
            reading = read(entry, inside, inner)
            if reading and reading.state is not State.UNKNOWN:
                readings.append((reading, inside))
        readings.sort(key=lambda item: self._trust(item[0]))
        if not readings:
            return UNKNOWN
        self.places.readings[at] = tuple(inside for _, inside in readings)
        first, *others = (reading for reading, _ in readings)
        return Fact(
            value=first.value,
            state=first.state,
            source=first.source,
            checked=first.checked,
            note=" ".join(said for said in (first.note, note) if said) or None,
            accept=(*first.accept, *accepted),
            others=tuple(others),
        )

    def _trust(self, reading: Reading[Any]) -> int:
        sources = self.vocabulary.sources
        return min((_TRUST[sources[name].kind] for name in reading.source), default=len(_TRUST))

    def _reading(
        self, cls: type[S], read: ReadValue, raw: Any, at: Keys, outer: Provenance, *, is_record: bool
    ) -> S | None:
        """What one source says: a plain value or the long form. None, and a problem, where it cannot be read."""
        is_long = isinstance(raw, dict) and "value" in raw
        if is_long or (isinstance(raw, dict) and not is_record):
            self.only(raw, LONG_FORM, at)
        given, stated = _split(raw, is_record=is_record)
        if "source" in stated or "checked" in stated:
            outer = self.provenance(stated, at, outer)
        accepted = self.accept(stated, at) if "accept" in stated else ()
        state = _state(given)
        value = read(given, (*at, "value") if is_long else at, outer) if state is State.KNOWN else None
        note = self.prose(stated.get("note"), (*at, "note"))
        is_note_lost = note is None and stated.get("note") is not None
        # A note that cannot be read costs the fact, but not a whole list of routes or prices.
        if (value is None and state is State.KNOWN) or (is_note_lost and not _has_records(value)):
            return None
        source, checked = outer if stated or state is not State.UNKNOWN else _NOWHERE
        return cls(value=value, state=state, source=source, checked=checked, note=note, accept=accepted)

    def only(self, raw: Mapping[str, Any], names: Set[str], at: Keys) -> None:
        """Report the keys of a mapping that it may not have."""
        if raw.keys() <= names:
            return
        for key in (key for key in raw if key not in names):
            self.report(
                Code.UNKNOWN_KEY, f"no key “{shorten(key)}” here{self.key_hint(key, names)}", *at, key, key=True
            )

    def _explain(self, flaws: Iterable[Flaw], at: Keys, names: Iterable[str] = ()) -> None:
        """Report what is wrong with the parts of a value; ``names`` are keys that it may have beside its fields."""
        for flaw in flaws:
            # Authors write the components of a price beside its other keys.
            steps = (*at, *(step for step in flaw.at if step != "components"))
            if flaw.code is Code.UNKNOWN_KEY:
                valid = {*flaw.valid, *(names if len(flaw.at) == 1 else ())}
                hint = self.key_hint(str(flaw.at[-1]), valid)
                self.report(flaw.code, flaw.message + hint, *steps, key=True)
            elif flaw.code is Code.MISSING_KEY:
                self.report(flaw.code, flaw.message, *steps[:-1])
            else:
                hint = self.hint(str(flaw.given), flaw.valid) if flaw.valid else self._name_hint(flaw.given, steps)
                self.report(flaw.code, flaw.message + hint, *steps)


def _split(raw: Any, *, is_record: bool) -> tuple[Any, Mapping[str, Any]]:
    """The value of a long form, and what is stated beside it; ``({…} or a scalar, {})`` of a plain value."""
    if not isinstance(raw, dict):
        return raw, {}
    stated = {key: raw[key] for key in _BESIDE if key in raw}
    if "value" in raw:
        return raw["value"], stated
    own = {key: raw[key] for key in raw if key not in stated} if is_record else {}
    return own or None, stated


def is_silent(raw: Any) -> bool:
    """Whether what stands there says nothing: ``null`` and ``unknown`` are as good as an absent key."""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() == State.UNKNOWN.value)


def _state(value: Any) -> State:
    """The state that a word names, in capitals or not: nobody means a text that reads “Unknown”."""
    if value is None:
        return State.UNKNOWN
    return STATE_WORDS.get(value.strip().lower(), State.KNOWN) if isinstance(value, str) else State.KNOWN


def _has_records(value: Any) -> bool:
    return isinstance(value, tuple) and isinstance(next(iter(value), None), Record)


@cached
def _shown_names(cls: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in ("name", "label", "title") if name in fields_of(cls))


@cached
def _prose_names(cls: type[Record]) -> tuple[str, ...]:
    return tuple(field.name for field in fields_of(cls).values() if field.read is read_prose)


# --- the top of every file, sorted into the tables of the catalog before anything in them is decoded ------------------


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
            elif decoder.scalar(read_id, name, (table, name)) is not None:
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

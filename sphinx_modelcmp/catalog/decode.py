"""One file's tree to records, piece by piece: what is wrong is reported and left out, the rest serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_origin

from sphinx_modelcmp.catalog.checks import LastDay
from sphinx_modelcmp.catalog.commonmark import lost_in
from sphinx_modelcmp.catalog.fields import Record, cached, fields_of, kind_of, noun, read_fields, written
from sphinx_modelcmp.catalog.places import Places
from sphinx_modelcmp.catalog.problems import CHECKS, Code, Hints, Keys, Problem, our_word
from sphinx_modelcmp.catalog.records import FACTS, Catalog, Model
from sphinx_modelcmp.catalog.scalars import (
    Flaw,
    ReadError,
    has_markup,
    is_silent,
    read_currency,
    read_day,
    read_id,
    read_list,
    read_prose,
    read_text,
    shorten,
)
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, COMPUTED_ROWS, PRICE_COMPONENTS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Set

    from sphinx_modelcmp.catalog.fields import Field, Reader
    from sphinx_modelcmp.catalog.places import Finding
    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.catalog.yaml.reader import Document


R = TypeVar("R", bound=Record)

SCHEMA = "1"
TABLES: dict[str, type[Record]] = {
    name: get_args(field.kind)[1]
    for name, field in written(Catalog).items()
    if get_origin(field.kind) is Mapping and name != "models"
}
"""The tables of entries that models refer to."""
HEADER = {"title": read_text, "as_of": read_day, "currency": read_currency}
VERSION = "The version of the format: 1."
INHERITED = {
    "source": "The source of every fact inside that names none: an id, or a list of ids.",
    "checked": "The day every fact inside was last checked, unless the fact names one.",
}
"""Keys that all facts inside inherit."""
OVERLAYS = "overlays"
ABOUT_OVERLAYS = "Facts of a house's own on models that other files define, by the id of the model."
TOP_LEVEL = ("catalog", *TABLES, "rates", "models", OVERLAYS, *INHERITED)
BUILT_IN = frozenset((*CAPABILITIES, *COMPUTED_ROWS, *written(Model), *INHERITED))
"""Names that are taken."""
ROWS = frozenset(name for name, about in FACTS.items() if about.is_row)
"""Those that a field of the house may have all the same: once it was a row of its own, now it is a label for ours."""

_SHOWN = frozenset(("name", "label", "title"))
_REFERENCES = frozenset(("organization", "provider", "license", "benchmark"))
_PRICED = frozenset(("prices", *PRICE_COMPONENTS))
_BLOCKS: Mapping[str, Collection[str]] = {
    "capabilities": CAPABILITIES,
    "lifecycle": ("status", "deprecated", "shutdown", "successor"),
    "prices": PRICE_COMPONENTS,
    "routes": ("provider", "providers", "region"),
}
"""The block of a record to the keys that authors write next to it instead of in it."""


class Provenance(NamedTuple):
    """The source and the checked day that facts inside a level inherit."""

    source: tuple[str, ...] = ()
    checked: datetime.date | None = None


@dataclass(slots=True)
class Decoder:
    """Reads the pieces of one document, with the catalog's vocabulary at hand."""

    document: Document
    vocabulary: Catalog
    found: Collected
    """It gets the problems, and what the records do not tell of their places."""
    models: Collection[str] = ()
    """The ids of the models of all files."""
    _sources: dict[str, Provenance] = field(default_factory=dict)
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def report(self, code: Code, message: str, *at: str | int, key: bool = False) -> None:
        """Note a problem at the value, or the key, at a path of keys, unless it is accepted there."""
        if not self.found.places.accepts(code, at):
            place = self.document.key_place if key else self.document.place
            self.found.problems.append(Problem(code, message, place(*at)))

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

    def record(
        self,
        cls: type[R],
        raw: Any,
        at: Keys,
        outer: Provenance | None = None,
        *,
        whole: bool = False,
        names: Iterable[str] = (),
    ) -> R | None:
        """A record, without the keys that are wrong; ``outer`` is what it inherits, if it names its own sources.

        ``whole`` leaves out the whole record for one wrong key: for a price or a result, where the key may be
        the very condition under which it applies. ``names`` are keys that the author may write as well.
        """
        known = written(cls)
        values = {**self.mapping(raw, at, noun(cls))}
        if raw is not None and not isinstance(raw, dict):
            return None
        if "accept" in values and "accept" in known:
            values["accept"] = self.accept(values, at)
        if outer is not None:
            values["source"], values["checked"] = self.provenance(values, at, outer)
        found, flaws = read_fields(cls, values)
        self._explain(flaws, at, names)
        needed = {key for key, field in known.items() if field.is_needed}
        if flaws and (whole or not needed.isdisjoint(flaw.at[0] for flaw in flaws)):
            return None
        return self._built(cls, found, at)

    def _built(self, cls: type[R], values: dict[str, Any], at: Keys) -> R | None:
        """The record of values that are right one by one, less those that clash or refer to nothing."""
        record = cls(**values)
        left_out = []
        if clash := record.clash():
            self._explain([clash], at)
            if not clash.at:
                return None
            left_out.append(clash.at[0])
        for key, known in _looked_at(cls):
            value = values.get(known.name)
            if value and not self._fits(known, value, (*at, key)):
                if known.is_needed:
                    return None
                left_out.append(known.name)
        defaults = {str(name): written(cls)[str(name)].default for name in left_out}
        return replace(record, **defaults) if left_out else record  # type: ignore[type-var]

    def _fits(self, known: Field, value: Any, at: Keys) -> bool:
        """True unless it is an id that its table lacks. Markup that no page shows is reported."""
        if known.key in _SHOWN:
            self.note_markup(value, at)
        elif known.read is read_prose:
            self._note_lost(value, at)
        return not known.table or self.refers(value, known.table, at)

    def note_markup(self, name: str | None, at: Keys) -> None:
        """Report markup in a name, which is shown and never followed."""
        if name and has_markup(name):
            self.report(Code.MARKUP, f"markup in “{shorten(name)}” has no effect", *at)

    def prose(self, raw: Any, at: Keys) -> str | None:
        """CommonMark, or None where nothing is given or it cannot be read."""
        text: str | None = None if is_silent(raw) else self.scalar(read_prose, raw, at)
        self._note_lost(text, at)
        return text

    def _note_lost(self, prose: str | None, at: Keys) -> None:
        """Report a text of which a page shows less than its words."""
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
                hint = self.found.hints(str(name), checks)
                self.report(Code.ACCEPT, f"no check “{shorten(name)}” that can be accepted{hint}", *inside, i)
        known = tuple(name for name in names if name in checks)
        self.found.places.accepted[at] = frozenset(known)
        return known

    def provenance(self, raw: Mapping[str, Any], at: Keys, outer: Provenance) -> Provenance:
        """The source and the day of a level, over those that it inherits.

        A level that names a source brings that source's own day with it rather than an outer level's; if the catalog
        does not define that source, there is no day rather than another.
        """
        said, day = raw.get("source"), raw.get("checked")
        if said is not None:
            outer = self._from(said, (*at, "source"))
        own = None if day is None else self.believed(self.scalar(read_day, day, (*at, "checked")), at)
        return Provenance(outer.source, own) if own else outer

    def believed(self, checked: datetime.date | None, at: Keys) -> datetime.date | None:
        """A day on which something was looked up; None, and a problem, where it has not come yet."""
        if checked is None or not (objection := self.found.last_day.objection(checked)):
            return checked
        if self.document.path in self.found.shipped:
            return checked
        if checked not in self.found.last_day.told:
            self.report(Code.FUTURE_CHECK, objection, *at, "checked")
        return None

    def _from(self, said: Any, at: Keys) -> Provenance:
        """The named sources, and the last day they were checked."""
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
        return tuple(name for name in names if self.refers(name, "sources", at))

    def scalar(self, read: Reader, raw: Any, at: Keys) -> Any:
        """The value that a reader makes of a raw one, or None with a problem."""
        try:
            return read(raw)
        except ReadError as error:
            self._explain(error.flaws(raw), at)
            return None

    def _name_hint(self, raw: Any, at: Keys) -> str:
        """As ``_by_name``, for a value at a path that cannot be an id."""
        keys = [key for key in at[-2:] if key in _REFERENCES]
        return self._by_name(raw, str(keys[-1])) if keys else ""

    def refers(self, name: Any, table: str, at: Keys) -> bool:
        """True if an id is defined in a table; else False, and a problem that names the nearest."""
        ids: Collection[str] = self.models if table == "models" else getattr(self.vocabulary, table)
        if isinstance(name, str) and name in ids:
            return True
        what = table.removesuffix("s")
        hint = self._by_name(name, what) or self.found.hints(str(name), ids) or f"; define it under `{table}`"
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
        """The end of a message about an unknown key: the block that it belongs to, or another key."""
        known = frozenset(valid)
        is_price = key in _PRICED or our_word(key, _PRICED)
        if is_price and "prices" not in known and "routes" in known:
            return "; prices stand under `routes`"
        block = next((block for block, keys in _BLOCKS.items() if key in keys and block in known), "")
        return f"; it stands under `{block}`" if block else self.found.hints(key, known)

    def only(self, raw: Mapping[str, Any], names: Set[str], at: Keys) -> None:
        """Report the keys of a mapping that it may not have."""
        for key in (key for key in raw if key not in names):
            message = f"no key “{shorten(key)}” here{self.key_hint(key, names)}"
            self.report(Code.UNKNOWN_KEY, message, *at, key, key=True)

    def _explain(self, flaws: Iterable[Flaw], at: Keys, names: Iterable[str] = ()) -> None:
        """Report the flaws of a value; ``names`` are keys that it may have in addition to its fields."""
        for flaw in flaws:
            # Authors write the components of a price among its other keys.
            steps = (*at, *(step for step in flaw.at if step != "components"))
            if flaw.code is Code.UNKNOWN_KEY:
                valid = {*flaw.valid, *(names if len(flaw.at) == 1 else ())}
                hint = self.key_hint(str(flaw.at[-1]), valid)
                self.report(flaw.code, flaw.message + hint, *steps, key=True)
            elif flaw.code is Code.MISSING_KEY:
                self.report(flaw.code, flaw.message, *steps[:-1])
            else:
                hint = (
                    self.found.hints(str(flaw.given), flaw.valid) if flaw.valid else self._name_hint(flaw.given, steps)
                )
                self.report(flaw.code, flaw.message + hint, *steps)


@cached
def _looked_at(cls: type[Record]) -> list[tuple[str, Field]]:
    """The fields whose values are looked at once they are read."""
    return [item for item in written(cls).items() if item[0] in _SHOWN or item[1].read is read_prose or item[1].table]


# --- the top of every file, sorted into the tables of the catalog before anything in them is decoded ------------------


@dataclass(slots=True)
class Collected:
    """The tables of all files, before anything in them is decoded."""

    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {name: {} for name in (*TABLES, "models", OVERLAYS)}
    )
    """The entries of each as they are written; ``places`` has the file of each."""
    header: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    hints: Hints = field(default_factory=Hints)
    last_day: LastDay = field(default_factory=LastDay)
    """Once the sources are read: the last day on which anything can have been looked up."""
    shipped: frozenset[str] = frozenset()
    """The paths of the files that come with this package. They are added last."""
    shipped_header: dict[str, Any] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Sort one file's top level into the tables; the first definition of an id counts."""
        self.documents.append(document)
        decoder = Decoder(document, Catalog(), self)
        for key, raw in decoder.mapping(document.root, (), "a catalog file").items():
            if key == "catalog":
                self._header(decoder, decoder.mapping(raw, (key,), "`catalog`"))
            elif key in self.tables:
                self._table(decoder, key, raw)
            elif key not in TOP_LEVEL:
                hint = self._top_hint(key)
                decoder.report(Code.UNKNOWN_KEY, f"no key “{shorten(key)}” at the top of a file{hint}", key, key=True)

    def _top_hint(self, key: str) -> str:
        """The end of a message about an unknown key at the top of a file."""
        if key in HEADER or key == "schema":
            return "; it stands under `catalog`"
        near = self.hints(key, TOP_LEVEL)
        is_of_model = key in fields_of(Model) or key in CAPABILITIES
        return near or ("; it stands under `models`, below the id of a model" if is_of_model else "")

    def note(self, findings: Iterable[Finding]) -> None:
        """Note the findings of checks as problems, less those that are accepted where they are, or shipped."""
        for code, message, at, group in findings:
            if not self.is_shipped(*at) and not self.accepts(code, at):
                self.problems.append(Problem(code, message, self.places.place(*at), group))

    def accepts(self, code: Code, at: Keys) -> bool:
        """True if a finding at a path is accepted there."""
        return self.places.accepts(code, self.places.keys(*at))

    def is_shipped(self, *at: str | int) -> bool:
        """True if an entry of a table, or what is in it, comes with this package."""
        document = self.places.documents.get((str(at[0]), str(at[1]))) if len(at) > 1 else None
        return document is not None and document.path in self.shipped

    def _table(self, decoder: Decoder, table: str, raw: Any) -> None:
        entries = self.tables[table]
        is_shipped = decoder.document.path in self.shipped
        for name, value in decoder.mapping(raw, (table,), f"`{table}`").items():
            if name in entries and is_shipped:
                self._replaced(table, name)
            elif name in entries:
                first = self.places.documents[table, name].key_place(table, name)
                message = f"“{name}” of `{table}` is defined already, at {first}"
                decoder.report(Code.DUPLICATE_ID, message, table, name, key=True)
            elif decoder.scalar(read_id, name, (table, name)) is not None:
                entries[name] = value
                self.places.documents[table, name] = decoder.document

    def _replaced(self, table: str, name: str) -> None:
        """Tell an author of a model that the shipped one of its id does not count; of the vocabulary that is plain."""
        if table == "models":
            message = f"“{name}” takes the place of the shipped model of that id, with all its facts"
            self.problems.append(Problem(Code.SHIPPED_MODEL, message, self.places.place(table, name)))

    def _header(self, decoder: Decoder, raw: Any) -> None:
        header = self.shipped_header if decoder.document.path in self.shipped else self.header
        for key, value in raw.items():
            at = ("catalog", key)
            if key == "schema":
                if value != SCHEMA:
                    decoder.report(Code.VALUE, f"schema {shorten(value)} is not one that is read here ({SCHEMA})", *at)
            elif key not in HEADER:
                hint = self.hints(key, ("schema", *HEADER))
                decoder.report(Code.UNKNOWN_KEY, f"`catalog` has no key “{shorten(key)}”{hint}", *at, key=True)
            elif key in header:
                message = f"`{key}` of the catalog is set in another file already"
                decoder.report(Code.DUPLICATE_KEY, message, *at, key=True)
            elif value is not None and (read := decoder.scalar(HEADER[key], value, at)) is not None:
                header[key] = read

"""One file's tree to records, piece by piece: what is wrong is reported and left out, the rest serves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, PlainValidator, ValidationError

from sphinx_modelcmp.catalog.commonmark import lost_in
from sphinx_modelcmp.catalog.days import LastDay
from sphinx_modelcmp.catalog.nearest import our_word
from sphinx_modelcmp.catalog.places import Places
from sphinx_modelcmp.catalog.problems import CHECKS, Code, Hints, Problem
from sphinx_modelcmp.catalog.records import Catalog, Fact, Reading, Record
from sphinx_modelcmp.catalog.scalars import has_markup, read_day, read_id, read_list, read_prose, shorten
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, STATE_WORDS, SourceKind, State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Mapping, Set

    from pydantic_core import ErrorDetails, PydanticCustomError

    from sphinx_modelcmp.catalog.yaml.reader import Document, Keys


R = TypeVar("R", bound=Record)

_CODES = {code.slug: code for code in Code}
_BESIDE = ("source", "checked", "note", "accept")
LONG_FORM = frozenset(("value", "values", *_BESIDE))
_UNKNOWN = State.UNKNOWN.value
_CONFLICT = LONG_FORM - {"value"}
_TRUST = {kind: rank for rank, kind in enumerate(SourceKind)}
_READING = tuple(Reading.model_fields)
_REFERENCES = frozenset(("organization", "provider", "license", "benchmark"))
_PRICED = frozenset(("prices", *PRICE_COMPONENTS))
_BLOCKS: Mapping[str, Collection[str]] = {
    "capabilities": CAPABILITIES,
    "lifecycle": ("status", "deprecated", "shutdown", "successor"),
    "prices": PRICE_COMPONENTS,
    "routes": ("provider", "providers", "region"),
}
"""The block of a record to the keys that authors write beside it instead of in it."""
_SHAPES = {
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "mapping_type": "expected a mapping",
    "model_type": "expected a mapping",
    "model_attributes_type": "expected a mapping",
}


class Provenance(NamedTuple):
    """The source and the checked day that what stands inside inherits."""

    source: tuple[str, ...] = ()
    checked: datetime.date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """How the facts of one kind are read."""

    fact: type[Fact[Any]]
    """What is made of one."""
    reading: type[Reading[Any]]
    """What is made of each of several values."""
    read: Callable[..., Any] | None
    """Reads the value; None where that is left to pydantic."""
    is_record: bool = False
    """Whether the value is a record, so that its keys may stand where those of the long form do."""

    @classmethod
    def of(cls, fact: Any) -> Kind:
        """As the class of a fact has it: a subclass of ``Fact``."""
        reading = get_args(fact.model_fields["others"].annotation)[0]
        annotation = fact.model_fields["value"].annotation
        if _inner_record(annotation):
            return cls(fact, reading, None, is_record=True)
        return cls(fact, reading, next(iter(_readers(annotation)), None))


class Decoder:
    """Reads the pieces of one document, with the catalog's vocabulary at hand."""

    def __init__(
        self,
        document: Document,
        vocabulary: Catalog,
        problems: list[Problem],
        places: Places | None = None,
        hints: Hints | None = None,
        last_day: LastDay | None = None,
    ) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.problems = problems
        self.places = places or Places()
        self.hint = hints or Hints()
        self.last_day = last_day or LastDay()
        # The same few words under the same few sources make most facts of a catalog: each is made once, and shared.
        self._facts: dict[tuple[Kind, str | None, Provenance], Fact[Any]] = {}
        self._sources: dict[str, Provenance] = {}
        self._ids: dict[str, dict[str, str]] = {}

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
            found = _kind_of(raw) if at or isinstance(raw, list) else "a text"
            self.report(Code.VALUE, f"{what} is a mapping, not {found}", *at)
        return {}

    def sequence(self, raw: Any, at: Keys, what: str) -> list[Any]:
        """The value as a list; an empty one, and a problem, where it is something else."""
        if isinstance(raw, list):
            return raw
        if not is_silent(raw):
            self.report(Code.VALUE, f"{what} is a list, not {_kind_of(raw)}", *at)
        return []

    def record(self, cls: type[R], raw: Any, at: Keys, *, whole: bool = False, names: Iterable[str] = ()) -> R | None:
        """A record, without the keys that are wrong.

        ``whole`` leaves out the whole record for one wrong key: for a price or a result, where the key may be
        the very condition that it holds under. ``names`` are keys that the author may write beside the fields.
        """
        written = _written(cls)
        # A key without a value is as good as an absent one, unless there is no such key.
        values = self.mapping(raw, at, _noun(cls))
        if raw is not None and not isinstance(raw, dict):
            return None
        if None in values.values():
            values = {key: value for key, value in values.items() if value is not None or key not in written}
        if "accept" in values and "accept" in written:
            values = {**values, "accept": self.accept(values, at)}
        while True:
            try:
                return self._named(cls.model_validate(values), at)
            except ValidationError as error:
                self._explain(cls, error, at, names)
                wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
                if whole or not wrong or not wrong <= values.keys() or _required(cls) & wrong:
                    return None
                values = {key: value for key, value in values.items() if key not in wrong}

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
            return Provenance(outer.source, self.believed(self.day(day, (*at, "checked")), at) or outer.checked)
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
            known = Provenance(source, self._source_day(source))
            if isinstance(said, str) and source:
                self._sources[said] = known
        return known

    def _source_day(self, source: tuple[str, ...]) -> datetime.date | None:
        return max((day for name in source if (day := self.vocabulary.sources[name].checked)), default=None)

    def sources(self, raw: Any, at: Keys) -> tuple[str, ...]:
        """Ids of sources; those that the catalog does not define are reported and left out."""
        names = read_list(raw)
        if not isinstance(names, list | tuple):
            self.report(Code.VALUE, "a source is an id or a list of ids", *at)
            return ()
        return tuple(name for name in names if self.refers(name, self.vocabulary.sources, "source", at))

    def day(self, raw: Any, at: Keys) -> datetime.date | None:
        """A whole date, or None with a problem."""
        day: datetime.date | None = self.scalar(read_day, raw, at)
        return day

    def scalar(self, read: Any, raw: Any, at: Keys) -> Any:
        """What a reader of scalars makes of a text, or None with a problem."""
        # PydanticCustomError is a ValueError that carries the code of the problem as its type.
        try:
            return read(raw)
        except ValueError as error:
            self._custom(error, at, self._name_hint(raw, at))
            return None

    def optional(self, read: Any, raw: Any, at: Keys) -> Any:
        """As ``scalar``, and None where nothing is given."""
        return None if raw is None else self.scalar(read, raw, at)

    def _custom(self, error: ValueError, at: Keys, hint: str) -> None:
        custom: PydanticCustomError = error  # type: ignore[assignment]
        self.report(_CODES[custom.type], custom.message() + hint, *at)

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

    def fact(self, kind: Kind, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        """A fact, from a plain value, the long form or the several values of a conflict."""
        if isinstance(raw, dict) and "values" in raw:
            return self.disputed(kind, raw, at, outer, lambda *entry: self.reading(kind.reading, kind, *entry))
        if isinstance(raw, dict | list):
            return self.reading(kind.fact, kind, raw, at, outer) or kind.fact()
        if (fact := self._facts.get((kind, raw, outer))) is None:
            if (fact := self.reading(kind.fact, kind, raw, at, outer)) is None:
                return kind.fact()
            self._facts[kind, raw, outer] = fact
        return fact

    def disputed(
        self,
        kind: Kind,
        raw: Mapping[str, Any],
        at: Keys,
        outer: Provenance,
        read: Callable[[Any, Keys, Provenance], Reading[Any] | None],
    ) -> Fact[Any]:
        """A fact from the several ``values`` of a conflict, each read by ``read``.

        The most trusted reading first; of equally trusted ones, the first written. A note beside ``values`` is about
        all of them.
        """
        self.only(raw, _CONFLICT, at)
        accepted = self.accept(raw, at)
        inner = self.provenance(raw, at, outer)
        note = self.prose(raw.get("note"), (*at, "note"))
        readings = []
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
            return kind.fact()
        self.places.readings[at] = tuple(inside for _, inside in readings)
        first, *others = (reading for reading, _ in readings)
        stated = {name: getattr(first, name) for name in _READING}
        stated["note"] = " ".join(said for said in (first.note, note) if said) or None
        stated["accept"] = (*first.accept, *accepted)
        return kind.fact.trusted({**stated, "others": tuple(others)})

    def _trust(self, reading: Reading[Any]) -> int:
        sources = self.vocabulary.sources
        return min((_TRUST[sources[name].kind] for name in reading.source), default=len(_TRUST))

    def reading(self, cls: type[R], kind: Kind, raw: Any, at: Keys, outer: Provenance) -> R | None:
        """What one source says: a plain value or the long form. None, and a problem, where it cannot be read."""
        is_long = isinstance(raw, dict) and "value" in raw
        if is_long or (isinstance(raw, dict) and not kind.is_record):
            self.only(raw, LONG_FORM, at)
        value, stated = _split(raw, is_record=kind.is_record)
        if "source" in stated or "checked" in stated:
            outer = self.provenance(stated, at, outer)
        state = _state(value)
        inherits = state is not State.UNKNOWN or stated
        said = {
            "value": value if state is State.KNOWN else None,
            "state": state,
            "source": outer.source if inherits else (),
            "checked": outer.checked if inherits else None,
            "note": stated.get("note"),
            "accept": self.accept(stated, at) if "accept" in stated else (),
        }
        if kind.read or said["value"] is None:
            return self._simple_reading(cls, kind.read, said, at, (*at, "value") if is_long else at)
        try:
            return self._named(cls(**said), at)
        except ValidationError as error:
            self._explain(cls, error, at, (), unwritten=() if is_long else ("value",))
            return None

    def _simple_reading(
        self, cls: type[R], read: Callable[[Any], Any] | None, said: dict[str, Any], at: Keys, inside: Keys
    ) -> R | None:
        """A reading whose value, if it has one, is read by one function. Nothing is left for pydantic to check."""
        value = self.prose(said["value"], inside) if read is read_prose else self.optional(read, said["value"], inside)
        note = self.prose(said["note"], (*at, "note"))
        if (value is None and said["value"] is not None) or (note is None and said["note"] is not None):
            return None
        return cls.trusted({**said, "value": value, "note": note})

    def only(self, raw: Mapping[str, Any], names: Set[str], at: Keys) -> None:
        """Report the keys of a mapping that it may not have."""
        if raw.keys() <= names:
            return
        for key in (key for key in raw if key not in names):
            self.report(
                Code.UNKNOWN_KEY, f"no key “{shorten(key)}” here{self.key_hint(key, names)}", *at, key, key=True
            )

    def _explain(
        self,
        cls: type[Record],
        error: ValidationError,
        at: Keys,
        names: Iterable[str],
        unwritten: Keys = ("components",),
    ) -> None:
        """Report what pydantic found. ``unwritten`` are steps of its paths that stand in our records only."""
        for detail in error.errors(include_url=False):
            loc = detail["loc"]
            steps = tuple(step for step in loc if step not in unwritten)
            if detail["type"] == "extra_forbidden":
                valid = {*_written(_record_at(cls, loc[:-1])), *(names if len(loc) == 1 else ())}
                message = f"no key “{shorten(loc[-1])}” here{self.key_hint(str(loc[-1]), valid)}"
                self.report(Code.UNKNOWN_KEY, message, *at, *steps, key=True)
            elif detail["type"] == "missing":
                self.report(Code.MISSING_KEY, f"{_noun(_record_at(cls, loc[:-1]))} needs `{loc[-1]}`", *at, *steps[:-1])
            else:
                message = self._message(detail) + self._name_hint(detail["input"], (*at, *steps))
                self.report(_CODES.get(detail["type"], Code.VALUE), message, *at, *steps)

    def _message(self, detail: ErrorDetails) -> str:
        if detail["type"] in _CODES:
            return detail["msg"]
        if detail["type"] == "enum":
            words = [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            given = detail["input"]
            return f"“{shorten(given)}” is not one of {', '.join(words)}{self.hint(str(given), words)}"
        if detail["type"] in _SHAPES:
            return f"{_SHAPES[detail['type']]}, found {_kind_of(detail['input'])}"
        return detail["msg"][:1].lower() + detail["msg"][1:]


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
    return raw is None or (isinstance(raw, str) and raw.strip().lower() == _UNKNOWN)


def is_state(raw: Any) -> bool:
    """Whether what stands there is a state in a word, or nothing, rather than a value."""
    return _state(raw) is not State.KNOWN


def _state(value: Any) -> State:
    """The state that a word names, in capitals or not: nobody means a text that reads “Unknown”."""
    if value is None:
        return State.UNKNOWN
    return STATE_WORDS.get(value.strip().lower(), State.KNOWN) if isinstance(value, str) else State.KNOWN


def _kind_of(raw: Any) -> str:
    if isinstance(raw, dict):
        return "a mapping"
    return "a list" if isinstance(raw, list | tuple) else f"“{shorten(raw)}”"


@cache
def _shown_names(cls: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in ("name", "label", "title") if name in cls.model_fields)


@cache
def _prose_names(cls: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in cls.model_fields.items() if read_prose in _readers(field.annotation))


def _readers(annotation: Any) -> list[Callable[..., Any]]:
    """The functions that read the text of an annotated type, be it optional."""
    markers = (marker for arg in get_args(annotation) for marker in getattr(arg, "__metadata__", ()))
    return [marker.func for marker in markers if isinstance(marker, PlainValidator)]


@cache
def _noun(cls: type[BaseModel]) -> str:
    noun = cls.__name__.partition("[")[0].lower()
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


@cache
def _required(cls: type[Record]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in cls.model_fields.items() if field.is_required())


@cache
def _written(cls: type[Record]) -> frozenset[str]:
    """The keys of a record that an author writes."""
    return frozenset(field.alias or name for name, field in cls.written().items())


def _record_at(cls: type[Record], loc: Keys) -> type[Record]:
    """The record that holds the key at the end of an error's path."""
    for step in loc:
        field = next((f for name, f in cls.model_fields.items() if step in {name, f.alias}), None)
        inner = _inner_record(field.annotation) if field else None
        cls = inner or cls
    return cls


def _inner_record(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _inner_record(arg))), None)


def identifier(decoder: Decoder, name: str, at: Keys) -> bool:
    """Whether a key can be an id; a problem where it cannot."""
    return decoder.scalar(read_id, name, at) is not None

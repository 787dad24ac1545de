"""The fields of records, as their declarations have them: how each is read, and its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import cache, partial
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.scalars import Flaw, ReadError, is_silent, shorten

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.problems import Keys

R = TypeVar("R", bound="Record")
F = TypeVar("F", bound=Callable[..., Any])
Reader: TypeAlias = Callable[[Any], Any]

cached = cast("Callable[[F], F]", cache)
"""``cache``, whose own type has no room for classes as arguments."""

SAID = ("source", "checked", "note", "accept")
"""Keys of everything that sources say, which come last."""
_UNSHOWN = frozenset(("accept", "source", "url"))
_UNWRITTEN = frozenset(("value", "house"))
"""Fields that authors do not write as keys: their content is at the place of the record (see ``Places``)."""


class Record:
    """Base of the records: frozen dataclasses. The annotation of a field says how its value is read.

    An annotation that carries a function is read by it; any other by its type. The metadata of a field has its ``key``
    for authors where that is not its name, and the ``table`` of the catalog where it is the id of an entry.
    """

    __slots__ = ()
    derived: ClassVar[frozenset[str]] = frozenset()
    """Fields that the reader fills in. An author does not write them."""

    def clash(self) -> Flaw | None:
        """The flaw of fields that are right one by one, and wrong together."""
        return None


@dataclass(frozen=True, slots=True)
class Before:
    """In an annotation: prepares what an author wrote for the reader of the type."""

    prepare: Reader


@dataclass(frozen=True, slots=True)
class ShortForm:
    """In an annotation: reader of a record that an author may also write as the value of its first field alone."""

    record: type[Record]

    def __call__(self, raw: Any) -> Record:
        """The record."""
        if isinstance(raw, dict):
            return read_record(self.record, raw)
        first = next(iter(fields_of(self.record).values()))
        return self.record(**{first.name: first.read(raw)})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record."""

    name: str
    key: str
    """Its name for authors."""
    kind: Any
    """Its annotation."""
    default: Any
    is_needed: bool
    takes_none: bool
    read: Reader
    table: str = ""
    """The table of the catalog that it is an id of."""


@cached
def fields_of(cls: type) -> Mapping[str, Field]:
    """The fields of a record by their keys, in order."""
    kinds = get_type_hints(cls, include_extras=True)
    ordered = sorted(fields(cls), key=lambda declared: declared.name in SAID)
    return {field.key: field for field in (_field(declared, kinds[declared.name]) for declared in ordered)}


def _field(declared: Any, kind: Any) -> Field:
    default = declared.default
    return Field(
        name=declared.name,
        key=declared.metadata.get("key", declared.name),
        kind=kind,
        default=default,
        is_needed=default is MISSING and declared.default_factory is MISSING,
        takes_none=kind is Any or NoneType in get_args(kind),
        read=reader_of(kind),
        table=declared.metadata.get("table", ""),
    )


@cached
def written(cls: type[Record]) -> Mapping[str, Field]:
    """The fields that an author writes."""
    return {key: field for key, field in fields_of(cls).items() if field.name not in cls.derived}


@cached
def noun(cls: type[Record]) -> str:
    """A record in words."""
    name = cls.__name__.lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


# --- reading ---------------------------------------------------------------------------------------------------------


def reader_of(kind: Any) -> Reader:
    """The reader of an annotated type. A type without a reader passes as it is."""
    for mark in getattr(kind, "__metadata__", ()):
        if callable(mark):
            return cast("Reader", mark)
        if isinstance(mark, Before):
            read = reader_of(kind.__origin__)
            return lambda raw: read(mark.prepare(raw))
    if isinstance(kind, type) and issubclass(kind, Record):
        return partial(read_record, kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(read_word, kind)
    origin, args = get_origin(kind), get_args(kind)
    if origin in {tuple, Mapping}:
        return partial(read_items if origin is tuple else read_table, reader_of(args[origin is not tuple]))
    return reader_of(args[0]) if NoneType in args else as_it_is


def record_of(kind: Any) -> type[Record] | None:
    """The record that values of an annotated type are, if they are one."""
    plain = kind.__origin__ if hasattr(kind, "__metadata__") else kind
    return plain if isinstance(plain, type) and issubclass(plain, Record) else None


def as_it_is(raw: Any) -> Any:
    """The value of a field that the decoder has read already."""
    return raw


def read_word(words: type[Enum], raw: Any) -> Enum:
    """A word of a closed list."""
    valid = [str(word.value) for word in words]
    try:
        return words(raw)
    except ValueError:
        if not isinstance(raw, str):
            raise ReadError(f"expected one of {', '.join(valid)}, found {kind_of(raw)}") from None
        raise ReadError(f"“{shorten(raw)}” is not one of {', '.join(valid)}", valid=valid) from None


def read_items(read: Reader, raw: Any) -> tuple[Any, ...]:
    """A list of values."""
    if not isinstance(raw, list | tuple):
        raise ReadError(f"expected a list, found {kind_of(raw)}")
    return tuple(_each(read, enumerate(raw)).values())


def read_table(read: Reader, raw: Any) -> dict[str, Any]:
    """A mapping of names to values."""
    return _each(read, _mapping(raw).items())


def _each(read: Reader, items: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    found, flaws = {}, []
    for key, raw in items:
        try:
            found[key] = read(raw)
        except ReadError as error:
            flaws += error.flaws(raw, key)
    if flaws:
        raise ReadError(flaws=flaws)
    return found


def read_record(cls: type[R], raw: Any) -> R:
    """A record in a field of another one: whole, or not at all."""
    values, flaws = read_fields(cls, _mapping(raw))
    if flaws:
        raise ReadError(flaws=flaws)
    record = cls(**values)
    if clash := record.clash():
        raise ReadError(flaws=[clash])
    return record


def read_fields(cls: type[Record], raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Flaw]]:
    """The fields of a record that can be read, by their names, and all that is wrong with the others."""
    values: dict[str, Any] = {}
    flaws: list[Flaw] = []
    known = fields_of(cls)
    for key, field in known.items():
        if key not in raw or is_silent(raw[key]):
            if field.is_needed:
                flaws.append(Flaw(f"{noun(cls)} needs `{key}`", Code.MISSING_KEY, (key,)))
            continue
        value = raw[key]
        try:
            values[field.name] = field.read(value)
        except ReadError as error:
            flaws += error.flaws(value, key)
    for key in raw:
        if key not in known:
            flaws.append(Flaw(f"no key “{shorten(key)}” here", Code.UNKNOWN_KEY, (key,), valid=tuple(written(cls))))
    return values, flaws


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ReadError(f"expected a mapping, found {kind_of(raw)}")
    return raw


def kind_of(raw: Any) -> str:
    """The kind of a value that an author wrote, for a message."""
    if isinstance(raw, dict):
        return "a mapping"
    return "a list" if isinstance(raw, list | tuple) else f"“{shorten(raw)}”"


# --- what records say ------------------------------------------------------------------------------------------------


def texts_in(value: Any, at: Keys) -> Iterator[tuple[Keys, str]]:
    """Every text that a page may show of a value at a path, with the path of the text."""
    if isinstance(value, str):
        yield at, value
        return
    for keys, item in _items(value):
        yield from texts_in(item, (*at, *keys))


def _items(value: Any) -> Iterator[tuple[Keys, Any]]:
    """The parts of a record, a table or a list, each with the keys that lead to it."""
    if isinstance(value, Record):
        for key, field in fields_of(type(value)).items():
            if field.name not in _UNSHOWN:
                yield () if field.name in _UNWRITTEN else (key,), getattr(value, field.name)
    elif isinstance(value, Mapping):
        yield from (((name,), item) for name, item in value.items())
    elif isinstance(value, tuple):
        yield from (((i,), item) for i, item in enumerate(value))

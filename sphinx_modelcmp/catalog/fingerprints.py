"""Fingerprints: hashes of all that a page can show of a model, so that what has not changed need not be decoded."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Model

TABLES = ("sources", "organizations", "providers", "licenses", "fields", "benchmarks")
MODELS, RATES = "models", "rates"
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_CURRENCY = re.compile(r"[A-Z]{3}")
_NOT_SHOWN = frozenset(("accept",))

Named = tuple[str, str]
"""A table and the id of an entry in it; for rates, the currency that they convert."""


class Outline(NamedTuple):
    """The parts of a model that pages about other models need, and the fingerprint of the rest."""

    fingerprint: str
    """Covers its facts, and every entry of the vocabulary that they name."""
    name: str
    lang: str
    """The language of the name; empty if it is that of the pages."""
    organization: str
    """The id of its organization; empty if that is not known."""
    successor: str
    """The id of the model to move to; empty if there is none."""
    aliases: tuple[str, ...]
    fields: tuple[str, ...]
    """The house's own rows that it has a value for."""


class Fingerprints:
    """Fingerprints of one catalog. An entry that many models name is hashed once."""

    def __init__(self, vocabulary: Catalog, ids: Collection[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._ids = ids
        self._entries: dict[Named, str] = {}
        self._rated = {rate.source_currency for rate in vocabulary.rates}

    def outline(self, model: Model) -> tuple[Outline, tuple[Named, ...]]:
        """The outline of a model, and the entries that it names."""
        written = json.dumps(model, default=_stated, separators=(",", ":"), ensure_ascii=False, check_circular=False)
        named = tuple(self._named(written))
        fingerprint = fingerprint_of((written, *map(self.entry, named)))
        fields = tuple(name for table, name in named if table == "fields")
        outline = Outline(fingerprint, *head_of(model), fields)
        return outline, (*named, (MODELS, outline.successor)) if outline.successor else named

    def entry(self, entry: Named) -> str:
        """The fingerprint of an entry, empty if there is none; of a model, it covers only the id."""
        if entry not in self._entries:
            found = list(self._read(*entry))
            self._entries[entry] = fingerprint_of(found) if found else ""
        return self._entries[entry]

    def entries(self, named: Iterable[Named] | None) -> str:
        """The fingerprint of several entries; None means all there are."""
        return self._all if named is None else fingerprint_of(map(self.entry, named))

    @cached_property
    def _all(self) -> str:
        tables = {table: getattr(self._vocabulary, table) for table in TABLES}
        tables |= {RATES: self._rated, MODELS: self._ids}
        named = [(table, name) for table, names in tables.items() for name in sorted(names)]
        return fingerprint_of((*entry, self.entry(entry)) for entry in named)

    def _named(self, written: str) -> Iterator[Named]:
        """Every string that is an id as well: more than are meant as one, and never fewer."""
        # Without an escape in it every second piece between quotes is a string, which is found at once.
        strings = set(_STRING.findall(written) if "\\" in written else written.split('"')[1::2])
        for table in TABLES:
            yield from ((table, name) for name in sorted(strings & getattr(self._vocabulary, table).keys()))
        # Also of a currency that nothing converts yet: a rate may come.
        yield from ((RATES, name) for name in sorted(filter(_CURRENCY.fullmatch, strings)))

    def _read(self, table: str, name: str) -> Iterator[Any]:
        if table == MODELS:
            yield from [name] if name in self._ids else []
        elif table != RATES:
            yield from [record] if (record := getattr(self._vocabulary, table).get(name)) else []
        else:
            for rate in (rate for rate in self._vocabulary.rates if rate.source_currency == name):
                yield rate
                yield from (self._vocabulary.sources[source] for source in rate.source)


def head_of(model: Model) -> tuple[str, str, str, str, tuple[str, ...]]:
    """The parts of an outline that the model itself has."""
    successor = model.lifecycle.successor if model.lifecycle else ""
    return model.name, model.lang or "", model.organization.value or "", successor or "", model.aliases


def fingerprint_of(parts: Iterable[Any]) -> str:
    """The hash of some values, by their ``repr``."""
    found = sha256()
    for part in parts:
        found.update(repr(part).encode(errors="surrogateescape"))
        found.update(b"\0")
    return found.hexdigest()


def _stated(value: Any) -> Any:
    """A record as JSON can write it, without the fields that have their defaults; any other value as its text."""
    fields_of = _fields_of(value.__class__)
    if not fields_of:
        return str(value)
    return {name: item for name, default in fields_of if (item := getattr(value, name)) is not default}


@cache
def _fields_of(cls: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a record that a page may show, with their defaults."""
    found = fields(cls) if is_dataclass(cls) else ()
    pairs = [(field.name, field.default) for field in found]
    return tuple((name, default) for name, default in pairs if name not in _NOT_SHOWN)

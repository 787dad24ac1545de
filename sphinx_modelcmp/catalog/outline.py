"""What can be told of a model without reading it again: its names, and a hash of all that a page can show of it."""

from __future__ import annotations

import json
import re
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.fields import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Model

TABLES = ("sources", "organizations", "providers", "licenses", "fields", "benchmarks")
RATES = "rates"
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_CURRENCY = re.compile(r"[A-Z]{3}")

Named = tuple[str, str]
"""A table and the id of an entry in it; for rates, the currency that they convert."""


class Outline(NamedTuple):
    """A model, as far as a page that does not show it needs it, and the hash of what the others show."""

    seal: str
    """The hash of its facts, and of every entry of the vocabulary that they name."""
    name: str
    lang: str
    """The language of the name; empty where it is that of the pages."""
    aliases: tuple[str, ...]
    fields: tuple[str, ...]
    """The house's own rows that it has something in."""
    successor: str
    """The id of the model to move to, if there is one."""


class Outliner:
    """Makes outlines of the models of one catalog; what many models name is hashed once."""

    def __init__(self, vocabulary: Catalog) -> None:
        self.vocabulary = vocabulary
        self._entries: dict[Named, str] = {}
        self._rated = {rate.source_currency for rate in vocabulary.rates}

    def outline(self, model: Model) -> tuple[Outline, tuple[Named, ...]]:
        """The outline of a model, and the entries that it names."""
        # No page shows an alias: what a directive calls a model is looked up before.
        shown = {key: value for key, value in plain(model).items() if key != "aliases"}
        written = json.dumps(shown, default=plain, ensure_ascii=False)
        named = tuple(self._named(written))
        seal = sha256(written.encode(errors="surrogateescape"))
        for entry in named:
            seal.update(self.seal_of(entry).encode())
        fields = tuple(name for table, name in named if table == "fields")
        successor = (model.lifecycle and model.lifecycle.successor) or ""
        return Outline(seal.hexdigest(), model.name, model.lang or "", model.aliases, fields, successor), named

    def seal_of(self, entry: Named) -> str:
        """The hash of an entry; empty where there is none."""
        if entry not in self._entries:
            found = list(self._read(*entry))
            self._entries[entry] = seal_of(found) if found else ""
        return self._entries[entry]

    @cached_property
    def whole(self) -> str:
        """The hash of the whole vocabulary."""
        tables = [sorted(getattr(self.vocabulary, table)) for table in TABLES]
        entries = [(table, name) for table, names in zip(TABLES, tables, strict=True) for name in names]
        named = [*entries, *((RATES, name) for name in sorted(self._rated))]
        return seal_of((*entry, self.seal_of(entry)) for entry in named)

    def _named(self, written: str) -> Iterator[Named]:
        """Every string that is an id as well: more than are meant as one, and never fewer."""
        # Without an escape in it every second piece between quotes is a string, which is found at once.
        strings = set(_STRING.findall(written) if "\\" in written else written.split('"')[1::2])
        for table in TABLES:
            yield from ((table, name) for name in sorted(strings & getattr(self.vocabulary, table).keys()))
        # Also of a currency that nothing converts yet: a rate may come.
        yield from ((RATES, name) for name in sorted(filter(_CURRENCY.fullmatch, strings)))

    def _read(self, table: str, name: str) -> Iterator[Any]:
        if table != RATES:
            yield from [record] if (record := getattr(self.vocabulary, table).get(name)) else []
            return
        for rate in (rate for rate in self.vocabulary.rates if rate.source_currency == name):
            yield rate
            yield from (self.vocabulary.sources[source] for source in rate.source)


def seal_of(parts: Iterable[Any]) -> str:
    """The hash of some values, by what they say of themselves."""
    seal = sha256()
    for part in parts:
        seal.update(repr(part).encode(errors="surrogateescape"))
        seal.update(b"\0")
    return seal.hexdigest()

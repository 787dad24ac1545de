"""The contract of an importer: what it is asked for, the listings that it gives, and the count of what got lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from sphinx_modelcmp.catalog.characters import visible

Raw: TypeAlias = dict[str, Any]
"""A record as its author would write it: strings, whole numbers, ``Decimal``, dates, truths, lists and mappings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One model as a foreign catalog lists it at one place, or without a place."""

    model: str
    """The id that it goes under here."""
    provider: str = ""
    """The id of the place; empty where the listing is of the model itself."""
    id: str = ""
    """Its name at that place."""
    region: str = ""
    by_maker: bool = False
    """Whether the place belongs to the maker of the model: then its word counts."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts of the model, limits among them, by our names."""
    capabilities: Mapping[str, bool] = field(default_factory=dict)
    prices: Sequence[Raw] = ()
    lifecycle: Raw = field(default_factory=dict)
    results: Sequence[Raw] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    """CommonMark shown with the route."""
    remark: str = ""
    """Comment for readers of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Everything that a foreign catalog says, in our words."""

    listings: Sequence[Listing]
    organizations: Mapping[str, Raw] = field(default_factory=dict)
    providers: Mapping[str, Raw] = field(default_factory=dict)
    licenses: Mapping[str, Raw] = field(default_factory=dict)
    benchmarks: Mapping[str, Raw] = field(default_factory=dict)
    fields: Mapping[str, Raw] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, Mapping[str, Raw]]:
        """Entries that models name, by the table of a catalog that they belong to."""
        return {table.name: getattr(self, table.name) for table in fields(self)[1:]}


def known(**values: Any) -> Raw:
    """The values of a record that are known: neither none nor empty."""
    return {name: value for name, value in values.items() if value}


# --- losses --------------------------------------------------------------------------------------------------------

LOSSES = {
    "key": "Keys that are not understood",  # no place in our format, or none that says the same
    "value": "Values not taken",  # placeholders, wrong types, impossible dates
    "changed": "Values taken otherwise",  # not as they are written
}
"""Kinds of losses to their titles in a report, in its order."""


class Lost(NamedTuple):
    """One kind of loss: how often, and the first place of it."""

    kind: str
    what: str
    times: int
    example: str


@dataclass(slots=True)
class Loss:
    """Counts everything that an importer skipped or changed."""

    entries: int = 0
    """Number of entries of the foreign catalog that were read."""
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def key(self, name: str, entry: str) -> None:
        """A key that is not understood, in an entry."""
        self._note("key", name, entry)

    def value(self, why: str, entry: str) -> None:
        """A value that was not taken, and why."""
        self._note("value", why, entry)

    def changed(self, how: str, entry: str) -> None:
        """A value that was taken in another form."""
        self._note("changed", how, entry)

    def _note(self, kind: str, what: str, entry: str) -> None:
        found = kind, visible(str(what))
        self._counts[found] += 1
        self._examples.setdefault(found, visible(str(entry)))

    def __iter__(self) -> Iterator[Lost]:
        """By kind, the most frequent first."""
        order = [*LOSSES]
        found = sorted(self._counts.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1]))
        return (Lost(kind, what, count, self._examples[kind, what]) for (kind, what), count in found)


# --- importers ------------------------------------------------------------------------------------------------------

Track: TypeAlias = Callable[[Collection[Any]], Iterable[Any]]
"""Passes things on one by one, and shows how many are still to come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of a reader."""

    scales: Mapping[str, str] = field(default_factory=dict)
    """Name of a benchmark, in any case, to its scale; ``*`` for all others."""
    mapping: Path | None = None
    """A file that says what the columns of a table are."""
    track: Track = iter
    """Every entry goes through it."""


Reader: TypeAlias = Callable[[Path, Asked, Loss], Foreign]
"""Reads a file or a folder, and counts what it leaves out. For what is unusable it raises ForeignError."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of foreign catalog."""

    name: str
    """Its name on the command line."""
    read: Reader
    title: str
    """Title of the source that facts get."""
    url: str = ""
    """Address of that source."""
    kind: str = "aggregator"
    """Kind of that source."""
    currency: str = "USD"
    """ISO 4217 code for amounts of lines that name none; empty for that of the catalog they come into."""

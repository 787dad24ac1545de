"""The contract of an importer: its options, the listings that it gives, the count of what got lost.

The listings of one model become one record: what all of them say together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import Loaded, read_catalog
from sphinx_modelcmp.catalog.records import LIMITS
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.catalog.yaml.writer import COMMENT, document, flow
from sphinx_modelcmp.importers.model_ids import as_id

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
    """True where the place belongs to the maker of the model: then its word counts."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts of the model, limits among them, by our names."""
    capabilities: Mapping[str, bool] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits at this place alone, which say nothing of the model."""
    prices: Sequence[Raw] = ()
    charges: str = ""
    """``incomplete`` where the place charges for something that no price of ours is for."""
    lifecycle: Raw = field(default_factory=dict)
    """The stage of the model at this place."""
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


# --- records -------------------------------------------------------------------------------------------------------

_NAMED = 3
"""Most places that a note names; beyond that it counts them."""
_NOT_BESIDE = frozenset((*LIMITS, "name"))


def models_of(
    listings: Sequence[Listing],
    chosen: Sequence[bool] | None = None,
    loss: Loss | None = None,
    elsewhere: Raw | None = None,
) -> dict[str, Raw]:
    """A record for each model, by id. A fact is what its maker's listing says, else what all listings say.

    Where these disagree the record has every value, with the places that say so. What other places say beside the
    maker is marked with ``elsewhere``, a source of less weight. Facts come from ``chosen`` listings, and a model
    without one is left out; routes come from all listings.
    """
    found: dict[str, tuple[list[Listing], list[Listing]]] = defaultdict(lambda: ([], []))
    for listing, is_chosen in zip(listings, chosen or [True] * len(listings), strict=True):
        every, wanted = found[listing.model]
        every.append(listing)
        if is_chosen:
            wanted.append(listing)
    loss = loss or Loss()
    return {name: _model(name, *found[name], loss, elsewhere or {}) for name in sorted(found) if found[name][1]}


def _model(name: str, listings: Sequence[Listing], chosen: Sequence[Listing], loss: Loss, elsewhere: Raw) -> Raw:
    trusted = [one for one in chosen if one.by_maker or not one.provider] or chosen
    others = [one for one in chosen if one.provider and not one.by_maker] if trusted is not chosen else []
    # Their limits and capabilities are at their routes.
    beside = [({key: one.facts[key] for key in one.facts if key not in _NOT_BESIDE}, one) for one in others]
    facts = _agreed([(one.facts, one) for one in trusted], beside, elsewhere)
    aliases = dict.fromkeys(alias for one in listings for alias in one.aliases if alias.casefold() != name.casefold())
    blocks = known(
        aliases=list(aliases),
        capabilities=_agreed([(one.capabilities, one) for one in trusted]),
        lifecycle=_lifecycle(trusted, listings),
        routes=[_route(one) for one in _once(listings, loss) if one.provider],
        results=[*{flow(result): result for one in listings for result in one.results}.values()],
    )
    names = _said_by([(one.facts["name"], one.provider, True) for one in trusted if "name" in one.facts])
    return {**facts, "name": names[0].value if names else name, **blocks}


def _lifecycle(trusted: Iterable[Listing], listings: Iterable[Listing]) -> Raw:
    """What the maker says of its own service, unless that ends while another place goes on: then a model lives."""
    own = next((one.lifecycle for one in trusted if one.lifecycle and one.by_maker), {})
    return {} if any(one.provider and _end(one.lifecycle) > _end(own) for one in listings) else own


def _end(lifecycle: Raw) -> str:
    """The day on which a service ends; one that has ended, nobody knows when, comes before all that do not end yet."""
    return str(lifecycle.get("shutdown") or ("" if lifecycle.get("status") == "shutdown" else "never"))


def _once(listings: Iterable[Listing], loss: Loss) -> list[Listing]:
    """The listings, sorted; of those under one name at one place that with the most prices."""
    found: dict[tuple[str, str, str], Listing] = {}
    for one in sorted(listings, key=lambda one: -sum(map(len, one.prices))):
        first = found.setdefault((one.provider, one.id, one.region), one)
        if one.prices and one.prices != first.prices:
            loss.value("other prices in a second entry for the same model at the same place", one.id)
        if _beside_prices(one) != _beside_prices(first):
            loss.value("other limits, flags or terms in a second entry for the same model at the same place", one.id)
    return [found[key] for key in sorted(found)]


def _beside_prices(one: Listing) -> Raw:
    return {**_route(one), "prices": (), COMMENT: ""}


def _agreed(
    said: Sequence[tuple[Mapping[str, Any], Listing]],
    beside: Sequence[tuple[Mapping[str, Any], Listing]] = (),
    elsewhere: Raw | None = None,
) -> Raw:
    """One value for each name where all agree; else each value, in the order of its weight, with who says so."""
    found = {}
    parts = [(values, one.provider, i < len(said)) for i, (values, one) in enumerate((*said, *beside))]
    for name in dict.fromkeys(name for values, *_ in parts for name in values):
        groups = _said_by((values[name], place, is_trusted) for values, place, is_trusted in parts if name in values)
        each = [_reading(group, {} if group.is_trusted else elsewhere or {}) for group in groups]
        plain = groups[0].value if groups[0].is_trusted else each[0]
        found[name] = {"values": each} if len(each) > 1 else plain
    return found


@dataclass(slots=True)
class _Group:
    """One value, and who says so."""

    value: Any
    places: set[str] = field(default_factory=set)
    is_trusted: bool = False


def _said_by(said: Iterable[tuple[Any, str, bool]]) -> list[_Group]:
    """The values, those of the maker first, then those of most places, then by their names.

    A place counts once for a value, however many entries it has. A date joins the only finer one that it contains.
    """
    found: dict[str, _Group] = {}
    for value, place, is_trusted in sorted(said, key=lambda one: -len(str(one[0]))):
        dates = [one for one in found.values() if isinstance(value, PartialDate) and isinstance(one.value, PartialDate)]
        finer = [one for one in dates if value.contains(one.value)]
        group = finer[0] if len(finer) == 1 else found.setdefault(flow(value), _Group(value))
        group.places.update({place} - {""})
        group.is_trusted |= is_trusted
    weights = {name: (not one.is_trusted, -len(one.places), sorted(one.places), name) for name, one in found.items()}
    return [found[name] for name in sorted(found, key=weights.__getitem__)]


def _reading(group: _Group, stamp: Raw) -> Raw:
    """One of several values; the places that say so come after the note that it may have."""
    value, places = group.value, _listed_at(group.places)
    long = value if isinstance(value, dict) and "value" in value else {"value": value}
    note = " ".join(said for said in (long.get("note"), places) if said)
    return {**long, **stamp, **known(note=note)}


_WHERE_LISTED = re.compile(r"As listed at [^\s]+(?:, [^\s]+)*(?: and [^\s]+(?: other places)?)?\.")


def is_only_where_listed(note: Any) -> bool:
    """A note says nothing but which places give a value, as an import writes it."""
    return note is None or (isinstance(note, str) and bool(_WHERE_LISTED.fullmatch(note)))


def _listed_at(places: Collection[str]) -> str:
    names = sorted(places)
    if not names:
        return ""
    if len(names) > _NAMED:
        return f"As listed at {names[0]} and {len(names) - 1} other places."
    return f"As listed at {' and '.join(', '.join(names).rsplit(', ', 1))}."


def _route(one: Listing) -> Raw:
    """A place where the model can be called, with everything that is said of it there."""
    head = known(**{COMMENT: one.remark}, provider=one.provider, id=one.id, region=one.region, note=one.note)
    limits = {name: one.facts[name] for name in LIMITS if name in one.facts} | dict(one.limits)
    about = known(prices=list(one.prices), charges=one.charges, lifecycle=dict(one.lifecycle))
    return {**head, **limits, **known(capabilities=dict(one.capabilities)), **about}


def as_written(route: Raw, record: Raw) -> Raw:
    """A route without what is the same of the model, as a catalog writes it."""
    flags = record.get("capabilities", {})
    other = {flag: value for flag, value in route.get("capabilities", {}).items() if flags.get(flag) != value}
    shared = {name: record.get(name) for name in (*LIMITS, "lifecycle")} | {"capabilities": {}}
    return {name: value for name, value in {**route, "capabilities": other}.items() if value != shared.get(name)}


def as_catalog(foreign: Foreign, importer: Importer, file: Path) -> Loaded:
    """A foreign catalog as ours reads what importing it writes, but for the day; nothing is written."""
    name = source_id(importer.name)
    records = models_of(foreign.listings, elsewhere={"source": elsewhere_id(name)})
    tables = {table: dict(entries) for table, entries in foreign.tables.items() if entries}
    models = {
        model: {**record, "routes": [as_written(route, record) for route in record.get("routes", ())]}
        for model, record in records.items()
    }
    text = document({"source": name, "sources": sources_of(importer, name), **tables, "models": models})
    return read_catalog([CatalogFile(file, str(file), text.encode())])


def source_id(importer: str) -> str:
    """The id that the source of an importer's facts has, unless one is given."""
    return as_id(importer).replace(".", "-")


def elsewhere_id(source: str) -> str:
    """The id of the source of what other places say beside the maker of a model."""
    return f"{source}-elsewhere"


def sources_of(importer: Importer, source: str) -> dict[str, Raw]:
    """The sources of an importer's facts, as entries of a catalog.

    That of other places is of the next kind in the order of trust, so that the maker's word comes first.
    """
    kinds = [kind.value for kind in SourceKind]
    below = kinds[min(kinds.index(importer.kind) + 1, len(kinds) - 1)]
    own = known(title=importer.title, url=importer.url, kind=importer.kind)
    other = {"title": f"{importer.title}, places other than the maker’s", "kind": below}
    return {source: own, elsewhere_id(source): own | other}

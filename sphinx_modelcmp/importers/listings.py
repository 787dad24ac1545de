"""What a foreign catalog lists, in our words: one model at one place. Listings of one model become one record."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_modelcmp.catalog.yaml.writer import COMMENT, flow
from sphinx_modelcmp.importers.loss import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Raw: TypeAlias = dict[str, Any]
"""A record as its author would write it: strings, whole numbers, ``Decimal``, dates, truths, lists and mappings."""

LIMITS = ("context_window", "max_output")
"""The facts that a route can have of its own; beside these, capabilities."""

_NAMED = 3
"""So many places a note names; of more it says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One model as a foreign catalog lists it at one place, or without a place."""

    model: str
    """The id that it goes under here."""
    provider: str = ""
    """The id of the place; empty where the listing is of the model itself."""
    id: str = ""
    """What it is called there."""
    region: str = ""
    by_maker: bool = False
    """Whether the place belongs to who makes the model: then its word counts."""
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
    """For who reads the file: a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What a foreign catalog says, in our words."""

    listings: Sequence[Listing]
    providers: Mapping[str, Raw] = field(default_factory=dict)
    organizations: Mapping[str, Raw] = field(default_factory=dict)
    licenses: Mapping[str, Raw] = field(default_factory=dict)
    benchmarks: Mapping[str, Raw] = field(default_factory=dict)
    fields: Mapping[str, Raw] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, Mapping[str, Raw]]:
        """What models name, by the table of a catalog that it stands in."""
        names = ("organizations", "providers", "licenses", "benchmarks", "fields")
        return {name: getattr(self, name) for name in names}


def models_of(
    listings: Sequence[Listing], chosen: Sequence[bool] | None = None, loss: Loss | None = None
) -> dict[str, Raw]:
    """A record for each model, by id. A fact is what its maker's listing says, else what all listings say.

    Where these disagree every value stands, with the places that say so. Facts come from what is ``chosen``, and a
    model without a listing of that kind is left out; routes are all that there are.
    """
    found: dict[str, tuple[list[Listing], list[Listing]]] = defaultdict(lambda: ([], []))
    for listing, is_chosen in zip(listings, chosen or [True] * len(listings), strict=True):
        every, wanted = found[listing.model]
        every.append(listing)
        if is_chosen:
            wanted.append(listing)
    loss = loss or Loss()
    return {name: _model(name, *found[name], loss) for name in sorted(found) if found[name][1]}


def _model(name: str, listings: Sequence[Listing], chosen: Sequence[Listing], loss: Loss) -> Raw:
    trusted = [listing for listing in chosen if listing.by_maker or not listing.provider] or chosen
    record: Raw = {"name": _most([one.facts["name"] for one in trusted if "name" in one.facts] or [name])}
    for fact in dict.fromkeys(fact for one in trusted for fact in one.facts if fact != "name"):
        record[fact] = _said([(one.facts[fact], one) for one in trusted if fact in one.facts])
    aliases = dict.fromkeys(alias for one in listings for alias in one.aliases if alias.casefold() != name.casefold())
    if aliases:
        record["aliases"] = list(aliases)
    flags = dict.fromkeys(flag for one in trusted for flag in one.capabilities)
    if flags:
        record["capabilities"] = {
            flag: _said([(one.capabilities[flag], one) for one in trusted if flag in one.capabilities])
            for flag in flags
        }
    if lifecycle := next((one.lifecycle for one in trusted if one.lifecycle and one.by_maker), None):
        record["lifecycle"] = lifecycle
    if routes := [_route(one) for one in _once(listings, loss) if one.provider]:
        record["routes"] = routes
    if results := [result for one in listings for result in one.results]:
        record["results"] = results
    return record


def _most(values: Iterable[Any]) -> Any:
    """The most frequent value, the first of them where several are."""
    return Counter(values).most_common(1)[0][0]


def _once(listings: Iterable[Listing], loss: Loss) -> list[Listing]:
    """The listings, sorted; of those under one name at one place that with the most prices."""
    found: dict[tuple[str, str, str], Listing] = {}
    for one in sorted(listings, key=lambda one: -sum(map(len, one.prices))):
        first = found.setdefault((one.provider, one.id, one.region), one)
        if one.prices and one.prices != first.prices:
            loss.value("other prices in a second entry for the same model at the same place", one.id)
    return [found[key] for key in sorted(found)]


def _said(values: Sequence[tuple[Any, Listing]]) -> Any:
    """One value where all agree; else each of them, the most frequent first, with who says so."""
    places: dict[str, list[str]] = defaultdict(list)
    for value, listing in values:
        places[flow(value)].append(listing.provider)
    if len(places) == 1:
        return values[0][0]
    plain = {flow(value): value for value, _ in values}
    ranked = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    return {"values": [_reading(plain[key], _at(names)) for key, names in ranked]}


def _reading(value: Any, places: str) -> Raw:
    """One of several values, with the places that say so behind the note that it may have."""
    if isinstance(value, dict) and "value" in value:
        return {**value, "note": " ".join(said for said in (value.get("note"), places) if said)}
    return {"value": value, "note": places} if places else {"value": value}


_WHERE_LISTED = re.compile(r"As listed at [^\s]+(?:, [^\s]+)*(?: and [^\s]+(?: other places)?)?\.")


def is_only_where_listed(note: Any) -> bool:
    """Whether a note says nothing but which places give a value, as an import writes it."""
    return note is None or (isinstance(note, str) and bool(_WHERE_LISTED.fullmatch(note)))


def _at(providers: Sequence[str]) -> str:
    names = sorted(dict.fromkeys(provider for provider in providers if provider))
    if not names:
        return ""
    if len(names) > _NAMED:
        return f"As listed at {names[0]} and {len(names) - 1} other places."
    return f"As listed at {' and '.join(', '.join(names).rsplit(', ', 1))}."


def _route(one: Listing) -> Raw:
    """Where it can be called, with all that is said of it there."""
    route: Raw = {"provider": one.provider}
    if one.remark:
        route = {COMMENT: one.remark, **route}
    if one.id:
        route["id"] = one.id
    if one.region:
        route["region"] = one.region
    if one.note:
        route["note"] = one.note
    route |= {name: one.facts[name] for name in LIMITS if name in one.facts}
    if one.capabilities:
        route["capabilities"] = dict(one.capabilities)
    if one.prices:
        route["prices"] = list(one.prices)
    return route


def as_written(route: Raw, record: Raw) -> Raw:
    """A route of a model without what is the same of the model: what a catalog says of it."""
    flags = record.get("capabilities", {})
    other = {flag: value for flag, value in route.get("capabilities", {}).items() if flags.get(flag) != value}
    rest = {name: value for name, value in route.items() if name not in LIMITS or value != record.get(name)}
    return {
        name: other if name == "capabilities" else value
        for name, value in rest.items()
        if name != "capabilities" or other
    }

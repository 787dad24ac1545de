"""Records of the models in a foreign catalog: what all listings of one model say together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.yaml.writer import COMMENT, flow
from sphinx_modelcmp.importers.importer import Listing, Loss, Raw, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


LIMITS = ("context_window", "max_output")
"""The facts that a route can have of its own; capabilities are the others."""

_NAMED = 3
"""Most places that a note names; beyond that it counts them."""


def models_of(
    listings: Sequence[Listing], chosen: Sequence[bool] | None = None, loss: Loss | None = None
) -> dict[str, Raw]:
    """A record for each model, by id. A fact is what its maker's listing says, else what all listings say.

    Where these disagree the record has every value, with the places that say so. Facts come from ``chosen`` listings,
    and a model without one is left out; routes come from all listings.
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
    facts = _agreed([(one.facts, one) for one in trusted])
    aliases = dict.fromkeys(alias for one in listings for alias in one.aliases if alias.casefold() != name.casefold())
    blocks = known(
        aliases=list(aliases),
        capabilities=_agreed([(one.capabilities, one) for one in trusted]),
        lifecycle=next((one.lifecycle for one in trusted if one.lifecycle and one.by_maker), None),
        routes=[_route(one) for one in _once(listings, loss) if one.provider],
        results=[result for one in listings for result in one.results],
    )
    names = Counter(one.facts["name"] for one in trusted if "name" in one.facts) or Counter([name])
    return {**facts, "name": names.most_common(1)[0][0], **blocks}


def _once(listings: Iterable[Listing], loss: Loss) -> list[Listing]:
    """The listings, sorted; of those under one name at one place that with the most prices."""
    found: dict[tuple[str, str, str], Listing] = {}
    for one in sorted(listings, key=lambda one: -sum(map(len, one.prices))):
        first = found.setdefault((one.provider, one.id, one.region), one)
        if one.prices and one.prices != first.prices:
            loss.value("other prices in a second entry for the same model at the same place", one.id)
    return [found[key] for key in sorted(found)]


def _agreed(said: Sequence[tuple[Mapping[str, Any], Listing]]) -> Raw:
    """One value for each name where all agree; else each value, the most frequent first, with who says so."""
    found = {}
    for name in dict.fromkeys(name for values, _ in said for name in values):
        plain: Raw = {}
        places: dict[str, list[str]] = defaultdict(list)
        for values, listing in said:
            if name in values:
                key = flow(values[name])
                plain.setdefault(key, values[name])
                places[key].append(listing.provider)
        ranked = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        several = {"values": [_reading(plain[key], _listed_at(names)) for key, names in ranked]}
        found[name] = several if len(ranked) > 1 else next(iter(plain.values()))
    return found


def _reading(value: Any, places: str) -> Raw:
    """One of several values; the places that say so come after the note that it may have."""
    if isinstance(value, dict) and "value" in value:
        return {**value, "note": " ".join(said for said in (value.get("note"), places) if said)}
    return {"value": value, "note": places} if places else {"value": value}


_WHERE_LISTED = re.compile(r"As listed at [^\s]+(?:, [^\s]+)*(?: and [^\s]+(?: other places)?)?\.")


def is_only_where_listed(note: Any) -> bool:
    """Whether a note says nothing but which places give a value, as an import writes it."""
    return note is None or (isinstance(note, str) and bool(_WHERE_LISTED.fullmatch(note)))


def _listed_at(providers: Sequence[str]) -> str:
    names = sorted({provider for provider in providers if provider})
    if not names:
        return ""
    if len(names) > _NAMED:
        return f"As listed at {names[0]} and {len(names) - 1} other places."
    return f"As listed at {' and '.join(', '.join(names).rsplit(', ', 1))}."


def _route(one: Listing) -> Raw:
    """A place where the model can be called, with everything that is said of it there."""
    head = known(**{COMMENT: one.remark}, provider=one.provider, id=one.id, region=one.region, note=one.note)
    limits = {name: one.facts[name] for name in LIMITS if name in one.facts}
    return {**head, **limits, **known(capabilities=dict(one.capabilities), prices=list(one.prices))}


def as_written(route: Raw, record: Raw) -> Raw:
    """A route without what is the same of the model, as a catalog writes it."""
    found = {name: value for name, value in route.items() if name not in LIMITS or value != record.get(name)}
    flags = record.get("capabilities", {})
    other = {flag: value for flag, value in found.get("capabilities", {}).items() if flags.get(flag) != value}
    if "capabilities" in found and not other:
        del found["capabilities"]
    return {**found, "capabilities": other} if other else found

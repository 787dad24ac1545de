"""Overlays: a house's own facts on models of a catalog that somebody else keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.checks import check_model
from sphinx_modelcmp.catalog.decode import OVERLAYS, Provenance
from sphinx_modelcmp.catalog.decode_model import ModelDecoder
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.records import FACTS, Fact, Model, Route, agree
from sphinx_modelcmp.catalog.vocabulary import State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, MutableMapping

    from sphinx_modelcmp.catalog.decode import Collected
    from sphinx_modelcmp.catalog.places import Finding
    from sphinx_modelcmp.catalog.problems import Demands, Keys
    from sphinx_modelcmp.catalog.records import Catalog


def lay_over(
    models: MutableMapping[str, Model],
    catalog: Catalog,
    found: Collected,
    day: datetime.date | None,
    demands: Demands,
) -> Iterator[str]:
    """Put every overlay on its model, and yield the ids of these. One that is wrong is reported and left out."""
    owners: dict[str, str] = {}
    for name, raw in found.tables[OVERLAYS].items():
        at: Keys = (OVERLAYS, name)
        decoder = ModelDecoder(found.places.documents[OVERLAYS, name], catalog, found, models)
        base = catalog.find(name)
        if not base:
            hint = did_you_mean(name, catalog.spellings)
            decoder.report(Code.REFERENCE, f"no model “{name}” in the catalog to lay this over{hint}", *at, key=True)
        elif base.id in owners:
            message = f"“{owners[base.id]}” is an overlay on the same model: put both together"
            decoder.report(Code.DUPLICATE_ID, message, *at, key=True)
        else:
            owners[base.id] = name
            part = _read(decoder, base, raw, at)
            for one in _contradicted(base, part):
                where = found.places.place("models", base.id, *one)
                message = f"`{one[-1]}` is stated otherwise in the file of the model, at {where}; the overlay counts"
                decoder.report(Code.OVERLAY, message, *at, *one)
            found.note(_checked(part, catalog, found, day, demands, name))
            models[base.id] = _merged(base, part)
            yield base.id


def _read(decoder: ModelDecoder, base: Model, raw: Any, at: Keys) -> Model:
    root = decoder.document.root
    outer = decoder.provenance(root if isinstance(root, dict) else {}, (), Provenance())
    return decoder.overlay(base, raw, at, outer)


def _checked(
    part: Model, catalog: Catalog, found: Collected, day: datetime.date | None, demands: Demands, name: str
) -> Iterator[Finding]:
    """What checks find in the facts of an overlay alone; its model has been checked where it is written."""

    def here(at: Keys) -> Keys:
        return (OVERLAYS, name, *at[2:])

    def accepts(code: Code, at: Keys) -> bool:
        return found.accepts(code, here(at))

    for finding in check_model(part, catalog, day, found.last_day.day, demands, accepts):
        if len(finding.at) > len(here(())):
            yield finding._replace(at=here(finding.at))


def _contradicted(base: Model, part: Model) -> Iterator[Keys]:
    """The paths of facts that an overlay states otherwise than its model."""
    tables = (((), _facts(base), _facts(part)), ((), base.house, part.house))
    for at, ours, theirs in (*tables, (("capabilities",), base.capabilities, part.capabilities)):
        for name, fact in theirs.items():
            other = ours.get(name)
            if other and other.known and fact.known and not agree(fact, other):
                yield (*at, name)


def _facts(model: Model) -> dict[str, Fact[Any]]:
    facts = {name: getattr(model, name) for name in FACTS}
    return {name: fact for name, fact in facts.items() if fact.state is not State.UNKNOWN}


def _merged(base: Model, part: Model) -> Model:
    """The model with the facts of an overlay in place of its own; routes, results and notes come in addition."""
    facts: dict[str, Any] = _facts(part)
    return replace(
        base,
        **facts,
        capabilities={**base.capabilities, **part.capabilities},
        house={**base.house, **part.house},
        lifecycle=part.lifecycle or base.lifecycle,
        routes=_routes(base.routes, part.routes),
        results=(*base.results, *part.results),
        note=" ".join(filter(None, (base.note, part.note))) or None,
    )


def _routes(ours: Fact[tuple[Route, ...]], theirs: Fact[tuple[Route, ...]]) -> Fact[tuple[Route, ...]]:
    """The routes of both; one of an overlay takes the place of that with its provider, id and region."""
    if not theirs.known:
        return ours if theirs.state is State.UNKNOWN else theirs
    own = theirs.value or ()
    taken = {(route.provider, route.id, route.region) for route in own}
    kept = [route for route in ours.value or () if (route.provider, route.id, route.region) not in taken]
    if not kept:
        return theirs
    source = tuple(dict.fromkeys((*ours.source, *theirs.source)))
    return replace(ours, value=(*kept, *own), source=source, checked=None)

"""One imported model into the record that is there, fact by fact; or as a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fields import written
from sphinx_modelcmp.catalog.records import FACTS, Lifecycle, in_order, keys_before
from sphinx_modelcmp.catalog.writing import COMMENT
from sphinx_modelcmp.importers.listings import as_written
from sphinx_modelcmp.importers.merge.capabilities import merge_capabilities
from sphinx_modelcmp.importers.merge.level import Level, has_own_day
from sphinx_modelcmp.importers.merge.plan import Kind
from sphinx_modelcmp.importers.merge.routes import gone, matched_routes, merge_route, priced
from sphinx_modelcmp.importers.merge.sameness import BESIDE, is_unknown, names_of, result_key, same, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merge.level import Import
    from sphinx_modelcmp.importers.merge.sameness import Stated

_BLOCKS = frozenset(("name", "aliases", "capabilities", "lifecycle", "results", "routes", COMMENT))
_OPINIONS = frozenset(name for name, about in FACTS.items() if about.group == "texts")
"""Words of the house, whichever source its facts are from."""


def new_model(name: str, record: Raw, run: Import, is_wanted: Callable[[Raw], bool]) -> Raw:
    """A model that is not there yet."""
    routes = [_written(route, record, run) for route in record.get("routes", ()) if is_wanted(route)]
    rest = {key: value for key, value in record.items() if key not in {"name", "routes"}}
    found = {"name": record["name"], "source": run.mark.source, "checked": run.mark.day, **rest}
    count = f"{len(routes)} {'route' if len(routes) == 1 else 'routes'}"
    run.notes.change(Kind.ADDED, ("models", name), new=f"{record['name']}, {count}")
    return in_order({**found, "routes": routes} if routes else found)


def merged_model(
    name: str, raw: Mapping[str, Any], outer: Stated, record: Raw, run: Import, is_wanted: Callable[[Raw], bool]
) -> Mapping[str, Any]:
    """What a model becomes; ``outer`` is what its file states."""
    model = Level(("models", name), raw, run, outer)
    if not raw.get("name"):
        run.notes.change(Kind.ADDED, (*model.at, "name"), new=record["name"])
        model.put("name", record["name"], ())
    _names(model, record)
    for fact, value in in_order(record).items():
        if fact not in _BLOCKS:
            model.fact(fact, value, keys_before(fact, model.now))
    model.keep_days([fact for fact in raw if fact in run.facts and fact not in {*_OPINIONS, "routes"}])
    merge_capabilities(model, record.get("capabilities") or {})
    _lifecycle(model, record.get("lifecycle") or {})
    _routes(model, record, is_wanted)
    _results(model, record.get("results") or [])
    model.confirm()
    return model.result


def _names(model: Level, record: Raw) -> None:
    """What else the source calls it is told: its name here, and what it can be found by, are the house's."""
    name, notes = model.raw.get("name"), model.run.notes
    if name and record["name"] not in (name, model.at[-1]):
        notes.keep((*model.at, "name"), name, record["name"])
    here = names_of(model.raw.get("aliases"))
    known = {one.casefold() for one in (*here, str(name), str(model.at[-1]))}
    if missing := [alias for alias in record.get("aliases", ()) if alias.casefold() not in known]:
        notes.keep((*model.at, "aliases"), list(here), missing)


def _lifecycle(model: Level, new: Raw) -> None:
    """As a whole: its days belong together."""
    raw, at, notes = model.raw.get("lifecycle"), (*model.at, "lifecycle"), model.run.notes
    old: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    if not any(old[name] for name in old if name not in BESIDE):
        _fill(model, "lifecycle", new, {**old, **new, **model.stamp}, is_open=isinstance(raw, dict))
    elif not new:
        model.keep_days(["lifecycle"])
    else:
        block = model.inside("lifecycle", old)
        said = {name: old[name] for name in written(Lifecycle) if name in new and name in old}
        if not same(said, new) and not model.run.may_change(block.stated):
            notes.keep(at, said, new)
            return
        if not same(said, new):
            notes.change(Kind.CHANGED, at, said, new)
            block.now |= {**new, **block.stamp}
            if old.get("note"):
                notes.change(Kind.NOTE_KEPT, at, old["note"])
        block.confirm()
        model.put("lifecycle", block.result)


def _results(model: Level, new: Sequence[Raw]) -> None:
    """Those of measurements that are not there; of the others only what differs is told."""
    old = model.raw.get("results")
    if not isinstance(old, list) or not old:
        _fill(model, "results", [one["benchmark"] for one in new], [{**one, **model.stamp} for one in new])
        return
    present = [one for one in old if isinstance(one, dict)]
    missing = []
    for result in new:
        scores = [one.get("score") for one in present if result_key(one) == result_key(result)]
        at = (*model.at, "results", result["benchmark"])
        if not scores:
            model.run.notes.change(Kind.ADDED, at, new=result["score"])
            missing.append({**result, **model.stamp})
        elif not any(same(score, result["score"]) for score in scores):
            model.run.notes.keep(at, scores, result["score"])
    now = [*old, *missing]
    for i, one in enumerate(old):
        if isinstance(one, dict) and not any(_is_said(one, result) for result in new):
            now[i] = model.aged((*model.at, "results", i), one)
    model.put_list("results", now)


def _is_said(result: Mapping[str, Any], new: Raw) -> bool:
    return result_key(result) == result_key(new) and same(result.get("score"), new["score"])


def _routes(model: Level, record: Raw, is_wanted: Callable[[Raw], bool]) -> None:
    """Route by route; none is added to a model that is said to have none."""
    old, new = model.raw.get("routes"), list(record.get("routes") or ())
    if not isinstance(old, list) or not old:
        wanted = [_new_route(model, route, record) for route in new if is_wanted(route)]
        _fill(model, "routes", [f"{len(wanted)} {'route' if len(wanted) == 1 else 'routes'}"] if wanted else [], wanted)
        return
    present = {i: route for i, route in enumerate(old) if isinstance(route, dict)}
    pairs = matched_routes(present, new)
    now = list(old)
    for j, route in enumerate(new):
        if j in pairs:
            i = pairs[j]
            now[i] = merge_route(model, model.inside("routes", old[i], i), route, record)
        elif is_wanted(route):
            at = (*model.at, "routes")
            model.run.notes.change(Kind.ADDED, at, new=f"{route['provider']} {route.get('id', '')}".strip())
            now.append(_new_route(model, route, record))
    for i in present.keys() - set(pairs.values()):
        if model.earlier and not has_own_day(old[i]):
            now[i] = gone(model.inside("routes", old[i], i))
    model.put_list("routes", now)


def _new_route(model: Level, route: Raw, record: Raw) -> Raw:
    head = {name: route[name] for name in (COMMENT, "provider", "id", "region") if name in route}
    rest = {name: value for name, value in _written(route, record, model.run).items() if name not in head}
    return {**head, **model.stamp, **rest}


def _written(route: Raw, record: Raw, run: Import) -> Raw:
    found = as_written(route, record)
    return {**found, "prices": priced(found["prices"], run)} if found.get("prices") else found


def _fill(model: Level, name: str, told: Any, new: Any, *, is_open: bool = False) -> None:
    """Add a block where nothing is known; where a word or something else stands in its place, leave that."""
    if not told:
        return
    old, at = model.raw.get(name), (*model.at, name)
    if is_open or is_unknown(old or None):
        model.run.notes.change(Kind.ADDED, at, new=told)
        model.put(name, new, keys_before(name, model.now))
    else:
        model.run.notes.keep(at, value_of(old), told)
        model.put(name, model.aged(at, old))

"""One imported model merged into the record that is there, fact by fact, or added as a new one.

A price that changes gets a new period, and none is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fields import written
from sphinx_modelcmp.catalog.records import FACTS, LIMITS, Lifecycle, in_order, keys_before
from sphinx_modelcmp.catalog.scalars import read_partial_date
from sphinx_modelcmp.catalog.vocabulary import Charges
from sphinx_modelcmp.catalog.yaml.writer import COMMENT
from sphinx_modelcmp.importers.importer import Raw, as_written, known
from sphinx_modelcmp.importers.merge.provenance import (
    BESIDE,
    HEAD,
    Import,
    Kind,
    Level,
    Stated,
    amounts,
    has_own_day,
    is_unknown,
    mappings_in,
    names_of,
    placed,
    price_key,
    result_key,
    route_key,
    same,
    shown,
    shown_price,
    stated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


_BLOCKS = frozenset(("name", "aliases", "capabilities", "lifecycle", "results", "routes", COMMENT))
_OPINIONS = frozenset(name for name, about in FACTS.items() if about.group == "texts")
"""Words of the house, whichever source its facts are from."""


def new_model(name: str, record: Raw, run: Import, is_wanted: Callable[[Raw], bool]) -> Raw:
    """A model that is not there yet."""
    routes = [_written(route, record, run) for route in record.get("routes", ()) if is_wanted(route)]
    rest = {key: value for key, value in record.items() if key not in {"name", "routes"}}
    run.notes.change(Kind.ADDED, ("models", name), new=f"{record['name']}, {_count(routes)}")
    found = {"name": record["name"], **run.mark.stamp, **rest}
    return in_order({**found, "routes": routes} if routes else found)


def merged_model(
    name: str, raw: Mapping[str, Any], outer: Stated, record: Raw, run: Import, is_wanted: Callable[[Raw], bool]
) -> Mapping[str, Any]:
    """The record that a model gets; ``outer`` is what its file states."""
    model = Level(("models", name), raw, run, outer)
    if not raw.get("name"):
        run.notes.change(Kind.ADDED, (*model.at, "name"), new=record["name"])
        model.put("name", record["name"], ())
    _compare_names(model, record)
    for fact, value in in_order(record).items():
        if fact not in _BLOCKS:
            model.fact(fact, value, keys_before(fact, model.now))
    model.keep_days([fact for fact in raw if fact in run.facts and fact not in {*_OPINIONS, "routes"}])
    _merge_capabilities(model, record.get("capabilities") or {})
    _merge_lifecycle(model, record.get("lifecycle") or {})
    _merge_routes(model, record, is_wanted)
    _merge_results(model, record.get("results") or [])
    model.confirm()
    return model.result


def _compare_names(model: Level, record: Raw) -> None:
    """Report other names of the source: the model's name here, and what it can be found by, are the house's."""
    name, notes = model.raw.get("name"), model.run.notes
    if name and record["name"] not in (name, model.at[-1]):
        notes.keep((*model.at, "name"), name, record["name"])
    here = names_of(model.raw.get("aliases"))
    known = {one.casefold() for one in (*here, str(name), str(model.at[-1]))}
    if missing := [alias for alias in record.get("aliases", ()) if alias.casefold() not in known]:
        notes.keep((*model.at, "aliases"), list(here), missing)


def _merge_capabilities(level: Level, new: Raw) -> None:
    """Flag by flag, those of a model or of it at one route."""
    old = level.raw.get("capabilities")
    if not isinstance(old, dict) or not old:
        level.fill("capabilities", new, {**level.stamp, **new})
        return
    flags = level.inside("capabilities", old)
    for name, value in new.items():
        flags.fact(name, value)
    if new or not has_own_day(old):
        flags.keep_days([name for name in old if name not in BESIDE])
        flags.confirm()
    level.put("capabilities", flags.result)


def _merge_lifecycle(level: Level, new: Raw) -> None:
    """That of a model or of a route, as a whole: its days belong together."""
    raw, at, notes = level.raw.get("lifecycle"), (*level.at, "lifecycle"), level.run.notes
    old: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    if not any(old[name] for name in old if name not in BESIDE):
        level.fill("lifecycle", new, {**old, **new, **level.stamp}, is_open=isinstance(raw, dict))
        return
    if not new:
        level.keep_days(["lifecycle"])
        return
    block = level.inside("lifecycle", old)
    said = {name: old[name] for name in written(Lifecycle) if name in new and name in old}
    if not same(said, new):
        if not level.run.may_change(block.stated):
            notes.keep(at, said, new)
            return
        notes.change(Kind.CHANGED, at, said, new)
        block.now |= {**new, **block.stamp}
        if old.get("note"):
            notes.change(Kind.NOTE_KEPT, at, old["note"])
    block.confirm()
    level.put("lifecycle", block.result)


def _merge_results(model: Level, new: Sequence[Raw]) -> None:
    """Add the measurements that are not there; of the others only a difference is reported."""
    old = model.raw.get("results")
    if not isinstance(old, list) or not old:
        model.fill("results", [one["benchmark"] for one in new], [{**one, **model.stamp} for one in new])
        return
    now, confirmed = list(old), set()
    for result in new:
        there = {i: one for i, one in mappings_in(old).items() if result_key(one) == result_key(result)}
        said = {i for i, one in there.items() if same(one.get("score"), result["score"])}
        confirmed |= said
        at = (*model.at, "results", result["benchmark"])
        if not there:
            model.run.notes.change(Kind.ADDED, at, new=result["score"])
            now.append({**result, **model.stamp})
        elif not said:
            model.run.notes.keep(at, [one.get("score") for one in there.values()], result["score"])
    for i, one in mappings_in(old).items():
        if i not in confirmed:
            now[i] = model.aged((*model.at, "results", i), one)
    model.put("results", now)


# --- routes --------------------------------------------------------------------------------------------------------


def _merge_routes(model: Level, record: Raw, is_wanted: Callable[[Raw], bool]) -> None:
    """Route by route; none is added to a model that is said to have none."""
    old, new = model.raw.get("routes"), list(record.get("routes") or ())
    if not isinstance(old, list) or not old:
        wanted = [_new_route(model, route, record) for route in new if is_wanted(route)]
        model.fill("routes", [_count(wanted)] if wanted else [], wanted)
        return
    present = mappings_in(old)
    pairs = _matched(present, new)
    now = list(old)
    for j, route in enumerate(new):
        if j in pairs:
            i = pairs[j]
            now[i] = _merged_route(model, model.inside("routes", old[i], i), route, record)
        elif is_wanted(route):
            told = f"{route['provider']} {route.get('id', '')}".strip()
            model.run.notes.change(Kind.ADDED, (*model.at, "routes"), new=told)
            now.append(_new_route(model, route, record))
    for i in present.keys() - set(pairs.values()):
        if model.earlier and not has_own_day(old[i]):
            # The source lists it no longer: it keeps the day on which it last was.
            model.run.notes.change(Kind.GONE, (*model.at, "routes", i), old[i].get("provider"))
            now[i] = placed(old[i], "checked", model.earlier, HEAD)
    model.put("routes", now)


def _matched(old: Mapping[int, Mapping[str, Any]], new: Sequence[Raw]) -> dict[int, int]:
    """The indexes of the source's routes that are there, each to that of its route.

    A route by hand often names only the provider. It is the one that the source lists there, if there is only one.
    """
    keys = {route_key(route): i for i, route in reversed([*old.items()])}
    found = {j: keys[key] for j, key in enumerate(map(route_key, new)) if key in keys}
    places = [_place(route) for route in old.values()]
    for i, route in old.items():
        at_place = [j for j, other in enumerate(new) if _place(other) == _place(route)]
        if places.count(_place(route)) == len(at_place) == 1 and is_unknown(route.get("id")):
            found.setdefault(at_place[0], i)
    return found


def _place(route: Mapping[str, Any]) -> tuple[str, ...]:
    return route_key({**route, "id": ""})


def _count(routes: Sequence[Raw]) -> str:
    return f"{len(routes)} {'route' if len(routes) == 1 else 'routes'}"


def _new_route(model: Level, route: Raw, record: Raw) -> Raw:
    head = {name: route[name] for name in (COMMENT, "provider", "id", "region") if name in route}
    return {**head, **model.stamp, **_written(route, record, model.run)}


def _written(route: Raw, record: Raw, run: Import) -> Raw:
    prices = [_in_currency(line, run.currency) for line in route.get("prices", ())]
    return as_written({**route, **known(prices=prices)}, record)


def _in_currency(line: Mapping[str, Any], usual: str) -> Raw:
    """A line that names a currency only where it is not the usual one."""
    rest = {name: value for name, value in line.items() if name != "currency"}
    currency = str(line.get("currency") or usual)
    return rest if currency == usual else {**rest, "currency": currency}


def _merged_route(model: Level, route: Level, new: Raw, record: Raw) -> Mapping[str, Any]:
    """The record that a route of a model gets; ``record`` is the model as the source lists it."""
    notes, note = route.run.notes, route.raw.get("note")
    if new.get("id") and is_unknown(route.raw.get("id")):
        notes.change(Kind.ADDED, (*route.at, "id"), new=new["id"])
        route.put("id", new["id"], ("provider",))
    other = as_written(new, record)
    for name in LIMITS:
        if (name in route.raw and name in new) or (name in other and not same(model.now.get(name), other[name])):
            route.fact(name, new[name])
    _merge_capabilities(route, _own_flags(model, route, new, other))
    _merge_prices(route, new.get("prices") or [])
    _merge_charges(route, new.get("charges"))
    _merge_lifecycle(route, (new if "lifecycle" in route.raw else other).get("lifecycle") or {})
    if new.get("note") and not note and route.is_own:
        notes.change(Kind.ADDED, (*route.at, "note"), new=new["note"])
        route.put("note", new["note"], HEAD)
    elif new.get("note") and note != new["note"]:
        notes.keep((*route.at, "note"), note, new["note"])
    route.keep_days(LIMITS)
    route.confirm()
    return route.result


def _merge_charges(route: Level, new: Any) -> None:
    """A word about the price list, where that is this source's. One that is there stays: it may be by hand."""
    old, at = route.raw.get("charges"), (*route.at, "charges")
    if new and is_unknown(old) and (route.is_own or not route.raw.get("prices")):
        route.run.notes.change(Kind.ADDED, at, new=new)
        route.put("charges", new)
    elif (new and not same(old, new)) or (old == Charges.INCOMPLETE and not new and route.is_own):
        route.run.notes.keep(at, old, new)


def _own_flags(model: Level, route: Level, new: Raw, other: Raw) -> Raw:
    """The flags of a route that it states already, or that are not the model's, there or here."""
    blocks = (one.get("capabilities") for one in (route.raw, model.now, other))
    here, above, differing = (block if isinstance(block, dict) else {} for block in blocks)
    return {
        name: value
        for name, value in new.get("capabilities", {}).items()
        if name in here or (name in differing and not (name in above and same(above[name], value)))
    }


# --- prices --------------------------------------------------------------------------------------------------------


def _merge_prices(route: Level, lines: Sequence[Raw]) -> None:
    usual = str(route.raw.get("currency") or route.run.currency)
    old, new = route.raw.get("prices"), [_in_currency(line, usual) for line in lines]
    if isinstance(old, list) and old:
        _merge_price_lists(route, old, new, usual)
    elif new:
        route.fill("prices", list(map(shown_price, new)), [{**line, **route.stamp} for line in new], is_last=True)
    elif not is_unknown(old or None):
        route.put("prices", route.aged((*route.at, "prices"), old))


def _merge_price_lists(route: Level, old: Sequence[Any], lines: Sequence[Raw], usual: str) -> None:
    """End what the source says no longer, and begin what it says; prices of others are left as they are."""
    at, run, day = (*route.at, "prices"), route.run, str(route.run.mark.day)
    new = [line for line in lines if not _is_over(line, day)]
    present = {i: _in_currency(line, usual) for i, line in mappings_in(old).items() if not _is_over(line, day)}
    here, there = [price_key(line) for line in present.values()], [price_key(line) for line in new]
    ended = {i: old[i] for i, key in zip(present, here, strict=True) if key not in there}
    begun = [line for line, key in zip(new, there, strict=True) if key not in here]
    now = list(old)
    if not all(run.may_change(stated(line, route.stated)) for line in present.values()):
        _compare_amounts(route, [line for line in present.values() if _since(line) <= day], new)
    elif new and all(_since(line) < day for line in ended.values()):
        for i, line in ended.items():
            run.notes.change(Kind.ENDED, (*at, i), shown_price(line), f"until {day}")
            now[i] = {**line, "until": run.mark.day}
        replaced = [_conditions(line) for line in ended.values()]
        for line in begun:
            run.notes.change(Kind.ADDED, at, new=shown_price(line))
            # Nobody says since when it is; only one that follows another has to begin where that ends.
            begins = {"from": line.get("from", run.mark.day)} if _conditions(line) in replaced else {}
            now.append({**line, **begins, **route.stamp})
        route.put("prices", now)
        return
    elif new:
        # A period cannot end on the day on which it begins.
        run.notes.keep(at, list(map(shown, ended.values())), list(map(shown, begun)))
    for i, line in ended.items():
        now[i] = route.aged((*at, i), line)
    route.put("prices", now)


def _conditions(line: Mapping[str, Any]) -> Any:
    return price_key({"when": line.get("when") or {}})


def _compare_amounts(route: Level, old: Sequence[Raw], new: Sequence[Raw]) -> None:
    """Report every amount of the source that is another one here, or none."""
    here, day = amounts(old), str(route.run.mark.day)
    for name, amount in amounts(line for line in new if _since(line) <= day).items():
        if here.get(name) != amount:
            route.run.notes.keep((*route.at, "prices", name), here.get(name), amount)


def _since(line: Mapping[str, Any]) -> str:
    return _first(line["from"]) if line.get("from") else ""


def _first(date: Any) -> str:
    return str(read_partial_date(date).first)


def _is_over(line: Mapping[str, Any], day: str) -> bool:
    return line.get("until") is not None and _first(line["until"]) <= day

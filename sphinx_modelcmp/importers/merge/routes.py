"""One imported route into the one that is there: a price that changes gets a new period, and none is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.listings import LIMITS, as_written
from sphinx_modelcmp.importers.merge.capabilities import merge_capabilities
from sphinx_modelcmp.importers.merge.level import HEAD, placed
from sphinx_modelcmp.importers.merge.plan import Kind
from sphinx_modelcmp.importers.merge.sameness import (
    amounts,
    is_unknown,
    price_key,
    route_key,
    same,
    shown,
    shown_price,
    stated,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merge.level import Import, Level


def matched_routes(old: Mapping[int, Mapping[str, Any]], new: Sequence[Raw]) -> dict[int, int]:
    """The indexes of the source's routes that are there, each to that of its route.

    A route by hand often names only the provider. It is the one that the source lists there, if there is only one.
    """
    keys = {route_key(route): i for i, route in reversed([*old.items()])}
    found = {j: keys[key] for j, key in enumerate(map(route_key, new)) if key in keys}
    for i, route in old.items():
        at_place = [j for j, other in enumerate(new) if _place(other) == _place(route)]
        alone = sum(_place(other) == _place(route) for other in old.values()) == 1
        if alone and len(at_place) == 1 and is_unknown(route.get("id")):
            found.setdefault(at_place[0], i)
    return found


def _place(route: Mapping[str, Any]) -> tuple[str, ...]:
    return route_key({**route, "id": ""})


def merge_route(model: Level, route: Level, new: Raw, record: Raw) -> Mapping[str, Any]:
    """What a route of a model becomes; ``record`` is the model as the source lists it."""
    if new.get("id") and is_unknown(route.raw.get("id")):
        route.run.notes.change(Kind.ADDED, (*route.at, "id"), new=new["id"])
        route.put("id", new["id"], ("provider",))
    other = as_written(new, record)
    for name in LIMITS:
        if (name in route.raw and name in new) or (name in other and not same(model.now.get(name), other[name])):
            route.fact(name, new[name])
    here, above, differing = (_mapping(one.get("capabilities")) for one in (route.raw, model.now, other))
    flags = {
        name: value
        for name, value in _mapping(new.get("capabilities")).items()
        if name in here or (name in differing and not (name in above and same(above[name], value)))
    }
    merge_capabilities(route, flags)
    _prices(route, priced(new.get("prices") or [], route.run, route.raw))
    if new.get("note"):
        _note(route, new["note"])
    route.keep_days(LIMITS)
    route.confirm()
    return route.result


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, dict) else {}


def gone(route: Level) -> Mapping[str, Any]:
    """A route that the source lists no longer, with the day on which it last did."""
    route.run.notes.change(Kind.GONE, route.at, route.raw.get("provider"))
    return placed(route.raw, "checked", route.earlier, HEAD)


def _note(route: Level, new: str) -> None:
    """A note of the source; one that is there stays."""
    old = route.raw.get("note")
    if not old and route.is_own:
        route.run.notes.change(Kind.ADDED, (*route.at, "note"), new=new)
        route.put("note", new, HEAD)
    elif old != new:
        route.run.notes.keep((*route.at, "note"), old, new)


# --- prices --------------------------------------------------------------------------------------------------------


def priced(lines: Sequence[Raw], run: Import, route: Mapping[str, Any] | None = None) -> list[Raw]:
    """Lines of the source as they are to be written at a route: with their currency, where that is not the route's."""
    usual = str((route or {}).get("currency") or run.currency)
    return [_plain(line, usual) for line in lines]


def _plain(line: Mapping[str, Any], usual: str) -> Raw:
    """A line that names a currency only where it is not the usual one."""
    rest = {name: value for name, value in line.items() if name != "currency"}
    currency = str(line.get("currency") or usual)
    return rest if currency == usual else {**rest, "currency": currency}


def _prices(route: Level, new: list[Raw]) -> None:
    old, at = route.raw.get("prices"), (*route.at, "prices")
    if is_unknown(old) or old == []:
        if new:
            route.run.notes.change(Kind.ADDED, at, new=[shown_price(line) for line in new])
            route.put("prices", [{**line, **route.stamp} for line in new])
    elif not isinstance(old, list):
        if new:
            route.run.notes.keep(at, value_of(old), [shown_price(line) for line in new])
        route.put("prices", route.aged(at, old))
    else:
        _PriceLists(route, old, new).merge()


class _PriceLists:
    """The prices of a route that are there, and those of the source."""

    def __init__(self, route: Level, old: Sequence[Any], new: Sequence[Raw]) -> None:
        self._route = route
        self._at = (*route.at, "prices")
        self._day = str(route.run.mark.day)
        self._usual = str(route.raw.get("currency") or route.run.currency)
        self._old = old
        self._new = [line for line in new if not self._is_over(line)]
        self._standing = {i: line for i, line in enumerate(old) if isinstance(line, dict) and not self._is_over(line)}

    def merge(self) -> None:
        """End what the source says no longer, and begin what it says; other lists are left as they are."""
        here = {i: price_key(_plain(line, self._usual)) for i, line in self._standing.items()}
        there = [price_key(line) for line in self._new]
        ended = {i: self._standing[i] for i, key in here.items() if key not in there}
        begun = [line for line, key in zip(self._new, there, strict=True) if key not in here.values()]
        is_own = all(self._route.run.may_change(stated(line, self._route.stated)) for line in self._standing.values())
        if not self._new:
            self._keep_days(ended)
        elif not is_own:
            self._compare()
            self._keep_days(ended)
        elif any(not self._began_before(line) for line in ended.values()):
            # A period cannot end on the day on which it begins.
            self._route.run.notes.keep(self._at, list(map(shown, ended.values())), list(map(shown, begun)))
            self._keep_days(ended)
        elif ended or begun:
            prices = [self._ended(i, line) if i in ended else line for i, line in enumerate(self._old)]
            self._route.put("prices", [*prices, *map(self._begun, begun)])

    def _keep_days(self, lines: Mapping[int, Mapping[str, Any]]) -> None:
        """Give the day that the route had to lines that the source does not say now."""
        kept = [self._route.aged((*self._at, i), line) if i in lines else line for i, line in enumerate(self._old)]
        self._route.put_list("prices", kept)

    def _ended(self, i: int, line: Mapping[str, Any]) -> Mapping[str, Any]:
        self._route.run.notes.change(Kind.ENDED, (*self._at, i), shown_price(line), f"until {self._day}")
        return {**line, "until": self._route.run.mark.day}

    def _begun(self, line: Raw) -> Raw:
        self._route.run.notes.change(Kind.ADDED, self._at, new=shown_price(line))
        return {**line, "from": line.get("from", self._route.run.mark.day), **self._route.stamp}

    def _compare(self) -> None:
        """Tell of every amount of the source that is another one here, or none."""
        here, there = (
            amounts(_plain(line, self._usual) for line in lines if self._holds(line))
            for lines in (self._old, self._new)
        )
        for name, amount in there.items():
            if here.get(name) != amount:
                self._route.run.notes.keep((*self._at, name), here.get(name), amount)

    def _holds(self, line: Any) -> bool:
        return isinstance(line, dict) and not self._is_over(line) and str(line.get("from") or "") <= self._day

    def _began_before(self, line: Mapping[str, Any]) -> bool:
        return str(line.get("from") or "") < self._day

    def _is_over(self, line: Mapping[str, Any]) -> bool:
        return line.get("until") is not None and str(line["until"]) <= self._day

"""One imported model into the record that is there, fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.order import in_order, keys_before
from sphinx_modelcmp.catalog.records import Fact, Lifecycle, Model
from sphinx_modelcmp.catalog.scalars import read_day
from sphinx_modelcmp.catalog.writing import COMMENT
from sphinx_modelcmp.importers.merging_route import RouteMerge
from sphinx_modelcmp.importers.plan import Kind
from sphinx_modelcmp.importers.sameness import is_unknown, readings, result_key, route_key, same, stated, value_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_modelcmp.catalog.editing import Editor
    from sphinx_modelcmp.catalog.places import Keys
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merging import Held, Merger
    from sphinx_modelcmp.importers.plan import Mark, Plan
    from sphinx_modelcmp.importers.sameness import Stated

_BLOCKS = frozenset(("name", "aliases", "capabilities", "lifecycle", "results", "routes", COMMENT))
_FACTS = frozenset(name for name, about in Model.model_fields.items() if isinstance(about.default, Fact))


class ModelMerge:
    """What one model becomes."""

    def __init__(self, merger: Merger, held: Held) -> None:
        self.held = held
        self.at: Keys = ("models", held.id)
        self.plan: Plan = merger.plan
        self.mark: Mark = merger.mark
        self._merger = merger
        self.is_own = self.may_change(held.stated) and ("checked" in held.raw or not held.stated.day)
        """Whether what is added inherits the source, and a day that becomes that of the foreign file."""

    @property
    def editor(self) -> Editor:
        """What edits the file that the model is in."""
        return self._merger.editor(self.held.path)

    @property
    def stamp(self) -> Raw:
        """What marks a block of ours in a model of others."""
        return {} if self.is_own else {"source": self.mark.source, "checked": self.mark.day}

    def merge(self, record: Raw, is_wanted: Callable[[Raw], bool]) -> None:
        """All of it."""
        raw = self.held.raw
        for name, value in in_order(record).items():
            if name not in _BLOCKS:
                self.fact((*self.at, name), raw.get(name), value, self.held.stated, keys_before(name, raw))
        self.capabilities(raw.get("capabilities"), record.get("capabilities") or {})
        self.routes(raw.get("routes"), record.get("routes") or [], is_wanted)
        self.results(raw.get("results"), record.get("results") or [])
        if record.get("lifecycle"):
            self.lifecycle(raw.get("lifecycle"), record["lifecycle"])
        if self.is_own:
            self.note_gone(record)
            self.confirm(self.at, raw)

    # --- facts -----------------------------------------------------------------------------------------------------

    def may_change(self, said: Stated) -> bool:
        """Whether something is the word of the imported source alone, and of no later day than the foreign file's."""
        day = said.day or self._merger.source_day
        return said.source == (self.mark.source,) and day <= str(self.mark.day)

    def fact(self, at: Keys, old: Any, new: Any, outer: Stated, before: Sequence[str]) -> None:
        """One fact: added where nothing is known, brought up to date where it is ours, else left alone."""
        said = stated(old, outer)
        if old is None or is_unknown(old):
            self.plan.change(Kind.ADDED, at, new=readings(new))
            self._refer(at, new)
            if old is None:
                self.editor.add(at[:-1], str(at[-1]), self.stamped(new, outer), before)
            else:
                self.editor.replace(at, self.stamped(new, outer))
        elif same(old, new):
            if isinstance(old, dict) and said.source == (self.mark.source,):
                self.confirm(at, old)
        elif self.may_change(said):
            self.plan.change(Kind.CHANGED, at, readings(old), readings(new))
            self._refer(at, new)
            self.editor.replace(at, self.stamped(new, outer))
        elif not set(readings(new)) <= set(readings(old)):
            self.plan.keep(at, readings(old), readings(new))

    def _refer(self, at: Keys, new: Any) -> None:
        *_, above, name = at
        self._merger.refer({"capabilities": {name: new}} if above == "capabilities" else {str(name): new})

    def stamped(self, new: Any, outer: Stated) -> Any:
        """A value with its source and day, where it does not inherit them."""
        if outer.source == (self.mark.source,) and self.is_own:
            return new
        long: Raw = dict(new) if isinstance(new, dict) else {"value": new}
        return {**long, "source": self.mark.source, "checked": self.mark.day}

    def confirm(self, at: Keys, raw: Mapping[str, Any]) -> None:
        """Bring the day of what still holds up to date."""
        if day := self._earlier(raw):
            self.plan.change(Kind.CONFIRMED, (*at, "checked"), str(day), self.mark.day)
            self.editor.replace((*at, "checked"), self.mark.day)

    def _earlier(self, raw: Mapping[str, Any]) -> datetime.date | None:
        """The day that stands there, where it is before that of the foreign file."""
        try:
            day = read_day(raw.get("checked"))
        except ValueError:
            return None
        return day if day < self.mark.day else None

    def note_gone(self, record: Raw) -> None:
        """What the source says no longer keeps the day on which it last did: the model gets a later one."""
        raw, day = self.held.raw, self._earlier(self.held.raw)
        if day is None:
            return
        flags = raw.get("capabilities")
        for name, flag in flags.items() if isinstance(flags, dict) else ():
            if name not in {"source", "checked", *record.get("capabilities", {})}:
                self._age((*self.at, "capabilities", name), flag, day)
        for name in raw:
            if name in _FACTS and name not in record and name not in {"summary", *_BLOCKS}:
                self._age((*self.at, name), raw[name], day)
        there = {route_key(route) for route in record.get("routes", ())}
        routes = raw.get("routes")
        for i, route in enumerate(routes if isinstance(routes, list) else ()):
            if isinstance(route, dict) and route_key(route) not in there and not {"source", "checked"} & route.keys():
                self.plan.change(Kind.GONE, (*self.at, "routes", i), route.get("provider"))
                self.editor.add((*self.at, "routes", i), "checked", day, ("provider", "id", "region", "source"))

    def _age(self, at: Keys, fact: Any, day: datetime.date) -> None:
        if isinstance(fact, dict) and {"source", "checked"} & fact.keys():
            return
        self.plan.change(Kind.GONE, at, value_of(fact))
        if isinstance(fact, dict):
            self.editor.add(at, "checked", day)
        else:
            self.editor.wrap(at, "{value: ", f", checked: {day}}}")

    # --- blocks ----------------------------------------------------------------------------------------------------

    def capabilities(self, old: Any, new: Raw) -> None:
        """Flag by flag."""
        at = (*self.at, "capabilities")
        if isinstance(old, dict) and old:
            outer = stated(old, self.held.stated)
            for name, value in new.items():
                self.fact((*at, name), old.get(name), value, outer, ())
        elif new:
            self.plan.change(Kind.ADDED, at, new=new)
            self._merger.refer({"capabilities": new})
            self._put("capabilities", old, {**self.stamp, **new})

    def lifecycle(self, old: Any, new: Raw) -> None:
        """As a whole: its days belong together."""
        at = (*self.at, "lifecycle")
        if not isinstance(old, dict):
            self.plan.change(Kind.ADDED, at, new=new)
            self._put("lifecycle", old, {**new, **self.stamp})
            return
        said = {name: old[name] for name in Lifecycle.model_fields if name in new and name in old}
        if same(said, new):
            return
        if self.may_change(stated(old, self.held.stated)):
            self.plan.change(Kind.CHANGED, at, said, new)
            self.editor.replace(at, {**new, **self.stamp})
        else:
            self.plan.keep(at, said, new)

    def results(self, old: Any, new: Sequence[Raw]) -> None:
        """Those of measurements that are not there; of the others only what differs is told."""
        present = [one for one in old if isinstance(one, dict)] if isinstance(old, list) else []
        missing = []
        for result in new:
            scores = [one.get("score") for one in present if result_key(one) == result_key(result)]
            at = (*self.at, "results", result["benchmark"])
            if not scores:
                self.plan.change(Kind.ADDED, at, new=result["score"])
                missing.append({**result, **self.stamp})
            elif not any(same(score, result["score"]) for score in scores):
                self.plan.keep(at, scores, result["score"])
        self._append("results", old, missing)

    def routes(self, old: Any, new: Sequence[Raw], is_wanted: Callable[[Raw], bool]) -> None:
        """Route by route; none is added to a model that is said to have none."""
        at = (*self.at, "routes")
        if not isinstance(old, list) and not (old is None or is_unknown(old)):
            if new:
                self.plan.keep(at, value_of(old), f"{len(new)} routes")
            return
        present = (
            [(i, one) for i, one in enumerate(old or ()) if isinstance(one, dict)] if isinstance(old, list) else []
        )
        missing = []
        for route in new:
            found = next(((i, one) for i, one in present if route_key(one) == route_key(route)), None)
            if found:
                RouteMerge(self, (*at, found[0]), found[1]).merge(route)
            elif is_wanted(route):
                self.plan.change(Kind.ADDED, at, new=f"{route['provider']} {route.get('id', '')}".strip())
                missing.append(self._new_route(route))
        self._append("routes", old, missing)

    def _new_route(self, route: Raw) -> Raw:
        head = {name: route[name] for name in (COMMENT, "provider", "id", "region") if name in route}
        return {**head, **self.stamp, **{name: value for name, value in route.items() if name not in head}}

    def _append(self, name: str, old: Any, missing: Sequence[Raw]) -> None:
        self._merger.refer({name: missing})
        if isinstance(old, list) and old:
            for one in missing:
                self.editor.append((*self.at, name), one)
        elif missing:
            self._put(name, old, list(missing))

    def _put(self, name: str, old: Any, value: Any) -> None:
        if old is None and name not in self.held.raw:
            self.editor.add(self.at, name, value, keys_before(name, self.held.raw))
        else:
            self.editor.replace((*self.at, name), value)

"""One mapping of a catalog whose facts inherit its source and day: a model, its capabilities, a route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import read_day
from sphinx_modelcmp.importers.listings import is_only_where_listed
from sphinx_modelcmp.importers.merge.plan import Kind, Notes
from sphinx_modelcmp.importers.merge.sameness import (
    BESIDE,
    Stated,
    is_long,
    is_unknown,
    readings,
    same,
    stated,
    value_of,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Mapping

    from sphinx_modelcmp.catalog.yaml.reader import Keys
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.merge.plan import Mark

HEAD = ("name", "provider", "id", "region", "source")
"""The keys that stand before the day of a level."""


@dataclass(frozen=True, slots=True)
class Import:
    """What all of an import shares."""

    mark: Mark
    source_day: str
    """The day of what names the source and no day."""
    currency: str
    """ISO 4217 code for prices in the catalog that name none."""
    facts: Collection[str]
    """The keys of a model that are facts which a source may state."""
    notes: Notes

    def may_change(self, said: Stated) -> bool:
        """Whether something is the word of the imported source alone, and of no later day than the foreign file's."""
        return said.source == (self.mark.source,) and self.day_of(said) <= str(self.mark.day)

    def day_of(self, said: Stated) -> str:
        """The day of what is stated; empty where nobody names one."""
        return said.day or (self.source_day if said.source == (self.mark.source,) else "")

    def is_earlier(self, day: Any) -> bool:
        """Whether a day, as it is written, is before that of the foreign file."""
        found = as_day(day)
        return found is not None and found < self.mark.day


class Level:
    """A mapping as it is, and as it is to be: ``now``."""

    def __init__(self, at: Keys, raw: Mapping[str, Any], run: Import, outer: Stated, *, is_inner: bool = False) -> None:
        """``outer`` is what it inherits; an inner level may get the foreign file's day from the one around it."""
        self.at = at
        self.raw = raw
        self.run = run
        self.now = dict(raw)
        self.stated = stated(raw, outer)
        self._is_inner = is_inner
        day = run.day_of(self.stated)
        self.is_own = run.may_change(self.stated) and as_day(day) is not None
        """Whether what is added inherits the source, and a day that becomes that of the foreign file."""
        self.earlier = as_day(day) if self.is_own and run.is_earlier(day) else None
        """The day that is given up for the foreign file's: what the source does not say now keeps it."""
        self._said: set[str] = set()
        """The keys whose values are the source's now."""

    def inside(self, name: str | int, raw: Mapping[str, Any], *path: str | int) -> Level:
        """A level in this one."""
        return Level((*self.at, name, *path), raw, self.run, self.stated, is_inner=True)

    @property
    def result(self) -> Mapping[str, Any]:
        """The mapping as it is to be: the same object where nothing changes."""
        return self.raw if self.now == self.raw else self.now

    @property
    def stamp(self) -> Raw:
        """The source and day of what is added."""
        return {} if self.is_own else {"source": self.run.mark.source, "checked": self.run.mark.day}

    # --- facts -----------------------------------------------------------------------------------------------------

    def fact(self, name: str, new: Any, before: Collection[str] | None = None) -> None:
        """Take a fact over: where nothing is known, or where it is this source's; a new key comes after ``before``."""
        old, at, notes = self.raw.get(name), (*self.at, name), self.run.notes
        said = stated(old, self.stated)
        if is_unknown(old) or same(old, new):
            self._said.add(name)
        if is_unknown(old):
            notes.change(Kind.ADDED, at, old if isinstance(old, dict) else None, readings(new))
            self.put(name, self._renewed(at, old, new), before)
        elif same(old, new):
            if isinstance(old, dict) and said.source == (self.run.mark.source,):
                self.now[name] = self._confirmed(at, old, said)
        elif self.run.may_change(said) and not _is_told_apart(old):
            notes.change(Kind.CHANGED, at, readings(old), readings(new))
            self._said.add(name)
            self.now[name] = self._renewed(at, old, new)
        elif not set(readings(new)) <= set(readings(old)):
            notes.keep(at, readings(old), readings(new))

    def _renewed(self, at: Keys, old: Any, new: Any) -> Any:
        """A new value with what stood beside the old one, and with source and day where it does not inherit them."""
        long: Raw = dict(new) if is_long(new) else {"value": new}
        beside = {name: old[name] for name in old if name in BESIDE} if isinstance(old, dict) else {}
        mark = {"source": self.run.mark.source, "checked": self.run.mark.day}
        stamp = mark if not self.is_own or mark.keys() & beside.keys() else {}
        if beside.get("note"):
            self.run.notes.change(Kind.NOTE_KEPT, at, beside["note"])
            if long.get("note", beside["note"]) != beside["note"]:
                self.run.notes.keep((*at, "note"), beside["note"], long["note"])
        if not beside and not stamp and not (isinstance(old, dict) and is_long(old)):
            return new
        return {**long, **beside, **stamp}

    def put(self, name: str, value: Any, before: Collection[str] | None = None) -> None:
        """Set a key; a new one comes after those that are to stand before it, or last."""
        self.now = placed(self.now, name, value, before)

    def put_list(self, name: str, items: list[Any]) -> None:
        """Set a key to a list, unless it holds the very same items."""
        old = self.raw[name]
        if len(old) != len(items) or any(one is not other for one, other in zip(old, items, strict=True)):
            self.put(name, items)

    # --- days ------------------------------------------------------------------------------------------------------

    def _confirmed(self, at: Keys, raw: Mapping[str, Any], said: Stated) -> Mapping[str, Any]:
        """A mapping with its own day brought up to date."""
        day = self.run.day_of(said)
        if not has_own_day(raw) or not self.run.is_earlier(day):
            return raw
        self.run.notes.change(Kind.CONFIRMED, (*at, "checked"), day, self.run.mark.day)
        return placed(raw, "checked", self.run.mark.day, HEAD)

    def confirm(self) -> None:
        """Bring the day of this level up to date, where it is this source's and not that of the level around it."""
        if self.earlier and (has_own_day(self.raw) or not self._is_inner):
            self.run.notes.change(Kind.CONFIRMED, (*self.at, "checked"), self.earlier, self.run.mark.day)
            self.put("checked", self.run.mark.day, HEAD)

    def keep_days(self, names: Iterable[str]) -> None:
        """Give the day that this level had to its facts that the source does not say now, or says otherwise."""
        for name in names if self.earlier else ():
            if name in self.raw and name not in self._said and not is_unknown(self.raw[name]):
                self.now[name] = self.aged((*self.at, name), self.raw[name])

    def aged(self, at: Keys, value: Any) -> Any:
        """A value with the day on which the source last said it; what names a source or a day already has one."""
        if has_own_day(value) or not self.earlier:
            return value
        self.run.notes.change(Kind.GONE, at, value_of(value))
        return {**(value if isinstance(value, dict) else {"value": value}), "checked": self.earlier}


def as_day(written: Any) -> datetime.date | None:
    """A day as it is written; None for what is none."""
    try:
        day: datetime.date = read_day(written)
    except ValueError:
        return None
    return day


def has_own_day(value: Any) -> bool:
    """Whether a mapping names a source or a day of its own."""
    return isinstance(value, dict) and bool(value.get("source") or value.get("checked"))


def placed(record: Mapping[str, Any], name: str, value: Any, before: Collection[str] | None = None) -> dict[str, Any]:
    """A mapping with one more key, after the last of those that come before it, or with another value."""
    if name in record or before is None:
        return {**record, name: value}
    place = max((i for i, key in enumerate(record, 1) if key in before), default=0)
    pairs = [*record.items()]
    return dict([*pairs[:place], (name, value), *pairs[place:]])


def _is_told_apart(fact: Any) -> bool:
    """Whether somebody has written something to one of several values: it would be lost with that value."""
    values = fact.get("values") if isinstance(fact, dict) else None
    return any(
        isinstance(one, dict) and (one.get("accept") or not is_only_where_listed(one.get("note")))
        for one in (values if isinstance(values, list) else ())
    )

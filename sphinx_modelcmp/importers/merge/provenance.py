"""Values of a catalog with their source and day: compared with foreign ones, then taken over, confirmed or kept.

The tree of a catalog contains text, as the reader of YAML gives it; foreign values have types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.decode_model import LONG_FORM
from sphinx_modelcmp.catalog.records import keys_before
from sphinx_modelcmp.catalog.scalars import is_silent, read_day
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS
from sphinx_modelcmp.catalog.yaml.writer import COMMENT, flow, scalar
from sphinx_modelcmp.importers.importer import Raw, elsewhere_id, is_only_where_listed

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sphinx_modelcmp.catalog.problems import Keys

HEAD = ("name", "provider", "id", "region", "source")
"""The keys that come before the day of a level."""
BESIDE = LONG_FORM - {"value", "values"}
"""The keys of a fact that are not its value."""
_RESULT = ("benchmark", "version", "split", "metric", "harness", "variant", "tools")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_NOT_OF_PRICE = {"from", "until", COMMENT, *BESIDE}


class Stated(NamedTuple):
    """The sources and the day of a value; the day is empty where only the source has one."""

    source: tuple[str, ...] = ()
    day: str = ""


def stated(raw: Any, outer: Stated) -> Stated:
    """Source and day of a level, its own or else inherited ones. Of several values all that any of them states."""
    if not isinstance(raw, dict):
        return outer
    source = names_of(raw.get("source"))
    found = Stated(source or outer.source, str(raw.get("checked") or ("" if source else outer.day)))
    values = raw.get("values")
    if not isinstance(values, list):
        return found
    each = [stated(value, found) for value in values]
    names = dict.fromkeys(name for one in each for name in one.source)
    return Stated(tuple(names), max((one.day for one in each), default=""))


def as_list(value: Any) -> list[Any]:
    """Several values; of one that is alone a list of it."""
    return [*value] if isinstance(value, list | tuple) else [value]


def names_of(value: Any) -> tuple[str, ...]:
    """Ids of sources, or aliases, given as one or as a list."""
    return tuple(map(str, as_list(value))) if value else ()


def mappings_in(value: Any) -> dict[int, Mapping[str, Any]]:
    """The mappings in a list, by their index; none in anything else."""
    return {i: one for i, one in enumerate(value) if isinstance(one, dict)} if isinstance(value, list) else {}


def mappings_below(value: Any, at: Keys = ()) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """Every mapping in a tree with its path, the inner ones first."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from mappings_below(inner, (*at, key))
    if isinstance(value, dict):
        yield at, value


def value_of(fact: Any) -> Any:
    """The plain value of a fact, in whichever form it is written."""
    if not isinstance(fact, dict):
        return fact
    if "value" in fact or "values" in fact:
        return fact.get("value")
    return {name: value for name, value in fact.items() if name not in BESIDE}


def is_long(fact: Any) -> bool:
    """A fact is written with keys for source, day or note, or has only these."""
    return isinstance(fact, dict) and ("value" in fact or "values" in fact or fact.keys() <= BESIDE)


def is_unknown(fact: Any) -> bool:
    """Nobody has said what a fact is."""
    if isinstance(fact, dict):
        return is_long(fact) and not fact.get("values") and is_unknown(fact.get("value"))
    return is_silent(fact) or fact == ""


def same(old: Any, new: Any) -> bool:
    """Two values, each in any form, are equal. Several values never equal one."""
    if _several(old) or _several(new):
        return _several(old) == _several(new) != []
    old, new = value_of(old), value_of(new)
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[name], new[name]) for name in new)
    return list(map(plain_text, as_list(old))) == list(map(plain_text, as_list(new)))


def is_coarser(one: Any, other: Any) -> bool:
    """A date is of less precision than another one, and contains it: they do not contradict each other."""
    dates = [str(value_of(fact)) for fact in (one, other)]
    return all(map(_DATE.fullmatch, dates)) and dates[1].startswith(f"{dates[0]}-")


def readings(fact: Any) -> list[str]:
    """Every value of a fact, as text."""
    return _several(fact) or [plain_text(value_of(fact))]


def _several(fact: Any) -> list[str]:
    given = fact.get("values") if isinstance(fact, dict) else None
    return sorted(plain_text(value_of(one)) for one in given) if isinstance(given, list) else []


def plain_text(value: Any) -> str:
    """One spelling for what is equal: 2.50 is 2.5, and 1e6 a million.

    >>> plain_text("1_000_000") == plain_text(1000000), plain_text("Apache-2.0")
    (True, 'Apache-2.0')
    """
    if isinstance(value, dict | list | tuple):
        return flow(value)
    text = value if isinstance(value, str) else scalar(value).strip('"')
    try:
        return f"{Decimal(text.replace('_', '')).normalize():f}"
    except InvalidOperation:
        return text


def price_key(line: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """A line of a price list without its days, its source and the zeros that nobody calls free, to compare."""
    zeros = {name for name in line.keys() & PRICE_COMPONENTS.keys() if plain_text(line[name]) == "0"}
    return tuple(sorted((name, _condition(line[name])) for name in line.keys() - zeros - _NOT_OF_PRICE))


def amounts(lines: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each amount of a price list by its component, and the condition that it holds under."""
    found = {}
    for line in lines:
        under = f" ({shown(line['when'])})" if line.get("when") else ""
        unit = f" {line['currency']}" if line.get("currency") else ""
        for name, value in line.items():
            if name not in {*_NOT_OF_PRICE, "when", "currency"}:
                found[name + under] = plain_text(value) + unit
    return found


def _condition(value: Any) -> str:
    if isinstance(value, dict):
        return str(sorted((name, _condition(item)) for name, item in value.items()))
    if isinstance(value, list):
        return str(sorted(map(plain_text, value)))
    return plain_text(value)


def result_key(result: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts that agree in two results of the same measurement."""
    return tuple(str(result.get(name, "")).casefold() for name in _RESULT)


def route_key(route: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts that agree in two records of one route."""
    return tuple(str(value_of(route.get(name)) or "").casefold() for name in ("provider", "region", "id"))


def shown_price(line: Mapping[str, Any]) -> str:
    """A line of a price list in a report."""
    return shown({name: value for name, value in line.items() if name not in _NOT_OF_PRICE})


def shown(value: Any) -> str:
    """A value in a report: in one line."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, list):
        return "; ".join(shown(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown(said)}" for name, said in value.items() if name != COMMENT)
    return flow(value)


# --- the report ----------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """A kind of change."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    """A price that holds no longer."""
    CONFIRMED = "confirmed"
    """Only the day is new."""
    DATED = "given the day that it had from its source"
    """It names the source and no day, and the source has a later one now."""
    GONE = "gone"
    """The source says this no longer; it stays, with the day on which it last did."""
    NOTE_KEPT = "note kept beside a new value"
    """It may speak of the value that was there before."""


class Change(NamedTuple):
    """One thing that an import does."""

    kind: Kind
    at: str
    old: str
    new: str


class Kept(NamedTuple):
    """A place where the catalog and the source say different things: the catalog stays as it is."""

    at: str
    here: str
    there: str


@dataclass(slots=True)
class Notes:
    """The report of an import, or of the part of it that is about one model."""

    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    places: list[Keys] = field(default_factory=list)
    """The place of each that is kept."""

    def change(self, kind: Kind, at: Keys, old: Any = None, new: Any = None) -> None:
        """Note a change."""
        self.changes.append(Change(kind, path_of(at), visible(shown(old)), visible(shown(new))))

    def keep(self, at: Keys, here: Any, there: Any) -> None:
        """Note something that is left alone."""
        self.kept.append(Kept(path_of(at), visible(shown(here)), visible(shown(there))))
        self.places.append(at)

    def add(self, other: Notes) -> None:
        """Append the notes of a part."""
        self.changes += other.changes
        self.kept += other.kept
        self.places += other.places


def path_of(at: Keys) -> str:
    """A place as messages show it."""
    return visible(".".join(map(str, at)))


# --- levels --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """The source and the day that every imported fact carries."""

    source: str
    """Id of the source."""
    day: datetime.date
    """The day that the foreign file is of."""

    @property
    def stamp(self) -> Raw:
        """Source and day as an entry states them."""
        return {"source": self.source, "checked": self.day}

    @property
    def elsewhere(self) -> Mark:
        """That of what other places say beside the maker of a model."""
        return Mark(elsewhere_id(self.source), self.day)


@dataclass(frozen=True, slots=True)
class Import:
    """Values that all levels of an import share."""

    mark: Mark
    source_day: str
    """The day of what names the source and no day."""
    currency: str
    """ISO 4217 code for prices in the catalog that name none."""
    facts: Collection[str]
    """The keys of a model that are facts which a source may state."""
    notes: Notes

    def may_change(self, said: Stated) -> bool:
        """A value is the word of the imported source alone, and of no later day than the foreign file's."""
        ours = {self.mark.source, self.mark.elsewhere.source}
        return bool(said.source) and ours.issuperset(said.source) and self.day_of(said) <= str(self.mark.day)

    def day_of(self, said: Stated) -> str:
        """The day of what is stated; empty where nobody names one."""
        return said.day or (self.source_day if said.source == (self.mark.source,) else "")


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
        day = as_day(run.day_of(self.stated))
        self.is_own = run.may_change(self.stated) and day is not None
        """True where an addition inherits the source, and a day that becomes that of the foreign file."""
        self.earlier = day if self.is_own and day and day < run.mark.day else None
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
        return {} if self.is_own else self.run.mark.stamp

    # --- facts -----------------------------------------------------------------------------------------------------

    def fact(self, name: str, new: Any, before: Collection[str] | None = None) -> None:
        """Take a fact over: where nothing is known, or where it is this source's; a new key comes after ``before``."""
        old, at, notes = self.raw.get(name), (*self.at, name), self.run.notes
        said = stated(old, self.stated)
        is_same = (same(old, new) and self._elsewhere(old) == self._elsewhere(new)) or is_coarser(new, old)
        if is_unknown(old) or is_same:
            self._said.add(name)
        if is_unknown(old):
            notes.change(Kind.ADDED, at, old if isinstance(old, dict) else None, readings(new))
            self.put(name, self._renewed(at, old, new), before)
        elif is_same:
            if isinstance(old, dict):
                inner = self.inside(name, old)
                inner.confirm()
                inner.confirm_values()
                self.now[name] = inner.result
        elif self.run.may_change(said) and not _is_told_apart(old):
            notes.change(Kind.CHANGED, at, readings(old), readings(new))
            self._said.add(name)
            self.now[name] = self._renewed(at, old, new)
        elif not set(readings(new)) <= set(readings(old)):
            notes.keep(at, readings(old), readings(new))

    def _elsewhere(self, fact: Any) -> list[str]:
        """The values of a fact that other places give beside the maker."""
        values = fact.get("values", [fact]) if isinstance(fact, dict) else None
        said = mappings_in(values).values()
        other = self.run.mark.elsewhere.source
        return sorted(plain_text(value_of(one)) for one in said if other in names_of(one.get("source")))

    def _renewed(self, at: Keys, old: Any, new: Any) -> Any:
        """A new value with the other keys of the old one, and with source and day where it does not inherit them."""
        long: Raw = dict(new) if is_long(new) else {"value": new}
        own = {name: long[name] for name in ("source", "checked") if name in long}
        beside = {name: old[name] for name in old if name in BESIDE} if isinstance(old, dict) else {}
        if is_only_where_listed(beside.get("note")):
            beside.pop("note", None)
        stamp = self.run.mark.stamp if beside.keys() & {"source", "checked"} else self.stamp
        if beside.get("note"):
            self.run.notes.change(Kind.NOTE_KEPT, at, beside["note"])
            if long.get("note", beside["note"]) != beside["note"]:
                self.run.notes.keep((*at, "note"), beside["note"], long["note"])
        if not beside and not stamp and not (isinstance(old, dict) and is_long(old)):
            return new
        return {**long, **beside, **stamp, **own}

    def put(self, name: str, value: Any, before: Collection[str] | None = None) -> None:
        """Set a key; a new one comes after those that are to stand before it, or last."""
        self.now = placed(self.now, name, value, before)

    def fill(self, name: str, added: Any, new: Any, *, is_open: bool = False, is_last: bool = False) -> None:
        """Add a block where nothing is known; where a word or something else is written instead, leave that."""
        if not added:
            return
        old, at = self.raw.get(name), (*self.at, name)
        if is_open or is_unknown(old or None):
            self.run.notes.change(Kind.ADDED, at, new=added)
            self.put(name, new, None if is_last else keys_before(name, self.now))
            return
        self.run.notes.keep(at, value_of(old), added)
        if name != "capabilities":  # a word instead of flags has no form with a day
            self.put(name, self.aged(at, old))

    # --- days ------------------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Bring the day of this level up to date, where it is this source's and not that of the level around it."""
        if self.earlier and (has_own_day(self.raw) or not self._is_inner):
            self.run.notes.change(Kind.CONFIRMED, (*self.at, "checked"), self.earlier, self.run.mark.day)
            self.put("checked", self.run.mark.day, HEAD)

    def confirm_values(self) -> None:
        """Bring the days of several values up to date, of each that has its own."""
        values = self.raw.get("values")
        if isinstance(values, list):
            found = list(values)
            for i, one in mappings_in(values).items():
                level = self.inside("values", one, i)
                level.confirm()
                found[i] = level.result
            self.put("values", found)

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
        return read_day(written)
    except ValueError:
        return None


def has_own_day(value: Any) -> bool:
    """A mapping names a source or a day of its own."""
    return isinstance(value, dict) and bool(value.get("source") or value.get("checked"))


def placed(record: Mapping[str, Any], name: str, value: Any, before: Collection[str] | None = None) -> dict[str, Any]:
    """A mapping with one more key, after the last of those that come before it, or with another value."""
    if name in record or before is None:
        return {**record, name: value}
    place = max((i for i, key in enumerate(record, 1) if key in before), default=0)
    pairs = [*record.items()]
    return dict([*pairs[:place], (name, value), *pairs[place:]])


def _is_told_apart(fact: Any) -> bool:
    """Somebody has written something to one of several values: it would be lost with that value."""
    values = mappings_in(fact.get("values")).values() if isinstance(fact, dict) else ()
    return any(one.get("accept") or not is_only_where_listed(one.get("note")) for one in values)

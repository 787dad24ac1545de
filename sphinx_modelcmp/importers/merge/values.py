"""Comparison of a catalog's values with foreign ones, whichever way each is written, and the report of differences.

The tree of a catalog contains text, as the reader of YAML gives it; foreign values have types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.decode import LONG_FORM, is_silent
from sphinx_modelcmp.catalog.writing import COMMENT, flow, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_modelcmp.catalog.places import Keys

BESIDE = LONG_FORM - {"value", "values"}
"""The keys of a fact that are not its value."""
_RESULT = ("benchmark", "version", "split", "metric", "harness", "variant", "tools")
_NOT_OF_PRICE = {"from", "until", COMMENT, *BESIDE}


class Stated(NamedTuple):
    """Whose word something is, and of which day; the day is empty where only the source has one."""

    source: tuple[str, ...] = ()
    day: str = ""


def stated(raw: Any, outer: Stated) -> Stated:
    """What a level states of source and day, over what it inherits. Of several values all that any of them states."""
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


def value_of(fact: Any) -> Any:
    """The plain value of a fact, in whichever form it is written."""
    if not isinstance(fact, dict):
        return fact
    if "value" in fact or "values" in fact:
        return fact.get("value")
    return {name: value for name, value in fact.items() if name not in BESIDE}


def is_long(fact: Any) -> bool:
    """Whether a fact is written with its source, day or note beside it, or is to be."""
    return isinstance(fact, dict) and ("value" in fact or "values" in fact or fact.keys() <= BESIDE)


def is_unknown(fact: Any) -> bool:
    """Whether nobody has said what a fact is."""
    if isinstance(fact, dict):
        return is_long(fact) and not fact.get("values") and is_unknown(fact.get("value"))
    return is_silent(fact) or fact == ""


def same(old: Any, new: Any) -> bool:
    """Whether two values, each in any form, are equal. Several values never equal one."""
    if _several(old) or _several(new):
        return _several(old) == _several(new) != []
    old, new = value_of(old), value_of(new)
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[name], new[name]) for name in new)
    if isinstance(old, list) or isinstance(new, list):
        return [plain_text(one) for one in as_list(old)] == [plain_text(one) for one in as_list(new)]
    return plain_text(old) == plain_text(new)


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
    """What a line of a price list says, without its days and its source."""
    return tuple(sorted((name, _condition(value)) for name, value in line.items() if name not in _NOT_OF_PRICE))


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
    """What has to agree for two results to be of the same measurement."""
    return tuple(str(result.get(name, "")).casefold() for name in _RESULT)


def route_key(route: Mapping[str, Any]) -> tuple[str, ...]:
    """What has to agree for two routes to be one."""
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

    def change(self, kind: Kind, at: Keys, old: Any = None, new: Any = None) -> None:
        """Note a change."""
        self.changes.append(Change(kind, path_of(at), visible(shown(old)), visible(shown(new))))

    def keep(self, at: Keys, here: Any, there: Any) -> None:
        """Note something that is left alone."""
        self.kept.append(Kept(path_of(at), visible(shown(here)), visible(shown(there))))

    def add(self, other: Notes) -> None:
        """Append the notes of a part."""
        self.changes += other.changes
        self.kept += other.kept


def path_of(at: Keys) -> str:
    """A place as messages show it."""
    return visible(".".join(map(str, at)))

"""Comparisons of what a catalog says with what a foreign one does, however either spells it.

The tree of a catalog holds text, as the reader of YAML gives it; foreign values have types.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.decode import is_silent
from sphinx_modelcmp.catalog.decode_model import LONG_FORM
from sphinx_modelcmp.catalog.writing import COMMENT, flow, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def names_of(value: Any) -> tuple[str, ...]:
    """Ids of sources, given as one or as a list."""
    if isinstance(value, list):
        return tuple(map(str, value))
    return (str(value),) if value else ()


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
        return _plain_list(old) == _plain_list(new)
    return plain_text(old) == plain_text(new)


def readings(fact: Any) -> list[str]:
    """Every value of a fact, as text."""
    return _several(fact) or [plain_text(value_of(fact))]


def _several(fact: Any) -> list[str]:
    given = fact.get("values") if isinstance(fact, dict) else None
    return sorted(plain_text(value_of(one)) for one in given) if isinstance(given, list) else []


def _plain_list(value: Any) -> list[str]:
    return [plain_text(one) for one in (value if isinstance(value, list | tuple) else [value])]


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
    return {
        f"{name} ({shown(line['when'])})" if line.get("when") else name: f"{plain_text(value)}{_behind(line)}"
        for line in lines
        for name, value in line.items()
        if name not in _NOT_OF_PRICE and name not in {"when", "currency"}
    }


def _behind(line: Mapping[str, Any]) -> str:
    return f" {line['currency']}" if line.get("currency") else ""


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

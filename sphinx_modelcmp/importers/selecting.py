"""Which models and routes of a foreign catalog are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.importers.money import number

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_modelcmp.importers.listings import Listing, Raw

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "!=": ne, "=": eq, "<": lt, ">": gt}
_SAME = ("=", "!=")
_CONDITION = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:(?P<operator><=|>=|!=|=|<|>)\s*(?P<value>.+?)\s*)?")


@dataclass(frozen=True, slots=True)
class Query:
    """A condition on a fact or a capability: a name alone asks for a flag that is true."""

    name: str
    operator: str = "="
    value: str = "true"

    def holds(self, record: Raw) -> bool:
        """Whether any value of the fact fulfils it. What is not known never does."""
        return any(_compared(value, self.operator, self.value) for value in _values(record, self.name))


def read_query(text: str) -> Query:
    """Read ``NAME`` or ``NAME OPERATOR VALUE``. Raises ValueError for anything else.

    >>> read_query("context_window >= 200000")
    Query(name='context_window', operator='>=', value='200000')
    """
    found = _CONDITION.fullmatch(text)
    if not found:
        message = f"“{text}” is no condition: NAME, or NAME and one of {' '.join(_OPERATORS)} and a value"
        raise ValueError(message)
    return Query(found["name"], found["operator"], found["value"]) if found["operator"] else Query(found["name"])


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; nothing given means everything."""

    models: tuple[str, ...] = ()
    """Patterns, as a shell has them, of ids or aliases of models, or of what they are called at a place."""
    providers: tuple[str, ...] = ()
    """Patterns of ids of providers."""
    since: datetime.date | None = None
    """The earliest day of release."""
    queries: tuple[Query, ...] = ()

    def chosen(self, theirs: Sequence[Listing], ours: Sequence[Listing]) -> list[bool]:
        """Which listings are of a model that a pattern names, at a place that one names, or its maker's own.

        ``theirs`` have the names that the foreign catalog gives, ``ours`` those that they get here: either counts.
        """
        both = list(zip(theirs, ours, strict=True))
        at_place = [any(self.takes(one.provider) for one in pair) for pair in both]
        named = {pair[1].model for pair in both if not self.models or any(self._names(one) for one in pair)}
        placed = {pair[1].model for pair, is_there in zip(both, at_place, strict=True) if is_there}
        wanted = named & placed
        return [
            one.model in wanted and (is_there or one.by_maker or not one.provider)
            for (_, one), is_there in zip(both, at_place, strict=True)
        ]

    def _names(self, one: Listing) -> bool:
        return any(matches(name, self.models) for name in (one.model, one.id, *one.aliases))

    def takes(self, provider: str) -> bool:
        """Whether the routes at a provider are wanted."""
        return not self.providers or matches(provider, self.providers)

    def is_wanted(self, record: Raw) -> bool:
        """Whether a model of what is chosen is wanted for its facts."""
        is_new = self.since is None or any(_since(value, self.since) for value in _values(record, "released"))
        return is_new and all(query.holds(record) for query in self.queries)

    def without_effect(self, listings: Sequence[Listing]) -> list[str]:
        """The patterns that name nothing."""
        names = {name for one in listings for name in (one.model, one.id, *one.aliases)}
        places = {one.provider for one in listings}
        return [
            *(pattern for pattern in self.models if not any(matches(name, [pattern]) for name in names)),
            *(pattern for pattern in self.providers if not any(matches(place, [pattern]) for place in places)),
        ]


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name is one of those that patterns of a shell stand for, in capitals or not."""
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def _values(record: Raw, name: str) -> list[Any]:
    fact = record.get(name, record.get("capabilities", {}).get(name))
    if isinstance(fact, dict) and "values" in fact:
        return [one["value"] for one in fact["values"]]
    value = fact.get("value") if isinstance(fact, dict) else fact
    return [] if value is None else [value]


def _since(value: Any, day: datetime.date) -> bool:
    """As far as the precision of a date lets it be said: 2026 is not before 2026-05."""
    return str(value) >= str(day)[: len(str(value))]


def _compared(value: Any, operator: str, wanted: str) -> bool:
    """Numbers as such; dates as text at the precision that both have; other texts are the same or are not."""
    compare = _OPERATORS[operator]
    text = str(value)
    if isinstance(value, PartialDate):
        return compare(text[: len(wanted)], wanted[: len(text)])
    given, limit = number(text), number(wanted)
    if given is not None and limit is not None:
        return compare(given, limit)
    return operator in _SAME and compare(text.casefold(), wanted.casefold())

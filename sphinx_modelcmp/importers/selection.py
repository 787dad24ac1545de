"""The models and routes of a foreign catalog that are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.records import FACTS
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FieldGroup
from sphinx_modelcmp.catalog.yaml.writer import document
from sphinx_modelcmp.importers.prices import number

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sphinx_modelcmp.importers.importer import Listing, Raw


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "!=": ne, "=": eq, "<": lt, ">": gt}
_SAME = ("=", "!=")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_FACTS = frozenset((*FACTS, "routes"))
_REFUSALS = (Code.VALUE, Code.UNSAFE_URL, Code.SYNTAX)
_CONDITION = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:(?P<operator><=|>=|!=|=|<|>)\s*(?P<value>.+?)\s*)?")


@dataclass(frozen=True, slots=True)
class Query:
    """A condition on a fact or a capability: a name alone asks for a flag that is true."""

    name: str
    operator: str = "="
    value: str = "true"
    is_complete: bool = True
    """True where an operator and a value were given."""

    def holds(self, record: Raw) -> bool:
        """Any value of the fact fulfils it. An unknown fact never does."""
        return any(_compared(value, self.operator, self.value) for value in _values(record, self.name))


def read_query(text: str) -> Query:
    """Read ``NAME`` or ``NAME OPERATOR VALUE``. Raises ValueError for anything else.

    >>> read_query("context_window >= 200000")
    Query(name='context_window', operator='>=', value='200000', is_complete=True)
    """
    found = _CONDITION.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is no condition: NAME, or NAME and one of {' '.join(_OPERATORS)} and a value")
    name, operator, value = found.groups()
    return Query(name, operator, value) if operator else Query(name, is_complete=False)


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters and names of an import; no filter takes everything."""

    models: tuple[str, ...] = ()
    """Patterns, as a shell has them, of ids or aliases of models, or of what they are called at a place."""
    providers: tuple[str, ...] = ()
    """Patterns of ids of providers."""
    since: datetime.date | None = None
    """The earliest day of release."""
    queries: tuple[Query, ...] = ()
    provider_ids: Mapping[str, str] = field(default_factory=dict)
    """Their ids of providers to those that they get."""
    model_ids: Mapping[str, str] = field(default_factory=dict)
    """Their ids of models to those that they get."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Ids of providers, theirs or ours, to the ISO 4217 code for their prices."""

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
        """The routes at a provider are wanted."""
        return not self.providers or matches(provider, self.providers)

    def is_wanted(self, record: Raw) -> bool:
        """A chosen model is wanted for its facts."""
        is_new = self.since is None or any(_since(value, self.since) for value in _values(record, "released"))
        return is_new and all(query.holds(record) for query in self.queries)


class FilterError(ValueError):
    """A filter that means nothing in a foreign catalog: most often it is misspelt."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


def check_names(selection: Selection, theirs: Sequence[Listing], ours: Sequence[Listing]) -> None:
    """Raise FilterError for the first pattern, or the first name of theirs, that is of nothing there."""
    models = {name for one in (*theirs, *ours) for name in (one.model, one.id, *one.aliases) if name}
    places = {one.provider for one in (*theirs, *ours) if one.provider}
    for option, given, known in (
        ("--model", selection.models, models),
        ("--provider", selection.providers, places),
        ("--provider-id", selection.provider_ids, {one.provider for one in theirs if one.provider}),
        ("--model-id", selection.model_ids, {one.model for one in theirs}),
        ("--currency", selection.currencies, places),
    ):
        for name in given:
            is_pattern = option in {"--model", "--provider"}
            is_there = any(matches(one, [name]) for one in known) if is_pattern else name in known
            if not is_there:
                raise FilterError(option, f"nothing there is called “{name}”{did_you_mean(name, known)}")


def check_queries(queries: Sequence[Query], records: Collection[Raw], fields: Mapping[str, Raw]) -> None:
    """Raise FilterError for the first condition on a fact that does not exist, or with a value that it cannot have."""
    flags = {*CAPABILITIES, *(name for name, field in fields.items() if field.get("group") == FieldGroup.CAPABILITIES)}
    facts = {"name", *_FACTS, *(fields.keys() - flags)}
    for query in queries:
        fact: Raw = {query.name: query.value}
        if query.name in flags:
            fact = {"capabilities": fact}
        if why := _wrong(query, flags, facts) or why_no_fact(fact, fields) or _unheard(query, records):
            raise FilterError("--query", why)


def _wrong(query: Query, flags: Collection[str], facts: Collection[str]) -> str:
    if query.name in flags:
        return ""
    if query.name not in facts:
        return f"no fact “{query.name}”{did_you_mean(query.name, (*flags, *facts))}"
    return "" if query.is_complete else f"`{query.name}` is no flag: what should it be?"


def why_no_fact(fact: Raw, fields: Mapping[str, Any]) -> str:
    """Why a catalog could not contain a fact, in the words of its checks; empty where it could."""
    text = document({"fields": fields, "models": {"a": {"name": "a model", **fact}}}).encode()
    problems = read_catalog([CatalogFile(Path("value"), "value", text)]).problems
    return next((problem.message for problem in problems if problem.code in _REFUSALS), "")


def _unheard(query: Query, records: Collection[Raw]) -> str:
    """Why a text can be compared with none that is there: another order than that of numbers and dates is none."""
    values = [value for record in records for value in _values(record, query.name)]
    if not values or not all(map(_is_word, values)):
        return ""
    if query.operator not in _SAME:
        return f"`{query.name}` is a text: it can be compared by {' and '.join(_SAME)} only"
    words = set(values)
    if query.value.casefold() in {word.casefold() for word in words}:
        return ""
    return f"nothing there has “{query.value}” for `{query.name}`{did_you_mean(query.value, words)}"


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and number(value) is None and not _DATE.fullmatch(value)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """A name fits one of several patterns, as a shell has them, in any case."""
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
    if isinstance(value, PartialDate) or _DATE.fullmatch(text):
        return compare(text[: len(wanted)], wanted[: len(text)])
    given, limit = number(text), number(wanted)
    if given is not None and limit is not None:
        return compare(given, limit)
    return operator in _SAME and compare(text.casefold(), wanted.casefold())

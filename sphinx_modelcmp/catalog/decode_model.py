"""The ``models`` of one file: facts, routes, prices and results, each left out alone where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_modelcmp.catalog.checks import outside_scale
from sphinx_modelcmp.catalog.decode import Decoder, Provenance
from sphinx_modelcmp.catalog.fields import SAID, Record, fields_of, reader_of, record_of, written
from sphinx_modelcmp.catalog.prices import rivals
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import (
    FACTS,
    LIMITS,
    UNKNOWN,
    Fact,
    Lifecycle,
    Model,
    Price,
    Reading,
    Result,
    Route,
    value_kind,
)
from sphinx_modelcmp.catalog.scalars import (
    PartialDate,
    is_silent,
    read_flag,
    read_id,
    read_language,
    read_list,
    read_number,
    read_partial_date,
    read_prose,
    read_text,
    shorten,
)
from sphinx_modelcmp.catalog.vocabulary import (
    CAPABILITIES,
    PRICE_COMPONENTS,
    STATE_WORDS,
    FieldGroup,
    FieldType,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from typing import TypeAlias

    from sphinx_modelcmp.catalog.decode import Collected
    from sphinx_modelcmp.catalog.fields import Reader
    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.catalog.yaml.reader import Document

    ReadValue: TypeAlias = Callable[[Any, Keys, Provenance], Any]
    """Reads a value at a path, with what it inherits; None, and a problem, where it cannot be read."""
    Found: TypeAlias = list[tuple[Any, Keys]]

S = TypeVar("S", bound=Reading[Any])

HOUSE_READERS: dict[FieldType, Reader] = {
    FieldType.FLAG: read_flag,
    FieldType.QUANTITY: read_number,
    FieldType.TEXT: read_text,
    FieldType.DATE: read_partial_date,
}
_FLAGS = dict.fromkeys(CAPABILITIES, read_flag)
_KINDS = {name: value_kind(fields_of(Model)[name].kind) for name in FACTS}
_FACTS = {name: reader_of(kind) for name, kind in _KINDS.items()}
_RECORDS = frozenset(_FACTS[name] for name, kind in _KINDS.items() if record_of(kind))
"""The readers of facts whose value is a record: its keys may be mixed with those of the long form."""
LONG_FORM = frozenset(("value", "values", *SAID))
NAMES = frozenset(("name", "lang", "aliases"))
"""Keys that an overlay has not: they say what its model is called."""
_NOWHERE = Provenance()
_ROUTE_FACTS = {name: _FACTS[name] for name in LIMITS}
_BESIDE_ROUTE = frozenset((*_ROUTE_FACTS, "capabilities", "prices", "lifecycle"))
_FREE = "free"
"""The word for the price of a component; a plain 0 is what lists write that have no price."""


class ModelDecoder(Decoder):
    """Decodes the models of one file."""

    def __init__(self, document: Document, vocabulary: Catalog, found: Collected, models: Collection[str] = ()) -> None:
        super().__init__(document, vocabulary, found, models)
        # The same few words under the same few sources make most facts of a catalog: each is made once, and shared.
        self._known: dict[tuple[Reader, str | None, Provenance], Fact[Any]] = {}
        self._specs = self._house_readers(FieldGroup.SPECS)
        self._flags = {**_FLAGS, **self._house_readers(FieldGroup.CAPABILITIES)}
        self._keys = {*written(Model), "source", "checked", *self._specs}

    def _house_readers(self, group: FieldGroup) -> dict[str, Reader]:
        rows = self.vocabulary.fields.items()
        return {name: HOUSE_READERS[field.type] for name, field in rows if field.group is group and name not in FACTS}

    def model(self, name: str, raw: Any, outer: Provenance) -> Model | None:
        """One model; None, and a problem, where it lacks what every model needs."""
        at: Keys = ("models", name)
        values = self.mapping(raw, at, "a model")
        if raw is not None and not isinstance(raw, dict):
            return None
        shown = self.scalar(read_text, values["name"], (*at, "name")) if "name" in values else None
        if "name" not in values:
            self.report(Code.MISSING_KEY, "a model needs `name`", *at, key=True)
        if shown is None:
            return None
        self.note_markup(shown, (*at, "name"))
        return self._model(name, shown, values, at, outer)

    def overlay(self, base: Model, raw: Any, at: Keys, outer: Provenance) -> Model:
        """The facts of an overlay, as a model of the same name that has no others."""
        values = self.mapping(raw, at, "an overlay")
        for key in NAMES.intersection(values):
            message = f"an overlay has no `{key}`: the model “{base.id}” is called as its own file says"
            self.report(Code.UNKNOWN_KEY, message, *at, key, key=True)
        return self._model(base.id, base.name, {key: values[key] for key in values if key not in NAMES}, at, outer)

    def _model(self, name: str, shown: str, values: Mapping[str, Any], at: Keys, outer: Provenance) -> Model:
        inner = self.provenance(values, at, outer)
        self._unknown_keys(values, at)
        return Model(
            accept=self.accept(values, at),
            note=self.prose(values.get("note"), (*at, "note")),
            id=name,
            name=shown,
            lang=None if is_silent(lang := values.get("lang")) else self.scalar(read_language, lang, (*at, "lang")),
            aliases=self._aliases(values.get("aliases"), (*at, "aliases")),
            capabilities=self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
            house=self._facts(self._specs, values, at, inner),
            lifecycle=self._lifecycle(values.get("lifecycle"), (*at, "lifecycle"), inner),
            routes=self._stated(self._routes, values.get("routes"), (*at, "routes"), inner),
            results=self._results(values.get("results"), (*at, "results"), inner),
            **self._facts(_FACTS, values, at, inner),
        )

    def _unknown_keys(self, values: Mapping[str, Any], at: Keys) -> None:
        for key in (key for key in values if key not in self._keys):
            is_flag = key in self.vocabulary.fields
            hint = "; it stands under `capabilities`" if is_flag else self.key_hint(key, self._keys)
            self.report(Code.UNKNOWN_KEY, f"a model has no key “{shorten(key)}”{hint}", *at, key, key=True)

    def _aliases(self, raw: Any, at: Keys) -> tuple[str, ...]:
        if is_silent(raw):
            return ()
        aliases = self.sequence(list(read_list(raw)) if isinstance(raw, str) else raw, at, "`aliases`")
        read = (self.scalar(read_id, alias, (*at, i)) for i, alias in enumerate(aliases))
        return tuple(alias for alias in read if alias)

    def _facts(
        self, readers: Mapping[str, Reader], values: Mapping[str, Any], at: Keys, outer: Provenance
    ) -> dict[str, Any]:
        facts = {}
        for name, read in readers.items():
            if name in values:
                fact = self._fact(read, values[name], (*at, name), outer)
                table = fields_of(Model)[name].table if name in FACTS else ""
                known = [reading for reading in fact.readings if fact.known and reading.state is State.KNOWN]
                if not table or all(self.refers(reading.value, table, (*at, name)) for reading in known):
                    facts[name] = fact
        return facts

    def flags(self, raw: Any, at: Keys, outer: Provenance) -> dict[str, Fact[Any]]:
        """Capability flags, built-in and the house's own."""
        values = self.mapping(raw, at, "`capabilities`")
        inner = self.provenance(values, at, outer)
        facts = {}
        # Sorted, so that the order of an author's keys is no part of a model: moving a line changes no page.
        for name, value in sorted(values.items()):
            if name in self._flags:
                facts[name] = self._fact(self._flags[name], value, (*at, name), inner)
            elif name not in {"source", "checked"}:
                cure = "it stands next to `name`" if name in self._keys else "declare it under `fields`"
                message = f"no capability “{shorten(name)}”; {cure}{self.found.hints(name, self._flags)}"
                self.report(Code.UNKNOWN_KEY, message, *at, name, key=True)
        return facts

    def _lifecycle(self, raw: Any, at: Keys, outer: Provenance) -> Lifecycle | None:
        return None if raw is None else self.record(Lifecycle, raw, at, outer)

    def _routes(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...] | None:
        return self._listed(raw, list(self._each(self._route, raw, at, outer, "`routes`")), at)

    def _listed(self, raw: Any, found: Found, at: Keys) -> tuple[Any, ...] | None:
        """The items of a list that could be read; None where there are some, and none could."""
        # The paths of records know nothing of the long form.
        shown = at[:-1] if at[-1] == "value" else at
        self.found.places.note_items(shown, [keys for _, keys in found])
        return tuple([item for item, _ in found]) if found or not raw else None

    def _each(self, read: ReadValue, raw: Any, at: Keys, outer: Provenance, what: str) -> Iterator[tuple[Any, Keys]]:
        """The items of a list that can be read, each with the keys of its place."""
        for i, item in enumerate(self.sequence(raw, at, what)):
            keys = (*at, i)
            if (record := read(item, keys, outer)) is not None:
                yield record, keys

    def _route(self, raw: Any, at: Keys, outer: Provenance) -> Route | None:
        values: dict[str, Any] = raw if isinstance(raw, dict) else {}
        plain = {key: value for key, value in values.items() if key not in _BESIDE_ROUTE}
        route = self.record(Route, plain if values is raw else raw, at, outer, names=_BESIDE_ROUTE)
        if route is None:
            return None
        inner = Provenance(route.source, route.checked)
        return replace(
            route,
            capabilities=self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
            prices=self._stated(self._prices, values.get("prices"), (*at, "prices"), inner),
            lifecycle=self._lifecycle(values.get("lifecycle"), (*at, "lifecycle"), inner),
            **self._facts(_ROUTE_FACTS, values, at, inner),
        )

    def _prices(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...] | None:
        """The prices of a list, without the later one of two between which nothing decides."""
        found = list(self._each(self._price, raw, at, outer, "`prices`"))
        left_out: set[int] = set()
        # Most lists have one price, which has no rival.
        for earlier, later in rivals([price for price, _ in found]) if len(found) > 1 else ():
            line = self.document.place(*found[earlier][1]).line
            message = f"in force together with the price of line {line}, equally specific"
            self.report(Code.AMBIGUOUS_PRICE, message, *found[later][1])
            left_out.add(later)
        return self._listed(raw, [item for i, item in enumerate(found) if i not in left_out], at)

    def _price(self, raw: Any, at: Keys, outer: Provenance) -> Price | None:
        values = raw
        if isinstance(raw, dict):
            if "components" in raw:
                self.only(raw, raw.keys() - {"components"}, at)
                return None
            values = {key: value for key, value in raw.items() if key not in PRICE_COMPONENTS}
            said = {key: raw[key] for key in PRICE_COMPONENTS if not is_silent(raw.get(key))}
            values["components"] = {key: "0" if is_free(value) else value for key, value in said.items()}
        price = self.record(Price, values, at, outer, whole=True, names=PRICE_COMPONENTS)
        if price and price.free and price.conditions.service and not price.components:
            return replace(price, components=dict.fromkeys(("input", "output"), Decimal(0)))
        if price is None or price.free or all(price.components.values()):
            return price
        zeros = tuple(name for name, amount in price.components.items() if not amount and not is_free(raw[name]))
        priced = {name: amount for name, amount in price.components.items() if name not in zeros}
        return replace(price, components=priced, zeros=zeros)

    def _results(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...]:
        return self._listed(raw, list(self._each(self._result, raw, at, outer, "`results`")), at) or ()

    def _result(self, raw: Any, at: Keys, outer: Provenance) -> Result | None:
        result = self.record(Result, raw, at, outer, whole=True)
        if result and (message := outside_scale(result, self.vocabulary.benchmarks[result.benchmark])):
            self.report(Code.SCORE_RANGE, message, *at, "score")
            return None
        return result

    # --- facts -------------------------------------------------------------------------------------------------------

    def _fact(self, read: Reader, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        """A fact whose value is read by one function."""
        read_value = partial(self._value, read)
        if isinstance(raw, dict | list):
            return self._stated(read_value, raw, at, outer, is_record=read in _RECORDS)
        if (fact := self._known.get((read, raw, outer))) is None:
            fact = self._stated(read_value, raw, at, outer)
            if fact is not UNKNOWN:
                self._known[read, raw, outer] = fact
        return fact

    def _value(self, read: Reader, raw: Any, at: Keys, _: Provenance) -> Any:
        return self.prose(raw, at) if read is read_prose else self.scalar(read, raw, at)

    def _stated(self, read: ReadValue, raw: Any, at: Keys, outer: Provenance, *, is_record: bool = False) -> Fact[Any]:
        """A fact, from a plain value, the long form or the several values of a conflict.

        The keys of a value that ``is_record`` may be mixed with those of the long form.
        """
        if isinstance(raw, dict) and "values" in raw:
            return self._disputed(partial(self._reading, Reading, read, is_record=is_record), raw, at, outer)
        return self._reading(Fact, read, raw, at, outer, is_record=is_record) or UNKNOWN

    def _disputed(self, read: ReadValue, raw: Mapping[str, Any], at: Keys, outer: Provenance) -> Fact[Any]:
        """A fact from the several ``values`` of a conflict, each read by ``read``.

        The most trusted reading first; of equally trusted ones, the first written. A note next to ``values`` is
        about all of them.
        """
        self.only(raw, LONG_FORM - {"value"}, at)
        accepted = self.accept(raw, at)
        inner = self.provenance(raw, at, outer)
        note = self.prose(raw.get("note"), (*at, "note"))
        readings: list[tuple[Reading[Any], Keys]] = []
        for i, entry in enumerate(self.sequence(raw["values"], (*at, "values"), "`values`")):
            inside = (*at, "values", i)
            if isinstance(entry, dict) and "values" in entry:
                message = "`values` inside `values`: write its entries a level higher"
                self.report(Code.VALUE, message, *inside, "values", key=True)
                continue
            reading = read(entry, inside, inner)
            if reading and reading.state is not State.UNKNOWN:
                readings.append((reading, inside))
        readings.sort(key=lambda item: self.vocabulary.rank(item[0]))
        _finest_first(readings)
        if not readings:
            return UNKNOWN
        self.found.places.readings[at] = tuple(inside for _, inside in readings)
        fact = Fact.of([reading for reading, _ in readings])
        both = " ".join(said for said in (fact.note, note) if said) or None
        return replace(fact, note=both, accept=(*fact.accept, *accepted))

    def _reading(
        self, cls: type[S], read: ReadValue, raw: Any, at: Keys, outer: Provenance, *, is_record: bool
    ) -> S | None:
        """The reading of one source: a plain value or the long form. None, and a problem, where it cannot be read."""
        is_long = isinstance(raw, dict) and "value" in raw
        if is_long or (isinstance(raw, dict) and not is_record):
            self.only(raw, LONG_FORM, at)
        given, stated = _split(raw, is_record=is_record)
        if "source" in stated or "checked" in stated:
            outer = self.provenance(stated, at, outer)
        accepted = self.accept(stated, at) if "accept" in stated else ()
        state = _state(given)
        value = read(given, (*at, "value") if is_long else at, outer) if state is State.KNOWN else None
        note = self.prose(stated.get("note"), (*at, "note"))
        is_note_lost = note is None and not is_silent(stated.get("note"))
        # A note that cannot be read costs the fact, but not a whole list of routes or prices.
        if (value is None and state is State.KNOWN) or (is_note_lost and not _has_records(value)):
            return None
        source, checked = outer if stated or state is not State.UNKNOWN else _NOWHERE
        return cls(value=value, state=state, source=source, checked=checked, note=note, accept=accepted)


def is_free(raw: Any) -> bool:
    """True for the word that prices a component at nothing."""
    return isinstance(raw, str) and raw.strip().lower() == _FREE


def _finest_first(readings: list[tuple[Reading[Any], Keys]]) -> None:
    """Move the most precise date within the first one to the front, unless there are several."""
    dates = [reading.value for reading, _ in readings]
    if len(dates) < 2 or not isinstance(first := dates[0], PartialDate):
        return
    within = [date for date in dates if isinstance(date, PartialDate) and first.contains(date)]
    finest = min(within, key=lambda date: date.last - date.first)
    if all(date.contains(finest) for date in within):
        readings.insert(0, readings.pop(dates.index(finest)))


def _split(raw: Any, *, is_record: bool) -> tuple[Any, Mapping[str, Any]]:
    """The value of a long form, and its other keys; ``({…} or a scalar, {})`` for a plain value."""
    if not isinstance(raw, dict):
        return raw, {}
    stated = {key: raw[key] for key in SAID if key in raw}
    if "value" in raw:
        return raw["value"], stated
    own = {key: raw[key] for key in raw if key not in stated} if is_record else {}
    return own or None, stated


def _state(value: Any) -> State:
    """The state that a word names, in capitals or not: nobody means a text that reads “Unknown”."""
    if value is None:
        return State.UNKNOWN
    return STATE_WORDS.get(value.strip().lower(), State.KNOWN) if isinstance(value, str) else State.KNOWN


def _has_records(value: Any) -> bool:
    return isinstance(value, tuple) and isinstance(next(iter(value), None), Record)

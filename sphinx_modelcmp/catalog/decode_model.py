"""The ``models`` of one file: facts, routes, prices and results, each left out alone where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.checks import outside_scale
from sphinx_modelcmp.catalog.decode import is_silent
from sphinx_modelcmp.catalog.fields import fields_of, reader_of, written
from sphinx_modelcmp.catalog.prices import rivals
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import FACTS, Fact, Lifecycle, Model, Price, Result, Route, value_kind
from sphinx_modelcmp.catalog.scalars import (
    read_flag,
    read_id,
    read_language,
    read_list,
    read_number,
    read_partial_date,
    read_text,
    shorten,
)
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, FieldGroup, FieldType, State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from typing import TypeAlias

    from sphinx_modelcmp.catalog.decode import Decoder, Provenance
    from sphinx_modelcmp.catalog.fields import Reader
    from sphinx_modelcmp.catalog.places import Keys

    ReadItem: TypeAlias = Callable[[Any, Keys, Provenance], Any]
    Found: TypeAlias = list[tuple[Any, Keys]]

HOUSE_READERS: dict[FieldType, Reader] = {
    FieldType.FLAG: read_flag,
    FieldType.QUANTITY: read_number,
    FieldType.TEXT: read_text,
    FieldType.DATE: read_partial_date,
}
_FLAGS = dict.fromkeys(CAPABILITIES, read_flag)
_FACTS = {name: reader_of(value_kind(fields_of(Model)[name].kind)) for name in FACTS}
_ROUTE_FACTS = {name: _FACTS[name] for name in ("context_window", "max_output")}
_REFERENCES = {"organization": "organizations", "license": "licenses"}
_BESIDE_ROUTE = frozenset((*_ROUTE_FACTS, "capabilities", "prices", "source", "checked"))


class ModelDecoder:
    """Decodes the models of one file. ``ids`` are the models of all files, for successors."""

    def __init__(self, decoder: Decoder, ids: Collection[str]) -> None:
        self.read = decoder
        self.vocabulary = decoder.vocabulary
        self.ids = ids
        self._specs = self._house_readers(FieldGroup.SPECS)
        self._flags = {**_FLAGS, **self._house_readers(FieldGroup.CAPABILITIES)}
        self._keys = {*written(Model), "source", "checked", *self._specs}

    def _house_readers(self, group: FieldGroup) -> dict[str, Reader]:
        rows = self.vocabulary.fields.items()
        return {name: HOUSE_READERS[field.type] for name, field in rows if field.group is group}

    def model(self, name: str, raw: Any, outer: Provenance) -> Model | None:
        """One model; None, and a problem, where it lacks what every model needs."""
        at: Keys = ("models", name)
        values = self.read.mapping(raw, at, "a model")
        if raw is not None and not isinstance(raw, dict):
            return None
        shown = self.read.scalar(read_text, values["name"], (*at, "name")) if "name" in values else None
        if "name" not in values:
            self.read.report(Code.MISSING_KEY, "a model needs `name`", *at, key=True)
        if shown is None:
            return None
        self.read.note_markup(shown, (*at, "name"))
        inner = self.read.provenance(values, at, outer)
        self._unknown_keys(values, at)
        return Model(
            accept=self.read.accept(values, at),
            note=self.read.prose(values.get("note"), (*at, "note")),
            id=name,
            name=shown,
            lang=self.read.optional(read_language, values.get("lang"), (*at, "lang")),
            aliases=self._aliases(values.get("aliases"), (*at, "aliases")),
            capabilities=self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
            house=self._facts(self._specs, values, at, inner),
            lifecycle=self._lifecycle(values.get("lifecycle"), (*at, "lifecycle"), inner),
            routes=self.read.stated(self._routes, values.get("routes"), (*at, "routes"), inner),
            results=self._results(values.get("results"), (*at, "results"), inner),
            **self._facts(_FACTS, values, at, inner),
        )

    def _unknown_keys(self, values: Mapping[str, Any], at: Keys) -> None:
        if values.keys() <= self._keys:
            return
        for key in (key for key in values if key not in self._keys):
            is_flag = key in self.vocabulary.fields
            hint = "; it stands under `capabilities`" if is_flag else self.read.key_hint(key, self._keys)
            self.read.report(Code.UNKNOWN_KEY, f"a model has no key “{shorten(key)}”{hint}", *at, key, key=True)

    def _aliases(self, raw: Any, at: Keys) -> tuple[str, ...]:
        if raw is None:
            return ()
        aliases = self.read.sequence(list(read_list(raw)) if isinstance(raw, str) else raw, at, "`aliases`")
        read = (self.read.scalar(read_id, alias, (*at, i)) for i, alias in enumerate(aliases))
        return tuple(alias for alias in read if alias)

    def _facts(
        self, readers: Mapping[str, Reader], values: Mapping[str, Any], at: Keys, outer: Provenance
    ) -> dict[str, Any]:
        facts = {}
        for name, read in readers.items():
            if name in values:
                fact = self.read.fact(read, values[name], (*at, name), outer)
                if name not in _REFERENCES or not fact.known or self._refer(name, fact, (*at, name)):
                    facts[name] = fact
        return facts

    def _refer(self, name: str, fact: Fact[Any], at: Keys) -> bool:
        table = getattr(self.vocabulary, _REFERENCES[name])
        return all(
            self.read.refers(reading.value, table, name, at)
            for reading in fact.readings
            if reading.state is State.KNOWN
        )

    def flags(self, raw: Any, at: Keys, outer: Provenance) -> dict[str, Fact[Any]]:
        """Capability flags, built-in and the house's own."""
        if raw is None:
            return {}
        values = self.read.mapping(raw, at, "`capabilities`")
        inner = self.read.provenance(values, at, outer)
        facts = {}
        # Sorted, so that the order of an author's keys is no part of a model: moving a line changes no page.
        for name, value in sorted(values.items()):
            if name in self._flags:
                facts[name] = self.read.fact(self._flags[name], value, (*at, name), inner)
            elif name not in {"source", "checked"}:
                message = (
                    f"no capability “{shorten(name)}”; declare it under `fields`{self.read.hint(name, self._flags)}"
                )
                self.read.report(Code.UNKNOWN_KEY, message, *at, name, key=True)
        return facts

    def _lifecycle(self, raw: Any, at: Keys, outer: Provenance) -> Lifecycle | None:
        if raw is None:
            return None
        lifecycle = self.read.record(Lifecycle, self._sourced(raw, at, outer), at)
        successor = lifecycle.successor if lifecycle else None
        if lifecycle and successor and not self.read.refers(successor, self.ids, "model", (*at, "successor")):
            return replace(lifecycle, successor=None)
        return lifecycle

    def _sourced(self, raw: Any, at: Keys, outer: Provenance) -> Any:
        """A block with its source and day read, or inherited."""
        if not isinstance(raw, dict):
            return raw
        inner = self.read.provenance(raw, at, outer)
        return {**raw, "source": inner.source, "checked": inner.checked}

    def _routes(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...] | None:
        return self._listed(raw, list(self._each(self._route, raw, at, outer, "`routes`")), at)

    def _listed(self, raw: Any, found: Found, at: Keys) -> tuple[Any, ...] | None:
        """The items of a list that could be read; None where there are some, and none could."""
        # The paths of records know nothing of the long form.
        shown = at[:-1] if at[-1] == "value" else at
        self.read.places.note_items(shown, [keys for _, keys in found])
        return tuple([item for item, _ in found]) if found or not raw else None

    def _each(self, read: ReadItem, raw: Any, at: Keys, outer: Provenance, what: str) -> Iterator[tuple[Any, Keys]]:
        """The items of a list that can be read, each with the keys of its place."""
        for i, item in enumerate(self.read.sequence(raw, at, what)):
            keys = (*at, i)
            if (record := read(item, keys, outer)) is not None:
                yield record, keys

    def _route(self, raw: Any, at: Keys, outer: Provenance) -> Route | None:
        values = self.read.mapping(raw, at, "a route")
        if raw is not None and not isinstance(raw, dict):
            return None
        inner = self.read.provenance(values, at, outer)
        plain = {key: value for key, value in values.items() if key not in _BESIDE_ROUTE}
        route = self.read.record(Route, plain, at, names=_BESIDE_ROUTE)
        if route is None or not self.read.refers(
            route.provider, self.vocabulary.providers, "provider", (*at, "provider")
        ):
            return None
        return replace(
            route,
            source=inner.source,
            checked=inner.checked,
            capabilities=self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
            prices=self.read.stated(self._prices, values.get("prices"), (*at, "prices"), inner),
            **self._facts(_ROUTE_FACTS, values, at, inner),
        )

    def _prices(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...] | None:
        """The prices of a list, without the later one of two between which nothing decides."""
        found = list(self._each(self._price, raw, at, outer, "`prices`"))
        left_out: set[int] = set()
        for earlier, later in rivals([price for price, _ in found]):
            line = self.read.document.place(*found[earlier][1]).line
            message = f"in force together with the price of line {line}, equally specific"
            self.read.report(Code.AMBIGUOUS_PRICE, message, *found[later][1])
            left_out.add(later)
        return self._listed(raw, [item for i, item in enumerate(found) if i not in left_out], at)

    def _price(self, raw: Any, at: Keys, outer: Provenance) -> Price | None:
        values = raw
        if isinstance(raw, dict):
            inner = self.read.provenance(raw, at, outer)
            if "components" in raw:
                self.read.only(raw, raw.keys() - {"components"}, at)
                return None
            values = {key: value for key, value in raw.items() if key not in PRICE_COMPONENTS}
            values["source"], values["checked"] = inner
            stated = [key for key in PRICE_COMPONENTS if key in raw]
            values["components"] = {key: raw[key] for key in stated if not is_silent(raw[key])}
        return self.read.record(Price, values, at, whole=True, names=PRICE_COMPONENTS)

    def _results(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Any, ...]:
        if raw is None:
            return ()
        return self._listed(raw, list(self._each(self._result, raw, at, outer, "`results`")), at) or ()

    def _result(self, raw: Any, at: Keys, outer: Provenance) -> Result | None:
        result = self.read.record(Result, self._sourced(raw, at, outer), at, whole=True)
        benchmarks = self.vocabulary.benchmarks
        if result is None or not self.read.refers(result.benchmark, benchmarks, "benchmark", (*at, "benchmark")):
            return None
        if message := outside_scale(result, benchmarks[result.benchmark]):
            self.read.report(Code.SCORE_RANGE, message, *at, "score")
            return None
        return result

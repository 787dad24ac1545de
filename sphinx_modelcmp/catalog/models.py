"""The ``models`` of one file: facts, routes, prices and results, each left out alone where it is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.ambiguity import rivals
from sphinx_modelcmp.catalog.decode import is_silent
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.records import Fact, Lifecycle, Model, Price, Result, Route
from sphinx_modelcmp.catalog.scalars import Flag, Moment, Number, Text, read_id, read_list, read_text, shorten
from sphinx_modelcmp.catalog.vocabulary import (
    CAPABILITIES,
    PRICE_COMPONENTS,
    SCALE_RANGES,
    STATE_WORDS,
    FieldGroup,
    FieldType,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sphinx_modelcmp.catalog.decode import Decoder, Keys, Provenance

HOUSE_FACTS: dict[FieldType, type[Fact[Any]]] = {
    FieldType.FLAG: Fact[Flag],
    FieldType.QUANTITY: Fact[Number],
    FieldType.TEXT: Fact[Text],
    FieldType.DATE: Fact[Moment],
}
_FACTS: dict[str, Any] = {
    name: field.annotation
    for name, field in Model.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Fact) and name != "routes"
}
_ROUTE_FACTS: dict[str, Any] = {name: Route.model_fields[name].annotation for name in ("context_window", "max_output")}
_REFERENCES = {"organization": "organizations", "license": "licenses"}
_MODEL_KEYS = ("name", "aliases", "capabilities", "lifecycle", "routes", "results", "source", "checked")
_ROUTE_KEYS = ("capabilities", "prices", "source", "checked")


class ModelDecoder:
    """Decodes the models of one file. ``ids`` are the models of all files, for successors."""

    def __init__(self, decoder: Decoder, ids: Collection[str]) -> None:
        self.read = decoder
        self.vocabulary = decoder.vocabulary
        self.ids = dict.fromkeys(ids)

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
            id=name,
            name=shown,
            aliases=self._aliases(values.get("aliases"), (*at, "aliases")),
            capabilities=self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
            house=self._house(values, at, inner),
            lifecycle=self._lifecycle(values.get("lifecycle"), (*at, "lifecycle"), inner),
            routes=self._routes(values.get("routes"), (*at, "routes"), inner),
            results=self._results(values.get("results"), (*at, "results"), inner),
            **self._facts(_FACTS, values, at, inner),
        )

    def _unknown_keys(self, values: Mapping[str, Any], at: Keys) -> None:
        house = [name for name, field in self.vocabulary.fields.items() if field.group is FieldGroup.SPECS]
        valid = {*_MODEL_KEYS, *_FACTS, *house}
        for key in values:
            if key in valid:
                continue
            hint = did_you_mean(key, valid)
            if key in CAPABILITIES or key in self.vocabulary.fields:
                hint = "; it stands under `capabilities`"
            self.read.report(Code.UNKNOWN_KEY, f"a model has no key “{shorten(key)}”{hint}", *at, key, key=True)

    def _aliases(self, raw: Any, at: Keys) -> tuple[str, ...]:
        aliases = self.read.sequence(list(read_list(raw)) if isinstance(raw, str) else raw, at, "`aliases`")
        read = (self.read.scalar(read_id, alias, (*at, i)) for i, alias in enumerate(aliases))
        return tuple(alias for alias in read if alias)

    def _facts(
        self, kinds: Mapping[str, Any], values: Mapping[str, Any], at: Keys, outer: Provenance
    ) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for name in (name for name in kinds if name in values):
            fact = self.read.fact(kinds[name], values[name], (*at, name), outer)
            if name in _REFERENCES and fact.known and not self._refer(name, fact, (*at, name)):
                fact = kinds[name]()
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
        values = self.read.mapping(raw, at, "`capabilities`")
        inner = self.read.provenance(values, at, outer)
        house = {name for name, field in self.vocabulary.fields.items() if field.group is FieldGroup.CAPABILITIES}
        facts = {}
        # Sorted, so that the order of an author's keys is no part of a model: moving a line changes no page.
        for name, value in sorted(values.items()):
            if name in {"source", "checked"}:
                continue
            if name not in house and name not in CAPABILITIES:
                hint = did_you_mean(name, {*CAPABILITIES, *house})
                message = f"no capability “{shorten(name)}”; declare it under `fields`{hint}"
                self.read.report(Code.UNKNOWN_KEY, message, *at, name, key=True)
                continue
            kind = HOUSE_FACTS[self.vocabulary.fields[name].type] if name in house else HOUSE_FACTS[FieldType.FLAG]
            facts[name] = self.read.fact(kind, value, (*at, name), inner)
        return facts

    def _house(self, values: Mapping[str, Any], at: Keys, outer: Provenance) -> dict[str, Fact[Any]]:
        fields = {name: field for name, field in self.vocabulary.fields.items() if field.group is FieldGroup.SPECS}
        return {
            name: self.read.fact(HOUSE_FACTS[field.type], values[name], (*at, name), outer)
            for name, field in fields.items()
            if name in values
        }

    def _lifecycle(self, raw: Any, at: Keys, outer: Provenance) -> Lifecycle | None:
        if raw is None:
            return None
        lifecycle = self.read.record(Lifecycle, self._sourced(raw, at, outer), at)
        successor = lifecycle.successor if lifecycle else None
        if lifecycle and successor and not self.read.refers(successor, self.ids, "model", (*at, "successor")):
            return lifecycle.model_copy(update={"successor": None})
        return lifecycle

    def _sourced(self, raw: Any, at: Keys, outer: Provenance) -> Any:
        """A block with its source and day read, or inherited."""
        if not isinstance(raw, dict):
            return raw
        inner = self.read.provenance(raw, at, outer)
        return {**raw, "source": inner.source, "checked": inner.checked}

    def _list_fact(self, raw: Any, at: Keys, outer: Provenance, read: Any, what: str) -> Fact[Any]:
        """A fact whose value is a list of records, or a state in a word, plain or in the long form."""
        stated = raw if isinstance(raw, dict) else {"value": raw}
        self.read.only(stated, ("value", "source", "checked", "note"), at)
        value = stated.get("value")
        if is_silent(value):
            return Fact()
        if isinstance(value, str):
            if value.strip().lower() in STATE_WORDS:
                return self.read.fact(Fact[Any], raw, at, outer)
            self.read.sequence(value, at, what)
            return Fact()
        inner = self.read.provenance(stated, at, outer)
        inside = (*at, "value") if stated is raw else at
        read_items = (read(item, (*inside, i), inner) for i, item in enumerate(self.read.sequence(value, at, what)))
        items = tuple(item for item in read_items if item is not None)
        if value and not items:
            return Fact()
        return Fact[Any](
            value=items, state=State.KNOWN, source=inner.source, checked=inner.checked, note=stated.get("note")
        )

    def _routes(self, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        return self._list_fact(raw, at, outer, self._route, "`routes`")

    def _route(self, raw: Any, at: Keys, outer: Provenance) -> Route | None:
        values = self.read.mapping(raw, at, "a route")
        if raw is not None and not isinstance(raw, dict):
            return None
        inner = self.read.provenance(values, at, outer)
        plain = {key: value for key, value in values.items() if key not in {*_ROUTE_FACTS, *_ROUTE_KEYS}}
        route = self.read.record(Route, plain, at, names=(*_ROUTE_FACTS, *_ROUTE_KEYS))
        if route is None or not self.read.refers(
            route.provider, self.vocabulary.providers, "provider", (*at, "provider")
        ):
            return None
        return route.model_copy(
            update={
                "source": inner.source,
                "checked": inner.checked,
                "capabilities": self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
                "prices": self._prices(values.get("prices"), (*at, "prices"), inner),
                **self._facts(_ROUTE_FACTS, values, at, inner),
            }
        )

    def _prices(self, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        """A price list, without the later one of two prices between which nothing decides."""
        places: list[Keys] = []

        def read(item: Any, inside: Keys, inner: Provenance) -> Price | None:
            price = self._price(item, inside, inner)
            places.extend([inside] if price else [])
            return price

        fact = self._list_fact(raw, at, outer, read, "`prices`")
        left_out: set[int] = set()
        for earlier, later in rivals(fact.value or ()):
            if not {earlier, later} & left_out:
                line = self.read.document.place(*places[earlier]).line
                message = f"in force together with the price of line {line}, equally specific"
                self.read.report(Code.AMBIGUOUS_PRICE, message, *places[later])
                left_out.add(later)
        if not left_out:
            return fact
        return fact.model_copy(update={"value": tuple(p for i, p in enumerate(fact.value or ()) if i not in left_out)})

    def _price(self, raw: Any, at: Keys, outer: Provenance) -> Price | None:
        sourced = self._sourced(raw, at, outer)
        if isinstance(sourced, dict):
            if "components" in sourced:
                self.read.only(sourced, sourced.keys() - {"components"}, at)
                return None
            stated = {key: sourced[key] for key in PRICE_COMPONENTS if not is_silent(sourced.get(key))}
            sourced = {key: value for key, value in sourced.items() if key not in PRICE_COMPONENTS}
            sourced["components"] = stated
        return self.read.record(Price, sourced, at, whole=True, names=PRICE_COMPONENTS)

    def _results(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Result, ...]:
        items = self.read.sequence(raw, at, "`results`")
        results = (self._result(item, (*at, i), outer) for i, item in enumerate(items))
        return tuple(result for result in results if result)

    def _result(self, raw: Any, at: Keys, outer: Provenance) -> Result | None:
        result = self.read.record(Result, self._sourced(raw, at, outer), at, whole=True)
        benchmarks = self.vocabulary.benchmarks
        if result is None or not self.read.refers(result.benchmark, benchmarks, "benchmark", (*at, "benchmark")):
            return None
        scale = benchmarks[result.benchmark].scale
        low, high = SCALE_RANGES.get(scale, (Decimal("-Infinity"), Decimal("Infinity")))
        if not low <= result.score <= high:
            message = f"{result.score} lies outside the scale {scale.value} ({low} to {high})"
            self.read.report(Code.VALUE, message, *at, "score")
            return None
        return result

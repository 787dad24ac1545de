"""The ``models`` of one file: facts, routes, prices and results, each left out alone where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_modelcmp.catalog.ambiguity import rivals
from sphinx_modelcmp.catalog.checks import outside_scale
from sphinx_modelcmp.catalog.decode import LONG_FORM, Kind, is_silent, is_state
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.records import FACTS, Fact, Lifecycle, Model, Price, Reading, Result, Route
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
from sphinx_modelcmp.catalog.vocabulary import (
    CAPABILITIES,
    PRICE_COMPONENTS,
    FieldGroup,
    FieldType,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import TypeAlias

    from sphinx_modelcmp.catalog.decode import Decoder, Provenance
    from sphinx_modelcmp.catalog.yaml.reader import Keys

    ReadItem: TypeAlias = Callable[[Any, Keys, Provenance], Any]
    Found: TypeAlias = list[tuple[Any, Keys]]
    ReadItems: TypeAlias = Callable[[Any, Keys, Provenance], Found]

R = TypeVar("R", bound=Reading[Any])

HOUSE_FACTS: dict[FieldType, Kind] = {
    FieldType.FLAG: Kind(Fact[Any], Reading[Any], read_flag),
    FieldType.QUANTITY: Kind(Fact[Any], Reading[Any], read_number),
    FieldType.TEXT: Kind(Fact[Any], Reading[Any], read_text),
    FieldType.DATE: Kind(Fact[Any], Reading[Any], read_partial_date),
}
_FLAGS = dict.fromkeys(CAPABILITIES, HOUSE_FACTS[FieldType.FLAG])
_FACTS = {name: Kind.of(Model.model_fields[name].annotation) for name in FACTS}
_ROUTE_FACTS = {name: Kind.of(Route.model_fields[name].annotation) for name in ("context_window", "max_output")}
# The keys of these records stand in the items of a list, never beside those of the long form.
_ROUTES = replace(Kind.of(Model.model_fields["routes"].annotation), is_record=False)
_PRICES = replace(Kind.of(Route.model_fields["prices"].annotation), is_record=False)
_REFERENCES = {"organization": "organizations", "license": "licenses"}
_MODEL_KEYS = (
    "name",
    "lang",
    "aliases",
    "capabilities",
    "lifecycle",
    "routes",
    "results",
    "source",
    "checked",
    "note",
    "accept",
)
_ROUTE_KEYS = ("capabilities", "prices", "source", "checked")
_BESIDE_ROUTE = frozenset((*_ROUTE_FACTS, *_ROUTE_KEYS))


class ModelDecoder:
    """Decodes the models of one file. ``ids`` are the models of all files, for successors."""

    def __init__(self, decoder: Decoder, ids: Collection[str]) -> None:
        self.read = decoder
        self.vocabulary = decoder.vocabulary
        self.ids = ids
        self._specs = self._house_kinds(FieldGroup.SPECS)
        self._flags = {**_FLAGS, **self._house_kinds(FieldGroup.CAPABILITIES)}
        self._keys = {*_MODEL_KEYS, *_FACTS, *self._specs}

    def _house_kinds(self, group: FieldGroup) -> dict[str, Kind]:
        return {name: HOUSE_FACTS[field.type] for name, field in self.vocabulary.fields.items() if field.group is group}

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
        return Model.trusted(
            {
                "accept": self.read.accept(values, at),
                "note": self.read.prose(values.get("note"), (*at, "note")),
                "id": name,
                "name": shown,
                "lang": self.read.optional(read_language, values.get("lang"), (*at, "lang")),
                "aliases": self._aliases(values.get("aliases"), (*at, "aliases")),
                "capabilities": self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
                "house": self._facts(self._specs, values, at, inner),
                "lifecycle": self._lifecycle(values.get("lifecycle"), (*at, "lifecycle"), inner),
                "routes": self._routes(values.get("routes"), (*at, "routes"), inner),
                "results": self._results(values.get("results"), (*at, "results"), inner),
                **self._facts(_FACTS, values, at, inner),
            }
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
        self, kinds: Mapping[str, Kind], values: Mapping[str, Any], at: Keys, outer: Provenance
    ) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for name in kinds:
            if name not in values:
                continue
            fact = self.read.fact(kinds[name], values[name], (*at, name), outer)
            if name in _REFERENCES and fact.known and not self._refer(name, fact, (*at, name)):
                fact = kinds[name].fact()
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
            return lifecycle.model_copy(update={"successor": None})
        return lifecycle

    def _sourced(self, raw: Any, at: Keys, outer: Provenance) -> Any:
        """A block with its source and day read, or inherited."""
        if not isinstance(raw, dict):
            return raw
        inner = self.read.provenance(raw, at, outer)
        return {**raw, "source": inner.source, "checked": inner.checked}

    def _list_fact(self, kind: Kind, raw: Any, at: Keys, outer: Provenance, read: ReadItems, what: str) -> Fact[Any]:
        """A fact whose value is a list of records, or a state in a word: plain, in the long form or disputed."""
        if raw is None:
            return self.read.fact(kind, raw, at, outer)
        if isinstance(raw, dict) and "values" in raw:
            read_one = partial(self._list_reading, kind.reading, kind, read=read, what=what)
            return self.read.disputed(kind, raw, at, outer, read_one)
        return self._list_reading(kind.fact, kind, raw, at, outer, read=read, what=what)

    def _list_reading(
        self, cls: type[R], kind: Kind, raw: Any, at: Keys, outer: Provenance, *, read: ReadItems, what: str
    ) -> R:
        if isinstance(raw, list):
            return self._listed(cls, raw, read(raw, at, outer), at, outer)
        stated: dict[str, Any] = raw if isinstance(raw, dict) else {}
        value = stated.get("value") if stated is raw else raw
        if value is None or isinstance(value, str):
            if is_state(value):
                return self.read.reading(cls, kind, raw, at, outer) or cls()
            self.read.sequence(value, at, what)
            return cls()
        self.read.only(stated, LONG_FORM, at)
        inner = self.read.provenance(stated, at, outer)
        accepted = self.read.accept(stated, at)
        note = self.read.prose(stated.get("note"), (*at, "note"))
        inside = (*at, "value")
        found = read(self.read.sequence(value, inside, what), inside, inner)
        return self._listed(cls, value, found, at, inner, note=note, accept=accepted)

    def _listed(self, cls: type[R], raw: list[Any], found: Found, at: Keys, inner: Provenance, **stated: Any) -> R:
        """The reading of a list; none where nothing in it could be read."""
        if raw and not found:
            return cls()
        self.read.places.note_items(at, [keys for _, keys in found])
        items = tuple([item for item, _ in found])
        said = {"value": items, "state": State.KNOWN, "source": inner.source, "checked": inner.checked}
        return cls.trusted({**said, **stated})

    def _routes(self, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        return self._list_fact(_ROUTES, raw, at, outer, self._route_list, "`routes`")

    def _route_list(self, raw: list[Any], at: Keys, outer: Provenance) -> list[tuple[Route, Keys]]:
        return _each(self._route, raw, at, outer)

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
        return Route.trusted(
            {
                **vars(route),
                "source": inner.source,
                "checked": inner.checked,
                "capabilities": self.flags(values.get("capabilities"), (*at, "capabilities"), inner),
                "prices": self._prices(values.get("prices"), (*at, "prices"), inner),
                **self._facts(_ROUTE_FACTS, values, at, inner),
            }
        )

    def _prices(self, raw: Any, at: Keys, outer: Provenance) -> Fact[Any]:
        return self._list_fact(_PRICES, raw, at, outer, self._price_list, "`prices`")

    def _price_list(self, raw: Any, at: Keys, outer: Provenance) -> list[tuple[Price, Keys]]:
        """The prices of a list, without the later one of two between which nothing decides."""
        found = _each(self._price, raw, at, outer)
        if len(found) < 2:
            return found
        left_out: set[int] = set()
        for earlier, later in rivals([price for price, _ in found]):
            line = self.read.document.place(*found[earlier][1]).line
            message = f"in force together with the price of line {line}, equally specific"
            self.read.report(Code.AMBIGUOUS_PRICE, message, *found[later][1])
            left_out.add(later)
        return [item for i, item in enumerate(found) if i not in left_out]

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

    def _results(self, raw: Any, at: Keys, outer: Provenance) -> tuple[Result, ...]:
        if raw is None:
            return ()
        found = _each(self._result, self.read.sequence(raw, at, "`results`"), at, outer)
        self.read.places.note_items(at, [keys for _, keys in found])
        return tuple(result for result, _ in found)

    def _result(self, raw: Any, at: Keys, outer: Provenance) -> Result | None:
        result = self.read.record(Result, self._sourced(raw, at, outer), at, whole=True)
        benchmarks = self.vocabulary.benchmarks
        if result is None or not self.read.refers(result.benchmark, benchmarks, "benchmark", (*at, "benchmark")):
            return None
        if message := outside_scale(result, benchmarks[result.benchmark]):
            self.read.report(Code.SCORE_RANGE, message, *at, "score")
            return None
        return result


def _each(read: ReadItem, raw: list[Any], at: Keys, outer: Provenance) -> list[tuple[Any, Keys]]:
    """The items that can be read, each with the keys of its place."""
    found = []
    for i, item in enumerate(raw):
        keys = (*at, i)
        if (record := read(item, keys, outer)) is not None:
            found.append((record, keys))
    return found

"""The JSON Schema of a catalog file, for editors: made from the records, and kept as a file beside this one.

It knows one file and no other: not which ids there are, nor which rows a house has, unless it is made for the catalog
of a house. What it refuses is refused when the catalog is read; ``check`` finds everything else.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from sphinx_modelcmp.catalog.decode import (
    ABOUT_OVERLAYS,
    BUILT_IN,
    HEADER,
    INHERITED,
    OVERLAYS,
    ROWS,
    SCHEMA,
    TABLES,
    TOP_LEVEL,
    VERSION,
)
from sphinx_modelcmp.catalog.decode_model import HOUSE_READERS, LONG_FORM, NAMES
from sphinx_modelcmp.catalog.docstrings import about, said_first
from sphinx_modelcmp.catalog.fields import Field, Record, fields_of, record_of, written
from sphinx_modelcmp.catalog.problems import CHECKS
from sphinx_modelcmp.catalog.records import (
    UNKNOWN,
    Catalog,
    Condition,
    HouseField,
    Lifecycle,
    Model,
    Price,
    Rate,
    Reading,
    Result,
    Route,
    value_kind,
)
from sphinx_modelcmp.catalog.scalars import (
    ANY,
    FREE,
    SCALARS,
    SILENT,
    STATE,
    Schema,
    read_amount,
    read_day,
    read_flag,
    read_id,
)
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS, FieldGroup, FieldType, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


FILE = Path(__file__).parent / "catalog.schema.json"
"""The schema as it is shipped."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_VALUES = "What several sources say, each in the long form. That of the most trusted kind of source is shown."
_NULL: Schema = {"type": "null"}


def _needing(key: str, value: Schema | None = None) -> Schema:
    """A record with a key, whose value is of some shape."""
    return {"required": [key], **({"properties": {key: value}} if value else {})}


def _if(key: str, value: Schema, then: Schema) -> Schema:
    """A rule for a record that has some value at a key."""
    return {"if": _needing(key, value), "then": then}


_RULES: Mapping[type[Record], list[Schema]] = {
    Price: [
        {"anyOf": [_needing(name) for name in (*PRICE_COMPONENTS, "free", "plan", "dynamic")]},
        _if("scope", {"const": Scope.MARGINAL.value}, _needing("when", _needing("input_above"))),
    ],
    Condition: [{"anyOf": [_needing(name, {"not": _NULL}) for name in written(Condition) if name != "timezone"]}],
    HouseField: [_if("type", {"const": FieldType.TEXT.value}, {"properties": {"better": _NULL}})],
}
"""Rules about several fields of a record: the counterparts of ``Record.clash``."""
_REASON = _if("accept", {"type": ["string", "array"], "not": {"pattern": SILENT}}, {"required": ["note"]})
"""An `accept` says why."""


def generate(house: Catalog | None = None) -> str:
    """The text of the schema, from the records.

    With a catalog of the house's, its own rows are the only ones besides the built-in ones, and an editor has its
    ids to offer. Other ids pass: they may be about to be written in another file.
    """
    return json.dumps(_Maker(house).catalog(), ensure_ascii=False, indent=2) + "\n"


class _Maker:
    """Makes the shapes that a file may have. What several keys share is defined once."""

    def __init__(self, house: Catalog | None) -> None:
        self.house = house
        self.defs: dict[str, Schema] = {}
        self.named: dict[str, Callable[[], Schema]] = {
            "source": self._sources,
            "checked": lambda: self._nullable(self._scalar(read_day)),
            "accept": self._accept,
            "aliases": lambda: self._nullable(_one_or_many(self._scalar(read_id))),
            "capabilities": lambda: self._define("Capabilities", self._capabilities),
            "lifecycle": lambda: self._define("Lifecycle", lambda: _silent(self._object(Lifecycle))),
            "routes": lambda: self._fact("Routes", [_list(self._record(Route))]),
            "prices": lambda: self._fact("Prices", [_list(self._define("Price", self._price))]),
            "results": lambda: _silent(_list(self._record(Result))),
        }
        """Shapes of the keys that authors write in another form than that of the records."""

    def catalog(self) -> Schema:
        """The whole."""
        properties = {name: self._top(name) for name in TOP_LEVEL}
        return {
            "$schema": DIALECT,
            "description": "A file of a catalog that sphinx-modelcmp writes comparisons from.",
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "$defs": dict(sorted(self.defs.items())),
        }

    def _top(self, name: str) -> Schema:
        if name in INHERITED:
            return _described(INHERITED[name], self.named[name]())
        if name == "catalog":
            said = "The header of the catalog. Each of its keys may be set in one file only."
            return _described(said, _silent(_object(self._header())))
        if name == "rates":
            return _described(about(Catalog, name), _silent(_list(self._record(Rate))))
        if name == OVERLAYS:
            return _described(ABOUT_OVERLAYS, _silent(self._table(name, self._define("Overlay", self._overlay))))
        entry = self._define("Model", self._model) if name == "models" else self._record(TABLES[name])
        return _described(about(Catalog, name), _silent(self._table(name, entry)))

    def _header(self) -> dict[str, Schema]:
        version = _described(VERSION, {"enum": [int(SCHEMA), SCHEMA]})
        keys = [(name, self._nullable(self._scalar(read))) for name, read in HEADER.items()]
        return {"schema": version, **{name: _described(about(Catalog, name), shape) for name, shape in keys}}

    def _table(self, name: str, entry: Schema) -> Schema:
        reserved = {"properties": dict.fromkeys(sorted(BUILT_IN - ROWS), False)} if name == "fields" else {}
        return {"type": "object", **reserved, "propertyNames": self._scalar(read_id), "additionalProperties": entry}

    # --- records -----------------------------------------------------------------------------------------------------

    def _record(self, cls: type[Record], *, nulls: bool = True) -> Schema:
        return self._define(cls.__name__, lambda: self._object(cls, nulls=nulls))

    def _object(self, cls: type[Record], *, nulls: bool = True) -> Schema:
        """A record as an author writes it. With ``nulls`` a key without a value is as good as an absent one."""
        properties = self._properties(cls, written(cls), nulls=nulls)
        needed = [key for key, field in written(cls).items() if field.is_needed]
        rules = [*_RULES.get(cls, ()), *([self._reason()] if "accept" in properties else [])]
        return _described(said_first(cls), _object(properties, required=needed, rules=rules))

    def _properties(self, cls: type[Record], keys: Iterable[str], *, nulls: bool = True) -> dict[str, Schema]:
        known = [(key, written(cls)[key]) for key in keys]
        return {key: _described(about(cls, field.name), self._field(field, nulls=nulls)) for key, field in known}

    def _reason(self) -> Schema:
        return self._define("Reason", lambda: _REASON)

    def _model(self) -> Schema:
        return self._with_house_rows(self._object(Model), FieldGroup.SPECS)

    def _overlay(self) -> Schema:
        model = self._model()
        properties = {key: shape for key, shape in model["properties"].items() if key not in NAMES}
        return {**model, "properties": properties, "required": []}

    def _capabilities(self) -> Schema:
        flag = self._fact("Flag", [self._scalar(read_flag)])
        flags = {
            name: _described(f"Whether it has {name.replace('_', ' ')}: `true`, `false` or `partial`.", flag)
            for name in CAPABILITIES
        }
        return _silent(self._with_house_rows(_object(flags), FieldGroup.CAPABILITIES))

    def _with_house_rows(self, shape: Schema, group: FieldGroup) -> Schema:
        """With what is inherited, and the rows of the house's own: any, where it is not known which there are.

        None of these can have the name of something built in, which is wrong where it is not built in.
        """
        inherited = {name: _described(text, self.named[name]()) for name, text in INHERITED.items()}
        properties = {**shape["properties"], **inherited}
        if self.house is None:
            reserved = dict.fromkeys(sorted(BUILT_IN - properties.keys()), False)
            return {**shape, "properties": {**properties, **reserved}, "additionalProperties": self._fact("Any", [ANY])}
        rows = {name: self._row(field) for name, field in self.house.fields.items() if field.group is group}
        return {**shape, "properties": {**properties, **rows}}

    def _row(self, field: HouseField) -> Schema:
        read = HOUSE_READERS[field.type]
        return _described(field.description or field.label, self._fact(_camel(read), [self._scalar(read)]))

    def _price(self) -> Schema:
        shape = self._object(Price)
        free = _told({"type": "string", "pattern": FREE}, "Expected: a number, or free.")
        amount = self._define("PriceOfComponent", lambda: {"anyOf": [self._scalar(read_amount), free, _silent({})]})
        components = {
            name: _described(f"The price of {component.quantity}.", amount)
            for name, component in PRICE_COMPONENTS.items()
        }
        return {**shape, "properties": {**components, **shape["properties"]}}

    # --- facts -------------------------------------------------------------------------------------------------------

    def _fact(self, name: str, value: Sequence[Schema], beside: Mapping[str, Schema] | None = None) -> Schema:
        """A fact whose value has one of some shapes: plain, in the long form or disputed.

        ``beside`` are the keys of a value that may be mixed with those of the long form.
        """

        def make() -> Schema:
            state = self._define("State", lambda: STATE)
            reason = self._reason()
            stated = self._properties(Reading, [key for key in written(Reading) if key in LONG_FORM and key != "value"])
            plain = [*value, state, *([_object({**beside, **stated}, rules=[reason])] if beside else [])]
            held = _described(about(Reading, "value"), {"anyOf": [*value, state]})
            reading = _object({"value": held, **stated}, rules=[reason])
            values = _described(_VALUES, _silent(_list({"anyOf": [*plain, reading]})))
            whole = {**reading, "properties": {"value": held, "values": values, **stated}}
            return {"anyOf": [*plain, {**whole, "not": {"required": ["value", "values"]}}]}

        return self._define(f"{name}Fact", make)

    def _fact_of(self, kind: Any) -> Schema:
        """A fact whose value is of an annotated type."""
        if record := record_of(kind):
            shape = self._record(record)
            first = next(iter(fields_of(record).values()))
            short = [self._shape(first.kind)] if _reader(kind) else []
            return self._fact(record.__name__, [*short, shape], self.defs[record.__name__]["properties"])
        read = _reader(kind)
        name = _camel(read) if read else "Texts" if get_origin(kind) else kind.__name__
        return self._fact(name, [self._shape(kind)])

    # --- fields ------------------------------------------------------------------------------------------------------

    def _field(self, field: Field, *, nulls: bool) -> Schema:
        if field.name in self.named:
            return self.named[field.name]()
        if self.house and field.table:
            shape = self._id(field.table)
            if field.default is UNKNOWN:
                return self._fact(field.name.title(), [shape])
            return shape if field.is_needed else self._nullable(shape)
        if field.default is UNKNOWN:
            return self._fact_of(value_kind(field.kind))
        shape = self._shape(field.kind)
        return self._nullable(shape) if nulls and not (field.is_needed or field.takes_none) else shape

    def _shape(self, kind: Any) -> Schema:
        """Values of an annotated type."""
        if read := _reader(kind):
            return self._scalar(read)
        if hasattr(kind, "__metadata__"):
            return _one_or_many(self._shape(kind.__origin__)["items"])
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        if isinstance(kind, type) and issubclass(kind, Record):
            return self._record(kind, nulls=False)
        inner = self._shape(get_args(kind)[0])
        return _list(inner) if get_origin(kind) is tuple else self._nullable(inner)

    def _scalar(self, read: Callable[..., Any]) -> Schema:
        return self._define(_camel(read), lambda: _told(SCALARS[read], f"Expected: {_plain(said_first(read))}"))

    def _sources(self) -> Schema:
        return self._define("Sources", lambda: self._nullable(_one_or_many(self._id("sources"))))

    def _id(self, table: str) -> Schema:
        """An id of a table, with those that there are."""
        names = sorted(getattr(self.house, table, ()))
        plain = self._scalar(read_id)
        return self._define(f"IdOf{table.title()}", lambda: {"anyOf": [{"enum": names}, plain]}) if names else plain

    def _accept(self) -> Schema:
        checks = {"enum": sorted(code.slug for code in CHECKS)}
        return self._define("Accept", lambda: {"anyOf": [checks, _list(checks), _silent({})]})

    def _nullable(self, shape: Schema) -> Schema:
        optional = {"anyOf": [*shape.get("anyOf", [shape]), _silent({})]}
        if "$ref" not in shape:
            return optional
        return self._define(f"Optional{shape['$ref'].rpartition('/')[2]}", lambda: optional)

    def _define(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to a shape, which is made where it is not there yet."""
        if name not in self.defs:
            self.defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}


def _reader(kind: Any) -> Callable[..., Any] | None:
    return next(filter(callable, getattr(kind, "__metadata__", ())), None)


def _camel(read: Callable[..., Any]) -> str:
    """The name of what a reader reads.

    >>> from sphinx_modelcmp.catalog.scalars import read_partial_date
    >>> _camel(read_partial_date)
    'PartialDate'
    """
    return read.__name__.removeprefix("read_").title().replace("_", "")


def _object(properties: Mapping[str, Any], *, required: Sequence[str] = (), rules: Sequence[Schema] = ()) -> Schema:
    return {
        "type": "object",
        "properties": {**properties},
        **({"required": [*required]} if required else {}),
        "additionalProperties": False,
        **({"allOf": [*rules]} if rules else {}),
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_or_many(item: Schema) -> Schema:
    return {"anyOf": [item, _list(item)]}


def _silent(shape: Schema) -> Schema:
    """Also nothing, or `unknown`. Its pattern applies to texts, next to the rules for other types."""
    types = [shape["type"]] if "type" in shape else []
    wanted = {"object": "a mapping", "array": "a list"}.get(shape.get("type", ""), "a value")
    return _told({**shape, "type": [*types, "null", "string"], "pattern": SILENT}, f"Expected {wanted}, or nothing.")


def _described(text: str, shape: Schema) -> Schema:
    """With the text that an editor shows. Only keys and records have one, for it shows the innermost that it finds."""
    return {"description": _plain(text), **shape}


def _told(shape: Schema, message: str) -> Schema:
    """With what a language server says where a pattern does not match: nobody reads that. Others leave it out."""
    if "anyOf" in shape:
        return {**shape, "anyOf": [_told(inner, message) for inner in shape["anyOf"]]}
    if "items" in shape:
        shape = {**shape, "items": _told(shape["items"], message)}
    return {**shape, "patternErrorMessage": message} if "pattern" in shape else shape


def _plain(text: str) -> str:
    """As CommonMark has it."""
    return text.replace("``", "`")

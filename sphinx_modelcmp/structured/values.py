"""Values of the catalog in a form that a machine reads without loss."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from sphinx_modelcmp.catalog.records import Lifecycle, Parameters, Route
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Support
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.results import CONDITIONS
from sphinx_modelcmp.sections.values import TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, License, Organization, Provider
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.structured import shapes

TABLES = {"organization": "organizations", "license": "licenses"}
"""Rows whose value is the key of a record, and the part of the catalog that holds it."""


def number(value: Decimal | int) -> str:
    """All digits, and no exponent."""
    # An integer would pass through a float.
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def named(table: Mapping[str, Organization | Provider | License], key: str) -> shapes.Named:
    """A record of the catalog, by its name."""
    return {"id": key, "name": table[key].name}


def place(catalog: Catalog, route: Route) -> shapes.Place:
    """Where a model can be called."""
    return {"provider": named(catalog.providers, route.provider), "id": route.id, "region": route.region}


def unit_price(component: str, amount: Decimal, currency: str) -> shapes.UnitPrice:
    """Money for so many units of a component."""
    held = PRICE_COMPONENTS[component]
    return {
        "component": component,
        "amount": number(amount),
        "currency": currency,
        "per": held.per,
        "unit": held.unit,
    }


def quote_price(quote: Quote) -> shapes.UnitPrice:
    """What a route asks for a component."""
    return unit_price(quote.component, quote.amount, quote.currency)


def stated(conditions: Sequence[str | None]) -> dict[str, str]:
    """The conditions of a result that are stated."""
    return {name: value for name, value in zip(CONDITIONS, conditions, strict=True) if value}


def value_of(catalog: Catalog, row: Row, value: Any) -> shapes.Value:  # noqa: C901 - one return a kind of value
    """A value by its kind. A text of a vocabulary stands as the catalog writes it."""
    match value:
        case Support():
            return {"type": "flag", "value": cast("Any", value.name.lower())}
        case PartialDate():
            precision = "day" if value.day else "month" if value.month else "year"
            return {"type": "date", "value": str(value), "precision": cast("Any", precision)}
        case Parameters():
            return _size(value)
        case Lifecycle():
            return _lifecycle(value)
        case Quote():
            return {"type": "price", "price": quote_price(value), "route": place(catalog, value.route)}
        case Route():
            return {"type": "route", "route": place(catalog, value)}
        case int() | Decimal():
            return _quantity(row, value)
        case tuple():
            return _several(catalog, row.name, value)
        case _ if row.name in TABLES:
            return {"type": "reference", **named(getattr(catalog, TABLES[row.name]), value)}
        case _:
            return {"type": "text", "value": str(value)}


def _size(value: Parameters) -> shapes.Size:
    size: shapes.Size = {"type": "parameters", "total": number(value.total)}
    if value.active is not None:
        size["active"] = number(value.active)
    return size


def _lifecycle(value: Lifecycle) -> shapes.LifecycleValue:
    held: shapes.LifecycleValue = {"type": "lifecycle"}
    if value.status:
        held["status"] = value.status.value
    if value.deprecated:
        held["deprecated"] = str(value.deprecated)
    if value.shutdown:
        held["shutdown"] = str(value.shutdown)
    if value.successor:
        held["successor"] = value.successor
    return held


def _quantity(row: Row, value: Decimal | int) -> shapes.Quantity:
    unit = "tokens" if row.name in TOKENS else row.house.unit if row.house else None
    held: shapes.Quantity = {"type": "quantity", "value": number(value)}
    if unit:
        held["unit"] = unit
    return held


def _several(catalog: Catalog, row: str, values: tuple[Any, ...]) -> shapes.Value:
    if row == "providers":
        return {"type": "references", "value": [named(catalog.providers, key) for key in values]}
    if row == "routes":
        return {"type": "routes", "routes": [place(catalog, route) for route in values]}
    return {"type": "texts", "value": list(values)}

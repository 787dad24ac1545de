"""The facts that a claim rests on, each with all that is needed to look it up again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_modelcmp.catalog.records import Fact, Family, License, Modalities, Parameters, Price, Reading, Result, Route
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.certainty import spread_of
from sphinx_modelcmp.compare.pricing import NoPrice, Quote, prices_of, quoted

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.rows import Row


Holder: TypeAlias = Result | Price | Route | License


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a claim rests on."""

    model: Model
    field: str
    """The name of the row; ``results``, ``routes`` or ``prices`` of what stands in one of these lists."""
    fact: Fact[Any]
    """The value, with its state, its sources, the day it was checked and what other sources say."""
    record: Holder | None = None
    """The result, the price or the route that holds the value, or the license that it was taken from."""
    spread: tuple[Any, ...] = ()
    """The least and the greatest value that a reader may meet, where it is not just the one that is shown."""

    @property
    def model_id(self) -> str:
        """The id of the model in the catalog."""
        return self.model.id

    @property
    def value(self) -> Any:
        """The value as the catalog holds it; a ``Quote`` of a price, the score of a result, a route's provider."""
        return self.fact.value

    @property
    def state(self) -> State:
        """The state of the value: known, in everything that is said."""
        return self.fact.state

    @property
    def source(self) -> tuple[str, ...]:
        """The ids of the sources that say so."""
        return self.fact.source

    @property
    def checked(self) -> datetime.date | None:
        """The day it was last looked up."""
        return self.fact.checked

    @property
    def is_disputed(self) -> bool:
        """Another source says something else."""
        return bool(self.fact.rivals)

    @property
    def plain(self) -> Any:
        """The value out of text, whole numbers, exact decimals, tuples and dicts, whatever the catalog holds."""
        return _plain(self.value)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case PartialDate():
            return str(value)
        case Parameters() | Family() | Modalities():
            return asdict(value)
        case Route():
            return {"provider": value.provider, "id": value.id, "region": value.region}
        case Quote():
            money = {"component": value.component, "amount": value.amount, "currency": value.currency}
            return {**money, **_plain(value.route)}
        case NoPrice():
            return {"why": value.why.value, "routes": tuple(map(_plain, value.routes))}
        case tuple():
            return tuple(_plain(item) for item in value)
        case _:
            return value


def of_row(comparison: Comparison, models: Sequence[Model], row: Row, i: int) -> Evidence:
    """The fact of the model at a position."""
    model, fact = models[i], row.facts[i]
    if isinstance(fact.value, Quote):
        return of_price(comparison, model, row.name, fact.value)
    if row.name == "commercial_use" and fact.known and model.commercial_use.state is State.UNKNOWN:
        return Evidence(model, row.name, fact, comparison.catalog.licenses[str(model.license.value)])
    return Evidence(model, row.name, fact, spread=spread_of(comparison, model, row.name, fact))


def all_of_row(comparison: Comparison, row: Row) -> tuple[Evidence, ...]:
    """The facts of all models compared, in their order."""
    return tuple(of_row(comparison, comparison.models, row, i) for i in range(len(comparison.models)))


def of_price(comparison: Comparison, model: Model, field: str, found: Quote) -> Evidence:
    """One component of a price; the other readings are what other sources ask for it under the same conditions."""
    return Evidence(model, field, _stated(found, found.price, *_other_prices(comparison, found)), found.price)


def _other_prices(comparison: Comparison, found: Quote) -> Iterator[Reading[Quote]]:
    for reading in found.route.prices.others:
        if reading.state is not State.KNOWN:
            yield Reading(state=reading.state, source=reading.source, checked=reading.checked, note=reading.note)
        listed = replace(found.route, prices=Fact(value=reading.value, state=reading.state))
        for price in prices_of(listed, comparison.day):
            if price.when == found.price.when and found.component in price.components:
                other = quoted(comparison.catalog, listed, price, found.component)
                if (other.amount, other.currency) != (found.amount, found.currency):
                    yield Reading(value=other, state=State.KNOWN, source=price.source, checked=price.checked)


def of_result(model: Model, result: Result) -> Evidence:
    """The score of a result."""
    return Evidence(model, "results", _stated(result.score, result), result)


def of_route(model: Model, route: Route) -> Evidence:
    """A provider that serves a model."""
    return Evidence(model, "routes", _stated(route.provider, route), route)


def _stated(value: Any, record: Price | Result | Route, *others: Reading[Any]) -> Fact[Any]:
    """A value of a record as a fact, which has the sources of the record."""
    return Fact(
        value=value,
        state=State.KNOWN,
        source=record.source,
        checked=record.checked,
        note=record.note,
        others=others,
    )


def once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each fact once, in the order in which they come."""
    found: list[Evidence] = []
    # Records have no hash, and to compare two of them takes long: only those of the same row are.
    rows: dict[tuple[str, str], list[Evidence]] = {}
    for item in evidence:
        held = rows.setdefault((item.model.id, item.field), [])
        if item not in held:
            held.append(item)
            found.append(item)
    return tuple(found)

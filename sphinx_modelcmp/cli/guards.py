"""Guards of an update: what is more likely an accident of the source than news, and stops the whole run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sphinx_modelcmp.catalog.records import FACTS
from sphinx_modelcmp.compare.catalog_diff import amounts, diff_catalogs, paired, plain
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.importers.importer import elsewhere_id
from sphinx_modelcmp.importers.merge.provenance import Kind
from sphinx_modelcmp.importers.selection import matches

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model, Route
    from sphinx_modelcmp.compare.catalog_diff import Side
    from sphinx_modelcmp.importers.importing import Prepared

_FACTOR = 10
"""The least factor of a number that stops."""
_PRICES, _MODELS = 5, 2
"""The shares in percent that stop if more change, or are gone."""
_HUNDREDTH = Decimal("0.01")
_NO_PRICE = re.compile(r"models\..+\.routes\.\d+\.prices(\.\d+)?")


GUARDS = ("factor", "prices", "models", "zero", "currency", "unit", "hand")
Trip: TypeAlias = tuple[str, str]
"""The guard, and one thing that it stops at, in words."""


class Amount(NamedTuple):
    """A price of one component."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.currency}"


class PriceChange(NamedTuple):
    """A price in force that is another one afterwards; None where there is none."""

    model: str
    where: str
    """The component, the provider and the condition."""
    old: Amount | None
    new: Amount | None

    @property
    def factor(self) -> Decimal | None:
        """The larger one divided by the smaller; None unless both are above 0, in one currency."""
        if not (self.old and self.new and self.old.amount and self.new.amount):
            return None
        small, large = sorted((self.old.amount, self.new.amount))
        return large / small if self.old.currency == self.new.currency else None

    def __str__(self) -> str:
        return _told(f"{self.model}: {self.where}", self.old or "none", self.new or "none", factor=self.factor)


def _told(what: str, old: object, new: object, *, factor: Decimal | None) -> str:
    return f"{what}: from {old} to {new}{f' (×{plain(factor.quantize(_HUNDREDTH))})' if factor else ''}"


def _said(side: Side) -> str:
    return " or ".join(side.values)


@dataclass(frozen=True, slots=True)
class Update:
    """The imports into one catalog, as it was and as it would be."""

    old: Catalog
    new: Catalog
    day: datetime.date
    imports: Sequence[tuple[str, Prepared]]
    """Each with the id of its source."""

    def prices(self) -> Iterator[tuple[int, Sequence[PriceChange]]]:
        """Of each route that stays the number of its prices, and those that change."""
        for name, model in self.old.models.items():
            routes = routes_of(model), routes_of(self.new.models[name])
            for one, other in paired(*routes, {}):
                old, new = self._amounts(self.old, one), self._amounts(self.new, other)
                where = {key: " ".join(filter(None, (key[0], one.provider, key[1]))) for key in {**old, **new}}
                changes = [PriceChange(name, said, old.get(key), new.get(key)) for key, said in where.items()]
                yield len(old), [change for change in changes if change.old != change.new]

    def _amounts(self, catalog: Catalog, route: Route) -> dict[tuple[str, str], Amount]:
        found = amounts(catalog, route, self.day)
        return {(name, when): Amount(amount, currency) for (name, when, currency), (amount, _) in found.items()}

    def facts(self, least: int = 0) -> list[str]:
        """The facts that both have, and have differently; ``least`` is the least factor of those that are wanted."""
        return [
            _told(f"{one.model}: {one.field} {one.at}".strip(), *map(_said, (one.one, one.other)), factor=one.factor)
            for one in diff_catalogs(self.old, self.new, self.day).disagreements
            if not one.is_price and (one.factor or 0) >= least
        ]

    def gone(self) -> Iterator[tuple[str, int, list[str]]]:
        """For each source how many models it listed when it was last read, and which of them it no longer lists."""
        for source, prepared in self.imports:
            ours = {source, elsewhere_id(source)}
            last = self.old.sources[source].checked if source in self.old.sources else None
            before = [name for name, model in self.old.models.items() if last and _was_listed(model, ours, last)]
            yield source, len(before), [name for name in before if name not in prepared.listed]

    def trips(self, settled: Sequence[str]) -> Iterator[Trip]:
        """Everything that guards stop at. ``settled`` are patterns of places at which a fact by hand stays."""
        count, changed = 0, 0
        for number, found in self.prices():
            count += number
            changed += len([change for change in found if change.old])
            yield from _trips_of_route(found)
        if changed * 100 > _PRICES * count:
            yield "prices", f"{changed} of {count} prices change: more than {_PRICES} %"
        for source, number, names in self.gone():
            if len(names) * 100 > _MODELS * number:
                yield "models", f"{source} lists {len(names)} of {number} models no longer: more than {_MODELS} %"
        yield from (("unit", fact) for fact in self.facts(_FACTOR))
        yield from self._of_reports(settled)

    def _of_reports(self, settled: Sequence[str]) -> Iterator[Trip]:
        own = {name for source, _ in self.imports for name in (source, elsewhere_id(source))}
        for source, prepared in self.imports:
            for change in prepared.changes:
                if change.kind is Kind.GONE and _NO_PRICE.fullmatch(change.at):
                    yield "zero", f"{change.at}: {source} names no price any more"
            for kept, sources in prepared.contradicted:
                if not (sources and own.issuperset(sources)) and not matches(kept.at, settled):
                    yield "hand", f"{kept.at}: {kept.here} by hand, {kept.there} in {source}"


def _trips_of_route(changes: Sequence[PriceChange]) -> Iterator[Trip]:
    begun = any(change.old is None for change in changes)
    for change in changes:
        if change.old and change.new and change.old.currency != change.new.currency:
            yield "currency", str(change)
        elif change.factor and change.factor >= _FACTOR:
            yield "factor", str(change)
        elif change.old and change.old.amount and not (change.new and change.new.amount):
            yield "unit" if begun and not change.new else "zero", str(change)


def _was_listed(model: Model, ours: set[str], day: datetime.date) -> bool:
    """A source named something of a model on the day that it was last read."""
    facts = [*(getattr(model, name) for name in FACTS if name != "routes"), *model.capabilities.values()]
    routes = routes_of(model)
    said = [*facts, model.routes, *routes, *(price for route in routes for price in route.prices.value or ())]
    return any(one.checked == day and not ours.isdisjoint(one.source) for one in said)

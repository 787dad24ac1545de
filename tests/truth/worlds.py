"""Everything that a raw catalog allows: each reading of the highest rank, at each route that can be called, on any day.

Computed from the tree alone: nothing here knows the package. A word such as ``undisclosed`` is a value like any other,
so that a fact which one of its equally trusted sources withholds is never certain.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

Tree = dict[str, Any]
Span = tuple[date, date]
"""The first and the last day that a date leaves open."""
Amount = tuple[str, Fraction]
"""A currency and a sum in it."""

RANKS = ("vendor", "provider", "aggregator", "community", "own")
STATES = ("undisclosed", "n/a")
LIMITS = ("context_window", "max_input", "max_output")
TOKENS = 1_000_000


def span(text: str) -> Span:
    """The days of a date in any precision."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    last = month or 12
    return date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def is_date(value: Any) -> bool:
    return isinstance(value, str) and value[:4].isdigit()


@dataclass(frozen=True)
class Place:
    """A route in one world: its facts, and one of its price lists."""

    raw: Tree
    prices: Any

    @property
    def lines(self) -> list[Tree]:
        return self.prices if isinstance(self.prices, list) else []


@dataclass(frozen=True)
class Month:
    """The cost of a month at a route, or the least that it can be where the list is incomplete."""

    amount: Amount
    provider: str
    is_complete: bool


class World:
    """A catalog with its day."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.day = date.fromisoformat(tree["catalog"]["as_of"])
        self.models = {name: Entry(self, name, raw) for name, raw in tree["models"].items()}

    def top(self, raw: Any) -> tuple[Any, ...]:
        """The different values that readings of the highest rank give; none where nothing is known."""
        said = raw["values"] if isinstance(raw, dict) and "values" in raw else [{"value": raw}]
        held = [(self._rank(entry), entry["value"]) for entry in said if entry["value"] not in (None, "unknown")]
        values = [value for _, value in held]
        if values and all(map(is_date, values)):
            finest = min(values, key=lambda value: span(value)[1] - span(value)[0])
            if all(_contains(value, finest) for value in values):
                return (finest,)
        best = min((rank for rank, _ in held), default=0)
        return _once(value for rank, value in held if rank == best)

    def _rank(self, entry: Tree) -> int:
        return RANKS.index(self.tree["sources"][entry["source"]]["kind"]) if "source" in entry else 0

    def has_come(self, text: str | None) -> bool:
        """A date has come for certain: what may or may not have come leaves things as they are."""
        return text is not None and span(text)[1] <= self.day

    def lies_ahead(self, text: str | None) -> bool:
        return text is not None and span(text)[0] > self.day

    def is_over(self, life: Tree | None) -> bool:
        """Something has ended; a day counts for more than a status."""
        held = life or {}
        if held.get("status") == "shutdown":
            return not self.lies_ahead(held.get("shutdown"))
        return self.has_come(held.get("shutdown"))

    def in_force(self, line: Tree) -> bool:
        return line.get("from", "0") <= str(self.day) < line.get("until", "9")


class Entry:
    """A model of the catalog, in all its worlds."""

    def __init__(self, world: World, name: str, raw: Tree) -> None:
        self.world, self.name, self.raw = world, name, raw

    @cached_property
    def is_over(self) -> bool:
        return self.world.is_over(self.raw.get("lifecycle"))

    @cached_property
    def is_alive(self) -> bool:
        """Neither over nor, by any reading, only announced."""
        released = self.world.top(self.raw.get("released"))
        return not self.is_over and not any(is_date(said) and self.world.lies_ahead(said) for said in released)

    @cached_property
    def offers(self) -> tuple[tuple[Place, ...], ...]:
        """In each world, the routes at which the model can be called."""
        found = []
        for routes in self.world.top(self.raw.get("routes")) or ([],):
            routes = [] if isinstance(routes, str) else routes
            lists = [self.world.top(route.get("prices")) or (None,) for route in routes]
            for prices in product(*lists):
                places = map(Place, routes, prices)
                found.append(tuple(place for place in places if self._is_open(place)))
        return tuple(found)

    def _is_open(self, place: Place) -> bool:
        is_sold = not place.lines or any(map(self.world.in_force, place.lines))
        return self.is_alive and is_sold and not self.world.is_over(place.raw.get("lifecycle"))

    # --- facts ---

    def values(self, name: str) -> tuple[Any, ...]:
        """Every value that a row may have: at each living route, and without one the model's own."""
        own = self._own(name) or (None,)
        found: list[Any] = []
        for places in self.offers:
            found += own if not places else ()
            for place in places:
                held = place.raw if name in LIMITS else place.raw.get("capabilities", {})
                found += self.world.top(held.get(name)) or own
        return _once(found)

    def _own(self, name: str) -> tuple[Any, ...]:
        if name == "commercial_use":
            return self._terms()
        said = self.world.top(self.raw.get(name))
        return said or self.world.top(self.raw.get("capabilities", {}).get(name)) or self._implied(name)

    def _terms(self) -> tuple[Any, ...]:
        """What the model states, else what its license says of commercial use."""
        licenses = self.world.tree["licenses"]
        terms = (licenses.get(said, {}).get("commercial_use") for said in self.world.top(self.raw.get("license")))
        return self.world.top(self.raw.get("commercial_use")) or _once(terms)

    def _implied(self, name: str) -> tuple[Any, ...]:
        """Vision follows from the kinds of input."""
        kinds = [said for said in self.world.top(self.raw.get("modalities")) if isinstance(said, dict)]
        return _once("image" in said["input"] for said in kinds) if name == "vision" else ()

    # --- prices ---

    def prices(self, component: str) -> tuple[Amount | None, ...]:
        """In each world, the lowest price at the living, complete routes that ask one; None where none does."""
        found = []
        for places in self.offers:
            amounts = [
                amount
                for place in places
                if self.is_complete(place, places) and (amount := self.price(place, component))
            ]
            found.append(min(amounts, key=self._in_order, default=None))
        return _once(found)

    def providers(self, component: str) -> Iterator[dict[str, Amount]]:
        """In each world, the lowest price of each provider."""
        for places in self.offers:
            found: dict[str, Amount] = {}
            for place in places:
                if self.is_complete(place, places) and (amount := self.price(place, component)):
                    name = place.raw["provider"]
                    found[name] = min(found.get(name, amount), amount, key=self._in_order)
            yield found

    def _in_order(self, amount: Amount) -> tuple[bool, Fraction]:
        return amount[0] != self.world.tree["catalog"]["currency"], amount[1]

    def price(self, place: Place, component: str, size: int = 0, service: str | None = None) -> Amount | None:
        """The price of a component in a request of a size, of the line with most conditions; None without one."""
        held = []
        for line in filter(self.world.in_force, place.lines):
            when, amount = line.get("when", {}), _amount(line.get(component))
            is_here = when.get("region") in (None, place.raw.get("region")) and "hours" not in when
            is_asked = when.get("service") == service and size > when.get("input_above", -1)
            if amount is not None and is_here and is_asked:
                held.append((len(when), when.get("input_above", 0), amount))
        currency = place.raw.get("currency", self.world.tree["catalog"]["currency"])
        return (currency, max(held)[2]) if held else None

    def is_complete(self, place: Place, places: Iterable[Place]) -> bool:
        """A price list names all charges, and each size of request that the other routes tell apart."""
        if said := place.raw.get("charges"):
            return bool(said == "complete")
        return self._sizes(place) >= {size for other in places for size in self._sizes(other)}

    def _sizes(self, place: Place) -> set[int]:
        whens = (line.get("when", {}) for line in place.lines if self.world.in_force(line))
        return {when["input_above"] for when in whens if "input_above" in when}

    # --- months ---

    def months(self, traffic: Tree) -> tuple[Month | None, ...]:
        """In each world, by every reading of the limits, the month at the cheapest route, a complete one first."""
        found: list[Month | None] = []
        own = [self.world.top(self.raw.get(name)) or (None,) for name in LIMITS]
        for places, limits in product(self.offers, product(*own)):
            options = [
                _once(self._month(place, places, traffic, held) for held in self._limits(place, limits))
                for place in places
            ]
            found += (min(filter(None, months), key=self._cheapest, default=None) for months in product(*options))
        return _once(found)

    def _cheapest(self, month: Month) -> tuple[Any, ...]:
        return not month.is_complete, self._in_order(month.amount)

    def _limits(self, place: Place, own: Iterable[Any]) -> Iterator[Tree]:
        """The limits in tokens at a route, else of the model; what is unknown binds nothing."""
        readings = [self.world.top(place.raw.get(name)) or (said,) for name, said in zip(LIMITS, own, strict=True)]
        for held in product(*readings):
            yield {name: value for name, value in zip(LIMITS, held, strict=True) if isinstance(value, int)}

    def _month(self, place: Place, places: Iterable[Place], traffic: Tree, limits: Tree) -> Month | None:
        written = 0 if "embedding-model" in self.world.top(self.raw.get("kind")) else traffic["output"]
        asked = {"context_window": traffic["input"] + written, "max_input": traffic["input"], "max_output": written}
        if any(asked[name] > limit for name, limit in limits.items()):
            return None
        total, currency = Fraction(0), ""
        batch = Fraction(traffic.get("batch", 0))
        for service, share in ((None, 1 - batch), ("batch", batch)):
            if share:
                bill = self._bill(place, traffic, written, service)
                if bill is None:
                    return None
                currency, amount = bill
                total += amount * share * traffic["requests"]
        return Month(self.converted(currency, total), place.raw["provider"], self.is_complete(place, places))

    def _bill(self, place: Place, traffic: Tree, written: int, service: str | None) -> Amount | None:
        """One request, component by component: at its service, else at the standard one, else at the price of input."""
        size = traffic["input"]
        hit, kept = (Fraction(traffic.get(key, 0)) for key in ("cache_hit", "cache_write"))
        counts = {"cache_read": size * hit, "cache_write": size * kept, "input": size * (1 - hit - kept), "output": written}
        total, currency = Fraction(0), ""
        for component, count in counts.items():
            if count:
                tried = product(_once((component, "output" if component == "output" else "input")), _once((service, None)))
                found = next(filter(None, (self.price(place, name, size, at) for name, at in tried)), None)
                if found is None:
                    return None
                currency = found[0]
                total += count * found[1] / TOKENS
        fee = next(filter(None, (self.price(place, "request", size, at) for at in (service, None))), (currency, 0))
        return currency, total + fee[1]

    def converted(self, currency: str, amount: Fraction) -> Amount:
        home = self.world.tree["catalog"]["currency"]
        rates = [rate["rate"] for rate in self.world.tree["rates"] if (rate["from"], rate["to"]) == (currency, home)]
        return (home, amount * rates[0]) if rates else (currency, amount)


def _amount(raw: Any) -> Fraction | None:
    """A price, and nothing for a zero that nobody calls free."""
    if raw == "free":
        return Fraction(0)
    return Fraction(raw) if raw is not None and Fraction(raw) else None


def _contains(wide: str, narrow: str) -> bool:
    (first, last), (start, end) = span(wide), span(narrow)
    return first <= start and end <= last


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    for value in values:
        if not any(value == other and type(value) is type(other) for other in found):
            found.append(value)
    return tuple(found)

"""Everything that a raw catalog allows: each reading of the highest rank, at each route that can be called, on any day.

Computed from the tree alone: nothing here knows the package. A word such as ``undisclosed`` is a value like any other,
so that a fact which one of its equally trusted sources withholds is never certain.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Tree = dict[str, Any]
Span = tuple[date, date]
"""The first and the last day that a date leaves open."""
Amount = tuple[str, Fraction]
"""A currency and a sum in it."""

RANKS = ("vendor", "provider", "aggregator", "community", "own")
STATES = ("undisclosed", "n/a")
LIMITS = ("context_window", "max_input", "max_output")
COMPONENTS = ("input", "output", "cache_read", "cache_write", "request")
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

    @property
    def sizes(self) -> set[int]:
        """The sizes above which requests have a price of their own, and 0."""
        return {line.get("when", {}).get("input_above", 0) for line in self.lines} | {0}


@dataclass(frozen=True)
class Month:
    """The cost of a month at a route, or the least that it can be where the list is incomplete."""

    amount: Amount
    provider: str
    is_complete: bool

    def is_below(self, other: Month) -> bool:
        """It costs less than another, or than the least that another one can be."""
        less = self.amount[1] < other.amount[1] or (self.amount == other.amount and not other.is_complete)
        return less and self.amount[0] == other.amount[0]


class World:
    """A catalog with its day."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.day = date.fromisoformat(tree["catalog"]["as_of"])
        self.names = [provider["name"] for provider in tree["providers"].values()]
        self.models = {name: Entry(self, name, raw) for name, raw in tree["models"].items()}

    def top(self, raw: Any) -> tuple[Any, ...]:
        """The different values that readings of the highest rank give; none where nothing is known."""
        said = raw["values"] if isinstance(raw, dict) and "values" in raw else [{"value": raw}]
        held = [(self._rank(entry), entry["value"]) for entry in said if entry["value"] not in (None, "unknown")]
        best = min((rank for rank, _ in held), default=0)
        values = [value for rank, value in held if rank == best]
        if values and is_date(values[0]):
            within = [value for _, value in held if is_date(value) and _contains(values[0], value)]
            finest = min(within, key=lambda value: span(value)[1] - span(value)[0])
            if all(_contains(value, finest) for value in within):
                values = [finest, *(value for value in values if not (is_date(value) and _contains(value, finest)))]
        return _once(values)

    def _rank(self, entry: Tree) -> int:
        return RANKS.index(self.tree["sources"][entry["source"]]["kind"]) if "source" in entry else len(RANKS)

    def is_of_a_vendor(self, source: str) -> bool:
        return bool(self.tree["sources"][source]["kind"] == "vendor")

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
        since, until = str(line.get("from", "0")), str(line.get("until", "9"))
        return since <= str(self.day) < until


class Entry:
    """A model of the catalog, in all its worlds."""

    def __init__(self, world: World, name: str, raw: Tree) -> None:
        self.world, self.name, self.raw = world, name, raw

    @cached_property
    def is_over(self) -> bool:
        """Shut down, unless by every reading some route says of itself that it goes on."""
        lists = [[] if isinstance(said, str) else said for said in self.world.top(self.raw.get("routes"))]
        lasts = lists and all(any(map(self.lasts, routes)) for routes in lists)
        return not lasts and self.world.is_over(self.raw.get("lifecycle"))

    def lasts(self, route: Tree) -> bool:
        held = route.get("lifecycle") or {}
        return bool(held.get("shutdown") or held.get("status")) and not self.world.is_over(held)

    @cached_property
    def is_alive(self) -> bool:
        """Neither over nor, by any reading, only announced."""
        released = self.world.top(self.raw.get("released"))
        return not self.is_over and not any(is_date(said) and self.world.lies_ahead(said) for said in released)

    @property
    def is_release_disputed(self) -> bool:
        """By one of two readings out, by the other announced: a page shows a month by the first, and claims nothing."""
        released = self.world.top(self.raw.get("released"))
        return len({is_date(said) and self.world.lies_ahead(said) for said in released}) > 1

    @property
    def answers(self) -> bool:
        """False of a model that gives no tokens of output."""
        return "embedding-model" not in self.world.top(self.raw.get("kind"))

    @cached_property
    def offers(self) -> tuple[tuple[Place, ...], ...]:
        """In each world, the routes at which the model can be called."""
        found = []
        for said in self.world.top(self.raw.get("routes")):
            routes = [] if isinstance(said, str) else said
            lists = [self.world.top(route.get("prices")) or (None,) for route in routes]
            for prices in product(*lists):
                places = map(Place, routes, prices)
                found.append(tuple(place for place in places if self._is_open(place)))
        return tuple(found) or ((),)

    def _is_open(self, place: Place) -> bool:
        is_sold = not place.lines or any(map(self.world.in_force, place.lines))
        goes_on = self.lasts(place.raw) or not self.world.is_over(self.raw.get("lifecycle"))
        return self.is_alive and is_sold and goes_on and not self.world.is_over(place.raw.get("lifecycle"))

    # --- facts ---

    def values(self, name: str) -> tuple[Any, ...]:
        """Every value that a row may have: at each living route, and without one the model's own."""
        own = self.own(name) or (None,)
        found: list[Any] = []
        for places in self.offers:
            found += own if not places else ()
            for place in places:
                held = place.raw if name in LIMITS else place.raw.get("capabilities", {})
                found += self.world.top(held.get(name)) or own
        return _once(found)

    def own(self, name: str) -> tuple[Any, ...]:
        """What the model says of itself."""
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
        """Two capabilities follow from the kinds of input, by every source that names them."""
        raw = self.raw.get("modalities")
        said = raw["values"] if isinstance(raw, dict) and "values" in raw else [{"value": raw}]
        kinds = self.world.top({"values": [entry for entry in said if isinstance(entry["value"], dict)]})
        inputs = [held["input"] for held in kinds]
        implied = {"vision": ["image" in held for held in inputs], "multimodal": [held != ["text"] for held in inputs]}
        return _once(implied.get(name, ()))

    # --- prices ---

    def prices(self, component: str) -> tuple[Amount | None, ...]:
        """In each world, the lowest price at the living, complete routes that ask one; None where none does."""
        found = []
        for places in self.offers:
            amounts = [
                amount for place in places if self.is_complete(place) and (amount := self.price(place, component))
            ]
            found.append(min(amounts, key=self._in_order, default=None))
        return _once(found)

    @property
    def has_one_price_list(self) -> bool:
        """No place at which it can be called asks in another currency, or for more than it lists."""
        places = [place for places in self.offers for place in places]
        codes = {line.get("currency") or place.raw.get("currency") for place in places for line in place.lines or ()}
        return len(codes) < 2 and not any(place.raw.get("charges") == "incomplete" for place in places)

    def providers(self, component: str) -> Iterator[dict[str, Amount]]:
        """In each world, the lowest price at each provider."""
        for places in self.offers:
            priced = ((place, self.price(place, component)) for place in places if self.is_complete(place))
            yield self._lowest((place.raw["provider"], amount) for place, amount in priced if amount)

    def bills(self, traffic: Tree) -> Iterator[dict[str, Amount]]:
        """In each world, the lowest complete month at each provider."""
        for months in self._all_months(traffic):
            yield self._lowest((month.provider, month.amount) for month in months if month and month.is_complete)

    def _lowest(self, amounts: Iterable[tuple[str, Amount]]) -> dict[str, Amount]:
        found: dict[str, Amount] = {}
        for name, amount in amounts:
            found[name] = min(found.get(name, amount), amount, key=self._in_order)
        return found

    def _in_order(self, amount: Amount) -> tuple[bool, Fraction]:
        return amount[0] != self.world.tree["catalog"]["currency"], amount[1]

    def price(self, place: Place, component: str, size: int = 0, service: str | None = None) -> Amount | None:
        """The price of a component in a request of a size, of the line with most conditions; None without one."""
        held = []
        for line in filter(self.world.in_force, place.lines):
            when, amount = line.get("when", {}), _amount(line.get(component) or _offered(line, component))
            is_here = when.get("region") in (None, place.raw.get("region")) and "hours" not in when
            is_asked = when.get("service") == service and size > when.get("input_above", -1)
            if amount is not None and is_here and is_asked:
                held.append((len(when), when.get("input_above", 0), amount))
        currency = place.raw.get("currency", self.world.tree["catalog"]["currency"])
        return (currency, max(held)[2]) if held else None

    def is_complete(self, place: Place, steps: Iterable[str] = ()) -> bool:
        """A price list names all charges, and asks by size for what the other routes ask for by size."""
        if said := place.raw.get("charges"):
            return bool(said == "complete")
        return {name for line in self._tiers(place) for name in priced(line)} >= {*steps}

    def _tiers(self, place: Place) -> list[Tree]:
        return [line for line in filter(self.world.in_force, place.lines) if "input_above" in line.get("when", {})]

    def _steps(self, places: Iterable[Place], size: int, service: str | None) -> Iterator[str]:
        """The components that any route asks for by size below a size, in standard lines if a service has none."""
        for place in places:
            lines = filter(self.world.in_force, place.lines)
            special = {name for line in lines if line.get("when", {}).get("service") for name in priced(line)}
            for line in self._tiers(place):
                if line["when"]["input_above"] < size:
                    yield from (name for name in priced(line) if service is None or name not in special)

    # --- months ---

    def months(self, traffic: Tree) -> tuple[Month | None, ...]:
        """In each world the month at the cheapest route, a complete one first; None where no route has a total."""
        worlds = self._all_months(traffic)
        return _once(min(filter(None, months), key=self._cheapest, default=None) for months in worlds)

    def _all_months(self, traffic: Tree) -> Iterator[tuple[Month | None, ...]]:
        """In each world, by every reading of the limits, the months at all routes."""
        own = [self.world.top(self.raw.get(name)) or (None,) for name in LIMITS]
        for places, limits in product(self.offers, product(*own)):
            options = (
                _once(self._month(place, places, traffic, held) for held in self._limits(place, limits))
                for place in places
            )
            yield from product(*options)

    def _cheapest(self, month: Month) -> tuple[Any, ...]:
        return not month.is_complete, self._in_order(month.amount)

    def _limits(self, place: Place, own: Iterable[Any]) -> Iterator[Tree]:
        """The limits in tokens at a route, else of the model; what is unknown binds nothing."""
        readings = [self.world.top(place.raw.get(name)) or (said,) for name, said in zip(LIMITS, own, strict=True)]
        for held in product(*readings):
            yield {name: value for name, value in zip(LIMITS, held, strict=True) if isinstance(value, int)}

    def _month(self, place: Place, places: Iterable[Place], traffic: Tree, limits: Tree) -> Month | None:
        written = traffic["output"] if self.answers else 0
        asked = {"context_window": traffic["input"] + written, "max_input": traffic["input"], "max_output": written}
        if any(asked[name] > limit for name, limit in limits.items()):
            return None
        total, currency, is_complete = Fraction(0), "", True
        batch = Fraction(traffic.get("batch", 0))
        for service, share in ((None, 1 - batch), ("batch", batch)):
            if share:
                bill = self._bill(place, traffic, written, service)
                if bill is None:
                    return None
                currency, amount, charged = bill
                total += amount * share * traffic["requests"]
                steps = charged.intersection(self._steps(places, traffic["input"], service))
                is_complete &= self.is_complete(place, steps)
        return Month(self.converted(currency, total), place.raw["provider"], is_complete)

    def _bill(
        self, place: Place, traffic: Tree, written: int, service: str | None
    ) -> tuple[str, Fraction, set[str]] | None:
        """One request, and what it is charged for: at its service, else at the standard one, else as plain input."""
        hit, kept = (Fraction(traffic.get(key, 0)) for key in ("cache_hit", "cache_write"))
        shares = {"cache_read": hit, "cache_write": kept, "input": 1 - hit - kept}
        counts = {name: traffic["input"] * share / TOKENS for name, share in shares.items()}
        counts |= {"output": Fraction(written, TOKENS), "request": Fraction(1)}
        total, currency, charged = Fraction(0), "", set()
        for component, count in counts.items():
            found = self._charge(place, component, traffic["input"], service)
            if count and not found and component != "request":
                return None
            if count and found:
                name, (currency, amount) = found
                total += count * amount
                charged.add(name)
        return currency, total, charged

    def _charge(self, place: Place, component: str, size: int, service: str | None) -> tuple[str, Amount] | None:
        names = (component, "input") if component.startswith("cache") else (component,)
        for name, at in product(names, (service, None)):
            if amount := self.price(place, name, size, at):
                return name, amount
        return None

    def converted(self, currency: str, amount: Fraction) -> Amount:
        home = self.world.tree["catalog"]["currency"]
        rates = [rate["rate"] for rate in self.world.tree["rates"] if (rate["from"], rate["to"]) == (currency, home)]
        return (home, amount * rates[0]) if rates else (currency, amount)


def _amount(raw: Any) -> Fraction | None:
    """A price, and nothing for a zero that nobody calls free."""
    if raw == "free":
        return Fraction(0)
    return Fraction(raw) if raw is not None and Fraction(raw) else None


def _offered(line: Tree, component: str) -> str | None:
    """A line that is free at a service, and names no component, is so for what goes in and what comes out."""
    is_offer = line.get("free") and "service" in line.get("when", {}) and not priced(line)
    return "free" if is_offer and component in {"input", "output"} else None


def priced(line: Tree) -> set[str]:
    """The components that a line has a price for."""
    return {name for name in COMPONENTS if _amount(line.get(name)) is not None}


def _contains(wide: str, narrow: str) -> bool:
    (first, last), (start, end) = span(wide), span(narrow)
    return first <= start and end <= last


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    for value in values:
        if not any(value == other and type(value) is type(other) for other in found):
            found.append(value)
    return tuple(found)

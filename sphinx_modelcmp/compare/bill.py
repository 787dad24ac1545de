"""Bill of a request at one route: its usage, a line for each price that it pays, and the charges for any size."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, Inexact, localcontext
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import PIECES, PRICE_COMPONENTS, Charges, Scope, Service
from sphinx_modelcmp.compare.pricing import Circumstances, chosen, is_for, prices_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Price, Route
    from sphinx_modelcmp.compare.pricing import Quote, When

# Counts, prices and rates of a catalog lie between 1e-60 and 1e31. A line multiplies up to six of them, so a sum of
# lines spans fewer than 600 digits; anything else must not pass silently.
EXACT = Context(prec=600, traps=[Inexact])

_PARTS = {
    "input": (
        "cache_read",
        "audio_cache_read",
        "cache_write",
        "cache_write_1h",
        "input",
        "audio_input",
        "image_input",
        "video_input",
    ),
    "output": ("reasoning", "output", "audio_output", "image_output"),
}
"""The components of each side, in the order in which a marginal price counts the tokens.

That of the side's own name is what the others leave of its tokens: fresh text, and the answer.
"""

COUNTED = ("cache_read", "cache_write", "cache_write_1h", "input", "output", "request")
"""The components of a month of a workload, in the order in which they are counted."""

_HALF = Decimal("0.5")
_LARGEST = Decimal("1e31")
_FINEST = -180
"""The exponent of the smallest share of a token: a product of three numbers of a catalog."""


@dataclass(frozen=True, slots=True)
class Part:
    """Units of one component of one request, and the number of units of the same side before them."""

    component: str
    before: Decimal
    count: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Counts of one request, and the number of such requests.

    ``input`` and ``output`` count all tokens of their side. The others say what some of these tokens are, and each
    token is counted in one of them at most; the rest is fresh text. Counts are int or Decimal: a workload has shares.
    Raises TypeError for a float, which is not exact, and ValueError if a count is not between 0 and 1e31, the parts
    are larger than the whole, a piece is not one of ``PIECES``, the service is not one of ``Service``, or the moment
    names no time zone.
    """

    input: int | Decimal = 0
    output: int | Decimal = 0
    cache_read: int | Decimal = 0
    """Input tokens read from the cache, but for audio."""
    cache_write: int | Decimal = 0
    """Input tokens written to the cache for the usual time."""
    cache_write_1h: int | Decimal = 0
    """Input tokens written to the cache for an hour."""
    audio_input: int | Decimal = 0
    """Input tokens of audio that are not read from the cache."""
    image_input: int | Decimal = 0
    video_input: int | Decimal = 0
    audio_cache_read: int | Decimal = 0
    """Input tokens of audio read from the cache."""
    reasoning: int | Decimal = 0
    """Output tokens spent on thinking."""
    audio_output: int | Decimal = 0
    image_output: int | Decimal = 0
    web_searches: int | Decimal = 0
    """Searches of one request."""
    pieces: Mapping[str, int | Decimal] = field(default_factory=dict)
    """Images, minutes, pages and so on of one request, by the component that prices them: ``{"image_each": 2}``."""
    requests: int | Decimal = 1
    """The number of such requests."""
    service: Service | None = None
    """The service tier; the standard one if absent."""
    region: str | None = None
    """The region asked for; the route's if absent."""
    moment: When = None
    """The time of the request: an aware datetime, or a day, or nothing."""

    def __post_init__(self) -> None:
        for name in (*_PARTS["input"], *_PARTS["output"], "web_searches", "requests"):
            _check(name, getattr(self, name))
        for name, count in self.pieces.items():
            if name not in PIECES:
                message = f"“{name}” is none of {', '.join(sorted(PIECES))}"
                raise ValueError(message)
            _check(name, count)
        for side, names in _PARTS.items():
            if self._rest(side) < 0:
                parts = ", ".join(name for name in names if name != side)
                message = f"{parts} are more together than {side} ({getattr(self, side)})"
                raise ValueError(message)
        if self.service is not None and self.service not in tuple(Service):
            message = f"service “{self.service}” is none of {', '.join(Service)}"
            raise ValueError(message)
        if isinstance(self.moment, datetime.datetime) and self.moment.utcoffset() is None:
            message = f"moment {self.moment} names no time zone"
            raise ValueError(message)

    def _rest(self, side: str) -> Decimal:
        rest = Decimal(getattr(self, side))
        for name in _PARTS[side]:
            if name != side and (count := getattr(self, name)):
                rest = EXACT.subtract(rest, Decimal(count))
        return rest

    def circumstances(self, region: str | None) -> Circumstances:
        """The circumstances of the price at a route of this region."""
        return Circumstances(Decimal(self.input), self.service, self.region or region, self.moment)

    def parts(self) -> Iterator[Part]:
        """The tokens, searches and requests, component by component, in the order of ``_PARTS``."""
        for side, names in _PARTS.items():
            rest = self._rest(side)
            yield from _in_a_row({name: rest if name == side else getattr(self, name) for name in names})
        # Nothing adds up minutes and pages: each is counted alone.
        for name, count in {**self.pieces, "web_search": self.web_searches}.items():
            yield from _in_a_row({name: count})
        yield from _in_a_row({"request": 1})


def _check(name: str, count: object) -> None:
    if isinstance(count, bool) or not isinstance(count, int | Decimal):
        message = f"{name} is {count!r}, which is neither an int nor a Decimal"
        raise TypeError(message)
    number = Decimal(count)
    if not number.is_finite() or not 0 <= number <= _LARGEST or int(number.as_tuple().exponent) < _FINEST:
        message = f"{name} is {count}, which is no count from 0 to 1e31"
        raise ValueError(message)


def _in_a_row(counts: Mapping[str, int | Decimal]) -> Iterator[Part]:
    before = Decimal(0)
    for component, count in counts.items():
        if count:
            part = Part(component, before, Decimal(count))
            yield part
            before = EXACT.add(before, part.count)


class Assumption(Enum):
    """Assumption that a total rests on besides its prices."""

    CACHE_READ_AT_INPUT = "cache_read"
    """Reading from the cache has no price: it counts at the input price (audio at that of audio input)."""
    CACHE_WRITE_AT_INPUT = "cache_write"
    """Writing to the cache, for the usual time or an hour, has no price: it counts at the input price."""
    MEDIA_AT_INPUT = "media_input"
    """Audio, images or video going in have no price: they count at the input price."""
    REASONING_AT_OUTPUT = "reasoning"
    """Reasoning has no price: it counts at the output price."""
    MEDIA_AT_OUTPUT = "media_output"
    """Audio or images coming out have no price: they count at the output price."""
    BATCH_AT_STANDARD = "batch"
    """The batch service has no price for a component: it counts at the standard price."""
    SERVICE_AT_STANDARD = "service"
    """Another service has no price for a component: it counts at the standard price."""
    INCOMPLETE = "incomplete"
    """The price list is not complete: the route may charge more."""
    OUTPUT_NOT_COUNTED = "output"
    """The model gives no output tokens, so those of the workload are not counted."""
    HOURS_NOT_COUNTED = "hours"
    """The time of day is unknown, so prices of certain hours or days of the week are not counted."""
    OFFERS_NOT_COUNTED = "offers"
    """The model is also to be had free or by subscription, which is not counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a total: units of a component at a price."""

    component: str
    """The component used. ``quote.component`` is the one charged: another one where its price is borrowed."""
    quote: Quote
    count: Decimal
    """Tokens, images, searches, … of all requests together."""
    assumptions: tuple[Assumption, ...] = ()
    """Reasons why the price is of another component or service; empty where it is not."""

    @property
    def price(self) -> Price:
        """The line of the price list."""
        return self.quote.price

    @property
    def amount(self) -> Decimal:
        """Money per ``per`` units."""
        return self.quote.amount

    @property
    def unit(self) -> str:
        """The unit of the count: tokens, images, searches, …"""
        return PRICE_COMPONENTS[self.quote.component].unit

    @property
    def per(self) -> int:
        """The number of units that the amount is for."""
        return PRICE_COMPONENTS[self.quote.component].per

    @property
    def cost(self) -> Decimal:
        """Exact money, in the currency of the quote."""
        with localcontext(EXACT):
            return self.quote.cost(self.count)


@dataclass(frozen=True, slots=True)
class Charge:
    """Price that a component is charged at."""

    component: str
    charged: str
    """The component whose price it is; without a price, the one that has none."""
    quotes: tuple[Quote, ...]
    """The price; several where nothing decides between them."""
    assumptions: tuple[Assumption, ...]


@dataclass(slots=True)
class Bill:
    """Lines of some usages at one route, and the obstacles to a total."""

    catalog: Catalog
    route: Route
    lines: list[Line] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    rivals: tuple[Quote, ...] = ()

    def add(self, usage: Usage) -> None:
        """Write a line for each price that the usage comes to pay."""
        prices = prices_of(self.route, usage.moment)
        asked = usage.circumstances(self.route.region)
        ranges = _starts(prices, Scope.MARGINAL)
        with localcontext(EXACT):
            for part in usage.parts():
                for piece in _cut(part, ranges):
                    self._charge(prices, asked, piece, piece.count * usage.requests)

    def _charge(self, prices: Sequence[Price], asked: Circumstances, piece: Part, count: Decimal) -> None:
        charge = charge_of(self.catalog, self.route, prices, asked, piece)
        if len(charge.quotes) > 1:
            self.rivals = self.rivals or charge.quotes
        elif charge.quotes:
            self._write(Line(charge.component, charge.quotes[0], count, charge.assumptions))
        elif charge.component != "request":
            self.missing[charge.charged] = None

    def _write(self, line: Line) -> None:
        """Append a line, or join it to the last one if only a size that changes nothing lies between the two."""
        last = self.lines[-1] if self.lines else None
        if last and last.component == line.component and replace(last, count=line.count) == line:
            line = replace(line, count=self.lines.pop().count + line.count)
        self.lines.append(line)


def _starts(prices: Iterable[Price], scope: Scope) -> list[Decimal]:
    """The sizes above zero from which a price of a scope counts, in order."""
    whens = (price.when for price in prices if price.scope is scope)
    return sorted({Decimal(when.input_above) for when in whens if when and when.input_above})


def _cut(part: Part, ranges: Sequence[Decimal]) -> Iterator[Part]:
    """The pieces of a part between the sizes at which a marginal price begins."""
    end = part.before + part.count
    for start, stop in pairwise((part.before, *(above for above in ranges if part.before < above < end), end)):
        yield Part(part.component, start, stop - start)


_SUBSTITUTES = {
    "cache_read": ("input", Assumption.CACHE_READ_AT_INPUT),
    "cache_write": ("input", Assumption.CACHE_WRITE_AT_INPUT),
    "cache_write_1h": ("input", Assumption.CACHE_WRITE_AT_INPUT),
    "audio_input": ("input", Assumption.MEDIA_AT_INPUT),
    "image_input": ("input", Assumption.MEDIA_AT_INPUT),
    "video_input": ("input", Assumption.MEDIA_AT_INPUT),
    "audio_cache_read": ("audio_input", Assumption.CACHE_READ_AT_INPUT),
    "reasoning": ("output", Assumption.REASONING_AT_OUTPUT),
    "audio_output": ("output", Assumption.MEDIA_AT_OUTPUT),
    "image_output": ("output", Assumption.MEDIA_AT_OUTPUT),
}
"""Component to the one whose price is used if it has none."""


def charge_of(catalog: Catalog, route: Route, prices: Sequence[Price], asked: Circumstances, part: Part) -> Charge:
    """The charge of a part, out of the prices in force: at its own service, else the standard one, else a substitute.

    Without any price the charge names the last component tried.
    """
    services: list[tuple[Circumstances, tuple[Assumption, ...]]] = [(asked, ())]
    if asked.service:
        is_batch = asked.service is Service.BATCH
        assumption = Assumption.BATCH_AT_STANDARD if is_batch else Assumption.SERVICE_AT_STANDARD
        services.append((replace(asked, service=None), (assumption,)))
    charged = part.component
    assumed: tuple[Assumption, ...] = ()
    while True:
        for circumstances, also in services:
            if found := chosen(prices, charged, circumstances, part.before):
                quotes = tuple(quoted(catalog, route, price, charged) for price in found)
                return Charge(part.component, charged, quotes, (*assumed, *also))
        if charged not in _SUBSTITUTES:
            return Charge(part.component, charged, (), assumed)
        charged, assumption = _SUBSTITUTES[charged]
        assumed = (*assumed, assumption)


# --- steps: the sizes at which the routes of a model ask another price ---


def steps_of(routes: Iterable[Route], day: datetime.date | None, service: Service | None) -> dict[str, int]:
    """Each component that any of the routes charges by size, with the least size above which it has another price.

    A price of the standard service counts for a component that the service has no price of.
    """
    found: dict[str, int] = {}
    for route in routes:
        held = [price for price in prices_of(route, day) if not (price.conditions.hours or price.conditions.days)]
        own = [price for price in held if is_for(price, service, route.region)]
        named = {name for price in own for name in price.components}
        standard = [price for price in held if is_for(price, None, route.region)]
        stepped = [(price, {*price.components}) for price in own]
        stepped += [(price, price.components.keys() - named) for price in standard]
        for price, names in stepped:
            if price.above:
                found |= {name: min(price.above, found.get(name, price.above)) for name in names}
    return found


def lacking(route: Route, steps: Mapping[str, int], day: datetime.date | None) -> dict[str, int]:
    """The steps of the routes of a model that one of them leaves out, though it does not say that it is complete."""
    if route.charges is Charges.COMPLETE:
        return {}
    own = {name for price in prices_of(route, day) if price.above for name in price.components}
    return {name: size for name, size in steps.items() if name not in own}


# --- bands: the choice between prices, made beforehand for requests of every size ---


@dataclass(frozen=True, slots=True)
class Step:
    """Charge from a number of tokens on, until the next step."""

    start: Decimal
    charge: Charge


@dataclass(frozen=True, slots=True)
class Band:
    """Charges of requests with more than a number of input tokens; the first band includes none."""

    above: Decimal
    steps: tuple[tuple[Step, ...], ...]
    """The steps of each of ``COUNTED``."""


def bands(catalog: Catalog, route: Route, day: datetime.date | None, service: Service | None) -> tuple[Band, ...]:
    """The charges of requests at a service on a day without an hour, in the order of their sizes.

    A program that counts elsewhere only has to look a size up and to multiply: see ``sections/calculator.py``.
    """
    prices = prices_of(route, day)
    starts = (Decimal(0), *_starts(prices, Scope.MARGINAL))
    parts = [[Part(name, start, _HALF) for start in starts] for name in COUNTED]
    found = []
    for above in (Decimal(0), *_starts(prices, Scope.REQUEST)):
        # Sizes are whole numbers, so nothing changes between one and the next.
        asked = Circumstances(EXACT.add(above, _HALF), service, route.region, day)
        steps = [[Step(part.before, charge_of(catalog, route, prices, asked, part)) for part in held] for held in parts]
        found.append(Band(above, tuple(map(_joined, steps))))
    return tuple(found)


def _joined(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps without those that charge the same as the one before."""
    return tuple(step for i, step in enumerate(steps) if not i or step.charge != steps[i - 1].charge)

"""The bill of a request at one route: a line for each price that it comes to pay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Scope, Service
from sphinx_modelcmp.compare.pricing import quoted
from sphinx_modelcmp.compare.tariff import chosen, in_force
from sphinx_modelcmp.compare.usage import EXACT, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Price, Route
    from sphinx_modelcmp.compare.pricing import Quote
    from sphinx_modelcmp.compare.tariff import Circumstances
    from sphinx_modelcmp.compare.usage import Usage


class Assumption(Enum):
    """What a total rests on beside its prices."""

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
    CACHE_WRITE_NOT_COUNTED = "cache_write_not_counted"
    """A workload says how much is read from the cache, not how much is written to it."""
    HOURS_NOT_COUNTED = "hours"
    """No time of day is known, so prices of certain hours or days of the week are not counted."""
    OFFERS_NOT_COUNTED = "offers"
    """The model is also to be had free or by subscription, which is not counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a total: so many units of a component at a price."""

    component: str
    """What was used. ``quote.component`` says what was charged: another one where a price stands in."""
    quote: Quote
    count: Decimal
    """Tokens, searches or requests, of all requests together."""
    assumptions: tuple[Assumption, ...] = ()
    """Why the price is not one of this very component at this very service; empty where it is."""

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
        """What is counted: tokens, searches or requests."""
        return PRICE_COMPONENTS[self.quote.component].unit

    @property
    def per(self) -> int:
        """How many units the amount is for."""
        return PRICE_COMPONENTS[self.quote.component].per

    @property
    def cost(self) -> Decimal:
        """Exact money, in the currency of the quote."""
        with localcontext(EXACT):
            return self.quote.cost(self.count)


@dataclass(slots=True)
class Bill:
    """The lines of some usages at one route, and what stands against a total."""

    catalog: Catalog
    route: Route
    lines: list[Line] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    rivals: tuple[Quote, ...] = ()

    def add(self, usage: Usage) -> None:
        """Write a line for each price that the usage comes to pay."""
        prices = in_force(self.route.prices.value or (), usage.moment)
        asked = usage.circumstances(self.route.region)
        ranges = sorted({above for price in prices if (above := range_start(price))})
        with localcontext(EXACT):
            for part in usage.parts():
                for piece in _cut(part, ranges):
                    self._charge(prices, asked, piece, piece.count * usage.requests)

    def _charge(self, prices: Sequence[Price], asked: Circumstances, piece: Part, count: Decimal) -> None:
        found, component, assumptions = price_of(prices, asked, piece)
        quotes = tuple(quoted(self.catalog, self.route, price, component) for price in found)
        if len(quotes) > 1:
            self.rivals = self.rivals or quotes
        elif quotes:
            self._write(Line(piece.component, quotes[0], count, assumptions))
        elif piece.component != "request":
            self.missing[component] = None

    def _write(self, line: Line) -> None:
        """Tokens on both sides of a size that changes nothing for them stand in one line."""
        last = self.lines[-1] if self.lines else None
        if last and last.component == line.component and replace(last, count=line.count) == line:
            line = replace(line, count=self.lines.pop().count + line.count)
        self.lines.append(line)


def range_start(price: Price) -> Decimal | None:
    """The size above which a marginal price begins."""
    above = price.when.input_above if price.when and price.scope is Scope.MARGINAL else None
    return None if above is None else Decimal(above)


def _cut(part: Part, ranges: Sequence[Decimal]) -> Iterator[Part]:
    """The pieces of a part between the sizes at which a marginal price begins."""
    if not ranges:
        yield part
        return
    end = part.before + part.count
    for start, stop in pairwise((part.before, *(above for above in ranges if part.before < above < end), end)):
        yield Part(part.component, start, stop - start)


_STANDS_IN = {
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
"""Component to the one whose price stands in for it where it has none."""


def price_of(
    prices: Sequence[Price], asked: Circumstances, piece: Part
) -> tuple[tuple[Price, ...], str, tuple[Assumption, ...]]:
    """The price that counts, or several, the component that it is of, and what is assumed; no price: the last tried."""
    component = piece.component
    assumed: tuple[Assumption, ...] = ()
    while True:
        for circumstances, also in _services(asked):
            if found := chosen(prices, component, circumstances, piece.before):
                return found, component, (*assumed, *also)
        if component not in _STANDS_IN:
            return (), component, assumed
        component, assumption = _STANDS_IN[component]
        assumed = (*assumed, assumption)


def _services(asked: Circumstances) -> Iterator[tuple[Circumstances, tuple[Assumption, ...]]]:
    """The service asked for, then the standard one."""
    yield asked, ()
    if asked.service:
        is_batch = asked.service is Service.BATCH
        assumption = Assumption.BATCH_AT_STANDARD if is_batch else Assumption.SERVICE_AT_STANDARD
        yield replace(asked, service=None), (assumption,)

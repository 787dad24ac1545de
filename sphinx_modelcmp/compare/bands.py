"""The choice between the prices of a route, made beforehand for requests of every size, for who counts elsewhere.

What is left to do is to look a size up and to multiply: none of the rules by which one price outranks another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Scope
from sphinx_modelcmp.compare.bill import price_of, range_start
from sphinx_modelcmp.compare.pricing import prices_of, quoted
from sphinx_modelcmp.compare.tariff import Circumstances
from sphinx_modelcmp.compare.usage import EXACT, Part

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Price, Route
    from sphinx_modelcmp.catalog.vocabulary import Service
    from sphinx_modelcmp.compare.bill import Assumption
    from sphinx_modelcmp.compare.pricing import Quote

COMPONENTS = ("cache_read", "input", "output", "request")
"""What a month of a workload consumes, in the order in which it is counted."""

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a component comes to be charged at."""

    component: str
    charged: str
    """The component whose price it is; without a price, the one that has none."""
    quotes: tuple[Quote, ...]
    """The price; several where nothing decides between them."""
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From so many tokens on, until the next step."""

    start: Decimal
    charge: Charge


@dataclass(frozen=True, slots=True)
class Band:
    """The charges of requests with more than so many tokens going in; the first band holds also for none."""

    above: Decimal
    steps: tuple[tuple[Step, ...], ...]
    """The steps of each of ``COMPONENTS``."""


def bands(catalog: Catalog, route: Route, day: datetime.date | None, service: Service | None) -> tuple[Band, ...]:
    """What requests at a service are charged on a day of which no hour is known, in the order of their sizes."""
    prices = prices_of(route, day)
    starts = _with_zero(start for price in prices if (start := range_start(price)))
    parts = [[Part(name, start, _HALF) for start in starts] for name in COMPONENTS]
    found = []
    for above in _with_zero(_sizes(prices)):
        # Sizes are whole numbers, and so nothing changes between one and the next.
        asked = Circumstances(EXACT.add(above, _HALF), service, route.region, day)
        steps = [[_step(catalog, route, part, prices, asked) for part in held] for held in parts]
        found.append(Band(above, tuple(map(_joined, steps))))
    return tuple(found)


def _step(catalog: Catalog, route: Route, part: Part, prices: Sequence[Price], asked: Circumstances) -> Step:
    chosen, charged, assumptions = price_of(prices, asked, part)
    quotes = tuple(quoted(catalog, route, price, charged) for price in chosen)
    return Step(part.before, Charge(part.component, charged, quotes, assumptions))


def _sizes(prices: Iterable[Price]) -> Iterable[Decimal]:
    whens = (price.when for price in prices if price.scope is Scope.REQUEST)
    return (Decimal(when.input_above) for when in whens if when and when.input_above)


def _with_zero(numbers: Iterable[Decimal]) -> tuple[Decimal, ...]:
    return tuple(sorted({Decimal(0), *numbers}))


def _joined(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps without those that charge what the one before charges."""
    return tuple(step for i, step in enumerate(steps) if not i or step.charge != steps[i - 1].charge)

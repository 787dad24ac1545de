"""Foreign prices as lines of our price lists, exactly: only the decimal point moves."""

from __future__ import annotations

from collections import defaultdict
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.importers.importer import Raw

When: TypeAlias = tuple[tuple[str, Any], ...]
"""The conditions of a price, in the order of our format; none is the standard price."""

_CLOSE = Context(prec=12)
_NOISE = 15
"""A float has 15 decimal digits for sure: what comes behind them comes from counting in binary."""
_TYPED = 12
"""A number of fewer digits than these may have been typed; one that needs all of them was computed, as a third is."""
_MOST_DIGITS = 30
_MOST_PLACES = 20
"""Largest distance of the first digit of a number from its point."""
_EXACT = Context(prec=60)


def scaled(amount: Decimal, times: int = 1_000_000) -> Decimal:
    """The price of a million tokens from that of one, or of as many as ``times`` says."""
    return _EXACT.multiply(amount, times)


def plain(amount: Decimal) -> Decimal:
    """A number without needless zeros and exponents: 2.50 and 25E-1 are 2.5."""
    number = amount.normalize(_EXACT)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def denoised(amount: Decimal) -> Decimal:
    """A number as somebody typed it, where it is written as a binary float ends up: 4.0000000000000003e-07."""
    if len(amount.as_tuple().digits) <= _NOISE:
        return amount
    rounded = _CLOSE.plus(amount).normalize()
    is_typed = len(rounded.as_tuple().digits) < _TYPED
    return rounded if is_typed and abs(rounded - amount) <= abs(amount) * Decimal("1e-12") else amount


def number(value: Any) -> Decimal | None:
    """A number, however it is written; None for anything else: true and false, and what nothing could be counted in."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        amount = Decimal(value)
    except ArithmeticError:
        return None
    if not amount:
        return Decimal(0)
    has_sense = amount.is_finite() and abs(amount.adjusted()) <= _MOST_PLACES
    return amount if has_sense and len(amount.as_tuple().digits) <= _MOST_DIGITS else None


class PriceList:
    """Collects prices by the conditions that they hold under."""

    def __init__(self) -> None:
        self._lines: dict[When, dict[str, Decimal]] = defaultdict(dict)

    def add(self, component: str, amount: Decimal, **when: Any) -> bool:
        """Add the price of a component: per million tokens, per 1,000 searches, per request.

        Of two prices for the same thing the first stays; whether there is no other one.
        """
        key = tuple((name, value) for name, value in when.items() if value)
        return self._lines[key].setdefault(component, plain(amount)) == plain(amount)

    def __bool__(self) -> bool:
        return any(self._lines.values())

    def is_zero(self) -> bool:
        """There are prices, and all of them are zero."""
        return {amount for line in self._lines.values() for amount in line.values()} == {Decimal(0)}

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of requests at which the standard price changes."""
        return tuple(when[0][1] for when in self._lines if [name for name, _ in when] == ["input_above"])

    @property
    def zeros(self) -> tuple[str, ...]:
        """The component of each price that is zero."""
        return tuple(name for line in self._lines.values() for name, amount in line.items() if not amount)

    def lines(self, zero: Any = Decimal(0)) -> list[Raw]:
        """As our format writes them: the standard price, larger requests, services, regions, hours.

        ``zero`` is written for a price of zero; None leaves it out.
        """
        priced = {
            when: {name: amount or zero for name, amount in line.items() if amount or zero is not None}
            for when, line in self._lines.items()
        }
        ordered = sorted((when for when, line in priced.items() if line), key=_rank)
        return [_line(priced[when], when) for when in ordered]


def _rank(when: When) -> tuple[int, str, int, str]:
    conditions = dict(when)
    return len(when), str(conditions.get("service", "")), conditions.get("input_above", 0), repr(when)


def _line(amounts: Mapping[str, Any], when: When) -> Raw:
    line: Raw = {name: amounts[name] for name in PRICE_COMPONENTS if name in amounts}
    return {**line, "when": {name: _written(value) for name, value in when}} if when else line


def _written(value: Any) -> Any:
    """A condition as YAML has it: hours are a mapping, days a list."""
    if isinstance(value, tuple):
        return dict(value) if value and isinstance(value[0], tuple) else list(value)
    return value


# --- hours ---------------------------------------------------------------------------------------------------------

DAY = 24 * 60
"""The minutes of a day."""


def daily(start: int, end: int, days: Sequence[str] = (), zone: str = "UTC") -> Iterator[dict[str, Any]]:
    """The conditions of a window from one minute to another, as the ``when`` of a price has them.

    Where days are named they are those of the moment, also behind midnight, while in our format a window belongs to
    the day that it begins on: so one that runs past midnight becomes two. One that ends as it starts is a whole day.
    """
    begin, stop = start % DAY, end % DAY
    windows = [(begin, stop)]
    if days:
        stop = stop or DAY
        windows = [(begin, stop)] if begin < stop else [(begin, DAY), (0, stop)]
    for begin, stop in windows:
        hours = {} if begin == stop % DAY else {"hours": (("from", _clock(begin)), ("to", _clock(stop)))}
        yield {**hours, "days": tuple(days), **({} if zone == "UTC" else {"timezone": zone})}


def weekday(name: str) -> str | None:
    """Our name of a day: ``mon`` for ``Monday`` and for ``Mon``."""
    short = name.strip().casefold()[:3]
    return short if short in WEEKDAYS else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

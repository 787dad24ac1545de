"""What one request consumes, and under which circumstances."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Service
from sphinx_modelcmp.compare.tariff import Circumstances, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Counts, prices and rates of a catalog lie between 1e-60 and 1e31. A line multiplies up to six of them, so a sum of
# lines spans fewer than 600 digits; anything else must not pass silently.
EXACT = Context(prec=600, traps=[Inexact])

CACHED = ("cache_read", "audio_cache_read")
WRITTEN = ("cache_write", "cache_write_1h")
MEDIA_IN = ("audio_input", "image_input", "video_input")
MEDIA_OUT = ("audio_output", "image_output")

_LARGEST = Decimal("1e31")
_FINEST = -180
"""The exponent of the smallest share of a token: a product of three numbers of a catalog."""


@dataclass(frozen=True, slots=True)
class Part:
    """So many units of one component of one request, and how many of the same side come before them."""

    component: str
    before: Decimal
    count: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The counts of one request, and how many such requests there are.

    ``input`` and ``output`` count all tokens of their side. The others say what some of these tokens are, and each
    token is counted in one of them at most; the rest is fresh text. Counts are int or Decimal: a workload has shares.
    Raises TypeError for a float, which is not exact, and ValueError where a count is not between 0 and 1e31, where the
    parts are larger than the whole, where the service is not one of ``Service``, or the moment names no time zone.
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
    requests: int | Decimal = 1
    """How many such requests."""
    service: Service | None = None
    """The service tier; the standard one where absent."""
    region: str | None = None
    """The region asked for; the route's where absent."""
    moment: When = None
    """When the request is sent: an aware datetime, or a day, or nothing."""

    def __post_init__(self) -> None:
        for name in (*_INPUT, *_OUTPUT, "input", "output", "web_searches", "requests"):
            _check(name, getattr(self, name))
        for whole, parts in (("input", _INPUT), ("output", _OUTPUT)):
            if self._rest(whole, parts) < 0:
                message = f"{', '.join(parts)} are more together than {whole} ({getattr(self, whole)})"
                raise ValueError(message)
        if self.service is not None and self.service not in tuple(Service):
            message = f"service “{self.service}” is none of {', '.join(Service)}"
            raise ValueError(message)
        if isinstance(self.moment, datetime.datetime) and self.moment.utcoffset() is None:
            message = f"moment {self.moment} names no time zone"
            raise ValueError(message)

    def _rest(self, whole: str, parts: Sequence[str]) -> Decimal:
        rest = Decimal(getattr(self, whole))
        for name in parts:
            if count := getattr(self, name):
                rest = EXACT.subtract(rest, Decimal(count))
        return rest

    def circumstances(self, region: str | None) -> Circumstances:
        """What the prices depend on, at a route of this region."""
        return Circumstances(Decimal(self.input), self.service, self.region or region, self.moment)

    def parts(self) -> Iterator[Part]:
        """What is consumed, component by component, in the order in which a marginal price counts the tokens.

        Going in: read from the cache, written to it, then fresh. Coming out: thoughts, then the answer.
        """
        fresh, answer = self._rest("input", _INPUT), self._rest("output", _OUTPUT)
        yield from _in_a_row({**self._counts(*CACHED, *WRITTEN), "input": fresh, **self._counts(*MEDIA_IN)})
        yield from _in_a_row({**self._counts("reasoning"), "output": answer, **self._counts(*MEDIA_OUT)})
        yield from _in_a_row({"web_search": self.web_searches})
        yield from _in_a_row({"request": 1})

    def _counts(self, *names: str) -> dict[str, int | Decimal]:
        return {name: getattr(self, name) for name in names}


_INPUT = (*CACHED, *WRITTEN, *MEDIA_IN)
_OUTPUT = ("reasoning", *MEDIA_OUT)


def _check(name: str, count: object) -> None:
    if isinstance(count, bool) or not isinstance(count, int | Decimal):
        message = f"{name} is {count!r}, which is neither an int nor a Decimal"
        raise TypeError(message)
    if type(count) is int and 0 <= count <= _LARGEST:
        return
    number = Decimal(count)
    if not number.is_finite() or not 0 <= number <= _LARGEST or _exponent(number) < _FINEST:
        message = f"{name} is {count}, which is no count from 0 to 1e31"
        raise ValueError(message)


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _in_a_row(counts: Mapping[str, int | Decimal]) -> Iterator[Part]:
    before = Decimal(0)
    for component, count in counts.items():
        if count:
            part = Part(component, before, Decimal(count))
            yield part
            before = EXACT.add(before, part.count)

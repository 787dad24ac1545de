"""Price lists: lines that rank above or compete with each other, and lines that look wrong next to others."""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.places import Finding
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.vocabulary import NEAR_A_DOLLAR, PRICE_COMPONENTS, WEEKDAYS, WITHOUT_TEXT, Scope, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.catalog.records import Catalog, Condition, Model, Price, Route

HIGHEST_RATIO = 25
JUMP = 10
APART = 50
"""Times what other routes ask. Right ones are up to 46 times apart (cache reads of mimo-v2.5-pro), wrong ones 60."""

_CHEAPER_SERVICES = frozenset((Service.BATCH, Service.FLEX))
_DAY = 24 * 60
_WEEK = 7 * _DAY

# --- prices between which nothing decides: in force at once, for one request, equally specific -----------------------


def outranks(one: Price, other: Price) -> bool:
    """True if a price is more specific than another: it names more conditions, or the same ones and a higher size."""
    mine, theirs = one.conditions.named, other.conditions.named
    return one.above > other.above if mine == theirs else len(mine) > len(theirs)


def rivals(prices: Sequence[Price]) -> Iterator[tuple[int, int]]:
    """Each price to leave out, behind the earlier one that it cannot be told from: a request can meet both.

    A third price that names the conditions of both is more specific than either, and settles it. A price that is left
    out is nobody's rival.
    """
    kept: dict[int, dict[tuple[frozenset[str], int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for later, price in enumerate(prices):
        named, size = price.conditions.named, price.above
        # One that names the same conditions is as specific only above the same size: tiers are no rivals.
        equal = (held for (other, above), held in kept[len(named)].items() if other != named or above == size)
        earlier = next((i for i in sorted(chain.from_iterable(equal)) if _are_rivals(price, prices[i], prices)), None)
        if earlier is None:
            kept[len(named)][named, size].append(later)
        else:
            yield earlier, later


def _are_rivals(one: Price, other: Price, prices: Sequence[Price]) -> bool:
    return _meet(one, other) and not _is_settled(one, other, prices)


def _meet(one: Price, other: Price) -> bool:
    """True if they set the same component for one request on one day. What is free sets all, under such conditions."""
    shared = one.components.keys() & other.components.keys()
    if one.free != other.free and one.conditions.named == other.conditions.named:
        shared = one.components.keys() | other.components.keys()
    return bool(shared) and one.overlaps(other) and _can_hold_together(one.conditions, other.conditions)


def _can_hold_together(one: Condition, other: Condition) -> bool:
    """A price without a service is the standard price, and never meets that of a service."""
    if one.service != other.service:
        return False
    if one.region and other.region and one.region != other.region:
        return False
    if not (_is_bound(one) and _is_bound(other)) or one.timezone != other.timezone:
        return True
    return bool(_minutes(one) & _minutes(other))


def _is_bound(when: Condition) -> bool:
    return bool(when.hours or when.days)


def _minutes(when: Condition) -> set[int]:
    """The minutes of a week at which a condition is met; a window that wraps midnight belongs to the day it begins."""
    start, end = (_minute(when.hours.start), _minute(when.hours.end)) if when.hours else (0, _DAY)
    window = range(start, end if end > start else end + _DAY)
    days = [WEEKDAYS.index(day) for day in when.days or WEEKDAYS]
    return {(day * _DAY + minute) % _WEEK for day in days for minute in window}


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _is_settled(one: Price, other: Price, prices: Sequence[Price]) -> bool:
    """True if a third price names the conditions of both, and applies wherever the two meet."""
    union = one.conditions.named | other.conditions.named
    if union == one.conditions.named:
        return False
    threshold = max(one.above, other.above)
    return any(
        price.conditions.named >= union and price.above <= threshold
        for price in prices
        if _meet(price, one) and _meet(price, other)
    )


# --- prices that look wrong ------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One line of a price list, and its path."""

    price: Price
    currency: str
    at: Keys

    def text(self, component: str) -> str:
        """The amount of a component in digits."""
        return f"{self.price.components[component]:f}"


_Shape = tuple[object, ...]


def check_prices(model: Model, at: Keys, catalog: Catalog, day: datetime.date | None) -> Iterator[Finding]:
    """Findings in the price lists of a model, at each of its routes and between them."""
    lists = []
    for i, route in enumerate(model.routes.value or ()):
        lines = [
            _Line(price, price.currency or route.currency or catalog.currency, (*at, "routes", i, "prices", j))
            for j, price in enumerate(route.prices.value or ())
        ]
        for line in lines:
            yield from _zeros(line, model.kind.value)
        lists.append([line for line in lines if line.price.components])
        yield from _check_list(lists[-1], model, route)
    if len(lists) > 1:
        # Without a day those count that do not end.
        at_once = day or datetime.date.max
        yield from _far_apart([line for lines in lists for line in lines if line.price.in_force(at_once)])
        yield from _same_routes(model, at)


def _check_list(lines: Sequence[_Line], model: Model, route: Route) -> Iterator[Finding]:
    for line in lines:
        yield from _price_range(line)
    yield from _cache_dearer(lines)
    yield from _input_and_output(lines)
    if len(lines) > 1:
        yield from _price_jumps(lines)
        yield from _services_dearer(lines)
    if any(line.price.above for line in lines):
        yield from _tiers(lines, _largest_request(model, route))


_LARGEST = {"context_window": "the context window", "max_input": "the largest input"}


def _largest_request(model: Model, route: Route) -> tuple[int, str] | None:
    """The largest number of tokens that a request at a route can have, and the limit that says so."""
    stated = ((getattr(route, name).value or getattr(model, name).value, word) for name, word in _LARGEST.items())
    return min((limit for limit in stated if limit[0]), default=None)


def _same_routes(model: Model, at: Keys) -> Iterator[Finding]:
    """Routes that nothing tells apart, and that ask something of the same request."""
    found: dict[_Shape, tuple[int, tuple[Price, ...]]] = {}
    for i, route in enumerate(model.routes.value or ()):
        prices = route.prices.value or ()
        first, before = found.setdefault((route.provider, route.id, route.region), (i, prices))
        if first != i and any(_meet(one, other) for one in before for other in prices):
            message = f"a second route of `{route.provider}` with prices: give each its `id` or `region`, or join them"
            yield Finding(Code.DUPLICATE_ENTRY, message, (*at, "routes", i))


def _zeros(line: _Line, kind: str | None) -> Iterator[Finding]:
    """A model that writes no text has no price for it. A plan pays, whatever a list says."""
    price = line.price
    names = [name for name in price.zeros if name != "output" or kind not in WITHOUT_TEXT]
    if names and not (price.plan or price.dynamic):
        cure = f"`{names[0]}: free` if it costs nothing" if price.components else "`free: true`, or `plan: true`"
        message = f"0 for {', '.join(f'`{name}`' for name in names)} does not count: write {cure}, or leave it out"
        yield Finding(Code.ZERO_PRICE, message, (*line.at, names[0]))


def _far_apart(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Lines of which a component is far from the usual price of a model: of two prices the higher one is usual."""
    odd: dict[Keys, Finding] = {}
    for component, group in _groups(lines, _shape):
        amounts = sorted(amount for line in group if (amount := line.price.components[component]))
        usual = amounts[len(amounts) // 2] if amounts else 0
        for line in group:
            amount = line.price.components[component]
            if amount and not any(_price_range(line)) and not usual < amount * APART < usual * APART**2:
                message = f"`{component}` of {amount:f}, where other routes of the model ask {usual:f}"
                message = f"{message}: {_unit_meant(component, is_low=amount < usual)}"
                odd.setdefault(line.at, Finding(Code.PRICE_RANGE, message, (*line.at, component)))
    yield from odd.values()


def _groups(lines: Iterable[_Line], shape: Callable[[_Line], _Shape]) -> Iterator[tuple[str, list[_Line]]]:
    """Each component with the lines, of those that agree in currency and shape, that price it: two of them or more."""
    found = defaultdict(list)
    for line in lines:
        found[line.currency, shape(line)].append(line)
    for group in found.values():
        if len(group) > 1:
            for component in dict.fromkeys(chain.from_iterable(line.price.components for line in group)):
                priced = [line for line in group if component in line.price.components]
                if len(priced) > 1:
                    yield component, priced


def _shape(line: _Line, *less: str) -> _Shape:
    """The conditions of a price but for some of them."""
    when = line.price.conditions
    less = less if when.hours or when.days else (*less, "timezone")
    return tuple((name, value) for name in when.__slots__ if name not in less and (value := getattr(when, name)))


def _price_range(line: _Line) -> Iterator[Finding]:
    if line.currency not in NEAR_A_DOLLAR:
        return
    for component, amount in line.price.components.items():
        _, _, low, high = PRICE_COMPONENTS[component]
        if amount and not low <= amount <= high:
            side = f"below {low}" if amount < low else f"above {high}"
            meant = _unit_meant(component, is_low=amount < low)
            message = f"a price of {amount:f} {line.currency} for `{component}` is {side}: {meant}"
            yield Finding(Code.PRICE_RANGE, message, (*line.at, component))


def _unit_meant(component: str, *, is_low: bool) -> str:
    unit, per, *_ = PRICE_COMPONENTS[component]
    return f"is it for fewer than {per:,} {unit}?" if is_low and per > 1 else "is its unit right?"


def _pairs(lines: Sequence[_Line], first: str, second: str) -> Iterator[tuple[_Line, _Line]]:
    """Two components as they hold together: of one line, else of two lines under the same conditions at one time."""
    for other in (line for line in lines if second in line.price.components):
        if first in other.price.components:
            yield other, other
        else:
            yield from ((one, other) for one in lines if first in one.price.components and _go_together(one, other))


def _go_together(one: _Line, other: _Line) -> bool:
    is_alike = one.currency == other.currency and one.price.when == other.price.when
    return is_alike and one.price.overlaps(other.price)


def _cache_dearer(lines: Sequence[_Line]) -> Iterator[Finding]:
    for kind, cached in (("input", "cache_read"), ("audio_input", "audio_cache_read")):
        for fresh, read in _pairs(lines, kind, cached):
            if read.price.components[cached] > fresh.price.components[kind]:
                message = f"`{cached}` of {read.text(cached)} is dearer than `{kind}` of {fresh.text(kind)}"
                yield Finding(Code.CACHE_DEARER, message, (*read.at, cached))


def _input_and_output(lines: Sequence[_Line]) -> Iterator[Finding]:
    for into, out in _pairs(lines, "input", "output"):
        given, made = into.price.components["input"], out.price.components["output"]
        if 0 < made < given:
            message = f"`output` of {made:f} is cheaper than `input` of {given:f}"
            yield Finding(Code.OUTPUT_CHEAPER, message, (*out.at, "output"))
        elif given and made > HIGHEST_RATIO * given:
            message = f"`output` of {made:f} is more than {HIGHEST_RATIO} times `input` of {given:f}"
            yield Finding(Code.OUTPUT_RATIO, message, (*out.at, "output"))


def _price_jumps(lines: Sequence[_Line]) -> Iterator[Finding]:
    for component, group in _groups(lines, _shape):
        group.sort(key=lambda line: line.price.since.first.toordinal() if line.price.since else 0)
        for before, after in pairwise(group):
            low, high = sorted((before.price.components[component], after.price.components[component]))
            if low and high >= JUMP * low:
                message = f"`{component}` changes from {before.text(component)} to {after.text(component)}"
                yield Finding(Code.PRICE_JUMP, f"{message} on {after.price.since}", (*after.at, component))


def _services_dearer(lines: Sequence[_Line]) -> Iterator[Finding]:
    if not any(line.price.conditions.service in _CHEAPER_SERVICES for line in lines):
        return
    for component, group in _groups(lines, lambda line: _shape(line, "service")):
        standard = [line for line in group if not line.price.conditions.service]
        for line in group:
            service = line.price.conditions.service
            if service in _CHEAPER_SERVICES and (one := _cheaper(line, component, standard)):
                message = f"`{component}` of {line.text(component)} in the {service} service is dearer than the"
                message = f"{message} standard price of {one.text(component)}"
                yield Finding(Code.SERVICE_DEARER, message, (*line.at, component))


def _cheaper(line: _Line, component: str, others: Iterable[_Line]) -> _Line | None:
    """The first of other lines that costs less than a line while both are in force."""
    amount = line.price.components[component]
    cheaper = (one for one in others if one.price.components[component] < amount)
    return next((one for one in cheaper if one.price.overlaps(line.price)), None)


def _tiers(lines: Sequence[_Line], largest: tuple[int, str] | None) -> Iterator[Finding]:
    for line in lines:
        if largest and line.price.above >= largest[0]:
            message = f"no request is above {line.price.above}: {largest[1]} is {largest[0]}"
            yield Finding(Code.TIER_BEYOND_CONTEXT, message, (*line.at, "when", "input_above"))
    mixed: dict[Keys, _Line] = {}
    for component, group in _groups(lines, lambda line: _shape(line, "input_above")):
        group.sort(key=lambda line: line.price.above)
        mixed.update((line.at, line) for line in _mixed_scopes(group))
        yield from _cheaper_tiers(component, group)
    for at, line in sorted(mixed.items()):
        yield Finding(Code.TIER_SCOPES, _MIXED[line.price.scope], at)


_MIXED = {
    Scope.REQUEST: "this price is for the whole request, that above a smaller size only for the tokens above it",
    Scope.MARGINAL: "this price is only for the tokens above its size, that above a smaller size for the whole request",
}


def _mixed_scopes(group: Sequence[_Line]) -> Iterator[_Line]:
    """The lines whose scope is another than that of the lowest size."""
    tiered = [line for line in group if line.price.above]
    for line in tiered[1:]:
        if line.price.scope is not tiered[0].price.scope and line.price.overlaps(tiered[0].price):
            yield line


def _cheaper_tiers(component: str, group: Sequence[_Line]) -> Iterator[Finding]:
    for i, line in enumerate(group):
        smaller = (one for one in reversed(group[:i]) if one.price.above < line.price.above)
        one = next((one for one in smaller if one.price.overlaps(line.price)), None)
        if one and line.price.components[component] < one.price.components[component]:
            size = f"above {one.price.above}" if one.price.above else "of a smaller request"
            price = f"`{component}` of {line.text(component)} above {line.price.above}"
            message = f"{price} is cheaper than {one.text(component)} {size}"
            yield Finding(Code.TIER_CHEAPER, message, (*line.at, component))

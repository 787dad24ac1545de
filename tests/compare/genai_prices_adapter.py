"""The price lists of the package genai-prices as our records, and one usage as both sides write it.

The package computes prices on its own, from its own data. Where it and our engine agree to the last digit, neither has
misread a tier, a date, an hour or a service.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)
from genai_prices.types import Usage as TheirUsage
from genai_prices.units import _get_registry

from sphinx_modelcmp.catalog.records import Fact, Price, Route
from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Service, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_modelcmp.compare.costing import Usage

COMPONENTS = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "cache_read",
    "cache_write_mtok": "cache_write",
    "cache_write_1h_mtok": "cache_write_1h",
    "input_audio_mtok": "audio_input",
    "input_image_mtok": "image_input",
    "input_video_mtok": "video_input",
    "cache_audio_read_mtok": "audio_cache_read",
    "output_reasoning_mtok": "reasoning",
    "output_audio_mtok": "audio_output",
    "output_image_mtok": "image_output",
    "requests_kcount": "request",
    "web_searches_kcount": "web_search",
}
"""Their price key to our component. The others (seconds, pages, characters, storage searches …) have none of ours."""

SERVICES = {
    ("processing", "batch"): Service.BATCH,
    ("service_tier", "flex"): Service.FLEX,
    ("service_tier", "priority"): Service.PRIORITY,
    ("service_tier", "fast"): Service.FAST,
    ("speed", "fast"): Service.FAST,
}
"""What selects one of their variants to our service. ``service_tier: default`` changes nothing; the two others that
they know, a route and a kind of search, are no service."""

UNITS = tuple(_get_registry().units.values())


@dataclass(frozen=True, slots=True)
class Subject:
    """A model as they have it, the same price list as a route of ours, and the context of each service."""

    provider: Provider
    model: ModelInfo
    route: Route
    contexts: Mapping[Service | None, dict[str, str]]

    @property
    def thresholds(self) -> tuple[int, ...]:
        """The request sizes at which any price changes."""
        prices = self.route.prices.value or ()
        return tuple(sorted({p.when.input_above for p in prices if p.when and p.when.input_above}))

    @property
    def changes(self) -> tuple[datetime.datetime, ...]:
        """The days and the hours, on the last of these days, at which any price changes."""
        found: list[datetime.datetime] = [
            datetime.datetime.combine(day, datetime.time(), datetime.UTC) for day in _days(self.model)
        ]
        last = found[-1].date() if found else datetime.date(2025, 2, 28)
        for constraint in _constraints(self.model):
            if isinstance(constraint, TimeOfDateConstraint):
                found += [
                    datetime.datetime.combine(last, clock.replace(tzinfo=datetime.UTC))
                    for clock in (constraint.start_time, constraint.end_time)
                ]
        return tuple(found)

    @property
    def has_hours(self) -> bool:
        """Whether any price is bound to hours."""
        return any(p.when and p.when.hours for p in self.route.prices.value or ())


def subjects(providers: Iterable[Provider]) -> Iterator[Subject]:
    """Every model that prices anything that is a component of ours."""
    for provider in providers:
        for model in provider.models:
            if lines := tuple(_lines(model)):
                route = Route(provider="p", prices=Fact(value=lines, state=State.KNOWN))
                yield Subject(provider, model, route, _contexts(model))


def priced_components(subject: Subject, moment: datetime.datetime, service: Service | None) -> set[str]:
    """What they have a price for, at a moment and a service."""
    found = subject.model.get_prices(moment, subject.contexts[service])
    return {COMPONENTS[key] for key in _stated(found)}


def their_total(subject: Subject, usage: Usage) -> Decimal:
    """What they say the usage costs."""
    assert isinstance(usage.moment, datetime.datetime)
    return subject.model.calc_price(
        _their_usage(usage),
        subject.provider,
        genai_request_timestamp=usage.moment,
        price_context=subject.contexts[usage.service],
    ).total_price


def _their_usage(usage: Usage) -> TheirUsage:
    """Their counts overlap: a whole counts its parts. What is not used is said to be zero, as they want it."""
    counts: dict[str, Any] = {unit.usage_key: 0 for unit in UNITS if unit.usage_key != "requests"}
    counts |= {
        "input_tokens": usage.input,
        "output_tokens": usage.output,
        "cache_read_tokens": usage.cache_read + usage.audio_cache_read,
        "cache_write_tokens": usage.cache_write + usage.cache_write_1h,
        "cache_write_1h_tokens": usage.cache_write_1h,
        "input_audio_tokens": usage.audio_input + usage.audio_cache_read,
        "cache_audio_read_tokens": usage.audio_cache_read,
        "input_image_tokens": usage.image_input,
        "input_video_tokens": usage.video_input,
        "output_reasoning_tokens": usage.reasoning,
        "output_audio_tokens": usage.audio_output,
        "output_image_tokens": usage.image_output,
        "web_searches": usage.web_searches,
    }
    return TheirUsage(**counts)


def _lines(model: ModelInfo) -> Iterator[Price]:
    for since, until in pairwise((None, *_days(model), None)):
        day = since or datetime.date.min
        for when, price in _standing(model, day):
            yield from _of(_stated(price), when, since, until)
        for service in dict.fromkeys(SERVICES.values()):
            yield from _of(_overrides(model, service, day), {"service": service.value}, since, until)


def _standing(model: ModelInfo, day: datetime.date) -> Iterator[tuple[dict[str, Any], ModelPrice]]:
    """The standard prices of a day: of theirs the last active one counts, and the first where none is."""
    if isinstance(model.prices, ModelPrice):
        yield {}, model.prices
        return
    for item in reversed(model.prices):
        if isinstance(item.constraint, TimeOfDateConstraint):
            yield {"hours": _hours(item.constraint)}, item.prices
        elif _is_active(item, day):
            yield {}, item.prices
            return
    yield {}, model.prices[0].prices


def _overrides(model: ModelInfo, service: Service, day: datetime.date) -> dict[str, Decimal | TieredPrices]:
    """What their variants say of a service: for each component the first that is active."""
    found: dict[str, Decimal | TieredPrices] = {}
    for variant in model.price_variants or ():
        if _service(variant) is service and _is_active(variant, day):
            for key, price in _stated(variant.prices).items():
                found.setdefault(key, price)
    return found


def _is_active(item: ConditionalPrice | PriceVariant, day: datetime.date) -> bool:
    assert not isinstance(item.constraint, TimeOfDateConstraint)
    return item.constraint is None or item.constraint.start_date <= day


def _stated(price: ModelPrice) -> dict[str, Decimal | TieredPrices]:
    return {key: value for key, value in vars(price).items() if key in COMPONENTS and value is not None}


def _of(
    prices: Mapping[str, Decimal | TieredPrices],
    when: dict[str, Any],
    since: datetime.date | None,
    until: datetime.date | None,
) -> Iterator[Price]:
    """Lines of ours: one for the base, one for each size at which any component gets another price."""
    ranges: dict[int, dict[str, str]] = {}
    for key, price in prices.items():
        steps = {0: price} if isinstance(price, Decimal) else {0: price.base, **{t.start: t.price for t in price.tiers}}
        for start, amount in steps.items():
            ranges.setdefault(start, {})[COMPONENTS[key]] = _amount(key, amount)
    for start, components in ranges.items():
        sized = {**when, "input_above": f"{start}"} if start else when
        stated = {"components": components, "from": since and f"{since}", "until": until and f"{until}"}
        yield Price.model_validate({key: value for key, value in {**stated, "when": sized}.items() if value})


def _amount(key: str, amount: Decimal) -> str:
    """An amount in our unit: a request is priced each with us, by the thousand with them."""
    per = {unit.price_key: unit.per for unit in UNITS}[key]
    return f"{amount * PRICE_COMPONENTS[COMPONENTS[key]].per / per:f}"


def _hours(constraint: TimeOfDateConstraint) -> dict[str, str]:
    clocks = (constraint.start_time, constraint.end_time)
    assert all(clock.tzinfo in {None, datetime.UTC} and not clock.second for clock in clocks)
    return {"from": f"{clocks[0]:%H:%M}", "to": f"{clocks[1]:%H:%M}"}


def _service(variant: PriceVariant) -> Service | None:
    pairs = tuple(variant.when.items())
    return SERVICES.get(pairs[0]) if len(pairs) == 1 else None


def _contexts(model: ModelInfo) -> dict[Service | None, dict[str, str]]:
    found: dict[Service | None, dict[str, str]] = {None: {}}
    for variant in model.price_variants or ():
        if service := _service(variant):
            assert found.get(service, variant.when) == variant.when
            found[service] = variant.when
    return found


def _constraints(model: ModelInfo) -> Iterator[StartDateConstraint | TimeOfDateConstraint]:
    standing = model.prices if isinstance(model.prices, list) else []
    for item in (*standing, *(model.price_variants or ())):
        if item.constraint is not None:
            yield item.constraint


def _days(model: ModelInfo) -> tuple[datetime.date, ...]:
    return tuple(sorted({c.start_date for c in _constraints(model) if isinstance(c, StartDateConstraint)}))

"""The price lists of the package genai-prices as our records, and one usage as both sides write it.

The package computes prices on its own, from its own data. Where it and our engine agree to the last digit, neither has
misread a tier, a date, an hour or a service.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from genai_prices.types import (
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

from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import CHECKS
from sphinx_modelcmp.catalog.records import Fact, Route
from sphinx_modelcmp.catalog.vocabulary import Service
from sphinx_modelcmp.catalog.yaml.writer import document
from sphinx_modelcmp.importers.genai_prices import COMPONENTS, IMPORTER
from sphinx_modelcmp.importers.genai_prices import SERVICES as IMPORTED_SERVICES
from sphinx_modelcmp.importers.importer import Asked, Loss, models_of
from sphinx_modelcmp.importers.model_ids import as_id
from tests.importers import real_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from sphinx_modelcmp.compare.bill import Usage


SERVICES = {selected: Service(service) for selected, service in IMPORTED_SERVICES.items()}
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
    routes = imported()
    for provider in providers:
        for model in provider.models:
            if route := routes.get((as_id(provider.id), model.id)):
                yield Subject(provider, model, route, _contexts(model))


@cache
def imported() -> Mapping[tuple[str, str], Route]:
    """Their data as somebody imports it: through our importer, written down as a catalog, and read again."""
    with TemporaryDirectory() as folder:
        foreign = IMPORTER.read(real_files.genai_prices(Path(folder)), Asked(), Loss())
    tables = {"organizations": foreign.organizations, "providers": foreign.providers}
    text = document({**tables, "models": models_of(foreign.listings)})
    loaded = read_catalog([CatalogFile(Path("their.yaml"), "their.yaml", text.encode())])
    assert not [problem for problem in loaded.problems if problem.code not in CHECKS], loaded.problems
    routes = (route for model in loaded.catalog.models.values() for route in model.routes.value or ())
    # Their engine asks for no size of the context window, and what does not fit has no price here.
    unlimited = (replace(route, context_window=Fact()) for route in routes if route.prices.known)
    return {(route.provider, str(route.id)): route for route in unlimited}


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


def _stated(price: ModelPrice) -> dict[str, Decimal | TieredPrices]:
    return {key: value for key, value in vars(price).items() if key in COMPONENTS and value is not None}


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

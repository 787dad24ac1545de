"""genai-prices: its data as JSON (``prices/data.json`` or a later version of it, whole or slim).

Prices in US dollars for a million tokens, or for a thousand requests or searches, with the days that they hold from,
hours, sizes of the request, and variants for services. Of several prices the last active one counts there; here each
says its conditions.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw, known
from sphinx_modelcmp.importers.model_ids import ORGANIZATIONS, as_id, model_id, plain_name
from sphinx_modelcmp.importers.prices import PriceList, number
from sphinx_modelcmp.importers.source_files import ForeignError, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


_SAME = ("input", "output", "cache_read", "cache_write", "cache_write_1h")
_BY_TOKEN = (name for name, component in PRICE_COMPONENTS.items() if component.unit == "tokens")
_TURNED = (name.split("_") for name in _BY_TOKEN if name.endswith(("_input", "_output")))
COMPONENTS = {f"{name}_mtok": name for name in _SAME} | {f"{way}_{kind}_mtok": f"{kind}_{way}" for kind, way in _TURNED}
COMPONENTS |= {
    "cache_audio_read_mtok": "audio_cache_read",
    "output_reasoning_mtok": "reasoning",
    "requests_kcount": "request",
    "web_searches_kcount": "web_search",
    "audio_hours": "audio_hour",
    "input_audio_hours": "audio_hour",
    "input_document_kpages": "page",
    "input_annotated_document_kpages": "page_annotated",
    "input_mchars": "character",
    "input_text_messages_kcount": "text_message",
}
"""Their price to our component; both count alike, but for those of ``_SINGLE``."""
_SINGLE = frozenset(("request", "text_message"))
"""Our price is for one, theirs for a thousand."""
SERVICES = {
    ("processing", "batch"): "batch",
    ("service_tier", "flex"): "flex",
    ("service_tier", "priority"): "priority",
    ("service_tier", "fast"): "fast",
    ("speed", "fast"): "fast",
}
"""Condition of one of their variants to our service."""
_HOURS = {"start_time": "from", "end_time": "to"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::00)?(?:Z|\+00:00)?")
_MATCHING = ("match", "model_match", "provider_match", "api_pattern", "extractors", "fallback_model_providers")
"""Keys that only find a model by the name that a program calls it: they say nothing of the model."""
_UNDERSTOOD = ("id", "name", "context_window", "prices", "price_variants", "deprecated")


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read the data: a list of providers."""
    found = read_json(path)
    providers = found.get("providers") if isinstance(found, dict) else found
    items = providers if isinstance(providers, list) else []
    if not items or not all(isinstance(one, dict) and "models" in one for one in items):
        raise ForeignError("not the data of genai-prices: a list of providers with `models` is expected", path)
    listings: list[Listing] = []
    known: dict[str, Raw] = {}
    for provider in asked.track(items):
        place = as_id(str(provider.get("id")))
        entry = Entry(loss, place)
        known[place] = _provider(place, provider, entry)
        for model in entry.items(provider["models"], "models"):
            loss.entries += 1
            listings += _listing(place, model, entry)
    return Foreign(listings=listings, providers=known, organizations=ORGANIZATIONS)


def _provider(place: str, provider: Mapping[str, Any], entry: Entry) -> Raw:
    entry.leave(provider, "id", "name", "pricing_urls", "models", *_MATCHING, inside="provider.")
    urls = entry.items(provider.get("pricing_urls"), "pricing_urls")
    for _ in urls[1:]:
        entry.loss.value("another address in `pricing_urls`", entry.name)
    url = entry.url(urls[0], "pricing_urls") if urls else None
    return known(name=entry.text(provider.get("name"), "name") or place, url=url)


def _listing(place: str, raw: Any, of_place: Entry) -> Iterator[Listing]:
    name = of_place.text(of_place.mapping(raw, "the entry").get("id"), "id")
    if not name:
        of_place.loss.value("an entry without a name", place)
        return
    entry = Entry(of_place.loss, f"{place}/{name}")
    entry.leave(raw, *_UNDERSTOOD, *_MATCHING)
    yield entry.listing(
        model_id(name, place),
        place,
        id=name,
        facts=known(
            name=plain_name(entry.text(raw.get("name"), "name") or ""),
            context_window=entry.count(raw.get("context_window"), "context_window"),
        ),
        prices=list(_prices(raw, entry)),
        # Their word for what still answers.
        lifecycle={"status": "deprecated"} if entry.flag(raw.get("deprecated"), "deprecated") else {},
    )


# --- prices --------------------------------------------------------------------------------------------------------


class _Offer(NamedTuple):
    """Prices with the time that they hold: from a day on, or at some hours of every day."""

    amounts: Mapping[str, Any]
    since: datetime.date | None
    hours: tuple[tuple[str, str], ...]
    """``from`` and ``to``; none for all day."""
    when: Mapping[str, Any]
    """The service that they are for, as a request asks for it."""

    def has_begun(self, day: datetime.date) -> bool:
        return self.since is None or self.since <= day


def _prices(raw: Mapping[str, Any], entry: Entry) -> Iterator[Raw]:
    """A list for each period between two days on which something changes."""
    standard, variants = (list(_offers(raw.get(key), entry)) for key in ("prices", "price_variants"))
    days = sorted({offer.since for offer in (*standard, *variants) if offer.since})
    for since, until in pairwise((None, *days, None)):
        prices = PriceList()
        day = since or datetime.date.min
        for offer in _active(standard, day):
            _add(prices, offer.amounts, entry, hours=offer.hours)
        for service, offer in _variants(variants, day, entry).items():
            _add(prices, offer.amounts, entry, service=service)
        period = known(**{"from": since, "until": until})
        yield from ({**line, **period} for line in entry.lines(prices))


def _offers(value: Any, entry: Entry) -> Iterator[_Offer]:
    """Prices whose time is understood: others must not seem to hold always."""
    if isinstance(value, dict):
        value = [{"prices": value}] if value else []
    items = entry.items(value, "prices")
    for item in (entry.mapping(item, "prices", "prices", "constraint", "when") for item in items):
        constraint = entry.mapping(item.get("constraint"), "constraint")
        since: datetime.date | None = None
        hours: tuple[tuple[str, str], ...] = ()
        try:
            if "start_time" in constraint:
                hours = tuple((ours, _clock(constraint.get(theirs))) for theirs, ours in _HOURS.items())
            elif item.get("constraint") is not None:
                since = datetime.date.fromisoformat(str(constraint.get("start_date")))
        except ValueError:
            entry.loss.value("a price for a time that is not understood", entry.name)
        else:
            amounts, when = (entry.mapping(item.get(key), key) for key in ("prices", "when"))
            yield _Offer(amounts, since, hours, when)


def _clock(value: Any) -> str:
    found = _CLOCK.fullmatch(str(value))
    if not found:
        raise ValueError(value)
    return f"{found[1]}:{found[2]}"


def _active(offers: list[_Offer], day: datetime.date) -> Iterator[_Offer]:
    """The prices of a day: those of hours, and of the others the last that has begun, the first where none has."""
    for offer in reversed(offers):
        if offer.hours or offer.has_begun(day):
            yield offer
        if not offer.hours and offer.has_begun(day):
            return
    yield from offers[:1]


def _variants(offers: list[_Offer], day: datetime.date, entry: Entry) -> dict[str, _Offer]:
    """The prices of services on a day: of several for one the first that has begun."""
    found: dict[str, _Offer] = {}
    for offer in offers:
        pairs = [(key, str(value)) for key, value in offer.when.items()]
        service = SERVICES.get(pairs[0]) if len(pairs) == 1 else None
        if service is None:
            entry.loss.key(f"price_variants for {', '.join(f'{key}={value}' for key, value in pairs)}", entry.name)
        elif offer.has_begun(day):
            found.setdefault(service, offer)
    return found


def _add(prices: PriceList, amounts: Mapping[str, Any], entry: Entry, **when: Any) -> None:
    for key, value in amounts.items():
        if key not in COMPONENTS:
            # A search of stored files is a tool, which only a request that asks for it pays.
            entry.charge(f"prices.{key}", 0 if key == "storage_searches_kcount" else value)
            continue
        for start, said in _steps(value, entry):
            amount = number(said)
            if amount is None or amount < 0:
                entry.loss.value("a price that is none", entry.name)
            else:
                component, per = _counted(COMPONENTS[key], amount)
                entry.put(prices, component, per, **when, input_above=start)


def _counted(component: str, amount: Decimal) -> tuple[str, Decimal]:
    """The price of an hour as that of a minute, which most price lists have, where the digits do not end nowhere."""
    if component == "audio_hour" and not amount % Decimal("0.00006"):
        return "audio_minute", amount / 60
    return component, amount / 1000 if component in _SINGLE else amount


def _steps(value: Any, entry: Entry) -> Iterator[tuple[int, Any]]:
    """A price, or a base and what it is above sizes of the request: the whole request changes its price there."""
    if not isinstance(value, dict):
        yield 0, value
        return
    entry.leave(value, "base", "tiers", inside="prices.")
    yield 0, value.get("base")
    for tier in entry.items(value.get("tiers"), "tiers"):
        step = entry.mapping(tier, "tiers", "start", "price")
        if start := entry.count(step.get("start"), "tiers.start"):
            yield start, step.get("price")


IMPORTER = Importer(
    name="genai-prices",
    read=read,
    title="genai-prices",
    url="https://github.com/pydantic/genai-prices",
)

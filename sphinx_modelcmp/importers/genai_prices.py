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
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.foreign import ForeignError, read_json
from sphinx_modelcmp.importers.importer import Importer
from sphinx_modelcmp.importers.listings import Foreign, Listing
from sphinx_modelcmp.importers.makers import MAKERS, makers_own
from sphinx_modelcmp.importers.money import PriceList, number, plain
from sphinx_modelcmp.importers.naming import as_id, model_id, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.loss import Loss

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
"""Their price to our component; both count alike, but for requests, of which theirs is for a thousand."""
SERVICES = {
    ("processing", "batch"): "batch",
    ("service_tier", "flex"): "flex",
    ("service_tier", "priority"): "priority",
    ("service_tier", "fast"): "fast",
    ("speed", "fast"): "fast",
}
"""What selects one of their variants to our service."""
_THOUSAND = Decimal(1000)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::00)?(?:Z|\+00:00)?")
_MATCHING = ("match", "model_match", "provider_match", "api_pattern", "extractors", "fallback_model_providers")
"""What only finds a model by the name that a program calls it: it says nothing of the model."""
_UNDERSTOOD = ("id", "name", "context_window", "prices", "price_variants", "deprecated")


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read the data: a list of providers."""
    found = read_json(path)
    providers = found.get("providers") if isinstance(found, dict) else found
    if not isinstance(providers, list) or not providers or not all(map(_has_models, providers)):
        message = "not the data of genai-prices: a list of providers with `models` is expected"
        raise ForeignError(message, path)
    listings: list[Listing] = []
    known: dict[str, Raw] = {}
    for provider in asked.track(providers):
        place = as_id(str(provider.get("id")))
        known[place] = _provider(place, provider, Entry(loss, place))
        for model in Entry(loss, place).items(provider["models"], "models"):
            loss.entries += 1
            listings += _listing(place, model, loss)
    organizations = {maker.id: {"name": maker.name} for maker in MAKERS}
    return Foreign(listings=listings, providers=known, organizations=organizations)


def _has_models(provider: Any) -> bool:
    return isinstance(provider, dict) and "models" in provider


def _provider(place: str, provider: Mapping[str, Any], entry: Entry) -> Raw:
    entry.leave(provider, "id", "name", "pricing_urls", "models", *_MATCHING, inside="provider.")
    urls = entry.items(provider.get("pricing_urls"), "pricing_urls")
    for _ in urls[1:]:
        entry.loss.value("another address in `pricing_urls`", entry.name)
    url = entry.url(urls[0], "pricing_urls") if urls else None
    return {"name": entry.text(provider.get("name"), "name") or place, **({"url": url} if url else {})}


def _listing(place: str, raw: Any, loss: Loss) -> Iterator[Listing]:
    entry = Entry(loss, place)
    name = entry.text(entry.mapping(raw, "the entry").get("id"), "id")
    if not name:
        loss.value("an entry without a name", place)
        return
    entry = Entry(loss, f"{place}/{name}")
    entry.leave(raw, *_UNDERSTOOD, *_MATCHING)
    found = model_id(name, place)
    maker = makers_own(place, found)
    context = entry.count(raw.get("context_window"), "context_window")
    facts: Raw = {
        "name": plain_name(entry.text(raw.get("name"), "name") or ""),
        "context_window": context,
        "organization": maker.id if maker else None,
    }
    yield Listing(
        model=found,
        provider=place,
        id=name,
        by_maker=bool(maker),
        facts={key: value for key, value in facts.items() if value},
        prices=list(_prices(raw, entry)),
        note="" if not raw.get("deprecated") else "Marked as deprecated here.",
    )


# --- prices --------------------------------------------------------------------------------------------------------


def _prices(raw: Mapping[str, Any], entry: Entry) -> Iterator[Raw]:
    """A list for each period between two days on which something changes."""
    standing, variants = _conditional(raw.get("prices"), entry), _conditional(raw.get("price_variants"), entry)
    days = sorted({day for item in (*standing, *variants) if (day := _start(item, entry))})
    for since, until in pairwise((None, *days, None)):
        prices = PriceList()
        day = since or datetime.date.min
        for item in _active(standing, day, entry):
            _add(prices, entry.mapping(item.get("prices"), "prices"), entry, **_hours(item, entry))
        for service, item in _variants(variants, day, entry).items():
            _add(prices, entry.mapping(item.get("prices"), "prices"), entry, service=service)
        for line in prices.lines():
            yield {**line, **({"from": since} if since else {}), **({"until": until} if until else {})}


def _conditional(value: Any, entry: Entry) -> list[Mapping[str, Any]]:
    if isinstance(value, dict):
        return [{"prices": value}] if value else []
    items = [entry.mapping(item, "prices") for item in entry.items(value, "prices")]
    for item in items:
        entry.leave(item, "prices", "constraint", "when", inside="prices.")
    return [item for item in items if _is_understood(item, entry)]


def _is_understood(item: Mapping[str, Any], entry: Entry) -> bool:
    """Whether it is known when a price holds: it must not hold always for want of that."""
    if item.get("constraint") is None:
        return True
    constraint = entry.mapping(item["constraint"], "constraint")
    try:
        known = all(_clocks(constraint)) if "start_time" in constraint else _start(item, entry) is not None
    except ValueError:
        known = False
    if not known:
        entry.loss.value("a price for a time that is not understood", entry.name)
    return known


def _start(item: Mapping[str, Any], entry: Entry) -> datetime.date | None:
    start = entry.mapping(item.get("constraint"), "constraint").get("start_date")
    return None if start is None else datetime.date.fromisoformat(str(start))


def _clocks(constraint: Mapping[str, Any]) -> list[re.Match[str] | None]:
    return [_CLOCK.fullmatch(str(constraint.get(name))) for name in ("start_time", "end_time")]


def _active(items: list[Mapping[str, Any]], day: datetime.date, entry: Entry) -> Iterator[Mapping[str, Any]]:
    """The prices of a day: those of hours, and of the others the last that has begun, the first where none has."""
    for item in reversed(items):
        if "start_time" in entry.mapping(item.get("constraint"), "constraint"):
            yield item
        elif (_start(item, entry) or datetime.date.min) <= day:
            yield item
            return
    yield from items[:1]


def _variants(items: list[Mapping[str, Any]], day: datetime.date, entry: Entry) -> dict[str, Mapping[str, Any]]:
    """The prices of services on a day: of several for one the first that has begun."""
    found: dict[str, Mapping[str, Any]] = {}
    for item in items:
        pairs = tuple((key, str(value)) for key, value in entry.mapping(item.get("when"), "when").items())
        service = SERVICES.get(pairs[0]) if len(pairs) == 1 else None
        if service is None:
            entry.loss.key(f"price_variants for {', '.join(f'{key}={value}' for key, value in pairs)}", entry.name)
        elif (_start(item, entry) or datetime.date.min) <= day:
            found.setdefault(service, item)
    return found


def _hours(item: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    constraint = entry.mapping(item.get("constraint"), "constraint")
    if "start_time" not in constraint:
        return {}
    start, end = (f"{clock[1]}:{clock[2]}" for clock in _clocks(constraint) if clock)
    return {"hours": (("from", start), ("to", end))}


def _add(prices: PriceList, amounts: Mapping[str, Any], entry: Entry, **when: Any) -> None:
    for key, value in amounts.items():
        if key not in COMPONENTS:
            entry.loss.key(f"prices.{key}", entry.name)
            continue
        for start, said in _steps(value, entry):
            amount = number(said)
            if amount is None or amount < 0:
                entry.loss.value("a price that is none", entry.name)
            else:
                per = plain(amount / _THOUSAND) if key == "requests_kcount" else amount
                entry.put(prices, COMPONENTS[key], per, **{**when, "input_above": start})


def _steps(value: Any, entry: Entry) -> Iterator[tuple[int, Any]]:
    """A price, or a base and what it is above sizes of the request: the whole request changes its price there."""
    if not isinstance(value, dict):
        yield 0, value
        return
    entry.leave(value, "base", "tiers", inside="prices.")
    yield 0, value.get("base")
    for tier in entry.items(value.get("tiers"), "tiers"):
        step = entry.mapping(tier, "tiers")
        entry.leave(step, "start", "price", inside="tiers.")
        if start := entry.count(step.get("start"), "tiers.start"):
            yield start, step.get("price")


IMPORTER = Importer(
    name="genai-prices",
    read=read,
    title="genai-prices",
    url="https://github.com/pydantic/genai-prices",
)

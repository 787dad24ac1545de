"""OpenRouter: what ``/api/v1/models`` answers, saved as a file.

Prices are strings, in US dollars for one token; ``-1`` says that a price is not fixed, zero that nothing is paid where
the name of the model ends in ``:free``, and nothing at all elsewhere. ``overrides`` are prices under conditions: more
tokens in than ``min_prompt_tokens``, and hours and days of UTC.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import ReadError, read_id
from sphinx_modelcmp.importers.entry import MODALITY_FIELDS, Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw, known
from sphinx_modelcmp.importers.model_ids import ORGANIZATIONS, model_id, plain_name
from sphinx_modelcmp.importers.prices import DAY, PriceList, daily, number, scaled, weekday
from sphinx_modelcmp.importers.source_files import ForeignError, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


_TOKENS = {
    "prompt": "input",
    "completion": "output",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
    "input_cache_write_1h": "cache_write_1h",
    "internal_reasoning": "reasoning",
    "audio": "audio_input",
    "audio_output": "audio_output",
    "input_audio_cache": "audio_cache_read",
}
PRICES = {theirs: (ours, 1_000_000) for theirs, ours in _TOKENS.items()} | {
    "request": ("request", 1),
    "web_search": ("web_search", 1000),
}
"""Their price to our component and how many of theirs that is for."""
_UNPRICED = ("image", "image_output", "image_token", "discount")
"""Prices for what is no token, or for one of which nobody says whether it goes in or comes out."""
_SIZE = "min_prompt_tokens"
_CONDITIONS = (_SIZE, "utc_start", "utc_end", "utc_days")
_OVERRIDE = {*PRICES, *_UNPRICED, *_CONDITIONS}
PARAMETERS = {"tools": "function_calling", "structured_outputs": "structured_outputs", "reasoning": "reasoning"}
"""Parameters that a request may have. One that is not listed may still be accepted, so it stays unknown."""
_NAMES = ("id", "name", "hugging_face_id")
_FACTS = ("architecture", "context_length", "knowledge_cutoff", "supported_parameters")
_ROUTE = ("top_provider", "pricing", "expiration_date")
_LIMITS = {"context_length": "context_window", "max_completion_tokens": "max_output"}
_DYNAMIC = Decimal(-1)
_PLACE = "openrouter"


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read the answer as it was saved: an object with ``data``."""
    found = read_json(path)
    models = found.get("data") if isinstance(found, dict) else None
    if not isinstance(models, list) or not models:
        raise ForeignError("not an answer of OpenRouter's /api/v1/models: a list `data` is expected at its top", path)
    listings: list[Listing] = []
    for i, raw in enumerate(asked.track(models)):
        loss.entries += 1
        entry = Entry(loss, f"data[{i}]")
        name = entry.text(entry.mapping(raw, "the entry").get("id"), "id")
        if name:
            listings.append(_listing(name, raw, Entry(loss, name)))
        else:
            loss.value("an entry without a name", entry.name)
    places = {_PLACE: {"name": "OpenRouter", "url": "https://openrouter.ai"}}
    return Foreign(listings=listings, providers=places, organizations=ORGANIZATIONS, fields=MODALITY_FIELDS)


def _listing(name: str, raw: Mapping[str, Any], entry: Entry) -> Listing:
    entry.leave(raw, *_NAMES, *_FACTS, *_ROUTE)
    return entry.listing(
        model_id(name, _PLACE),
        _PLACE,
        id=name,
        facts=_facts(raw, entry),
        capabilities=_capabilities(raw, entry),
        limits=_limits(raw, entry),
        prices=_prices(name, entry.mapping(raw.get("pricing"), "pricing"), entry),
        lifecycle=known(shutdown=entry.date(raw.get("expiration_date"))),
        aliases=_aliases(raw, entry),
    )


def _aliases(raw: Mapping[str, Any], entry: Entry) -> tuple[str, ...]:
    card = entry.text(raw.get("hugging_face_id"), "hugging_face_id")
    try:
        return (read_id(card),) if card else ()
    except ReadError:
        entry.loss.value("a `hugging_face_id` that is none", entry.name)
        return ()


def _facts(raw: Mapping[str, Any], entry: Entry) -> Raw:
    name = entry.text(raw.get("name"), "name") or ""
    return known(
        name=plain_name(name.partition(": ")[2] or name),
        context_window=entry.count(raw.get("context_length"), "context_length"),
        knowledge_cutoff=entry.date(raw.get("knowledge_cutoff")),
    )


def _limits(raw: Mapping[str, Any], entry: Entry) -> dict[str, int]:
    """The limits of the endpoint that requests go to first: another one may serve the same model with others."""
    top = entry.mapping(raw.get("top_provider"), "top_provider", *_LIMITS)
    counts = {ours: entry.count(top.get(theirs), f"top_provider.{theirs}") for theirs, ours in _LIMITS.items()}
    return {name: count for name, count in counts.items() if count}


def _capabilities(raw: Mapping[str, Any], entry: Entry) -> dict[str, bool]:
    keys = ("input_modalities", "output_modalities")
    kinds = entry.mapping(raw.get("architecture"), "architecture", *keys)
    taken, given = (entry.items(kinds.get(key), key) for key in keys)
    asked = entry.items(raw.get("supported_parameters"), "supported_parameters")
    if any(str(name) not in PARAMETERS for name in asked):
        entry.loss.key("supported_parameters that no row is for", entry.name)
    parameters = {ours: True for theirs, ours in PARAMETERS.items() if theirs in asked}
    return entry.modalities(taken, given, ("architecture." + keys[0], "architecture." + keys[1])) | parameters


def _prices(name: str, pricing: Mapping[str, Any], entry: Entry) -> list[Raw]:
    if any(number(pricing.get(key)) == _DYNAMIC for key in PRICES):
        return [{"dynamic": True}]
    prices = PriceList()
    _add(prices, pricing, entry, "pricing.", less=("overrides",))
    for override in entry.items(pricing.get("overrides"), "pricing.overrides"):
        _override(prices, entry.mapping(override, "pricing.overrides"), entry)
    return entry.lines(prices, {"free": True} if name.endswith(":free") else None)


def _override(prices: PriceList, override: Mapping[str, Any], entry: Entry) -> None:
    """A price under conditions; none of them may be left out, or it would hold where it does not."""
    above = entry.count(override.get(_SIZE), f"pricing.overrides.{_SIZE}")
    windows = list(_windows(override)) if override.keys() <= _OVERRIDE else []
    if not windows or (above is None and override.get(_SIZE) is not None):
        entry.charge("pricing.overrides under a condition which is not understood", override)
        return
    for when in windows:
        # A price at some hours is for requests of all sizes then, unless a size is named.
        for size in (above,) if above else (None, *prices.sizes):
            _add(prices, override, entry, "pricing.overrides.", less=_CONDITIONS, input_above=size, **when)


def _windows(override: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The conditions of hours and days; an empty one where only a size is asked for; nothing where they are none."""
    asked = {key for key in _CONDITIONS if override.get(key) is not None}
    if asked == {_SIZE}:
        yield {}
        return
    start, end = (_clock(override.get(key) or 0) for key in ("utc_start", "utc_end"))
    days = _days(override.get("utc_days"))
    is_day = start == end and asked & {"utc_start", "utc_end"}
    if asked and start is not None and end is not None and days is not None and not is_day:
        yield from daily(start, end, days)


def _days(given: Any) -> list[str] | None:
    """Our names of days of the week; nothing where one of them is none."""
    if given is None:
        return []
    named = given if isinstance(given, list) else []
    days = [day for name in named if isinstance(name, str) and (day := weekday(name))]
    return days if days and len(days) == len(named) else None


def _clock(value: Any) -> int | None:
    """Minutes of the day, from a number such as 1030 for half past ten."""
    amount = number(value)
    if amount is None or amount != amount.to_integral_value():
        return None
    hours, minutes = divmod(int(amount), 100)
    found = hours * 60 + minutes
    return found if 0 <= minutes < 60 and 0 <= found <= DAY else None


def _add(
    prices: PriceList, pricing: Mapping[str, Any], entry: Entry, inside: str, *, less: tuple[str, ...], **when: Any
) -> None:
    """Other prices than those of text are zero where there are none: these lists write all keys."""
    for key, value in pricing.items():
        if key in less or value is None:
            continue
        if key not in PRICES:
            entry.charge(inside + key, 0 if key == "discount" else value)
        elif (amount := entry.price(value)) or (amount is not None and key in {"prompt", "completion"}):
            component, times = PRICES[key]
            entry.put(prices, component, scaled(amount, times), **when)


IMPORTER = Importer(
    name="openrouter",
    read=read,
    title="OpenRouter models API",
    url="https://openrouter.ai/api/v1/models",
)

"""LiteLLM: ``model_prices_and_context_window.json``, as its repository and its package have it.

A flat object: the key is what LiteLLM calls a model at a provider, prices are in US dollars for one token. A key of a
price is a base and a tail: ``_above_200k_tokens`` is a size of the request, at which the whole request changes its
price, and ``_batches``, ``_flex`` and ``_priority`` are services.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS
from sphinx_modelcmp.importers.entry import EMBEDDING_SIZE, MODALITY_FIELDS, Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw, known
from sphinx_modelcmp.importers.model_ids import ORGANIZATIONS, as_id, model_id
from sphinx_modelcmp.importers.prices import PriceList, daily, number, weekday
from sphinx_modelcmp.importers.source_files import ForeignError, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


TOKENS = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "cache_read_input_token_cost": "cache_read",
    "cache_creation_input_token_cost": "cache_write",
    "cache_creation_input_token_cost_above_1hr": "cache_write_1h",
    "output_cost_per_reasoning_token": "reasoning",
    "input_cost_per_audio_token": "audio_input",
    "output_cost_per_audio_token": "audio_output",
    "cache_read_input_audio_token_cost": "audio_cache_read",
    "input_cost_per_image_token": "image_input",
    "output_cost_per_image_token": "image_output",
    "input_cost_per_video_token": "video_input",
}
"""Base of a key to our component: theirs is for one token, ours for a million."""
_MILLION = 1_000_000
_MINUTE = ("audio_minute", 60)
_PIECES = {
    "input_cost_per_request": ("request", 1),
    "input_cost_per_query": ("request", 1),
    "input_cost_per_text_message": ("text_message", 1),
    "input_cost_per_image": ("image_each", 1),
    "output_cost_per_image": ("image_output_each", 1),
    "input_cost_per_pixel": ("pixel", _MILLION),
    "output_cost_per_pixel": ("pixel", _MILLION),
    "input_cost_per_audio_per_second": _MINUTE,
    "input_cost_per_video_per_second": ("video_second", 1),
    "output_cost_per_video_per_second": ("video_second", 1),
    "input_cost_per_character": ("character", _MILLION),
    "output_cost_per_character": ("character_output", _MILLION),
    "ocr_cost_per_page": ("page", 1000),
    "annotation_cost_per_page": ("page_annotated", 1000),
}
"""Base of a key to our component, and how many of theirs that is for, where it is not for tokens."""
_SECONDS = {
    **dict.fromkeys(("audio_transcription", "audio_speech", "realtime"), _MINUTE),
    "video_generation": ("video_second", 1),
}
"""Mode to what a second is of. Of other modes it is one of a rented machine."""
_PER_SECOND = ("input_cost_per_second", "output_cost_per_second")
_IMAGES = ("input_cost_per_image", "output_cost_per_image")
_PIXELS = ("input_cost_per_pixel", "output_cost_per_pixel")
_TOOLS = ("code_interpreter_", "computer_use_", "file_search_", "google_maps_", "vector_store_")
"""How the keys of charges begin that are for a tool, which only a request that asks for it pays."""
_SEARCH = "search_context_cost_per_query"
SERVICES = {"batches": "batch", "flex": "flex", "priority": "priority"}
_TAIL = re.compile(r"(?P<base>.+?)(?:_above_(?P<size>\d+)k_tokens)?(?:_(?P<service>batches|flex|priority))?")
_SAME = ("vision", "reasoning", "function_calling", "computer_use", *MODALITY_FIELDS)
FLAGS = {f"supports_{name}": name for name in _SAME} | {"supports_response_schema": "structured_outputs"}
MODES: dict[str, str | None] = {
    **dict.fromkeys(("chat", "completion", "responses")),
    "realtime": "realtime-model",
    "embedding": "embedding-model",
    "rerank": "reranking-model",
    "moderation": "moderation-model",
    "image_generation": "image-model",
    "image_edit": "image-model",
    "video_generation": "video-model",
    "audio_transcription": "transcription-model",
    "audio_speech": "speech-model",
}
"""Their mode to our product type, where it says one: chatting is no type. One that is not here is of no model."""
LIMITS = {
    "max_input_tokens": "max_input",
    "max_output_tokens": "max_output",
    "output_vector_size": "embedding_size",
}
_NO_MODELS = ("sample_spec", "fallback_generalizations")
"""A specimen, and rules that give flags to keys which the file does not name: about no entry, so no fact."""
_OFF_PEAK = "off_peak_pricing"
_SAME_AS_CACHE_READ = "input_cost_per_token_cache_hit"
_MODALITIES = ("supported_modalities", "supported_output_modalities")
_ABOUT = ("litellm_provider", "mode", "deprecation_date", "source", "supported_regions")
_PRICING = ("tiered_pricing", _OFF_PEAK, _SEARCH, _SAME_AS_CACHE_READ)
_NO_TOKEN_PRICES = {*FLAGS, *LIMITS, *_MODALITIES, *_ABOUT, *_PRICING}
_HOURS = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)\s*")
_DAYS = "weekdays"
_NUMBERED = {str(number): day for number, day in enumerate(WEEKDAYS, 1)}
_SCHEDULE = ("hours_utc", "windows", "weekday_timezone")
"""The keys of off-peak prices that say when; the others are prices."""
_GROUPS = (
    ("vertex_ai", "vertex_ai-"),
    ("bedrock", "bedrock_converse"),
    ("openai", "text-completion-openai"),
    ("codestral", "text-completion-codestral"),
    ("inception", "text-completion-inception"),
    ("cohere", "cohere_chat"),
    ("azure", "azure_text"),
    ("fireworks_ai", "fireworks_ai-embedding-models"),
)
"""Provider to how its other names begin: of one service LiteLLM makes several, by the way they are called.

``bedrock_mantle`` stays apart: there the same models have prices of their own.
"""
_BEDROCKS = ("bedrock", "bedrock_mantle")
_REGION = re.compile(r"(?:us|eu|apac|ap|au|jp|ca|uk|sa|me|af|il|mx|in)(?:-gov)?(?:-[a-z]+-\d+)?|global(?:-standard)?")
_GEOGRAPHY = re.compile(r"(?P<region>us-gov|us|eu|apac|au|jp|ca|in|global)\.(?P<rest>.+)")
_BEDROCK = re.compile(r"(?:[a-z0-9]+\.)?(?P<model>.+?)(?:-v\d+)?(?::\d+(?::[\w]+)?)?")


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read ``model_prices_and_context_window.json``."""
    found = read_json(path)
    entries = found if isinstance(found, dict) else {}
    if not any(isinstance(one, dict) and "litellm_provider" in one for one in entries.values()):
        raise ForeignError(
            "not the price list of LiteLLM: objects with a `litellm_provider` are expected at its top", path
        )
    listings: list[Listing] = []
    for key, raw in asked.track(entries.items()):
        if key not in _NO_MODELS:
            loss.entries += 1
            listings += _listing(key, raw, Entry(loss, key))
    providers = {one.provider: {"name": one.provider} for one in listings}
    fields = MODALITY_FIELDS | EMBEDDING_SIZE
    return Foreign(listings=listings, providers=providers, organizations=ORGANIZATIONS, fields=fields)


def _listing(key: str, value: Any, entry: Entry) -> Iterator[Listing]:
    raw = entry.mapping(value, "the entry")
    provider = entry.text(raw.get("litellm_provider"), "litellm_provider")
    if not provider or not entry.text(key, "the key"):
        entry.loss.value("an entry without a name or a provider", entry.name)
        return
    place = endpoint_of(key, provider)
    source = entry.text(raw.get("source"), "source")
    yield entry.listing(
        model_id(place.model, place.provider),
        as_id(place.provider),
        id=place.id,
        region=place.region or _only_region(raw, entry),
        facts=_facts(raw, entry),
        capabilities=_capabilities(raw, entry),
        prices=_prices(raw, entry),
        lifecycle=known(shutdown=entry.date(raw.get("deprecation_date"))),  # their documentation: the day it retires
        remark=" ".join(f"cites {source}".split()) if source else "",
    )


def _only_region(raw: Mapping[str, Any], entry: Entry) -> str:
    regions = entry.items(raw.get("supported_regions"), "supported_regions")
    if len(regions) == 1:
        return entry.text(regions[0], "supported_regions") or ""
    if regions:
        entry.loss.key("supported_regions, where there are several", entry.name)
    return ""


def _facts(raw: Mapping[str, Any], entry: Entry) -> Raw:
    mode = entry.text(raw.get("mode"), "mode")
    if mode and mode not in MODES:
        entry.loss.value(f"the mode {mode}, which is no kind of model", entry.name)
    limits = {ours: entry.count(raw.get(theirs), theirs) for theirs, ours in LIMITS.items()}
    return known(kind=MODES.get(mode or ""), **limits)


def _capabilities(raw: Mapping[str, Any], entry: Entry) -> dict[str, bool]:
    taken, given = (entry.items(raw.get(key), key) for key in _MODALITIES)
    return entry.modalities(taken, given, _MODALITIES, is_complete=False) | entry.flags(raw, FLAGS)


# --- prices --------------------------------------------------------------------------------------------------------


def _prices(raw: Mapping[str, Any], entry: Entry) -> list[Raw]:
    prices, pieces = PriceList(), _pieces(raw)
    for key, value in raw.items():
        if key in _PIXELS and any(raw.get(image) for image in _IMAGES):
            entry.charge(key, 0)  # the price of the image once more
        elif key not in _NO_TOKEN_PRICES:
            _add(prices, key, value, entry, pieces)
    entry.add(prices, "cache_read", raw.get(_SAME_AS_CACHE_READ), _MILLION)
    for item in entry.items(raw.get("tiered_pricing"), "tiered_pricing"):
        _add_tier(prices, entry.mapping(item, "tiered_pricing"), entry)
    searches = {number(value) for value in entry.mapping(raw.get(_SEARCH), _SEARCH).values()}
    if len(searches) > 1:
        entry.loss.key(f"{_SEARCH}, where it depends on the size", entry.name)
    elif searches:
        entry.add(prices, "web_search", searches.pop(), 1000)
    _add_off_peak(prices, entry.mapping(raw.get(_OFF_PEAK), _OFF_PEAK), entry)
    return entry.lines(prices)


def _pieces(raw: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """What is priced by another unit than the token, as the mode of an entry says it."""
    mode, pieces = str(raw.get("mode")), {**_PIECES}
    if mode in _SECONDS:
        pieces |= dict.fromkeys(_PER_SECOND, _SECONDS[mode])
    if MODES.get(mode) == "image-model" and not raw.get("output_cost_per_image"):
        pieces["input_cost_per_image"] = pieces["output_cost_per_image"]
    if raw.get("supported_output_modalities") == ["audio"]:
        del pieces["output_cost_per_image"]  # a piece of music
    return pieces


def _add(
    prices: PriceList,
    key: str,
    value: Any,
    entry: Entry,
    pieces: Mapping[str, tuple[str, int]] = _PIECES,
    *,
    inside: str = "",
    **when: Any,
) -> None:
    found = _TAIL.fullmatch(key)
    base = found["base"] if found else ""
    component, times = (TOKENS[base], _MILLION) if base in TOKENS else pieces.get(base, ("", 0))
    # Of all these lists write every key, whether there is a price or not.
    if not found or not component or (base not in TOKENS and not number(value)):
        entry.charge(inside + key, value if _is_charge(key) else 0)
        return
    if (component, times) == _MINUTE:
        entry.loss.changed(f"{inside}{key} as {component}, for {times} of them", entry.name)
    size = int(found["size"]) * 1000 if found["size"] else when.pop("input_above", None)
    service = SERVICES.get(found["service"] or "")
    entry.add(prices, component, value, times, input_above=size, service=service, **when)


def _is_charge(key: str) -> bool:
    """A plain request may have to pay it: no tool, no unit that the price is given in once more, no other service."""
    base = _TAIL.fullmatch(key.rpartition("_")[0])
    is_service = base is not None and base["base"] in TOKENS
    return "cost" in key and "_dbu_" not in key and not key.startswith(_TOOLS) and not is_service


def _add_tier(prices: PriceList, tier: Mapping[str, Any], entry: Entry) -> None:
    if "range" not in tier:
        entry.charge("tiered_pricing by something else than a range of tokens", tier)
        return
    limits = tier["range"]
    start = number(limits[0]) if isinstance(limits, list) and len(limits) == 2 else None
    if start is None or start < 0 or start != start.to_integral_value():
        entry.loss.value("a range that is none", entry.name)
        return
    for key, value in tier.items():
        if key != "range":
            _add(prices, key, value, entry, inside="tiered_pricing.", input_above=int(start))


# --- hours ---------------------------------------------------------------------------------------------------------


def _add_off_peak(prices: PriceList, raw: Mapping[str, Any], entry: Entry) -> None:
    """Prices of hours are for requests of all sizes, so each size gets them, too."""
    sizes = (None, *prices.sizes)
    costs = {key: value for key, value in raw.items() if key not in _SCHEDULE}
    for when in _windows(raw, entry):
        for key, value in costs.items():
            for size in sizes:
                _add(prices, key, value, entry, inside="off_peak_pricing.", input_above=size, **when)


def _windows(raw: Mapping[str, Any], entry: Entry) -> Iterator[dict[str, Any]]:
    """The conditions of each window, as the ``when`` of a price has them: those of every day, then those of some."""
    yield from _window({"hours_utc": raw.get("hours_utc")}, None, entry)
    for item in entry.items(raw.get("windows"), "off_peak_pricing.windows"):
        window = entry.mapping(item, "off_peak_pricing.windows", "hours_utc", _DAYS)
        yield from _window(window, raw.get("weekday_timezone") or "UTC", entry)


def _window(window: Mapping[str, Any], zone: Any, entry: Entry) -> Iterator[dict[str, Any]]:
    """Hours are given in UTC, and days of the week in some time zone."""
    hours = list(_hours(window.get("hours_utc"), entry))
    if window.get(_DAYS) is None:
        for start, end in hours:
            yield from daily(start, end)
        return
    days, shift = _days(window[_DAYS], entry), _offset(zone)
    if shift is None:
        entry.loss.value("hours in a time zone that changes its clocks, or that is none", entry.name)
    elif days:
        for start, end in hours:
            yield from daily(start + shift, end + shift, days, zone)


def _hours(given: Any, entry: Entry) -> Iterator[tuple[int, int]]:
    """Pairs of minutes of the day."""
    for text in [given] if isinstance(given, str) else entry.items(given, "hours_utc"):
        if found := _HOURS.fullmatch(str(text)):
            first, last = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
            yield first, last
        else:
            entry.loss.value("hours that are none", entry.name)


def _days(given: Any, entry: Entry) -> tuple[str, ...]:
    """The days of a window, by number or by name; none where one of them is none, for then nobody knows when."""
    found = [_NUMBERED.get(str(day)) or weekday(str(day)) for day in entry.items(given, _DAYS)]
    if not found or None in found:
        entry.loss.value("days of the week that are none", entry.name)
        return ()
    return tuple(day for day in WEEKDAYS if day in found)


def _offset(zone: Any) -> int | None:
    """Minutes east of UTC, where they are the same all the year."""
    try:
        found = ZoneInfo(zone)
    except (TypeError, ValueError, OSError, KeyError):  # KeyError: no such zone
        return None
    winter, summer = (datetime.datetime(2026, month, 1, tzinfo=found).utcoffset() for month in (1, 7))
    return int(winter.total_seconds()) // 60 if winter is not None and winter == summer else None


# --- keys ----------------------------------------------------------------------------------------------------------


class Endpoint(NamedTuple):
    """The place and the model that a key names."""

    provider: str
    id: str
    """Name of the model there."""
    model: str
    """Its name without the parts that belong to the place."""
    region: str = ""


def endpoint_of(key: str, provider: str) -> Endpoint:
    """Take a key apart.

    >>> endpoint_of("azure/eu/gpt-4o-2024-08-06", "azure")
    Endpoint(provider='azure', id='gpt-4o-2024-08-06', model='gpt-4o-2024-08-06', region='eu')
    >>> endpoint_of("eu.anthropic.claude-opus-4-v1:0", "bedrock_converse")
    Endpoint(provider='bedrock', id='eu.anthropic.claude-opus-4-v1:0', model='claude-opus-4', region='eu')
    """
    service = next((name for name, begins in _GROUPS if provider.startswith(begins)), provider)
    parts = key.split("/")
    if len(parts) > 1 and parts[0] in {provider, service}:
        parts = parts[1:]
    region = parts.pop(0) if len(parts) > 1 and _REGION.fullmatch(parts[0]) else ""
    name = "/".join(parts)
    if service not in _BEDROCKS:
        return Endpoint(service, name, name, region)
    if found := _GEOGRAPHY.fullmatch(name):
        return Endpoint(service, name, _bedrock_model(found["rest"]), region or found["region"])
    return Endpoint(service, name, _bedrock_model(name), region)


def _bedrock_model(name: str) -> str:
    """A name of Bedrock without the vendor in front of it and the version of the way it is called behind it."""
    last = name.rpartition("/")[2]
    found = _BEDROCK.fullmatch(last)
    return found["model"] if found else last


IMPORTER = Importer(
    name="litellm",
    read=read,
    title="LiteLLM model_prices_and_context_window.json",
    url="https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
)

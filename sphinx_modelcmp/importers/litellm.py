"""LiteLLM: ``model_prices_and_context_window.json``, as its repository and its package have it.

A flat object: the key is what LiteLLM calls a model at a provider, prices are in US dollars for one token. A key of a
price is a base and a tail: ``_above_200k_tokens`` is a size of the request, at which the whole request changes its
price, and ``_batches``, ``_flex`` and ``_priority`` are services.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.dates import read_date
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.foreign import ForeignError, read_json
from sphinx_modelcmp.importers.importer import Importer
from sphinx_modelcmp.importers.kinds import (
    EMBEDDING_SIZE,
    INPUT_FIELDS,
    INPUTS,
    MAX_INPUT,
    OUTPUTS,
    outputs,
    some_inputs,
    tell_others,
)
from sphinx_modelcmp.importers.listings import Foreign, Listing
from sphinx_modelcmp.importers.litellm_hours import SCHEDULE, windows
from sphinx_modelcmp.importers.litellm_names import place_of
from sphinx_modelcmp.importers.makers import MAKERS, makers_own
from sphinx_modelcmp.importers.money import PriceList, number, per_million
from sphinx_modelcmp.importers.naming import as_id, model_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.loss import Loss

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
_REQUEST = "input_cost_per_request"
_SEARCH = "search_context_cost_per_query"
SERVICES = {"batches": "batch", "flex": "flex", "priority": "priority"}
_TAIL = re.compile(r"(?P<base>.+?)(?:_above_(?P<size>\d+)k_tokens)?(?:_(?P<service>batches|flex|priority))?")
FLAGS = {
    "supports_vision": "vision",
    "supports_reasoning": "reasoning",
    "supports_function_calling": "function_calling",
    "supports_response_schema": "structured_outputs",
    "supports_computer_use": "computer_use",
    "supports_audio_input": "audio_input",
    "supports_audio_output": "audio_output",
    "supports_video_input": "video_input",
    "supports_pdf_input": "pdf_input",
}
MODES = {
    "chat": None,
    "completion": None,
    "responses": None,
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
_SPECIMEN = "sample_spec"
_RULES = "fallback_generalizations"
"""Rules that give flags to keys which the file does not name: about no entry, so no fact."""
_OFF_PEAK = "off_peak_pricing"
_SAME_AS_CACHE_READ = "input_cost_per_token_cache_hit"
_ELSEWHERE = (
    "litellm_provider",
    "mode",
    "max_input_tokens",
    "max_output_tokens",
    "output_vector_size",
    "deprecation_date",
    "source",
    "tiered_pricing",
    "supported_modalities",
    "supported_output_modalities",
    "supported_regions",
    _OFF_PEAK,
    _SEARCH,
    _REQUEST,
    _SAME_AS_CACHE_READ,
    *FLAGS,
)


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read ``model_prices_and_context_window.json``."""
    found = read_json(path)
    if not isinstance(found, dict) or not any(
        isinstance(one, dict) and "litellm_provider" in one for one in found.values()
    ):
        message = "not the price list of LiteLLM: objects with a `litellm_provider` are expected at its top"
        raise ForeignError(message, path)
    listings: list[Listing] = []
    for key, raw in asked.track(found.items()):
        if key not in {_SPECIMEN, _RULES}:
            loss.entries += 1
            listings += _listing(key, raw, Entry(loss, key))
    return Foreign(
        listings=listings,
        providers={one.provider: {"name": one.provider} for one in listings},
        organizations={maker.id: {"name": maker.name} for maker in MAKERS},
        fields=INPUT_FIELDS | MAX_INPUT | EMBEDDING_SIZE,
    )


def _listing(key: str, value: Any, entry: Entry) -> Iterator[Listing]:
    raw = entry.mapping(value, "the entry")
    provider = entry.text(raw.get("litellm_provider"), "litellm_provider")
    if not provider or not entry.text(key, "the key"):
        entry.loss.value("an entry without a name or a provider", entry.name)
        return
    place = place_of(key, provider)
    found = model_id(place.model, place.provider)
    maker = makers_own(place.provider, found)
    ends = read_date(raw.get("deprecation_date"), entry.loss, entry.name)
    source = entry.text(raw.get("source"), "source")
    yield Listing(
        model=found,
        provider=as_id(place.provider),
        id=place.id,
        region=place.region or _only_region(raw, entry),
        by_maker=bool(maker),
        facts=_facts(raw, entry) | ({"organization": maker.id} if maker else {}),
        capabilities=_capabilities(raw, entry),
        prices=_prices(raw, entry),
        note=f"LiteLLM gives {ends} as the day of its deprecation here." if ends else "",
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
    facts = {
        "kind": MODES.get(mode or ""),
        "max_input": entry.count(raw.get("max_input_tokens"), "max_input_tokens"),
        "max_output": entry.count(raw.get("max_output_tokens"), "max_output_tokens"),
        "embedding_size": entry.count(raw.get("output_vector_size"), "output_vector_size"),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _capabilities(raw: Mapping[str, Any], entry: Entry) -> dict[str, bool]:
    flags = {ours: entry.flag(raw.get(theirs), theirs) for theirs, ours in FLAGS.items()}
    taken, given = (entry.items(raw.get(key), key) for key in ("supported_modalities", "supported_output_modalities"))
    tell_others(taken, INPUTS, "supported_modalities", entry)
    tell_others(given, OUTPUTS, "supported_output_modalities", entry)
    listed = some_inputs(taken) | outputs(given)
    return listed | {name: flag for name, flag in flags.items() if flag is not None}


# --- prices --------------------------------------------------------------------------------------------------------


def _prices(raw: Mapping[str, Any], entry: Entry) -> list[Raw]:
    prices = PriceList()
    for key, value in raw.items():
        if key not in _ELSEWHERE:
            _add(prices, key, value, entry)
    if _SAME_AS_CACHE_READ in raw:
        _put(prices, "cache_read", raw[_SAME_AS_CACHE_READ], entry)
    for tier in _ranges(raw, entry):
        _tier(prices, tier, entry)
    _requests(prices, raw, entry)
    _off_peak(prices, entry.mapping(raw.get(_OFF_PEAK), _OFF_PEAK), entry)
    if prices.is_zero():
        entry.loss.value("a price of 0 without a word that it is free", entry.name)
        return []
    return prices.lines()


def _add(prices: PriceList, key: str, value: Any, entry: Entry, *, inside: str = "", **when: Any) -> None:
    found = _TAIL.fullmatch(key)
    component = TOKENS.get(found["base"]) if found else None
    if not found or component is None:
        entry.loss.key(inside + key, entry.name)
        return
    size = int(found["size"]) * 1000 if found["size"] else when.pop("input_above", None)
    service = SERVICES.get(found["service"] or "")
    _put(prices, component, value, entry, input_above=size, service=service, **when)


def _put(prices: PriceList, component: str, value: Any, entry: Entry, **when: Any) -> None:
    if value is None:
        return
    amount = entry.price(value)
    if amount is not None:
        entry.put(prices, component, per_million(amount), **when)


def _ranges(raw: Mapping[str, Any], entry: Entry) -> Iterator[Mapping[str, Any]]:
    for tier in entry.items(raw.get("tiered_pricing"), "tiered_pricing"):
        if "range" in (found := entry.mapping(tier, "tiered_pricing")):
            yield found
        else:
            entry.loss.key("tiered_pricing by something else than a range of tokens", entry.name)


def _tier(prices: PriceList, tier: Mapping[str, Any], entry: Entry) -> None:
    limits = tier["range"]
    start = number(limits[0]) if isinstance(limits, list) and len(limits) == 2 else None
    if start is None or start < 0 or start != start.to_integral_value():
        entry.loss.value("a range that is none", entry.name)
        return
    for key, value in tier.items():
        if key != "range":
            _add(prices, key, value, entry, inside="tiered_pricing.", input_above=int(start))


def _requests(prices: PriceList, raw: Mapping[str, Any], entry: Entry) -> None:
    request = entry.price(raw[_REQUEST]) if raw.get(_REQUEST) is not None else None
    if request is not None:
        entry.put(prices, "request", request)
    searches = {number(value) for value in entry.mapping(raw.get(_SEARCH), _SEARCH).values()}
    if len(searches) > 1:
        entry.loss.key(f"{_SEARCH}, where it depends on the size", entry.name)
    elif searches:
        search = entry.price(searches.pop())
        if search:
            entry.put(prices, "web_search", search * Decimal(1000))


def _off_peak(prices: PriceList, raw: Mapping[str, Any], entry: Entry) -> None:
    """Prices of hours hold for requests of all sizes then, so they stand beside each size, too."""
    sizes = (None, *prices.sizes)
    for when in windows(raw, entry):
        for key, value in raw.items():
            if key not in SCHEDULE:
                for size in sizes:
                    _add(prices, key, value, entry, inside="off_peak_pricing.", input_above=size, **when)


IMPORTER = Importer(
    name="litellm",
    read=read,
    title="LiteLLM model_prices_and_context_window.json",
    url="https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
)

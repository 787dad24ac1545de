"""A catalog of real models: the listings of models.dev, filled up from genai-prices.

Only what the packages state is taken over: a listing by a provider, with limits, kinds of input, dates and prices.
``python -m tests.bench.listings FOLDER MODELS`` writes it.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.bench import extra

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PRICES = {
    "input": "input",
    "output": "output",
    "cache_read": "cache_read",
    "cache_write": "cache_write",
    "reasoning": "reasoning",
    "input_audio": "audio_input",
    "output_audio": "audio_output",
}
"""Price keys of models.dev to components of ours."""

GENAI_PRICES = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "cache_read",
    "cache_write_mtok": "cache_write",
}
CAPABILITIES = {"reasoning": "reasoning", "tool_call": "function_calling", "structured_output": "structured_outputs"}
INPUTS = {"image": "vision", "audio": "audio_input", "pdf": "pdf_input"}
FIELDS = {
    "audio_input": {"label": "Audio input", "group": "capabilities", "type": "flag"},
    "pdf_input": {"label": "PDF input", "group": "capabilities", "type": "flag"},
    "max_input": {"label": "Largest input", "group": "specs", "type": "quantity", "unit": "tokens", "better": "higher"},
}
HEADER = {
    "catalog": {"schema": 1, "title": "Listings of models by provider", "currency": "USD"},
    "sources": {
        "models-dev": {"title": "models.dev", "url": "https://models.dev", "kind": "aggregator"},
        "genai-prices": {
            "title": "genai-prices",
            "url": "https://github.com/pydantic/genai-prices",
            "kind": "aggregator",
        },
    },
    "fields": FIELDS,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One model at one provider, as a record of ours; ``source`` is who says all of it."""

    provider: str
    provider_name: str
    source: str
    id: str
    record: dict[str, Any]


def write_listings(folder: Path, models: int) -> None:
    """Write a catalog of so many listings, one file a provider."""
    found = listed()[:models]
    assert len(found) == models
    providers = {listing.provider: {"name": listing.provider_name} for listing in found}
    folder.mkdir(parents=True)
    _dump(folder / "catalog.yaml", HEADER | {"providers": providers})
    grouped: dict[tuple[str, str], dict[str, Any]] = {}
    for listing in found:
        grouped.setdefault((listing.source, listing.provider), {})[listing.id] = listing.record
    for (source, provider), records in grouped.items():
        _dump(folder / f"{source}-{provider}.yaml", {"source": source, "models": records})


@cache
def listed() -> tuple[Listing, ...]:
    """Every listing that there is, the first of each id."""
    found: dict[str, Listing] = {}
    for listing in (*_models_dev(), *_genai_prices()):
        found.setdefault(listing.id.casefold(), listing)
    return tuple(found.values())


def _dump(path: Path, value: Mapping[str, Any]) -> None:
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110)
    path.write_text(text, encoding="utf-8")


def _models_dev() -> Iterator[Listing]:
    # The package's own classes leave the steps of a price out.
    providers = json.loads(gzip.decompress((files(extra.LISTINGS) / "data.json.gz").read_bytes()))
    for name, provider in providers.items():
        for model_id, model in provider["models"].items():
            record = _filled(_stated(model) | {"routes": [_route(name, model_id, _prices(model.get("cost") or {}))]})
            yield Listing(name, provider["name"], "models-dev", _id(name, model_id), record)


def _stated(model: Mapping[str, Any]) -> dict[str, Any]:
    inputs, limit = model["modalities"]["input"], model["limit"]
    flags = {ours: model[theirs] for theirs, ours in CAPABILITIES.items() if theirs in model}
    return {
        "name": model["name"],
        "released": _date(model["release_date"]),
        "context_window": limit["context"],
        "max_input": limit.get("input"),
        "max_output": limit["output"],
        "knowledge_cutoff": _date(model.get("knowledge", "")),
        "openness": "open-weights" if model["open_weights"] else None,
        "capabilities": flags | {ours: theirs in inputs for theirs, ours in INPUTS.items()},
        "lifecycle": {"status": "deprecated"} if model.get("status") == "deprecated" else None,
    }


def _prices(cost: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = [_components(cost)] if cost else []
    steps = [(tier["tier"]["size"], tier) for tier in cost.get("tiers", ())]
    return [*lines, *(_components(tier) | {"when": {"input_above": size}} for size, tier in steps)]


def _components(cost: Mapping[str, Any]) -> dict[str, Any]:
    return {ours: cost[theirs] for theirs, ours in PRICES.items() if theirs in cost}


def _genai_prices() -> Iterator[Listing]:
    for provider in extra.load("genai_prices.data").providers:
        for model in provider.models:
            prices = model.prices if not isinstance(model.prices, list) else model.prices[-1].prices
            stated = {ours: getattr(prices, theirs) for theirs, ours in GENAI_PRICES.items()}
            line = {name: float(value) for name, value in stated.items() if isinstance(value, Decimal)}
            route = _route(provider.id, model.id, [line] if line else [])
            record = {"name": model.name or model.id, "context_window": model.context_window, "routes": [route]}
            yield Listing(provider.id, provider.name, "genai-prices", _id(provider.id, model.id), _filled(record))


def _route(provider: str, model: str, prices: list[dict[str, Any]]) -> dict[str, Any]:
    return _filled({"provider": provider, "id": model, "prices": prices})


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that are stated: both packages write 0 for a limit that nobody knows."""
    return {name: value for name, value in record.items() if value}


def _date(text: str) -> datetime.date | str:
    """A whole date as one, or its text would be written in quotes, as no author does; no 30th of February."""
    if len(text) != len("2026-11-22"):
        return text
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return ""


def _id(provider: str, model: str) -> str:
    return re.sub(r"[^\w.:/@+-]", "-", f"{provider}/{model}")


if __name__ == "__main__":
    write_listings(Path(sys.argv[1]), int(sys.argv[2]))

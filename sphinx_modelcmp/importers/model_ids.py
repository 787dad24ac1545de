"""Ids of models from the names that foreign catalogs give them, and the makers that these names tell of.

A place counts as a maker's own only where it is known to be theirs and the name of the model is one of theirs: makers
serve the models of others, too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sphinx_modelcmp.catalog.characters import without_invisible


@dataclass(frozen=True, slots=True)
class Maker:
    """An organization, how its models' names begin, and the names that foreign catalogs have for its own services."""

    id: str
    name: str
    prefixes: tuple[str, ...]
    places: tuple[str, ...]


MAKERS = tuple(
    Maker(name, about["name"], tuple(about["prefixes"]), tuple(about["places"]))
    for name, about in tomllib.loads(Path(__file__).with_name("makers.toml").read_text("utf-8")).items()
)
ORGANIZATIONS = {maker.id: {"name": maker.name} for maker in MAKERS}
"""The makers as entries of a catalog."""


def maker_of(model: str) -> Maker | None:
    """The maker that the name of a model tells of."""
    folded = model.casefold()
    return next((maker for maker in MAKERS if folded.startswith(maker.prefixes)), None)


def makers_own(place: str, model: str) -> Maker | None:
    """The maker of a model that is listed at its maker's own place."""
    maker = maker_of(model)
    return maker if maker and place in maker.places else None


_VARIANT = re.compile(r":(free|beta|extended|exacto|nitro|floor)$")
"""Mark of the terms that OpenRouter, and others after it, serve a model under: the model is the same."""
_FREE = re.compile(r"\s*\(free\)$", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\w.:@+-]+")
_DIGIT = re.compile(r"[0-9]")
_LONGEST = 200
"""The characters of a name that count; a key of YAML cannot have many more."""


def model_id(name: str, place: str = "") -> str:
    """The last part of a path in small letters, without the mark of a variant.

    A name that belongs to nobody and has no number, such as ``auto`` or ``default``, means another model at each
    place, and keeps that in front.

    >>> model_id("Qwen/Qwen3.5-4B", "deepinfra"), model_id("deepseek/deepseek-chat:free"), model_id("auto", "kilo")
    ('qwen3.5-4b', 'deepseek-chat', 'kilo/auto')
    """
    last = _VARIANT.sub("", name.rstrip("/").rpartition("/")[2].casefold())
    found = as_id(last)
    return f"{as_id(place)}/{found}" if place and not _DIGIT.search(found) and not maker_of(found) else found


def plain_name(name: str) -> str:
    """A name without the mark of what is free at one place: the model is the same.

    >>> plain_name("Kimi Dev 72b (free)")
    'Kimi Dev 72b'
    """
    return _FREE.sub("", name)


def as_id(name: str) -> str:
    """A name with hyphens for all that an id cannot have.

    >>> as_id("Llama 3.3 (70B)")
    'Llama-3.3-70B'
    """
    return _FOREIGN.sub("-", without_invisible(name)[:_LONGEST]).strip(".:@+-") or "unnamed"

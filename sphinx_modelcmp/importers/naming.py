"""From the names that places give to models to the ids that they go under here."""

from __future__ import annotations

import re

from sphinx_modelcmp.catalog.characters import without_invisible
from sphinx_modelcmp.importers.makers import maker_of

_VARIANT = re.compile(r":(free|beta|extended|exacto|nitro|floor)$")
"""How OpenRouter, and who follows it, mark the terms that a model is served under: the model is the same."""
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

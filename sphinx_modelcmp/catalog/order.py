"""The order of the keys of a model in a file: what it is, who says so, its facts, its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_modelcmp.catalog.records import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD: Final = ("name", "lang", "aliases", "organization", "kind", "source", "checked")
MODEL_KEYS: Final = (*_HEAD, *(name for name in Model.written() if name not in _HEAD))
"""Every key that a model can have, but for those of the house."""
_LIMIT = MODEL_KEYS.index("max_output")


def rank(key: str) -> int:
    """The place of a key; those of the house stand with the limits."""
    return MODEL_KEYS.index(key) if key in MODEL_KEYS else _LIMIT


def keys_before(key: str, present: Iterable[str]) -> list[str]:
    """Of the keys of a model those that one comes behind."""
    return [name for name in present if rank(name) < rank(key)]


def in_order(record: Mapping[str, Any]) -> dict[str, Any]:
    """A model with its keys in order."""
    return dict(sorted(record.items(), key=lambda item: rank(item[0])))

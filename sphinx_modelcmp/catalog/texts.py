"""The texts that authors write in a catalog, each with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.yaml.reader import Keys

_UNSHOWN = frozenset(("aliases", "accept", "source", "url"))
_UNWRITTEN = frozenset(("value", "house"))
"""Fields that stand in our records only: their content stands where the record does (see ``Places``)."""


def texts_in(value: Any, at: Keys) -> Iterator[tuple[Keys, str]]:
    """Every text that a page may show of what stands at a path, with the path of its own."""
    if isinstance(value, str):
        yield at, value
        return
    for keys, item in _items(value):
        yield from texts_in(item, (*at, *keys))


def _items(value: Any) -> Iterator[tuple[Keys, Any]]:
    """What stands in a record, a table or a list, each with the keys that lead to it."""
    if isinstance(value, Record):
        for name, field in type(value).model_fields.items():
            if name not in _UNSHOWN:
                yield () if name in _UNWRITTEN else (field.alias or name,), getattr(value, name)
    elif isinstance(value, Mapping):
        yield from (((name,), item) for name, item in value.items())
    elif isinstance(value, tuple):
        yield from (((i,), item) for i, item in enumerate(value))

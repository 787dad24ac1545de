"""What a reader has to give: a ``Foreign`` all through, whoever has written the reader."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate, read_id
from sphinx_modelcmp.catalog.yaml.draft import BREAK
from sphinx_modelcmp.importers.listings import Foreign, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALARS = (str, bool, int, Decimal, datetime.date, PartialDate)
_TEXT, _LIST, _MAPPING = (str, "a text"), ((list, tuple), "a list"), (Mapping, "a mapping")
_SHAPES: Mapping[str, tuple[Any, str]] = {
    **dict.fromkeys(("model", "provider", "id", "region", "note", "remark"), _TEXT),
    **dict.fromkeys(("facts", "capabilities", "lifecycle"), _MAPPING),
    **dict.fromkeys(("prices", "results", "aliases"), _LIST),
}
_RESULT = {"benchmark", "score"}


def wrong_part(found: Any) -> str:
    """The first thing in a reader's answer that is not as it should be, in words; nothing where all is well."""
    return next(_wrong(found), "")


def _wrong(found: Any) -> Iterator[str]:
    if not isinstance(found, Foreign):
        yield f"a Foreign is expected, not {kind_of(found)}"
        return
    yield from _unshaped(found.listings, "listings", _LIST)
    for i, listing in enumerate(found.listings):
        yield from _wrong_listing(listing, f"listings[{i}]")
    for table in (field.name for field in fields(Foreign)[1:]):
        yield from _unshaped(getattr(found, table), table, _MAPPING)
        for name, entry in getattr(found, table).items():
            yield from _unshaped(entry, f"{table}.{name}", _MAPPING)
            yield from _wrong_value(entry, f"{table}.{name}")


def _wrong_listing(listing: Any, at: str) -> Iterator[str]:
    if not isinstance(listing, Listing):
        yield f"`{at}` is a Listing, not {kind_of(listing)}"
        return
    for name, shape in _SHAPES.items():
        said = getattr(listing, name)
        yield from _unshaped(said, f"{at}.{name}", shape)
        yield from _wrong_value(said, f"{at}.{name}")
    if not listing.model:
        yield f"`{at}.model` is empty"
    yield from (why for name in (listing.model, listing.provider) if name and (why := _no_id(name, at)))
    if BREAK.search(listing.remark):
        yield f"`{at}.remark` is a comment: it has one line"
    yield from _unshaped(listing.facts.get("name", ""), f"{at}.facts.name", _TEXT)
    for line in (*listing.prices, *listing.results):
        yield from _unshaped(line, f"{at}.prices or results", _MAPPING)
    if any(_RESULT - result.keys() for result in listing.results):
        yield f"`{at}.results` need `benchmark` and `score`"


def _no_id(name: str, at: str) -> str:
    try:
        read_id(name)
    except ValueError as error:
        return f"`{at}`: {error}"
    return ""


def _unshaped(value: Any, at: str, shape: tuple[Any, str]) -> Iterator[str]:
    if not isinstance(value, shape[0]):
        yield f"`{at}` is {shape[1]}, not {kind_of(value)}"


def _wrong_value(value: Any, at: str) -> Iterator[str]:
    """What no catalog can hold: a float, which is not exact, None, an object of another kind, half a character."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _unshaped(key, f"{at}.{key}", _TEXT)
            yield from _wrong_value(inner, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _wrong_value(inner, f"{at}[{i}]")
    elif not isinstance(value, _SCALARS):
        yield f"`{at}` cannot be {kind_of(value)}"
    elif isinstance(value, Decimal) and not value.is_finite():
        yield f"`{at}` is a number, not {value}"
    elif isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        yield f"`{at}` holds half a character"


def kind_of(value: object) -> str:
    """What a value is, in words: its type with an article, or nothing."""
    kind = type(value).__name__
    return "nothing" if value is None else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"

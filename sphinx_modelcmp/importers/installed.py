"""Installed importers, ours and those of other packages: how one is found, and the check of what it reads.

Another package adds one by an entry point of the group ``sphinx_modelcmp.importers`` that names an ``Importer``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.catalog.scalars import PartialDate, read_id
from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.catalog.yaml.draft import BREAK
from sphinx_modelcmp.importers.importer import Foreign, Importer, Listing, Loss

GROUP = "sphinx_modelcmp.importers"
_OURS = "sphinx_modelcmp."
_LONGEST = 200


class NoImporterError(LookupError):
    """No importer of a name, or one that cannot be loaded."""


@cache
def importers() -> Mapping[str, tuple[EntryPoint, ...]]:
    """Name to the entry points that claim it, ours first, in the order of the names. Nothing is loaded."""
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, not _is_ours(entry))):
        found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def _is_ours(entry: EntryPoint) -> bool:
    return entry.value.startswith(_OURS)


def package_of(entry: EntryPoint) -> str:
    """The package that an importer comes with."""
    return entry.dist.name if entry.dist else entry.value.partition(".")[0]


def ignored(name: str) -> tuple[str, ...]:
    """The packages that claim the name of a built-in importer, which is used."""
    first, *others = importers().get(name) or (None,)
    return tuple(map(package_of, others)) if first and _is_ours(first) else ()


def find_importer(name: str) -> Importer:
    """The importer of a name. Raises NoImporterError where there is none, or none that works."""
    entries = importers().get(name)
    if not entries:
        raise NoImporterError(f"no importer “{name}”{nearest_or_all(name, importers())}")
    entry = entries[0]
    if len(entries) > 1 and not _is_ours(entry):
        packages = ", ".join(map(package_of, entries))
        raise NoImporterError(f"several packages have an importer “{name}”: {packages}; keep one of them")
    try:
        found: Importer = entry.load()
    except (Exception, SystemExit) as error:
        raise _refused(entry, f"cannot be loaded from {entry.value}: {_in_one_line(error)}") from None
    try:
        _check_importer(found, name)
    except ValueError as error:
        raise _refused(entry, f"{error}, at {entry.value}") from None
    return found


def _refused(entry: EntryPoint, why: str) -> NoImporterError:
    return NoImporterError(f"the importer “{entry.name}” of the package {package_of(entry)} {why}")


def failure(importer: Importer, file: object, error: BaseException) -> str:
    """The sentence for an importer that has failed on a file."""
    return f"{_named(importer)} failed on {file}: {_in_one_line(error)}"


def _named(importer: Importer) -> str:
    entries = importers().get(importer.name, ())
    return f"the importer “{importer.name}”" + (f" of the package {package_of(entries[0])}" if entries else "")


def _in_one_line(error: BaseException) -> str:
    """An error of somebody else's code, in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:_LONGEST]}" if said else type(error).__name__


def _check_importer(found: Any, name: str) -> None:
    _need(isinstance(found, Importer), f"is no Importer but {_kind_of(found)}")
    _need(found.name == name, f"calls itself “{found.name}”")
    has_texts = isinstance(found.title, str) and isinstance(found.url, str)
    _need(has_texts and found.title, "has a title or an address that is no text")
    _need(callable(found.read), "has nothing that reads")
    kinds = [kind.value for kind in SourceKind]
    _need(found.kind in kinds, f"has a kind that no source has: {found.kind} ({', '.join(kinds)})")


# --- the answer of a reader ----------------------------------------------------------------------------------------

_HALF = re.compile("[\ud800-\udfff]")
_SCALARS = (str, bool, int, Decimal, datetime.date, PartialDate)
_TEXT, _LIST, _MAPPING = (str, "a text"), ((list, tuple), "a list"), (Mapping, "a mapping")
_SHAPES: Mapping[str, tuple[Any, str]] = {
    **dict.fromkeys(("model", "provider", "id", "region", "charges", "note", "remark"), _TEXT),
    **dict.fromkeys(("facts", "capabilities", "limits", "lifecycle"), _MAPPING),
    **dict.fromkeys(("prices", "results", "aliases"), _LIST),
}


def unusable(importer: Importer, found: Any, loss: Loss) -> str:
    """The sentence on the first wrong thing in the answer of an importer; empty where all is well."""
    try:
        _check(found)
        entries: object = loss.entries
        _need(isinstance(entries, int), f"`loss.entries` is a number, not “{entries}”")
    except ValueError as error:
        return f"{_named(importer)} gives what cannot be used: {error}"
    return ""


def _check(found: Any) -> None:
    _need(isinstance(found, Foreign), f"a Foreign is expected, not {_kind_of(found)}")
    _check_shape(found.listings, "listings", _LIST)
    for i, listing in enumerate(found.listings):
        _check_listing(listing, f"listings[{i}]")
    for table, entries in found.tables.items():
        _check_shape(entries, table, _MAPPING)
        for name, entry in entries.items():
            _check_shape(entry, f"{table}.{name}", _MAPPING)
            _check_value(entry, f"{table}.{name}")


def _check_listing(listing: Any, at: str) -> None:
    _check_shape(listing, at, (Listing, "a Listing"))
    for name, shape in _SHAPES.items():
        value = getattr(listing, name)
        _check_shape(value, f"{at}.{name}", shape)
        _check_value(value, f"{at}.{name}")
    _need(listing.model, f"`{at}.model` is empty")
    try:
        list(map(read_id, filter(None, (listing.model, listing.provider))))
    except ValueError as error:
        raise ValueError(f"`{at}`: {error}") from None
    _need(not BREAK.search(listing.remark), f"`{at}.remark` is a comment: it has one line")
    _check_shape(listing.facts.get("name", ""), f"{at}.facts.name", _TEXT)
    for line in (*listing.prices, *listing.results):
        _check_shape(line, f"{at}.prices or results", _MAPPING)
    for result in listing.results:
        _need(result.keys() >= {"benchmark", "score"}, f"`{at}.results` need `benchmark` and `score`")


def _check_value(value: Any, at: str) -> None:
    """Refuse values that no catalog can contain: a float, which is not exact, None, an object, half a character."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _check_shape(key, f"{at}.{key}", _TEXT)
            _check_value(inner, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            _check_value(inner, f"{at}[{i}]")
    else:
        _need(isinstance(value, _SCALARS), f"`{at}` cannot be {_kind_of(value)}")
        _need(not isinstance(value, Decimal) or value.is_finite(), f"`{at}` is a number, not {value}")
        _need(not _HALF.search(str(value)), f"`{at}` holds half a character")


def _check_shape(value: Any, at: str, shape: tuple[Any, str]) -> None:
    _need(isinstance(value, shape[0]), f"`{at}` is {shape[1]}, not {_kind_of(value)}")


def _need(is_right: object, why: str) -> None:
    if not is_right:
        raise ValueError(why)


def _kind_of(value: object) -> str:
    """The type of a value with an article, or nothing."""
    kind = type(value).__name__
    return "nothing" if value is None else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"

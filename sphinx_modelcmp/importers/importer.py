"""Importers, ours and those of other packages: their type, how one is found, and the check of what it reads.

Another package adds one by an entry point of the group ``sphinx_modelcmp.importers`` that names an ``Importer``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, TypeAlias

from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.catalog.scalars import PartialDate, read_id
from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.catalog.yaml.draft import BREAK
from sphinx_modelcmp.importers.listings import Foreign, Listing, Loss

Track: TypeAlias = Callable[[Collection[Any]], Iterable[Any]]
"""Passes things on one by one, and shows how many are still to come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of a reader."""

    scales: Mapping[str, str] = field(default_factory=dict)
    """Name of a benchmark, in any case, to its scale; ``*`` for all others."""
    mapping: Path | None = None
    """A file that says what the columns of a table are."""
    track: Track = iter
    """Every entry goes through it."""


Reader: TypeAlias = Callable[[Path, Asked, Loss], Foreign]
"""Reads a file or a folder, and counts what it leaves out. For what is unusable it raises ForeignError."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of foreign catalog."""

    name: str
    """Its name on the command line."""
    read: Reader
    title: str
    """Title of the source that facts get."""
    url: str = ""
    """Address of that source."""
    kind: str = "aggregator"
    """Kind of that source."""
    currency: str = "USD"
    """ISO 4217 code for amounts of lines that name none; empty for that of the catalog they come into."""


# --- the installed ones --------------------------------------------------------------------------------------------

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
        found = entry.load()
    except (Exception, SystemExit) as error:
        raise _refused(entry, f"cannot be loaded from {entry.value}: {in_one_line(error)}") from None
    if why := _unusable(found, name):
        raise _refused(entry, f"{why}, at {entry.value}")
    checked: Importer = found
    return checked


def _refused(entry: EntryPoint, why: str) -> NoImporterError:
    return NoImporterError(f"the importer “{entry.name}” of the package {package_of(entry)} {why}")


def in_one_line(error: BaseException) -> str:
    """An error of somebody else's code, in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:_LONGEST]}" if said else type(error).__name__


def _unusable(found: Any, name: str) -> str:
    """Why an importer cannot be used; empty where it can."""
    if not isinstance(found, Importer):
        return f"is no Importer but {_kind_of(found)}"
    if found.name != name:
        return f"calls itself “{found.name}”"
    if not all(isinstance(said, str) for said in (found.title, found.url)) or not found.title:
        return "has a title or an address that is no text"
    if not callable(found.read):
        return "has nothing that reads"
    kinds = [kind.value for kind in SourceKind]
    return "" if found.kind in kinds else f"has a kind that no source has: {found.kind} ({', '.join(kinds)})"


# --- the answer of a reader ----------------------------------------------------------------------------------------

_SCALARS = (str, bool, int, Decimal, datetime.date, PartialDate)
_TEXT, _LIST, _MAPPING = (str, "a text"), ((list, tuple), "a list"), (Mapping, "a mapping")
_SHAPES: Mapping[str, tuple[Any, str]] = {
    **dict.fromkeys(("model", "provider", "id", "region", "note", "remark"), _TEXT),
    **dict.fromkeys(("facts", "capabilities", "lifecycle"), _MAPPING),
    **dict.fromkeys(("prices", "results", "aliases"), _LIST),
}


def wrong_part(found: Any, loss: Loss) -> str:
    """The first wrong thing in a reader's answer, in words; empty where all is well."""
    entries: object = loss.entries
    if why := next(_wrong(found), ""):
        return why
    return "" if isinstance(entries, int) else f"`loss.entries` is a number, not “{entries}”"


def _wrong(found: Any) -> Iterator[str]:
    if not isinstance(found, Foreign):
        yield f"a Foreign is expected, not {_kind_of(found)}"
        return
    yield from _misshapen(found.listings, "listings", _LIST)
    for i, listing in enumerate(found.listings):
        yield from _wrong_listing(listing, f"listings[{i}]")
    for table, entries in found.tables.items():
        yield from _misshapen(entries, table, _MAPPING)
        for name, entry in entries.items():
            yield from _misshapen(entry, f"{table}.{name}", _MAPPING)
            yield from _wrong_value(entry, f"{table}.{name}")


def _wrong_listing(listing: Any, at: str) -> Iterator[str]:
    if not isinstance(listing, Listing):
        yield f"`{at}` is a Listing, not {_kind_of(listing)}"
        return
    for name, shape in _SHAPES.items():
        said = getattr(listing, name)
        yield from _misshapen(said, f"{at}.{name}", shape)
        yield from _wrong_value(said, f"{at}.{name}")
    if not listing.model:
        yield f"`{at}.model` is empty"
    yield from _wrong_ids(filter(None, (listing.model, listing.provider)), at)
    if BREAK.search(listing.remark):
        yield f"`{at}.remark` is a comment: it has one line"
    yield from _misshapen(listing.facts.get("name", ""), f"{at}.facts.name", _TEXT)
    for line in (*listing.prices, *listing.results):
        yield from _misshapen(line, f"{at}.prices or results", _MAPPING)
    if any({"benchmark", "score"} - result.keys() for result in listing.results):
        yield f"`{at}.results` need `benchmark` and `score`"


def _wrong_ids(names: Iterable[str], at: str) -> Iterator[str]:
    for name in names:
        try:
            read_id(name)
        except ValueError as error:
            yield f"`{at}`: {error}"


def _misshapen(value: Any, at: str, shape: tuple[Any, str]) -> Iterator[str]:
    if not isinstance(value, shape[0]):
        yield f"`{at}` is {shape[1]}, not {_kind_of(value)}"


def _wrong_value(value: Any, at: str) -> Iterator[str]:
    """Values that no catalog can contain: a float, which is not exact, None, an object, half a character."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _misshapen(key, f"{at}.{key}", _TEXT)
            yield from _wrong_value(inner, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _wrong_value(inner, f"{at}[{i}]")
    elif not isinstance(value, _SCALARS):
        yield f"`{at}` cannot be {_kind_of(value)}"
    elif isinstance(value, Decimal) and not value.is_finite():
        yield f"`{at}` is a number, not {value}"
    elif isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        yield f"`{at}` holds half a character"


def _kind_of(value: object) -> str:
    """The type of a value with an article, or nothing."""
    kind = type(value).__name__
    return "nothing" if value is None else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"

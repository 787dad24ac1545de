"""The importers that are installed: ours, and those of other packages, by entry points of one group."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.catalog.vocabulary import SourceKind
from sphinx_modelcmp.importers.contract import kind_of
from sphinx_modelcmp.importers.importer import Importer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

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
    """The packages that claim the name of an importer which is built in: that one is used."""
    first, *others = importers().get(name) or (None,)
    return tuple(map(package_of, others)) if first and _is_ours(first) else ()


def find_importer(name: str) -> Importer:
    """The importer of a name. Raises NoImporterError where there is none, or none that works."""
    entries = importers().get(name)
    if not entries:
        message = f"no importer “{name}”{nearest_or_all(name, importers())}"
        raise NoImporterError(message)
    entry = entries[0]
    if len(entries) > 1 and not _is_ours(entry):
        message = f"several packages have an importer “{name}”: {', '.join(map(package_of, entries))}; keep one of them"
        raise NoImporterError(message)
    try:
        found = entry.load()
    except (Exception, SystemExit) as error:
        raise _refused(entry, f"cannot be loaded from {entry.value}: {told(error)}") from None
    if not isinstance(found, Importer) or (why := _wrong(found, name)):
        why = why if isinstance(found, Importer) else f"is no Importer but {kind_of(found)}"
        raise _refused(entry, f"{why}, at {entry.value}")
    return found


def _refused(entry: EntryPoint, why: str) -> NoImporterError:
    return NoImporterError(f"the importer “{entry.name}” of the package {package_of(entry)} {why}")


def told(error: BaseException) -> str:
    """An error of somebody else's code, in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:_LONGEST]}" if said else type(error).__name__


def _wrong(found: Any, name: str) -> str:
    """Why an importer cannot be used; nothing where it can."""
    if found.name != name:
        return f"calls itself “{found.name}”"
    if not all(isinstance(said, str) for said in (found.title, found.url)) or not found.title:
        return "has a title or an address that is no text"
    if not callable(found.read):
        return "has nothing that reads"
    kinds = [kind.value for kind in SourceKind]
    return "" if found.kind in kinds else f"has a kind that no source has: {found.kind} ({', '.join(kinds)})"

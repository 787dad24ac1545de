"""The importers that are installed: ours, and those of other packages, by entry points of one group."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import nearest_or_all
from sphinx_modelcmp.importers.importer import Importer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

GROUP = "sphinx_modelcmp.importers"


class NoImporterError(LookupError):
    """No importer of a name, or one that cannot be loaded."""


@cache
def importers() -> Mapping[str, EntryPoint]:
    """Name to entry point, in the order of the names. Nothing is loaded."""
    return {found.name: found for found in sorted(entry_points(group=GROUP), key=lambda found: found.name)}


def find_importer(name: str) -> Importer:
    """The importer of a name. Raises NoImporterError where there is none, or none that works."""
    entry = importers().get(name)
    if entry is None:
        message = f"no importer “{name}”{nearest_or_all(name, importers())}"
        raise NoImporterError(message)
    try:
        found = entry.load()
    except Exception as error:
        message = f"the importer “{name}” cannot be loaded from {entry.value}: {error}"
        raise NoImporterError(message) from None
    if not isinstance(found, Importer):
        message = f"{entry.value}, which should be the importer “{name}”, is none"
        raise NoImporterError(message)
    return found

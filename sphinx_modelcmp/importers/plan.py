"""What an import would do to a catalog, before it does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.importers.sameness import shown

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from sphinx_modelcmp.catalog.places import Keys


@dataclass(frozen=True, slots=True)
class Mark:
    """What every imported fact carries."""

    source: str
    """Id of the source."""
    day: datetime.date
    """The day that the foreign file is of."""


class Kind(StrEnum):
    """What is done to a place in the catalog."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    """A price that holds no longer."""
    CONFIRMED = "confirmed"
    """Only the day is new."""
    GONE = "gone"
    """The source says this no longer; it stays, with the day on which it last did."""


class Change(NamedTuple):
    """One thing that an import does."""

    kind: Kind
    at: str
    old: str
    new: str


class Kept(NamedTuple):
    """What the catalog says from elsewhere, and the foreign one says otherwise: it stays."""

    at: str
    here: str
    there: str


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict)
    """The whole new text of every file that changes."""

    def change(self, kind: Kind, at: Keys, old: Any = None, new: Any = None) -> None:
        """Note something that is done."""
        self.changes.append(Change(kind, path_of(at), visible(shown(old)), visible(shown(new))))

    def keep(self, at: Keys, here: Any, there: Any) -> None:
        """Note something that is left alone."""
        self.kept.append(Kept(path_of(at), visible(shown(here)), visible(shown(there))))


def path_of(at: Keys) -> str:
    """A place as messages show it."""
    return visible(".".join(map(str, at)))

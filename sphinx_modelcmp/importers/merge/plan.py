"""The changes that an import makes, and what it leaves alone, as the report tells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.importers.merge.sameness import shown

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from sphinx_modelcmp.catalog.yaml.reader import Keys


@dataclass(frozen=True, slots=True)
class Mark:
    """The source and the day that every imported fact carries."""

    source: str
    """Id of the source."""
    day: datetime.date
    """The day that the foreign file is of."""


class Kind(StrEnum):
    """A kind of change."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    """A price that holds no longer."""
    CONFIRMED = "confirmed"
    """Only the day is new."""
    DATED = "given the day that it had from its source"
    """It names the source and no day, and the source has a later one now."""
    GONE = "gone"
    """The source says this no longer; it stays, with the day on which it last did."""
    NOTE_KEPT = "note kept beside a new value"
    """It may speak of the value that was there before."""


class Change(NamedTuple):
    """One thing that an import does."""

    kind: Kind
    at: str
    old: str
    new: str


class Kept(NamedTuple):
    """A place where the catalog and the source say different things: the catalog stays as it is."""

    at: str
    here: str
    there: str


@dataclass(slots=True)
class Notes:
    """The report of an import, or of the part of it that is about one model."""

    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def change(self, kind: Kind, at: Keys, old: Any = None, new: Any = None) -> None:
        """Note a change."""
        self.changes.append(Change(kind, path_of(at), visible(shown(old)), visible(shown(new))))

    def keep(self, at: Keys, here: Any, there: Any) -> None:
        """Note something that is left alone."""
        self.kept.append(Kept(path_of(at), visible(shown(here)), visible(shown(there))))

    def add(self, other: Notes) -> None:
        """Append the notes of a part."""
        self.changes += other.changes
        self.kept += other.kept


@dataclass(frozen=True, slots=True)
class Plan:
    """An import that has been thought through, and proved on the texts of the files."""

    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]
    files: dict[Path, str]
    """The whole new text of every file that changes: first those that define what the others name."""


def path_of(at: Keys) -> str:
    """A place as messages show it."""
    return visible(".".join(map(str, at)))

"""Looks that an author can choose, of headings and of tables, and the ids of a comparison on its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Heading(Enum):
    """The form of a section's title."""

    SECTION = "section"
    RUBRIC = "rubric"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The looks of tables."""

    classes: tuple[str, ...] = ()
    align: str = ""
    width: str = ""
    widths: tuple[int, ...] | str = ""
    """Relative column widths, or ``auto`` or ``grid``."""
    cards: bool = False
    """True if rows turn into cards on a phone."""


class Anchors:
    """The ids of the sections, tables and sources of one comparison: their names, after ``prefix`` where it has one.

    ``taken`` are the ids of its page. Those keep theirs; one of ours gets a number where it would meet them.
    """

    def __init__(self, prefix: str = "", taken: set[str] | None = None) -> None:
        self._prefix = prefix
        self._taken = set() if taken is None else taken
        self._given: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The id of a part, the same for every call."""
        if name not in self._given:
            self._given[name] = free(f"{self._prefix}-{name}" if self._prefix else name, self._taken)
            self._taken.add(self._given[name])
        return self._given[name]


def free(name: str, taken: set[str]) -> str:
    """The id, with a number where it is taken."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found

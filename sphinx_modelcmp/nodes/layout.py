"""Looks that an author can choose, of headings and of tables."""

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
    cards: bool | None = None
    """Whether rows turn into cards on a phone; None if this depends on the number of columns."""

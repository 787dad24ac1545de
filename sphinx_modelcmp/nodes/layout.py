"""What an author can say of the looks: of headings and of tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Heading(Enum):
    """What a section's title becomes."""

    SECTION = "section"
    RUBRIC = "rubric"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the author wants tables to look."""

    classes: tuple[str, ...] = ()
    align: str = ""
    width: str = ""
    widths: tuple[int, ...] | str = ""
    """Relative column widths, or ``auto`` or ``grid``."""
    cards: bool | None = None
    """Whether rows turn into cards on a phone; None where this depends on the number of columns."""

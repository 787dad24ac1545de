"""What a house asks of its catalog beyond what every catalog is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What a house asks of its catalog beyond what every catalog is asked."""

    stale_after: int | None = None
    """Days after which a fact is reported as old."""
    sources: frozenset[str] = frozenset()
    """Which of ``FACT_GROUPS`` must name their sources."""
    conflicts: bool = False
    """Whether sources that disagree are reported."""

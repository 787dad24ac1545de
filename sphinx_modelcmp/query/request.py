"""Requests for models by a query: what an author writes in a directive."""

from __future__ import annotations

from dataclasses import dataclass

ROWS = ("models", "routes")
UNDECIDED = ("count", "show", "include")
"""What becomes of models of which the catalog cannot say whether they match."""


def fact_names(text: str | None) -> tuple[str, ...]:
    """Names of facts with commas between them: ``month(bot), -input``."""
    return tuple(filter(None, (" ".join(part.split()) for part in (text or "").split(","))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Options of a directive that shows models by a query, or by their ids."""

    models: tuple[str, ...] = ()
    where: str = ""
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    """Names of facts, each with a ``-`` before it for the descending order."""
    group_by: str = ""
    limit: int | None = None
    traffic: str = ""
    rows: str = "models"
    undecided: str = "count"
    cards: bool = False

    @property
    def is_of_routes(self) -> bool:
        """True for a row a route."""
        return self.rows == "routes"

"""Problems to Sphinx warnings: ``modelcmp.<code>``, with the place in the catalog or on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.problems import Problem

logger = logging.getLogger(__name__)


def report(problem: Problem, location: str | tuple[str, int | None] | None = None) -> None:
    """Warn of a problem at its own place, else at the one given."""
    where = str(problem.where) if problem.where else location
    if isinstance(where, str) and ":" not in where:
        # Sphinx would take it for the name of a page, and add that page's suffix.
        where = f"{where}:"
    logger.warning("%s", problem.message, type="modelcmp", subtype=problem.code.slug, location=where)

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
    logger.warning("%s", problem.message, type="modelcmp", subtype=problem.code.slug, location=where)

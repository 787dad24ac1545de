"""Problems to Sphinx warnings or errors: ``modelcmp.<code>``, with the place in the catalog or on the page."""

from __future__ import annotations

import logging as stdlib_logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_modelcmp.catalog.problems import DEFAULT_SEVERITIES, Code, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from sphinx_modelcmp.catalog.problems import Problem

TYPE = "modelcmp"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Severities:
    """The severities of problems in one documentation."""

    codes: Mapping[Code, Severity] = field(default_factory=dict)
    """Severities of codes, which have precedence."""
    groups: Mapping[str, Severity] = field(default_factory=dict)
    """Severities of facts without sources, by group."""

    def of(self, problem: Problem) -> Severity:
        """The severity of a problem."""
        if problem.code in self.codes:
            return self.codes[problem.code]
        return self.groups.get(problem.group, DEFAULT_SEVERITIES[problem.code])

    def asks_for(self, code: Code) -> bool:
        """Whether problems with this code are reported."""
        return self.codes.get(code, DEFAULT_SEVERITIES[code]) is not Severity.OFF

    @property
    def sourced_groups(self) -> frozenset[str]:
        """The groups of facts that must name their sources."""
        return frozenset(group for group, severity in self.groups.items() if severity is not Severity.OFF)


def report(problem: Problem, severities: Severities, location: str | tuple[str, int | None] | None = None) -> None:
    """Report a problem at its own place, or else at the given one, as its severity demands."""
    severity = severities.of(problem)
    if severity is Severity.OFF:
        return
    where = str(problem.where) if problem.where else location
    message = problem.message
    if isinstance(where, str) and ":" not in where:
        # Sphinx would take a file without a line for the name of a page, and add that page's suffix.
        message, where = f"{where}: {message}", None
    log = {Severity.NOTE: logger.info, Severity.ERROR: logger.error}.get(severity, logger.warning)
    log("%s", message, type=TYPE, subtype=problem.code.slug, location=where)


class FailOnErrors(stdlib_logging.Handler):
    """Makes our errors fail a build, also without ``-W``, but only at its end.

    It listens to Sphinx's own log, which repeats the errors of reading processes in the one that started them.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(stdlib_logging.ERROR)
        self.app = app

    def emit(self, record: stdlib_logging.LogRecord) -> None:
        """Note an error of ours that nobody has suppressed."""
        subtype = getattr(record, "subtype", "")
        suppressed = self.app.config.suppress_warnings
        if getattr(record, "type", "") == TYPE and not logging.is_suppressed_warning(TYPE, subtype, suppressed):
            self.app.statuscode = 1


def fail_on_errors(app: Sphinx) -> None:
    """Listen from now on. Sphinx drops the listeners of one build when it sets up the log of the next."""
    stdlib_logging.getLogger(logging.NAMESPACE).addHandler(FailOnErrors(app))

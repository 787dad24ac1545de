"""``.. model-compare::`` - asks the catalog, and leaves the answer's blocks for the transform that places them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.options import OPTION_SPEC, Display, read_display, read_request
from sphinx_modelcmp.ext.reporting import report
from sphinx_modelcmp.ext.translations import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.ext.answering import Answered
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.structured.payload import Published


NO_CATALOG = Problem(Code.CATALOG_FILE, "no catalog is configured: set modelcmp_catalog in conf.py")
NO_MODELS = Problem(Code.CATALOG_FILE, "no model could be read from the catalog")


class comparison_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where a comparison goes. Gone before the page's transforms are over; its children are the author's verdict."""

    sections: tuple[Section, ...]
    published: Published | None
    display: Display
    title: str
    models: tuple[str, ...]


class ModelCompare(SphinxDirective):
    """Compare the models named, with the options of ``ext/options.py``."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = OPTION_SPEC

    def run(self) -> list[nodes.Node]:
        """The place of the comparison, after a notice of what is wrong with it."""
        # Late: a build that reads no page that compares anything has no use for most of this package.
        from sphinx_modelcmp.ext.answering import answered  # noqa: PLC0415

        domain, display = domain_of(self.env), read_display(self.options)
        request = read_request(self.arguments[0], self.options)
        found = answered(domain, request, translated(self.env, display.caption))
        domain.note(self.env.docname, found.use)
        verdict = self.parse_content_to_nodes() if self.content else []
        place = [self._place(found, display, verdict)] if found.use.models else verdict
        return [*self._notices(self._problems(found)), *place]

    def _place(self, found: Answered, display: Display, verdict: Sequence[nodes.Node]) -> comparison_place:
        place = comparison_place("", *verdict)
        place.display = display
        place.sections = found.sections
        place.published = found.published
        place.title = found.use.title
        place.models = found.use.models
        self.set_source_info(place)
        return place

    def _problems(self, found: Answered) -> tuple[Problem, ...]:
        """What is wrong with the answer. Without a catalog every name in the request would be."""
        if not self.config.modelcmp_catalog:
            return (NO_CATALOG,)
        return found.problems if domain_of(self.env).catalog.models else (NO_MODELS,)

    def _notices(self, problems: Sequence[Problem]) -> list[nodes.Node]:
        domain = domain_of(self.env)
        for problem in problems:
            if problem is not NO_MODELS or not domain.has_reported_catalog:
                report(problem, domain.severities, self.get_location())
        if not problems:
            return []
        from sphinx_modelcmp.nodes.build import notice  # noqa: PLC0415 - late, too

        lines = [f"{problem.message[:1].upper()}{problem.message[1:].rstrip('.?')}." for problem in problems]
        return [notice(self.get_source_info(), lines)]

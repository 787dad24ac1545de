"""``.. model-compare::`` - asks the catalog, and leaves the answer's blocks for the transform that places them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.compare.comparison import compare
from sphinx_modelcmp.compare.digest import digest_of
from sphinx_modelcmp.ext.domain import Use
from sphinx_modelcmp.ext.loading import domain_of
from sphinx_modelcmp.ext.options import OPTION_SPEC, Display, read_display, read_request
from sphinx_modelcmp.ext.reporting import report
from sphinx_modelcmp.nodes import notice
from sphinx_modelcmp.sections.blocks import Section, Table
from sphinx_modelcmp.sections.words import words_of
from sphinx_modelcmp.sections.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.compare.comparison import Answer, Comparison
    from sphinx_modelcmp.compare.request import Request


NO_CATALOG = Problem(Code.CATALOG_FILE, "no catalog is configured: set modelcmp_catalog in conf.py")


class comparison_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where a comparison goes. Gone before the page's transforms are over; its children are the author's verdict."""

    sections: tuple[Section, ...]
    display: Display
    title: str
    anchor: str


class ModelCompare(SphinxDirective):
    """Compare the models named, with the options of ``ext/options.py``."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = OPTION_SPEC

    def run(self) -> list[nodes.Node]:
        """The place of the comparison, after a notice of what is wrong with it."""
        domain, request = domain_of(self.env), read_request(self.arguments[0], self.options)
        answer = compare(domain.catalog, request, domain.settings)
        found = answer.comparison
        title = words_of(self.config.language).list(model.name for model in found.models) if found else ""
        domain.note(self.env.docname, _use(request, answer, title))
        verdict = self.parse_content_to_nodes() if self.content else []
        return [*self._notices(answer), *([self._place(found, title, verdict)] if found else verdict)]

    def _place(self, found: Comparison, title: str, verdict: Sequence[nodes.Node]) -> comparison_place:
        place = comparison_place("", *verdict)
        place.display = read_display(self.options)
        place.sections = captioned(write(found, self.config.language), place.display.caption)
        place.title = title
        place.anchor = nodes.make_id(place.display.name or "-".join(("cmp", *found.ids)))
        self.set_source_info(place)
        return place

    def _notices(self, answer: Answer) -> list[nodes.Node]:
        problems = answer.problems if self.config.modelcmp_catalog else (NO_CATALOG,)
        for problem in problems:
            report(problem, domain_of(self.env).severities, self.get_location())
        if not problems:
            return []
        lines = [f"{problem.message[:1].upper()}{problem.message[1:].rstrip('.?')}." for problem in problems]
        return [notice(self.get_source_info(), lines)]


def _use(request: Request, answer: Answer, title: str) -> Use:
    found = answer.comparison
    models = found.models if found else ()
    held = ((model.id, model.lifecycle.successor) for model in models if model.lifecycle)
    successions = tuple((model, successor) for model, successor in held if successor)
    return Use(request, digest_of(answer), tuple(model.id for model in models), title, successions)


def captioned(sections: tuple[Section, ...], caption: str) -> tuple[Section, ...]:
    """The sections with the first table's caption changed, where the author gave one."""
    if not caption:
        return sections
    for i, section in enumerate(sections):
        for j, block in enumerate(section.blocks):
            if isinstance(block, Table):
                blocks = (*section.blocks[:j], replace(block, caption=caption), *section.blocks[j + 1 :])
                return (*sections[:i], replace(section, blocks=blocks), *sections[i + 1 :])
    return sections

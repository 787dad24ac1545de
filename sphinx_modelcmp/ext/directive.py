"""``.. model-compare::``, its options, and the place that a transform replaces by the catalog's answer."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.compare.comparison import VERDICTS, Request
from sphinx_modelcmp.ext.config import report
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.translations import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sphinx_modelcmp.ext.render import Answered


NO_CATALOG = Problem(Code.CATALOG_FILE, "no catalog is configured: set modelcmp_catalog in conf.py")
NO_MODELS = Problem(Code.CATALOG_FILE, "no model could be read from the catalog")

HEADINGS = ("auto", "section", "rubric", "none")
LAYOUTS = {"columns": False, "cards": True}
"""For each layout, whether rows turn into cards on a phone."""


def names(argument: str | None) -> tuple[str, ...]:
    """Names with spaces, commas or line ends between them."""
    return tuple((argument or "").replace(",", " ").split())


def _text(argument: str | None) -> str:
    return " ".join((argument or "").split())


def _one_of(names: Collection[str], argument: str) -> str:
    word = argument.strip()
    if word not in names:
        message = f"“{word}” is not one of {', '.join(names)}{did_you_mean(word, names)}"
        raise ValueError(message)
    return word


def _layout(argument: str) -> bool:
    return LAYOUTS[_one_of(LAYOUTS, argument)]


def _flag(argument: str | None) -> bool:
    directives.flag(argument)
    return True


def _widths(argument: str) -> tuple[int, ...] | str:
    if argument.strip() in {"auto", "grid"}:
        return argument.strip()
    return tuple(directives.positive_int_list(argument))


class Options:
    """The options of ``model-compare``: the reader of each, and its documentation."""

    sections = names
    """The sections to write, in this order."""
    exclude = names
    """Sections to leave out."""
    benchmarks = names
    """The benchmarks to show, by id, in this order."""
    fields = names
    """The rows that tables show, by name, in this order: built-in ones and the catalog’s own."""
    traffic = _text
    """The workload of the monthly cost: a name from the catalog, or
    `requests=300000 input=3000 output=400 cache-hit=60% cache-write=10% batch=0`.
    """
    only_differences = _flag
    """Leave out the rows that say the same of every model."""
    unknown_rows = _flag
    """Keep the rows that are unknown for every model, which a line below the table names otherwise."""
    verdict = partial(_one_of, VERDICTS)
    """What the summary opens with: `author`, the text in the directive; `computed`, what the figures decide, without
    that text; `both`, the default, the one after the other.
    """
    all_routes = _flag
    """Give the monthly cost at every route too, in a second table."""
    transpose = _flag
    """Give tables of facts a row for each model and a column for each fact, as support matrices have."""
    headings = partial(_one_of, HEADINGS)
    """`section` for real sections, `rubric` for headings outside the contents, `none` for no headings. `auto`, the
    default, writes sections where they can stand and rubrics elsewhere.
    """
    caption = _text
    """The caption of the first table."""
    layout = _layout
    """What a phone makes of tables: `columns`, the default, lets them scroll; `cards` turns each row into a card."""
    class_ = directives.class_option
    """Classes for every table."""
    name = directives.unchanged
    """A label for `:ref:`, and the start of the anchors."""
    align = partial(directives.choice, values=("left", "center", "right"))
    """`left`, `center` or `right`, for every table."""
    width = directives.length_or_percentage_or_unitless
    """The width of every table."""
    widths = _widths
    """`auto`, `grid`, or the relative widths of the columns."""


OPTIONS: dict[str, Callable[[str], Any]] = {
    name.rstrip("_").replace("_", "-"): read for name, read in vars(Options).items() if not name.startswith("__")
}
"""Every option by its name in a directive."""


class comparison_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """The place of a comparison until the page's transforms are over; its children are the author's verdict."""

    answer: Answered
    options: Mapping[str, Any]
    """Those of its directive."""


class ModelCompare(SphinxDirective):
    """Compare the models named."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = OPTIONS

    def run(self) -> list[nodes.Node]:
        """The place of the comparison, after a notice of any problems."""
        # Late: a build that reads no page that compares anything has no use for most of this package.
        from sphinx_modelcmp.ext.render import answered  # noqa: PLC0415

        domain = domain_of(self.env)
        given = {name.replace("-", "_"): value for name, value in self.options.items()}
        asked = {item.name: given[item.name] for item in fields(Request) if item.name in given}
        request = Request(**asked, models=names(self.arguments[0]))
        found = answered(domain, request, translated(self.env, given.get("caption", "")))
        domain.note(self.env.docname, found.use)
        verdict = self.parse_content_to_nodes() if self.content and request.verdict != "computed" else []
        notices = self._notices(self._problems(found))
        if not found.use.models:
            return [*notices, *verdict]
        place = comparison_place("", *verdict)
        place.answer, place.options = found, self.options
        self.set_source_info(place)
        return [*notices, place]

    def _problems(self, found: Answered) -> tuple[Problem, ...]:
        """The problems of the answer. Without a catalog every name in the request would be one."""
        if not self.config.modelcmp_catalog:
            return (NO_CATALOG,)
        return found.problems if domain_of(self.env).catalog.models else (NO_MODELS,)

    def _notices(self, problems: Sequence[Problem]) -> list[nodes.Node]:
        domain = domain_of(self.env)
        for problem in problems:
            if problem is not NO_MODELS or not domain.has_reported_catalog:
                report(problem, domain.config, self.get_location())
        if not problems:
            return []
        from sphinx_modelcmp.nodes.build import notice  # noqa: PLC0415 - late, too

        lines = [f"{problem.message[:1].upper()}{problem.message[1:].rstrip('.?')}." for problem in problems]
        return [notice(self.get_source_info(), lines)]

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
from sphinx_modelcmp.query.request import ROWS, UNDECIDED, Selection, fact_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sphinx_modelcmp.ext.render import Answered


NO_CATALOG = Problem(Code.CATALOG_FILE, "no catalog is configured: set modelcmp_catalog in conf.py")
NO_MODELS = Problem(Code.CATALOG_FILE, "no model could be read from the catalog")

HEADINGS = ("auto", "section", "rubric", "none")
LAYOUTS = {"columns": False, "cards": True}
"""For each layout, whether rows turn into cards on a phone."""


def names(argument: str | None = None) -> tuple[str, ...]:
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


class Looks:
    """The options of every directive: the reader of each, and its documentation."""

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


class Options(Looks):
    """The options of ``model-compare``: the reader of each, and its documentation."""

    where = _text
    """A query in place of ids: the models compared are those that it matches."""
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


class ListingOptions(Looks):
    """The options of ``model-table`` and ``model-card``: the reader of each, and its documentation."""

    where = _text
    """A query: the models that are shown. Without one, all."""
    columns = fact_names
    """The facts that are shown, in this order, with commas between them: `context_window, input, month(bot)`."""
    sort = fact_names
    """The facts that the rows are sorted by, each with a `-` before it for the descending order. What has no value
    comes last.
    """
    group_by = _text
    """A fact: a table for each of its values."""
    limit = directives.nonnegative_int
    """The most rows; a line below says how many more match."""
    traffic = _text
    """Adds the cost of a month of a workload as the last column; `sort: month` sorts by it."""
    rows = partial(_one_of, ROWS)
    """`models`, the default, or `routes`: a row for each provider of a model, with what holds there."""
    undecided = partial(_one_of, UNDECIDED)
    """What becomes of models of which the catalog cannot say whether they match: `count`, the default, counts them
    below the table, with the facts that are lacking; `show` names them there, too; `include` gives them rows, with a
    note.
    """
    empty = _text
    """The text in place of a table without rows."""


def _readers(options: type) -> dict[str, Callable[[str], Any]]:
    held = {name: read for kind in options.__mro__[:-1] for name, read in vars(kind).items() if name[0] != "_"}
    return {name.rstrip("_").replace("_", "-"): read for name, read in held.items()}


OPTIONS = _readers(Options)
"""Every option of a comparison by its name in a directive."""
LISTING_OPTIONS = _readers(ListingOptions)
"""Every option of a table of models, and of cards."""


class comparison_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """The place of a comparison until the page's transforms are over; its children are the author's verdict."""

    answer: Answered
    options: Mapping[str, Any]
    """Those of its directive."""


class FromCatalog(SphinxDirective):
    """Base of the directives that write what the catalog answers."""

    optional_arguments = 1
    final_argument_whitespace = True

    def _given(self, record: type) -> dict[str, Any]:
        """The options that are fields of a request."""
        given = {name.replace("-", "_"): value for name, value in self.options.items()}
        return {item.name: given[item.name] for item in fields(record) if item.name in given}

    def _place(self, found: Answered, verdict: list[nodes.Node]) -> list[nodes.Node]:
        """The place of an answer, after a notice of any problems."""
        domain_of(self.env).note(self.env.docname, found.use)
        notices = self._notices(self._problems(found))
        if not found.sections:
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


class ModelCompare(FromCatalog):
    """Compare the models named, or those that a query matches."""

    has_content = True
    option_spec: ClassVar = OPTIONS

    def run(self) -> list[nodes.Node]:
        """The comparison."""
        # Late: a build that reads no page that compares anything has no use for most of this package.
        from sphinx_modelcmp.ext.render import answered  # noqa: PLC0415

        request = Request(**self._given(Request), models=names(*self.arguments))
        caption = translated(self.env, self.options.get("caption", ""))
        found = answered(domain_of(self.env), request, caption)
        is_quoted = self.content and request.verdict != "computed"
        return self._place(found, self.parse_content_to_nodes() if is_quoted else [])


class ModelTable(FromCatalog):
    """List the models that a query matches: a row each."""

    option_spec: ClassVar = LISTING_OPTIONS
    cards = False

    def run(self) -> list[nodes.Node]:
        """The table."""
        from sphinx_modelcmp.ext.render import listed  # noqa: PLC0415 - late, too

        selection = Selection(**self._given(Selection), models=names(*self.arguments), cards=self.cards)
        words = (translated(self.env, self.options.get(name, "")) for name in ("caption", "empty"))
        return self._place(listed(domain_of(self.env), selection, *words), [])


class ModelCard(ModelTable):
    """Show models as cards: what each is, and its facts."""

    cards = True

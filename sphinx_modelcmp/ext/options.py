"""The options of the directive, each declared once with its help, and what they become."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils.parsers.rst import directives

from sphinx_modelcmp.catalog.problems import did_you_mean
from sphinx_modelcmp.compare.comparison import Request
from sphinx_modelcmp.nodes.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

HEADINGS = ("auto", "section", "rubric", "none")
LAYOUTS: dict[str, bool | None] = {"auto": None, "columns": False, "cards": True}
"""The name of a layout, and whether rows turn into cards on a phone."""


class Option(NamedTuple):
    """How an option is read, and what it does."""

    read: Callable[[str], Any]
    explanation: str


def names(argument: str | None) -> tuple[str, ...]:
    """Names with spaces, commas or line ends between them."""
    return tuple(name for name in re.split(r"[\s,]+", argument or "") if name)


def _text(argument: str | None) -> str:
    return " ".join((argument or "").split())


def _one_of(names: Collection[str], argument: str) -> str:
    word = argument.strip()
    if word not in names:
        message = f"“{word}” is not one of {', '.join(names)}{did_you_mean(word, names)}"
        raise ValueError(message)
    return word


def _headings(argument: str) -> str:
    return _one_of(HEADINGS, argument)


def _layout(argument: str) -> str:
    return _one_of(LAYOUTS, argument)


def _align(argument: str) -> str:
    return directives.choice(argument, ("left", "center", "right"))


def _widths(argument: str) -> tuple[int, ...] | str:
    if argument.strip() in {"auto", "grid"}:
        return argument.strip()
    return tuple(directives.positive_int_list(argument))


OPTIONS: dict[str, Option] = {
    "sections": Option(names, "The sections to write, in this order."),
    "exclude": Option(names, "Sections to leave out."),
    "benchmarks": Option(names, "The benchmarks to show, by id, in this order."),
    "fields": Option(names, "The rows that tables show, by name: built-in ones and the catalog’s own."),
    "traffic": Option(
        _text,
        "The workload of the monthly cost: a name from the catalog, or "
        "`requests=300000 input=3000 output=400 cache-hit=60% batch=0`.",
    ),
    "only-differences": Option(directives.flag, "Leave out the rows that say the same of every model."),
    "all-routes": Option(directives.flag, "Give the monthly cost at every route too, in a second table."),
    "transpose": Option(
        directives.flag,
        "Give tables of facts a row for each model and a column for each fact, as support matrices have.",
    ),
    "headings": Option(
        _headings,
        "`section` for real sections, `rubric` for headings outside the contents, `none` for no headings. "
        "`auto`, the default, writes sections where they can stand and rubrics elsewhere.",
    ),
    "caption": Option(_text, "The caption of the first table."),
    "layout": Option(
        _layout,
        "What a phone makes of tables: `columns` lets them scroll, `cards` turns each row into a card; `auto`, the "
        "default, makes cards of tables with five columns and more.",
    ),
    "class": Option(directives.class_option, "Classes for every table."),
    "name": Option(directives.unchanged, "A label for `:ref:`, and the start of the anchors."),
    "align": Option(_align, "`left`, `center` or `right`, for every table."),
    "width": Option(directives.length_or_percentage_or_unitless, "The width of every table."),
    "widths": Option(_widths, "`auto`, `grid`, or the relative widths of the columns."),
}
"""Every option of ``model-compare``."""

OPTION_SPEC = {name: option.read for name, option in OPTIONS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """How a comparison stands on its page."""

    headings: str = "auto"
    caption: str = ""
    name: str = ""
    layout: Layout = field(default_factory=Layout)


def read_request(arguments: str, options: dict[str, Any]) -> Request:
    """What the directive asks of the catalog."""
    return Request(
        models=names(arguments),
        sections=options.get("sections", ()),
        exclude=options.get("exclude", ()),
        benchmarks=options.get("benchmarks", ()),
        fields=options.get("fields", ()),
        traffic=options.get("traffic", ""),
        only_differences="only-differences" in options,
        all_routes="all-routes" in options,
        transpose="transpose" in options,
    )


def read_display(options: dict[str, Any]) -> Display:
    """How the directive wants it shown."""
    layout = Layout(
        classes=tuple(options.get("class", ())),
        align=options.get("align", ""),
        width=options.get("width", ""),
        widths=options.get("widths", ""),
        cards=LAYOUTS[options.get("layout", "auto")],
    )
    return Display(
        headings=options.get("headings", "auto"),
        caption=options.get("caption", ""),
        name=options.get("name", ""),
        layout=layout,
    )

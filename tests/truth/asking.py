"""Every claim that the package makes of a raw catalog, with the reasons why it is false."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.breakeven import break_evens
from sphinx_modelcmp.plan.turns import turns
from sphinx_modelcmp.sections.blocks import Table
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.sections.sentences import statements_in
from sphinx_modelcmp.structured.build import publish
from tests.compare.making import catalog_of, compared
from tests.truth.meaning import Judge
from tests.truth.worlds import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.sentences import Statement
    from sphinx_modelcmp.structured.payload import Published
    from tests.truth.worlds import Tree

NEEDS_MORE = {"certain_size", "evidence_for", "level_months"}
"""Functions that ask for more than a comparison, or are asked otherwise."""
_MARKS = re.compile(r" \[.*")
COUNTED = ("months", "cheaper_month")
"""Functions whose claims depend on the workload."""
STATED = {
    *("context_window", "max_output", "max_input", "knowledge_cutoff", "released", "architecture", "license"),
    *("openness", "gpu", "kv", "vision", "reasoning", "tool_use"),
}
"""Rows whose values stand in the catalog as they are shown."""


@dataclass(frozen=True)
class Starred:
    """The better values of a row, as a table marks them."""

    field: str
    stars: tuple[str, ...]


@dataclass(frozen=True)
class Differing:
    """A row that is marked because its values differ."""

    field: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of the page."""

    text: str
    evidence: tuple[Any, ...]
    is_repeated: bool
    """A disagreement of sources that the page has told before."""


@dataclass(frozen=True)
class Listed:
    """A cell of the price lists, with the text of each of its lines by the conditions before it."""

    model: str
    route: str
    component: str
    prices: tuple[tuple[str, str], ...]
    is_repeated: bool
    """Another row of the list reads alike."""


@dataclass(frozen=True)
class Verdict:
    """A claim with the reasons why it is false in a world that the catalog allows; none where it is true."""

    kind: str
    asked: str
    claim: Any
    reasons: tuple[str, ...]


@cache
def functions() -> dict[str, Callable[[Comparison], Any]]:
    """The public functions that make claims of a comparison."""
    found: dict[str, Callable[[Comparison], Any]] = {}
    for name, function in vars(claims).items():
        if inspect.isfunction(function) and function.__module__ == claims.__name__ and not name.startswith("_"):
            first, *others = inspect.signature(function).parameters.values()
            if first.name == "comparison" and name not in NEEDS_MORE:
                assert all(one.default is not one.empty or one.kind is one.VAR_POSITIONAL for one in others), name
                found[name] = function
    return found


def verdicts(tree: Tree) -> Iterator[Verdict]:
    """Everything that is claimed of all models of a catalog, judged; the months at each of its workloads."""
    world, catalog = World(tree), catalog_of(tree)
    for i, (name, traffic) in enumerate(tree["traffic"].items()):
        judge, comparison = Judge(world, traffic), compared(catalog, traffic=name)
        for asked, claim in (*(_claims(comparison) if i == 0 else ()), *_counted(comparison)):
            yield Verdict(type(claim).__name__, asked, claim, tuple(judge.reasons(claim)))


def _claims(comparison: Comparison) -> Iterator[tuple[str, Any]]:
    for name, function in functions().items():
        if name not in COUNTED:
            yield from ((name, claim) for claim in _each(function(comparison)))
    page = Page(comparison, language_of("en"))
    sections = sections_of(page)
    yield from (("page", claim) for claim in _said(statements_in(page, sections)))
    yield from (("page", claim) for claim in _marked(publish(page, sections, {"json"})))
    yield from (("page", claim) for claim in (*_cheapest(page, sections), *_listed(sections)))


def _counted(comparison: Comparison) -> Iterator[tuple[str, Any]]:
    """What depends on the workload."""
    for name in COUNTED:
        yield from ((name, claim) for claim in _each(functions()[name](comparison)))
    for i, model in enumerate(comparison.models):
        others, traffic, day = comparison.models[i + 1 :], comparison.traffic, comparison.day
        found = break_evens(comparison.catalog, model, others, traffic, day)
        yield from (("break_evens", claim) for claim in found)
        # Of all models of a catalog hardly ever.
        for pair in (replace(comparison, models=(model, other)) for other in others):
            level, cheaper = claims.level_months(pair), claims.cheaper_month(pair)
            yield from (("level_months", claim) for claim in _each(level))
            yield from (("turns", claim) for claim in turns(pair, level or cheaper))


def _said(found: Iterable[Statement]) -> Iterator[Sentence]:
    told = set()
    for item in found:
        is_dispute = item.text.startswith("Sources disagree")
        yield Sentence(item.text, item.evidence, is_dispute and item.text in told)
        told.add(item.text)


def _marked(found: Published | None) -> Iterator[Any]:
    """The stars and the marks of the tables."""
    for row in found.record["rows"] if found else ():
        if row["best"]:
            yield Starred(row["name"], tuple(row["best"]))
        if row["differs"] and row["name"] in STATED:
            yield Differing(row["name"])


def _cheapest(page: Page, sections: Iterable[Section]) -> Iterator[Starred]:
    """The star of the table of months."""
    table, *_ = _tables(sections, "cost")
    rows = zip(page.models, table.rows, strict=True)
    if stars := [model.id for model, row in rows if any("best" in cell.marks for cell in row.cells)]:
        yield Starred("month", tuple(stars))


def _listed(sections: Iterable[Section]) -> Iterator[Listed]:
    """The cells of the price lists."""
    seen = set()
    for table in (table for table in _tables(sections, "pricing") if table.caption.startswith("Price list of ")):
        model = table.caption.removeprefix("Price list of ").partition(" on ")[0]
        for row in table.rows:
            route = _MARKS.sub("", row.head.text)
            for head, cell in zip(table.header[1:], row.cells, strict=True):
                lines = (line.rpartition(": ")[::2] for line in cell.text.split("; "))
                yield Listed(model, route, head.text, tuple(lines), (model, route) in seen)
            seen.add((model, route))


def _tables(sections: Iterable[Section], name: str) -> list[Table]:
    blocks = (block for section in sections if section.name == name for block in section.blocks)
    return [block for block in blocks if isinstance(block, Table)]


def _each(found: Any) -> Iterator[Any]:
    yield from found if isinstance(found, tuple | list) else () if found is None else (found,)

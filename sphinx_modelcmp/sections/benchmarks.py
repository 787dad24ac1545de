"""Scores: a row for each benchmark and each extent to which its scores may be compared."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.results import TELLING, Comparability, conditions_of, unstated
from sphinx_modelcmp.sections import blocks
from sphinx_modelcmp.sections.blocks import Block, Cell, Inline, TableRow, Text, cell
from sphinx_modelcmp.sections.citations import Notes, marked, spaced
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import benchmark_text, conditions_text, interval_text
from sphinx_modelcmp.sections.tables import models_head, stale_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Result
    from sphinx_modelcmp.compare.results import ApartResult, Conditions, SharedResult

SAME_TEST = mark("Same test")
REPLACED = mark("Another score of this test counts")
UNSETTLED = mark("No date says which score counts")
OWN_SETTINGS = mark("Each at its own setting")
ALONE = mark("Only one model")
APART = {
    Comparability.OWN_SETTINGS: mark("One source"),
    Comparability.ATTRIBUTED: mark("A maker’s own table"),
    Comparability.DIFFERENT_SOURCES: mark("Different sources"),
    None: ALONE,
}
KINDS = (SAME_TEST, REPLACED, UNSETTLED, OWN_SETTINGS, *APART.values())
"""How far the scores of a row may be compared, the closest first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Scores on one benchmark that may all be compared to the same extent."""

    kind: str
    name: str
    results: tuple[tuple[Result, ...], ...]
    """Those of each model, in the order of the models."""
    shared: SharedResult | None = None

    def in_common(self, catalog: Catalog) -> tuple[Conditions, list[str]]:
        """The conditions that all of them state alike, and the names of the telling ones that none states."""
        held = [conditions_of(catalog, result) for result in chain(*self.results)]
        alike = tuple(values[0] if len({*values}) == 1 else None for values in zip(*held, strict=True))
        return alike, [name for name in TELLING if all(name in unstated(conditions) for conditions in held)]


def build(page: Page) -> tuple[Block, ...]:
    """A table, and a sentence where no two results may be ranked."""
    shared, apart = page.results
    missing = () if shared or (page.is_single and apart) else (blocks.paragraph(blocks.Said(_nothing(page))),)
    return (*missing, *(_table(page) if shared or apart else ()))


def _nothing(page: Page) -> str:
    model, is_chosen = page.models[0], bool(page.comparison.benchmarks)
    if page.results[1]:
        return page.say("No two results of these models are known to be comparable.")
    if page.is_single and is_chosen:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of {model}.", model=model)
    if page.is_single:
        return page.say("The catalog holds no benchmark result of {model}.", model=model)
    if is_chosen:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of these models.")
    return page.say("The catalog holds no benchmark result of these models.")


def _table(page: Page) -> tuple[Block, ...]:
    """The table with its notes. A single model has nothing to be compared to."""
    notes = Notes()
    heads = models_head(page, page.say("Benchmark"), notes)
    kind = () if page.is_single else (cell(page.say("Comparability")),)
    rows = tuple(_table_row(page, row, notes) for row in _rows(page))
    caption = page.say("Benchmark results of {model}", model=page.all_names())
    return (blocks.Table(caption, (*heads, *kind), rows), *notes.blocks())


def _rows(page: Page) -> list[_Row]:
    """Benchmarks that the page chooses come in its order, all others by how far their scores may be compared."""
    shared, apart = page.results
    wanted = page.comparison.benchmarks
    rows = [_Row(SAME_TEST, row.name, tuple((held,) if held else () for held in row.results), row) for row in shared]
    groups: dict[object, list[ApartResult]] = {}
    for item in apart:
        key = (item.result.benchmark, _kind(item), item.origin)
        groups.setdefault(id(item) if page.is_single else key, []).append(item)
    for items in groups.values():
        results = tuple(tuple(item.result for item in items if item.model is model) for model in page.models)
        rows.append(_Row(_kind(items[0]), items[0].result.benchmark, results))
    return sorted(rows, key=lambda row: (wanted.index(row.name) if wanted else 0, KINDS.index(row.kind)))


def _kind(item: ApartResult) -> str:
    if item.preferred or item.unsettled:
        return REPLACED if item.preferred else UNSETTLED
    is_known_to_differ = any(part.here and part.there for part in item.differs)
    is_own = is_known_to_differ and item.comparability is Comparability.OWN_SETTINGS
    return OWN_SETTINGS if is_own else APART[item.comparability]


def _table_row(page: Page, row: _Row, notes: Notes) -> TableRow:
    head = _head(page, row, notes)
    cells = [_cell(page, row, i, notes) for i in range(len(page.models))]
    kind = () if page.is_single else (cell(page.say(row.kind)),)
    return TableRow(head, (*cells, *kind))


def _head(page: Page, row: _Row, notes: Notes) -> Cell:
    """The benchmark with its meaning, what all scores have in common, and the author's note."""
    benchmark = page.catalog.benchmarks[row.name]
    meaning, name = page.plain(benchmark.description), benchmark.name
    unlinked = blocks.Term(name, meaning) if meaning else Text(name)
    alike, silent = row.in_common(page.catalog)
    remarks = _remarks(page, row.shared) if row.shared else ()
    said = benchmark_text(page, benchmark, alike, () if row.kind == ALONE else silent, remarks)
    noted = [notes.add(page.prose(benchmark.note))] if benchmark.note else []
    return marked(_led(blocks.Link(name, str(benchmark.url), meaning) if benchmark.url else unlinked, said), noted)


def _cell(page: Page, row: _Row, i: int, notes: Notes) -> Cell:
    """The scores of a model, one below the other. It is sorted by the first one."""
    results = row.results[i]
    if not results:
        is_known = any(other.benchmark == row.name for other in page.models[i].results)
        return cell(page.say("In another row")) if is_known else cell(page.word("unknown"), marks=("unknown",))
    said: list[Inline] = []
    for result in results:
        said += [blocks.Break(page.words.semicolon)] if said else []
        said += _score(page, row, result, notes)
    is_best = row.shared is not None and i in row.shared.best
    names = ("best" * is_best, "stale" * bool(stale_marks(page, results, notes)))
    return cell(*said, marks=tuple(filter(None, names)), value=f"{results[0].score:f}")


def _score(page: Page, row: _Row, result: Result, notes: Notes) -> Iterator[Inline]:
    """The score with its interval, its reporter and what sets it apart, its sources and the author's note."""
    benchmark = page.catalog.benchmarks[row.name]
    conditions, (alike, silent) = conditions_of(page.catalog, result), row.in_common(page.catalog)
    own = [None if one == both else one for one, both in zip(conditions, alike, strict=True)]
    unsaid = [name for name in unstated(conditions) if name not in silent and row.kind != ALONE]
    is_dated = len({other.date for other in chain(*row.results)}) > 1
    asides = [
        interval_text(page, benchmark, result),
        page.say(REPORTERS[result.reporter]) if result.reporter else "",
        *conditions_text(page, own, unsaid),
        page.words.date(result.date) if result.date and is_dated else "",
    ]
    score = page.words.score(result.score, benchmark.scale)
    yield from _led(Text(score), page.aside(score, *filter(None, asides)))
    noted = [notes.add(page.prose(result.note))] if result.note else []
    yield from spaced([*page.citations.marks(result), *noted, *stale_marks(page, [result], notes)])


def _led(first: Inline, said: str) -> tuple[Inline, ...]:
    """A text with its first words as they stand, and the others in small print."""
    others = said.removeprefix(first.text)
    return (first, blocks.Small(others)) if others else (first,)


def _remarks(page: Page, row: SharedResult) -> Iterator[str]:
    if row.is_self_reported:
        yield page.say("self-reported only")
    if row.close:
        overlap = mark("no win between {models}: their intervals overlap")
        inside = mark("no win between {models}: one score lies in the interval of another")
        near = [row.results[i] for i in row.close]
        phrase = overlap if all(result and result.ci for result in near) else inside
        yield page.say(phrase, models=[page.models[i] for i in row.close])
    elif len(row.top) > 1:
        yield page.say("{models} tie", models=[page.models[i] for i in row.top])


SECTION = SectionKind(mark("Benchmarks"), build)

"""Scores that may be compared, and apart from them those that may not, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Reporter
from sphinx_modelcmp.compare.results import (
    ApartResult,
    Comparability,
    Difference,
    SharedResult,
    conditions_of,
    unstated,
)
from sphinx_modelcmp.sections.blocks import Block, Cell, Paragraph, Said, Table, TableRow, cell
from sphinx_modelcmp.sections.citations import Notes, linked, marked
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import benchmark_text, interval_text
from sphinx_modelcmp.sections.tables import header, model_cell, models_head, stale_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Result

INSTEAD = {
    Reporter.VERIFIED: mark("Under the same conditions the verified result counts"),
    Reporter.INDEPENDENT: mark("Under the same conditions the independent result counts"),
    Reporter.COMMUNITY: mark("Under the same conditions the community’s result counts"),
    Reporter.SELF: mark("Under the same conditions the self-reported result counts"),
}
"""The reporter whose result is in the table of comparable results, instead of a less trusted one."""
TABLES = {
    Comparability.OWN_SETTINGS: mark("One source"),
    Comparability.ATTRIBUTED: mark("A maker’s own table"),
    Comparability.DIFFERENT_SOURCES: mark("Different sources"),
}
"""The origin of two results that are not ranked."""


def build(page: Page) -> tuple[Block, ...]:
    """Two tables, or a sentence on the missing one. A single model has one table."""
    shared, apart = page.results
    if page.is_single and apart:
        return _own_table(page, apart)
    blocks = _shared_table(page, shared) if shared else (Paragraph((Said(_nothing(page)),)),)
    return (*blocks, *(_apart_table(page, apart) if apart else ()))


def _nothing(page: Page) -> str:
    model, is_chosen = page.models[0], bool(page.comparison.benchmarks)
    if page.results[1]:
        return page.say("No two results of these models are known to be from the same test.")
    if page.is_single and is_chosen:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of {model}.", model=model)
    if page.is_single:
        return page.say("The catalog holds no benchmark result of {model}.", model=model)
    if is_chosen:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of these models.")
    return page.say("The catalog holds no benchmark result of these models.")


def _own_table(page: Page, found: Sequence[ApartResult]) -> tuple[Block, ...]:
    """Every result of a single model, which has nothing to be compared to."""
    notes = Notes()
    heads = models_head(page, page.say("Benchmark"), notes)
    rows = [
        TableRow(_apart_head(page, item, notes), (_score(page, item.benchmark, item.result, notes),)) for item in found
    ]
    caption = page.say("Benchmark results of {model}", model=page.models[0])
    return (Table(caption, heads, tuple(rows), across=True), *notes.blocks())


def _shared_table(page: Page, shared: Sequence[SharedResult]) -> tuple[Block, ...]:
    notes = Notes()
    caption = page.say("Comparable results of {models}", models=page.all_names())
    heads = models_head(page, page.say("Benchmark"), notes)
    rows = []
    for row in shared:
        test = benchmark_text(page, row.benchmark, row.conditions, row.unstated, _remarks(page, row))
        head = _head(page, row.benchmark, test, notes)
        rows.append(TableRow(head, tuple(_cells(page, row, notes)), differs=row.differs))
    return (Table(caption, heads, tuple(rows), across=True), *notes.blocks())


def _head(page: Page, benchmark: Benchmark, test: str, notes: Notes) -> Cell:
    """The benchmark with its conditions and a link to its page; its description and the author's note as notes."""
    said = [notes.add(page.prose(prose)) for prose in (benchmark.description, benchmark.note) if prose]
    return marked(linked(test, benchmark.name, benchmark.url), said)


def _cells(page: Page, row: SharedResult, notes: Notes) -> Iterator[Cell]:
    for i, result in enumerate(row.results):
        if result:
            yield _score(page, row.benchmark, result, notes, names=("best",) if i in row.best else ())
        elif any(other.benchmark == row.name for other in page.models[i].results):
            yield cell(page.say("Not comparable"))
        else:
            yield cell(page.say("Unknown"), marks=("unknown",))


def _score(page: Page, benchmark: Benchmark, result: Result, notes: Notes, *, names: tuple[str, ...] = ()) -> Cell:
    """The score with its interval and reporter, its sources and the author's note."""
    reporter = page.say(REPORTERS[result.reporter]) if result.reporter else ""
    asides = [aside for aside in (interval_text(page, benchmark, result), reporter) if aside]
    said = page.aside(page.words.score(result.score, benchmark.scale), *asides)
    noted = (notes.add(page.prose(result.note)),) if result.note else ()
    aged = stale_marks(page, [result], notes)
    marks = (*names, *(["stale"] if aged else []))
    return marked(said, page.citations.marks(result), noted, aged, names=marks, value=f"{result.score:f}")


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


def _apart_table(page: Page, apart: Sequence[ApartResult]) -> tuple[Block, ...]:
    notes = Notes()
    heads = header(page.say("Benchmark"), page.say("Model"), page.say("Score"), page.say("Why it stands apart"))
    rows = tuple(TableRow(_apart_head(page, item, notes), tuple(_apart_cells(page, item, notes))) for item in apart)
    caption = page.say("Results that are not comparable")
    return (Table(caption, heads, rows), *notes.blocks())


def _apart_cells(page: Page, item: ApartResult, notes: Notes) -> Iterator[Cell]:
    yield model_cell(page, item.model, notes)
    yield _score(page, item.benchmark, item.result, notes)
    yield cell(_why(page, item))


def _apart_head(page: Page, item: ApartResult, notes: Notes) -> Cell:
    test = benchmark_text(page, item.benchmark, conditions_of(page.catalog, item.result))
    return _head(page, item.benchmark, test, notes)


def _why(page: Page, item: ApartResult) -> str:
    if item.preferred:
        return _shown_instead(page, item.result, item.preferred)
    if item.unsettled:
        return page.say("{model} has several scores here, and no date says which one counts", model=item.unsettled)
    if item.rival is None or item.comparability is None:
        return page.say("No other model here has a result")
    said = page.words.semicolon.join(_difference(page, part, page.name(item.rival)) for part in item.differs)
    if not item.differs and (silent := unstated(conditions_of(page.catalog, item.result))):
        phrase = mark("{conditions} not stated here, nor for {model}")
        said = page.say(phrase, conditions=map(page.say, silent), model=item.rival)
    if said and item.comparability is Comparability.DIFFERENT_SOURCES:
        return said
    table = page.say(TABLES[item.comparability])
    return page.labelled(table, said) if said else table


def _shown_instead(page: Page, result: Result, preferred: Result) -> str:
    if preferred.reporter and preferred.reporter is not result.reporter:
        return page.say(INSTEAD[preferred.reporter])
    if preferred.score == result.score:
        return page.say("The same score again")
    return page.say("The newer result counts")


def _difference(page: Page, part: Difference, rival: str) -> str:
    """One condition with its value in both results."""
    if part.here is None:
        phrase = mark("{condition} not stated here, {there} for {model}")
    elif part.there is None:
        phrase = mark("{condition} {here} here, not stated for {model}")
    else:
        phrase = mark("{condition} {here} here, {there} for {model}")
    values = {"here": part.here or "", "there": part.there or "", "model": rival}
    return page.say(phrase, condition=page.say(part.condition), **values)


SECTION = SectionKind(mark("Benchmarks"), build)

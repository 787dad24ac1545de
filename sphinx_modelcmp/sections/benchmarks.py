"""Scores that may be compared, and apart from them those that may not, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Reporter
from sphinx_modelcmp.compare.results import TRUST, ApartResult, Difference, SharedResult, conditions_of
from sphinx_modelcmp.sections.blocks import Block, Cell, Paragraph, Said, Table, TableRow, cell
from sphinx_modelcmp.sections.labels import CONDITIONS as CONDITION_LABELS
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.marks import Notes, is_old, linked, marked, stale_note
from sphinx_modelcmp.sections.sentences import benchmark_text, interval_text
from sphinx_modelcmp.sections.tables import header
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Result
    from sphinx_modelcmp.sections.page import Page

INSTEAD = {
    Reporter.VERIFIED: mark("Under the same conditions the verified result counts"),
    Reporter.INDEPENDENT: mark("Under the same conditions the independent result counts"),
    Reporter.COMMUNITY: mark("Under the same conditions the community’s result counts"),
    Reporter.SELF: mark("Under the same conditions the self-reported result counts"),
}
"""Whose result stands in the table of what can be compared, instead of a less trusted one."""


def build(page: Page) -> tuple[Block, ...]:
    """Two tables, or a sentence that says what is missing. One model alone has one table."""
    shared, apart = page.results
    if page.is_single and apart:
        return _own_table(page, apart)
    blocks: list[Block] = []
    if shared:
        blocks += _shared_table(page, shared)
    elif apart:
        nothing = page.say("No result of two of these models was measured under the same conditions.")
        blocks.append(Paragraph((Said(nothing),)))
    else:
        blocks.append(Paragraph((Said(_nothing(page)),)))
    if apart:
        blocks += _apart_table(page, apart)
    return tuple(blocks)


def _nothing(page: Page) -> str:
    if page.is_single:
        return _nothing_alone(page, page.models[0].name)
    if page.comparison.benchmarks:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of these models.")
    return page.say("The catalog holds no benchmark result of these models.")


def _nothing_alone(page: Page, name: str) -> str:
    if page.comparison.benchmarks:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of {model}.", model=name)
    return page.say("The catalog holds no benchmark result of {model}.", model=name)


def _own_table(page: Page, found: Sequence[ApartResult]) -> tuple[Block, ...]:
    """Every result of one model: there is nothing that it could be set against."""
    notes = Notes()
    rows = tuple(
        TableRow(_apart_head(page, item, notes), (_score(page, item.benchmark, item.result, notes),)) for item in found
    )
    caption = page.say("Benchmark results of {model}", model=page.models[0].name)
    return (Table(caption, header(page.say("Benchmark"), page.models), rows, across=True), *notes.blocks())


def _shared_table(page: Page, shared: Sequence[SharedResult]) -> tuple[Block, ...]:
    notes = Notes()
    caption = page.say("Results of {models} under the same conditions", models=page.all_names())
    rows = tuple(
        TableRow(
            _head(page, row.benchmark, _shared_test(page, row), notes),
            tuple(_cells(page, row, notes)),
            differs=len(row.top) < len(row.results),
        )
        for row in shared
    )
    return (Table(caption, header(page.say("Benchmark"), page.models), rows, across=True), *notes.blocks())


def _head(page: Page, benchmark: Benchmark, test: str, notes: Notes) -> Cell:
    """The benchmark with its conditions, leading to its page; what it measures, and what the author notes of it."""
    said = [notes.add(page.prose(prose)) for prose in (benchmark.description, benchmark.note) if prose]
    return marked(linked(test, benchmark.name, benchmark.url), said)


def _cells(page: Page, row: SharedResult, notes: Notes) -> Iterator[Cell]:
    for i, result in enumerate(row.results):
        if result:
            yield _score(page, row.benchmark, result, notes, names=("best",) if i in row.best else ())
        else:
            yield cell(page.say("Unknown"), marks=("unknown",))


def _score(page: Page, benchmark: Benchmark, result: Result, notes: Notes, *, names: tuple[str, ...] = ()) -> Cell:
    """The score, with its interval and who measured it, its sources and the author's note."""
    reporter = page.words.say(REPORTERS[result.reporter]) if result.reporter else ""
    asides = [aside for aside in (interval_text(page, benchmark, result), reporter) if aside]
    said = page.aside(page.words.score(result.score, benchmark.scale), *asides)
    noted = (notes.add(page.prose(result.note)),) if result.note else ()
    if not is_old(page, [result]):
        return marked(said, page.citations.marks(result), noted, names=names)
    return marked(said, page.citations.marks(result), noted, (stale_note(page, notes),), names=(*names, "stale"))


def _shared_test(page: Page, row: SharedResult) -> str:
    """The benchmark with what it was run under, and what must be known before the scores are set side by side."""
    return benchmark_text(page, row.benchmark, row.conditions, row.unstated, _remarks(page, row))


def _remarks(page: Page, row: SharedResult) -> Iterator[str]:
    if row.is_self_reported:
        yield page.say("self-reported only")
    if row.close:
        near = [row.results[i] for i in row.close]
        models = page.names(page.models[i] for i in row.close)
        if all(result and result.ci for result in near):
            yield page.say("no win between {models}: their intervals overlap", models=models)
        else:
            yield page.say("no win between {models}: one score lies in the interval of another", models=models)
    elif len(row.top) > 1:
        yield page.say("{models} tie", models=page.names(page.models[i] for i in row.top))


def _apart_table(page: Page, apart: Sequence[ApartResult]) -> tuple[Block, ...]:
    notes = Notes()
    heads = (page.say("Benchmark"), page.say("Model"), page.say("Score"), page.say("Why it stands apart"))
    rows = tuple(
        TableRow(
            _apart_head(page, item, notes),
            (
                cell(item.model.name),
                _score(page, item.benchmark, item.result, notes),
                cell(_why(page, item)),
            ),
        )
        for item in apart
    )
    caption = page.say("Results that are not comparable")
    return (Table(caption, tuple(cell(head) for head in heads), rows), *notes.blocks())


def _apart_head(page: Page, item: ApartResult, notes: Notes) -> Cell:
    test = benchmark_text(page, item.benchmark, conditions_of(page.catalog, item.result))
    return _head(page, item.benchmark, test, notes)


def _why(page: Page, item: ApartResult) -> str:
    if item.preferred:
        return _shown_instead(page, item.result, item.preferred)
    if item.rival is None:
        return page.say("No other model here has a result")
    return page.words.semicolon.join(_difference(page, part, item.rival.name) for part in item.differs)


def _shown_instead(page: Page, result: Result, preferred: Result) -> str:
    if TRUST.index(preferred.reporter) == TRUST.index(result.reporter) or preferred.reporter is None:
        return page.say("A second result under the same conditions")
    return page.words.say(INSTEAD[preferred.reporter])


def _difference(page: Page, part: Difference, rival: str) -> str:
    """One condition with what both results say of it."""
    condition = page.words.say(CONDITION_LABELS[part.condition])
    if part.here is None:
        return page.say(
            "{condition} not stated here, {there} for {model}", condition=condition, there=part.there, model=rival
        )
    if part.there is None:
        return page.say(
            "{condition} {here} here, not stated for {model}", condition=condition, here=part.here, model=rival
        )
    return page.say(
        "{condition} {here} here, {there} for {model}",
        condition=condition,
        here=part.here,
        there=part.there,
        model=rival,
    )

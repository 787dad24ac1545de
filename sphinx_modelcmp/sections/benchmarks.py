"""Scores that may be compared, and apart from them those that may not, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better
from sphinx_modelcmp.compare.results import CONDITIONS, ApartResult, SharedResult, conditions_of, split_results
from sphinx_modelcmp.sections.blocks import Block, Cell, Table, TableRow, cell, paragraph
from sphinx_modelcmp.sections.labels import CONDITIONS as CONDITION_LABELS
from sphinx_modelcmp.sections.labels import REPORTERS
from sphinx_modelcmp.sections.tables import header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Benchmark, Result
    from sphinx_modelcmp.sections.page import Page


def build(page: Page) -> tuple[Block, ...]:
    """Two tables, or a sentence that says what is missing."""
    shared, apart = split_results(page.catalog, page.models, page.comparison.benchmarks)
    blocks: list[Block] = []
    if shared:
        blocks.append(_shared_table(page, shared))
    elif apart:
        blocks.append(paragraph(page.say("No result of two of these models was measured under the same conditions.")))
    else:
        blocks.append(paragraph(_nothing(page)))
    if apart:
        blocks.append(_apart_table(page, apart))
    return tuple(blocks)


def _nothing(page: Page) -> str:
    if page.comparison.benchmarks:
        return page.say("Of the benchmarks chosen for this page the catalog holds no result of these models.")
    return page.say("The catalog holds no benchmark result of these models.")


def _shared_table(page: Page, shared: Sequence[SharedResult]) -> Table:
    caption = page.say("Results of {models} under the same conditions", models=page.all_names())
    rows = tuple(
        TableRow(cell(_test(page, row.benchmark, row.conditions)), tuple(_cells(page, row)), differs=bool(row.best))
        for row in shared
    )
    return Table(caption, header(page.say("Benchmark"), page.models), rows)


def _cells(page: Page, row: SharedResult) -> list[Cell]:
    return [
        cell(_score(page, row.benchmark, result), marks=("best",) if i in row.best else ())
        if result
        else cell(page.say("Unknown"), marks=("unknown",))
        for i, result in enumerate(row.results)
    ]


def _score(page: Page, benchmark: Benchmark, result: Result) -> str:
    """The score, with its interval and who measured it."""
    words = page.words
    asides = []
    if result.ci:
        low, high = (words.score(end, benchmark.scale) for end in result.ci)
        asides.append(page.say("{low} to {high}", low=low, high=high))
    if result.reporter:
        asides.append(words.say(REPORTERS[result.reporter]))
    score = words.score(result.score, benchmark.scale)
    return f"{score} ({', '.join(asides)})" if asides else score


def _test(page: Page, benchmark: Benchmark, conditions: Sequence[str | None]) -> str:
    """The benchmark with what it was run under, and with the better end where that is the lower one."""
    stated = [
        page.say("{condition} {value}", condition=page.words.say(CONDITION_LABELS[name]), value=value)
        for name, value in zip(CONDITIONS, conditions, strict=True)
        if value
    ]
    stated += [page.say("lower is better")] if benchmark.better is Better.LOWER else []
    return f"{benchmark.name} ({', '.join(stated)})" if stated else benchmark.name


def _apart_table(page: Page, apart: Sequence[ApartResult]) -> Table:
    heads = (page.say("Benchmark"), page.say("Model"), page.say("Score"), page.say("Why it stands apart"))
    rows = tuple(
        TableRow(
            cell(_test(page, item.benchmark, conditions_of(page.catalog, item.result))),
            (cell(item.model.name), cell(_score(page, item.benchmark, item.result)), cell(_why(page, item))),
        )
        for item in apart
    )
    caption = page.say("Results that are not comparable")
    return Table(caption, tuple(cell(head) for head in heads), rows)


def _why(page: Page, item: ApartResult) -> str:
    if item.lone:
        return page.say("No other model here has a result")
    if not item.differs:
        return page.say("A second result under the same conditions")
    names = page.words.list(page.words.say(CONDITION_LABELS[name]) for name in item.differs)
    return page.say("Differs in {conditions}", conditions=names)

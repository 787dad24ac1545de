"""What a month costs at a workload, from the cheapest route that prices it completely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.costing import Assumption, MonthlyCost, NoCost, Why, monthly_cost
from sphinx_modelcmp.compare.request import is_written_out
from sphinx_modelcmp.sections.blocks import Block, Bullets, Cell, Table, TableRow, cell, paragraph, text
from sphinx_modelcmp.sections.labels import COMPONENTS
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.sections.page import Page

WITHOUT_TOTAL = {
    Why.NOT_APPLICABLE: mark("Not applicable: not sold by the token"),
    Why.UNDISCLOSED: mark("No total: prices are undisclosed"),
    Why.NO_ROUTE: mark("No total: no route is known"),
    Why.FREE: mark("No total: free of charge, within the provider’s limits"),
    Why.PLAN: mark("No total: paid by subscription"),
    Why.MARGINAL: mark("No total: prices by ranges of tokens are not counted"),
    Why.DYNAMIC: mark("No total: the price changes by the minute"),
}
MARKS = {
    Why.NOT_APPLICABLE: "not-applicable",
    Why.UNDISCLOSED: "undisclosed",
    Why.FREE: "free",
    Why.PLAN: "plan",
    Why.DYNAMIC: "dynamic",
}
ASSUMPTIONS = {
    Assumption.CACHE_READ_AT_INPUT: mark(
        "{models}: reading from the cache has no price of its own, so it counts at the input price."
    ),
    Assumption.BATCH_AT_STANDARD: mark(
        "{models}: the batch service has no price, so that share counts at the standard price."
    ),
    Assumption.CACHE_WRITE_NOT_COUNTED: mark("{models}: writing to the cache is not counted."),
    Assumption.OFFERS_NOT_COUNTED: mark("{models}: offers that are free or part of a subscription are not counted."),
}


def build(page: Page) -> tuple[Block, ...]:
    """The workload, the totals, and what they assume."""
    comparison = page.comparison
    costs = [monthly_cost(page.catalog, model, comparison.traffic, comparison.day) for model in page.models]
    totals = [cost for cost in costs if isinstance(cost, MonthlyCost)]
    table = _table(page, costs, totals)
    notes = [text(note) for note in _assumptions(page, totals)]
    return (
        paragraph(_workload(page)),
        table,
        *([Bullets(tuple(notes))] if notes else []),
        *_verdict(page, totals),
    )


def _workload(page: Page) -> str:
    traffic, words = page.comparison.traffic, page.words
    parts = [
        page.say(
            "{requests} requests a month, each of {input} input and {output} output tokens",
            requests=words.number(traffic.requests),
            input=words.number(traffic.input),
            output=words.number(traffic.output),
        )
    ]
    if traffic.cache_hit:
        parts.append(page.say("{share} of the input read from the cache", share=words.percent(traffic.cache_hit)))
    if traffic.batch:
        parts.append(page.say("{share} of the requests sent as a batch", share=words.percent(traffic.batch)))
    workload = ", ".join(parts)
    if is_written_out(traffic):
        return page.say("The workload: {workload}.", workload=workload)
    return page.say("The workload “{label}”: {workload}.", label=traffic.label, workload=workload)


def _table(page: Page, costs: Sequence[MonthlyCost | NoCost], totals: Sequence[MonthlyCost]) -> Table:
    compared = len(totals) > 1 and len({cost.currency for cost in totals}) == 1
    lowest = min(totals, key=lambda cost: cost.total) if compared else None
    heads = [page.say("Model"), page.say("A month"), page.say("Route")]
    heads += [page.say("More than the cheapest")] if lowest else []
    caption = page.say("Monthly cost of {models}", models=page.all_names())
    best = lowest if lowest and any(cost.total > lowest.total for cost in totals) else None
    rows = tuple(TableRow(cell(cost.model.name), _cells(page, cost, lowest, best)) for cost in costs)
    return Table(caption, tuple(cell(head) for head in heads), rows)


def _cells(
    page: Page, cost: MonthlyCost | NoCost, lowest: MonthlyCost | None, best: MonthlyCost | None
) -> tuple[Cell, ...]:
    if isinstance(cost, NoCost):
        blank = cell(page.say("None"), marks=("not-applicable",))
        return (
            cell(_without(page, cost), marks=(MARKS.get(cost.why, "unknown"),)),
            blank,
            *([blank] if lowest else []),
        )
    total = page.words.money(cost.total, cost.currency)
    is_best = best is not None and cost.total == best.total
    cells = (cell(total, marks=("best",) if is_best else ()), cell(page.route(cost.route)))
    if lowest is None:
        return cells
    return (*cells, cell(page.words.money(cost.above(lowest), cost.currency)))


def _without(page: Page, cost: NoCost) -> str:
    if cost.why is not Why.MISSING:
        return page.words.say(WITHOUT_TOTAL[cost.why])
    if not cost.missing:
        return page.say("No total: no single route prices both input and output")
    names = page.words.list(page.words.say(COMPONENTS[name]) for name in cost.missing)
    return page.say("No total: no price is known for {components}", components=names)


def _assumptions(page: Page, totals: Sequence[MonthlyCost]) -> list[str]:
    notes = []
    for assumption, phrase in ASSUMPTIONS.items():
        models = [cost.model for cost in totals if assumption in cost.assumptions]
        if models:
            notes.append(page.say(phrase, models=page.names(models)))
    return notes


def _verdict(page: Page, totals: Sequence[MonthlyCost]) -> tuple[Block, ...]:
    currencies = {cost.currency for cost in totals}
    if len(currencies) > 1:
        names = page.words.list(sorted(currencies))
        return (
            paragraph(
                page.say("The totals stand in {currencies}, and are not set against each other.", currencies=names)
            ),
        )
    if len(totals) < len(page.models):
        return (paragraph(page.say("A difference can be given only between models that have a total.")),)
    return ()

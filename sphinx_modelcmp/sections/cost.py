"""What a month costs at a workload, from the cheapest route that prices it completely."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sphinx_modelcmp.compare.comparison import is_written_out
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, break_even, comparable, route_cost
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.sections.blocks import Block, Bullets, Cell, Inline, Table, TableRow, cell, paragraph, text
from sphinx_modelcmp.sections.calculator import calculator
from sphinx_modelcmp.sections.labels import workload_label
from sphinx_modelcmp.sections.marks import marked
from sphinx_modelcmp.sections.totals import ASSUMPTIONS, MARKS, NOT_COMPARED, SOME_WITHOUT, rate_note, why_without
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.sections.page import Page

Counted: TypeAlias = MonthlyCost | NoCost

HEADS = (mark("Model"), mark("A month"), mark("Route"), mark("More than the cheapest"))
"""The header row; the last one stands there where totals are set against each other."""


def build(page: Page) -> tuple[Block, ...]:
    """The workload, the totals, what they rest on, and where their order changes."""
    totals, ranked = _ranked(page)
    counted = counted_blocks(page)
    return (
        paragraph(workload_text(page)),
        *calculator(page, HEADS, counted),
        *counted,
        *_bullets(text(line) for line in _break_evens(page, totals, ranked)),
        *(_all_routes(page) if page.comparison.all_routes else ()),
    )


def counted_blocks(page: Page) -> tuple[Block, ...]:
    """The table of totals, what they rest on, and why they are not compared: what the calculator counts anew."""
    totals, ranked = _ranked(page)
    named = [(cost.model.name, cost) for cost in totals]
    return (
        _table(page, page.months, ranked),
        *_bullets([*_assumptions(page, named), *_rates(page, [*totals, *ranked.values()])]),
        *_verdict(page, totals, ranked),
    )


def _ranked(page: Page) -> tuple[list[MonthlyCost], dict[str, MonthlyCost]]:
    """The totals there are; and by model those that can be set against each other, where there are several."""
    totals = [cost for cost in page.months if isinstance(cost, MonthlyCost)]
    compared = comparable(page.catalog, totals, page.comparison.day)
    return totals, {cost.model.id: cost for cost in compared} if len(compared) > 1 else {}


def _bullets(lines: Iterable[tuple[Inline, ...]]) -> tuple[Block, ...]:
    items = tuple(lines)
    return (Bullets(items),) if items else ()


def workload_text(page: Page) -> str:
    """The workload that a month is counted for, in a sentence."""
    traffic, words = page.comparison.traffic, page.words
    parts = [
        page.count(
            "{number} request a month, of {input} input and {output} output tokens",
            "{number} requests a month, each of {input} input and {output} output tokens",
            traffic.requests,
            input=words.number(traffic.input),
            output=words.number(traffic.output),
        )
    ]
    if traffic.cache_hit:
        parts.append(page.say("{share} of the input read from the cache", share=words.percent(traffic.cache_hit)))
    if traffic.batch:
        parts.append(page.say("{share} of the requests sent as a batch", share=words.percent(traffic.batch)))
    workload = page.words.comma.join(parts)
    if is_written_out(traffic):
        return page.say("The workload: {workload}.", workload=workload)
    return page.say("The workload “{label}”: {workload}.", label=workload_label(page), workload=workload)


def _table(page: Page, costs: Sequence[Counted], ranked: dict[str, MonthlyCost]) -> Table:
    heads = HEADS if ranked else HEADS[:-1]
    caption = page.say("Monthly cost of {models}", models=page.all_names())
    rows = tuple(
        TableRow(cell(model.name), tuple(_cells(page, cost, ranked)))
        for model, cost in zip(page.models, costs, strict=True)
    )
    return Table(caption, tuple(cell(page.say(head)) for head in heads), rows)


def _cells(page: Page, cost: Counted, ranked: dict[str, MonthlyCost]) -> Iterator[Cell]:
    if isinstance(cost, NoCost):
        yield _total(page, cost)
        yield from (cell(page.say("None"), marks=("not-applicable",)) for _ in range(2 if ranked else 1))
        return
    common = ranked.get(cost.model.id, cost)
    lowest = min(ranked.values(), key=lambda other: other.total, default=common)
    is_best = common.total == lowest.total and any(other.total > lowest.total for other in ranked.values())
    yield _ranked_total(page, cost, common, names=("best",) if is_best else ())
    yield cell(page.route(cost.route))
    if ranked:
        above = common.above(lowest)
        yield cell(page.words.aligned(page.words.money(above, common.currency)), value=f"{above:f}")


def _ranked_total(page: Page, cost: MonthlyCost, common: MonthlyCost, *, names: tuple[str, ...]) -> Cell:
    """A total in its own currency, and where that is another one, in the currency that all are ranked in."""
    total = page.words.money(cost.total, cost.currency)
    amount = page.words.aligned(total)
    if common.currency != cost.currency:
        said = page.aside(total, page.words.money(common.total, common.currency))
        amount = replace(amount, rest=said.removeprefix(amount.whole))
    return marked(amount, _sources(page, cost), names=names, value=f"{common.total:f}")


def _total(page: Page, cost: Counted) -> Cell:
    """A total in its own currency, or why there is none."""
    if isinstance(cost, NoCost):
        return cell(why_without(page, cost), marks=(MARKS.get(cost.why, "unknown"),))
    total = page.words.aligned(page.words.money(cost.total, cost.currency))
    value = f"{cost.total:f}" if cost.currency == page.catalog.currency else ""
    return marked(total, _sources(page, cost), value=value)


def _sources(page: Page, cost: MonthlyCost) -> tuple[Inline, ...]:
    """The sources of the prices that a total is made of."""
    return page.citations.marks(*(line.price for line in cost.lines))


def _assumptions(page: Page, named: Sequence[tuple[str, MonthlyCost]]) -> Iterator[tuple[Inline, ...]]:
    """What totals rest on, each time with the names of those that do."""
    for assumption, phrase in ASSUMPTIONS.items():
        names = [name for name, cost in named if assumption in cost.assumptions]
        if names:
            yield text(page.say(phrase, models=page.words.list(names)))


def _rates(page: Page, costs: Sequence[MonthlyCost]) -> Iterator[tuple[Inline, ...]]:
    used = [rate for cost in costs for rate in cost.rates]
    yield from dict.fromkeys(rate_note(page, rate) for rate in used)


def _verdict(page: Page, totals: Sequence[MonthlyCost], ranked: dict[str, MonthlyCost]) -> tuple[Block, ...]:
    currencies = {cost.currency for cost in totals}
    if len(currencies) > 1 and not ranked:
        names = page.words.list(sorted(currencies))
        return (paragraph(page.say(NOT_COMPARED, currencies=names)),)
    if len(totals) < len(page.models) and not page.is_single:
        return (paragraph(page.say(SOME_WITHOUT)),)
    return ()


def _break_evens(page: Page, totals: Sequence[MonthlyCost], ranked: dict[str, MonthlyCost]) -> Iterator[str]:
    """Where the cheapest and each of the others change places."""
    if not ranked:
        return
    cheapest = min(totals, key=lambda cost: ranked[cost.model.id].total)
    for other in totals:
        found = break_even(page.catalog, cheapest, other, page.comparison.traffic, page.comparison.day)
        if found is None:
            continue
        names = {"fewer": found.fewer.model.name, "more": found.more.model.name}
        if found.is_equal:
            yield page.count(
                "With {number} output token a request and all else as above {fewer} and {more} cost the same: "
                "with fewer {fewer} costs less, with more {more}.",
                "With {number} output tokens a request and all else as above {fewer} and {more} cost the same: "
                "with fewer {fewer} costs less, with more {more}.",
                found.tokens,
                **names,
            )
        else:
            yield page.count(
                "With up to {number} output token a request and all else as above {fewer} costs less than {more}; "
                "with more tokens it costs more.",
                "With up to {number} output tokens a request and all else as above {fewer} costs less than {more}; "
                "with more tokens it costs more.",
                found.tokens,
                **names,
            )


def _all_routes(page: Page) -> Iterator[Block]:
    """The total of every route, or why it has none."""
    comparison = page.comparison
    costs = [
        (model, route, route_cost(page.catalog, model, route, comparison.traffic, comparison.day))
        for model in page.models
        for route in routes_of(model)
    ]
    if not costs:
        return
    rows = tuple(
        TableRow(cell(model.name), (cell(page.route(route)), _total(page, cost))) for model, route, cost in costs
    )
    heads = (page.say("Model"), page.say("Route"), page.say("A month"))
    caption = page.say("Monthly cost of {models} at every route", models=page.all_names())
    yield Table(caption, tuple(cell(head) for head in heads), rows)
    named = [
        (page.say("{model} at {route}", model=cost.model.name, route=page.route(cost.route)), cost)
        for _, _, cost in costs
        if isinstance(cost, MonthlyCost)
    ]
    yield from _bullets([*_assumptions(page, named), *_rates(page, [cost for _, cost in named])])

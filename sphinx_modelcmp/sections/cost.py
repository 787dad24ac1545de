"""What a month costs at a workload, from the cheapest route that prices it completely."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.breakeven import break_evens
from sphinx_modelcmp.compare.comparison import EXAMPLE_TRAFFIC, is_written_out
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, route_cost
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.sections.blocks import (
    Block,
    Cell,
    Inline,
    Table,
    TableRow,
    bullets,
    cell,
    paragraph,
    text,
)
from sphinx_modelcmp.sections.calculator import calculator
from sphinx_modelcmp.sections.citations import Notes, marked
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import header, model_cell
from sphinx_modelcmp.sections.values import (
    ASSUMPTIONS,
    LEVEL,
    NOT_COMPARED,
    SOME_WITHOUT,
    WRITING,
    rate_note,
    route_text,
    without_total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


HEADS = (mark("Model"), mark("A month"), mark("Route"), mark("More than the cheapest"))
"""The header row; the last column is only for totals that can be compared."""
EQUAL = mark_plural(
    "With {number} output token a request and all else as above {fewer} and {more} cost the same: "
    "with fewer {fewer} costs less, with more {more}.",
    "With {number} output tokens a request and all else as above {fewer} and {more} cost the same: "
    "with fewer {fewer} costs less, with more {more}.",
)
UP_TO = mark_plural(
    "With up to {number} output token a request and all else as above {fewer} costs less than {more}; "
    "with more tokens it costs more.",
    "With up to {number} output tokens a request and all else as above {fewer} costs less than {more}; "
    "with more tokens it costs more.",
)


def build(page: Page) -> tuple[Block, ...]:
    """The workload, the totals, their assumptions, and the points where their order changes."""
    # Where the order changes is said for the workload of the page, so it goes with what the calculator replaces.
    counted = (*counted_blocks(page), *bullets(map(text, _break_evens(page))))
    return (
        paragraph(workload_text(page)),
        *calculator(page, HEADS, LEVEL, counted),
        *counted,
        *(_all_routes(page) if page.comparison.all_routes else ()),
    )


def counted_blocks(page: Page) -> tuple[Block, ...]:
    """Blocks that the calculator replaces: the totals, their assumptions, and why they are not compared."""
    caption = page.say("Monthly cost of {models}", models=page.all_names())
    notes = Notes()
    rows = tuple(
        TableRow(model_cell(page, model, notes), tuple(_cells(page, cost)))
        for model, cost in zip(page.models, page.months, strict=True)
    )
    named = [(page.name(cost.model), cost) for cost in page.totals]
    return (
        Table(caption, header(*map(page.say, HEADS if page.ranked else HEADS[:-1])), rows),
        *notes.blocks(),
        *_notes(page, named, [*page.totals, *page.ranked.values()]),
        *_verdict(page),
    )


def workload_text(page: Page) -> str:
    """The workload of a month, in a sentence."""
    traffic, words = page.comparison.traffic, page.words
    parts = [
        page.count(
            "{number} request a month, of {input} input and {output} output tokens",
            "{number} requests a month, each of {input} input and {output} output tokens",
            traffic.requests,
            input=traffic.input,
            output=traffic.output,
        )
    ]
    if traffic.cache_hit:
        parts.append(page.say("{share} of the input read from the cache", share=words.percent(traffic.cache_hit)))
    if traffic.cache_write:
        parts.append(page.say("{share} of the input written to the cache", share=words.percent(traffic.cache_write)))
    if traffic.batch:
        parts.append(page.say("{share} of the requests sent as a batch", share=words.percent(traffic.batch)))
    workload = words.comma.join(parts)
    if is_written_out(traffic):
        return page.say("The workload: {workload}.", workload=workload)
    label = page.say("Example workload") if traffic is EXAMPLE_TRAFFIC else page.translate(traffic.label)
    return page.say("The workload “{label}”: {workload}.", label=label, workload=workload)


def _cells(page: Page, cost: MonthlyCost | NoCost) -> Iterator[Cell]:
    yield month_cell(page, cost)
    if isinstance(cost, NoCost):
        yield from [cell(page.say("None"), marks=("not-applicable",))] * (2 if page.ranked else 1)
        return
    yield cell(route_text(page, cost.route, cost.level))
    if page.ranked and cost.model.id not in page.ranked:
        yield not_comparable(page)
    elif page.ranked:
        common = page.ranked[cost.model.id]
        above = common.above(_lowest(page, common))
        yield cell(page.words.aligned(page.words.money(above, common.currency)), value=f"{above:f}")


def month_cell(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    """The total of a month, or the reason why there is none; the lowest one marked where it is that for certain."""
    if isinstance(cost, NoCost):
        return without_total(page, cost)
    common = page.ranked.get(cost.model.id, cost)
    lowest = _lowest(page, common)
    is_least = common.total == lowest.total and not page.disputed and not _may_be_below(page, lowest)
    is_best = is_least and any(other.total > lowest.total for other in page.ranked.values())
    return _ranked_total(page, cost, common, names=("best",) if is_best else ())


def not_comparable(page: Page) -> Cell:
    """What stands in the place of a figure that cannot be set beside the others."""
    return cell(page.say("Not comparable"), marks=("not-applicable",))


def _lowest(page: Page, other: MonthlyCost) -> MonthlyCost:
    return min(page.ranked.values(), key=lambda cost: cost.total, default=other)


def _may_be_below(page: Page, lowest: MonthlyCost) -> bool:
    """True if a model may cost less than the lowest complete total: by an incomplete one, or at another route."""
    partial = (cost for cost in page.totals if not cost.is_complete)
    is_open = not all(cost.is_least for cost in page.totals)
    return is_open or any(cost.currency != lowest.currency or cost.total <= lowest.total for cost in partial)


def _ranked_total(page: Page, cost: MonthlyCost, common: MonthlyCost, *, names: tuple[str, ...]) -> Cell:
    """A total in its own currency, and where that is another one, in the currency of the ranking."""
    total = page.words.money(cost.total, cost.currency)
    amount = page.words.aligned(total)
    if common.currency != cost.currency:
        said = page.aside(total, page.words.money(common.total, common.currency))
        amount = replace(amount, rest=said.removeprefix(amount.whole))
    return marked(amount, _sources(page, cost), names=names, value=f"{common.total:f}")


def _total(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    """A total in its own currency, or the reason why there is none."""
    if isinstance(cost, NoCost):
        return without_total(page, cost)
    total = page.words.aligned(page.words.money(cost.total, cost.currency))
    value = f"{cost.total:f}" if cost.currency == page.catalog.currency else ""
    return marked(total, _sources(page, cost), value=value)


def _sources(page: Page, cost: MonthlyCost) -> tuple[Inline, ...]:
    """The sources of the prices in a total."""
    return page.citations.marks(*(line.price for line in cost.lines))


def _notes(page: Page, named: Sequence[tuple[str, MonthlyCost]], costs: Sequence[MonthlyCost]) -> tuple[Block, ...]:
    """The assumptions of named totals, each with the names that it concerns, then the rates of exchange."""
    concerned = {kind: [name for name, cost in named if kind in cost.assumptions] for kind in ASSUMPTIONS}
    lines = [text(page.say(ASSUMPTIONS[kind], models=names)) for kind, names in concerned.items() if names]
    lines += [
        text(page.say(WRITING, model=name, amount=page.words.money(cost.writing, cost.currency)))
        for name, cost in named
        if cost.writing
    ]
    return bullets([*lines, *dict.fromkeys(rate_note(page, rate) for cost in costs for rate in cost.rates)])


def _verdict(page: Page) -> tuple[Block, ...]:
    currencies = {cost.currency for cost in page.totals}
    if len(currencies) > 1 and not page.ranked:
        return (paragraph(page.say(NOT_COMPARED, currencies=sorted(currencies))),)
    if sum(cost.is_complete for cost in page.totals) < len(page.models) and not page.is_single:
        return (paragraph(page.say(SOME_WITHOUT)),)
    return ()


def _break_evens(page: Page) -> Iterator[str]:
    """The points where the cheapest and each of the others change places."""
    if not page.ranked:
        return
    cheapest = min(page.ranked.values(), key=lambda cost: cost.total).model
    others = (cost.model for cost in page.ranked.values() if cost.model is not cheapest)
    for found in break_evens(page.catalog, cheapest, others, page.comparison.traffic, page.comparison.day):
        phrase = EQUAL if found.is_equal else UP_TO
        yield page.count(*phrase, found.tokens, fewer=found.fewer, more=found.more)


def _all_routes(page: Page) -> Iterator[Block]:
    """The total of every route, or the reason why it has none."""
    comparison = page.comparison
    costs = [
        (model, route, route_cost(page.catalog, model, route, comparison.traffic, comparison.day))
        for model in page.models
        for route in routes_of(model)
    ]
    if not costs:
        return
    notes = Notes()
    rows = tuple(
        TableRow(model_cell(page, model, notes), (cell(page.route(route)), _total(page, cost)))
        for model, route, cost in costs
    )
    heads = header(page.say("Model"), page.say("Route"), page.say("A month"))
    yield Table(page.say("Monthly cost of {models} at every route", models=page.all_names()), heads, rows)
    yield from notes.blocks()
    totals = [cost for _, _, cost in costs if isinstance(cost, MonthlyCost)]
    named = [(page.say("{model} at {route}", model=cost.model, route=cost.route), cost) for cost in totals]
    yield from _notes(page, named, totals)


SECTION = SectionKind(mark("Monthly cost"), build)

"""What a month costs at a workload, from the cheapest route that prices it completely."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from sphinx_modelcmp.compare.breakeven import break_even
from sphinx_modelcmp.compare.costing import (
    Assumption,
    MonthlyCost,
    NoCost,
    Why,
    comparable,
    route_cost,
)
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.compare.traffic import is_written_out
from sphinx_modelcmp.sections.blocks import Block, Bullets, Cell, Inline, Table, TableRow, cell, paragraph, text
from sphinx_modelcmp.sections.labels import COMPONENTS_SAID
from sphinx_modelcmp.sections.marks import marked, spaced
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Rate
    from sphinx_modelcmp.sections.page import Page

Counted: TypeAlias = MonthlyCost | NoCost

WITHOUT_TOTAL = {
    Why.NOT_APPLICABLE: mark("Not applicable: not sold by the token"),
    Why.UNDISCLOSED: mark("No total: prices are undisclosed"),
    Why.NO_ROUTE: mark("No total: no route is known"),
    Why.FREE: mark("No total: free of charge, within the provider’s limits"),
    Why.PLAN: mark("No total: paid by subscription"),
    Why.DYNAMIC: mark("No total: the price changes by the minute"),
    Why.TOO_LONG: mark("No total: a request of this size does not fit into the context window"),
    Why.CURRENCIES: mark("No total: the prices stand in several currencies, without a rate between them"),
}
MARKS = {
    Why.NOT_APPLICABLE: "not-applicable",
    Why.TOO_LONG: "not-applicable",
    Why.UNDISCLOSED: "undisclosed",
    Why.FREE: "free",
    Why.PLAN: "plan",
    Why.DYNAMIC: "dynamic",
}
ASSUMPTIONS = {
    Assumption.CACHE_READ_AT_INPUT: mark(
        "{models}: reading from the cache has no price of its own, so it counts at the input price."
    ),
    Assumption.CACHE_WRITE_AT_INPUT: mark(
        "{models}: writing to the cache has no price of its own, so it counts at the input price."
    ),
    Assumption.MEDIA_AT_INPUT: mark("{models}: media going in have no price of their own, so they count as input."),
    Assumption.REASONING_AT_OUTPUT: mark("{models}: reasoning has no price of its own, so it counts as output."),
    Assumption.MEDIA_AT_OUTPUT: mark("{models}: media coming out have no price of their own, so they count as output."),
    Assumption.BATCH_AT_STANDARD: mark(
        "{models}: what has no price at the batch service counts at the standard price, also in a batch."
    ),
    Assumption.SERVICE_AT_STANDARD: mark(
        "{models}: what has no price at the service asked for counts at the standard price."
    ),
    Assumption.CACHE_WRITE_NOT_COUNTED: mark("{models}: writing to the cache is not counted."),
    Assumption.HOURS_NOT_COUNTED: mark(
        "{models}: prices that hold only at certain hours or on certain days of the week are not counted."
    ),
    Assumption.OFFERS_NOT_COUNTED: mark("{models}: offers that are free or part of a subscription are not counted."),
}


def build(page: Page) -> tuple[Block, ...]:
    """The workload, the totals, what they rest on, and where their order changes."""
    comparison = page.comparison
    totals = [cost for cost in page.months if isinstance(cost, MonthlyCost)]
    compared = comparable(page.catalog, totals, comparison.day)
    ranked = {cost.model.id: cost for cost in compared} if len(compared) > 1 else {}
    named = [(cost.model.name, cost) for cost in totals]
    notes = [*_assumptions(page, named), *_rates(page, [*totals, *ranked.values()])]
    return (
        paragraph(_workload(page)),
        _table(page, page.months, ranked),
        *_bullets(notes),
        *_verdict(page, totals, ranked),
        *_bullets(text(line) for line in _break_evens(page, totals, ranked)),
        *(_all_routes(page) if comparison.all_routes else ()),
    )


def _bullets(lines: Iterable[tuple[Inline, ...]]) -> tuple[Block, ...]:
    items = tuple(lines)
    return (Bullets(items),) if items else ()


def _workload(page: Page) -> str:
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
    return page.say("The workload “{label}”: {workload}.", label=page.translate(traffic.label), workload=workload)


def _table(page: Page, costs: Sequence[Counted], ranked: dict[str, MonthlyCost]) -> Table:
    heads = [page.say("Model"), page.say("A month"), page.say("Route")]
    heads += [page.say("More than the cheapest")] if ranked else []
    caption = page.say("Monthly cost of {models}", models=page.all_names())
    rows = tuple(
        TableRow(cell(model.name), tuple(_cells(page, cost, ranked)))
        for model, cost in zip(page.models, costs, strict=True)
    )
    return Table(caption, tuple(cell(head) for head in heads), rows)


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
        return cell(_without(page, cost), marks=(MARKS.get(cost.why, "unknown"),))
    total = page.words.aligned(page.words.money(cost.total, cost.currency))
    value = f"{cost.total:f}" if cost.currency == page.catalog.currency else ""
    return marked(total, _sources(page, cost), value=value)


def _sources(page: Page, cost: MonthlyCost) -> tuple[Inline, ...]:
    """The sources of the prices that a total is made of."""
    return page.citations.marks(*(line.price for line in cost.lines))


def _without(page: Page, cost: NoCost) -> str:
    if cost.why is Why.AMBIGUOUS:
        amounts = page.words.list(page.words.money(rival.amount, rival.currency) for rival in cost.rivals)
        component = page.words.say(COMPONENTS_SAID[cost.rivals[0].component])
        return page.say(
            "No total: of the prices {amounts} for {component} nothing decides which one holds",
            amounts=amounts,
            component=component,
        )
    if cost.why is not Why.MISSING:
        return page.words.say(WITHOUT_TOTAL[cost.why])
    if not cost.missing:
        return page.say("No total: no single route prices both input and output")
    names = page.words.list(page.words.say(COMPONENTS_SAID[name]) for name in cost.missing)
    return page.say("No total: no price is known for {components}", components=names)


def _assumptions(page: Page, named: Sequence[tuple[str, MonthlyCost]]) -> Iterator[tuple[Inline, ...]]:
    """What totals rest on, each time with the names of those that do."""
    for assumption, phrase in ASSUMPTIONS.items():
        names = [name for name, cost in named if assumption in cost.assumptions]
        if names:
            yield text(page.say(phrase, models=page.words.list(names)))


def _rates(page: Page, costs: Sequence[MonthlyCost]) -> Iterator[tuple[Inline, ...]]:
    used = [rate for cost in costs for rate in cost.rates]
    yield from dict.fromkeys(_rate(page, rate) for rate in used)


def _rate(page: Page, rate: Rate) -> tuple[Inline, ...]:
    one = page.words.money(Decimal(1), rate.source_currency)
    other, day = page.words.money(rate.rate, rate.target_currency), page.words.day(rate.date)
    marks = spaced(page.citations.marks(rate))
    if not rate.source:
        return text(page.say("{one} counts as {other}, the rate of {day}.", one=one, other=other, day=day), *marks)
    sources = page.words.list(page.catalog.sources[name].title for name in rate.source)
    phrase = mark("{one} counts as {other}, the rate of {day} from {sources}.")
    return text(page.say(phrase, one=one, other=other, day=day, sources=sources), *marks)


def _verdict(page: Page, totals: Sequence[MonthlyCost], ranked: dict[str, MonthlyCost]) -> tuple[Block, ...]:
    currencies = {cost.currency for cost in totals}
    if len(currencies) > 1 and not ranked:
        names = page.words.list(sorted(currencies))
        return (
            paragraph(
                page.say("The totals stand in {currencies}, and are not set against each other.", currencies=names)
            ),
        )
    if len(totals) < len(page.models):
        return (paragraph(page.say("A difference can be given only between models that have a total.")),)
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

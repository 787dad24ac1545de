"""The words for what a total rests on, and for why there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.bill import Assumption
from sphinx_modelcmp.compare.costing import NoCost, Why
from sphinx_modelcmp.sections.blocks import Inline, text
from sphinx_modelcmp.sections.labels import COMPONENTS_SAID
from sphinx_modelcmp.sections.marks import spaced
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Rate
    from sphinx_modelcmp.sections.page import Page

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
NOT_COMPARED = mark("The totals stand in {currencies}, and are not set against each other.")
SOME_WITHOUT = mark("A difference can be given only between models that have a total.")


def why_without(page: Page, cost: NoCost) -> str:
    """Why there is no total."""
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


def rate_note(page: Page, rate: Rate) -> tuple[Inline, ...]:
    """A rate of exchange, with its day and its sources."""
    one = page.words.money(Decimal(1), rate.source_currency)
    other, day = page.words.money(rate.rate, rate.target_currency), page.words.day(rate.date)
    marks = spaced(page.citations.marks(rate))
    if not rate.source:
        return text(page.say("{one} counts as {other}, the rate of {day}.", one=one, other=other, day=day), *marks)
    sources = page.words.list(page.catalog.sources[name].title for name in rate.source)
    phrase = mark("{one} counts as {other}, the rate of {day} from {sources}.")
    return text(page.say(phrase, one=one, other=other, day=day, sources=sources), *marks)

"""Where the models can be called, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Scope, State
from sphinx_modelcmp.compare.pricing import (
    components_of,
    in_force,
    offers,
    price_state,
    prices_of,
    quoted,
    routes_of,
    scheduled,
)
from sphinx_modelcmp.sections.blocks import Block, Bullets, Cell, Code, Inline, Table, TableRow, Text, cell, text
from sphinx_modelcmp.sections.cells import STATE_MARKS, amount_text
from sphinx_modelcmp.sections.labels import COMPONENTS, COMPONENTS_SAID, SERVICES, STATES
from sphinx_modelcmp.sections.marks import Notes, is_old, linked, marked, spaced, stale_note
from sphinx_modelcmp.sections.tables import rows_table
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Model, Price, Route
    from sphinx_modelcmp.sections.page import Page

OFFERS = {
    "free": mark("{model} is free of charge at {routes}; that is not counted as the cheapest price."),
    "plan": mark("{model} comes with a subscription at {routes}; that is not counted as a price."),
    "dynamic": mark("The price of {model} changes by the minute at {routes}, so it is not counted."),
}

OFFER_WORDS = {"free": mark("Free"), "plan": mark("By plan"), "dynamic": mark("Dynamic")}


def build(page: Page) -> tuple[Block, ...]:
    """The cheapest standing prices, every route with its price list, and what the figures leave open."""
    caption = page.say("Cheapest prices of {models} per million tokens", models=page.all_names())
    cheapest = rows_table(page, caption, page.say("Price"), page.comparison.prices())
    if page.comparison.fields:
        return cheapest
    remarks = tuple(_remarks(page))
    return (*cheapest, *_routes_table(page), *([Bullets(remarks)] if remarks else []))


def _routes_table(page: Page) -> tuple[Block, ...]:
    """A row for each route and condition; lines of a price list that hold together stand in one row."""
    day = page.comparison.day
    routes = [(model, route) for model in page.models for route in routes_of(model)]
    if not routes:
        return ()
    components = components_of(tuple(route for _, route in routes), day)
    notes = Notes()
    rows = [row for model, route in routes for row in _route_rows(page, model, route, components, notes)]
    heads = [page.say("Model"), page.say("Route"), page.say("Conditions")]
    heads += [_component(page, name, COMPONENTS) for name in components]
    table = Table(_routes_caption(page), tuple(cell(head) for head in heads), tuple(rows))
    return (table, *notes.blocks())


def _routes_caption(page: Page) -> str:
    day = page.comparison.day
    if day is None:
        return page.say("Price lists by route, per million tokens where no other unit is named")
    shown = page.words.day(day)
    return page.say("Price lists by route on {day}, per million tokens where no other unit is named", day=shown)


def _component(page: Page, name: str, labels: Mapping[str, str]) -> str:
    """A component with what it is counted in, unless that is a million tokens."""
    label, component = page.words.say(labels[name]), PRICE_COMPONENTS[name]
    if component.unit == "tokens":
        return label
    if component.per == 1:
        return page.say("{component} (each)", component=label)
    return page.say("{component} (per {number})", component=label, number=page.words.number(component.per))


def _route_rows(
    page: Page, model: Model, route: Route, components: tuple[str, ...], notes: Notes
) -> Iterator[TableRow]:
    head, where = cell(model.name), marked(_where(page, route), page.citations.marks(route))
    lines: dict[str, list[Price]] = {}
    for price in prices_of(route, page.comparison.day):
        lines.setdefault(holds_text(page, price), []).append(price)
    if not lines:
        state = State.UNKNOWN if route.prices.known else route.prices.state
        word = cell(page.words.say(STATES[state]), marks=(STATE_MARKS[state],))
        yield TableRow(head, (where, word, *(word for _ in components)))
    for holds, prices in lines.items():
        remarks = [notes.add(page.prose(price.note)) for price in prices if price.note]
        aged = [stale_note(page, notes)] if is_old(page, prices) else []
        condition = marked(holds, page.citations.marks(*prices), list(dict.fromkeys(remarks)), aged)
        yield TableRow(head, (where, condition, *(_amount(page, route, prices, name) for name in components)))


def _where(page: Page, route: Route) -> tuple[Inline, ...]:
    """The provider, with a link unless there are many models, and the name of the model there, as it is typed."""
    provider = page.catalog.providers[route.provider]
    named = (Text(" "), Code(route.id)) if route.id else ()
    return (*linked(page.route(route), provider.name, None if page.narrow else provider.url), *named)


def _amount(page: Page, route: Route, prices: Sequence[Price], component: str) -> Cell:
    """An amount, or the word for its absence: a component without a price is not priced, which is not free."""
    for price in prices:
        if component in price.components:
            quote = quoted(page.catalog, route, price, component)
            amount = page.words.aligned(amount_text(page, quote))
            return cell(amount, value=f"{quote.amount:f}" if quote.currency == page.catalog.currency else "")
    for kind, word in OFFER_WORDS.items():
        if any(getattr(price, kind) for price in prices):
            return cell(page.words.say(word), marks=(kind,))
    return cell(page.say("Not priced"), marks=("unpriced",))


def holds_text(page: Page, price: Price) -> str:
    """When a line of a price list holds."""
    parts = [*_conditions(page, price)] or [page.say("standard")]
    if price.since:
        parts.append(page.say("from {day}", day=page.words.day(price.since)))
    if price.until:
        parts.append(page.say("before {day}", day=page.words.day(price.until)))
    return page.words.comma.join(parts)


def _conditions(page: Page, price: Price) -> Iterator[str]:
    when = price.when
    if when is None:
        return
    if when.service:
        yield page.words.say(SERVICES[when.service.value])
    if when.input_above:
        above = page.words.number(when.input_above)
        if price.scope is Scope.MARGINAL:
            yield page.say("tokens above {number} of input", number=above)
        else:
            yield page.say("requests above {number} input tokens", number=above)
    if when.region:
        yield page.say("region {region}", region=when.region)
    if when.days:
        yield page.words.comma.join(map(page.words.weekday, when.days))
    if when.hours:
        yield page.say("{start} to {end} {zone}", start=when.hours.start, end=when.hours.end, zone=when.timezone)


def _remarks(page: Page) -> Iterator[tuple[Inline, ...]]:
    for model in page.models:
        if price_state(model) is State.NOT_APPLICABLE:
            yield text(page.say("{model} has no price by the token: not applicable.", model=model.name))
        elif not model.routes.known:
            yield text(
                page.say("No route of {model} is recorded, so its prices are unknown, not zero.", model=model.name)
            )
        for kind, phrase in OFFERS.items():
            if found := offers(model, kind, page.comparison.day):
                yield text(page.say(phrase, model=model.name, routes=page.words.list(map(page.route, found))))
        for route in routes_of(model):
            where = page.say("{model} at {route}", model=model.name, route=page.route(route))
            yield from ((Text(page.labelled(where)), *remark) for remark in _route_remarks(page, route))


def _route_remarks(page: Page, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The author's note, the prices that are announced, and what other sources give for the price list."""
    if route.note:
        yield page.prose(route.note)
    for price in scheduled(route, page.comparison.day):
        yield _said(page, page.say("{prices} is announced.", prices=_price_text(page, route, price)), price)
    for other in route.prices.others:
        prices = in_force(other.value or (), page.comparison.day)
        lists = page.words.list(_price_text(page, route, price) for price in prices)
        if prices:
            yield _said(page, page.say("Another source gives {prices}.", prices=lists), *prices)


def _said(page: Page, said: str, *prices: Price) -> tuple[Inline, ...]:
    return (Text(said), *spaced(page.citations.marks(*prices)))


def _price_text(page: Page, route: Route, price: Price) -> str:
    """A line of a price list in words: what is priced, and when it holds."""
    quotes = [quoted(page.catalog, route, price, name) for name in PRICE_COMPONENTS if name in price.components]
    amounts = [
        page.say(
            "{component} {amount}",
            component=_component(page, held.component, COMPONENTS_SAID),
            amount=amount_text(page, held),
        )
        for held in quotes
    ]
    words = [page.words.say(OFFER_WORDS[kind]) for kind in OFFER_WORDS if getattr(price, kind)]
    prices = page.words.comma.join((*amounts, *words))
    return page.say("{prices} ({conditions})", prices=prices, conditions=holds_text(page, price))

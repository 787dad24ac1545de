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
from sphinx_modelcmp.sections.blocks import (
    Block,
    Cell,
    Code,
    Inline,
    Table,
    TableRow,
    Text,
    bullets,
    cell,
    text,
)
from sphinx_modelcmp.sections.citations import Notes, linked, marked, spaced
from sphinx_modelcmp.sections.labels import COMPONENTS, LEGEND
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import header, model_cell, rows_table, stale_marks
from sphinx_modelcmp.sections.values import STATE_MARKS, amount_text, state_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model, Price, Route


OFFERS = {
    "free": mark("{model} is free of charge at {routes}; that is not counted as the cheapest price."),
    "plan": mark("{model} comes with a subscription at {routes}; that is not counted as a price."),
    "dynamic": mark("The price of {model} changes by the minute at {routes}, so it is not counted."),
}


def build(page: Page) -> tuple[Block, ...]:
    """The cheapest standing prices, every route with its price list, and remarks on the gaps in the figures."""
    caption = page.say("Cheapest prices of {models} per million tokens", models=page.all_names())
    cheapest = rows_table(page, caption, page.say("Price"), page.comparison.prices())
    if page.comparison.fields:
        return cheapest
    return (*cheapest, *_routes_table(page), *bullets(_remarks(page)))


def _routes_table(page: Page) -> tuple[Block, ...]:
    """A row for each route and condition; lines of a price list with the same conditions share a row."""
    routes = [(model, route) for model in page.models for route in routes_of(model)]
    if not routes:
        return ()
    components = components_of(tuple(route for _, route in routes), page.comparison.day)
    notes = Notes()
    rows = [row for model, route in routes for row in _route_rows(page, model, route, components, notes)]
    heads = [page.say("Model"), page.say("Route"), page.say("Conditions")]
    heads += [_component(page, name, page.say(COMPONENTS[name].label)) for name in components]
    return (Table(_routes_caption(page), header(*heads), tuple(rows)), *notes.blocks())


def _routes_caption(page: Page) -> str:
    if (day := page.comparison.day) is None:
        return page.say("Price lists by route, per million tokens where no other unit is named")
    return page.say("Price lists by route on {day}, per million tokens where no other unit is named", day=day)


def _component(page: Page, name: str, label: str) -> str:
    """A component with its unit, unless that is a million tokens."""
    component = PRICE_COMPONENTS[name]
    if component.unit == "tokens":
        return label
    if component.per == 1:
        return page.say("{component} (each)", component=label)
    return page.say("{component} (per {number})", component=label, number=component.per)


def _route_rows(
    page: Page, model: Model, route: Route, components: tuple[str, ...], notes: Notes
) -> Iterator[TableRow]:
    head, where = model_cell(page, model, notes), marked(_where(page, route), page.citations.marks(route))
    lines: dict[str, list[Price]] = {}
    for price in prices_of(route, page.comparison.day):
        lines.setdefault(holds_text(page, price), []).append(price)
    if not lines:
        state = State.UNKNOWN if route.prices.known else route.prices.state
        word = cell(state_text(page, state), marks=(STATE_MARKS[state],))
        yield TableRow(head, (where, word, *(word for _ in components)))
    for holds, prices in lines.items():
        remarks = [notes.add(page.prose(price.note)) for price in prices if price.note]
        aged = stale_marks(page, prices, notes)
        condition = marked(holds, page.citations.marks(*prices), list(dict.fromkeys(remarks)), aged)
        yield TableRow(head, (where, condition, *(_amount(page, route, prices, name) for name in components)))


def _where(page: Page, route: Route) -> tuple[Inline, ...]:
    """The provider, with a link unless there are many models, and the id of the model there."""
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
    for kind in OFFERS:
        if any(getattr(price, kind) for price in prices):
            return cell(page.say(LEGEND[kind].label), marks=(kind,))
    return cell(page.say("Not priced"), marks=("unpriced",))


def holds_text(page: Page, price: Price) -> str:
    """The conditions and dates of a line of a price list."""
    parts = [*_conditions(page, price)] or [page.say("standard")]
    if price.since:
        parts.append(page.say("from {day}", day=price.since))
    if price.until:
        parts.append(page.say("before {day}", day=price.until))
    return page.words.comma.join(parts)


def _conditions(page: Page, price: Price) -> Iterator[str]:
    if (when := price.when) is None:
        return
    if when.service:
        yield page.say(when.service.value)
    if when.input_above:
        marginal, whole = mark("tokens above {number} of input"), mark("requests above {number} input tokens")
        yield page.say(marginal if price.scope is Scope.MARGINAL else whole, number=when.input_above)
    if when.region:
        yield page.say("region {region}", region=when.region)
    if when.days:
        yield page.words.comma.join(map(page.words.weekday, when.days))
    if when.hours:
        yield page.say("{start} to {end} {zone}", start=when.hours.start, end=when.hours.end, zone=when.timezone)


def _remarks(page: Page) -> Iterator[tuple[Inline, ...]]:
    for model in page.models:
        if price_state(model) is State.NOT_APPLICABLE:
            yield text(page.say("{model} has no price by the token: not applicable.", model=model))
        elif not model.routes.known:
            yield text(page.say("No route of {model} is recorded, so its prices are unknown, not zero.", model=model))
        for kind, phrase in OFFERS.items():
            if found := offers(model, kind, page.comparison.day):
                yield text(page.say(phrase, model=model, routes=found))
        for route in routes_of(model):
            where = page.say("{model} at {route}", model=model, route=route)
            yield from ((Text(page.labelled(where)), *remark) for remark in _route_remarks(page, route))


def _route_remarks(page: Page, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The author's note, the prices that are announced, and the price lists of other sources."""
    if route.note:
        yield page.prose(route.note)
    for price in scheduled(route, page.comparison.day):
        yield _said(page, page.say("{prices} is announced.", prices=_price_text(page, route, price)), price)
    for other in route.prices.others:
        if prices := in_force(other.value or (), page.comparison.day):
            lists = [_price_text(page, route, price) for price in prices]
            yield _said(page, page.say("Another source gives {prices}.", prices=lists), *prices)


def _said(page: Page, said: str, *prices: Price) -> tuple[Inline, ...]:
    return (Text(said), *spaced(page.citations.marks(*prices)))


def _price_text(page: Page, route: Route, price: Price) -> str:
    """A line of a price list in words: its prices and its conditions."""
    parts = []
    for name in (name for name in PRICE_COMPONENTS if name in price.components):
        component = _component(page, name, page.say(COMPONENTS[name].in_sentence))
        amount = amount_text(page, quoted(page.catalog, route, price, name))
        parts.append(page.say("{component} {amount}", component=component, amount=amount))
    parts += [page.say(LEGEND[kind].label) for kind in OFFERS if getattr(price, kind)]
    prices = page.words.comma.join(parts)
    return page.say("{prices} ({conditions})", prices=prices, conditions=holds_text(page, price))


SECTION = SectionKind(mark("Pricing and availability"), build)

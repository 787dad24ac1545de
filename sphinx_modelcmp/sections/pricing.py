"""Where the models can be called, and for how much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Charges, State
from sphinx_modelcmp.compare.bill import charge_under, lacking, steps_of
from sphinx_modelcmp.compare.life import Life, is_shut_down, living_routes, route_life
from sphinx_modelcmp.compare.pricing import (
    announced,
    components_of,
    in_force,
    last_prices,
    listed,
    offers,
    price_state,
    quoted,
    routes_of,
    turn_of,
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
from sphinx_modelcmp.sections.values import (
    STATE_MARKS,
    amount_text,
    conditions,
    ended_text,
    holds_text,
    lifecycle_text,
    state_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model, Price, Reading, Route
    from sphinx_modelcmp.compare.pricing import Quote
    from sphinx_modelcmp.compare.sources import HasSource


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
    routes = [(model, route) for model in page.models for route in living_routes(model, page.comparison.day)]
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
    for price in listed(route, page.comparison.day):
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
    return (*linked(page.place(route), provider.name, None if page.narrow else provider.url), *named)


def _amount(page: Page, route: Route, prices: Sequence[Price], component: str) -> Cell:
    """The amount that is charged, or the word for its absence: what has no price is not priced, which is not free."""
    if own := next((price for price in prices if component in price.components), None):
        return _charged(page, quoted(page.catalog, route, own, component))
    for kind in OFFERS:
        if any(getattr(price, kind) for price in prices):
            return cell(page.say(LEGEND[kind].label), marks=(kind,))
    if other := charge_under(page.catalog, route, prices[0], component, page.comparison.day):
        terms = page.words.comma.join(conditions(page, other.price)) or page.say("standard")
        return _charged(page, other, terms)
    # A request without a price of its own costs nothing beside its tokens.
    is_unasked = component == "request" and route.charges is not Charges.INCOMPLETE
    return cell(page.say("None") if is_unasked else page.say(LEGEND["unpriced"].label), marks=("unpriced",))


def _charged(page: Page, quote: Quote, *terms: str) -> Cell:
    """A price, with the conditions of its line where that is another one than the row’s."""
    if not quote.amount:
        return cell(page.aside(page.say(LEGEND["free"].label), *terms), marks=("free",), value="0")
    said = amount_text(page, quote)
    amount = page.words.aligned(said)
    amount = replace(amount, rest=page.aside(said, *terms).removeprefix(amount.whole))
    return cell(amount, value=f"{quote.amount:f}" if quote.currency == page.catalog.currency else "")


def _remarks(page: Page) -> Iterator[tuple[Inline, ...]]:
    for model in page.models:
        if price_state(model) is State.NOT_APPLICABLE:
            yield text(page.say("{model} has no price by the token: not applicable.", model=model))
        elif model.routes.state is State.UNKNOWN:
            yield text(page.say("No route of {model} is recorded, so its prices are unknown, not zero.", model=model))
        for other in model.routes.rivals:
            yield (Text(page.labelled(page.name(model))), *_other_routes(page, other))
        for kind, phrase in OFFERS.items():
            if found := offers(model, kind, page.comparison.day):
                yield text(page.say(phrase, model=model, routes=found))
        for route in routes_of(model):
            where = page.say("{model} at {route}", model=model, route=route)
            remarks = (*_life_remarks(page, model, route), *_list_remarks(page, model, route))
            yield from ((Text(page.labelled(where)), *remark) for remark in remarks)


def _other_routes(page: Page, other: Reading[tuple[Route, ...]]) -> tuple[Inline, ...]:
    """The routes, and their prices, that another source gives."""
    said = [state_text(page, other.state)] if other.value is None else []
    for route in other.value or ():
        prices = [_price_text(page, route, price) for price in listed(route, page.comparison.day)]
        said.append(page.labelled(page.route(route), page.words.list(prices)) if prices else page.route(route))
    phrase = page.say("Another source gives other routes: {routes}.", routes=page.words.semicolon.join(said))
    note = (Text(" "), *page.prose(other.note)) if other.note else ()
    return (*_said(page, phrase, other), *note)


def _life_remarks(page: Page, model: Model, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The life of a route: its status and dates, its last prices if it has ended, and those that are announced."""
    day, held = page.comparison.day, route.lifecycle
    life = route_life(model, route, day)
    note = (Text(" "), *page.prose(held.note)) if held and held.note else ()
    if life is Life.ENDED:
        is_over = held is not None and is_shut_down(held, day)
        said = lifecycle_text(page, held) if held and is_over else ended_text(page, turn_of(model, route, day)[0])
        prices = last_prices(route, day)
        if prices:
            lists = [_price_text(page, route, price) for price in prices]
            said = page.say("{ended}. The last prices were {prices}.", ended=said, prices=lists)
        yield (*_said(page, said, *([held] if held else []), *prices), *note)
    elif held:
        yield (*_said(page, lifecycle_text(page, held), held), *note)
    for price in announced(route, life, day):
        yield _said(page, page.say("{prices} is announced.", prices=_price_text(page, route, price)), price)


def _list_remarks(page: Page, model: Model, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The author's note, what the list does not price, and the price lists of other sources."""
    day = page.comparison.day
    if route.note:
        yield page.prose(route.note)
    if route.charges is Charges.INCOMPLETE:
        yield text(page.say("The source names charges that are not listed here."))
    elif lacking(route, steps_of(living_routes(model, day), day, None), day):
        yield text(page.say("Other routes ask more for larger requests. This list names no such step."))
    zeros = {name for price in listed(route, day) for name in price.zeros}
    if zeros:
        names = [page.say(COMPONENTS[name].in_sentence) for name in PRICE_COMPONENTS if name in zeros]
        phrase = mark("The list gives 0 for {components} without calling it free, so that is not counted as a price.")
        yield text(page.say(phrase, components=names))
    for other in route.prices.rivals:
        prices = in_force(other.value or (), day) or other.value or ()
        lists = [_price_text(page, route, price) for price in prices] or [state_text(page, other.state)]
        yield _said(page, page.say("Another source gives {prices}.", prices=lists), other, *prices)


def _said(page: Page, said: str, *items: HasSource) -> tuple[Inline, ...]:
    return (Text(said), *spaced(page.citations.marks(*items)))


def _price_text(page: Page, route: Route, price: Price) -> str:
    """A line of a price list in words: its prices and its conditions."""
    parts = []
    for name in (name for name in PRICE_COMPONENTS if name in price.components):
        component = _component(page, name, page.say(COMPONENTS[name].in_sentence))
        quote = quoted(page.catalog, route, price, name)
        amount = amount_text(page, quote) if quote.amount else page.say(LEGEND["free"].label)
        parts.append(page.say("{component} {amount}", component=component, amount=amount))
    parts += [page.say(LEGEND[kind].label) for kind in OFFERS if getattr(price, kind)]
    prices = page.words.comma.join(parts)
    return page.say("{prices} ({conditions})", prices=prices, conditions=holds_text(page, price))


SECTION = SectionKind(mark("Pricing and availability"), build)

"""Where the models can be called, and for how much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Charges, State
from sphinx_modelcmp.compare.bill import lacking, steps_of
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
    Break,
    Cell,
    Code,
    Inline,
    Small,
    Table,
    TableRow,
    Text,
    bullets,
    cell,
    text,
)
from sphinx_modelcmp.sections.citations import SLOT, Notes, linked, set_in, spaced
from sphinx_modelcmp.sections.labels import COMPONENTS
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.tables import UNSAID, header, rows_table, stale_marks
from sphinx_modelcmp.sections.values import (
    STATE_MARKS,
    amount_text,
    ended_text,
    holds_text,
    lifecycle_text,
    state_text,
    terms,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.records import Model, Price, Reading, Route, Sourced

T = TypeVar("T")
Mode: TypeAlias = tuple[str, str]
"""The service, and the region with the hours, that a price is for, in words."""
STANDARD: Mode = ("", "")
_Lines: TypeAlias = "dict[Mode, dict[str, list[Price]]]"
"""Prices by their mode, and then by the size of a request, with the dates unless all prices of the list have them."""
BY_TOKEN = frozenset(name for name, component in PRICE_COMPONENTS.items() if component.unit == "tokens")
OFFERS = {
    "free": mark("{model} is free of charge at {routes}; that is not counted as the cheapest price."),
    "plan": mark("{model} comes with a subscription at {routes}; that is not counted as a price."),
    "dynamic": mark("The price of {model} changes by the minute at {routes}, so it is not counted."),
}


def build(page: Page) -> tuple[Block, ...]:
    """The cheapest standing prices, the price list of every model, and remarks on the gaps in the figures."""
    lists = [block for model in page.models for block in _price_list(page, model) if not page.comparison.fields]
    # The scorecard has these rows, with their notes; and the providers are those of the price lists.
    is_said = "scorecard" in page.comparison.sections and not page.comparison.fields
    rows = [] if is_said else [row for row in page.comparison.prices() if not (lists and row.name == "providers")]
    caption = page.say("Cheapest prices of {models} per million tokens", models=page.all_names())
    cheapest = rows_table(page, caption, page.say("Price"), rows)
    return cheapest if page.comparison.fields else (*cheapest, *lists, *bullets(_remarks(page)))


def _price_list(page: Page, model: Model) -> tuple[Block, ...]:
    """A table with a row for each living route whose prices are stated; without any amount it has one column."""
    day, notes = page.comparison.day, Notes()
    if not (routes := tuple(route for route in living_routes(model, day) if not _is_unsaid(route, day))):
        return ()
    components = components_of(routes, day)
    heads = [component_text(page, name, page.say(COMPONENTS[name].label)) for name in components] or [page.say("Price")]
    rows = [_route_row(page, route, components or ("",), notes) for route in routes]
    dated = mark("Price list of {model} on {day}, per million tokens where no other unit is named")
    undated = mark("Price list of {model}, per million tokens where no other unit is named")
    caption = page.say(dated if day else undated, model=model, day=day or "")
    label = page.name(model) if page.narrow else ""
    return (Table(caption, header(page.say("Route"), *heads), tuple(rows), label=label), *notes.blocks())


def component_text(page: Page, name: str, label: str) -> str:
    """A component with its unit, unless that is a million tokens."""
    component = PRICE_COMPONENTS[name]
    if component.unit == "tokens":
        return label
    if component.per == 1:
        return page.say("{component} (each)", component=label)
    return page.say("{component} (per {number})", component=label, number=component.per)


def _route_row(page: Page, route: Route, components: tuple[str, ...], notes: Notes) -> TableRow:
    """The route and its prices. A price that depends on terms names them in its cell, or in that of the route."""
    lines = _lines(page, route)
    factors = _factors(page, lines)
    head = Cell(tuple(_route(page, route, lines, factors, notes)))
    if any(lines.values()):
        return TableRow(head, tuple(_prices(page, route, lines, factors, name) for name in components))
    state = route.prices.state
    return TableRow(head, (cell(state_text(page, state), marks=(STATE_MARKS[state],)),) * len(components))


def _is_unsaid(route: Route, day: datetime.date | None) -> bool:
    """True if no source states a price."""
    return not listed(route, day) and (route.prices.known or route.prices.state is State.UNKNOWN)


def _lines(page: Page, route: Route) -> _Lines:
    """The prices of a route by their terms, the standard ones first."""
    found: _Lines = {STANDARD: {}}
    for price in listed(route, page.comparison.day):
        service, span, size, dates = terms(page, price)
        size = size if _dates(page, route) else page.words.comma.join(filter(None, (size, dates)))
        found.setdefault((service, span), {}).setdefault(size, []).append(price)
    return found


def _dates(page: Page, route: Route) -> str:
    """The dates of a whole price list; empty if it has none, or several."""
    found = {terms(page, price)[-1] for price in listed(route, page.comparison.day)}
    return found.pop() if len(found) == 1 else ""


def _factors(page: Page, lines: _Lines) -> dict[Mode, str]:
    """The modes whose token prices are the standard ones, at every size, times one factor."""
    found, standard = {}, _token_prices(lines[STANDARD])
    for mode, sizes in lines.items():
        own = _token_prices(sizes)
        if mode != STANDARD and own.keys() == standard.keys() and (most := max(standard.values(), default=0)):
            factor = Fraction(max(own.values())) / Fraction(most)
            is_constant = all(amount == factor * Fraction(standard[key]) for key, amount in own.items())
            # Others have no short decimal figure.
            if factor and is_constant and 100 % factor.denominator == 0:
                half, times = mark("half the price per token"), mark("{number} times the price per token")
                number = Decimal(factor.numerator) / factor.denominator
                found[mode] = page.say(half if 2 * factor == 1 else times, number=number)
    return found


def _token_prices(sizes: Mapping[str, Sequence[Price]]) -> dict[tuple[str, str, str | None], Decimal]:
    priced = ((size, price, name) for size, prices in sizes.items() for price in prices for name in price.components)
    return {(size, name, price.currency): price.components[name] for size, price, name in priced if name in BY_TOKEN}


def _route(page: Page, route: Route, lines: _Lines, factors: Mapping[Mode, str], notes: Notes) -> Iterator[Inline]:
    """The provider, the id of the model there, and what holds for the whole list, or for all prices of a mode."""
    provider = page.catalog.providers[route.provider]
    yield from linked(page.place(route), provider.name, None if page.narrow else provider.url)
    yield from (Text(" "), Code(route.id)) if route.id else ()
    held = {mode: [price for prices in sizes.values() for price in prices] for mode, sizes in lines.items()}
    marks = {mode: _marks(page, prices, notes) for mode, prices in held.items()}
    yield from spaced(dict.fromkeys((*page.citations.marks(route, *held[STANDARD]), *marks[STANDARD])))
    own = ((mode, factors.get(mode, ""), () if found == marks[STANDARD] else found) for mode, found in marks.items())
    said = [(mode, "", (words, found)) for mode, words, found in ((STANDARD, _dates(page, route), ()), *own)]
    for label, (words, found) in _labelled(page, [item for item in said if any(item[2])]):
        named = page.labelled(label, words) if label and words else label or words
        yield from (Break(page.words.semicolon), Small(named), *spaced(found))


def _marks(page: Page, prices: Sequence[Price], notes: Notes) -> tuple[Inline, ...]:
    """The marks of the sources of some prices, of the author's notes, and of their age."""
    remarks = [notes.add(page.prose(price.note)) for price in prices if price.note]
    return (*page.citations.marks(*prices), *dict.fromkeys(remarks), *stale_marks(page, prices, notes))


def _labelled(page: Page, items: Iterable[tuple[Mode, str, T]]) -> Iterator[tuple[str, T]]:
    """Terms in words with what holds on them. Services of which the same holds on the same terms are named together."""
    found: dict[tuple[bool, str, str, T], list[str]] = {}
    for (service, span), size, said in items:
        found.setdefault((bool(service), span, size, said), []).append(service)
    for (_, span, size, said), services in found.items():
        yield page.words.comma.join(filter(None, (page.words.list(services), span, size))), said


def _prices(page: Page, route: Route, lines: _Lines, factors: Mapping[Mode, str], component: str) -> Cell:
    """The standard price, then those that other terms change; without any, that it is not priced, so not free."""
    # Without a price of its own at a size, a mode has the one that it has at every size.
    shown = [
        (mode, size, amount)
        for mode, sizes in lines.items()
        if not (mode in factors and component in BY_TOKEN)
        for size, prices in sizes.items()
        if (amount := _amount(page, route, prices if mode == STANDARD else [*prices, *sizes.get("", ())], component))
    ]
    if not shown:
        # A request without a price of its own costs nothing beside its tokens.
        is_unasked = component == "request" and route.charges is not Charges.INCOMPLETE
        return cell(page.say("None") if is_unasked else page.word("unpriced"), marks=("unpriced",))
    (label, first), *more = _labelled(page, shown)
    content = [*text(Small(page.labelled(label)), first.text)] if label else [*first.content]
    for label, amount in more:
        content += text(Break(page.words.semicolon), Small(page.labelled(label)), amount.text)
    marks = dict.fromkeys(mark for *_, amount in shown for mark in amount.marks)
    return replace(first, content=tuple(content), marks=tuple(marks))


def _amount(page: Page, route: Route, prices: Sequence[Price], component: str) -> Cell | None:
    """The amount that some prices have for a component, or the word in its place; None if they do not price it."""
    if own := next((price for price in prices if component in price.components), None):
        quote = quoted(page.catalog, route, own, component)
        if not quote.amount:
            return cell(page.word("free"), marks=("free",), value="0")
        value = f"{quote.amount:f}" if quote.currency == page.catalog.currency else ""
        return cell(page.words.aligned(amount_text(page, quote)), value=value)
    kind = next((kind for kind in OFFERS if any(getattr(price, kind) for price in prices)), None)
    return cell(page.word(kind), marks=(kind,)) if kind else None


def _remarks(page: Page) -> Iterator[tuple[Inline, ...]]:
    for model in page.models:
        if price_state(model) is State.NOT_APPLICABLE:
            said = page.say("{model} has no price by the token: not applicable.", model=model)
            is_noted = not model.routes.note or "scorecard" in page.comparison.sections
            yield text(said, *(() if is_noted else (Text(" "), *page.prose(model.routes.note or ""))))
        elif model.routes.state is State.UNDISCLOSED:
            yield text(page.say("Where {model} can be called, and for how much, is undisclosed.", model=model))
        elif not routes_of(model):
            yield text(page.say("No route of {model} is recorded, so its prices are unknown, not zero.", model=model))
        for other in model.routes.rivals:
            yield (Text(page.labelled(page.name(model))), *_other_routes(page, other))
        for kind, phrase in OFFERS.items():
            if found := offers(model, kind, page.comparison.day):
                yield text(page.say(phrase, model=model, routes=found))
        yield from _route_remarks(page, model)


def _route_remarks(page: Page, model: Model) -> Iterator[tuple[Inline, ...]]:
    """What is to be said of single routes; what is the same of several, once."""
    places: dict[tuple[Inline, ...], list[Route]] = {}
    for route in routes_of(model):
        for remark in (*_life_remarks(page, model, route), *_list_remarks(page, model, route)):
            places.setdefault(remark, []).append(route)
    for remark, routes in places.items():
        yield (Text(page.labelled(page.say("{model} at {route}", model=model, route=routes))), *remark)


def _other_routes(page: Page, other: Reading[tuple[Route, ...]]) -> tuple[Inline, ...]:
    """The routes, and their prices, that another source gives."""
    said = [state_text(page, other.state)] if other.value is None else []
    for route in other.value or ():
        prices = [_price_text(page, route, price) for price in listed(route, page.comparison.day)]
        said.append(page.labelled(page.route(route), page.words.list(prices)) if prices else page.route(route))
    phrase = page.say("Another source gives other routes: {routes}.", routes=page.words.semicolon.join(said))
    return _said(page, phrase, other)


def _life_remarks(page: Page, model: Model, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The life of a route: its status and dates, its last prices if it has ended, and those that are announced."""
    day, held = page.comparison.day, route.lifecycle
    life = route_life(model, route, day)
    if life is Life.ENDED:
        is_over = held is not None and is_shut_down(held, day)
        said = lifecycle_text(page, held) if held and is_over else ended_text(page, turn_of(model, route, day)[0])
        prices = last_prices(route, day)
        if prices:
            lists = [_price_text(page, route, price) for price in prices]
            said = page.say("{ended}. The last prices were {prices}.", ended=said, prices=lists)
        yield _said(page, said, *([held] if held else []), *prices)
    elif held:
        yield _said(page, lifecycle_text(page, held), held)
    for price in announced(route, life, day):
        yield _said(page, page.say("{prices} is announced.", prices=_price_text(page, route, price)), price)


def _list_remarks(page: Page, model: Model, route: Route) -> Iterator[tuple[Inline, ...]]:
    """The author's notes, what the list does not price, and the price lists of other sources."""
    day = page.comparison.day
    if _is_unsaid(route, day) and route in living_routes(model, day):
        said = page.say(UNSAID[1], rows=page.aside(page.say("prices"), *([SLOT] if route.id else [])))
        yield (*set_in(said, *([Code(route.id)] if route.id else [])), *spaced(page.citations.marks(route)))
    yield from (page.prose(note) for note in (route.note, route.prices.note) if note)
    if route.charges is Charges.INCOMPLETE:
        yield text(page.say("The source names charges that are not listed here."))
    elif lacking(route, steps_of(living_routes(model, day), day, None), day):
        yield text(page.say("Other routes ask more for larger requests. No such step is listed here."))
    zeros = {name for price in listed(route, day) for name in price.zeros}
    if zeros:
        names = [page.say(COMPONENTS[name].in_sentence) for name in PRICE_COMPONENTS if name in zeros]
        phrase = mark("The list gives 0 for {components} without calling it free, so that is not counted as a price.")
        yield text(page.say(phrase, components=names))
    for other in route.prices.rivals:
        prices = in_force(other.value or (), day) or other.value or ()
        lists = [_price_text(page, route, price) for price in prices] or [state_text(page, other.state)]
        yield _said(page, page.say("Another source gives {prices}.", prices=lists), other, *prices)


def _said(page: Page, said: str, *items: Sourced) -> tuple[Inline, ...]:
    """A remark with the sources of what it rests on, and the author's notes on that."""
    notes = (inline for item in items if item.note for inline in (Text(" "), *page.prose(item.note)))
    return (Text(said), *spaced(page.citations.marks(*items)), *notes)


def _price_text(page: Page, route: Route, price: Price) -> str:
    """A line of a price list in words: its prices and its conditions."""
    parts = []
    for name in (name for name in PRICE_COMPONENTS if name in price.components):
        component = component_text(page, name, page.say(COMPONENTS[name].in_sentence))
        quote = quoted(page.catalog, route, price, name)
        amount = amount_text(page, quote) if quote.amount else page.word("free")
        parts.append(page.say("{component} {amount}", component=component, amount=amount))
    parts += [page.word(kind) for kind in OFFERS if getattr(price, kind)]
    prices = page.words.comma.join(parts)
    return page.say("{prices} ({conditions})", prices=prices, conditions=holds_text(page, price))


SECTION = SectionKind(mark("Pricing and availability"), build)

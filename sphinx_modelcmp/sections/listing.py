"""Tables and cards of the models that a query finds: a row a model or a route, with the facts that an author names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import Modality, State, Status
from sphinx_modelcmp.compare.comparison import EXAMPLE_TRAFFIC, Comparison
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost
from sphinx_modelcmp.compare.life import ending
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.rows import Row
from sphinx_modelcmp.query.answers import Answer
from sphinx_modelcmp.query.terms import Doubt, Kind, Term
from sphinx_modelcmp.sections import labels
from sphinx_modelcmp.sections.blocks import (
    Block,
    Bullets,
    Cell,
    Code,
    Definitions,
    Inline,
    Section,
    Small,
    Strong,
    Table,
    TableRow,
    Text,
    cell,
    paragraph,
)
from sphinx_modelcmp.sections.citations import Notes
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.pricing import component_text
from sphinx_modelcmp.sections.registry import closed
from sphinx_modelcmp.sections.tables import Side, fact_cell, row_head
from sphinx_modelcmp.sections.values import amount_text, reading_text, state_text, why_without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Fact
    from sphinx_modelcmp.compare.comparison import Settings
    from sphinx_modelcmp.query.answers import Undecided
    from sphinx_modelcmp.query.conditions import Reason
    from sphinx_modelcmp.query.request import Selection
    from sphinx_modelcmp.query.selection import Selected
    from sphinx_modelcmp.sections.language import Language

NAME = "models"
"""The name of the section, and of its anchor."""
TITLE = mark("Models")
MATCH = mark_plural("{number} model matches.", "{number} models match.")
ROUTES_MATCH = mark_plural("{number} route matches.", "{number} routes match.")
CUT = mark_plural("{number} of them is not shown.", "{number} of them are not shown.")
DOUBTS = {
    State.UNKNOWN: mark("unknown"),
    State.UNDISCLOSED: mark("undisclosed"),
    Doubt.DIFFERENT: mark("different by source or route"),
    Doubt.PARTIAL: mark("partial"),
    Doubt.IMPRECISE: mark("known only by month or year"),
    Doubt.UNSURE: mark("perhaps lower"),
}
"""The words for why a fact decides nothing."""
HEADS = {
    "id": mark("ID"),
    "name": mark("Name"),
    "provider": mark("Provider"),
    "region": mark("Region"),
    "alive": mark("Can be called"),
    "modalities.input": mark("Takes"),
    "modalities.output": mark("Gives"),
    "parameters.active": mark("Active parameters"),
    "family.generation": mark("Generation"),
}
"""The heads of columns that are no row of a comparison."""
WITHOUT_SOURCE = frozenset(("id", "name", "provider", "region", "alive"))
"""The columns that no source is named for: what the catalog calls things, and what follows from all of it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table or cards: what was asked, what was found, and the author's words for the table."""

    asked: Selection
    found: Selected
    caption: str = ""
    empty: str = ""


def page_of(
    catalog: Catalog, found: Selected, settings: Settings, words: Language, translate: Callable[[str], str] = str
) -> Page:
    """The page of the models of a listing, with the columns as its only facts."""
    day = catalog.reading_day(settings.as_of)
    comparison = Comparison(
        catalog=catalog,
        models=found.models,
        sections=(),
        benchmarks=(),
        fields=(),
        traffic=EXAMPLE_TRAFFIC,
        day=day,
        stale_after=settings.stale_after,
        source_links=settings.source_links,
        columns=tuple(
            Row(
                term.name,
                tuple(term.get(catalog, model, day) for model in found.models),
                house=catalog.fields.get(term.name),
            )
            for term in found.columns
        ),
    )
    return Page(comparison, words, translate)


def listing_of(page: Page, listing: Listing) -> tuple[Section, ...]:
    """The one section of a listing, with the legend and the sources below it."""
    notes = Notes()
    write = _cards if listing.asked.cards else _tables
    is_empty = not (page.models or listing.found.cut)
    empty = (paragraph(listing.empty or page.say("No model matches.")),) if is_empty else ()
    shown = write(page, listing, notes) if page.models else empty
    blocks = (*shown, *notes.blocks(), *_count(page, listing))
    return tuple(closed(page, [Section(NAME, "", blocks, page.foreign_names)]))


def _tables(page: Page, listing: Listing, notes: Notes) -> tuple[Block, ...]:
    """A table, or one for each group in the order in which they first occur."""
    caption = listing.caption or page.say("Models; prices per million tokens where no other unit is named")
    places = range(len(page.models))
    if not (group := listing.found.group):
        return (_table(page, listing, caption, places, notes),)
    row = Row(group.name, tuple(group.get(page.catalog, model, page.comparison.day) for model in page.models))
    words = ["".join(inline.text for inline in _said(page, group, row, i, alone=False)) for i in places]
    ordered = sorted(places, key=lambda i: words.index(words[i]))
    return tuple(
        _table(page, listing, page.labelled(name, caption), tuple(found), notes)
        for name, found in groupby(ordered, key=lambda i: words[i])
    )


def _table(page: Page, listing: Listing, caption: str, places: Sequence[int], notes: Notes) -> Table:
    rows = page.comparison.columns
    heads = (_head(page, term, row) for term, row in zip(listing.found.columns, rows, strict=True))
    lines = tuple(_line(page, listing, i, notes) for i in places)
    return Table(caption, (cell(page.say("Model")), *heads), lines)


def _line(page: Page, listing: Listing, i: int, notes: Notes) -> TableRow:
    side = _side(page, listing, i, notes)
    return TableRow(side.head, tuple(_cells(page, listing, i, side, notes)))


def _side(page: Page, listing: Listing, i: int, notes: Notes) -> Side:
    """The name of a model with its marks, with its stage where it ends, and with what leaves it undecided."""
    sourced = [row for row in page.comparison.columns if row.name not in WITHOUT_SOURCE]
    side = Side.of(page, sourced, i, notes)
    more: list[Inline] = []
    if end := ending(page.models[i], page.comparison.day):
        status = Status.SHUTDOWN if end.is_gone else Status.DEPRECATED
        more += [Text(" "), Small(page.say(labels.STATUS[status]))]
    if listing.asked.undecided == "include" and (open_ := _undecided(listing, i)):
        reasons = page.words.comma.join(_doubt(page, listing, reason) for reason in open_.reasons)
        more += [Text(" "), notes.add((Text(page.say("Undecided: {names}.", names=reasons)),))]
    return side._replace(head=replace(side.head, content=(*side.head.content, *more)))


def _undecided(listing: Listing, i: int) -> Undecided | None:
    undecided = listing.found.answer.undecided if listing.found.answer else ()
    return next((one for one in undecided if one.model is listing.found.models[i]), None)


def _cells(page: Page, listing: Listing, i: int, side: Side, notes: Notes) -> Iterator[Cell]:
    names = {term.name for term in listing.found.columns}
    alone = not listing.asked.is_of_routes and "providers" not in names
    for term, row in zip(listing.found.columns, page.comparison.columns, strict=True):
        said = _said(page, term, row, i, alone=alone)
        yield fact_cell(page, row, i, side, notes, best=False, said=said)


def _said(page: Page, term: Term, row: Row, i: int, *, alone: bool) -> tuple[Inline, ...]:
    """A value in words. ``alone`` is a price that no other column says the provider of."""
    fact = row.facts[i]
    if term.name == "id":
        return (Code(page.models[i].id),)
    if fact.state is not State.KNOWN:
        return (Text(reading_text(page, row, fact)),)
    return (Text(_value(page, term, row, fact, alone=alone)),)


def _value(page: Page, term: Term, row: Row, fact: Fact[Any], *, alone: bool) -> str:  # noqa: C901 - one return a kind
    match value := fact.value:
        case Quote() if not alone:
            return amount_text(page, value)
        case MonthlyCost():
            return page.words.money(value.total, value.currency)
        case NoCost():
            return why_without(page, value)
        case Status():
            return page.say(labels.STATUS[value])
        case str() if term.name == "provider":
            return page.provider(value)
    if "." not in term.name:
        return reading_text(page, row, fact)
    part = term.part(fact.value)
    match part:
        case None:
            return state_text(page, State.UNKNOWN)
        case tuple():
            return page.words.list(page.say(labels.MODALITIES[Modality(kind)]) for kind in part)
        case Decimal():
            return page.words.short_number(part)
    return str(part)


def _head(page: Page, term: Term, row: Row) -> Cell:
    """The head of a column."""
    if term.kind is Kind.MONEY:
        if term.name not in labels.COMPONENTS:
            traffic = page.catalog.traffic.get(term.name[6:-1])
            return cell(page.aside(page.say("A month"), *([page.translate(traffic.label)] if traffic else [])))
        return cell(component_text(page, term.name, page.say(labels.COMPONENTS[term.name].label)))
    if term.name.startswith("score("):
        return cell(page.catalog.benchmarks[term.name[6:-1]].name)
    return cell(page.say(HEADS[term.name])) if term.name in HEADS else row_head(page, row)


def _cards(page: Page, listing: Listing, notes: Notes) -> tuple[Block, ...]:
    """A card a model, with its summary and a list of its facts."""
    cards = []
    for i, model in enumerate(page.models):
        side = _side(page, listing, i, notes)
        facts = tuple(
            (Text(page.labelled(_head(page, term, row).text)), *said.content)
            for term, row, said in zip(
                listing.found.columns, page.comparison.columns, _cells(page, listing, i, side, notes), strict=True
            )
        )
        summary = (paragraph(*page.prose(model.summary.value)),) if model.summary.value else ()
        name, *marks = side.head.content
        cards.append(Definitions((((Strong(name.text), *marks), (*summary, Bullets(facts))),), is_card=True))
    return tuple(cards)


def _count(page: Page, listing: Listing) -> tuple[Block, ...]:
    """How many match, how many of them are not shown, and what leaves others undecided."""
    found, asked = listing.found.answer or Answer(()), listing.asked
    said = []
    if asked.where:
        said.append(page.count(*(ROUTES_MATCH if asked.is_of_routes else MATCH), len(found.matched)))
    if listing.found.cut:
        said.append(page.count(*CUT, listing.found.cut))
    if found.undecided:
        reasons = page.words.comma.join(
            page.aside(_doubt(page, listing, reason), page.words.number(number)) for reason, number in found.reasons()
        )
        phrase = mark("{number} could not be decided: {reasons}.")
        said.append(page.say(phrase, number=len(found.undecided), reasons=reasons))
    if found.undecided and asked.undecided == "show":
        models = dict.fromkeys(one.model.name for one in found.undecided)
        said.append(page.say("Undecided: {names}.", names=list(models)))
    return (paragraph(page.words.gap.join(said)),) if said else ()


def _doubt(page: Page, listing: Listing, reason: Reason) -> str:
    """A fact and what is in its place: “context window unknown”."""
    name, doubt = reason
    return page.say("{fact} {state}", fact=_in_sentence(page, name), state=page.say(DOUBTS[doubt]))


def _in_sentence(page: Page, name: str) -> str:
    if name in labels.COMPONENTS and name not in labels.ROWS and name not in page.catalog.fields:
        return page.say("price of {component}", component=page.say(labels.COMPONENTS[name].in_sentence))
    if name in HEADS:
        return page.say(HEADS[name])
    if "(" in name:
        inner = name.partition("(")[2][:-1]
        benchmark = page.catalog.benchmarks.get(inner)
        return benchmark.name if benchmark else page.say("a month")
    return page.in_sentence(name)

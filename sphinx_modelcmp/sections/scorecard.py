"""What decides first, at a glance: what parts the models, with bars and ratios, then in a line what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.certainty import best, the_value, values_of
from sphinx_modelcmp.compare.costing import MonthlyCost
from sphinx_modelcmp.compare.pricing import NoPrice, Quote
from sphinx_modelcmp.compare.rows import SPECS, overrides
from sphinx_modelcmp.compare.sources import origins
from sphinx_modelcmp.sections.blocks import Block, Break, Cell, Inline, Paragraph, Small, Table, TableRow, Term, Text
from sphinx_modelcmp.sections.citations import SLOT, Notes, set_in, spaced
from sphinx_modelcmp.sections.cost import month_cell, not_comparable, workload_text
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import ratio_text
from sphinx_modelcmp.sections.tables import across, rows_table, stale_marks, transposed, unsaid_line
from sphinx_modelcmp.sections.values import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.compare.costing import NoCost
    from sphinx_modelcmp.compare.rows import Row

BARRED = ("cheapest_input", "cheapest_output", "context_window")
"""Rows whose amounts are drawn."""
STEP = 5
"""Bars grow in steps of so many percent: each is a class of the style sheet."""
OLD = 90
"""From so many days on the age of the oldest fact is told."""
SAME = {2: mark("The same for both: {rows}.")}
SAME_OF_MANY = mark("The same for all: {rows}.")
CAPTION = mark("Scorecard of {models}; prices per million tokens")
AGED = mark_plural(
    "Scorecard of {models}; prices per million tokens; oldest fact {number} day old",
    "Scorecard of {models}; prices per million tokens; oldest fact {number} days old",
)


def build(page: Page) -> tuple[Block, ...]:
    """The signals that part the models, and two lines for the rest; of many models a row each, the cheapest first."""
    rows = page.comparison.scorecard()
    elsewhere = SPECS if "specs" in page.comparison.sections else ()
    # An author who chooses rows or the shape of tables gets these.
    if page.is_single or page.comparison.fields or page.comparison.transpose or page.comparison.only_differences:
        blocks = rows_table(page, _caption(page), page.say("Signal"), rows, noted_elsewhere=elsewhere)
        asked, order = page.comparison.shown(rows), range(len(page.models))
        return tuple(_drawn(page, block, asked, order) if isinstance(block, Table) else block for block in blocks)
    unsaid = [] if page.comparison.unknown_rows else [row for row in rows if page.comparison.is_unsaid(row)]
    same = [row for row in rows if _is_same(page, row)]
    parted = [row for row in rows if row not in (*unsaid, *same)]
    parted.sort(key=lambda row: (not best(page.comparison, row), row.better is None))
    notes = Notes(elsewhere)
    is_ranking = page.narrow and page.ranked and "cost" in page.comparison.sections
    table = (_ranking if is_ranking else _side_by_side)(page, parted, notes)
    shown = (table,) if table.rows and table.rows[0].cells else ()
    # Notes on models have nothing to stand below without a table.
    notes = notes if shown else Notes(elsewhere)
    below = _same(page, same, notes, is_alone=not shown)
    return (*shown, *notes.blocks(), *below, *unsaid_line(page, unsaid))


def _side_by_side(page: Page, rows: Sequence[Row], notes: Notes) -> Table:
    """A column a model, and the month in the first row."""
    table, order = across(page, _caption(page), page.say("Signal"), rows, notes), range(len(page.models))
    return _drawn(page, table, rows, order, *_month(page, order))


def _ranking(page: Page, rows: Sequence[Row], notes: Notes) -> Table:
    """A row a model, and the month in the first column: the cheapest comes first."""
    places = {model.id: i for i, model in enumerate(page.models)}
    cheapest = sorted(page.ranked.values(), key=lambda cost: cost.total)
    order = tuple(dict.fromkeys((*(places[cost.model.id] for cost in cheapest), *places.values())))
    table = transposed(page, _caption(page), rows, order, notes)
    return _drawn(page, table, rows, order, *_month(page, order))


def _drawn(page: Page, table: Table, rows: Sequence[Row], order: Sequence[int], *first: TableRow) -> Table:
    """A table with bars and ratios, and before its facts some other rows, or columns in one that has a row a model."""
    columns = (TableRow(head, tuple(row.cells[j] for row in table.rows)) for j, head in enumerate(table.header[1:]))
    own = zip(rows, table.rows if table.across else columns, strict=True)
    found = (*first, *(_drawn_row(page, row, line, order) for row, line in own))
    if table.across:
        return replace(table, rows=found)
    lines = (replace(line, cells=tuple(column.cells[k] for column in found)) for k, line in enumerate(table.rows))
    return replace(table, header=(table.header[0], *(column.head for column in found)), rows=tuple(lines))


def _caption(page: Page) -> str:
    """The table, and the age of its oldest fact where that matters."""
    day, checked = page.comparison.day, [used.checked for used in page.citations.entries if used.checked]
    age = (day - min(checked)).days if day and checked else 0
    names = page.all_names()
    return page.count(*AGED, age, models=names) if age >= OLD else page.say(CAPTION, models=names)


def _is_same(page: Page, row: Row) -> bool:
    """True if all models are known to have the same value, whoever says so and wherever it is called."""
    is_plain = all(fact.known and not fact.rivals and not fact.note for fact in row.facts)
    of_routes = (found for model in page.models for found in overrides(model, row.name, page.comparison.day))
    return is_plain and len({plain_value(page, row.name, fact.value) for fact in row.facts}) == 1 and not any(of_routes)


def _same(page: Page, rows: Sequence[Row], notes: Notes, *, is_alone: bool) -> tuple[Block, ...]:
    """The rows in which all models have one value, each with its value and sources, and without a table its unit."""
    if not rows:
        return ()
    found: list[Inline] = []
    for row in rows:
        rests_on = [item for i in range(len(row.facts)) for item in origins(row, i, page.comparison)]
        said = page.labelled(page.in_sentence(row.name), plain_value(page, row.name, row.facts[0].value))
        marks = (*page.citations.marks(*rests_on), *stale_marks(page, rests_on, notes))
        found += [*([Text(page.words.semicolon)] if found else []), Text(said), *spaced(marks)]
    phrase = SAME.get(len(page.models), SAME_OF_MANY)
    is_priced = is_alone and any(isinstance(row.facts[0].value, Quote) for row in rows)
    unit = [Text(page.words.gap), Text(page.say("Prices are per million tokens."))] if is_priced else []
    return (Paragraph((*set_in(page.say(phrase, rows=SLOT), *found), *unit)),)


def _month(page: Page, order: Iterable[int]) -> tuple[TableRow, ...]:
    """The cost of a month, where the page has that of two models."""
    if "cost" not in page.comparison.sections or len(page.totals) < 2:
        return ()
    head = Cell((Term(page.say("A month"), workload_text(page)),))
    order = tuple(order)
    ranked = [page.ranked.get(page.models[i].id) for i in order]
    totals = [cost.total if cost else None for cost in ranked]
    cells = _with_bars(page, [_counted(page, page.months[i]) for i in order], totals)
    return (TableRow(head, cells, len({*filter(None, totals)}) > 1),)


def _counted(page: Page, cost: MonthlyCost | NoCost) -> Cell:
    """A month that can be compared: what another total leaves out is said below the table of costs, and not here."""
    is_apart = isinstance(cost, MonthlyCost) and page.ranked and cost.model.id not in page.ranked
    return not_comparable(page) if is_apart else month_cell(page, cost)


def _drawn_row(page: Page, row: Row, line: TableRow, order: Iterable[int]) -> TableRow:
    """A row with bars and ratios, if each of its amounts is the only one that any source gives."""
    if row.name not in BARRED or any(isinstance(fact.value, NoPrice) for fact in row.facts):
        return line
    sides = ((page.models[i], row.facts[i]) for i in order)
    amounts = [_amount(the_value(values_of(page.comparison, model, row.name, fact))) for model, fact in sides]
    return replace(line, cells=_with_bars(page, line.cells, amounts))


def _amount(value: object) -> Decimal | None:
    if isinstance(value, Quote):
        return value.amount
    return Decimal(value) if isinstance(value, int) else None


def _with_bars(page: Page, cells: Sequence[Cell], amounts: Sequence[Decimal | None]) -> tuple[Cell, ...]:
    """Cells with a bar for each amount, and below those behind their ratio to the best one, if that is certain."""
    known = [amount for amount in amounts if amount]
    first = next((amount for cell, amount in zip(cells, amounts, strict=True) if "best" in cell.marks), None)
    if first is None or len(known) < 2:
        return tuple(cells)
    most = max(known)
    found = []
    for cell, amount in zip(cells, amounts, strict=True):
        marks = (*cell.marks, f"bar-{max(1, round(amount / most * 100 / STEP)) * STEP}") if amount else cell.marks
        behind = amount if amount != first else None
        ratio = (Break(page.words.semicolon), Small(ratio_text(page, first, behind))) if behind else ()
        found.append(replace(cell, content=(*cell.content, *ratio), marks=marks))
    return tuple(found)


SECTION = SectionKind(mark("Decision scorecard"), build)

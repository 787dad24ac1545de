"""Tables of facts with models as columns, or as rows, and their notes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.records import REFERENCES, agree
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.certainty import best
from sphinx_modelcmp.compare.rows import NEUTRAL, overrides
from sphinx_modelcmp.compare.sources import origins
from sphinx_modelcmp.sections.blocks import Block, Cell, Inline, Table, TableRow, Term, Text, cell, paragraph, text
from sphinx_modelcmp.sections.citations import SLOT, Notes, linked, marked, set_in, spaced
from sphinx_modelcmp.sections.labels import ROWS
from sphinx_modelcmp.sections.language import mark, mark_plural
from sphinx_modelcmp.sections.values import is_highest_first, mark_of, reading_text, sort_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Fact, Model, Reading, Route
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.compare.sources import HasSource
    from sphinx_modelcmp.sections.blocks import SourceMark
    from sphinx_modelcmp.sections.page import Page


LEFT_OUT = mark_plural(
    "{number} row without a known difference is left out.", "{number} rows without a known difference are left out."
)
COLUMNS_LEFT_OUT = mark_plural(
    "{number} column without a known difference is left out.",
    "{number} columns without a known difference are left out.",
)
UNSAID = {
    1: mark("No source states: {rows}."),
    2: mark("No source states for either model: {rows}."),
}
UNSAID_OF_MANY = mark("No source states for any of these models: {rows}.")
LONG = 20
"""In a table of more models a value has the number of its most trusted source only, and no list of other routes."""
SHARED = "shared"
"""The mark of a model’s name that has the sources of its values."""
HIGHEST_FIRST = "highest-first"
"""The mark of the name of a row that begins with its highest value where models are ordered by it."""
STALE = mark_plural(
    "Last checked more than {number} day before {day}.", "Last checked more than {number} days before {day}."
)


def rows_table(
    page: Page, caption: str, corner: str, rows: Sequence[Row], *, noted_elsewhere: Collection[str] = ()
) -> tuple[Block, ...]:
    """A table of rows, its notes, and the number of rows left out; nothing if no row was asked for.

    Rows ``noted_elsewhere`` have their notes in another table of the page; of those whose sources or routes differ,
    one note here says so.
    """
    notes = Notes(noted_elsewhere)
    shown = page.comparison.shown(rows)
    left_out = COLUMNS_LEFT_OUT if page.comparison.transpose else LEFT_OUT
    number = len(rows) - len(shown)
    missing = (paragraph(page.count(*left_out, number)),) if number else ()
    if not shown:
        return missing
    if page.comparison.transpose:
        table = transposed(page, caption, shown, range(len(page.models)), notes)
    else:
        table = across(page, caption, corner, shown, notes)
    return (table, *notes.blocks(), *missing)


def across(page: Page, caption: str, corner: str, rows: Sequence[Row], notes: Notes) -> Table:
    """A row a fact and a column a model."""
    sides = [Side.of(page, rows, i, notes) for i in range(len(page.models))]
    lines = tuple(_table_row(page, row, sides, notes) for row in rows)
    return Table(caption, (cell(corner), *(side.head for side in sides)), lines, across=True)


def known_rows_table(page: Page, caption: str, corner: str, rows: Sequence[Row]) -> tuple[Block, ...]:
    """A table of the rows that have something to show, and a line that names the others."""
    unsaid = [] if page.comparison.unknown_rows else [row for row in rows if page.comparison.is_unsaid(row)]
    blocks = rows_table(page, caption, corner, [row for row in rows if row not in unsaid])
    return (*blocks, *unsaid_line(page, unsaid))


def unsaid_line(page: Page, rows: Sequence[Row]) -> tuple[Block, ...]:
    """The names of rows that nobody has said anything about; nothing without any."""
    names = page.words.comma.join(page.in_sentence(row.name) for row in rows)
    phrase = UNSAID.get(len(page.models), UNSAID_OF_MANY)
    return (paragraph(page.say(phrase, rows=names)),) if rows else ()


def models_head(page: Page, corner: str, notes: Notes) -> tuple[Cell, ...]:
    """The header row of a table with a column a model. It comes before the rows: notes are lettered in that order."""
    return (cell(corner), *(model_cell(page, model, notes) for model in page.models))


def model_cell(page: Page, model: Model, notes: Notes, *marks: Inline, names: tuple[str, ...] = ()) -> Cell:
    """The name of a model, with some marks, and with the author's note on it as a whole."""
    return marked(page.name(model), marks, [notes.add(page.prose(model.note))] if model.note else [], names=names)


def stale_marks(page: Page, rests_on: Sequence[HasSource], notes: Notes) -> tuple[Inline, ...]:
    """The mark of a note, if everything that a cell rests on was last looked up too long ago.

    The note names the page's day: readers come later.
    """
    return _stale_mark(page, notes) if _is_stale(page, rests_on) else ()


def _is_stale(page: Page, rests_on: Sequence[HasSource]) -> bool:
    days = [item.checked for item in rests_on if item.checked]
    return page.comparison.stale_after is not None and bool(days) and all(map(page.comparison.is_stale, days))


def _stale_mark(page: Page, notes: Notes) -> tuple[Inline, ...]:
    return (notes.add(text(page.count(*STALE, page.comparison.stale_after or 0, day=page.comparison.day or ""))),)


class Side(NamedTuple):
    """A model in a table of facts: its name, with the marks of all its values that have none of their own."""

    head: Cell
    sources: tuple[SourceMark, ...]
    is_stale: bool
    """True if each of these values was last looked up too long ago."""

    @classmethod
    def of(cls, page: Page, rows: Sequence[Row], i: int, notes: Notes) -> Side:
        """The side of the model in that place. No mark stands at the name that is not that of several values."""
        stated = [row for row in rows if row.facts[i].state is not State.UNKNOWN]
        sources = _most_common([_sources(page, row, i) for row in stated])
        shared = [origins(row, i, page.comparison) for row in stated if _sources(page, row, i) == sources]
        is_stale = len(shared) > 1 and all(_is_stale(page, rests_on) for rests_on in shared)
        marks = (*sources, *(_stale_mark(page, notes) if is_stale else ()))
        names = (SHARED,) if sources else ()
        return cls(model_cell(page, page.models[i], notes, *marks, names=names), sources, is_stale)


def _most_common(found: Sequence[tuple[SourceMark, ...]]) -> tuple[SourceMark, ...]:
    """The marks that most values have; none where a value has no source, for a reader would give it these."""
    marks, number = Counter(found).most_common(1)[0] if found else ((), 0)
    return marks if number > 1 and all(found) else ()


def row_head(page: Page, row: Row) -> Cell:
    """The header cell of a row, with its meaning; of its own rows the house says that. Sorting goes by its mark."""
    label, house = page.label(row.name), page.catalog.fields.get(row.name)
    if house and (row.house or house.description):
        meaning = page.plain(house.description)
    else:
        meaning = page.say(ROWS[row.name].meaning)
    falls = is_highest_first(row) and len(page.models) > 2
    return Cell((Term(label, meaning) if meaning else Text(label),), (HIGHEST_FIRST,) if falls else ())


def header(*heads: str) -> tuple[Cell, ...]:
    """A header row."""
    return tuple(map(cell, heads))


def _table_row(page: Page, row: Row, sides: Sequence[Side], notes: Notes) -> TableRow:
    first = _best(page, row)
    cells = tuple(fact_cell(page, row, i, side, notes, best=i in first) for i, side in enumerate(sides))
    return TableRow(row_head(page, row), cells, row.differs)


def transposed(page: Page, caption: str, rows: Sequence[Row], order: Iterable[int], notes: Notes) -> Table:
    """A row a model, in an order, and a column a fact. Cells are made in that order, which is that of their notes."""
    first = [_best(page, row) for row in rows]
    lines = []
    for i in order:
        side = Side.of(page, rows, i, notes)
        cells = (fact_cell(page, row, i, side, notes, best=i in first[j]) for j, row in enumerate(rows))
        lines.append(TableRow(side.head, tuple(cells)))
    return Table(caption, (cell(page.say("Model")), *(row_head(page, row) for row in rows)), tuple(lines))


def _best(page: Page, row: Row) -> tuple[int, ...]:
    return () if row.name in NEUTRAL else best(page.comparison, row)


def fact_cell(
    page: Page, row: Row, i: int, side: Side, notes: Notes, *, best: bool, said: tuple[Inline, ...] | None = None
) -> Cell:
    """The cell of a fact with its marks. ``said`` are other words for its value than those of a comparison."""
    fact, is_stale = row.facts[i], _is_stale(page, origins(row, i, page.comparison))
    noted = tuple(_notes(page, row, i, notes))
    names = (mark_of(fact), "best" * best, "disputed" * bool(fact.rivals), "stale" * is_stale)
    sources = _sources(page, row, i)
    is_shared = sources == side.sources
    aged = _stale_mark(page, notes) if is_stale and not (is_shared and side.is_stale) else ()
    # Two models can be looked at without being sorted.
    value = sort_value(row, fact) if len(page.models) > 2 else ""
    own = () if is_shared else sources
    words = _said(page, row, fact) if said is None else said
    return marked(words, own, noted, aged, names=tuple(filter(None, names)), value=value)


def _sources(page: Page, row: Row, i: int) -> tuple[SourceMark, ...]:
    """The marks of the sources that a value rests on, and of those that say the same, the most trusted first."""
    fact = row.facts[i]
    agreeing = (other for other in fact.others if agree(fact, other))
    marks = page.citations.marks(*origins(row, i, page.comparison), *agreeing)
    return marks[:1] if len(page.models) > LONG else marks


def _said(page: Page, row: Row, fact: Fact[Any]) -> tuple[Inline, ...]:
    """The value in words; an organization or a license leads to its page, where there is room for a finger."""
    said = reading_text(page, row, fact)
    if row.name in REFERENCES and fact.known and not page.narrow:
        entry = getattr(page.catalog, REFERENCES[row.name])[fact.value]
        return linked(said, entry.name, entry.url)
    return (Text(said),)


def _notes(page: Page, row: Row, i: int, notes: Notes) -> Iterator[Inline]:
    """The author's note, then what other sources say instead, then what holds at single routes."""
    fact, of_routes = row.facts[i], tuple(overrides(page.models[i], row.name, page.comparison.day))
    if row.name in notes.noted_elsewhere:
        if fact.rivals or of_routes:
            yield notes.add(text(page.say("Sources or routes give other values: see the specifications.")))
        return
    note = [inline for said in _own_notes(fact) for inline in (Text(page.words.gap), *page.prose(said))][1:]
    if note or fact.rivals:
        gap = " " if note else ""
        yield notes.add((*note, *_others(page, row, fact, gap + page.say("Others say {others}.", others=SLOT))))
    if of_routes and len(page.models) > LONG:
        yield notes.add(text(page.say("Some routes have another value.")))
    elif said := [_at_route(page, row, found.route, found.fact) for found in of_routes]:
        yield notes.add(set_in(page.say("Differs by route: {values}.", values=SLOT), *_joined(page, said)))


def _own_notes(fact: Fact[Any]) -> Collection[str]:
    """The author's notes on the value that is shown, whoever gives it, each once."""
    return dict.fromkeys(said.note for said in fact.readings if said.note and said not in fact.rivals)


def _noted(page: Page, row: Row, fact: Fact[Any]) -> str:
    """A value with the notes on it in plain words."""
    notes = (page.plain(note).rstrip(".") for note in _own_notes(fact))
    return page.aside(reading_text(page, row, fact, in_full=True), *notes)


def _at_route(page: Page, row: Row, route: Route, fact: Fact[Any]) -> tuple[Inline, ...]:
    said = page.say("{route}: {value}", route=route, value=_noted(page, row, fact))
    denied = " " + page.say("(others say {others})", others=SLOT)
    return (Text(said), *spaced(page.citations.marks(fact)), *_others(page, row, fact, denied))


def _others(page: Page, row: Row, fact: Fact[Any], sentence: str) -> tuple[Inline, ...]:
    """A sentence with the values that other sources give; nothing without any."""
    rivals = [_rival(page, row, other) for other in fact.rivals]
    return set_in(sentence, *_joined(page, rivals)) if rivals else ()


def _joined(page: Page, items: Sequence[Sequence[Inline]]) -> Iterator[Inline]:
    for i, item in enumerate(items):
        yield from ([Text(page.words.semicolon)] if i else [])
        yield from item


def _rival(page: Page, row: Row, other: Reading[Any]) -> tuple[Inline, ...]:
    """A value with who says so, and in plain words what the author notes of it."""
    # Many models have so many notes that there the number has to do.
    is_named = not (page.narrow and page.citations.numbers)
    titles = page.words.list(page.catalog.sources[name].title for name in other.source if is_named)
    note = page.plain(other.note).rstrip(".")
    asides = [page.labelled(titles, note)] if titles and note else [aside for aside in (titles, note) if aside]
    said = page.aside(reading_text(page, row, other, in_full=True), *asides)
    return (Text(said), *spaced(page.citations.marks(other)))

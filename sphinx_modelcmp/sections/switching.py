"""What changes for those who move from one model to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.records import Route
from sphinx_modelcmp.catalog.vocabulary import Better
from sphinx_modelcmp.compare.rows import beats
from sphinx_modelcmp.sections.blocks import (
    Block,
    Break,
    Bullets,
    Cell,
    Definitions,
    Inline,
    Paragraph,
    Said,
    Table,
    TableRow,
    Text,
    cell,
    text,
)
from sphinx_modelcmp.sections.citations import Notes, marked, spaced
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, saying
from sphinx_modelcmp.sections.tables import header, model_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.compare.claims import Move
    from sphinx_modelcmp.compare.evidence import Evidence

HEADS = (mark("Model"), mark("Providers of both"), mark("Lost"), mark("To check"), mark("Gained"), mark("Changed"))
"""Of the table of moves."""
SHRINKS = {
    "context_window": mark("The context window shrinks from {old} tokens with {origin} to {new} with {target}."),
    "max_output": mark("The maximum output shrinks from {old} tokens with {origin} to {new} with {target}."),
}
CHANGES = {
    "license": mark("The license changes: {old} for {origin}, {new} for {target}."),
    "commercial_use": mark("Commercial use changes: {old} for {origin}, {new} for {target}."),
}


def build(page: Page) -> tuple[Block, ...]:
    """The move from the first model to the second; of more models a table of the moves from the first."""
    if jobs := page.opening.jobs:
        apart = saying(page, page.say("They do different jobs, so neither replaces the other."), jobs.evidence)
        return (Paragraph((apart,)),)
    moves = page.moves
    if not moves:
        nothing = page.say("Too little is known of these models to say what a move between them would change.")
        return (Paragraph((Said(nothing),)),)
    return _matrix(page, moves) if len(page.models) > 2 else _way(page, moves[0])


def _way(page: Page, move: Move) -> tuple[Block, ...]:
    """What holds either way between two models, then the changes on the one way: the way back is its reverse."""
    both = [*_both_ways(page, move)]
    items = tuple(block(page, [said]) for said in _changes(page, move))
    term = page.say("From {origin} to {target}", origin=move.origin, target=move.target)
    changes = (Definitions(((text(term), (Bullets(items),)),)),) if items else ()
    return (*([Paragraph(block(page, both))] if both else []), *changes)


def _matrix(page: Page, moves: Sequence[Move]) -> tuple[Block, ...]:
    """A row for each move from the first model to another one."""
    first, notes = page.models[0], Notes()
    heads = header(*map(page.say, HEADS))
    rows = []
    for move in moves:
        # Lost and gained are pairs, of which the first is the one that has it.
        parted = ((move.lost[::2], move.lost), (move.unstated, move.unstated), (move.gained[::2], move.gained))
        named = (_named(page, *sides) for sides in parted)
        cells = (_providers(page, move), *named, _changed(page, move.changed))
        rows.append(TableRow(model_cell(page, move.target, notes), cells))
    caption = page.say("Moving from {model}", model=first)
    return (Table(caption, heads, tuple(rows)), *notes.blocks())


def _providers(page: Page, move: Move) -> Cell:
    if move.shared_providers is None:
        return cell(page.word("unknown"), marks=("unknown",))
    marks = page.citations.marks(*(item.fact for item in move.routes))
    return marked(page.words.list(map(page.provider, move.shared_providers)) or page.say("None"), marks)


def _named(page: Page, having: Iterable[Evidence], resting_on: Iterable[Evidence]) -> Cell:
    said = page.words.comma.join(_rows(page, having))
    return marked(said or page.say("None known"), page.citations.marks(*(item.fact for item in resting_on)))


def _changed(page: Page, pairs: Sequence[tuple[Evidence, Evidence]]) -> Cell:
    """The limits and terms that change, each in a line, with what it is before and after."""
    content: list[Inline] = []
    for old, new in pairs:
        phrase = mark("{row}: {new} instead of {old}")
        values = {"old": evidence_text(page, old), "new": evidence_text(page, new)}
        said = Text(page.say(phrase, row=page.in_sentence(old.field), **values))
        marks = page.citations.marks(old.fact, new.fact)
        content += [*([Break(page.words.semicolon)] if content else []), said, *spaced(marks)]
    return cell(*(content or [Text(page.say("None known"))]))


def _both_ways(page: Page, move: Move) -> Iterator[Said]:
    if move.shared_providers is None:
        return
    both = {"one": move.origin, "other": move.target}
    if not move.shared_providers:
        phrase = mark(
            "No recorded provider serves both {one} and {other}: plan for another endpoint, account and client library."
        )
        yield saying(page, page.say(phrase, **both), move.routes)
        return
    said = page.count(
        "{names} serves both {one} and {other}: a move can stay with that provider.",
        "{names} serve both {one} and {other}: a move can stay with one of them.",
        len(move.shared_providers),
        names=map(page.provider, move.shared_providers),
        **both,
    )
    yield saying(page, said, move.routes)
    for old, new in zip(move.routes[::2], move.routes[1::2], strict=True):
        ids = [item.record.id for item in (old, new) if isinstance(item.record, Route) and item.record.id]
        if len({*ids}) == 2:
            values = dict(zip(("old", "new"), ids, strict=True))
            phrase = mark("At {provider} the id {old} becomes {new}.")
            yield saying(page, page.say(phrase, provider=page.provider(str(new.value)), **values), (old, new))


def _changes(page: Page, move: Move) -> Iterator[Said]:
    """Each sentence names both models, to be understood also without the heading above it."""
    names = {"origin": move.origin, "target": move.target}
    if move.lost:
        phrase = mark(
            "Lost: {capabilities}, documented for {origin} and not offered by {target}. "
            "Find a replacement before traffic moves."
        )
        yield saying(page, page.say(phrase, capabilities=_rows(page, move.lost[::2]), **names), move.lost)
    if move.unstated:
        phrase = mark("To check first: {capabilities}, documented for {origin}; no source says for {target}.")
        yield saying(page, page.say(phrase, capabilities=_rows(page, move.unstated), **names), move.unstated)
    if move.gained:
        phrase = mark("Gained: {capabilities}, which {target} offers; {origin} is documented without.")
        yield saying(page, page.say(phrase, capabilities=_rows(page, move.gained[::2]), **names), move.gained)
    for old, new in move.changed:
        # More room asks for no change; what is a reason stands in the trade-offs.
        if old.field in CHANGES or beats(old.value, new.value, Better.HIGHER):
            values = {"old": evidence_text(page, old), "new": evidence_text(page, new), **names}
            yield saying(page, page.say(CHANGES.get(old.field) or SHRINKS[old.field], **values), (old, new))


def _rows(page: Page, evidence: Iterable[Evidence]) -> list[str]:
    return [page.in_sentence(item.field) for item in evidence]


SECTION = SectionKind(mark("Switching"), build)

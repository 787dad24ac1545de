"""What changes for who moves from one model to another, in each direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.rows import Row, beats
from sphinx_modelcmp.sections.blocks import Block, Bullets, Definitions, Inline, paragraph, text
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.sentences import plain_value
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Evidence, Move
    from sphinx_modelcmp.sections.page import Page

SHRINKS = {
    "context_window": mark("The context window shrinks from {old} to {new} tokens: the longest inputs have to be cut."),
    "max_output": mark("The maximum output shrinks from {old} to {new} tokens."),
}
CHANGES = {
    "license": mark("The license changes: {old} before, {new} after."),
    "commercial_use": mark("Commercial use changes: {old} before, {new} after."),
}
GROWS = {
    "context_window": mark("The context window grows from {old} to {new} tokens."),
    "max_output": mark("The maximum output grows from {old} to {new} tokens."),
}


def build(page: Page) -> tuple[Block, ...]:
    """What holds both ways, then each direction; between the first model and each of the others."""
    moves = claims.moves(page.comparison)
    if not moves:
        return (
            paragraph(page.say("Too little is known of these models to say what a move between them would change.")),
        )
    first = [page.say("Moves are told from and to {model}.", model=page.models[0].name)] if len(page.models) > 2 else []
    items: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = []
    for move in moves:
        if move.origin is page.models[0] and (both := _both_ways(page, move)):
            items.append((text(_between(page, move.origin, move.target)), (paragraph(both),)))
        if bullets := tuple(text(bullet) for bullet in _changes(page, move)):
            items.append((_direction(page, move), (Bullets(bullets),)))
    return (*(paragraph(line) for line in first), Definitions(tuple(items)))


def _between(page: Page, one: Model, other: Model) -> str:
    return page.say("Either way between {one} and {other}", one=one.name, other=other.name)


def _direction(page: Page, move: Move) -> tuple[Inline, ...]:
    return text(page.say("From {origin} to {target}", origin=move.origin.name, target=move.target.name))


def _both_ways(page: Page, move: Move) -> str:
    if move.shared_providers is None:
        return ""
    if not move.shared_providers:
        return page.say("No recorded provider serves both: plan for another endpoint, account and client library.")
    names = page.words.list(page.provider(name) for name in move.shared_providers)
    return page.count(
        "{names} serves both: a move can stay with that provider.",
        "{names} serve both: a move can stay with one of them.",
        len(move.shared_providers),
        names=names,
    )


def _changes(page: Page, move: Move) -> Iterator[str]:
    if move.lost:
        names = _capabilities(page, move.lost)
        yield page.say("Lost: {capabilities}. Find a replacement before traffic moves.", capabilities=names)
    if move.gained:
        yield page.say("Gained: {capabilities}.", capabilities=_capabilities(page, move.gained))
    for old, new in move.changed:
        yield _change(page, old, new)


def _capabilities(page: Page, evidence: tuple[Evidence, ...]) -> str:
    """Evidence comes in pairs, one of each model."""
    house = page.catalog.fields
    rows = (Row(item.field, (item.fact,), house=house.get(item.field)) for item in evidence[::2])
    return page.words.list(row_in_sentence(row, page.words) for row in rows)


def _change(page: Page, old: Evidence, new: Evidence) -> str:
    row = Row(old.field, (old.fact, new.fact))
    values = {"old": plain_value(page, row, old), "new": plain_value(page, row, new)}
    if old.field in SHRINKS:
        shrinks = beats(old.fact.value, new.fact.value, Better.HIGHER)
        return page.say((SHRINKS if shrinks else GROWS)[old.field], **values)
    return page.say(CHANGES[old.field], **values)

"""What changes for who moves from one model to another, in each direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.rows import Row, beats
from sphinx_modelcmp.sections.blocks import Block, Bullets, Definitions, Inline, Paragraph, Said, text
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.saying import block, saying
from sphinx_modelcmp.sections.sentences import plain_value
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.claims import Move
    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.page import Page

SHRINKS = {
    "context_window": mark(
        "The context window shrinks from {old} tokens with {origin} to {new} with {target}: "
        "the longest inputs have to be cut."
    ),
    "max_output": mark("The maximum output shrinks from {old} tokens with {origin} to {new} with {target}."),
}
CHANGES = {
    "license": mark("The license changes: {old} for {origin}, {new} for {target}."),
    "commercial_use": mark("Commercial use changes: {old} for {origin}, {new} for {target}."),
}
GROWS = {
    "context_window": mark("The context window grows from {old} tokens with {origin} to {new} with {target}."),
    "max_output": mark("The maximum output grows from {old} tokens with {origin} to {new} with {target}."),
}


def build(page: Page) -> tuple[Block, ...]:
    """What holds both ways, then each direction; between the first model and each of the others."""
    moves = claims.moves(page.comparison)
    if not moves:
        nothing = page.say("Too little is known of these models to say what a move between them would change.")
        return (Paragraph((Said(nothing),)),)
    items: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = []
    for move in moves:
        if move.origin is page.models[0] and (both := tuple(_both_ways(page, move))):
            items.append((text(_between(page, move.origin, move.target)), (Paragraph(block(page, both)),)))
        if bullets := tuple(block(page, [said]) for said in _changes(page, move)):
            items.append((_direction(page, move), (Bullets(bullets),)))
    return (*_opening(page), Definitions(tuple(items)))


def _opening(page: Page) -> Iterator[Block]:
    if len(page.models) > 2:
        yield Paragraph((Said(page.say("Moves are told from and to {model}.", model=page.models[0].name)),))


def _between(page: Page, one: Model, other: Model) -> str:
    return page.say("Either way between {one} and {other}", one=one.name, other=other.name)


def _direction(page: Page, move: Move) -> tuple[Inline, ...]:
    return text(page.say("From {origin} to {target}", origin=move.origin.name, target=move.target.name))


def _both_ways(page: Page, move: Move) -> Iterator[Said]:
    if move.shared_providers is None:
        return
    both = {"one": move.origin.name, "other": move.target.name}
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
        names=page.words.list(page.provider(name) for name in move.shared_providers),
        **both,
    )
    yield saying(page, said, move.routes)


def _changes(page: Page, move: Move) -> Iterator[Said]:
    """Each names both models: a sentence is to be understood also without the heading above it."""
    names = {"origin": move.origin.name, "target": move.target.name}
    if move.lost:
        phrase = mark(
            "Lost: {capabilities}, which {origin} offers and {target} does not. "
            "Find a replacement before traffic moves."
        )
        yield saying(page, page.say(phrase, capabilities=_capabilities(page, move.lost), **names), move.lost)
    if move.gained:
        phrase = mark("Gained: {capabilities}, which {target} offers and {origin} does not.")
        yield saying(page, page.say(phrase, capabilities=_capabilities(page, move.gained), **names), move.gained)
    for old, new in move.changed:
        yield saying(page, _change(page, old, new), (old, new))


def _capabilities(page: Page, evidence: tuple[Evidence, ...]) -> str:
    """Evidence comes in pairs, one of each model."""
    house = page.catalog.fields
    rows = (Row(item.field, (item.fact,), house=house.get(item.field)) for item in evidence[::2])
    return page.words.list(row_in_sentence(page, row) for row in rows)


def _change(page: Page, old: Evidence, new: Evidence) -> str:
    row = Row(old.field, (old.fact, new.fact))
    values = {
        "old": plain_value(page, row, old),
        "new": plain_value(page, row, new),
        "origin": old.model.name,
        "target": new.model.name,
    }
    if old.field in SHRINKS:
        shrinks = beats(old.value, new.value, Better.HIGHER)
        return page.say((SHRINKS if shrinks else GROWS)[old.field], **values)
    return page.say(CHANGES[old.field], **values)

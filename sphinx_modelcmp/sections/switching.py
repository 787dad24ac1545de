"""What changes for who moves from one model to another, in each direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Better
from sphinx_modelcmp.compare import claims
from sphinx_modelcmp.compare.rows import beats
from sphinx_modelcmp.sections.blocks import Block, Bullets, Definitions, Inline, Paragraph, Said, text
from sphinx_modelcmp.sections.language import mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import block, evidence_text, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.evidence import Evidence

SHRINKS = {
    "context_window": mark("The context window shrinks from {old} tokens with {origin} to {new} with {target}."),
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
    """The facts that hold both ways, then each direction; between the first model and each of the others."""
    if jobs := page.opening.jobs:
        apart = saying(page, page.say("They do different jobs, so neither replaces the other."), jobs.evidence)
        return (Paragraph((apart,)),)
    moves = claims.moves(page.comparison)
    if not moves:
        nothing = page.say("Too little is known of these models to say what a move between them would change.")
        return (Paragraph((Said(nothing),)),)
    items: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = []
    for move in moves:
        if move.origin is page.models[0] and (both := tuple(_both_ways(page, move))):
            term = page.say("Either way between {one} and {other}", one=move.origin, other=move.target)
            items.append((text(term), (Paragraph(block(page, both)),)))
        if bullets := tuple(block(page, [said]) for said in _changes(page, move)):
            term = page.say("From {origin} to {target}", origin=move.origin, target=move.target)
            items.append((text(term), (Bullets(bullets),)))
    return (*_opening(page), Definitions(tuple(items)))


def _opening(page: Page) -> Iterator[Block]:
    if len(page.models) > 2:
        yield Paragraph((Said(page.say("Moves are told from and to {model}.", model=page.models[0])),))


def _both_ways(page: Page, move: claims.Move) -> Iterator[Said]:
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


def _changes(page: Page, move: claims.Move) -> Iterator[Said]:
    """Each sentence names both models, to be understood also without the heading above it."""
    names = {"origin": move.origin, "target": move.target}
    if move.lost:
        phrase = mark(
            "Lost: {capabilities}, documented for {origin} and not offered by {target}. "
            "Find a replacement before traffic moves."
        )
        yield saying(page, page.say(phrase, capabilities=_capabilities(page, move.lost), **names), move.lost)
    if move.gained:
        phrase = mark("Gained: {capabilities}, which {target} offers; {origin} is documented without.")
        yield saying(page, page.say(phrase, capabilities=_capabilities(page, move.gained), **names), move.gained)
    for old, new in move.changed:
        values = {"old": evidence_text(page, old), "new": evidence_text(page, new), **names}
        yield saying(page, page.say(_change(old, new), **values), (old, new))


def _capabilities(page: Page, evidence: tuple[Evidence, ...]) -> list[str]:
    """Evidence comes in pairs, one of each model."""
    return [page.in_sentence(item.field) for item in evidence[::2]]


def _change(old: Evidence, new: Evidence) -> str:
    if old.field in CHANGES:
        return CHANGES[old.field]
    return (SHRINKS if beats(old.value, new.value, Better.HIGHER) else GROWS)[old.field]


SECTION = SectionKind(mark("Switching"), build)

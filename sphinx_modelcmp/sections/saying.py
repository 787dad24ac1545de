"""Sentences with the facts they rest on: how they are set into a block, and how they are found in one again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.evidence import once
from sphinx_modelcmp.compare.rows import Row
from sphinx_modelcmp.sections.blocks import Bullets, Definitions, Notice, Paragraph, Said, Table, Text
from sphinx_modelcmp.sections.labels import row_in_sentence
from sphinx_modelcmp.sections.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.compare.evidence import Evidence
    from sphinx_modelcmp.sections.blocks import Block, Inline, Section
    from sphinx_modelcmp.sections.page import Page

LISTS = {"results": mark("results"), "routes": mark("providers"), "prices": mark("prices")}
"""What a sentence calls the lists that evidence can stand in."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a page, and the facts that it rests on. None of them: it speaks of what is not known."""

    section: str
    text: str
    evidence: tuple[Evidence, ...]


def saying(page: Page, text: str, *evidence: Iterable[Evidence]) -> Said:
    """A sentence with all its evidence, each fact once."""
    page.claims.append(once(item for held in evidence for item in held))
    return Said(text, len(page.claims) - 1)


def block(page: Page, said: Iterable[Said]) -> tuple[Inline, ...]:
    """Sentences one after the other, then what sources disagree on in what was said."""
    sentences = tuple(said)
    inlines: list[Inline] = []
    for sentence in (*sentences, *_disputes(page, sentences)):
        inlines += [Text(page.words.gap), sentence] if inlines else [sentence]
    return tuple(inlines)


def _disputes(page: Page, said: tuple[Said, ...]) -> Iterator[Said]:
    """A sentence for each disputed fact, with the evidence of all that was said with it."""
    told = []
    for item in (item for sentence in said for item in page.evidence(sentence) if item.is_disputed):
        key = (item.model_id, item.field)
        if key not in told:
            told.append(key)
            resting = (evidence for evidence in map(page.evidence, said) if _rests_on(evidence, *key))
            text = page.say("Sources disagree on the {row} of {model}.", row=_row(page, item), model=item.model.name)
            yield saying(page, text, *resting)


def _rests_on(evidence: tuple[Evidence, ...], model: str, field: str) -> bool:
    return any((item.model_id, item.field) == (model, field) and item.is_disputed for item in evidence)


def _row(page: Page, item: Evidence) -> str:
    if item.field in LISTS:
        return page.words.say(LISTS[item.field])
    return row_in_sentence(page, Row(item.field, (item.fact,), house=page.catalog.fields.get(item.field)))


def statements_in(page: Page, sections: Iterable[Section]) -> Iterator[Statement]:
    """Every sentence of some sections, in reading order; what one section says again of the same facts once."""
    for section in sections:
        found: list[Statement] = []
        for said in _inlines(section.blocks):
            if isinstance(said, Said):
                statement = Statement(section.name, said.text, page.evidence(said))
                if not any(_is_same(statement, other) for other in found):
                    found.append(statement)
        yield from found


def _is_same(one: Statement, other: Statement) -> bool:
    """Whether two sentences say the same of the same facts, in whatever order."""
    return (
        one.text == other.text
        and len(one.evidence) == len(other.evidence)
        and all(item in other.evidence for item in one.evidence)
    )


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for held in blocks:
        match held:
            case Paragraph() | Notice():
                yield from held.content
            case Bullets():
                yield from (inline for item in held.items for inline in item)
            case Definitions():
                for term, inner in held.items:
                    yield from term
                    yield from _inlines(inner)
            case Table():
                cells = (cell for row in held.rows for cell in (row.head, *row.cells))
                yield from (inline for cell in cells for inline in cell.content)
            case _:
                pass

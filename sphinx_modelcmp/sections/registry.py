"""The sections of a page in their order, with the notices, the legend and the sources that belong to all of them."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.comparison import SCOPES
from sphinx_modelcmp.compare.life import ending
from sphinx_modelcmp.compare.rows import TABLES
from sphinx_modelcmp.sections.blocks import (
    Block,
    ComparisonLink,
    Inline,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    cited,
    inlines_in,
)
from sphinx_modelcmp.sections.citations import SLOT, set_in, spaced
from sphinx_modelcmp.sections.labels import LEGEND
from sphinx_modelcmp.sections.language import language_of, mark
from sphinx_modelcmp.sections.page import Page, SectionKind
from sphinx_modelcmp.sections.sentences import Statement, statements_in
from sphinx_modelcmp.sections.sources import listed
from sphinx_modelcmp.sections.tables import SHARED
from sphinx_modelcmp.sections.values import end_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.life import Ending

OF_THE_MODEL = mark(
    "Where the number of a source stands at a model’s name, its values in that table without a number come from there, "
    "and are as old as is noted there."
)

# A section is the module of its name: a new one is that module and its line in ``compare``, without a third place.
SECTIONS: dict[str, SectionKind] = {
    name: import_module(f"{__package__}.{name.replace('-', '_')}").SECTION for name in SCOPES
}
"""Section name to its title and the function that writes it."""


def write(comparison: Comparison, language: str, translate: Callable[[str], str] = str) -> tuple[Section, ...]:
    """The sections of a comparison in one language, in the order asked.

    ``translate`` takes the author's prose to that language; by default prose stays as it is written.
    """
    return sections_of(Page(comparison, language_of(language), translate))


def sections_of(page: Page) -> tuple[Section, ...]:
    """The sections of a page, in the order asked."""
    sections: list[Section] = []
    foreign = page.foreign_names
    for name in page.comparison.sections:
        if blocks := SECTIONS[name].build(page):
            # The opening paragraph of a page follows its title; elsewhere it needs a heading of its own.
            title = "" if name == "summary" and not sections else page.say(SECTIONS[name].title)
            sections.append(Section(name, title, blocks, foreign))
    return tuple(closed(page, _opened(page, sections)))


def _opened(page: Page, sections: list[Section]) -> list[Section]:
    """The sections after a notice for each model that is deprecated, will be, or no longer answers."""
    ends = (ending(model, page.comparison.day) for model in page.models)
    before = tuple(Notice(tuple(_notice(page, end))) for end in ends if end)
    if not before or not sections or sections[0].name in {"related", "sources"}:
        return sections
    return [replace(sections[0], blocks=(*before, *sections[0].blocks)), *sections[1:]]


def _notice(page: Page, held: Ending) -> Iterator[Inline]:
    yield Text(page.say("{model} {end}.", model=held.model, end=end_text(page, held)))
    if successor := page.catalog.models.get(held.lifecycle.successor or ""):
        sentence = page.words.gap + page.say("Its successor is {model}.", model=SLOT)
        yield from set_in(sentence, ComparisonLink(page.name(successor), (held.model.id, successor.id)))
    if held.lifecycle.note:
        yield Text(" ")
        yield from page.prose(held.lifecycle.note)
    yield from spaced(page.citations.marks(held.lifecycle))


def closed(page: Page, sections: list[Section]) -> list[Section]:
    """The sections with a legend below the last table or section of tables, and the sources unless they are listed."""
    blocks = [block for section in sections for block in section.blocks]
    sources = () if "sources" in page.comparison.sections else listed(page, cited(blocks))
    closing = (*_legend(page, blocks), *sources)
    explained = [
        i
        for i, section in enumerate(sections)
        if section.name in TABLES
        or cited(section.blocks)
        or any(isinstance(block, Table | Notice) for block in section.blocks)
    ]
    if closing and explained:
        last = sections[explained[-1]]
        sections[explained[-1]] = replace(last, blocks=(*last.blocks, *closing))
    return sections


def _legend(page: Page, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The meanings of words that are no values, and of numbers at names: those that occur, once a page."""
    used = "\n".join(inline.text for inline in inlines_in(blocks))
    said: list[Inline] = []
    for name, wording in LEGEND.items():
        for word in (word for word, meant in page.explained.items() if meant == name and word in used):
            said += [Text(page.words.gap), Strong(word), Text(page.labelled("", page.say(wording.meaning)))]
    if said:
        said.insert(0, Text(page.say("Words on this page that stand for no figure:")))
    tables = [block for block in blocks if isinstance(block, Table)]
    heads = (head for table in tables for head in (*table.header, *(row.head for row in table.rows)))
    if any(SHARED in head.marks for head in heads):
        said += [Text(page.words.gap if said else ""), Text(page.say(OF_THE_MODEL))]
    return (Paragraph(tuple(said)),) if said else ()


def statements(comparison: Comparison, language: str) -> tuple[Statement, ...]:
    """Every sentence that the prose of a comparison says, in reading order, each with the facts it rests on."""
    page = Page(comparison, language_of(language))
    return tuple(statements_in(page, sections_of(page)))

"""Linked data of a comparison for search engines, in the words of schema.org: only what the page shows.

A model is a ``CreativeWork``. Google reports an error for each ``Product`` and ``SoftwareApplication`` without an
offer, a review or a rating (its documentation of “Product snippet” and “Software app”), and a page has none of these:
the price of a million tokens is not the price of the model. The facts themselves are in ``comparison.json``; the data
set of a page names what its tables measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.sections.blocks import Definitions, Paragraph, Said, Table, cited
from sphinx_modelcmp.sections.values import reading_text
from sphinx_modelcmp.structured.payload import LinkedData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.rows import Row
    from sphinx_modelcmp.compare.sources import UsedSource
    from sphinx_modelcmp.sections.blocks import Inline, Section
    from sphinx_modelcmp.sections.page import Page


Node = dict[str, Any]


def linked_data_of(page: Page, sections: Sequence[Section]) -> LinkedData:
    """The models, the questions and the sources that some sections show."""
    sources = tuple(_sources(page, sections))
    days = [used.checked for used in sources if used.checked]
    reviewed = bool(days) and "sources" in page.comparison.sections
    rows = [row for row, _ in shown_rows(page.comparison, (section.name for section in sections)).values()]
    return LinkedData(
        models=_models(page, rows),
        measured=tuple(page.label(row.name) for row in rows if any(fact.known for fact in row.facts)),
        captions=tuple(block.caption for section in sections for block in section.blocks if isinstance(block, Table)),
        questions=tuple(_questions(sections)),
        based_on=() if page.narrow else tuple(_work(page, used) for used in sources),
        description=" ".join(sentences(sections)),
        reviewed=str(max(days)) if reviewed else "",
        language=page.words.language,
    )


def sentences(sections: Iterable[Section]) -> tuple[str, ...]:
    """The sentences of the summary; none where there is no summary."""
    blocks = [block for section in sections if section.name == "summary" for block in section.blocks]
    content = [inline for block in blocks if isinstance(block, Paragraph) for inline in block.content]
    return tuple(inline.text for inline in content if isinstance(inline, Said))


def shown_rows(comparison: Comparison, sections: Iterable[str]) -> dict[str, tuple[Row, list[str]]]:
    """The rows that the tables of some sections show or name below, each with the names of those sections."""
    tables = {
        "scorecard": comparison.scorecard,
        "specs": comparison.specs,
        "pricing": comparison.prices,
        "capabilities": comparison.capabilities,
    }
    found: dict[str, tuple[Row, list[str]]] = {}
    for section in sections:
        if section in tables:
            for row in comparison.shown(tables[section]()):
                found.setdefault(row.name, (row, []))[1].append(section)
    return found


def _models(page: Page, rows: Sequence[Row]) -> Node:
    """The list of the models; of many, for whom a search engine shows no more, their names."""
    places = range(len(page.models))
    items = [{"@type": "ListItem", "position": i + 1, "item": _model(page, rows, i)} for i in places]
    names = [page.name(model) for model in page.models]
    return {"@type": "ItemList", "numberOfItems": len(names), "itemListElement": names if page.narrow else items}


def _model(page: Page, rows: Iterable[Row], i: int) -> Node:
    node: Node = {"@type": "CreativeWork", "name": page.name(page.models[i])}
    for row in (row for row in rows if row.facts[i].known):
        said, value = reading_text(page, row, row.facts[i]), row.facts[i].value
        if row.name == "kind":
            node["genre"] = said
        elif row.name == "organization":
            node["author"] = {"@type": "Organization", "name": said}
        elif row.name == "released" and isinstance(value, PartialDate):
            node["datePublished"] = str(value)
    return node


def _questions(sections: Iterable[Section]) -> Iterator[Node]:
    """The questions of the page, as it words them."""
    blocks = [block for section in sections if section.name == "faq" for block in section.blocks]
    for term, answer in (item for block in blocks if isinstance(block, Definitions) for item in block.items):
        paragraphs = (_plain(block.content) for block in answer if isinstance(block, Paragraph))
        accepted = {"@type": "Answer", "text": " ".join(paragraphs)}
        yield {"@type": "Question", "name": _plain(term), "acceptedAnswer": accepted}


def _plain(inlines: Iterable[Inline]) -> str:
    return "".join(inline.text for inline in inlines)


def _sources(page: Page, sections: Sequence[Section]) -> Iterator[UsedSource]:
    """The sources that the page lists: in their section, or below the last table."""
    entries = page.citations.entries
    if any(section.name == "sources" for section in sections):
        yield from entries
    else:
        listed = cited(block for section in sections for block in section.blocks)
        yield from (entries[number - 1] for number in listed)


def _work(page: Page, used: UsedSource) -> Node:
    node: Node = {"@type": "CreativeWork", "name": used.source.title}
    if used.source.url and page.comparison.source_links != "none":
        node["url"] = used.source.url
    return node

"""The record of one comparison: all that its page shows, for programs that would rather not read HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.structured.claims import Claims
from sphinx_modelcmp.structured.facts import Sources, row_of, shown_rows
from sphinx_modelcmp.structured.prices import costs, routes
from sphinx_modelcmp.structured.results import results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page
    from sphinx_modelcmp.structured import shapes


def record_of(page: Page, sections: Sequence[Section]) -> shapes.Comparison:
    """The record of the sections of a page. Where they stand on it is not known here: ``anchors`` is empty."""
    comparison, sources = page.comparison, Sources(page)
    names = [section.name for section in sections]
    claims = Claims(page, sources, sections)
    record: shapes.Comparison = {
        "anchors": {},
        "language": page.words.language,
        "as_of": str(comparison.day) if comparison.day else None,
        "currency": page.catalog.currency,
        "models": [{"id": model.id, "name": model.name} for model in page.models],
        "rows": [row_of(page, sources, row, held) for row, held in shown_rows(comparison, names).values()],
        "claims": claims.claims,
        "evidence": claims.evidence,
        "sources": [],
    }
    if "pricing" in names and not comparison.fields:
        record["routes"] = list(routes(page, sources))
    if "cost" in names:
        record["costs"] = costs(page, sources)
    if "benchmarks" in names:
        record["results"] = results(page, sources)
    record["sources"] = sources.listed()
    return record

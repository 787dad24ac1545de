"""Every sentence of a page with the facts that it rests on. Each fact stands once, for many sentences rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import License, Result
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.results import conditions_of
from sphinx_modelcmp.compare.rows import Row
from sphinx_modelcmp.sections.sentences import statements_in
from sphinx_modelcmp.structured.values import number, stated, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.compare.claims import Evidence
    from sphinx_modelcmp.sections.blocks import Section
    from sphinx_modelcmp.sections.page import Page
    from sphinx_modelcmp.sections.sentences import Statement
    from sphinx_modelcmp.structured import shapes
    from sphinx_modelcmp.structured.facts import Sources


class Claims:
    """The sentences of some sections, and the list of their evidence."""

    def __init__(self, page: Page, sources: Sources, sections: Iterable[Section]) -> None:
        self._page = page
        self._sources = sources
        self._positions: dict[tuple[Any, ...], int] = {}
        self.evidence: list[shapes.Evidence] = []
        self.claims = [self._claim(statement) for statement in statements_in(sections)]

    def _claim(self, said: Statement) -> shapes.Claim:
        return {
            "section": said.section,
            "text": said.text,
            "evidence": [self._position(item) for item in said.evidence],
        }

    def _position(self, item: Evidence) -> int:
        key = _key(item)
        if key not in self._positions:
            self._positions[key] = len(self.evidence)
            self.evidence.append(self._item(item))
        return self._positions[key]

    def _item(self, item: Evidence) -> shapes.Evidence:
        held: shapes.Evidence = {
            "model": item.model_id,
            "field": item.field,
            "value": self._value(item),
            "sources": self._sources.of(item.fact),
        }
        if isinstance(item.record, License):
            held["license"] = str(item.model.license.value)
        if item.is_disputed:
            held["disputed"] = True
        return held

    def _value(self, item: Evidence) -> shapes.Value:
        catalog = self._page.catalog
        if isinstance(item.record, Result):
            return {
                "type": "score",
                "benchmark": item.record.benchmark,
                "conditions": stated(conditions_of(catalog, item.record)),
                "score": number(item.value),
            }
        # Of a route the value is its provider: the record tells which one of them.
        value = item.record if item.field == "routes" and item.record else item.value
        return value_of(catalog, Row(item.field, (item.fact,), house=catalog.fields.get(item.field)), value)


def _key(item: Evidence) -> tuple[Any, ...]:
    """What tells a fact from others. Records have no hash, and the catalog holds each of them as long as this runs."""
    quote = item.value if isinstance(item.value, Quote) else None
    priced = (id(quote.route), quote.component) if quote else ()
    return (item.model_id, item.field, id(item.record), *priced)

"""Benchmark results: those that can be compared, and those that stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_modelcmp.compare.results import conditions_of
from sphinx_modelcmp.structured.values import number, stated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.catalog.records import Benchmark, Result
    from sphinx_modelcmp.compare.results import ApartResult, SharedResult
    from sphinx_modelcmp.sections.page import Page
    from sphinx_modelcmp.structured import shapes
    from sphinx_modelcmp.structured.facts import Sources


def results(page: Page, sources: Sources) -> shapes.Results:
    """All results that the page shows."""
    shared, apart = page.results
    return {
        "shared": [_shared(page, sources, row) for row in shared],
        "apart": [_apart(page, sources, item) for item in apart],
    }


def _shared(page: Page, sources: Sources, row: SharedResult) -> shapes.SharedResults:
    ids = page.comparison.ids

    def models(positions: Iterable[int]) -> list[str]:
        return [ids[i] for i in positions]

    return {
        "benchmark": _benchmark(row.name, row.benchmark),
        "conditions": stated(row.conditions),
        "unstated": list(row.unstated),
        "self_reported": row.is_self_reported,
        "best": models(row.best),
        "close": models(row.close),
        "results": {
            name: _result(page, sources, row.benchmark, result)
            for name, result in zip(ids, row.results, strict=True)
            if result
        },
    }


def _apart(page: Page, sources: Sources, item: ApartResult) -> shapes.ApartResult:
    held: shapes.ApartResult = {
        "model": item.model.id,
        "benchmark": _benchmark(item.result.benchmark, item.benchmark),
        "conditions": stated(conditions_of(page.catalog, item.result)),
        "result": _result(page, sources, item.benchmark, item.result),
        "replaced": item.preferred is not None,
    }
    if item.rival:
        held["rival"] = item.rival.id
        held["differs"] = [
            {"condition": part.condition, "here": part.here, "there": part.there} for part in item.differs
        ]
    return held


def _benchmark(name: str, benchmark: Benchmark) -> shapes.Benchmark:
    return {"id": name, "name": benchmark.name, "scale": benchmark.scale.value, "better": benchmark.better.value}


def _result(page: Page, sources: Sources, benchmark: Benchmark, result: Result) -> shapes.Result:
    held: shapes.Result = {
        "score": number(result.score),
        "text": page.words.score(result.score, benchmark.scale),
        "sources": sources.of(result),
    }
    if result.ci:
        held["interval"] = [number(end) for end in result.ci]
    if result.n:
        held["n"] = number(result.n)
    if result.reporter:
        held["reporter"] = result.reporter.value
    if result.date:
        held["date"] = str(result.date)
    if result.checked:
        held["checked"] = str(result.checked)
    if result.note:
        held["note"] = result.note
    return held

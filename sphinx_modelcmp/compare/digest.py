"""What a comparison shows, as one hash: a page is re-read when, and only when, it moves."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sphinx_modelcmp.compare.comparison import Answer, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.compare.request import Request, Settings


def digest(catalog: Catalog, request: Request, settings: Settings) -> str:
    """The hash of everything that the answer to a request rests on: its facts, what they refer to, what is wrong."""
    return digest_of(compare(catalog, request, settings))


def digest_of(answer: Answer) -> str:
    """The hash of an answer."""
    seal = sha256()
    for problem in answer.problems:
        seal.update(str(problem).encode())
    if answer.comparison:
        for part in _parts(answer.comparison):
            seal.update(repr(part).encode())
    return seal.hexdigest()


def _parts(comparison: Comparison) -> Iterator[Any]:
    yield [comparison.sections, comparison.benchmarks, comparison.fields, comparison.only_differences]
    yield [comparison.all_routes, comparison.source_links]
    yield [str(comparison.day), comparison.stale_after, comparison.catalog.currency, comparison.catalog.rates]
    yield [comparison.catalog.sources[name] for rate in comparison.catalog.rates for name in rate.source]
    yield comparison.traffic
    # In the order declared, for that is the order of the rows.
    yield list(comparison.catalog.fields.items())
    for model in comparison.models:
        yield model
        yield list(_referred(comparison.catalog, model))
        yield _successor(comparison.catalog, model)


def _referred(catalog: Catalog, model: Model) -> Iterator[Any]:
    """The sources, organizations, licenses, providers and benchmarks that a model's facts name."""
    names = sorted(set(_strings(model)))
    for table in ("sources", "organizations", "licenses", "providers", "benchmarks"):
        records = getattr(catalog, table)
        yield [(name, records[name]) for name in names if name in records]


def _successor(catalog: Catalog, model: Model) -> str | None:
    """The name of the model to move to: all that a page shows of it."""
    successor = catalog.models.get(model.lifecycle.successor or "") if model.lifecycle else None
    return successor.name if successor else None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for _, item in value:
            yield from _strings(item)
    elif isinstance(value, Mapping | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)

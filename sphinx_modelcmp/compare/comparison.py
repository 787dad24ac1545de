"""A request that the catalog can answer, with every name in it resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.request import SECTION_NAMES, Request, Settings, known_names, reading_day
from sphinx_modelcmp.compare.rows import Row, capability_rows, field_names, price_rows, scorecard_rows, spec_rows
from sphinx_modelcmp.compare.traffic import find_traffic

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model, Traffic

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two models or more, and what is asked of them."""

    catalog: Catalog
    models: tuple[Model, ...]
    sections: tuple[str, ...]
    benchmarks: tuple[str, ...]
    fields: tuple[str, ...]
    traffic: Traffic
    day: datetime.date | None
    stale_after: int | None = None
    only_differences: bool = False
    all_routes: bool = False
    """Whether the cost section gives the total of every route, beside the cheapest."""
    source_links: str = "all"
    """One of ``SOURCE_LINKS``."""

    def is_stale(self, checked: datetime.date) -> bool:
        """Whether a check lies longer back than the documentation allows, seen from the reading day."""
        return self.day is not None and self.stale_after is not None and (self.day - checked).days > self.stale_after

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the models, in the order asked."""
        return tuple(model.id for model in self.models)

    def specs(self) -> tuple[Row, ...]:
        """The rows of the specifications."""
        return self.rows(spec_rows(self.catalog, self.models, self.day))

    def scorecard(self) -> tuple[Row, ...]:
        """The rows of the scorecard."""
        return self.rows(scorecard_rows(self.catalog, self.models, self.day))

    def prices(self) -> tuple[Row, ...]:
        """The rows of the cheapest prices."""
        return self.rows(price_rows(self.catalog, self.models, self.day))

    def capabilities(self) -> tuple[Row, ...]:
        """The rows of the capabilities."""
        return self.rows(capability_rows(self.catalog, self.models))

    def rows(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows that were asked for.

        Where none was named these are all the built-in ones, and of the house's own those that somebody has said
        something about: a house's rows are often about one kind of model only.
        """
        if self.fields:
            return tuple(row for row in rows if row.name in self.fields)
        return tuple(row for row in rows if not row.house or any(fact.state is not State.UNKNOWN for fact in row.facts))

    def shown(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows that a table shows: only those that differ, where that is asked for."""
        return tuple(row for row in rows if row.differs or not self.only_differences)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: a comparison, or None, and what was wrong with it."""

    comparison: Comparison | None
    problems: tuple[Problem, ...] = ()


def compare(catalog: Catalog, request: Request, settings: Settings) -> Answer:
    """Resolve a request. Names that do not exist are reported; fewer than two models give no comparison."""
    models, problems = find_models(catalog, request.models)
    wanted, unknown = known_names(request.wanted(settings.sections), SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    _, also_unknown = known_names(request.exclude, SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    _, no_field = known_names(request.fields, field_names(catalog), Code.UNKNOWN_FIELD, "row")
    _, no_test = known_names(request.benchmarks, catalog.benchmarks, Code.UNKNOWN_BENCHMARK, "benchmark")
    traffic, no_traffic = find_traffic(catalog, request.traffic or settings.traffic)
    problems = (*problems, *unknown, *also_unknown, *no_field, *no_test, *no_traffic)
    if len(models) < FEWEST:
        return Answer(None, problems)
    comparison = Comparison(
        catalog=catalog,
        models=models,
        sections=wanted,
        # Names that do not exist stay in: they select nothing, where an empty list would select everything.
        benchmarks=request.benchmarks,
        fields=request.fields,
        traffic=traffic,
        day=reading_day(catalog, settings),
        stale_after=settings.stale_after,
        only_differences=request.only_differences,
        all_routes=request.all_routes,
        source_links=_source_links(request, settings),
    )
    return Answer(comparison, problems)


def _source_links(request: Request, settings: Settings) -> str:
    """Who leaves the list of sources out wants no marks that lead to it."""
    return "sources" if settings.source_links == "all" and "sources" in request.exclude else settings.source_links


def find_models(catalog: Catalog, names: Sequence[str]) -> tuple[tuple[Model, ...], tuple[Problem, ...]]:
    """The models of some names, each once, with a problem for each name that is unknown or says one again."""
    found: dict[str, Model] = {}
    problems = []
    for name in names:
        model = catalog.find(name)
        if model is None:
            hint = did_you_mean(name, [*catalog.models, *(a for m in catalog.models.values() for a in m.aliases)])
            problems.append(Problem(Code.UNKNOWN_MODEL, f"no model “{name}” in the catalog{hint}"))
        elif model.id in found:
            problems.append(Problem(Code.TOO_FEW_MODELS, f"the model “{model.id}” is named twice"))
        else:
            found[model.id] = model
    if len(found) < FEWEST:
        problems.append(Problem(Code.TOO_FEW_MODELS, "a comparison needs two different models"))
    return tuple(found.values()), tuple(problems)

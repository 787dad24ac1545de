"""A request that the catalog can answer, with every name in it resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.compare.request import ALONE, SECTION_NAMES, Request, Settings, known_names, reading_day
from sphinx_modelcmp.compare.rows import Row, capability_rows, field_names, price_rows, scorecard_rows, spec_rows
from sphinx_modelcmp.compare.traffic import find_traffic

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model, Traffic

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two models or more, or one alone, and what is asked of them."""

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
    transpose: bool = False
    """Whether tables of facts have a row a model and a column a fact."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A request with every name in it looked up, and no model read for it."""

    ids: tuple[str, ...]
    """The models found, in the order asked, each once."""
    sections: tuple[str, ...]
    traffic: Traffic
    source_links: str
    problems: tuple[Problem, ...]


def resolve(catalog: Catalog, request: Request, settings: Settings, *, alone: bool = False) -> Resolved:
    """Look up the names of a request. Those that do not exist are reported."""
    ids, problems = find_models(catalog, request.models, alone=alone)
    wanted, unknown = known_names(request.wanted(settings.sections), SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    _, also_unknown = known_names(request.exclude, SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    rows = field_names(catalog) if request.fields else ()
    _, no_field = known_names(request.fields, rows, Code.UNKNOWN_FIELD, "row")
    _, no_test = known_names(request.benchmarks, catalog.benchmarks, Code.UNKNOWN_BENCHMARK, "benchmark")
    traffic, no_traffic = find_traffic(catalog, request.traffic or settings.traffic)
    return Resolved(
        ids=ids,
        sections=wanted,
        traffic=traffic,
        source_links=_source_links(request, settings),
        problems=(*problems, *unknown, *also_unknown, *no_field, *no_test, *no_traffic),
    )


def compare(catalog: Catalog, request: Request, settings: Settings, *, alone: bool = False) -> Answer:
    """Answer a request. Fewer than two models give no comparison.

    Where one may stand ``alone``, it has those of the sections that do not need another one.
    """
    resolved = resolve(catalog, request, settings, alone=alone)
    if len(resolved.ids) < (1 if alone else FEWEST):
        return Answer(None, resolved.problems)
    is_single = len(resolved.ids) < FEWEST
    comparison = Comparison(
        catalog=catalog,
        models=tuple(catalog.models[name] for name in resolved.ids),
        sections=tuple(name for name in resolved.sections if name in ALONE or not is_single),
        # Names that do not exist stay in: they select nothing, where an empty list would select everything.
        benchmarks=request.benchmarks,
        fields=request.fields,
        traffic=resolved.traffic,
        day=reading_day(catalog, settings),
        stale_after=settings.stale_after,
        only_differences=request.only_differences,
        all_routes=request.all_routes,
        transpose=request.transpose,
        source_links=resolved.source_links,
    )
    return Answer(comparison, resolved.problems)


def _source_links(request: Request, settings: Settings) -> str:
    """Who leaves the list of sources out wants no marks that lead to it."""
    return "sources" if settings.source_links == "all" and "sources" in request.exclude else settings.source_links


def find_models(
    catalog: Catalog, names: Sequence[str], *, alone: bool = False
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The ids of some names, each once, with a problem for each name that is unknown or says one again.

    Fewer than two are a problem as well, unless one may stand ``alone``, or another problem is why.
    """
    found: list[str] = []
    problems = []
    for name in names:
        model = catalog.names.get(name.casefold())
        if model is None:
            hint = did_you_mean(name, catalog.spellings)
            problems.append(Problem(Code.UNKNOWN_MODEL, f"no model “{name}” in the catalog{hint}"))
        elif model in found:
            problems.append(Problem(Code.TOO_FEW_MODELS, f"the model “{model}” is named twice"))
        else:
            found.append(model)
    if len(found) < FEWEST and not alone and not (problems and len(names) >= FEWEST):
        problems.append(Problem(Code.TOO_FEW_MODELS, "a comparison needs two different models"))
    return tuple(found), tuple(problems)

"""Comparison of models: the request, the settings, the workload, and the answer with every name looked up."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.fields import read_fields
from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean, nearest_or_few
from sphinx_modelcmp.catalog.records import UNKNOWN, Traffic
from sphinx_modelcmp.compare.life import is_alive
from sphinx_modelcmp.compare.rows import TABLES, Row, field_names, overrides

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.catalog.scalars import Flaw


class SectionScope(NamedTuple):
    """Scope of a section: the models that it needs, and the rows that it speaks of."""

    alone: bool = True
    """True if it has something to say of a single model; otherwise it compares models."""
    prose: bool = False
    """True if it speaks of any row, also of those that no table shows."""


SCOPES = {
    "summary": SectionScope(prose=True),
    "tradeoffs": SectionScope(alone=False, prose=True),
    "scorecard": SectionScope(),
    "cost": SectionScope(),
    "switching": SectionScope(alone=False, prose=True),
    "specs": SectionScope(),
    "pricing": SectionScope(),
    "capabilities": SectionScope(),
    "benchmarks": SectionScope(),
    "deep-dive": SectionScope(prose=True),
    "faq": SectionScope(alone=False, prose=True),
    "related": SectionScope(alone=False),
    "sources": SectionScope(),
}
"""Every section of a page, in its order. ``sections/`` has a module of the same name for each."""

SECTION_NAMES = tuple(SCOPES)
ALONE = frozenset(name for name, scope in SCOPES.items() if scope.alone)
PROSE = frozenset(name for name, scope in SCOPES.items() if scope.prose)

SOURCE_LINKS = ("all", "sources", "none")
"""How far sources are linked: from every cell, from the list of sources only, or not at all."""

VERDICTS = ("both", "author", "computed")
"""Whose verdict opens a page: that of the directive's body, then that of the figures, or only one of them."""

EXAMPLE_TRAFFIC = Traffic(
    label="Example workload",
    requests=100_000,
    input=Decimal(1000),
    output=Decimal(300),
)
"""The workload if neither the directive, nor the configuration, nor the catalog names one."""

_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Options of one directive. Empty tuples mean everything."""

    models: tuple[str, ...]
    where: str = ""
    """A query in place of models, see ``sphinx_modelcmp.query``."""
    sections: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    traffic: str = ""
    only_differences: bool = False
    unknown_rows: bool = False
    all_routes: bool = False
    transpose: bool = False
    verdict: str = "both"

    def wanted(self, default: Sequence[str]) -> tuple[str, ...]:
        """The sections to write, in order: the named ones, else the default, less the excluded."""
        names = self.sections or tuple(default) or SECTION_NAMES
        return tuple(name for name in names if name not in self.exclude)


def epoch_day() -> datetime.date | None:
    """The day of ``SOURCE_DATE_EPOCH`` in UTC; None where it is not set, or is no number of seconds.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch.isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Configuration shared by every comparison of one documentation."""

    sections: tuple[str, ...] = ()
    traffic: str = ""
    as_of: datetime.date | None = None
    stale_after: int | None = None
    source_links: str = "all"
    unknown_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more models, or a single one, and everything that is asked of them."""

    catalog: Catalog
    models: tuple[Model, ...]
    sections: tuple[str, ...]
    benchmarks: tuple[str, ...]
    fields: tuple[str, ...]
    traffic: Traffic
    day: datetime.date | None
    stale_after: int | None = None
    only_differences: bool = False
    unknown_rows: bool = False
    """True if rows of which nothing is known stay in their tables."""
    all_routes: bool = False
    """True if the cost section gives the total of every route besides the cheapest."""
    transpose: bool = False
    """True if tables of facts have a row per model and a column per fact."""
    source_links: str = "all"
    """One of ``SOURCE_LINKS``."""
    verdict: str = "both"
    """One of ``VERDICTS``."""
    columns: tuple[Row, ...] = ()
    """The facts of a table of models, which has no other section."""

    def is_stale(self, checked: datetime.date) -> bool:
        """True if a check is older than the documentation allows, seen from the reading day."""
        return self.day is not None and self.stale_after is not None and (self.day - checked).days > self.stale_after

    def is_alive(self, model: Model) -> bool:
        """True if a model can be called on the day: neither over nor only announced."""
        return is_alive(self.catalog, model, self.day)

    @property
    def living(self) -> tuple[Model, ...]:
        """The models that are alive, in the order asked: only of these anything is said to be better."""
        return tuple(filter(self.is_alive, self.models))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the models, in the order asked."""
        return tuple(model.id for model in self.models)

    def specs(self) -> tuple[Row, ...]:
        """The rows of the specifications."""
        return self.table("specs")

    def scorecard(self) -> tuple[Row, ...]:
        """The rows of the scorecard."""
        return self.table("scorecard")

    def prices(self) -> tuple[Row, ...]:
        """The rows of the cheapest prices."""
        return self.table("pricing")

    def capabilities(self) -> tuple[Row, ...]:
        """The rows of the capabilities."""
        return self.table("capabilities")

    def table(self, section: str) -> tuple[Row, ...]:
        """The rows of a section of ``TABLES``: those named, in their order, or else all but empty occasional ones."""
        rows = TABLES[section](self.catalog, self.models, self.day)
        if self.fields:
            named = {row.name: row for row in rows}
            return tuple(named[name] for name in dict.fromkeys(self.fields) if name in named)
        return tuple(row for row in rows if not (row.is_occasional and row.is_unknown))

    def shown(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows that a table shows: only those that differ, if that is asked for."""
        return tuple(row for row in rows if row.differs or not self.only_differences)

    def is_unsaid(self, row: Row) -> bool:
        """True if a row has nothing to show: no value, no note and no source of any model, and none of any route."""
        of_routes = (found for model in self.models for found in overrides(model, row.name, self.day))
        return all(fact == UNKNOWN for fact in row.facts) and not any(of_routes)


@dataclass(frozen=True, slots=True)
class Answer:
    """Result of a request: a comparison, or None, and the problems found."""

    comparison: Comparison | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A request with every name looked up, before any model is read for it."""

    ids: tuple[str, ...]
    """The models found, in the order asked, each once."""
    sections: tuple[str, ...]
    traffic: Traffic
    source_links: str
    unknown_rows: bool
    problems: tuple[Problem, ...]


def resolve(catalog: Catalog, request: Request, settings: Settings, *, alone: bool = False) -> Resolved:
    """Look up the names of a request, and report those that do not exist."""
    ids, problems = find_models(catalog, request.models)
    if len(ids) < _FEWEST and not alone and not request.where and not (problems and len(request.models) >= _FEWEST):
        problems = (*problems, Problem(Code.TOO_FEW_MODELS, "a comparison needs two different models"))
    wanted, unknown = known_names(request.wanted(settings.sections), SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    _, also_unknown = known_names(request.exclude, SECTION_NAMES, Code.UNKNOWN_SECTION, "section")
    rows = field_names(catalog) if request.fields else ()
    _, no_field = known_names(request.fields, rows, Code.UNKNOWN_FIELD, "row")
    _, no_test = known_names(request.benchmarks, catalog.benchmarks, Code.UNKNOWN_BENCHMARK, "benchmark")
    traffic, no_traffic = find_traffic(catalog, request.traffic or settings.traffic)
    # Without a list of sources there is nothing for the marks in cells to lead to.
    is_unlisted = settings.source_links == "all" and "sources" in request.exclude
    return Resolved(
        ids=ids,
        sections=wanted,
        traffic=traffic,
        source_links="sources" if is_unlisted else settings.source_links,
        # An author who names a row wants it.
        unknown_rows=bool(request.fields) or request.unknown_rows or settings.unknown_rows,
        problems=(*problems, *unknown, *also_unknown, *no_field, *no_test, *no_traffic),
    )


def compare(catalog: Catalog, request: Request, settings: Settings, *, alone: bool = False) -> Answer:
    """Answer a request. Fewer than two models give no comparison.

    With ``alone`` a single model is enough; it gets only the sections that do not need another one.
    """
    resolved = resolve(catalog, request, settings, alone=alone)
    if len(resolved.ids) < (1 if alone else _FEWEST):
        return Answer(None, resolved.problems)
    is_single = len(resolved.ids) < _FEWEST
    comparison = Comparison(
        catalog=catalog,
        models=tuple(catalog.models[name] for name in resolved.ids),
        sections=tuple(name for name in resolved.sections if name in ALONE or not is_single),
        # Names that do not exist stay in: they select nothing, while an empty list would select everything.
        benchmarks=request.benchmarks,
        fields=request.fields,
        traffic=resolved.traffic,
        day=catalog.reading_day(settings.as_of),
        stale_after=settings.stale_after,
        only_differences=request.only_differences,
        unknown_rows=resolved.unknown_rows,
        all_routes=request.all_routes,
        transpose=request.transpose,
        source_links=resolved.source_links,
        verdict=request.verdict,
    )
    return Answer(comparison, resolved.problems)


def find_models(catalog: Catalog, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The ids of some names, each once, with a problem for each name that is unknown or repeated."""
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
    return tuple(found), tuple(problems)


def known_names(
    names: Sequence[str], valid: Collection[str], code: Code, what: str
) -> tuple[tuple[str, ...], list[Problem]]:
    """The names that exist, once each, and a problem for each of the others."""
    found = tuple(dict.fromkeys(names))
    problems = [
        Problem(code, f"no {what} “{name}”{nearest_or_few(name, valid)}") for name in found if name not in valid
    ]
    return tuple(name for name in found if name in valid), problems


def find_traffic(catalog: Catalog, name: str) -> tuple[Traffic, list[Problem]]:
    """A workload by its name in the catalog, or written out (``requests=1000 input=500 output=200 cache-hit=60%``).

    Without a name: the first of the catalog, else the example. A name that does not exist is a problem, and the first
    of the catalog replaces it.
    """
    fallback = next(iter(catalog.traffic.values()), EXAMPLE_TRAFFIC)
    if not name:
        return fallback, []
    if name in catalog.traffic:
        return catalog.traffic[name], []
    if "=" in name:
        return _written_out(name, fallback)
    hint = did_you_mean(name, catalog.traffic)
    return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"no traffic “{name}” in the catalog{hint}")]


def _written_out(text: str, fallback: Traffic) -> tuple[Traffic, list[Problem]]:
    pairs = [part.partition("=")[::2] for part in text.replace(",", " ").split()]
    values = {key.replace("-", "_"): value for key, value in pairs}
    if len(values) < len(pairs) or "label" in values:
        reason = "no key “label”" if "label" in values else "a key is given twice"
        return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"traffic “{text}”: {reason}")]
    found, flaws = read_fields(Traffic, {"label": "unnamed", **values})
    if not flaws:
        traffic = Traffic(**{**found, "label": ""})
        clash = traffic.clash()
        if not clash:
            return traffic, []
        flaws = [clash]
    return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"traffic “{text}”: {_reason(flaw)}") for flaw in flaws]


def _reason(flaw: Flaw) -> str:
    key = str(flaw.at[0]).replace("_", "-")
    if flaw.code is Code.MISSING_KEY:
        return f"{key} is missing"
    if flaw.code is Code.UNKNOWN_KEY:
        keys = [name.replace("_", "-") for name in flaw.valid if name != "label"]
        return f"no key “{key}”{did_you_mean(key, keys)}"
    return f"{key}: {flaw.message}"


def is_written_out(traffic: Traffic) -> bool:
    """True if a workload was written in the directive, and has no name to show."""
    return not traffic.label

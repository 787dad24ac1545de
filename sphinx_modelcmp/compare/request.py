"""What one directive asks for, and the settings of the documentation it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.records import Catalog, Traffic

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

SECTION_NAMES = (
    "summary",
    "scorecard",
    "tradeoffs",
    "cost",
    "switching",
    "specs",
    "pricing",
    "capabilities",
    "benchmarks",
    "deep-dive",
    "faq",
    "related",
    "sources",
)
"""Every section of a page, in its order."""

SOURCE_LINKS = ("all", "sources", "none")
"""How far sources are linked: from every cell, from the list of sources only, or not at all."""

EXAMPLE_TRAFFIC = Traffic(
    label="Example workload",
    requests="100000",
    input="1000",
    output="300",
    cache_hit="0",
    batch="0",
)
"""The workload where neither the directive, nor the configuration, nor the catalog names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one directive asks for. Empty tuples mean everything."""

    models: tuple[str, ...]
    sections: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    traffic: str = ""
    only_differences: bool = False
    all_routes: bool = False

    def wanted(self, default: Sequence[str]) -> tuple[str, ...]:
        """The sections to write, in order: those asked for, else the default, less the excluded."""
        names = self.sections or tuple(default) or SECTION_NAMES
        return tuple(name for name in names if name not in self.exclude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for every comparison of one documentation."""

    sections: tuple[str, ...] = ()
    traffic: str = ""
    as_of: datetime.date | None = None
    stale_after: int | None = None
    source_links: str = "all"


def reading_day(catalog: Catalog, settings: Settings) -> datetime.date | None:
    """The day the facts are read at, as ``Catalog.reading_day`` finds it."""
    return catalog.reading_day(settings.as_of)


def known_names(
    names: Iterable[str], valid: Iterable[str], code: Code, what: str
) -> tuple[tuple[str, ...], list[Problem]]:
    """The names that exist, once each, and a problem for each of the others."""
    valid = tuple(valid)
    problems = [
        Problem(code, f"no {what} “{name}”{did_you_mean(name, valid)}")
        for name in dict.fromkeys(names)
        if name not in valid
    ]
    return tuple(name for name in dict.fromkeys(names) if name in valid), problems


def find_traffic(catalog: Catalog, name: str) -> tuple[Traffic, list[Problem]]:
    """A workload by its name in the catalog, or written out (``requests=1000 input=500 output=200 cache-hit=60%``).

    Without a name: the first of the catalog, else the example. A name that does not exist is a problem, and the first
    of the catalog stands in for it.
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
    try:
        return Traffic.model_validate({"label": "unnamed", **values}).model_copy(update={"label": ""}), []
    except ValidationError as error:
        keys = [name for name in Traffic.model_fields if name != "label"]
        return fallback, [
            Problem(
                Code.UNKNOWN_TRAFFIC,
                f"traffic “{text}”: {_reason(detail['type'], detail['loc'], detail['msg'], keys)}",
            )
            for detail in error.errors()
        ]


def _reason(kind: str, loc: tuple[str | int, ...], message: str, keys: Sequence[str]) -> str:
    key = str(loc[0]).replace("_", "-") if loc else ""
    if kind == "missing":
        return f"{key} is missing"
    if kind == "extra_forbidden":
        return f"no key “{key}”{did_you_mean(key, [name.replace('_', '-') for name in keys])}"
    return f"{key}: {message}"


def is_written_out(traffic: Traffic) -> bool:
    """Whether a workload was written in the directive, and has no name to show."""
    return not traffic.label

"""What one directive asks for, and the settings of the documentation it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean, nearest_or_all

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Catalog

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

ALONE = frozenset(SECTION_NAMES) - {"tradeoffs", "switching", "faq", "related"}
"""Sections that have something to say of one model alone; the others set models against each other."""

SOURCE_LINKS = ("all", "sources", "none")
"""How far sources are linked: from every cell, from the list of sources only, or not at all."""


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
    transpose: bool = False

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


_FEW = 20
"""So many names may be listed where none is near."""


def known_names(
    names: Iterable[str], valid: Iterable[str], code: Code, what: str
) -> tuple[tuple[str, ...], list[Problem]]:
    """The names that exist, once each, and a problem for each of the others."""
    valid = tuple(valid)
    hint = nearest_or_all if 0 < len(valid) <= _FEW else did_you_mean
    problems = [
        Problem(code, f"no {what} “{name}”{hint(name, valid)}") for name in dict.fromkeys(names) if name not in valid
    ]
    return tuple(name for name in dict.fromkeys(names) if name in valid), problems

"""What one directive asks for, and the settings of the documentation it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean, nearest_or_all

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Catalog


class SectionScope(NamedTuple):
    """Scope of a section: the models that it needs, and the rows that it speaks of."""

    alone: bool = True
    """True if it has something to say of a single model; otherwise it compares models."""
    prose: bool = False
    """True if it speaks of any row, also of those that no table shows."""


SECTIONS = {
    "summary": SectionScope(prose=True),
    "scorecard": SectionScope(),
    "tradeoffs": SectionScope(alone=False, prose=True),
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

SECTION_NAMES = tuple(SECTIONS)
ALONE = frozenset(name for name, scope in SECTIONS.items() if scope.alone)
PROSE = frozenset(name for name, scope in SECTIONS.items() if scope.prose)

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

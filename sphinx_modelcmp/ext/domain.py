"""The domain: which page compares what, kept from build to build, and the catalog, which never is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sphinx.domains import Domain

from sphinx_modelcmp.catalog.records import Catalog
from sphinx_modelcmp.compare.request import Request, Settings
from sphinx_modelcmp.ext.reporting import Severities

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Use(NamedTuple):
    """One comparison on one page: all of it values, none of it nodes."""

    request: Request
    digest: str
    models: tuple[str, ...]
    """The ids compared; empty where the comparison could not be made."""
    title: str
    successions: tuple[tuple[str, str], ...] = ()
    """Models on their way out, each with the one that follows it."""


class ModelcmpDomain(Domain):
    """Comparisons by page. The catalog lives on the instance: set before readers fork, dropped from the pickle."""

    name = "modelcmp"
    label = "Model comparisons"
    initial_data: ClassVar[dict[str, Any]] = {"uses": {}, "links": {}}
    data_version = 2
    builder: Builder
    """Set beside the catalog: Sphinx 9 deprecates every other public way from an environment to its builder."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.catalog = Catalog()
        self.settings = Settings()
        self.severities = Severities()

    @property
    def uses(self) -> dict[str, tuple[Use, ...]]:
        """Document name to its comparisons, in the order of the page."""
        return self.data["uses"]  # type: ignore[no-any-return]

    def note(self, docname: str, use: Use) -> None:
        """Remember a comparison."""
        self.uses[docname] = (*self.uses.get(docname, ()), use)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.uses.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for docname in sorted(docnames & otherdata["uses"].keys()):
            self.uses[docname] = otherdata["uses"][docname]

    def related(self, docname: str, models: tuple[str, ...]) -> Iterator[tuple[str, Use]]:
        """Other comparisons that share a model with these, never the same ones, those that share most first."""
        asked = frozenset(models)
        found = {}
        for page in sorted(self.uses):
            for use in self.uses[page]:
                held = frozenset(use.models)
                if held & asked and held != asked and held not in found and page != docname:
                    found[held] = (page, use)
        yield from sorted(found.values(), key=lambda item: _distance(asked, frozenset(item[1].models), item))

    def comparison_of(self, docname: str, models: tuple[str, ...]) -> str | None:
        """Another page that compares these models, the one that compares fewest others; None where there is none."""
        pages = (
            (len(use.models), page)
            for page, uses in self.uses.items()
            for use in uses
            if page != docname and set(models) <= set(use.models)
        )
        return min(pages, default=(0, None))[1]


def _distance(asked: frozenset[str], held: frozenset[str], item: tuple[str, Use]) -> tuple[int, int, str, str]:
    return (-len(asked & held), len(held - asked), item[1].title, item[0])

"""The domain: which page compares what, kept from build to build, and the catalog, which never is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sphinx.domains import Domain

from sphinx_modelcmp.catalog.outline import seal_of
from sphinx_modelcmp.compare.request import Settings
from sphinx_modelcmp.ext.reporting import Severities

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.catalog.cache import CachedCatalog
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.digest import Digests
    from sphinx_modelcmp.compare.request import Request
    from sphinx_modelcmp.ext.linking import Neighbours
    from sphinx_modelcmp.ext.outputs import Output


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
    initial_data: ClassVar[dict[str, Any]] = {"uses": {}}
    data_version = 4
    cached: CachedCatalog
    builder: Builder
    """Set beside the catalog: Sphinx 9 deprecates every other public way from an environment to its builder."""
    neighbours: Neighbours | None = None
    """Which comparison leads to which; known when all pages are read."""
    output: Output | None = None
    """What this builder has written; known by then, too."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.settings = Settings()
        self.severities = Severities()

    @property
    def catalog(self) -> Catalog:
        """The catalog; it is read when this is first asked for."""
        return self.cached.catalog

    @cached_property
    def digests(self) -> Digests:
        """The digests of requests to the catalog."""
        from sphinx_modelcmp.compare.digest import Digests  # noqa: PLC0415 - a build may have no use for any

        return Digests(self.catalog, self.settings)

    @property
    def seal(self) -> str:
        """The hash of all comparisons, as they were when their pages were read, and of what holds for each of them."""
        digests = sorted((docname, [use.digest for use in held]) for docname, held in self.uses.items())
        return seal_of((self.settings, *digests))

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

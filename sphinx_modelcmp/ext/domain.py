"""Domain: the comparisons of each page, kept from build to build, and the catalog, which never is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain
from sphinx.util.i18n import docname_to_domain

from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext.related import Neighbours, Use
from sphinx_modelcmp.ext.translations import PROSE, Translations, own_phrases_of, translations_of

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from docutils import nodes
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.catalog.cache import CachedCatalog
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.comparison import Request, Settings
    from sphinx_modelcmp.compare.digest import Digests
    from sphinx_modelcmp.ext.related import Use
    from sphinx_modelcmp.ext.reporting import Severities
    from sphinx_modelcmp.sections.language import Language


class ModelcmpDomain(Domain):
    """Comparisons by page. The catalog lives on the instance: set before readers fork, dropped from the pickle."""

    name = "modelcmp"
    label = "Model comparisons"
    initial_data: ClassVar[dict[str, Any]] = {"uses": {}}
    data_version = 7
    cached: CachedCatalog
    builder: Builder
    """Set with the catalog: Sphinx 9 deprecates every other public way from an environment to its builder."""
    neighbours = Neighbours({})
    """The relations between comparisons; none until all pages are read."""
    written: set[str] | None = None
    """The pages that this builder has written; None if it writes everything every time."""
    settings: Settings
    severities: Severities
    publishing: tuple[str, ...]
    """The structured data of comparisons: some of ``structured.published.KINDS``."""
    has_reported_catalog = False
    """Whether warnings have said already why the catalog may lack a model."""

    @property
    def catalog(self) -> Catalog:
        """The catalog; it is read when this is first asked for."""
        return self.cached.catalog

    @cached_property
    def digests(self) -> Digests:
        """The digests of requests to the catalog."""
        from sphinx_modelcmp.compare.digest import Digests  # noqa: PLC0415 - a build may have no use for any

        return Digests(self.catalog, self.settings, self.cached.loaded.outlines)

    # Sphinx compiles translations before it asks for the pages that have changed.

    @cached_property
    def translations(self) -> Translations:
        """The translations of the author's prose."""
        return translations_of(self.env, docname_to_domain(PROSE, self.env.config.gettext_compact))

    @cached_property
    def own_phrases(self) -> Translations:
        """The phrases that the site has translated itself."""
        return own_phrases_of(self.env)

    @cached_property
    def words(self) -> Language:
        """The words of the pages."""
        from sphinx_modelcmp.sections.language import Language  # noqa: PLC0415 - a build may write no page

        return Language(self.env.config.language, self.own_phrases.catalogs)

    def digest_of(self, request: Request, prose: Sequence[str]) -> str:
        """The hash of the answer to a request as a page shows it, with the translations of its prose."""
        found = self.digests.of(request)
        if not (self.translations.files or self.own_phrases.files):
            return found
        return fingerprint_of((found, self.own_phrases.seal, *map(self.translations.translate, prose)))

    @property
    def seal(self) -> str:
        """The hash of all comparisons as their pages were read, and of all that is common to them."""
        digests = sorted((docname, [use.digest for use in held]) for docname, held in self.uses.items())
        return fingerprint_of((self.settings, self.translations.seal, self.own_phrases.seal, *digests))

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

    def resolve_any_xref(self, *_args: object, **_kwargs: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: the domain has no roles. MyST asks every domain, and warns about one that does not answer."""
        return []


def domain_of(env: BuildEnvironment) -> ModelcmpDomain:
    """Our domain."""
    return cast("ModelcmpDomain", env.get_domain(ModelcmpDomain.name))

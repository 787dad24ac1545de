"""Domain: the comparisons of each page and their relations, kept between builds; and the catalog, which never is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from sphinx.domains import Domain
from sphinx.util.i18n import docname_to_domain

from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext.translations import PROSE, Translations, own_phrases_of, translations_of
from sphinx_modelcmp.query.request import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from docutils import nodes
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.catalog.cache import CachedCatalog
    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.compare.comparison import Request
    from sphinx_modelcmp.compare.digest import Digests
    from sphinx_modelcmp.ext.config import ModelcmpConfig
    from sphinx_modelcmp.query.conditions import Facts
    from sphinx_modelcmp.query.selection import Selected
    from sphinx_modelcmp.sections.language import Language


MOST = 12
"""Most links to other pages."""


class Use(NamedTuple):
    """One comparison on one page, as the environment keeps it: only values, no nodes."""

    request: Request | Selection
    digest: str
    models: tuple[str, ...] = ()
    """The ids compared; empty if there is no comparison, and of a table of models."""
    title: str = ""
    foreign: tuple[tuple[str, str], ...] = ()
    """The names in the title in another language than the pages, each with its language tag."""
    successions: tuple[tuple[str, str], ...] = ()
    """Models with a successor, and that."""
    prose: tuple[str, ...] = ()
    """The author's prose on the page before its translation; empty without translations."""


class Related(NamedTuple):
    """A page with a related comparison."""

    docname: str
    title: str
    foreign: tuple[tuple[str, str], ...]
    """The names in the title in another language."""


class Links(NamedTuple):
    """The links from the comparisons of one page."""

    related: Mapping[tuple[str, ...], tuple[Related, ...]]
    """The models of each comparison, and the pages related to it."""
    successors: Mapping[tuple[str, ...], str]
    """A model and its successor, and the page that compares them."""


class Neighbours:
    """The comparisons of a documentation, found by their models."""

    def __init__(self, uses: Mapping[str, Sequence[Use]]) -> None:
        self._uses = uses
        self._links: dict[str, Links] = {}

    @cached_property
    def _of(self) -> Mapping[str, Sequence[tuple[str, Use]]]:
        """The comparisons of each model, with their pages."""
        found: dict[str, list[tuple[str, Use]]] = defaultdict(list)
        for page in sorted(self._uses):
            for use in self._uses[page]:
                for model in use.models:
                    found[model].append((page, use))
        return found

    def links(self, docname: str) -> Links:
        """The links from the comparisons of a page."""
        if docname not in self._links:
            uses = self._uses.get(docname, ())
            related = {use.models: tuple(self._related(docname, use.models)) for use in uses}
            pairs = {pair: self._comparison_of(docname, pair) for use in uses for pair in use.successions}
            self._links[docname] = Links(related, {pair: page for pair, page in pairs.items() if page})
        return self._links[docname]

    def _related(self, docname: str, models: tuple[str, ...]) -> Iterator[Related]:
        """Comparisons of other pages and other models that share some with these, those that share most first."""
        asked = frozenset(models)
        found: dict[frozenset[str], tuple[str, Use]] = {}
        for page, use in (item for model in models for item in self._of[model]):
            held = frozenset(use.models)
            if held != asked and page != docname and (held not in found or page < found[held][0]):
                found[held] = (page, use)
        nearest = heapq.nsmallest(MOST, found.items(), key=lambda item: _distance(asked, *item))
        yield from (Related(page, use.title, use.foreign) for _, (page, use) in nearest)

    def _comparison_of(self, docname: str, pair: tuple[str, str]) -> str | None:
        """Another page that compares two models, the one with the fewest others; None if there is none."""
        held = ((len(use.models), page) for page, use in self._of[pair[0]] if page != docname and pair[1] in use.models)
        return min(held, default=(0, None))[1]


def _distance(asked: frozenset[str], held: frozenset[str], found: tuple[str, Use]) -> tuple[int, int, str, str]:
    return (-len(asked & held), len(held - asked), found[1].title, found[0])


class ModelcmpDomain(Domain):
    """Comparisons by page. The catalog lives on the instance: set before readers fork, dropped from the pickle."""

    name = "modelcmp"
    label = "Model comparisons"
    initial_data: ClassVar[dict[str, Any]] = {"uses": {}}
    data_version = 8
    cached: CachedCatalog
    builder: Builder
    """Set with the catalog: Sphinx 9 deprecates every other public way from an environment to its builder."""
    neighbours = Neighbours({})
    """The relations between comparisons; none until all pages are read."""
    written: set[str] | None = None
    """The pages that this builder has written; None if it writes everything every time."""
    config: ModelcmpConfig
    has_reported_catalog = False
    """True if warnings have said already why the catalog may lack a model."""

    @property
    def catalog(self) -> Catalog:
        """The catalog; it is read when this is first asked for."""
        return self.cached.catalog

    @cached_property
    def digests(self) -> Digests:
        """The digests of requests to the catalog."""
        from sphinx_modelcmp.compare.digest import Digests  # noqa: PLC0415 - a build may have no use for any

        return Digests(self.catalog, self.config.settings, self.cached.loaded.outlines)

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

    @cached_property
    def facts(self) -> Facts:
        """The facts that queries ask for."""
        from sphinx_modelcmp.query.conditions import Facts  # noqa: PLC0415 - as above

        return Facts(self.catalog, self.catalog.reading_day(self.config.settings.as_of))

    def digest_of(self, request: Request | Selection, prose: Sequence[str]) -> str:
        """The hash of the answer to a request as a page shows it, with the translations of its prose."""
        found = self._digest_of(request)
        if not (self.translations.files or self.own_phrases.files):
            return found
        return fingerprint_of((found, self.own_phrases.seal, *map(self.translations.translate, prose)))

    def _digest_of(self, request: Request | Selection) -> str:
        if not isinstance(request, Selection):
            asked, problems = self.expanded(request)
            return fingerprint_of((problems, self.digests.of(asked))) if problems else self.digests.of(asked)
        from sphinx_modelcmp.query.selection import digest_of  # noqa: PLC0415 - as above

        return digest_of(request, self.selected(request), self.catalog, self.digests)

    def selected(self, selection: Selection) -> Selected:
        """What a selection shows: the digest of its page asks for it, and then the page."""
        from sphinx_modelcmp.query.selection import select  # noqa: PLC0415 - as above

        if selection not in self._selected:
            self._selected[selection] = select(selection, self.facts)
        return self._selected[selection]

    def expanded(self, request: Request) -> tuple[Request, tuple[Problem, ...]]:
        """A request for a comparison with the ids that its query matches."""
        if not request.where:
            return request, ()
        from sphinx_modelcmp.query.selection import expanded  # noqa: PLC0415 - as above

        return expanded(request, self.selected(Selection(where=request.where)))

    @cached_property
    def _selected(self) -> dict[Selection, Selected]:
        return {}

    @property
    def seal(self) -> str:
        """The hash of all comparisons as their pages were read, and of all that is common to them."""
        digests = sorted((docname, [use.digest for use in held]) for docname, held in self.uses.items())
        return fingerprint_of((self.config.settings, self.translations.seal, self.own_phrases.seal, *digests))

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

"""Freshness: the catalog is read once a build; pages whose answer changed are read again, and written again.

Sphinx writes a page again when its source is later than its output. A fact is in no source: the next builder
would leave a page unchanged that another one, or an interrupted build, has read again.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.cache import Asked, CachedCatalog, Store
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext.config import allowed_roots, catalog_paths, fail_on_errors, read_config, report
from sphinx_modelcmp.ext.domain import Neighbours, domain_of
from sphinx_modelcmp.ext.translations import phrase_problems

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


FOLDER = "modelcmp"
"""The folder in the doctree directory for the state between builds."""


class WrittenPages:
    """The pages of one builder in one folder, and hashes of what each shows. Made once all pages are read."""

    def __init__(self, app: Sphinx) -> None:
        self._domain = domain_of(app.env)
        self._uses, self._seal = self._domain.uses, self._domain.seal
        self._name = sha256(f"{app.builder.name} {app.outdir}".encode(errors="surrogateescape")).hexdigest()
        self._store = Store(Path(app.doctreedir) / FOLDER / "outputs")
        self._kept: dict[str, Any] = self._store.get(self._name) or {"seal": "", "linked": "", "pages": {}}

    @property
    def is_current(self) -> bool:
        """True if every page in the output is up to date."""
        return bool(self._kept["seal"] == self._seal)

    def outdated(self) -> list[str]:
        """The pages that would be different now."""
        if self.is_current:
            return []
        kept = self._kept["pages"]
        return [docname for docname in self._uses if kept.get(docname) != self._shown(docname)]

    def keep(self, written: Set[str]) -> None:
        """Remember what was written."""
        if self.is_current:
            return
        left = {*self.outdated()} - written
        pages = {docname: self._shown(docname) for docname in self._uses if docname not in left}
        old = {docname: shown for docname, shown in self._kept["pages"].items() if docname in left}
        seals = {"seal": "", "linked": ""} if left else {"seal": self._seal, "linked": self._linked}
        self._store.put(self._name, {**seals, "pages": {**old, **pages}})

    def _shown(self, docname: str) -> list[str]:
        """The hashes of each comparison on a page, and of its links to other pages."""
        kept = self._kept["pages"].get(docname)
        unmoved = kept and self._kept["linked"] == self._linked
        links = kept[-1] if unmoved else fingerprint_of((self._domain.neighbours.links(docname),))
        return [*(use.digest for use in self._uses[docname]), links]

    @cached_property
    def _linked(self) -> str:
        """The hash of all that links depend on. Few edits change it; without a change no link has to be computed."""
        uses = sorted(self._uses.items(), key=lambda item: item[0])
        return fingerprint_of(
            (docname, [(use.models, use.title, use.foreign, use.successions) for use in held]) for docname, held in uses
        )


def unwritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that must be written again, even if they were not read again."""
    domain = domain_of(env)
    domain.neighbours = Neighbours(domain.uses)
    # A text says that the builder writes everything every time.
    if isinstance(app.builder.get_outdated_docs(), str):
        return []
    domain.written = set()
    return WrittenPages(app).outdated()


def note(app: Sphinx, _doctree: object, docname: str) -> None:
    """Remember a page that is being written; in the process that began the build."""
    if (written := domain_of(app.env).written) is not None:
        written.add(docname)


def keep(app: Sphinx, _exception: Exception | None) -> None:
    """Store the state of this output for the next build; after an error Sphinx itself forgets all it has read."""
    if (written := domain_of(app.env).written) is not None:
        WrittenPages(app).keep(written)


def load(app: Sphinx) -> None:
    """Read the configuration, and report what is wrong with it and with the catalog."""
    fail_on_errors(app)
    domain = domain_of(app.env)
    # sphinx-multiversion reads the sources of an old version with the conf.py of today.
    folders = tuple(dict.fromkeys((Path(app.srcdir), Path(app.confdir))))
    domain.builder = app.builder
    config, problems = read_config(app.config)
    domain.config = config
    paths, missing = catalog_paths(config.catalog, folders)
    for problem in (*problems, *missing):
        report(problem, domain.config, str(Path(app.confdir, "conf.py")))
    roots = allowed_roots(config.catalog_roots, folders)
    asked = Asked(paths=tuple(paths), roots=roots, as_of=config.as_of, demands=config.demands)
    domain.cached = CachedCatalog(asked, Store(Path(app.doctreedir) / FOLDER / "catalog"))
    for problem in domain.cached.problems:
        report(problem, domain.config)
    domain.has_reported_catalog = bool(missing or domain.cached.problems)


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: Set[str], _changed: Set[str], _removed: Set[str]
) -> list[str]:
    """The pages whose comparisons have changed."""
    domain = domain_of(env)
    if domain.own_phrases.files:
        for problem in phrase_problems(domain.words.phrases, next(iter(domain.own_phrases.files))):
            report(problem, domain.config)
    if domain.cached.agrees_with(domain.seal):
        return []
    return [
        docname
        for docname, uses in domain.uses.items()
        if any(domain.digest_of(use.request, use.prose) != use.digest for use in uses)
    ]


def read_before_fork(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the catalog, and import all that writes pages, once for all processes that will read pages."""
    if docnames and app.parallel > 1:
        # The first page loads these where there is one process.
        from sphinx_modelcmp.ext import render  # noqa: F401, PLC0415
        from sphinx_modelcmp.nodes import build  # noqa: F401, PLC0415

        _ = domain_of(env).digests


def agree(_app: Sphinx, env: BuildEnvironment) -> None:
    """Remember that every page is up to date with the catalog: the next build need not compare them."""
    domain = domain_of(env)
    domain.cached.agree(domain.seal)

"""What the pages of each output show, kept from build to build.

Sphinx writes a page again when its source is later than its output. A fact is in no source: what one builder has read
again, or a build that was broken off, the next one would leave as it was written.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.outline import seal_of
from sphinx_modelcmp.catalog.store import Store
from sphinx_modelcmp.ext.linking import Neighbours, links_of
from sphinx_modelcmp.ext.loading import FOLDER, domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_modelcmp.ext.domain import ModelcmpDomain


class Output:
    """The pages of one builder in one folder, each with the hash of what it shows of the catalog."""

    def __init__(self, app: Sphinx) -> None:
        # From the doctrees, so that both can be moved together.
        folder = os.path.relpath(app.outdir, app.doctreedir)
        self._name = sha256(f"{app.builder.name} {folder}".encode(errors="surrogateescape")).hexdigest()
        self._store = Store(Path(app.doctreedir) / FOLDER / "outputs")
        self._kept: dict[str, Any] = self._store.get(self._name) or {"seal": "", "pages": {}}
        self.written: set[str] = set()

    def outdated(self, domain: ModelcmpDomain) -> list[str]:
        """The pages that show something else than they would now."""
        if self._kept["seal"] == domain.seal:
            return []
        kept = self._kept["pages"]
        return [docname for docname in domain.uses if kept.get(docname) != _seal(domain, docname)]

    def keep(self, domain: ModelcmpDomain) -> None:
        """Note what was written."""
        if self._kept["seal"] == domain.seal:
            return
        left = {*self.outdated(domain)} - self.written
        pages = {docname: _seal(domain, docname) for docname in domain.uses if docname not in left}
        old = {docname: seal for docname, seal in self._kept["pages"].items() if docname in left}
        self._store.put(self._name, {"seal": "" if left else domain.seal, "pages": {**old, **pages}})


def _seal(domain: ModelcmpDomain, docname: str) -> str:
    """The hash of what a page shows: facts, and links to other pages."""
    return seal_of(([use.digest for use in domain.uses[docname]], links_of(domain, docname)))


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that are to be written again, whether they were read again or not."""
    domain = domain_of(env)
    domain.neighbours = Neighbours(domain.uses)
    # A text says that the builder writes everything every time.
    if isinstance(app.builder.get_outdated_docs(), str):
        return []
    domain.output = Output(app)
    return domain.output.outdated(domain)


def note(app: Sphinx, _doctree: object, docname: str) -> None:
    """Note that a page is being written; in the process that began the build."""
    if output := domain_of(app.env).output:
        output.written.add(docname)


def keep(app: Sphinx, _exception: Exception | None) -> None:
    """Keep what is known of this output for the next build; after an error Sphinx itself forgets all it has read."""
    domain = domain_of(app.env)
    if domain.output:
        domain.output.keep(domain)

"""What the pages of each output show, kept from build to build.

Sphinx writes a page again when its source is later than its output. A fact is in no source: what one builder has read
again, or a build that was broken off, the next one would leave as it was written.
"""

from __future__ import annotations

from functools import cached_property
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
    """The pages of one builder in one folder, and what each shows of the catalog. Made when all pages are read."""

    def __init__(self, app: Sphinx, domain: ModelcmpDomain) -> None:
        self._domain = domain
        self._name = sha256(f"{app.builder.name} {app.outdir}".encode(errors="surrogateescape")).hexdigest()
        self._store = Store(Path(app.doctreedir) / FOLDER / "outputs")
        self._kept: dict[str, Any] = self._store.get(self._name) or {"seal": "", "linked": "", "pages": {}}
        self.written: set[str] = set()

    @property
    def is_current(self) -> bool:
        """Whether every page shows what it would show now."""
        return bool(self._kept["seal"] == self._domain.seal)

    def outdated(self) -> list[str]:
        """The pages that show something else than they would now."""
        if self.is_current:
            return []
        kept = self._kept["pages"]
        return [docname for docname in self._domain.uses if kept.get(docname) != self._shown(docname)]

    def keep(self) -> None:
        """Note what was written."""
        if self.is_current:
            return
        left = {*self.outdated()} - self.written
        pages = {docname: self._shown(docname) for docname in self._domain.uses if docname not in left}
        old = {docname: shown for docname, shown in self._kept["pages"].items() if docname in left}
        seals = {"seal": "", "linked": ""} if left else {"seal": self._domain.seal, "linked": self._linked}
        self._store.put(self._name, {**seals, "pages": {**old, **pages}})

    def _shown(self, docname: str) -> list[str]:
        """The hashes of what a page shows: of each comparison, and of the links to other pages."""
        kept = self._kept["pages"].get(docname)
        unmoved = kept and self._kept["linked"] == self._linked
        links = kept[-1] if unmoved else seal_of((links_of(self._domain, docname),))
        return [*(use.digest for use in self._domain.uses[docname]), links]

    @cached_property
    def _linked(self) -> str:
        """The hash of all that links are found by: few edits move it, and no link has to be looked for."""
        uses = sorted(self._domain.uses.items(), key=lambda item: item[0])
        return seal_of(
            (docname, [(use.models, use.title, use.foreign, use.successions) for use in held]) for docname, held in uses
        )


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that are to be written again, whether they were read again or not."""
    domain = domain_of(env)
    domain.neighbours = Neighbours(domain.uses)
    # A text says that the builder writes everything every time.
    if isinstance(app.builder.get_outdated_docs(), str):
        return []
    domain.output = Output(app, domain)
    return domain.output.outdated()


def note(app: Sphinx, _doctree: object, docname: str) -> None:
    """Note that a page is being written; in the process that began the build."""
    if output := domain_of(app.env).output:
        output.written.add(docname)


def keep(app: Sphinx, _exception: Exception | None) -> None:
    """Keep what is known of this output for the next build; after an error Sphinx itself forgets all it has read."""
    domain = domain_of(app.env)
    if domain.output:
        domain.output.keep()

"""Pages of each output that must be written again, although their sources have not changed.

Sphinx writes a page again when its source is later than its output. A fact is in no source: the next builder
would leave a page unchanged that another one, or an interrupted build, has read again.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.cache import Store
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.ext.domain import domain_of
from sphinx_modelcmp.ext.related import Neighbours

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


FOLDER = "modelcmp"
"""The folder in the doctree directory for the state between builds."""


class WrittenPages:
    """The pages of one builder in one folder, and hashes of what each shows. Made once all pages are read."""

    def __init__(self, app: Sphinx) -> None:
        domain = domain_of(app.env)
        self._uses = domain.uses
        self._neighbours = domain.neighbours
        self._seal = domain.seal
        self._name = sha256(f"{app.builder.name} {app.outdir}".encode(errors="surrogateescape")).hexdigest()
        self._store = Store(Path(app.doctreedir) / FOLDER / "outputs")
        self._kept: dict[str, Any] = self._store.get(self._name) or {"seal": "", "linked": "", "pages": {}}

    @property
    def is_current(self) -> bool:
        """Whether every page in the output is up to date."""
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
        links = kept[-1] if unmoved else fingerprint_of((self._neighbours.links(docname),))
        return [*(use.digest for use in self._uses[docname]), links]

    @cached_property
    def _linked(self) -> str:
        """The hash of all that links depend on. Few edits change it; without a change no link has to be computed."""
        uses = sorted(self._uses.items(), key=lambda item: item[0])
        return fingerprint_of(
            (docname, [(use.models, use.title, use.foreign, use.successions) for use in held]) for docname, held in uses
        )


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
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

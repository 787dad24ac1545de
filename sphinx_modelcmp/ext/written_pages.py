"""What the pages of each output show, kept from build to build.

Sphinx writes a page again when its source is later than its output. A fact is in no source: what one builder has read
again, or a build that was broken off, the next one would leave as it was written.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.cache import Store
from sphinx_modelcmp.catalog.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinx_modelcmp.ext.related import Neighbours
    from sphinx_modelcmp.ext.uses import Use

FOLDER = "modelcmp"
"""The folder in the doctree directory for what is known from one build to the next."""


class WrittenPages:
    """The pages of one builder in one folder, and what each shows of the catalog. Made when all pages are read."""

    def __init__(self, app: Sphinx, uses: Mapping[str, Sequence[Use]], neighbours: Neighbours, seal: str) -> None:
        """``seal`` is the hash of all comparisons as they would be written now."""
        self._uses = uses
        self._neighbours = neighbours
        self._seal = seal
        self._name = sha256(f"{app.builder.name} {app.outdir}".encode(errors="surrogateescape")).hexdigest()
        self._store = Store(Path(app.doctreedir) / FOLDER / "outputs")
        self._kept: dict[str, Any] = self._store.get(self._name) or {"seal": "", "linked": "", "pages": {}}
        self.written: set[str] = set()

    @property
    def is_current(self) -> bool:
        """Whether every page shows what it would show now."""
        return bool(self._kept["seal"] == self._seal)

    def outdated(self) -> list[str]:
        """The pages that show something else than they would now."""
        if self.is_current:
            return []
        kept = self._kept["pages"]
        return [docname for docname in self._uses if kept.get(docname) != self._shown(docname)]

    def keep(self) -> None:
        """Note what was written."""
        if self.is_current:
            return
        left = {*self.outdated()} - self.written
        pages = {docname: self._shown(docname) for docname in self._uses if docname not in left}
        old = {docname: shown for docname, shown in self._kept["pages"].items() if docname in left}
        seals = {"seal": "", "linked": ""} if left else {"seal": self._seal, "linked": self._linked}
        self._store.put(self._name, {**seals, "pages": {**old, **pages}})

    def _shown(self, docname: str) -> list[str]:
        """The hashes of what a page shows: of each comparison, and of the links to other pages."""
        kept = self._kept["pages"].get(docname)
        unmoved = kept and self._kept["linked"] == self._linked
        links = kept[-1] if unmoved else fingerprint_of((self._neighbours.links(docname),))
        return [*(use.digest for use in self._uses[docname]), links]

    @cached_property
    def _linked(self) -> str:
        """The hash of all that links are found by: few edits move it, and no link has to be looked for."""
        uses = sorted(self._uses.items(), key=lambda item: item[0])
        return fingerprint_of(
            (docname, [(use.models, use.title, use.foreign, use.successions) for use in held]) for docname, held in uses
        )

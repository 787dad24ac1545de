"""A catalog that is read when somebody asks for it, and whose problems are known before.

This module imports none that reads: a build in which nothing has changed has no use for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.files import Roots, read_files
from sphinx_modelcmp.catalog.problems import Demands, read_problems, written_problems
from sphinx_modelcmp.catalog.store import STATE

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from sphinx_modelcmp.catalog.load import Loaded
    from sphinx_modelcmp.catalog.places import Places
    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.catalog.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which catalog, and what is asked of it: as the arguments of ``load_catalog``."""

    paths: tuple[Path, ...] = ()
    roots: Roots = field(default_factory=Roots)
    as_of: datetime.date | None = None
    demands: Demands = field(default_factory=Demands)


class CachedCatalog:
    """The catalog of one build, and a store that outlives it.

    The store knows of the last catalog what was wrong with it, and what was found to be up to date with it.
    """

    def __init__(self, asked: Asked, store: Store) -> None:
        self._asked = asked
        self._store = store
        self.files, self._unread = read_files(asked.paths, asked.roots)
        self._state: dict[str, Any] = store.get(STATE) or {}
        if self._state.get("key") != self._key:
            self._state = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files; they are read for that, unless just these were read before."""
        if not self._state:
            self._note("")
        return (*self._unread, *read_problems(self._state["problems"]))

    @property
    def catalog(self) -> Catalog:
        """The catalog; it is read when this is first asked for."""
        return self._loaded.catalog

    @property
    def places(self) -> Places:
        """Where everything in the catalog stands; it is read for that, as for the catalog."""
        return self._loaded.places

    def agrees_with(self, seal: str) -> bool:
        """Whether what a seal stands for was found to be up to date with this catalog."""
        return bool(self._state) and self._state["agrees"] == seal

    def agree(self, seal: str) -> None:
        """Note that what a seal stands for is up to date with this catalog."""
        if not self.agrees_with(seal):
            self._note(seal)

    def _note(self, seal: str) -> None:
        problems = self._state["problems"] if self._state else written_problems(self._loaded.problems)
        self._state = {"key": self._key, "problems": problems, "agrees": seal}
        self._store.put(STATE, self._state)

    @cached_property
    def _key(self) -> str:
        """The hash of the content of all files, and of what is asked of them."""
        demands = self._asked.demands
        asked = (self._asked.as_of, demands.stale_after, sorted(demands.sources), demands.conflicts)
        return sha256(repr((asked, [file.seal for file in self.files])).encode()).hexdigest()

    @cached_property
    def _loaded(self) -> Loaded:
        from sphinx_modelcmp.catalog.load import read_catalog  # noqa: PLC0415 - see above

        return read_catalog(self.files, as_of=self._asked.as_of, demands=self._asked.demands, store=self._store)

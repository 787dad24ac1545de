"""Paths of records to places in files, and the findings that authors accept there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.problems import Code, Keys, Place
    from sphinx_modelcmp.catalog.yaml.reader import Document


OTHERS = "others"
_FACT_DEPTH = 3


class Finding(NamedTuple):
    """Result of a check, with the path of the value (see ``Places``)."""

    code: Code
    message: str
    at: Keys
    group: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of everything in a catalog.

    A path is written as its author writes keys, with positions counted in the records: ``models``, the id, ``routes``,
    1, ``prices``, 0, ``input``. The records cannot tell how they were written, so the decoder notes here what differs:
    items before one were left out, a list is in the long form, a fact has several ``values``. Of these the path
    names the one that is shown; ``others`` and a position name another one.
    """

    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    """The file of each entry of a table: ``("models", "gpt-4")``."""
    items: dict[Keys, tuple[Keys, ...]] = field(default_factory=dict)
    """For a list whose records are not at their own positions, the keys of each."""
    readings: dict[Keys, tuple[Keys, ...]] = field(default_factory=dict)
    """For a fact with several values, the keys of each, the one that is shown first."""
    accepted: dict[Keys, frozenset[str]] = field(default_factory=dict)
    """By the keys of a record: the codes of the findings that its author accepts."""

    def place(self, *path: str | int) -> Place | None:
        """The place of the value at a path, of the key where it is a whole entry; None outside the tables."""
        document = self.documents.get((str(path[0]), str(path[1]))) if len(path) > 1 else None
        if document is None:
            return None
        if len(path) < _FACT_DEPTH:
            return document.key_place(*path)
        # A document gives the place of what is around, where a fact has no long form and so no key `value`.
        return document.place(*self._shown(self.keys(*path)), "value")

    def keys(self, *path: str | int) -> Keys:
        """The keys and positions in the file that lead to a path."""
        keys: Keys = ()
        steps = iter(path)
        for step in steps:
            if step == OTHERS and keys in self.readings:
                keys = self.readings[keys][int(next(steps)) + 1]
            elif isinstance(step, int):
                shown = self._shown(keys)
                keys = self.items[shown][step] if shown in self.items else (*shown, step)
            else:
                keys = (*self._shown(keys), step)
        return keys

    def _shown(self, keys: Keys) -> Keys:
        return self.readings[keys][0] if keys in self.readings else keys

    def note_items(self, at: Keys, found: Sequence[Keys]) -> None:
        """Remember where the items of a list stand, if that is not where anybody would look.

        They are in order, so the last one tells.
        """
        if found and found[-1] != (*at, len(found) - 1):
            self.items[at] = tuple(found)

    def accepts(self, code: Code, at: Keys) -> bool:
        """True if a finding at these keys of a file is accepted there, or further out."""
        return bool(self.accepted) and any(
            code.slug in self.accepted.get(at[:end], ()) for end in range(1, len(at) + 1)
        )

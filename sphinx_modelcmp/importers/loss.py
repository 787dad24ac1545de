"""What an import did not take over, counted: no key of a foreign catalog goes without a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_modelcmp.catalog.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lost(NamedTuple):
    """One kind of loss: how often, and the first place of it."""

    kind: str
    what: str
    times: int
    example: str


NOT_UNDERSTOOD = "key"
"""A key that has no place in our format, or none that says the same."""
NOT_TAKEN = "value"
"""A value that cannot be what it says: a placeholder, a wrong type, an impossible date."""
CHANGED = "changed"
"""A value that was taken, but not as it is written."""
_ORDER = (NOT_UNDERSTOOD, NOT_TAKEN, CHANGED)


@dataclass(slots=True)
class Loss:
    """Counts what is lost on the way."""

    entries: int = 0
    """How many entries of the foreign catalog were read."""
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def key(self, name: str, entry: str) -> None:
        """A key that is not understood, in an entry."""
        self._note(NOT_UNDERSTOOD, name, entry)

    def value(self, why: str, entry: str) -> None:
        """A value that was not taken, and why."""
        self._note(NOT_TAKEN, why, entry)

    def changed(self, how: str, entry: str) -> None:
        """A value that was taken in another form."""
        self._note(CHANGED, how, entry)

    def _note(self, kind: str, what: str, entry: str) -> None:
        what = visible(str(what))
        self._counts[kind, what] += 1
        self._examples.setdefault((kind, what), visible(str(entry)))

    def wrong_part(self) -> str:
        """What a reader has put here that is no count, in words; nothing where all is well."""
        entries: object = self.entries
        return "" if isinstance(entries, int) else f"`loss.entries` is a number, not “{entries}”"

    def __iter__(self) -> Iterator[Lost]:
        """By kind, the most frequent first."""
        found = sorted(self._counts.items(), key=lambda item: (_ORDER.index(item[0][0]), -item[1], item[0][1]))
        return (Lost(kind, what, count, self._examples[kind, what]) for (kind, what), count in found)

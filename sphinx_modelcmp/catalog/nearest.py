"""The valid names that a wrong one is nearest to, at a cost that does not grow with all that are compared."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

_COMPARED = 20
"""So many names, those with the most pairs of letters in common, are compared letter by letter."""
_LONGEST = 100
"""Nobody means a name by so many characters."""


def nearest(name: str, valid: frozenset[str]) -> tuple[str, ...]:
    """The valid names that a name is nearest to, in capitals or not: three at most."""
    return _names(valid).nearest(name.casefold()) if len(name) <= _LONGEST else ()


class _Names:
    """The valid names of one table, by how they read in small letters."""

    def __init__(self, valid: frozenset[str]) -> None:
        folded = {name.casefold(): name for name in sorted(valid, reverse=True)}
        self._folded = dict(sorted(folded.items()))

    def nearest(self, name: str) -> tuple[str, ...]:
        pairs = {"".join(pair) for pair in pairwise(name)}

        def likeness(other: str) -> float:
            return sum(pair in other for pair in pairs) / (len(pairs) + len(other) + 1)

        near = nlargest(_COMPARED, self._folded, key=likeness)
        return tuple(self._folded[found] for found in get_close_matches(name, near, n=3, cutoff=0.6))


_names = lru_cache(maxsize=8)(_Names)

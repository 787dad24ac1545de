"""The valid names that a wrong one is nearest to, at a cost that does not grow with all that are compared."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_COMPARED = 20
"""So many names, those with the most pairs of letters in common, are compared letter by letter."""
_LONGEST = 100
"""Nobody means a name by so many characters."""
_ELSEWHERE = {
    "summary": "description desc about",
    "openness": "open_source opensource open_weights open",
    "note": "notes comment comments remark",
    "max_output": "max_tokens max_output_tokens max_completion_tokens output_limit",
    "context_window": "context context_length context_size max_context max_input_tokens",
    "organization": "developer company vendor maker author creator owned_by org",
    "parameters": "params size parameter_count",
    "released": "release_date release published",
    "knowledge_cutoff": "cutoff training_cutoff",
    "results": "scores evals",
    "prices": "price pricing cost costs",
    "input": "prompt input_price input_cost",
    "output": "completion output_price output_cost",
    "cache_read": "cached cached_input",
    "checked": "accessed retrieved verified last_checked",
    "url": "link website homepage href",
    "title": "name",
    "label": "name title",
    "name": "title label display_name",
}
"""Our keys, and what other catalogs call the same."""


def nearest(name: str, valid: frozenset[str]) -> tuple[str, ...]:
    """The valid names that a name is nearest to, in capitals or not: three at most."""
    if ours := our_word(name, valid):
        return (ours,)
    return _names(valid).nearest(name.casefold()) if len(name) <= _LONGEST else ()


def our_word(name: str, valid: Collection[str]) -> str:
    """What a key of other catalogs is called here, if that is valid; else nothing."""
    return next((word for word, others in _ELSEWHERE.items() if word in valid and name in others.split()), "")


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

"""What can be wrong with a catalog or a directive, as data.

Nothing below ``ext/`` logs or raises for what an author wrote: it returns problems. ``ext/`` turns
them into Sphinx warnings ``modelcmp.<code>``, the command line prints them.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Code(Enum):
    """The kinds of problem. The text beside each is its printed documentation."""

    CATALOG_FILE = (
        "catalog-file",
        (
            "A catalog file or folder is missing, empty, unreadable or outside the allowed roots. "
            "The other files still serve."
        ),
    )
    SYNTAX = (
        "syntax",
        ("A file is not YAML, or goes past a limit on depth, size or alias expansion. The whole file is left out."),
    )
    DUPLICATE_KEY = "duplicate-key", "A mapping has a key twice. The first one counts."
    DUPLICATE_ID = (
        "duplicate-id",
        ("An id is defined twice over all files, or an alias names two models. The first definition counts."),
    )
    UNKNOWN_KEY = "unknown-key", "A key that the format does not have. It is left out."
    MISSING_KEY = "missing-key", "A record lacks a key that it needs. The record is left out."
    VALUE = (
        "value",
        (
            "A value is not of its field's type or range: a bad date, a negative price, a score outside "
            "its scale. That fact is left out."
        ),
    )
    REFERENCE = (
        "reference",
        (
            "A source, organization, provider, license, benchmark or model that the catalog does not define. "
            "What refers to it is left out."
        ),
    )
    AMBIGUOUS_PRICE = (
        "ambiguous-price",
        ("Two prices of a route are in force at once under equally specific conditions. The second is left out."),
    )
    MARKUP = "markup", "A name holds markup. It is shown as it is written, without effect."
    UNSAFE_URL = "unsafe-url", "An address is not http, https or mailto. It is left out."
    UNKNOWN_MODEL = "unknown-model", "A directive names a model that the catalog does not have."
    TOO_FEW_MODELS = "too-few-models", "A directive names fewer than two different models."
    UNKNOWN_SECTION = "unknown-section", "A section name that does not exist."
    UNKNOWN_FIELD = "unknown-field", "A row name that neither the built-in fields nor the catalog's own have."
    UNKNOWN_BENCHMARK = "unknown-benchmark", "A directive names a benchmark that the catalog does not have."
    UNKNOWN_TRAFFIC = "unknown-traffic", "A traffic that the catalog does not name."
    OPTION = "option", "A directive option or a configuration value that cannot be read."

    slug: str
    explanation: str

    def __init__(self, slug: str, explanation: str) -> None:
        self.slug = slug
        self.explanation = explanation


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file. Line and column count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where. ``where`` is None when only the caller knows the place."""

    code: Code
    message: str
    where: Place | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} [{self.code.slug}]"


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """The end of a message: the nearest valid names, or nothing.

    >>> did_you_mean("contxt_window", ["context_window", "max_output"])
    '; did you mean context_window?'
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(valid, reverse=True)}
    near = get_close_matches(name.casefold(), sorted(folded), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(folded[match] for match in near)}?" if near else ""

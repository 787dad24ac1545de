"""Problems of a catalog or a directive, as data.

Nothing below ``ext/`` logs or raises for what an author wrote: it returns problems. ``ext/`` turns
them into Sphinx warnings ``modelcmp.<code>``, the command line prints them.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, StrEnum
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.docstrings import about

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


class Check(str):
    """The name of a problem that may be none: an author can ``accept`` what a check finds."""

    __slots__ = ()


Keys: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead to a value."""


class Code(Enum):
    """The kinds of problem by their names for authors. The docstring of each is its printed documentation."""

    CATALOG_FILE = "catalog-file"
    """A catalog file or folder is missing, empty or unreadable, or a link that leads out of the project. The other
    files still serve."""
    SYNTAX = "syntax"
    """A file is not YAML, or goes past a limit on depth, size or alias expansion. The whole file is left out."""
    DUPLICATE_KEY = "duplicate-key"
    """A mapping has a key twice. The first one counts."""
    BUILT_IN_FIELD = "built-in-field"
    """A field of the catalog that is a built-in row of this version. Its label is kept; the declaration can go."""
    SHIPPED_MODEL = "shipped-model"
    """A model of yours has the id of a shipped one, and takes its place as a whole."""
    DUPLICATE_ID = "duplicate-id"
    """An id is defined twice over all files. The first definition counts."""
    UNKNOWN_KEY = "unknown-key"
    """A key that the format does not have. It is left out."""
    MISSING_KEY = "missing-key"
    """A record lacks a key that it needs. The record is left out."""
    VALUE = "value"
    """A value is not of its field's type or range: a bad date, a negative price. That fact is left out."""
    REFERENCE = "reference"
    """A source, organization, provider, license, benchmark or model that the catalog does not define. What refers to it
    is left out."""
    AMBIGUOUS_PRICE = "ambiguous-price"
    """Two prices of a route are in force at once under equally specific conditions. The second is left out."""
    ACCEPT = "accept"
    """An `accept` without a `note` that says why, or of a check that does not exist. It does not count."""
    CACHE_DEARER = Check("cache-dearer")
    """A token read from the cache costs more than a fresh one. Often cache writes, or another column, were taken for
    cache reads."""
    OUTPUT_CHEAPER = Check("output-cheaper")
    """An output token costs less than an input token. Often the two were swapped, or one of them is a price for
    something else. An output of zero is none: so lists write that a model returns no text."""
    OUTPUT_RATIO = Check("output-ratio")
    """An output token costs more than 25 times what an input token costs. Most often one of the two slipped by a
    decimal place or more."""
    PRICE_RANGE = Check("price-range")
    """A price that no model is known to have had, in a currency worth about a dollar, or one of a fiftieth or fifty
    times what the model costs at its other routes. Mostly a mistake of units: a price for one token, for a thousand, or
    in cents."""
    ZERO_PRICE = Check("zero-price")
    """A component costs zero, and nobody calls it `free`. In public price lists that is often a placeholder for a price
    that nobody filled in, so it does not count: no page shows it and no total includes it. An output of zero is none of
    a model whose kind writes no text."""
    PRICE_JUMP = Check("price-jump")
    """A price is ten times that of the period before, or a tenth of it, at the same route under the same conditions. A
    change of a zero is none."""
    TIER_BEYOND_CONTEXT = Check("tier-beyond-context")
    """A price for requests above a size that no request can have: the context window or the largest input is less."""
    TIER_SCOPES = Check("tier-scopes")
    """Of the prices for larger requests under the same conditions one is for the whole request and another one only for
    the tokens above its size. What a request costs then depends on the reader."""
    TIER_CHEAPER = Check("tier-cheaper")
    """A larger request costs less a token than a smaller one. Often the two lines, or their sizes, were swapped."""
    SERVICE_DEARER = Check("service-dearer")
    """The batch or flex service, which trades speed for a lower price, costs more than the standard service."""
    OUTPUT_ABOVE_CONTEXT = Check("output-above-context")
    """The longest output, or the largest input, does not fit into the context window, of the model or at a route. Often
    they were swapped."""
    SIZE_RANGE = Check("size-range")
    """A limit of fewer than 256 tokens (of output 100) or more than 100 million, or fewer than 100,000 parameters.
    Mostly they were written in thousands or in billions. Not asked of kinds that write no text."""
    CUTOFF_AFTER_RELEASE = Check("cutoff-after-release")
    """The knowledge ends after the release, whatever day the precision of the two dates leaves open."""
    PLACEHOLDER_DATE = Check("placeholder-date")
    """A date that programs write where they have none: any day of 1970, the first day of 1900, 1980 or 2000, the last
    day of 1969, or a day from 2099 on."""
    PAST_SHUTDOWN = Check("past-shutdown")
    """The shutdown day is over on the day the facts are read at, and the status of the model or route is still active
    or preview."""
    LIFECYCLE = Check("lifecycle")
    """Dates and status of a model or a route that cannot all be true: deprecated or shut down on a day that has not
    come, active after its deprecation, deprecated after the shutdown, either before the release, or successors that
    lead back to the model."""
    SCORE_RANGE = Check("score-range")
    """A score lies outside the scale of its benchmark, and the result is left out. Or it lies between 0 and 1 on the
    scale of percent, where a fraction may be meant."""
    SIMILAR_BENCHMARKS = Check("similar-benchmarks")
    """Two benchmarks have the same name but for case and punctuation. If they are one, their results belong
    together."""
    DUPLICATE_ALIAS = Check("duplicate-alias")
    """An alias names another model already. The first definition counts, and an id before any alias."""
    DUPLICATE_NAME = Check("duplicate-name")
    """Two models of one organization have the same name, so a page can only tell them apart by their ids."""
    DUPLICATE_ENTRY = Check("duplicate-entry")
    """Two routes with prices have the same provider, id and region. Or two results of a model have different scores
    under the same conditions from the same reporter, and no date says which one is newer. Or two rates between the same
    currencies differ on one day."""
    FUTURE_CHECK = "future-check"
    """A `checked` day that cannot be: more than a day after the `as_of` of the catalog, or more than a year after the
    day of every other source. Most often the year was mistyped. The day is left out, and does not count for the day the
    facts are read at. If it is right, state `as_of`."""
    FUTURE_DATE = Check("future-date")
    """A release lies after the day the facts are read at; accept it of a model that is announced. Or the end of the
    knowledge, a result or the first day of a price lies more than a year after it. Most often the year was mistyped."""
    FUTURE_RATE = "future-rate"
    """An exchange rate of a day after the one the facts are read at. It is left out."""
    LOOKALIKE = Check("lookalike")
    """An id, an alias or a name is not what it looks like: a letter in it is from another script, such as a Cyrillic
    one in a Latin word, or nobody sees one of its characters, such as a zero-width space."""
    MISSING_SOURCE = Check("missing-source")
    """A known fact names no source, where `modelcmp_require_sources` asks for one."""
    STALE_FACT = Check("stale-fact")
    """A fact was last checked more than `modelcmp_stale_after` days before the day the facts are read at. Given once
    for each model and day of checking. Prices that are over do not age."""
    CONFLICT = Check("conflict")
    """The sources of a fact disagree. The page tells so; this warning is for a house that wants none."""
    OVERLAY = Check("overlay")
    """An overlay states a fact otherwise than the file of its model. The overlay counts."""
    MODALITIES = Check("modalities")
    """A capability that the `modalities` of the model contradict: a `vision` that is false where it takes images."""
    MARKUP = "markup"
    """A name holds markup, which is shown as it is written, without effect. Or prose holds what a note has no room for,
    of which only the words are shown: an image, a list, a heading, a block of code, a link that is not absolute."""
    UNSAFE_URL = "unsafe-url"
    """An address is not http, https or mailto. It is left out."""
    UNKNOWN_MODEL = "unknown-model"
    """A directive names a model that the catalog does not have."""
    TOO_FEW_MODELS = "too-few-models"
    """A directive names fewer than two different models."""
    UNKNOWN_SECTION = "unknown-section"
    """A section name that does not exist."""
    UNKNOWN_FIELD = "unknown-field"
    """A row name that neither the built-in fields nor the catalog's own have."""
    UNKNOWN_BENCHMARK = "unknown-benchmark"
    """A directive names a benchmark that the catalog does not have."""
    QUERY = "query"
    """A query that cannot be read, or that asks for what the catalog does not have. The message names the column."""
    UNKNOWN_TRAFFIC = "unknown-traffic"
    """A traffic that the catalog does not name."""
    GLYPH = "glyph"
    """A text holds a character that pdflatex has no letter for. The PDF names it in brackets. Only the latex builder
    tells, where `latex_engine` is `pdflatex`: xelatex and lualatex take their letters from fonts."""
    PHRASES = "phrases"
    """A site’s own translation of the phrases lacks some of them, or changes the names in braces. Comparisons are in
    English until it is complete, or in the language as it is shipped."""
    OPTION = "option"
    """A directive option or a configuration value that cannot be read."""

    @property
    def slug(self) -> str:
        """Its name for authors."""
        return str(self.value)

    @property
    def explanation(self) -> str:
        """Its documentation."""
        return about(Code, self.name)


CHECKS = frozenset(code for code in Code if isinstance(code.value, Check))
"""Problems that authors can ``accept``."""


class Severity(StrEnum):
    """The weight of a problem."""

    OFF = "off"
    NOTE = "note"
    """It is told, and no build fails for it."""
    WARN = "warn"
    ERROR = "error"


DEFAULT_SEVERITIES: Mapping[Code, Severity] = {
    **dict.fromkeys(Code, Severity.WARN),
    Code.CONFLICT: Severity.OFF,
    Code.BUILT_IN_FIELD: Severity.NOTE,
    Code.SHIPPED_MODEL: Severity.NOTE,
}
"""Conflicts are off: several sources are there to disagree, and the page says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """Checks that a house asks for in addition to those of every catalog."""

    stale_after: int | None = None
    """Days after which a fact is reported as old."""
    sources: frozenset[str] = frozenset()
    """Which of ``FACT_GROUPS`` must name their sources."""
    conflicts: bool = False
    """True to report sources that disagree."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file. Line and column count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        shown = visible(self.path)
        return f"{shown}:{self.line}:{self.column}" if self.line else shown


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where. ``where`` is None when only the caller knows the place.

    A message quotes what strangers wrote, and is printed in terminals: it is one line, and does nothing there.
    """

    code: Code
    message: str
    where: Place | None = None
    group: str = ""
    """Of ``FACT_GROUPS``, where a house may weigh the groups differently."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", visible(self.message))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} [{self.code.slug}]"


def written_problems(problems: Iterable[Problem]) -> list[tuple[Any, ...]]:
    """Problems as JSON can hold them."""
    return [
        (item.code.slug, item.message, item.where and (item.where.path, item.where.line, item.where.column), item.group)
        for item in problems
    ]


def read_problems(written: Iterable[Any]) -> Iterator[Problem]:
    """Problems as ``written_problems`` wrote them."""
    for slug, message, where, group in written:
        yield Problem(Code(slug), message, Place(*where) if where else None, group)


# --- what a wrong name may mean: at a cost that does not grow with all the valid ones --------------------------------

_FEW = 20
"""The most names that are listed where none is near."""
_COMPARED = 20
"""The number of names, those with the most pairs of letters in common, that are compared letter by letter."""
_LONGEST = 100
"""The length from which on a text is no mistyped name."""
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
    """Our word for a key of other catalogs, if that is valid; else nothing."""
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


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """The end of a message: the nearest valid names, or nothing.

    >>> did_you_mean("contxt_window", ["context_window", "max_output"])
    '; did you mean context_window?'
    """
    near = nearest(name, frozenset(valid))
    return f"; did you mean {' or '.join(near)}?" if near else ""


def nearest_or_all(name: str, valid: Iterable[str]) -> str:
    """The end of a message: the nearest of a few valid names, or all of them.

    >>> nearest_or_all("zip", ["csv", "json"])
    '; there are csv and json'
    """
    names = list(valid)
    return did_you_mean(name, names) or f"; there are {' and '.join(', '.join(names).rsplit(', ', 1))}"


def nearest_or_few(name: str, valid: Collection[str]) -> str:
    """The end of a message: as ``nearest_or_all`` where there are few, else as ``did_you_mean``."""
    return nearest_or_all(name, valid) if 0 < len(valid) <= _FEW else did_you_mean(name, valid)


class Hints:
    """``did_you_mean`` for the wrong names of one catalog.

    A provider that is renamed makes thousands of wrong names. Each is looked up once; and of the names that one table
    lacks, the first ``MOST`` are: looking up costs more than all the rest of reading, and a hundred hints say it all.
    """

    MOST = 100

    def __init__(self) -> None:
        self._known: dict[frozenset[str], dict[str, str]] = {}

    def __call__(self, name: str, valid: Iterable[str]) -> str:
        """The end of a message, as ``did_you_mean`` gives it."""
        table = frozenset(valid)
        known = self._known.setdefault(table, {})
        if name not in known and len(known) < self.MOST:
            known[name] = did_you_mean(name, table)
        return known.get(name, "")

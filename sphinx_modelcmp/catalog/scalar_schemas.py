"""What an editor may let pass where a reader of scalars is: for each of them the same, as JSON Schema has it.

An editor has read YAML's scalars already, so that a number may be a number or its text. Whatever a reader takes passes
here; what a reader refuses does so where a pattern can tell. The patterns are read by JavaScript and by Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_modelcmp.catalog.characters import CONTROL, INVISIBLE
from sphinx_modelcmp.catalog.records import read_weekday
from sphinx_modelcmp.catalog.scalars import (
    CLOCK,
    CURRENCY,
    DIGITS,
    EARLIEST_YEAR,
    EXPONENT,
    LANGUAGE,
    LINK_START,
    MAX_DIGITS,
    NUMBER,
    SAFE_SCHEMES,
    SCHEME,
    read_amount,
    read_clock,
    read_count,
    read_currency,
    read_day,
    read_flag,
    read_id,
    read_interval,
    read_language,
    read_number,
    read_partial_date,
    read_prose,
    read_share,
    read_text,
    read_timezone,
    read_truth,
    read_url,
)
from sphinx_modelcmp.catalog.vocabulary import STATE_WORDS, WEEKDAYS, State, Support

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Schema: TypeAlias = dict[str, Any]


def _any_case(words: Iterable[str]) -> str:
    """A pattern of words in capitals or not, for patterns of JSON Schema know no flags.

    >>> _any_case(["n/a", "mon"])
    '[nN]/[aA]|[mM][oO][nN]'
    """
    letters = (
        "".join(f"[{char}{char.upper()}]" if char.isalpha() else char for char in word.lower()) for word in words
    )
    return "|".join(letters)


def _whole(*alternatives: str) -> str:
    return f"^(?:{'|'.join(alternatives)})$"


def _trimmed(*alternatives: str) -> str:
    return rf"^\s*(?:{'|'.join(alternatives)})\s*$"


# Months of 28, 30 and 31 days, and the years that have a 29th of February.
_YEAR = f"(?:{EARLIEST_YEAR // 100}|[2-9][0-9])[0-9]{{2}}"
_MONTH = "(?:0[1-9]|1[0-2])"
_LEAP_YEAR = f"(?:(?:{EARLIEST_YEAR // 100}|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)"
_DAYS = (
    f"{_YEAR}-{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])",
    f"{_YEAR}-(?:0[13-9]|1[0-2])-(?:29|30)",
    f"{_YEAR}-(?:0[13578]|1[02])-31",
    f"{_LEAP_YEAR}-02-29",
)

_NOTHING = rf"-(?:0|0?\.[0_]+)(?:{EXPONENT})?"
"""Zero with a minus, which is no negative number."""
_AMOUNT = rf"\+?{DIGITS}(?:{EXPONENT})?"
# What a number with an exponent or with underscores comes to is not worked out here.
_ANY = rf"\+?(?=[0-9.]*[_eE]){DIGITS}(?:{EXPONENT})?"
_COUNT = (r"\+?[1-9][0-9]*(?:\.0+)?", _ANY)
_UP_TO_1 = (r"\+?0?\.[0-9]+", r"\+?[01](?:\.0+)?", _ANY, _NOTHING)
_UP_TO_100 = (r"\+?(?=\.?[0-9])[0-9]{0,2}(?:\.[0-9]+)?", r"\+?100(?:\.0+)?", _ANY, _NOTHING)
_LIMIT = float(10 ** (MAX_DIGITS + 1))

# Letters of other scripts pass, and other signs of theirs too: there is no class for them that both languages have.
_NO_ID_CHARACTERS = r"\s\x00-\x2a\x2c\x3b-\x3f\x5b-\x5e\x60\x7b-\xa9"
_ID = rf"[^{_NO_ID_CHARACTERS}{INVISIBLE}+./:@-][^{_NO_ID_CHARACTERS}{INVISIBLE}]*"
_TEXT = rf"[^{CONTROL}]*[^\s{CONTROL}{INVISIBLE}][^{CONTROL}]*"
_SAFE = f"(?:{_any_case(SAFE_SCHEMES)})"
_UNSAFE_LINK = rf"{LINK_START}(?!{_SAFE}:){SCHEME}:"

_SCALAR = ["string", "number", "boolean"]
"""What YAML may have made of a text that nobody put into quotes."""
_NUMBER: Schema = {
    "type": ["number", "string"],
    "minimum": -_LIMIT,
    "maximum": _LIMIT,
    "pattern": _trimmed(NUMBER.pattern),
}

SCALARS: dict[Callable[..., Any], Schema] = {
    read_text: {"type": _SCALAR, "pattern": f"^{_TEXT}$"},
    read_prose: {"type": _SCALAR, "pattern": rf"^(?![\s\S]*{_UNSAFE_LINK}){_TEXT}$"},
    read_id: {"type": _SCALAR, "pattern": f"^{_ID}$"},
    read_url: {"type": "string", "pattern": _trimmed(rf'{_SAFE}:[^\s<>"\\{CONTROL}]+')},
    read_number: _NUMBER,
    read_interval: {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2},
    read_amount: {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": _LIMIT,
        "pattern": _trimmed(_AMOUNT, _NOTHING),
    },
    read_count: {"type": ["integer", "string"], "minimum": 1, "maximum": _LIMIT, "pattern": _trimmed(*_COUNT)},
    read_share: {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 1,
        "pattern": _trimmed(*_UP_TO_1, rf"(?:{'|'.join(_UP_TO_100)})\s*%"),
    },
    read_truth: {"type": ["boolean", "string"], "pattern": _whole(_any_case(("true", "false")))},
    read_flag: {
        "anyOf": [
            {"enum": [True, False, Support.PARTIAL.value]},
            {"type": "string", "pattern": _whole(_any_case(Support))},
        ]
    },
    read_partial_date: {
        "type": ["string", "integer"],
        "minimum": EARLIEST_YEAR,
        "maximum": 9999,
        "pattern": _trimmed(_YEAR, f"{_YEAR}-{_MONTH}", *_DAYS),
    },
    read_day: {"type": "string", "pattern": _trimmed(*_DAYS)},
    read_currency: {"type": "string", "pattern": _whole(CURRENCY.pattern)},
    read_language: {"type": "string", "pattern": _whole(LANGUAGE.pattern)},
    read_clock: {"type": "string", "pattern": _whole(CLOCK.pattern)},
    # Which zones there are depends on the machine.
    read_timezone: {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$"},
    read_weekday: {"type": "string", "pattern": _trimmed(_any_case(WEEKDAYS)), "examples": list(WEEKDAYS)},
}
"""Reader to what it takes."""

ANY: Schema = {"type": _SCALAR}
"""A value of a row of the house's own, whose type stands in the catalog."""
SILENT = _trimmed(_any_case((State.UNKNOWN.value,)))
"""The pattern of a text that is as good as an absent key."""
STATE: Schema = {
    "anyOf": [
        {"enum": [*STATE_WORDS, None]},
        {
            "type": "string",
            "pattern": _trimmed(_any_case(STATE_WORDS)),
            "patternErrorMessage": f"Expected a value, or {', '.join(STATE_WORDS)}.",
        },
    ]
}
"""What may stand in the place of any value."""

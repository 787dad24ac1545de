"""Text from a YAML file to values, by the type of the field that the text fills.

The reader hands over every scalar as its exact text, so nothing here has to undo YAML's guesses: ``4.10`` is a
name where a name is wanted and a number where a number is, ``no`` is never a flag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from sphinx_modelcmp.catalog.characters import (
    CONTROL,
    INVISIBLE,
    code_point,
    control_in,
    invisible_in,
    visible,
    without_invisible,
)
from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import CURRENCIES, STATE_WORDS, WEEKDAYS, State, Support

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.problems import Keys

F = TypeVar("F", bound=Callable[..., Any])

MAX_DIGITS = 30
MAX_TEXT = 10_000
EARLIEST_YEAR = 1900
SAFE_SCHEMES = ("http", "https", "mailto")

DIGITS = r"(?=\.?[0-9])(?:0|[1-9][0-9_]*)?(?:\.[0-9_]+)?"
EXPONENT = "[eE][-+]?[0-9]{1,2}"
NUMBER = re.compile(f"[-+]?{DIGITS}(?:{EXPONENT})?", re.ASCII)
CURRENCY = re.compile("|".join((*CURRENCIES, "X[A-Z]{2}")))
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
LINK_START = r"(?:\]\(\s*<?|<|\]:\s*)\s*"
"""Pattern of the text before the address of a link of CommonMark."""
SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*"

_EXACT = Context(prec=MAX_DIGITS)
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE_DATE = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2})(?:[T ].*)?)?"
    r"|(?P<first>[0-9]{1,2})[-/.](?P<last>[0-9]{4})"
)
_ID = re.compile(r"\w[\w.:/@+-]*")
_URL = re.compile(rf"{SCHEME}:[^\s<>\"\\]+")
_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|`|\*\*|\]\(|\{\{|&[a-z]+;")
_PROSE_LINK = re.compile(rf"{LINK_START}({SCHEME}):", re.ASCII)


# --- for editors: the same as JSON Schema has it ---------------------------------------------------------------------

# An editor has read YAML's scalars already, so a number may be a number or its text. Whatever a reader takes passes;
# what it refuses does not, where a pattern can tell. JavaScript and Python both read the patterns.

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
_ID_SHAPE = rf"[^{_NO_ID_CHARACTERS}{INVISIBLE}+./:@-][^{_NO_ID_CHARACTERS}{INVISIBLE}]*"
_TEXT = rf"[^{CONTROL}]*[^\s{CONTROL}{INVISIBLE}][^{CONTROL}]*"
_SAFE = f"(?:{_any_case(SAFE_SCHEMES)})"
_UNSAFE_LINK = rf"{LINK_START}(?!{_SAFE}:){SCHEME}:"

_SCALAR = ["string", "number", "boolean"]
"""The types that YAML gives a text without quotes."""
_FIGURE = ["number", "string"]
_NUMBER: Schema = {
    "type": _FIGURE,
    "minimum": -_LIMIT,
    "maximum": _LIMIT,
    "pattern": _trimmed(NUMBER.pattern),
}

ANY: Schema = {"type": _SCALAR}
"""A value of a row of the house, whose type only the catalog knows."""
SILENT = _trimmed(_any_case((State.UNKNOWN.value,)))
"""The pattern of a text that is as good as an absent key."""
FREE = _trimmed(_any_case(("free",)))
"""The pattern of the word for a component that costs nothing."""
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
"""A state in the place of any value."""

SCALARS: dict[Callable[..., Any], Schema] = {}
"""Reader to the JSON Schema of what it takes."""


def passes(**schema: Any) -> Callable[[F], F]:
    """Declare what an editor lets pass for a reader."""

    def declare(read: F) -> F:
        SCALARS[read] = schema
        return read

    return declare


# --- readers ---------------------------------------------------------------------------------------------------------


class Flaw(NamedTuple):
    """One thing that is wrong with a value, or with a part of it."""

    message: str
    code: Code = Code.VALUE
    at: Keys = ()
    """The keys that lead to the part."""
    given: Any = None
    """The value that an author wrote there."""
    valid: Collection[str] = ()
    """The words, or keys, of which one may be meant."""


class ReadError(ValueError):
    """A value cannot be read: for one reason, or for a flaw in each of several parts."""

    def __init__(
        self, message: str = "", code: Code = Code.VALUE, *, valid: Collection[str] = (), flaws: Sequence[Flaw] = ()
    ) -> None:
        super().__init__(visible(message))
        self.code = code
        self._valid = valid
        self._flaws = flaws

    def flaws(self, given: Any, *at: str | int) -> list[Flaw]:
        """All flaws of a value at a path of keys."""
        own = self._flaws or (Flaw(str(self), self.code, given=given, valid=self._valid),)
        return [flaw._replace(at=(*at, *flaw.at)) for flaw in own]


def is_silent(raw: Any) -> bool:
    """True for a value that says nothing: ``null`` and ``unknown`` are as good as an absent key."""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() == State.UNKNOWN.value)


def shorten(value: object) -> str:
    """A value as a message may show it: one line, at most 40 characters."""
    text = "nothing" if value is None else f"{value}"
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _text(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    found = {dict: "a mapping", list: "a list", tuple: "a list", type(None): "nothing"}.get(
        type(value), "something else"
    )
    raise ReadError(f"expected {wanted}, found {found}")


@passes(type=_SCALAR, pattern=f"^{_TEXT}$")
def read_text(value: Any) -> str:
    """A line or a paragraph of text, without control characters; at most 10,000 characters."""
    text = _text(value, "text").strip()
    if not text:
        raise ReadError("expected text, found an empty one")
    if (hidden := invisible_in(text)) and not without_invisible(text).strip():
        raise ReadError(f"expected text, found only characters that nobody sees ({code_point(hidden)})")
    if len(text) > MAX_TEXT:
        raise ReadError(f"a text of {len(text)} characters; at most {MAX_TEXT} are read")
    if found := control_in(text):
        raise ReadError(f"a control character ({code_point(found)}) in “{shorten(text)}”; take it out")
    return text


def has_markup(text: str) -> bool:
    """True for a name whose author expected markup to work: a tag, a role, a link, strong text."""
    return _MARKUP.search(text) is not None


@passes(type=_SCALAR, pattern=rf"^(?![\s\S]*{_UNSAFE_LINK}){_TEXT}$")
def read_prose(value: Any) -> str:
    """CommonMark. A link with a scheme that is not on the list is reported; the page shows its text only."""
    text = read_text(value)
    if "&#" in text and (hidden := control_in(unescape(text))):
        raise ReadError(
            f"a control character ({code_point(hidden)}), written as an entity, in “{shorten(text)}”; take it out"
        )
    for found in _PROSE_LINK.finditer(text):
        if found[1].lower() not in SAFE_SCHEMES:
            raise ReadError(f"a {found[1].lower()}: address in “{shorten(text)}”", Code.UNSAFE_URL)
    return text


@passes(type=_SCALAR, pattern=f"^{_ID_SHAPE}$")
def read_id(value: Any) -> str:
    """An id: letters, digits and ``_ . : / @ + -``, so that a directive can name several in a line."""
    text = _text(value, "an id")
    if hidden := invisible_in(text):
        raise ReadError(
            f"“{shorten(text)}” cannot be an id: nobody sees its character {code_point(hidden)}; take it out"
        )
    if _ID.fullmatch(text):
        return text
    why = "letters, digits and . _ - / : @ + only"
    if _ID.fullmatch(f"x{text}"):
        why = "it begins with a letter, a digit or _"
    raise ReadError(f"“{shorten(text)}” cannot be an id: {why}")


@passes(type="string", pattern=_trimmed(rf'{_SAFE}:[^\s<>"\\{CONTROL}]+'))
def read_url(value: Any) -> str:
    """An absolute http, https or mailto address."""
    text = _text(value, "an address").strip()
    scheme = text.partition(":")[0].lower()
    if not _URL.fullmatch(text) or control_in(text):
        raise ReadError(f"“{shorten(text)}” is not an absolute address", Code.UNSAFE_URL)
    if scheme not in SAFE_SCHEMES:
        raise ReadError(f"addresses are http, https or mailto, not {scheme}: in “{shorten(text)}”", Code.UNSAFE_URL)
    return text


def _figure(value: Any, wanted: str) -> str:
    """A number as a catalog writes it: text; or from Python, where a float is refused for it is not exact."""
    is_exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return f"{value:f}" if isinstance(value, Decimal) else str(value) if is_exact else _text(value, wanted)


@passes(**_NUMBER)
def read_number(value: Any) -> Decimal:
    """An exact decimal number. Octal, hexadecimal, sexagesimal, NaN and infinite forms are refused by name."""
    text = _figure(value, "a number").strip()
    if not NUMBER.fullmatch(text):
        raise ReadError(f"“{shorten(text)}” is not a number{_number_hint(text)}")
    number = Decimal(text)
    # A short text cannot have too many digits; counting them costs as much as all the rest.
    many = len(text) > MAX_DIGITS and len(number.as_tuple().digits) > MAX_DIGITS
    if many or abs(number.adjusted()) > MAX_DIGITS:
        raise ReadError(f"“{shorten(text)}” has more than {MAX_DIGITS} digits")
    return number


def _number_hint(text: str) -> str:
    if re.fullmatch(r"0[0-9]+", text):
        return "; write it without the leading zero"
    if re.fullmatch(r"[$€£¥].*|.*[$€£¥]", text):
        return "; write the number alone and the currency as `currency`"
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", text):
        return "; write it without commas"
    if re.fullmatch(r"[0-9.]+\s*[kKmMbB]", text):
        return "; write all its digits, or an exponent such as 4e9"
    return ""


@passes(type="array", items=_NUMBER, minItems=2, maxItems=2)
def read_interval(value: Any) -> tuple[Decimal, Decimal]:
    """Two numbers, the lower one first."""
    if not isinstance(value, list) or len(value) != 2:
        raise ReadError("expected a list of two numbers, the lower and the upper end")
    low, high = map(read_number, value)
    if low > high:
        raise ReadError(f"{low} to {high} is no interval")
    return low, high


@passes(type=_FIGURE, minimum=0, maximum=_LIMIT, pattern=_trimmed(_AMOUNT, _NOTHING))
def read_amount(value: Any) -> Decimal:
    """A number that is not negative."""
    number = read_number(value)
    if number < 0:
        raise ReadError(f"{shorten(value)} is negative")
    return number


@passes(type=["integer", "string"], minimum=1, maximum=_LIMIT, pattern=_trimmed(*_COUNT))
def read_count(value: Any) -> int:
    """A whole number above zero."""
    number = read_number(value)
    if number != number.to_integral_value() or number <= 0:
        raise ReadError(f"{shorten(value)} is not a whole number above zero")
    return int(number)


@passes(type=_FIGURE, minimum=0, maximum=1, pattern=_trimmed(*_UP_TO_1, rf"(?:{'|'.join(_UP_TO_100)})\s*%"))
def read_share(value: Any) -> Decimal:
    """A share of one: ``0.6``, or ``60%``."""
    text = _figure(value, "a share").strip()
    number = read_number(text[:-1]).scaleb(-2, _EXACT) if text.endswith("%") else read_number(text)
    if not 0 <= number <= 1:
        raise ReadError(f"{shorten(value)} is not a share between 0 and 1 (or 0% and 100%)")
    return number


@passes(type=["boolean", "string"], pattern=_whole(_any_case(("true", "false"))))
def read_truth(value: Any) -> bool:
    """``true`` or ``false``, and no other spelling."""
    text = _text(value, "true or false")
    if text.lower() not in {"true", "false"}:
        raise ReadError(f"“{shorten(text)}” is neither true nor false{_truth_hint(text)}")
    return text.lower() == "true"


@passes(
    anyOf=[{"enum": [True, False, Support.PARTIAL.value]}, {"type": "string", "pattern": _whole(_any_case(Support))}]
)
def read_flag(value: Any) -> Support:
    """``true``, ``false`` or ``partial``. YAML 1.1's ``yes`` and ``no`` are refused, with the word meant."""
    if isinstance(value, Support):
        return value
    text = _text(value, "true, false or partial")
    try:
        return Support(text.lower())
    except ValueError:
        raise ReadError(f"“{shorten(text)}” is not true, false or partial{_truth_hint(text)}") from None


def _truth_hint(text: str) -> str:
    meant = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}.get(text.lower())
    return f"; did you mean {meant}?" if meant else ""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day: the precision that was written is kept."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        if self.day:
            return self.first
        if self.month in {None, 12}:
            return date(self.year, 12, 31)
        return date.fromordinal(date(self.year, self.month + 1, 1).toordinal() - 1)

    def is_after(self, other: PartialDate) -> bool:
        """True if it is later for certain: 2026-03 is after 2026-02-28, and not after 2026-03-02."""
        return self.first > other.last

    def contains(self, other: PartialDate) -> bool:
        """True if every day that the other can mean is one of its own: 2026-03 contains 2026-03-02."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@passes(
    type=["string", "integer"],
    minimum=EARLIEST_YEAR,
    maximum=9999,
    pattern=_trimmed(_YEAR, f"{_YEAR}-{_MONTH}", *_DAYS),
)
def read_partial_date(value: Any) -> PartialDate:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, from 1900 on."""
    return value if isinstance(value, PartialDate) else _read_date(value, "YYYY, YYYY-MM or YYYY-MM-DD")


def _read_date(value: Any, form: str) -> PartialDate:
    text = _text(value, "a date").strip()
    found = _PARTIAL_DATE.fullmatch(text)
    if not found:
        raise ReadError(f"“{shorten(text)}” is not a date ({form}){_date_hint(text)}")
    parts = [int(part) for part in found.groups() if part]
    try:
        first = date(*parts, *(1,) * (3 - len(parts)))
    except ValueError:
        raise ReadError(f"{text} is no day of the calendar") from None
    if first.year < EARLIEST_YEAR:
        raise ReadError(f"{text} lies before {EARLIEST_YEAR}")
    return PartialDate(*parts)


def _date_hint(text: str) -> str:
    """The date that somebody meant who wrote it in another order or with fewer digits; nothing where it is open.

    >>> _date_hint("3/2026"), _date_hint("3/4/2026")
    ('; did you mean 2026-03?', '')
    """
    if not (found := _LOOSE_DATE.fullmatch(text)):
        return ""
    year, month = found["year"] or found["last"], found["month"] or found["first"]
    meant = "-".join([year, *(f"{int(part):02}" for part in (month, found["day"]) if part)])
    try:
        return f"; did you mean {read_partial_date(meant)}?"
    except ValueError:
        return ""


@passes(type="string", pattern=_trimmed(*_DAYS))
def read_day(value: Any) -> date:
    """``YYYY-MM-DD``."""
    if isinstance(value, date):
        return value
    partial = _read_date(value, "YYYY-MM-DD")
    if partial.day is None:
        raise ReadError(f"{partial} is not a whole date (YYYY-MM-DD)")
    return partial.first


@passes(type="string", pattern=_whole(CURRENCY.pattern))
def read_currency(value: Any) -> str:
    """An ISO 4217 code in capitals, or one of your own that begins with X."""
    text = _text(value, "a currency")
    if not CURRENCY.fullmatch(text):
        meant = next((code for code in CURRENCIES if sorted(code) == sorted(text.upper())), "")
        hint = f"; did you mean {meant}?" if meant else ""
        raise ReadError(f"“{shorten(text)}” is not a currency code of ISO 4217 such as USD{hint}")
    return text


@passes(type="string", pattern=_whole(LANGUAGE.pattern))
def read_language(value: Any) -> str:
    """A language tag of BCP 47, as HTML has it in ``lang``: ``zh``, ``pt-BR``, ``zh-Hans``."""
    text = _text(value, "a language")
    if not LANGUAGE.fullmatch(text):
        raise ReadError(f"“{shorten(text)}” is not the tag of a language, as zh or pt-BR are")
    return text


@passes(type="string", pattern=_whole(CLOCK.pattern))
def read_clock(value: Any) -> str:
    """A time of day as ``HH:MM``, up to ``24:00``."""
    text = _text(value, "a time of day")
    if not CLOCK.fullmatch(text):
        raise ReadError(f"“{shorten(text)}” is not a time of day (HH:MM)")
    return text


# Which zones there are depends on the machine.
@passes(type="string", pattern="^[A-Za-z0-9_+/-]+$")
def read_timezone(value: Any) -> str:
    """A name of the IANA time zone database."""
    text = _text(value, "a time zone")
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        near = did_you_mean(text, _zones())
        raise ReadError(f"“{shorten(text)}” is not a time zone, as UTC or America/New_York are{near}") from None
    return text


@cache
def _zones() -> frozenset[str]:
    """All that there are; finding out looks into hundreds of files."""
    return frozenset(available_timezones())


@passes(type="string", pattern=_trimmed(_any_case(WEEKDAYS)), examples=list(WEEKDAYS))
def read_weekday(value: Any) -> str:
    """A day of the week by its first three letters, in capitals or not."""
    text = read_text(value).lower()
    if text not in WEEKDAYS:
        raise ReadError(f"“{text}” is not a day of the week ({', '.join(WEEKDAYS)})")
    return text


def read_list(value: Any) -> Any:
    """One item may stand for a list of one."""
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, read_text]
Prose = Annotated[str, read_prose]
Id = Annotated[str, read_id]
Url = Annotated[str, read_url]
Number = Annotated[Decimal, read_number]
Interval = Annotated[tuple[Decimal, Decimal], read_interval]
Amount = Annotated[Decimal, read_amount]
Count = Annotated[int, read_count]
Share = Annotated[Decimal, read_share]
Truth = Annotated[bool, read_truth]
Flag = Annotated[Support, read_flag]
Moment = Annotated[PartialDate, read_partial_date]
Day = Annotated[date, read_day]
Currency = Annotated[str, read_currency]
Language = Annotated[str, read_language]
Clock = Annotated[str, read_clock]
TimeZone = Annotated[str, read_timezone]

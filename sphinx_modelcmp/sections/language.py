"""One language: gettext for its phrases, shipped or translated by a site, and Babel for numbers, dates and money."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.core import get_global

from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS, Scale
from sphinx_modelcmp.sections.blocks import Amount

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from sphinx_modelcmp.catalog.scalars import PartialDate

DOMAIN = "sphinx_modelcmp"
"""The name of the template, and of translations."""
LOCALES = Path(__file__).parent.parent / "locale"
_NUMBERS = (*range(120), 1000, 10**6)
"""Numbers that have every plural form of every language among them."""
_SAID_IN_A_WORD = (0, 1, 2)
"""The numbers that a plural can do without: “no row”, “one row”, “both rows”."""
# Babel rounds in the context that it finds. Costs can have hundreds of digits, and each is shown.
_WIDE = Context(prec=600)

SIZES = {"T": 12, "B": 9, "M": 6, "K": 3}
"""The letter of a size to its power of ten."""


def mark(phrase: str) -> str:
    """Mark a phrase of a table for extraction; it is translated where it is used."""
    return phrase


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a phrase that depends on a number, as ``mark`` does."""
    return one, many


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language; English ones where they are not whole, for half a language cannot be read."""

    shipped: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    own: Mapping[str, gettext.NullTranslations] = field(default_factory=dict)
    """By phrase, the catalog of the site that says it."""
    missing: tuple[str, ...] = ()
    """Phrases that are neither shipped nor translated by the site."""
    unusable: tuple[str, ...] = ()
    """Phrases whose translation by the site lacks a name in braces, or has another one."""
    is_whole: bool = True

    def say(self, phrase: str) -> str:
        """A phrase in this language."""
        return self.own.get(phrase, self.shipped).gettext(phrase)

    def count(self, one: str, many: str, number: int) -> str:
        """A phrase that depends on a number."""
        return self.own.get(one, self.shipped).ngettext(one, many, number)


def phrases_of(locale: Locale, own: Sequence[gettext.NullTranslations] = ()) -> Phrases:
    """The phrases of a language; those in the catalogs of a site's ``own`` before those that are shipped."""
    name = _shipped(locale)
    is_spoken = bool(name) or locale.language == "en"
    if not own:
        return Phrases(_read(name), is_whole=is_spoken)
    for catalog in own:
        catalog.add_fallback(_SILENT)
    chosen, missing, unusable = {}, [], []
    for one, many in template():
        said = next((catalog for catalog in own if all(_forms(catalog, one, many).values())), None)
        if said is None:
            missing += [] if is_spoken else [one]
        elif _keeps_values(_forms(said, one, many), one, many):
            chosen[one] = said
        else:
            unusable.append(one)
    if not is_spoken and (missing or unusable):
        return Phrases(missing=tuple(missing), unusable=tuple(unusable), is_whole=False)
    return Phrases(_read(name), chosen, unusable=tuple(unusable))


@lru_cache(maxsize=1)
def template() -> tuple[tuple[str, str], ...]:
    """Every phrase that a page may say, in one and in many; the second is empty where it depends on no number."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a site whose language is shipped has no use for it

    with (LOCALES / f"{DOMAIN}.pot").open("rb") as written:
        ids = [message.id for message in read_po(written) if message.id]
    return tuple((said, "") if isinstance(said, str) else (said[0], said[1]) for said in ids)


class _Silent(gettext.NullTranslations):
    """Fallback with an empty translation, where other catalogs return the phrase itself."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


_SILENT = _Silent()


def _forms(catalog: gettext.NullTranslations, one: str, many: str) -> dict[int, str]:
    """The forms of a phrase in a catalog by number; without a plural, for the number 0."""
    return {n: catalog.ngettext(one, many, n) for n in _NUMBERS} if many else {0: catalog.gettext(one)}


def _keeps_values(forms: Mapping[int, str], one: str, many: str) -> bool:
    """True if a translation has exactly the names in braces of its phrase."""
    if not many:
        return _values(forms[0]) == _values(one)
    whole = _values(many)
    short = (whole, _values(one), tuple(name for name in whole if name != "number"))
    return all(_values(said) in (short if n in _SAID_IN_A_WORD else (whole,)) for n, said in forms.items())


@lru_cache(maxsize=1024)
def _values(text: str) -> tuple[str, ...]:
    """The names in braces, sorted; none that a phrase can have where a brace is open."""
    try:
        fields = [field for _, *field in Formatter().parse(text) if field[0] is not None]
        return tuple(sorted(f"{name}{conversion or ''}{form}" for name, form, conversion in fields))
    except ValueError:
        return (text,)


def compiled(po: Path, language: str, *, use_fuzzy: bool = False) -> bytes:
    """The file of a translator, compiled for gettext.

    Not as Sphinx compiles it: Babel writes English for a plural of which a form is missing, and nobody can tell.
    """
    # Late: an English page has no use for these.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with po.open("rb") as written:
        catalog = read_po(written, language)
    for message in list(catalog):
        if message.pluralizable and not all(message.string or ()):
            catalog.delete(message.id)
    out = BytesIO()
    write_mo(out, catalog, use_fuzzy)
    return out.getvalue()


def _read(name: str) -> gettext.NullTranslations:
    """The phrases that are shipped under a name. They are shipped as translators write them."""
    if not name:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(compiled(LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po", name)))


def _shipped(locale: Locale) -> str:
    """The catalog of the same language in the same script: ``de`` for ``de_AT``, for ``zh_TW`` none."""
    names = sorted(path.name for path in LOCALES.glob(f"{locale.language}*") if path.is_dir())
    found = ((name, Locale.parse(name)) for name in names)
    same = (name for name, held in found if held.language == locale.language and _script(held) == _script(locale))
    return next(same, "")


def _script(locale: Locale) -> str | None:
    likely: str = get_global("likely_subtags").get(locale.language, locale.language)
    return locale.script or Locale.parse(likely).script


class Language:
    """Translations and number formats of one language: English throughout, unless every phrase is translated.

    ``own`` are a site's own catalogs of phrases, in the order of precedence.
    """

    def __init__(self, language: str, own: Sequence[gettext.NullTranslations] = ()) -> None:
        self.language = language or "en"
        locale = _locale(self.language)
        self.phrases = phrases_of(locale, own)
        self.locale = locale if self.phrases.is_whole else Locale.parse("en")
        self.say = self.phrases.say
        self.count = self.phrases.count
        # Translators: two sentences. No space between them where your language writes none.
        self.gap = self._between(mark("{one} {next}"))
        # Translators: items in a row, without a word like “and” before the last.
        self.comma = self._between(mark("{one}, {next}"))
        self.semicolon = self._between(mark("{one}; {next}"))

    def _between(self, phrase: str) -> str:
        return self.say(phrase).format(one="", next="")

    def number(self, value: Decimal | int) -> str:
        """All digits, grouped: ``262,144``."""
        return _figure(numbers.format_decimal, str(value), self.locale)

    def short_number(self, value: Decimal | int) -> str:
        """A size in the notation of the field in every language, at most three decimals: ``4B``, ``1.6T``.

        Not as the language itself does: a trillion is ``1 B`` in Spanish, which readers of sizes take for a billion.
        """
        for suffix, exponent in SIZES.items():
            if value >= 10**exponent:
                return f"{self.number(_rounded(Decimal(value).scaleb(-exponent)))}{suffix}"
        return self.number(_rounded(Decimal(value)))

    def short_tokens(self, value: int) -> str:
        """For little space: ``262k`` for 262,144 (cut, so that no limit is overstated), ``1M`` for a million."""
        if value < 1000:
            return self.number(value)
        if value < 1_000_000:
            # Translators: thousands and millions of tokens, where there is little space.
            return self.say("{number}k").format(number=self.number(value // 1000))
        return self.say("{number}M").format(number=self.number(Decimal(value // 10_000) / 100))

    def money(self, amount: Decimal, currency: str) -> str:
        """Every digit of an amount, two decimals at the least: ``$0.003``, ``$1,234.50``."""
        return _figure(numbers.format_currency, str(amount), self.locale, currency)

    def aligned(self, amount: str) -> Amount:
        """A figure written by ``money``, split at the decimal sign."""
        whole, sign, rest = amount.rpartition(numbers.get_decimal_symbol(self.locale))
        return Amount(whole, f"{sign}{rest}") if sign else Amount(amount, "")

    def percent(self, share: Decimal) -> str:
        """A share of one as a percentage, all digits."""
        return _figure(numbers.format_percent, str(share), self.locale)

    def score(self, value: Decimal, scale: Scale) -> str:
        """A benchmark's score as its scale is written."""
        if scale is Scale.PERCENT:
            return self.percent(value / 100)
        if scale is Scale.USD:
            return self.money(value, "USD")
        return self.number(value)

    def day(self, day: datetime.date) -> str:
        """A day, in words short enough for a table."""
        return _written(dates.format_date, day, "medium", locale=self.locale)

    def date(self, date: PartialDate) -> str:
        """A date with the precision it was written in."""
        if date.day:
            return self.day(date.first)
        return _written(dates.format_skeleton, "yMMM" if date.month else "y", date.first, locale=self.locale)

    def weekday(self, day: str) -> str:
        """A day of the week, ``mon`` to ``sun``, short enough for a table."""
        return str(dates.get_day_names("abbreviated", locale=self.locale)[WEEKDAYS.index(day)])

    def list(self, items: Iterable[str]) -> str:
        """Items as a sentence lists them: ``A, B and C``."""
        return _written(lists.format_list, tuple(items), "standard", locale=self.locale)

    def either(self, items: Iterable[str]) -> str:
        """Items to choose from: ``A, B or C``."""
        return _written(lists.format_list, tuple(items), "or", locale=self.locale)

    def notation(self, currencies: Iterable[str]) -> dict[str, Any]:
        """The notation of numbers, money and lists, for a script that writes them the same.

        Groupings are the digits of the last group, and of those before it. A currency has the text before its amounts
        and after them, and its fewest decimals. Lists have the patterns of Unicode's common locale data.
        """
        return {
            "decimal": numbers.get_decimal_symbol(self.locale),
            "group": numbers.get_group_symbol(self.locale),
            "grouping": self.locale.decimal_formats[None].grouping,
            "money_grouping": self.locale.currency_formats["standard"].grouping,
            "currencies": {name: self._around(name) for name in currencies},
            "lists": dict(self.locale.list_patterns["standard"]),
        }

    def _around(self, currency: str) -> tuple[str, str, int]:
        decimals = numbers.get_currency_precision(currency)
        one = f"1{numbers.get_decimal_symbol(self.locale)}{'0' * decimals}" if decimals else "1"
        before, _, after = self.money(Decimal(1), currency).partition(one)
        return before, after, decimals


def _rounded(value: Decimal) -> Decimal:
    rounded = round(value, 3)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


# Facts of a catalog are on many pages, and Babel is slow. The key of a number is its text: 0 and -0 are equal, and are
# not written the same.


@lru_cache(maxsize=16384)
def _figure(form: Callable[..., str], value: str, locale: Locale, *currency: str) -> str:
    with localcontext(_WIDE):
        return form(Decimal(value), *currency, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=16384)
def _written(form: Callable[..., str], *arguments: Hashable, locale: Locale) -> str:
    return form(*arguments, locale=locale)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=8)
def language_of(language: str) -> Language:
    """A language, opened once."""
    return Language(language)

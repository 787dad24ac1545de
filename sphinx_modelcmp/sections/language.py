"""Phrases and figures in one language: gettext for the words, Babel for numbers, dates and money."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError, dates, lists, numbers

from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS, Scale
from sphinx_modelcmp.sections.blocks import Amount
from sphinx_modelcmp.sections.phrases import phrases_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from gettext import NullTranslations

    from sphinx_modelcmp.catalog.scalars import PartialDate

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


class Language:
    """Translations and number formats of one language: English throughout, unless every phrase is translated.

    ``own`` are a site's own catalogs of phrases, in the order of precedence.
    """

    def __init__(self, language: str, own: Sequence[NullTranslations] = ()) -> None:
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

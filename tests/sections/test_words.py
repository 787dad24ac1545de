"""Figures, dates, money and lists, as languages write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sphinx_modelcmp.catalog.scalars import read_partial_date
from sphinx_modelcmp.catalog.vocabulary import Scale
from sphinx_modelcmp.sections.language import language_of

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "262,144"),
        ("de", "262.144"),
        ("fr", f"262{NNBSP}144"),
        ("ja", "262,144"),
        ("xx", "262,144"),
    ],
)
def test_numbers(language: str, text: str) -> None:
    assert language_of(language).number(262144) == text


def test_numbers_of_a_country() -> None:
    """Switzerland has an apostrophe, and which one depends on the version of Babel."""
    assert language_of("de_CH").number(262144) in {"262’144", "262'144"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "$0.003"), ("de", f"0,003{NBSP}$"), ("fr", f"0,003{NBSP}$US"), ("ja", "$0.003")],
)
def test_money_keeps_every_digit(language: str, text: str) -> None:
    assert language_of(language).money(Decimal("0.003"), "USD") == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0.00"),
        ("1234.5", "$1,234.50"),
        ("0.30", "$0.30"),
        ("1e-12", "$0.000000000001"),
        ("2", "$2.00"),
        ("1.005", "$1.005"),
    ],
)
def test_money_has_two_decimals_at_the_least(amount: str, text: str) -> None:
    assert language_of("en").money(Decimal(amount), "USD") == text


def test_money_of_any_length() -> None:
    amount = Decimal("1" * 90 + "." + "3" * 240)
    assert language_of("en").money(amount, "USD").replace(",", "") == f"${amount}"


@pytest.mark.parametrize("currency", ["EUR", "CNY", "JPY", "XYZ"])
def test_any_currency_of_three_letters_can_be_written(currency: str) -> None:
    assert "12" in language_of("en").money(Decimal("12.5"), currency)


DATES = [
    ("en", "May 16, 2025", "May 2025", "2025"),
    ("de", "16.05.2025", "Mai 2025", "2025"),
    ("fr", "16 mai 2025", "mai 2025", "2025"),
    ("ja", "2025/05/16", "2025年5月", "2025年"),
]


@pytest.mark.parametrize(("language", "day", "month", "year"), DATES)
def test_dates_have_the_precision_they_were_written_in(language: str, day: str, month: str, year: str) -> None:
    words = language_of(language)
    assert [words.date(read_partial_date(text)) for text in ("2025-05-16", "2025-05", "2025")] == [day, month, year]
    assert words.day(date(2025, 5, 16)) == day


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (999, "999"),
        (1000, "1k"),
        (4096, "4k"),
        (192_000, "192k"),
        (262_144, "262k"),
        (999_999, "999k"),
        (1_000_000, "1M"),
        (1_048_576, "1.04M"),
        (10_000_000, "10M"),
        (2_500_000_000, "2,500M"),
    ],
)
def test_short_tokens_overstate_nothing(number: int, text: str) -> None:
    assert language_of("en").short_tokens(number) == text


@pytest.mark.parametrize(
    ("number", "text"), [("4e9", "4B"), ("4.66e9", "4.66B"), ("744e9", "744B"), ("350e6", "350M"), ("1e12", "1T")]
)
def test_short_numbers(number: str, text: str) -> None:
    assert language_of("en").short_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        (Scale.PERCENT, "38.1%"),
        (Scale.FRACTION, "38.1"),
        (Scale.ELO, "38.1"),
        (Scale.USD, "$38.10"),
        (Scale.SECONDS, "38.1"),
    ],
)
def test_scores_are_written_as_their_scale(scale: Scale, text: str) -> None:
    assert language_of("en").score(Decimal("38.1"), scale) == text


@pytest.mark.parametrize(("share", "text"), [("0.6", "60%"), ("0.125", "12.5%"), ("1", "100%"), ("0.0005", "0.05%")])
def test_shares_keep_every_digit(share: str, text: str) -> None:
    assert language_of("en").percent(Decimal(share)) == text


@pytest.mark.parametrize(
    ("language", "all_of", "one_of"),
    [
        ("en", "A, B, and C", "A, B, or C"),
        ("de", "A, B und C", "A, B oder C"),
        ("fr", "A, B et C", "A, B ou C"),
        ("ja", "A、B、C", "A、B、またはC"),
    ],
)
def test_lists(language: str, all_of: str, one_of: str) -> None:
    words = language_of(language)
    assert (words.list(["A", "B", "C"]), words.either(["A", "B", "C"])) == (all_of, one_of)
    assert (words.list([]), words.list(["A"])) == ("", "A")


@pytest.mark.parametrize(
    "language", ["", "xx", "en-GB", "zh_CN", "zh-Hans-CN", "pt_BR", "x", "de.UTF-8", "../../etc", "sr@latin"]
)
def test_any_language_gives_words(language: str) -> None:
    words = language_of(language)
    assert words.number(1)
    assert words.say("Unknown")
    assert words.count("{number} row", "{number} rows", 2)


@pytest.mark.parametrize("language", ["ar", "he", "fa_IR"])
def test_figures_in_english_phrases_do_not_run_from_right_to_left(language: str) -> None:
    words = language_of(language)
    assert words.say("Unknown") == "Unknown", "there are phrases now: figures have to be the language's own"
    assert words.money(Decimal("0.15"), "USD") == "$0.15"
    assert words.day(date(2026, 3, 2)) == "Mar 2, 2026"
    assert words.list(["A", "B"]) == "A and B"


@pytest.mark.parametrize(("language", "text"), [("en", "Mon"), ("de", "Mo."), ("fr", "lun."), ("ja", "月")])
def test_days_of_the_week(language: str, text: str) -> None:
    assert language_of(language).weekday("mon") == text


@pytest.mark.parametrize(
    ("language", "gap", "comma"), [("en", " ", ", "), ("de", " ", ", "), ("ja", "", "、"), ("zh_CN", "", "、")]
)
def test_what_stands_between_sentences_and_items(language: str, gap: str, comma: str) -> None:
    words = language_of(language)
    assert (words.gap, words.comma) == (gap, comma)

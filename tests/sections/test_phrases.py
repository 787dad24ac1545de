"""A site may bring phrases of its own: all of them for a new language, some of them for one that is shipped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

from sphinx_modelcmp.sections.language import LOCALES, Language, language_of, template
from tests.support.phrases import Said, catalog, compiled, put

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 9, 1)
PLURAL = next(one for one, many in template() if "{number}" in one and "{number}" in many)


def test_the_template_comes_with_the_package() -> None:
    assert (LOCALES / "sphinx_modelcmp.pot").is_file()
    assert len(template()) > 400


@pytest.mark.parametrize("language", ["ko", "pt_BR", "mr", "ru", "ar", "zh_TW", "tlh", "no_SUCH"])
def test_a_language_without_phrases_is_english_throughout(language: str) -> None:
    """Also in what Babel could write: half a language is none."""
    words, english = language_of(language), language_of("en")
    assert words.language == language
    assert words.say("Unknown") == "Unknown"
    assert words.day(DAY) == english.day(DAY) == "Sep 1, 2026"
    assert words.number(1234567) == "1,234,567"
    assert words.money(Decimal("1234.5"), "USD") == "$1,234.50"
    assert words.list("ABC") == english.list("ABC")
    assert words.weekday("mon") == "Mon"
    assert words.notation(["EUR"]) == english.notation(["EUR"])


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("ko", "2026. 9. 1.", "1,234,567"),
        ("pt_BR", "1 de set. de 2026", "1.234.567"),
        ("mr", "1 सप्टें, 2026", "12,34,567"),
        ("zh_TW", "2026年9月1日", "1,234,567"),
    ],
)
def test_a_language_whose_phrases_are_there_is_that_language_throughout(
    language: str, day: str, number: str, tmp_path: Path
) -> None:
    words = Language(language, [compiled(catalog(language), tmp_path)])
    assert (words.phrases.missing, words.phrases.unusable) == ((), ())
    assert words.say("Unknown") == "‹Unknown›"
    assert words.count(*next(pair for pair in template() if pair[0] == PLURAL), 5).startswith("‹")
    assert words.locale.language == language.partition("_")[0]
    assert (words.day(DAY), words.number(1234567)) == (day, number)


@pytest.mark.parametrize("leave", [1, 37])
def test_a_phrase_too_few_and_all_is_english(leave: int, tmp_path: Path) -> None:
    words = Language("ko", [compiled(catalog("ko", leave=leave), tmp_path)])
    assert words.phrases.missing == tuple(one for one, _ in template()[:leave])
    assert {words.say(one) for one, _ in template()} == {one for one, _ in template()}
    assert words.day(DAY) == "Sep 1, 2026"


@pytest.mark.parametrize("forms", [("‹{number}›", "", "‹{number}›"), ("", "", "")])
def test_a_plural_without_one_of_its_forms_is_missing(forms: tuple[str, ...], tmp_path: Path) -> None:
    words = Language("ru", [compiled(catalog("ru", {PLURAL: forms}), tmp_path)])
    assert words.phrases.missing == (PLURAL,)


WRONG = {
    "no name": ("{model}, ", "of it"),
    "another name": ("{model}", "{modell}"),
    "an open brace": ("{model}", "{model"),
    "a brace too many": ("{model}", "{model}}"),
    "a number": ("{model}", "{0}"),
    "an attribute": ("{model}", "{model.__class__}"),
    "a conversion": ("{model}", "{model!r}"),
    "a format": ("{model}", "{model:>9}"),
}
PHRASE = "{model} at {route}"


@pytest.mark.parametrize("said", [PHRASE.replace("{model}", wrong[1]) for wrong in WRONG.values()], ids=[*WRONG])
def test_what_would_break_a_page_is_not_used(said: str, tmp_path: Path) -> None:
    """A page is written by setting values in: a name that is wrong would end the build."""
    alone = Language("ko", [compiled(catalog("ko", {PHRASE: said}), tmp_path)])
    assert (alone.phrases.missing, alone.phrases.unusable) == ((), (PHRASE,))
    assert (alone.say(PHRASE), alone.say("Unknown")) == (PHRASE, "Unknown")
    beside = Language("de", [compiled(put(Catalog(locale="de"), {PHRASE: said, "Unknown": "Offen"}), tmp_path)])
    assert beside.phrases.unusable == (PHRASE,)
    assert (beside.say(PHRASE), beside.say("Unknown")) == (language_of("de").say(PHRASE), "Offen")


@pytest.mark.parametrize(
    ("language", "forms", "is_right"),
    [
        ("ru", ("{number} a", "{number} b", "{number} c"), True),
        ("ru", ("one", "{number} b", "{number} c"), False),  # its first form is that of 21, too
        ("ar", ("none", "one", "both", "{number} d", "{number} e", "{number} f"), True),
        ("ar", ("none", "one", "both", "some", "{number} e", "{number} f"), False),
        ("ko", ("{number} a",), True),
        ("ko", ("many",), False),
    ],
)
def test_only_none_one_and_two_can_be_said_without_their_number(
    language: str, forms: tuple[str, ...], is_right: bool, tmp_path: Path
) -> None:
    one, many = next(pair for pair in template() if pair == ("{number} model", "{number} models"))
    words = Language(language, [compiled(catalog(language, {one: forms}), tmp_path)])
    assert words.phrases.unusable == (() if is_right else (one,))
    assert (words.count(one, many, 5) == many) is not is_right


@pytest.mark.parametrize("language", ["de", "de_AT", "en", "en_GB"])
def test_a_shipped_language_can_be_reworded(language: str, tmp_path: Path) -> None:
    said: dict[str, Said] = {"Unknown": "?!"}
    words = Language(language, [compiled(put(Catalog(locale=language), said), tmp_path)])
    assert words.say("Unknown") == "?!"
    assert (words.phrases.missing, words.phrases.unusable) == ((), ())
    for one, _ in template():
        assert one == "Unknown" or words.say(one) == language_of(language).say(one)
    assert words.day(DAY) == language_of(language).day(DAY)


def test_the_first_catalog_counts_before_the_others(tmp_path: Path) -> None:
    first = compiled(put(Catalog(locale="ko"), {"Unknown": "first"}), tmp_path)
    words = Language("ko", [first, compiled(catalog("ko"), tmp_path)])
    assert (words.say("Unknown"), words.say("Undisclosed")) == ("first", "‹Undisclosed›")

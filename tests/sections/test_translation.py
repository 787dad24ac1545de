"""Every phrase that a page can say is one that a translator is shown, and every language has all of them."""

from __future__ import annotations

import os
import re
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.compare.comparison import SECTION_NAMES, Request, Settings, compare
from sphinx_modelcmp.sections.language import LOCALES, Language, language_of
from sphinx_modelcmp.sections.registry import SECTIONS, write
from tests.support.golden import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Catalog, Message


ROOT = Path(__file__).parents[2]
KEYWORDS = {"say": None, "mark": None, "count": (1, 2), "mark_plural": (1, 2)}
LANGUAGES = ("de", "es", "fr", "ja", "zh_CN")
TWO, ONE = "nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"
PLURALS = {"de": TWO, "es": TWO, "fr": "nplurals=2; plural=(n > 1);", "ja": ONE, "zh_CN": ONE}
"""The rule of each language, for whole numbers as they occur here: newer versions of Babel have a form for millions."""
SHORT = {"{number}k", "{number}M"}
SAME_WORDS = {
    "de": {"Benchmark", "Benchmarks", "Generation", "ID", "Name", "Reasoning", "Region", "Route", *SHORT},
    "es": {"Benchmark", "Benchmarks", "ID", "No", "chat", "flex", "harness", "audio"},
    "fr": {
        *(
            "Architecture",
            "architecture",
            "Benchmark",
            "Benchmarks",
            "Open source",
            "open source",
        ),
        *("Sources", "Vision", "vision", "agents", "classification", "flex", "harness", "standard", "version"),
        *("audio", "images", "ID", "Pages", "pages", "Pixels", "pixels"),
    },
    "ja": {"ID", *SHORT},
    "zh_CN": {"ID", *SHORT},
}
"""By language, what is written there as it is in English."""
COVER = ROOT / "tests" / "golden" / "cover.txt"
"""A comparison a line, found greedily: of all pairs of real models, and of six, what these say is all that is said."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
# What ends a sentence, and what it is in Japanese and Chinese.
_ENDS = {".": ".。", "?": "?？", ":": ":：", ";": ";；"}


def _extracted() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT / "sphinx_modelcmp" / "sections", keywords=KEYWORDS)
    return {tuple(message) if isinstance(message, tuple) else message for _, _, message, _, _ in found}


Said = set[str | tuple[str, ...]]


@pytest.fixture
def said_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Models of the real catalog to all phrases of the page that compares them."""
    found: Said = set()
    words = language_of("en")
    say, count = words.say, words.count

    def spy_say(phrase: str) -> str:
        found.add(phrase)
        return say(phrase)

    def spy_count(one: str, many: str, number: int) -> str:
        found.add((one, many))
        return count(one, many, number)

    monkeypatch.setattr(words, "say", spy_say)
    monkeypatch.setattr(words, "count", spy_count)
    catalog = load_catalog([ROOT / "data"]).catalog

    def phrases(*models: str) -> Said:
        found.clear()
        answer = compare(catalog, Request(models=models), Settings(stale_after=1))
        assert answer.comparison
        write(answer.comparison, "en")
        return set(found)

    return phrases


def test_what_pages_say_is_extracted(said_of: Callable[..., Said]) -> None:
    """Of few comparisons, which say all that any says: the next test finds them."""
    said = {phrase for line in COVER.read_text("utf-8").splitlines() for phrase in said_of(*line.split())}
    assert len(said) > 300
    assert said <= _extracted()


@pytest.mark.full
def test_few_comparisons_say_all_that_any_says(said_of: Callable[..., Said]) -> None:
    """Of a sample; ``REGENERATE=1`` looks at every pair, and finds the few."""
    names = sorted(load_catalog([ROOT / "data"]).catalog.models)
    pairs = [*combinations(names, 2)]
    asked = pairs if "REGENERATE" in os.environ else Random(0).sample(pairs, 300)
    said = {models: said_of(*models) for models in (*asked, tuple(names[:6]))}
    lines = kept(COVER, "".join(f"{' '.join(models)}\n" for models in _cover(said))).splitlines()
    few = {phrase for line in lines for phrase in said_of(*line.split())}
    assert set[str | tuple[str, ...]]().union(*said.values()) <= few


def _cover(said: dict[tuple[str, ...], Said]) -> Iterator[tuple[str, ...]]:
    left = set[str | tuple[str, ...]]().union(*said.values())
    while left:
        best = max(said, key=lambda models: len(said[models] & left))
        yield best
        left -= said[best]


def test_every_section_has_a_name_a_title_and_a_writer() -> None:
    assert tuple(SECTIONS) == SECTION_NAMES
    assert all(section.title for section in SECTIONS.values())


@pytest.mark.parametrize("language", ["tlh", "en", "en_GB", "ar", "zh_TW", "zh_Hant", ""])
def test_a_language_without_a_catalog_speaks_english(language: str) -> None:
    assert Language(language).say("Unknown") == "Unknown"


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("de_AT", "de"),
        ("de-CH", "de"),
        ("es_419", "es"),
        ("fr_CA", "fr"),
        ("ja_JP", "ja"),
        ("zh", "zh_CN"),
        ("zh-Hans", "zh_CN"),
    ],
)
def test_a_country_speaks_as_its_language_does(language: str, named: str) -> None:
    assert Language(language).say("Unknown") == Language(named).say("Unknown") != "Unknown"


@cache
def _catalog(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "sphinx_modelcmp.po").open("rb") as written:
        return read_po(written, language)


def _messages(language: str) -> list[Message]:
    return [message for message in _catalog(language) if message.id]


def _ids(messages: Catalog) -> list[object]:
    return [message.id for message in messages if message.id]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _held(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def test_the_template_is_what_make_messages_writes() -> None:
    with (LOCALES / "sphinx_modelcmp.pot").open("rb") as written:
        template = read_po(written)
    assert set(_ids(template)) == _extracted()
    assert "-Date: 2" not in (LOCALES / "sphinx_modelcmp.pot").read_text(encoding="utf-8")


def test_these_languages_are_shipped() -> None:
    assert tuple(sorted(path.name for path in LOCALES.iterdir() if path.is_dir())) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalog:
    def test_holds_the_phrases_of_the_template_in_its_order(self, language: str) -> None:
        with (LOCALES / "sphinx_modelcmp.pot").open("rb") as written:
            assert _ids(_catalog(language)) == _ids(read_po(written))
        assert not _catalog(language).obsolete

    def test_says_everything(self, language: str) -> None:
        lacking = [message.id for message in _messages(language) if not all(_forms(message.string)) or message.fuzzy]
        assert lacking == []

    def test_has_the_plurals_of_its_language(self, language: str) -> None:
        catalog = _catalog(language)
        assert catalog.plural_forms == PLURALS[language]
        plurals = [message for message in _messages(language) if message.pluralizable]
        assert plurals
        assert {len(_forms(message.string)) for message in plurals} == {catalog.num_plurals}

    def test_sets_the_same_values_in(self, language: str) -> None:
        """“One row” may do without its number; the form for many may not."""
        wrong = []
        for message in _messages(language):
            asked, said = _forms(message.id), _forms(message.string)
            allowed = [_held(text) for text in asked]
            if _held(said[-1]) != allowed[-1] or any(_held(text) not in allowed for text in said):
                wrong.append((message.id, message.string))
        assert wrong == []

    def test_begins_and_ends_as_the_phrase_does(self, language: str) -> None:
        """Phrases are set beside each other: a space or a full stop too few shows."""
        wrong = []
        for message in _messages(language):
            asked = _forms(message.id)[-1]
            for text in _forms(message.string):
                same_end = (
                    text[-1] in _ENDS[asked[-1]] if asked[-1] in _ENDS else text[-1] not in "".join(_ENDS.values())
                )
                if text != text.strip() or not same_end:
                    wrong.append((asked, text))
        assert wrong == []

    def test_leaves_no_english(self, language: str) -> None:
        same = {
            text
            for message in _messages(language)
            for text in _forms(message.id)
            if text in _forms(message.string) and _PLACEHOLDER.sub("", text).strip(" ():;,.")
        }
        assert same == SAME_WORDS[language]

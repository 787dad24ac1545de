"""Every phrase that a page can say is one that a translator is shown."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.extract import extract_from_dir

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.compare.comparison import compare
from sphinx_modelcmp.compare.request import SECTION_NAMES, Request, Settings
from sphinx_modelcmp.sections.labels import TITLES
from sphinx_modelcmp.sections.words import Words, words_of
from sphinx_modelcmp.sections.writing import SECTIONS, write

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
KEYWORDS = {"say": None, "mark": None, "count": (1, 2), "mark_plural": (1, 2)}


def _extracted() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT / "sphinx_modelcmp" / "sections", keywords=KEYWORDS)
    return {tuple(message) if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def test_what_pages_say_is_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str | tuple[str, ...]] = set()
    words = words_of("en")
    say, count = words.say, words.count

    def spy_say(phrase: str) -> str:
        said.add(phrase)
        return say(phrase)

    def spy_count(one: str, many: str, number: int) -> str:
        said.add((one, many))
        return count(one, many, number)

    monkeypatch.setattr(words, "say", spy_say)
    monkeypatch.setattr(words, "count", spy_count)
    catalog = load_catalog([ROOT / "data"]).catalog
    for models in (*combinations(sorted(catalog.models), 2), sorted(catalog.models)[:6]):
        answer = compare(catalog, Request(models=tuple(models)), Settings(stale_after=1))
        assert answer.comparison
        write(answer.comparison, "en")
    assert len(said) > 100
    assert said <= _extracted()


def test_every_section_has_a_name_a_title_and_a_writer() -> None:
    assert tuple(SECTIONS) == SECTION_NAMES == tuple(TITLES)


def test_a_language_without_a_catalog_speaks_english() -> None:
    assert Words("tlh").say("Unknown") == "Unknown"

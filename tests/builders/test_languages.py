"""The flagship page in every language that phrases are shipped in: nothing of it is left in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from babel.messages.pofile import read_po

from sphinx_modelcmp.sections.language import LOCALES
from tests.support import html
from tests.support.project import DATA, STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

PAGE = DATA.parent / "docs" / "codex-1-vs-qwen3.5-4b.rst"
# What Babel is to make of 262144, 0.15 dollars and the 2nd of March 2026; and the language as HTML calls it.
WRITTEN = {
    "de": ("262.144", "0,15\xa0$", "02.03.2026", "de"),
    "es": ("262.144", "0,15\xa0US$", "2 mar 2026", "es"),
    "fr": ("262\u202f144", "0,15\xa0$US", "2 mars 2026", "fr"),
    "ja": ("262,144", "$0.15", "2026/03/02", "ja"),
    "zh_CN": ("262,144", "US$0.15", "2026年3月2日", "zh-CN"),
}
NAMES = {"Proprietary"}
"""What the catalog calls a license, and a phrase says, too."""
_PLACEHOLDER = re.compile(r"\{\w+\}")


class Built(NamedTuple):
    """A language, and the flagship page in it."""

    language: str
    page: BeautifulSoup
    text: str


@pytest.fixture(scope="module", params=WRITTEN)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    language: str = request.param
    project = Project(tmp_path_factory.mktemp(language))
    title, _, verdict = PAGE.read_text(encoding="utf-8").partition("\n\n   ")
    assert verdict, "the page has no verdict of its author's any more"
    project.write("index.rst", title)
    project.configure(
        language=language, html_theme="furo", modelcmp_catalog=str(DATA), modelcmp_catalog_roots=[str(DATA)]
    )
    builds = {name: project.build(name, *STRICT, doctrees="doctrees") for name in ("html", "text")}
    assert [(build.code, build.stderr) for build in builds.values()] == [(0, ""), (0, "")]
    text = " ".join(builds["text"].text("index.txt").split())
    return Built(language, html.parse(builds["html"].out / "index.html"), text)


def phrases(language: str) -> Iterator[tuple[str, object]]:
    """Every phrase and its translation; those that depend on a number in both forms."""
    with (LOCALES / language / "LC_MESSAGES" / "sphinx_modelcmp.po").open("rb") as written:
        for message in read_po(written, language):
            asked = [message.id] if isinstance(message.id, str) else message.id
            yield from ((text, message.string) for text in asked if text)


def test_no_sentence_is_left_in_english(built: Built) -> None:
    """Three words in a row that an English phrase has stand in no other text by accident."""
    pieces = {piece.strip() for text, _ in phrases(built.language) for piece in _PLACEHOLDER.split(text)}
    long = {piece for piece in pieces if len(piece.split()) > 2}
    assert len(long) > 100
    assert [piece for piece in long if piece in built.text] == []


def test_no_label_is_left_in_english(built: Built) -> None:
    english = {text for text, said in phrases(built.language) if text != said}
    tags = built.page.select(
        "h2, h3, caption .caption-text, .modelcmp-table th, .modelcmp-table td, .modelcmp-table td p"
    )
    labels = {re.sub(r"( \[\w+\])+$", "", html.text_of(tag)) for tag in tags}
    assert len(labels) > 50
    assert labels & english == NAMES


def test_figures_are_written_as_the_language_writes_them(built: Built) -> None:
    number, money, day, _ = WRITTEN[built.language]
    words = built.page.get_text()
    assert number in words
    assert money in words
    assert day in words


def test_the_page_says_which_language_it_is_in(built: Built) -> None:
    root = built.page.html
    assert root is not None
    assert root["lang"] == WRITTEN[built.language][-1]

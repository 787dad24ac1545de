"""Data is neither translated nor beautified; what the author writes is both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinx_modelcmp.sections.labels import ROWS
from sphinx_modelcmp.sections.registry import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.project import Build, Project


def messages(pot: str) -> list[str]:
    """What a template asks translators for."""
    found = re.findall(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)', pot, re.MULTILINE)
    return ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)) for text in found]


def test_templates_hold_the_authors_words_only(demo: Callable[[str], Build]) -> None:
    found = set(messages(demo("gettext").text("pair.pot")))
    # "Contents" is the title of docutils' own list of contents.
    assert found - {"", "Contents"} == {
        "Two pairs",
        "Before.",
        "The author's *own* verdict, with a reference to :doc:`plain`.",
        "With a list.",
        "Another subject",
        "An own caption",
        "See :ref:`the-pair` and :ref:`anew <again>`.",
    }


@pytest.mark.parametrize("name", ["index", "again", "places", "mysty", "bare", "weird", "plain"])
def test_templates_hold_no_data(demo: Callable[[str], Build], name: str) -> None:
    path = demo("gettext").out / f"{name}.pot"
    text = "\n".join(messages(path.read_text(encoding="utf-8"))) if path.exists() else ""
    for ours in (
        *(words.label for words in ROWS.values()),
        *(section.title for section in SECTIONS.values()),
        "Alfa",
        "Bravo",
        "262,144",
        "Acme",
        "card",
        "model",
    ):
        assert ours not in text


def test_a_translated_verdict_is_used(project: Project) -> None:
    """And facts stay as they are, even where a translator has put them into the file."""
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n\n   Take either.\n")
    project.write(
        "locale/de/LC_MESSAGES/index.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Take either."\nmsgstr "Nimm eins."\n\nmsgid "Acme"\nmsgstr "`broken"\n',
    )
    project.configure(language="de", locale_dirs=["locale"])
    build = project.build("text", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    text = build.text("index.txt")
    assert "Nimm eins." in text
    assert "Acme" in text
    assert "262.144" in text, "numbers are written as the language writes them"


@pytest.mark.parametrize("markup", ["rst", "md"])
def test_quotes_and_dashes_of_data_stay(project: Project, markup: str) -> None:
    project.edit("catalog.yaml", "name: Bravo 2", "name: 'Bravo \"B\" -- 2...'")
    source = {
        "rst": 'Page "x" -- y\n=============\n\n.. model-compare:: alfa-1 bravo-2\n\n   My "verdict" -- this.\n',
        "md": '# Page "x" -- y\n\n```{model-compare} alfa-1 bravo-2\nMy "verdict" -- this.\n```\n',
    }
    project.write(f"index.{markup}", source[markup])
    project.configure(smartquotes=True, myst_enable_extensions=["smartquotes", "replacements"])
    document = project.build("dummy", "-n", "-W").doctree("index")
    text = document.astext()
    assert 'the "q" -- native, with code and a link' in text
    assert 'Bravo "B" -- 2...' in text
    assert "Bravo “B”" not in text
    assert "My “verdict” – this." in text
    assert "Page “x” – y" in text


def test_quotes_and_dashes_of_names_stay_in_a_title(project: Project) -> None:
    """On a page without title the names become one."""
    project.edit("catalog.yaml", "name: Bravo 2", "name: 'Bravo \"B\" -- 2'")
    project.write("index.rst", ".. model-compare:: alfa-1 bravo-2\n")
    document = project.build("dummy", "-n", "-W").doctree("index")
    (title,) = [node for node in document.findall(nodes.title) if node.parent.parent is document]
    assert title.astext() == 'Alfa 1 and Bravo "B" -- 2'


def test_notes_of_the_catalog_are_commonmark(demo: Callable[[str], Build]) -> None:
    """In reST pages, too; and without effect beyond their own marks."""
    document = demo("dummy").doctree("pair")
    (note,) = {node.parent.astext() for node in document.findall(nodes.literal) if node.astext() == "code"}
    assert note.endswith('the "q" -- native, with code and a link')
    links = [node for node in document.findall(nodes.reference) if node.get("refuri") == "https://alfa.example/more"]
    assert {node.astext() for node in links} == {"a link"}

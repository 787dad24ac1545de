"""EPUB, Info, manual pages and plain text: valid, and readable as what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support import programs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.project import Build, Project


def test_epub_is_valid(demo: Callable[[str], Build]) -> None:
    done = programs.run([*programs.epubcheck(), "Demo.epub"], demo("epub").out)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr, done.stdout + done.stderr
    assert done.returncode == 0


def test_makeinfo_is_silent(demo: Callable[[str], Build]) -> None:
    """Sections where none can stand would give unmatched ends."""
    done = programs.run([programs.find("makeinfo"), "--no-split", "demo.texi"], demo("texinfo").out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_texinfo_columns_are_as_wide_as_their_text(demo: Callable[[str], Build]) -> None:
    columns = re.findall(r"@multitable (.*)", demo("texinfo").text("demo.texi"))
    assert columns
    assert min(len(column) for line in columns for column in re.findall(r"\{(x+)\}", line)) > 6


@pytest.mark.parametrize("heading", ["section", "rubric", "none"])
def test_manual_pages_keep_their_own_names(project: Project, heading: str) -> None:
    """A caption would take the place of the name, or be a heading; it is a line in bold above its table."""
    project.write("index.rst", f"Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :headings: {heading}\n")
    project.configure(man_pages=[("index", "own", "what it is about", ["Nobody"], 1)])
    build = project.build("man", "-n", "-W")
    assert (build.code, build.stderr) == (0, "")
    page = build.text("own.1").replace("\\", "")
    assert page[page.index(".SH NAME") :].splitlines()[1] == "own - what it is about"
    assert "fBScorecard of Alfa 1 and Bravo 2; prices per million tokensfP" in page
    assert not re.search(r'\.S[HS] "?(Scorecard of|Specifications of)', page)


def test_manual_pages_are_printed(demo: Callable[[str], Build]) -> None:
    done = programs.run([programs.find("man"), "--warnings", "-l", "pair.7"], demo("man").out)
    assert done.returncode == 0
    assert "262,144" in done.stdout
    assert "Its successor is Charlie 3. [2]" in " ".join(done.stdout.split())
    # Docutils gives the columns of a manual page no widths: troff takes an equal share of the line for each.
    known = ("table wider than line width", "cannot adjust line", "around line")
    assert [line for line in done.stderr.splitlines() if not any(words in line for words in known)] == []


def test_text_has_columns_that_can_be_read(demo: Callable[[str], Build]) -> None:
    """Sphinx takes a column's width for its characters: the letters of a word may not stand one below the other."""
    text = demo("text").text("pair.txt")
    rules = [line for line in text.splitlines() if re.fullmatch(r"\s*\+[-=+]+\+", line)]
    assert rules
    assert min(len(column) for rule in rules for column in re.findall("[-=]+", rule)) > 6
    assert re.search(r"\| Context window\s+\| 262,144 \[1\]\s+\| 192,000", text)


def test_a_cell_has_lists_in_place_of_tables(demo: Callable[[str], Build]) -> None:
    """The text builder knows no table in a table. All that the tables say is there, model by model."""
    lines = re.findall(r"^\| (.*?)\s*\|.*\|$", demo("text").text("places.txt"), flags=re.MULTILINE)
    text = " ".join(lines)
    expected = "Context window * Alfa 1: 262,144 [1] * Bravo 2: 192,000 [2] * Charlie 3: Undisclosed"
    assert expected in " ".join(text.split())

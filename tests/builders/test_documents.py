"""EPUB, Info, manual pages and plain text: valid, silent, and readable as what they are."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import docutils
import pytest
from docutils.utils import column_width

from tests.support import odd, programs
from tests.support.project import DOCS, STRICT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Build, Project

pytestmark = pytest.mark.full


old_troff = pytest.mark.skipif(
    docutils.__version_info__ < (0, 21), reason="docutils 0.20 sets tables of manual pages a line too high"
)


def check_epub(folder: Path) -> None:
    (book,) = folder.glob("*.epub")
    done = programs.run([*programs.epubcheck(), book.name], folder)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr, done.stdout + done.stderr
    assert done.returncode == 0


def test_epub_is_valid(demo: Callable[[str], Build], strange: Project) -> None:
    check_epub(demo("epub").out)
    build = strange.build("epub", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    check_epub(build.out)


@pytest.mark.timeout(240)
def test_our_own_documentation_is_a_valid_epub(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", *STRICT, "-b", "epub", "-d", str(tmp_path / "doctrees"), str(DOCS)]
    done = programs.run([*command, str(tmp_path / "epub")], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    check_epub(tmp_path / "epub")


def test_makeinfo_is_silent(demo: Callable[[str], Build], strange: Project) -> None:
    """Sections where none can stand would give unmatched ends."""
    for folder in (demo("texinfo").out, strange.build("texinfo").out):
        done = programs.run([programs.find("makeinfo"), "--no-split", "demo.texi"], folder)
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


def printed(page: Path) -> tuple[str, list[str]]:
    """What man shows of a page on a terminal of 80 columns, and what it warns of."""
    man = [programs.find("env"), "MANWIDTH=80", programs.find("man"), "--warnings", "-l", page.name]
    done = programs.run(man, page.parent)
    assert done.returncode == 0
    return done.stdout, done.stderr.splitlines()


@old_troff
def test_manual_pages_are_printed(demo: Callable[[str], Build]) -> None:
    text, warnings = printed(demo("man").out / "pair.7")
    assert warnings == []
    assert "262,144" in text
    whole = re.sub(r"‐\n *", "", text)
    assert "Its successor is Charlie 3. [2]" in " ".join(whole.split())


@old_troff
def test_manual_pages_of_many_models_keep_to_the_line(published: Project) -> None:
    """Two models stand beside each other; price lists that fit no line are lists."""
    build = published.build("man", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    text, warnings = printed(build.out / "real.7")
    assert warnings == []
    assert max(map(column_width, text.splitlines())) <= 80
    assert re.search(
        r"Specifications of 6 models; limits in tokens \(3/3\)\s+┌[─┬]+┐\s+"
        r"│Specification +│ Kimi K2.6[ \[\d\]]+│ GLM-5.1[ \[\d\]]+│",
        text,
    )
    said = " ".join(text.split())
    assert "• Input: $2.50; above 272,000 input tokens: $5.00; batch and flex: $1.25;" in said


@old_troff
def test_names_without_a_space_break_in_manual_pages(strange: Project) -> None:
    """All but an address of 2,000 characters, which nobody could follow in parts."""
    text, warnings = printed(strange.build("man").out / "odd.7")
    assert all("can't break line" in line for line in warnings)
    assert len(warnings) < 5
    assert "Zoë" in text
    assert [line for line in text.splitlines() if column_width(line) > 80 and "aaaa" not in line] == []


def test_text_has_columns_that_can_be_read(demo: Callable[[str], Build]) -> None:
    """Sphinx takes a column's width for its characters: the letters of a word may not stand one below the other."""
    text = demo("text").text("pair.txt")
    rules = [line for line in text.splitlines() if re.fullmatch(r"\s*\+[-=+]+\+", line)]
    assert rules
    assert min(len(column) for rule in rules for column in re.findall("[-=]+", rule)) > 6
    assert re.search(r"\| Context window\s+\| 262,144\s+\| 192,000; 27% less", text)


def test_a_cell_has_lists_in_place_of_tables(demo: Callable[[str], Build]) -> None:
    """The text builder knows no table in a table. All that the tables say is there, model by model."""
    lines = re.findall(r"^\| (.*?)\s*\|.*\|$", demo("text").text("places.txt"), flags=re.MULTILINE)
    text = " ".join(lines)
    expected = "Context window * Alfa 1 [1]: 262,144 * Bravo 2 [2]: 192,000; 27% less * Charlie 3 [2]: Undisclosed"
    assert expected in " ".join(text.split())


@pytest.mark.parametrize("name", ["codex-1-vs-qwen3.5-4b", "six-models"])
def test_text_keeps_to_80_columns(published: Project, name: str) -> None:
    build = published.build("text", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    assert max(map(column_width, build.text(f"{name}.txt").splitlines())) <= 80


def test_text_sets_many_models_in_several_tables(published: Project) -> None:
    """As many beside each other as can be read; each has a price list of its own."""
    text = published.build("text").text("six-models.txt")
    assert re.search(
        r"^Scorecard of 6 models; prices per million tokens; oldest fact \d+ days old \(3/3\)$",
        text,
        flags=re.MULTILINE,
    )
    assert re.search(r"^\| Model +\| A month +\| Cheapest input +\| Cheapest output +\|$", text, flags=re.MULTILINE)
    assert re.search(r"^\| OpenAI API \"gpt-5.4\" \[\d+\] +\| \$2.50; above 272,000 ", text, flags=re.MULTILINE)
    assert len({*re.findall(r"^\*\*Price list of (\S+)", text, flags=re.MULTILINE)}) > 3


def test_text_can_be_read_whatever_the_names_are(strange: Project) -> None:
    """Where one model alone fills the line there are lists, in which its name breaks."""
    text = strange.build("text").text("index.txt")
    assert max(map(column_width, text.splitlines())) <= 80
    assert f"   * Plain 0 [1]: text {odd.ROWS - 1}\n" in text

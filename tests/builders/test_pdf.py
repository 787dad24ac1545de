"""Paper: LaTeX compiles with each engine, keeps to the page, and the PDF says what the catalog says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import sphinx

from tests.support import odd, programs
from tests.support.project import STRICT
from tests.support.published import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Build, Project

pytestmark = pytest.mark.full

WIDEST = 5.0
"""Points that a line may stand out: a letter, less than the space between columns."""
ENGINES = ("pdflatex", "xelatex", "lualatex")


class Paper(NamedTuple):
    """A document as it was printed."""

    tex: str
    log: str
    text: str


def typeset(folder: Path, name: str, *command: str) -> Paper:
    """Compile, and read what came of it. One pass sets every page; that references are right takes more."""
    done = programs.run([*command, "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"], folder, 240)
    log = (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    text = programs.run([programs.find("pdftotext"), "-layout", f"{name}.pdf", "-"], folder)
    assert text.returncode == 0
    return Paper((folder / f"{name}.tex").read_text(encoding="utf-8"), log, text.stdout)


def too_wide(log: str, limit: float = WIDEST) -> list[str]:
    """The complaints about lines that stand out of their page."""
    found = re.finditer(r"Overfull \\hbox \(([\d.]+)pt too wide\).*", log)
    return [match[0] for match in found if float(match[1]) > limit]


@pytest.fixture(scope="module")
def real(published: Project) -> Callable[[str], Paper]:
    """These pages, printed once by each engine."""
    printed: dict[str, Paper] = {}

    def of(engine: str) -> Paper:
        if engine not in printed:
            options = (*STRICT, "-D", f"latex_engine={engine}")
            build = published.build("latex", *options, out=engine, doctrees=f"{engine}-doctrees")
            assert (build.code, build.stderr) == (0, "")
            printed[engine] = typeset(build.out, "demo", programs.find(engine))
        return printed[engine]

    return of


@pytest.mark.skipif(sphinx.version_info < (7, 4, 7), reason="Sphinx 7.4.0 breaks no long word in a cell")
def test_every_place_of_the_demo_compiles(demo: Callable[[str], Build]) -> None:
    paper = typeset(demo("latex").out, "demo", programs.find("latexmk"), "-pdf")
    assert "LaTeX Error" not in paper.log
    # One comparison stands in a cell of a table that Sphinx sets, where it has half a page.
    assert too_wide(paper.log, 4 * WIDEST) == []
    for fact in ("262,144", "Apache 2.0 (OSI)", "Bolt Labs", "W_4 & #5 $x$ 100% {y} ~^\\z *q* |s| :t: < >"):
        assert fact in re.sub(r"\s+", " ", paper.text)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("engine", ENGINES)
def test_real_models_keep_to_the_page(real: Callable[[str], Paper], engine: str) -> None:
    paper = real(engine)
    assert "LaTeX Error" not in paper.log
    assert "Missing character" not in paper.log
    assert too_wide(paper.log) == []
    for fact in ("Codex 1", "Qwen3.5-4B", "262,144", "Apache 2.0 (OSI)", "Proprietary"):
        assert fact in paper.text


def test_a_long_table_goes_over_pages(real: Callable[[str], Paper]) -> None:
    """Every row is printed, on more than one page, and each page repeats the header."""
    pages = [page for page in real("pdflatex").text.split("\f") if "House row" in page]
    assert len(pages) > 1
    assert all(re.search(r"Specification\s+One\s+Two", page) for page in pages)
    assert {int(number) for page in pages for number in re.findall(r"House row (\d+)", page)} == set(range(ROWS))


def test_more_than_four_models_are_several_tables(real: Callable[[str], Paper]) -> None:
    """Each begins with the same column, and its caption says which part it is. So do price lists of many columns."""
    paper = real("pdflatex")
    # Other tables do not break; those of tabulary do not keep to the page either.
    assert set(re.findall(r"\\begin\{(tabular\w*|longtable)\}", paper.tex)) == {"longtable"}
    for part, names in (("1/2", ("GPT-5.4", "Claude Opus 4.6")), ("2/2", ("DeepSeek V4 Pro", "Kimi K2.6", "GLM-5.1"))):
        header = r"\s+".join(("Capability", *(rf"{re.escape(name)}(?:\s*\[\w+\])*" for name in names)))
        assert re.search(rf"Capabilities of 6 models \({part}\)\s+{header}", paper.text)
    columns = [spec.count(r"\X") for spec in re.findall(r"\\begin\{longtable\}\{(.*)\}", paper.tex)]
    assert max(columns) == 8, "the scorecard, which has a row a model"


def test_no_page_ends_with_a_heading(real: Callable[[str], Paper]) -> None:
    """Longtable breaks the page between a heading and a table that does not fit below it."""
    for page in real("pdflatex").text.split("\f"):
        *_, last, _ = ["", "", *(line for line in page.splitlines() if line.strip())]
        # No sentence: a line of a text may begin with the version of a model.
        assert not re.fullmatch(r"\d+\.\d+ +[A-Z][^.,;$]*", last), page


@pytest.fixture(scope="module")
def strange_tex(strange: Project) -> Build:
    """Its LaTeX, for pdflatex."""
    return strange.build("latex")


def test_what_pdflatex_cannot_set_is_reported_at_its_place(strange: Project, strange_tex: Build) -> None:
    """Each text of the catalog once, however often the page shows it, with its line and column."""
    lines = (strange.src / "catalog.yaml").read_text(encoding="utf-8").splitlines()
    found = re.findall(r"catalog\.yaml:(\d+):(\d+): WARNING: (.*) \[modelcmp\.glyph\]", strange_tex.stderr)
    at = {lines[int(line) - 1][int(column) - 1 :][:2] for line, column, _ in found}
    held = (f'"{odd.EMOJI}', f'"{odd.ARABIC}', f'"{odd.MARKS}', '"\u901a', '"Org', "'that")
    assert at == {text[:2] for text in held}
    assert len(found) == len(held)
    assert any("“\N{OX}” is printed as “[ox]”" in message for *_, message in found)
    page = [line for line in strange_tex.warnings if "index.rst:9: WARNING" in line]
    assert len(page) == 1
    assert "“[snake]”" in page[0]
    assert len(strange_tex.warnings) == len(found) + 1


def test_strange_names_and_figures_are_printed_readably(strange_tex: Build) -> None:
    """All characters that pass for those that pdflatex can set are; words of 200 characters break."""
    paper = typeset(strange_tex.out, "demo", programs.find("pdflatex"))
    assert too_wide(paper.log) == []
    words = re.sub(r"\s+", " ", paper.text)
    for text in ("[ox]", "[U+0646 U+0645 U+0648 U+0630 U+062C]", "[U+901A U+4E49]", "Zoë", "House row 39", "(3/3)"):
        assert text in words


def test_other_engines_are_not_spoken_of(strange: Project) -> None:
    build = strange.build("latex", "-D", "latex_engine=xelatex", out="xelatex")
    assert build.warnings == []
    assert odd.EMOJI[:5] in build.text("demo.tex").replace("\N{ZERO WIDTH SPACE}", "")

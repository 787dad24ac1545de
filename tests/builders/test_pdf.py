"""Paper: LaTeX compiles, keeps to the page, and the PDF says what the catalog says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support import programs
from tests.support.project import DATA, STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Build

WIDEST = 10.0
"""Points that a line may stand out: two letters, less than the space between columns."""
ROWS = 90


def typeset(folder: Path, name: str) -> tuple[str, str]:
    """Compile; the log and the text of the PDF."""
    done = programs.run(
        [programs.find("latexmk"), "-pdf", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"], folder, 240
    )
    log = (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    text = programs.run([programs.find("pdftotext"), "-layout", f"{name}.pdf", "-"], folder)
    assert text.returncode == 0
    return log, text.stdout


def too_wide(log: str, limit: float = WIDEST) -> list[str]:
    """The complaints about lines that stand out of their page."""
    found = re.finditer(r"Overfull \\hbox \(([\d.]+)pt too wide\).*", log)
    return [match[0] for match in found if float(match[1]) > limit]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Comparisons from the real catalog, of two models and of many; and a table longer than a page."""
    project = Project(tmp_path_factory.mktemp("real"))
    rows = "".join(f"  row_{i}: {{label: House row {i}, group: specs, type: text}}\n" for i in range(ROWS))
    facts = "".join(f"    row_{i}: text {i}\n" for i in range(ROWS))
    project.write("more.yaml", f"fields:\n{rows}models:\n  one:\n    name: One\n{facts}  two:\n    name: Two\n{facts}")
    project.write(
        "index.rst",
        "Real models\n===========\n\n.. model-compare:: codex-1 qwen3.5-4b\n\n"
        "Three of them\n-------------\n\n.. model-compare:: gpt-5.4 claude-opus-4-6 gemini-3.1-pro-preview\n\n"
        "Six of them\n-----------\n\n.. model-compare:: gpt-5.4 claude-opus-4-6 gemini-3.1-pro-preview "
        "deepseek-v4-pro kimi-k2.6 glm-5.1\n\n"
        "A long table\n------------\n\n.. model-compare:: one two\n   :sections: specs\n",
    )
    project.configure(modelcmp_catalog=[str(DATA), "more.yaml"], modelcmp_catalog_roots=[str(DATA)])
    build = project.build("latex", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    # Other tables do not break; those of tabulary do not keep to the page either.
    assert set(re.findall(r"\\begin\{(tabular\w*|longtable)\}", build.text("demo.tex"))) == {"longtable"}
    return typeset(build.out, "demo")


def test_every_place_of_the_demo_compiles(demo: Callable[[str], Build]) -> None:
    log, text = typeset(demo("latex").out, "demo")
    assert "LaTeX Error" not in log
    # One comparison stands in a cell of a table that Sphinx sets, where it has half a page.
    assert too_wide(log, 2 * WIDEST) == []
    for fact in ("262,144", "Apache 2.0 (OSI)", "Bolt Labs", "W_4 & #5 $x$ 100% {y} ~^\\z *q* |s| :t: < >"):
        assert fact in re.sub(r"\s+", " ", text)


def test_real_models_keep_to_the_page(real: tuple[str, str]) -> None:
    log, text = real
    assert "LaTeX Error" not in log
    assert too_wide(log) == []
    for fact in ("Codex 1", "Qwen3.5-4B", "262,144", "Apache 2.0 (OSI)", "Proprietary"):
        assert fact in text


def test_a_long_table_goes_over_pages(real: tuple[str, str]) -> None:
    """Every row is printed, on more than one page, and each page repeats the header."""
    pages = [page for page in real[1].split("\f") if "House row" in page]
    assert len(pages) > 1
    assert all(re.search(r"Specification\s+One\s+Two", page) for page in pages)
    assert {int(number) for page in pages for number in re.findall(r"House row (\d+)", page)} == set(range(ROWS))

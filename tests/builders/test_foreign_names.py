"""Names of another language than the page carry that language, in whatever place of the page they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4.element import NavigableString

from tests.support import html
from tests.support.project import STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import BeautifulSoup

CATALOG = """\
catalog: {schema: 1, as_of: 2026-05-19}
sources:
  card: {title: 模型卡, lang: zh, kind: vendor, url: "https://example.org/card", checked: 2026-05-01}
organizations: {ali: {name: 阿里云, lang: zh-Hans}, yi: {name: Yi, lang: zh}, us: {name: Yield Labs}}
providers: {gui: {name: 硅基流动, lang: zh}}
licenses: {lic: {name: 模型许可, lang: zh}}
benchmarks: {bench: {name: 测评, lang: zh, scale: percent}}
models:
  one:
    name: 通义
    lang: zh
    organization: ali
    source: card
    license: lic
    context_window: 1000
    lifecycle: {status: deprecated, deprecated: 2026-01-01, successor: two}
    routes: [{provider: gui, prices: [{input: 1, output: 2}]}]
    results: [{benchmark: bench, score: 50}]
  two:
    name: Zweites
    lang: de
    organization: {values: [{value: us, source: card}, {value: yi, source: card}]}
    source: card
    context_window: 2000
    results: [{benchmark: bench, score: 60}]
  three: {name: Yield 3, organization: us, source: card, context_window: 3000, architecture: MiniYi}
"""
PAGE = "One\n===\n\n.. model-compare:: {models}\n"
NAMES = {"通义": "zh", "阿里云": "zh-Hans", "硅基流动": "zh", "模型许可": "zh", "测评": "zh", "模型卡": "zh"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("foreign"))
    made.write("catalog.yaml", CATALOG)
    made.write("index.rst", PAGE.format(models="one three") + "\n.. toctree::\n\n   other\n")
    made.write("other.rst", PAGE.format(models="two three"))
    return made.configure(latex_engine="xelatex", latex_use_xindy=False)


def words(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Every string that comparisons write, and the language that is said of it."""
    for section in page.select("section > .modelcmp"):
        for string in section.find_all(string=True):
            if type(string) is NavigableString and string.strip():
                marked = string.find_parent(lang=True)
                yield str(string), str(marked["lang"]) if marked and marked.name == "span" else ""


def test_every_name_carries_its_language(project: Project) -> None:
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    found = list(words(html.parse(build.out / "index.html")))
    for name, lang in NAMES.items():
        said = [language for text, language in found if name in text]
        assert said, name
        assert set(said) == {lang}, name
    # The successor: in the notice, in the row of the lifecycle, and in the title of the page to compare next.
    assert [language for text, language in found if "Zweites" in text] == ["de"] * 3


def test_a_name_in_letters_is_no_part_of_a_word(project: Project) -> None:
    build = project.build("html", *STRICT)
    found = list(words(html.parse(build.out / "other.html")))
    assert ("Yi", "zh") in found
    assert any("MiniYi" in text for text, _ in found)
    assert not [text for text, _ in found if text.startswith("eld")]


def test_on_a_page_of_its_language_a_name_is_not_foreign(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.write("catalog.yaml", CATALOG)
    made.write("index.rst", PAGE.format(models="one three"))
    build = made.configure(language="zh_CN").build("html", *STRICT)
    assert {lang for _, lang in words(html.parse(build.out / "index.html"))} == {"", "de"}


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml"])
def test_other_writers_write_the_same_words(builder: str, project: Project) -> None:
    build = project.build(builder, *STRICT)
    assert (build.code, build.stderr) == (0, "")
    written = "".join(path.read_text(encoding="utf-8") for path in build.out.rglob("*") if path.suffix in ENDINGS)
    assert all(name in written for name in NAMES)


ENDINGS = {".txt", ".tex", ".1", ".texi", ".xml"}

"""The benchmark is fair: its pages say the same in every variant. How fast they are is none of a test's business."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from sphinx_modelcmp.sections.blocks import Code, Emphasis, Inline, Link, Strong, Text
from tests.bench.contents import content_of, differences
from tests.bench.copies import original_count
from tests.bench.measuring import build, edit, touch
from tests.bench.pages import pairs
from tests.bench.rest import words
from tests.bench.sites import write_sites

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 3
VARIANTS = ("ours", "hand-written", "floor")
"""Those that need nothing beyond what the tests need."""
LEAD = '<div class="body" role="main">'
TAIL = '<div class="sphinxsidebar" role="navigation">'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three pages in three variants, built."""
    folder = tmp_path_factory.mktemp("bench") / "site"
    write_sites(folder, original_count(), PAGES, VARIANTS)
    for name in VARIANTS:
        build(folder / name, fresh=True)
    return folder


def test_every_variant_says_the_same(built: Path) -> None:
    sites = {name: built / name / "out" for name in VARIANTS}
    assert len(list(sites["ours"].glob("page-*.html"))) == PAGES
    assert list(differences(sites)) == []


def test_a_page_that_says_less_is_noticed(built: Path, tmp_path: Path) -> None:
    for page in (built / "ours" / "out").glob("page-*.html"):
        (tmp_path / page.name).write_text(page.read_text(encoding="utf-8").replace("</li>", "", 1), encoding="utf-8")
    lost = tmp_path / "page-0002.html"
    lost.write_text(lost.read_text(encoding="utf-8").replace("Unknown", "", 1), encoding="utf-8")
    (tmp_path / "page-0003.html").unlink()
    found = list(differences({"ours": built / "ours" / "out", "other": tmp_path}))
    assert [line.partition(":")[0] for line in found] == ["page-0002.html", "page-0003.html"]


def test_an_edit_is_read_by_the_pages_that_show_it(built: Path) -> None:
    for which in ("lone", "shared", "lone"):
        sample = edit(built, which)
        assert sample.value("read") == sample.value("expected") > 0
    assert touch(built / "hand-written", "page-0001").value("read") == 1
    assert build(built / "ours").value("read") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>“Yes” – it’s … so</p>", '<p>"Yes" -- it\'s ... so</p>'),
        ("<p>a\n <em>b</em>.</p>", "<div><p>a b.</p></div>"),
        ('<h2>T<a class="headerlink" href="#t">¶</a></h2>', "<h2>T</h2>"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    assert content_of(f"{LEAD}{one}{TAIL}") == content_of(f"{LEAD}{other}{TAIL}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a b</p>", "<p>a c</p>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<ul><li>a</li></ul>", "<p>a</p>"),
        ('<p><a href="#a">a</a></p>', "<p>a</p>"),
    ],
)
def test_what_makes_a_difference(one: str, other: str) -> None:
    assert content_of(f"{LEAD}{one}{TAIL}") != content_of(f"{LEAD}{other}{TAIL}")


@pytest.mark.parametrize(
    "content",
    [
        (Text("128,000"), Strong("best"), Text("of all")),
        (Text("see ("), Link("the list", "https://example.org/a_"), Text("), or not")),
        (Strong("Yes"), Emphasis("no"), Code("*_`")),
        (Text("- 2 * 3 |x| a_ `b` \\ end::"),),
        (Text("1. not a list"),),
        (Text("A. Nobody"),),
        (Text(".. not a comment"),),
    ],
)
def test_words_mean_themselves_by_hand(content: tuple[Inline, ...]) -> None:
    paragraph = publish_doctree(words(content), settings_overrides={"report_level": 1, "halt_level": 2})[0]
    assert isinstance(paragraph, nodes.paragraph)
    assert paragraph.astext() == "".join(inline.text for inline in content)
    marked = [type(child) for child in paragraph if not isinstance(child, nodes.Text)]
    kinds = {Strong: nodes.strong, Emphasis: nodes.emphasis, Code: nodes.literal, Link: nodes.reference}
    assert marked == [kinds[type(inline)] for inline in content if type(inline) in kinds]


@pytest.mark.parametrize(("models", "pages"), [(29, 3), (29, 200), (100, 100), (100, 2000), (1000, 500)])
def test_every_model_is_on_about_as_many_pages(models: int, pages: int) -> None:
    names = [f"m{i}" for i in range(models)]
    found = pairs(names, pages, lone="m3", shared="m0", originals=29)
    assert len({frozenset(pair) for pair in found}) == len(found) == pages
    shown = Counter(name for pair in found for name in pair)
    assert shown.pop("m3") == 1
    usual = 2 * pages / models
    assert usual - 2 <= min(shown.values()) <= max(shown.values()) <= usual + 3

"""The benchmark is fair: its pages say the same in every variant. How fast they are is none of a test's business."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from sphinx_modelcmp.sections.blocks import Code, Emphasis, Inline, Link, Strong, Text
from tests.bench import plan
from tests.bench.__main__ import main
from tests.bench.contents import content_of, differences
from tests.bench.copies import original_count, write_copies
from tests.bench.figures import Sample
from tests.bench.listings import write_listings
from tests.bench.measuring import build, edit, touch
from tests.bench.pages import pairs
from tests.bench.plan import Plan, refusal
from tests.bench.rest import words
from tests.bench.sites import write_sites
from tests.bench.sizes import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.full

PAGES = 3
VARIANTS = ("ours", "hand-written", "floor")
"""Those that need nothing beyond what the tests need."""
SAMPLE = Sample(1.0, 1.0, 1, {"reading": 1.0, "importing": 1.0, "read": 1, "expected": 1})
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


# --- whatever is asked for -----------------------------------------------------------------------------------------


@pytest.fixture
def instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark that makes its sites and catalogs in this process, and builds and reads none of them."""
    programs: dict[str, Callable[..., object]] = {
        "tests.bench.sites": lambda folder, models, pages, *names: write_sites(
            Path(folder), int(models), int(pages), names
        ),
        "tests.bench.copies": lambda folder, models: write_copies(Path(folder), int(models)),
        "tests.bench.listings": lambda folder, models: write_listings(Path(folder), int(models)),
    }

    def run(program: str, *arguments: str) -> tuple[Sample, str]:
        if program == "tests.bench.sizes":
            first, *others = map(int, arguments)
            return SAMPLE, "\n".join(refusals(first, zip(others[::2], others[1::2], strict=True)))
        programs[program](*arguments)
        return SAMPLE, ""

    def measured(*_arguments: Any, **_options: Any) -> Sample:
        return SAMPLE

    for name in ("build", "edit", "touch", "read_catalog"):
        monkeypatch.setattr(plan, name, measured)
    monkeypatch.setattr(plan, "run", run)
    monkeypatch.setattr(plan, "differences", lambda _sites: ())


@pytest.mark.usefixtures("instant")
@pytest.mark.parametrize(
    "asked",
    [
        "--pages 1 --models 5 --listings 5",
        "--pages 8 --models 8 --listings 5 --keep {folder}",
        "--pages 1 2 --models 30 --listings 5 --keep {folder}",
        "--pages 2 1 2 --models 30 9 30 --runs 2 --listings 5 --keep {folder}",
        "--pages 3 --models 12 --variants ours --listings 5",
        "--pages 3 --models 12 --variants floor",
        "--pages 3 --models 12 5 --variants floor hand-written floor",
        "--quick --pages 2 --models 12 --listings 5",
    ],
)
def test_every_size_gives_a_report(asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(without_more_packages(asked.format(folder=tmp_path / "kept")))
    report = capsys.readouterr().out
    assert report.startswith("Made by `python -m tests.bench --pages")
    assert "| Measure" in report
    assert (tmp_path / "kept").exists() is ("--keep" in asked)


def without_more_packages(asked: str) -> list[str]:
    """The arguments, with the variants that need nothing more where none are named."""
    return [*asked.split(), *([] if "--variants" in asked else ["--variants", *VARIANTS])]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("--pages 0", "'0' is not a number of one or more"),
        ("--models -3", "'-3' is not a number of one or more"),
        ("--runs some", "'some' is not a number of one or more"),
        ("--pages", "expected at least one argument"),
        ("--variants theirs", "invalid choice: 'theirs'"),
        ("--pages 1 --models 1", "a catalog of 1 model is too small: it takes 5"),
        ("--pages 1 90 --models 8", "8 models give 22 pages at most, not 90"),
        ("--pages 2 --models 8 --listings 3", "a catalog of 3 models is too small"),
        ("--pages 2 --models 8 --listings 99999", "listings, fewer than 99999"),
        ("--keep {file}", "is there already"),
        ("--results {file}", "cannot be read as results"),
        ("--results {list}", "cannot be read as results"),
        ("--results nowhere.json", "cannot be read as results"),
    ],
)
def test_what_cannot_be_measured_is_told_at_once(
    asked: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not JSON")
    (tmp_path / "list").write_text("[1]")
    with pytest.raises(SystemExit) as ended:
        main(without_more_packages(asked.format(file=tmp_path / "file", list=tmp_path / "list")))
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_variants_that_large_sites_leave_out_are_no_plan(tmp_path: Path) -> None:
    asked = Plan(folder=tmp_path, pages=(600,), models=(100,), variants=("jinja",), runs=1, listings=5)
    assert "jinja: not built on sites of more than 500 pages without --everything" in refusal(asked)

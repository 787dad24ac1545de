"""The measures of reading find on a made page what a reader would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.api import load_catalog
from tests.bench import reading
from tests.bench.reading import Reading, looked_at, measures_of
from tests.support import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.api import Catalog

pytestmark = pytest.mark.full

# A month of 100,000 requests of 1,000 and 300 tokens: $22 and $88.
CATALOG = """\
catalog: {schema: 1, as_of: 2026-11-22}
sources:
  list: {title: Example price list, kind: vendor, checked: 2026-11-20}
providers:
  labs: {name: Labs API}
source: list
models:
  small-5.4:
    name: Small 5.4
    released: 2026-09
    context_window: 128000
    max_output: 128000
    capabilities: {vision: false, function_calling: true}
    routes:
      - provider: labs
        prices: [{input: 0.10, output: 0.40}, {input: 0.05, output: 0.20, when: {service: batch}}]
  large-5:
    name: Large 5
    released: 2026-10-14
    context_window: 400000
    max_output: 128000
    parameters: undisclosed
    capabilities: {vision: true, function_calling: true}
    routes: [{provider: labs, prices: [{input: 0.40, output: 1.60}]}]
"""
PAGE = """\
<article><h1>Small 5.4 or Large 5?</h1>
<div class="modelcmp modelcmp-summary"><p>{first} It is documented.</p></div>
{rest}
</article>
"""
SECTION = '<section class="modelcmp modelcmp-{0}"><h2>Words</h2>{1}</section>'
TABLE = (
    "<table><caption>1,234 words</caption><thead><tr><th>Row</th><th>Small 5.4</th><th>Large 5</th></tr></thead>"
    "<tbody>{0}</tbody></table>"
)
ROW = "<tr><th>{0}</th><td><p>{1}</p></td><td><p>{2}</p></td></tr>"
OPENING = "Small 5.4 costs 75 % less a month than Large 5."


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Two models, of which one costs four times as much."""
    path = tmp_path_factory.mktemp("reading") / "catalog.yaml"
    path.write_text(CATALOG, encoding="utf-8")
    loaded = load_catalog([path])
    assert loaded.problems == ()
    return loaded.catalog


def read(catalog: Catalog, *sections: tuple[str, str], first: str = OPENING) -> Reading:
    """A page of the two models with these sections."""
    rest = "".join(SECTION.format(name, body) for name, body in sections)
    return Reading.of(catalog, ("small-5.4", "large-5"), PAGE.format(first=first, rest=rest))


def said(page: Reading) -> list[set[tuple[str, ...]]]:
    """The sets of facts behind the opening, each fact without its parts that are empty."""
    return [{tuple(filter(None, fact)) for fact in found} for _, found in page.said()][1:]


def test_facts_said_twice_are_counted_twice(catalog: Catalog) -> None:
    row = ROW.format("Context window", "128k", '400,000 <a class="modelcmp-source">[4]</a>')
    sentence = "Large 5 takes 400,000 tokens, Small 5.4 only 128,000 of context. Nothing more is known."
    page = read(
        catalog,
        ("specs", TABLE.format(row + ROW.format("Released", "Sep 2026", "Oct 14, 2026"))),
        ("tradeoffs", f"<ul><li><p>{sentence}</p></li></ul>"),
        ("faq", f"<dl><dt>How much?</dt><dd><p>{sentence}</p></dd></dl>"),
        ("deep-dive", f"<p>{sentence}</p>"),
    )
    windows = {("small-5.4", "context_window"), ("large-5", "context_window")}
    assert said(page) == [windows, {("small-5.4", "released"), ("large-5", "released")}, windows]
    sets, single, spoken, *_ = measures_of([page])
    assert (sets.value, sets.of) == (4 / 3, 3)
    assert (single.value, single.of) == (8 / 6, 6)
    assert spoken.value == 3 / 2


@pytest.mark.parametrize(
    ("section", "body", "facts"),
    [
        # Whose 128,000 and $0.40 it is, and of which field, is told by what is beside it.
        ("specs", TABLE.format(ROW.format("Maximum output", "128,000", "Unknown")), {"small-5.4 max_output"}),
        ("specs", "<p>Answers of Small 5.4 end at 128,000 tokens.</p>", {"small-5.4 max_output"}),
        ("specs", "<p>Both give 128,000 tokens of output.</p>", {"small-5.4 max_output", "large-5 max_output"}),
        ("pricing", "<p>Large 5 asks $0.40 for input at Labs API.</p>", {"large-5 input labs"}),
        ("pricing", "<p>Small 5.4 asks $0.40 for output.</p>", {"small-5.4 output labs"}),
        ("pricing", "<p>In batch Small 5.4 asks $0.05.</p>", {"small-5.4 input labs/batch"}),
        ("cost", "<p>A month with Large 5 costs $88.00.</p>", {"large-5 month"}),
        ("cost", "<p>Large 5 costs 4 times as much a month.</p>", {"small-5.4 month", "large-5 month"}),
        ("cost", "<p>Large 5 takes 4 times as much.</p>", set()),
        ("cost", "<p>Small 5.4 saves $66.00 against Large 5.</p>", {"small-5.4 month", "large-5 month"}),
        ("capabilities", TABLE.format(ROW.format("Vision", "No", "Yes")), {"small-5.4 vision", "large-5 vision"}),
        ("capabilities", "<p>Only Large 5 is documented with vision.</p>", {"large-5 vision"}),
        ("capabilities", "<p>Vision is a word.</p>", set()),
        ("summary", "<p>Small 5.4 is number 1 of 3 for 1,000 requests.</p>", set()),
    ],
)
def test_a_figure_is_the_fact_that_has_its_value(catalog: Catalog, section: str, body: str, facts: set[str]) -> None:
    assert {" ".join(fact) for found in said(read(catalog, (section, body))) for fact in found} == facts


@pytest.mark.parametrize(
    ("first", "is_enough"),
    [
        (OPENING, True),
        ("Large 5 costs 4 times as much as Small 5.4.", True),
        ("Small 5.4 costs a quarter of Large 5.", True),
        ("For a month, Small 5.4 is the cheaper one: 4.0× less than Large 5.", True),
        ("Small 5.4 costs $22.00 a month, Large 5 $88.00.", False),
        ("Large 5 costs 75 % less a month than Small 5.4.", False),
        ("Small 5.4 costs 4 times as much as Large 5.", False),
        ("Small 5.4 costs half of Large 5.", False),
        ("Small 5.4 costs 70 % less than Large 5.", False),
        ("Small 5.4 costs 75 % less.", False),
        ("This page compares them. Small 5.4 costs 75 % less than Large 5.", False),
    ],
)
def test_the_first_sentence_answers(catalog: Catalog, first: str, is_enough: bool) -> None:
    page = read(catalog, first=first)
    assert page.has_clear_months()
    assert page.opens_with_months() is is_enough


@pytest.mark.parametrize(
    ("section", "body", "is_lacking"),
    [
        ("tradeoffs", "<ul><li>Small 5.4 is newer than Large 5.</li><li>Large 5 sees more.</li></ul>", False),
        ("tradeoffs", "<ul><li>Small 5.4 is newer than Large 5.</li></ul>", True),
        ("tradeoffs", "<ul><li>Small 5.4 sees.</li><li>Large 5 and Small 5.4 tie at 4.</li></ul>", True),
        ("tradeoffs", "<ul><li>Small 5.4 sees.</li></ul><p>Nothing counted here speaks for Large 5.</p>", False),
        ("deep-dive", "<p>Choose Small 5.4 for its price; Large 5 for images.</p>", False),
        ("deep-dive", "<p>Choose Small 5.4 over Large 5.</p>", True),
        ("summary", '<p class="rubric">For Small 5.4</p><ul><li>It sees.</li></ul><h3>Large 5</h3><p>Size.</p>', False),
        ("summary", '<div><p class="rubric">For Small 5.4</p><ul><li>It sees.</li></ul></div><p>Size.</p>', True),
        ("specs", "<h3>Small 5.4</h3><p>Size.</p><h3>Large 5</h3><p>Size.</p>", True),
    ],
)
def test_a_model_without_a_reason_is_noticed(catalog: Catalog, section: str, body: str, is_lacking: bool) -> None:
    assert read(catalog, (section, body)).lacks_reason() is is_lacking


def test_rows_without_any_value_are_counted(catalog: Catalog) -> None:
    pairs = [("Unknown", "Unknown"), ("Unknown", ""), ("n/a", "Unknown"), ("Undisclosed", "Undisclosed")]
    rows = "".join(ROW.format("Row", *pair) for pair in pairs)
    *_, empty = measures_of([read(catalog, ("specs", TABLE.format(rows)))])
    assert (empty.value, empty.of) == (50, 4)


def test_screens_and_tab_stops_are_those_of_the_browser(tmp_path: Path) -> None:
    with chromium.browser():
        """It is there, or this test is skipped."""
    page = tmp_path / "page.html"
    body = '<a href="#">Frame</a><article style="height: 2000px"><a href="#">1</a><button>2</button>{}</article>'
    unreached = '<a>No link</a><a href="#" tabindex="-1">No stop</a><p hidden><a href="#">Unseen</a></p>'
    page.write_text(f'<!DOCTYPE html><body style="margin: 0">{body.format(unreached)}', encoding="utf-8")
    screens, stops = looked_at({"page": page})
    assert 2000 / 812 <= screens["page"] <= 2100 / 812
    assert stops == 2


def test_the_command_gives_every_number(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reading, "PAIRS", 2)
    monkeypatch.setattr(reading, "looked_at", lambda paths: (dict.fromkeys(paths, 1.0), None))
    reading.main(["--json"])
    found = json.loads(capsys.readouterr().out)
    assert [measure["name"] for measure in found if measure["value"] is None] == [
        "tab stops in the article of twelve models"
    ]
    assert all(measure["value"] > 0 for measure in found if measure["unit"] in {"screens", "kB"})
    assert sum(measure["most"] is not None for measure in found) == 10

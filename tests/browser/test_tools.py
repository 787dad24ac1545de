"""The tools above tables: each does what it says, tells of it, and can be taken back."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.project import DATA, STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.full

SIX = "gpt-5.4 claude-opus-4-6 gemini-3.1-pro-preview deepseek-v4-pro kimi-k2.6 glm-5.1"
NAMES = ["GPT-5.4", "Claude Opus 4.6", "Gemini 3.1 Pro Preview", "DeepSeek V4 Pro", "Kimi K2.6", "GLM-5.1"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("tools"))
    project.write("index.rst", f"Six\n===\n\n.. model-compare:: {SIX}\n")
    project.configure(modelcmp_catalog=str(DATA), modelcmp_catalog_roots=[str(DATA)], html_theme="furo")
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    return build.out


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto((site / "index.html").as_uri())
    yield opened
    opened.close()
    assert errors == []


def part(page: Page, section: str, number: int = 0) -> tuple[Locator, Locator]:
    """The tools and the table of a section."""
    holder = page.locator(f".modelcmp-{section}")
    return holder.locator(".modelcmp-tools").nth(number), holder.locator("table").nth(number)


def texts(cells: Locator) -> list[str]:
    """What cells say, without the marks behind them."""
    return [re.sub(r"(?: \[\w+\])+$", "", " ".join(text.split())) for text in cells.all_inner_texts()]


def written(table: Locator) -> str:
    """The markup of a table, but for the space between its cells, which stays behind when they move."""
    return re.sub(r">\s+<", "><", str(table.evaluate("table => table.outerHTML")))


def status(tools: Locator) -> str:
    return tools.locator("[role=status]").inner_text()


def test_every_table_has_tools_of_its_name(page: Page) -> None:
    tools = page.locator(".modelcmp-tools")
    assert tools.count() == page.locator(".modelcmp-scroll").count() > 4
    labels = [tools.nth(i).get_attribute("aria-label") for i in range(tools.count())]
    assert len(set(labels)) == len(labels)
    assert str(labels[0]).startswith("Tools for this table: Scorecard of 6 models; prices per million tokens")


def test_only_rows_that_differ(page: Page) -> None:
    tools, table = part(page, "capabilities")
    before = written(table)
    rows = table.locator("tbody tr:visible").count()
    tools.get_by_label("Only rows that differ").check()
    left = table.locator("tbody tr:visible")
    assert 0 < left.count() < rows
    assert all("modelcmp-differs" in str(row.get_attribute("class")) for row in left.all())
    assert status(tools) == f"{left.count()} of {rows} rows shown."
    tools.get_by_label("Only rows that differ").uncheck()
    assert status(tools) == f"{rows} of {rows} rows shown."
    assert written(table) == before


def test_a_column_is_hidden_and_shown_again(page: Page) -> None:
    tools, table = part(page, "specs")
    before = written(table)
    tools.locator("summary").press("Enter")
    tools.get_by_label("Kimi K2.6").press("Space")
    assert texts(table.locator("thead th:visible")) == ["Specification", *NAMES[:4], NAMES[5]]
    assert table.locator("tbody tr").first.locator("td:visible").count() == 5
    assert status(tools) == "Kimi K2.6 is hidden."
    tools.get_by_label("Kimi K2.6").press("Space")
    assert status(tools) == "Kimi K2.6 is shown again."
    assert written(table) == before


def test_models_are_ordered_by_a_row(page: Page) -> None:
    """The best first, also where no star stands; the unknown last whichever way; rows move with their heads."""
    tools, table = part(page, "specs")
    before = written(table)
    choice = tools.get_by_label("Order models by")
    choice.select_option("Context window")
    heads = texts(table.locator("thead th"))
    assert (heads[1], heads[-1]) == ("GPT-5.4", "GLM-5.1")
    row = table.locator("tbody tr", has_text="Organization")
    assert "OpenAI" in texts(row.locator("td"))[0]
    assert "Z.ai" in texts(row.locator("td"))[-1]
    assert status(tools) == "Ordered by Context window."
    choice.select_option("Knowledge cutoff")
    assert texts(table.locator("thead th"))[-1] == "GLM-5.1", "its cutoff is unknown"
    tools.get_by_label("Reverse").check()
    assert texts(table.locator("thead th"))[-1] == "GLM-5.1"
    assert status(tools) == "Ordered by Knowledge cutoff, reversed."
    choice.select_option("As written")
    assert status(tools) == "In the order as written."
    assert written(table) == before


def test_the_best_comes_first_also_where_no_star_stands(page: Page) -> None:
    tools, table = part(page, "capabilities")
    assert not table.locator("tbody tr", has_text="Vision").locator(".modelcmp-best").count()
    tools.get_by_label("Order models by").select_option("Vision")
    said = texts(table.locator("tbody tr", has_text="Vision").locator("td"))
    assert said == sorted(said, key=["Yes", "Partial", "No", "Unknown"].index)
    assert said[0] != said[-1]


def test_columns_stay_hidden_when_the_order_changes(page: Page) -> None:
    tools, table = part(page, "specs")
    tools.locator("summary").click()
    tools.get_by_label("GPT-5.4").uncheck()
    tools.get_by_label("Order models by").select_option("Released")
    assert sorted(texts(table.locator("thead th:visible"))[1:]) == sorted(NAMES[1:])
    tools.get_by_label("GPT-5.4").check()
    assert table.locator("td:not(:visible), th:not(:visible)").count() == 0


def test_rows_are_sorted_by_a_column(page: Page) -> None:
    tools, table = part(page, "cost")
    before = texts(table.locator("tbody tr"))
    head = table.locator("thead th").nth(1)
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert texts(table.locator("tbody th"))[0] == "DeepSeek V4 Pro"
    assert status(tools) == "Ordered by A month."
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert texts(table.locator("tbody th"))[-1] == "DeepSeek V4 Pro"
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert texts(table.locator("tbody tr")) == before


def test_a_table_is_copied(page: Page) -> None:
    """What is seen of it, without the marks of sources."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools, table = part(page, "cost")
    tools.get_by_role("button", name="Copy as CSV").click()
    page.wait_for_function("document.querySelector('.modelcmp-cost .modelcmp-status').textContent")
    assert status(tools) == "Copied to the clipboard."
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    caption, *rows = rows
    assert caption == ["Monthly cost of 6 models"]
    assert rows[0] == ["Model", "A month", "Route", "More than the cheapest"]
    assert rows[4] == ["DeepSeek V4 Pro", rows[4][1], "DeepSeek API", "$0.00"]
    assert re.fullmatch(r"\$[\d,]+\.\d\d", rows[4][1])
    assert len(rows) == 7
    table.locator("thead button").first.click()
    tools.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('| ---'))")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:5] == [
        "Monthly cost of 6 models",
        "",
        "| Model | A month | Route | More than the cheapest |",
        "| --- | --- | --- | --- |",
        f"| {' | '.join(rows[2])} |",
    ]


CELLS = {
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "@SUM(1+1)": "'@SUM(1+1)",
    "+1+2": "'+1+2",
    "-2+3": "'-2+3",
    "\uff1d1+1": "'\uff1d1+1",
    "\t=1": "'=1",
    '=HYPERLINK("https://example.org")': '\'=HYPERLINK("https://example.org")',
    "-2": "-2",
    "+3.5%": "+3.5%",
    "-$1,234.50": "-$1,234.50",
    "-5,00\u00a0€": "-5,00 €",
    "GPT-4 = 4": "GPT-4 = 4",
    "a@b": "a@b",
}
"""What cells say, and what a spreadsheet gets."""


def test_no_copied_cell_is_a_formula_and_numbers_stay_numbers(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools, table = part(page, "specs")
    cells = table.locator("tbody td")
    cells.evaluate_all(f"cells => {json.dumps(list(CELLS))}.forEach((text, i) => {{ cells[i].textContent = text; }})")
    tools.get_by_role("button", name="Copy as CSV").click()
    page.wait_for_function("document.querySelector('.modelcmp-specs .modelcmp-status').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    found = [text for row in list(csv.reader(io.StringIO(copied)))[2:] for text in row[1:]]
    assert found[: len(CELLS)] == list(CELLS.values())


def test_copying_without_a_clipboard(page: Page) -> None:
    """A page that came over plain HTTP has none."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tools, _ = part(page, "cost")
    button = tools.get_by_role("button", name="Copy as CSV")
    button.press("Enter")
    page.wait_for_function("document.querySelector('.modelcmp-cost .modelcmp-status').textContent")
    assert status(tools) == "Copied to the clipboard."
    assert button.evaluate("button => button === document.activeElement")


def test_a_region_that_scrolls_is_a_stop_and_no_other(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 900})
    wide, narrow = (page.locator(f".modelcmp-{name} .modelcmp-scroll").first for name in ("specs", "cost"))
    page.wait_for_function("!document.querySelector('.modelcmp-cost .modelcmp-scroll').hasAttribute('tabindex')")
    assert wide.get_attribute("tabindex") == "0"
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.modelcmp-specs .modelcmp-scroll').scrollLeft > 0")
    assert narrow.get_attribute("role") == "region"


def test_of_the_links_to_one_source_the_first_is_a_stop_and_all_are_named(page: Page) -> None:
    found = page.evaluate("[...document.querySelectorAll('a.modelcmp-source')].map(a => [a.hash, a.tabIndex, a.title])")
    hashes = [name for name, *_ in found]
    assert len(hashes) > 2 * len(set(hashes)) > 2
    assert [index for _, index, _ in found] == [-1 if name in hashes[:i] else 0 for i, name in enumerate(hashes)]
    names = {name: title for name, _, title in found}
    assert all(title and title == names[name] for name, _, title in found)
    listed = "[...document.querySelectorAll('li:has(> p > .modelcmp-source)')].map(item => item.textContent.trim())"
    assert {*names.values()} <= {*page.evaluate(listed)}


def test_a_wide_table_has_its_full_height_and_the_first_column_stays_in_sight(page: Page) -> None:
    region = page.locator(".modelcmp-specs .modelcmp-scroll")
    first = region.locator("tbody th").first
    page.set_viewport_size({"width": 600, "height": 400})
    left = first.evaluate("cell => cell.getBoundingClientRect().left")
    region.evaluate("region => region.scrollTo(150, 200)")
    assert region.evaluate("region => [region.scrollLeft > 0, region.scrollTop]") == [True, 0]
    assert region.evaluate("region => region.scrollHeight - region.clientHeight") <= 0
    assert first.evaluate("cell => cell.getBoundingClientRect().left") == left


SORTED = {
    "name": ["Qwen3.5-4B", "qwen3.5-9B", "Qwen3.5-27B", "Qwen3.5-122B"],
    "price": ["Qwen3.5-122B", "Qwen3.5-27B", "qwen3.5-9B", "Qwen3.5-4B"],
}
"""The models as a sorted column has them; the last one has no price, which stays so in reverse."""
FEW = """
providers: {p: {name: P}}
benchmarks: {a: {name: A, scale: points}, b: {name: B, scale: points}, c: {name: C, scale: points}}
models:
  b27: {name: Qwen3.5-27B,
        results: [{benchmark: a, score: 81.2}, {benchmark: b, score: 1003.15}, {benchmark: c, score: 81.15}],
        routes: [{provider: p, prices: [{input: 5, output: 5}]}]}
  b4: {name: Qwen3.5-4B, routes: [{provider: p, prices: [{plan: true}]}]}
  b9: {name: qwen3.5-9B, routes: [{provider: p, prices: [{input: 20, output: 20}]}]}
  b122: {name: Qwen3.5-122B, routes: [{provider: p, prices: [{free: true}]}]}
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("few"))
    project.write("few.yaml", FEW)
    chosen = "   :sections: pricing benchmarks\n   :transpose:\n"
    project.write("index.rst", f"Few\n===\n\n.. model-compare:: b27 b4 b9 b122\n{chosen}")
    project.configure(modelcmp_catalog="few.yaml")
    build = project.build("html")
    assert build.code == 0, build.stderr
    return build.out


@pytest.mark.parametrize(("column", "by", "without"), [("Model", "name", 0), ("Cheapest input", "price", 1)])
def test_columns_are_sorted_by_value(browser: Browser, few: Path, column: str, by: str, without: int) -> None:
    """Numbers in names count, free is 0, and what has no price comes last in both directions."""
    page = browser.new_page()
    page.goto((few / "index.html").as_uri())
    _, table = part(page, "pricing")
    head = table.locator("thead th", has_text=column).first
    models = []
    for _ in range(2):
        head.locator("button").click()
        models.append(texts(table.locator("tbody th")))
    wanted = SORTED[by]
    assert models[0] == wanted
    assert models[1] == [*wanted[: len(wanted) - without][::-1], *wanted[len(wanted) - without :]]
    page.close()


def test_benchmarks_are_sorted_by_the_scores_of_a_model(browser: Browser, few: Path) -> None:
    """By value and not by letters: 1,003 is more than 81.2, and that more than 81.15."""
    page = browser.new_page()
    page.goto((few / "index.html").as_uri())
    _, table = part(page, "benchmarks")
    table.locator("thead th", has_text="Qwen3.5-27B").locator("button").click()
    assert [name[0] for name in texts(table.locator("tbody th"))] == ["C", "A", "B"]
    page.close()

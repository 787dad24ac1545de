"""How the calculator is used: typing, routes, addresses that are passed on, and what it says of what it cannot read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.compare.making import RICH
from tests.support import html
from tests.support.project import STRICT, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.full

PAIR, THREE = "pair-cost", "alpha-3-64989c-cost"
PAGE = """
Costs
=====

.. model-compare:: alpha beta
   :name: pair

Another one
-----------

.. model-compare:: alpha beta gamma
   :traffic: requests=1000 input=500.5 output=200 cache-hit=10%
   :sections: cost
"""
# A page of this origin is read from the disk, under the strictest policy that a site could set.
ORIGIN = "http://docs.example"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of the pages in a language, built once."""
    built: dict[str, Path] = {}

    def build_in(language: str) -> Path:
        if language not in built:
            project = Project(tmp_path_factory.mktemp(language))
            (project.src / "catalog.yaml").write_bytes(RICH.read_bytes())
            project.write("index.rst", PAGE)
            # The theme's own sidebar holds a script that the policy forbids.
            found = project.configure(language=language, html_sidebars={"**": []}).build("html", *STRICT)
            assert (found.code, found.stderr) == (0, "")
            built[language] = found.out
        return built[language]

    return build_in


@pytest.fixture
def opened(browser: Browser, build: Callable[[str], Path]) -> Iterator[Callable[..., Page]]:
    """Opens the page, at what its address may say; nothing may go wrong on it."""
    context = browser.new_context()
    wrong: list[str] = []

    def fulfil(route: Route) -> None:
        language, _, name = urlsplit(route.request.url).path.lstrip("/").partition("/")
        # In other languages Sphinx's own doctools.js evaluates the rule for plurals, which the policy forbids.
        headers = {"Content-Security-Policy": POLICY} if language == "en" else {}
        route.fulfill(path=build(language) / name, headers=headers)

    def open_page(query: str = "", language: str = "en") -> Page:
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{ORIGIN}/{language}/index.html{query}")
        return page

    context.route(f"{ORIGIN}/**", fulfil)
    yield open_page
    context.close()
    assert wrong == []


def field(page: Page, name: str, section: str = PAIR) -> Locator:
    return page.locator(f"#modelcmp-{section}-{name}")


def rows(page: Page, section: str = PAIR) -> list[list[str]]:
    """The cells of the cost table that can change, without the numbers of sources."""
    found = page.locator(f"#{section} table").first.locator("tbody tr")
    return [
        [re.sub(r" (\[\d+\]|\(best\))", "", text) for text in row.locator("td").all_text_contents()]
        for row in found.all()
    ]


def table_html(page: Page, section: str = PAIR) -> str:
    return str(page.locator(f"#{section} table").first.evaluate("table => table.outerHTML"))


def status(page: Page, section: str = PAIR) -> Locator:
    return page.locator(f"#{section} .modelcmp-calc-status")


def own(page: Page, section: str = PAIR) -> Locator:
    return page.locator(f"#{section} .modelcmp-calc-own")


def test_what_is_typed_is_counted_and_announced(opened: Callable[..., Page]) -> None:
    page = opened()
    assert rows(page) == [["$0.925", "South", "$0.00"], ["$1.778625", "North", "$0.853625"]]
    expect(own(page)).to_be_hidden()
    field(page, "requests").fill("1,000,000")
    assert rows(page) == [["$925.00", "South", "$0.00"], ["$1,778.625", "North", "$853.625"]]
    expect(status(page)).to_have_text(re.compile(r"^The lowest total is \$[\d,.]+: Alpha One\.$"))
    expect(own(page)).to_be_visible()


def test_no_more_than_all_of_the_input_is_read_and_written(opened: Callable[..., Page]) -> None:
    page = opened("?pair-cost.cache=80&pair-cost.write=10")
    assert field(page, "write").input_value() == "10"
    before = rows(page)
    field(page, "write").fill("21")
    error = page.locator(f"#modelcmp-{PAIR}-write-error")
    expect(error).to_contain_text("More than all of the input is read from the cache or written to it.")
    assert rows(page) == before
    # What was too much fits once the other share is smaller.
    field(page, "cache").fill("79")
    expect(error).to_be_hidden()
    assert rows(page) != before
    expect(page).to_have_url(re.compile("pair-cost.cache=79&pair-cost.write=21"))
    page = opened("?pair-cost.cache=80&pair-cost.write=30")
    expect(status(page)).to_contain_text("were left out: write")
    assert [field(page, name).input_value() for name in ("cache", "write")] == ["80", "0"]


def test_sentences_on_another_workload_give_way(browser: Browser, tmp_path: Path) -> None:
    project = Project(tmp_path)
    prices = {"a": {"input": 1, "output": 10}, "b": {"input": 2, "output": 2}}
    models = {key: {"name": key, "routes": [{"provider": "p", "prices": [price]}]} for key, price in prices.items()}
    project.write("catalog.yaml", json.dumps({"providers": {"p": {"name": "P"}}, "models": models}))
    project.write("index.rst", "T\n=\n\n.. model-compare:: a b\n   :sections: cost\n   :name: pair\n")
    page = browser.new_page()
    page.goto((project.build("html").out / "index.html").as_uri())
    said = page.get_by_text("With 125 output tokens a request")
    expect(said).to_be_visible()
    field(page, "input").fill("10000")
    expect(said).to_be_hidden()
    page.get_by_role("button", name="Back to the workload of this page").click()
    expect(said).to_be_visible()
    page.close()


def test_a_reset_puts_back_what_was_written(opened: Callable[..., Page]) -> None:
    page = opened()
    written, section = table_html(page), page.locator(f"#{PAIR}")
    notes = section.locator("ul.simple").first
    field(page, "input").fill("200000")
    field(page, "output").fill("1")
    assert "modelcmp-not-applicable" in table_html(page)
    expect(notes).to_be_hidden()
    section.get_by_role("button", name="Back to the workload of this page").click()
    assert table_html(page) == written
    assert field(page, "input").input_value() == "2,000"
    expect(notes).to_be_visible()
    expect(own(page)).to_be_hidden()
    expect(status(page)).to_have_text("The table shows the workload of this page again.")
    assert "?" not in page.url


def test_the_column_of_differences_comes_and_goes(opened: Callable[..., Page]) -> None:
    """It is there only where totals can be set against each other, as on a page that is written so."""
    page = opened()
    table = page.locator(f"#{PAIR} table").first
    field(page, "input").fill("1500")
    assert table.locator("thead th").all_text_contents() == ["Model", "A month", "Route", "More than the cheapest"]
    page.locator(f"#{PAIR} .modelcmp-calc-routes > summary").click()
    field(page, "route-1").select_option("West")
    assert table.locator("thead th").all_text_contents() == ["Model", "A month", "Route"]
    assert rows(page)[1] == ["No total: free of charge, within the provider’s limits", "None"]
    expect(page.locator(f"#{PAIR} .modelcmp-calc-notes")).to_contain_text("A difference can be given only between")


def test_a_route_can_be_chosen(opened: Callable[..., Page]) -> None:
    page = opened()
    assert rows(page)[0][1] == "South"
    page.locator(f"#{PAIR} .modelcmp-calc-routes > summary").click()
    assert field(page, "route-0").locator("option").all_text_contents() == ["The cheapest one", "North (eu)", "South"]
    field(page, "route-0").select_option("North (eu)")
    assert rows(page)[0][1] == "North (eu)"
    expect(own(page)).to_be_visible()
    field(page, "route-0").select_option("The cheapest one")
    assert rows(page)[0][1] == "South"
    expect(own(page)).to_be_hidden()


def test_an_address_gives_another_reader_the_same(opened: Callable[..., Page]) -> None:
    page = opened("?q=cost#" + PAIR)
    field(page, "requests").fill("300,000")
    field(page, "cache").fill("12.5")
    page.locator(f"#{PAIR} .modelcmp-calc-routes > summary").click()
    field(page, "route-1").select_option("West")
    page.wait_for_url("**route.beta=west*")
    # Only what differs, in plain numbers, beside what others say in the address.
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["cost"],
        f"{PAIR}.requests": ["300000"],
        f"{PAIR}.cache": ["12.5"],
        f"{PAIR}.route.beta": ["west"],
    }
    assert urlsplit(page.url).fragment == PAIR
    other = opened(page.url.removeprefix(f"{ORIGIN}/en/index.html"))
    assert table_html(other) == table_html(page)
    assert field(other, "requests").input_value() == "300,000"
    expect(own(other)).to_be_visible()
    german = opened(page.url.removeprefix(f"{ORIGIN}/en/index.html"), "de")
    assert field(german, "requests").input_value() == "300.000"
    assert field(german, "cache").input_value() == "12,5"


def test_an_address_works_from_a_disk(browser: Browser, build: Callable[[str], Path]) -> None:
    page = browser.new_page()
    page.goto((build("en") / "index.html").as_uri())
    field(page, "requests").fill("7")
    page.wait_for_url(f"**?{PAIR}.requests=7")
    page.reload()
    assert field(page, "requests").input_value() == "7"
    page.close()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{PAIR}.requests=0", "requests"),
        (f"{PAIR}.requests=1e5&{PAIR}.input=-3", "requests and input"),
        (f"{PAIR}.cache=101&{PAIR}.route.beta=nowhere", "cache and route.beta"),
        (f"{PAIR}.output=1{'0' * 2000}", "output"),
        (f"{PAIR}.<b>=1&{PAIR}.route.__proto__=x&{PAIR}.constructor=1", "<b>, route.__proto__, and constructor"),
    ],
)
def test_what_cannot_be_used_of_an_address_is_named(opened: Callable[..., Page], query: str, said: str) -> None:
    page = opened(f"?{query}")
    expect(status(page)).to_have_text(
        f"The address of this page holds numbers that cannot be used here, and that were left out: {said}."
    )
    expect(own(page)).to_be_hidden()
    assert rows(page) == rows(opened())


def test_two_comparisons_of_a_page_do_not_mix(opened: Callable[..., Page]) -> None:
    page = opened()
    written = table_html(page)
    assert field(page, "input", THREE).input_value() == "500.5"
    field(page, "output", THREE).fill("1000")
    page.wait_for_url("**output=1000")
    expect(own(page, THREE)).to_be_visible()
    expect(own(page)).to_be_hidden()
    assert table_html(page) == written
    field(page, "output").fill("3")
    page.wait_for_url(f"**{PAIR}.output=3*")
    assert parse_qs(urlsplit(page.url).query) == {f"{PAIR}.output": ["3"], f"{THREE}.output": ["1000"]}
    page.locator(f"#{THREE} .modelcmp-calc-reset").click()
    page.wait_for_url(f"**?{PAIR}.output=3")
    expect(own(page)).to_be_visible()


KEPT = " The table still shows the last number that could be used."
UNREADABLE = {
    "en": [
        ("requests", "", "A number is missing."),
        ("requests", "  ", "A number is missing."),
        ("requests", "-5", "The number cannot be below zero."),
        ("requests", "\u22125", "The number cannot be below zero."),
        ("requests", "0", "This has to be a whole number above zero."),
        ("requests", "1.5", "This has to be a whole number above zero."),
        ("input", "1.500", "This can be read as 1.5 or as 1,500."),
        ("input", "1.234,5", "This cannot be read as a number. Write it as 1,234.5,"),
        ("input", "1 234,567", "This cannot be read as a number."),
        ("input", "300k", "This cannot be read as a number."),
        ("input", "1e6", "This cannot be read as a number."),
        ("input", "<b>5</b>", "This cannot be read as a number."),
        ("output", "12,34,5", "This cannot be read as a number."),
        ("output", "1" * 31, "The number has too many digits: 30 are the most."),
        ("output", "9" * 5000, "The number has too many digits"),
        ("output", "1" + "0" * 31, "The number has too many digits"),
        ("output", "0." + "0" * 30 + "1", "The number has too many digits"),
        ("cache", "100.01", "This has to be a percentage from 0 to 100."),
        ("batch", "%", "A number is missing."),
    ],
    "de": [
        ("input", "1,500", "1.500"),
        ("input", "1,234.5", "1.234,5"),
        ("cache", "1.234,5 %", "100"),
        ("requests", "300.00", "1.234,5"),
    ],
    "fr": [("input", "300.000", "1\u202f234,5"), ("input", "1,234", "1\u202f234")],
}


@pytest.mark.parametrize("language", UNREADABLE)
def test_what_cannot_be_read_is_told_beside_its_field(opened: Callable[..., Page], language: str) -> None:
    page = opened(language=language)
    for name, typed, said in UNREADABLE[language]:
        control = field(page, name)
        control.fill("50")
        shown = table_html(page)
        control.fill(typed)
        message = page.locator(f"#{control.get_attribute('aria-describedby')}")
        expect(message).to_be_visible()
        expect(message).to_contain_text(said)
        # How other languages say it is no business of this test.
        expect(message).to_contain_text(KEPT if language == "en" else "")
        assert control.get_attribute("aria-invalid") == "true"
        assert table_html(page) == shown
        control.fill("50")
        expect(message).to_be_hidden()
        assert control.get_attribute("aria-invalid") is None
        assert control.get_attribute("aria-describedby") is None


READABLE = {
    "en": [
        ("requests", "300,000", "300000"),
        ("requests", "300 000", "300000"),
        ("requests", "3,00,000", "300000"),
        ("requests", "1" + ",000" * 10, "1" + "0" * 30),
        ("input", "1,234.5", "1234.5"),
        ("input", "1.2340", "1.23400"),
        ("input", " 7 ", "7"),
        ("cache", "12.5%", "12.5"),
    ],
    "de": [("requests", "300.000", "300000"), ("input", "1.234,5", "1234,5"), ("cache", "12,5 %", "12,5")],
    "fr": [
        ("requests", "300\u202f000", "300000"),
        ("requests", "300\u00a0000", "300000"),
        ("input", "1 234,5", "1234,5"),
    ],
    "ja": [("requests", "\uff13\uff10\uff10\uff0c\uff10\uff10\uff10", "300000")],
    "ar": [
        ("requests", "\u0663\u0660\u0660\u066c\u0660\u0660\u0660", "300000"),
        ("cache", "\u0661\u0662\u066b\u0665\u066a", "12.5"),
    ],
}


@pytest.mark.parametrize("language", READABLE)
def test_numbers_are_read_as_the_language_of_the_page_writes_them(opened: Callable[..., Page], language: str) -> None:
    page = opened(language=language)
    for name, typed, plain in READABLE[language]:
        control = field(page, name)
        control.fill("1")
        before = table_html(page)
        control.fill(typed)
        shown = table_html(page)
        control.fill(plain)
        assert control.get_attribute("aria-invalid") is None
        assert shown == table_html(page) != before


def test_a_keyboard_is_enough(opened: Callable[..., Page]) -> None:
    page = opened()
    field(page, "requests").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("5000")
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert rows(page)[0][1] == "North (eu)"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(own(page)).to_be_hidden()
    assert urlsplit(page.url).path.endswith("index.html")


def test_every_control_has_a_name_and_room_for_a_finger(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator(f"#{PAIR} .modelcmp-calc-routes > summary").click()
    controls = page.locator(f"#{PAIR} .modelcmp-calc").locator("input, select, button, summary:visible").all()
    assert len(controls) == 6 + 2 + 2
    for control in controls:
        box = control.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    for name in ("Requests a month", "Input read from the cache, in percent", "Route of Beta Two"):
        expect(page.locator(f"#{PAIR}").get_by_label(name)).to_be_visible()


def test_without_scripts_nothing_is_missing(browser: Browser, build: Callable[[str], Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((build("en") / "index.html").as_uri())
    assert rows(page)[0] == ["$0.925", "South", "$0.00"]
    assert page.locator(".modelcmp-calc").count() == 0
    shown = page.locator("body").inner_text()
    assert "{" not in shown
    assert "Count with your own numbers" not in shown
    context.close()


def test_links_to_sources_lead_somewhere(opened: Callable[..., Page]) -> None:
    """Also on a comparison without a section of sources, which lists those only that its tables lead to."""
    page = opened()
    for section in (PAIR, THREE):
        field(page, "input", section).fill("1500")
        links = page.locator(f"#{section} table").first.locator("a.modelcmp-source")
        targets = [link.get_attribute("href") or "" for link in links.all()]
        assert targets
        assert all(page.locator(target).count() == 1 for target in targets)


def test_the_data_cannot_end_their_script(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script><!-- & 'a' \\\""
    project = Project(tmp_path)
    route = {"provider": "p", "prices": [{"input": 1, "output": 1}]}
    models = {key: {"name": name + key, "routes": [route]} for key in "ab"}
    project.write("catalog.yaml", json.dumps({"providers": {"p": {"name": "P"}}, "models": models}))
    project.write("index.rst", "T\n=\n\n.. model-compare:: a b\n   :sections: cost\n")
    found = project.build("html")
    assert found.code == 0
    (template,) = html.parse(found.out / "index.html").select("template.modelcmp-calculator")
    assert template.script
    data = template.script.get_text()
    assert not re.search("[<>&]", data)
    assert [model["name"] for model in json.loads(data)["models"]] == [name + "a", name + "b"]

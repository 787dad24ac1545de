"""The calculator counts as the engine does: whatever a reader types, the table says what the page would have said."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.fields import read_record
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.records import Traffic
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.sections.values import WITHOUT_TOTAL
from tests.browser import priced
from tests.browser.counting import TYPE_AND_READ, Asked, expected, page_of, typed, write_page
from tests.compare.making import DATA, compared, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from sphinx_modelcmp.compare.comparison import Comparison
    from sphinx_modelcmp.sections.page import Page


pytestmark = pytest.mark.full

LANGUAGES = ("en", "de", "fr", "es", "ja", "zh_CN", "ar", "mr")
REAL, MADE_UP, WORKLOADS = 8, 16, 45
"""So many comparisons of each kind, each at so many workloads."""


def real(seed: int) -> Comparison:
    """A few models of the catalog that this documentation shows."""
    catalog = load_catalog([DATA]).catalog
    names = [name for name, model in catalog.models.items() if model.routes.known]
    return compared(catalog, *Random(seed).sample(names, 5))


def made_up(seed: int) -> Comparison:
    random = Random(seed)
    found = compared(priced.catalog(random, 6, dated=seed % 4 > 0))
    return replace(found, traffic=priced.traffic(random))


def asked_of(page: Page, seed: int) -> list[Asked]:
    random = Random(1000 + seed)
    return [
        Asked(
            priced.traffic(random),
            tuple(_choice(random, len(living_routes(model, page.comparison.day))) for model in page.models),
        )
        for _ in range(WORKLOADS)
    ]


def _choice(random: Random, routes: int) -> int | None:
    """Nothing can be chosen of one route."""
    return random.randrange(routes) if routes > 1 and random.random() < 0.3 else None


def shown(browser: Browser, page: Page, folder: Path, asked: Sequence[Asked]) -> list[Any]:
    """What a browser shows of a page when a reader types these workloads in, one after the other."""
    opened = browser.new_page()
    opened.goto(write_page(page, folder / "page.html").as_uri())
    found = opened.evaluate(TYPE_AND_READ, [typed(page, one) for one in asked])
    opened.close()
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(REAL + MADE_UP))
def test_every_cell_and_every_note_is_that_of_the_engine(browser: Browser, tmp_path: Path, seed: int) -> None:
    comparison = real(seed) if seed < REAL else made_up(seed)
    page = page_of(comparison, LANGUAGES[seed % len(LANGUAGES)])
    asked = asked_of(page, seed)
    for one, found in zip(asked, shown(browser, page, tmp_path, asked), strict=True):
        assert found == expected(page, one), one


def test_there_are_more_than_a_thousand_workloads() -> None:
    assert (REAL + MADE_UP) * WORKLOADS > 1000


def at(*prices: Any, **rest: Any) -> Any:
    return {"provider": "p", "prices": list(prices), **rest}


def model(*prices: Any, **rest: Any) -> Any:
    return {"routes": [at(*prices, **rest)]}


# Models that have no total, each for a reason of its own, and some that have one.
PRICE = {"input": "1", "output": "2"}
REFUSED: dict[str, Any] = {
    "priced": model(PRICE),
    "not sold": {"routes": "n/a"},
    "undisclosed": {"routes": [{"provider": "p", "prices": "undisclosed"}]},
    "unknown": {},
    "free": model({"free": True}),
    "plan": model({"plan": True}),
    "dynamic": model({"dynamic": True}),
    "free by component": model({"input": "free", "output": "free"}),
    "too long": model(PRICE, context_window="1200"),
    "input too long": {"routes": [at(PRICE, max_input="800"), at(PRICE, max_input="900")]},
    "disputed": model(PRICE, max_output={"values": [{"value": 200, "source": "s"}, {"value": 400, "source": "t"}]}),
    "output too long": {**model(PRICE), "max_output": "299"},
    "ended": model({**PRICE, "until": "2026-06-15"}),
    "announced": {**model(PRICE), "released": "2026-07"},
    "currencies": model({"input": "1", "currency": "EUR"}, {"output": "2", "currency": "JPY"}),
    "ambiguous": model(PRICE),
    "input": model({"output": "2"}),
    "output": model({"input": "1"}),
    "conditions": model({**PRICE, "when": {"service": "batch"}}),
    "both": model({"cache_read": "1"}),
    "nowhere": {"routes": [at({"input": "1"}), at({"output": "1"})]},
    # Of two reasons the one that says the most; of two equal totals the one in the catalog's currency.
    "ambiguous, too long": {"routes": [at(PRICE), at(PRICE, context_window="1200")]},
    "equal": {"routes": [at(PRICE, currency="EUR"), at(PRICE, region="eu")]},
}


def test_every_reason_for_no_total_is_given(browser: Browser, tmp_path: Path) -> None:
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "sources": {name: {"title": name, "type": "official", "url": f"https://{name}.example"} for name in "st"},
        "rates": [{"from": "EUR", "to": "USD", "rate": "1", "date": "2026-06-01"}],
        "models": {f"m{i}": {**held, "name": name} for i, (name, held) in enumerate(REFUSED.items())},
    }
    twice = [f"m{i}" for i, name in enumerate(REFUSED) if name.startswith("ambiguous")]
    catalog = priced.doubled(loaded(tree).catalog, twice)
    page = page_of(compared(catalog), "en")
    asked = [
        Asked(
            read_record(Traffic, {"label": "T", "requests": "5", "input": size, "output": "300"}),
            (None,) * len(REFUSED),
        )
        for size in ("900", "901")
    ]
    found = shown(browser, page, tmp_path, asked)
    assert found == [expected(page, one) for one in asked]
    assert found[0]["rows"][-1][1][0] == "P (eu) and 1 other"
    fits, too_long = ([row[0][0] for row in one["rows"][1:]] for one in found)
    assert {text.partition(":")[0] for text in fits} == {"$0.0075", "Not applicable", "No total"}
    assert fits.count("No total: no single route prices both input and output") == 1
    assert len({*fits, *too_long}) == len(WITHOUT_TOTAL) + 5 + len({"$0.0075", "$0.007505"})

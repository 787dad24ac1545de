"""From the path of a record to its place in the file, whatever was left out before it and however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.load import load_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.catalog.places import Places

CATALOG = """\
sources: {own: {title: Own, kind: own}, vendor: {title: Vendor, kind: vendor}}
providers: {p: {name: P}, q: {name: Q}}
benchmarks: {b: {name: B, scale: percent}}
fields:
  others: {label: Others, group: specs, type: text}
  flag: {label: Flag, group: capabilities, type: flag}
models:
  others: {name: Others, released: 2001}
  m:
    name: M
    released: 2002
    context_window: {value: 2003, note: long form}
    max_output: {values: [{value: 2004, source: own}, {value: 2005, source: vendor}, 2006]}
    others: a text of 2007
    capabilities: {flag: {note: n, value: partial}}
    lifecycle: {status: active, shutdown: 2008}
    routes:
      source: own
      value:
        - {provider: nobody}
        - provider: p
          context_window: {value: 2009}
          prices:
            - {input: -1}
            - {input: 2010, currency: JPY}
            - {input: 2011, currency: JPY, from: 2026-01-01}
            - {output: 2012, from: 2013-01-01}
        - provider: q
          prices:
            values:
              - {value: [{input: 2014}], source: own}
              - {source: vendor, value: [{input: x}, {input: 2015}]}
              - [{input: 2016}]
    results: [{benchmark: none, score: 1}, {benchmark: b, score: 17}]
  plain: {name: Plain, routes: [{provider: p, prices: [{input: 2018}]}]}
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "a.yaml").write_text("sources: {first: {title: First}}\nmodels: {a: {name: A, released: 2019}}\n")
    (tmp_path / "b.yaml").write_text(CATALOG)
    return load_catalog([tmp_path]).places


M = ("models", "m")
ROUTE = (*M, "routes", 0)
PRICES = (*M, "routes", 1, "prices")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("models", "others", "released"), "2001"),
        ((*M, "released"), "2002"),
        ((*M, "context_window"), "2003"),
        ((*M, "max_output"), "2005"),
        ((*M, "max_output", "others", 0), "2004"),
        ((*M, "max_output", "others", 1), "2006"),
        ((*M, "others"), "a text of 2007"),
        ((*M, "capabilities", "flag"), "partial"),
        ((*M, "lifecycle"), "{status"),
        ((*M, "lifecycle", "shutdown"), "2008"),
        (ROUTE, "provider: p"),
        ((*ROUTE, "context_window"), "2009"),
        # The first price is no price, and the third one cannot be told from the second.
        ((*ROUTE, "prices", 0, "input"), "2010"),
        ((*ROUTE, "prices", 1, "output"), "2012"),
        ((*ROUTE, "prices", 1, "from"), "2013-01-01"),
        ((*PRICES, 0, "input"), "2015"),
        ((*PRICES, 0), "{input: 2015"),
        ((*PRICES, "others", 0, 0, "input"), "2014"),
        ((*PRICES, "others", 1, 0, "input"), "2016"),
        ((*M, "results", 0, "score"), "17"),
        (("models", "plain", "routes", 0, "prices", 0, "input"), "2018"),
        (M, "m:"),
        (("benchmarks", "b", "name"), "B, scale"),
        (("sources", "own"), "own: {title"),
    ],
)
def test_a_path_leads_to_its_value(places: Places, path: tuple[str | int, ...], text: str) -> None:
    place = places.place(*path)
    assert place
    assert place.path.endswith("b.yaml")
    assert CATALOG.splitlines()[place.line - 1][place.column - 1 :].startswith(text)


def test_each_entry_is_found_in_its_file(places: Places) -> None:
    place = places.place("models", "a", "released")
    assert place
    assert (place.path.endswith("a.yaml"), place.line, place.column) == (True, 2, 33)


@pytest.mark.parametrize(
    "path", [(), ("models",), ("models", "nobody"), ("catalog", "title"), ("models", "nobody", "x")]
)
def test_what_is_no_entry_has_no_place(places: Places, path: tuple[str, ...]) -> None:
    assert places.place(*path) is None

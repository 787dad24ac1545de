"""The sources that a page names, and the days it gives them."""

from __future__ import annotations

from typing import Any

from sphinx_modelcmp.compare.sources import used_sources
from tests.compare.making import catalog_of, compared

CATALOG = catalog_of("""
catalog: {as_of: 2026-06-15}
sources:
  old: {title: Old, kind: aggregator, checked: 2026-01-01}
  new: {title: New, kind: vendor, checked: 2026-02-02}
  price: {title: Price, kind: provider, checked: 2026-03-03}
  route: {title: Route, kind: provider, checked: 2026-03-04}
  past: {title: Past, checked: 2026-03-05}
  test: {title: Test, kind: own}
  idle: {title: Idle}
  rival: {title: Rival, kind: community}
providers: {p: {name: P}}
benchmarks: {b: {name: B, scale: points}}
models:
  a:
    name: A
    released: {value: 2026-01, source: [old, new]}
    max_output: {values: [{value: 1, source: new}, {value: 2, source: rival}]}
    capabilities: {vision: {value: true, source: old, checked: 2025-12-31}}
    routes:
      - {provider: p, source: route, prices: [{input: 1, source: price}, {output: 1, source: past, until: 2026-01-01}]}
    results: [{benchmark: b, score: 1, source: test}]
  b: {name: B}
  c:
    name: C
    released: {value: 2026-01, source: [old, new], checked: 2026-05-05}
""")


def used(*models: str, **request: Any) -> dict[str, str]:
    found = used_sources(compared(CATALOG, *(models or ("a", "b")), **request))
    return {item.name: str(item.checked) for item in found}


def test_every_source_of_a_page_is_named_once_the_most_trusted_kind_first() -> None:
    assert list(used()) == ["new", "price", "route", "old", "rival", "test"]


def test_a_source_has_its_own_day_though_another_one_says_the_same() -> None:
    assert used(sections=("specs",)) == {"new": "2026-02-02", "old": "2026-01-01", "rival": "None"}


def test_a_day_stated_with_the_fact_counts_for_all_its_sources() -> None:
    assert used("c", "b", sections=("specs",)) == {"new": "2026-05-05", "old": "2026-05-05"}


def test_the_day_of_a_fact_counts_over_that_of_its_source() -> None:
    assert used(sections=("capabilities",)) == {"old": "2025-12-31"}


def test_sections_name_what_they_show() -> None:
    assert set(used(sections=("benchmarks",))) == {"test"}
    assert set(used(sections=("pricing",))) == {"price", "route"}
    # The price list says that the output has no price of its own.
    assert set(used(sections=("scorecard",))) == {"price", "route"}
    assert set(used(sections=("cost",))) == {"price", "route"}
    assert set(used(sections=("related",))) == set()


def test_rows_that_are_not_shown_need_no_source() -> None:
    assert set(used(sections=("specs",), fields=("max_output",))) == {"new", "rival"}
    assert set(used(sections=("pricing",), fields=("cheapest_input",))) == {"price"}
    assert used("a", "c", sections=("specs",), fields=("released",), only_differences=True) == {}


def test_prose_speaks_of_every_row() -> None:
    assert set(used(sections=("deep-dive",), fields=("max_output",))) == {"new", "rival", "old", "price", "route"}

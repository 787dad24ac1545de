"""A claim that leaves models out says so: “the largest” is never said of a model whose value nobody knows."""

from __future__ import annotations

import pytest

from sphinx_modelcmp.compare import Request, Settings, compare
from sphinx_modelcmp.sections import write
from tests.compare.making import catalog_of

CATALOG = """
models:
  a: {name: Alpha, context_window: 1000}
  b: {name: Beta, context_window: 2000}
  c: {name: Gamma}
"""


@pytest.mark.parametrize("section", ["summary", "tradeoffs", "faq"])
@pytest.mark.parametrize(("models", "open_for"), [(("a", "b", "c"), 1), (("a", "b"), 0)])
def test_who_is_left_out_is_named(section: str, models: tuple[str, ...], open_for: int) -> None:
    found = compare(catalog_of(CATALOG), Request(models=models, sections=(section,)), Settings()).comparison
    assert found
    said = repr(write(found, "en"))
    assert "2,000" in said
    assert said.count("There is nothing to compare for Gamma.") == open_for


def test_an_unknown_rival_is_no_reason_to_choose() -> None:
    asked = Request(models=("a", "b", "c"), sections=("deep-dive", "faq"))
    found = compare(catalog_of(CATALOG), asked, Settings()).comparison
    assert found
    assert "long inputs" not in repr(write(found, "en"))

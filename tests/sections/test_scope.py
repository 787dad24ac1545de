"""A claim that leaves models out says so: “the largest” is never said of a model whose value nobody knows."""

from __future__ import annotations

import pytest

from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from sphinx_modelcmp.sections.registry import statements
from tests.compare.making import catalog_of

CATALOG = """
models:
  a: {name: Alpha, context_window: 1000}
  b: {name: Beta, context_window: 2000}
  c: {name: Gamma}
"""


LEFT_OUT = {
    "tradeoffs": "There is no context window to compare for Gamma.",
    "faq": "No context window can be given for Gamma.",
}


@pytest.mark.parametrize("section", LEFT_OUT)
@pytest.mark.parametrize(("models", "times"), [(("a", "b", "c"), 1), (("a", "b"), 0)])
def test_who_is_left_out_is_named(section: str, models: tuple[str, ...], times: int) -> None:
    found = compare(catalog_of(CATALOG), Request(models=models, sections=(section,)), Settings()).comparison
    assert found
    said = statements(found, "en")
    assert any("2,000" in item.text for item in said)
    # A sentence of its own: the claim is the same whether or not somebody is left out.
    assert [item.evidence for item in said if item.text == LEFT_OUT[section]] == [()] * times


@pytest.mark.parametrize(("models", "is_said"), [(("a", "b", "c", "d"), False), (("a", "b", "c"), True)])
def test_what_is_known_of_few_models_is_no_reason(models: tuple[str, ...], is_said: bool) -> None:
    catalog = catalog_of(f"{CATALOG}\n  d: {{name: Delta}}\n")
    found = compare(catalog, Request(models=models, sections=("tradeoffs",)), Settings()).comparison
    assert found
    assert any("context window" in item.text for item in statements(found, "en")) is is_said


def test_an_unknown_rival_is_no_reason_to_choose() -> None:
    asked = Request(models=("a", "b", "c"), sections=("deep-dive", "faq"))
    found = compare(catalog_of(CATALOG), asked, Settings()).comparison
    assert found
    assert "long inputs" not in " ".join(item.text for item in statements(found, "en"))


@pytest.mark.parametrize("other", ["", "capabilities: {vision: false}"], ids=["silent", "no"])
def test_all_others_are_all(other: str) -> None:
    """What is said of the living ones is not said of one that is over, and has it too."""
    facts = {"a": "capabilities: {vision: true}", "b": other, "c": other}
    facts["d"] = "capabilities: {vision: true}, lifecycle: {status: shutdown}"
    models = "\n".join(f"  {name}: {{name: Model {name.upper()}, {held}}}" for name, held in facts.items())
    asked = Request(models=tuple(facts), sections=("tradeoffs",))
    found = compare(catalog_of(f"models:\n{models}\n"), asked, Settings()).comparison
    assert found
    (said,) = (item.text for item in statements(found, "en") if item.text.startswith("vision"))
    assert "that can be called" in said

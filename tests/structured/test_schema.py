"""The published schema: made from the shapes, and good for every comparison that a catalog gives."""

from __future__ import annotations

import json
import os
from itertools import islice, permutations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinx_modelcmp.compare.comparison import SECTION_NAMES, SOURCE_LINKS, Settings
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.structured.payload import SCHEMA_FILE, document
from tests.compare.making import DATA, RICH, catalog_of, compared, tree_of
from tests.structured.publishing import assert_valid, published, record
from tests.structured.schema import DIALECT, generate

REAL = catalog_of(tree_of(*sorted(DATA.rglob("*.yaml"))))
MADE_UP = catalog_of(tree_of(RICH))


def test_the_file_is_what_the_shapes_say() -> None:
    """After an intended change: ``REGENERATE=1 pytest tests/structured/test_schema.py``."""
    if os.environ.get("REGENERATE"):
        SCHEMA_FILE.write_text(generate(), encoding="utf-8")
        pytest.fail(f"{SCHEMA_FILE.name} was written; read the difference, then run without REGENERATE")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == generate()


def test_it_is_a_schema_that_explains_itself() -> None:
    held = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(held)
    assert held["$schema"] == DIALECT
    assert [name for name, shape in held["$defs"].items() if not shape.get("description")] == []
    assert {shape["additionalProperties"] for shape in held["$defs"].values()} == {False}


def test_every_model_of_the_catalog() -> None:
    names = list(REAL.models)
    for first in range(0, len(names) - 3, 4):
        record(compared(REAL, *names[first : first + 4], all_routes=True), "ja")


@pytest.mark.parametrize("names", [("codex-1", "qwen3.5-4b"), ("gpt-5.4", "claude-opus-4-6")])
def test_documents_are_as_the_file_says(names: tuple[str, ...]) -> None:
    assert_valid(json.loads(document([published(compared(REAL, *names, all_routes=True))], "schema.json")))


ASKED = st.fixed_dictionaries(
    {
        "sections": st.lists(st.sampled_from(SECTION_NAMES), unique=True, min_size=1).map(tuple),
        "fields": st.sampled_from(((), ("context_window", "vision"), ("cheapest_input", "min_gpu"))),
        "only_differences": st.booleans(),
        "all_routes": st.booleans(),
        "transpose": st.booleans(),
    }
)


@settings(max_examples=15)
@given(
    names=st.sampled_from(list(islice(permutations(MADE_UP.models, 3), 6))),
    asked=ASKED,
    links=st.sampled_from(SOURCE_LINKS),
)
def test_whatever_is_asked(names: tuple[str, ...], asked: dict[str, Any], links: str) -> None:
    comparison = compared(MADE_UP, *names, settings=Settings(source_links=links), **asked)
    assume(sections_of(Page(comparison, language_of("en"))))  # a scorecard of rows that no scorecard has is none
    held = record(comparison)
    assert set(held["anchors"]) == set()
    assert "costs" not in held or "cost" in asked["sections"]
    assert "results" not in held or "benchmarks" in asked["sections"]
    assert {section for row in held["rows"] for section in row["sections"]} <= set(asked["sections"])
    numbers = [source["number"] for source in held["sources"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(_cited(held)) <= set(numbers), "every number leads to a source"
    assert links != "none" or not any("url" in source for source in held["sources"])


def _cited(held: Any) -> list[int]:
    if isinstance(held, list):
        return [number for item in held for number in _cited(item)]
    if not isinstance(held, dict):
        return []
    own = [number for number in held.get("sources", ()) if isinstance(number, int)]
    return own + [number for item in held.values() for number in _cited(item)]

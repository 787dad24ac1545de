"""What a comparison publishes, read back: shared by the tests of these layers."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.structured import schema
from sphinx_modelcmp.structured.publish import publish
from sphinx_modelcmp.structured.published import KINDS, Address, Published, document, linked_data
from sphinx_modelcmp.structured.shapes import Document

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.comparison import Comparison

NOWHERE = Address()


def published(comparison: Comparison, language: str = "en") -> Published:
    """All that a comparison publishes."""
    page = Page(comparison, language_of(language))
    found = publish(page, sections_of(page), KINDS)
    assert found
    return found


def record(comparison: Comparison, language: str = "en") -> Any:
    """The record of a comparison, which must have the types that the schema is made from."""
    text = document([published(comparison, language)], "schema.json")
    assert_typed(text)
    return json.loads(text)["comparisons"][0]


def graph(*held: Published, title: str = "Title", address: Address = NOWHERE) -> dict[str, Any]:
    """The nodes of the linked data of a page by their types; of several of one type the first."""
    nodes = json.loads(linked_data(held, title, address))["@graph"]
    return {node["@type"]: node for node in reversed(nodes)}


def assert_typed(text: str) -> None:
    """Hold a document against the types that its schema is made from, and against nothing else."""
    _types().validate_json(text, strict=True)


def assert_valid(held: Any) -> None:
    """Hold a document against the published schema: that takes a second for a large one."""
    errors = [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(held)]
    assert errors == []


@cache
def _types() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.FILE.read_text(encoding="utf-8")))

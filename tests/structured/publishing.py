"""What a comparison publishes, read back: shared by the tests of these layers."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, validators

from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.structured.build import publish
from sphinx_modelcmp.structured.payload import KINDS, SCHEMA_FILE, Address, Published, document, linked_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.compare.comparison import Comparison

NOWHERE = Address()


def published(comparison: Comparison, language: str = "en") -> Published:
    """All that a comparison publishes."""
    page = Page(comparison, language_of(language))
    found = publish(page, sections_of(page), KINDS)
    assert found
    return found


def record(comparison: Comparison, language: str = "en") -> Any:
    """The record of a comparison, which must be as the schema says."""
    text = document([published(comparison, language)], "schema.json")
    assert_typed(text)
    return json.loads(text)["comparisons"][0]


def graph(*held: Published, title: str = "Title", address: Address = NOWHERE) -> dict[str, Any]:
    """The nodes of the linked data of a page by their types; of several of one type the first."""
    nodes = json.loads(linked_data(held, title, address))["@graph"]
    return {node["@type"]: node for node in reversed(nodes)}


def assert_typed(text: str) -> None:
    """Hold a document against the published schema in little time: a value only against what its type says it is."""
    _assert_valid(json.loads(text), _Discriminating)


def assert_valid(held: Any) -> None:
    """Hold a document against the published schema: that takes a second for a large one."""
    _assert_valid(held, Draft202012Validator)


def _assert_valid(held: Any, kind: Any) -> None:
    assert [f"{error.json_path}: {error.message}" for error in _validator(kind).iter_errors(held)] == []


@cache
def _validator(kind: Any) -> Any:
    return kind(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _named_by_type(validator: Any, _choices: Any, held: Any, schema: dict[str, Any]) -> Iterator[Any]:
    yield from validator.descend(held, {"$ref": schema["discriminator"]["mapping"][held["type"]]})


_Discriminating = validators.extend(Draft202012Validator, {"oneOf": _named_by_type})  # type: ignore[no-untyped-call]

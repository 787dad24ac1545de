"""What is put right without a doubt, and what is left alone for the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.records import HouseField
from sphinx_modelcmp.catalog.tidy import tidied
from sphinx_modelcmp.catalog.vocabulary import FieldGroup, FieldType
from sphinx_modelcmp.catalog.yaml.reader import read_document
from tests.compare.making import DATA

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = """\
# The house's catalog.
catalog: {schema: 1}
as_of: 2026-11-22


providers:
  zed: {name: Z}   # the last
  # about a
  abc: {name: A}
models:

  # The second one
  zulu-2:
    context_window: 1000   # tokens
    name: Zulu
    vision: true  # seen by us
    capabilities:
      reasoning: true
    status: deprecated
    source: zed

  # --- the small ones

  bravo-1:
    name: Bravo \r
    # not in the API
    tool_use: false
    computer_use: {value: true, source: abc}
  alfa-1: {name: Alfa}"""
TIDY = """\
# The house's catalog.
catalog: {schema: 1, as_of: 2026-11-22}

providers:
  # about a
  abc: {name: A}
  zed: {name: Z}   # the last
models:

  # The second one
  zulu-2:
    name: Zulu
    source: zed
    context_window: 1000   # tokens
    capabilities:
      reasoning: true
      vision: true  # seen by us
    lifecycle:
      status: deprecated

  # --- the small ones

  alfa-1: {name: Alfa}
  bravo-1:
    name: Bravo\r
    capabilities:
      # not in the API
      tool_use: false
      computer_use: {value: true, source: abc}
"""


def test_order_spacing_and_keys_are_put_right_and_comments_kept() -> None:
    found = tidied(UNTIDY)
    assert found.text == TIDY
    assert tidied(TIDY).done == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("models:\n  b: {name: B}\n  a: {name: A\n", id="no YAML"),
        pytest.param("models:\n  b: {name: B}\n  a: {name: A}\n  b: {name: C}\n", id="an id twice"),
        pytest.param("providers:\n  b: &b {name: B}\n  a: *b\n", id="an alias before its anchor"),
        pytest.param("fields:\n  b: {}\n  a: {}\ntraffic:\n  d: {}\n  c: {}\n", id="tables whose order says something"),
        pytest.param("models:\n  # headed\n  b: {name: B}\n", id="a comment above the first"),
        pytest.param("models:\n  a:\n    vision: true\n    capabilities: unknown\n", id="no block to move to"),
        pytest.param("models:\n  a:\n    vision: true\n    capabilities: {vision: false}\n", id="there already"),
    ],
)
def test_a_doubt_leaves_a_file_as_it_is(text: str) -> None:
    assert tidied(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "models:\n  b:\n    name: B\n    # context_window: 1000\n  a: {name: A}\n",
            "models:\n  a: {name: A}\n  b:\n    name: B\n    # context_window: 1000\n",
            id="at the end of a block",
        ),
        pytest.param(
            "models:\n  a:\n    name: A\n    routes:\n      - provider: p\n        # region: eu\n    released: 2026\n",
            "models:\n  a:\n    name: A\n    released: 2026\n    routes:\n      - provider: p\n        # region: eu\n",
            id="at the end of a list",
        ),
        pytest.param(
            "models:\n  a:\n    # by API\n    vision: true\n    kind: model\n    capabilities:\n      fp8: true\n",
            "models:\n  a:\n    kind: model\n    capabilities:\n      fp8: true\n      # by API\n      vision: true\n",
            id="above a key that moves",
        ),
        pytest.param(
            "models:\n  a:\n    name: A\n    vision: true\n    capabilities: {reasoning: true,}\n",
            "models:\n  a:\n    name: A\n    capabilities: {reasoning: true, vision: true}\n",
            id="a comma at the end",
        ),
    ],
)
def test_a_comment_stays_with_what_it_is_about(before: str, after: str) -> None:
    assert tidied(before).text == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "models:\n  a:\n    vision: true\n    capabilities: &c\n      fp8: true\n  b:\n    capabilities: *c\n",
            "models.a.vision not moved into capabilities (an alias repeats the target)",
        ),
        (
            "models:\n  a: &a\n    name: A\n    vision: true\n  b:\n    <<: *a\n    name: B\n",
            "models.a.vision not moved into capabilities (an alias repeats it)",
        ),
        (
            "base: &base\n  vision: true\nmodels:\n  b:\n    <<: *base\n    name: B\n",
            "models.b.vision not moved into capabilities (it comes from a merge)",
        ),
        (
            "models:\n  a:\n    capabilities:\n      fp8: true\n\n    # --- limits ---\n\n    vision: true\n",
            "models.a.vision not moved into capabilities (a comment that heads what follows is between them)",
        ),
        (
            "models:\n  a:\n    vision: true\n    capabilities: {\n      reasoning: true,  # r\n    }\n",
            "models.a.vision not moved into capabilities (several lines, or a comment, into braces)",
        ),
    ],
)
def test_what_another_model_repeats_is_left_alone_with_the_reason(text: str, why: str) -> None:
    found = tidied(text)
    assert found.text == text
    assert why in found.left


def row(group: FieldGroup) -> HouseField:
    return HouseField(label="Row", group=group, type=FieldType.FLAG)


def test_a_row_of_the_house_stays_where_it_is() -> None:
    text = "models:\n  a:\n    name: A\n    status: approved\n"
    assert tidied(text, {"status": row(FieldGroup.SPECS)}).text == text
    assert "lifecycle" in tidied(text).text


def test_a_header_key_is_not_moved_where_another_file_has_the_header() -> None:
    found = tidied("currency: EUR\nmodels: {}\n", header="z.yaml")
    assert (found.text, found.left) == (
        "currency: EUR\nmodels: {}\n",
        ["currency not moved into catalog (the header is in z.yaml)"],
    )


def test_spaces_that_a_text_holds_stay() -> None:
    text = "models:\n  a:\n    name: A\n    note: |\n      one  \n\n\n      two\n"
    assert tidied(text).text == text


def test_a_house_flag_is_moved_where_the_catalog_declares_it() -> None:
    text = "models:\n  a:\n    name: A\n    offline: true\n"
    assert tidied(text).text == text
    assert (
        tidied(text, {"offline": row(FieldGroup.CAPABILITIES)}).text
        == "models:\n  a:\n    name: A\n    capabilities:\n      offline: true\n"
    )


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.name)
def test_the_real_files_are_tidy(path: Path) -> None:
    assert tidied(path.read_text("utf-8")).done == []


def test_what_is_said_stays_the_same() -> None:
    """Only order and places may change: the trees hold the same facts."""
    shuffled = "models:\n  z: {name: Z}\n  m:\n    released: 2026\n    name: M\n  a: {name: A}\n"
    before, after = (read_document(text.encode(), "")[0] for text in (shuffled, tidied(shuffled).text))
    assert before
    assert after
    assert before.root == after.root
    assert isinstance(after.root, dict)
    assert list(after.root["models"] or ()) == ["a", "m", "z"]


def test_what_json_writes_in_halves_is_left_as_it_is() -> None:
    text = '{"models": {"b": {"name": "\\ud83d\\ude00"}, "a": {"name": "A"}}}\n'
    assert tidied(text).text == text

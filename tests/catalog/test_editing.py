"""An edit changes what it is of, and nothing else in the file."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.editing import Editor, NotEditable
from sphinx_modelcmp.catalog.writing import document

FILE = """\
# The models of a house.
models:

  alfa:   # the first
    name: Alfa
    context_window: 1000   # tokens
    best_for: [short texts]
    capabilities: {vision: true}
    summary: |
      Two lines
      of text.
    routes:
      - provider: labs
        prices:
          - {input: 1, output: 2}   # since ever
      # the other place
      - {provider: elsewhere, id: a/b}

  # A comment of its own.
  bravo:
    name: Bravo
    results:
      - benchmark: mmlu
        score: 70.5"""


def changed(editor: Editor) -> list[str]:
    """The lines that are not as they were: with a sign for those that are new and those that are gone."""
    before, after = editor.text.splitlines(), editor.result().splitlines()
    return [
        *(f"- {line.strip()}" for line in before if before.count(line) > after.count(line)),
        *(f"+ {line}" for line in after if line and after.count(line) > before.count(line)),
    ]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (
            lambda it: it.replace(("models", "alfa", "context_window"), 2000),
            ["- context_window: 1000   # tokens", "+     context_window: 2000   # tokens"],
        ),
        (
            lambda it: it.replace(("models", "alfa", "summary"), "One."),
            ["- summary: |", "- Two lines", "- of text.", "+     summary: One."],
        ),
        (
            lambda it: it.replace(("models", "alfa", "best_for"), ["long texts", "no: texts"]),
            ["- best_for: [short texts]", '+     best_for: [long texts, "no: texts"]'],
        ),
        (
            lambda it: it.replace(("models", "alfa", "name"), {"values": [{"value": "Alfa"}, {"value": "A"}]}),
            ["- name: Alfa", "+     name:", "+       values:", "+         - {value: Alfa}", "+         - {value: A}"],
        ),
        (
            lambda it: it.add(("models", "alfa", "capabilities"), "reasoning", value=False),
            ["- capabilities: {vision: true}", "+     capabilities: {vision: true, reasoning: false}"],
        ),
        (
            lambda it: it.add(("models", "alfa"), "released", datetime.date(2026, 1, 2), ("name",)),
            ["+     released: 2026-01-02"],
        ),
        (
            lambda it: it.add(("models", "alfa", "routes", 0, "prices", 0), "until", datetime.date(2026, 1, 2)),
            [
                "- - {input: 1, output: 2}   # since ever",
                "+           - {input: 1, output: 2, until: 2026-01-02}   # since ever",
            ],
        ),
        (
            lambda it: it.append(("models", "alfa", "routes", 0, "prices"), {"input": 3}),
            ["+           - {input: 3}"],
        ),
        (lambda it: it.append(("models", "alfa", "routes"), {"provider": "x"}), ["+       - {provider: x}"]),
        (
            lambda it: it.append(("models", "bravo", "results"), {"benchmark": "aime", "score": 1}),
            ["+       - {benchmark: aime, score: 1}"],
        ),
        (lambda it: it.add(("models",), "zulu", {"name": "Zulu"}), ["+   zulu: {name: Zulu}"]),
        (
            lambda it: it.wrap(("models", "alfa", "context_window"), "{value: ", ", checked: 2026-01-01}"),
            [
                "- context_window: 1000   # tokens",
                "+     context_window: {value: 1000, checked: 2026-01-01}   # tokens",
            ],
        ),
        (lambda it: it.remove(("models", "alfa", "context_window")), ["- context_window: 1000   # tokens"]),
        (lambda it: it.end_with("sources: {}\n"), ["+ sources: {}"]),
    ],
)
def test_an_edit_touches_its_own_lines(edit: Any, lines: list[str]) -> None:
    editor = Editor(FILE)
    edit(editor)
    assert changed(editor) == lines


def test_a_new_key_stands_behind_those_that_come_before_it() -> None:
    editor = Editor(FILE)
    editor.add(("models", "alfa"), "kind", "api-model", ("name", "organization"))
    editor.add(("models", "alfa"), "released", datetime.date(2026, 1, 2), ("name", "organization", "kind"))
    editor.add(("models", "alfa"), "aliases", ["a"], ("id",))
    lines = editor.result().splitlines()
    assert lines[3:8] == [
        "  alfa:   # the first",
        "    aliases: [a]",
        "    name: Alfa",
        "    kind: api-model",
        "    released: 2026-01-02",
    ]


def test_a_model_between_two_others_is_set_off_as_they_are() -> None:
    editor = Editor(FILE)
    assert editor.is_spaced(("models",))
    assert not editor.is_spaced(("models", "alfa"))
    editor.add(("models",), "amber", {"name": "Amber"}, ["alfa"], spaced=True)
    assert "      - {provider: elsewhere, id: a/b}\n\n  amber: {name: Amber}\n\n  # A comment" in editor.result()


@pytest.mark.parametrize("path", [("models", "two", "name"), ("models", "two", "limits", "a"), ("models", "none", "x")])
def test_what_comes_from_elsewhere_is_not_edited(path: tuple[str, ...]) -> None:
    text = "base: &base {name: x}\nmodels:\n  one: {limits: &l {a: 1}}\n  two:\n    <<: *base\n    limits: *l\n"
    with pytest.raises(NotEditable):
        Editor(text).replace(path, 2)


scalars = st.one_of(
    st.booleans(),
    st.integers(0, 10**7),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2027, 1, 1)),
    st.sampled_from(["plain", "no", "a: b", "# c", "", "1.0", "x\ny", "«»", "- d", "{e", "'f'", '"g"', "\u2028", "~"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
trees = st.dictionaries(st.sampled_from(["k1", "k2", "k3"]), values, min_size=1)


def plain(value: Any) -> Any:
    """As a parser of YAML gives it."""
    return yaml.safe_load(document({"x": value}))["x"]


@given(trees, values, st.data())
def test_after_a_change_the_file_says_just_that(tree: dict[str, Any], value: Any, data: st.DataObject) -> None:
    assert plain(tree) == tree
    text = document({"top": tree, "end": 1})
    key = data.draw(st.sampled_from(sorted(tree)))
    replaced = Editor(text)
    replaced.replace(("top", key), value)
    assert yaml.safe_load(replaced.result()) == {"top": {**tree, key: value}, "end": 1}
    added = Editor(text)
    added.add(("top",), "new", value, [key])
    assert yaml.safe_load(added.result()) == {"top": {**tree, "new": value}, "end": 1}

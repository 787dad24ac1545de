"""A text that is to say something else: the change touches its own lines, and nothing else in the file."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.yaml.draft import NotEditable
from sphinx_modelcmp.catalog.yaml.editor import Editor, harm
from sphinx_modelcmp.catalog.yaml.reader import read_document
from sphinx_modelcmp.catalog.yaml.writer import COMMENT, as_read, document

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.problems import Keys

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


def tree_of(text: str) -> Any:
    document, problems = read_document(text.encode(), "file.yaml")
    assert document, problems
    return document.root


def changed(tree: Any, at: Keys, value: Any) -> Any:
    """The tree with another value at a path, and the same objects everywhere else. A new key comes last."""
    if not at:
        return value
    key, *rest = at
    if isinstance(tree, list):
        items = [*tree, None] if key == len(tree) else [*tree]
        items[int(key)] = changed(items[int(key)], tuple(rest), value)
        return items
    return {**(tree or {}), key: changed((tree or {}).get(key), tuple(rest), value)}


def written(text: str, *changes: tuple[Keys, Any]) -> str:
    """The text with changes, which is proved to say what it should and to have kept its comments."""
    old = new = tree_of(text)
    for at, value in changes:
        new = changed(new, at, value)
    found = Editor(text, old).rewritten(new)
    assert harm(text, found, as_read(new), "file.yaml") is None
    return found


def lines(text: str, *changes: tuple[Keys, Any]) -> list[str]:
    """The lines that are not as they were: with a sign for those that are new and those that are gone."""
    before, after = text.splitlines(), written(text, *changes).splitlines()
    return [
        *(f"- {line.strip()}" for line in before if before.count(line) > after.count(line)),
        *(f"+ {line}" for line in after if line and after.count(line) > before.count(line)),
    ]


ALFA = ("models", "alfa")


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        (
            (*ALFA, "context_window"),
            2000,
            ["- context_window: 1000   # tokens", "+     context_window: 2000   # tokens"],
        ),
        (
            (*ALFA, "context_window"),
            {"values": [{"value": 1}, {"value": 2}]},
            [
                "- context_window: 1000   # tokens",
                "+     context_window:   # tokens",
                "+       values:",
                "+         - {value: 1}",
                "+         - {value: 2}",
            ],
        ),
        (
            (*ALFA, "summary"),
            "One.",
            ["- summary: |", "- Two lines", "- of text.", "+     summary: One."],
        ),
        (
            (*ALFA, "best_for"),
            ["long texts", "no: texts", "others"],
            ["- best_for: [short texts]", '+     best_for: [long texts, "no: texts", others]'],
        ),
        (
            (*ALFA, "capabilities", "reasoning"),
            False,
            ["- capabilities: {vision: true}", "+     capabilities: {vision: true, reasoning: false}"],
        ),
        ((*ALFA, "released"), datetime.date(2026, 1, 2), ["+     released: 2026-01-02"]),
        (
            (*ALFA, "routes", 0, "prices", 0, "until"),
            datetime.date(2026, 1, 2),
            [
                "- - {input: 1, output: 2}   # since ever",
                "+           - {input: 1, output: 2, until: 2026-01-02}   # since ever",
            ],
        ),
        ((*ALFA, "routes", 0, "prices", 1), {"input": 3}, ["+           - {input: 3}"]),
        ((*ALFA, "routes", 2), {"provider": "x"}, ["+       - {provider: x}"]),
        (
            (*ALFA, "routes", 2),
            {COMMENT: "cites a page", "provider": "x"},
            ["+       # cites a page", "+       - provider: x"],
        ),
        (
            ("models", "bravo", "results", 1),
            {"benchmark": "aime", "score": 1},
            ["+       - {benchmark: aime, score: 1}"],
        ),
        (("models", "zulu"), {"name": "Zulu"}, ["+   zulu: {name: Zulu}"]),
        (("sources",), {"a": {"title": "A"}}, ["+ sources:", "+   a: {title: A}"]),
    ],
)
def test_a_change_touches_its_own_lines(at: Keys, value: Any, expected: list[str]) -> None:
    assert lines(FILE, (at, value)) == expected


def test_a_plain_value_stands_as_it_was_in_the_long_form() -> None:
    text = "a: 1_000  # c\nb: dense, or not\n"
    old = tree_of(text)
    new = {name: {"value": value, "checked": datetime.date(2026, 1, 1)} for name, value in old.items()}
    assert Editor(text, old).rewritten(new) == (
        'a: {value: 1_000, checked: 2026-01-01}  # c\nb: {value: "dense, or not", checked: 2026-01-01}\n'
    )


def test_a_new_key_stands_behind_the_one_that_it_comes_after() -> None:
    old = tree_of(FILE)
    alfa = {"aliases": ["a"], "name": "Alfa", "kind": "api-model", "released": "2026", **old["models"]["alfa"]}
    new = changed(old, ALFA, {**alfa, "name": old["models"]["alfa"]["name"]})
    assert Editor(FILE, old).rewritten(new).splitlines()[3:8] == [
        "  alfa:   # the first",
        "    aliases: [a]",
        "    name: Alfa",
        "    kind: api-model",
        '    released: "2026"',
    ]


def test_a_model_between_two_others_is_set_off_as_they_are() -> None:
    old = tree_of(FILE)
    new = {"models": {"alfa": old["models"]["alfa"], "amber": {"name": "Amber"}, "bravo": old["models"]["bravo"]}}
    found = Editor(FILE, old).rewritten(new)
    assert "      - {provider: elsewhere, id: a/b}\n\n  amber: {name: Amber}\n\n  # A comment" in found


def test_what_is_added_at_one_place_stands_deepest_first() -> None:
    found = written(
        "models:\n  alfa:\n    routes:\n      - provider: p",
        (("sources",), {"s": {"title": "S"}}),
        (("models", "bravo"), {"name": "B"}),
        ((*ALFA, "name"), "A"),
        ((*ALFA, "routes", 1), {"provider": "q"}),
        ((*ALFA, "routes", 0, "id"), "x"),
    )
    assert [line.strip() for line in found.splitlines() if line] == [
        "models:",
        "alfa:",
        "routes:",
        "- provider: p",
        "id: x",
        "- {provider: q}",
        "name: A",
        "bravo: {name: B}",
        "sources:",
        "s: {title: S}",
    ]


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("base: &b {name: x}\nmodels: {two: *b}\n", ("models", "two", "name"), "an alias"),
        ("base: &b {name: x}\nmodels: {two: *b}\n", ("base", "name"), "an alias"),
        ("base: &b 5\nmodels: {two: *b}\n", ("models", "two"), "an alias"),
        ("base: &b {name: x}\nmodels:\n  two:\n    <<: *b\n    a: 1\n", ("models", "two", "name"), "a merge"),
        ("models:\n  two: [ # none yet\n    ]\n", ("models", "two"), "a comment"),
        ("models:\n  ? two\n", ("models", "two"), "a colon"),
        ("[models]\n", (), "no mapping"),
    ],
)
def test_a_change_that_would_be_another_one_too_is_refused(text: str, at: Keys, why: str) -> None:
    old = tree_of(text)
    with pytest.raises(NotEditable, match=why) as refused:
        Editor(text, old).rewritten(changed(old, at, {"x": 1}))
    assert at[: len(refused.value.at)] == refused.value.at
    assert refused.value.at or not at


def test_a_file_is_edited_beside_what_an_alias_repeats() -> None:
    text = "base: &b {name: x}\nmodels:\n  two:\n    <<: *b\n    a: &c 1\n"
    assert lines(text, (("models", "two", "b"), 2), (("models", "two", "a"), 3)) == [
        "- a: &c 1",
        "+     a: &c 3",
        "+     b: 2",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(ending: str, mark: str) -> None:
    text = mark + FILE.replace("\n", ending)
    found = written(text, ((*ALFA, "routes", 2), {"provider": "x", "prices": [{"input": 1}]}), (("models", "c"), {}))
    assert found.startswith(mark)
    assert ending.join(found.splitlines()) + ending == found


def test_a_new_line_ends_as_the_one_above_it_where_they_differ() -> None:
    text = "a: {x: 1}\r\nb:\n  y: 1\nc:\r\n  z: 1\r\n"
    assert written(text, (("b", "w"), 2), (("c", "w"), 2)) == (
        "a: {x: 1}\r\nb:\n  y: 1\n  w: 2\nc:\r\n  z: 1\r\n  w: 2\r\n"
    )


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ("a: 1  # one\nb: {c: 2}\n", "`b.c`"),
        ("a: 1\nb: {c: 3}  # one\n", "“# one”"),
        ("a: 1\n# one\nb: {c: 3}\n", "“# one”"),
        ("a: 1  # one\nb: {c: 3, d: 4}\n", "`b.d`"),
        ("a: 1  # one\nb: {c: 3}\nb: 4\n", "line 2"),
        ("a: 1  # one\nb: [c\n", "not be read"),
    ],
)
def test_a_text_that_says_something_else_or_lost_a_comment_is_found_out(after: str, why: str) -> None:
    found = harm("a: 1  # one\nb: {c: 2}\n", after, {"a": "1", "b": {"c": "3"}}, "file.yaml")
    assert found
    assert why in found.message


scalars = st.one_of(
    st.booleans(),
    st.integers(0, 10**7),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2027, 1, 1)),
    st.sampled_from(["plain", "no", "a: b", "# c", "", "1.0", "x\ny", "«»", "- d", "{e", "'f'", '"g"', "\u2028", "~"]),
    st.sampled_from(
        ["\x85", "\x7f", "\ufeff", "\ufffe", "a, b", "[x]", "*y", "&z", "%q", "!t", "|", ">-", "?", "a #b"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
trees = st.dictionaries(st.sampled_from(["k1", "k2", "k3"]), values, min_size=1)


@given(trees, values, st.data())
def test_after_a_change_the_file_says_just_that(tree: dict[str, Any], value: Any, data: st.DataObject) -> None:
    text = document({"top": tree, "end": 1})
    assert tree_of(text) == as_read({"top": tree, "end": 1})
    key = data.draw(st.sampled_from(sorted(tree)))
    for name in (key, "new"):
        found = written(text, (("top", name), value))
        assert yaml.load(found, Loader=yaml.BaseLoader) == as_read({"top": {**tree, name: value}, "end": 1})

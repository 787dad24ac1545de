from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.files import MOST_BYTES
from sphinx_modelcmp.catalog.problems import Code, Place, Problem
from sphinx_modelcmp.catalog.yaml import reader
from sphinx_modelcmp.catalog.yaml.reader import Document, Tree, read_document

EVENTS = reader.events_of
PARSERS = [
    pytest.param(False, id="libyaml", marks=pytest.mark.skipif(not yaml.__with_libyaml__, reason="no libyaml")),
    pytest.param(True, id="pure"),
]
SAME_PARSER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(params=PARSERS, autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "events_of", partial(EVENTS, pure=request.param))


def limited(text: str | bytes, **limits: int) -> tuple[Document | None, tuple[Problem, ...]]:
    """The answer of the reader where its limits are others."""
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in limits.items():
            patch.setattr(reader, name.upper(), limit)
        return read_document(_bytes(text), "c.yaml")


def read(text: str | bytes, **limits: int) -> Document:
    document, problems = limited(text, **limits)
    assert problems == ()
    assert document is not None
    return document


def tree(text: str | bytes, **limits: int) -> Any:
    return read(text, **limits).root


def refused(text: str | bytes, **limits: int) -> Problem:
    document, problems = limited(text, **limits)
    assert document is None
    assert [problem.code for problem in problems] == [Code.SYNTAX]
    assert "\n" not in problems[0].message
    return problems[0]


def at(line: int, column: int) -> Place:
    return Place("c.yaml", line, column)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def in_both(text: bytes) -> list[tuple[Document | None, tuple[Problem, ...]]]:
    """What libyaml and the Python parser make of it; twice the same where there is no libyaml."""
    with pytest.MonkeyPatch.context() as patch:
        answers = []
        for pure in (False, True):
            patch.setattr(reader, "events_of", partial(EVENTS, pure=pure))
            answers.append(read_document(text, "c.yaml"))
    return answers


def value_at(document: Document, keys: tuple[str | int, ...]) -> Any:
    node: Any = document.root
    for key in keys:
        node = node[key]
    return node


def all_places(document: Document, keys: tuple[str | int, ...] = ()) -> list[tuple[Any, Place, Place]]:
    node = value_at(document, keys)
    found = [(keys, document.key_place(*keys), document.place(*keys))]
    inner: Any = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in inner:
        found += all_places(document, (*keys, key))
    return found


# --- scalars -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["4.10", "no", "1:30", "012", "2025-02-30", "0x1F", "1e3", ".inf", "true", "=", "nUll", "0o7", "1_000"]
)
def test_a_scalar_is_its_text(text: str) -> None:
    assert tree(f"a: {text}\n{text}: [{text}]") == {"a": text, text: [text]}


@pytest.mark.parametrize("text", ["null", "Null", "NULL", "~", ""])
def test_a_plain_null_is_none_and_a_quoted_or_tagged_one_is_text(text: str) -> None:
    assert tree(f"- {text}\n- '{text}'\n- \"{text}\"\n- !!str {text}\n- !!null {text}\n") == [
        None,
        text,
        text,
        text,
        None,
    ]


@pytest.mark.parametrize("text", ["null", "~", ""])
def test_a_null_key_is_its_text(text: str) -> None:
    assert tree(f"? {text}\n: 1\n") == {text: "1"}
    assert tree(f"- &n {text}\n- ? *n\n  : 1\n") == [None, {text: "1"}]


def test_block_scalars_keep_their_lines() -> None:
    assert tree("a: |\n  x\n  y\nb: >-\n  x\n  y\nc: |\n  null\n") == {"a": "x\ny\n", "b": "x y", "c": "null\n"}


def test_equal_keys_are_one_object() -> None:
    first, second = tree("[{context: 1}, {context: 2}]")
    assert next(iter(first)) is next(iter(second))


@pytest.mark.parametrize("tag", ["str", "int", "float", "bool", "null", "seq", "map"])
def test_standard_tags_carry_no_meaning(tag: str) -> None:
    assert tree(f"!!{tag} {{a: !!{tag} 4.10, b: !!{tag} [x]}}") == {"a": "4.10", "b": ["x"]}
    assert tree(f"a: !<tag:yaml.org,2002:{tag}> 012") == {"a": "012"}


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("!!python/object/apply:os.system", "!!python/object/apply:os.system"),
        ("!x", "!x"),
        ("!", "!"),
        ("!!timestamp", "!!timestamp"),
        ("!!merge", "!!merge"),
        ("!<tag:example.org,2000:t>", "tag:example.org,2000:t"),
        ("!%0Ab", r"'!\nb'"),
        ("!" + "x" * 100, "!" + "x" * 59 + "..."),
    ],
)
@pytest.mark.parametrize("node", ["v", "'v'", "[v]", "{v: w}"])
def test_other_tags_are_refused(tag: str, shown: str, node: str) -> None:
    message = f"the tag {shown} is not supported; put a text that begins with ! into quotes"
    assert refused(f"a: 1\nb: {tag} {node}") == Problem(Code.SYNTAX, message, at(2, 4))


def test_a_tag_of_a_key_is_refused() -> None:
    assert refused("a: 1\n!x b: 2").where == at(2, 1)


# --- empty files, encodings ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "--- ~\n", "\ufeff", "\ufeff# nothing"])
def test_an_empty_file_is_a_document_of_none(text: str) -> None:
    assert tree(text) is None


def test_places_of_an_empty_file() -> None:
    assert read("# x").place("a", 1) == Place("c.yaml")
    assert read("# x").key_place() == Place("c.yaml")


def test_a_utf8_mark_is_no_column() -> None:
    document = read("\ufeffa: b")
    assert document.root == {"a": "b"}
    assert (document.key_place("a"), document.place("a")) == (at(1, 1), at(1, 4))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_named(codec: str) -> None:
    problem = refused("\ufeffa: b".encode(codec))
    assert problem.message == f"the file is {codec[:6].upper()}; only UTF-8 can be read"
    assert problem.where == at(1, 1)


@pytest.mark.parametrize(
    ("data", "message", "where"),
    [
        ("a: é\r\né: ".encode() + b"\xff", "the byte 0xff is not UTF-8 here (invalid start byte)", at(2, 4)),
        (b"a: \xed\xa0\x80", "the byte 0xed is not UTF-8 here (invalid continuation byte)", at(1, 4)),
        (b"a: \xc0\x80", "the byte 0xc0 is not UTF-8 here (invalid start byte)", at(1, 4)),
        (b"a: \xf0\x9f", "the byte 0xf0 is not UTF-8 here (unexpected end of data)", at(1, 4)),
        ("é: [\n  'é\0']".encode(), "the character U+0000 is not allowed in YAML", at(2, 5)),
        (b"\0", "the character U+0000 is not allowed in YAML", at(1, 1)),
        (b"a: b # \x1b[31m", "the character U+001B is not allowed in YAML", at(1, 8)),
        ("a: x\u2028  \x9f".encode(), "the character U+009F is not allowed in YAML", at(2, 3)),
        ("a: b\r\n\ufeffc: d".encode(), "the character U+FEFF is not allowed in YAML", at(2, 1)),
        ("a: \ufffe".encode(), "the character U+FFFE is not allowed in YAML", at(1, 4)),
    ],
)
def test_what_is_not_text_is_refused_at_its_place(data: bytes, message: str, where: Place) -> None:
    assert refused(data) == Problem(Code.SYNTAX, message, where)


@pytest.mark.parametrize("escape", ["\\ud800", "\\U00110000", "\\UFFFFFFFF"])
def test_escapes_that_are_no_character_are_refused(escape: str) -> None:
    problem = refused(f'a: 1\nb: "{escape}"')
    assert problem.where is not None
    assert problem.where.line == 2
    assert problem.where.column >= 4


# --- what is not YAML ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a:\n\tb: c\n", at(2, 1)),
        ("é: 模\n模: [b\nc: d", at(3, 2)),
        ("a: b\n- c\n", at(2, 1)),
        ("a: 'b\n", at(2, 1)),
        ("a: b: c\n", at(1, 5)),
        ("模: 模: c\n", at(1, 5)),
        ("a: !z!x b\n", at(1, 4)),
        ("a: @b\n", at(1, 4)),
        ("%YAML 2.0\n---\na: b\n", at(1, 1)),
        ("a: !<tag:%ff> b", at(1, 10)),
    ],
)
def test_the_parsers_own_complaints_keep_their_place(text: str, where: Place) -> None:
    problem = refused(text)
    assert problem.message.startswith("the file is not YAML: ")
    assert len(problem.message) > len("the file is not YAML: ") + 10
    assert problem.where == where


LINED_UP = "this line begins in column {} and line {} in column {}: keys of one mapping line up"


@pytest.mark.parametrize(
    ("text", "cure", "line"),
    [
        ("models:\n\ta: 1\n", "a tab stands here, and YAML is indented with spaces", 2),
        ("a:\n  b:\n    c: 1\n  \td: 2\n", "a tab stands here", 4),
        ("a:\n-\tb: 1\n", "a tab stands here", 2),
        ("a:\n    name: A\n     window: 1\n", LINED_UP.format(6, 2, 5), 3),
        ("a:\n    name: A\n   window: 1\n", LINED_UP.format(4, 2, 5), 3),
        ("a:\n    routes: []\n     # a comment\n\n     name: A\n", LINED_UP.format(6, 2, 5), 5),
        ("a: {name: A}\n  window: 1\n", LINED_UP.format(3, 1, 1), 2),
        ("a:\n  - b\n - c\n", LINED_UP.format(2, 2, 3), 3),
        ("a:\n  b\n  c: 1\n", "line 2 lacks a colon with a space behind it", 3),
        ("a:1\nb: 2\n", "line 1 lacks a colon with a space behind it", 2),
        ("a: Best: fast\n", "a colon inside a text: put the text into quotes", 1),
        ("a:\n- b: c: d\n", "a colon inside a text: put the text into quotes", 2),
        ("a: @x\n", "no text begins with @: put it into quotes", 1),
        ("a: `x`\n", "no text begins with `: put it into quotes", 1),
        ("a: *best*\n", "no text begins with * or &: put it into quotes", 1),
        ('a: "C:\\dir"\n', "in double quotes a backslash is written twice", 1),
        ("a: 'it's'\n", "the text ends at the quote before", 1),
        ('a: "x" y\n', "the text ends at the quote before", 1),
        ("a: {b: 1}}\n", "this } closes nothing", 1),
        ("a:\n  {b: 1\nc: 2\n", "the bracket of line 2 is not closed, or a comma is missing before this", 3),
        ("a: [1, 2\nb: 3\n", "the bracket of line 1 is not closed", 2),
        ('a: 1\nb: "x\nc: 1\n', "the quote of line 2 is not closed", 4),
        ("a: - 1\n", "a list begins in a line of its own", 1),
        ("a: ]\n", "expected", 1),
        ("a: 1\n- b\n", "expected", 2),
    ],
)
def test_the_message_names_the_cure(text: str, cure: str, line: int) -> None:
    problem = refused(text)
    assert problem.message.startswith("the file is not YAML: ")
    assert cure in problem.message
    assert problem.where
    assert problem.where.line == line


def test_a_character_in_two_halves_is_read_as_json_writes_it() -> None:
    text = '{"models": {"a": {"name": "A \\ud83d\\ude00 B", "note": "\\u00fc"}, "b": 1}}'
    document = read(text)
    assert document.root == {"models": {"a": {"name": "A 😀 B", "note": "ü"}, "b": "1"}}
    assert document.key_place("models", "b") == at(1, text.index('"b"') + 1)
    assert tree("a: '\\ud83d\\ude00'\nb: \"\\ud83d\\ude00\"") == {"a": "\\ud83d\\ude00", "b": "😀"}


@pytest.mark.parametrize("text", ['"\\ude00\\ud83d"', '"\\ud83d\\ude00 \\ud83d"', '"\\ud83d x"'])
def test_half_a_character_is_refused(text: str) -> None:
    problem = refused(f"a: 1\nb: {text}")
    assert "an escape in this text is no Unicode character; YAML writes \\U0001F600, or the" in problem.message
    assert problem.where
    assert problem.where.line == 2


def test_a_large_file_with_halves_is_refused_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser that joins them takes minutes for the largest that may be read."""
    if not yaml.__with_libyaml__:
        pytest.skip("without libyaml there is no other parser")
    monkeypatch.setattr(reader, "events_of", EVENTS)
    assert "no Unicode character" in refused('a: "\\ud83d\\ude00"\n' + "#" * (1 << 20)).message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "odd"), "the file cannot be read as YAML: 'utf-8' codec"),
        (OverflowError("too large"), "the file cannot be read as YAML: too large"),
        (yaml.reader.ReaderError("n", 3, b"x", "utf-8", "bad octet"), "the file is not YAML: bad octet"),
        (yaml.YAMLError("worse"), "the file is not YAML: worse"),
    ],
)
def test_errors_without_a_mark_belong_to_the_file(
    error: Exception, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def events(_: bytes) -> Any:
        raise error

    monkeypatch.setattr(reader, "events_of", events)
    problem = refused("a")
    assert problem.message.startswith(message)
    assert problem.where == Place("c.yaml")


def test_a_second_document_is_refused() -> None:
    problem = refused("a: b\n---\nc: d\n")
    assert problem == Problem(Code.SYNTAX, "a second document starts here; a file holds one", at(2, 1))
    assert tree("%YAML 1.1\n---\na: b\n...\n") == {"a": "b"}


def test_a_list_or_a_mapping_cannot_be_a_key() -> None:
    for text, where in {
        "a: 1\n? [b]\n: c": at(2, 3),
        "{{a: b}: c}": at(1, 2),
        "- &l [x]\n- {*l : 1}": at(2, 4),
    }.items():
        assert refused(text) == Problem(Code.SYNTAX, "a list or a mapping cannot be a key", where)


# --- repeated keys -------------------------------------------------------------------------------------


def test_the_first_of_equal_keys_counts_and_all_others_are_reported() -> None:
    text = "a: 1\nb: {c: 1, d: 2, 'c': {x: 1, x: 2}}\n\na: [{z: 0}]\n\"a\": 3\ne: {f: 1}\n"
    document, problems = read_document(text.encode(), "c.yaml")
    assert document is not None
    assert document.root == {"a": "1", "b": {"c": "1", "d": "2"}, "e": {"f": "1"}}
    assert [str(problem) for problem in problems] == [
        "c.yaml:2:17: the key c is already given on line 2; that one counts [duplicate-key]",
        "c.yaml:2:29: the key x is already given on line 2; that one counts [duplicate-key]",
        "c.yaml:4:1: the key a is already given on line 1; that one counts [duplicate-key]",
        "c.yaml:5:1: the key a is already given on line 1; that one counts [duplicate-key]",
    ]
    assert document.place("a") == at(1, 4)
    assert document.place("e", "f") == at(6, 8)


def test_repeated_keys_are_reported_beside_what_ends_the_reading() -> None:
    document, problems = read_document(b"a: 1\na: 2\nb: !x 3\n", "c.yaml")
    assert document is None
    assert [problem.code for problem in problems] == [Code.DUPLICATE_KEY, Code.SYNTAX]


def test_a_repeated_key_is_shown_on_one_line() -> None:
    _, problems = read_document(b'{"a\\nb": 1, "a\\nb": 2, "": 1, "": 2}', "c.yaml")
    assert [problem.message.split(" is already")[0] for problem in problems] == [r"the key 'a\nb'", "the key ''"]


@pytest.mark.timeout(15)
def test_many_repeated_keys_take_linear_time() -> None:
    keys = "".join(f"k{number}: 1\n" for number in range(30_000))
    document, problems = read_document((keys + keys).encode(), "c.yaml")
    assert document is not None
    assert len(problems) == 30_000
    assert problems[-1].message == "the key k29999 is already given on line 30000; that one counts"


# --- places --------------------------------------------------------------------------------------------

PLACES = """\
# a comment
models:
  gpt-4.10: &gpt
    name: 模型 x
    "größe": [a, 'é', {k: v}]
    none:
  b: *gpt
list:
- - x
  - !!str y
- |
  text
"""


def test_places_are_exact() -> None:
    document = read(PLACES)
    values = {keys: (key.line, key.column, value.line, value.column) for keys, key, value in all_places(document)}
    assert values == {
        (): (2, 1, 2, 1),
        ("models",): (2, 1, 3, 3),
        ("models", "gpt-4.10"): (3, 3, 3, 13),
        ("models", "gpt-4.10", "name"): (4, 5, 4, 11),
        ("models", "gpt-4.10", "größe"): (5, 5, 5, 14),
        ("models", "gpt-4.10", "größe", 0): (5, 15, 5, 15),
        ("models", "gpt-4.10", "größe", 1): (5, 18, 5, 18),
        ("models", "gpt-4.10", "größe", 2): (5, 23, 5, 23),
        ("models", "gpt-4.10", "größe", 2, "k"): (5, 24, 5, 27),
        ("models", "gpt-4.10", "none"): (6, 5, 6, 10),
        ("models", "b"): (7, 3, 7, 6),
        ("models", "b", "name"): (4, 5, 4, 11),
        ("models", "b", "größe"): (5, 5, 5, 14),
        ("models", "b", "größe", 0): (5, 15, 5, 15),
        ("models", "b", "größe", 1): (5, 18, 5, 18),
        ("models", "b", "größe", 2): (5, 23, 5, 23),
        ("models", "b", "größe", 2, "k"): (5, 24, 5, 27),
        ("models", "b", "none"): (6, 5, 6, 10),
        ("list",): (8, 1, 9, 1),
        ("list", 0): (9, 3, 9, 3),
        ("list", 0, 0): (9, 5, 9, 5),
        ("list", 0, 1): (10, 5, 10, 5),
        ("list", 1): (11, 3, 11, 3),
    }


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        (("models", "zzz"), at(2, 1), at(3, 3)),
        (("models", "zzz", 0, "k"), at(2, 1), at(3, 3)),
        (("models", "gpt-4.10", "name", "x"), at(4, 5), at(4, 11)),
        (("models", 0), at(2, 1), at(3, 3)),
        (("list", 2), at(8, 1), at(9, 1)),
        (("list", -1), at(8, 1), at(9, 1)),
        (("list", "0"), at(8, 1), at(9, 1)),
        (("zzz",), at(2, 1), at(2, 1)),
    ],
)
def test_a_path_that_leaves_the_tree_gives_the_last_place_on_it(
    keys: tuple[str | int, ...], key: Place, value: Place
) -> None:
    document = read(PLACES)
    assert (document.key_place(*keys), document.place(*keys)) == (key, value)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_end_in_all_the_ways_of_yaml(newline: str) -> None:
    document = read(newline.join(["# 模", "a: [x,", "  y]", "b: z", ""]))
    assert (document.place("a", 1), document.key_place("b")) == (at(3, 3), at(4, 1))


# --- aliases and merges --------------------------------------------------------------------------------


def test_aliases_share_one_object() -> None:
    root = tree("a: &a [x]\nb: *a\nc: &c text\nd: *c\n*c : e\nf: &f\ng: *f\n")
    assert root == {"a": ["x"], "b": ["x"], "c": "text", "d": "text", "text": "e", "f": None, "g": None}
    assert root["a"] is root["b"]


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        ("a: &a\n  b: *a", "the alias *a stands inside what it refers to", at(2, 6)),
        ("&a [x, [*a]]", "the alias *a stands inside what it refers to", at(1, 9)),
        ("a: &a\n  <<: *a", "the alias *a stands inside what it refers to", at(2, 7)),
        (
            "a: *b\nb: &b 1",
            "the alias *b has no anchor before it; put a text that begins with * into quotes",
            at(1, 4),
        ),
        ("a: &b 1\nb: &b 2", "the anchor &b is set a second time", at(2, 4)),
        ("a: &b [1]\nb: &b [2]", "the anchor &b is set a second time", at(2, 4)),
    ],
)
def test_bad_aliases_are_refused(text: str, message: str, where: Place) -> None:
    assert refused(text) == Problem(Code.SYNTAX, message, where)


MERGES = """\
base: &base
  x: base-x
  y: [base-y]
more: &more
  y: more-y
  z: more-z
one:
  <<: *base
  x: own
two: &two
  z: own
  <<: [*more, *base]
three:
  <<: *two
"""


def test_merges_own_keys_win_then_the_earlier() -> None:
    """As the specification of merge keys says; PyYAML merges in other orders, depending on its version."""
    root = tree(MERGES)
    assert root == {
        "base": {"x": "base-x", "y": ["base-y"]},
        "more": {"y": "more-y", "z": "more-z"},
        "one": {"x": "own", "y": ["base-y"]},
        "two": {"z": "own", "y": "more-y", "x": "base-x"},
        "three": {"z": "own", "y": "more-y", "x": "base-x"},
    }
    assert root["one"]["y"] is root["base"]["y"]


def test_merged_keys_stand_where_they_were_written() -> None:
    document = read(MERGES)
    assert (document.key_place("one", "x"), document.place("one", "x")) == (at(9, 3), at(9, 6))
    assert (document.key_place("one", "y"), document.place("one", "y")) == (at(3, 3), at(3, 6))
    assert document.place("one", "y", 0) == at(3, 7)
    assert document.place("three", "z") == at(11, 6)
    assert document.place("three", "y") == at(5, 6)
    assert document.key_place("three", "x") == at(2, 3)
    assert document.key_place("three", "<<") == at(13, 1)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("x", 5),
        ("", 4),
        ("~", 5),
        ("{k: v}", 5),
        ("*s", 5),
        ("*l", 5),
        ("[*m, x]", 10),
        ("[*m, {k: v}]", 10),
        ("[*s]", 6),
    ],
)
def test_a_merge_takes_aliases_of_mappings_only(value: str, column: int) -> None:
    problem = refused(
        f"m: &m {{a: b}}\ns: &s text\nl: &l [*m]\nn:\n {{<<: {value} }}".replace("{<<: ", "<<: ").replace(" }", "")
    )
    message = "<< takes an alias of a mapping, or a list of such aliases"
    assert problem == Problem(Code.SYNTAX, message, at(5, column + 1))


def test_a_quoted_or_tagged_merge_key_is_a_key() -> None:
    assert tree("- {'<<': a}\n- {!!str <<: a}\n- [<<]\n- &k <<\n- {*k : a}") == [
        {"<<": "a"},
        {"<<": "a"},
        ["<<"],
        "<<",
        {"<<": "a"},
    ]


def test_a_second_merge_key_is_a_repeated_key() -> None:
    text = "- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: *a\n  <<: *b\n  z: 3\n"
    document, problems = read_document(text.encode(), "c.yaml")
    assert document is not None
    assert document.root == [{"x": "1"}, {"x": "2", "y": "2"}, {"z": "3", "x": "1"}]
    message = "the key << is already given on line 3; that one counts"
    assert problems == (Problem(Code.DUPLICATE_KEY, message, at(4, 3)),)


def test_an_empty_merge_list_adds_nothing() -> None:
    assert tree("{<<: [], a: b}") == {"a": "b"}


def test_without_libyaml_the_python_parser_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "events_of", EVENTS)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    assert tree("é: [012]") == {"é": ["012"]}


# --- limits and attacks --------------------------------------------------------------------------------


def test_the_limits_are_what_is_documented() -> None:
    assert (MOST_BYTES, reader.DEEPEST, reader.MOST_VALUES) == (32 * 1024 * 1024, 64, 5_000_000)


def test_the_size_is_limited() -> None:
    assert tree("a: b", most_bytes=4) == {"a": "b"}
    problem = refused("a: bc", most_bytes=4)
    assert problem == Problem(Code.SYNTAX, "the file has 5 bytes, the limit is 4", Place("c.yaml"))


def test_depth_is_limited_where_a_container_opens() -> None:
    assert tree("a: [[x]]", deepest=3) == {"a": [["x"]]}
    problem = refused("a: [[[x]]]", deepest=3)
    assert problem == Problem(Code.SYNTAX, "lists and mappings are nested more than 3 deep", at(1, 6))
    assert refused("a:\n b:\n  c:\n   d: x", deepest=3).where == at(4, 4)
    assert tree("- [[x]]\n- [[y]]\n- z", deepest=3) == [[["x"]], [["y"]], "z"]


def test_depth_counts_what_an_alias_brings_in() -> None:
    text = "- &a [[x]]\n- [*a]"
    assert tree(text, deepest=4) == [[["x"]], [[["x"]]]]
    assert refused(text, deepest=3).where == at(2, 4)
    chain = "- &a [[x]]\n- &b [*a]\n- [*b]"
    assert refused(chain, deepest=4).where == at(3, 4)
    assert tree(chain, deepest=5)


def test_an_alias_is_as_deep_as_its_anchor_whatever_stands_before_that() -> None:
    data = b"a: [[[x]]]\nb: &b {y: z}\nc: [{d: *b}]"
    assert limited(data, deepest=4)[1] == ()
    assert limited(data, deepest=3)[0] is None


def test_merged_keys_are_no_deeper_than_own_ones() -> None:
    text = "- &a {k: [x]}\n- &b {<<: *a}\n- {<<: [*b]}"
    assert tree(text, deepest=3)[2] == {"k": ["x"]}
    assert refused("- &a {k: [x]}\n- [{<<: *a}]", deepest=3).where == at(2, 9)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("a", 1),
        ("{a: b}", 3),
        ("[a, b, [c]]", 5),
        ("[&a [x, y], *a]", 7),
        ("[&a [x], &b [*a, *a], *b]", 3 + 5 + 5),
        ("[&a x, *a]", 3),
        ("[&a {k: v}, {<<: *a}]", 1 + 3 + 2 + 3),
        ("[&a {k: v}, {<<: [*a, *a]}]", 1 + 3 + 3 + 6),
    ],
)
def test_nodes_are_counted_with_aliases_written_out(text: str, nodes: int) -> None:
    assert tree(text, most_values=nodes)
    problem = refused(text, most_values=nodes - 1)
    assert problem.message == f"the file has more than {nodes - 1} values, counting what aliases repeat"
    assert problem.where is not None
    assert problem.where.line == 1


def levels(first: str, level: str, count: int) -> str:
    return first + "".join(level.format(here=number, below=number - 1) for number in range(1, count))


ATTACKS = {
    "brackets": "[" * 50_000,
    "dashes": "- " * 50_000,
    "complex keys": "? " * 50_000,
    "braces": "{" * 50_000,
    "keys": "".join(" " * depth + "a:\n" for depth in range(500)),
    "merge bomb": levels("a0: &a0 {x: 1}\n", "a{here}: &a{here} {{<<: [*a{below}, *a{below}]}}\n", 25),
    "quadratic merge": levels("a0: &a0 {k: 1}\n", "a{here}: &a{here}\n  <<: *a{below}\n  k{here}: 1\n", 3000),
    "billion laughs": levels("a0: &a0 [x]\n", "a{here}: &a{here} [" + "*a{below}, " * 9 + "]\n", 12),
    "alias chain": levels("a0: &a0 [x]\n", "a{here}: &a{here} [*a{below}]\n", 2000),
    "recursive": "&a [*a]",
    "100 MB": "a: " + "x" * 100 * 1024 * 1024,
    "tag directives": "".join(f"%TAG !a{number}! x\n" for number in range(50_000)) + "---\na: b",
    "late tag directives": "a: b\n...\n" + "".join(f"%TAG !a{number}! x\n" for number in range(50_000)) + "--- c",
    "documents": "---\na\n" * 10_000,
    "nul": "\0" * 100_000,
    "open quotes": "a: '" + "x\n" * 10_000,
}


@pytest.mark.timeout(5)
@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_end_in_a_problem(name: str) -> None:
    refused(ATTACKS[name])


def test_tag_directives_in_text_are_text() -> None:
    text = "a: |\n" + "  %TAG x\n" * 200
    assert tree(text) == {"a": "%TAG x\n" * 200}


# --- properties ----------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.none() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
PLAIN = st.text("ab4.0:-_ éñ模/+", min_size=1, max_size=10).map(str.strip)
PIECES = [
    "a",
    "é",
    ": ",
    "- ",
    "? ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&a ",
    "*a ",
    "&b ",
    "*b",
    "<<",
    "b: c\n",
]
PIECES += ["!x ", "!!str ", "'", '"', "|", ">", "#", "~", "\t", "---\n", "...\n", "%", "\r\n", "\u2028"]
PIECES += ["\\", "\\x", "\\ud800"]
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def blank(node: Any) -> Any:
    """The tree as the base loader gives it: empty text for None."""
    if isinstance(node, dict):
        return {key: blank(value) for key, value in node.items()}
    return [blank(item) for item in node] if isinstance(node, list) else node or ""


def present(document: Document) -> list[tuple[Any, Place, Place]]:
    """The places of what is written: no empty keys or values."""
    return [found for found in all_places(document) if "" not in found[0] and value_at(document, found[0])]


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes, and the same object twice instead of an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@SAME_PARSER
@given(TREES, st.booleans())
@example({"~": None, "": "", "<<": "x", "\u2028": ["\ufeff", "\x00", "null", "\U0001f600"]}, True)
def test_what_is_written_is_read_back(written: Tree, flow: bool) -> None:
    text = yaml.dump(written, Dumper=Quoting, default_flow_style=flow, allow_unicode=False)
    assert tree(text, deepest=1000) == written


@SAME_PARSER
@given(st.lists(PLAIN | TEXT.map(repr), max_size=5))
@example(["4.10", "012", "1:30", "a: b"])
def test_scalars_are_those_of_the_base_loader(scalars: list[str]) -> None:
    text = "".join(f"- {scalar}\n" for scalar in scalars).encode()
    try:
        expected = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError):
        return
    document, problems = read_document(text, "c.yaml")
    if document is not None and not problems:
        assert blank(document.root) == (expected or "")


@settings(SAME_PARSER, max_examples=300)
@given(SOUP)
def test_both_parsers_give_the_same_tree_and_places(text: str) -> None:
    (libyaml, first), (pure, second) = in_both(text.encode())
    if libyaml is None or pure is None:
        return
    assert first == second
    assert libyaml.root == pure.root
    # where a value that is not there stands is the one thing that the parsers see differently
    assert present(libyaml) == present(pure)


@SAME_PARSER
@given(st.binary(max_size=60) | SOUP.map(str.encode))
def test_nothing_raises(data: bytes) -> None:
    document, problems = limited(data, deepest=5, most_values=50)
    assert (document is None) == any(problem.code is Code.SYNTAX for problem in problems)
    assert all(problem.where is not None and problem.where.path == "c.yaml" for problem in problems)

"""Characters that act, or that nobody sees: a message shows every one of them as an escape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.problems import Code, Place, Problem
from sphinx_modelcmp.catalog.scalars import read_text
from tests.support.hostile import ACTING, acting_in


@given(st.text(st.characters()))
def test_nothing_acts_on_a_terminal(text: str) -> None:
    shown = visible(text + ACTING)
    controls = {chr(i) for i in (*range(32), *range(127, 160))}
    assert not set(shown) & {*controls, *"\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"}
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ünïcode 模型 🤖 – “GPT”", "Ünïcode 模型 🤖 – “GPT”"),
        ("\N{MAN}\u200d\N{ROCKET}", "\N{MAN}\u200d\N{ROCKET}"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("a\u200bb", "a\\u200bb"),
        ("half \ud83d", "half \\ud83d"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_is_text_stays_text(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_problem_quotes_whatever_it_is_given() -> None:
    problem = Problem(Code.VALUE, f"no “{ACTING}”", Place(f"a{ACTING}\udcff.yaml", 1, 2))
    assert acting_in(str(problem)) == set()
    assert "\\udcff.yaml:1:2: no “\\x1b]0;owned\\x07\\x1b[2J\\x9b1A\\u202egnp\\u2066\\u200f.exe\\x7f” [value]" in str(
        problem
    )


@pytest.mark.parametrize("text", ["half \ud83d", "\ude00", "a\ufffe", "\u202e", "\u200b\ufeff"])
def test_no_text_is_read_that_a_page_cannot_hold_or_show(text: str) -> None:
    with pytest.raises(ValueError, match=r"control character|nobody sees"):
        read_text(text)

"""What a page shows less of than its author wrote is found in every text, and in no other one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.catalog import commonmark
from sphinx_modelcmp.catalog.commonmark import lost_in, parsed
from sphinx_modelcmp.sections.blocks import Link
from sphinx_modelcmp.sections.prose import inlines

PIECES = [
    "!",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "-",
    "+",
    "*",
    "1",
    ".",
    ")",
    "`",
    "```",
    " ",
    "    ",
    "\t",
    "\n",
    "=",
    "_",
]
PIECES += ["~~~", ":", "\\", "a", "https://a.example", "[a](b)", "[a]: b", "**", "[c](https://c.example)"]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_text_needs_parsing_that_is_not_parsed(text: str) -> None:
    lost = [found for token in parsed(text) for found in commonmark._lost(token)]
    assert lost_in(text) == (lost[0] if lost else "")


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_where_nothing_is_lost_every_link_is_one_on_the_page(text: str) -> None:
    if not lost_in(text):
        links = [inner for token in parsed(text) for inner in token.children or () if inner.type == "link_open"]
        assert len([inline for inline in inlines(text) if isinstance(inline, Link)]) == len(links)

"""CommonMark from a catalog: a run of inlines, whatever it tries to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.sections.blocks import Code, Emphasis, Inline, Link, Strong, Text
from sphinx_modelcmp.sections.prose import inlines
from tests.sections.reading import plain

CASES: list[tuple[str, list[Inline]]] = [
    ("plain", [Text("plain")]),
    ("a *b* c", [Text("a "), Emphasis("b"), Text(" c")]),
    ("**b**", [Strong("b")]),
    ("`x*y*`", [Code("x*y*")]),
    ("[t](https://a.example)", [Link("t", "https://a.example")]),
    ("<https://a.example>", [Link("https://a.example", "https://a.example")]),
    ("<mail@a.example>", [Link("mail@a.example", "mailto:mail@a.example")]),
    ("**a *b* `c`**", [Strong("a b c")]),
    ("[**t** `c`](https://a.example)", [Link("t c", "https://a.example")]),
    ("*[t](https://a.example)*", [Emphasis("t")]),
    ("a\nb", [Text("a"), Text(" "), Text("b")]),
    ("a\n\nb", [Text("a"), Text(" "), Text("b")]),
    ("# Title", [Text("Title")]),
    ("- a\n- b", [Text("a"), Text(" "), Text("b")]),
    ("![alt](https://a.example/x.png)", [Text("alt")]),
    ("a\n\n    code\n\nb", [Text("a"), Text(" "), Code("code"), Text(" "), Text("b")]),
    ("```\ncode\n```", [Code("code")]),
]


@pytest.mark.parametrize(("prose", "wanted"), CASES)
def test_marks(prose: str, wanted: list[Inline]) -> None:
    assert list(inlines(prose)) == wanted


@pytest.mark.parametrize(
    "prose",
    [
        "<script>alert(1)</script>",
        "<b>x</b>",
        "<img src=x onerror=y>",
        "<!-- x -->",
        "a <br> b",
        "{{ x }}",
        ":ref:`x`",
        "|x|",
        "x_ y__",
        "{role}`x`",
        "${x}",
        "$x^2$",
    ],
)
def test_other_markup_is_text(prose: str) -> None:
    found = inlines(prose)
    assert not any(isinstance(inline, Link) for inline in found)
    assert plain(found).replace("`", "") == prose.replace("`", "")


@pytest.mark.parametrize(
    "prose",
    [
        "[t](javascript:alert)",
        "[t](JaVaScRiPt:x)",
        "[t](data:text/html,x)",
        "[t](data:image/png;base64,x)",
        "[t](&#106;avascript:x)",
        "[t](vbscript:x)",
        "[t](relative.html)",
        "[t](//a.example)",
        "[t](#x)",
        "<javascript:x>",
        "[t][r]\n\n[r]: javascript:x",
    ],
)
def test_links_lead_to_safe_addresses_only(prose: str) -> None:
    found = inlines(prose)
    assert not any(isinstance(inline, Link) for inline in found)
    assert plain(found)


@given(st.text(alphabet="ab *_`[]()<>!#-\n\\&;:/.{}%$|~\"'=+1", min_size=1, max_size=60))
def test_any_text_gives_inlines_and_no_unsafe_link(prose: str) -> None:
    for inline in inlines(prose):
        assert "\n" not in inline.text
        if isinstance(inline, Link):
            assert inline.url.startswith(("http:", "https:", "mailto:"))

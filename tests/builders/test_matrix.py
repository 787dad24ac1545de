"""Every builder, with every warning an error: each way to write a comparison, each place that one can stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.util.nodes import clean_astext

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.project import Build

OUTPUTS = {
    "html": "pair.html",
    "dirhtml": "pair/index.html",
    "singlehtml": "index.html",
    "json": "pair.fjson",
    "pickle": "pair.fpickle",
    "epub": "pair.xhtml",
    "latex": "demo.tex",
    "text": "pair.txt",
    "man": "demo.1",
    "texinfo": "demo.texi",
    "xml": "pair.xml",
    "pseudoxml": "pair.pseudoxml",
    "gettext": "pair.pot",
    "linkcheck": "output.json",
    "changes": "changes.html",
    "dummy": "",
}
WITHOUT_FACTS = ("gettext", "linkcheck", "changes", "dummy")
WIDGETS = ("html", "dirhtml", "singlehtml", "latex", "text", "xml", "pseudoxml", "gettext", "linkcheck", "dummy")
"""Tabs are not valid in EPUB, and no page of a manual; that is known of the extensions that bring them."""


@pytest.mark.timeout(90)
@pytest.mark.parametrize("builder", OUTPUTS)
def test_every_builder_takes_the_demo(demo: Callable[[str], Build], builder: str) -> None:
    build = demo(builder)
    assert (build.code, build.stderr) == (0, "")
    if builder not in WITHOUT_FACTS:
        text = (build.out / OUTPUTS[builder]).read_bytes().decode(errors="replace")
        text = " ".join(text.replace("~", " ").split())
        for fact in ("Alfa 1", "Bravo 2", "262,144", "Bolt Labs", "Apache 2.0 (OSI)"):
            assert fact in text, f"{builder} does not say {fact}"


@pytest.mark.timeout(90)
@pytest.mark.parametrize("builder", WIDGETS)
def test_tabs_grids_and_cards(widgets: Callable[[str], Build], builder: str) -> None:
    build = widgets(builder)
    assert (build.code, build.stderr) == (0, "")


@pytest.mark.parametrize("docname", ["pair", "again", "places", "mysty", "bare", "weird"])
def test_no_placeholder_is_left(demo: Callable[[str], Build], docname: str) -> None:
    """What is kept is stock: an environment opens, and a writer runs, without our node classes."""
    document = demo("dummy").doctree(docname)
    modules = {type(node).__module__ for node in document.findall()}
    assert modules <= {"docutils.nodes", "sphinx.addnodes"}
    assert "Alfa 1" in clean_astext(document)


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text", "man", "texinfo", "xml"])
def test_names_that_mean_something_elsewhere(demo: Callable[[str], Build], builder: str) -> None:
    """Each builder escapes a name in its own way; what it may not do is to follow it."""
    build = demo(builder)
    text = build.text(OUTPUTS[builder].replace("pair", "weird"))
    expected = {
        "html": "W_4 &amp; #5 $x$ 100% {y} ~^\\z *q* |s| :t: &lt; &gt;",
        "epub": "W_4 &amp; #5 $x$ 100% {y} ~^\\z *q* |s| :t: &lt; &gt;",
        "xml": "W_4 &amp; #5 $x$ 100% {y} ~^\\z *q* |s| :t: &lt; &gt;",
        "text": "W_4 & #5 $x$ 100% {y} ~^\\z *q* |s| :t: < >",
        "latex": r"W\_4 \& \#5 \$x\$ 100\% \{y\}",
        "man": r"W_4 & #5 $x$ 100% {y}",
        "texinfo": "W_4 & #5 $x$ 100% @{y@}",
    }
    assert expected[builder] in " ".join(text.split())

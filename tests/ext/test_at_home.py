"""The smallest site of each kind that this extension once was in the way of: of other domains, builders, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from tests.support import html
from tests.support.project import STRICT

if TYPE_CHECKING:
    from tests.support.project import Project

# --- other domains ---------------------------------------------------------------------------------------------------

FUNCTION = "```{py:function} knock()\nA function.\n```\n"
LINKS = {
    "myst.md": f"# Site\n\n{FUNCTION}\nSee [the function](knock).\n",
    "any.rst": "Site\n====\n\n.. py:function:: knock()\n\n   A function.\n\nSee :any:`knock`.\n",
    "everywhere.rst": "Site\n====\n\n.. py:function:: knock()\n\n   A function.\n\nSee `knock`.\n",
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_another_domain_knows_is_asked_of_ours_in_silence(project: Project, name: str) -> None:
    """No page compares anything: adding the extension brings no warning."""
    project.configure(root_doc="site", default_role="any", exclude_patterns=[])
    project.write(f"site.{name.rpartition('.')[2]}", LINKS[name].replace("", ""))
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    (link,) = html.parse(build.out / "site.html").select("p > a.reference.internal")
    assert link["href"] == "#knock"


def test_a_link_that_no_domain_knows_is_reported_once(project: Project) -> None:
    project.write("index.rst", "Site\n====\n\nSee :any:`nobody`.\n")
    (warning,) = project.build("html", *STRICT).warnings
    assert "'any' reference target not found: nobody" in warning


# --- extensions that look for markup in text -------------------------------------------------------------------------

# Two amounts in dollars stand in one sentence of the summary, of the trade-offs, of the answers.
VERDICT = "Take Alfa 1 for $x$ tickets."
PRICED = {
    "priced.rst": f"Priced\n======\n\n.. contents::\n\n.. model-compare:: alfa-1 bravo-2\n\n   {VERDICT}\n",
    "priced.md": f"# Priced\n\n```{{contents}}\n```\n\n```{{model-compare}} alfa-1 bravo-2\n{VERDICT}\n```\n",
    # Without a title: one is made of the names.
    "named.rst": f".. model-compare:: alfa-1 dear\n\n   {VERDICT}\n",
}
DEAR = "  dear:\n    name: Dear $US and $CA\n    context_window: 4096\n"


@pytest.fixture
def priced(project: Project, request: pytest.FixtureRequest) -> Project:
    """One of these pages."""
    project.edit("catalog.yaml", "models:\n", f"models:\n{DEAR}")
    project.write(f"index.{request.param.rpartition('.')[2]}", PRICED[request.param])
    return project


@pytest.mark.parametrize("priced", PRICED, indirect=True)
def test_amounts_in_dollars_are_no_mathematics(priced: Project) -> None:
    """Not in the tree, so not in the output of any builder."""
    plain = priced.build("html", *STRICT, out="plain")
    priced.configure("sphinx_math_dollar")
    build = priced.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    assert [node.astext() for node in build.doctree("index").findall(nodes.math)] == ["x"], "the author's own"
    assert build.doctree("index").astext() == plain.doctree("index").astext().replace("$x$", "x")


ABBREVIATING = """
from docutils import nodes
from sphinx.transforms import SphinxTransform

class Abbreviate(SphinxTransform):
    default_priority = {priority}

    def apply(self, **kwargs):
        for text in list(self.document.findall(nodes.Text)):
            text.parent.replace(text, nodes.abbreviation("", str(text)))

def setup(app):
    app.add_transform(Abbreviate)
    return {{"parallel_read_safe": True}}
"""


@pytest.mark.parametrize("priced", PRICED, indirect=True)
@pytest.mark.parametrize("priority", [210, 500, 718, 998])
def test_no_word_of_ours_is_an_abbreviation(priced: Project, priority: int) -> None:
    """Whenever an extension looks, but for titles: those are there when ``contents`` is made of them."""
    priced.write("abbreviating.py", ABBREVIATING.format(priority=priority))
    priced.configure("abbreviating")
    conf = priced.src / "conf.py"
    priced.write("conf.py", f"import sys\nsys.path.insert(0, {str(priced.src)!r})\n{conf.read_text()}")
    build = priced.build_apart("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    found = {node.astext(): node.parent for node in build.doctree("index").findall(nodes.abbreviation)}
    assert VERDICT in found
    theirs = {VERDICT, "Priced", "Contents"}
    others = [text for text, parent in found.items() if text not in theirs]
    titles = [text for text in others if isinstance(found[text].parent, nodes.section | nodes.table | nodes.list_item)]
    assert others == (titles if priority > 719 else [])


@pytest.mark.parametrize("priced", ["priced.rst", "named.rst"], indirect=True)
def test_scripts_are_told_to_find_no_mathematics_in_what_we_say(priced: Project) -> None:
    """MathJax looks through a page of reST, for single dollars where a site asks for them; and for the author's."""
    (body,) = html.parse(priced.build("html", *STRICT).out / "index.html").select("div.body")
    dollars = [text for text in body.find_all(string=True) if "$" in text and not text.find_parent("template")]
    assert len(dollars) > 20
    for name in ("mathjax_ignore", "tex2jax_ignore"):
        assert [text for text in dollars if not text.find_parent(class_=name)] == [VERDICT]

"""The smallest site of each kind that this extension once was in the way of: of other domains, builders, extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from tests.support import html
from tests.support.project import STRICT
from tests.support.tiers import full

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Project


def with_another(project: Project, extension: str) -> Project:
    """The project with an extension of its own; to be built apart."""
    project.write("another.py", extension)
    project.configure("another")
    conf = (project.src / "conf.py").read_text(encoding="utf-8")
    project.write("conf.py", f"import sys\nsys.path.insert(0, {str(project.src)!r})\n{conf}")
    return project


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
@pytest.mark.parametrize("priority", [718, *full(210, 500, 998)])
def test_no_word_of_ours_is_an_abbreviation(priced: Project, priority: int) -> None:
    """Whenever an extension looks, but for titles: those are there when ``contents`` is made of them."""
    build = with_another(priced, ABBREVIATING.format(priority=priority)).build_apart("html", *STRICT)
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


MARKUP = ("amsmath", "attrs_inline", "colon_fence", "dollarmath", "replacements", "smartquotes", "substitution")


def test_what_sources_can_be_written_with_is_not_looked_for_in_ours(project: Project) -> None:
    """MyST's own markup, and addresses that an author could write shorter."""
    project.edit("catalog.yaml", "models:\n", f"models:\n{DEAR}")
    project.write("index.md", "# Page\n\n```{model-compare} alfa-1 weird-4 dear\n```\n")
    plain = project.build("html", *STRICT, out="plain")
    project.configure(
        "sphinx.ext.extlinks",
        myst_enable_extensions=MARKUP,
        myst_substitutions={"y": "z"},
        extlinks={"card": ("https://alfa.example/%s", "%s")},
        extlinks_detect_hardcoded_links=True,
    )
    build = project.build("html", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    assert build.doctree("index").astext() == plain.doctree("index").astext()


# --- builders of others ----------------------------------------------------------------------------------------------

LED_TO = """Pair
====

.. contents::
   :local:

.. model-compare:: alfa-1 bravo-2
   :name: pair
   :headings: {headings}

Again
-----

.. model-compare:: bravo-2 charlie-3
   :sections: specs sources
   :headings: {headings}
"""
LEADING = "Index\n=====\n\n.. toctree::\n\n   pair\n\nSee :ref:`the pair <pair>`.\n"


def dead_links(folder: Path) -> list[str]:
    """The links of files of Markdown that lead nowhere: to no file, no anchor and no heading."""
    pages = {path.resolve(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    ends = {path: {*re.findall(r'<a id="(.+?)">', text), *slugs(text)} for path, text in pages.items()}
    found = []
    for path, text in pages.items():
        for link in re.findall(r"\]\(([^)]+)\)", text):
            name, _, anchor = link.partition("#")
            other = (path.parent / name).resolve() if name else path
            if ":" not in link and not (other in pages and (not anchor or anchor in ends[other])):
                found.append(f"{path.name}: {link}")
    return found


def slugs(text: str) -> list[str]:
    """The anchors that hosts of Markdown give to headings."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]


@pytest.fixture
def led(project: Project) -> Project:
    """A page with every kind of link that a comparison is a part of, and another that leads to it."""
    project.write("index.rst", LEADING)
    project.write("pair.rst", LED_TO.format(headings="auto"))
    return project


@pytest.mark.parametrize("headings", ["section", "rubric"])
def test_links_in_markdown_lead_somewhere(led: Project, headings: str) -> None:
    led.write("pair.rst", LED_TO.format(headings=headings))
    build = led.configure("sphinx_markdown_builder").build("markdown", *STRICT)
    assert (build.code, build.stderr, dead_links(build.out)) == (0, "", [])
    assert "| Context window " in build.text("pair.md")
    assert "[[1]](#" in build.text("pair.md")


def test_links_in_confluence_lead_somewhere(led: Project) -> None:
    led.configure(
        "sphinxcontrib.confluencebuilder",
        confluence_publish=False,
        confluence_space_key="X",
        confluence_server_url="https://wiki.example/",
    )
    build = led.build_apart("confluence", *STRICT)
    assert (build.code, build.stderr) == (0, "")
    text = build.text("pair.conf")
    links = set(re.findall(r'<ac:link ac:anchor="([^"]*-source-\d+)"', text))
    assert links
    assert links <= set(re.findall(r'<ac:parameter ac:name="">([^<]+)<', text))


def test_pages_for_language_models_hold_the_comparison(led: Project) -> None:
    """sphinx-llm builds a site in Markdown beside that of HTML."""
    build = led.configure("sphinx_llm.txt", llms_txt_full_build=True).build_apart("html", *STRICT)
    assert (build.code, build.stderr, dead_links(build.out)) == (0, "", [])
    for name in ("pair.html.md", "llms-full.txt"):
        assert re.search(r"^\| Context window +\| 262,144 ", build.text(name), re.MULTILINE)


REWRITING = """
from sphinx.builders.text import TextBuilder
from sphinx.writers.text import TextTranslator

def write(app, doctree, docname):
    builder = TextBuilder(app, app.env)
    builder.secnumbers = {}
    written = TextTranslator(doctree, builder)
    doctree.walkabout(written)
    (app.outdir / f"{docname}.text").write_text(written.body)

def setup(app):
    app.connect("doctree-resolved", write)
"""


def test_a_page_of_html_can_be_written_in_another_form(led: Project) -> None:
    """As some extensions do for language models: of what stands in pages of HTML only they hear nothing."""
    build = with_another(led, REWRITING).build_apart("html", *STRICT[:1])
    assert (build.code, build.stderr) == (0, "")
    assert "262,144" in build.text("pair.text")
    assert '"offers"' not in build.text("pair.text")


FACT = "- Context window: Alfa 1: 262,144; Bravo 2: 192,000\n"
SENTENCE = "the larger context window: 262,144 tokens, against 192,000 for Bravo 2."


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_sources_joined_for_language_models_are_told_what_is_said(led: Project, builder: str) -> None:
    """sphinx-llms-txt joins the sources of pages, which hold a directive only; those themselves stay as they are."""
    led.configure("sphinx_llms_txt", html_baseurl="https://docs.example/en/", llms_txt_exclude=["kept*"])
    led.write("kept-out.rst", ":orphan:\n\nKept out\n========\n\n.. model-compare:: alfa-1 charlie-3\n")
    led.write("ignored.rst", ":orphan:\n:llms-txt-ignore: true\n\nAlso\n====\n\n.. model-compare:: bravo-2 alfa-1\n")
    build = led.build_apart(builder, *STRICT)
    assert (build.code, build.stderr) == (0, "")
    text = build.text("llms-full.txt")
    page, file = ("pair.html", "pair.comparison.json") if builder == "html" else ("pair/", "pair/comparison.json")
    head = f"\nPair\n----\n\nhttps://docs.example/en/{page}\nhttps://docs.example/en/{file}\n\nAlfa 1, Bravo 2\n"
    assert [text.count(part) for part in (head, FACT, SENTENCE)] == [1, 1, 1]
    assert "Alfa 1, Charlie 3" not in text
    assert "Bravo 2, Alfa 1" not in text
    assert build.text("_sources/pair.rst.txt") == (led.src / "pair.rst").read_text()
    led.edit("catalog.yaml", "context_window: 192000", "context_window: 192001")
    again = led.build_apart(builder, *STRICT).text("llms-full.txt")
    assert again == text.replace("192,000", "192,001")


def test_sources_joined_without_data_are_told_where_it_is_said(led: Project) -> None:
    led.configure("sphinx_llms_txt", modelcmp_structured_data=[])
    text = led.build_apart("html", *STRICT).text("llms-full.txt")
    assert text.endswith("\nPair\n----\n\n/pair.html\n")


def test_a_file_that_is_too_long_is_left_as_the_extension_makes_it(led: Project) -> None:
    led.configure("sphinx_llms_txt", llms_txt_full_max_size=1, llms_txt_full_size_policy="info_note")
    text = led.build_apart("html", *STRICT).text("llms-full.txt")
    assert "exceeded" in text
    assert "Pair" not in text

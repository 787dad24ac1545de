"""A directive gives the same nodes in reST, in both fences of MyST, and in reST within MyST."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from tests.support.html import our_tables, parse, text_of

if TYPE_CHECKING:
    from tests.support.project import Project

OPTIONS = {
    "all": "",
    "some": ":sections: summary specs benchmarks\n:benchmarks: math\n:caption: An own caption\n:class: mine yours\n",
    "flags": ":only-differences:\n:transpose:\n:exclude: faq, related\n:traffic: requests=10 input=10 output=10\n",
    "looks": ":sections: specs\n:align: right\n:width: 50%\n:widths: 1 2 2\n:headings: rubric\n:name: A label\n",
}
MODELS = "alfa-1 Bravo-2"
VERDICT = "A verdict, *stressed*."


def sources(options: str) -> dict[str, str]:
    rest = "".join(f"   {line}\n" for line in options.splitlines())
    directive = f".. model-compare:: {MODELS}\n{rest}\n   {VERDICT}\n"
    return {
        "rst": f"Page\n====\n\n{directive}",
        "md": f"# Page\n\n```{{model-compare}} {MODELS}\n{options}\n{VERDICT}\n```\n",
        "colon": f"# Page\n\n:::{{model-compare}} {MODELS}\n{options}\n{VERDICT}\n:::\n",
        "eval": f"# Page\n\n```{{eval-rst}}\n{directive}```\n",
    }


def plain(document: nodes.document) -> str:
    """A tree as text, without what markups differ in: where it stands, and the page's own title."""
    for node in document.findall(nodes.Element):
        for name in ("source", "wordcount-minutes", "myst_slug", "original_uri"):
            node.attributes.pop(name, None)
    found = [node for node in document.findall(nodes.Element) if "modelcmp" in node["classes"]]
    return "".join(node.pformat() for node in found if "modelcmp" not in node.parent["classes"])


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS.keys())
def test_one_directive_gives_one_tree(project: Project, options: str) -> None:
    trees = {}
    for markup, text in sources(options).items():
        name = f"index.{'rst' if markup == 'rst' else 'md'}"
        project.write(name, text)
        build = project.build("dummy", "-n", "-W", out=markup)
        assert (build.code, build.stderr) == (0, "")
        trees[markup] = plain(build.doctree("index"))
        (project.src / name).unlink()
    assert len(trees["rst"]) > 1000
    assert trees["md"] == trees["rst"]
    assert trees["colon"] == trees["rst"]
    assert trees["eval"] == trees["rst"]


def test_options_do_what_they_say(project: Project) -> None:
    head = "Page\n====\n\n.. model-compare:: alfa-1 bravo-2 charlie-3\n"
    options = (
        "   :sections: benchmarks specs\n   :fields: min_gpu context_window\n   :benchmarks: swe\n"
        "   :class: mine\n   :caption: An own caption\n"
    )
    project.write("index.rst", head + options)
    page = parse(project.build("html", "-n", "-W").out / "index.html")
    for word in page.select(".modelcmp-unseen"):
        word.decompose()
    results, specs = our_tables(page)[0], our_tables(page)[-1]
    assert "mine" in results["class"]
    assert "mine" in specs["class"]
    assert text_of(results.caption).rstrip(" ¶") == "An own caption"
    (row,) = results.select("tbody tr")
    assert text_of(row.th) == "SWE-test (resolved, harness agent-x, variant not stated)"
    assert sorted(text_of(row.th) for row in specs.select("tbody tr")) == ["Context window", "Smallest GPU"]
    sections = [tag["class"][1] for tag in page.select("section.modelcmp")]
    assert sections == ["modelcmp-benchmarks", "modelcmp-specs"]


def test_only_differences_leaves_rows_out_and_says_so(project: Project) -> None:
    head = "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: specs\n"
    project.write("index.rst", head)
    full = parse(project.build("html", "-W", out="full").out / "index.html")
    project.write("index.rst", f"{head}   :only-differences:\n")
    short = parse(project.build("html", "-W", out="short").out / "index.html")
    names = [[text_of(row.th) for row in page.select("table.modelcmp-table tbody tr")] for page in (full, short)]
    assert "Architecture" in names[0]
    assert "Architecture" not in names[1]
    left = len(names[0]) - len(names[1])
    assert f"{left} row" in text_of(short.body)

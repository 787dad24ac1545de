"""What is wrong is said at its place, with the nearest names; the rest of the documentation builds."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from docutils import nodes

from tests.support import html
from tests.support.hostile import ACTING, acting_in
from tests.support.tiers import full

if TYPE_CHECKING:
    from tests.support.project import Build, Project

HEAD = "Page\n====\n\nBefore.\n\n"
LINE = 6
BOTH = ".. model-compare:: alfa-1 bravo-2\n"


class Case(NamedTuple):
    """A directive with a mistake, the warning that it gives, and whether the comparison is made all the same."""

    text: str
    warning: str
    compared: bool = True


CASES = {
    "unknown model": Case(
        ".. model-compare:: alfa-1 nothing-like-it\n",
        r"no model “nothing-like-it” in the catalog \[modelcmp.unknown-model\]",
        False,
    ),
    "misspelt model": Case(
        ".. model-compare:: alfa-1 bravo-22\n",
        r"no model “bravo-22” in the catalog; did you mean bravo-2\? \[modelcmp.unknown-model\]",
        False,
    ),
    "misspelt alias": Case(
        ".. model-compare:: Acme/Alfa1 bravo-2\n", r"did you mean .*Acme/Alfa-1.*\? \[modelcmp.unknown-model\]", False
    ),
    "misspelt of three": Case(
        ".. model-compare:: alfa-1 bravo-2 charly-3\n", r"did you mean charlie-3\? \[modelcmp.unknown-model\]"
    ),
    "one model": Case(
        ".. model-compare:: alfa-1\n", r"a comparison needs two different models \[modelcmp.too-few-models\]", False
    ),
    "the same twice": Case(
        ".. model-compare:: alfa-1 acme/ALFA-1\n",
        r"the model “alfa-1” is named twice \[modelcmp.too-few-models\]",
        False,
    ),
    "misspelt section": Case(
        f"{BOTH}   :sections: specs prices\n",
        r"no section “prices”; did you mean .*pricing.*\? \[modelcmp.unknown-section\]",
    ),
    "misspelt exclusion": Case(
        f"{BOTH}   :exclude: fag\n", r"no section “fag”; did you mean faq\? \[modelcmp.unknown-section\]"
    ),
    "misspelt field": Case(
        f"{BOTH}   :fields: released contxt_window\n",
        r"no row “contxt_window”; did you mean context_window\? \[modelcmp.unknown-field\]",
    ),
    "misspelt house field": Case(
        f"{BOTH}   :fields: released min_gpus\n",
        r"no row “min_gpus”; did you mean min_gpu\? \[modelcmp.unknown-field\]",
    ),
    "misspelt benchmark": Case(
        f"{BOTH}   :benchmarks: swe maths\n",
        r"no benchmark “maths”; did you mean math\? \[modelcmp.unknown-benchmark\]",
    ),
    "misspelt traffic": Case(
        f"{BOTH}   :traffic: support-bod\n",
        r"no traffic “support-bod” in the catalog; did you mean support-bot\? \[modelcmp.unknown-traffic\]",
    ),
    "traffic that is none": Case(
        f"{BOTH}   :traffic: requests=many input=1 output=1\n",
        r"traffic “.*”: .*requests.* \[modelcmp.unknown-traffic\]",
    ),
    "traffic over the whole": Case(
        f"{BOTH}   :traffic: requests=1 input=1 output=1 cache-hit=101%\n",
        r"traffic “.*”: cache-hit: 101% is not a share between 0 and 1 .* \[modelcmp.unknown-traffic\]",
    ),
}


def built(project: Project, text: str, *options: str) -> Build:
    project.write("index.rst", f"{HEAD}{text}\nAfter.\n")
    return project.build("html", *options)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_is_located_and_the_rest_builds(project: Project, case: Case) -> None:
    build = built(project, case.text)
    assert build.code == 0
    assert any(re.search(rf"index\.rst:{LINE}: WARNING: .*{case.warning}", line) for line in build.warnings)
    assert all(f"index.rst:{LINE}: WARNING: " in line for line in build.warnings)
    page = html.parse(build.out / "index.html")
    notice, *_ = page.select(".admonition.warning")  # a model may bring one of its own
    for line in build.warnings:
        said = line.partition("WARNING: ")[2].partition(" [modelcmp.")[0].rstrip("?.").casefold()
        assert said in html.text_of(notice).casefold()
    text = html.text_of(page)
    assert "Before." in text
    assert "After." in text
    assert bool(html.our_tables(page)) is case.compared


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_fails_a_strict_build(project: Project, case: Case) -> None:
    """Pages are built all the same; the exit status tells."""
    build = built(project, case.text, "-W", "--keep-going")
    assert build.code == 1
    assert (build.out / "index.html").is_file()


@pytest.mark.parametrize("builder", ["text", *full("latex", "man", "texinfo", "epub", "xml", "gettext")])
def test_notices_stand_in_every_builder(project: Project, builder: str) -> None:
    project.write("index.rst", HEAD + "\n".join(case.text for case in CASES.values()))
    build = project.build(builder)
    assert build.code == 0
    assert len([line for line in build.warnings if "[modelcmp." in line]) == len(build.warnings)
    if builder == "text":
        assert build.text("index.txt").count("No model “") == 4


def test_names_that_do_not_exist_do_not_select_everything(project: Project) -> None:
    """Were they dropped, an empty list would be left, and would mean all of them."""
    build = built(project, f"{BOTH}   :sections: specs benchmarks\n   :fields: nothing\n   :benchmarks: nothing\n")
    page = html.parse(build.out / "index.html")
    assert html.our_tables(page) == []


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("headings: sections", "“sections” is not one of auto, section, rubric, none; did you mean section"),
        ("align: middle", "middle"),
        ("widths: wide", "wide"),
        ("width: broad", "broad"),
        ("colour: red", "colour"),
    ],
)
def test_an_option_that_cannot_be_read(project: Project, option: str, message: str) -> None:
    """Docutils and MyST report these themselves, each in its own way: located, with what is allowed."""
    project.write("index.rst", f"{HEAD}{BOTH}   :{option}\n\nAfter.\n\n.. toctree::\n\n   other\n")
    project.write("other.md", f"# Page\n\n```{{model-compare}} alfa-1 bravo-2\n:{option}\n```\n\nAfter.\n")
    build = project.build("html")
    assert build.code == 0
    # MyST 4.0 adds a suffix to the name of the file.
    for source in (rf"index\.rst:{LINE}", r"other\.md(\.rst)?:[34]"):
        assert re.search(rf"{source}: (WARNING|ERROR): (?s:.){{0,200}}{re.escape(message)}", build.stderr), build.stderr
    for page in ("index.html", "other.html"):
        assert "After." in html.text_of(html.parse(build.out / page))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```{model-compare} alfa-1 bravo-22\n```\n", 5),
        (":::{model-compare} alfa-1 bravo-22\n:::\n", 5),
        ("```{eval-rst}\n.. model-compare:: alfa-1 bravo-22\n```\n", 6),
        ("````{note}\n```{model-compare} alfa-1 bravo-22\n```\n````\n", 6),
    ],
)
def test_places_are_right_in_markdown(project: Project, text: str, line: int) -> None:
    project.write("index.md", f"# Page\n\nBefore.\n\n{text}")
    build = project.build("dummy")
    assert any(f"index.md:{line}: WARNING: no model “bravo-22”" in warning for warning in build.warnings), build.stderr


def test_warnings_can_be_suppressed_by_kind(project: Project) -> None:
    project.configure(suppress_warnings=["modelcmp.unknown-model"])
    build = built(project, f"{CASES['misspelt of three'].text}   :exclude: fag\n", "-W", "--keep-going")
    assert [line.rpartition("[")[2] for line in build.warnings] == ["modelcmp.unknown-section]"]
    project.configure(suppress_warnings=["modelcmp"])
    again = built(project, f"{CASES['misspelt of three'].text}   :exclude: fag\n", "-W", "--keep-going")
    assert (again.code, again.stderr) == (0, "")


def test_no_catalog_is_configured(project: Project) -> None:
    project.configure(modelcmp_catalog="")
    build = built(project, BOTH)
    assert build.code == 0
    (warning,) = build.warnings
    assert f"index.rst:{LINE}: WARNING: no catalog is configured" in warning
    assert html.parse(build.out / "index.html").select(".admonition.warning")


HOSTILE = """
sources:
  bad: {title: "<b>Bold</b> source", url: "javascript:alert(1)"}
  data: {title: Data, url: "data:text/html,<script>alert(1)</script>"}
organizations:
  evil: {name: Evil, url: "JaVaScRiPt:alert(2)"}
models:
  one:
    name: '<script>alert("name")</script>'
    organization: evil
    context_window:
      value: 1000
      source: bad
      note: '<img src=x onerror=alert(3)> [click](javascript:alert(4)) [b](vbscript:x)'
    best_for: ['<iframe src="https://evil.example"></iframe>', '{{ 7*7 }}', '|substitution|', ':ref:`x`']
  two:
    name: 'Two"><svg onload=alert(5)>'
    context_window: {value: 2000, source: data}
"""


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_markup_and_scripts_of_a_catalog_are_text(project: Project, builder: str) -> None:
    project.write("catalog.yaml", HOSTILE)
    project.write("index.rst", f"{HEAD}.. model-compare:: one two\n   :caption: <script>alert(6)</script>\n")
    build = project.build(builder)
    assert build.code == 0
    path = build.out / ("index.xhtml" if builder == "epub" else "index.html")
    page = html.parse(path)
    body = page.select_one("section#page") or page
    assert '<script>alert("name")</script>' in html.text_of(body).replace("< ", "<")
    assert not body.select("script:not([type='application/json']), img, iframe, svg, b")
    links = [str(tag["href"]) for tag in page.find_all("a", href=True)]
    assert [link for link in links if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)] == []
    assert not [tag for tag in body.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    codes = re.findall(r"\[(modelcmp\.[a-z-]+)\]", build.stderr)
    assert codes.count("modelcmp.unsafe-url") >= 3
    assert "modelcmp.markup" in codes


def test_a_problem_of_the_catalog_stands_at_its_place_there(project: Project) -> None:
    project.edit("catalog.yaml", "context_window: 192000", "context_windw: 192000")
    build = built(project, BOTH)
    (warning,) = build.warnings
    assert re.search(
        r"catalog\.yaml:\d+:\d+: WARNING: .*context_windw.*did you mean context_window\? \[modelcmp.unknown-key\]",
        warning,
    )
    line = int(warning.split("catalog.yaml:")[1].split(":")[0])
    assert "context_windw" in (project.src / "catalog.yaml").read_text().splitlines()[line - 1]


def test_nothing_that_a_catalog_or_a_page_says_acts_on_a_terminal(project: Project) -> None:
    key = json.dumps(ACTING)
    project.write(f"odd{ACTING}.yaml", f"models: {{{key}: {{name: x}}, b: {{name: B, {key}: 1, released: {key}}}}}")
    project.configure(modelcmp_catalog=["catalog.yaml", f"odd{ACTING}.yaml"], modelcmp_sections=[ACTING])
    build = built(project, f".. model-compare:: alfa-1 {ACTING.replace(' ', '')}\n")
    assert sum("owned" in line for line in build.warnings) == 5
    assert acting_in(build.stderr) == set()


@pytest.mark.parametrize("kind", ["locked", "loop"])
def test_an_unreadable_file_leaves_the_others(project: Project, kind: str) -> None:
    if kind == "locked":
        if os.geteuid() == 0:
            pytest.skip("root reads everything")
        project.write("more.yaml", "models: {}\n").chmod(0)
    else:
        (project.src / "more.yaml").symlink_to("more.yaml")
    project.configure(modelcmp_catalog=["catalog.yaml", "more.yaml"])
    build = built(project, BOTH)
    (warning,) = build.warnings
    assert re.search(r"WARNING: \S*more\.yaml: cannot be read: .* \[modelcmp\.catalog-file\]", warning)
    assert "262,144" in build.text("index.html")


def test_a_notice_is_an_admonition_of_stock(project: Project) -> None:
    project.write("index.rst", HEAD + CASES["one model"].text)
    document = project.build("dummy").doctree("index")
    (notice,) = document.findall(nodes.warning)
    assert notice.astext() == "A comparison needs two different models."

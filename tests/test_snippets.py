"""What the documentation shows: snippets in two markups, catalogs, the quickstart, Python.

Each pair of snippets gives one document tree, which stands in tests/golden/snippets. After an intended change,
``REGENERATE=1 pytest tests/test_snippets.py`` writes those files and the quickstart's results anew, and fails.
"""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.compare.comparison import SECTION_NAMES
from sphinx_modelcmp.ext.directive import OPTIONS
from sphinx_modelcmp.nodes.classes import CALCULATOR, PUBLISHED
from tests.compare.making import compared
from tests.sections.reading import page_of, texts
from tests.support.golden import kept

if TYPE_CHECKING:
    from collections.abc import Mapping


HERE = Path(__file__).parent
ROOT = HERE.parent
DOCS = ROOT / "docs"
GOLDEN = HERE / "golden" / "snippets"
MARKUPS = {"rst": ".rst", "myst": ".md"}
NAMES = sorted(path.stem for path in (DOCS / "snippets" / "rst").glob("*.txt"))
CONF = 'extensions = ["myst_parser", "sphinx_modelcmp"]\nmodelcmp_catalog = "catalog.yaml"\n'
# Where a node comes from, what MyST notes of its own (empty texts, too), what goes into no page, and the data of the
# calculator, which nobody could read here, and which tests/browser holds against the engine.
FOREIGN = ("source", "line", "xml:space", "slug", PUBLISHED, CALCULATOR)


def build(folder: Path, builder: str = "dummy") -> SphinxTestApp:
    app = SphinxTestApp(builder, srcdir=folder, confoverrides={"nitpicky": True})
    app.build(force_all=True)
    app.cleanup()
    assert app.warning.getvalue() == ""
    return app


def tree_of(app: SphinxTestApp, name: str) -> str:
    """The tree of a page below its title, without what depends on the markup or the place."""
    (page,) = app.env.get_doctree(name).children
    assert isinstance(page, nodes.section)
    document = nodes.Element("", *page.children[1:])
    for empty in [text for text in document.findall(nodes.Text) if not text.astext()]:
        empty.parent.remove(empty)
    for node in document.findall(nodes.Element):
        for attribute in FOREIGN:
            node.attributes.pop(attribute, None)
        # docutils writes lists of names, and no tuples.
        node.attributes.update({key: list(value) for key, value in node.attributes.items() if isinstance(value, tuple)})
    return "\n".join(child.asdom().toprettyxml(indent=" ") for child in _elements(document))


def _elements(root: nodes.Element) -> list[nodes.Element]:
    return [child for child in root.children if isinstance(child, nodes.Element)]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, str]]:
    """For each markup, the tree of each snippet: all of them pages of one project."""
    found = {}
    for markup, suffix in MARKUPS.items():
        folder = tmp_path_factory.mktemp(markup)
        (folder / "conf.py").write_text(CONF)
        (folder / "catalog.yaml").write_bytes((HERE / "snippets-catalog.yaml").read_bytes())
        (folder / "index.rst").write_text("Snippets\n========\n\n.. toctree::\n   :glob:\n\n   *\n")
        for name in NAMES:
            title = f"# {name}\n\n" if markup == "myst" else f"{name}\n{'=' * len(name)}\n\n"
            snippet = (DOCS / "snippets" / markup / f"{name}.txt").read_text(encoding="utf-8")
            (folder / f"{name}{suffix}").write_text(title + snippet, encoding="utf-8")
        app = build(folder)
        found[markup] = {name: tree_of(app, name) for name in NAMES}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_twins_give_the_same_tree(name: str, trees: Mapping[str, Mapping[str, str]]) -> None:
    golden = kept(GOLDEN / f"{name}.xml", trees["rst"][name])
    assert trees["rst"][name] == golden
    assert trees["myst"][name] == golden


def test_every_snippet_has_a_twin_and_a_golden() -> None:
    assert sorted(path.stem for path in (DOCS / "snippets" / "myst").glob("*.txt")) == NAMES
    assert sorted(path.stem for path in GOLDEN.glob("*.xml")) == NAMES


def test_every_section_and_every_option_has_a_snippet() -> None:
    assert {f"section-{name}" for name in SECTION_NAMES} == {name for name in NAMES if name.startswith("section-")}
    assert {f"option-{name}" for name in OPTIONS} == {name for name in NAMES if name.startswith("option-")}


def test_every_snippet_is_shown_once() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in sorted((DOCS / "sections").glob("*.md")))
    assert sorted(re.findall(r"^```\{snippet\} (.+)$", pages, re.MULTILINE)) == NAMES


def test_the_snippets_models_are_those_of_the_documentation() -> None:
    frozen, problems = read(HERE / "snippets-catalog.yaml")
    assert problems == []
    assert frozen <= read(ROOT / "data")[0]


@pytest.mark.parametrize(
    "path",
    [
        *(DOCS / "examples" / f"{name}.yaml" for name in ("catalog", "support-matrix", "model-hub")),
        DOCS / "quickstart" / "models.yaml",
    ],
    ids=lambda path: path.stem,
)
def test_shown_catalogs_are_in_order(path: Path) -> None:
    models, problems = read(path)
    assert models
    assert problems == []


def test_what_the_documentation_says_of_rates_is_what_its_catalog_gives() -> None:
    """A page converts at the rate of the example, and names it in the words that the documentation quotes."""
    comparison = compared(load_catalog([DOCS / "examples" / "catalog.yaml"]).catalog, "closed-3", "open-2")
    (said,) = (line for line in texts(page_of(comparison)["cost"].blocks) if "counts as" in line)
    shown = " ".join((DOCS / "catalog.md").read_text(encoding="utf-8").split())
    assert f"“{said.removesuffix(' [2]')}”" in shown
    assert "not convert" not in shown


@pytest.mark.parametrize("name", ["catalog.md", "command-line.md"])
def test_an_editor_is_led_to_the_schema(name: str) -> None:
    """By the line that its language server reads, at the top of a file beside the schema."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert "# yaml-language-server: $schema=catalog.schema.json\n" in blocks


def read(path: Path) -> tuple[set[str], list[str]]:
    loaded = load_catalog([path])
    return set(loaded.catalog.models), [str(problem) for problem in loaded.problems]


@pytest.fixture
def quickstart(tmp_path: Path) -> Path:
    for shown, name in {"conf.txt": "conf.py", "models.yaml": "models.yaml", "index.txt": "index.rst"}.items():
        (tmp_path / name).write_bytes((DOCS / "quickstart" / shown).read_bytes())
    return tmp_path


def test_the_quickstart_can_be_followed(quickstart: Path) -> None:
    app = build(quickstart, "text")
    text = (app.outdir / "index.txt").read_text(encoding="utf-8")
    assert text == kept(DOCS / "quickstart" / "result.txt", text)


def test_every_version_of_sphinx_writes_the_same_article(quickstart: Path) -> None:
    """Without the frame of a theme: that is what the builder ``json`` leaves out."""
    app = build(quickstart, "json")
    body = json.loads((app.outdir / "index.fjson").read_text(encoding="utf-8"))["body"]
    assert body == kept(HERE / "golden" / "quickstart.html", body)


@pytest.mark.parametrize("name", ["python.md", "claims.md"])
def test_what_the_pages_show_in_python_is_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(DOCS / name), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0

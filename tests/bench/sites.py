"""The same site in each variant: a folder of pages, and what its extension reads.

``python -m tests.bench.sites FOLDER MODELS PAGES VARIANT...`` writes them. It is a program of its own because the one
that measures has to stay small: the memory of a process counts for those that it starts, too.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.nodes.build import Builder
from sphinx_modelcmp.nodes.layout import Anchors, Heading
from tests.bench.copies import WINDOWS, original_count, write_copies
from tests.bench.measuring import EDITS
from tests.bench.pages import pairs, write_pages
from tests.bench.rest import TEMPLATE, by_hand, data_of, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.pages import Page

GROUP = 25
"""Pages below one entry of the contents: a single list of thousands would cost more than the pages."""
DATA = "data"
TEMPLATES = "_templates"
EXEMPTIONS = ("translatable", "support_smartquotes")
"""What our nodes say beyond their content."""

CONF = """\
{imports}project = "Benchmark"
author = "Nobody"
copyright = "2026, Nobody"
extensions = {extensions!r}
exclude_patterns = ["{data}", "{templates}", "catalog"]
"""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to make the pages."""

    source: Callable[[Page], str]
    """The page's source file."""
    extensions: tuple[str, ...] = ()
    data: Callable[[Page], Any] | None = None
    """What lies beside the page, as JSON."""
    conf: str = ""
    """More lines for conf.py."""
    imports: str = ""


def bare(node: nodes.Node) -> Any:
    """A node as the floor reads it, without our exemptions."""
    if not isinstance(node, nodes.Element):
        return node.astext()
    attributes = {name: value for name, value in node.attributes.items() if value and name not in EXEMPTIONS}
    if ":" not in attributes.get("refuri", ":"):
        attributes["internal"] = True
    return [type(node).__name__, attributes, [bare(child) for child in node.children]]


def bare_nodes(page: Page) -> list[Any]:
    """The nodes of a page, as the extension makes them."""
    builder = Builder((page.docname, 1), heading=Heading.SECTION, page=page.docname)
    return [bare(node) for node in builder.sections(page.sections, Anchors())]


def _with_directive(text: str) -> Callable[[Page], str]:
    """The source of a page that has a title and one directive."""

    def source(page: Page) -> str:
        return f"{heading(page)}\n{text.format(page=page, models=' '.join(page.models), data=DATA)}\n"

    return source


VARIANTS: dict[str, Variant] = {
    "ours": Variant(
        source=_with_directive(".. model-compare:: {models}"),
        extensions=("sphinx_modelcmp",),
        conf='modelcmp_catalog = "catalog"\n',
    ),
    "hand-written": Variant(source=by_hand),
    "datatemplates": Variant(
        source=_with_directive(f".. datatemplate:json:: {{data}}/{{page.docname}}.json\n   :template: {TEMPLATE.name}"),
        extensions=("sphinxcontrib.datatemplates",),
        data=data_of,
        conf=f'templates_path = ["{TEMPLATES}"]\n',
    ),
    "jinja": Variant(
        source=_with_directive(f".. jinja:: {{page.docname}}\n   :file: {TEMPLATES}/{TEMPLATE.name}"),
        extensions=("sphinx_jinja",),
        data=data_of,
        conf=(
            'jinja_contexts = {path.stem: {"data": json.loads(path.read_text("utf-8"))}\n'
            f'    for path in sorted(Path(__file__).with_name("{DATA}").glob("*.json"))}}\n'
        ),
        imports="import json\nfrom pathlib import Path\n\n",
    ),
    "floor": Variant(
        source=_with_directive(".. bare-nodes:: {data}/{page.docname}.json"),
        extensions=("tests.bench.floor",),
        data=bare_nodes,
    ),
}
"""Name to how it is made."""


def write_sites(folder: Path, models: int, pages: int, variants: Sequence[str]) -> None:
    """Write ``<folder>/<variant>/src`` for each variant; the catalog stands in ours."""
    edited = write_copies(folder / "catalog", models)
    catalog = load_catalog([folder / "catalog"]).catalog
    chosen = pairs(list(catalog.models), pages, **edited, originals=original_count())
    for name in variants:
        _write_frame(folder / name / "src", VARIANTS[name], [f"page-{i:04}" for i in range(1, pages + 1)])
    for page in write_pages(catalog, chosen):
        for name in variants:
            _write_page(folder / name / "src", VARIANTS[name], page)
    if "ours" in variants:
        (folder / "catalog").rename(folder / "ours" / "src" / "catalog")
        edits = {
            name: {"value": WINDOWS[name], "pages": sum(model in pair for pair in chosen)}
            for name, model in edited.items()
        }
        (folder / EDITS).write_text(json.dumps(edits), encoding="utf-8")


def _write_frame(src: Path, variant: Variant, docnames: Sequence[str]) -> None:
    """All but the pages: the configuration, the template and the contents."""
    for name in (DATA, TEMPLATES):
        (src / name).mkdir(parents=True)
    extensions = ["tests.bench.phases", *variant.extensions]
    conf = CONF.format(imports=variant.imports, extensions=extensions, data=DATA, templates=TEMPLATES)
    (src / "conf.py").write_text(conf + variant.conf, encoding="utf-8")
    (src / TEMPLATES / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
    groups = [docnames[i : i + GROUP] for i in range(0, len(docnames), GROUP)]
    _write_contents(src / "index.rst", "Benchmark", [f"group-{i}" for i, _ in enumerate(groups, 1)])
    for i, group in enumerate(groups, 1):
        _write_contents(src / f"group-{i}.rst", f"Group {i}", group)


def _write_contents(path: Path, title: str, docnames: Sequence[str]) -> None:
    lines = "".join(f"   {name}\n" for name in docnames)
    path.write_text(f"{title}\n{'=' * len(title)}\n\n.. toctree::\n\n{lines}", encoding="utf-8")


def _write_page(src: Path, variant: Variant, page: Page) -> None:
    (src / f"{page.docname}.rst").write_text(variant.source(page), encoding="utf-8")
    if variant.data:
        text = json.dumps(variant.data(page), ensure_ascii=False)
        (src / DATA / f"{page.docname}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_sites(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])

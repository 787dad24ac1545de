"""Pages of our documentation, and a table longer than a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.project import DATA, DOCS, Project

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 90
PAGES = ("codex-1-vs-qwen3.5-4b.rst", "six-models.md")


def published(root: Path) -> Project:
    """The flagship page, the one of six models, and two made-up ones with many rows."""
    project = Project(root)
    rows = "".join(f"  row_{i}: {{label: House row {i}, group: specs, type: text}}\n" for i in range(ROWS))
    facts = "".join(f"    row_{i}: text {i}\n" for i in range(ROWS))
    project.write("more.yaml", f"fields:\n{rows}models:\n  one:\n    name: One\n{facts}  two:\n    name: Two\n{facts}")
    for name in PAGES:
        project.write(name, (DOCS / name).read_text(encoding="utf-8"))
    contents = "".join(f"   {name.rpartition('.')[0]}\n" for name in PAGES)
    project.write(
        "index.rst",
        f"Real models\n===========\n\n.. toctree::\n\n{contents}\n"
        "A long table\n------------\n\n.. model-compare:: one two\n   :sections: specs\n",
    )
    return project.configure(
        modelcmp_catalog=[str(DATA), "more.yaml"],
        modelcmp_catalog_roots=[str(DATA)],
        man_pages=[("index", "real", "real models", ["Nobody"], 7)],
    )

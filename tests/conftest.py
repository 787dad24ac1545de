"""Fixtures of the Sphinx-side tests. Whatever a build costs is paid once a session and builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import odd
from tests.support.project import HERE, STRICT, Build, Project
from tests.support.published import published as pages_of_ours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEMO_CATALOG = HERE / "demo" / "catalog.yaml"
MANUALS = [
    ("index", "demo", "a demonstration", ["Nobody"], 1),
    ("pair", "pair", "two pairs", ["Nobody"], 7),
]
TEXINFO = [("index", "demo", "Demo", "Nobody", "Demo", "A demonstration.", "Miscellaneous")]
AUTOSECTIONLABEL = "sphinx.ext.autosectionlabel"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with the catalog of the demo."""
    fresh = Project(tmp_path)
    (fresh.src / "catalog.yaml").write_bytes(DEMO_CATALOG.read_bytes())
    return fresh


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Build]:
    """The demo project: builds it once for each builder, from doctrees of its own."""
    held = Project(tmp_path_factory.mktemp("demo")).copy("demo")
    held.configure(AUTOSECTIONLABEL, numfig=True, man_pages=MANUALS, texinfo_documents=TEXINFO, linkcheck_ignore=[".*"])
    return _once(held)


@pytest.fixture(scope="session")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Build]:
    """Comparisons in the tabs, grids and cards of other extensions, which are not at home in every builder."""
    held = Project(tmp_path_factory.mktemp("widgets")).copy("widgets")
    (held.src / "catalog.yaml").write_bytes(DEMO_CATALOG.read_bytes())
    held.configure(AUTOSECTIONLABEL, "sphinx_design", "sphinx_tabs.tabs", linkcheck_ignore=[".*"])
    return _once(held)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Pages of our documentation, to be built."""
    return pages_of_ours(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A catalog at the edge of what a page can show, to be built."""
    held = Project(tmp_path_factory.mktemp("strange"))
    held.write("catalog.yaml", odd.catalog())
    held.write("index.rst", odd.PAGE)
    return held.configure(man_pages=[("index", "odd", "an odd catalog", ["Nobody"], 7)], texinfo_documents=TEXINFO)


def _once(project: Project) -> Callable[[str], Build]:
    builds: dict[str, Build] = {}

    def build(builder: str) -> Build:
        if builder not in builds:
            builds[builder] = project.build(builder, *STRICT)
        return builds[builder]

    return build

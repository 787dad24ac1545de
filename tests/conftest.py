"""Fixtures of the Sphinx-side tests. Whatever a build costs is paid once a run and builder."""

from __future__ import annotations

import pickle
from functools import cache
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

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

# No test times itself: on a busy machine the first example of one may take any time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First axe, which takes longest; other tests in a browser last, when it has built the sites that they look at."""

    def order(item: pytest.Item) -> int:
        return 0 if item.path.stem == "test_axe" else 2 if item.path.parent.name == "browser" else 1

    items.sort(key=order)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with the catalog of the demo."""
    fresh = Project(tmp_path)
    (fresh.src / "catalog.yaml").write_bytes(DEMO_CATALOG.read_bytes())
    return fresh


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder for all the processes of a run: under xdist each has its own within that of the run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def demo(run_folder: Path) -> Callable[[str], Build]:
    """The demo project: builds it once for each builder, from doctrees of its own."""

    def make(root: Path) -> Project:
        values = {"man_pages": MANUALS, "texinfo_documents": TEXINFO, "linkcheck_ignore": [".*"]}
        return Project(root).copy("demo").configure(AUTOSECTIONLABEL, numfig=True, **values)

    return _once(run_folder / "demo", make)


@pytest.fixture(scope="session")
def widgets(run_folder: Path) -> Callable[[str], Build]:
    """Comparisons in the tabs, grids and cards of other extensions, which are not at home in every builder."""

    def make(root: Path) -> Project:
        held = Project(root).copy("widgets")
        (held.src / "catalog.yaml").write_bytes(DEMO_CATALOG.read_bytes())
        return held.configure(AUTOSECTIONLABEL, "sphinx_design", "sphinx_tabs.tabs", linkcheck_ignore=[".*"])

    return _once(run_folder / "widgets", make)


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


def _once(root: Path, make: Callable[[Path], Project]) -> Callable[[str], Build]:
    """Build once, whichever of the processes that test comes first."""

    @cache
    def build(builder: str) -> Build:
        kept = root / f"{builder}.build"
        with FileLock(f"{root}.lock"):
            if not kept.exists():
                built = make(root).build(builder, *STRICT)
                kept.write_bytes(pickle.dumps(built))
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]

    return build

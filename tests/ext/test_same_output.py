"""The same sources give the same bytes: in one process or four, whatever the hash seed, and however often written."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.support.project import Project
from tests.support.tiers import full

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Build

CHANGES_ANYWAY = (".buildinfo",)


def contents(folder: Path) -> dict[str, str]:
    """Every file that a build has written, by its hash."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in CHANGES_ANYWAY
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The demo, and pages enough that every one of four processes gets some."""
    project = Project(tmp_path_factory.mktemp("same")).copy("demo")
    # Curly quotes are Sphinx's own exception: it leaves them out while it reads for text and for man.
    project.configure(numfig=True, smartquotes=False)
    for i in range(6):
        project.write(f"more{i}.rst", f":orphan:\n\nMore {i}\n=======\n\n.. model-compare:: alfa-1 charlie-3\n")
    return project


@pytest.fixture(scope="module")
def serial(site: Project) -> Build:
    build = site.build_apart("html", "-n", "-W", out="serial", PYTHONHASHSEED="1")
    assert (build.code, build.stderr) == (0, "")
    return build


def test_four_processes_write_what_one_does(site: Project, serial: Build) -> None:
    """Another hash seed and another time zone, too."""
    parallel = site.build_apart("html", "-n", "-W", "-j4", out="parallel", PYTHONHASHSEED="7", TZ="Pacific/Apia")
    assert (parallel.code, parallel.stderr) == (0, "")
    assert contents(parallel.out) == contents(serial.out)


def test_four_processes_remember_what_one_does(site: Project, serial: Build) -> None:
    """What they have read is merged: nothing is read again, and every page is known to the links."""
    parallel = site.build_apart("html", "-j4", out="merged")
    held = [build.env().domaindata["modelcmp"]["uses"] for build in (serial, parallel)]
    assert held[0] == held[1]
    later = site.build_apart("html", "-j4", out="merged")
    assert (later.read, later.wrote) == ((), ())


def test_writing_twice_from_one_environment(site: Project, serial: Build) -> None:
    """Transforms that run when pages are written leave what was read as it is."""
    before = contents(serial.out)
    again = site.build_apart("html", "-n", "-W", "-a", out="serial")
    assert (again.code, again.read) == (0, ())
    assert contents(again.out) == before


@pytest.mark.parametrize("builder", ["latex", *full("text", "singlehtml", "man", "xml")])
def test_what_html_has_read_serves_other_builders(site: Project, serial: Build, builder: str) -> None:
    """Nothing is decided for a builder while pages are read."""
    shared = site.build(builder, "-n", "-W", out=f"shared-{builder}", doctrees=serial.doctrees.name)
    fresh = site.build(builder, "-n", "-W", out=f"fresh-{builder}")
    assert (shared.code, fresh.code, shared.read) == (0, 0, ())
    assert contents(shared.out) == contents(fresh.out)


def test_the_day_is_not_taken_from_the_clock(project: Project) -> None:
    """Facts are read at the catalog's day; without it at SOURCE_DATE_EPOCH; without that at the last check."""
    project.edit("catalog.yaml", ", as_of: 2026-05-19", "")
    project.configure(modelcmp_stale_after=100)
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n   :sections: specs sources\n")
    unset = project.build_apart("text", "-E", out="one", SOURCE_DATE_EPOCH="").text("index.txt")
    later = project.build_apart("text", "-E", out="two", SOURCE_DATE_EPOCH="1798761600").text("index.txt")
    assert "days old" not in unset
    assert " ".join(later.split()).count("more than 100 days old") == 2

"""The paths in conf.py: what is named is read, links within it are guarded, and what is missing is said once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support import html

if TYPE_CHECKING:
    from tests.support.project import Build, Project

PAGE = "Page\n====\n\n.. model-compare:: x-1 y-1\n"
PATHS = """
modelcmp_catalog = Path(__file__).parent / "models.yaml"
modelcmp_catalog = [Path(__file__).parent / "models.yaml"]
modelcmp_catalog = (Path("models.yaml"),)
modelcmp_catalog = Path("models.yaml")
modelcmp_catalog = "models.yaml"
"""


def models(window: int = 4096) -> str:
    return (
        f"models:\n  x-1: {{name: X One, context_window: {window}}}\n  y-1: {{name: Y One, context_window: {window}}}\n"
    )


@pytest.fixture
def site(project: Project) -> Project:
    """A page that compares two models, and no catalog."""
    (project.src / "catalog.yaml").unlink()
    project.write("index.rst", PAGE)
    return project


def again(site: Project, *options: str) -> Build:
    build = site.build("html", "-n", "-W", "--keep-going", *options)
    assert (build.code, build.stderr) == (0, "")
    return build


@pytest.mark.parametrize("line", PATHS.strip().splitlines())
def test_paths_may_be_objects(site: Project, line: str) -> None:
    site.write("models.yaml", models())
    conf = site.src / "conf.py"
    site.write("conf.py", f"from pathlib import Path\n{conf.read_text()}\n{line}\n")
    assert "X One" in again(site).text("index.html")


def test_roots_may_be_objects(site: Project) -> None:
    (site.root / "elsewhere").mkdir()
    (site.root / "elsewhere" / "models.yaml").write_text(models())
    (site.src / "data").mkdir()
    (site.src / "data" / "link.yaml").symlink_to("../../elsewhere/models.yaml")
    (site.src / "pyproject.toml").touch()
    conf = site.configure(modelcmp_catalog="data").src / "conf.py"
    site.write(
        "conf.py", f"from pathlib import Path\n{conf.read_text()}\nmodelcmp_catalog_roots = Path('../elsewhere')\n"
    )
    assert "X One" in again(site).text("index.html")


@pytest.mark.parametrize("how", ["above", "absolute", "folder"])
@pytest.mark.parametrize("mark", ["pyproject.toml", ""])
def test_a_path_that_is_named_is_read_wherever_it_is(site: Project, how: str, mark: str) -> None:
    """Also outside of the project, and in a tree that says nothing of its project, such as an archive."""
    folder = site.root / "elsewhere"
    folder.mkdir()
    (folder / "models.yaml").write_text(models())
    if mark:
        (site.src / mark).touch()
    names = {"above": "../elsewhere/models.yaml", "absolute": str(folder / "models.yaml"), "folder": "../elsewhere"}
    site.configure(modelcmp_catalog=names[how])
    assert "X One" in again(site).text("index.html")


@pytest.mark.parametrize("link", ["link.yaml", "linked"])
def test_a_link_out_of_the_project_is_said_once_with_the_line_that_cures_it(site: Project, link: str) -> None:
    folder = site.root / "elsewhere"
    folder.mkdir()
    (folder / "models.yaml").write_text(models().replace("X One", "Secret X"))
    (site.src / "data").mkdir()
    (site.src / "data" / link).symlink_to(folder / "models.yaml" if link == "link.yaml" else folder)
    (site.src / "pyproject.toml").touch()
    site.configure(modelcmp_catalog="data")
    build = site.build("html")
    (warning,) = build.warnings
    assert "out of the project" in warning
    assert "Secret" not in build.text("index.html")
    cure = re.search(r"write in conf\.py: (modelcmp_catalog_roots = .*) \[modelcmp\.catalog-file\]", warning)
    assert cure
    site.write("conf.py", f"{(site.src / 'conf.py').read_text()}\n{cure[1]}\n")
    assert "Secret X" in again(site).text("index.html")


def test_a_relative_path_is_looked_for_beside_the_sources_then_beside_conf(site: Project) -> None:
    conf = site.root / "conf"
    conf.mkdir()
    site.configure(modelcmp_catalog="models.yaml")
    (site.src / "conf.py").rename(conf / "conf.py")
    (conf / "models.yaml").write_text(models(1111))
    assert "1,111" in again(site, "-c", str(conf)).text("index.html")
    site.write("models.yaml", models(2222))
    assert "2,222" in again(site, "-c", str(conf)).text("index.html")


def test_every_version_shows_its_own_facts(site: Project) -> None:
    """As sphinx-multiversion does: the conf.py of today, and the whole tree of an old version, without its history."""
    today = site.root / "today"
    for version, window in (("old", 1111), ("today", 2222)):
        docs = site.root / version / "docs"
        docs.mkdir(parents=True)
        (docs / "index.rst").write_text(PAGE)
        (site.root / version / "data").mkdir()
        (site.root / version / "data" / "models.yaml").write_text(models(window))
    (today / ".git").mkdir()
    site.configure(modelcmp_catalog="../data")
    (site.src / "conf.py").rename(today / "docs" / "conf.py")
    for version, shown in (("old", "1,111"), ("today", "2,222")):
        site.src = site.root / version / "docs"
        assert shown in again(site, "-c", str(today / "docs")).text("index.html")


@pytest.mark.parametrize("name", ["modls.yaml", "sub/models.yaml", "../data", "/nowhere/models.yaml"])
def test_a_missing_catalog_is_said_once_and_nothing_follows_from_it(site: Project, name: str) -> None:
    """Neither that a model is unknown, nor that two are needed: two were named."""
    site.write("models.yml", models())
    site.write("other.rst", f":orphan:\n\n{PAGE}")
    build = site.configure(modelcmp_catalog=name).build("html")
    (warning,) = build.warnings
    assert f"conf.py: modelcmp_catalog: there is no “{name}”" in warning
    assert "[modelcmp.catalog-file]" in warning
    assert "::" not in warning
    assert (f"” in {site.src}" in warning) is not name.startswith("/")
    assert ("did you mean models.yml?" in warning) is (name == "modls.yaml")
    for page in ("index.html", "other.html"):
        (notice,) = html.parse(build.out / page).select(".admonition.warning")
        assert html.text_of(notice).endswith("No model could be read from the catalog.")


def test_every_folder_that_a_missing_catalog_was_looked_for_in_is_named(site: Project) -> None:
    conf = site.root / "conf"
    conf.mkdir()
    site.configure(modelcmp_catalog="nope.yaml")
    (site.src / "conf.py").rename(conf / "conf.py")
    (warning,) = site.build("html", "-c", str(conf)).warnings
    assert f"there is no “nope.yaml” in {site.src} or {conf}" in warning


def test_pages_are_read_again_when_the_catalog_is_there(site: Project) -> None:
    site.configure(modelcmp_catalog="models.yaml").build("html")
    site.write("models.yaml", models())
    build = again(site)
    assert build.read == ("index",)
    assert "X One" in build.text("index.html")


def test_an_empty_catalog_is_said_where_it_is_asked(site: Project) -> None:
    site.write("models.yaml", "catalog: {title: Nothing yet}\n")
    build = site.configure(modelcmp_catalog="models.yaml").build("html")
    (warning,) = build.warnings
    assert "index.rst:4: WARNING: no model could be read from the catalog [modelcmp.catalog-file]" in warning


def test_a_name_that_is_wrong_is_the_only_thing_said_of_a_request(site: Project) -> None:
    site.write("models.yaml", models())
    site.write("index.rst", PAGE.replace("y-1", "y-11"))
    (warning,) = site.configure(modelcmp_catalog="models.yaml").build("html").warnings
    assert "no model “y-11” in the catalog; did you mean y-1?" in warning


def test_a_section_of_the_configuration_that_does_not_exist(site: Project) -> None:
    site.write("models.yaml", models())
    (warning,) = site.configure(modelcmp_catalog="models.yaml", modelcmp_sections=["xyz"]).build("html").warnings
    assert "conf.py: modelcmp_sections: no section “xyz”; there are summary, tradeoffs" in warning
    assert "related and sources [modelcmp.unknown-section]" in warning

"""``modelcmp_catalog = "shipped"``: a page without a catalog of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.project import STRICT

if TYPE_CHECKING:
    from tests.support.project import Build, Project

PAGE = "Home\n====\n\n.. model-compare:: gpt-5.4 claude-opus-4-6\n"
AGE = "Facts that come with sphinx-modelcmp are as of Nov 22, 2026."


def built(project: Project, catalog: object, page: str = PAGE) -> Build:
    project.configure(modelcmp_catalog=catalog)
    project.write("index.rst", page)
    return project.build("text", *STRICT)


def flat(build: Build) -> str:
    return " ".join(build.text("index.txt").split())


def test_three_lines_make_a_page_that_says_how_old_it_is(project: Project) -> None:
    build = built(project, "shipped")
    assert (build.code, build.stderr) == (0, "")
    assert "Decision scorecard" in build.text("index.txt")
    assert AGE in flat(build)


def test_beside_a_catalog_of_ones_own(project: Project) -> None:
    """A model that both define is the author's, with a note; a page of one's own models says nothing of an age."""
    project.write("house.yaml", "models:\n  gpt-5.4: {name: House GPT}\n  own: {name: Own}\n")
    build = built(project, ["shipped", "house.yaml"])
    assert (build.code, build.stderr) == (0, "")
    assert "House GPT" in build.text("index.txt")
    assert "takes the place of the shipped model" in build.stdout
    assert AGE in flat(build)
    build = built(project, ["shipped", "house.yaml"], PAGE.replace("claude-opus-4-6", "own"))
    assert (build.code, build.stderr) == (0, "")
    assert AGE not in flat(build)


def test_a_path_of_that_name_is_written_with_its_folder(project: Project) -> None:
    page = PAGE.replace("gpt-5.4 claude-opus-4-6", "one two")
    project.write("shipped/models.yaml", "models: {one: {name: One}, two: {name: Two}}\n")
    build = built(project, "./shipped", page)
    assert (build.code, build.stderr) == (0, "")
    assert "no model “one” in the catalog" in built(project, "shipped", page).stderr

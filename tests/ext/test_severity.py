"""How much a problem counts: nothing, a warning, or an error that fails the build once it is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.project import Build, Project

PAGE = "Page\n====\n\n.. model-compare:: alfa-1 {other}\n"
FOUND = ("max_output: 65536", "max_output: 655360")


def built(project: Project, *options: str, other: str = "bravo-2", **values: Any) -> Build:
    project.configure(**{f"modelcmp_{name}": value for name, value in values.items()})
    project.write("index.rst", PAGE.format(other=other))
    return project.build("html", *options)


def codes(build: Build) -> list[tuple[str, str]]:
    lines = [re.search(r"(WARNING|ERROR): .*\[modelcmp\.([a-z-]+)\]", line) for line in build.warnings]
    return [(found[1], found[2]) for found in lines if found]


@pytest.mark.parametrize(
    ("level", "expected", "code", "strict"),
    [("off", [], 0, 0), ("note", [], 0, 0), ("warn", ["WARNING"], 0, 1), ("error", ["ERROR"], 1, 1)],
)
def test_a_finding_counts_as_much_as_is_said(
    project: Project, level: str, expected: list[str], code: int, strict: int
) -> None:
    project.edit("catalog.yaml", *FOUND)
    build = built(project, severity={"output-above-context": level})
    assert codes(build) == [(word, "output-above-context") for word in expected]
    assert all(re.search(r"catalog\.yaml:\d+:\d+: ", line) for line in build.warnings)
    assert build.code == code
    told = re.findall(r"catalog\.yaml:\d+:\d+: an output of .* \[output-above-context\]", build.stdout)
    assert len(told) == (level == "note")
    # The build goes on: the page says what the catalog says.
    assert "655,360" in build.text("index.html")
    assert built(project, "-W", "--keep-going", "-E", severity={"output-above-context": level}).code == strict


def test_a_suppressed_error_fails_nothing(project: Project) -> None:
    project.edit("catalog.yaml", *FOUND)
    project.configure(suppress_warnings=["modelcmp.output-above-context"])
    build = built(project, severity={"output-above-context": "error"})
    assert (build.code, build.stderr) == (0, "")


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_an_error_of_a_page_fails_the_build_in_whichever_process_it_is_read(project: Project, jobs: str) -> None:
    names = [f"page{i}" for i in range(6)]
    for name in names:
        project.write(f"{name}.rst", f":orphan:\n\n{PAGE.format(other='bravo-2')}")
    project.write("page3.rst", f":orphan:\n\n{PAGE.format(other='bravo-22')}")
    build = built(project, jobs, severity={"unknown-model": "error", "too-few-models": "off"})
    assert codes(build) == [("ERROR", "unknown-model")]
    assert build.code == 1
    assert (build.out / "page5.html").exists()


def test_levels_that_do_not_exist_are_reported_at_conf_py(project: Project) -> None:
    build = built(project, severity={"price-jmp": "warn", "value": "loud"}, require_sources={"facts": "warn"})
    assert build.code == 0
    assert codes(build) == [("WARNING", "option")] * 3
    assert all("conf.py:" in line for line in build.warnings)


def test_sources_can_be_asked_for(project: Project) -> None:
    assert codes(built(project)) == []
    build = built(project, require_sources={"specs": "warn", "capabilities": "error"})
    assert set(codes(build)) == {("WARNING", "missing-source"), ("ERROR", "missing-source")}
    assert build.code == 1
    assert set(codes(built(project, require_sources="warn"))) == {("WARNING", "missing-source")}


def test_old_facts_are_counted_from_the_day_of_the_catalog(project: Project) -> None:
    build = built(project, stale_after=10)
    said = [line for line in build.warnings if "[modelcmp.stale-fact]" in line]
    # Alfa's card is 18 days old, the tests that Bravo and the fourth model rest on 38; Bravo's card is of the day.
    assert len(said) == 3
    assert sum("18 days before the facts are read (2026-05-19)" in line for line in said) == 1
    assert sum("38 days before the facts are read (2026-05-19)" in line for line in said) == 2
    assert codes(built(project, stale_after=38)) == []


def test_conflicts_are_reported_where_a_house_wants_none(project: Project) -> None:
    (line,) = built(project, severity={"conflict": "warn"}).warnings
    assert "the sources of `reasoning` disagree [modelcmp.conflict]" in line

"""Values of conf.py: what they do, and what becomes of those that cannot be read."""

from __future__ import annotations

import datetime
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.config import Config
from sphinx.pycode import ModuleAnalyzer

from sphinx_modelcmp.catalog.problems import Code, Problem, Severity
from sphinx_modelcmp.catalog.vocabulary import FACT_GROUPS
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig, read_config
from tests.support.html import parse

if TYPE_CHECKING:
    from tests.support.project import Project


def test_sections_of_the_configuration_hold_where_a_page_names_none(project: Project) -> None:
    project.configure(modelcmp_sections=["faq", "specs"])
    project.write(
        "index.rst",
        "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n\n"
        ".. model-compare:: alfa-1 charlie-3\n   :sections: pricing\n",
    )
    page = parse(project.build("html", "-W").out / "index.html")
    sections = [tag["class"][1] for tag in page.select("section.modelcmp")]
    assert sections == ["modelcmp-faq", "modelcmp-specs", "modelcmp-pricing"]


def test_wrong_values_of_the_configuration_are_reported(project: Project) -> None:
    project.configure(modelcmp_sections=["specs", "fag"], modelcmp_as_of="soon", modelcmp_stale_after=-1)
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n")
    build = project.build("html")
    assert build.code == 0
    places = [line.partition("conf.py")[2] for line in build.warnings]
    assert len(places) == 3
    assert all(place.startswith(":") for place in places)
    assert any("modelcmp_sections: no section “fag”; did you mean faq? [" in place for place in places)
    assert sum("[modelcmp.option]" in place for place in places) == 2
    page = parse(build.out / "index.html")
    assert [tag["class"][1] for tag in page.select("section.modelcmp")] == ["modelcmp-specs"]


def test_a_value_of_the_wrong_type_does_not_end_the_build(project: Project) -> None:
    project.configure(modelcmp_stale_after="many", modelcmp_traffic=["x"], modelcmp_sections="specs")
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n")
    build = project.build("html")
    assert build.code == 0, build.stderr
    assert build.warnings


def config(**values: Any) -> Config:
    """A configuration with our values at their defaults, but for some."""
    held = {PREFIX + item.name: item.metadata["default"] for item in fields(ModelcmpConfig)}
    held |= {PREFIX + name: value for name, value in values.items()}
    made = Config({}, held)
    for name, value in held.items():
        made.add(name, value, "env", ())
    return made


def test_a_moment_is_taken_for_its_day() -> None:
    found, problems = read_config(config(as_of=datetime.datetime(2026, 5, 20, 13, 30, tzinfo=datetime.UTC)))
    assert (type(found.as_of), found.as_of, problems) == (datetime.date, datetime.date(2026, 5, 20), [])


def test_every_problem_is_a_warning_where_nothing_is_stated_but_for_three() -> None:
    found, problems = read_config(config())
    assert problems == []
    severities = {code: found.severity_of(Problem(code, "")) for code in Code}
    others = {code: severity for code, severity in severities.items() if severity is not Severity.WARN}
    assert others == {
        Code.CONFLICT: Severity.OFF,
        Code.BUILT_IN_FIELD: Severity.NOTE,
        Code.SHIPPED_MODEL: Severity.NOTE,
    }
    assert found.demands.sources == frozenset()


@pytest.mark.parametrize("code", Code)
def test_every_code_can_be_weighed(code: Code) -> None:
    for level in Severity:
        found, problems = read_config(config(severity={code.slug: level.value}))
        assert (found.severity_of(Problem(code, "")), problems) == (level, [])
        assert code is not Code.CONFLICT or found.demands.conflicts is (level is not Severity.OFF)


@pytest.mark.parametrize(
    ("severity", "required", "texts", "prices"),
    [
        ({}, "error", Severity.ERROR, Severity.ERROR),
        ({}, {"prices": "error", "texts": "off"}, Severity.WARN, Severity.ERROR),
        ({"missing-source": "off"}, "error", Severity.OFF, Severity.OFF),
        ({"missing-source": "error"}, {"prices": "warn"}, Severity.ERROR, Severity.ERROR),
    ],
)
def test_sources_are_asked_for_by_group(severity: Any, required: Any, texts: Severity, prices: Severity) -> None:
    found, problems = read_config(config(severity=severity, require_sources=required))
    assert problems == []
    assert found.demands.sources == (frozenset(FACT_GROUPS) if required == "error" else {"prices"})
    if "texts" in found.demands.sources or severity:
        assert found.severity_of(Problem(Code.MISSING_SOURCE, "", group="texts")) is texts
    assert found.severity_of(Problem(Code.MISSING_SOURCE, "", group="prices")) is prices


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        (
            {"severity": {"price-jmp": "warn", "value": "error"}},
            ["modelcmp_severity: there is no “price-jmp”; did you mean price-jump"],
        ),
        (
            {"severity": {"price-jump": "eror", "value": "error"}},
            ["modelcmp_severity: “eror” is not one of off, note, warn, error; did you mean error?"],
        ),
        (
            {"severity": {1: "warn", "price-jump": None}},
            ["there is no “1”", "“None” is not one of off, note, warn, error"],
        ),
        ({"require_sources": "strict"}, ["modelcmp_require_sources: “strict” is not one of off, note, warn, error"]),
        ({"require_sources": {"price": "warn"}}, ["there is no “price”; did you mean prices?"]),
    ],
)
def test_a_level_that_cannot_be_read_is_reported_and_the_others_stand(values: Any, messages: list[str]) -> None:
    found, problems = read_config(config(**values))
    assert len(problems) == len(messages)
    assert all(message in problem.message for message, problem in zip(messages, problems, strict=True))
    assert {problem.code for problem in problems} == {Code.OPTION}
    if "value" in values.get("severity", {}):
        assert found.severity_of(Problem(Code.VALUE, "")) is Severity.ERROR
    assert found.severity_of(Problem(Code.PRICE_JUMP, "")) is Severity.WARN


def test_the_documentation_names_every_group_of_facts() -> None:
    explained = ModuleAnalyzer.for_module(ModelcmpConfig.__module__).find_attr_docs()
    text = " ".join(explained["ModelcmpConfig", "require_sources"])
    assert f"The groups are {', '.join(f'`{group}`' for group in FACT_GROUPS)}." in text

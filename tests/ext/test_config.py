"""Values of conf.py: what they do, and what becomes of those that cannot be read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from sphinx.config import Config

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
    assert any("no section “fag”; did you mean faq? [modelcmp.unknown-section]" in place for place in places)
    assert sum("[modelcmp.option]" in place for place in places) == 2
    page = parse(build.out / "index.html")
    assert [tag["class"][1] for tag in page.select("section.modelcmp")] == ["modelcmp-specs"]


def test_a_value_of_the_wrong_type_does_not_end_the_build(project: Project) -> None:
    project.configure(modelcmp_stale_after="many", modelcmp_traffic=["x"], modelcmp_sections="specs")
    project.write("index.rst", "Page\n====\n\n.. model-compare:: alfa-1 bravo-2\n")
    build = project.build("html")
    assert build.code == 0, build.stderr
    assert build.warnings


def test_a_moment_is_taken_for_its_day() -> None:
    values = {PREFIX + name: getattr(ModelcmpConfig(), name) for name in ModelcmpConfig.__slots__}
    values[f"{PREFIX}as_of"] = datetime.datetime(2026, 5, 20, 13, 30, tzinfo=datetime.UTC)
    config = Config({}, values)
    for name, value in values.items():
        config.add(name, value, "env", ())
    settings, problems = read_config(config)
    assert (type(settings.as_of), settings.as_of, problems) == (datetime.date, datetime.date(2026, 5, 20), [])

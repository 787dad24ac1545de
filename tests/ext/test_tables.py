"""Tables and cards of models: what they list, what they say of the rest, and when their pages are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import html

if TYPE_CHECKING:
    from tests.support.project import Build, Project

CATALOG = """\
catalog: {as_of: 2026-06-01}
sources: {maker: {title: Maker, kind: vendor, checked: 2026-05-01}}
organizations: {acme: {name: Acme}, zeta: {name: Zeta}}
providers: {p: {name: P}, q: {name: Q}}
traffic: {bot: {label: Bot, requests: 1000, input: 1000, output: 1000}}
source: maker
models:
  m9:
    name: Model 9
    organization: acme
    context_window: 200000
    capabilities: {vision: true}
    routes:
      - {provider: p, region: eu, prices: [{input: 1, output: 4}]}
      - {provider: q, prices: [{input: 2, output: 3}]}
  m10:
    name: Model 10
    organization: acme
    context_window: 100000
    capabilities: {vision: true}
    routes: [{provider: p, prices: [{input: 2, output: 8}]}]
  blind:
    name: Blind
    organization: zeta
    context_window: 300000
    capabilities: {vision: false}
    routes: [{provider: p, prices: [{free: true}]}]
  old:
    name: Old
    organization: zeta
    capabilities: {vision: true}
    lifecycle: {status: deprecated, deprecated: 2026-01-01}
  silent: {name: Silent}
"""


def directive(name: str, **options: str) -> str:
    lines = (f"   :{key.replace('_', '-')}: {value}\n" for key, value in options.items())
    return f".. {name}::\n{''.join(lines)}\n"


def built(project: Project, *directives: str) -> Build:
    project.write("catalog.yaml", CATALOG)
    project.write("index.rst", f"Index\n=====\n\n{''.join(directives)}After it.\n")
    return project.build("html", "-n")


def rows(build: Build, page: str = "index") -> list[list[str]]:
    found = html.parse(build.out / f"{page}.html").select("table.modelcmp-table tbody tr")
    return [[html.text_of(cell) for cell in row.select("th, td")] for row in found]


def text(build: Build, page: str = "index") -> str:
    return " ".join(html.text_of(html.parse(build.out / f"{page}.html")).split())


def first(build: Build) -> list[str]:
    """The names, without the marks of sources and notes."""
    return [row[0].partition(" [")[0] for row in rows(build)]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"where": "vision", "sort": "name"}, ["Model 9", "Model 10", "Old Deprecated"]),
        ({"sort": "context_window"}, ["Model 10", "Model 9", "Blind", "Old Deprecated", "Silent"]),
        ({"sort": "-context_window"}, ["Blind", "Model 9", "Model 10", "Old Deprecated", "Silent"]),
        ({"sort": "organization, -output", "limit": "3"}, ["Model 10", "Model 9", "Blind"]),
        ({"sort": "month", "traffic": "bot", "where": "month(bot) > 0"}, ["Model 9", "Model 10"]),
        ({"where": "vision", "group_by": "organization"}, ["Model 9", "Model 10", "Old Deprecated"]),
        ({"where": "not vision", "undecided": "include"}, ["Blind", "Silent"]),
        (
            {"rows": "routes", "where": "input <= 2", "sort": "-input, provider"},
            ["Model 10", "Model 9", "Model 9", "Blind"],
        ),
    ],
)
def test_the_rows_are_those_of_the_query_in_their_order(
    project: Project, options: dict[str, str], names: list[str]
) -> None:
    build = built(project, directive("model-table", **options))
    assert build.stderr == ""
    assert first(build) == names


def test_a_table_ends_with_what_it_does_not_show(project: Project) -> None:
    build = built(project, directive("model-table", where="vision and context_window > 0", limit="1", undecided="show"))
    shown = text(build)
    assert "2 models match. 1 of them is not shown. 2 could not be decided:" in shown
    assert "context window unknown (2), vision unknown (1). Undecided: Old and Silent." in shown


def test_columns_stand_in_the_order_written_and_prices_name_their_route(project: Project) -> None:
    one = directive("model-table", where="id = m9", columns="output, id, input, vision")
    two = directive("model-table", where="id = m9", columns="input, providers")
    assert [[cell.partition(" [")[0] for cell in row] for row in rows(built(project, one, two))] == [
        ["Model 9", "$3.00 at Q", "m9", "$1.00 at P (eu)", "Yes"],
        ["Model 9", "$1.00", "P and Q"],
    ]


@pytest.mark.parametrize("name", ["model-table", "model-card"])
def test_a_field_of_the_house_without_a_description_is_a_column(project: Project, name: str) -> None:
    project.write("index.rst", f"Index\n=====\n\n{directive(name, where='id = alfa-1', columns='min_gpu')}")
    build = project.build("html", "-n", "-W")
    assert build.stderr == ""
    assert "Smallest GPU" in text(build)
    assert "10 GB" in text(build)


def test_nothing_that_matches_is_a_sentence(project: Project) -> None:
    build = built(
        project,
        directive("model-table", where="output > 100"),
        directive("model-table", where="output > 100", empty="None is that dear."),
    )
    assert build.stderr == ""
    assert "No model matches. 0 models match. 2 could not be decided" in text(build)
    assert "None is that dear." in text(build)


def test_cards_have_the_facts_of_a_model(project: Project) -> None:
    project.write("catalog.yaml", CATALOG)
    project.write("index.rst", "Index\n=====\n\n.. model-card:: m10 Blind\n   :columns: context_window, output\n")
    build = project.build("html", "-n", "-W")
    cards = html.parse(build.out / "index.html").select("dl.modelcmp-card")
    assert [html.text_of(card.select("dt")[0]).partition(" [")[0] for card in cards] == ["Model 10", "Blind"]
    assert "Context window: 100,000" in html.text_of(cards[0])
    assert "Output: Free at P" in html.text_of(cards[1])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"where": "visio"}, "query, column 1, at “visio”: no fact “visio”; did you mean vision? [modelcmp.query]"),
        ({"columns": "outputt"}, "no fact “outputt”; did you mean output"),
        ({"columns": "output, output"}, "the column “output” is named twice [modelcmp.unknown-field]"),
        ({"sort": "-nam"}, "no fact “nam”; did you mean name"),
        ({"sort": "month"}, "no fact “month” [modelcmp.unknown-field]"),
        ({"traffic": "bott"}, "no traffic “bott” in the catalog; did you mean bot?"),
        ({"undecided": "hide"}, "“hide” is not one of count, show, include"),
        ({"limit": "-1"}, "negative value; must be positive or zero"),
        ({"rows": "providers"}, "“providers” is not one of models, routes"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_page_is_built(
    project: Project, options: dict[str, str], message: str
) -> None:
    build = built(project, directive("model-table", **options))
    assert "index.rst:4: " in build.stderr
    assert message in build.stderr
    assert "Traceback" not in build.stderr
    assert "After it." in text(build)


def test_a_comparison_takes_the_models_of_a_query(project: Project) -> None:
    build = built(project, directive("model-compare", where="vision and output > 0", sections="specs"))
    assert build.stderr == ""
    assert "Specifications of Model 9 and Model 10" in text(build)
    lonely = built(project, directive("model-compare", where="id = m9"))
    assert "a comparison needs two models, and 1 matches “id = m9” [modelcmp.too-few-models]" in lonely.stderr
    assert "After it." in text(lonely)


def test_ids_beside_a_query_are_reported_and_left_out(project: Project) -> None:
    project.write("catalog.yaml", CATALOG)
    project.write("index.rst", "I\n=\n\n.. model-compare:: blind old\n   :where: output > 0\n   :sections: specs\n")
    build = project.build("html", "-n")
    assert "a comparison has ids or `where`, not both; the ids are left out [modelcmp.query]" in build.stderr
    assert "Specifications of Model 9 and Model 10" in text(build)


def test_of_a_query_that_cannot_be_read_nothing_is_counted(project: Project) -> None:
    shown = text(built(project, directive("model-table", where="vision and")))
    assert "Query, at its end: expected" in shown
    assert "match" not in shown


def test_a_table_of_no_rows_does_not_say_that_nothing_matches(project: Project) -> None:
    shown = text(built(project, directive("model-table", where="vision", limit="0")))
    assert "3 models match. 3 of them are not shown." in shown
    assert "No model" not in shown


def test_each_month_names_its_workload(project: Project) -> None:
    build = built(project, directive("model-table", columns="month(bot)", where="output > 0"))
    heads = html.parse(build.out / "index.html").select("table.modelcmp-table thead th")
    assert [html.text_of(head) for head in heads] == ["Model", "A month (Bot)"]


@pytest.mark.parametrize(
    ("old", "new", "read"),
    [
        (
            "  silent: {name: Silent}",
            "  silent: {name: Silent}\n  blunt: {name: Blunt, capabilities: {vision: false}}",
            ("b",),
        ),
        (
            "  silent: {name: Silent}",
            "  silent: {name: Silent}\n  eyes: {name: Eyes, capabilities: {vision: true}}",
            ("v",),
        ),
        ("  silent: {name: Silent}", "  silent: {name: Silent}\n  open: {name: Open}", ("b", "v")),
        ("prices: [{free: true}]", "prices: [{input: 1, output: 1}]", ("b",)),
        ("context_window: 100000", "context_window: 100001", ("v",)),
        ("vision: false", "vision: true", ("b", "v")),
        ("label: Bot", "label: Robot", ()),
    ],
)
def test_a_page_is_read_again_if_its_answer_changes(
    project: Project, old: str, new: str, read: tuple[str, ...]
) -> None:
    project.write("catalog.yaml", CATALOG)
    orphan = ":orphan:\n\nT\n=\n\n"
    project.write("v.rst", orphan + directive("model-table", where="vision", columns="context_window"))
    project.write("b.rst", orphan + directive("model-table", where="not vision", columns="output"))
    project.write("index.rst", "Index\n=====\n")
    assert project.build("html", "-n", "-W").code == 0
    project.edit("catalog.yaml", old, new)
    assert project.build("html", "-n").read == read

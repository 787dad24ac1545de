"""What a directive asks for: names resolved or reported, workloads written out, the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.compare.comparison import (
    EXAMPLE_TRAFFIC,
    SECTION_NAMES,
    Request,
    Settings,
    compare,
    find_traffic,
    is_written_out,
)
from sphinx_modelcmp.sections.registry import SECTIONS
from tests.compare.making import RICH, catalog_of, compared, tree_of

CATALOG = catalog_of(tree_of(RICH))


def ask(*models: str, **request: object) -> tuple[tuple[Code, str], ...]:
    answer = compare(CATALOG, Request(models=models or ("alpha", "beta"), **request), Settings())  # type: ignore[arg-type]
    return tuple((problem.code, problem.message) for problem in answer.problems)


def test_models_are_resolved_in_the_order_asked() -> None:
    assert compared(CATALOG, "gamma", "ACME/alpha").ids == ("gamma", "alpha")


def test_a_misspelt_model_is_reported_with_the_nearest_name_and_the_rest_serves() -> None:
    answer = compare(CATALOG, Request(models=("alpha", "betta", "gamma")), Settings())
    assert answer.comparison
    assert answer.comparison.ids == ("alpha", "gamma")
    assert [str(problem) for problem in answer.problems] == [
        "no model “betta” in the catalog; did you mean beta? [unknown-model]"
    ]


@pytest.mark.parametrize(
    ("models", "code"),
    [
        (("alpha",), Code.TOO_FEW_MODELS),
        (("alpha", "alpha"), Code.TOO_FEW_MODELS),
        (("alpha", "Acme/Alpha"), Code.TOO_FEW_MODELS),
        (("alpha", "nobody"), Code.UNKNOWN_MODEL),
    ],
)
def test_fewer_than_two_models_give_no_comparison_and_one_reason(models: tuple[str, ...], code: Code) -> None:
    answer = compare(CATALOG, Request(models=models), Settings())
    assert answer.comparison is None
    assert [problem.code for problem in answer.problems] == [code]


def test_the_same_model_twice_among_others_is_reported() -> None:
    assert ask("alpha", "beta", "acme/alpha") == ((Code.TOO_FEW_MODELS, "the model “alpha” is named twice"),)


def test_all_wrong_names_are_reported_at_once() -> None:
    found = ask(
        "alpha",
        "beta",
        sections=("summry", "specs"),
        exclude=("fag",),
        fields=("releasd",),
        benchmarks=("quizz",),
        traffic="dsk",
    )
    assert found == (
        (Code.UNKNOWN_SECTION, "no section “summry”; did you mean summary?"),
        (Code.UNKNOWN_SECTION, "no section “fag”; did you mean faq?"),
        (Code.UNKNOWN_FIELD, "no row “releasd”; did you mean released?"),
        (Code.UNKNOWN_BENCHMARK, "no benchmark “quizz”; did you mean quiz?"),
        (Code.UNKNOWN_TRAFFIC, "no traffic “dsk” in the catalog; did you mean desk?"),
    )


def test_where_no_name_is_near_a_few_are_listed_and_many_are_not() -> None:
    [(_, section)] = ask("alpha", "beta", sections=("zzz",))
    assert section == f"no section “zzz”; there are {', '.join(SECTION_NAMES[:-1])} and {SECTION_NAMES[-1]}"
    [(_, field)] = ask("alpha", "beta", fields=("zzz",))
    assert field == "no row “zzz”"


def test_sections_come_as_asked_else_as_configured_else_all() -> None:
    assert compared(CATALOG).sections == SECTION_NAMES == tuple(SECTIONS)
    assert compared(CATALOG, sections=("specs", "summary", "specs")).sections == ("specs", "summary")
    assert compared(CATALOG, settings=Settings(sections=("faq", "cost"))).sections == ("faq", "cost")
    assert compared(CATALOG, sections=("specs",), settings=Settings(sections=("faq",))).sections == ("specs",)
    assert compared(CATALOG, exclude=("faq", "cost")).sections == tuple(
        name for name in SECTION_NAMES if name not in {"faq", "cost"}
    )


def test_a_wrong_name_selects_nothing_where_an_empty_list_selects_all() -> None:
    answer = compare(CATALOG, Request(models=("alpha", "beta"), fields=("x",), benchmarks=("y",)), Settings())
    assert answer.comparison
    assert answer.comparison.specs() == answer.comparison.capabilities() == ()


def test_a_traffic_by_its_name() -> None:
    found, problems = find_traffic(CATALOG, "desk")
    assert (found.label, problems) == ("Help desk", [])
    assert not is_written_out(found)


def test_without_a_name_the_first_traffic_of_the_catalog_else_the_example() -> None:
    assert find_traffic(CATALOG, "")[0].label == "Help desk"
    assert find_traffic(catalog_of({}), "") == (EXAMPLE_TRAFFIC, [])
    assert compared(CATALOG, settings=Settings(traffic="desk")).traffic.label == "Help desk"


@pytest.mark.parametrize(
    "text", ["requests=1000 input=500 output=20 cache-hit=60%", "requests=1000, input=5e2,output=20, cache_hit=0.6"]
)
def test_a_traffic_written_out(text: str) -> None:
    found, problems = find_traffic(CATALOG, text)
    assert problems == []
    assert is_written_out(found)
    assert (found.requests, found.input, found.output, found.cache_hit, found.batch) == (
        1000,
        Decimal(500),
        Decimal(20),
        Decimal("0.6"),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("requests=10 input=5", ["output is missing"]),
        ("requests=0 input=5 output=5", ["requests: 0 is not a whole number above zero"]),
        ("requests=10 input=x output=5", ["input: “x” is not a number"]),
        ("requests=10 input=5 output=5 cache-hits=1", ["no key “cache-hits”; did you mean cache-hit or cache-write?"]),
        (
            "requests=10 input=5 output=5 cache-hit=60% cache-write=41%",
            ["cache-write: with `cache_hit` it is more than all of the input"],
        ),
        ("requests=10 input=5 output=5 cache-hit=120%", ["cache-hit: 120% is not a share between 0 and 1"]),
        ("requests=ten inptu=5 output=5", ["requests: “ten” is not a number", "input is missing", "no key “inptu”"]),
        ("requests=1 requests=2 input=5 output=5", ["a key is given twice"]),
        ("requests=1 input=5 output=5 batch", ["batch"]),
        ("label=x requests=1 input=5 output=5", ["no key “label”"]),
    ],
)
def test_a_traffic_written_wrong_is_reported_and_the_first_stands_in(text: str, messages: list[str]) -> None:
    found, problems = find_traffic(CATALOG, text)
    assert found.label == "Help desk"
    assert [problem.code for problem in problems] == [Code.UNKNOWN_TRAFFIC] * len(messages)
    for problem, message in zip(problems, messages, strict=True):
        assert message in problem.message
        assert text in problem.message


def test_the_day_is_the_catalogs_else_the_settings_else_the_last_check() -> None:
    undated = catalog_of(
        "sources: {a: {title: A, checked: 2026-02-02}, b: {title: B, checked: 2026-01-01}, c: {title: C}}"
    )
    assert CATALOG.reading_day(date(2020, 1, 1)) == date(2026, 6, 15)
    assert undated.reading_day(date(2020, 1, 1)) == date(2020, 1, 1)
    assert undated.reading_day(None) == date(2026, 2, 2)
    assert catalog_of({}).reading_day(None) is None


def test_house_rows_that_nobody_fills_are_left_out_unless_asked_for() -> None:
    catalog = catalog_of(
        "fields: {own: {label: Own, group: specs, type: text}, flag: {label: Flag, group: capabilities, type: flag}}\n"
        "models: {a: {name: A}, b: {name: B}, c: {name: C, own: x, capabilities: {flag: n/a}}}"
    )
    assert not {"own", "flag"} & {
        row.name for row in (*compared(catalog, "a", "b").specs(), *compared(catalog, "a", "b").capabilities())
    }
    assert compared(catalog, "a", "c").specs()[-1].name == "own"
    assert compared(catalog, "a", "c").capabilities()[-1].name == "flag"
    assert [row.name for row in compared(catalog, "a", "b", fields=("own",)).specs()] == ["own"]

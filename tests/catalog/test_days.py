"""What day it is, told from the catalog alone: one day that is typed wrong does not move all the others."""

from __future__ import annotations

from datetime import date

import pytest

from sphinx_modelcmp.catalog.checks import last_day
from sphinx_modelcmp.catalog.problems import Code
from tests.compare.making import loaded

NOVEMBER = date(2026, 11, 1)


def sources(*days: str) -> str:
    return "sources:\n" + "".join(f"  s{i}: {{title: S, checked: {day}}}\n" for i, day in enumerate(days))


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["2026-11-01"], "2026-11-01"),
        (["2026-11-01", "2062-11-02"], "2026-11-01"),
        (["2026-11-01", "2027-11-03"], "2026-11-01"),
        (["2026-11-01", "2027-11-02"], "2027-11-02"),
        (["2026-11-01", "2016-11-02", "2026-10-01"], "2026-11-01"),
        # Several sources that were read again after years are no typing error.
        (["2023-01-01", "2026-10-31", "2026-11-01"], "2026-11-01"),
        (["2021-01-01", "2023-01-01", "2025-01-01", "2027-01-01"], "2025-01-01"),
        (["2026-11-01", "9999-12-31", "9999-12-31"], "2026-11-01"),
        (["9999-12-31"], "None"),
    ],
)
def test_one_day_far_after_all_others_does_not_count(days: list[str], read: str) -> None:
    found = loaded(sources(*days))
    assert str(found.catalog.reading_day()) == read
    wrong = [problem for problem in found.problems if problem.code is Code.FUTURE_CHECK]
    late = [day for day in days if read == "None" or date.fromisoformat(day) > date.fromisoformat(read)]
    assert [problem.where and problem.where.line for problem in wrong] == [
        2 + i for i, day in enumerate(days) if day in late
    ]


def test_a_stated_day_is_the_last_one() -> None:
    found = loaded("catalog: {as_of: 2026-11-01}\n" + sources("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-03"))
    assert [problem.code for problem in found.problems] == [Code.FUTURE_CHECK] * 2
    assert "after 2026-11-01, the `as_of` of the catalog" in found.problems[0].message


@pytest.mark.parametrize(
    ("house", "checked", "objects"),
    [
        # It is tomorrow already in Auckland; a page of an older day is asked for; neither is a mistake.
        ("2026-11-01", "2026-11-02", False),
        ("2026-01-01", "2026-11-01", False),
        ("1980-01-01", "2026-11-01", False),
        ("2026-11-20", "2026-11-22", True),
        ("2026-01-01", "2026-11-03", True),
    ],
)
def test_the_day_of_the_house_is_the_last_one_unless_the_sources_are_newer(
    house: str, checked: str, objects: bool
) -> None:
    last = last_day(None, date.fromisoformat(house), [NOVEMBER, date(2026, 10, 1), date(2062, 1, 1)])
    assert bool(last.objection(date.fromisoformat(checked))) is objects


def test_nothing_of_a_catalog_without_days_is_too_late() -> None:
    found = loaded("models: {a: {name: A, released: 2062, context_window: {value: 1000, checked: 2062-01-01}}}")
    assert found.problems == ()

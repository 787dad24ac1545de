"""Scalars by the type of their field."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.scalars import (
    PartialDate,
    ReadError,
    has_markup,
    read_clock,
    read_count,
    read_currency,
    read_day,
    read_flag,
    read_id,
    read_interval,
    read_number,
    read_partial_date,
    read_prose,
    read_share,
    read_text,
    read_timezone,
    read_truth,
    read_url,
    shorten,
)

READERS: list[Any] = [
    read_clock,
    read_count,
    read_currency,
    read_day,
    read_flag,
    read_id,
    read_interval,
    read_number,
    read_partial_date,
    read_prose,
    read_share,
    read_text,
    read_timezone,
    read_truth,
    read_url,
]
FROM_FILES = st.recursive(
    st.none() | st.text(max_size=20) | st.from_regex(r"[-+._eExX0-9:/,%~$a-z]{0,12}", fullmatch=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(FROM_FILES)
def test_no_reader_fails_in_any_other_way_than_by_a_problem(value: Any) -> None:
    for read in READERS:
        error = failure(read, value)
        assert error is None or (error.code in Code and "\n" not in str(error))


def failure(read: Any, value: Any) -> ReadError | None:
    try:
        read(value)
    except ReadError as error:
        return error
    return None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_numbers_are_exact(number: Decimal) -> None:
    assert read_number(str(number)) == number
    assert read_number(f"{number:f}").as_tuple() == Decimal(f"{number:f}").as_tuple()


@given(st.decimals(min_value=0, max_value=100, places=27))
def test_a_percentage_is_exact(percent: Decimal) -> None:
    assert Fraction(read_share(f"{percent:f}%")) * 100 == Fraction(percent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "-",
        ".",
        "e5",
        "-e5",
        "._e1",
        "5.",
        "NaN",
        "inf",
        ".inf",
        "-.INF",
        "1:30",
        "012",
        "00",
        "0o17",
        "0x1F",
        "1e",
        "1,5",
        "１",
        "1 2",
    ],
)
def test_forms_that_are_no_number(text: str) -> None:
    with pytest.raises(ReadError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", "0"), ("1_000", "1000"), (".5", "0.5"), ("-0.5", "-0.5"), ("4e9", "4E9"), ("+1E-3", "0.001")],
)
def test_forms_of_a_number(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


def partial(text: str) -> PartialDate:
    return read_partial_date(text)


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("2026", "2025"),
        ("2026-03", "2026-02-28"),
        ("2026-03-02", "2026-03-01"),
        ("2027", "2026-12-31"),
        ("2026-01-01", "2025"),
    ],
)
def test_one_date_is_after_another(later: str, earlier: str) -> None:
    assert partial(later).is_after(partial(earlier))
    assert not partial(earlier).is_after(partial(later))


@pytest.mark.parametrize(
    ("one", "other"), [("2026", "2026"), ("2026", "2026-05"), ("2026-03", "2026-03-02"), ("2026-12", "2026")]
)
def test_dates_that_may_be_the_same_day_have_no_order(one: str, other: str) -> None:
    assert not partial(one).is_after(partial(other))
    assert not partial(other).is_after(partial(one))


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_keeps_its_precision_and_spans_its_days(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    held = partial(text)
    assert str(held) == text
    assert held.first <= day <= held.last
    assert held.first.isoformat().startswith(text)
    assert held.last == date.max or not (held.last + timedelta(days=1)).isoformat().startswith(text)


@given(
    st.dates(min_value=date(1900, 1, 1)),
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from([4, 7, 10]),
)
def test_a_date_is_after_another_when_every_day_it_can_mean_is(one: date, other: date, first: int, second: int) -> None:
    a, b = partial(one.isoformat()[:first]), partial(other.isoformat()[:second])
    assert a.is_after(b) == (a.first > b.last)
    assert not (a.is_after(b) and b.is_after(a))


@pytest.mark.parametrize("text", ["https://a.example/x?y=1#z", "http://a", "mailto:a@example.org", "HTTPS://A.example"])
def test_addresses(text: str) -> None:
    assert read_url(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "a.example",
        "https:",
        "java\tscript:x",
        "https://a b",
    ],
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(ReadError) as error:
        read_url(text)
    assert error.value.code is Code.UNSAFE_URL


@pytest.mark.parametrize("text", ["[x](javascript:y)", "<data:x>", "[x]: vbscript:y", "[x]( <javascript:y>)"])
def test_prose_with_other_addresses_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as error:
        read_prose(text)
    assert error.value.code is Code.UNSAFE_URL


@pytest.mark.parametrize(
    "text", ["a: b", "See [x](https://y).", "1 < 2", "List<int>", "mail <mailto:a@example.org>", "[1] note: x"]
)
def test_other_prose_is_not(text: str) -> None:
    assert read_prose(text) == text


def test_text_has_an_end() -> None:
    assert read_text("x" * 10_000)
    with pytest.raises(ReadError, match="10001 characters"):
        read_text("x" * 10_001)


@pytest.mark.parametrize("text", ["gpt-4.1", "Qwen/Qwen3.5-4B", "a:b", "o3@2025", "模型", "a_b+c"])
def test_ids(text: str) -> None:
    assert read_id(text) == text


@pytest.mark.parametrize("text", ["", "a b", "a,b", "-a", ".a", "a\n", "a;b", "a\u202eb", "{x}"])
def test_other_ids_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_id(text)


@pytest.mark.parametrize("text", ["../../etc/passwd", "/etc/passwd", "Nowhere/City", "", "."])
def test_time_zones_are_names_of_the_database(text: str) -> None:
    with pytest.raises(ReadError):
        read_timezone(text)


def test_a_message_shows_one_short_line() -> None:
    assert shorten("a\nb  c") == "a b c"
    assert shorten("x" * 50) == "x" * 39 + "…"
    assert shorten(None) == "nothing"


@pytest.mark.parametrize(
    ("name", "found"),
    [("<b>x</b>", True), ("`x`", True), ("**x**", True), ("a < b", False), ("x*y", False), ("C++", False)],
)
def test_markup_in_names(name: str, found: bool) -> None:
    assert has_markup(name) is found

"""Cross-checks: the day they count from, what is asked of them, what accepting changes. ``tests/cases`` shows each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.checks import is_placeholder
from sphinx_modelcmp.catalog.load import Loaded, load_catalog
from sphinx_modelcmp.catalog.problems import CHECKS, Code, Demands
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import NEAR_A_DOLLAR, PRICE_COMPONENTS
from tests.compare.making import loaded

if TYPE_CHECKING:
    from pathlib import Path


DAY = date(2026, 6, 1)
LATER = date(2026, 8, 1)
DATED = """
sources: {s: {title: S, checked: 2026-06-01}}
rates: [{from: USD, to: EUR, rate: 0.9, date: 2026-07-01}]
models: {m: {name: M, source: s, released: 2026-01-01, lifecycle: {status: active, shutdown: 2026-07-01}}}
"""


def read(folder: Path, text: str, as_of: date | None = None, demands: Demands | None = None) -> Loaded:
    path = folder / "catalog.yaml"
    path.write_text(text)
    return load_catalog([path], as_of=as_of, demands=demands)


def codes(found: Loaded) -> list[Code]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("header", "as_of", "day"),
    [
        ("", None, DAY),
        ("", LATER, LATER),
        ("catalog: {as_of: 2026-06-01}", LATER, DAY),
        ("catalog: {as_of: 2026-08-01}", DAY, LATER),
    ],
)
def test_the_day_of_the_checks_is_the_day_of_the_pages(
    tmp_path: Path, header: str, as_of: date | None, day: date
) -> None:
    found = read(tmp_path, f"{header}\n{DATED}", as_of, Demands(stale_after=30))
    assert found.catalog.reading_day(as_of) == day
    late = [Code.STALE_FACT, Code.PAST_SHUTDOWN]
    assert codes(found) == (late if day == LATER else [Code.FUTURE_RATE])
    assert bool(found.catalog.rates) is (day == LATER)


def test_without_any_day_nothing_is_late(tmp_path: Path) -> None:
    found = read(tmp_path, DATED.replace(", checked: 2026-06-01", ""), demands=Demands(stale_after=0))
    assert (found.problems, len(found.catalog.rates)) == ((), 1)


def test_what_nobody_asked_for_is_not_reported(tmp_path: Path) -> None:
    text = "models: {m: {name: M, max_output: {values: [1e3, 2e3]}, context_window: {value: 3e3, checked: 1990-01-01}}}"
    assert codes(read(tmp_path, text, DAY)) == []
    asked = Demands(stale_after=1, sources=frozenset(("specs",)), conflicts=True)
    found = Counter(codes(read(tmp_path, text, DAY, asked)))
    assert found == {Code.MISSING_SOURCE: 3, Code.CONFLICT: 1, Code.STALE_FACT: 1}


def test_a_missing_source_tells_its_group(tmp_path: Path) -> None:
    text = (
        "providers: {p: {name: P}}\nmodels: {m: {name: M, summary: S, routes: [{provider: p, prices: [{input: 1}]}]}}"
    )
    found = read(tmp_path, text, demands=Demands(sources=frozenset(("texts", "prices"))))
    assert [problem.group for problem in found.problems] == ["texts", "prices"]


def test_a_finding_leaves_the_catalog_as_it_is() -> None:
    found = loaded("models: {m: {name: M, context_window: 1000, max_output: 2000, released: 1970}}")
    assert len(found.problems) == 2
    model = found.catalog.models["m"]
    assert (model.context_window.value, model.max_output.value, model.released.value) == (1000, 2000, PartialDate(1970))


ACCEPTING = """
providers: {p: {name: P}}
benchmarks: {b: {name: B, scale: percent, note: n, ACCEPT}}
models:
  m:
    name: M
    note: n
    ACCEPT
    released: {value: 2026, note: n, ACCEPT}
    max_output: {values: [{value: 1000, note: n, ACCEPT}, 2000], note: n, ACCEPT}
    lifecycle: {status: active, note: n, ACCEPT}
    parameters: {total: 4e9, note: n, ACCEPT}
    capabilities: {vision: {value: true, note: n, ACCEPT}}
    routes:
      note: n
      ACCEPT
      value: [{provider: p, note: n, ACCEPT, prices: {value: [{input: 1, note: n, ACCEPT}], note: n, ACCEPT}}]
    results: [{benchmark: b, score: 1, note: n, ACCEPT}]
"""


def test_accepting_changes_no_page() -> None:
    """The digest of a page is over the representation of its records."""
    text = ACCEPTING.replace("\n    ACCEPT", "\n    accept: [conflict]").replace(
        "\n      ACCEPT", "\n      accept: conflict"
    )
    with_it = loaded(text.replace("ACCEPT", "accept: conflict"))
    without = loaded(ACCEPTING.replace("\n    ACCEPT", "").replace("\n      ACCEPT", "").replace(", ACCEPT", ""))
    assert (with_it.problems, without.problems) == ((), ())
    model = with_it.catalog.models["m"]
    (route,) = model.routes.value or ()
    accepting = (
        model,
        model.released,
        model.parameters,
        model.capabilities["vision"],
        model.routes,
        route,
        route.prices,
    )
    others = (*(route.prices.value or ()), *model.results, model.lifecycle, with_it.catalog.benchmarks["b"])
    assert {item.accept for item in (*accepting, *others) if item} == {("conflict",)}
    assert model.max_output.accept == ("conflict", "conflict")
    assert repr(with_it.catalog) == repr(without.catalog)


@pytest.mark.parametrize("code", [code for code in Code if code in CHECKS])
def test_every_check_can_be_accepted(code: Code) -> None:
    found = loaded(f"models: {{m: {{name: M, accept: {code.slug}, note: n}}}}")
    assert (found.problems, found.catalog.models["m"].accept) == ((), (code.slug,))


@pytest.mark.parametrize("note", ["", ", note: ", ", note: unknown"])
def test_accepting_without_a_reason_does_not_count(note: str) -> None:
    found = loaded(f"models: {{m: {{name: M, released: {{value: 1970, accept: placeholder-date{note}}}}}}}")
    assert codes(found) == [Code.PLACEHOLDER_DATE, Code.ACCEPT]
    assert found.catalog.models["m"].released.accept == ()


def test_a_bad_note_beside_a_list_is_reported_and_nothing_else_is_lost() -> None:
    note = '"[x](javascript:alert)"'
    found = loaded(
        "providers: {p: {name: P}}\n"
        f"models: {{m: {{name: M, note: {note}, routes: {{value: [{{provider: p}}], note: {note}}}}}}}"
    )
    assert codes(found) == [Code.UNSAFE_URL, Code.UNSAFE_URL]
    assert [route.provider for route in found.catalog.models["m"].routes.value or ()] == ["p"]


def test_every_component_has_bounds() -> None:
    assert all(0 < component.lowest < component.highest for component in PRICE_COMPONENTS.values())
    assert "USD" in NEAR_A_DOLLAR
    assert not {"JPY", "CNY", "INR", "KRW"} & NEAR_A_DOLLAR


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (PartialDate(1970), True),
        (PartialDate(1970, 1), True),
        (date(1970, 1, 20), True),
        (date(1969, 12, 31), True),
        (PartialDate(1969), False),
        (PartialDate(2000), False),
        (PartialDate(2000, 1, 1), True),
        (PartialDate(2000, 1, 2), False),
        (PartialDate(2099), True),
        (date(2098, 12, 31), False),
    ],
)
def test_placeholders(day: PartialDate | date, expected: bool) -> None:
    assert is_placeholder(day) is expected

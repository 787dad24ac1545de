"""Which results may be set against each other."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare.results import CONDITIONS, ApartResult, Difference, SharedResult, split_results
from tests.compare.making import loaded

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog


DEFAULTS = {"metric": "pass@1"}


def catalog(*models: list[dict[str, Any]]) -> Catalog:
    return loaded(
        {
            "benchmarks": {
                "b": {"name": "B", "metric": "pass@1", "scale": "points"},
                "c": {"name": "C", "scale": "points", "better": "lower"},
            },
            "models": {
                f"m{i}": {"name": f"M{i}", "results": [{"benchmark": "b", **result} for result in results]}
                for i, results in enumerate(models)
            },
        }
    ).catalog


def split(
    *models: list[dict[str, Any]], wanted: tuple[str, ...] = ()
) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
    made = catalog(*models)
    return split_results(made, tuple(made.models.values()), wanted)


def test_the_same_conditions_are_shared() -> None:
    shared, apart = split([{"score": "1", "harness": "h"}], [{"score": "2", "harness": "h"}])
    assert [(row.name, row.best) for row in shared] == [("b", (1,))]
    assert apart == ()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_sets_results_apart(condition: str) -> None:
    shared, apart = split([{"score": "1", condition: "x"}], [{"score": "2", condition: "y"}])
    assert shared == ()
    assert [(item.model.id, item.rival and item.rival.id, item.differs) for item in apart] == [
        ("m0", "m1", (Difference(condition, "x", "y"),)),
        ("m1", "m0", (Difference(condition, "y", "x"),)),
    ]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_that_is_not_stated_is_another_condition(condition: str) -> None:
    shared, apart = split([{"score": "1", condition: "x"}], [{"score": "2"}])
    assert (len(shared), len(apart)) == (0, 2)
    assert {item.model.id: item.differs for item in apart} == {
        "m0": (Difference(condition, "x", DEFAULTS.get(condition)),),
        "m1": (Difference(condition, DEFAULTS.get(condition), "x"),),
    }


def test_the_metric_of_the_benchmark_is_the_default() -> None:
    shared, _ = split([{"score": "1", "metric": "pass@1"}], [{"score": "2"}])
    assert len(shared) == 1


@pytest.mark.parametrize(
    "detail", [{"n": "5"}, {"date": "2026"}, {"reporter": "self"}, {"ci": ["1", "2"]}, {"note": "x"}]
)
def test_other_details_do_not_set_results_apart(detail: dict[str, Any]) -> None:
    shared, _ = split([{"score": "1", **detail}], [{"score": "2"}])
    assert len(shared) == 1


@pytest.mark.parametrize(
    ("scores", "best"),
    [(("1", "2"), (1,)), (("2", "2"), ()), (("2", "2", "1"), (0, 1)), (("2", "2.0"), ()), (("-1", "0"), (1,))],
)
def test_the_best_score(scores: tuple[str, ...], best: tuple[int, ...]) -> None:
    shared, _ = split(*([{"score": score}] for score in scores))
    assert shared[0].best == best


def test_the_better_end_may_be_the_lower_one() -> None:
    shared, _ = split(*([{"benchmark": "c", "score": score}] for score in ("3", "1", "1")))
    assert shared[0].best == (1, 2)


def test_a_model_without_a_result_has_a_gap_and_never_wins() -> None:
    shared, _ = split([{"score": "1"}], [], [{"score": "2"}])
    assert [bool(result) for result in shared[0].results] == [True, False, True]
    assert shared[0].best == (2,)


def test_a_result_that_nobody_else_has_is_alone() -> None:
    shared, apart = split([{"score": "1"}, {"benchmark": "c", "score": "1"}], [{"score": "2"}])
    assert len(shared) == 1
    assert [(item.result.benchmark, item.rival, item.differs) for item in apart] == [("c", None, ())]


def test_a_second_result_under_the_same_conditions_stands_apart() -> None:
    shared, apart = split([{"score": "1"}, {"score": "9"}], [{"score": "2"}])
    assert [result.score for result in shared[0].results if result] == [1, 2]
    assert [(item.result.score, item.preferred) for item in apart] == [(Decimal(9), shared[0].results[0])]
    assert apart[0].differs == ()


TRUSTED = ["verified", "independent", "community", "self", None]


@pytest.mark.parametrize(("more", "less"), list(combinations(TRUSTED, 2)))
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_results_that_with_the_more_trusted_reporter_counts(
    more: str | None, less: str | None, turned: bool
) -> None:
    results = [
        {"score": score, **({"reporter": reporter} if reporter else {})}
        for score, reporter in (("1", more), ("9", less))
    ]
    shared, apart = split(results[::-1] if turned else results, [{"score": "2"}])
    assert [result.score for result in shared[0].results if result] == [1, 2]
    assert shared[0].best == (1,)
    assert [(item.result.score, item.preferred) for item in apart] == [(Decimal(9), shared[0].results[0])]


def test_results_that_nobody_shares_stand_apart_each_with_the_condition() -> None:
    _, apart = split(
        [{"score": "1", "harness": "h", "reporter": "self"}, {"score": "2", "harness": "h", "reporter": "verified"}],
        [{"score": "3"}],
    )
    assert [(item.result.score, item.differs, item.preferred) for item in apart if item.model.id == "m0"] == [
        (Decimal(2), (Difference("harness", "h", None),), None),
        (Decimal(1), (Difference("harness", "h", None),), None),
    ]


# --- intervals, and who measured --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        (("45", "55"), ("44", "52"), True),
        (("49", "51"), ("46", "48"), False),
        (("48", "52"), ("46", "48"), True),
        (("48", "52"), None, False),
        (("46", "54"), None, True),
        (None, ("46", "50"), True),
        (None, None, False),
    ],
)
@pytest.mark.parametrize("benchmark", ["b", "c"])
def test_scores_whose_intervals_overlap_are_no_win(
    one: tuple[str, str] | None, other: tuple[str, str] | None, close: bool, benchmark: str
) -> None:
    results = [
        {"benchmark": benchmark, "score": score, **({"ci": list(ci)} if ci else {})}
        for score, ci in (("50", one), ("47", other))
    ]
    (row,), _ = split(*([result] for result in results))
    assert row.close == ((0, 1) if close else ())
    assert row.best == (() if close else (0,) if benchmark == "b" else (1,))


def test_who_lies_clear_of_the_best_score_is_not_close_to_it() -> None:
    scores = [("50", ["45", "55"]), ("30", ["28", "47"]), ("48", ["44", "52"])]
    (row,), _ = split(*([{"score": score, "ci": ci}] for score, ci in scores))
    assert (row.top, row.close, row.best) == ((0,), (0, 1, 2), ())
    (row,), _ = split(*([{"score": score, "ci": ci}] for score, ci in [*scores[::2], ("30", ["28", "32"])]))
    assert (row.close, row.best) == ((0, 1), ())


def test_equal_scores_tie_whatever_their_intervals() -> None:
    (row,), _ = split(*([{"score": "50", "ci": ["45", "55"]}] for _ in range(2)), [{"score": "20"}])
    assert (row.top, row.close, row.best) == ((0, 1), (), (0, 1))


@pytest.mark.parametrize(
    ("reporters", "only"),
    [(("self", "self"), True), (("self", "verified"), False), (("self", None), False), ((None, None), False)],
)
def test_a_row_may_be_self_reported_only(reporters: tuple[str | None, ...], only: bool) -> None:
    (row,), _ = split(*([{"score": "1", **({"reporter": who} if who else {})}] for who in reporters), [])
    assert row.is_self_reported is only


@pytest.mark.parametrize(
    ("stated", "unstated"),
    [
        ({}, ("harness", "variant")),
        ({"harness": "h"}, ("variant",)),
        ({"variant": "v"}, ("harness",)),
        ({"harness": "h", "variant": "v"}, ()),
    ],
)
def test_what_nobody_states_of_a_row_is_known(stated: dict[str, str], unstated: tuple[str, ...]) -> None:
    (row,), _ = split([{"score": "1", **stated}], [{"score": "2", **stated}])
    assert row.unstated == unstated


def test_the_reason_names_the_nearest_rival() -> None:
    _, apart = split(
        [{"score": "1", "harness": "h", "variant": "v"}],
        [{"score": "2", "harness": "x", "variant": "y"}, {"score": "3", "harness": "h", "variant": "y"}],
    )
    assert apart[0].differs == (Difference("variant", "v", "y"),)


def test_benchmarks_can_be_chosen_and_ordered() -> None:
    models = ([{"score": "1"}, {"benchmark": "c", "score": "1"}], [{"score": "2"}, {"benchmark": "c", "score": "2"}])
    assert [row.name for row in split(*models)[0]] == ["b", "c"]
    assert [row.name for row in split(*models, wanted=("c", "b"))[0]] == ["c", "b"]
    assert [row.name for row in split(*models, wanted=("c",))[0]] == ["c"]
    assert split(*models, wanted=("none",)) == ((), ())


def test_every_result_is_somewhere() -> None:
    models = (
        [{"score": "1"}, {"score": "2"}, {"score": "3", "harness": "h"}],
        [{"score": "4"}, {"benchmark": "c", "score": "5"}],
        [{"score": "6", "harness": "h"}, {"score": "7", "variant": "v"}],
    )
    shared, apart = split(*models)
    scores = [result.score for row in shared for result in row.results if result] + [
        item.result.score for item in apart
    ]
    assert sorted(scores) == [1, 2, 3, 4, 5, 6, 7]

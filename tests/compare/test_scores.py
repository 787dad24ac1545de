"""Which results may be set against each other."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.compare.results import CONDITIONS, ApartResult, SharedResult, split_results
from tests.compare.making import catalog_of

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog import Catalog


def catalog(*models: list[dict[str, Any]]) -> Catalog:
    return catalog_of(
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
    )


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
    assert [(item.model.id, item.differs, item.lone) for item in apart] == [
        ("m0", (condition,), False),
        ("m1", (condition,), False),
    ]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_that_is_not_stated_is_another_condition(condition: str) -> None:
    shared, apart = split([{"score": "1", condition: "x"}], [{"score": "2"}])
    assert (len(shared), len(apart)) == (0, 2)


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
    assert [(item.result.benchmark, item.lone, item.differs) for item in apart] == [("c", True, ())]


def test_a_second_result_under_the_same_conditions_stands_apart() -> None:
    shared, apart = split([{"score": "1"}, {"score": "9"}], [{"score": "2"}])
    assert [result.score for result in shared[0].results if result] == [1, 2]
    assert [(item.result.score, item.differs, item.lone) for item in apart] == [(Decimal(9), (), False)]


def test_the_reason_names_the_nearest_rival() -> None:
    _, apart = split(
        [{"score": "1", "harness": "h", "variant": "v"}],
        [{"score": "2", "harness": "x", "variant": "y"}, {"score": "3", "harness": "h", "variant": "y"}],
    )
    assert apart[0].differs == ("variant",)


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

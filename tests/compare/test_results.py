"""Which results may be set against each other."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import combinations, permutations, zip_longest
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.compare.results import (
    CONDITIONS,
    TELLING,
    ApartResult,
    Comparability,
    Difference,
    SharedResult,
    split_results,
)
from tests.compare.making import Tree, loaded

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog


STATED = {"harness": "h", "variant": "v"}
SILENT = {"harness": None, "variant": None}
BOARD = {**SILENT, "source": "board", "reporter": "independent"}


def catalog(*models: list[dict[str, Any]], makers: str = "", **lives: dict[str, Any]) -> Catalog:
    """Models with results on the benchmark b that state harness and variant, unless they say otherwise."""
    return loaded(
        {
            "benchmarks": {
                "b": {"name": "B", "metric": "pass@1", "scale": "points"},
                "c": {"name": "C", "scale": "points", "better": "lower"},
            },
            "sources": {
                "board": {"title": "Board", "kind": "community"},
                "other": {"title": "Other board", "kind": "community"},
                "card": {"title": "Card", "kind": "vendor"},
                "list": {"title": "List", "kind": "aggregator"},
            },
            "organizations": {name: {"name": name} for name in makers},
            "models": {
                f"m{i}": {
                    "name": f"M{i}",
                    "organization": maker or "unknown",
                    "results": [{"benchmark": "b", **STATED, **result} for result in results],
                    **lives.get(f"m{i}", {}),
                }
                for i, (results, maker) in enumerate(zip_longest(models, makers))
            },
        }
    ).catalog


def split(
    *models: list[dict[str, Any]],
    wanted: tuple[str, ...] = (),
    day: datetime.date | None = None,
    makers: str = "",
    **lives: dict[str, Any],
) -> tuple[tuple[SharedResult, ...], tuple[ApartResult, ...]]:
    made = catalog(*models, makers=makers, **lives)
    return split_results(made, tuple(made.models.values()), wanted, day)


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
    shared, apart = split([{"score": "1", condition: "x"}], [{"score": "2", condition: None}])
    default = "pass@1" if condition == "metric" else None
    assert (len(shared), len(apart)) == (0, 2)
    assert {item.model.id: item.differs for item in apart} == {
        "m0": (Difference(condition, "x", default),),
        "m1": (Difference(condition, default, "x"),),
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


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_scores_in_one_test_the_newer_one_counts(turned: bool) -> None:
    own = [{"score": "1", "date": "2026"}, {"score": "9", "date": "2025-12"}]
    shared, apart = split(own[::-1] if turned else own, [{"score": "2"}])
    assert [result.score for result in shared[0].results if result] == [1, 2]
    assert [(item.result.score, item.preferred) for item in apart] == [(Decimal(9), shared[0].results[0])]
    assert apart[0].differs == ()


@pytest.mark.parametrize("dates", [{}, {"date": "2026"}, {"date": "2026-01"}])
def test_where_no_date_decides_between_two_scores_none_counts(dates: Tree) -> None:
    own = [{"score": "1", **dates}, {"score": "9", "date": "2026"}]
    shared, apart = split(own, [{"score": "2"}])
    assert shared == ()
    assert [(item.model.id, item.unsettled and item.unsettled.id) for item in apart] == [
        ("m0", "m0"),
        ("m0", "m0"),
        ("m1", "m0"),
    ]
    (row,), apart = split(own, [{"score": "2"}], [{"score": "3"}])
    assert (row.results[0], row.best, len(apart)) == (None, (2,), 2)


def test_the_same_score_twice_counts_once_with_the_interval_of_either() -> None:
    (row,), apart = split([{"score": "3"}, {"score": "3", "ci": ["1", "4"]}], [{"score": "2"}])
    assert (row.close, len(apart)) == ((0, 1), 1)


TRUSTED = ["verified", "independent", "community", "self", None]


@pytest.mark.parametrize(("more", "less"), list(combinations(TRUSTED, 2)))
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_results_that_with_the_more_trusted_reporter_counts(
    more: str | None, less: str | None, turned: bool
) -> None:
    results = [
        {"score": score, "date": date, **({"reporter": reporter} if reporter else {})}
        for score, reporter, date in (("1", more, "2025"), ("9", less, "2026"))
    ]
    shared, apart = split(results[::-1] if turned else results, [{"score": "2"}])
    assert [result.score for result in shared[0].results if result] == [1, 2]
    assert shared[0].best == (1,)
    assert [(item.result.score, item.preferred) for item in apart] == [(Decimal(9), shared[0].results[0])]


def test_results_that_nobody_shares_stand_apart_each_with_the_condition() -> None:
    _, apart = split(
        [{"score": "1", "reporter": "self"}, {"score": "2", "reporter": "verified"}], [{"score": "3", "harness": None}]
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
    (row,), _ = split(*([{"score": score, **BOARD, **stated}] for score in "12"))
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
    models: tuple[list[Tree], ...] = (
        [{"score": "1"}, {"score": "2"}, {"score": "3", **BOARD}],
        [{"score": "4"}, {"benchmark": "c", "score": "5"}, {"score": "8", **SILENT}],
        [{"score": "6", **BOARD}, {"score": "7", "variant": "w"}, {"score": "9", **BOARD}],
    )
    shared, apart = split(*models)
    scores = [result.score for row in shared for result in row.results if result] + [
        item.result.score for item in apart
    ]
    assert sorted(scores) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


# --- how far two results may be compared ------------------------------------------------------------------------------

SELF = {**SILENT, "reporter": "self"}
KINDS = {
    "nothing stated, no source": (SILENT, SILENT, "AB", Comparability.DIFFERENT_SOURCES),
    "two boards": (BOARD, {**BOARD, "source": "other"}, "AB", Comparability.DIFFERENT_SOURCES),
    "one board": (BOARD, BOARD, "AB", Comparability.SAME_TEST),
    "one board of one maker's models": (BOARD, BOARD, "AA", Comparability.SAME_TEST),
    "a board as an aggregator repeats it": ({**BOARD, "source": "list"},) * 2 + ("AB", Comparability.SAME_TEST),
    "one board, one setting not stated": (BOARD, {**BOARD, "variant": "v"}, "AB", Comparability.OWN_SETTINGS),
    "one board, two settings": (
        {**BOARD, "variant": "w"},
        {**BOARD, "variant": "v"},
        "AB",
        Comparability.OWN_SETTINGS,
    ),
    "one source that does not say who measured": (
        {**SILENT, "source": "board"},
        {**SILENT, "source": "board"},
        "AB",
        Comparability.OWN_SETTINGS,
    ),
    "the card of the maker of both": (
        {**SELF, "source": "card"},
        {**SELF, "source": "card"},
        "AA",
        Comparability.OWN_SETTINGS,
    ),
    "a maker's card on a rival": (
        {**SELF, "source": "card"},
        {**SILENT, "source": "card"},
        "AB",
        Comparability.ATTRIBUTED,
    ),
    "a maker's card on a rival, all stated": (
        {"reporter": "self", "source": "card"},
        {"source": "card"},
        "AB",
        Comparability.ATTRIBUTED,
    ),
    "a maker's table that another page shows": (
        {**SELF, "source": "board"},
        {**SILENT, "source": "board"},
        "AB",
        Comparability.ATTRIBUTED,
    ),
    "a card that does not say who measured": (
        {**SILENT, "source": "card"},
        {**SILENT, "source": "card"},
        "AB",
        Comparability.ATTRIBUTED,
    ),
    "what two makers say, on one page": (
        {**SELF, "source": "board"},
        {**SELF, "source": "board"},
        "AB",
        Comparability.DIFFERENT_SOURCES,
    ),
    "two reporters, on one page": (
        {**SELF, "source": "board"},
        BOARD,
        "AB",
        Comparability.DIFFERENT_SOURCES,
    ),
    "an aggregator that does not say who measured": (
        {**SELF, "source": "list"},
        {**SILENT, "source": "list"},
        "AB",
        Comparability.DIFFERENT_SOURCES,
    ),
    "all stated, two makers of their own models": (
        {"reporter": "self", "source": "card"},
        {"reporter": "self", "source": "other"},
        "AB",
        Comparability.SAME_TEST,
    ),
}


@pytest.mark.parametrize(("one", "other", "makers", "comparability"), KINDS.values(), ids=KINDS)
def test_how_far_two_results_may_be_compared(one: Tree, other: Tree, makers: str, comparability: Comparability) -> None:
    shared, apart = split([{"score": "1", **one}], [{"score": "2", **other}], makers=makers)
    assert {*(row.comparability for row in shared), *(item.comparability for item in apart)} == {comparability}
    assert [row.best for row in shared] == ([(1,)] if comparability is Comparability.SAME_TEST else [])


def test_what_a_maker_says_of_a_rival_is_not_ranked_with_its_own_while_others_are() -> None:
    own, told, free = {"reporter": "self", "source": "card"}, {"source": "card"}, {"source": "other"}
    (row,), (item,) = split([{"score": "3", **own}], [{"score": "2", **told}], [{"score": "1", **free}], makers="ABC")
    assert (row.best, row.results[1]) == ((0,), None)
    assert (item.model.id, item.comparability) == ("m1", Comparability.ATTRIBUTED)


def test_each_leaderboard_has_a_row_and_no_result_is_in_two() -> None:
    both = {**BOARD, "source": ["board", "other"]}
    other = {**BOARD, "source": "other"}
    shared, apart = split(
        [{"score": "1", **both}], [{"score": "2", **BOARD}], [{"score": "3", **other}], [{"score": "4", **other}]
    )
    assert [[str(result and result.score) for result in row.results] for row in shared] == [["1", "None", "3", "4"]]
    assert [(item.result.score, item.comparability) for item in apart] == [(Decimal(2), Comparability.OWN_SETTINGS)]


@pytest.mark.parametrize(("day", "best"), [("2026-01-01", (2,)), ("2026-06-01", (1,)), (None, (2,))])
def test_only_what_is_alive_wins(day: str | None, best: tuple[int, ...]) -> None:
    (row,), _ = split(
        *([{"score": score}] for score in "123"),
        day=datetime.date.fromisoformat(day) if day else None,
        m2={"lifecycle": {"shutdown": "2026-03-01"}},
    )
    assert (row.best, len([result for result in row.results if result])) == (best, 3)


def test_where_one_alone_is_alive_nobody_wins_and_nobody_ties() -> None:
    (row,), _ = split(*([{"score": "1", "ci": ["0", "3"]}] for _ in "12"), m1={"lifecycle": {"status": "shutdown"}})
    assert (row.top, row.close, row.best) == ((0,), (), ())


MOSTLY = {name: st.sampled_from(["x" if name in TELLING else None] * 4 + [None, "y"]) for name in CONDITIONS}
RESULT = st.fixed_dictionaries(
    MOSTLY,
    optional={
        "source": st.lists(st.sampled_from(["board", "other", "card", "list"]), min_size=1, max_size=2, unique=True),
        "reporter": st.sampled_from(["self", "independent", "community", "verified"]),
        "date": st.sampled_from(["2025", "2026", "2026-03"]),
    },
)
RESULTS = st.lists(st.tuples(st.integers(1, 2).map(str), RESULT), min_size=1, max_size=3).map(
    lambda held: [{"score": score, **result} for score, result in held]
)


def winners(*models: list[Tree], makers: str) -> set[tuple[str, ...]]:
    """The models that win or tie, by their names."""
    shared, _ = split(*models, makers=makers)
    return {tuple(f"m{i}" for i in row.top) for row in shared if len(row.ranked) > 1}


@settings(max_examples=50)
@example([{"score": "1", "source": "board"}, {"score": "1", "source": "other"}], [{"score": "2"}], "AB")
@given(RESULTS, RESULTS, st.sampled_from(["AA", "AB", ""]))
def test_neither_the_order_of_results_nor_that_of_models_makes_a_winner(
    one: list[Tree], other: list[Tree], makers: str
) -> None:
    def said(*models: list[Tree], turned: bool = False) -> list[tuple[str, set[str]]]:
        names = ("m1", "m0") if turned else ("m0", "m1")
        shared, apart = split(*models, makers=makers[::-1] if turned else makers)
        held = [sorted(zip(names, map(repr, row.results), strict=True)) for row in shared]
        rows = [
            (repr((row.conditions, own)), {names[i] for i in row.top}) for row, own in zip(shared, held, strict=True)
        ]
        why = [(names[int(item.model.id[1:])], str(item.comparability), str(item.result.score)) for item in apart]
        return sorted(rows, key=repr) + sorted((repr(item), set[str]()) for item in why)

    expected = said(one, other)
    assert said(other, one, turned=True) == expected
    assert all(said(list(turned), other) == expected for turned in permutations(one))


@settings(max_examples=100)
@given(RESULT, RESULT, st.sampled_from(["AA", "AB"]), st.sampled_from(TELLING), st.booleans())
def test_silence_makes_no_winner_where_no_leaderboard_has_both(
    one: Tree, other: Tree, makers: str, condition: str, is_one: bool
) -> None:
    if set(one.get("source", ())) & set(other.get("source", ())):
        other = {name: value for name, value in other.items() if name != "source"}
    first, second = {**one, "score": "1", condition: None}, {**other, "score": "2", condition: None}
    assert winners([first], [second], makers=makers) == set()
    # Stated in one of them only, it makes no winner either, so that precision loses nothing to silence.
    said = first if is_one else second
    said[condition] = "x"
    assert winners([first], [second], makers=makers) == set()


@settings(max_examples=100)
@given(RESULT, RESULT, st.sampled_from(["AA", "AB"]), st.sampled_from(CONDITIONS))
def test_to_drop_a_condition_of_one_of_two_results_makes_no_winner(
    one: Tree, other: Tree, makers: str, condition: str
) -> None:
    first, second = {**one, "score": "1", condition: "x"}, {**other, "score": "2", condition: "y"}
    assert winners([first], [second], makers=makers) == set()
    dropped = {**first, condition: None}
    assert winners([dropped], [second], makers=makers) == set()

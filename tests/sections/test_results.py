"""The tables of the benchmarks, and what the trade-offs say of the scores: of two models and of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.sections.blocks import Link, Term
from sphinx_modelcmp.sections.registry import statements
from tests.compare.making import Tree, compared, loaded
from tests.sections.reading import cells, marks, page_of, tables, texts

if TYPE_CHECKING:
    from sphinx_modelcmp.compare.comparison import Comparison

BENCHMARKS = {
    "quiz": {"name": "Quiz", "metric": "accuracy", "scale": "percent"},
    "race": {"name": "Race", "scale": "seconds", "better": "lower"},
}
STATED = {"harness": "kit", "variant": "high"}
SILENT = {"harness": None, "variant": None}
SOURCES = {"board": {"title": "Board"}, "card": {"title": "Card", "kind": "vendor"}}
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Omega")


def page(*results: list[Tree], **tables_: Any) -> Comparison:
    """A model for each list of results, on the quiz with everything stated unless they say otherwise."""
    models = {
        name.lower(): {"name": name, "results": [{"benchmark": "quiz", **STATED, **result} for result in held]}
        for name, held in zip(NAMES, results, strict=False)
    }
    return compared(loaded({"benchmarks": BENCHMARKS, "models": models, **tables_}).catalog)


def rows(comparison: Comparison, number: int = 0) -> dict[str, tuple[str, ...]]:
    return cells(page_of(comparison)["benchmarks"], number)


def head(comparison: Comparison) -> str:
    (found,) = rows(comparison)
    return found


def on_quiz(comparison: Comparison) -> list[str]:
    """What the trade-offs say of scores."""
    said = [item.text for item in statements(comparison, "en") if item.section == "tradeoffs"]
    return [text for text in said if text.startswith("On ") or "score on " in text]


TEST = "Quiz (accuracy, harness kit, variant high)"


def test_the_better_score_is_marked_and_said() -> None:
    comparison = page([{"score": "50.5"}], [{"score": "60"}])
    assert rows(comparison) == {TEST: ("50.5%", "60%", "Same test")}
    assert marks(page_of(comparison)["benchmarks"])[TEST] == ((), ("best",), ())
    assert on_quiz(comparison) == ["the better score on Quiz: 60%, against 50.5% for Alpha."]


def test_of_three_one_is_the_best_and_one_without_a_result_is_unknown() -> None:
    comparison = page([{"score": "50"}], [], [{"score": "60"}], [{"score": "55"}])
    assert rows(comparison) == {TEST: ("50%", "Unknown", "60%", "55%", "Same test")}
    assert marks(page_of(comparison)["benchmarks"])[TEST] == ((), ("unknown",), ("best",), (), ())
    assert on_quiz(comparison) == ["the best score on Quiz: 60%."]


def test_a_win_names_the_version_of_the_test() -> None:
    comparison = page(*([{"score": score, "version": "2.1"}] for score in ("1", "2")))
    assert on_quiz(comparison) == ["the better score on Quiz (2.1): 2%, against 1% for Alpha."]


def test_a_score_is_sorted_by_its_value() -> None:
    (table,) = tables(page_of(page([{"score": "9.5"}], [], [{"score": "60"}]))["benchmarks"])
    assert [cell.value for cell in table.rows[0].cells] == ["9.5", "", "60", ""]


@pytest.mark.parametrize(
    ("scores", "remark", "said", "best"),
    [
        (("50", "50"), "Alpha and Beta tie", "Alpha and Beta tie at 50%.", ()),
        (
            ("50", "40", "50"),
            "Alpha and Gamma tie",
            "Alpha and Gamma tie for the best score: 50%, against 40% for Beta.",
            (0, 2),
        ),
    ],
)
def test_ties_are_said_in_the_table_and_in_the_tradeoffs(
    scores: tuple[str, ...], remark: str, said: str, best: tuple[int, ...]
) -> None:
    comparison = page(*([{"score": score}] for score in scores))
    assert head(comparison) == f"{TEST[:-1]}; {remark})"
    (line,) = marks(page_of(comparison)["benchmarks"]).values()
    assert tuple(i for i, names in enumerate(line) if "best" in names) == best
    assert on_quiz(comparison) == [f"On {TEST} {said}"]


def test_overlapping_intervals_are_no_win() -> None:
    comparison = page([{"score": "50", "ci": ["45", "55"]}], [{"score": "48", "ci": ["44", "52"]}], [{"score": "20"}])
    assert head(comparison) == f"{TEST[:-1]}; no win between Alpha and Beta: their intervals overlap)"
    (line,) = marks(page_of(comparison)["benchmarks"]).values()
    assert line == ((), (), (), ())
    assert rows(comparison)[head(comparison)][:3] == ("50% (45% to 55%)", "48% (44% to 52%)", "20%")
    (said,) = on_quiz(comparison)
    assert said.startswith(f"On {TEST} Alpha (50%, 45% to 55%) and Beta (48%, 44% to 52%) cannot be told apart: ")
    assert said.endswith(": their intervals overlap. Behind them comes 20% for Gamma.")


def test_a_score_within_the_interval_of_another_is_no_win_either() -> None:
    comparison = page([{"score": "50", "ci": ["45", "55"]}], [{"score": "52"}])
    assert head(comparison) == f"{TEST[:-1]}; no win between Alpha and Beta: one score lies in the interval of another)"
    (said,) = on_quiz(comparison)
    assert said.startswith(f"On {TEST} Alpha (50%, 45% to 55%) and Beta (52%) cannot be told apart: one score lies in")


def test_where_lower_is_better_the_lower_one_wins_and_it_says_so() -> None:
    comparison = page(*([{"benchmark": "race", "score": score}] for score in ("11.5", "9", "12")))
    test = "Race (harness kit, variant high, in seconds, lower is better)"
    assert rows(comparison) == {test: ("11.5", "9", "12", "Same test")}
    assert marks(page_of(comparison)["benchmarks"])[test] == ((), ("best",), (), ())
    assert on_quiz(comparison) == ["the best score on Race: 9."]


@pytest.mark.parametrize(
    ("reporters", "remark"),
    [
        (("self", "self", "self"), "; self-reported only"),
        (("self", "independent", "self"), ""),
        (("self", None, "self"), ""),
    ],
)
def test_a_row_of_the_makers_own_figures_is_marked_so(reporters: tuple[str | None, ...], remark: str) -> None:
    scores = zip(("1", "2", "3"), reporters, strict=True)
    comparison = page(*([{"score": score, **({"reporter": who} if who else {})}] for score, who in scores))
    assert head(comparison) == f"{TEST[:-1]}{remark})"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"harness": "kit"}, "harness kit, variant not stated"),
        ({"variant": "high"}, "variant high, harness not stated"),
        ({}, "harness and variant not stated"),
    ],
)
def test_what_no_source_states_is_said_of_a_row_that_is_compared(stated: Tree, said: str) -> None:
    board = {**SILENT, "reporter": "independent", "source": "board", **stated}
    comparison = page(*([{"score": score, **board}] for score in ("1", "2")), sources=SOURCES)
    assert head(comparison) == f"Quiz (accuracy, {said})"
    assert on_quiz(comparison) == ["the better score on Quiz: 2%, against 1% for Alpha."]


def test_a_win_among_figures_of_the_makers_says_so() -> None:
    comparison = page([{"score": "1", "reporter": "self"}], [{"score": "2", "reporter": "self"}])
    assert on_quiz(comparison) == ["the better score on Quiz (self-reported only): 2%, against 1% for Alpha."]
    assert "self-reported only" in head(comparison)


def test_a_win_by_the_makers_own_figure_says_so() -> None:
    comparison = page([{"score": "1", "reporter": "verified"}], [{"score": "2", "reporter": "self"}])
    assert on_quiz(comparison) == ["the better score on Quiz: 2% (self-reported), against 1% for Alpha."]


@pytest.mark.parametrize("reporter", ["self", "independent", "community", "verified"])
def test_who_measured_stands_with_the_score(reporter: str) -> None:
    comparison = page([{"score": "50", "reporter": reporter}], [{"score": "60", "reporter": "independent"}])
    shown = {"self": "self-reported"}.get(reporter, reporter)
    assert rows(comparison)[TEST][:2] == (f"50% ({shown})", "60% (independent)")


@pytest.mark.parametrize(
    ("one", "other", "heads", "scores"),
    [
        ({"harness": "a"}, {"harness": "b"}, "variant high", ("harness a", "harness b")),
        ({"harness": None}, {"harness": "b"}, "variant high", ("harness not stated", "harness b")),
        ({"harness": None, "variant": "low"}, SILENT, "harness not stated", ("variant low", "variant not stated")),
        ({"version": "2"}, {"version": "1"}, "harness kit, variant high", ("version 2", "version 1")),
        ({"metric": "loss"}, {}, "harness kit, variant high", ("loss", "accuracy")),
        ({"tools": "with tools"}, {"tools": "Python"}, "harness kit, variant high", ("with tools", "tools Python")),
        ({"date": "2026-03"}, SILENT, "", ("harness kit, variant high, Mar 2026", "harness and variant not stated")),
    ],
)
def test_what_is_in_common_stands_with_the_benchmark_and_all_else_with_its_score(
    one: Tree, other: Tree, heads: str, scores: tuple[str, str]
) -> None:
    comparison = page([{"score": "50", **one}], [{"score": "60", **other}])
    metric = "" if "metric" in one else "accuracy"
    assert rows(comparison) == {
        f"Quiz ({', '.join(filter(None, (metric, heads)))})": (
            f"50% ({scores[0]})",
            f"60% ({scores[1]})",
            "Different sources",
        )
    }
    assert on_quiz(comparison) == []


def test_several_scores_of_a_model_stand_one_below_the_other() -> None:
    comparison = page([{"score": "50"}, {"score": "55", "variant": "low"}], [{"score": "60", "harness": "own"}])
    assert rows(comparison) == {
        "Quiz (accuracy)": (
            "50% (harness kit, variant high); 55% (harness kit, variant low)",
            "60% (harness own, variant high)",
            "Different sources",
        )
    }
    (table,) = tables(page_of(comparison)["benchmarks"])
    assert [cell.value for cell in table.rows[0].cells] == ["50", "60", ""]


def test_a_result_that_nobody_else_has_says_so_and_comes_last() -> None:
    comparison = page(
        [{"score": "50"}, {"benchmark": "race", "score": "9", **SILENT}, {"score": "1", "benchmark": "art"}],
        [{"score": "60"}],
        benchmarks={**BENCHMARKS, "art": {"name": "Art", "scale": "points"}},
    )
    assert list(rows(comparison).items()) == [
        (TEST, ("50%", "60%", "Same test")),
        ("Art (harness kit, variant high, in points)", ("1", "Unknown", "Only one model")),
        ("Race (in seconds, lower is better)", ("9", "Unknown", "Only one model")),
    ]


def test_benchmarks_that_the_page_chooses_come_in_its_order() -> None:
    catalog = page([{"score": "50"}, {"benchmark": "race", "score": "9"}], [{"score": "60"}]).catalog
    chosen = compared(catalog, benchmarks=("race", "quiz"))
    assert [row[-1] for row in rows(chosen).values()] == ["Only one model", "Same test"]


def test_the_less_trusted_of_two_results_has_a_row_of_its_own() -> None:
    comparison = page(
        [{"score": "70", "reporter": "self"}, {"score": "50", "reporter": "verified"}],
        [{"score": "60", "date": "2026"}, {"score": "61", "date": "2025"}, {"score": "60"}],
    )
    (table,) = tables(page_of(comparison)["benchmarks"])
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        ("50% (verified)", "60% (2026)", "Same test"),
        ("70% (self-reported)", "61% (2025); 60%", "Another score of this test counts"),
    ]


def test_two_scores_of_which_no_date_says_which_counts_are_shown_and_win_nothing() -> None:
    comparison = page([{"score": "80"}, {"score": "82"}], [{"score": "81"}])
    assert rows(comparison) == {TEST: ("80%; 82%", "81%", "No date says which score counts")}
    assert on_quiz(comparison) == []


CARD = {"source": "card", **SILENT}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (SILENT, SILENT, "Different sources"),
        ({**CARD, "reporter": "self"}, {**CARD, "harness": "kit"}, "A maker’s own table"),
        ({"source": "card", "reporter": "self"}, {"source": "card"}, "A maker’s own table"),
        ({"source": "board", "variant": "low"}, {"source": "board"}, "Each at its own setting"),
        ({"source": "board", "variant": None}, {"source": "board"}, "One source"),
        ({"source": "board", **SILENT}, {"source": "board", **SILENT}, "One source"),
    ],
)
def test_what_is_not_known_to_be_one_test_says_how_far_it_can_be_compared(one: Tree, other: Tree, said: str) -> None:
    comparison = page([{"score": "50", **one}], [{"score": "60", **other}], sources=SOURCES)
    ((*_, kind),) = rows(comparison).values()
    assert kind == said
    assert [names for line in marks(page_of(comparison)["benchmarks"]).values() for names in line] == [(), (), ()]
    assert on_quiz(comparison) == []
    summary = " ".join(texts(page_of(comparison)["summary"].blocks))
    assert "neither two monthly costs nor two comparable results" in summary


def test_results_of_one_source_share_no_row_with_those_of_another() -> None:
    sources = {**SOURCES, "other": {"title": "Other board"}}
    held = [("low", "board"), ("high", "board"), ("low", "other"), ("high", "other")]
    settings = [{"variant": name, "harness": source, "source": source} for name, source in held]
    comparison = page(*([{"score": "1", **held}] for held in settings), sources=sources)
    elsewhere = ("In another row",) * 2
    assert rows(comparison) == {
        "Quiz (accuracy, harness board)": (
            *("1% (variant low) [1]", "1% (variant high) [1]", *elsewhere, "Each at its own setting"),
        ),
        "Quiz (accuracy, harness other)": (
            *(*elsewhere, "1% (variant low) [2]", "1% (variant high) [2]", "Each at its own setting"),
        ),
    }


def test_a_result_of_another_test_is_in_another_row_and_not_unknown() -> None:
    comparison = page([{"score": "1"}], [{"score": "2"}], [{"score": "3", "variant": "low"}], [])
    assert list(rows(comparison).values()) == [
        ("1%", "2%", "In another row", "Unknown", "Same test"),
        ("In another row", "In another row", "3%", "Unknown", "Different sources"),
    ]
    assert marks(page_of(comparison)["benchmarks"])[TEST] == ((), ("best",), (), ("unknown",), ())


def test_what_has_ended_is_shown_and_wins_nothing() -> None:
    models = {
        name: {"name": name, "results": [{"benchmark": "quiz", **STATED, "score": score}]}
        for name, score in (("Alpha", "1"), ("Beta", "2"), ("Gamma", "3"))
    }
    ended = {**models["Gamma"], "lifecycle": {"shutdown": "2026-01-01"}}
    catalog = {"schema": 1, "as_of": "2026-05-01"}
    comparison = compared(
        loaded({"catalog": catalog, "benchmarks": BENCHMARKS, "models": {**models, "Gamma": ended}}).catalog
    )
    assert marks(page_of(comparison)["benchmarks"])[TEST] == ((), ("best",), (), ())
    assert rows(comparison)[TEST] == ("1%", "2%", "3%", "Same test")
    assert on_quiz(comparison) == ["the better score on Quiz: 2%, against 1% for Alpha."]


def test_scores_lead_to_their_sources_and_notes() -> None:
    sources = {"list": {"title": "List", "kind": "aggregator"}}
    comparison = page(
        [{"score": "50", "source": "list", "note": "By *hand*."}],
        [{"score": "60", "note": "By *hand*."}],
        sources=sources,
    )
    assert [text.replace(" ", "") for text in rows(comparison)[TEST][:2]] == ["50%[1][a]", "60%[a]"]
    assert "[a] By hand." in list(texts(page_of(comparison)["benchmarks"].blocks))


@pytest.mark.parametrize("other", ["kit", "else"], ids=["shared", "apart"])
def test_the_note_of_a_benchmark_stands_with_its_results(other: str) -> None:
    benchmarks = {"quiz": {**BENCHMARKS["quiz"], "note": "In *fractions* there."}}
    comparison = page([{"score": "1"}], [{"score": "2", "harness": other}], benchmarks=benchmarks)
    assert all(head.endswith(" [a]") for head in rows(comparison))
    assert "[a] In fractions there." in list(texts(page_of(comparison)["benchmarks"].blocks))


def test_the_meaning_of_a_benchmark_is_that_of_its_name_and_its_address_stays() -> None:
    described = {"description": "Questions *asked*."}
    benchmarks = {
        "quiz": {**BENCHMARKS["quiz"], **described, "url": "https://example.org/quiz"},
        "race": {**BENCHMARKS["race"], **described},
    }
    comparison = page([{"score": "1"}, {"benchmark": "race", "score": "9"}], [{"score": "2"}], benchmarks=benchmarks)
    (table,) = tables(page_of(comparison)["benchmarks"])
    assert [row.head.content[0] for row in table.rows] == [
        Link("Quiz", "https://example.org/quiz", "Questions asked."),
        Term("Race", "Questions asked."),
    ]


def test_results_of_models_that_have_all_ended_lead_nothing() -> None:
    ended = {"lifecycle": {"shutdown": "2026-01-01"}}
    models = {
        name: {
            "name": name,
            **ended,
            "results": [{"benchmark": "quiz", "harness": "kit", "variant": "high", "score": 1}],
        }
        for name in ("Alpha", "Beta")
    }
    tree = {"catalog": {"as_of": "2026-06-15"}, "benchmarks": BENCHMARKS, "models": models}
    assert on_quiz(compared(loaded(tree).catalog)) == []

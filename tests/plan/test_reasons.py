"""Reasons to choose a model: which there are, in which order, and where there are none."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_modelcmp.compare.claims import CheaperMonth, Wins
from sphinx_modelcmp.plan.reasons import MOST, Reason
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from tests.compare.making import Tree, compared, loaded

SCALES = {"quiz": "percent", "exam": "percent", "part": "fraction", "arena": "elo"}
YES, NO = {"vision": "true"}, {"vision": "false"}


def page(*models: Tree, **request: Any) -> Page:
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}, "q": {"name": "Q"}},
        "sources": {name: {"title": name, "kind": "vendor"} for name in "st"},
        "licenses": {"mit": {"name": "MIT"}},
        "benchmarks": {name: {"name": name.title(), "scale": scale} for name, scale in SCALES.items()},
        "fields": {"gpu": {"label": "GPU", "group": "specs", "type": "quantity", "better": "lower"}},
        "models": {f"m{i}": {"name": f"M{i}", **model} for i, model in enumerate(models)},
    }
    return Page(compared(loaded(tree).catalog, **request), language_of("en"))


def label(reason: Reason) -> str:
    first = reason.claims[0]
    if isinstance(first, CheaperMonth):
        return "month"
    if isinstance(first, Wins):
        return first.shared.name
    return " ".join(claim.field for claim in reason.claims if not isinstance(claim, CheaperMonth | Wins))


def reasons(*models: Tree, **request: Any) -> dict[str, list[str]]:
    """What speaks for each model, by the last sign of its name."""
    found = page(*models, **request).reasons
    return {name: [label(reason) for reason in held] for name, held in found.items()}


def first(*models: Tree, **request: Any) -> list[str]:
    return reasons(*models, **request)["m0"]


def priced(price: str, output: str = "") -> Tree:
    return {"routes": [{"provider": "p", "prices": [{"input": price, "output": output or price}]}]}


def scored(**scores: Any) -> Tree:
    return {
        "results": [{"benchmark": n, "score": score, "harness": "k", "variant": "v"} for n, score in scores.items()]
    }


ROOM = {"context_window": 16000}
CHEAP = {**ROOM, **priced("1")}


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        # 15 a doubling of the window, 25 for vision, 40 a doubling of the month, 6 a point.
        ({"context_window": 2000, "capabilities": YES}, {"context_window": 1000, "capabilities": NO}, "vision window"),
        ({"context_window": 8000, "capabilities": YES}, {"context_window": 1000, "capabilities": NO}, "window vision"),
        ({**CHEAP, "capabilities": YES}, {**ROOM, **priced("1.2"), "capabilities": NO}, "vision month"),
        ({**CHEAP, "capabilities": YES}, {**ROOM, **priced("2"), "capabilities": NO}, "month vision"),
        ({**scored(quiz=54), "capabilities": YES}, {**scored(quiz=50), "capabilities": NO}, "vision quiz"),
        ({**scored(quiz=55), "capabilities": YES}, {**scored(quiz=50), "capabilities": NO}, "quiz vision"),
        (
            {"openness": "open-weights", "capabilities": YES},
            {"openness": "proprietary", "capabilities": NO},
            "open vision",
        ),
        # What is only not documented of the other weighs less than what it has not: 25 and 15 against 20.
        ({"capabilities": {**YES, "reasoning": "true"}}, {"capabilities": {**NO}}, "vision reasoning"),
        ({"capabilities": {**YES, "reasoning": "true"}}, {"capabilities": {"reasoning": "false"}}, "reasoning vision"),
    ],
)
def test_the_heaviest_comes_first(mine: Tree, other: Tree, expected: str) -> None:
    names = {"window": "context_window", "open": "openness"}
    assert first(mine, other) == [names.get(name, name) for name in expected.split()]


def test_no_ratio_weighs_more_than_the_most() -> None:
    free, dear = {**ROOM, **priced("0.000001")}, {**ROOM, **priced("1000")}
    (reason,) = page(free, dear).reasons["m0"]
    assert reason.weight == 120
    (reason,) = page({"context_window": "1e20"}, {"context_window": 1}).reasons["m0"]
    assert reason.weight == 60


ALL: Tree = {
    **priced("1"),
    "context_window": 64000,
    "max_output": 32000,
    "openness": "open-weights",
    "knowledge_cutoff": "2026-01",
    "gpu": 1,
    "capabilities": YES,
}
NONE: Tree = {
    **priced("2"),
    "context_window": 8000,
    "max_output": 4000,
    "openness": "proprietary",
    "knowledge_cutoff": "2024-01",
    "gpu": 2,
    "capabilities": NO,
}


def test_there_are_four_at_most_and_newer_knowledge_is_the_last() -> None:
    assert first(ALL, NONE) == ["context_window", "month", "openness", "vision"]
    assert len(first(ALL, NONE)) == MOST
    few = {"capabilities", "openness"}
    mine, other = ({name: value for name, value in model.items() if name not in few} for model in (ALL, NONE))
    assert first(mine, other) == ["context_window", "month", "max_output", "gpu"]
    del mine["gpu"]
    assert first(mine, other) == ["context_window", "month", "max_output", "knowledge_cutoff"]


@pytest.mark.parametrize(
    ("sections", "expected"), [((), ["month"]), (("tradeoffs",), ["cheapest_output"])], ids=["whole", "without cost"]
)
def test_a_topic_has_one_reason(sections: tuple[str, ...], expected: list[str]) -> None:
    mine, other = {**ROOM, **priced("1", "2")}, {**ROOM, **priced("2", "8")}
    assert first(mine, other, sections=sections) == expected
    assert first(scored(quiz=60, exam=60, arena=1300), scored(quiz=50, exam=55, arena=1290)) == ["quiz"]


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ({"knowledge_cutoff": "2026-01"}, {"knowledge_cutoff": "2024-01"}, []),
        # Longer answers by a tenth and a bit are light.
        (
            {"max_output": 1200, "knowledge_cutoff": "2026-01"},
            {"max_output": 1000, "knowledge_cutoff": "2024-01"},
            ["max_output"],
        ),
        ({"gpu": 1, "max_output": 1200}, {"gpu": 2, "max_output": 1000}, ["gpu"]),
        (
            {"gpu": 1, "knowledge_cutoff": "2026-01"},
            {"gpu": 2, "knowledge_cutoff": "2024-01"},
            ["gpu", "knowledge_cutoff"],
        ),
        ({"gpu": 1, "knowledge_cutoff": "2026-01"}, {"gpu": 2, "knowledge_cutoff": "2025-09"}, ["gpu"]),
    ],
)
def test_a_light_reason_stands_alone_and_newer_knowledge_never(mine: Tree, other: Tree, expected: list[str]) -> None:
    assert first(mine, other) == expected


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ({"context_window": 2000}, {"context_window": 1000}),
        (scored(quiz=9), scored(quiz=5)),
        (CHEAP, {**ROOM, **priced("3")}),
    ],
    ids=["size", "score", "month"],
)
@pytest.mark.parametrize(("unknown", "is_said"), [(0, True), (1, True), (2, False)])
def test_a_lead_among_fewer_than_two_thirds_is_none(mine: Tree, other: Tree, unknown: int, is_said: bool) -> None:
    assert bool(first(mine, other, *({} for _ in range(unknown)))) is is_said


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        ({"context_window": 131072}, [{"context_window": 128000}]),
        ({"context_window": 100}, [{"context_window": 99}, {"context_window": 50}]),
        ({"knowledge_cutoff": "2026-03", "gpu": "1"}, [{"knowledge_cutoff": "2026-01", "gpu": "1.1"}]),
        (CHEAP, [{**ROOM, **priced("1.05")}]),
        (CHEAP, [{**ROOM, **priced("1.05")}, {**ROOM, **priced("3")}]),
        (scored(quiz="50.9"), [scored(quiz=50)]),
        (scored(part="0.509"), [scored(part="0.5")]),
        (scored(arena=1009), [scored(arena=1000)]),
        ({"released": "2026-06-01"}, [{"released": "2020-01-01"}]),
    ],
)
def test_what_is_level_is_no_reason(mine: Tree, others: list[Tree]) -> None:
    assert not any(reasons(mine, *others).values())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [({"quiz": 54}, {"quiz": 50}, 4), ({"part": "0.54"}, {"part": "0.5"}, 4), ({"arena": 1000}, {"arena": 960}, 4)],
)
def test_points_are_of_a_hundred(one: Any, other: Any, expected: int) -> None:
    ((reason,), _) = page(scored(**one), scored(**other)).reasons.values()
    (win,) = reason.claims
    assert isinstance(win, Wins)
    assert win.shared.lead == expected


@pytest.mark.parametrize(
    ("mine", "others", "expected"),
    [
        (YES, [{}], ["vision"]),
        (YES, [{}, {}], ["vision"]),
        (YES, [{}, NO], []),
        (YES, [{}, YES], []),
        (YES, [{"vision": "undisclosed"}], []),
        (YES, [{"vision": "partial"}], []),
        ({"tool_use": "true", "computer_use": "true"}, [{}], ["computer_use tool_use"]),
        ({**YES, "multimodal": "true"}, [{}], ["vision"]),
        ({**YES, "multimodal": "true"}, [{**NO, "multimodal": "false"}], ["vision"]),
        ({"multimodal": "true"}, [{}], ["multimodal"]),
        ({**YES, "tool_use": "true"}, [{"tool_use": "false"}], ["vision", "tool_use"]),
    ],
)
def test_what_one_alone_has_or_is_documented_with(mine: Tree, others: list[Tree], expected: list[str]) -> None:
    assert first(*({"capabilities": flags} for flags in (mine, *others))) == expected


def test_what_a_route_says_of_the_other_one_is_said() -> None:
    routed = {"routes": [{"provider": "p", "capabilities": NO}]}
    assert first({"capabilities": YES}, routed) == []
    # Nor is what another reading of the routes says unsaid.
    lists = [{"value": [{"provider": "q"}], "source": "s"}, {"value": routed["routes"], "source": "t"}]
    assert first({"capabilities": YES}, {"routes": {"values": lists}}) == []


@pytest.mark.parametrize(
    ("life", "named"),
    [
        ({"status": "deprecated", "successor": "m1"}, ["m1", "m2"]),
        ({"status": "shutdown"}, ["m1", "m2"]),
        ({"status": "deprecated"}, ["m0", "m1", "m2"]),
        ({"status": "deprecated", "successor": "m3"}, ["m0", "m1", "m2"]),
    ],
)
def test_for_what_is_over_or_succeeded_nothing_speaks(life: Tree, named: list[str]) -> None:
    models: list[Tree] = [{"context_window": 8000, "lifecycle": life}, {"context_window": 4000}, {}]
    found = reasons(*models)
    assert list(found) == named
    assert found.get("m0", ["context_window"]) == ["context_window"]


def test_for_what_its_successor_succeeds_that_is_over_itself_something_speaks() -> None:
    models = [{"context_window": 8000, "lifecycle": {"status": "deprecated", "successor": "m1"}}]
    models += [{"context_window": 4000, "lifecycle": {"status": "shutdown"}}, {"context_window": 4000}]
    assert reasons(*models) == {"m0": ["context_window"], "m2": []}


def test_a_lead_weighs_as_much_as_the_nearest_one_is_behind() -> None:
    behind: tuple[Tree, ...] = tuple({"context_window": size, "capabilities": NO} for size in (1000, 20000))
    mine = {"context_window": 32000, "capabilities": YES}
    assert first(mine, *behind) == first(mine, *reversed(behind)) == ["vision", "context_window"]
    dear = [{**ROOM, **priced("9")}, {**ROOM, **priced("2")}]
    assert first(CHEAP, *dear) == first(CHEAP, *reversed(dear)) == ["month"]

"""What a page opens with: the month, the benchmarks that both were run on, and what is too close to decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.compare.claims import LevelMonths
from sphinx_modelcmp.plan.opening import Opening, factor, opening, share_above, share_below
from sphinx_modelcmp.sections.blocks import Paragraph, Said
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from tests.compare.making import compared, loaded
from tests.sections.reading import page_of, texts

SCALES = {"quiz": "percent", "race": "seconds", "exam": "percent", "part": "fraction", "arena": "elo"}


def models(*priced: Any, results: Any = ()) -> Any:
    """Models of which each asks so much for a million tokens; None of one without a price."""
    tree = {
        "providers": {"p": {"name": "P"}},
        "benchmarks": {
            name: {"name": name.title(), "scale": scale, "better": "lower" if scale == "seconds" else "higher"}
            for name, scale in SCALES.items()
        },
        "sources": {"s": {"title": "S", "kind": "leaderboard", "checked": "2026-05-01"}},
        "models": {
            f"m{i}": {
                "name": f"M{i}",
                "source": "s",
                **({"routes": [{"provider": "p", "prices": [{"input": price, "output": price}]}]} if price else {}),
                "results": results[i] if results else [],
            }
            for i, price in enumerate(priced)
        },
    }
    return loaded(tree).catalog


def model(name: str, *prices: Any, **more: Any) -> Any:
    return {"name": name, "routes": [{"provider": "p", "prices": listed} for listed in prices], **more}


def page(*models: Any) -> Page:
    tree = {
        "catalog": {"as_of": "2026-06-15"},
        "providers": {"p": {"name": "P"}},
        "sources": {name: {"title": name, "kind": "vendor"} for name in "st"},
        "models": {f"m{i}": found for i, found in enumerate(models)},
    }
    return Page(compared(loaded(tree).catalog), language_of("en"))


def said(of: Page, section: str) -> str:
    return " ".join(texts(page_of(of.comparison)[section].blocks))


ONE, TWO = [{"input": "1", "output": "1"}], [{"input": "2", "output": "2"}]


def decided(*priced: Any, results: Any = (), **options: Any) -> Opening:
    return Page(compared(models(*priced, results=results), **options), language_of("en")).opening


@pytest.mark.parametrize(
    ("low", "high", "times", "below", "above"),
    [
        ("2", "3", None, "0.33", "0.5"),
        ("1", "1.999", None, "0.5", "1"),
        ("1000", "1070.1", None, "0.066", "0.07"),
        ("1", "2", "2", "0.5", "1"),
        ("1", "2.449", "2.4", "0.59", "1.4"),
        ("1", "20.4", "20", "0.95", "19"),
        # Only what is free is all of it less.
        ("1", "1000", "1000", "0.99", "1.0E+3"),
        ("0", "1", None, "1", None),
    ],
)
def test_a_ratio_is_in_times_from_twice_on(low: str, high: str, times: Any, below: str, above: Any) -> None:
    few, many = Decimal(low), Decimal(high)
    assert factor(few, many) == (Decimal(times) if times else None)
    assert share_below(few, many) == Decimal(below)
    assert above is None or share_above(few, many) == Decimal(above)


@pytest.mark.parametrize(
    ("prices", "is_level"),
    [
        (("1", "1"), True),
        (("1", "1.05"), True),
        (("1.05", "1"), True),
        (("1", "1.051"), False),
        (("1", "1.04", "1.06"), False),
        (("1", None), False),
    ],
)
def test_months_are_level_within_a_twentieth(prices: tuple[str | None, ...], is_level: bool) -> None:
    assert isinstance(decided(*prices).month, LevelMonths) is is_level


def test_months_are_level_only_by_every_reading() -> None:
    far = {"value": [{"input": "9", "output": "9"}], "source": "t"}
    assert page(model("A", ONE), model("B", {"values": [{"value": ONE, "source": "s"}, far]})).opening.month is None


def scored(**scores: Any) -> list[Any]:
    return [
        {"benchmark": name, "score": value, "harness": "kit", "variant": variant or "v"}
        for name, held in scores.items()
        for variant, value in (held if isinstance(held, dict) else {"": held}).items()
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (scored(quiz=70), scored(quiz=60), (1, [("m0", 1)])),
        (scored(quiz=70, race=9), scored(quiz=60, race=5), (2, [("m0", 1), ("m1", 1)])),
        (scored(quiz=60, exam=50, race=5), scored(quiz=70, exam=60, race=4), (3, [("m1", 3)])),
        # Less than a point of a hundred leads nothing; of other scales nobody knows what a point is.
        (scored(quiz=70), scored(quiz="69.1"), None),
        (scored(race="5"), scored(race="5.1"), (1, [("m0", 1)])),
        (scored(part="0.5"), scored(part="0.491"), None),
        (scored(arena="1300.1"), scored(arena=1300), None),
        (scored(arena=1400), scored(arena=1300), (1, [("m0", 1)])),
        (scored(part="0.5"), scored(part="0.49"), (1, [("m0", 1)])),
        # A benchmark in two settings is one, and led only in both.
        (scored(quiz={"a": 70, "b": 60}), scored(quiz={"a": 60, "b": 50}), (1, [("m0", 1)])),
        (scored(quiz={"a": 70, "b": 50}), scored(quiz={"a": 60, "b": 60}), None),
        (scored(quiz=70), [], None),
    ],
)
def test_leads_are_counted_by_benchmark(one: Any, other: Any, expected: Any) -> None:
    led = decided("1", "2", results=(one, other)).benchmarks
    assert (led and (led.count, [(leader.model.id, leader.count) for leader in led.leaders])) == expected


def test_what_only_makers_say_of_their_own_models_decides_nothing() -> None:
    own = [[{**result, "reporter": "self"} for result in scored(quiz=score)] for score in (70, 60)]
    assert decided("1", "2", results=own).benchmarks is None


def test_benchmarks_that_an_author_has_chosen_are_not_all() -> None:
    results = (scored(quiz=70, exam=50), scored(quiz=60, exam=60))
    assert decided("1", "2", results=results).benchmarks
    assert decided("1", "2", results=results, benchmarks=("quiz",)).benchmarks is None


def test_nothing_decides_without_two_months_and_a_shared_benchmark() -> None:
    assert decided("1", None).is_undecided
    assert decided(None, None).is_undecided
    assert not decided("1", "2").is_undecided
    assert not decided("1", None, results=(scored(quiz=1), scored(quiz=2))).is_undecided


def test_a_ratio_that_a_source_denies_is_not_given() -> None:
    near = {"values": [{"value": ONE, "source": "s"}, {"value": [{"input": "1.9", "output": "1.9"}], "source": "t"}]}
    opens = said(page(model("A", near), model("B", TWO)), "summary")
    assert "A costs less than B: $130.00 a month at P, against $260.00." in opens
    assert "times" not in opens


def test_months_that_are_level_put_nobody_ahead() -> None:
    level = page(model("A", ONE), model("B", [{"input": "1.01", "output": "1"}]))
    assert "cost about the same" in said(level, "summary")
    assert said(level, "tradeoffs") == "No fact in the catalog puts one of these models clearly ahead."
    dearer = page(model("A", ONE), model("B", [{"input": "1.1", "output": "1.1"}]))
    expected = "Choose A for | the lower monthly cost: 9.1% less. Nothing that is counted here speaks for B."
    assert said(dearer, "tradeoffs") == expected


def test_a_catalog_decides_where_one_model_alone_can_be_called() -> None:
    ended = {"lifecycle": {"status": "shutdown", "shutdown": "2026-01-01"}}
    assert not page(model("A", ONE, **ended), model("B", TWO)).opening.is_undecided
    assert page(model("A"), model("B", TWO)).opening.is_undecided


def test_an_offer_that_is_not_counted_is_named_with_the_month() -> None:
    offered = page(model("A", ONE, [{"free": True}]), model("B", TWO))
    assert "Free offers and subscriptions for A are not part of these figures." in said(offered, "summary")
    free = page(model("A", [{"input": "free", "output": "free"}]), model("B", TWO))
    assert not free.opening.is_undecided
    assert "speaks for A" not in said(free, "tradeoffs")
    assert "Choose A for | no bill within the limits of the free offer at P (#2)." in said(offered, "tradeoffs")


def test_one_that_leads_on_some_benchmarks_alone_is_no_list() -> None:
    catalog = models("1", "2", results=(scored(quiz=70, exam=50), scored(quiz=60, exam="50.1")))
    (first,) = (sentence for sentence in texts(page_of(compared(catalog))["summary"].blocks) if "leads on" in sentence)
    assert "M0 leads on 1 of the 2 benchmarks that both were run on under the same conditions." in first


def kinds(*names: Any) -> Page:
    return page(*({"name": f"M{i}", "kind": name, "max_output": i + 1} for i, name in enumerate(names)))


@pytest.mark.parametrize(
    ("names", "are_apart"),
    [
        (("api-model", "embedding-model"), True),
        (("reranker-model", "api-model"), True),
        (("embedding-model", "reranker-model"), False),
        (("api-model", "coding-model"), False),
        (("api-model", "embedding-model", "coding-model"), False),
    ],
)
def test_a_model_that_answers_and_one_that_returns_vectors_are_no_pair(names: tuple[str, ...], are_apart: bool) -> None:
    found = kinds(*names)
    jobs = found.opening.jobs
    assert ("do different jobs" in said(found, "summary")) is bool(jobs) is are_apart
    if jobs:
        assert (jobs.answering.kind.value, jobs.other.kind.value) == tuple(sorted(names))
        assert said(found, "tradeoffs") == "They do different jobs, so there is nothing to weigh."
        assert said(found, "switching") == "They do different jobs, so neither replaces the other."
        assert "has no answer" in repr(page_of(found.comparison)["faq"])
        assert "Choose" not in said(found, "deep-dive")


def test_a_disputed_kind_parts_no_pair() -> None:
    kind = {"values": [{"value": kind, "source": name} for name, kind in (("s", "reranker-model"), ("t", "api-model"))]}
    assert kinds("api-model", {"value": "reranker-model"}).opening.jobs
    assert kinds("api-model", kind).opening.jobs is None


def opened(*priced: Any, **options: Any) -> list[tuple[str, bool]]:
    # The author's own words come before it.
    first = page_of(compared(models(*priced), **options))["summary"].blocks[1]
    assert isinstance(first, Paragraph)
    return [(said.text, said.is_strong) for said in first.content if isinstance(said, Said)]


def test_a_page_opens_with_the_month_in_bold() -> None:
    (first, is_strong), *others = opened("1", "3")
    assert (
        first == "For 100,000 requests a month, M0 costs $130.00 a month at P, and M1 costs $390.00: 3 times as much."
    )
    assert is_strong
    assert not any(strong for _, strong in others)
    assert opened("3", "2")[0][0].startswith("For 100,000 requests a month, M1 costs 33% less than M0: $260.00 a month")
    assert opened("3", "2", "9")[0][0].endswith("M1 costs the least, $260.00 a month at P, and M2 the most: $1,170.00.")


def test_a_page_without_the_month_does_not_speak_of_it() -> None:
    assert opened("1", "3", sections=("summary", "specs"))[0] == ("This page compares M0 and M1.", False)


def test_a_total_of_any_size_has_a_ratio() -> None:
    assert "times as much" in opened("0.00000000000000000001", "10000000000")[0][0]


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [
        ({"status": "deprecated", "successor": "m1"}, {}, ("m0", "m1")),
        ({}, {"status": "deprecated", "successor": "m0"}, ("m1", "m0")),
        ({"status": "shutdown", "successor": "m1"}, {}, ("m0", "m1")),
        ({"status": "deprecated", "successor": "m1"}, {"status": "shutdown"}, None),
        ({"status": "deprecated"}, {}, None),
        ({"status": "deprecated", "successor": "m2"}, {}, None),
    ],
)
def test_a_model_and_its_successor_are_a_migration(first: Any, second: Any, moved: tuple[str, str] | None) -> None:
    found = page(
        *({"name": f"M{i}", **({"lifecycle": life} if life else {})} for i, life in enumerate((first, second, None)))
    )
    pair = Page(compared(found.catalog, "m0", "m1"), language_of("en"))
    found_move = pair.opening.migration
    assert (found_move and (found_move.ending.model.id, found_move.target.id)) == moved
    can_choose = "shutdown" not in {life.get("status") for life in (first, second)}
    assert ("; its successor is" in said(pair, "summary")) is (moved is not None)
    assert ("does not decide" in said(pair, "summary")) is (can_choose and moved is None)
    assert found.opening.migration is None, "of three models there is no one move"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            ONE,
            TWO,
            "its successor B costs 2 times as much for 100,000 requests a month: $260.00 a month at P, against $",
        ),
        (TWO, [{"input": "3", "output": "3"}], "its successor B costs 50% more for"),
        (TWO, ONE, "its successor B costs 50% less for 100,000 requests a month: $130.00 a month at P, against $260"),
        (ONE, ONE, "its successor is B. For 100,000 requests a month, A and B cost the same"),
        (
            {"values": [{"value": ONE, "source": "s"}, {"value": [{"input": "1.9", "output": "1.9"}], "source": "t"}]},
            TWO,
            "its successor is B. For 100,000 requests a month, A costs less than B",
        ),
    ],
)
def test_a_migration_opens_with_the_end_and_what_the_successor_costs(old: Any, new: Any, told: str) -> None:
    life = {"status": "deprecated", "deprecated": "2026-05-22", "shutdown": "2027-01", "successor": "m1"}
    pair = page(model("A", old, lifecycle=life), model("B", new))
    opens = said(pair, "summary")
    end = "A has been deprecated since May 22, 2026 and stops answering in Jan 2027; "
    assert f"{end}{told}" in opens
    assert opens.count("requests a month") == 1
    ended = page(model("A", old, lifecycle={"shutdown": "2026-01", "successor": "m1"}), model("B", new))
    assert "A was shut down in Jan 2026; its successor is B." in said(ended, "summary")


def test_reasons_for_a_model_that_is_to_end_begin_with_the_end() -> None:
    life = {"status": "deprecated", "shutdown": "2027-01"}
    told = said(page(model("A", ONE, lifecycle=life), model("B", TWO)), "tradeoffs")
    end = "the time that it has left: A is deprecated and stops answering in Jan 2027."
    assert told.startswith(f"Choose A for | {end} Choose A for | the lower monthly cost")
    assert "has left" not in said(page(model("A", TWO, lifecycle=life), model("B", ONE)), "tradeoffs"), "no reason"
    ended = said(page(model("A", ONE, lifecycle={"shutdown": "2026-01"}), model("B", TWO)), "tradeoffs")
    assert "Choose A" not in ended


def test_the_opening_is_that_of_the_claims() -> None:
    comparison = compared(models("1", "3"))
    page = Page(comparison, language_of("en"))
    assert opening(comparison, page.months, page.cheaper_month) == page.opening


PAID = {"provider": "p", "prices": [{"input": 2, "output": 2}]}
FREE = {"provider": "p", "prices": [{"free": True}]}


@pytest.mark.parametrize(
    ("first", "second", "opening_words"),
    [
        ({"routes": [FREE]}, {"routes": [PAID]}, "m1 costs $260.00 a month; m0 is free of charge"),
        ({"routes": [PAID], "context_window": 500}, {"routes": [PAID]}, "m0 has no room for the requests"),
        ({"lifecycle": {"shutdown": "2026-01-01"}}, {"routes": [PAID]}, "Of these models only m1 can be called."),
        ({"released": "2027-03"}, {"routes": [PAID]}, "Of these models only m1 can be called."),
    ],
    ids=["free", "too small", "over", "announced"],
)
def test_what_stands_in_the_place_of_a_month_decides_as_well(first: Any, second: Any, opening_words: str) -> None:
    told = said(page(model("m0", **first), model("m1", **second)), "summary")
    assert opening_words in told
    assert "does not decide" not in told
    assert "released Mar 2027" not in told

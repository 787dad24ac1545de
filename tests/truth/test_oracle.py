"""No claim is false in any world that its catalog allows: routes, readings, days, and workloads."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.truth import asking, generator, meaning, worlds
from tests.truth.asking import verdicts
from tests.truth.generator import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.truth.asking import Verdict

SAMPLE = range(60)
SHOWN = 20
"""The most counterexamples that a failure lists."""
MADE = {
    *("Leads", "Level", "Same", "Contrast", "Alone", "Parted", "Move", "Wins", "Ties", "Close", "CheaperMonth"),
    *("LevelMonths", "Turn", "Documented"),
    *("MonthlyCost", "NoCost", "BreakEven", "Coverage", "Starred", "Differing", "Sentence", "Listed"),
}
"""The kinds of claims that catalogs of the sample give rise to: silence is no way to say nothing false."""


def judged(numbers: Iterable[int]) -> list[tuple[int, Verdict]]:
    return [(number, verdict) for number in numbers for verdict in verdicts(catalog(number))]


def false_of(found: Iterable[tuple[int, Verdict]]) -> list[str]:
    said = ((number, verdict) for number, verdict in found if verdict.reasons)
    return [f"catalog({number}): {verdict.kind} of {verdict.asked}: {verdict.reasons[0]}" for number, verdict in said]


def test_nothing_that_is_claimed_is_false() -> None:
    found = judged(SAMPLE)
    assert false_of(found)[:SHOWN] == []
    made = Counter(verdict.kind for _, verdict in found)
    assert MADE - made.keys() == set()


@pytest.mark.full
@pytest.mark.parametrize("start", range(0, 2000, 200))
def test_nothing_that_is_claimed_of_two_thousand_catalogs_is_false(start: int) -> None:
    assert false_of(judged(range(start, start + 200)))[:SHOWN] == []


def test_a_catalog_of_a_number_is_always_the_same() -> None:
    assert catalog(7) == catalog(7)
    assert catalog(7) != catalog(8)


def test_a_kind_that_is_not_known_is_false() -> None:
    class Better:
        """A claim that nobody gave a meaning."""

    assert meaning.Judge(worlds.World(catalog(0)), {}).reasons(Better()) == ["nobody knows what Better means"]


def test_the_meaning_of_claims_knows_nothing_of_the_package() -> None:
    for module in (generator, meaning, worlds):
        assert "sphinx_modelcmp" not in Path(str(module.__file__)).read_text("utf-8")
    assert "sphinx_modelcmp" in Path(str(asking.__file__)).read_text("utf-8")

"""The names that were meant, and what it costs to find them: counted, not timed."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog import prices
from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import Code, Hints, did_you_mean
from tests.compare.making import loaded

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = {
    "successors": lambda i: f"  model-{i}: {{name: M, lifecycle: {{successor: modl-{i}}}}}\n",
    "keys": lambda i: f"  model-{i}: {{name: M, contxt_windw_{i}: 1}}\n",
    "words": lambda i: f"  model-{i}: {{name: M, lifecycle: {{status: activ{i}}}}}\n",
}


class Counter:
    """Counts the calls of a function, and passes them on."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *args: object) -> object:
        self.calls += 1
        return self.function(*args)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Counts the names that are compared letter by letter."""
    counter = Counter(SequenceMatcher.real_quick_ratio)

    def counted(matcher: SequenceMatcher[str]) -> object:
        return counter(matcher)

    monkeypatch.setattr(SequenceMatcher, "real_quick_ratio", counted)
    return counter


@pytest.mark.parametrize("kind", WRONG)
def test_a_hundred_times_as_many_wrong_names_cost_at_most_twenty_times_as_much(kind: str, compared: Counter) -> None:
    costs = []
    for number in (15, 1500):
        compared.calls = 0
        found = loaded("models:\n" + "".join(map(WRONG[kind], range(number))))
        assert len(found.problems) == number
        assert sum("did you mean" in problem.message for problem in found.problems) >= 15
        costs.append(compared.calls)
    assert 0 < costs[0] <= costs[1] <= 20 * costs[0]


def test_one_provider_renamed_is_looked_up_once(compared: Counter) -> None:
    routes = ", ".join(["{provider: deepinfa}"] * 1000)
    found = loaded(f"providers: {{deepinfra: {{name: D}}}}\nmodels: {{a: {{name: A, routes: [{routes}]}}}}")
    assert len(found.problems) == 1000
    assert all("did you mean deepinfra?" in problem.message for problem in found.problems)
    assert compared.calls == 1


def test_a_misspelt_name_is_found_among_thousands() -> None:
    names = [
        f"{maker}-{size}b-v{version}"
        for maker in ("qwen", "llama", "gemma")
        for size in range(50)
        for version in range(20)
    ]
    for name in names[::37]:
        for misspelt in (name[:3] + name[4:], name[:2] + "x" + name[2:], name.upper()):
            assert name in did_you_mean(misspelt, names), misspelt
    assert did_you_mean("x" * 101, ["x" * 100]) == ""


def test_another_table_has_hints_of_its_own() -> None:
    hints = Hints()
    names = {f"model-{i}" for i in range(Hints.MOST)}
    assert all(hints(f"modl-{i}", names) for i in range(Hints.MOST))
    assert hints("modl-x", names) == ""
    assert hints("modl-7", names) == did_you_mean("modl-7", names)
    assert hints("modl-x", ["model-x"]) == "; did you mean model-x?"


LINES = {
    "of one period": lambda i: f"{{input: {i + 1}}}",
    "for larger requests": lambda i: f"{{input: {i + 1}, when: {{input_above: {i + 1}}}}}",
}


@pytest.mark.parametrize("kind", LINES)
def test_a_long_price_list_is_not_compared_with_itself(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meetings = Counter(prices._meet)
    monkeypatch.setattr(prices, "_meet", meetings)
    lines = ", ".join(map(LINES[kind], range(1000)))
    text = f"providers: {{p: {{name: P}}}}\nmodels: {{a: {{name: A, routes: [{{provider: p, prices: [{lines}]}}]}}}}"
    found = read_catalog([CatalogFile(Path("a.yaml"), "a.yaml", text.encode())])
    ambiguous = sum(problem.code is Code.AMBIGUOUS_PRICE for problem in found.problems)
    assert ambiguous == (999 if kind == "of one period" else 0)
    assert meetings.calls <= 1000

"""Queries against brute force: whatever the unknown facts turn out to be, no answer was wrong.

A catalog is made at random, with facts that are unknown, disputed, imprecise or different at a route. Each of its
completions settles them all. What a query matches has to be true in every completion, and what it refuses in none; the
query is evaluated there by a few lines that know two truth values.
"""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.records import UNKNOWN, Catalog, Fact, Model, Price, Reading, Route, Source
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Openness, SourceKind, State, Support
from sphinx_modelcmp.query.answers import answer
from sphinx_modelcmp.query.conditions import Facts
from sphinx_modelcmp.query.language import Query, compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CATALOGS = 150
"""Made by one run of the tests; 3,000 were tried once."""
DAY = datetime.date(2026, 6, 1)
WINDOWS, PRICES = (100, 300), (Decimal("0.1"), Decimal("0.3"))
FLAGS, OPENNESS = (Support.YES, Support.NO), (Openness.OPEN_WEIGHTS, Openness.PROPRIETARY)
DATES = (PartialDate(2026), PartialDate(2026, 2), PartialDate(2026, 2, 3), PartialDate(2025, 12, 31))
DAYS = (datetime.date(2025, 12, 31), *(datetime.date(2026, month, day) for month in (1, 2, 3) for day in (2, 3, 28)))

ATOMS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "context_window >= 200": lambda said: said["window"] >= 200,
    "context_window < 101": lambda said: said["window"] < 101,
    "output <= 0.2": lambda said: said["output"] <= Decimal("0.2"),
    "output = 0.3": lambda said: said["output"] == Decimal("0.3"),
    "vision": lambda said: said["vision"] is Support.YES,
    "reasoning": lambda said: said["reasoning"] is Support.YES,
    "openness = open-weights": lambda said: said["openness"] is Openness.OPEN_WEIGHTS,
    "openness != open-weights": lambda said: said["openness"] is not Openness.OPEN_WEIGHTS,
    "released >= 2026-02": lambda said: said["released"] >= datetime.date(2026, 2, 1),
    "released <= 2026-02-03": lambda said: said["released"] <= datetime.date(2026, 2, 3),
    "released = 2026": lambda said: said["released"].year == 2026,
}
AT_ROUTES = ("context_window >= 200", "context_window < 101", "vision", "output <= 0.2", "output = 0.3")


@dataclass(frozen=True)
class Random:
    """Random facts of one model."""

    random: random.Random

    def fact(self, *values: Any) -> Fact[Any]:
        """A fact that is known, unknown or disputed."""
        found = [self._reading(value) for value in self.random.sample(values, k=self.random.choice((1, 1, 1, 2)))]
        return UNKNOWN if self.random.random() < 0.3 else Fact.of(found)

    def _reading(self, value: Any) -> Reading[Any]:
        return Reading(value=value, state=State.KNOWN, source=(self.random.choice(("a", "b")),))

    def model(self) -> Model:
        """A model with one route or two."""
        routes = tuple(self._route(f"p{i}") for i in range(self.random.choice((1, 2))))
        return Model(
            id="m",
            name="M",
            released=self.fact(*DATES),
            context_window=self.fact(*WINDOWS),
            openness=self.fact(*OPENNESS),
            capabilities={"vision": self.fact(*FLAGS), "reasoning": self.fact(*FLAGS)},
            routes=Fact(value=routes, state=State.KNOWN) if self.random.random() < 0.8 else UNKNOWN,
        )

    def _route(self, provider: str) -> Route:
        return Route(
            provider=provider,
            context_window=self.fact(*WINDOWS) if self.random.random() < 0.4 else UNKNOWN,
            capabilities={"vision": self.fact(*FLAGS)} if self.random.random() < 0.4 else {},
            prices=self.fact(*((Price(components={"output": amount}),) for amount in PRICES)),
        )

    def query(self, depth: int = 0) -> Any:
        """A query as a tree: a text, or a word with its parts."""
        chance = self.random.random()
        if depth > 2 or chance < 0.35:
            return self.random.choice([*ATOMS])
        if chance < 0.5:
            return "not", self.query(depth + 1)
        if chance < 0.6:
            return "any route", self.random.choice(("and", "or")), *self.random.sample(AT_ROUTES, 2)
        return self.random.choice(("and", "or")), self.query(depth + 1), self.query(depth + 1)


def text_of(query: Any) -> str:
    """The query in the language."""
    match query:
        case str():
            return query
        case "not", part:
            return f"not ({text_of(part)})"
        case "any route", word, one, other:
            return f"any route ({one} {word} {other})"
    word, one, other = query
    return f"({text_of(one)}) {word} ({text_of(other)})"


def readings(fact: Fact[Any], every: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a fact may turn out to be."""
    return tuple(said.value for said in fact.readings) if fact.known else every


def days(fact: Fact[Any]) -> tuple[datetime.date, ...]:
    """The days that a date may turn out to be."""
    if not fact.known:
        return DAYS
    values = [said.value for said in fact.readings if said.value]
    finest = [one for one in values if not any(one != other and one.contains(other) for other in values)]
    return tuple(day for day in DAYS if any(date.first <= day <= date.last for date in finest))


def routes(model: Model) -> Iterator[list[dict[str, Any]]]:
    """The routes of a model in each completion: what holds at each of them."""
    own = readings(model.context_window, WINDOWS)
    flags = readings(model.capabilities["vision"], FLAGS)
    # Where no route is known, there is one that states nothing.
    held = model.routes.value or (Route(provider="p"),)
    for window, flag in itertools.product(own, flags):
        yield from map(list, itertools.product(*(places(route, window, flag) for route in held)))


def places(route: Route, window: int, flag: Support) -> list[dict[str, Any]]:
    """What may hold at a route of a model with a window and a flag."""
    limits = readings(route.context_window, (window,))
    flags = readings(route.capabilities.get("vision", UNKNOWN), (flag,))
    amounts = [price[0].components["output"] for price in readings(route.prices, ())] or PRICES
    found = itertools.product(limits, flags, amounts)
    return [{"window": limit, "vision": own, "output": amount} for limit, own, amount in found]


def completions(model: Model) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """The routes and the facts of a model in each completion, for a reader who calls it at any one of them."""
    reasoning, openness = readings(model.capabilities["reasoning"], FLAGS), readings(model.openness, OPENNESS)
    for found in routes(model):
        cheapest = min(place["output"] for place in found)
        for place, flag, word, day in itertools.product(found, reasoning, openness, days(model.released)):
            said = {"reasoning": flag, "openness": word, "released": day}
            yield [{**said, **there} for there in found], {**said, **place, "output": cheapest}


def is_true(query: Any, found: list[dict[str, Any]], said: dict[str, Any]) -> bool:
    """Two truth values are enough where everything is settled."""
    match query:
        case str():
            return ATOMS[query](said)
        case "not", part:
            return not is_true(part, found, said)
        case "any route", word, one, other:
            return any(is_true((word, one, other), found, there) for there in found)
        case "and", one, other:
            return is_true(one, found, said) and is_true(other, found, said)
    _, one, other = query
    return is_true(one, found, said) or is_true(other, found, said)


def test_no_answer_is_wrong_whatever_the_unknown_facts_turn_out_to_be() -> None:
    sources = {name: Source(title=name, kind=SourceKind.VENDOR) for name in ("a", "b")}
    counts = {True: 0, False: 0, None: 0}
    for seed in range(CATALOGS):
        made = Random(random.Random(seed))
        model, query = made.model(), made.query()
        catalog = Catalog(models={"m": model}, names={"m": "m"}, sources=sources)
        facts = Facts(catalog, DAY)
        compiled = compile_query(text_of(query), facts)
        assert isinstance(compiled, Query), compiled
        found = answer(compiled, facts, [model])
        truth = True if found.matched else None if found.undecided else False
        counts[truth] += 1
        truths = {is_true(query, *completion) for completion in completions(model)}
        if truth is not None:
            assert truths == {truth}, (seed, text_of(query), model)
    assert min(counts.values()) > CATALOGS / 10, counts


def test_the_test_finds_a_logic_of_two_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_modelcmp.query.conditions.Test._of", lambda test, value: test.test(value) is True)
    with pytest.raises((AssertionError, TypeError)):
        test_no_answer_is_wrong_whatever_the_unknown_facts_turn_out_to_be()

"""Our totals are those of genai-prices, an engine of its own with data of its own, to the last digit."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from genai_prices.data import providers

from sphinx_modelcmp.catalog.records import Catalog
from sphinx_modelcmp.compare.bill import Assumption, Usage
from sphinx_modelcmp.compare.costing import Cost, request_cost
from tests.compare.genai_prices_adapter import Subject, priced_components, subjects, their_total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.vocabulary import Service

pytestmark = pytest.mark.full

DAYS = [datetime(year, month, day, tzinfo=UTC) for year, month, day in ((2024, 12, 1), (2025, 9, 9), (2026, 11, 22))]
ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
SAID = {Assumption.BATCH_AT_STANDARD, Assumption.SERVICE_AT_STANDARD, Assumption.INCOMPLETE}
"""Assumptions that change no total of theirs: how a service is charged, and that a list may charge for more."""
INPUTS = (
    "cache_read",
    "audio_cache_read",
    "cache_write",
    "cache_write_1h",
    "audio_input",
    "image_input",
    "video_input",
)
OUTPUTS = ("reasoning", "audio_output", "image_output")

DRAWS = 3
STANDS_IN = {"cache_read", "cache_write", "audio_input", "image_input", "video_input", "reasoning", "audio_output"}
"""Parts that they too count at the price of the whole where they have no price of their own.

Two are not among them, for there they do something else than we say. An unpriced write for an hour, where they take
the price of the usual write and we take that of input; audio read from the cache, where they take the cached price of
text and we take the full price of audio.
"""

FLOORS = {
    "compared": 15_000,
    "models": 1_500,
    "tiered": 1_000,
    "hourly": 120,
    "dated": 5_000,
    "batch": 400,
    "flex": 150,
    "priority": 150,
    "fast": 200,
    "cache_read": 6_000,
    "cache_write": 2_000,
    "cache_write_1h": 400,
    "audio_input": 150,
    "audio_cache_read": 100,
    "audio_output": 50,
    "image_input": 100,
    "reasoning": 10,
    "web_search": 2_000,
    "falls back: batch": 800,
    "falls back: cache_read": 400,
    "falls back: media_input": 400,
}
"""About half of what version 0.2.3 gives, so that no filter can eat the test unseen."""


def moments(subject: Subject, dice: random.Random) -> Iterator[datetime]:
    """Some days at any minute, and both sides of every change that the price list knows."""
    yield from (day + timedelta(minutes=dice.randrange(24 * 60)) for day in DAYS)
    for change in subject.changes:
        yield from (change, change - timedelta(seconds=1))
    if subject.has_hours:
        yield from (DAYS[1] + timedelta(hours=hour) for hour in range(24))


def usage(subject: Subject, counted: set[str], moment: datetime, service: Service | None, dice: random.Random) -> Usage:
    """Counts of some components, in a request of a size that matters."""
    sizes = [size + more for size in subject.thresholds for more in (0, 1, 1000)]
    total = dice.choice([*sizes, dice.randrange(1, 3_000_000)]) if "input" in counted else 0
    counts: dict[str, Any] = {"input": total, "output": dice.randrange(1, 100_000) if "output" in counted else 0}
    for whole, parts in (("input", INPUTS), ("output", OUTPUTS)):
        left = counts[whole]
        for name in parts:
            if name in counted and dice.random() < 0.7:
                counts[name] = dice.randrange(left + 1)
                left -= counts[name]
    counts["web_searches"] = dice.randrange(4) if "web_search" in counted else 0
    return Usage(**counts, service=service, moment=moment.astimezone(ZoneInfo(dice.choice(ZONES))))


@lru_cache(maxsize=1)
def compared() -> tuple[Counter[str], list[str]]:
    """How many usages of which kind were compared, how many were left out and why, and the differences."""
    dice = random.Random(20261122)
    kinds: Counter[str] = Counter()
    differences: list[str] = []
    for subject, moment, service in situations(dice):
        priced = priced_components(subject, moment, service)
        if not priced & {"input", "output"}:
            kinds["left out: neither input nor output has a price"] += 1
            continue
        also = {name for name in sorted(STANDS_IN) if whole_of(name) in priced and dice.random() < 0.1}
        asked = usage(subject, priced | also, moment, service, dice)
        theirs = their_total(subject, asked)
        ours = request_cost(Catalog(), subject.route, asked)
        if not isinstance(ours, Cost) or ours.total != theirs or (not also and {*ours.assumptions} - SAID):
            differences.append(f"{subject.provider.id} {subject.model.id} {asked}: {theirs}, not {ours}")
        else:
            kinds.update(kinds_of(ours))
    kinds["models"] = sum(1 for _ in subjects(providers))
    return kinds, differences


def situations(dice: random.Random) -> Iterator[tuple[Subject, datetime, Service | None]]:
    for subject in subjects(providers):
        for moment in moments(subject, dice):
            for service in subject.contexts:
                yield from [(subject, moment, service)] * DRAWS


def whole_of(name: str) -> str:
    return "output" if name in OUTPUTS else "input"


def kinds_of(ours: Cost) -> Iterator[str]:
    yield "compared"
    whens = [line.price.when for line in ours.lines if line.price.when]
    if any(when.input_above for when in whens):
        yield "tiered"
    if any(when.hours for when in whens):
        yield "hourly"
    if any(line.price.since or line.price.until for line in ours.lines):
        yield "dated"
    yield from {f"{when.service}" for when in whens if when.service}
    yield from (f"falls back: {assumption.value}" for assumption in ours.assumptions)
    yield from {line.component for line in ours.lines if line.component == line.quote.component}


def test_every_total_is_theirs() -> None:
    _, differences = compared()
    assert differences == []


@pytest.mark.parametrize("kind", FLOORS)
def test_enough_was_compared(kind: str) -> None:
    kinds, _ = compared()
    assert kinds[kind] >= FLOORS[kind]

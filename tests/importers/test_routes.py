"""What an import does to the life, the charges and the free components of routes that are there."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.scalars import read_partial_date
from sphinx_modelcmp.importers.importer import Foreign, Listing
from tests.importers.taking import take_foreign

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Route
    from sphinx_modelcmp.importers.importing import Prepared


MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)
SHUTDOWN = {"shutdown": datetime.date(2027, 1, 1)}
LATER = {"shutdown": datetime.date(2027, 3, 1)}
PRICES = [{"input": Decimal(2), "output": Decimal(8), "cache_read": "free"}]


def take(folder: Path, day: datetime.date = MAY, **about: Any) -> Prepared:
    """An import of a model at one place, with what is said of it there."""
    said = {"prices": PRICES, "lifecycle": SHUTDOWN, "charges": "incomplete"} | about
    one = Listing(model="m-1", provider="acme", id="m-1", facts={"name": "M 1", "context_window": 1000}, **said)
    return take_foreign(folder, Foreign(listings=[one], providers={"acme": {"name": "Acme"}}), day)


def route(folder: Path) -> Route:
    loaded = load_catalog([folder])
    assert [str(problem) for problem in loaded.problems] == []
    [found] = loaded.catalog.models["m-1"].routes.value or ()
    return found


def model_file(folder: Path) -> Path:
    [path] = folder.rglob("models/*.yaml")
    return path


def edit(folder: Path, old: str, new: str) -> None:
    path = model_file(folder)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "data"
    take(found)
    return found


def shutdown(folder: Path) -> str:
    found = route(folder).lifecycle
    return str(found and found.shutdown)


def done(prepared: Prepared) -> list[tuple[str, str]]:
    return [(change.kind.value, change.at.removeprefix("models.m-1.routes.0.")) for change in prepared.changes]


def test_what_is_said_of_a_route_is_written_once(folder: Path) -> None:
    found = route(folder)
    assert (shutdown(folder), found.charges) == ("2027-01-01", "incomplete")
    [price] = found.prices.value or ()
    assert price.components["cache_read"] == 0
    text = model_file(folder).read_text()
    assert "cache_read: free" in text
    assert take(folder).files == {}
    assert {kind for kind, _ in done(take(folder, JUNE))} == {"confirmed"}


def test_a_new_day_of_shutdown_changes_that_and_nothing_else(folder: Path) -> None:
    before = model_file(folder).read_text()
    assert done(take(folder, lifecycle=LATER)) == [("changed", "lifecycle")]
    assert model_file(folder).read_text() == before.replace("2027-01-01", "2027-03-01")
    assert done(take(folder, JUNE, lifecycle={}))[-1:] == [("confirmed", "sources.models-dev.checked")]
    assert (shutdown(folder), route(folder).lifecycle.checked) == ("2027-03-01", MAY)  # type: ignore[union-attr]


def test_a_life_by_hand_stays(folder: Path) -> None:
    edit(folder, "lifecycle: {shutdown: 2027-01-01}", "lifecycle: {shutdown: 2026-12-01, source: v}")
    (folder / "v.yaml").write_text("sources: {v: {title: V, kind: vendor, checked: 2026-04-01}}\n")
    assert [tuple(kept) for kept in take(folder, JUNE).kept] == [
        ("models.m-1.routes.0.lifecycle", "shutdown 2026-12-01", "shutdown 2027-01-01")
    ]
    assert shutdown(folder) == "2026-12-01"


def test_complete_by_hand_stays(folder: Path) -> None:
    edit(folder, "charges: incomplete", "charges: complete")
    prepared = take(folder, JUNE)
    assert route(folder).charges == "complete"
    assert ("models.m-1.routes.0.charges", "complete", "incomplete") in prepared.kept
    take(folder, datetime.date(2026, 7, 1), charges="")
    assert route(folder).charges == "complete"


def test_incomplete_stays_and_is_told_where_the_source_says_it_no_longer(folder: Path) -> None:
    """Somebody may have written it, and a line that goes takes its comment with it."""
    edit(folder, "charges: incomplete", "charges: incomplete   # citations")
    before = model_file(folder).read_text()
    prepared = take(folder, charges="")
    assert model_file(folder).read_text() == before
    assert [tuple(kept) for kept in prepared.kept] == [("models.m-1.routes.0.charges", "incomplete", "")]


def test_charges_come_to_a_route_of_the_source(folder: Path) -> None:
    other = folder.parent / "other"
    take(other, charges="")
    assert done(take(other)) == [("added", "charges")]
    assert take(other).files == {}
    assert route(other).charges == route(folder).charges


HAND = """\
sources: {v: {title: V, kind: vendor, checked: 2026-04-01}}
providers: {acme: {name: Acme}}
models:
  m-1:
    name: M 1
    source: v
    routes:
      - provider: acme
        id: m-1
"""


def test_a_price_list_by_hand_is_called_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "catalog.yaml").write_text(f"{HAND}        prices: [{{input: 2, output: 8, cache_read: free}}]\n")
    prepared = take(folder)
    assert route(folder).charges is None
    assert [tuple(kept) for kept in prepared.kept] == [("models.m-1.routes.0.charges", "", "incomplete")]
    # The life of the offer has its own source.
    assert route(folder).lifecycle.source == ("models-dev",)  # type: ignore[union-attr]


def test_prices_that_come_to_a_route_by_hand_come_with_their_word(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "catalog.yaml").write_text(HAND)
    take(folder)
    assert route(folder).charges == "incomplete"
    assert take(folder).files == {}


def test_a_price_that_ends_in_a_month_has_ended_when_it_begins(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    ended = f"{{input: 1, until: {JUNE:%Y-%m}}}, {{input: 2, output: 8, from: {JUNE:%Y-%m}, cache_read: free}}"
    (folder / "catalog.yaml").write_text(f"{HAND}        prices: [{ended}]\n")
    take(folder, JUNE)
    prices = route(folder).prices.value or ()
    assert [str(price.until or price.since) for price in prices] == [f"{JUNE:%Y-%m}"] * 2


def test_what_becomes_free_begins_a_new_period(folder: Path) -> None:
    take(folder, JUNE, prices=[{"input": Decimal(2), "output": "free", "cache_read": "free"}])
    old, new = route(folder).prices.value or ()
    assert (old.components["output"], old.until) == (Decimal(8), read_partial_date(JUNE.isoformat()))
    assert (new.components["output"], new.since) == (Decimal(0), read_partial_date(JUNE.isoformat()))


def test_a_zero_that_nobody_calls_free_was_no_price(folder: Path) -> None:
    """Earlier imports wrote it: that the source is now read without it is no new price."""
    edit(folder, "cache_read: free", "cache_read: 0")
    prepared = take(folder, prices=[{"input": Decimal(2), "output": Decimal(8)}])
    assert (prepared.files, prepared.kept) == ({}, ())

"""What several places say of one model: who counts, how often, and what becomes of what they say at the next import."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.records import Family
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.importers.importer import Foreign, Listing, models_of
from tests.importers.taking import OURS, take_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Catalog, Fact, Model
    from sphinx_modelcmp.importers.importing import Prepared


MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)
FIRST, SECOND, MONTH = PartialDate(2026, 3, 2), PartialDate(2026, 3, 10), PartialDate(2026, 3)


def listed(place: str, id_: str = "", *, by_maker: bool = False, **facts: Any) -> Listing:
    return Listing(model="m-1", provider=place, id=id_, by_maker=by_maker, facts={"name": "M 1", **facts})


def take(folder: Path, listings: Sequence[Listing], day: datetime.date = MAY) -> Prepared:
    places = {one.provider: {"name": one.provider.title()} for one in listings if one.provider}
    return take_foreign(folder, Foreign(listings=listings, providers=places), day)


def catalog_of(folder: Path) -> Catalog:
    loaded = load_catalog([folder])
    assert [str(problem) for problem in loaded.problems] == []
    return loaded.catalog


def imported(folder: Path, listings: Sequence[Listing], day: datetime.date = MAY) -> Model:
    take(folder, listings, day)
    return catalog_of(folder).models["m-1"]


def said(fact: Fact[Any]) -> list[tuple[Any, str | None]]:
    return [(str(one.value), one.note) for one in fact.readings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_place_counts_once_however_often_it_lists_a_model(folder: Path) -> None:
    twice = [listed("nano", f"m-1-{i}", released=SECOND) for i in range(3)]
    model = imported(folder, [*twice, listed("azure", released=FIRST), listed("bedrock", released=FIRST)])
    assert said(model.released) == [
        ("2026-03-02", "As listed at azure and bedrock."),
        ("2026-03-10", "As listed at nano."),
    ]


def test_the_order_in_which_places_are_written_decides_nothing() -> None:
    flags = [replace(listed(place), capabilities={"vision": place < "c"}) for place in "abcd"]
    dates = [replace(one, facts={**one.facts, "name": one.provider, "released": FIRST}) for one in flags[:2]]
    every = [*dates, *flags[2:]]

    def record(order: Iterable[Listing]) -> Any:
        return models_of(list(order))["m-1"]

    assert [one["value"] for one in record(every)["capabilities"]["vision"]["values"]] == [True, False]
    assert all(record(order) == record(every) for order in permutations(every))


def test_what_other_places_say_beside_the_maker_has_less_weight_and_is_kept(folder: Path) -> None:
    maker = listed("acme", by_maker=True, released=FIRST, openness="proprietary", context_window=1000)
    others = [listed(place, released=SECOND, openness="proprietary", context_window=900) for place in "abcdef"]
    model = imported(folder, [*others, maker, listed("g", knowledge_cutoff=PartialDate(2025))])
    catalog = catalog_of(folder)
    assert said(model.released) == [
        ("2026-03-02", "As listed at acme."),
        ("2026-03-10", "As listed at a and 5 other places."),
    ]
    assert [one.source for one in model.released.readings] == [(OURS,), (f"{OURS}-elsewhere",)]
    assert catalog.foremost(model.released)[0].value == FIRST
    assert len(catalog.foremost(model.released)) == 1
    # What agrees is said once, and limits are at the routes.
    assert (model.openness.others, model.context_window.others) == ((), ())
    assert {route.provider: route.context_window.value for route in model.routes.value or ()}["a"] == 900
    # What the maker does not say is another place's word.
    assert (model.knowledge_cutoff.source, said(model.knowledge_cutoff)) == (
        (f"{OURS}-elsewhere",),
        [("2025", "As listed at g.")],
    )


def test_a_record_of_the_model_itself_speaks_like_its_maker(folder: Path) -> None:
    listings = [listed("", knowledge_cutoff=MONTH), listed("acme", by_maker=True), listed("a", knowledge_cutoff=FIRST)]
    model = imported(folder, [*listings, listed("b", knowledge_cutoff=PartialDate(2026, 4))])
    assert model.knowledge_cutoff.source == (OURS,)
    assert [str(one.value) for one in model.knowledge_cutoff.readings] == ["2026-03-02", "2026-04"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([MONTH, FIRST], ["2026-03-02"]),
        ([PartialDate(2026), FIRST, MONTH], ["2026-03-02"]),
        ([MONTH, PartialDate(2026, 4)], ["2026-03", "2026-04"]),
        # It contains both, and nobody knows which of them it means.
        ([MONTH, FIRST, SECOND], ["2026-03", "2026-03-02", "2026-03-10"]),
    ],
)
def test_a_date_of_less_precision_is_no_conflict(folder: Path, dates: list[PartialDate], expected: list[str]) -> None:
    model = imported(folder, [listed(f"p{i}", released=date) for i, date in enumerate(dates)])
    assert sorted(str(one.value) for one in model.released.readings) == expected


def test_a_coarser_date_changes_a_finer_one_neither_by_hand_nor_ours(folder: Path) -> None:
    folder.mkdir()
    by_hand = "released: {value: 2026-03-02, source: v}"
    (folder / "catalog.yaml").write_text(
        f"sources: {{v: {{title: V, kind: vendor, checked: 2026-03-01}}}}\nmodels: {{m-1: {{name: M 1, {by_hand}}}}}\n"
    )
    prepared = take(folder, [listed("a", released=MONTH, knowledge_cutoff=FIRST)])
    assert prepared.kept == ()
    later = take(folder, [listed("a", released=MONTH, knowledge_cutoff=MONTH)], JUNE)
    model = catalog_of(folder).models["m-1"]
    assert (str(model.released.value), str(model.knowledge_cutoff.value)) == ("2026-03-02", "2026-03-02")
    assert (model.knowledge_cutoff.checked, later.kept) == (JUNE, ())


def both(released: PartialDate = SECOND, **more: Any) -> list[Listing]:
    return [listed("acme", by_maker=True, released=FIRST), listed("a", released=released, **more)]


def test_what_places_say_is_brought_up_to_date_like_the_rest(folder: Path) -> None:
    take(folder, both(family="m"))
    before = {path: path.read_text() for path in folder.rglob("*.yaml")}
    assert take(folder, both(family="m")).changes == ()
    assert {path: path.read_text() for path in folder.rglob("*.yaml")} == before

    model = imported(folder, both(family="m"), JUNE)
    assert {model.family.checked, *(one.checked for one in model.released.readings)} == {JUNE}
    assert {source.checked for source in catalog_of(folder).sources.values()} == {JUNE}

    model = imported(folder, both(PartialDate(2026, 4), family="n"), JUNE)
    assert [str(one.value) for one in model.released.readings] == ["2026-03-02", "2026-04"]
    assert model.family.value == Family(name="n")
    assert model.family.source == (f"{OURS}-elsewhere",)

    # The other place agrees now, and the maker says what only others did.
    maker = replace(both()[0], facts={"name": "M 1", "released": FIRST, "family": "n"})
    model = imported(folder, [maker, listed("a", released=FIRST)], JUNE)
    assert (model.released.others, model.released.source, model.family.source) == ((), (OURS,), (OURS,))
    assert take(folder, [maker, listed("a", released=FIRST)], JUNE).changes == ()


def test_the_weight_of_two_values_moves_with_the_maker(folder: Path) -> None:
    take(folder, both())
    maker, other = both()
    swapped = [replace(maker, facts={**maker.facts, "released": SECOND}), replace(other, facts=maker.facts)]
    released = imported(folder, swapped, JUNE).released
    assert [(str(one.value), one.source[0]) for one in released.readings] == [
        ("2026-03-10", OURS),
        ("2026-03-02", f"{OURS}-elsewhere"),
    ]


def test_a_reading_that_somebody_adds_stays_with_all_others(folder: Path) -> None:
    take(folder, both())
    [path] = folder.rglob("models/*.yaml")
    text = path.read_text()
    at = text.index("        - {value: 2026-03-02")
    path.write_text(f"{text[:at]}        - {{value: 2026-02-28, note: Seen by us.}}\n{text[at:]}")
    prepared = take(folder, both(PartialDate(2026, 4)), JUNE)
    released = catalog_of(folder).models["m-1"].released
    assert [str(one.value) for one in released.readings] == ["2026-02-28", "2026-03-02", "2026-03-10"]
    assert "models.m-1.released" in [kept.at for kept in prepared.kept]


def test_a_catalog_without_such_words_has_no_such_source(folder: Path) -> None:
    take(folder, [listed("acme", by_maker=True, released=FIRST), listed("a", released=FIRST)])
    assert list(catalog_of(folder).sources) == [OURS]

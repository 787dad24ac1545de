"""The catalog of real models that comes with the project."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.records import Catalog, Fact, Model
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Openness, State, Support
from sphinx_modelcmp.compare.comparison import Request, Settings, compare
from sphinx_modelcmp.compare.sources import used_sources
from sphinx_modelcmp.sections.registry import write
from tests.compare.making import DATA
from tests.sections.reading import texts

if TYPE_CHECKING:
    from collections.abc import Iterator


LOADED = load_catalog([DATA])
CATALOG: Catalog = LOADED.catalog


def facts(model: Model) -> Iterator[tuple[str, Fact[Any]]]:
    for field in fields(model):
        name, value = field.name, getattr(model, field.name)
        if isinstance(value, Fact):
            yield name, value
    yield from model.capabilities.items()
    yield from model.house.items()


def origins(model: Model) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """What every reading of a model rests on: where it stands, its sources, the day."""
    for name, fact in facts(model):
        yield from (
            (name, reading.source, reading.checked) for reading in fact.readings if reading.state is not State.UNKNOWN
        )
    for i, route in enumerate(model.routes.value or ()):
        yield f"route {i}", route.source, route.checked
        yield from ((f"price at {i}", price.source, price.checked) for price in route.prices.value or ())
    yield from ((f"result on {result.benchmark}", result.source, result.checked) for result in model.results)
    if model.lifecycle:
        yield "lifecycle", model.lifecycle.source, model.lifecycle.checked


def test_it_has_no_problems() -> None:
    assert [str(problem) for problem in LOADED.problems] == []


def test_it_is_wide_enough() -> None:
    assert len(CATALOG.models) >= 60
    assert len({model.organization.value for model in CATALOG.models.values()} - {None}) >= 15
    assert CATALOG.as_of
    assert CATALOG.traffic


@pytest.mark.parametrize("model", CATALOG.models.values(), ids=CATALOG.models.keys())
def test_every_known_fact_has_a_source_and_a_day(model: Model) -> None:
    for where, source, checked in origins(model):
        assert source, where
        assert checked, where
        assert CATALOG.as_of
        assert checked <= CATALOG.as_of, where


@pytest.mark.parametrize("model", CATALOG.models.values(), ids=CATALOG.models.keys())
def test_every_model_says_whose_it_is_and_what_it_is(model: Model) -> None:
    assert model.organization.value in CATALOG.organizations
    assert model.kind.value
    assert model.summary.value
    if model.lifecycle and model.lifecycle.successor:
        assert model.lifecycle.successor in CATALOG.models


def test_nearly_every_model_can_be_called_somewhere() -> None:
    nowhere = {name for name, model in CATALOG.models.items() if not model.routes.value}
    assert nowhere == {"codex-1", "gpt-5-codex-mini"}


def test_open_weights_are_said_to_be_open() -> None:
    for name, model in CATALOG.models.items():
        if model.kind.value == "open-weights-model":
            assert model.openness.value in {Openness.OPEN_SOURCE, Openness.OPEN_WEIGHTS}, name


def test_there_is_one_file_for_each_organization_in_the_order_of_ids() -> None:
    for path in sorted((DATA / "models").iterdir()):
        models = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["models"]
        assert list(models) == sorted(models), path.name
        assert {model["organization"] for model in models.values()} == {path.stem}


@pytest.mark.parametrize("name", ["catalog", "benchmarks"])
def test_the_tables_are_in_the_order_of_ids(name: str) -> None:
    root = yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for table in ("organizations", "providers", "licenses", "benchmarks"):
        assert list(root.get(table, ())) == sorted(root.get(table, ()))


def test_every_source_is_used_and_was_checked() -> None:
    used = {name for model in CATALOG.models.values() for _, source, _ in origins(model) for name in source}
    assert used == set(CATALOG.sources)
    assert all(source.checked for source in CATALOG.sources.values())


def test_every_record_is_used() -> None:
    models = CATALOG.models.values()
    assert {model.organization.value for model in models} - {None} == set(CATALOG.organizations)
    assert {model.license.value for model in models} - {None} == set(CATALOG.licenses)
    assert {route.provider for model in models for route in model.routes.value or ()} == set(CATALOG.providers)
    assert {result.benchmark for model in models for result in model.results} == set(CATALOG.benchmarks)


def test_codex_1() -> None:
    model = CATALOG.models["codex-1"]
    assert (model.organization.value, model.kind.value) == ("openai", "coding-model")
    assert model.released.value == PartialDate(2025, 5, 16)
    assert model.context_window.value == 192_000
    assert model.routes.state is State.NOT_APPLICABLE
    assert model.routes.note
    assert model.license.value == "proprietary"
    assert model.capability("reasoning").value is Support.YES
    assert model.capability("code_execution").value is Support.YES
    assert model.capability("vision").state is State.UNKNOWN


def test_qwen3_5_4b() -> None:
    model = CATALOG.models["qwen3.5-4b"]
    assert CATALOG.find("Qwen/Qwen3.5-4B") is model
    assert model.released.value == PartialDate(2026, 3, 2)
    assert model.context_window.value == 262_144
    assert model.license.value == "apache-2.0"
    assert CATALOG.licenses["apache-2.0"].osi_approved
    assert model.capability("vision").value is Support.YES
    assert len({reading.value for reading in model.released.readings}) > 1
    for name in ("reasoning", "function_calling", "tool_use"):
        assert {reading.value for reading in model.capability(name).readings} == {Support.YES, Support.NO}
    assert model.routes.known


NAMES = list(CATALOG.models)
DISTANCES = (1, 2, 3, 5, 8, 13, 21, 34)
"""How far apart the models of a pair stand: all pairs would take a minute and a half."""


@pytest.mark.parametrize("first", NAMES)
def test_a_model_makes_a_page_with_near_and_far_ones(first: str) -> None:
    for distance in DISTANCES:
        pair = (first, NAMES[(NAMES.index(first) + distance) % len(NAMES)])
        answer = compare(CATALOG, Request(models=pair), Settings(stale_after=90))
        assert answer.problems == ()
        assert answer.comparison
        sections = write(answer.comparison, "en")
        assert len(sections) >= 12
        assert all(section.blocks for section in sections)


def test_all_models_at_once_make_a_page_in_which_every_source_is_used() -> None:
    answer = compare(CATALOG, Request(models=tuple(CATALOG.models)), Settings())
    assert answer.comparison
    assert write(answer.comparison, "de")
    past = {
        name
        for model in CATALOG.models.values()
        for where, source, _ in origins(model)
        if "price" in where
        for name in source
    }
    assert set(CATALOG.sources) - {item.name for item in used_sources(answer.comparison)} <= past


@pytest.mark.parametrize("sections", [(), ("scorecard",), ("pricing",)], ids=["page", "scorecard", "pricing"])
def test_a_note_is_told_once_on_a_page(sections: tuple[str, ...]) -> None:
    answer = compare(CATALOG, Request(models=("codex-1", "qwen3.5-4b"), sections=sections), Settings())
    assert answer.comparison
    told = [line for section in write(answer.comparison, "en") for line in texts(section.blocks)]
    assert sum("never sold by the token" in line for line in told) == 1

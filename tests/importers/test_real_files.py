"""Whole catalogs of others, as their packages carry them: all of each is read, and what it says is what it says."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_modelcmp.catalog.vocabulary import PIECES
from sphinx_modelcmp.importers import genai_prices, litellm, models_dev
from sphinx_modelcmp.importers.importer import Asked, Loss
from sphinx_modelcmp.importers.prices import denoised
from tests.importers import real_files
from tests.importers.reading import DAY, Read, read

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Fact, Model, Route
    from sphinx_modelcmp.importers.importer import Importer


pytestmark = pytest.mark.full

IMPORTERS: dict[str, Importer] = {
    "models.dev": models_dev.IMPORTER,
    "litellm": litellm.IMPORTER,
    "genai-prices": genai_prices.IMPORTER,
}


@cache
def both(name: str) -> tuple[Read, Any]:
    """A catalog as we read it, and its raw data: once for all tests."""
    with TemporaryDirectory() as folder:
        if name == "models.dev":
            path = real_files.models_dev(Path(folder))
        else:
            path = real_files.genai_prices(Path(folder)) if name == "genai-prices" else real_files.litellm()
        return read(IMPORTERS[name], path), json.loads(path.read_text("utf-8"), parse_float=Decimal)


def imported(name: str) -> Read:
    return both(name)[0]


def raw(name: str) -> Any:
    return both(name)[1]


def entries(name: str) -> list[tuple[str, str, Any]]:
    """Every entry: its place, its name there, and itself."""
    data = raw(name)
    if name == "models.dev":
        return [(place, model, data[place]["models"][model]) for place in data for model in data[place]["models"]]
    if name == "genai-prices":
        return [(place["id"], model["id"], model) for place in data for model in place["models"]]
    return [("", key, data[key]) for key in data if key not in {"sample_spec", "fallback_generalizations"}]


def routes(name: str) -> list[tuple[Model, Route]]:
    return [(model, route) for model in imported(name).catalog.models.values() for route in model.routes.value or ()]


def at(name: str, provider: str, id_: str) -> tuple[Model, Route]:
    [found] = [pair for pair in routes(name) if (pair[1].provider, pair[1].id) == (provider, id_)]
    return found


@pytest.mark.parametrize("name", IMPORTERS)
def test_every_entry_is_read_and_the_catalog_has_no_problem(name: str) -> None:
    found = imported(name)
    assert not found.problems
    assert found.loss.entries == len(entries(name)) > 1000
    # An entry is a route of its own, unless another key stands for the same one.
    assert len(routes(name)) >= found.loss.entries * 0.95


@pytest.mark.parametrize("name", IMPORTERS)
def test_every_fact_has_a_source_and_a_day(name: str) -> None:
    day = datetime.date.fromisoformat(DAY)
    source = (IMPORTERS[name].name.replace(".", "-"),)

    def facts_of(record: Any) -> list[Fact[Any]]:
        named = [getattr(record, field.name) for field in fields(record)]
        tables = [*record.capabilities.values(), *getattr(record, "house", {}).values()]
        return [fact for fact in (*named, *tables) if getattr(fact, "known", False)]

    for model in imported(name).catalog.models.values():
        for record in (model, *(model.routes.value or ())):
            assert all((fact.source, fact.checked) == (source, day) for fact in facts_of(record))


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_key_is_understood_or_counted(name: str) -> None:
    """What is in a file and in no list of ours is lost, as often as it is there."""
    lost = imported(name).lost
    for key, module in (("last_updated", "models.dev"), ("supports_tool_choice", "litellm")):
        if module == name:
            assert lost[key] == sum(key in entry for _, _, entry in entries(name))
    if name == "genai-prices":
        known = {"id", "name", "context_window", "prices", "price_variants", "deprecated"}
        assert {key for _, _, entry in entries(name) for key in entry} - known - set(lost) == set()


@pytest.mark.parametrize(("provider", "id_"), [("anthropic", "claude-opus-4-6"), ("openai", "gpt-5.4")])
def test_models_dev_says_what_its_json_says(provider: str, id_: str) -> None:
    entry = raw("models.dev")[provider]["models"][id_]
    cost = entry["cost"]
    model, route = at("models.dev", provider, id_)
    assert model.context_window.value == entry["limit"]["context"]
    assert str(model.released.value) == entry["release_date"]
    assert model.capability("reasoning").value == str(entry["reasoning"]).lower()
    standard, *others = route.prices.value or ()
    assert standard.components == {
        name: cost[name] for name in ("input", "output", "cache_read", "cache_write") if name in cost
    }
    assert {price.when.input_above for price in others if price.when} - {None} == {
        tier["tier"]["size"] for tier in cost.get("tiers", ())
    }


def test_litellm_says_what_its_json_says() -> None:
    """The price of every entry that is a route of its own, counted again from its key."""
    data = raw("litellm")
    found = {}
    for _, route in routes("litellm"):
        if route.provider in {"openai", "anthropic", "azure", "groq", "xai"} and route.prices.known:
            found[route.provider, route.id, route.region] = (route.prices.value or ())[0]
    checked = 0
    for key, entry in data.items():
        provider = entry.get("litellm_provider")
        name = key.removeprefix(f"{provider}/")
        price = found.get((provider, name, None))
        cost = entry.get("input_cost_per_token")
        if price is None or price.when or not cost or not entry.get("output_cost_per_token"):
            continue
        assert price.components["input"] == denoised(Decimal(cost)) * 1_000_000
        assert price.components["output"] == denoised(Decimal(entry["output_cost_per_token"])) * 1_000_000
        checked += 1
    assert checked > 100


def test_litellm_counts_vectors_and_batches() -> None:
    data = raw("litellm")
    model, route = at("litellm", "openai", "text-embedding-3-small")
    entry = data["text-embedding-3-small"]
    assert model.house["embedding_size"].value == entry["output_vector_size"]
    [batch] = [price for price in route.prices.value or () if price.when and price.when.service]
    assert batch.components["input"] == Decimal(entry["input_cost_per_token_batches"]) * 1_000_000


def test_genai_prices_says_what_its_data_say() -> None:
    plain = [entry for entry in entries("genai-prices") if "input_mtok" in entry[2]["prices"]]
    for provider, id_, entry in plain[::20]:
        _, route = at("genai-prices", provider, id_)
        amount = entry["prices"]["input_mtok"]
        base = amount["base"] if isinstance(amount, dict) else amount
        assert (route.prices.value or ())[0].components["input"] == Decimal(base)
    assert len(plain) > 1000


def test_no_name_says_that_a_place_is_free() -> None:
    for name in IMPORTERS:
        assert not [model.name for model in imported(name).catalog.models.values() if "(free)" in model.name.casefold()]


OTHER_REASONS = re.compile(
    r"output_cost_per_(second|image)_[\dkK.p]+"  # the size of what is made is no condition of ours
    r"|input_cost_per_video_per_second_above_\d+s_interval"
    r"|(input_)?cost_per_second"  # of a rented machine
    r"|output_cost_per_image"  # of a song
    r"|(code_interpreter|google_maps_grounding)_.*"  # a tool
    r"|.*_per_(unit|credit)"  # the money of a single house
    r"|.*_per_pixel"  # the price of an image once more
)


def test_no_price_is_lost_for_want_of_a_unit() -> None:
    """What is lost of prices for something else than tokens is lost for another reason, and 700 are kept."""
    noted: list[tuple[str, str]] = []

    class Noting(Loss):
        def key(self, name: str, entry: str) -> None:
            noted.append((entry, name))

    litellm.IMPORTER.read(real_files.litellm(), Asked(), Noting())
    data = raw("litellm")
    lost = {key for entry, key in noted if "_per_" in key and "_token" not in key and data[entry].get(key)}
    assert {key for key in lost if not OTHER_REASONS.fullmatch(key)} == set()
    assert not [key for key in imported("genai-prices").lost if key.endswith(("_hours", "_kpages", "_mchars"))]
    kept = [name for _, route in routes("litellm") for price in route.prices.value or () for name in price.components]
    assert sum(name in PIECES for name in kept) > 700

"""What an import does to a catalog that is there, and what it leaves alone."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.vocabulary import Support
from sphinx_modelcmp.importers.selection import Selection, read_query
from sphinx_modelcmp.importers.source_files import ForeignError
from tests.importers.taking import take

if TYPE_CHECKING:
    from sphinx_modelcmp.importers.importing import Prepared


MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)


def api(**changes: Any) -> dict[str, Any]:
    """A catalog in the format of models.dev: a model of OpenAI at two places. ``changes`` are of its own place."""
    model = {
        "id": "gpt-9",
        "name": "GPT-9",
        "release_date": "2026-04-01",
        "reasoning": True,
        "tool_call": True,
        "limit": {"context": 400000, "output": 128000},
        "cost": {"input": 2, "output": 8, "cache_read": 0.2},
        "open_weights": False,
    }
    elsewhere = {**model, "id": "openai/gpt-9", "cost": {"input": 2.1, "output": 8.4}}
    return {
        "openai": {"id": "openai", "name": "OpenAI API", "models": {"gpt-9": {**model, **changes}}},
        "openrouter": {"id": "openrouter", "name": "OpenRouter", "models": {"openai/gpt-9": elsewhere}},
    }


@dataclass
class House:
    """A folder with a catalog, and imports into it."""

    folder: Path

    def write(self, text: str) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / "catalog.yaml").write_text(text)

    def take(
        self, found: dict[str, Any], day: datetime.date = MAY, selection: Selection | None = None, **names: Any
    ) -> Prepared:
        return take(self.folder, found, day, selection, **names)

    @property
    def text(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.rglob("*.yaml")))

    def model(self, name: str = "gpt-9") -> Any:
        loaded = load_catalog([self.folder])
        assert [str(problem) for problem in loaded.problems] == []
        return loaded.catalog.models[name]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data")


def done(prepared: Prepared) -> list[tuple[str, str, str, str]]:
    return [(change.kind.value, *change[1:]) for change in prepared.changes]


HAND = """\
# By hand.
catalog: {schema: 1, as_of: 2026-07-01}
sources:
  vendor: {title: The vendor, url: "https://vendor.example", kind: vendor, checked: 2026-03-01}
providers:
  openai: {name: OpenAI}
models:
  gpt-9:
    name: GPT 9
    source: vendor
    context_window: 399000   # from the model page
    capabilities: {vision: true, reasoning: false}
    routes:
      - provider: openai
        id: gpt-9
        prices:
          - {input: 3, output: 8}   # from the price page
"""


def test_a_new_catalog_is_one_that_a_build_takes(house: House) -> None:
    house.take(api())
    model = house.model()
    assert (model.name, model.context_window.value, str(model.released.value)) == ("GPT-9", 400000, "2026-04-01")
    assert (model.context_window.source, model.context_window.checked) == (("models-dev",), MAY)
    assert (house.folder / "models" / "openai.yaml").is_file()


def test_what_is_typed_by_hand_or_from_another_source_stays(house: House) -> None:
    house.write(HAND)
    prepared = house.take(api())
    model = house.model()
    assert model.name == "GPT 9"
    assert (model.context_window.value, model.context_window.source) == (399000, ("vendor",))
    assert model.capability("reasoning").value is Support.NO
    assert [price.components for price in model.routes.value[0].prices.value] == [
        {"input": Decimal(3), "output": Decimal(8)}
    ]
    assert [tuple(kept) for kept in prepared.kept] == [
        ("models.gpt-9.name", "GPT 9", "GPT-9"),
        ("models.gpt-9.context_window", "399000", "400000"),
        ("models.gpt-9.capabilities.reasoning", "false", "true"),
        ("models.gpt-9.routes.0.prices.input", "3", "2"),
        ("models.gpt-9.routes.0.prices.cache_read", "", "0.2"),
    ]
    gone = [line for line in HAND.splitlines() if line not in house.text]
    assert gone == ["    capabilities: {vision: true, reasoning: false}"]  # one more flag stands between the braces


def test_what_nobody_had_said_is_added_with_its_own_source_and_day(house: House) -> None:
    house.write(HAND)
    house.take(api())
    model = house.model()
    for fact in (model.max_output, model.released, model.capability("function_calling")):
        assert (fact.source, fact.checked) == (("models-dev",), MAY)
    assert (model.routes.value[1].provider, model.routes.value[1].source) == ("openrouter", ("models-dev",))
    assert model.routes.value[1].checked == MAY


def test_a_route_that_names_only_its_provider_is_the_one_there(house: House) -> None:
    house.write(HAND.replace("        id: gpt-9\n", "").replace("- {input: 3, output: 8}", "- {input: 3}"))
    house.take(api())
    routes = house.model().routes.value
    assert [(route.provider, route.id) for route in routes] == [("openai", "gpt-9"), ("openrouter", "openai/gpt-9")]
    assert routes[0].prices.value[0].components == {"input": Decimal(3)}


def test_two_routes_that_name_only_their_provider_may_be_any(house: House) -> None:
    house.write(
        HAND.replace("        id: gpt-9\n", "")
        + "      - {provider: openai, prices: [{input: 1}], accept: duplicate-entry, note: n}\n"
    )
    house.take(api())
    assert [route.id for route in house.model().routes.value] == [None, None, "gpt-9", "openai/gpt-9"]


def test_importing_twice_changes_nothing(house: House) -> None:
    house.write(HAND)
    house.take(api())
    text = house.text
    again = house.take(api())
    assert (again.files, again.changes) == ({}, ())
    assert house.text == text


def test_a_later_file_moves_the_day_of_what_it_confirms(house: House) -> None:
    house.take(api())
    prepared = house.take(api(), JUNE)
    assert {kind for kind, *_ in done(prepared)} == {"confirmed"}
    model = house.model()
    assert model.context_window.checked == JUNE
    assert model.routes.value[0].checked == JUNE


def test_a_fact_of_this_source_alone_is_brought_up_to_date(house: House) -> None:
    house.take(api())
    prepared = house.take(api(limit={"context": 500000, "output": 128000}, reasoning=False), JUNE)
    assert ("changed", "models.gpt-9.context_window", "400000", "500000") in done(prepared)
    model = house.model()
    assert (model.context_window.value, model.context_window.checked) == (500000, JUNE)
    assert model.capability("reasoning").value is Support.NO


def period(price: Any) -> tuple[Any, Any]:
    return price.since and price.since.first, price.until and price.until.first


def test_a_price_gets_a_new_period_and_is_not_replaced(house: House) -> None:
    house.take(api())
    house.take(api(cost={"input": 1, "output": 8, "cache_read": 0.2}), JUNE)
    [old, new] = house.model().routes.value[0].prices.value
    assert (old.components["input"], *period(old)) == (Decimal(2), None, JUNE)
    assert (new.components["input"], *period(new)) == (Decimal(1), JUNE, None)
    text = house.text
    assert house.take(api(cost={"input": 1, "output": 8, "cache_read": 0.2}), JUNE).files == {}
    assert house.text == text


def test_what_the_source_says_no_longer_keeps_the_day_on_which_it_did(house: House) -> None:
    house.take(api())
    found = api(limit={"context": 400000})
    del found["openrouter"]
    prepared = house.take(found, JUNE)
    assert [change[:2] for change in done(prepared) if change[0] == "gone"] == [
        ("gone", "models.gpt-9.max_output"),
        ("gone", "models.gpt-9.routes.1"),
    ]
    model = house.model()
    assert (model.max_output.value, model.max_output.checked) == (128000, MAY)
    assert (model.context_window.checked, model.routes.value[1].checked) == (JUNE, MAY)
    assert house.take(found, JUNE).files == {}


def test_what_has_its_day_from_the_source_keeps_it_when_the_source_gets_a_later_one(house: House) -> None:
    house.write("""\
sources:
  models-dev: {title: models.dev, checked: 2026-04-01}
models:
  gpt-5: {name: GPT-5, source: models-dev, context_window: 1000}
  gpt-9:
    name: GPT-9
    source: models-dev
    context_window: 400000
    knowledge_cutoff: {value: 2025-01, source: models-dev}
    parameters: 3e9
    capabilities: {source: models-dev, vision: true}
""")
    prepared = house.take(api(), JUNE)
    five, nine = house.model("gpt-5"), house.model("gpt-9")
    april = datetime.date(2026, 4, 1)
    assert load_catalog([house.folder]).catalog.sources["models-dev"].checked == JUNE
    assert (five.context_window.checked, nine.context_window.checked, nine.max_output.checked) == (april, JUNE, JUNE)
    assert (nine.knowledge_cutoff.checked, nine.parameters.checked) == (april, april)
    assert (nine.capability("vision").checked, nine.capability("reasoning").checked) == (april, JUNE)
    assert ("given the day that it had from its source", "models.gpt-5.checked", "", "2026-04-01") in done(prepared)
    assert house.take(api(), JUNE).files == {}


def test_a_day_that_two_sources_share_keeps_the_source_at_its_day(house: House) -> None:
    house.write("""\
sources:
  vendor: {title: The vendor, checked: 2026-03-01}
  models-dev: {title: models.dev, checked: 2026-04-01}
models:
  gpt-5: {name: GPT-5, context_window: {value: 1000, source: [vendor, models-dev]}}
  gpt-9: {name: GPT-9}
""")
    prepared = house.take(api(), JUNE)
    assert "models-dev: {title: models.dev, checked: 2026-04-01}" in house.text
    [kept] = [kept for kept in prepared.kept if kept.at == "sources.models-dev.checked"]
    assert "models.gpt-5.context_window.source names it beside another source" in kept.here
    assert house.model("gpt-9").context_window.checked == JUNE


def test_a_model_whose_file_names_the_source_is_brought_up_to_date(house: House) -> None:
    house.write("""\
source: models-dev
checked: 2026-04-01
sources: {models-dev: {title: models.dev, checked: 2026-04-01}}
models:
  gpt-5: {name: GPT-5, context_window: 1000}
  gpt-9: {name: GPT-9, context_window: 400000, parameters: 3e9}
""")
    house.take(api(), JUNE)
    nine = house.model()
    assert [nine.context_window.checked, nine.max_output.checked] == [JUNE, JUNE]
    assert nine.parameters.checked == house.model("gpt-5").context_window.checked == datetime.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("header", "route"),
    [
        ("currency: EUR, ", "{provider: openai, id: gpt-9, prices: }"),
        ("", "{provider: openai, id: gpt-9, currency: EUR}"),
    ],
)
def test_dollars_stay_dollars_in_a_catalog_of_euros(house: House, header: str, route: str) -> None:
    house.write(f"catalog: {{{header}schema: 1}}\nmodels:\n  gpt-9: {{name: GPT-9, routes: [{route}]}}\n")
    house.take({**api(), "new": {"id": "new", "name": "New", "models": {"x-1": {"id": "x-1", "cost": {"input": 5}}}}})
    usual = load_catalog([house.folder]).catalog.currency
    for place in (*house.model().routes.value, *house.model("x-1").routes.value):
        assert {price.currency or place.currency or usual for price in place.prices.value} == {"USD"}
    assert house.take(api()).changes == ()


def test_euros_by_hand_are_no_other_amount_of_dollars(house: House) -> None:
    house.write(
        HAND.replace("schema: 1", "schema: 1, currency: EUR").replace("{input: 3, output: 8}", "{input: 2, output: 8}")
    )
    kept = {(kept.at.rpartition(".")[2], kept.here, kept.there) for kept in house.take(api()).kept}
    assert {("input", "2", "2 USD"), ("output", "8", "8 USD")} <= kept


@pytest.mark.parametrize("word", ["free: true", "plan: true", "dynamic: true"])
def test_a_word_in_the_place_of_a_price_contradicts_one(house: House, word: str) -> None:
    house.write(HAND.replace("{input: 3, output: 8}", f"{{{word}}}"))
    assert [kept.there for kept in house.take(api()).kept if ".prices." in kept.at] == ["2", "8", "0.2"]


def test_what_two_names_of_one_model_say_is_said_of_it(house: House) -> None:
    """The catalog knows a dated name as an alias: what both entries say is merged as one."""
    house.write("models:\n  gpt-9: {name: GPT-9, aliases: [gpt-9-2026-04-01]}\n")
    found = api()
    dated = {
        "id": "gpt-9-2026-04-01",
        "name": "GPT-9",
        "limit": {"context": 300000},
        "cost": {"input": 2.5, "output": 8},
    }
    found["openai"]["models"]["gpt-9-2026-04-01"] = dated
    prepared = house.take(found)
    model = house.model()
    assert [one.value for one in model.context_window.readings] == [300000, 400000]
    assert model.max_output.value == 128000
    assert [route.id for route in model.routes.value] == ["gpt-9", "gpt-9-2026-04-01", "openai/gpt-9"]
    assert len([change for change in done(prepared) if change[1] == "models.gpt-9.context_window"]) == 1
    assert house.take(found).changes == ()


def test_a_route_that_differs_no_longer_is_brought_up_to_date(house: House) -> None:
    other = api()
    elsewhere = other["openrouter"]["models"]["openai/gpt-9"]
    elsewhere |= {"limit": {"context": 200000, "output": 128000}, "tool_call": False}
    house.take(other)
    assert house.model().routes.value[1].context_window.value == 200000
    prepared = house.take(api(), JUNE)
    route = house.model().routes.value[1]
    assert (route.context_window.value, route.context_window.checked) == (400000, JUNE)
    assert route.capabilities["function_calling"].value is Support.YES
    assert ("changed", "models.gpt-9.routes.1.context_window", "200000", "400000") in done(prepared)
    assert house.take(api(), JUNE).changes == ()


def test_a_limit_of_model_and_route_moves_at_both(house: House) -> None:
    house.take(api(limit={"context": 200000, "output": 128000}))
    found = api(limit={"context": 300000, "output": 128000})
    house.take(found, JUNE)
    model = house.model()
    assert model.context_window.value == 300000
    assert [route.context_window.value for route in model.routes.value] == [None, 400000]


def test_prices_that_the_source_says_no_longer_keep_their_day(house: House) -> None:
    house.take(api())
    bare = api()
    del bare["openai"]["models"]["gpt-9"]["cost"]
    prepared = house.take(bare, JUNE)
    route = house.model().routes.value[0]
    assert (route.checked, [price.checked for price in route.prices.value]) == (JUNE, [MAY])
    assert ("gone", "models.gpt-9.routes.0.prices.0") in [change[:2] for change in done(prepared)]
    assert house.take(bare, JUNE).files == {}


OURS = """\
sources: {models-dev: {title: models.dev, checked: 2026-05-01}, vendor: {title: V, checked: 2026-05-01}}
providers: {openai: {name: OpenAI API}}
benchmarks: {mmlu: {name: MMLU, metric: accuracy, scale: percent}}
models:
  gpt-9:
    name: GPT-9
    source: models-dev
    checked: 2026-05-01
"""
ROUTE = "    routes:\n      - provider: openai\n        id: gpt-9\n        prices:\n"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("    context_window: {values: [{value: 9, note: by hand}, {value: 8}]}\n", lambda m: m.context_window.checked),
        ("    routes: n/a\n", lambda m: m.routes.checked),
        (
            f"{ROUTE}          - {{input: 1, output: 2}}\n          - {{cache_read: 0.1, source: vendor}}\n",
            lambda m: m.routes.value[0].prices.value[0].checked,
        ),
        (
            f"{ROUTE}          - {{input: 1, output: 2}}\n          - {{input: 3, output: 4, from: 2026-12-01}}\n",
            lambda m: m.routes.value[0].prices.value[0].checked,
        ),
    ],
    ids=["a value with a note", "a word for routes", "lines of two sources", "an announced price"],
)
def test_what_is_kept_though_the_source_says_otherwise_keeps_its_day(house: House, text: str, days: Any) -> None:
    house.write(OURS + text)
    house.take(api(), JUNE)
    model = load_catalog([house.folder]).catalog.models["gpt-9"]
    assert (model.max_output.checked, days(model)) == (JUNE, MAY)
    written = house.text
    house.take(api(), JUNE)
    assert house.text == written


@pytest.mark.parametrize("names", [{"y-1": "al"}, {"y-1": "OURS"}, {"x-1": "ours", "y-1": "Ours"}])
def test_two_models_that_are_given_one_name_are_merged_as_one(house: House, names: dict[str, str]) -> None:
    house.write("models:\n  ours: {name: Ours, aliases: [al, x-1]}\n")
    models = {
        name: {"id": name, "name": "Ours", "limit": {"context": context}}
        for name, context in (("x-1", 1000), ("y-1", 2000))
    }
    found = {"acme": {"id": "acme", "name": "Acme", "models": models}}
    house.take(found, models=names)
    model = house.model("ours")
    assert sorted(reading.value for reading in model.context_window.readings) == [1000, 2000]
    assert [route.id for route in model.routes.value] == ["x-1", "y-1"]
    assert house.take(found, models=names).changes == ()


def test_two_new_models_that_are_given_one_name_are_one(house: House) -> None:
    models = {name: {"id": name, "name": "N", "limit": {"context": 1000}} for name in ("x-1", "y-1")}
    house.take({"acme": {"id": "acme", "name": "Acme", "models": models}}, models={"x-1": "New", "y-1": "new"})
    assert list(load_catalog([house.folder]).catalog.models) == ["New"]
    assert load_catalog([house.folder]).problems == ()


def test_an_older_file_turns_nothing_back(house: House) -> None:
    house.take(api(), JUNE)
    text = house.text
    prepared = house.take(api(limit={"context": 300000, "output": 128000}, cost={"input": 9, "output": 9}), MAY)
    assert house.text == text
    assert [kept.at for kept in prepared.kept] == [
        "models.gpt-9.context_window",
        "models.gpt-9.routes.0.prices.input",
        "models.gpt-9.routes.0.prices.output",
    ]


def test_what_comes_from_an_older_file_says_so(house: House) -> None:
    bare = api(limit={"context": 400000})
    house.take(bare, JUNE)
    house.take(api(), MAY)
    assert (house.model().max_output.value, house.model().max_output.checked) == (128000, MAY)


def test_a_conflict_that_was_kept_by_hand_stays(house: House) -> None:
    values = "{values: [{value: 390000, source: vendor}, {value: 400000, source: models-dev, checked: 2026-04-01}]}"
    text = HAND.replace("399000 ", f"{values} ").replace(
        "sources:\n", "sources:\n  models-dev: {title: models.dev, checked: 2026-04-01}\n"
    )
    house.write(text)
    prepared = house.take(api(limit={"context": 380000, "output": 1000}))
    assert values in house.text
    assert ("models.gpt-9.context_window", "390000; 400000", "380000") in prepared.kept


@pytest.mark.parametrize("state", ["n/a", "undisclosed", "{value: n/a, source: vendor}"])
def test_a_state_in_a_word_is_a_fact_too(house: House, state: str) -> None:
    house.write(HAND.replace("399000 ", f"{state} "))
    prepared = house.take(api())
    assert state in house.text
    assert "models.gpt-9.context_window" in {kept.at for kept in prepared.kept}


def test_no_route_comes_to_a_model_that_is_said_to_have_none(house: House) -> None:
    house.write(HAND[: HAND.index("    routes:")] + "    routes: n/a\n")
    prepared = house.take(api())
    assert house.model().routes.value is None
    assert ("models.gpt-9.routes", "n/a", "2 routes") in prepared.kept


def test_unknown_is_as_good_as_absent(house: House) -> None:
    house.write(HAND.replace("399000 ", "unknown "))
    house.take(api())
    assert house.model().context_window.value == 400000


def test_a_model_is_found_by_its_alias_and_a_place_by_the_name_given(house: House) -> None:
    text = HAND.replace("  gpt-9:\n    name: GPT 9", "  nine:\n    name: GPT 9\n    aliases: [GPT-9]")
    house.write(text.replace("openai", "openai-direct"))
    house.take(api(), providers={"openai": "openai-direct"})
    model = house.model("nine")
    assert [route.provider for route in model.routes.value] == ["openai-direct", "openrouter"]


def test_only_what_is_asked_for_comes(house: House) -> None:
    found = api()
    found["openai"]["models"]["gpt-8"] = {"name": "GPT-8", "release_date": "2025-01-01", "limit": {"context": 1000}}
    house.take(found, selection=Selection(models=("gpt-*",), providers=("openrouter",)))
    assert list(load_catalog([house.folder]).catalog.models) == ["gpt-9"]
    assert [route.provider for route in house.model().routes.value] == ["openrouter"]
    house.take(found, selection=Selection(since=datetime.date(2026, 1, 1), queries=(read_query("context_window<=9"),)))
    assert list(load_catalog([house.folder]).catalog.models) == ["gpt-9"]


def test_a_pattern_is_of_their_names_as_well_as_of_ours(house: House) -> None:
    found = api()
    found["third"] = {"id": "third", "models": {"gpt-9": {"name": "GPT-9", "limit": {"context": 7}}}}
    renamed: Any = {"providers": {"openai": "openai-direct"}, "models": {"gpt-9": "nine"}}
    for pattern in ("gpt-9", "nine"):
        for place in ("openai", "openai-direct"):
            selection = Selection(models=(pattern,), providers=(place,))
            prepared = house.take(found, selection=selection, **renamed)
            assert prepared.chosen == 1
    assert [route.provider for route in house.model("nine").routes.value] == ["openai-direct"]


def test_the_places_that_are_asked_for_say_what_a_model_is(house: House) -> None:
    found = {
        place: {"id": place, "models": {"own-1": {"name": "Own", "limit": {"context": size}}}}
        for place, size in (("first", 1000), ("second", 2000), ("third", 3000))
    }
    house.take(found, selection=Selection(providers=("second",)))
    assert house.model("own-1").context_window.readings[0].value == 2000
    assert house.model("own-1").context_window.others == ()


def test_a_price_that_is_still_to_come_is_no_contradiction(house: House) -> None:
    periods = "[{input: 2, output: 8, cache_read: 0.2, until: 2026-05-15}, {input: 9, output: 9, from: 2026-05-15}]"
    house.write(HAND.replace("\n          - {input: 3, output: 8}   # from the price page", f" {periods}"))
    assert [kept.at for kept in house.take(api()).kept if "prices" in kept.at] == []


def test_a_model_with_an_alias_of_yaml_stays_as_it_is(house: House) -> None:
    text = HAND.replace("    capabilities: {vision: true, reasoning: false}", "    capabilities: *flags").replace(
        "models:\n", "models:\n  eight: {name: Eight, capabilities: &flags {vision: true}}\n"
    )
    house.write(text)
    prepared = house.take(api())
    assert text[text.index("models:") :] in house.text
    assert prepared.kept[0].here.startswith("not merged")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("notes.txt", "mine", "holds no catalog"),
        ("mkdocs.yaml", "site_name: x\n", "is no catalog"),
        ("catalog.yaml", "models:\n  a: [\n", "the catalog cannot be read"),
    ],
)
def test_a_folder_of_somebody_else_is_refused(house: House, name: str, text: str, why: str) -> None:
    house.folder.mkdir()
    (house.folder / name).write_text(text)
    with pytest.raises(ForeignError, match=why):
        house.take(api())
    assert [path.name for path in house.folder.iterdir()] == [name]


def test_the_checks_speak_of_what_comes_and_not_of_what_was_there(house: House) -> None:
    house.write(HAND.replace("output: 8}", "output: 8, cache_read: 5}"))
    found = api()
    found["openrouter"]["models"]["openai/gpt-9"]["cost"] = {"input": 0.0000021, "output": 0.0000084}
    prepared = house.take(found)
    assert [problem.code for problem in prepared.findings] == [Code.PRICE_RANGE, Code.PRICE_RANGE]


def test_the_tables_get_what_is_named_and_nothing_else(house: House) -> None:
    house.write(
        HAND.replace("    source: vendor\n", "    organization: {value: openai-inc, source: vendor}\n").replace(
            "providers:", 'organizations: {openai-inc: {name: "OpenAI, Inc."}}\nproviders:'
        )
    )
    house.take(api(limit={"context": 1, "output": 2, "input": 3}, modalities={"input": ["audio"]}))
    catalog = load_catalog([house.folder]).catalog
    assert list(catalog.organizations) == ["openai-inc"]
    assert list(catalog.providers) == ["openai", "openrouter"]
    assert list(catalog.fields) == ["audio_input"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'models:\n  b: {name: "caf\xe9"}\n', "other.yaml:2:17: the catalog cannot be read"),
        (b"providers: [labs]\n", "other.yaml:1:12: the catalog cannot be read: `providers` is no mapping"),
        (b"models: unknown\n", "other.yaml:1:9: the catalog cannot be read: `models` is no mapping"),
    ],
)
def test_a_catalog_with_a_file_that_cannot_be_read_is_not_written_to(house: House, text: bytes, why: str) -> None:
    house.write(HAND)
    (house.folder / "other.yaml").write_bytes(text)
    with pytest.raises(ForeignError, match=why):
        house.take(api())
    assert (house.folder / "catalog.yaml").read_text() == HAND


ODD: list[Any] = [None, "", "unknown", "x", "1970-01-01", "-1", [], ["x"], {}, {"value": "x"}, {"values": "x"}]


@given(st.data())
def test_whatever_stands_in_a_catalog_an_import_ends_well_or_with_a_message(data: st.DataObject) -> None:
    """Anything in the place of any value, as somebody who types may put it there."""
    tree = yaml.safe_load(HAND)
    at: Any = tree
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            at[key] = data.draw(st.sampled_from(ODD))
            break
        at = at[key]
    with TemporaryDirectory() as folder:
        house = House(Path(folder) / "data")
        house.write(yaml.safe_dump(tree))
        with suppress(ForeignError):
            house.take(api(), JUNE)


# --- what is said of a place ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["openai", "gateway"])
def test_the_prices_of_a_place_have_the_currency_that_is_given(house: House, place: str) -> None:
    house.take(api(), selection=Selection(currencies={place: "EUR"}), providers={"openai": "gateway"})
    own, other = house.model().routes.value
    assert (own.provider, own.prices.value[0].currency, other.prices.value[0].currency) == ("gateway", "EUR", None)
    house.take(api(), JUNE, Selection(currencies={place: "EUR"}), providers={"openai": "gateway"})
    assert [len(one.prices.value) for one in house.model().routes.value] == [1, 1]


def test_the_end_of_an_offer_comes_to_the_route_that_is_there(house: House) -> None:
    house.take(api())
    found = api()
    found["openrouter"]["models"]["openai/gpt-9"]["status"] = "deprecated"
    house.take(found, JUNE)
    own, other = house.model().routes.value
    assert (own.lifecycle, other.lifecycle.status) == (None, "shutdown")
    assert house.model().lifecycle is None
    before = house.text
    assert not house.take(found, JUNE).files
    assert house.text == before


def test_a_list_that_lacks_a_charge_says_so_at_its_route(house: House) -> None:
    house.take(api())
    house.take(api(cost={"input": 2, "output": 8, "citation": 2}), JUNE)
    assert [one.charges for one in house.model().routes.value] == ["incomplete", None]


def test_a_new_price_begins_on_a_day_only_where_another_one_ends(house: House) -> None:
    house.take(api())
    tiers = [{"input": 4, "output": 12, "tier": {"size": 200_000}}]
    house.take(api(cost={"input": 3, "output": 8, "tiers": tiers}), JUNE)
    days = [period(price) for price in house.model().routes.value[0].prices.value]
    assert days == [(None, JUNE), (JUNE, None), (None, None)]

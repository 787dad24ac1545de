"""What queries mean, and what is said of those that mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.query.answers import Answer, answer
from sphinx_modelcmp.query.conditions import Facts
from sphinx_modelcmp.query.language import Query, compile_query, find_term
from sphinx_modelcmp.query.terms import Term

CATALOG = """
catalog: {schema: 1, as_of: 2026-06-01}
sources:
  maker: {title: Maker, kind: vendor, checked: 2026-05-01}
  other: {title: Other maker, kind: vendor, checked: 2026-05-01}
organizations: {acme: {name: Acme}, zeta: {name: Zeta}}
providers: {deepinfra: {name: DeepInfra}, house: {name: House}}
licenses: {mit: {name: MIT, commercial_use: allowed}}
fields:
  min_gpu: {label: Smallest GPU, group: specs, type: quantity, unit: GB}
  fp8: {label: FP8, group: capabilities, type: flag}
  web_search: {label: Web search, group: capabilities, type: flag}
benchmarks: {exam: {name: Exam, scale: percent}}
traffic: {bot: {label: Bot, requests: 1000, input: 1000, output: 1000}}
models:
  small:
    name: Small
    aliases: [little]
    organization: acme
    family: {name: S, generation: 2}
    kind: api-model
    best_for: [chat]
    released: 2026-03-02
    context_window: 131072
    modalities: {input: [text, image], output: [text]}
    parameters: {total: 4e9, active: 1e9}
    license: mit
    openness: open-weights
    capabilities: {reasoning: false, tool_use: partial, fp8: true, web_search: true}
    min_gpu: 10
    lifecycle: {status: active}
    routes:
      - {provider: deepinfra, id: S-small, prices: [{input: 0.1, output: 0.4}]}
      - {provider: house, region: eu, context_window: 32768, prices: [{input: 0.3, output: 0.3}]}
    results: [{benchmark: exam, score: 70}]
  large:
    name: Large
    organization: zeta
    released: 2026
    context_window: {values: [{value: 400000, source: maker}, {value: 200000, source: other}]}
    parameters: undisclosed
    min_gpu: n/a
    capabilities: {reasoning: true}
    routes: [{provider: house, prices: [{input: 2, output: 10}]}]
  free:
    name: Free
    routes: [{provider: deepinfra, prices: [{free: true}]}]
  bare: {name: Bare}
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    path: Path = tmp_path_factory.mktemp("query") / "catalog.yaml"
    path.write_text(CATALOG, "utf-8")
    loaded = load_catalog([path])
    assert not loaded.problems
    return Facts(loaded.catalog, loaded.catalog.reading_day())


def ask(facts: Facts, text: str) -> Answer:
    query = compile_query(text, facts)
    assert isinstance(query, Query), query
    return answer(query, facts, facts.catalog.models.values())


MEANINGS = {
    # Query: what matches, and what is undecided with the reason.
    "reasoning": ("large", "free bare"),
    "not reasoning": ("small", "free bare"),
    "tool_use": ("", "small large free bare"),
    "tool_use = partial": ("small", "large free bare"),
    "vision": ("small", "large free bare"),
    "fp8 and min_gpu <= 10": ("small", "free bare"),
    "min_gpu > 0 or reasoning": ("small large", "free bare"),
    "min_gpu is n/a": ("large", ""),
    # A component of prices has the same name.
    "web_search": ("small", "large free bare"),
    "parameters is undisclosed": ("large", ""),
    "parameters is not unknown": ("small large", ""),
    "parameters <= 4B and parameters.active = 1_000M": ("small", "large free bare"),
    # One route has less, so a reader may meet either.
    "context_window >= 100k": ("large", "small free bare"),
    "context_window >= 32k": ("small large", "free bare"),
    "context_window > 200k": ("", "large free bare"),
    "any route (context_window >= 100k)": ("small large", "free bare"),
    "any route (provider = house and output <= 0.3)": ("small", "bare"),
    "any route (provider = house and input <= 0.2)": ("", "bare"),
    "any route (region = eu)": ("small", "large free bare"),
    "providers has deepinfra": ("small free", "bare"),
    "not providers has deepinfra": ("large", "bare"),
    "released >= 2026": ("small large", "free bare"),
    "released >= 2026-02": ("small", "large free bare"),
    "released = 2026-03": ("small", "large free bare"),
    "released < 2026": ("", "free bare"),
    "output <= 0.3": ("small free", "bare"),
    "output <= 0.30 and input > 0.1": ("", "bare"),
    "month(bot) <= 1": ("small free", "bare"),
    "score(exam) >= 70%": ("small", "large free bare"),
    "organization in (acme, zeta)": ("small large", "free bare"),
    "organization not in (zeta)": ("small", "free bare"),
    "organization != acme": ("large", "free bare"),
    "license = mit and commercial_use = allowed": ("small", "large free bare"),
    "modalities.input has image and not modalities.output has image": ("small", "large free bare"),
    "family = S and family.generation = 2": ("small", "large free bare"),
    'name = "Small" or id = LITTLE': ("small", ""),
    "best_for has chat": ("small", "large free bare"),
    "lifecycle in (active, preview)": ("small", "large free bare"),
    "alive": ("small large free bare", ""),
    "not (reasoning or vision)": ("", "free bare"),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_query_matches_what_is_certain_and_counts_what_is_not(facts: Facts, text: str) -> None:
    found = ask(facts, text)
    matched, undecided = MEANINGS[text]
    assert (" ".join(found.matched), " ".join(one.model.id for one in found.undecided)) == (matched, undecided)


def test_the_reasons_are_counted_by_fact_the_most_frequent_first(facts: Facts) -> None:
    found = ask(facts, "parameters <= 4B and context_window > 200k")
    assert [(name, doubt.value, count) for (name, doubt), count in found.reasons()] == [
        ("context_window", "unknown", 2),
        ("parameters", "unknown", 2),
        ("context_window", "different", 1),
        ("parameters", "undisclosed", 1),
    ]


def test_decimals_are_exact(facts: Facts) -> None:
    # As binary fractions 0.1 + 0.2 is more than 0.3.
    assert ask(facts, "output = 0.3").matched == ("small",)


WRONG = {
    "": "the query is empty; write a condition such as context_window >= 200k",
    "contxt_window > 3": "query, column 1, at “contxt_window > 3”: no fact “contxt_window”; did you mean "
    "context_window?",
    "vision > 3": "query, column 8, at “> 3”: vision is a flag, which has no order: write vision, not vision or vision "
    "= partial",
    "vision = 3": "query, column 10, at “3”: vision is a flag: write vision, not vision or vision = partial",
    "vision = unknown": "query, column 10, at “unknown”: vision is a flag: write vision is unknown",
    "openness": "query, column 1, at “openness”: openness is a word, which alone is no condition: write openness = "
    "open-source",
    "openness = open-weight": "query, column 12, at “open-weight”: “open-weight” is none of the words of openness; did "
    "you mean open-weights?",
    "organization < acme": "query, column 14, at “< acme”: organization is a word, which has no order: write "
    "organization = acme",
    "name < 3": 'query, column 6, at “< 3”: name is a text, which has no order: write name = "…"',
    "context_window >= large": "query, column 19, at “large”: context_window is a number: write context_window >= 200k",
    "context_window >=": "query, at its end: expected a date, a name, a number, a text in quotes or true",
    "context_window > 5%": "query, column 18, at “5%”: context_window is not a share: write the number without %",
    "context_window > 5q": "query, column 18, at “5q”: expected a date, a name, a number, a text in quotes or true",
    "released >= 2026-13": "query, column 13, at “2026-13”: 2026-13 is no day of the calendar",
    "providers = house": "query, column 1, at “providers = house”: providers is a list: write providers has deepinfra",
    "vision has image": "query, column 1, at “vision has image”: vision is a flag, not a list: write vision, not "
    "vision or vision = partial",
    "provider = house": "query, column 1, at “provider = house”: “provider” is a fact of a route: write any route "
    "(provider = …) or providers has …",
    "month(bott) < 3": "query, column 7, at “bott) < 3”: no traffic “bott” in the catalog; did you mean bot?",
    "week(bot) < 3": "query, column 1, at “week(bot) < 3”: “week(…)” is neither month(…) of a traffic nor score(…) of "
    "a benchmark",
    "(vision": "query, at its end: expected )",
    "vision)": "query, column 7, at “)”: expected the end",
    "vision and\n  ; drop": "query, column 12, at “; drop”: expected ( or a name",
    "(" * 20_000: "a query has at most 10,000 characters, this one 20,000",
    "(" * 5_000 + "vision": "query, at its end: expected )",
    "not " * 1_000 + "vision": "more than 50 conditions within one another",
    " or ".join(["vision"] * 10_000): "a query has at most 10,000 characters, this one 99,996",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:20] or "empty")
def test_what_cannot_be_read_is_said_with_its_column_and_the_cure(facts: Facts, text: str) -> None:
    found = compile_query(text, facts)
    assert isinstance(found, Problem)
    assert found.code is Code.QUERY
    assert found.message.endswith(WRONG[text])


def test_brackets_around_brackets_are_read(facts: Facts) -> None:
    assert ask(facts, "(" * 2_000 + "alive" + ")" * 2_000).matched == ask(facts, "alive").matched


def test_a_name_outside_of_a_query_is_found_too(facts: Facts) -> None:
    assert isinstance(find_term("month(bot)", facts), Term)
    wrong = find_term("outputt", facts)
    assert isinstance(wrong, Problem)
    assert wrong.message == "no fact “outputt”; did you mean output or max_output or image_output?"
    assert isinstance(find_term("output; x", facts), Problem)


def test_of_the_real_catalog_only_models_that_are_known_to_lack_a_capability_are_listed() -> None:
    loaded = load_catalog([Path(__file__).parents[2] / "data"])
    known = Facts(loaded.catalog, loaded.catalog.reading_day())
    found = ask(known, "not computer_use")
    lacking = {
        model.id for model in loaded.catalog.models.values() if str(model.capability("computer_use").value) == "false"
    }
    assert {*found.matched} == lacking
    assert len(found.undecided) > len(loaded.catalog.models) / 2

"""What stands in a file, as facts: states, long forms, inherited sources, conflicts, the house's own rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sphinx_modelcmp.catalog.decode_model import HOUSE_READERS
from sphinx_modelcmp.catalog.records import Fact, Model
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FieldType, State, Support
from tests.compare.making import catalog_of, loaded, only_model

HEAD = """
sources:
  card: {title: Card, kind: vendor, checked: 2026-01-02}
  host: {title: Host, kind: provider, checked: 2026-03-04}
  list: {title: List, kind: aggregator}
  blog: {title: Blog}
  lab: {title: Lab, kind: own}
organizations: {org: {name: Org}}
licenses: {mit: {name: MIT}}
providers: {p: {name: P}}
benchmarks: {b: {name: B, scale: percent}}
fields:
  min_gpu: {label: Smallest GPU, group: specs, type: quantity}
  kv_int8: {label: KV, group: capabilities, type: flag}
"""


def model(body: str) -> Model:
    return only_model(f"{HEAD}\nmodels:\n  m:\n    name: M\n{body}")


def fact(text: str) -> Fact[Any]:
    return model(f"    context_window: {text}\n").context_window


@pytest.mark.parametrize("text", ["", "null", "~", "unknown", "Unknown", '"unknown"', "{value: unknown}", "{value: }"])
def test_nothing_and_unknown_are_the_same(text: str) -> None:
    assert fact(text) == model("").context_window == Fact()


@pytest.mark.parametrize(
    ("text", "state"),
    [("undisclosed", State.UNDISCLOSED), ("n/a", State.NOT_APPLICABLE), ("N/A", State.NOT_APPLICABLE)],
)
def test_the_other_two_states_have_words(text: str, state: State) -> None:
    assert (fact(text).state, fact(text).value) == (state, None)
    assert fact(f"{{value: {text}, source: card}}").source == ("card",)


def test_a_state_keeps_its_note_and_source() -> None:
    held = fact("{value: undisclosed, source: card, note: not said}")
    assert (held.state, held.note, held.source, held.checked) == (
        State.UNDISCLOSED,
        "not said",
        ("card",),
        date(2026, 1, 2),
    )


def test_that_nobody_knows_can_have_been_looked_up() -> None:
    held = fact("{value: unknown, source: card, note: not in the card}")
    assert (held.state, held.note, held.source) == (State.UNKNOWN, "not in the card", ("card",))
    assert not held.known


@pytest.mark.parametrize("word", ["unknown", "n/a", "undisclosed"])
def test_states_of_flags_are_never_no(word: str) -> None:
    held = model(f"    capabilities: {{vision: {word}, kv_int8: {word}}}")
    for name in CAPABILITIES:
        assert held.capability(name).value is None
    assert held.capability("kv_int8").state is held.capability("vision").state


def test_flags_have_three_values() -> None:
    held = model("    capabilities: {vision: true, reasoning: false, tool_use: PARTIAL}")
    values = [held.capability(name).value for name in ("vision", "reasoning", "tool_use")]
    assert values == [Support.YES, Support.NO, Support.PARTIAL]


@pytest.mark.parametrize(
    "written",
    ["4.10", "no", "1e5", "0x10", "012", "1:30", "2026-01-01", "true", "=", "-", "Ünï 模", "{x}", "%s", "$1.00", "[a]"],
)
def test_names_survive_as_written(written: str) -> None:
    held = only_model(f"models: {{m: {{name: '{written}', architecture: '{written}'}}}}")
    assert (held.name, held.architecture.value) == (written, written)


@pytest.mark.parametrize("written", ["4.10", "no", "1e5", "0x10", "012", "1:30", "off", "1_000"])
def test_plain_names_survive_as_written(written: str) -> None:
    held = catalog_of(f"models: {{{written}: {{name: {written}, aliases: [x{written}]}}}}").models[written]
    assert (held.id, held.name, held.aliases) == (written, written, (f"x{written}",))


@pytest.mark.parametrize("written", ["null", "~", "NULL", "Null"])
def test_a_quoted_null_is_a_name(written: str) -> None:
    assert only_model(f'models: {{m: {{name: "{written}", architecture: "{written}"}}}}').name == written


# --- where a fact comes from ---------------------------------------------------------------------------------------


LEVELS = [
    ("", "", "", ("list",), date(2025, 1, 1)),
    ("source: host", "", "", ("host",), date(2026, 3, 4)),
    ("source: host", "source: card", "", ("card",), date(2026, 1, 2)),
    ("source: host", "source: card", "source: lab", ("lab",), None),
    ("checked: 2025-05-05", "", "", ("list",), date(2025, 5, 5)),
    ("source: host, checked: 2025-05-05", "", "", ("host",), date(2025, 5, 5)),
    ("source: host, checked: 2025-05-05", "source: card", "", ("card",), date(2026, 1, 2)),
    ("source: host, checked: 2025-05-05", "checked: 2025-06-06", "", ("host",), date(2025, 6, 6)),
    ("source: host", "source: card", "checked: 2025-07-07", ("card",), date(2025, 7, 7)),
    ("source: host", "", "source: [card, list]", ("card", "list"), date(2026, 1, 2)),
    ("source: host", "", "source: [card, host]", ("card", "host"), date(2026, 3, 4)),
]


@pytest.mark.parametrize(("of_model", "of_block", "of_fact", "source", "checked"), LEVELS)
def test_a_nearer_source_counts_and_brings_its_own_day(
    of_model: str, of_block: str, of_fact: str, source: tuple[str, ...], checked: date | None
) -> None:
    flow = ", ".join(part for part in ("name: M", of_model) if part)
    block = ", ".join(part for part in (of_block, f"vision: {{value: true, {of_fact}}}") if part)
    text = f"{HEAD}\nsource: list\nchecked: 2025-01-01\nmodels: {{m: {{{flow}, capabilities: {{{block}}}}}}}"
    held = only_model(text).capability("vision")
    assert (held.source, held.checked) == (source, checked)


def test_routes_prices_results_and_lifecycles_inherit_too() -> None:
    held = model("""
    source: list
    lifecycle: {status: active}
    routes:
      source: host
      value:
        - provider: p
          prices: [{input: 1}, {output: 1, source: card}]
        - {provider: p, region: eu, source: lab, context_window: 5, prices: {value: [{input: 1}], checked: 2025-01-01}}
    results: [{benchmark: b, score: 1}, {benchmark: b, score: 2, source: card}]
""")
    assert held.lifecycle
    assert (held.lifecycle.source, held.routes.source) == (("list",), ("host",))
    one, other = held.routes.value or ()
    assert [price.source for price in one.prices.value or ()] == [("host",), ("card",)]
    assert [price.checked for price in one.prices.value or ()] == [date(2026, 3, 4), date(2026, 1, 2)]
    assert (other.source, other.context_window.source) == (("lab",), ("lab",))
    assert (other.prices.value or ())[0].checked == date(2025, 1, 1)
    assert [result.source for result in held.results] == [("list",), ("card",)]


# --- conflicts -----------------------------------------------------------------------------------------------------


def test_the_most_trusted_kind_of_source_is_shown() -> None:
    held = fact(
        "{values: [{value: 1, source: lab}, {value: 2, source: blog}, {value: 3, source: list},"
        " {value: 4, source: host}, {value: 5, source: card}]}"
    )
    assert [reading.value for reading in held.readings] == [5, 4, 3, 2, 1]
    assert [reading.source for reading in held.readings] == [("card",), ("host",), ("list",), ("blog",), ("lab",)]


def test_of_equally_trusted_sources_the_first_written_is_shown() -> None:
    held = fact("{values: [{value: 1, source: list}, {value: 2, source: [blog, host]}, {value: 3, source: host}, 4]}")
    assert [reading.value for reading in held.readings] == [2, 3, 1, 4]


@pytest.mark.parametrize(
    ("dates", "shown", "rivals"),
    [
        (("2026-03", "2026-03-02"), "2026-03-02", ()),
        (("2026-03", "2026-03-02", "2026-04-10"), "2026-03-02", ("2026-04-10",)),
        (("2026-03", "2026-03-02", "2026-03-05"), "2026-03", ()),
        (("2026-03-02", "2026-03", "2026"), "2026-03-02", ()),
        (("2026-03-02", "unknown", "2026-04"), "2026-03-02", ("2026-04",)),
    ],
)
def test_a_finer_date_within_the_first_one_is_shown(
    dates: tuple[str, ...], shown: str, rivals: tuple[str, ...]
) -> None:
    said = ", ".join(f"{{value: {date}, source: card}}" for date in dates)
    fact = model(f"    released: {{values: [{said}]}}\n").released
    assert str(fact.value) == shown
    assert tuple(str(other.value) for other in fact.rivals) == rivals


def test_a_state_can_stand_in_a_conflict_and_unknown_says_nothing() -> None:
    held = fact(
        "{values: [{value: unknown, source: card}, {value: undisclosed, source: host}, {value: 3, source: list}]}"
    )
    assert [(reading.state, reading.value) for reading in held.readings] == [
        (State.UNDISCLOSED, None),
        (State.KNOWN, 3),
    ]


def test_a_conflict_inherits_and_its_note_stands_with_the_value() -> None:
    held = fact("{source: card, note: Counted twice., values: [1, {value: 2, source: list, note: own}]}")
    assert [(reading.source, reading.note) for reading in held.readings] == [
        (("card",), "Counted twice."),
        (("list",), "own"),
    ]
    both = fact("{note: Counted twice., values: [{value: 1, note: Roughly.}]}")
    assert both.note == "Roughly. Counted twice."


def test_a_conflict_of_nothing_is_unknown() -> None:
    assert fact("{values: []}") == fact("{values: [unknown]}") == Fact()


def test_a_wrong_reading_leaves_the_others() -> None:
    found = loaded(f"{HEAD}\nmodels: {{m: {{name: M, context_window: {{values: [lots, 2000]}}}}}}")
    assert [str(problem.message) for problem in found.problems] == ["“lots” is not a number"]
    assert found.catalog.models["m"].context_window.value == 2000


def test_a_disputed_size_is_two_records() -> None:
    held = model(
        "    parameters: {values: [{value: {total: 4e9, active: 3e9}, source: card}, {value: 5e9, source: list}]}"
    )
    assert [reading.value and reading.value.total for reading in held.parameters.readings] == [4 * 10**9, 5 * 10**9]


# --- forms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["4e9", "{total: 4e9}", "{value: 4e9}", "{value: {total: 4e9}}", "{total: 4_000_000_000}"],
)
def test_forms_of_a_size(text: str) -> None:
    held = model(f"    parameters: {text}").parameters.value
    assert held
    assert (held.total, held.active) == (Decimal("4e9"), None)


def test_a_size_beside_its_source() -> None:
    held = model("    parameters: {total: 4e9, active: 3e9, source: card, note: about}").parameters
    assert held.value
    assert (held.value.active, held.source, held.note) == (Decimal("3e9"), ("card",), "about")


@pytest.mark.parametrize("text", ["coding", "[coding]", "{value: coding}", "{value: [coding]}"])
def test_one_item_is_a_list_of_one(text: str) -> None:
    assert model(f"    fits: {text}").fits.value == ("coding",)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("n/a", State.NOT_APPLICABLE),
        ("undisclosed", State.UNDISCLOSED),
        ("unknown", State.UNKNOWN),
        ("", State.UNKNOWN),
    ],
)
def test_routes_and_prices_have_states(text: str, state: State) -> None:
    assert model(f"    routes: {text}").routes.state is state
    (route,) = model(f"    routes: [{{provider: p, prices: {text}}}]").routes.value or ()
    assert route.prices.state is state


def test_routes_that_do_not_apply_say_why() -> None:
    held = model("    routes: {value: n/a, source: card, note: never sold by the token}").routes
    assert (held.state, held.source, held.note) == (State.NOT_APPLICABLE, ("card",), "never sold by the token")


def test_no_routes_is_a_value() -> None:
    held = model("    routes: []").routes
    assert (held.state, held.value) == (State.KNOWN, ())


def test_a_component_that_nobody_knows_is_not_priced() -> None:
    held = model("    routes: [{provider: p, prices: [{input: free, output: unknown, cache_read: }]}]")
    (price,) = (held.routes.value or ())[0].prices.value or ()
    assert price.components == {"input": 0}


def test_whole_blocks_can_be_unknown() -> None:
    held = model("    capabilities: unknown\n    lifecycle: unknown\n    results: unknown\n    best_for: unknown")
    assert held == model("")


def test_keys_without_a_value_are_absent_ones() -> None:
    held = catalog_of("traffic: {t: {label: T, requests: 1, input: 1, output: 1, cache_hit: , batch: }}")
    assert held.traffic["t"].cache_hit == 0


HOUSE = [
    (FieldType.FLAG, "partial", Support.PARTIAL),
    (FieldType.QUANTITY, "4.10", Decimal("4.10")),
    (FieldType.TEXT, "4.10", "4.10"),
    (FieldType.DATE, "2026-05", PartialDate(2026, 5)),
]


@pytest.mark.parametrize(("kind", "text", "value"), HOUSE)
@pytest.mark.parametrize("group", ["specs", "capabilities"])
def test_rows_of_the_house(kind: FieldType, text: str, value: Any, group: str) -> None:
    assert kind in HOUSE_READERS
    row = f"own: {{value: {text}, source: s, note: n}}"
    body = row if group == "specs" else f"capabilities: {{{row}}}"
    held = only_model(
        f"sources: {{s: {{title: S}}}}\nfields: {{own: {{label: Own, group: {group}, type: {kind.value}}}}}\n"
        f"models: {{m: {{name: M, {body}}}}}"
    )
    fact = held.house["own"] if group == "specs" else held.capability("own")
    assert (fact.value, fact.source, fact.note) == (value, ("s",), "n")


def test_rows_of_the_house_may_stand_in_any_file_order() -> None:
    text = "models: {m: {name: M, own: 1}}\nfields: {own: {label: Own, group: specs, type: quantity}}"
    assert only_model(text).house["own"].value == 1


def test_the_order_of_keys_is_no_part_of_a_model() -> None:
    one = model("    capabilities: {vision: true, reasoning: false}\n    released: 2026\n    max_output: 1")
    other = model("    max_output: 1\n    released: 2026\n    capabilities: {reasoning: false, vision: true}")
    assert repr(one) == repr(other)


TWO = """
models:
  m:
    name: M
    source: card
    {first}
  n:
    name: N
    source: {source}
    {second}
"""


def two(first: str, second: str, source: str = "card") -> tuple[Model, Model]:
    held = catalog_of(HEAD + TWO.format(first=first, second=second, source=source)).models
    return held["m"], held["n"]


def test_the_same_word_twice_is_one_fact() -> None:
    one, other = two("capabilities: {vision: true}", "capabilities: {kv_int8: true}")
    assert one.capability("vision") is other.capability("kv_int8")


@pytest.mark.parametrize(
    ("second", "source"),
    [
        ("max_output: 100", "blog"),
        ("max_output: 100\n    checked: 2026-05-06", "card"),
        ("max_output: 100", "[card, blog]"),
        ("max_output: {value: 100, note: n}", "card"),
    ],
)
def test_the_same_word_from_elsewhere_is_another_fact(second: str, source: str) -> None:
    one, other = two("max_output: 100", second, source)
    assert (one.max_output.value, other.max_output.value) == (100, 100)
    assert (one.max_output.source, one.max_output.checked, one.max_output.note) == (("card",), date(2026, 1, 2), None)
    assert other.max_output != one.max_output


def test_the_same_word_in_another_field_is_read_as_that_field_reads_it() -> None:
    one, other = two("architecture: 100", "max_output: 100\n    min_gpu: 100")
    assert (one.architecture.value, other.max_output.value) == ("100", 100)
    assert isinstance(other.house["min_gpu"].value, Decimal)


def test_the_same_wrong_word_is_reported_wherever_it_stands() -> None:
    text = HEAD + TWO.format(first="max_output: soon", second="max_output: soon", source="card")
    found = [str(problem).split(":", 1)[1] for problem in loaded(text).problems]
    assert found == ["20:17: “soon” is not a number [value]", "24:17: “soon” is not a number [value]"]


def test_the_same_unknown_source_is_reported_wherever_it_stands() -> None:
    text = HEAD + TWO.format(first="max_output: {value: 1000, source: x}", second="released: 2026", source="x")
    assert [problem.code.slug for problem in loaded(text).problems] == ["reference", "reference"]

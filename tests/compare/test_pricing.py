"""Which price is in force for a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.prices import rivals
from sphinx_modelcmp.catalog.records import Catalog, Condition, Hours, Price
from sphinx_modelcmp.catalog.vocabulary import WEEKDAYS, Service, State
from sphinx_modelcmp.compare.pricing import (
    Circumstances,
    NoPrice,
    Quote,
    Why,
    cheapest,
    chosen,
    components_of,
    offers,
    price_state,
    prices_of,
    routes_of,
)
from tests.compare.making import catalog_of

DAY = date(2026, 6, 15)


def catalog(*routes: str, currency: str = "USD") -> Catalog:
    listed = "".join(f"\n      - {{provider: p, {route}}}" for route in routes)
    return catalog_of(
        f"catalog: {{currency: {currency}}}\nsources: {{s: {{title: S, checked: 2026-01-01}}}}\n"
        f"providers: {{p: {{name: P}}}}\nmodels:\n  m:\n    name: M\n    routes:{listed or ' []'}\n"
    )


def price(
    *prices: str,
    of: str = "input",
    day: date | None = DAY,
    service: Service | None = None,
    tokens: int = 0,
    region: str = "",
) -> str | None:
    """The amount that holds, as text."""
    made = catalog(f"{f'region: {region}, ' if region else ''}prices: [{', '.join(f'{{{line}}}' for line in prices)}]")
    (route,) = routes_of(made.models["m"])
    found = chosen(prices_of(route, day), of, Circumstances(Decimal(tokens), service, route.region, day), Decimal(0))
    return str(found[0].components[of]) if len(found) == 1 else None


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2026, 4, 15), "1"),
        (date(2026, 4, 16), "2"),
        (date(2026, 5, 31), "2"),
        (date(2026, 6, 1), None),
        (date(1999, 1, 1), "1"),
    ],
)
@pytest.mark.parametrize("end", ["2026-06-01", "2026-06"])
def test_a_price_holds_from_its_first_day_until_before_its_last(day: date, end: str, amount: str | None) -> None:
    lines = ("input: 1, until: 2026-04-16", f"input: 2, from: 2026-04-16, until: {end}")
    assert price(*lines, day=day) == amount


def test_without_a_day_only_prices_without_dates_hold() -> None:
    assert price("input: 1", day=None) == "1"
    assert price("input: 1, from: 2026-01-01", day=None) is None
    assert price("input: 1, until: 2027-01-01", day=None) is None


TIERS = ("input: 1", "input: 2, when: {input_above: 32000}", "input: 3, when: {input_above: 128000}")


@pytest.mark.parametrize(
    ("tokens", "amount"),
    [(0, "1"), (31_999, "1"), (32_000, "1"), (32_001, "2"), (128_000, "2"), (128_001, "3"), (10**9, "3")],
)
@pytest.mark.parametrize("lines", [TIERS, TIERS[::-1]])
def test_a_size_above_is_strictly_above(tokens: int, amount: str, lines: tuple[str, ...]) -> None:
    assert price(*lines, tokens=tokens) == amount


def test_services_are_apart() -> None:
    lines = ("input: 4", "input: 2, when: {service: batch}", "output: 9, when: {service: flex}")
    assert price(*lines) == "4"
    assert price(*lines, service=Service.BATCH) == "2"
    assert price(*lines, service=Service.FLEX) is None
    assert price(*lines, of="output") is None
    assert price(*lines, of="output", service=Service.FLEX) == "9"


def test_the_most_specific_price_holds() -> None:
    lines = (
        "input: 1, when: {service: batch}",
        "input: 2, when: {service: batch, input_above: 100}",
        "input: 3, when: {service: batch, input_above: 100, region: eu}",
        "input: 4",
    )
    assert price(*lines, service=Service.BATCH) == "1"
    assert price(*lines, service=Service.BATCH, tokens=101) == "2"
    assert price(*lines, service=Service.BATCH, tokens=101, region="eu") == "3"
    assert price(*lines, tokens=101, region="eu") == "4"


def test_a_price_of_another_region_does_not_hold() -> None:
    lines = ("input: 1", "input: 2, when: {region: eu}")
    assert price(*lines) == "1"
    assert price(*lines, region="us") == "1"
    assert price(*lines, region="eu") == "2"


def test_a_price_of_some_hours_is_no_standing_price() -> None:
    night = 'input: 1, when: {hours: {from: "22:00", to: "06:00"}, timezone: Asia/Shanghai}'
    assert price("input: 2", night) == "2"
    assert price("input: 2", "input: 0, when: {days: [sat, sun]}") == "2"
    assert price(night) is None


def test_components_may_stand_in_several_lines() -> None:
    lines = ("input: 1", "output: 2, from: 2026-01-01", "cache_read: 0.1, note: since June")
    assert [price(*lines, of=name) for name in ("input", "output", "cache_read", "request")] == ["1", "2", "0.1", None]


def test_a_component_that_is_not_priced_is_never_guessed() -> None:
    assert price("output: 2", of="input") is None
    assert price("input: 2, when: {service: batch}") is None


@pytest.mark.parametrize(
    ("route", "currency"),
    [
        ("prices: [{input: 1}]", "CHF"),
        ("currency: EUR, prices: [{input: 1}]", "EUR"),
        ("currency: EUR, prices: [{input: 1, currency: CNY}]", "CNY"),
    ],
)
def test_the_nearest_currency_counts(route: str, currency: str) -> None:
    made = catalog(route, currency="CHF")
    found = cheapest(made, made.models["m"], "input", DAY).value
    assert isinstance(found, Quote)
    assert found.currency == currency


def test_the_cheapest_route() -> None:
    made = catalog(
        "prices: [{input: 2, source: s}]",
        "prices: [{input: 0.1, when: {service: batch}}]",
        "prices: [{input: 1, source: s, until: 2026-01-01}]",
        "prices: [{free: true}]",
        "region: eu, prices: [{input: 1.5, source: s}]",
    )
    fact = cheapest(made, made.models["m"], "input", DAY)
    assert isinstance(fact.value, Quote)
    assert (fact.value.amount, fact.value.route.region) == (Decimal("1.5"), "eu")
    assert (fact.source, fact.checked) == (("s",), date(2026, 1, 1))
    said = cheapest(made, made.models["m"], "output", DAY).value
    assert isinstance(said, NoPrice)
    assert said.why is Why.FREE


def test_the_catalogs_currency_comes_first() -> None:
    made = catalog("prices: [{input: 1, currency: EUR}]", "prices: [{input: 2}]")
    fact = cheapest(made, made.models["m"], "input", DAY)
    assert isinstance(fact.value, Quote)
    assert (fact.value.amount, fact.value.currency) == (Decimal(2), "USD")


@pytest.mark.parametrize(
    ("routes", "state"),
    [
        ("n/a", State.NOT_APPLICABLE),
        ("undisclosed", State.UNDISCLOSED),
        ("", State.UNKNOWN),
        ("[]", State.UNKNOWN),
        ("[{provider: p}]", State.UNKNOWN),
        ("[{provider: p, prices: undisclosed}]", State.UNDISCLOSED),
        ("[{provider: p, prices: n/a}, {provider: p, prices: n/a, region: eu}]", State.NOT_APPLICABLE),
    ],
)
def test_why_there_is_no_price(routes: str, state: State) -> None:
    made = catalog_of(f"providers: {{p: {{name: P}}}}\nmodels: {{m: {{name: M, routes: {routes}}}}}")
    assert price_state(made.models["m"]) is state
    fact = cheapest(made, made.models["m"], "input", DAY)
    assert (fact.state, fact.value) == (state, None)


def said_of(routes: str, *, model: str = "", component: str = "input", day: date | None = DAY) -> Any:
    """The words of a source in place of a price, or the cheapest price."""
    model = f"{model}, " if model else ""
    made = catalog_of(
        f"providers: {{p: {{name: P}}, q: {{name: Q}}}}\nmodels: {{m: {{name: M, {model}routes: {routes}}}}}"
    )
    return cheapest(made, made.models["m"], component, day).value


@pytest.mark.parametrize(
    ("routes", "why"),
    [
        ("[{provider: p, prices: [{free: true}]}, {provider: q, prices: [{plan: true}]}]", Why.FREE),
        ("[{provider: p, prices: [{input: free, output: 1}]}]", Why.FREE),
        ("[{provider: p, prices: [{input: 0, output: 1}]}]", Why.MISSING),
        ("[{provider: p, prices: [{output: 1}]}]", Why.MISSING),
        ("[{provider: p, prices: [{plan: true}]}, {provider: q, prices: [{dynamic: true}]}]", Why.PLAN),
        ("[{provider: p, prices: [{input: 1, when: {service: batch}}]}, {provider: q}]", Why.CONDITIONS),
        ("[{provider: p, region: us, prices: [{input: 1, when: {region: eu}}]}]", Why.CONDITIONS),
        ('[{provider: p, prices: [{input: 1, when: {hours: {from: "01:00", to: "02:00"}}}]}]', Why.CONDITIONS),
        ("[{provider: p, prices: [{input: 1, when: {input_above: 10}}]}]", Why.CONDITIONS),
        (
            "[{provider: p, prices: [{input: 1, when: {service: batch}}, {input: 2, when: {region: eu}}]}]",
            Why.CONDITIONS,
        ),
        ("[{provider: p, prices: undisclosed}, {provider: q}]", Why.UNDISCLOSED),
        ("[{provider: p, prices: n/a}, {provider: q, prices: undisclosed}]", Why.UNDISCLOSED),
    ],
)
def test_where_no_price_counts_the_reason_is_what_a_source_says(routes: str, why: Why) -> None:
    said = said_of(routes)
    assert said.why is why
    assert [route.provider for route in said.routes] == ["q" if "q, prices: undisclosed" in routes else "p"]


def test_what_has_ended_says_since_when_and_what_it_was() -> None:
    ended = said_of(
        "[{provider: p, prices: [{input: 3, until: 2025-01-01}, {input: 2, from: 2025-01-01, until: 2026-01-01}]}]"
    )
    assert (ended.why, str(ended.date), ended.was.amount) == (Why.ENDED, "2026-01-01", 2)
    shut = said_of("[{provider: p, prices: [{input: 2}]}]", model="lifecycle: {shutdown: 2025-06}")
    assert (shut.why, str(shut.date), shut.was.amount) == (Why.ENDED, "2025-06", 2)
    late = said_of(
        "[{provider: p, prices: [{input: 1}], lifecycle: {shutdown: 2025-01-01}},"
        " {provider: q, prices: [{input: 3}], lifecycle: {shutdown: 2025-06-01}}]"
    )
    assert (str(late.date), late.was.amount, late.routes[0].provider) == ("2025-06-01", 3, "q")


def test_what_is_announced_has_no_price_yet() -> None:
    assert str(said_of("[{provider: p, prices: [{input: 2, from: 2026-09-01}]}]").date) == "2026-09-01"
    said = said_of("[{provider: p, prices: [{input: 2}]}]", model="released: 2027")
    assert (said.why, str(said.date)) == (Why.ANNOUNCED, "2027")


def test_a_living_route_counts_before_one_that_has_ended_and_a_complete_list_before_an_incomplete_one() -> None:
    living = said_of(
        "[{provider: p, prices: [{input: 1}], lifecycle: {shutdown: 2025-01-01}}, {provider: q, prices: [{input: 3}]}]"
    )
    assert living.amount == 3
    routes = "[{provider: p, charges: incomplete, prices: [{input: 1}]}, {provider: q, prices: [{input: 3}]}]"
    assert said_of(routes).amount == 3
    assert said_of(routes.split(", {provider: q", maxsplit=1)[0] + "]").amount == 1


def test_dated_prices_without_a_day_say_so() -> None:
    assert said_of("[{provider: p, prices: [{input: 1, from: 2026-01-01}]}]", day=None).why is Why.CONDITIONS


@pytest.mark.parametrize("model", ["kind: embedding-model", "kind: reranker", "modalities: {output: [file]}"])
def test_a_model_that_writes_nothing_has_no_price_for_it(model: str) -> None:
    made = catalog_of(
        "providers: {p: {name: P}}\n"
        f"models: {{m: {{name: M, {model}, routes: [{{provider: p, prices: [{{input: 1, output: 5}}]}}]}}}}"
    )
    assert cheapest(made, made.models["m"], "output", DAY).state is State.NOT_APPLICABLE
    assert cheapest(made, made.models["m"], "input", DAY).known


def test_offers_and_components() -> None:
    made = catalog(
        "prices: [{free: true, until: 2026-01-01}]",
        "region: eu, prices: [{free: true}]",
        "prices: [{plan: true}, {web_search: 10}, {output: 1}, {input: 1, until: 2026-01-01}]",
    )
    model = made.models["m"]
    assert [route.region for route in offers(model, "free", DAY)] == ["eu"]
    assert len(offers(model, "plan", DAY)) == 1
    assert offers(model, "dynamic", DAY) == ()
    assert components_of(routes_of(model), DAY) == ("output", "web_search")


def test_a_marginal_price_is_no_standing_price() -> None:
    lines = ("input: 1", "input: 2, scope: marginal, when: {input_above: 10}")
    assert price(*lines, tokens=100) == "1"
    assert price(lines[1], tokens=100) is None


def test_where_nothing_decides_there_is_no_price() -> None:
    made = catalog("prices: [{input: 1}, {output: 1}]")
    (route,) = routes_of(made.models["m"])
    first, second = route.prices.value or ()
    twice = replace(second, components={"input": Decimal(2), "output": Decimal(2)})
    clash = replace(route, prices=replace(route.prices, value=(first, twice)))
    asked = Circumstances(Decimal(0), moment=DAY)
    assert len(chosen(prices_of(clash, DAY), "input", asked, Decimal(0))) == 2
    assert len(chosen(prices_of(clash, DAY), "output", asked, Decimal(0))) == 1


CLOCKS = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")
WINDOWS = (
    st.tuples(CLOCKS, CLOCKS)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Hours(start=pair[0], end=pair[1]))
)
DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(tuple)


@given(WINDOWS, WINDOWS, DAYS, DAYS)
def test_the_reader_reports_two_windows_exactly_where_a_moment_lies_in_both(
    one: Hours, other: Hours, days: tuple[str, ...], other_days: tuple[str, ...]
) -> None:
    prices = [
        Price(components={"input": Decimal(1)}, when=Condition(hours=hours, days=named))
        for hours, named in ((one, days), (other, other_days))
    ]
    week = [datetime(2026, 6, 15, tzinfo=UTC) + timedelta(hours=hour) for hour in range(7 * 24)]
    both = [len(chosen(prices, "input", Circumstances(Decimal(1), moment=hour), Decimal(0))) == 2 for hour in week]
    assert bool([*rivals(prices)]) is any(both)

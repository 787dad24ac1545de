"""What requests and months cost: exactly, and only where every price is known."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.fields import read_record
from sphinx_modelcmp.catalog.records import Traffic
from sphinx_modelcmp.catalog.vocabulary import PIECES, PRICE_COMPONENTS, Service
from sphinx_modelcmp.compare.bill import Assumption, Usage
from sphinx_modelcmp.compare.costing import (
    Cost,
    MonthlyCost,
    NoCost,
    comparable,
    monthly_cost,
    request_cost,
    route_cost,
)
from sphinx_modelcmp.compare.pricing import Why
from tests.compare.making import REPOSITORY, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Catalog


DAY = date(2026, 6, 15)
MILLION = 1_000_000


def traffic(**values: Any) -> Traffic:
    stated = {"requests": 1000, "input": 2000, "output": 500, **values}
    return read_record(Traffic, {"label": "T", **{key: f"{value}" for key, value in stated.items()}})


def catalog(*routes: str, rates: str = "", model: str = "") -> Catalog:
    """One model ``m`` at some routes. Remarks of the checks (a price of zero …) are no matter here."""
    listed = ", ".join(f"{{provider: p, {route}}}" for route in routes)
    return loaded(
        f"providers: {{p: {{name: P}}}}\nrates: [{rates}]\nmodels: {{m: {{name: M, {model} routes: [{listed}]}}}}"
    ).catalog


def amount(value: Decimal) -> str:
    """A price as a catalog has it: a bare zero would be none."""
    return f"{value}" if value else "free"


def price_list(prices: Sequence[str]) -> str:
    return f"prices: [{', '.join(f'{{{line}}}' for line in prices)}]"


def cost(*prices: str, of: Traffic | None = None) -> MonthlyCost | NoCost:
    made = catalog(price_list(prices))
    return monthly_cost(made, made.models["m"], of or traffic(), DAY)


def total(*prices: str, of: Traffic | None = None) -> MonthlyCost:
    found = cost(*prices, of=of)
    assert isinstance(found, MonthlyCost)
    return found


def why(*prices: str, of: Traffic | None = None) -> Why:
    found = cost(*prices, of=of)
    assert isinstance(found, NoCost)
    return found.why


def asked(prices: Sequence[str], route: str = "", /, **usage: Any) -> Cost | NoCost:
    """One request at a route with these prices."""
    made = catalog(f"{route + ', ' if route else ''}{price_list(prices)}")
    (only,) = made.models["m"].routes.value or ()
    return request_cost(made, only, Usage(**{"moment": DAY, **usage}))


def paid(prices: Sequence[str], route: str = "", /, **usage: Any) -> Cost:
    found = asked(prices, route, **usage)
    assert isinstance(found, Cost), found
    return found


def breakdown(found: Cost, *names: str) -> list[tuple[Any, ...]]:
    """Some fields of the lines."""
    return [tuple(getattr(line, name) for name in names) for line in found.lines]


AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=9) | st.sampled_from(
    [Decimal(text) for text in ("0", "1e-30", "9" * 30, "1e30", "0.1", "1." + "3" * 29, "1e-30")]
)
SHARES = st.decimals(min_value=0, max_value=1, places=6) | st.sampled_from([Decimal("1e-30"), Decimal("0." + "7" * 30)])
THIN = Decimal("1." + "3" * 29 + "e-30")
"""As small and as long as a number can be."""
VAST = Decimal("1e30")
COUNTS = st.integers(1, 10**9) | st.just(10**29)


@given(
    AMOUNTS, AMOUNTS, st.none() | AMOUNTS, st.none() | AMOUNTS, COUNTS, AMOUNTS, AMOUNTS, SHARES, SHARES, st.booleans()
)
@example(VAST, THIN, THIN, THIN, 10**29, VAST, THIN, THIN, THIN, True)
def test_a_total_is_exact(
    into: Decimal,
    out: Decimal,
    cache: Decimal | None,
    fee: Decimal | None,
    requests: int,
    tokens_in: Decimal,
    tokens_out: Decimal,
    hit: Decimal,
    batch: Decimal,
    batch_priced: bool,
) -> None:
    line = f"input: {amount(into)}, output: {amount(out)}"
    line += f", cache_read: {amount(cache)}" if cache is not None else ""
    line += f", request: {amount(fee)}" if fee is not None else ""
    lines = [line, *([f"{line}, when: {{service: batch}}"] if batch_priced else [])]
    of = traffic(requests=requests, input=tokens_in, output=tokens_out, cache_hit=hit, batch=batch)
    reading = into if cache is None else cache
    each = (
        Fraction(tokens_in) * (1 - Fraction(hit)) * Fraction(into) / MILLION
        + Fraction(tokens_in) * Fraction(hit) * Fraction(reading) / MILLION
        + Fraction(tokens_out) * Fraction(out) / MILLION
        + Fraction(fee or 0)
    )
    used = ((into, tokens_in * (1 - hit)), (reading, tokens_in * hit), (out, tokens_out), (fee, fee is not None))
    charged = [price for price, count in used if count]
    if charged and not any(charged):
        assert why(*lines, of=of) is Why.FREE
        return
    found = total(*lines, of=of)
    assert Fraction(found.total) == each * requests
    assert Fraction(found.total) == sum(Fraction(part.cost) for part in found.lines)


def test_a_zero_is_a_price_only_where_it_is_called_free() -> None:
    assert total("input: 1, output: free").total == 2
    assert why("input: 1, output: 0") is why("input: 0, output: 0") is Why.MISSING
    assert why("input: free, output: free") is why("input: 0, output: 0, free: true") is Why.FREE
    assert total("input: free, output: free, request: 0.01").total == 10
    accepted = "input: 0, output: 1, accept: price-range, note: It is."
    assert why(accepted) is Why.MISSING


def test_a_free_route_is_never_the_cheapest() -> None:
    free, paid = "prices: [{input: free, output: free}]", "region: eu, prices: [{input: 1, output: 1}]"
    made = catalog(free, paid)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.assumptions) == ("eu", (Assumption.OFFERS_NOT_COUNTED,))


def test_reading_the_cache_falls_back_to_the_input_price_and_says_so() -> None:
    of = traffic(cache_hit="0.5")
    for line in ("input: 1, output: free", "input: 1, output: free, cache_read: 0"):
        assert total(line, of=of).assumptions == (Assumption.CACHE_READ_AT_INPUT,)
        assert total(line, of=of).total == 2
    assert total("input: 1, output: free, cache_read: 0.5", of=of).assumptions == ()
    assert total("input: 1, output: free, cache_read: 0.5", of=of).total == Decimal("1.5")
    assert total("input: 1, output: free, cache_read: free", of=of).total == 1
    assert total("input: 1, output: free", of=traffic()).assumptions == ()


def test_what_is_written_to_the_cache_counts() -> None:
    of = traffic(input=1000, cache_hit="0.5", cache_write="0.2")
    line = "input: 1, output: free, cache_read: 0.1"
    written = total(f"{line}, cache_write: 1.25", of=of)
    assert written.total == Decimal("0.05") + Decimal("0.25") + Decimal("0.3")
    assert written.assumptions == ()
    assert written.writing == 0
    assert total(line, of=of).total == Decimal("0.55")
    assert total(line, of=of).assumptions == (Assumption.CACHE_WRITE_AT_INPUT,)


@pytest.mark.parametrize(
    ("line", "hit", "most"),
    [
        ("input: 1, output: 1, cache_write: 1.25", "0.5", "0.25"),
        ("input: 1, output: 1, cache_write: 1.25", "0.25", "0.375"),
        ("input: 1, output: 1, cache_write: 1.25", "0", "0"),
        ("input: 1, output: 1, cache_write: 0.5", "0.5", "0"),
        ("input: 1, output: 1", "0.5", "0"),
    ],
)
def test_the_most_that_writing_could_add(line: str, hit: str, most: str) -> None:
    found = total(line, of=traffic(cache_hit=hit))
    assert found.writing == Decimal(most)
    everything = total(line, of=traffic(cache_hit=hit, cache_write=1 - Decimal(hit)))
    assert everything.writing == 0
    if Decimal(hit) and "cache_write" in line:
        assert max(everything.total - found.total, 0) == found.writing


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("cache_write: 1.25, cache_write_1h: 2", "1"),
        ("cache_write: 1.25, cache_write_1h: 1.1", "0.25"),
        ("cache_write_1h: 2", "1"),
    ],
)
def test_what_is_written_may_be_kept_for_an_hour(line: str, most: str) -> None:
    assert total(f"input: 1, output: 1, {line}", of=traffic(cache_hit="0.5")).writing == Decimal(most)


def test_the_batch_service_falls_back_to_the_standard_price_and_says_so() -> None:
    of = traffic(batch="0.25")
    plain = "input: 1, output: 2"
    assert total(plain, of=of).total == total(plain).total == 3
    assert total(plain, of=of).assumptions == (Assumption.BATCH_AT_STANDARD,)
    half = "input: 1, when: {service: batch}"
    assert total(plain, half, of=of).assumptions == (Assumption.BATCH_AT_STANDARD,)
    both = "input: 0.5, output: 1, when: {service: batch}"
    assert total(plain, both, of=of).assumptions == ()
    assert total(plain, both, of=of).total == Decimal("2.625")


def test_all_in_batch_needs_no_standard_price() -> None:
    of = traffic(batch=1)
    assert total("input: 1, output: 2, when: {service: batch}", of=of).total == 3
    assert isinstance(cost("input: 1, output: 2, when: {service: batch}", of=traffic(batch="0.5")), NoCost)


def test_the_size_of_the_request_chooses_the_price() -> None:
    lines = ("input: 1, output: 1", "input: 2, output: 2, when: {input_above: 2000}")
    assert total(*lines, of=traffic(input=2000, output=0)).total == 2
    assert total(*lines, of=traffic(input=2001, output=0)).total == Decimal("4.002")


@pytest.mark.parametrize(
    ("prices", "missing"),
    [
        (["input: 1"], ("output",)),
        (["output: 1"], ("input",)),
        (["cache_read: 1"], ("input", "output")),
    ],
)
def test_without_both_prices_there_is_no_total_and_it_says_which(prices: list[str], missing: tuple[str, ...]) -> None:
    found = cost(*prices)
    assert isinstance(found, NoCost)
    assert (found.why, found.missing) == (Why.MISSING, missing)


def test_prices_of_two_routes_are_never_put_together() -> None:
    made = catalog("prices: [{input: 1}]", "prices: [{output: 1}]")
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, NoCost)
    assert (found.why, found.missing) == (Why.MISSING, ())


@pytest.mark.parametrize(
    ("routes", "why"),
    [
        ("n/a", Why.NOT_APPLICABLE),
        ("undisclosed", Why.UNDISCLOSED),
        ("unknown", Why.NO_ROUTE),
        ("[]", Why.NO_ROUTE),
        ("[{provider: p, prices: undisclosed}]", Why.UNDISCLOSED),
        ("[{provider: p, prices: [{free: true}]}]", Why.FREE),
        ("[{provider: p, prices: [{plan: true}]}]", Why.PLAN),
        ("[{provider: p, prices: [{dynamic: true}]}]", Why.DYNAMIC),
        ("[{provider: p, prices: [{free: true}]}, {provider: p, region: eu}]", Why.FREE),
        ("[{provider: p, prices: [{plan: true}]}, {provider: p, prices: [{dynamic: true}]}]", Why.PLAN),
        ("[{provider: p, prices: undisclosed}, {provider: p, prices: n/a}]", Why.UNDISCLOSED),
        ("[{provider: p, prices: undisclosed}, {provider: p}]", Why.MISSING),
        ("[{provider: p}]", Why.MISSING),
        ("[{provider: p, prices: [{input: 1, output: 1, when: {days: [mon]}}]}]", Why.CONDITIONS),
        ("[{provider: p, prices: [{input: 1, output: 1, when: {service: batch}}]}]", Why.CONDITIONS),
        ("[{provider: p, prices: [{input: 1, output: 1, when: {region: eu}}]}]", Why.CONDITIONS),
        ("[{provider: p, prices: [{input: 1, when: {region: eu}}]}]", Why.MISSING),
    ],
)
def test_why_there_is_no_total(routes: str, why: Why) -> None:
    made = loaded(f"providers: {{p: {{name: P}}}}\nmodels: {{m: {{name: M, routes: {routes}}}}}").catalog
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, NoCost)
    assert found.why is why


def test_a_free_route_does_not_hide_the_priced_one() -> None:
    made = catalog("prices: [{free: true}]", "prices: [{input: 1, output: 1}]")
    assert isinstance(monthly_cost(made, made.models["m"], traffic(), DAY), MonthlyCost)


def test_the_cheapest_route_is_taken_in_the_catalogs_currency_first() -> None:
    made = catalog(
        "prices: [{input: 1, output: 1, currency: EUR}]",
        "region: a, prices: [{input: 3, output: 3}]",
        "region: b, prices: [{input: 2, output: 2}]",
    )
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.currency, found.total) == ("b", "USD", Decimal(5))


# What can be served, today, and is told in full


def of_model(*routes: str, model: str = "", day: date | None = DAY, of: Traffic | None = None) -> MonthlyCost | NoCost:
    """The month of one model at some routes."""
    made = catalog(*routes, model=model)
    return monthly_cost(made, made.models["m"], of or traffic(), day)


ONE = "prices: [{input: 1, output: 1}]"
LIMIT = {
    "context_window": (Why.TOO_LONG, 2500),
    "max_input": (Why.INPUT_TOO_LONG, 2000),
    "max_output": (Why.OUTPUT_TOO_LONG, 500),
}


@pytest.mark.parametrize("name", LIMIT)
def test_a_request_over_a_limit_of_the_route_or_else_of_the_model_has_no_total(name: str) -> None:
    over, size = LIMIT[name]
    below, enough = f"{name}: {size - 1}", f"{name}: {size}"
    for found in (of_model(f"{below}, {ONE}"), of_model(ONE, model=f"{below},")):
        assert isinstance(found, NoCost)
        assert (found.why, found.tokens, found.limit) == (over, size, size - 1)
    for found in (
        of_model(f"{enough}, {ONE}"),
        of_model(f"{enough}, {ONE}", model=f"{below},"),
        of_model(f"{name}: undisclosed, {ONE}", model=f"{below},"),
    ):
        assert isinstance(found, MonthlyCost)
    highest = of_model(*(f"region: r{i}, {name}: {limit}, {ONE}" for i, limit in enumerate((1, 3, 2))))
    assert isinstance(highest, NoCost)
    assert highest.limit == 3


@pytest.mark.parametrize("name", LIMIT)
def test_a_limit_on_which_sources_disagree_decides_nothing(name: str) -> None:
    _, size = LIMIT[name]

    def within(low: int, high: int, *others: str) -> MonthlyCost | NoCost:
        readings = ", ".join(f"{{value: {value}, source: s{value}}}" for value in (low, high))
        return of_model(f"{name}: {{values: [{readings}]}}, {ONE}", *others)

    open_ = within(size - 1, size)
    assert isinstance(open_, NoCost)
    assert open_.why is Why.DISPUTED
    over = within(size - 2, size - 1)
    assert isinstance(over, NoCost)
    assert (over.why, over.limit) == (LIMIT[name][0], size - 1)
    assert isinstance(within(size, size + 1), MonthlyCost)
    # Another route may still serve it, and where none does, it is not said that the request is too long.
    assert isinstance(within(size - 1, size, f"region: r, {ONE}"), MonthlyCost)
    both = within(size - 1, size, f"region: r, {name}: 1, {ONE}")
    assert isinstance(both, NoCost)
    assert both.why is Why.DISPUTED


def test_one_request_has_the_same_limits() -> None:
    assert paid(["input: 1"], "max_input: 10", input=10).total == Decimal("0.00001")
    found = asked(["input: 1"], "max_input: 10", input=11)
    assert isinstance(found, NoCost)
    assert found.why is Why.INPUT_TOO_LONG
    made = catalog(ONE, model="max_output: 5,")
    (only,) = made.models["m"].routes.value or ()
    assert isinstance(request_cost(made, only, Usage(output=6, moment=DAY)), Cost)
    assert isinstance(request_cost(made, only, Usage(output=6, moment=DAY), model=made.models["m"]), NoCost)


@pytest.mark.parametrize(
    ("model", "route", "expected"),
    [
        ("", "", None),
        ("lifecycle: {status: shutdown},", "", Why.ENDED),
        ("lifecycle: {shutdown: 2026-06-15},", "", Why.ENDED),
        ("lifecycle: {status: deprecated, shutdown: 2026-06-16},", "", None),
        ("lifecycle: {shutdown: 2026-06},", "", None),
        ("released: 2026-07,", "", Why.ANNOUNCED),
        ("", "lifecycle: {shutdown: 2026-06-01},", Why.ENDED),
        ("", "lifecycle: {shutdown: 2026-07},", None),
    ],
)
def test_only_what_is_alive_has_a_total(model: str, route: str, expected: Why | None) -> None:
    made = catalog(f"{route} {ONE}", model=model)
    (only,) = made.models["m"].routes.value or ()
    for found in (
        monthly_cost(made, made.models["m"], traffic(), DAY),
        route_cost(made, made.models["m"], only, traffic(), DAY),
    ):
        assert (found.why if isinstance(found, NoCost) else None) is expected
    without_day = monthly_cost(made, made.models["m"], traffic(), None)
    assert isinstance(without_day, NoCost) is ("status: shutdown" in model)


def test_a_route_that_has_ended_leaves_the_total_to_the_living_ones() -> None:
    gone = (
        "region: a, prices: [{input: 0.1, output: 0.1, until: 2026-01-01}]",
        f"region: b, lifecycle: {{status: shutdown}}, {ONE}",
    )
    found = of_model(*gone, "region: c, prices: [{input: 2, output: 2}]")
    assert isinstance(found, MonthlyCost)
    assert found.route.region == "c"
    found = of_model(*gone, "region: c, prices: [{input: 2, output: 2, from: 2027-01-01}]")
    assert isinstance(found, NoCost)
    assert found.why is Why.ENDED
    # A route that is sold, at a price that nobody knows, is not over.
    found = of_model(*gone, "region: c")
    assert isinstance(found, NoCost)
    assert found.why is Why.MISSING


STEP = "prices: [{input: 2, output: 2}, {input: 4, output: 3, when: {input_above: 1999}}]"


@pytest.mark.parametrize(
    ("rest", "tokens", "region"),
    [
        ("", 2000, "full"),
        ("", 1999, "flat"),
        ("charges: complete, ", 2000, "flat"),
        ("charges: incomplete, ", 1999, "full"),
        ("lifecycle: {shutdown: 2026-01-01}, ", 1000, "full"),
    ],
)
def test_a_price_list_without_the_step_of_another_is_no_cheapest(rest: str, tokens: int, region: str) -> None:
    found = of_model(f"region: flat, {rest}{ONE}", f"region: full, {STEP}", of=traffic(input=tokens))
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.is_complete) == (region, True)


@pytest.mark.parametrize(
    ("step", "batch", "is_complete"),
    [
        ("when: {input_above: 1999}", 0, False),
        ("scope: marginal, when: {input_above: 1999}", 0, False),
        ("when: {input_above: 1999, service: batch}", 0, True),
        ("when: {input_above: 1999, service: batch}", "0.5", False),
        ("when: {input_above: 1999, service: flex}", "0.5", True),
        ("when: {input_above: 1999, region: us}", 0, True),
        ("when: {input_above: 1999}, until: 2026-06-15", 0, True),
    ],
)
def test_a_step_counts_where_a_request_would_meet_it(step: str, batch: Any, is_complete: bool) -> None:
    other = f"region: eu, prices: [{{output: 3}}, {{output: 9, {step}}}]"
    found = of_model(f"region: flat, {ONE}", other, of=traffic(batch=batch))
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.is_complete) == ("flat", is_complete)
    assert (Assumption.INCOMPLETE in found.assumptions) is not is_complete
    priced = of_model("region: flat, prices: [{input: 1}, {output: 1}, {output: 2, when: {input_above: 5000}}]", other)
    assert isinstance(priced, MonthlyCost)
    assert priced.is_complete


def test_a_step_of_what_a_request_does_not_use_is_no_matter() -> None:
    other = "region: eu, prices: [{output: 3, cache_read: 1}, {cache_read: 2, when: {input_above: 1}}]"
    found = of_model(f"region: flat, {ONE}", other, of=traffic(cache_hit="0.5"))
    assert isinstance(found, MonthlyCost)
    assert found.is_complete


def test_all_routes_that_ask_the_least_are_named() -> None:
    euro = "region: e, prices: [{input: 1, output: 1, currency: EUR}]"
    made = catalog(
        euro,
        f"region: a, {ONE}",
        "region: d, prices: [{input: 2, output: 2}]",
        f"region: b, {ONE}",
        rates="{from: EUR, to: USD, rate: 1, date: 2026-06-01}",
    )
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, [route.region for route in found.level]) == ("a", ["e", "b"])


@pytest.mark.parametrize(
    "model",
    ["kind: embedding-model,", "kind: reranker,", "modalities: {input: [text], output: [file]},"],
)
def test_a_model_without_output_is_counted_by_its_input(model: str) -> None:
    found = of_model("max_output: 1, prices: [{input: 1, output: 0}]", model=model)
    assert isinstance(found, MonthlyCost)
    assert (found.total, found.assumptions) == (Decimal(2), (Assumption.OUTPUT_NOT_COUNTED,))
    nothing = of_model("prices: [{output: 1}]", model=model)
    assert isinstance(nothing, NoCost)
    assert nothing.missing == ("input",)
    chat = of_model(ONE, model="kind: chat-product, modalities: {input: [text], output: [text]},")
    assert isinstance(chat, MonthlyCost)
    assert comparable(catalog(ONE), (found, chat), DAY) == ()
    assert comparable(catalog(ONE), (found, found), DAY) == (found, found)


# One request


def test_a_bill_names_what_was_used_and_what_it_was_charged_at() -> None:
    found = paid(
        ["input: 2, output: 10, cache_read: 0.2, note: standard", "web_search: 10, currency: USD", "request: 0.001"],
        input=1000,
        cache_read=600,
        output=100,
        web_searches=2,
        requests=3,
    )
    assert breakdown(found, "component", "amount", "per", "unit", "count", "cost") == [
        ("cache_read", Decimal("0.2"), MILLION, "tokens", 1800, Decimal("0.00036")),
        ("input", Decimal(2), MILLION, "tokens", 1200, Decimal("0.0024")),
        ("output", Decimal(10), MILLION, "tokens", 300, Decimal("0.003")),
        ("web_search", Decimal(10), 1000, "searches", 6, Decimal("0.06")),
        ("request", Decimal("0.001"), 1, "requests", 3, Decimal("0.003")),
    ]
    assert (found.total, found.currency, found.assumptions) == (Decimal("0.06876"), "USD", ())
    assert found.lines[0].price.note == "standard"
    assert all(line.assumptions == () for line in found.lines)


PLAIN = "input: 1, output: 100"
FALLBACKS = {
    "cache_read": ("input", Assumption.CACHE_READ_AT_INPUT),
    "cache_write": ("input", Assumption.CACHE_WRITE_AT_INPUT),
    "cache_write_1h": ("input", Assumption.CACHE_WRITE_AT_INPUT),
    "audio_input": ("input", Assumption.MEDIA_AT_INPUT),
    "image_input": ("input", Assumption.MEDIA_AT_INPUT),
    "video_input": ("input", Assumption.MEDIA_AT_INPUT),
    "reasoning": ("output", Assumption.REASONING_AT_OUTPUT),
    "audio_output": ("output", Assumption.MEDIA_AT_OUTPUT),
    "image_output": ("output", Assumption.MEDIA_AT_OUTPUT),
}


@pytest.mark.parametrize("component", FALLBACKS)
def test_a_part_without_a_price_counts_as_the_whole_and_says_so(component: str) -> None:
    charged, assumption = FALLBACKS[component]
    counts = {charged: 1000, component: 400}
    found = paid([PLAIN], **counts)
    assert found.assumptions == (assumption,)
    assert {line.component: line.quote.component for line in found.lines} == {charged: charged, component: charged}
    assert [line.assumptions for line in found.lines if line.component == component] == [(assumption,)]
    assert found.total == paid([PLAIN], **{charged: 1000}).total
    priced = paid([PLAIN, f"{component}: 7"], **counts)
    assert priced.assumptions == ()
    assert priced.total == Decimal(600 * (1 if charged == "input" else 100) + 400 * 7) / MILLION


def test_audio_from_the_cache_falls_back_step_by_step() -> None:
    counts = {"input": 1000, "audio_cache_read": 1000}
    assert paid([PLAIN, "audio_cache_read: 3", "audio_input: 5"], **counts).total == Decimal("0.003")
    halfway = paid([PLAIN, "audio_input: 5", "cache_read: 0.1"], **counts)
    assert (halfway.total, halfway.assumptions) == (Decimal("0.005"), (Assumption.CACHE_READ_AT_INPUT,))
    plain = paid([PLAIN], **counts)
    assert plain.total == Decimal("0.001")
    assert plain.assumptions == (Assumption.CACHE_READ_AT_INPUT, Assumption.MEDIA_AT_INPUT)


def test_every_component_is_used_or_falls_back() -> None:
    used = {*FALLBACKS, *PIECES, "audio_cache_read", "input", "output", "request", "web_search"}
    assert used == {*PRICE_COMPONENTS}


@pytest.mark.parametrize("name", sorted(PIECES))
def test_a_piece_is_paid_by_its_own_unit(name: str) -> None:
    found = paid([PLAIN, f"{name}: 7"], input=1000, pieces={name: 3}, requests=2)
    assert found.total == Decimal("0.002") + Decimal(7 * 3 * 2) / PRICE_COMPONENTS[name].per
    priced = PRICE_COMPONENTS[name]
    lines = [("input", 2000, "tokens", MILLION), (name, 6, priced.unit, priced.per)]
    assert breakdown(found, "component", "count", "unit", "per") == lines


def test_a_piece_without_a_price_is_missing_and_one_that_is_none_is_refused() -> None:
    without = asked([PLAIN], input=1000, pieces={"page": 1})
    assert isinstance(without, NoCost)
    assert without.missing == ("page",)
    with pytest.raises(ValueError, match="“web_search” is none of audio_hour"):
        Usage(pieces={"web_search": 1})
    with pytest.raises(TypeError, match=r"page is 0\.5"):
        Usage(pieces={"page": 0.5})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("prices", "counts", "missing"),
    [
        (["output: 1"], {"input": 1, "output": 1}, ("input",)),
        (["input: 1"], {"input": 1, "output": 1}, ("output",)),
        ([PLAIN], {"input": 1, "web_searches": 1}, ("web_search",)),
        (["request: 1"], {"input": 5, "cache_read": 5, "reasoning": 1, "output": 1}, ("input", "output")),
    ],
)
def test_what_is_used_and_has_no_price_is_named(
    prices: list[str], counts: dict[str, int], missing: tuple[str, ...]
) -> None:
    found = asked(prices, **counts)
    assert isinstance(found, NoCost)
    assert (found.why, found.missing) == (Why.MISSING, missing)


def test_what_is_not_used_needs_no_price() -> None:
    assert paid(["input: 1"], input=MILLION).total == 1
    assert paid(["output: 1"], output=MILLION).total == 1
    assert paid(["cache_read: 1"], input=MILLION, cache_read=MILLION).total == 1
    assert paid([PLAIN]).total == 0
    assert isinstance(asked(["input: 1, until: 2026-01-01"]), NoCost)


def test_a_fee_is_for_each_request_and_absent_where_it_is_not_stated() -> None:
    assert paid(["input: 1, request: 0.01"], input=1, requests=3).total == Decimal("0.030003")
    assert paid(["input: 1"], input=1, requests=3).assumptions == ()


SERVICES = (
    "input: 4, output: 8, cache_read: 1",
    "input: 2, output: 4, when: {service: batch}",
    "input: 9, when: {service: fast}",
)


def test_a_service_without_a_price_falls_back_by_component_and_says_so() -> None:
    counts = {"input": MILLION, "cache_read": MILLION // 2, "output": MILLION}
    batch = paid(SERVICES, service=Service.BATCH, **counts)
    assert batch.total == Decimal("0.5") + 1 + 4
    assert {line.component: line.assumptions for line in batch.lines} == {
        "cache_read": (Assumption.BATCH_AT_STANDARD,),
        "input": (),
        "output": (),
    }
    fast = paid(SERVICES, service=Service.FAST, **counts)
    assert fast.total == Decimal("0.5") + Decimal("4.5") + 8
    assert fast.assumptions == (Assumption.SERVICE_AT_STANDARD,)
    flex = paid(SERVICES, service=Service.FLEX, **counts)
    assert flex.total == paid(SERVICES, **counts).total
    assert flex.assumptions == (Assumption.SERVICE_AT_STANDARD,)


def test_a_service_never_stands_in_for_the_standard_price() -> None:
    found = asked(["output: 1", "input: 1, when: {service: batch}"], input=1, output=1)
    assert isinstance(found, NoCost)
    assert found.missing == ("input",)


def test_the_region_asked_for_comes_before_that_of_the_route() -> None:
    lines = ["input: 1", "input: 2, when: {region: eu}", "input: 3, when: {region: us}"]
    assert paid(lines, input=MILLION).total == 1
    assert paid(lines, "region: eu", input=MILLION).total == 2
    assert paid(lines, "region: eu", input=MILLION, region="us").total == 3
    assert paid(lines, "region: eu", input=MILLION, region="asia").total == 1


def test_a_moment_counts_by_its_day_in_utc() -> None:
    lines = ["input: 1, until: 2026-07-01", "input: 2, from: 2026-07-01"]
    tokyo = ZoneInfo("Asia/Tokyo")
    assert paid(lines, input=MILLION, moment=datetime(2026, 7, 1, 8, 59, tzinfo=tokyo)).total == 1
    assert paid(lines, input=MILLION, moment=datetime(2026, 7, 1, 9, 0, tzinfo=tokyo)).total == 2
    assert paid(lines, input=MILLION, moment=date(2026, 7, 1)).total == 2
    assert isinstance(asked(lines, input=MILLION, moment=None), NoCost)


NIGHT = [
    "input: 1",
    'input: 2, when: {hours: {from: "22:00", to: "06:00"}, days: [fri], timezone: Europe/Berlin}',
]


@pytest.mark.parametrize(
    ("moment", "amount"),
    [
        ((2026, 6, 19, 21, 59), 1),
        ((2026, 6, 19, 22, 0), 2),
        ((2026, 6, 20, 5, 59), 2),
        ((2026, 6, 20, 6, 0), 1),
        ((2026, 6, 20, 22, 0), 1),
        ((2026, 6, 19, 5, 0), 1),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment: tuple[int, int, int, int, int], amount: int) -> None:
    there = datetime(*moment, tzinfo=ZoneInfo("Europe/Berlin"))
    assert paid(NIGHT, input=MILLION, moment=there).total == amount
    assert paid(NIGHT, input=MILLION, moment=there.astimezone(ZoneInfo("Asia/Tokyo"))).total == amount


@pytest.mark.parametrize(
    ("utc", "amount"),
    [
        # The night of 28 March skips 02:00 to 03:00, that of 24 October has it twice.
        ((2026, 3, 29, 0, 59), 1),
        ((2026, 3, 29, 1, 0), 1),
        ((2026, 10, 24, 23, 59), 1),
        ((2026, 10, 25, 0, 0), 2),
        ((2026, 10, 25, 0, 59), 2),
        ((2026, 10, 25, 1, 0), 2),
        ((2026, 10, 25, 1, 59), 2),
        ((2026, 10, 25, 2, 0), 1),
    ],
)
def test_hours_go_by_the_clock_on_the_wall(utc: tuple[int, int, int, int, int], amount: int) -> None:
    lines = ["input: 1", 'input: 2, when: {hours: {from: "02:00", to: "03:00"}, timezone: Europe/Berlin}']
    assert paid(lines, input=MILLION, moment=datetime(*utc, tzinfo=UTC)).total == amount


@given(st.integers(0, 1439), st.integers(0, 1439), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))
def test_a_window_and_what_is_left_of_the_day_never_meet(start: int, end: int, moment: datetime) -> None:
    first, last = (f"{clock // 60:02}:{clock % 60:02}" for clock in (start, end if end != start else (end + 1) % 1440))
    zone = "timezone: America/St_Johns"
    lines = [
        f'input: 1, when: {{hours: {{from: "{first}", to: "{last}"}}, {zone}}}',
        f'input: 2, when: {{hours: {{from: "{last}", to: "{first}"}}, {zone}}}',
    ]
    made = catalog(price_list(lines))
    assert len((made.models["m"].routes.value or ())[0].prices.value or ()) == 2
    assert paid(lines, input=MILLION, moment=moment.replace(tzinfo=UTC)).total in {1, 2}


@pytest.mark.parametrize("moment", [DAY, None])
def test_without_an_hour_prices_of_hours_do_not_count_and_it_says_so(moment: date | None) -> None:
    lines = ["input: 1, output: 1", "input: 0.5, when: {days: [mon, tue, wed, thu, fri, sat, sun]}"]
    found = paid(lines, input=MILLION, moment=moment)
    assert (found.total, found.assumptions) == (Decimal(1), (Assumption.HOURS_NOT_COUNTED,))
    assert paid(lines, output=MILLION, moment=moment).assumptions == ()
    known = paid(lines, input=MILLION, moment=datetime(2026, 6, 15, tzinfo=UTC))
    assert (known.total, known.assumptions) == (Decimal("0.5"), ())


# Sizes


CLIFF = ["input: 2.5, output: 15", "input: 5, output: 22.5, when: {input_above: 272000}"]
RANGES = [CLIFF[0], f"{CLIFF[1]}, scope: marginal"]


def test_the_whole_request_or_only_the_tokens_above() -> None:
    counts = {"input": 300_000, "output": 2000}
    assert paid(CLIFF, **counts).total == Decimal("1.545")
    assert paid(RANGES, **counts).total == Decimal("0.85")
    assert breakdown(paid(RANGES, **counts), "component", "amount", "count") == [
        ("input", Decimal("2.5"), 272_000),
        ("input", Decimal(5), 28_000),
        ("output", Decimal(15), 2000),
    ]


def test_cached_tokens_fill_the_first_range() -> None:
    lines = ["input: 10, cache_read: 1, cache_write: 20", "input: 100, scope: marginal, when: {input_above: 1000}"]
    found = paid(lines, input=1800, cache_read=600, cache_write=300)
    assert breakdown(found, "component", "amount", "count") == [
        ("cache_read", 1, 600),
        ("cache_write", 20, 300),
        ("input", 10, 100),
        ("input", 100, 800),
    ]


def test_a_range_that_changes_nothing_for_a_component_does_not_cut_its_line() -> None:
    lines = ["input: 10, cache_read: 1", "input: 100, scope: marginal, when: {input_above: 1000}"]
    found = paid(lines, input=3000, cache_read=1500)
    assert breakdown(found, "component", "amount", "count") == [("cache_read", 1, 1500), ("input", 100, 1500)]


def test_media_come_after_fresh_text() -> None:
    lines = ["input: 1, audio_input: 2", "input: 10, audio_input: 20, scope: marginal, when: {input_above: 1000}"]
    found = paid(lines, input=2000, audio_input=1000)
    assert breakdown(found, "component", "amount", "count") == [("input", 1, 1000), ("audio_input", 20, 1000)]


def test_output_counts_its_own_tokens() -> None:
    lines = ["input: 1, output: 1", "output: 5, scope: marginal, when: {input_above: 100}"]
    assert paid(lines, input=MILLION, output=100).total == Decimal("1.0001")
    assert paid(lines, output=150).total == Decimal("0.00035")
    assert paid(lines, output=150, reasoning=90).total == Decimal("0.00035")


def test_several_ranges_and_a_size_of_the_whole_request() -> None:
    lines = [
        "input: 1",
        "input: 2, scope: marginal, when: {input_above: 100}",
        "input: 3, scope: marginal, when: {input_above: 200}",
        "input: 9, when: {input_above: 1000}",
    ]
    assert paid(lines, input=50).total == Decimal("0.00005")
    assert paid(lines, input=350).total == Decimal(100 + 200 + 450) / MILLION
    assert paid(lines, input=1001).total == Decimal(9009) / MILLION


AMOUNT = st.decimals(min_value=0, max_value=100, places=4)
COUNT = st.integers(0, 500_000)


@given(
    st.lists(st.tuples(st.integers(1, 400_000), AMOUNT, AMOUNT), max_size=4, unique_by=lambda step: step[0]),
    AMOUNT,
    AMOUNT,
    COUNT,
    COUNT,
    COUNT,
    st.randoms(use_true_random=False),
)
def test_ranges_add_up_token_by_token_in_any_order_of_the_file(
    steps: list[tuple[int, Decimal, Decimal]],
    into: Decimal,
    out: Decimal,
    cached: int,
    fresh: int,
    answer: int,
    shuffle: Any,
) -> None:
    base = f"input: {amount(into)}, output: {amount(out)}, request: 1"
    ranges = [
        f"input: {amount(price)}, output: {amount(other)}, scope: marginal, when: {{input_above: {above}}}"
        for above, price, other in steps
    ]
    lines = [base, *ranges]
    shuffle.shuffle(lines)

    def spent(tokens: int, prices: Sequence[tuple[int, Decimal]]) -> Decimal:
        edges = [0, *(above for above, _ in prices), 10**9]
        amounts = [into if prices is ins else out, *(price for _, price in prices)]
        return sum(
            (
                amount * max(0, min(tokens, high) - low)
                for amount, low, high in zip(amounts, edges, edges[1:], strict=False)
            ),
            Decimal(0),
        )

    ins = sorted((above, price) for above, price, _ in steps)
    outs = sorted((above, other) for above, _, other in steps)
    found = paid(lines, input=cached + fresh, cache_read=cached, output=answer)
    assert found.total == (spent(cached + fresh, ins) + spent(answer, outs)) / MILLION + 1
    assert found.total == sum(line.cost for line in found.lines)
    if all(above >= max(cached + fresh, answer) for above, _, _ in steps):
        whole = [line.replace("scope: marginal, ", "") for line in lines]
        assert found.total == paid(whole, input=cached + fresh, output=answer).total


RICH = [
    "output: 9, cache_read: 0.11, request: 0.001",
    "input: 1.1, from: 2026-06-15",
    "input: 2.2, when: {input_above: 100}",
    "input: 0.5, output: 4, when: {service: batch}",
    "input: 3.3, until: 2026-06-15",
    "input: 4, scope: marginal, when: {input_above: 700}",
]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2000), st.sampled_from([None, *Service]))
def test_requests_add_up(one: int, other: int, tokens: int, service: Service | None) -> None:
    def of(requests: int) -> Decimal:
        return paid(RICH, input=tokens, cache_read=tokens // 3, output=70, requests=requests, service=service).total

    assert of(one) + of(other) == of(one + other)


@given(st.permutations(RICH))
def test_the_order_of_a_price_list_does_not_matter(lines: list[str]) -> None:
    counts = {"input": 1000, "cache_read": 300, "output": 70}
    assert paid(lines, **counts).total == paid(RICH, **counts).total
    assert paid(lines, service=Service.BATCH, **counts).total == paid(RICH, service=Service.BATCH, **counts).total


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates(date(2026, 1, 2), date(2026, 12, 30)))
def test_a_period_may_be_split_anywhere(moment: date, split: date) -> None:
    whole = paid(["input: 3"], input=7, moment=moment).total
    assert paid([f"input: 3, until: {split}", f"input: 3, from: {split}"], input=7, moment=moment).total == whole


# What gives no total


def test_two_prices_between_which_nothing_decides_are_both_named() -> None:
    made = catalog(price_list(["input: 1, output: 1", "input: 2, when: {region: eu}", "output: 7"]))
    model = made.models["m"]
    (route,) = model.routes.value or ()
    standing, other = (route.prices.value or ())[:2]
    twice = replace(standing, components={"input": Decimal(3)})
    prices = replace(route.prices, value=(standing, other, twice))
    clash = replace(route, prices=prices)
    found = request_cost(made, clash, Usage(input=1, moment=DAY))
    assert isinstance(found, NoCost)
    assert found.why is Why.AMBIGUOUS
    assert [(rival.price, rival.amount) for rival in found.rivals] == [(standing, Decimal(1)), (twice, Decimal(3))]
    assert isinstance(request_cost(made, clash, Usage(input=1, region="eu", moment=DAY)), Cost)
    assert isinstance(request_cost(made, clash, Usage(output=1, moment=DAY)), Cost)
    sold = replace(model, routes=replace(model.routes, value=(clash,)))
    month = monthly_cost(made, sold, traffic(), DAY)
    assert isinstance(month, NoCost)
    assert (month.why, len(month.rivals)) == (Why.AMBIGUOUS, 2)


@pytest.mark.parametrize(
    ("model", "route", "fits"),
    [
        ("context_window: 2500,", "", True),
        ("context_window: 2499,", "", False),
        ("context_window: 2499,", "context_window: 2500,", True),
        ("context_window: 9999,", "context_window: 2499,", False),
        ("context_window: 2499,", "context_window: undisclosed,", True),
        ("context_window: unknown,", "", True),
    ],
)
def test_a_request_that_does_not_fit_has_no_total(model: str, route: str, fits: bool) -> None:
    made = catalog(f"{route} prices: [{{input: 1, output: 1}}]", model=model)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost) is fits
    if isinstance(found, NoCost):
        assert found.why is Why.TOO_LONG


def test_the_route_that_fits_is_taken() -> None:
    made = catalog("context_window: 10, prices: [{input: 1, output: 1}]", "region: eu, prices: [{input: 2, output: 2}]")
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert found.route.region == "eu"
    refused = [
        route_cost(made, made.models["m"], route, traffic(), DAY) for route in made.models["m"].routes.value or ()
    ]
    assert isinstance(refused[0], NoCost)
    assert refused[0].route is (made.models["m"].routes.value or ())[0]


def test_of_several_reasons_the_one_that_says_the_most_is_given() -> None:
    made = catalog("context_window: 10, prices: [{input: 1, output: 1}]", "prices: [{free: true}]")
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, NoCost)
    assert (found.why, found.route) == (Why.TOO_LONG, None)


@pytest.mark.parametrize(
    ("usage", "message"),
    [
        ({"input": -1}, "input is -1"),
        ({"output": Decimal("NaN")}, "output is NaN"),
        ({"requests": 10**32}, "requests is 1"),
        ({"input": 10, "cache_read": 6, "audio_input": 5}, "more together than input (10)"),
        ({"output": 10, "reasoning": 11}, "more together than output (10)"),
        ({"web_searches": Decimal(-1)}, "web_searches is -1"),
        ({"moment": datetime(2026, 1, 1)}, "names no time zone"),
        ({"service": "fastest"}, "none of batch, flex, priority, fast"),
    ],
)
def test_counts_that_cannot_be_are_refused(usage: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is asserted below, without escapes
        Usage(**usage)
    assert message in str(raised.value)


@pytest.mark.parametrize("count", [1.5, True, "1"])
def test_counts_are_exact_numbers(count: Any) -> None:
    with pytest.raises(TypeError, match="neither an int nor a Decimal"):
        Usage(input=count)


# Currencies

MIXED = ("prices: [{input: 1, currency: EUR}, {output: 2}]",)
RATES = (
    "{from: EUR, to: USD, rate: 1.08, date: 2026-05-01}, {from: EUR, to: USD, rate: 1.10, date: 2026-06-15}, "
    "{from: EUR, to: USD, rate: 9, date: 2026-06-16}"
)


def test_lines_in_two_currencies_need_a_dated_rate() -> None:
    usage = Usage(input=MILLION, output=MILLION, moment=DAY)
    made = catalog(*MIXED)
    refused = request_cost(made, (made.models["m"].routes.value or ())[0], usage)
    assert isinstance(refused, NoCost)
    assert refused.why is Why.CURRENCIES
    made = catalog(*MIXED, rates=RATES)
    found = request_cost(made, (made.models["m"].routes.value or ())[0], usage)
    assert isinstance(found, Cost)
    assert (found.total, found.currency) == (Decimal("3.10"), "USD")
    assert [f"{rate.date}" for rate in found.rates] == ["2026-06-15"]


@pytest.mark.parametrize(
    "rates",
    [
        "{from: USD, to: EUR, rate: 0.5, date: 2026-05-01}",
        "{from: EUR, to: GBP, rate: 2, date: 2026-05-01}, {from: GBP, to: USD, rate: 2, date: 2026-05-01}",
        "{from: EUR, to: USD, rate: 1, date: 2026-06-16}",
        "{from: EUR, to: USD, rate: 1, date: 2026-06-01}, {from: EUR, to: USD, rate: 2, date: 2026-06-01}",
    ],
)
def test_a_rate_is_never_turned_round_chained_taken_from_the_future_or_chosen_by_chance(rates: str) -> None:
    made = catalog(*MIXED, rates=rates)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, NoCost)
    assert found.why is Why.CURRENCIES


def test_without_a_day_no_rate_counts() -> None:
    made = catalog(*MIXED, rates=RATES)
    found = monthly_cost(made, made.models["m"], traffic(), None)
    assert isinstance(found, NoCost)
    assert found.why is Why.CURRENCIES


def test_the_cheapest_route_is_found_across_currencies_by_rate() -> None:
    routes = (
        "prices: [{input: 1, output: 1}]",
        "region: eu, prices: [{input: 0.95, output: 0.95, currency: EUR}]",
        "region: uk, prices: [{input: 0.9, output: 0.9, currency: EUR}]",
        "region: cn, prices: [{input: 0.1, output: 0.1, currency: CNY}]",
    )
    made = catalog(*routes, rates=RATES)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.currency, found.total) == ("uk", "EUR", Decimal("2.25"))
    assert [rate.rate for rate in found.rates] == [Decimal("1.10")]
    # Fewer euros, but more dollars.
    made = catalog(*routes[:2], rates=RATES)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.currency) == (None, "USD")
    made = catalog(*routes)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    assert (found.route.region, found.rates) == (None, ())


def month(into: str, out: str, rest: str = "", model: str = "") -> tuple[Catalog, MonthlyCost]:
    made = catalog(f"prices: [{{input: {into}, output: {out}{rest}}}]", rates=RATES, model=model)
    found = monthly_cost(made, made.models["m"], traffic(), DAY)
    assert isinstance(found, MonthlyCost)
    return made, found


def test_totals_compare_in_one_currency_or_by_a_rate() -> None:
    made, dollars = month("1", "1")
    _, euros = month("1", "1", ", currency: EUR")
    _, yuan = month("1", "1", ", currency: CNY")
    assert comparable(made, (euros, euros), DAY) == (euros, euros)
    assert [(cost.total, cost.currency) for cost in comparable(made, (dollars, euros), DAY)] == [
        (Decimal("2.5"), "USD"),
        (Decimal("2.75"), "USD"),
    ]
    assert comparable(made, (dollars, yuan), DAY) == ()


def test_prices_of_hours_are_said_not_to_count_in_a_month() -> None:
    found = total("input: 1, output: 1", "input: 0.5, when: {days: [sat, sun]}")
    assert (found.total, found.assumptions) == (Decimal("2.5"), (Assumption.HOURS_NOT_COUNTED,))


def test_the_page_on_cost_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    failed, tried = doctest.testfile(f"{REPOSITORY}/docs/cost.md", module_relative=False, encoding="utf-8")
    assert tried > 8
    assert failed == 0

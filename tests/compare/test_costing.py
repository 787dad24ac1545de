"""What a month costs: exactly, and only where every price is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.records import Traffic
from sphinx_modelcmp.compare.costing import Assumption, MonthlyCost, NoCost, Why, monthly_cost
from tests.compare.making import catalog_of

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog import Catalog

DAY = date(2026, 6, 15)
MILLION = 1_000_000


def traffic(**values: Any) -> Traffic:
    stated = {"requests": 1000, "input": 2000, "output": 500, **values}
    return Traffic(label="T", **{key: f"{value}" for key, value in stated.items()})


def catalog(*routes: str) -> Catalog:
    listed = ", ".join(f"{{provider: p, {route}}}" for route in routes)
    return catalog_of(f"providers: {{p: {{name: P}}}}\nmodels: {{m: {{name: M, routes: [{listed}]}}}}")


def cost(*prices: str, of: Traffic | None = None) -> MonthlyCost | NoCost:
    made = catalog(f"prices: [{', '.join(f'{{{line}}}' for line in prices)}]")
    return monthly_cost(made, made.models["m"], of or traffic(), DAY)


def total(*prices: str, of: Traffic | None = None) -> MonthlyCost:
    found = cost(*prices, of=of)
    assert isinstance(found, MonthlyCost)
    return found


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
    line = f"input: {into}, output: {out}"
    line += f", cache_read: {cache}" if cache is not None else ""
    line += f", request: {fee}" if fee is not None else ""
    lines = [line, *([f"{line}, when: {{service: batch}}"] if batch_priced else [])]
    of = traffic(requests=requests, input=tokens_in, output=tokens_out, cache_hit=hit, batch=batch)
    reading = into if cache is None else cache
    each = (
        Fraction(tokens_in) * (1 - Fraction(hit)) * Fraction(into) / MILLION
        + Fraction(tokens_in) * Fraction(hit) * Fraction(reading) / MILLION
        + Fraction(tokens_out) * Fraction(out) / MILLION
        + Fraction(fee or 0)
    )
    found = total(*lines, of=of)
    assert Fraction(found.total) == each * requests
    assert Fraction(found.total) == sum(Fraction(part.cost) for part in found.lines)


def test_zero_is_a_price() -> None:
    found = total("input: 0, output: 0")
    assert found.total == 0
    assert (found.currency, found.assumptions) == ("USD", ())


def test_reading_the_cache_falls_back_to_the_input_price_and_says_so() -> None:
    of = traffic(cache_hit="0.5")
    assert total("input: 1, output: 0", of=of).assumptions == (Assumption.CACHE_READ_AT_INPUT,)
    assert total("input: 1, output: 0", of=of).total == 2
    assert total("input: 1, output: 0, cache_read: 0.5", of=of).assumptions == (Assumption.CACHE_WRITE_NOT_COUNTED,)
    assert total("input: 1, output: 0, cache_read: 0.5", of=of).total == Decimal("1.5")
    assert total("input: 1, output: 0, cache_read: 0", of=of).total == 1
    assert total("input: 1, output: 0", of=traffic()).assumptions == ()


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
        (["input: 1, output: 1, until: 2026-06-15"], ("input", "output")),
        (["input: 1, output: 1, when: {days: [mon]}"], ("input", "output")),
        (["input: 1", "output: 1, currency: EUR"], ()),
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
        ("[{provider: p, prices: [{free: true}]}, {provider: p, region: eu}]", Why.MISSING),
        ("[{provider: p}]", Why.MISSING),
    ],
)
def test_why_there_is_no_total(routes: str, why: Why) -> None:
    made = catalog_of(f"providers: {{p: {{name: P}}}}\nmodels: {{m: {{name: M, routes: {routes}}}}}")
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


def test_prices_above_a_size_for_the_tokens_above_only_give_no_total() -> None:
    lines = ("input: 1, output: 1", "input: 2, when: {input_above: 1000}, scope: marginal")
    assert isinstance(cost(*lines), NoCost)

"""Catalogs of made-up price lists, and workloads: drawn by a seed, so that each is the same on every machine."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fields import read_record
from sphinx_modelcmp.catalog.records import Traffic
from tests.compare.making import Tree, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from sphinx_modelcmp.catalog.records import Catalog, Price

SIZES = ("200", "1000", "128000")
"""The sizes of requests at which prices change."""
RATES = [
    {"from": "EUR", "to": "USD", "rate": "1.1", "date": "2026-06-01", "source": ["bank"]},
    {"from": "EUR", "to": "USD", "rate": "1.2", "date": "2026-03-01"},
    {"from": "EUR", "to": "USD", "rate": "1.3", "date": "2026-12-01"},
    {"from": "JPY", "to": "USD", "rate": "0.0068", "date": "2026-06-01"},
    # Of two that differ on one day none counts.
    {"from": "GBP", "to": "USD", "rate": "1.31", "date": "2026-06-01"},
    {"from": "GBP", "to": "USD", "rate": "1.32", "date": "2026-06-01"},
]


def catalog(random: Random, models: int, *, dated: bool = True) -> Catalog:
    """Models with every kind of price list, also with such that no total comes of."""
    head: Tree = {"currency": random.choice(("USD", "USD", "EUR"))}
    tree = {
        "catalog": {**head, "as_of": "2026-06-15"} if dated else head,
        "sources": {"bank": {"title": "Bank"}, **{f"s{i}": {"title": f"Source {i}"} for i in range(4)}},
        "providers": {f"p{i}": {"name": f"Provider {i}"} for i in range(3)},
        "rates": RATES,
        "models": {f"m{i}": _model(random, i) for i in range(models)},
    }
    return doubled(loaded(tree).catalog, [f"m{i}" for i in range(models) if random.random() < 0.12])


def doubled(catalog: Catalog, names: Sequence[str]) -> Catalog:
    """The catalog with each price twice at the first route of some models, and nothing that decides between the two.

    The reader leaves the second one out, so this can only be made by hand.
    """
    models = dict(catalog.models)
    for name in names:
        model = models[name]
        first, *others = model.routes.value or (None,)
        if first and first.prices.value:
            prices = replace(first.prices, value=(*first.prices.value, *map(_dearer, first.prices.value)))
            held = (replace(first, prices=prices), *others)
            models[name] = replace(model, routes=replace(model.routes, value=held))
    return replace(catalog, models=models)


def _dearer(price: Price) -> Price:
    return replace(price, components={name: value + 1 for name, value in price.components.items()})


def _model(random: Random, i: int) -> Tree:
    routes: Any = [_route(random) for _ in range(random.choice((1, 1, 2, 3, 3)))]
    if random.random() < 0.08:
        routes = random.choice(("n/a", "undisclosed", []))
    maybe: Tree = {
        "context_window": random.choice(("1000", "130000", "1000000")),
        "max_input": random.choice(("900", "127999")),
        "max_output": random.choice(("1000", "128000")),
        "kind": "embedding-model",
        "released": random.choice(("2026-06-14", "2026-06-16")),
    }
    return {"name": f"Model {i}", "routes": routes, **_some(random, maybe, 0.12)}


def _route(random: Random) -> Tree:
    prices: Any = [*_usual(random), *(_price(random) for _ in range(random.choice((0, 1, 1, 2, 3, 5))))]
    if not prices or random.random() < 0.08:
        prices = random.choice(("undisclosed", "n/a", [{"free": True}], [{"plan": True}], [{"dynamic": True}]))
    maybe = {
        "region": random.choice(("eu", "us")),
        "currency": random.choice(("EUR", "JPY", "GBP")),
        "context_window": random.choice(("900", "200000")),
        "max_input": random.choice(("1001", "1000000")),
        "max_output": random.choice(("1001", "1000000")),
        "charges": random.choice(("complete", "incomplete")),
        "lifecycle": {"shutdown": random.choice(("2026-06-14", "2026-06-16"))},
    }
    return {"provider": f"p{random.randrange(3)}", "prices": prices, **_some(random, maybe, 0.12)}


def _some(random: Random, maybe: Tree, chance: float) -> Tree:
    return {name: value for name, value in maybe.items() if random.random() < chance}


def _usual(random: Random) -> list[Tree]:
    """What most price lists have."""
    if random.random() < 0.25:
        return []
    # One list is seen at many places: routes ask the same.
    listed = {"input": "1.25", "output": "10", "cache_read": "0.125", "cache_write": "1.5", "cache_write_1h": "2.5"}
    own = {"input": amount(random), "output": amount(random)}
    return [{**random.choice((listed, own, own)), "source": [f"s{random.randrange(4)}"]}]


def _price(random: Random) -> Tree:
    if random.random() < 0.1:
        return {random.choice(("free", "plan", "dynamic")): True}
    known = ("input", "output", "cache_read", "cache_write", "cache_write_1h", "batch", "request")
    names = [name for name in known if random.random() < 0.5]
    components = {name: amount(random) for name in names if name != "batch"} or {"output": amount(random)}
    line: Tree = {**components, "source": [f"s{random.randrange(4)}"], **_dates(random)}
    if random.random() < 0.2:
        line["currency"] = random.choice(("USD", "EUR", "JPY", "GBP"))
    if when := _when(random):
        line["when"] = when
        if "input_above" in when and random.random() < 0.5:
            line["scope"] = "marginal"
    return line


def _dates(random: Random) -> Tree:
    days = ("2026-01-01", "2026-06-14", "2026-06-15", "2026-06-16", "2027-01-01")
    start, end = sorted(random.sample(range(len(days)), 2))
    held = {"from": days[start], "until": days[end]}
    return {name: day for name, day in held.items() if random.random() < 0.2}


def _when(random: Random) -> Tree:
    maybe = {
        "input_above": (0.4, random.choice(SIZES)),
        "service": (0.4, random.choice(("batch", "batch", "flex"))),
        "region": (0.15, random.choice(("eu", "us"))),
        "hours": (0.1, {"from": "08:00", "to": "16:00"}),
    }
    return {name: value for name, (chance, value) in maybe.items() if random.random() < chance}


def amount(random: Random) -> str:
    """A price, now and then of nothing or of many digits."""
    return random.choice(
        (
            random.choice(("0", "free")),
            f"{random.randrange(1, 500) / 100:.2f}",
            f"{random.randrange(1, 500) / 100:.2f}",
            f"{random.randrange(1, 100_000) / 1000:.3f}",
            f"0.{random.randrange(1, 10**29):029}",
        )
    )


def traffic(random: Random) -> Traffic:
    """A workload: often beside a size at which prices change, at times of nothing, or huge."""
    near = int(random.choice(SIZES)) + random.choice((-1, 0, 1))
    sizes = ("0", "1", f"{near}", f"{random.randrange(2_000_000)}", f"{random.randrange(9999)}.5", f"{10**29 + near}")
    weights = (1, 1, 8, 8, 2, 1)
    hit = share(random)
    room = 100 - Decimal(hit.rstrip("%"))
    return read_record(
        Traffic,
        {
            "label": "T",
            "requests": random.choice(
                ("1", "7", f"{random.randrange(1, 10**6)}", f"{random.randrange(1, 10**6)}", "9" * 30)
            ),
            "input": random.choices(sizes, weights)[0],
            "output": random.choices(sizes, weights)[0],
            "cache_hit": hit,
            "cache_write": random.choice(("0", "0", f"{room / 2}%", f"{room}%")),
            "batch": share(random),
        },
    )


def share(random: Random) -> str:
    """A share as a catalog writes it."""
    return random.choice(("0", "0", "100%", f"{random.randrange(101)}%", f"{random.randrange(10_000) / 100:.2f}%"))

"""The choice between prices, made beforehand: at every size and position it is what the engine would choose."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from sphinx_modelcmp.catalog.vocabulary import Service
from sphinx_modelcmp.compare.bill import COUNTED, Part, bands, charge_of
from sphinx_modelcmp.compare.pricing import Circumstances, prices_of, routes_of
from tests.browser import priced

EDGES = [Decimal(size) + beside for size in ("0", *priced.SIZES) for beside in (Decimal("-0.5"), 0, Decimal("0.5"))]


@pytest.mark.parametrize("seed", range(4))
def test_every_size_and_every_position_has_the_charge_of_the_engine(seed: int) -> None:
    catalog = priced.catalog(Random(seed), 12, dated=seed > 0)
    day = catalog.as_of
    found = 0
    for route in (route for model in catalog.models.values() for route in routes_of(model)):
        for service in (None, Service.BATCH):
            made = bands(catalog, route, day, service)
            for size in EDGES[1:]:
                band = [band for band in made if band.above < size or not band.above][-1]
                for i, name in enumerate(COUNTED):
                    for position in EDGES[1:]:
                        step = [step for step in band.steps[i] if step.start <= position][-1]
                        asked = Circumstances(size, service, route.region, day)
                        part = Part(name, position, Decimal(1))
                        assert step.charge == charge_of(catalog, route, prices_of(route, day), asked, part)
                        found += 1
    assert found > 1000


def test_a_price_that_no_size_changes_has_one_step() -> None:
    catalog = priced.catalog(Random(3), 12)
    routes = [route for model in catalog.models.values() for route in routes_of(model)]
    plain = [route for route in routes if not any(price.when for price in route.prices.value or ())]
    assert plain
    for route in plain:
        (band,) = bands(catalog, route, catalog.as_of, None)
        assert [len(steps) for steps in band.steps] == [1] * len(COUNTED)

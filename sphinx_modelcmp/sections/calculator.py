"""Data for the script in the reader's browser that calculates a month at other workloads, as the engine would.

The rules by which one price outranks another stay here: the script gets their results, see ``compare/bill.py``.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import PRICE_COMPONENTS, Charges, Scope, Service
from sphinx_modelcmp.compare.bill import EXACT, bands, lacking
from sphinx_modelcmp.compare.costing import (
    LIMITS,
    Market,
    NoCost,
    limits_at,
    no_cost,
    rate_on,
)
from sphinx_modelcmp.compare.pricing import TOLD_FIRST, Why, gives_output, priced_by_hours, prices_of, why_unpriced
from sphinx_modelcmp.compare.readings import worlds
from sphinx_modelcmp.sections import values
from sphinx_modelcmp.sections.blocks import Calculator, SourceMark, cited
from sphinx_modelcmp.sections.language import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Model, Price, Rate, Route
    from sphinx_modelcmp.compare.bill import Band, Charge
    from sphinx_modelcmp.sections.blocks import Block
    from sphinx_modelcmp.sections.page import Page


FIELDS = {
    "requests": mark("Requests a month"),
    "input": mark("Input tokens a request"),
    "output": mark("Output tokens a request"),
    "cache": mark("Input read from the cache, in percent"),
    "write": mark("Input written to the cache, in percent"),
    "batch": mark("Requests sent as a batch, in percent"),
}
"""Inputs of the reader, each with its label."""

PHRASES = {
    "legend": mark("Count with your own numbers"),
    "routes": mark("Routes"),
    "route": mark("Route of {model}"),
    "cheapest": mark("The cheapest one"),
    "reset": mark("Back to the workload of this page"),
    "none": mark("None"),
    "apart": mark("Not comparable"),
    "best": mark("best"),
    "aside": mark("{value} ({asides})"),
    "own": mark(
        "The table and its notes are for your own numbers. All other text on this page is for the workload of the page."
    ),
    "lowest": mark("The lowest total is {total}: {models}."),
    "restored": mark("The table shows the workload of this page again."),
    "ignored": mark(
        "The address of this page holds numbers that cannot be used here, and that were left out: {names}."
    ),
    "kept": mark("The table still shows the last number that could be used."),
    "empty": mark("A number is missing."),
    "unreadable": mark("This cannot be read as a number. Write it as {example}, or without any separators."),
    "ambiguous": mark(
        "This can be read as {one} or as {other}. Write it without the separator, or with more decimals."
    ),
    "negative": mark("The number cannot be below zero."),
    "whole": mark("This has to be a whole number above zero."),
    "long": mark("The number has too many digits: {most} are the most."),
    "percent": mark("This has to be a percentage from 0 to 100."),
    "shares": mark("More than all of the input is read from the cache or written to it."),
    "writing": values.WRITING,
    "not_compared": values.NOT_COMPARED,
    "some_without": values.SOME_WITHOUT,
}

SERVICES = (None, Service.BATCH)
UNPRICED = (("input",), ("output",), ("input", "output"))
"""The components that a route can be without a price for."""


def calculator(
    page: Page, heads: Sequence[str], level: tuple[str, str], counted: Sequence[Block]
) -> tuple[Calculator, ...]:
    """The calculator of a table; none where no model has a living route, for then nothing can be counted.

    ``level`` is the phrase for a route and the number of others, ``counted`` are the table and its notes. A page
    without a section of sources lists only those that they lead to.
    """
    led_to = None if "sources" in page.comparison.sections else set(cited(counted))
    described = _Description(page)
    models = [*map(described.model, page.models)]
    if not any(model["routes"] for model in models):
        return ()
    data = {
        "models": models,
        "own": _own(page),
        "charges": described.charges,
        "reasons": _reasons(page),
        "told_first": [why.value for why in TOLD_FIRST],
        "rates": described.rates(),
        "currency": page.catalog.currency,
        "assumptions": {kind.value: page.words.say(phrase) for kind, phrase in values.ASSUMPTIONS.items()},
        "notation": page.words.notation(sorted(described.currencies)),
        "notes": len(counted) - 1,
        "level": [
            page.count(*level, number, route="{route}")
            for number in range(1, max(len(model["routes"]) for model in models))
        ],
        "heads": [page.words.say(head) for head in heads],
        "fields": {name: page.words.say(phrase) for name, phrase in FIELDS.items()},
        "phrases": {**{name: page.words.say(phrase) for name, phrase in PHRASES.items()}, "gap": page.words.gap},
    }
    marks = (held for number, held in sorted(described.marks.items()) if led_to is None or number in led_to)
    return (Calculator(json.dumps(data, ensure_ascii=False, separators=(",", ":")), tuple(marks)),)


def _own(page: Page) -> dict[str, str]:
    traffic = page.comparison.traffic
    shares = {"cache": traffic.cache_hit, "write": traffic.cache_write, "batch": traffic.batch}
    counts = {"requests": Decimal(traffic.requests), "input": traffic.input, "output": traffic.output}
    percents = {name: EXACT.scaleb(share, Decimal(2)) for name, share in shares.items()}
    return {name: f"{value:f}" for name, value in {**counts, **percents}.items()}


def _reasons(page: Page) -> dict[str, tuple[str, str]]:
    """The reasons why there is no total, in words and as a mark; a missing price is named."""
    missing = [NoCost(Why.MISSING, names) for names in ((), *UNPRICED)]
    said = {
        why.value: (page.words.say(phrase), values.mark_without(why)) for why, phrase in values.WITHOUT_TOTAL.items()
    }
    return said | {_reason_key(cost): (values.why_without(page, cost), "unknown") for cost in missing}


def _reason_key(cost: NoCost) -> str:
    return " ".join((cost.why.value, *cost.missing))


class _Description:
    """The models of a page as data, and the lists that they share: charges, rates, marks of sources."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.day = page.comparison.day
        self.charges: list[dict[str, Any] | None] = []
        self.currencies = {page.catalog.currency}
        self.marks: dict[int, SourceMark] = {}
        self._numbers: dict[int, list[int]] = {}

    def model(self, model: Model) -> dict[str, Any]:
        """A model as the page shows it, and as it may be."""
        return {"id": model.id, "name": self.page.name(model), **self._market(model), "worlds": self._worlds(model)}

    def _market(self, model: Model) -> dict[str, Any]:
        """The routes of a model; without them, the reason why it has no total."""
        refused = no_cost(model, (), self.day)
        is_sold = refused.why not in {Why.NOT_APPLICABLE, Why.UNDISCLOSED}
        market = Market.of(self.page.catalog, model, self.day)
        routes = market.routes if is_sold else ()
        keys, labels = _told_apart([*map(_key, routes)]), map(self.page.route, routes)
        return {
            "offers": market.has_offers,
            "answers": gives_output(model),
            "reason": _reason_key(refused),
            "routes": [
                {"key": key, "label": label, **self._route(market, route)}
                for key, label, route in zip(keys, labels, routes, strict=True)
            ],
        }

    def _worlds(self, model: Model) -> list[dict[str, Any]] | None:
        """The markets that the foremost readings allow, where there are several; None if there are too many."""
        found = worlds(self.page.catalog, model)
        described = [self._market(world) for world in found] if len(found) > 1 else []
        different = [world for i, world in enumerate(described) if world not in described[:i]]
        return (different if len(different) > 1 else []) if found else None

    def rates(self) -> dict[str, dict[str, Any]]:
        """The rates to the catalog's own currency; call it once all charges are known."""
        target, found = self.page.catalog.currency, {}
        for name in sorted(self.currencies - {target}):
            if rate := rate_on(self.page.catalog, name, target, self.day):
                note = values.rate_note(self.page, rate)[0].text
                found[name] = {"rate": f"{rate.rate:f}", "text": note, "sources": self._sources(rate)}
        return found

    def _route(self, market: Market, route: Route) -> dict[str, Any]:
        prices = prices_of(route, self.day)
        limits = {why.value: limits_at(market.catalog, route, market.model, name) for why, name in LIMITS.items()}
        currency = route.currency or self.page.catalog.currency
        self.currencies.add(currency)
        return {
            "name": self.page.route(route),
            "currency": currency,
            "limits": {why: [str(found[0]), str(found[-1])] for why, found in limits.items() if found},
            "incomplete": route.charges is Charges.INCOMPLETE,
            "lacks": [
                {name: str(size) for name, size in lacking(route, market.steps[service], self.day).items()}
                for service in SERVICES
            ],
            "ranges": any(price.scope is Scope.MARGINAL for price in prices),
            "priced": any(price.components for price in prices),
            "unpriced": {" ".join(names): why_unpriced(route, names, self.day).value for names in UNPRICED},
            "hours": [sorted(priced_by_hours(route, self.day, service)) for service in SERVICES],
            "services": [
                [self._band(band) for band in bands(self.page.catalog, route, self.day, service)]
                for service in SERVICES
            ],
        }

    def _band(self, band: Band) -> dict[str, Any]:
        steps = [[(f"{step.start:f}", self._charge(step.charge)) for step in steps] for steps in band.steps]
        return {"above": f"{band.above:f}", "steps": steps}

    def _charge(self, charge: Charge) -> int:
        """The position of a charge in the list; many routes and sizes share one."""
        described = self._described(charge)
        if described not in self.charges:
            self.charges.append(described)
        return self.charges.index(described)

    def _described(self, charge: Charge) -> dict[str, Any] | None:
        if len(charge.quotes) > 1:
            return {"rivals": values.why_without(self.page, NoCost(Why.AMBIGUOUS, rivals=charge.quotes))}
        if not charge.quotes:
            # Without a price of its own a request costs nothing beside its tokens.
            return {"missing": charge.charged} if charge.component != "request" else None
        (quote,) = charge.quotes
        self.currencies.add(quote.currency)
        each = EXACT.divide(quote.amount, Decimal(PRICE_COMPONENTS[charge.charged].per))
        return {
            "price": f"{each:f}",
            "currency": quote.currency,
            "sources": self._sources(quote.price),
            "assumed": [assumption.value for assumption in charge.assumptions],
            "used": [charge.component, charge.charged],
        }

    def _sources(self, item: Price | Rate) -> list[int]:
        # Every price comes to be charged for several components, sizes and services.
        if id(item) not in self._numbers:
            numbered = {mark.number: mark for mark in self.page.citations.marks(item)}
            self.marks.update(numbered)
            self._numbers[id(item)] = [*numbered]
        return self._numbers[id(item)]


def _key(route: Route) -> str:
    """The name of a route in an address: it outlives a change of the order, or of the names shown."""
    return ".".join(filter(None, (route.provider, route.region)))


def _told_apart(keys: Sequence[str]) -> list[str]:
    """The keys, with a number from the second of equal ones on."""
    seen = [keys[: i + 1].count(key) for i, key in enumerate(keys)]
    return [key if number == 1 else f"{key}.{number}" for key, number in zip(keys, seen, strict=True)]

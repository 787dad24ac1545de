"""Claims that can be made of a comparison, each with the facts it rests on.

Claims carry no words: the sections put them into sentences. A claim exists only while every fact of its evidence has a
value, so a sentence goes when its fact goes. The other way round, no claim is chosen by a fact that it does not name.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import State, Support
from sphinx_modelcmp.compare.certainty import LEVEL_PRICE, best, held_values, is_ahead, the_value, values_of
from sphinx_modelcmp.compare.costing import MonthlyCost, NoCost, comparable, monthly_cost
from sphinx_modelcmp.compare.evidence import Evidence, all_of_row, of_price, of_result, of_route, of_row, once
from sphinx_modelcmp.compare.life import Life, life_of, living_routes
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.compare.readings import has_rival_prices, monthly_costs
from sphinx_modelcmp.compare.results import SharedResult, split_results
from sphinx_modelcmp.compare.rows import NEUTRAL, PRICING, SCORECARD, SPECS, Row, capability_rows, price_rows, spec_rows

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Fact, Model, Route
    from sphinx_modelcmp.catalog.vocabulary import Better
    from sphinx_modelcmp.compare.comparison import Comparison

LEADING = (
    "context_window",
    "max_output",
    "cheapest_input",
    "cheapest_output",
    "knowledge_cutoff",
    "openness",
)
"""Rows in which one end is the better one, the most telling first."""
CONTRASTED = ("kind", "architecture")
"""Rows in which values are set against each other without a winner."""
_BUILT_IN = {**SCORECARD, **SPECS, **PRICING}
_WIDE = Context(prec=120)
"""Room for the ratio of any two numbers that a catalog can hold."""


@dataclass(frozen=True, slots=True)
class OfRow:
    """A claim about one row of the page."""

    row: Row
    evidence: tuple[Evidence, ...]

    @property
    def field(self) -> str:
        """The name of the row."""
        return self.row.name

    @property
    def models(self) -> tuple[Model, ...]:
        """Those that the claim is about."""
        return tuple(item.model for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Leads(OfRow):
    """One model has the better value of a row than every other model whose value is known: its evidence comes first."""

    @property
    def model(self) -> Model:
        """The leader."""
        return self.evidence[0].model

    @property
    def others(self) -> tuple[Evidence, ...]:
        """Those behind."""
        return self.evidence[1:]


@dataclass(frozen=True, slots=True)
class Level(OfRow):
    """Several models share the best value of a row, ahead of every other model whose value is known."""

    tied: tuple[Evidence, ...]

    @property
    def others(self) -> tuple[Evidence, ...]:
        """Those behind."""
        return self.evidence[len(self.tied) :]


@dataclass(frozen=True, slots=True)
class Same(OfRow):
    """Every living model compared has the same value of a row."""

    @property
    def value(self) -> Any:
        """The value they share."""
        return self.evidence[0].value


@dataclass(frozen=True, slots=True)
class Contrast(OfRow):
    """At least two models have different values of a row that has no better end."""


def ratio(low: Decimal, high: Decimal, unit: Decimal) -> Decimal:
    """One amount as a multiple of another, rounded to a unit."""
    return _WIDE.quantize(_WIDE.divide(high, low), unit)


def evidence_for(comparison: Comparison, model: Model, name: str) -> Evidence:
    """A fact of a model by the name of its row, a built-in one of the specifications or the scorecard."""
    return of_row(comparison, (model,), _row(comparison, name, (model,)), 0)


def certain_size(comparison: Comparison, model: Model) -> Evidence | None:
    """The number of parameters of a model, if it is known and no source of the same rank gives another."""
    item = evidence_for(comparison, model, "parameters")
    return item if the_value(values_of(comparison, model, "parameters", item.fact)) is not None else None


def leads(comparison: Comparison, *names: str) -> tuple[Leads, ...]:
    """Rows with one leader, the most telling rows first; only some of these rows where any are named."""
    rows = (_row(comparison, name) for name in LEADING if name in (names or LEADING))
    return tuple(claim for row in rows for claim in _lead(comparison, row))


def ties_of_rows(comparison: Comparison) -> tuple[Level, ...]:
    """Rows in which several models are level, ahead of the others; the most telling rows first."""
    found = []
    for row in (_row(comparison, name) for name in LEADING if name not in NEUTRAL):
        if len(first := best(comparison, row)) > 1:
            evidence = _ordered(comparison, row, first)
            found.append(Level(row, evidence, evidence[: len(first)]))
    return tuple(found)


def house_leads(comparison: Comparison) -> tuple[Leads, ...]:
    """The house's own specs with one leader."""
    rows = spec_rows(comparison.catalog, comparison.models, comparison.day)
    return tuple(claim for row in rows if row.house for claim in _lead(comparison, row))


def same(comparison: Comparison) -> tuple[Same, ...]:
    """Rows that say the same of every living model."""
    rows = (_row(comparison, name) for name in LEADING)
    return tuple(Same(row, _living(comparison, row)) for row in rows if _is_same(comparison, row))


def _is_same(comparison: Comparison, row: Row) -> bool:
    held = [*held_values(comparison, row).values()]
    first = the_value(held[0]) if held else None
    is_whole = 1 < len(held) == len(comparison.living)
    return is_whole and first is not None and all(the_value(said) == first for said in held)


def contrasts(comparison: Comparison) -> tuple[Contrast, ...]:
    """Rows without a better end in which two models or more say different things."""
    found = ((row, _certain(comparison, row)) for row in (_row(comparison, name) for name in CONTRASTED))
    return tuple(Contrast(row, known) for row, known in found if len({str(item.value) for item in known}) > 1)


def _row(comparison: Comparison, name: str, models: Iterable[Model] = ()) -> Row:
    """A built-in row: of all models compared, or of some."""
    get, better = _BUILT_IN[name]
    facts = tuple(get(comparison.catalog, model, comparison.day) for model in models or comparison.models)
    return Row(name, facts, better)


def _living(comparison: Comparison, row: Row) -> tuple[Evidence, ...]:
    items = all_of_row(comparison, row)
    return tuple(item for item in items if comparison.is_alive(item.model))


def _certain(comparison: Comparison, row: Row) -> tuple[Evidence, ...]:
    """The facts of the living models that have one value, whichever reading and route count."""
    held = held_values(comparison, row)
    return tuple(of_row(comparison, comparison.models, row, i) for i, values in held.items() if len(values) == 1)


def _lead(comparison: Comparison, row: Row) -> Iterator[Leads]:
    if len(first := best(comparison, row)) == 1:
        yield Leads(row, _ordered(comparison, row, first))


def _ordered(comparison: Comparison, row: Row, first: Sequence[int]) -> tuple[Evidence, ...]:
    """The facts at the positions of the better values, then those of the other living models that have one."""
    order = (*first, *(i for i in held_values(comparison, row) if i not in first))
    return tuple(of_row(comparison, comparison.models, row, i) for i in order)


@dataclass(frozen=True, slots=True)
class Alone(OfRow):
    """One model has a capability, and every other living one is documented to lack it: the one that has it first."""

    @property
    def model(self) -> Model:
        """The one that has it."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Documented(OfRow):
    """One model is documented with a capability, and no source says anything of it for any other living one."""

    others: tuple[Model, ...]

    @property
    def model(self) -> Model:
        """The one that is documented with it."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Parted:
    """Some models have a capability, and some are documented to lack it."""

    row: Row
    having: tuple[Evidence, ...]
    lacking: tuple[Evidence, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Both sides."""
        return (*self.having, *self.lacking)


def alone(comparison: Comparison) -> tuple[Alone, ...]:
    """Capabilities of one model that all others are documented to lack."""
    whole = (claim for claim in disagreements(comparison) if len(claim.evidence) == len(comparison.living))
    return tuple(Alone(claim.row, claim.evidence) for claim in whole if len(claim.having) == 1)


def documented(comparison: Comparison) -> tuple[Documented, ...]:
    """Capabilities of one model at every living route, of which nothing is said for all others."""
    found = []
    for row in capability_rows(comparison.catalog, comparison.models):
        having = _saying(comparison, row, Support.YES)
        if len(having) == 1:
            others = tuple(model for model in comparison.living if model.id != having[0].model_id)
            facts = {model.id: fact for model, fact in zip(comparison.models, row.facts, strict=True)}
            if others and not any(_is_said_of(model, row.name, facts[model.id]) for model in others):
                found.append(Documented(row, having, others))
    return tuple(found)


def _is_said_of(model: Model, name: str, fact: Fact[Any]) -> bool:
    """True if any source says something of a fact, for the model or at any route that any of them lists."""
    routes = (route for said in model.routes.readings for route in said.value or ())
    return _is_stated(name, fact, routes)


def disagreements(comparison: Comparison) -> tuple[Parted, ...]:
    """Capabilities that some living models have, and some lack, at every living route."""
    found = []
    for row in capability_rows(comparison.catalog, comparison.models):
        having, lacking = (_saying(comparison, row, support) for support in (Support.YES, Support.NO))
        if having and lacking:
            found.append(Parted(row, having, lacking))
    return tuple(found)


def _saying(comparison: Comparison, row: Row, support: Support) -> tuple[Evidence, ...]:
    return tuple(item for item in _certain(comparison, row) if item.value is support)


def common(comparison: Comparison) -> tuple[Same, ...]:
    """Capabilities that every living model has at every living route."""
    rows = capability_rows(comparison.catalog, comparison.models)
    found = ((row, _saying(comparison, row, Support.YES)) for row in rows)
    return tuple(Same(row, having) for row, having in found if 1 < len(having) == len(comparison.living))


MOVING = ("context_window", "max_output", "license", "commercial_use")


@dataclass(frozen=True, slots=True)
class Move:
    """The changes for a reader who moves from one model to another."""

    origin: Model
    target: Model
    lost: tuple[Evidence, ...] = ()
    """Capabilities that the origin has and the target is documented not to have; pairs, the origin's first."""
    gained: tuple[Evidence, ...] = ()
    """The other way round; pairs, the target's first."""
    unstated: tuple[Evidence, ...] = ()
    """Capabilities that the origin has, and of which no source says anything for the target."""
    shared_providers: tuple[str, ...] | None = None
    """Providers that serve both; None where the routes of either are not known, or the origin is not alive."""
    routes: tuple[Evidence, ...] = ()
    """The routes at the shared providers; where there is none, the lists of routes of both."""
    changed: tuple[tuple[Evidence, Evidence], ...] = ()
    """Limits and terms that are known of both and differ: origin, target."""

    @property
    def says_something(self) -> bool:
        """There is anything to tell."""
        return bool(self.lost or self.gained or self.unstated or self.changed or self.shared_providers is not None)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that anything told of the move rests on."""
        return (
            *self.lost,
            *self.gained,
            *self.unstated,
            *self.routes,
            *(item for pair in self.changed for item in pair),
        )


def moves(comparison: Comparison) -> tuple[Move, ...]:
    """The move from the first model to each of the others. Of two, to the first where it is the successor of the other,
    or where the other cannot be called.
    """
    first, *others = comparison.models
    found = []
    for other in others:
        ways = [(first, other), (other, first)][: 1 if len(others) > 1 else 2]
        if succeeds(first, other):
            ways.reverse()
        way = next((way for way in ways if _is_way(comparison, *way)), None)
        if way and (move := _move(comparison, *way)).says_something:
            found.append(move)
    return tuple(found)


def succeeds(model: Model, other: Model) -> bool:
    """True if a model is named as the successor of another one, which is deprecated or over."""
    return other.lifecycle is not None and other.lifecycle.successor == model.id


def _is_way(comparison: Comparison, origin: Model, target: Model) -> bool:
    """True unless the target cannot be called, or the origin never could."""
    return comparison.is_alive(target) and life_of(origin, comparison.day) is not Life.ANNOUNCED


def _move(comparison: Comparison, origin: Model, target: Model) -> Move:
    providers, routes = _shared_routes(comparison, origin, target)
    both = (origin, target)
    return Move(
        origin,
        target,
        lost=tuple(_parted(comparison, both, 0)),
        gained=tuple(_parted(comparison, both, 1)),
        unstated=tuple(_unstated(comparison, both)),
        shared_providers=providers,
        routes=routes,
        changed=tuple(_changed(comparison, both)),
    )


def _changed(comparison: Comparison, both: tuple[Model, Model]) -> Iterator[tuple[Evidence, Evidence]]:
    """The limits and terms that differ, whichever reading and route count."""
    for name in MOVING:
        row = _row(comparison, name, both)
        old, new = (values_of(comparison, model, name, fact) for model, fact in zip(both, row.facts, strict=True))
        if old and new and _are_parted(old, new, row.better):
            yield of_row(comparison, both, row, 0), of_row(comparison, both, row, 1)


def _are_parted(old: Sequence[Any], new: Sequence[Any], better: Better | None) -> bool:
    if better:
        return is_ahead(old, new, better) or is_ahead(new, old, better)
    return len(old) == len(new) == 1 and old != new


def _parted(comparison: Comparison, both: Sequence[Model], having: int) -> Iterator[Evidence]:
    """The capabilities of one of two models, by its position, that the other lacks: pairs, its own fact first."""
    for row in capability_rows(comparison.catalog, both):
        flags = [the_value(values_of(comparison, both[i], row.name, row.facts[i])) for i in (having, 1 - having)]
        if flags == [Support.YES, Support.NO]:
            yield from (of_row(comparison, both, row, i) for i in (having, 1 - having))


def _unstated(comparison: Comparison, both: Sequence[Model]) -> Iterator[Evidence]:
    for row in capability_rows(comparison.catalog, both):
        values = values_of(comparison, both[0], row.name, row.facts[0])
        if the_value(values) is Support.YES and not _is_said_of(both[1], row.name, row.facts[1]):
            yield of_row(comparison, both, row, 0)


def _shared_routes(
    comparison: Comparison, origin: Model, target: Model
) -> tuple[tuple[str, ...] | None, tuple[Evidence, ...]]:
    is_certain = not any(has_rival_prices(comparison.catalog, model) for model in (origin, target))
    here, there = (_first_routes(model, comparison.day) for model in (origin, target))
    are_known = origin.routes.known and target.routes.known and comparison.is_alive(origin)
    are_over = any(routes_of(model) and not held for model, held in ((origin, here), (target, there)))
    if not (is_certain and are_known) or are_over:
        return None, ()
    names = tuple(name for name in here if name in there)
    if not names:
        return (), (Evidence(origin, "routes", origin.routes), Evidence(target, "routes", target.routes))
    return names, tuple(of_route(*side) for name in names for side in ((origin, here[name]), (target, there[name])))


def _first_routes(model: Model, day: datetime.date | None) -> dict[str, Route]:
    """The first living route of each provider."""
    found: dict[str, Route] = {}
    for route in living_routes(model, day):
        found.setdefault(route.provider, route)
    return found


@dataclass(frozen=True, slots=True)
class Wins:
    """One model has the best score of a test that several living models took."""

    shared: SharedResult
    evidence: tuple[Evidence, ...]
    """The winner first, then the others in order."""

    @property
    def model(self) -> Model:
        """The winner."""
        return self.evidence[0].model


@dataclass(frozen=True, slots=True)
class Ties:
    """Several models share the best score."""

    shared: SharedResult
    tied: tuple[Evidence, ...]
    behind: tuple[Evidence, ...]
    """Those with a lesser score; none where all tie."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All scores."""
        return (*self.tied, *self.behind)


@dataclass(frozen=True, slots=True)
class Close:
    """The best score cannot be told from others: the confidence intervals overlap."""

    shared: SharedResult
    near: tuple[Evidence, ...]
    """The best score and those that cannot be told from it, in the order of the models."""
    behind: tuple[Evidence, ...]
    """Those that are clear of the best one."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All scores."""
        return (*self.near, *self.behind)


def wins(comparison: Comparison) -> tuple[Wins, ...]:
    """Shared benchmarks with one best score."""
    return tuple(
        Wins(row, _evidence(comparison, row, (*row.best, *_rest(row, row.best))))
        for row in _shared(comparison)
        if len(row.best) == 1
    )


def ties(comparison: Comparison) -> tuple[Ties, ...]:
    """Shared benchmarks on which all models tie, or those at the top."""
    return tuple(
        Ties(row, _evidence(comparison, row, row.top), _evidence(comparison, row, _rest(row, row.top)))
        for row in _shared(comparison)
        if len(row.top) > 1 and not row.close
    )


def close_calls(comparison: Comparison) -> tuple[Close, ...]:
    """Shared benchmarks on which the best score is not clear of all others."""
    return tuple(
        Close(row, _evidence(comparison, row, row.close), _evidence(comparison, row, _rest(row, row.close)))
        for row in _shared(comparison)
        if row.close
    )


def _shared(comparison: Comparison) -> tuple[SharedResult, ...]:
    return split_results(comparison.catalog, comparison.models, comparison.benchmarks, comparison.day)[0]


def _rest(row: SharedResult, first: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(i for i in row.ranked if i not in first)


def _evidence(comparison: Comparison, row: SharedResult, order: Iterable[int]) -> tuple[Evidence, ...]:
    found = ((comparison.models[i], row.results[i]) for i in order)
    return tuple(of_result(model, result) for model, result in found if result)


@dataclass(frozen=True, slots=True)
class CheaperMonth:
    """One model, or several that cost the same, have the least total at the workload, of those in the same currency."""

    costs: tuple[MonthlyCost, ...]
    """From the cheapest to the dearest."""
    evidence: tuple[Evidence, ...]
    """The prices that the totals are made of."""

    @property
    def cheapest(self) -> tuple[MonthlyCost, ...]:
        """The least totals."""
        return tuple(cost for cost in self.costs if cost.total == self.costs[0].total)

    @property
    def models(self) -> tuple[Model, ...]:
        """Those that have a total."""
        return tuple(cost.model for cost in self.costs)


def months(comparison: Comparison) -> tuple[MonthlyCost | NoCost, ...]:
    """The cost of a month of the workload at each model, in their order."""
    catalog, traffic, day = comparison.catalog, comparison.traffic, comparison.day
    return tuple(monthly_cost(catalog, model, traffic, day) for model in comparison.models)


def cheaper_month(comparison: Comparison, found: Sequence[MonthlyCost | NoCost] | None = None) -> CheaperMonth | None:
    """The cheapest month, where at least two models have a total in one currency and not all are the same.

    It is below the others whichever of the equally ranked readings is right, and its price list leaves nothing out;
    totals that do are not named. ``found`` are all months, where they are known already.
    """
    found = months(comparison) if found is None else found
    totals = [cost for cost in found if isinstance(cost, MonthlyCost)]
    costs = sorted(comparable(comparison.catalog, totals, comparison.day), key=lambda cost: cost.total)
    first = [cost.model for cost in costs if cost.total == costs[0].total]
    if not first or not _are_cheapest(comparison, first, found):
        return None
    costs = [cost for cost in costs if cost.is_complete]
    if len(costs) <= len(first):
        return None
    return CheaperMonth(tuple(costs), _prices_in(comparison, costs))


@dataclass(frozen=True, slots=True)
class LevelMonths:
    """All models cost about the same at the workload."""

    costs: tuple[MonthlyCost, ...]
    """In the order of the models."""
    evidence: tuple[Evidence, ...]
    """The prices that the totals are made of."""

    @property
    def are_equal(self) -> bool:
        """True if the totals are the same to the last digit."""
        return len({cost.total for cost in self.costs}) == 1


def level_months(comparison: Comparison, found: Sequence[MonthlyCost | NoCost] | None = None) -> LevelMonths | None:
    """The months of all models, where by every reading none is dearer than another by more than ``LEVEL_PRICE``.

    ``found`` are all months, where they are known already.
    """
    found = months(comparison) if found is None else found
    catalog, day = comparison.catalog, comparison.day
    allowed = [cost for _, costs in _by_reading(comparison, found) for cost in costs or (None,)]
    sure = [cost for cost in allowed if isinstance(cost, MonthlyCost) and cost.is_complete and cost.is_least]
    totals = [cost.total for cost in comparable(catalog, sure, day)]
    if len(found) < 2 or not totals or len(sure) < len(allowed) or max(totals) > min(totals) * LEVEL_PRICE:
        return None
    shown = comparable(catalog, [cost for cost in found if isinstance(cost, MonthlyCost)], day)
    return LevelMonths(shown, _prices_in(comparison, shown))


def _by_reading(
    comparison: Comparison, found: Sequence[MonthlyCost | NoCost]
) -> Iterator[tuple[Model, tuple[MonthlyCost | NoCost, ...]]]:
    """The models with their months by each choice of readings; without any where there are too many."""
    catalog, traffic, day = comparison.catalog, comparison.traffic, comparison.day
    for model, shown in zip(comparison.models, found, strict=True):
        yield model, monthly_costs(catalog, model, traffic, day, shown)


def _prices_in(comparison: Comparison, costs: Sequence[MonthlyCost]) -> tuple[Evidence, ...]:
    return once(of_price(comparison, cost.model, "prices", line.quote) for cost in costs for line in cost.lines)


def _are_cheapest(comparison: Comparison, first: Sequence[Model], found: Sequence[MonthlyCost | NoCost]) -> bool:
    """The totals of some models are complete, the same and below all others in every world."""
    own: list[MonthlyCost] = []
    others: list[MonthlyCost] = []
    for each, costs in _by_reading(comparison, found):
        counted = [cost for cost in costs if isinstance(cost, MonthlyCost)]
        is_sure = len(counted) == len(costs) and all(cost.is_complete for cost in counted)
        if not costs or (each in first and not is_sure) or not all(cost.is_least for cost in counted):
            return False
        (own if each in first else others).extend(counted)
    totals = [cost.total for cost in comparable(comparison.catalog, (*own, *others), comparison.day)]
    least = totals[: len(own)]
    is_level = len(first) == 1 or len(set(least)) == 1
    return bool(totals) and is_level and max(least) < min(totals[len(own) :], default=Decimal("Infinity"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The number of known facts among those that a page can show of a model."""

    model: Model
    known: int
    asked: int
    silent: tuple[str, ...]
    """The rows that nobody has said anything about."""


def coverage(comparison: Comparison) -> tuple[Coverage, ...]:
    """For each model, over the built-in specifications, prices and capabilities; ``n/a`` counts as settled."""
    catalog, models, day = comparison.catalog, comparison.models, comparison.day
    rows = (*spec_rows(catalog, models, day), *price_rows(catalog, models, day), *capability_rows(catalog, models))
    rows = tuple(row for row in rows if not row.is_occasional)
    found = []
    for i, model in enumerate(models):
        routes = living_routes(model, day)
        silent = tuple(row.name for row in rows if not _is_stated(row.name, row.facts[i], routes))
        found.append(Coverage(model, len(rows) - len(silent), len(rows), silent))
    return tuple(found)


def _is_stated(name: str, fact: Fact[Any], routes: Iterable[Route]) -> bool:
    """True if something is said of a fact: of the model, or at one of some routes."""
    facts = (fact, *(route.own_fact(name) for route in routes))
    return any(held and held.state is not State.UNKNOWN for held in facts)

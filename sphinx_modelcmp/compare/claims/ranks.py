"""Rows in which models lead, lie apart, say the same, or are set against each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.compare.claims.evidence import Evidence, OfRow, all_of_row, of_row
from sphinx_modelcmp.compare.pricing import Quote
from sphinx_modelcmp.compare.rows import PRICING, SCORECARD, SPECS, Row, spec_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Comparison

LEADING = (
    "context_window",
    "max_output",
    "cheapest_input",
    "cheapest_output",
    "released",
    "knowledge_cutoff",
    "openness",
)
"""Rows in which one end is the better one, the most telling first."""
AMOUNTS = LEADING[:4]
"""Those whose values are amounts: one can be so many times another."""
CONTRASTED = ("kind", "architecture")
"""Rows in which values are set against each other without a winner."""
CLEAR = 10
"""One part in so many is the least lead that is worth a choice."""
_BUILT_IN = {**SCORECARD, **SPECS, **PRICING}
_WIDE = Context(prec=120)
"""Room for the ratio of any two numbers that a catalog can hold."""


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

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """The values as numbers, in the order of the evidence; empty where they are no amounts."""
        found = (_amount(item.value) for item in self.evidence)
        return tuple(number for number in found if number is not None)

    @property
    def is_clear(self) -> bool:
        """Whether the lead is worth a choice: over amounts, at least a tenth of the nearest other one."""
        if not self.amounts:
            return True
        first, *others = self.amounts
        return all(abs(first - other) * CLEAR >= other for other in others)


@dataclass(frozen=True, slots=True)
class Gap(OfRow):
    """How far apart the amounts lie that can be set against each other: the least comes first, and is above zero."""

    @property
    def factor(self) -> Decimal:
        """How many times the least amount the greatest one is, to one decimal."""
        low, high = (amount_of(self.evidence[end]) for end in (0, -1))
        return _WIDE.quantize(_WIDE.divide(high, low), Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Same(OfRow):
    """Every model compared has the same value of a row."""

    @property
    def value(self) -> Any:
        """The value they share."""
        return self.evidence[0].value


@dataclass(frozen=True, slots=True)
class Contrast(OfRow):
    """At least two models have different values of a row that has no better end."""


def amount_of(item: Evidence) -> Decimal:
    """The value of a token limit or a price as a number."""
    return _amount(item.value) or Decimal(0)


def _amount(value: Any) -> Decimal | None:
    """A token limit or a price as a number; None of anything else."""
    if isinstance(value, Quote):
        return value.amount
    return Decimal(value) if isinstance(value, int | Decimal) else None


def leads(comparison: Comparison, *names: str) -> tuple[Leads, ...]:
    """Rows with one leader, the most telling rows first; only some of these rows where any are named."""
    rows = (_row(comparison, name) for name in LEADING if name in (names or LEADING))
    return tuple(claim for row in rows for claim in _lead(comparison, row))


def first_lead(comparison: Comparison, found: Sequence[Leads] | None = None) -> Leads | None:
    """The most telling lead over all the models compared.

    Prices come last, and only that of the output: the cheapest price of a model gives way to the next where it is
    gone, and must not decide whether something else is said. ``found`` are all leads, where they are known already.
    """
    found = leads(comparison) if found is None else found
    whole = {claim.field: claim for claim in found if len(claim.models) == len(comparison.models)}
    order = (*(name for name in LEADING if not name.startswith("cheapest")), "cheapest_output")
    return next((whole[name] for name in order if name in whole), None)


def house_leads(comparison: Comparison) -> tuple[Leads, ...]:
    """The house's own specs with one leader."""
    rows = spec_rows(comparison.catalog, comparison.models, comparison.day)
    return tuple(claim for row in rows if row.house for claim in _lead(comparison, row))


def gaps(comparison: Comparison) -> tuple[Gap, ...]:
    """Rows of amounts whose ends lie clearly apart; of prices those in the currency of the catalog."""
    return tuple(gap for name in AMOUNTS for gap in _gap(comparison, _row(comparison, name)))


def same(comparison: Comparison) -> tuple[Same, ...]:
    """Rows that say the same of every model."""
    rows = (_row(comparison, name) for name in LEADING)
    return tuple(
        Same(row, all_of_row(comparison, row))
        for row in rows
        if all(fact.known for fact in row.facts) and not row.differs
    )


def contrasts(comparison: Comparison) -> tuple[Contrast, ...]:
    """Rows without a better end in which two models or more say different things."""
    found = []
    for name in CONTRASTED:
        row = _row(comparison, name)
        known = _known(comparison, row)
        if len({str(item.value) for item in known}) > 1:
            found.append(Contrast(row, known))
    return tuple(found)


def _row(comparison: Comparison, name: str) -> Row:
    get, better = _BUILT_IN[name]
    facts = tuple(get(comparison.catalog, model, comparison.day) for model in comparison.models)
    return Row(name, facts, better)


def _known(comparison: Comparison, row: Row) -> tuple[Evidence, ...]:
    return tuple(item for item in all_of_row(comparison, row) if item.fact.known)


def _lead(comparison: Comparison, row: Row) -> Iterator[Leads]:
    best = row.best
    if len(best) != 1:
        return
    first = best[0]
    order = (first, *(i for i, fact in enumerate(row.facts) if fact.known and i != first))
    yield Leads(row, tuple(of_row(comparison, comparison.models, row, i) for i in order))


def _gap(comparison: Comparison, row: Row) -> Iterator[Gap]:
    known = (item for item in _known(comparison, row) if _is_in_currency(item.value, comparison.catalog.currency))
    items = tuple(sorted(known, key=amount_of))
    if len(items) > 1:
        low, high = amount_of(items[0]), amount_of(items[-1])
        if low > 0 and high > low and (high - low) * CLEAR >= low:
            yield Gap(row, items)


def _is_in_currency(value: Any, currency: str) -> bool:
    return not isinstance(value, Quote) or value.currency == currency

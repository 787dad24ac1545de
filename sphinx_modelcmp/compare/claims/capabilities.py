"""Capabilities in which models part, stand alone or agree. Only a documented no sets a model apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.vocabulary import Support
from sphinx_modelcmp.compare.claims.evidence import Evidence, OfRow, all_of_row, of_row
from sphinx_modelcmp.compare.claims.ranks import Same
from sphinx_modelcmp.compare.rows import Row, capability_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_modelcmp.catalog.records import Fact, Model
    from sphinx_modelcmp.compare.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Alone(OfRow):
    """One model has a capability, and of every other it is documented that it has not: the one that has it first."""

    @property
    def model(self) -> Model:
        """The one that has it."""
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


def alone(comparison: Comparison, found: Sequence[Parted] | None = None) -> tuple[Alone, ...]:
    """Capabilities of one model that all others are documented to lack.

    ``found`` are all disagreements, where they are known already.
    """
    found = disagreements(comparison) if found is None else found
    whole = (claim for claim in found if len(claim.evidence) == len(comparison.models))
    return tuple(Alone(claim.row, claim.evidence) for claim in whole if len(claim.having) == 1)


def disagreements(comparison: Comparison) -> tuple[Parted, ...]:
    """Capabilities that some models have and some are documented to lack."""
    found = []
    for row in capability_rows(comparison.catalog, comparison.models):
        having, lacking = (_saying(comparison, row, support) for support in (Support.YES, Support.NO))
        if having and lacking:
            found.append(Parted(row, having, lacking))
    return tuple(found)


def _saying(comparison: Comparison, row: Row, support: Support) -> tuple[Evidence, ...]:
    return tuple(
        of_row(comparison, comparison.models, row, i) for i, fact in enumerate(row.facts) if says(fact, support)
    )


def common(comparison: Comparison) -> tuple[Same, ...]:
    """Capabilities that every model compared has."""
    return tuple(
        Same(row, all_of_row(comparison, row))
        for row in capability_rows(comparison.catalog, comparison.models)
        if all(says(fact, Support.YES) for fact in row.facts)
    )


def says(fact: Fact[Any], support: Support) -> bool:
    """Whether a flag is known and says so."""
    return fact.value is support and fact.known

"""What changes for who moves from one model to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.vocabulary import Support
from sphinx_modelcmp.compare.claims.capabilities import says
from sphinx_modelcmp.compare.claims.evidence import Evidence, evidence_for, of_route, of_row
from sphinx_modelcmp.compare.pricing import routes_of
from sphinx_modelcmp.compare.rows import Row, capability_rows

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Model, Route
    from sphinx_modelcmp.compare.comparison import Comparison

MOVING = ("context_window", "max_output", "license", "commercial_use")


@dataclass(frozen=True, slots=True)
class Move:
    """What changes for who moves from one model to another."""

    origin: Model
    target: Model
    lost: tuple[Evidence, ...] = ()
    """Capabilities that the origin has and the target is documented not to have; pairs, the origin's first."""
    gained: tuple[Evidence, ...] = ()
    """The other way round; pairs, the target's first."""
    shared_providers: tuple[str, ...] | None = None
    """Providers that serve both; None where the routes of either are not known."""
    routes: tuple[Evidence, ...] = ()
    """The routes at the shared providers; where there is none, the lists of routes of both."""
    changed: tuple[tuple[Evidence, Evidence], ...] = ()
    """Limits and terms that are known of both and differ: origin, target."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.lost or self.gained or self.changed or self.shared_providers is not None)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that anything told of the move rests on."""
        return (*self.lost, *self.gained, *self.routes, *(item for pair in self.changed for item in pair))


def moves(comparison: Comparison) -> tuple[Move, ...]:
    """Both directions between the first model and each of the others."""
    first, *others = comparison.models
    pairs = [pair for other in others for pair in ((first, other), (other, first))]
    return tuple(move for origin, target in pairs if (move := _move(comparison, origin, target)).says_something)


def _move(comparison: Comparison, origin: Model, target: Model) -> Move:
    providers, routes = _shared(origin, target)
    both = (origin, target)
    rows = capability_rows(comparison.catalog, both)
    changed = ((evidence_for(comparison, origin, name), evidence_for(comparison, target, name)) for name in MOVING)
    return Move(
        origin,
        target,
        lost=tuple(of_row(comparison, both, row, i) for row in rows if _parts(row, 0, 1) for i in (0, 1)),
        gained=tuple(of_row(comparison, both, row, i) for row in rows if _parts(row, 1, 0) for i in (1, 0)),
        shared_providers=providers,
        routes=routes,
        changed=tuple(
            (old, new) for old, new in changed if old.fact.known and new.fact.known and old.value != new.value
        ),
    )


def _parts(row: Row, having: int, lacking: int) -> bool:
    """Whether one model has a capability that the other is documented to lack, by their positions."""
    return says(row.facts[having], Support.YES) and says(row.facts[lacking], Support.NO)


def _shared(origin: Model, target: Model) -> tuple[tuple[str, ...] | None, tuple[Evidence, ...]]:
    if not (origin.routes.known and target.routes.known):
        return None, ()
    here, there = _first_routes(origin), _first_routes(target)
    names = tuple(name for name in here if name in there)
    if not names:
        return (), (Evidence(origin, "routes", origin.routes), Evidence(target, "routes", target.routes))
    return names, tuple(of_route(*side) for name in names for side in ((origin, here[name]), (target, there[name])))


def _first_routes(model: Model) -> dict[str, Route]:
    """The first route of each provider."""
    found: dict[str, Route] = {}
    for route in routes_of(model):
        found.setdefault(route.provider, route)
    return found

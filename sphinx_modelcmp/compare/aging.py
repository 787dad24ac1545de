"""When the facts of a model were last looked up, and where: what has to be looked at again, the oldest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.checks import conflicts, is_over, stated
from sphinx_modelcmp.catalog.places import OTHERS
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.compare.used import TRUST, UsedSource, readings

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Mapping

    from sphinx_modelcmp.catalog.checks import Stated
    from sphinx_modelcmp.catalog.records import Catalog, Model, Route, Source
    from sphinx_modelcmp.catalog.yaml.reader import Keys

_MODEL_DEPTH = 2
_ROUTE_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """Something that somebody looked up."""

    name: str
    at: Keys
    """Its path (see ``Places``)."""
    is_disputed: bool
    """Whether another source says something else."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was looked up of one model, or of it at one route, on one day."""

    model: Model
    route: Route | None
    checked: datetime.date | None
    """None where nobody says when."""
    facts: tuple[Looked, ...]
    sources: tuple[UsedSource, ...]
    """The most trusted kind first."""

    def age(self, day: datetime.date | None) -> int | None:
        """Days until a day; None where one of the two is not known."""
        return (day - self.checked).days if day and self.checked else None


def batches(
    catalog: Catalog, models: Iterable[Model], day: datetime.date | None, accepts: Callable[[Code, Keys], bool]
) -> list[Batch]:
    """All that is known of some models: first what has no day, then the oldest.

    Without prices that are over on the day, and what its author says does not age (``accept: stale-fact``).
    """
    found = [batch for model in models for batch in _batches(catalog, model, day, accepts)]
    return sorted(found, key=lambda batch: (batch.checked.toordinal() if batch.checked else 0, batch.model.id))


def _batches(
    catalog: Catalog, model: Model, day: datetime.date | None, accepts: Callable[[Code, Keys], bool]
) -> Iterable[Batch]:
    disputed = {finding.at for finding in conflicts(model)}
    groups: dict[tuple[int | None, datetime.date | None], list[Stated]] = defaultdict(list)
    for item in stated(model):
        if not (day and is_over(item.item, day)) and not accepts(Code.STALE_FACT, item.at):
            groups[_route_of(item.at), item.item.checked].append(item)
    for (i, checked), items in groups.items():
        route = None if i is None else (model.routes.value or ())[i]
        facts = tuple(Looked(_name(model, item.at), item.at, _is_disputed(item.at, disputed)) for item in items)
        yield Batch(model, route, checked, facts, _sources(catalog.sources, items))


def _route_of(at: Keys) -> int | None:
    """The position of the route that a path leads into; None where it leads past them."""
    return int(at[3]) if at[_MODEL_DEPTH] == "routes" and len(at) >= _ROUTE_DEPTH and at[3] != OTHERS else None


def _fact(at: Keys) -> Keys:
    """The path of the fact that a reading belongs to."""
    return tuple(takewhile(lambda step: step != OTHERS, at))


def _is_disputed(at: Keys, disputed: Collection[Keys]) -> bool:
    fact = _fact(at)
    return fact in disputed or (isinstance(fact[-1], int) and fact[:-1] in disputed)


def _name(model: Model, at: Keys) -> str:
    """What an author calls it, less the model and the route."""
    name, *rest = _fact(at)[_MODEL_DEPTH if _route_of(at) is None else _ROUTE_DEPTH :] or ("route",)
    if name == "results":
        return model.results[int(rest[0])].benchmark
    return str(rest[0] if name == "capabilities" else name)


def _sources(known: Mapping[str, Source], items: Iterable[Stated]) -> tuple[UsedSource, ...]:
    found = {reading for item in items for reading in readings(known, item.item)}
    used = (UsedSource(name, known[name], checked) for name, checked in found)
    return tuple(sorted(used, key=lambda one: (TRUST[one.source.kind], one.source.title, one.name, str(one.checked))))

"""Conditions: the parts of a query, each true, false or undecided of a model.

The logic is Kleene's, with None for what is undecided: ``false and None`` is false, ``true and None`` is None. A
condition on one fact is true or false only if it is so by everything that a reader may meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from sphinx_modelcmp.catalog.vocabulary import State, Support
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.query.terms import AtMost, Doubt, Held, Term, seen_at, terms_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_modelcmp.catalog.records import Catalog, Model, Reading

Truth: TypeAlias = bool | None
Reason: TypeAlias = tuple[str, State | Doubt]
"""The name of a fact that decides nothing, and why."""


class Facts:
    """The facts of a catalog on a day, each read once, however many queries ask for it."""

    def __init__(self, catalog: Catalog, day: datetime.date | None) -> None:
        self.catalog = catalog
        self.day = day
        self._held: dict[tuple[str, str], tuple[Held, ...]] = {}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Every name without brackets that can be asked for."""
        return terms_of(self.catalog)

    def held(self, term: Term, model: Model) -> tuple[Held, ...]:
        """What a reader may meet of a model of the catalog."""
        key = term.name, model.id
        if key not in self._held:
            self._held[key] = term.held(self.catalog, model, self.day)
        return self._held[key]


class AtRoutes(Facts):
    """The facts of models as they are at single routes, which have no id of their own: none is kept."""

    def held(self, term: Term, model: Model) -> tuple[Held, ...]:
        """What a reader may meet at the route."""
        return term.held(self.catalog, model, self.day)


class Condition(Protocol):
    """Part of a query."""

    def holds(self, facts: Facts, model: Model) -> Truth:
        """Whether it is true of a model; None where that is undecided."""

    def doubts(self, facts: Facts, model: Model) -> Iterator[Reason]:
        """The facts for which it is undecided."""


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on one fact."""

    term: Term
    test: Callable[[Held], Truth]
    """The answer for a value; and for a state, where it asks for one."""
    asks_state: bool = False

    def holds(self, facts: Facts, model: Model) -> Truth:
        """The answer on which all agree that a reader may meet."""
        found = {self._of(value) for value in facts.held(self.term, model)}
        return found.pop() if len(found) == 1 else None

    def doubts(self, facts: Facts, model: Model) -> Iterator[Reason]:
        """The fact, where it decides nothing."""
        answers = {value: self._of(value) for value in facts.held(self.term, model)}
        if None not in answers.values():
            if len({*answers.values()}) > 1:
                yield self.term.name, Doubt.DIFFERENT
            return
        for value, answer in answers.items():
            if answer is None:
                yield self.term.name, _reason(value)

    def _of(self, value: Held) -> Truth:
        if self.asks_state:
            return self.test(value)
        if value is State.NOT_APPLICABLE:
            return False
        return None if isinstance(value, State | Doubt) else self.test(value)


def _reason(value: Held) -> State | Doubt:
    if isinstance(value, State | Doubt):
        return value
    if isinstance(value, AtMost):
        return Doubt.UNSURE
    return Doubt.PARTIAL if value is Support.PARTIAL else Doubt.IMPRECISE


@dataclass(frozen=True, slots=True)
class Negation:
    """``not``."""

    part: Condition

    def holds(self, facts: Facts, model: Model) -> Truth:
        """The contrary."""
        found = self.part.holds(facts, model)
        return None if found is None else not found

    def doubts(self, facts: Facts, model: Model) -> Iterator[Reason]:
        """Those of its part."""
        return self.part.doubts(facts, model)


@dataclass(frozen=True, slots=True)
class Junction:
    """``and`` or ``or``: one part is enough that is ``deciding``, false for ``and`` and true for ``or``."""

    parts: tuple[Condition, ...]
    deciding: bool

    def holds(self, facts: Facts, model: Model) -> Truth:
        """The answer of its parts, as far as they decide it."""
        found: Truth = not self.deciding
        for part in self.parts:
            answer = part.holds(facts, model)
            if answer is self.deciding:
                return self.deciding
            found = None if answer is None else found
        return found

    def doubts(self, facts: Facts, model: Model) -> Iterator[Reason]:
        """Those of the parts that are undecided."""
        for part in self.parts:
            if part.holds(facts, model) is None:
                yield from part.doubts(facts, model)


@dataclass(frozen=True, slots=True)
class AnyRoute:
    """``any route (…)``: its part is true of the model at one of the living routes."""

    part: Condition
    term: Term
    """The routes as a term, for the reason."""

    def holds(self, facts: Facts, model: Model) -> Truth:
        """The answer on which all foremost lists of routes agree."""
        found = {self._by(facts, model, said) for said in facts.catalog.foremost(model.routes)}
        return found.pop() if len(found) == 1 else None

    def doubts(self, facts: Facts, model: Model) -> Iterator[Reason]:
        """The lists that are not known or differ, or the facts of the routes that may decide it."""
        lists, at_routes = facts.catalog.foremost(model.routes), AtRoutes(facts.catalog, facts.day)
        answers = [self._by(facts, model, said) for said in lists]
        if None not in answers:
            yield self.term.name, Doubt.DIFFERENT
        for said in lists:
            if said.state in {State.UNKNOWN, State.UNDISCLOSED}:
                yield self.term.name, said.state
            for there in self._places(facts, model, said):
                if self.part.holds(at_routes, there) is None:
                    yield from self.part.doubts(at_routes, there)

    def _by(self, facts: Facts, model: Model, said: Reading[Any]) -> Truth:
        """The answer by one list of routes."""
        if said.state is not State.KNOWN:
            return False if said.state is State.NOT_APPLICABLE else None
        at_routes = AtRoutes(facts.catalog, facts.day)
        answers = {self.part.holds(at_routes, there) for there in self._places(facts, model, said)}
        return True if True in answers else None if None in answers else False

    def _places(self, facts: Facts, model: Model, said: Reading[Any]) -> Iterator[Model]:
        """The model at each living route of a list."""
        for route in living_routes(model, facts.day, said.value or ()):
            yield seen_at(model, route)

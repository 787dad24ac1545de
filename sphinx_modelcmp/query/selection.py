"""Selections: the models that a table or a grid of cards shows, in their order, and the facts that it shows of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.fingerprints import fingerprint_of
from sphinx_modelcmp.catalog.problems import Code, Problem
from sphinx_modelcmp.catalog.scalars import PartialDate
from sphinx_modelcmp.catalog.vocabulary import Openness, Support
from sphinx_modelcmp.compare.comparison import Request, find_models, find_traffic
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.query.answers import Answer, answer
from sphinx_modelcmp.query.conditions import AtRoutes, Facts
from sphinx_modelcmp.query.language import compile_query, find_term
from sphinx_modelcmp.query.request import Selection
from sphinx_modelcmp.query.terms import Kind, Term, amount_of, month, seen_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Model
    from sphinx_modelcmp.compare.comparison import Settings
    from sphinx_modelcmp.compare.digest import Digests

COLUMNS = ("organization", "context_window", "input", "output", "released")
COLUMNS_OF_ROUTES = ("provider", "context_window", "input", "output")
MOST_COMPARED = 40
"""The most models of one comparison."""
_SUPPORT = (Support.NO, Support.PARTIAL, Support.YES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What a selection shows."""

    models: tuple[Model, ...]
    """In their order; of routes each as it is there, so that one id may stand several times."""
    columns: tuple[Term, ...]
    group: Term | None
    answer: Answer
    cut: int
    """How many more match than are shown."""
    problems: tuple[Problem, ...]


def expanded(request: Request, facts: Facts) -> tuple[Request, tuple[Problem, ...]]:
    """A request for a comparison with the ids that its query matches."""
    if not request.where:
        return request, ()
    found = select(Selection(where=request.where), facts)
    ids = tuple(model.id for model in found.models)
    if len(ids) > MOST_COMPARED:
        message = f"{len(ids):,} models match, and a comparison has at most {MOST_COMPARED}; write a model-table"
        return replace(request, models=ids[:MOST_COMPARED]), (Problem(Code.QUERY, message),)
    if len(ids) < 2 and not found.problems:
        message = f"a comparison needs two models, and {len(ids) or 'none'} matches “{request.where}”"
        return replace(request, models=ids), (Problem(Code.TOO_FEW_MODELS, message),)
    return replace(request, models=ids), found.problems


def digest_of(request: Request | Selection, facts: Facts, digests: Digests, settings: Settings) -> str:
    """The hash of the answer to a query as a page shows it: a model that does not match changes nothing in it."""
    if isinstance(request, Request):
        asked, problems = expanded(request, facts)
        return fingerprint_of((problems, digests.of(asked)))
    found = select(request, facts, settings)
    ids = [model.id for model in found.models]
    listed = request.undecided == "show" and [facts.catalog.models[model.id].name for model in found.answer.undecided]
    counted = found.answer.reasons(), sum(map(bool, found.answer.truths)), found.cut
    routes = [model.routes.value for model in found.models] if request.is_of_routes else ()
    names = [term.name for term in found.columns]
    asks_months = request.traffic or "month" in " ".join((request.where, *request.columns, *request.sort))
    traffic = facts.catalog.traffic if asks_months else ()
    parts = (
        request,
        ids,
        names,
        counted,
        listed,
        routes,
        traffic,
        found.problems,
        digests.of_models([*dict.fromkeys(ids)], names),
    )
    return fingerprint_of(parts)


def select(selection: Selection, facts: Facts, settings: Settings | None = None) -> Selected:
    """The models, in their order, and the columns. What cannot be read is left out, with its problem."""
    catalog = facts.catalog
    problems: list[Problem] = []
    ids, unknown = find_models(catalog, selection.models)
    problems += unknown
    asked: Iterable[Model] = [catalog.models[name] for name in ids] if selection.models else catalog.models.values()
    known: Facts = facts
    if selection.is_of_routes:
        known = AtRoutes(catalog, facts.day)
        asked = [seen_at(model, route) for model in asked for route in living_routes(model, facts.day)]
    asked = list(asked)
    found = Answer(tuple(model.id for model in asked))
    matching = asked
    if selection.where:
        matching, found = _matching(selection, known, asked, problems)
    columns = _columns(selection, facts, settings, problems)
    matching = _sorted(selection, known, matching, columns, problems)
    shown = matching if selection.limit is None else matching[: selection.limit]
    group = _term(selection.group_by, selection, known, problems) if selection.group_by else None
    return Selected(
        models=tuple(shown),
        columns=columns,
        group=group,
        answer=found,
        cut=len(matching) - len(shown),
        problems=tuple(problems),
    )


def _matching(
    selection: Selection, facts: Facts, asked: Sequence[Model], problems: list[Problem]
) -> tuple[list[Model], Answer]:
    """The models that are shown for a query, and its answer. A query that cannot be read matches nothing."""
    query = compile_query(selection.where, facts.catalog, at_route=selection.is_of_routes)
    if isinstance(query, Problem):
        problems.append(query)
        return [], Answer(())
    found = answer(query, facts, asked)
    if selection.undecided != "include":
        return [model for model, truth in zip(asked, found.truths, strict=True) if truth], found
    return [model for model, truth in zip(asked, found.truths, strict=True) if truth is not False], found


def _columns(
    selection: Selection, facts: Facts, settings: Settings | None, problems: list[Problem]
) -> tuple[Term, ...]:
    names = selection.columns or (COLUMNS_OF_ROUTES if selection.is_of_routes else COLUMNS)
    found: dict[str, Term] = {}
    for name in names:
        if name in found:
            problems.append(Problem(Code.UNKNOWN_FIELD, f"the column “{name}” is named twice"))
        elif term := _term(name, selection, facts, problems):
            found[name] = term
    if selection.traffic:
        traffic, unknown = find_traffic(facts.catalog, selection.traffic)
        problems += unknown
        found.setdefault("month", month(traffic, selection.traffic))
    return tuple(found.values())


def _term(name: str, selection: Selection, facts: Facts, problems: list[Problem]) -> Term | None:
    found = find_term(name, facts.catalog, at_route=selection.is_of_routes)
    if isinstance(found, Problem):
        problems.append(replace(found, code=Code.UNKNOWN_FIELD))
        return None
    return found


def _sorted(
    selection: Selection, facts: Facts, models: Sequence[Model], columns: Sequence[Term], problems: list[Problem]
) -> list[Model]:
    """The models by each fact, the last one first, so that the first one decides. Without a value they come last."""
    found = list(models)
    if not selection.sort:
        return found
    found.sort(key=lambda model: model.id)
    months = next((term for term in columns if term.name.startswith("month(")), None)
    for name in reversed(selection.sort):
        plain = name.removeprefix("-")
        term = months if plain == "month" else _term(plain, selection, facts, problems)
        if not term:
            continue
        keyed = [(_key(term, facts, model), model) for model in found]
        valued = [item for item in keyed if item[0] is not None]
        valued.sort(key=itemgetter(0), reverse=name != plain)
        found = [model for _, model in (*valued, *(item for item in keyed if item[0] is None))]
    return found


def _key(term: Term, facts: Facts, model: Model) -> Any:
    """What a model is sorted by: the value that its page shows; None without one."""
    fact = term.get(facts.catalog, model, facts.day)
    if term.kind is Kind.MONEY:
        amount = amount_of(facts.catalog, fact, facts.day)
        return amount if isinstance(amount, Decimal) else None
    value = None if fact.value is None else term.part(fact.value)
    match value:
        case None:
            return None
        case PartialDate():
            return value.first
        case Support():
            return _SUPPORT.index(value)
        case Openness():
            return list(Openness).index(value)
        case int() | Decimal():
            return value
    words = " ".join(value) if isinstance(value, tuple) else str(value)
    # Numbers in names by their value: GPT-5.10 comes after GPT-5.9.
    return [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", words.casefold())]

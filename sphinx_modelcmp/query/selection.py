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
from sphinx_modelcmp.compare.comparison import find_models, find_traffic
from sphinx_modelcmp.compare.life import living_routes
from sphinx_modelcmp.query.answers import Answer, answer
from sphinx_modelcmp.query.conditions import AtRoutes, Facts
from sphinx_modelcmp.query.language import compile_query, find_term
from sphinx_modelcmp.query.terms import Kind, Term, amount_of, month, seen_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.compare.comparison import Request
    from sphinx_modelcmp.compare.digest import Digests
    from sphinx_modelcmp.query.request import Selection

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
    answer: Answer | None
    """None if the query could not be read."""
    cut: int
    """How many more match than are shown."""
    problems: tuple[Problem, ...]


def expanded(request: Request, found: Selected) -> tuple[Request, tuple[Problem, ...]]:
    """A request for a comparison with the ids that its query has found."""
    problems = [*found.problems]
    ids = tuple(model.id for model in found.models)
    if request.models:
        problems.append(Problem(Code.QUERY, "a comparison has ids or `where`, not both; the ids are left out"))
    if len(ids) > MOST_COMPARED:
        message = f"{len(ids):,} models match, and a comparison has at most {MOST_COMPARED}; write a model-table"
        problems.append(Problem(Code.QUERY, message))
    elif len(ids) < 2 and found.answer:
        message = f"a comparison needs two models, and {len(ids) or 'none'} matches “{request.where}”"
        problems.append(Problem(Code.TOO_FEW_MODELS, message))
    return replace(request, models=ids[:MOST_COMPARED]), tuple(problems)


def digest_of(request: Selection, found: Selected, catalog: Catalog, digests: Digests) -> str:
    """The hash of what a page shows of a selection: a model that does not match changes nothing in it."""
    ids = [model.id for model in found.models]
    held = found.answer or Answer(())
    listed = request.undecided == "show" and [one.model.name for one in held.undecided]
    counted = held.reasons(), len(held.matched), found.cut
    routes = [model.routes.value for model in found.models] if request.is_of_routes else ()
    names = [term.name for term in found.columns]
    asked = " ".join((request.where, request.group_by, *request.columns, *request.sort))
    traffic = catalog.traffic if request.traffic or "month" in asked else ()
    known = digests.of_models([*dict.fromkeys(ids)], names)
    return fingerprint_of((request, ids, names, counted, listed, routes, traffic, found.problems, known))


def select(selection: Selection, facts: Facts) -> Selected:
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
    found = _answer(selection, known, asked, problems) if selection.where else Answer((), (True,) * len(asked))
    columns = _columns(selection, facts, problems)
    matching = _sorted(selection, known, _matching(selection, asked, found), columns, problems)
    shown = matching if selection.limit is None else matching[: selection.limit]
    group = _term(selection.group_by, selection, facts, problems) if selection.group_by else None
    return Selected(
        models=tuple(shown),
        columns=columns,
        group=group,
        answer=found,
        cut=len(matching) - len(shown),
        problems=tuple(problems),
    )


def _answer(selection: Selection, facts: Facts, asked: Sequence[Model], problems: list[Problem]) -> Answer | None:
    query = compile_query(selection.where, facts, at_route=selection.is_of_routes)
    if not isinstance(query, Problem):
        return answer(query, facts, asked)
    problems.append(query)
    return None


def _matching(selection: Selection, asked: Sequence[Model], found: Answer | None) -> list[Model]:
    """The models that have rows. A query that cannot be read matches nothing."""
    truths = zip(asked, found.truths, strict=True) if found else ()
    return [model for model, truth in truths if truth or (truth is None and selection.undecided == "include")]


def default_columns(selection: Selection) -> tuple[str, ...]:
    """The columns of a selection that names none."""
    return COLUMNS_OF_ROUTES if selection.is_of_routes else COLUMNS


def _columns(selection: Selection, facts: Facts, problems: list[Problem]) -> tuple[Term, ...]:
    names = selection.columns or default_columns(selection)
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
    found = find_term(name, facts, at_route=selection.is_of_routes)
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
        term = (plain == "month" and months) or _term(plain, selection, facts, problems)
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

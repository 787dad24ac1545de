"""The language of queries: a text becomes conditions, or a problem that names the column and the cure."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean, nearest_or_few
from sphinx_modelcmp.catalog.scalars import PartialDate, ReadError, read_partial_date, shorten
from sphinx_modelcmp.catalog.vocabulary import STATE_WORDS, Scale, Support
from sphinx_modelcmp.query.conditions import AnyRoute, Condition, Junction, Negation, Test, Truth
from sphinx_modelcmp.query.terms import AtMost, Kind, Term, month, score

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark, Token, Tree, UnexpectedInput

    from sphinx_modelcmp.query.conditions import Facts

LONGEST = 10_000
"""The most characters of a query."""
DEEPEST = 50
"""The most conditions within one another."""
_UNITS = {"k": 3, "M": 6, "B": 9}
"""Units of numbers to the powers of ten that they are."""
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_TOKENS = {
    "NAME": "a name",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "DATE": "a date",
    "TRUTH": "true",
    "OPERATOR": "a comparison",
    "STATE": "unknown, undisclosed or n/a",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": "a comma",
    "$END": "the end",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query that has been read."""

    text: str
    condition: Condition


class _RefusalError(Exception):
    """What is wrong with a query."""

    def __init__(self, message: str, at: Token | Tree[Token]) -> None:
        super().__init__(message)
        place: Any = getattr(at, "meta", at)
        self.column: int = place.column


def compile_query(text: str, facts: Facts, *, at_route: bool = False) -> Query | Problem:
    """A query, or the first problem of its text. With ``at_route`` it is asked of models at single routes."""
    flat = " ".join(text.split())
    if len(flat) > LONGEST:
        return Problem(Code.QUERY, f"a query has at most {LONGEST:,} characters, this one {len(flat):,}")
    if not flat:
        return Problem(Code.QUERY, "the query is empty; write a condition such as context_window >= 200k")
    from lark import UnexpectedInput  # noqa: PLC0415 - only who has a query needs the parser

    try:
        return Query(flat, _Compiler(facts, at_route=at_route).condition(_parsed(flat)))
    except UnexpectedInput as error:
        is_cut = getattr(getattr(error, "token", None), "type", "") == "$END"
        return _problem(flat, len(flat) + 1 if is_cut else error.column, _unexpected(error))
    except _RefusalError as refusal:
        return _problem(flat, refusal.column, str(refusal))


def find_term(name: str, facts: Facts, *, at_route: bool = False) -> Term | Problem:
    """What a name stands for outside of a query: ``output``, ``month(support-bot)``, ``score(swe-bench)``."""
    from lark import UnexpectedInput  # noqa: PLC0415 - as above

    try:
        tree = _parser("term").parse(name)
        return _Compiler(facts, at_route=at_route).term(tree)
    except UnexpectedInput:
        return Problem(Code.QUERY, f"“{shorten(name)}” is not the name of a fact")
    except _RefusalError as refusal:
        return Problem(Code.QUERY, str(refusal))


@cache
def _parser(start: str) -> Lark:
    from lark import Lark  # noqa: PLC0415 - as above

    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    return Lark(grammar, start=start, parser="lalr", propagate_positions=True)


def _parsed(text: str) -> Tree[Token]:
    tree = _parser("start").parse(text)
    depths: dict[int, int] = {}
    # The innermost come first.
    for part in tree.iter_subtrees():
        depths[id(part)] = 1 + max((depths.get(id(child), 0) for child in part.children), default=0)
        if depths[id(part)] > DEEPEST:
            raise _RefusalError(f"more than {DEEPEST} conditions within one another", part)
    return tree


def _problem(text: str, column: int, message: str) -> Problem:
    near = shorten(text[max(column - 1, 0) :])
    place = f"column {column}, at “{near}”" if near else "at its end"
    return Problem(Code.QUERY, f"query, {place}: {message}")


def _unexpected(error: UnexpectedInput) -> str:
    """What the parser expected in the place of what it found."""
    names = getattr(error, "expected", None) or getattr(error, "allowed", None) or ()
    expected = sorted(_TOKENS.get(name, name.lower()) for name in names)
    return f"expected {' or '.join(', '.join(expected).rsplit(', ', 1))}"


def _token(part: Any) -> Token:
    """A leaf of a tree."""
    token: Token = part
    return token


class _Compiler:
    """Conditions of the trees that the parser makes of queries on one catalog."""

    def __init__(self, facts: Facts, *, at_route: bool) -> None:
        self.catalog, self.terms = facts.catalog, facts.terms
        self.is_at_route = at_route

    def condition(self, tree: Tree[Token]) -> Condition:
        """The condition of a tree: each rule of the grammar has a method."""
        make: Callable[..., Condition] = getattr(self, f"_{tree.data}")
        return make(*tree.children)

    def _either(self, *parts: Tree[Token]) -> Condition:
        return Junction(tuple(map(self.condition, parts)), deciding=True)

    def _both(self, *parts: Tree[Token]) -> Condition:
        return Junction(tuple(map(self.condition, parts)), deciding=False)

    def _negation(self, part: Tree[Token]) -> Condition:
        return Negation(self.condition(part))

    def _state(self, name: Tree[Token], word: Token) -> Condition:
        state = STATE_WORDS[str(word)]
        return Test(self.term(name), lambda held: held is state, asks_state=True)

    def _other_state(self, name: Tree[Token], word: Token) -> Condition:
        return Negation(self._state(name, word))

    def term(self, tree: Tree[Token]) -> Term:
        """The term of a name, with or without brackets."""
        name, *inner = map(_token, tree.children)
        if inner:
            return self._call(name, inner[0])
        if name not in self.terms:
            raise _RefusalError(f"no fact “{shorten(name)}”{did_you_mean(name, self.terms)}", name)
        term = self.terms[str(name)]
        if term.at_route and not self.is_at_route:
            cure = f"any route ({name} = …)" if name == "region" else f"any route ({name} = …) or providers has …"
            raise _RefusalError(f"“{name}” is a fact of a route: write {cure}", name)
        return term

    def _call(self, name: Token, inner: Token) -> Term:
        tables = {"month": self.catalog.traffic, "score": self.catalog.benchmarks}
        if name not in tables:
            raise _RefusalError(f"“{name}(…)” is neither month(…) of a traffic nor score(…) of a benchmark", name)
        known: Any = tables[str(name)]
        if inner not in known:
            what = "traffic" if name == "month" else "benchmark"
            raise _RefusalError(f"no {what} “{shorten(inner)}” in the catalog{did_you_mean(inner, known)}", inner)
        return month(known[inner], inner) if name == "month" else score(self.catalog, inner)

    def _any_route(self, part: Tree[Token]) -> Condition:
        before, self.is_at_route = self.is_at_route, True
        found = self.condition(part)
        self.is_at_route = before
        return AnyRoute(found, self.terms["providers"])

    def _flag(self, name: Tree[Token]) -> Condition:
        term = self.term(name)
        if term.kind is not Kind.FLAG:
            raise _RefusalError(f"{term.name} is {term.kind.value}, which alone is no condition: {_cure(term)}", name)
        return Test(term, _has_it)

    def _comparison(self, name: Tree[Token], sign: Token, value: Tree[Token]) -> Condition:
        term = self.term(name)
        if term.kind is Kind.WORDS:
            raise _RefusalError(f"{term.name} is a list: {_cure(term)}", name)
        if sign in {"=", "!="}:
            equal = self._equal(term, value)
            return equal if sign == "=" else Negation(equal)
        if term.kind not in {Kind.NUMBER, Kind.MONEY, Kind.DATE}:
            raise _RefusalError(f"{term.name} is {term.kind.value}, which has no order: {_cure(term)}", sign)
        literal = self._literal(term, value)
        return Test(term, (_dated if term.kind is Kind.DATE else _counted)(str(sign), literal))

    def _membership(self, name: Tree[Token], *values: Tree[Token]) -> Condition:
        term = self.term(name)
        if term.kind is Kind.WORDS:
            raise _RefusalError(f"{term.name} is a list: {_cure(term)}", name)
        return Junction(tuple(self._equal(term, value) for value in values), deciding=True)

    def _equal(self, term: Term, value: Tree[Token]) -> Condition:
        literal = self._literal(term, value)
        return Test(term, (_dated if term.kind is Kind.DATE else _counted)("=", literal))

    def _exclusion(self, name: Tree[Token], *values: Tree[Token]) -> Condition:
        return Negation(self._membership(name, *values))

    def _has(self, name: Tree[Token], value: Tree[Token]) -> Condition:
        term = self.term(name)
        if term.kind is not Kind.WORDS:
            raise _RefusalError(f"{term.name} is {term.kind.value}, not a list: {_cure(term)}", name)
        literal = self._literal(term, value)
        return Test(term, lambda held: literal in held)

    def _literal(self, term: Term, tree: Tree[Token]) -> Any:
        """A value to compare with, as the facts of a term have it."""
        token = _token(tree.children[0])
        match term.kind, token.type:
            case ((Kind.NUMBER | Kind.MONEY), "NUMBER"):
                return _number(term, token)
            case Kind.DATE, "DATE" | "NUMBER":
                return _date(token)
            case Kind.FLAG, "TRUTH":
                return Support(str(token))
            case ((Kind.WORD | Kind.WORDS | Kind.TEXT), "NAME" | "STRING" | "DATE" | "NUMBER"):
                return self._word(term, token)
        cure = f"write {term.name} is {token}" if token in STATE_WORDS else _cure(term)
        raise _RefusalError(f"{term.name} is {term.kind.value}: {cure}", token)

    def _word(self, term: Term, token: Token) -> str:
        word = str(token)[1:-1] if token.type == "STRING" else str(token)
        if term.name == "id":
            word = self.catalog.names.get(word.casefold(), word)
        if token in STATE_WORDS:
            raise _RefusalError(f"“{token}” is no value: write {term.name} is {token}", token)
        if term.words and word not in term.words:
            hint = nearest_or_few(word, term.words)
            raise _RefusalError(f"“{shorten(word)}” is none of the words of {term.name}{hint}", token)
        return word


def _cure(term: Term) -> str:
    """A condition on a fact as it can be written."""
    word = next(iter(term.words), "…")
    return (
        "write "
        + {
            Kind.NUMBER: f"{term.name} >= 200k",
            Kind.MONEY: f"{term.name} <= 0.50",
            Kind.DATE: f"{term.name} >= 2026-01",
            Kind.FLAG: f"{term.name}, not {term.name} or {term.name} = partial",
            Kind.WORD: f"{term.name} = {word}",
            Kind.WORDS: f"{term.name} has {word}",
            Kind.TEXT: f'{term.name} = "…"',
        }[term.kind]
    )


def _number(term: Term, token: Token) -> Decimal:
    text = str(token).replace("_", "")
    unit = text[-1] if text[-1] in {*_UNITS, "%"} else ""
    number = Decimal(text.removesuffix(unit))
    if unit == "%":
        if term.scale not in {Scale.PERCENT, Scale.FRACTION}:
            raise _RefusalError(f"{term.name} is not a share: write the number without %", token)
        return number if term.scale is Scale.PERCENT else number.scaleb(-2)
    return number.scaleb(_UNITS.get(unit, 0))


def _date(token: Token) -> PartialDate:
    try:
        return read_partial_date(str(token))
    except ReadError as error:
        raise _RefusalError(str(error), token) from None


def _has_it(held: Any) -> Truth:
    return None if held is Support.PARTIAL else held is Support.YES


def _counted(sign: str, literal: Any) -> Callable[[Any], Truth]:
    """The comparison of a value. One that may be less decides only what a lesser one would not change."""
    compare = _COMPARE[sign]

    def test(held: Any) -> Truth:
        if not isinstance(held, AtMost):
            return compare(held, literal)
        if sign in {"<", "<="}:
            return True if compare(held.amount, literal) else None
        return False if held.amount < literal or (sign == ">" and held.amount == literal) else None

    return test


def _dated(sign: str, literal: PartialDate) -> Callable[[PartialDate], Truth]:
    """The comparison of a date that may be any day of its month or year: undecided where only some of these fit."""
    low, high = literal.first, literal.last
    fits: Callable[[Any], bool] = {
        "<": lambda day: day < low,
        "<=": lambda day: day <= high,
        ">": lambda day: day > high,
        ">=": lambda day: day >= low,
        "=": lambda day: low <= day <= high,
    }[sign]

    def test(held: PartialDate) -> Truth:
        if sign == "=" and held.contains(literal) and held != literal:
            return None
        first, last = fits(held.first), fits(held.last)
        return first if first == last else None

    return test

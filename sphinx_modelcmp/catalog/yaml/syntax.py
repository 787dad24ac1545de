"""Cures for files that are no YAML. A parser reports what it expected; an author needs to know what to change."""

from __future__ import annotations

import re
from typing import NamedTuple


class Failure(NamedTuple):
    """The place at which a parser gave up, and its reason."""

    problem: str
    context: str
    lines: list[str]
    line: int
    """From 0, as the column."""
    column: int
    begun: int
    """The line on which the parser began what it was reading."""

    @property
    def text(self) -> str:
        """The line."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """The part of the line before that place."""
        return self.text[: self.column]

    @property
    def char(self) -> str:
        """The character there; empty at the end of a line."""
        return self.text[self.column : self.column + 1]

    @property
    def above(self) -> int | None:
        """The last line above that is neither empty nor a comment."""
        return next((i for i in range(self.line - 1, -1, -1) if _said(self.lines[i])), None)


def cure(failure: Failure) -> str:
    """The cure for a failure; empty if only the parser's own words are left."""
    if found := next((found for tell in _TELLING if (found := tell(failure))), ""):
        return found
    said = f"{failure.context}\n{failure.problem}"
    found = next((found for pattern, found in _CURES.items() if re.search(pattern, said)), "")
    return found.format(char=failure.char, begun=failure.begun + 1)


def _tab(failure: Failure) -> str:
    is_tab = failure.char == "\t" or "\t" in _indent(failure.text)
    return "a tab stands here, and YAML is indented with spaces" if is_tab else ""


def _colon(failure: Failure) -> str:
    """A second key on a line, or a first one while a text of the line above goes on."""
    if not failure.problem.startswith("mapping values"):
        return ""
    if ": " in failure.before:
        return "a colon inside a text: put the text into quotes"
    above = failure.above
    if above is not None and not _is_key(failure.lines[above]):
        return f"line {above + 1} lacks a colon with a space behind it"
    return _lined_up(failure)


def _shifted(failure: Failure) -> str:
    """A line that begins in another column, or a text that goes on after its end."""
    if not failure.problem.startswith(("did not find expected key", "expected <block end>")):
        return ""
    if not failure.before.strip():
        return _lined_up(failure)
    if failure.char in {"}", "]"}:
        return f"this {failure.char} closes nothing"
    if failure.before.rstrip().endswith(("'", '"')):
        return "the text ends at the quote before: put quotes of the other kind around all of it"
    return ""


_TELLING = (_tab, _colon, _shifted)
_CURES = {
    "cannot start any token": "no text begins with {char}: put it into quotes",
    "(?:alias|anchor).*\n": "no text begins with * or &: put it into quotes",
    "unknown escape": "in double quotes a backslash is written twice",
    "flow.*\n": "the bracket of line {begun} is not closed, or a comma is missing before this",
    "quoted scalar.*\n.*end of stream": "the quote of line {begun} is not closed",
    "sequence entries are not allowed": "a list begins in a line of its own",
}
"""What a parser says, its context on a line before its problem, to a cure."""


def _lined_up(failure: Failure) -> str:
    above = failure.above
    if above is None:
        return ""
    here, there = (len(_indent(line)) + 1 for line in (failure.text, failure.lines[above]))
    if here == there:
        return ""
    return (
        f"this line begins in column {here} and line {above + 1} in column {there}: "
        "keys of one mapping line up, and items of one list"
    )


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _said(line: str) -> str:
    """A line without its indentation; empty for a comment."""
    return "" if line.lstrip().startswith("#") else line.strip()


def _is_key(line: str) -> bool:
    return ": " in line or line.rstrip().endswith(":")

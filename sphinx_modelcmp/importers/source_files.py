"""Strict reading of foreign files: one that is cut short, or says two things at once, is refused."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.problems import Code, Place
from sphinx_modelcmp.catalog.scalars import shorten
from sphinx_modelcmp.catalog.yaml.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_BYTES = 128 * 1024 * 1024
"""Largest foreign file that is read. The largest catalog that is known, that of LiteLLM, has 3 MB."""


class ForeignError(Exception):
    """A foreign file that cannot be used: why, and where in it."""

    def __init__(self, message: str, path: Path, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    @classmethod
    def at(cls, message: str, path: Path, where: Place | None) -> ForeignError:
        """The error for a place that another reader has found."""
        return cls(message, path, *((where.line, where.column) if where else ()))

    def __str__(self) -> str:
        return f"{Place(str(self.path), self.line, self.column)}: {visible(self.message)}"


class _NotANumberError(ValueError):
    """A word of JSON for what is no number."""


class _TwiceError(ValueError):
    """A key that one object has twice."""


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"{}\[\],:]+')
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>\\u[dD][89a-fA-F]..)|\\.")
"""Escapes of JSON: two halves of a character, one half, which no text can contain, or anything else."""
_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def read_bytes(path: Path) -> bytes:
    """All of a file, unless it is larger than any catalog."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ForeignError(f"the file has {size:,} bytes, the limit is {MOST_BYTES:,}", path)
        return path.read_bytes()
    except OSError as error:
        raise ForeignError(f"cannot be read: {error.strerror or error}", path) from None


def read_text(path: Path) -> str:
    """All of a file of UTF-8."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise ForeignError(f"the byte 0x{data[error.start]:02x} is not UTF-8 here", path, line, column) from None


def read_json(path: Path) -> Any:
    """One JSON document. Numbers with a point or an exponent are exact: ``Decimal``.

    Raises ForeignError for what is cut short, has a key twice in one object, NaN or infinity for a number, or half a
    character.
    """
    text = read_text(path)
    try:
        found = json.loads(text, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        cut = " (is the file cut short?)" if at_end else ""
        raise ForeignError(f"the file is not JSON: {error.msg}{cut}", path, error.lineno, error.colno) from None
    except _NotANumberError as error:
        message = f"{shorten(error)} is no number in JSON"
        at = next((token.start() for token in _TOKEN.finditer(text) if token[0] == str(error)), 0)
        raise ForeignError(message, path, *_place(text, at)) from None
    except _TwiceError as error:
        message = f"the key “{shorten(error)}” stands twice in one object"
        raise ForeignError(message, path, *_second(text, path)) from None
    except (ValueError, RecursionError) as error:
        message = "lists and objects are nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ForeignError(f"the file cannot be read as JSON: {message}", path) from None
    if half := next((one for one in _ESCAPE.finditer(text) if one["half"]), None):
        raise ForeignError("half a character, which no text can hold", path, *_place(text, half.start()))
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML document, numbers with a point as ``Decimal``. Raises ForeignError where it is none."""
    try:
        return tomllib.loads(read_text(path), parse_float=_decimal)
    except (ValueError, RecursionError) as error:
        why = "lists and tables are nested too deep" if isinstance(error, RecursionError) else str(error)
        place = _TOML_PLACE.search(why)
        message = f"the file is not TOML: {_TOML_PLACE.sub('', why)}"
        raise ForeignError(message, path, *(map(int, place.groups()) if place else ())) from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise _NotANumberError(text) from None


def _no_number(word: str) -> NoReturn:
    raise _NotANumberError(word)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for i, name in enumerate(names) if name in names[:i]))
    return found


def _second(text: str, path: Path) -> tuple[int, int]:
    """Place of the second of two keys: the reader of YAML knows it, the parser of JSON does not."""
    _, problems = read_document(text.encode(), str(path))
    places = (problem.where for problem in problems if problem.code is Code.DUPLICATE_KEY and problem.where)
    return next(((place.line, place.column) for place in places), (0, 0))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

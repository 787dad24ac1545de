"""The docstrings of attributes, which Python itself forgets, and of whatever else documents itself."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PACKAGE = __name__.partition(".")[0]


def about(owner: type, name: str) -> str:
    """The docstring of an attribute in one line: from the source of its class, or of one that this inherits."""
    ours = (cls for cls in owner.__mro__ if cls.__module__.startswith(_PACKAGE))
    return next(
        (found[name] for cls in ours if name in (found := _docstrings(cls.__module__).get(cls.__name__, {}))), ""
    )


@cache
def _docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """Class to attribute to docstring."""
    body = ast.parse(inspect.getsource(sys.modules[module])).body
    return {node.name: dict(_documented(node)) for node in body if isinstance(node, ast.ClassDef)}


def _documented(cls: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for pair in pairwise(cls.body):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(docstring))),
            ):
                yield name, " ".join(docstring.split())


def said_first(documented: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((documented.__doc__ or "").partition("\n\n")[0].split())

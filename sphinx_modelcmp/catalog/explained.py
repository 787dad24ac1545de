"""What an author's keys are for: the docstrings of the records, which documentation and schema print alike."""

from __future__ import annotations

import ast
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.records import Record

if TYPE_CHECKING:
    from pydantic import BaseModel

VERSION = "The version of the format: 1."
INHERITED = {
    "source": "The source of every fact inside that names none: an id, or a list of ids.",
    "checked": "The day every fact inside was last checked, unless the fact names one.",
}
"""What may stand beside the fields of a record: all that stands inside inherits it."""


def about(record: type[BaseModel], name: str) -> str:
    """The docstring of a field, from the source of its record: pydantic would look for them at every import."""
    return next((found[name] for cls in record.__mro__ if name in (found := _field_docstrings(cls))), "")


def said_first(documented: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((documented.__doc__ or "").partition("\n\n")[0].split())


@cache
def _field_docstrings(cls: type) -> dict[str, str]:
    module = sys.modules[cls.__module__].__file__
    if not (module and issubclass(cls, Record)):
        return {}
    classes = (
        node for node in ast.parse(Path(module).read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)
    )
    found = {}
    for field, text in (pair for node in classes if node.name == cls.__name__ for pair in pairwise(node.body)):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring))):
                found[name] = docstring
    return found

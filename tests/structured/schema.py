"""The JSON Schema of ``comparison.json``, made from its shapes. The package has the file, and no need of this."""

from __future__ import annotations

import ast
import json
from enum import Enum
from functools import cache
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from sphinx_modelcmp.structured import shapes
from sphinx_modelcmp.structured.shapes import Shape, Value

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def generate() -> str:
    """The text of the schema, from the shapes."""
    found = [held for held in vars(shapes).values() if isinstance(held, type) and issubclass(held, Shape)]
    schema = {
        "$schema": DIALECT,
        "title": "comparison.json",
        "description": "The comparisons of language models on one page, with the sources of every fact.",
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "description": "The address of this schema, seen from the document."},
            "version": _of(Literal[1]) | {"description": "Raised when documents of before could be misread."},
            "comparisons": _of(list[shapes.Comparison]) | {"description": "In the order of the page."},
        },
        "required": ["$schema", "version", "comparisons"],
        "$defs": {shape.__name__: _shape(shape) for shape in found if shape not in {Shape, Value}},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _shape(shape: type[Shape]) -> dict[str, Any]:
    described = _docstrings().get(shape.__name__, {})
    types = {name: kind for name, kind in get_type_hints(shape, include_extras=True).items() if name in shape.keys}
    properties = {}
    for name, kind in types.items():
        about = {"description": described[name]} if name in described else {}
        properties[name] = _of(get_args(kind)[0] if shape.keys[name] is None else kind) | about
    if issubclass(shape, Value):
        properties["type"]["const"] = shape.type
    required = [name for name in types if shape.keys[name] is not None]
    return {
        "title": shape.__name__,
        "description": shape.__doc__,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _of(kind: Any) -> dict[str, Any]:
    """The schema of a type."""
    inner = get_args(kind)
    match get_origin(kind):
        case None if kind is Value:
            paths = {shape.type: f"#/$defs/{shape.__name__}" for shape in Value.__subclasses__()}
            told_apart = {"mapping": paths, "propertyName": "type"}
            return {"oneOf": [{"$ref": path} for path in paths.values()], "discriminator": told_apart}
        case None if issubclass(kind, Enum):
            return _of(Literal[tuple(word.value for word in kind)])
        case None:
            return {"type": _NAMES[kind]} if kind in _NAMES else {"$ref": f"#/$defs/{kind.__name__}"}
        case origin if origin is Annotated:
            return {**_of(inner[0]), "pattern": inner[1]}
        case origin if origin is Literal:
            values = {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
            return {"type": _NAMES[type(inner[0])], **values}
        case origin if origin is list:
            return {"type": "array", "items": _of(inner[0])}
        case origin if origin is dict:
            return {"type": "object", "additionalProperties": _of(inner[1])}
        case _:
            return {"anyOf": [_of(one) for one in inner]}


@cache
def _docstrings() -> dict[str, dict[str, str]]:
    """What the source of the shapes says of their keys, for each shape."""
    found: dict[str, dict[str, str]] = {}
    tree = ast.parse(Path(shapes.__file__).read_text(encoding="utf-8"))
    for shape in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for pair in pairwise(shape.body):
            match pair:
                case ast.AnnAssign(target=ast.Name(id=key)), ast.Expr(value=ast.Constant(value=str(text))):
                    found.setdefault(shape.name, {})[key] = cleandoc(text)
    return found

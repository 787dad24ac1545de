"""A YAML file as an editor's language server sees it, before it holds it against a schema.

PyYAML's safe loader reads YAML 1.1, where ``2026-01-01`` is a date, ``no`` is false and ``22:00`` is 1320. Language
servers read the core schema of YAML 1.2, which knows none of the three: so does this loader. Keys are texts, and of two
equal ones the first counts, as in our own reader.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_CORE = {
    "null": (r"~|null|Null|NULL|", "~nN"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
}


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        made: dict[Any, Any] = {}
        for key, value in node.value:
            made.setdefault(key.value, self.construct_object(value, deep=deep))
        return made


def _int(loader: Any, node: Any) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _float(loader: Any, node: Any) -> float:
    return float(loader.construct_scalar(node).lower().replace(".inf", "inf").replace(".nan", "nan"))


Core.yaml_implicit_resolvers = {}
for _name, (_pattern, _first) in _CORE.items():
    _letters = [*_first, *([""] if _name == "null" else [])]
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), _letters)
Core.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile("<<"), ["<"])
Core.add_constructor("tag:yaml.org,2002:int", _int)
Core.add_constructor("tag:yaml.org,2002:float", _float)


def seen(text: str) -> Any:
    """The tree of a file."""
    return yaml.load(text, Loader=Core)

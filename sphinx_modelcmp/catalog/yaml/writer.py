"""Records as YAML for review: one fact a line, one item a line in long lists, nothing that YAML would change.

The writers of libraries break lines anywhere, or take ten times as long.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.characters import visible
from sphinx_modelcmp.catalog.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMENT = "#"
"""The key of a comment in a record to be written. The comment goes above the record, and nobody reads it."""

_WIDTH = 120
_STEP = "  "
_IN_LINE = 4
"""The most keys of a mapping in one line. Items of a list may be as long as they fit."""
# Needs no quotes anywhere, not even in a flow collection, and is of no other type to any reader of YAML.
_PLAIN = re.compile(r"[A-Za-z_](?:[\w ./+%()@-]|:(?=\w))*(?<! )", re.ASCII)
_NOT_TEXT = re.compile(r"(?:y|yes|no|n|true|false|on|off|null|nan|inf)", re.IGNORECASE)


def document(record: Mapping[str, Any]) -> str:
    """A whole file."""
    return "".join(lines(record, 0))


def table(name: str, entries: Any) -> str:
    """The lines of a table at the top of a file; empty lines set models apart."""
    if name != "models" or not isinstance(entries, dict):
        return "".join(lines({name: entries}, 0))
    return "models:\n\n" + "\n".join("".join(lines({key: record}, 1)) for key, record in entries.items())


def lines(record: Mapping[str, Any], depth: int) -> Iterator[str]:
    """The lines of a mapping in the block style."""
    indent = _STEP * depth
    if COMMENT in record:
        yield f"{indent}# {record[COMMENT]}\n"
    for key, value in record.items():
        if key != COMMENT:
            yield from _entry(f"{indent}{scalar(key)}:", value, depth)


def _entry(start: str, value: Any, depth: int) -> Iterator[str]:
    text = inline(value)
    is_long = text is None or (isinstance(value, dict) and len(value) > _IN_LINE)
    fits = not is_long and len(f"{start} {text}") <= _WIDTH
    if fits or not isinstance(value, dict | list | tuple):
        yield f"{start} {text}\n"
        return
    yield f"{start}\n"
    if isinstance(value, dict):
        yield from lines(value, depth + 1)
    else:
        yield from (line for item in value for line in list_item(item, depth + 1))


def list_item(item: Any, depth: int) -> Iterator[str]:
    """The lines of one item of a list in the block style."""
    indent = _STEP * depth
    text = inline(item)
    if isinstance(item, dict) and (text is None or len(indent) + 2 + len(text) > _WIDTH):
        if COMMENT in item:
            yield f"{indent}# {item[COMMENT]}\n"
        first, *rest = lines({key: value for key, value in item.items() if key != COMMENT}, depth + 1)
        yield f"{indent}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield f"{indent}- {text or flow(item)}\n"


def inline(value: Any) -> str | None:
    """A value in one line; None for what should not be: a record of records, a list of them, one with a comment."""
    return flow(value) if _is_short(value) else None


def _is_short(value: Any) -> bool:
    if isinstance(value, dict):
        return all(
            key != COMMENT and (not isinstance(item, dict) or key in {"when", "hours"}) and _is_short(item)
            for key, item in value.items()
        )
    return not isinstance(value, list | tuple) or not any(isinstance(item, dict | list | tuple) for item in value)


def flow(value: Any) -> str:
    """Any value in one line. Comments in it are lost."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {flow(item)}' for key, item in value.items() if key != COMMENT)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(flow(item) for item in value)}]"
    return scalar(value)


def scalar(value: Any) -> str:
    """One value as this reader, and any other one, reads it back.

    >>> scalar(True), scalar(Decimal("1E-7")), scalar("no"), scalar("Qwen/Qwen3.5-4B"), scalar("a: b")
    ('true', '0.0000001', '"no"', 'Qwen/Qwen3.5-4B', '"a: b"')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date | PartialDate):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text):
        return text
    # The escapes of messages are those of YAML too.
    return visible(json.dumps(text, ensure_ascii=False))


def as_read(value: Any) -> Any:
    """A value as the reader gives it back from a file: text, and no comments.

    >>> as_read({"#": "cites a page", "input": Decimal("2.50"), "free": True, "days": ["mon"]})
    {'input': '2.50', 'free': 'true', 'days': ['mon']}
    """
    if isinstance(value, dict):
        return {str(key): as_read(item) for key, item in value.items() if key != COMMENT}
    if isinstance(value, list | tuple):
        return [as_read(item) for item in value]
    return value if value is None or isinstance(value, str) else scalar(value)

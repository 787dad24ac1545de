"""CommonMark from the catalog to inlines: the same in reST and MyST pages, and without effect on either."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.commonmark import is_followed, parsed
from sphinx_modelcmp.sections.blocks import Code, Emphasis, Inline, Link, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_WRAPPERS: dict[str, type[Strong | Emphasis]] = {"strong_open": Strong, "em_open": Emphasis}


@lru_cache(maxsize=4096)
def inlines(prose: str) -> tuple[Inline, ...]:
    """The prose as one run of inlines: blocks are joined by a space, for a note has one paragraph."""
    runs = [run for token in parsed(prose) if (run := _block(token))]
    joined = [inline for run in runs for inline in (Text(" "), *run)][1:]
    return tuple(joined) if joined else (Text(" ".join(prose.split())),)


def _block(token: Token) -> list[Inline]:
    if token.type in {"fence", "code_block"}:
        return [Code(" ".join(token.content.split()))]
    return list(_run(token.children or []))


def _run(tokens: Sequence[Token]) -> Iterator[Inline]:
    """Nested marks keep the outermost one only: a cell has no room for more."""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.nesting == 1:
            end = _closing(tokens, i)
            yield _wrapped(token, _plain(tokens[i + 1 : end]))
            i = end
        elif token.type == "code_inline":
            yield Code(token.content)
        elif text := _plain([token]):
            yield Text(text)
        i += 1


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for i in range(start, len(tokens)):
        depth += tokens[i].nesting
        if depth == 0:
            return i
    return len(tokens)


def _wrapped(token: Token, text: str) -> Inline:
    if token.type in _WRAPPERS:
        return _WRAPPERS[token.type](text)
    url = str(token.attrGet("href") or "")
    return Link(text, url) if is_followed(url) else Text(text)


def _plain(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(token.type, token.content) for token in tokens)

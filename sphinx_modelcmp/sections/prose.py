"""CommonMark from the catalog to inlines: the same in reST and MyST pages, and without effect on either."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.commonmark import is_followed, parsed
from sphinx_modelcmp.sections.blocks import Code, Emphasis, Inline, Link, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.tree import SyntaxTreeNode


@lru_cache(maxsize=4096)
def inlines(prose: str) -> tuple[Inline, ...]:
    """The prose as one run of inlines: blocks are joined by a space, for a note has one paragraph."""
    # Late: no text of most catalogs needs it.
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415

    runs = [run for node in SyntaxTreeNode(parsed(prose)).walk() if (run := list(_block(node)))]
    joined = [inline for run in runs for inline in (Text(" "), *run)][1:]
    return tuple(joined) if joined else (Text(" ".join(prose.split())),)


def _block(node: SyntaxTreeNode) -> Iterator[Inline]:
    if node.type in {"fence", "code_block"}:
        yield Code(" ".join(node.content.split()))
    elif node.type == "inline":
        for child in node.children:
            yield from _inline(child)


def _inline(node: SyntaxTreeNode) -> Iterator[Inline]:
    """Nested marks keep the outermost one only: a cell has no room for more."""
    text = _plain(node)
    match node.type:
        case "code_inline":
            yield Code(text)
        case "strong":
            yield Strong(text)
        case "em":
            yield Emphasis(text)
        case "link" if is_followed(url := str(node.attrGet("href") or "")):
            yield Link(text, url)
        case _ if text:
            yield Text(text)


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    # An image keeps its description, which is its content, and not that of its children.
    return "".join(map(_plain, node.children)) if node.is_nested else node.content

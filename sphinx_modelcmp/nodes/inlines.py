"""Inlines to nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from sphinx_modelcmp.sections.blocks import Code, Emphasis, Link, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.sections.blocks import Inline


def inline_nodes(content: Iterable[Inline]) -> list[nodes.Node]:
    """Inlines as nodes."""
    return [_inline(inline) for inline in content]


def _inline(inline: Inline) -> nodes.Node:
    match inline:
        case Text(text):
            return nodes.Text(text)
        case Strong(text):
            return nodes.strong(text, text)
        case Emphasis(text):
            return nodes.emphasis(text, text)
        case Code(text):
            return nodes.literal(text, text)
        case Link(text, url):
            return nodes.reference(text, text, refuri=url, internal=False)
        case _:
            assert_never(inline)

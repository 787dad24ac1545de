"""Inlines to nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from sphinx_modelcmp.nodes.anchors import Anchors
from sphinx_modelcmp.nodes.classes import AMOUNT, COMPARISON, NOTE, SOURCE, TERM, WHOLE
from sphinx_modelcmp.sections.blocks import (
    Amount,
    Code,
    ComparisonLink,
    Emphasis,
    Link,
    NoteMark,
    Said,
    SourceMark,
    Strong,
    Term,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_modelcmp.sections.blocks import Inline


class Inlines:
    """Turns inlines into nodes. ``anchors`` are those of a comparison on a page.

    ``foreign`` are names of another language than the page, with the tag of that: wherever they stand they are marked
    with it, in the way that docutils' writers know.
    """

    def __init__(self, anchors: Anchors | None = None, page: str = "", foreign: Iterable[tuple[str, str]] = ()) -> None:
        self.anchors = anchors or Anchors()
        self.page = page
        self.foreign = dict(foreign)
        self._names = _pattern(self.foreign) if self.foreign else None

    def build(self, content: Iterable[Inline]) -> list[nodes.Node]:
        """Inlines as nodes; words that follow each other are one text."""
        found: list[nodes.Node] = []
        words: list[str] = []
        for inline in content:
            if isinstance(inline, (Text, Said)):
                words.append(inline.text)
                continue
            if words:
                found += self.text("".join(words))
                words.clear()
            found.append(self._node(inline))
        return [*found, *self.text("".join(words))] if words else found

    def text(self, text: str) -> list[nodes.Node]:
        """A text, with the names that are of another language in nodes of their own."""
        if not self._names:
            return [nodes.Text(text)] if text else []
        parts = self._names.split(text)
        return [self._name(part) if i % 2 else nodes.Text(part) for i, part in enumerate(parts) if part]

    def _name(self, name: str) -> nodes.inline:
        return nodes.inline(name, name, classes=[f"language-{self.foreign[name]}"])

    def target(self, name: str) -> nodes.target:
        """Where a ``SourceMark`` leads: inline, for no writer but HTML gives a list item an anchor."""
        return nodes.target("", "", ids=[self.anchors.of(name)], classes=[SOURCE])

    def _node(self, inline: Inline) -> nodes.Node:  # noqa: C901 - one case a kind of inline
        match inline:
            case Term(text, definition):
                return nodes.inline(text, "", *self.text(text), classes=[TERM], definition=definition)
            case Amount(whole, rest):
                parts = [nodes.inline(whole, whole, classes=[WHOLE]), *([nodes.Text(rest)] if rest else [])]
                return nodes.inline("", "", *parts, classes=[AMOUNT])
            case SourceMark(text, name, title):
                refid = self.anchors.of(name)
                return nodes.reference(text, text, refid=refid, internal=True, reftitle=title, classes=[SOURCE])
            case Text(text) | Said(text):
                return nodes.Text(text)
            case Strong(text):
                return nodes.strong(text, "", *self.text(text))
            case Emphasis(text):
                return nodes.emphasis(text, "", *self.text(text))
            case Code(text):
                return nodes.literal(text, text)
            case Link(text, url):
                return nodes.reference(text, "", *self.text(text), refuri=url, internal=False)
            case NoteMark(text):
                return nodes.inline(text, text, classes=[NOTE])
            case ComparisonLink(text, models):
                node = nodes.inline(text, "", *self.text(text), classes=[COMPARISON])
                node[COMPARISON], node["page"] = list(models), self.page
                return node
            case _:
                assert_never(inline)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first; one in letters of ASCII is no part of a longer word."""
    return re.compile(f"({'|'.join(map(_bounded, sorted(names, key=len, reverse=True)))})")


def _bounded(name: str) -> str:
    before, after = (r"(?<!\w)" if name[0].isascii() else ""), (r"(?!\w)" if name[-1].isascii() else "")
    return f"{before}{re.escape(name)}{after}"

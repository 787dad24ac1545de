"""A YAML text with the offsets of its keys, values, aliases and comments, and with changes to be made to it.

The reader keeps the meaning of a file and forgets its layout. Here it is the other way round.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from yaml.events import AliasEvent, CollectionEndEvent, MappingStartEvent, NodeEvent, ScalarEvent, StreamEndEvent

from sphinx_modelcmp.catalog.yaml.reader import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.problems import Keys

BOM = "\ufeff"
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""The end of a line, as parsers of YAML 1.1 see it."""
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_PROPERTY = re.compile(rf"[&!]\S*(?:\s|{_COMMENT.pattern})*")
_LITERAL = ("|", ">")


@dataclass(slots=True, eq=False)
class Node:
    """A key or a value of a YAML text."""

    start: int
    """Offset of its first character, after an anchor or a tag."""
    end: int
    """Offset after its last character; in the block style, that of the last value inside."""
    text: str | None = None
    """The text of a scalar, or of the one that an alias repeats."""
    is_mapping: bool = False
    is_flow: bool = False
    """Written between brackets or braces."""
    is_literal: bool = False
    """A scalar on lines of its own, after `|` or `>`."""
    is_alias: bool = False
    is_shared: bool = False
    """Repeated elsewhere by an alias."""
    has_colon: bool = True
    """False for the empty value of a key without a colon."""
    children: list[Node] = field(default_factory=list)
    """The items of a list; the keys and values of a mapping in turn."""

    @property
    def is_empty(self) -> bool:
        """Nothing is written here: a null."""
        return self.start == self.end

    @property
    def pairs(self) -> list[tuple[Node, Node]]:
        """The keys of a mapping, each with its value; of a key that is given twice the first one counts."""
        if not self.is_mapping:
            return []
        found: dict[str | None, tuple[Node, Node]] = {}
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            found.setdefault(key.text, (key, value))
        return list(found.values())


def parse(text: str) -> Node | None:
    """The root of a text that the reader has read; None if it is empty or has only comments."""
    next_event = events_of(text.encode())
    top = Node(0, 0)
    open_nodes = [top]
    anchors: dict[str, Node] = {}
    while not isinstance(event := next_event(), StreamEndEvent):
        end: int = event.end_mark.index
        if isinstance(event, CollectionEndEvent):
            closed = open_nodes.pop()
            closed.end = end if closed.is_flow else closed.children[-1].end
        elif isinstance(event, NodeEvent):
            node = _node(event, text, anchors)
            _attach(node, open_nodes[-1], text)
            if not isinstance(event, AliasEvent | ScalarEvent):
                open_nodes.append(node)
    return top.children[0] if top.children else None


def _node(event: Any, text: str, anchors: dict[str, Node]) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        meant = anchors[str(event.anchor)]
        meant.is_shared = True
        return Node(start, end, meant.text, is_alias=True)
    for _ in filter(None, (event.anchor, event.tag)):
        found = _PROPERTY.match(text, start, end if isinstance(event, ScalarEvent) else len(text))
        start = found.end() if found else start
    if isinstance(event, ScalarEvent):
        is_literal = event.style in _LITERAL
        node = Node(start, _literal_end(text, start, end) if is_literal else end, event.value, is_literal=is_literal)
    else:
        node = Node(start, end, is_mapping=isinstance(event, MappingStartEvent), is_flow=bool(event.flow_style))
    if event.anchor:
        anchors[event.anchor] = node
    return node


def _literal_end(text: str, start: int, end: int) -> int:
    """The end of the last line that counts. Empty lines below belong to it only after a `+`."""
    written = text[start:end]
    if "+" in written.partition("\n")[0].partition("#")[0]:
        last = written[-2:] if written.endswith("\r\n") else written[-1:]
        return end - len(last) if BREAK.fullmatch(last) else end
    return start + len(written.rstrip("\n\r\x85\u2028\u2029"))


def _attach(node: Node, parent: Node, text: str) -> None:
    siblings = parent.children
    if parent.is_mapping and len(siblings) % 2 and node.is_empty and node.text is not None:
        # Parsers put a missing value at what follows, which may be on another line.
        key = siblings[-1]
        between = text[key.end : node.start]
        said = without_comments(between).strip()
        node.has_colon = ":" in said
        if said in {"", ":"}:
            node.start = node.end = key.end + len(without_comments(between).rstrip())
    siblings.append(node)


def without_comments(between: str) -> str:
    """The text between two values with spaces in the place of comments."""
    return _COMMENT.sub(lambda found: " " * len(found[0]), between)


def comments(text: str, root: Node | None) -> Iterator[tuple[int, str]]:
    """Every comment with its offset, in the order of the text."""
    at = 0
    for start, end in chain(_opaque(text, root) if root else (), [(len(text), len(text))]):
        yield from ((found.start(), found[0]) for found in _COMMENT.finditer(text, at, max(start, at)))
        at = end


def _opaque(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """The parts of the text in which a `#` begins no comment."""
    if node.is_literal:
        header = BREAK.search(text, node.start, node.end)
        yield (header.end() if header else node.end), node.end
    elif node.text is not None:
        yield node.start, node.end
    for child in node.children:
        yield from _opaque(text, child)


def places(node: Node | None, at: Keys = ()) -> Iterator[tuple[int, Keys, Node]]:
    """The offset of each key and item, with the keys and positions that lead to it, and with its value."""
    if node is None:
        return
    step = 2 if node.is_mapping else 1
    for i, (first, value) in enumerate(zip(node.children[::step], node.children[step - 1 :: step], strict=True)):
        inner = (*at, i if first is value else str(first.text))
        yield first.start, inner, value
        yield from places(value, inner)


class NotEditable(ValueError):  # noqa: N818 - it describes a file, it is not an error
    """Raised for a part of a file that cannot be changed without changing another part, or losing a comment."""

    def __init__(self, at: Keys, why: str) -> None:
        super().__init__(why)
        self.at = at


class Draft:
    """A text and the changes to be made to it. Offsets are those of the text as it was read."""

    def __init__(self, text: str) -> None:
        self.bom = BOM if text.startswith(BOM) else ""
        self.text = text.removeprefix(BOM)
        self.root = parse(self.text)
        self._starts = [0, *(found.end() for found in BREAK.finditer(self.text))]
        self._edits: list[tuple[int, int, str, bool]] = []

    def clear(self) -> None:
        """Forget all changes."""
        self._edits.clear()

    def replace(self, start: int, end: int, new: str) -> None:
        """Replace a part of the text."""
        self._edits.append((start, end, new, False))

    def is_filled(self, at: int) -> bool:
        """Something is inserted at an offset already."""
        return any(start == at for start, *_ in self._edits)

    def insert_lines(self, at: int, new: str, column: int = 0) -> None:
        """Insert whole lines. Of several insertions at one place the first one comes first."""
        indented = (f"{' ' * column}{line}" if line.strip() else line for line in new.removesuffix("\n").split("\n"))
        ending = self.ending(at)
        self._edits.append((at, at, "".join(line + ending for line in indented), True))

    def result(self) -> str:
        """The text with all changes."""
        parts = [self.bom]
        at = 0
        for start, end, new, is_lines in sorted(self._edits, key=lambda edit: edit[:2]):
            parts.append(self.text[at:start])
            before = next((part for part in reversed(parts) if part), "")
            if is_lines and before in {"", BOM}:
                new = new.lstrip("\r\n")  # noqa: PLW2901 - no file begins with an empty line
            elif is_lines and not BREAK.match(before[-1]):
                parts.append(self.ending(start))
            parts.append(new)
            at = end
        return "".join((*parts, self.text[at:]))

    def ending(self, at: int) -> str:
        """The line break above an offset, or else that of the first line."""
        found = self.text.rfind("\n", 0, at)
        found = self.text.find("\n") if found < 0 else found
        if found < 0:
            return "\r" if "\r" in self.text else "\n"
        return "\r\n" if self.text[found - 1 : found] == "\r" else "\n"

    # --- lines -----------------------------------------------------------------------------------------------------

    def number(self, at: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self._starts, at)

    def line_start(self, at: int) -> int:
        """The offset at which the line of an offset begins."""
        return self._starts[self.number(at) - 1]

    def line_end(self, at: int) -> int:
        """The offset at which the line below begins."""
        number = self.number(at)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def line(self, at: int) -> str:
        """The line of an offset."""
        return self.text[self.line_start(at) : self.line_end(at)]

    def column(self, at: int) -> int:
        """The distance of an offset from the beginning of its line."""
        return at - self.line_start(at)

    def below(self, end: int, column: int) -> int:
        """The beginning of the line below an offset, and below comments that follow, at least as far indented."""
        found = at = self.line_end(end)
        while at < len(self.text):
            line = self.line(at)
            said = line.strip()
            if said and (said[0] != "#" or len(line) - len(line.lstrip()) < column):
                break
            at = self.line_end(at)
            found = at if said else found
        return found

    def top(self, key: Node) -> int:
        """The beginning of the line of a key, or of the first line of the comment right above it.

        A comment that is indented further belongs to what is above it.
        """
        start, column = self.line_start(key.start), self.column(key.start)
        while start and 0 <= self._comment_column(start - 1) <= column:
            start = self.line_start(start - 1)
        return start

    def _comment_column(self, at: int) -> int:
        """The indentation of a comment on a line of its own; less than 0 for any other line."""
        line = self.line(at)
        said = line.lstrip()
        return len(line) - len(said) if said.startswith("#") else -1

    def is_below_empty_line(self, key: Node) -> bool:
        """An empty line separates a key from what is above it."""
        start = self.top(key)
        return start > 0 and not self.line(start - 1).strip()

    def begins_line(self, node: Node) -> bool:
        """Only spaces are before it on its line."""
        return not self.text[self.line_start(node.start) : node.start].strip()

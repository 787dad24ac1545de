"""Edits of a YAML file at the places that its parser gives: all else stays as it was written, comments too.

A library that keeps comments through a round trip writes the whole file anew in a style of its own, and moves what
stands between two keys with the first of them. Here a new line is put in, or a value replaced, and nothing else moves.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from sphinx_modelcmp.catalog.writing import flow, inline, lines, list_item, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_modelcmp.catalog.places import Keys

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCKS = ("|", ">")
_STEP = 2


class NotEditable(ValueError):  # noqa: N818 - what it says of a file is no error
    """What cannot be changed without writing it anew: it comes from an alias or a merge, or is of another shape."""


class _Block(NamedTuple):
    """A key of a mapping with all that belongs to it: where it begins and ends in the text."""

    key: str
    start: int
    end: int


class Editor:
    """The text of one file, and what is to be changed in it. Paths are keys and positions from its top.

    Every change is made to the text as it was read: two of them must not be of the same value.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._root = _composed(text)
        self._starts = _line_starts(text)
        self._edits: list[tuple[int, int, str]] = []

    @property
    def changed(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._edits)

    def result(self) -> str:
        """The text with all changes: from its end, so that places stay where they were.

        What is put in where something else is taken out stands before that; of several at one place the first is first.
        """
        text = self.text
        last_first = sorted(enumerate(self._edits), key=lambda item: (item[1][0], item[1][1], item[0]), reverse=True)
        for _, (start, end, new) in last_first:
            text = text[:start] + new + text[end:]
        return text

    def mark(self) -> int:
        """Where ``back_to`` leads back to."""
        return len(self._edits)

    def back_to(self, mark: int) -> None:
        """Forget the changes since then."""
        del self._edits[mark:]

    def replace(self, path: Keys, value: Any) -> None:
        """Put another value in the place of one."""
        node = self._node(path)
        start, end = self._offset(node.start_mark), self._end(node)
        in_line = self._is_flow(node) or self._is_flow(self._node(path[:-1]))
        if in_line or (isinstance(node, yaml.ScalarNode) and start < end and inline(value) is not None):
            new = flow(value) if in_line else (inline(value) or "")
            # A text of several lines ends with its last line break, which the key behind it needs.
            self._edits.append((start, end, new + ("\n" if self.text[end - 1 : end] == "\n" else "")))
        else:
            self.add(path[:-1], str(path[-1]), value, (str(path[-1]),))
            self.remove(path)

    def wrap(self, path: Keys, before: str, after: str) -> None:
        """Put text around a value that stands in one line."""
        node = self._node(path)
        if node.start_mark.line != node.end_mark.line or not (self._is_flow(node) or isinstance(node, yaml.ScalarNode)):
            message = "a value of several lines"
            raise NotEditable(message)
        self._edits.append((self._offset(node.start_mark), self._offset(node.start_mark), before))
        self._edits.append((self._end(node), self._end(node), after))

    def remove(self, path: Keys) -> None:
        """Take a key of a block mapping out, with its value and the comment behind it."""
        mapping = self._mapping(path[:-1])
        key = next(key for key, _ in mapping.value if key.value == path[-1])
        if self._is_flow(mapping):
            message = "a key between braces"
            raise NotEditable(message)
        start = self._starts[key.start_mark.line]
        self._edits.append((start, self._line_end(self._node(path)), ""))

    def is_spaced(self, path: Keys) -> bool:
        """Whether empty lines stand between the entries of a mapping."""
        keys = [key for key, _ in self._mapping(path).value]
        return any(not self._line(self._first_line(key) - 1).strip() for key in keys[1:] or keys)

    def add(self, path: Keys, key: str, value: Any, before: Sequence[str] = (), *, spaced: bool = False) -> None:
        """Add a key to a mapping: behind the last of the keys that come ``before`` it.

        Where none of these is there it comes first, and where none are named, last. ``spaced`` puts an empty line
        above it.
        """
        mapping = self._mapping(path)
        earlier = [pair for pair in mapping.value if pair[0].value in before] if before else list(mapping.value)
        if self._is_flow(mapping):
            self._add_inline(mapping, earlier, key, value)
            return
        column = mapping.value[0][0].start_mark.column
        first = self._offset(mapping.value[0][0].start_mark)
        at = self._line_end(earlier[-1][1], earlier[-1][0]) if earlier else first - column
        self._insert_lines(at, ("\n" if spaced else "") + "".join(lines({key: value}, 0)), column)

    def append(self, path: Keys, value: Any) -> None:
        """Add an item to a list."""
        node = self._node(path)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            message = "no list with items"
            raise NotEditable(message)
        if self._is_flow(node):
            end = self._end(node.value[-1])
            self._edits.append((end, end, f", {flow(value)}"))
            return
        column = node.start_mark.column
        self._insert_lines(self._line_end(node.value[-1]), "".join(list_item(value, 0)), column)

    def move(self, path: Keys, into: str) -> None:
        """Move a key of a block mapping into the mapping ``into`` beside it, which is made where there is none.

        What it stands with in one line, and a comment there, moves along.
        """
        mapping = self._mapping(path[:-1])
        keys = {key.value: (key, value) for key, value in mapping.value}
        key, value = keys[path[-1]]
        if self._is_flow(mapping) or value.start_mark.index < key.start_mark.index:
            message = "a key between braces, or an alias"
            raise NotEditable(message)
        start, end = self._starts[key.start_mark.line], self._line_end(value, key)
        column = key.start_mark.column
        moved = self.text[start:end].splitlines(keepends=True)
        target = keys.get(into)
        if target is None:
            self._edits.append((start, end, f"{' ' * column}{into}:\n{_indented(moved, _STEP)}"))
        elif self._is_flow(target[1]):
            said = self.text[self._offset(key.start_mark) : end].rstrip()
            if "\n" in said or self._end(value) != self._offset(key.start_mark) + len(said):
                message = "several lines, or a comment, into braces"
                raise NotEditable(message)
            self._edits.append((start, end, ""))
            at = self._end(target[1]) - 1
            self._edits.append((at, at, f", {said}" if target[1].value else said))
        elif not target[1].value:
            message = "a target that is no mapping"
            raise NotEditable(message)
        else:
            inner = target[1].value[0][0].start_mark.column
            self._edits.append((start, end, ""))
            at = self._line_end(target[1], target[0])
            self._edits.append((at, at, _indented(moved, inner - column)))

    def sort(self, path: Keys, key: Callable[[str], Any]) -> bool:
        """Sort the keys of a block mapping; whether that changes anything.

        A comment right above a key is part of it. Across one with an empty line below it nothing moves.
        """
        mapping = self._mapping(path)
        if self._is_flow(mapping):
            message = "a mapping between braces"
            raise NotEditable(message)
        blocks = self._blocks(mapping)
        edits = [edit for group in _groups(self.text, blocks) for edit in _reordered(self.text, group, key)]
        self._edits += edits
        return bool(edits)

    def _blocks(self, mapping: Any) -> list[_Block]:
        """The lines of each key, from the comment right above it to the last line of its value."""
        found: list[_Block] = []
        for key, value in mapping.value:
            start = self._starts[key.start_mark.line]
            if self.text[start : self._offset(key.start_mark)].strip():
                message = "a key that does not begin its line"
                raise NotEditable(message)
            start = max(self._starts[self._first_line(key)], found[-1].end if found else 0)
            found.append(_Block(key.value, start, self._line_end(value, key)))
        # A comment above the first key may be about all of them: then that key stays where it is.
        return found[1:] if found[0].start < self._starts[mapping.value[0][0].start_mark.line] else found

    def end_with(self, text: str) -> None:
        """Add lines at the end of the file, behind an empty one."""
        missing = "" if self.text.endswith("\n") or not self.text else "\n"
        self._edits.append((len(self.text), len(self.text), f"{missing}\n{text}" if self.text else text))

    def _add_inline(self, mapping: Any, earlier: Sequence[Any], key: str, value: Any) -> None:
        at = self._end(earlier[-1][1]) if earlier else self._offset(mapping.start_mark) + 1
        said = f"{scalar(key)}: {flow(value)}"
        between = f", {said}" if earlier else f"{said}, " if mapping.value else said
        self._edits.append((at, at, between))

    def _insert_lines(self, at: int, new: str, column: int) -> None:
        indented = "".join(f"{' ' * column}{line}" if line.strip() else line for line in new.splitlines(keepends=True))
        missing = "" if at == 0 or self.text[at - 1 : at] == "\n" else "\n"
        self._edits.append((at, at, missing + indented))

    # --- places ----------------------------------------------------------------------------------------------------

    def _node(self, path: Keys) -> Any:
        node: Any = self._root
        for step in path:
            above, node = node, _child(node, step)
            # What an alias stands for begins above what holds it.
            if node is None or node.start_mark.index < above.start_mark.index:
                message = f"{'.'.join(map(str, path))} does not stand there itself"
                raise NotEditable(message)
        return node

    def _mapping(self, path: Keys) -> Any:
        node = self._node(path)
        if not isinstance(node, yaml.MappingNode) or not (node.value or self._is_flow(node)):
            message = "no mapping"
            raise NotEditable(message)
        return node

    def _is_flow(self, node: Any) -> bool:
        return bool(getattr(node, "flow_style", False))

    def _end(self, node: Any) -> int:
        """Where the text of a value ends."""
        if isinstance(node, yaml.ScalarNode) or self._is_flow(node) or not node.value:
            return self._offset(node.end_mark)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _line_end(self, node: Any, key: Any = None) -> int:
        """Where the line below a value starts, behind a comment that stands beside it."""
        last = node
        while isinstance(last, yaml.CollectionNode) and not self._is_flow(last) and last.value:
            tail = last.value[-1]
            key, last = tail if isinstance(tail, tuple) else (None, tail)
        end = self._end(last)
        if isinstance(last, yaml.ScalarNode) and last.style in _BLOCKS:
            return end
        if key is not None and last.start_mark.index < key.start_mark.index:  # an alias
            end = self._offset(key.end_mark)
        found = self.text.find("\n", end)
        return len(self.text) if found < 0 else found + 1

    def _first_line(self, key: Any) -> int:
        """The line of a key, or of the comment right above it."""
        line: int = key.start_mark.line
        while line and self._line(line - 1).lstrip().startswith("#"):
            line -= 1
        return line

    def _line(self, number: int) -> str:
        return self.text[self._starts[number] :].partition("\n")[0] if number >= 0 else ""

    def _offset(self, mark: Any) -> int:
        line, column = mark.line, mark.column
        return self._starts[line] + column if line < len(self._starts) else len(self.text)


def _groups(text: str, blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Runs of keys with nothing but empty lines between them."""
    group = list(blocks[:1])
    for before, block in pairwise(blocks):
        if text[before.end : block.start].strip():
            yield group
            group = []
        group.append(block)
    yield group


def _reordered(text: str, group: Sequence[_Block], key: Callable[[str], Any]) -> Iterator[tuple[int, int, str]]:
    ordered = sorted(group, key=lambda block: key(block.key))
    if not text.endswith("\n") and ordered != list(group):
        return
    for place, block in zip(group, ordered, strict=True):
        if place is not block:
            yield place.start, place.end, text[block.start : block.end]


def _indented(lines: Sequence[str], by: int) -> str:
    moved = [line if not line.strip() else " " * by + line if by >= 0 else line[-by:] for line in lines]
    return "".join(moved)


def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        # Only this one reads a character in two halves, as JSON writes it.
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _line_starts(text: str) -> list[int]:
    return [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

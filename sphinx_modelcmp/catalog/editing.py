"""Changes to a YAML text at the places that its parser gives: everything else stays as it was written, comments too.

A library that keeps comments through a round trip writes the whole file again in a style of its own, and moves what
stands between two keys with the first of them. Here new lines are put in, or values replaced, and nothing else moves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.layout import BREAK, Node, comments, parse, without_comments
from sphinx_modelcmp.catalog.writing import as_read, flow, lines, list_item, scalar, table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sphinx_modelcmp.catalog.places import Keys

BOM = "\ufeff"
_NOT_IN_FLOW = frozenset(",[]{}")


class NotEditable(ValueError):  # noqa: N818 - it describes a file, it is not an error
    """A part of a file that cannot be changed without changing another part, or losing a comment."""

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
        """Write something else in the place of a part of the text."""
        self._edits.append((start, end, new, False))

    def is_filled(self, at: int) -> bool:
        """Whether something is put in at an offset already."""
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
        """How the line above ends, or else the first line."""
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
        """Where the line of an offset begins."""
        return self._starts[self.number(at) - 1]

    def line_end(self, at: int) -> int:
        """Where the line below begins."""
        number = self.number(at)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def line(self, at: int) -> str:
        """The line of an offset."""
        return self.text[self.line_start(at) : self.line_end(at)]

    def column(self, at: int) -> int:
        """How far an offset is from the beginning of its line."""
        return at - self.line_start(at)

    def below(self, end: int, column: int) -> int:
        """Where the line below an offset begins, and below comments from a column on that follow it."""
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
        """Where the line of a key begins, or the first line of the comment right above it.

        A comment that is indented further belongs to what is above it.
        """
        start, column = self.line_start(key.start), self.column(key.start)
        while start and 0 <= self._comment_column(start - 1) <= column:
            start = self.line_start(start - 1)
        return start

    def _comment_column(self, at: int) -> int:
        """How far the comment is indented that has a line for itself; less than 0 for another line."""
        line = self.line(at)
        said = line.lstrip()
        return len(line) - len(said) if said.startswith("#") else -1

    def is_below_empty_line(self, key: Node) -> bool:
        """Whether an empty line sets a key apart from what is above it."""
        start = self.top(key)
        return start > 0 and not self.line(start - 1).strip()

    def begins_line(self, node: Node) -> bool:
        """Whether only spaces stand before it."""
        return not self.text[self.line_start(node.start) : node.start].strip()


class _Slot(NamedTuple):
    """A value in a text, with what it stands in."""

    at: Keys
    node: Node
    key: Node | None = None
    """Its key, where it stands in a mapping."""
    outer: Node | None = None
    """The list or mapping; None for the whole file."""


class Editor:
    """A file that is to say something else. Its text is parsed once, and may be rewritten several times."""

    def __init__(self, text: str, tree: Any) -> None:
        self._draft = Draft(text)
        self._text = self._draft.text
        self._tree = tree
        self._comments = [at for at, _ in comments(self._text, self._draft.root)]

    def rewritten(self, tree: Any) -> str:
        """The text that says ``tree``; what is the same object in it as before is not looked at.

        Raises NotEditable where no change of the text leads there that leaves everything else as it is.
        """
        self._draft.clear()
        root = self._draft.root
        if root is not None and self._tree:
            self._change(_Slot((), root), self._tree, tree)
        else:
            if root is not None:
                self._refuse_comments((), root)
                self._draft.replace(root.start, root.end, "")
            self._add_tables(len(self._text), tree, gap=True)
        return self._draft.result()

    def _change(self, slot: _Slot, old: Any, new: Any) -> None:
        """Make a value say ``new``."""
        at, node = slot.at, slot.node
        if new is old or (not isinstance(new, dict | list) and as_read(new) == old):
            return
        if node.is_alias or node.is_shared:
            if as_read(new) == old:
                return
            raise NotEditable(at, "an alias repeats it")
        if node.is_mapping and node.children and _keeps_keys(old, new):
            self._mapping(at, node, old, new)
        elif node.children and isinstance(old, list) and isinstance(new, list) and len(old) <= len(new):
            self._list(at, node, old, new)
        elif slot.outer is None:
            raise NotEditable(at, "the file holds no mapping")
        else:
            self._put(slot, slot.outer, old, new)

    # --- mappings --------------------------------------------------------------------------------------------------

    def _mapping(self, at: Keys, node: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        own = {str(key.text) for key, _ in node.pairs}
        for name in old.keys() - own:
            if new.get(name) is not old[name]:
                raise NotEditable((*at, name), "it comes from a merge")
        gone, come = ([name for name in one if name not in other] for one, other in ((old, new), (new, old)))
        renamed = dict(zip(gone, come, strict=False))
        added = _by_place([name for name in new if name not in renamed.values()], own, old)
        self._add(at, node, None, {name: new[name] for name in added[""]})
        for key, value in node.pairs:
            name = str(key.text)
            if name not in old:  # a merge
                continue
            now = renamed.get(name, name)
            if now != name:
                self._draft.replace(key.start, key.end, scalar(now))
            self._change(_Slot((*at, name), value, key, node), old[name], new[now])
            self._add(at, node, (key, value), {name: new[name] for name in added[name]})

    def _add(self, at: Keys, node: Node, pair: tuple[Node, Node] | None, added: Mapping[str, Any]) -> None:
        """Add keys to a mapping: after a pair of it, or before them all."""
        if not added:
            return
        if node.is_flow:
            said = ", ".join(f"{scalar(name)}: {flow(value)}" for name, value in added.items())
            self._add_inline(at, node, pair[1] if pair else None, said)
        elif not at:
            above = pair or node.pairs[0]
            is_dense = len(node.pairs) > 1 and not self._is_spaced(node)
            self._add_tables(self._below(above, node), added, gap=not (is_dense or self._takes_lines(above[1])))
        else:
            self._add_lines(node, pair, added)

    def _add_lines(self, node: Node, pair: tuple[Node, Node] | None, added: Mapping[str, Any]) -> None:
        first = node.pairs[0]
        comes_first = pair is None and self._draft.begins_line(first[0])
        at = self._draft.top(first[0]) if comes_first else self._below(pair or first, node)
        gap = "\n" if self._is_spaced(node) and not self._takes_lines((pair or first)[1]) else ""
        for name, value in added.items():
            said = "".join(lines({name: value}, 0))
            self._draft.insert_lines(at, said + gap if comes_first else gap + said, self._draft.column(node.start))

    def _add_tables(self, at: int, tables: Mapping[str, Any], *, gap: bool) -> None:
        for name, entries in tables.items():
            self._draft.insert_lines(at, ("\n" if gap else "") + table(name, entries))

    def _add_inline(self, at: Keys, node: Node, before: Node | None, said: str) -> None:
        """Add to what stands between braces or brackets."""
        if self._text[node.start] not in "{[":
            raise NotEditable(at, "a pair in a list")
        place = before.end if before else node.start + 1
        following = ", " if node.children else " " if self._text[place : place + 1] == "#" else ""
        # Right behind the colon of an empty value a comma would be part of the key.
        space = " " if before and before.is_empty and not self._draft.is_filled(place) else ""
        self._draft.replace(place, place, f"{space}, {said}" if before else said + following)

    def _is_spaced(self, node: Node) -> bool:
        """Whether empty lines stand between the keys of a mapping."""
        keys = [key for key, _ in node.pairs]
        return any(self._draft.is_below_empty_line(key) for key in keys[1:] or keys)

    def _takes_lines(self, node: Node) -> bool:
        """Whether an empty line below a value would become part of it."""
        while node.children:
            node = node.children[-1]
        return node.is_literal and "+" in self._text[node.start : node.end].partition("\n")[0]

    def _below(self, pair: tuple[Node, Node], outer: Node) -> int:
        """Where the next key goes: below a pair, and below the comments that are indented as what is inside it."""
        return self._draft.below(pair[1].end, self._draft.column(outer.start) + 1)

    # --- lists and values ------------------------------------------------------------------------------------------

    def _list(self, at: Keys, node: Node, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Change the items that there are, and add the others at the end."""
        for i, (item, before, after) in enumerate(zip(node.children, old, new, strict=False)):
            self._change(_Slot((*at, i), item, None, node), before, after)
        added = new[len(old) :]
        if node.is_flow and added:
            self._add_inline(at, node, node.children[-1], ", ".join(map(flow, added)))
        elif added:
            column = self._draft.column(node.start)
            place = self._draft.below(node.end, column + 1)
            self._draft.insert_lines(place, "".join(line for item in added for line in list_item(item, 0)), column)

    def _put(self, slot: _Slot, outer: Node, old: Any, new: Any) -> None:
        """Write another value in the place of one: in the line of its key if it fits there, or else below it."""
        node = slot.node
        self._refuse_comments(slot.at, node)
        said, below = self._written(slot, outer, old, new)
        if below:
            self._clear(slot)
            self._draft.insert_lines(self._draft.line_end(node.end), below, self._draft.column(outer.start))
        elif slot.key and not outer.is_flow and self._draft.number(slot.key.end) < self._draft.number(node.start):
            self._clear(slot)
            place = slot.key.end + len(without_comments(self._text[slot.key.end : node.start]).rstrip())
            self._draft.replace(place, place, f" {said}")
        else:
            is_tight = node.is_empty and node.has_colon and not self._text[node.start - 1].isspace()
            self._draft.replace(node.start, node.end, f" {said}" if is_tight else said)

    def _clear(self, slot: _Slot) -> None:
        """Take a value out, and the spaces and line ends before it."""
        node = slot.node
        start = len(self._text[: node.start].rstrip())
        between = self._text[slot.key.end : node.start] if slot.key else ""
        if "#" in between and "#" in self._text[node.end : self._draft.line_end(node.end)]:
            raise NotEditable(slot.at, "two comments would come into one line")
        self._draft.replace(min(start, node.end), node.end, "")

    def _written(self, slot: _Slot, outer: Node, old: Any, new: Any) -> tuple[str, str]:
        """A value as it stands behind its key, or else as it stands below it."""
        colon = "" if slot.node.has_colon else ":"
        if colon and not outer.is_flow:
            raise NotEditable(slot.at, "a key without a colon")
        if (
            isinstance(new, dict)
            and "value" in new
            and new["value"] is old
            and (source := self._as_it_stands(slot.node))
        ):
            beside = "".join(f", {scalar(name)}: {flow(value)}" for name, value in new.items() if name != "value")
            return f"{{value: {source}{beside}}}", ""
        if slot.key is None or outer.is_flow:
            return f"{colon} {flow(new)}" if colon else flow(new), ""
        name = scalar(slot.key.text)
        first, *rest = lines({str(slot.key.text): new}, 0)
        return first.removeprefix(f"{name}:").strip(), "".join(rest)

    def _as_it_stands(self, node: Node) -> str:
        """The text of a value, if it can stand between braces as it is."""
        said = self._text[node.start : node.end]
        is_plain = node.text is not None and said[:1] not in {"'", '"'}
        return "" if BREAK.search(said) or (is_plain and _NOT_IN_FLOW & set(said)) else said

    def _refuse_comments(self, at: Keys, node: Node) -> None:
        if any(node.start <= comment < node.end for comment in self._comments):
            raise NotEditable(at, "a comment stands inside it")


def _keeps_keys(old: Any, new: Any) -> bool:
    """Whether each key that goes has another one to take its place."""
    return (
        isinstance(old, dict) and isinstance(new, dict) and len(old.keys() - new.keys()) <= len(new.keys() - old.keys())
    )


def _by_place(names: Iterable[str], own: Collection[str], old: Collection[str]) -> Mapping[str, list[str]]:
    """New keys by the one that they come after; by an empty text those that come first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    last = ""
    for name in names:
        if name in own:
            last = name
        elif name not in old:
            found[last].append(name)
    return found

"""Edits of a YAML text: everything else stays as it was written, comments too; and the proof that it did.

A library that keeps comments through a round trip writes the whole file again in a style of its own, and moves what
is between two keys with the first of them. Here lines are inserted, or values replaced, and nothing else moves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.problems import Keys, Place
from sphinx_modelcmp.catalog.yaml.draft import BREAK, Draft, Node, NotEditable, comments, places, without_comments
from sphinx_modelcmp.catalog.yaml.reader import read_document
from sphinx_modelcmp.catalog.yaml.writer import as_read, flow, lines, list_item, scalar, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_NOT_IN_FLOW = frozenset(",[]{}")


class _Slot(NamedTuple):
    """A value in a text, with its key and its container."""

    at: Keys
    node: Node
    key: Node | None = None
    """Its key, if it is in a mapping."""
    outer: Node | None = None
    """The list or mapping; None for the whole file."""


class Editor:
    """Rewrites the text of a file to say something else. It is parsed once, and may be rewritten several times."""

    def __init__(self, text: str, tree: Any) -> None:
        self._draft = Draft(text)
        self._text = self._draft.text
        self._tree = tree
        self._comments = [at for at, _ in comments(self._text, self._draft.root)]

    def rewritten(self, tree: Any) -> str:
        """The text that says ``tree``; an object in it that is the same as before is skipped.

        Raises NotEditable if no change of the text leads there that leaves everything else as it is.
        """
        self._draft.clear()
        root = self._draft.root
        if root is not None and self._tree:
            self._change(_Slot((), root), self._tree, tree)
        else:
            if root is not None:
                self._refuse_comments((), root)
                self._draft.replace(root.start, root.end, "")
            for name, entries in tree.items():
                self._draft.insert_lines(len(self._text), f"\n{table(name, entries)}")
        return self._draft.result()

    def _change(self, slot: _Slot, old: Any, new: Any) -> None:
        """Make a value say ``new``."""
        at, node = slot.at, slot.node
        is_repeated = node.is_alias or node.is_shared
        if new is old or ((is_repeated or not isinstance(new, dict | list)) and as_read(new) == old):
            return
        if is_repeated:
            raise NotEditable(at, "an alias repeats it")
        # Each key or item that goes has another one to take its place.
        is_kept = bool(node.children) and type(old) is type(new) and len(old) <= len(new)
        if is_kept and node.is_mapping:
            self._mapping(at, node, old, new)
        elif is_kept:
            self._list(at, node, old, new)
        elif slot.outer is None:
            raise NotEditable(at, "the file holds no mapping")
        else:
            self._put(slot, slot.outer, old, new)

    # --- mappings --------------------------------------------------------------------------------------------------

    def _mapping(self, at: Keys, node: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Change the present keys, and add each other one below the key that it comes after."""
        own = {str(key.text): (key, value) for key, value in node.pairs if key.text in old}
        for name in old.keys() - own.keys():
            if new.get(name) is not old[name]:
                raise NotEditable((*at, name), "it comes from a merge")
        gone, come = ([name for name in one if name not in other] for one, other in ((old, new), (new, old)))
        renamed = dict(zip(come, gone, strict=False))
        above: tuple[Node, Node] | None = None
        for name, said in new.items():
            was = renamed.get(name, name)
            if was in own:
                key, value = own[was]
                if was == name:
                    above = key, value
                else:
                    self._draft.replace(key.start, key.end, scalar(name))
                self._change(_Slot((*at, was), value, key, node), old[was], said)
            elif name not in old:
                self._add(at, node, above, name, said)

    def _add(self, at: Keys, node: Node, above: tuple[Node, Node] | None, name: str, value: Any) -> None:
        """Add a key to a mapping: after a pair of it, or before them all."""
        if node.is_flow:
            self._add_inline(at, node, above[1] if above else None, f"{scalar(name)}: {flow(value)}")
        elif at:
            self._add_lines(node, above, "".join(lines({name: value}, 0)), is_spaced=self._is_spaced(node))
        else:
            is_spaced = len(node.pairs) == 1 or self._is_spaced(node)
            self._add_lines(node, above or node.pairs[0], table(name, value), is_spaced=is_spaced)

    def _add_lines(self, node: Node, above: tuple[Node, Node] | None, said: str, *, is_spaced: bool) -> None:
        pair = above or node.pairs[0]
        gap = "\n" if is_spaced and not self._takes_lines(pair[1]) else ""
        column = self._draft.column(node.start)
        if above is None and self._draft.begins_line(pair[0]):
            self._draft.insert_lines(self._draft.top(pair[0]), said + gap, column)
        else:
            self._draft.insert_lines(self._below(pair, node), gap + said, column)

    def _add_inline(self, at: Keys, node: Node, before: Node | None, said: str) -> None:
        """Add to a mapping between braces, or a list between brackets, that has something in it."""
        if self._text[node.start] not in "{[":
            raise NotEditable(at, "a pair in a list")
        place = before.end if before else node.start + 1
        # Right behind the colon of an empty value a comma would be part of the key.
        space = " " if before and before.is_empty and not self._draft.is_filled(place) else ""
        self._draft.replace(place, place, f"{space}, {said}" if before else f"{said}, ")

    def _is_spaced(self, node: Node) -> bool:
        """Empty lines separate the keys of a mapping."""
        keys = [key for key, _ in node.pairs]
        return any(self._draft.is_below_empty_line(key) for key in keys[1:] or keys)

    def _takes_lines(self, node: Node) -> bool:
        """An empty line below a value would become part of it."""
        while node.children:
            node = node.children[-1]
        return node.is_literal and "+" in self._text[node.start : node.end].partition("\n")[0]

    def _below(self, pair: tuple[Node, Node], outer: Node) -> int:
        """The offset for the next key: below a pair, and below comments that are indented as its value is."""
        return self._draft.below(pair[1].end, self._draft.column(outer.start) + 1)

    # --- lists and values ------------------------------------------------------------------------------------------

    def _list(self, at: Keys, node: Node, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Change the present items, and add the others at the end."""
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
        """Replace a value: on the line of its key if the new one fits there, or else below it."""
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
        """A value as written after its key, or else as written below it."""
        colon = "" if slot.node.has_colon else ":"
        if colon and not outer.is_flow:
            raise NotEditable(slot.at, "a key without a colon")
        holds_old = isinstance(new, dict) and new.get("value", ...) is old
        if holds_old and (source := self._as_it_stands(slot.node)):
            beside = "".join(f", {scalar(name)}: {flow(value)}" for name, value in new.items() if name != "value")
            return f"{{value: {source}{beside}}}", ""
        if slot.key is None or outer.is_flow:
            return f"{colon} {flow(new)}" if colon else flow(new), ""
        name = scalar(slot.key.text)
        first, *rest = lines({str(slot.key.text): new}, 0)
        return first.removeprefix(f"{name}:").strip(), "".join(rest)

    def _as_it_stands(self, node: Node) -> str:
        """The text of a value, if it can be put between braces as it is."""
        said = self._text[node.start : node.end]
        is_plain = node.text is not None and said[:1] not in {"'", '"'}
        return "" if BREAK.search(said) or (is_plain and _NOT_IN_FLOW & set(said)) else said

    def _refuse_comments(self, at: Keys, node: Node) -> None:
        if any(node.start <= comment < node.end for comment in self._comments):
            raise NotEditable(at, "a comment stands inside it")


# --- proof ---------------------------------------------------------------------------------------------------------


class Harm(NamedTuple):
    """Damage that a change would do to a file."""

    message: str
    where: Place
    """In the file as it is."""


_Mark = tuple[str, Keys | None]
"""What is on the line of a comment before it, else around it, or right above or below it."""


class _Comment(NamedTuple):
    text: str
    where: Place
    home: frozenset[_Mark]
    """One of these it must find again in the ``marks`` of the comment that it becomes in another text."""
    marks: frozenset[_Mark]


def harm(before: str, after: str, meant: Any, shown: str) -> Harm | None:
    """The first fault of a changed text: it is no YAML, says something else, or lost a comment.

    ``meant`` is the tree that it should have, and ``shown`` the path of the file in messages.
    """
    document, problems = read_document(after.encode(), shown)
    old, earlier = read_document(before.encode(), shown)
    if document is None or old is None or len(problems) > len(earlier):
        return Harm(f"it would not be read: {problems[-1].message}", Place(shown))
    found = _difference(document.root, meant)
    if found is not None:
        return Harm(f"`{'.'.join(map(str, found))}` would not say what it should", old.place(*found))
    left: defaultdict[str, list[_Comment]] = defaultdict(list)
    for comment in _comments(after, shown):
        left[comment.text].append(comment)
    for comment in _comments(before, shown):
        match = next((other for other in left[comment.text] if comment.home & other.marks), None)
        if match is None:
            return Harm(f"the comment “{comment.text}” would be lost", comment.where)
        left[comment.text].remove(match)
    return None


def _difference(found: Any, meant: Any, at: Keys = ()) -> Keys | None:
    """The keys that lead to the first difference."""
    pairs: dict[str | int, tuple[Any, Any]]
    if isinstance(found, dict) and isinstance(meant, dict):
        pairs = {key: (found.get(key, ...), meant.get(key, ...)) for key in (*meant, *found)}
    elif isinstance(found, list) and isinstance(meant, list) and len(found) == len(meant):
        pairs = dict(enumerate(zip(found, meant, strict=True)))
    else:
        return None if _is_same(found, meant) else at
    inner = (_difference(*pair, (*at, key)) for key, pair in pairs.items())
    return next((keys for keys in inner if keys is not None), None)


def _is_same(found: Any, meant: Any) -> bool:
    """Equal but for the line break that a literal at the end of a file gets as soon as something follows it."""
    if isinstance(found, str) and isinstance(meant, str):
        return found.removesuffix("\n") == meant.removesuffix("\n")
    return bool(found == meant)


def _comments(text: str, shown: str) -> Iterator[_Comment]:
    """The comments of a text, in order."""
    draft = Draft(text)
    parts = [(start, _place(keys), node) for start, keys, node in places(draft.root)]
    starts = [start for start, _, _ in parts]
    held = {keys: (draft.column(start), node) for start, keys, node in reversed(parts)}
    for at, said in comments(draft.text, draft.root):
        begin = draft.line_start(at)
        first, here = bisect_left(starts, begin), bisect_left(starts, at)
        ended = [keys for keys in _outward(parts, first) if begin < held[keys][1].end <= at]
        on_line = [("on", keys) for keys in (*(keys for _, keys, _ in parts[first:here]), *ended)]
        outward = _outward(parts, here)
        below = [("below", keys) for keys in (*outward, ())]
        around = {("above", parts[here][1] if parts[here:] else None), ("in", _inside(at, at - begin, outward, held))}
        yield _Comment(
            said.rstrip(),
            Place(shown, draft.number(at), at - begin + 1),
            frozenset(on_line[:1] or around.union(below[:1])),
            frozenset(on_line or around.union(below)),
        )


def _outward(parts: Sequence[tuple[int, Keys, Node]], end: int) -> list[Keys]:
    """The last of the parts before one, and those around it."""
    keys = parts[end - 1][1] if end else ()
    return [keys[:depth] for depth in range(len(keys), 0, -1)]


def _inside(at: int, column: int, outward: Sequence[Keys], held: Mapping[Keys, tuple[int, Node]]) -> Keys:
    """The container of an offset; ``outward`` are the keys and items above it."""
    braces = (keys for keys in outward if held[keys][1].is_flow and held[keys][1].start < at < held[keys][1].end)
    level = (keys[:-1] for keys in outward if held[keys][0] <= column)
    return next(braces, None) or next(level, ())


def _place(keys: Keys) -> Keys:
    """The place of a comment. One among the ``values`` of a fact may become one at its single ``value``."""
    return (*keys[: keys.index("values")], "value") if "values" in keys else keys

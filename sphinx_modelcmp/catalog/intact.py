"""Proof that a changed text says what it should and has kept every comment, before it takes the place of a file."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.editing import Draft
from sphinx_modelcmp.catalog.layout import comments, places
from sphinx_modelcmp.catalog.problems import Place
from sphinx_modelcmp.catalog.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.layout import Node
    from sphinx_modelcmp.catalog.places import Keys


class Harm(NamedTuple):
    """What a change would do to a file that nobody asked for."""

    message: str
    where: Place
    """In the file as it is."""


class _Comment(NamedTuple):
    text: str
    line: int
    column: int
    on_line: tuple[Keys, ...]
    """The keys and items that begin on its line before it, and those whose values end there."""
    inside: Keys
    """The mapping or list that it stands in, by the braces around it, or as far as it is indented."""
    below: Keys
    """The last key or item that begins above it."""
    above: Keys | None
    """The first one that begins below it; None at the end of the file."""

    def stays_as(self, other: _Comment) -> bool:
        """Whether the comment of another text is at the same place."""
        if self.on_line:
            return self.on_line[0] in other.on_line
        stays_below = other.below[: len(self.below)] == self.below
        return not other.on_line and (stays_below or other.above == self.above or other.inside == self.inside)


def harm(before: str, after: str, meant: Any, shown: str) -> Harm | None:
    """The first thing in a text that is not as it should be: it is no YAML, says something else, or lost a comment.

    ``meant`` is what the reader should find in it, and ``shown`` the path of the file in messages.
    """
    document, problems = read_document(after.encode(), shown)
    old, earlier = read_document(before.encode(), shown)
    if document is None or old is None or len(problems) > len(earlier):
        return Harm(f"it would not be read: {problems[-1].message}", Place(shown))
    found = _difference(document.root, meant)
    if found is not None:
        return Harm(f"`{'.'.join(map(str, found))}` would not say what it should", old.place(*found))
    left: defaultdict[str, list[_Comment]] = defaultdict(list)
    for comment in _comments(after):
        left[comment.text].append(comment)
    for comment in _comments(before):
        match = next((other for other in left[comment.text] if comment.stays_as(other)), None)
        if match is None:
            return Harm(f"the comment “{comment.text}” would be lost", Place(shown, comment.line, comment.column))
        left[comment.text].remove(match)
    return None


def _difference(found: Any, meant: Any, at: Keys = ()) -> Keys | None:
    """The keys that lead to the first difference."""
    if isinstance(found, dict) and isinstance(meant, dict):
        keys = (*meant, *(key for key in found if key not in meant))
        pairs = [(key, key in found and key in meant, found.get(key), meant.get(key)) for key in keys]
    elif isinstance(found, list) and isinstance(meant, list):
        pairs = [(i, True, *pair) for i, pair in enumerate(zip(found, meant, strict=False))]
        if len(found) != len(meant):
            return at
    else:
        return None if _is_same(found, meant) else at
    inner = (_difference(one, other, (*at, key)) if both else (*at, key) for key, both, one, other in pairs)
    return next((keys for keys in inner if keys is not None), None)


def _is_same(found: Any, meant: Any) -> bool:
    """A text in lines of its own at the very end of a file ends with a line break as soon as something follows it."""
    if isinstance(found, str) and isinstance(meant, str):
        return found.removesuffix("\n") == meant.removesuffix("\n")
    return bool(found == meant)


def _comments(text: str) -> Iterator[_Comment]:
    """The comments of a text, in order."""
    draft = Draft(text)
    parts = [(start, _place(keys), node) for start, keys, node in places(draft.root)]
    starts = [start for start, _, _ in parts]
    held = {keys: (draft.column(start), node) for start, keys, node in reversed(parts)}
    for at, said in comments(draft.text, draft.root):
        begin = draft.line_start(at)
        first, here = bisect_left(starts, begin), bisect_left(starts, at)
        open_above = _outward(parts[first - 1][1] if first else ())
        last = parts[here - 1][1] if here else ()
        yield _Comment(
            text=said.rstrip(),
            line=draft.number(at),
            column=at - begin + 1,
            on_line=(
                *(keys for _, keys, _ in parts[first:here]),
                *(keys for keys in open_above if begin < held[keys][1].end <= at),
            ),
            inside=_inside(at, at - begin, _outward(last), held),
            below=last,
            above=parts[here][1] if here < len(parts) else None,
        )


def _outward(keys: Keys) -> list[Keys]:
    return [keys[:end] for end in range(len(keys), 0, -1)]


def _inside(at: int, column: int, outward: Sequence[Keys], held: Mapping[Keys, tuple[int, Node]]) -> Keys:
    """What an offset is in; ``outward`` are the keys and items above it."""
    braces = (keys for keys in outward if held[keys][1].is_flow and held[keys][1].start < at < held[keys][1].end)
    level = (keys[:-1] for keys in outward if held[keys][0] <= column)
    return next(braces, None) or next(level, ())


def _place(keys: Keys) -> Keys:
    """The values of a fact, and all that is in them, are at the place of one value: the fact may come to have one."""
    return (*keys[: keys.index("values")], "value") if "values" in keys else keys

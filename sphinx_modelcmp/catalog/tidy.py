"""Safe repairs of a catalog file: order, spacing, and keys that are a level too high.

Comments move with the key below them or on their line. A comment with an empty line below it heads what follows, so
nothing is moved across it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.decode import HEADER
from sphinx_modelcmp.catalog.fields import SAID, written
from sphinx_modelcmp.catalog.records import MODEL_KEYS, Lifecycle, rank
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, FieldGroup
from sphinx_modelcmp.catalog.yaml.draft import BOM, Draft, NotEditable, comments
from sphinx_modelcmp.catalog.yaml.editor import harm
from sphinx_modelcmp.catalog.yaml.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.catalog.records import HouseField
    from sphinx_modelcmp.catalog.yaml.draft import Node


SORTED_TABLES = ("organizations", "providers", "licenses", "models")
"""The tables whose order says nothing: that of fields is the order of rows, the first traffic is the usual one, and
sources are often in groups."""
_TRAILING = re.compile(r"[ \t]+(?=\r?(?:\n|\Z))")
_EMPTY_LINES = re.compile(r"(\r?\n\r?\n)(?:\r?\n)+")
_STEP = 2
_LIFECYCLE = tuple(name for name in written(Lifecycle) if name not in SAID)


def tidied(text: str, fields: Mapping[str, HouseField] | None = None, header: str = "") -> Tidied:
    """The text of a file, tidy; unchanged if something in it cannot be read.

    ``fields`` are the house's own rows, and ``header`` is the other file that has the header, as messages show it.
    """
    if not isinstance(_root(text), dict):
        _, problems = read_document(text.encode(), "")
        return Tidied(text, left=[f"left as it is: {problem.message}" for problem in problems[:1]])
    bom = BOM if text.startswith(BOM) else ""
    work = Tidied(text.removeprefix(BOM))
    work.step(_spaced(work.text), ["spacing"])
    work.move_keys(fields or {}, header)
    models = _mappings(_root(work.text).get("models"))
    work.sort(
        [("models", name) for name, raw in models if [*raw] != sorted(raw, key=rank)], rank, "keys put in order in"
    )
    tables = [(name, table) for name in SORTED_TABLES if _mappings(table := _root(work.text).get(name))]
    work.sort([(name,) for name, table in tables if [*table] != sorted(table)], str, "sorted")
    work.text = bom + work.text
    return work


@dataclass(slots=True)
class Tidied:
    """A text, tidy as far as the repairs have come."""

    text: str
    done: list[str] = field(default_factory=list)
    """The repairs that were made."""
    left: list[str] = field(default_factory=list)
    """Those that were not, with the reason."""

    def step(self, text: str, done: list[str]) -> None:
        """Take a repair over, if the file still says the same, comments too."""
        if text != self.text and not harm(self.text, text, _root(self.text), ""):
            self.text = text
            self.done += done

    def move_keys(self, fields: Mapping[str, HouseField], header: str) -> None:
        """Move each key that is a level too high, in a text of its own, for the next may go to the same block."""
        text, done = self.text, []
        left: set[Keys] = set()
        while found := next((move for move in _moves(_root(text), fields) if move[0] not in left), None):
            at, into = found
            left.add(at)
            name = ".".join(map(str, at))
            try:
                text = _with_moved_key(text, at, into, header)
                done.append(f"{name} moved into {into}")
            except NotEditable as error:
                self.left.append(f"{name} not moved into {into} ({error})")
        # The tree changes on purpose, and the places of comments with it.
        if done and _comments(text) == _comments(self.text):
            self.text = text
            self.done += done

    def sort(self, paths: Sequence[Keys], key: Callable[[str], Any], told: str) -> None:
        """Sort the keys of mappings.

        A comment right above a key is part of it. Nothing moves across one with an empty line below it.
        """
        draft = Draft(self.text)
        done = []
        for path in paths:
            name = ".".join(map(str, path))
            try:
                groups = _groups(self.text, _parts(draft, path))
                edits = [edit for group in groups for edit in _reordered(self.text, group, key)]
            except NotEditable as error:
                self.left.append(f"keys of {name} not put in order ({error})")
                continue
            for edit in edits:
                draft.replace(*edit)
            done += [name] if edits else []
        more = f" and {len(done) - 1} more" if done[1:] else ""
        self.step(draft.result(), [f"{told} {done[0]}{more}"] if done else [])


def _root(text: str) -> Any:
    document, problems = read_document(text.encode(), "")
    return document.root if document and not problems else None


def _comments(text: str) -> list[str]:
    draft = Draft(text)
    return sorted(said for _, said in comments(draft.text, draft.root))


def _spaced(text: str) -> str:
    """No spaces at the end of a line, no two empty lines, one line end at the end. Each line ends as it did."""
    found = _EMPTY_LINES.sub(r"\1", _TRAILING.sub("", text)).strip("\r\n")
    last = re.search(r"\r?\n", text[text.rfind(found[-1:]) :]) or re.search(r"\r?\n", text)
    return found + (last[0] if last else "\n")


# --- keys a level too high -----------------------------------------------------------------------------------------


def _with_moved_key(text: str, at: Keys, into: str, header: str) -> str:
    if into == "catalog" and header:
        raise NotEditable(at, f"the header is in {header}")
    moved = _moved(Draft(text), at, into)
    if _root(moved) != _expected(_root(text), at, into):
        raise NotEditable(at, "something else would change with it")
    return moved


def _expected(root: Any, at: Keys, into: str) -> Any:
    """The tree of a file once a key has been moved."""
    if at[1:]:
        return {**root, at[0]: _expected(root[at[0]], at[1:], into)}
    rest = {key: value for key, value in root.items() if key != at[0]}
    return {**rest, into: {**(root.get(into) or {}), at[0]: root[at[0]]}}


def _moves(root: Any, fields: Mapping[str, HouseField]) -> Iterator[tuple[Keys, str]]:
    """The keys that belong a level deeper, and the block that they belong to."""
    flags = {*CAPABILITIES, *(name for name, about in fields.items() if about.group is FieldGroup.CAPABILITIES)}
    yield from _misplaced(root, (), ("schema", *HEADER), "catalog")
    for name, model in _mappings(root.get("models")):
        at = ("models", name)
        yield from _misplaced(model, at, flags.difference(MODEL_KEYS), "capabilities")
        yield from _misplaced(model, at, {*_LIFECYCLE} - (fields.keys() - flags), "lifecycle")


def _misplaced(record: Any, at: Keys, names: Collection[str], block: str) -> Iterator[tuple[Keys, str]]:
    inside = record.get(block)
    if inside is None or isinstance(inside, dict):
        for key in record:
            if key in names and key not in (inside or {}):
                yield (*at, key), block


def _mappings(table: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(name, raw) for name, raw in table.items() if isinstance(raw, dict)] if isinstance(table, dict) else []


def _moved(draft: Draft, at: Keys, into: str) -> str:
    """The text with a key moved into its sibling ``into``, a mapping that is made if there is none.

    A comment above it, and the rest of its line, move along.
    """
    mapping = _block(draft, at[:-1])
    pairs = {key.text: (key, value) for key, value in mapping.pairs}
    if at[-1] not in pairs:
        raise NotEditable(at, "it comes from a merge")
    key, value = pairs[str(at[-1])]
    target = pairs[into][1] if into in pairs else None
    if target is not None and (target.is_alias or target.is_shared):
        raise NotEditable(at, "an alias repeats the target")
    start, end = draft.top(key), draft.below(value.end, draft.column(key.start) + 1)
    lines = draft.text[start:end].splitlines(keepends=True)
    if target is None:
        draft.replace(start, end, f"{' ' * draft.column(key.start)}{into}:{draft.ending(end)}{_indented(lines, _STEP)}")
        return draft.result()
    draft.replace(start, end, "")
    if target.is_flow:
        said = draft.text[start:end].strip()
        if said != draft.text[key.start : value.end] or {"\n", "#"} & {*said, *draft.text[target.start : target.end]}:
            raise NotEditable(at, "several lines, or a comment, into braces")
        place = target.end - 1
        comma = "" if not target.children else " " if draft.text[:place].rstrip().endswith(",") else ", "
        draft.replace(place, place, comma + said)
    elif not target.children:
        raise NotEditable(at, "the target is no mapping")
    else:
        place = draft.below(target.end, draft.column(target.start))
        _refuse_headings(draft, at, min(end, place), max(start, place))
        draft.replace(place, place, _indented(lines, draft.column(target.start) - draft.column(key.start)))
    return draft.result()


def _refuse_headings(draft: Draft, at: Keys, start: int, end: int) -> None:
    """A comment with an empty line below it heads what follows: nothing is moved across it."""
    if re.search(r"^[ \t]*#.*\r?\n[ \t]*\r?$", draft.text[start:end], re.MULTILINE):
        raise NotEditable(at, "a comment that heads what follows is between them")


def _indented(lines: Sequence[str], by: int) -> str:
    return "".join(line if not line.strip() else " " * by + line if by >= 0 else line[-by:] for line in lines)


def _block(draft: Draft, at: Keys) -> Node:
    """The mapping at a path, if it is in the block style and written there itself."""
    node = draft.root
    for step in at:
        node = next((value for key, value in node.pairs if key.text == step), None) if node else None
    if node is not None and node.is_flow:
        raise NotEditable(at, "a mapping between braces")
    if node is None or not node.pairs:
        raise NotEditable(at, "an alias, or no mapping")
    if node.is_shared:
        raise NotEditable(at, "an alias repeats it")
    return node


# --- order ---------------------------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A key of a mapping, with the offsets at which all that belongs to it begins and ends."""

    key: str
    start: int
    end: int


def _parts(draft: Draft, at: Keys) -> list[_Part]:
    """The lines of each key, from the comment right above it to the last line of its value."""
    found: list[_Part] = []
    mapping = _block(draft, at)
    for key, value in mapping.pairs:
        if not draft.begins_line(key):
            raise NotEditable(at, "a key that does not begin its line")
        start = max(draft.top(key), found[-1].end if found else 0)
        found.append(_Part(str(key.text), start, draft.below(value.end, draft.column(key.start) + 1)))
    # A comment above the first key may be about all of them: then that key stays where it is.
    return found[1:] if found[0].start < draft.line_start(mapping.pairs[0][0].start) else found


def _groups(text: str, parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Runs of keys with nothing but empty lines between them."""
    group = list(parts[:1])
    for before, part in pairwise(parts):
        if text[before.end : part.start].strip():
            yield group
            group = []
        group.append(part)
    yield group


def _reordered(text: str, group: Sequence[_Part], key: Callable[[str], Any]) -> Iterator[tuple[int, int, str]]:
    ordered = sorted(group, key=lambda part: key(part.key))
    if not text.endswith("\n") and ordered != list(group):
        return
    for place, part in zip(group, ordered, strict=True):
        if place is not part:
            yield place.start, place.end, text[part.start : part.end]

"""What can be put right in a file without a doubt: order, spacing, and keys that stand a level too high.

Comments move with what they stand above or beside. A comment with an empty line below it heads what follows, so nothing
is moved across it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.collect import HEADER
from sphinx_modelcmp.catalog.editing import Editor, NotEditable
from sphinx_modelcmp.catalog.order import MODEL_KEYS, rank
from sphinx_modelcmp.catalog.reader import read_document
from sphinx_modelcmp.catalog.records import Lifecycle
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from sphinx_modelcmp.catalog.places import Keys

SORTED_TABLES = ("organizations", "providers", "licenses", "models")
"""The tables whose order says nothing: that of fields is the order of rows, the first traffic is the usual one, and
sources are often in groups."""
_LIFECYCLE = tuple(name for name in Lifecycle.model_fields if name not in {"source", "checked", "note", "accept"})


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text, what was done to it, and what was left alone for which reason."""

    text: str
    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """A text on its way: each step is kept only if the file still says what it said."""

    text: str
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def step(self, text: str, told: list[str]) -> None:
        if text != self.text and _root(text) == _root(self.text):
            self.text = text
            self.done += told

    def moved(self, text: str, told: list[str]) -> None:
        """As ``step``, of what is meant to change the tree."""
        if told and _root(text) is not None:
            self.text = text
            self.done += told


def tidied(text: str, capabilities: Collection[str] = CAPABILITIES) -> Tidied:
    """The text of a file, tidy, with the ends of lines that it has; as it is where something in it cannot be read.

    ``capabilities`` are the names of all flags that there are, the house's own among them.
    """
    root = _root(text)
    if not isinstance(root, dict):
        _, problems = read_document(text.encode(), "")
        return Tidied(text, left=tuple(f"left as it is: {problem.message}" for problem in problems[:1]))
    is_of_windows = 0 < text.count("\n") == text.count("\r\n")
    work = _Work(text.replace("\r\n", "\n") if is_of_windows else text)
    work.step(_spaced(work.text), ["spacing"])
    work.moved(*_with_moved_keys(work.text, capabilities, work.left))
    work.step(*_with_sorted_models(work.text, work.left))
    work.step(*_with_sorted_tables(work.text, work.left))
    found = work.text.replace("\n", "\r\n") if is_of_windows else work.text
    return Tidied(found, tuple(work.done), tuple(work.left))


def _root(text: str) -> Any:
    document, problems = read_document(text.encode(), "")
    return document.root if document and not problems else None


def _spaced(text: str) -> str:
    """Line feeds only, no spaces at the end of a line, no two empty lines, one line feed at the end."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"


# --- keys a level too high -----------------------------------------------------------------------------------------


def _with_moved_keys(text: str, capabilities: Collection[str], not_done: list[str]) -> tuple[str, list[str]]:
    """Each key is moved in a text of its own, for the next may go to the same block."""
    told: list[str] = []
    left: set[Keys] = set()
    while found := next((move for move in _moves(_root(text), capabilities) if move[0] not in left), None):
        at, into = found
        left.add(at)
        name = ".".join(map(str, at))
        try:
            editor = Editor(text)
            editor.move(at, into)
        except NotEditable as error:
            not_done.append(f"{name} not moved into {into} ({error})")
            continue
        if _root(editor.result()) is not None:
            text = editor.result()
            told.append(f"{name} moved into {into}")
    return text, told


def _moves(root: Any, capabilities: Collection[str]) -> Iterator[tuple[Keys, str]]:
    """The keys that belong a level deeper, and the block that they belong to."""
    yield from _misplaced(root, (), ("schema", *HEADER), "catalog")
    for name, model in _mappings(root.get("models")):
        at = ("models", name)
        wanted = [key for key in capabilities if key not in MODEL_KEYS]
        yield from _misplaced(model, at, wanted, "capabilities")
        yield from _misplaced(model, at, _LIFECYCLE, "lifecycle")


def _misplaced(record: Any, at: Keys, names: Collection[str], block: str) -> Iterator[tuple[Keys, str]]:
    inside = record.get(block)
    if inside is None or isinstance(inside, dict):
        for key in record:
            if key in names and key not in (inside or {}):
                yield (*at, key), block


def _mappings(table: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(name, raw) for name, raw in table.items() if isinstance(raw, dict)] if isinstance(table, dict) else []


# --- order ---------------------------------------------------------------------------------------------------------


def _with_sorted_models(text: str, left: list[str]) -> tuple[str, list[str]]:
    models = _mappings((_root(text) or {}).get("models"))
    unsorted = [("models", name) for name, raw in models if list(raw) != sorted(raw, key=rank)]
    return _sorted(text, unsorted, rank, "keys put in order in", left)


def _with_sorted_tables(text: str, left: list[str]) -> tuple[str, list[str]]:
    root = _root(text) or {}
    unsorted = [
        (table,) for table in SORTED_TABLES if _mappings(root.get(table)) and [*root[table]] != sorted(root[table])
    ]
    return _sorted(text, unsorted, str, "sorted", left)


def _sorted(
    text: str, paths: list[Any], key: Callable[[str], Any], told: str, left: list[str]
) -> tuple[str, list[str]]:
    editor = Editor(text)
    done = []
    for path in paths:
        name = ".".join(path)
        try:
            if editor.sort(path, key):
                done.append(name)
        except NotEditable as error:
            left.append(f"keys of {name} not put in order ({error})")
    return editor.result(), [f"{told} {_few(done)}"] if done else []


def _few(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"

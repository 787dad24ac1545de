"""Catalogs of any size, made of the real models of ``data/`` under other ids and names.

The text is edited in place and not dumped anew, so that the files stay as an author writes them.
``python -m tests.bench.copies FOLDER MODELS`` writes a catalog.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parents[2] / "data"
WINDOWS = {"lone": 7_654_321, "shared": 7_654_323}
"""Context windows that no real model has, for two models whose fact is edited: one on one page, one on several."""


class Change(NamedTuple):
    """A part of a text, and what it becomes."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model as its file writes it."""

    file: str
    id: str
    text: str
    node: yaml.MappingNode
    start: int
    """Where the text begins in the file, which the marks of the node count from."""

    @property
    def facts(self) -> Mapping[str, yaml.Node]:
        """The entry's own keys."""
        return _items(self.node)

    @property
    def has_window(self) -> bool:
        """Whether it states a context window, and nothing else of it."""
        return isinstance(self.facts.get("context_window"), yaml.ScalarNode)

    def renamed(self, number: int, window: int | None) -> str:
        """The text of the copy of that number; number 0 is the original. ``window`` replaces its context window."""
        changes = [*self._names(number)] if number else []
        if window:
            changes.append(_changed(self.facts["context_window"], str(window)))
        text = self.text
        for start, end, new in sorted(changes, reverse=True):
            text = text[: start - self.start] + new + text[end - self.start :]
        return text

    def _names(self, number: int) -> Iterator[Change]:
        begin = self.start + self.text.index(self.id)
        yield Change(begin, begin + len(self.id), copy_of(self.id, number))
        name = self.facts["name"]
        yield _changed(name, _quoted(f"{name.value} copy {number}"))
        for alias in self.facts["aliases"].value if "aliases" in self.facts else ():
            yield _changed(alias, _quoted(copy_of(alias.value, number)))


def copy_of(name: str, number: int) -> str:
    """The id of a copy."""
    return f"{name}-copy-{number}" if number else name


def write_copies(folder: Path, models: int) -> dict[str, str]:
    """Write a catalog of so many models, one file an organization; the ids of the models with ``WINDOWS``."""
    names = editable(models)
    edited = {"lone": names[-1], "shared": names[0]}
    windows = {edited[name]: WINDOWS[name] for name in edited}
    texts: dict[str, list[str]] = {}
    for entry, number in _numbered(models):
        text = entry.renamed(number, windows.get(copy_of(entry.id, number)))
        texts.setdefault(entry.file, []).append(text)
    _write_files(folder, texts)
    return edited


def editable(models: int) -> list[str]:
    """The ids of those of so many models whose context window can be edited."""
    return [copy_of(entry.id, number) for entry, number in _numbered(models) if entry.has_window]


def original_count() -> int:
    """How many models are copied."""
    return len(_entries())


def _numbered(models: int) -> Iterator[tuple[Entry, int]]:
    return islice(((entry, number) for number in range(models) for entry in _entries()), models)


def _write_files(folder: Path, texts: Mapping[str, list[str]]) -> None:
    """The files of ``data/``, with these models in place of theirs."""
    for file in DATA.rglob("*.yaml"):
        name = str(file.relative_to(DATA))
        text = file.read_text(encoding="utf-8")
        if name in texts:
            text = text[: _line(_models(text)[0][0])] + "".join(texts[name])
        elif name.startswith("models/"):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(entry for file in sorted((DATA / "models").glob("*.yaml")) for entry in _entries_of(file))


def _entries_of(file: Path) -> Iterator[Entry]:
    text = file.read_text(encoding="utf-8")
    pairs = _models(text)
    starts = [_line(key) for key, _ in pairs]
    for (key, node), (start, end) in zip(pairs, pairwise([*starts, len(text)]), strict=True):
        yield Entry(str(file.relative_to(DATA)), key.value, text[start:end], node, start)


def _models(text: str) -> list[tuple[yaml.ScalarNode, yaml.MappingNode]]:
    """The models of a file, which are the last in it."""
    root = yaml.compose(text)
    assert isinstance(root, yaml.MappingNode)
    key, models = root.value[-1]
    assert key.value == "models"
    return list(models.value)


def _line(node: yaml.Node) -> int:
    """Where its line begins."""
    mark = node.start_mark
    return int(mark.index - mark.column)


def _items(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value}


def _changed(node: yaml.Node, text: str) -> Change:
    return Change(node.start_mark.index, node.end_mark.index, text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    write_copies(Path(sys.argv[1]), int(sys.argv[2]))

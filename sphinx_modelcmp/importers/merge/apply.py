"""The trees that an import decides on, written into the texts of the files; each is proved before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.decode import TABLES
from sphinx_modelcmp.catalog.editing import Editor, NotEditable
from sphinx_modelcmp.catalog.files import shown_path
from sphinx_modelcmp.catalog.intact import harm
from sphinx_modelcmp.catalog.reader import read_document
from sphinx_modelcmp.catalog.writing import COMMENT, as_read, table
from sphinx_modelcmp.importers.foreign import ForeignError
from sphinx_modelcmp.importers.merge.decide import (
    Decided,
    Files,
    decide,
    shared_day,
    with_later_source,
    with_vocabulary,
)
from sphinx_modelcmp.importers.merge.plan import Notes, Plan, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.places import Keys
    from sphinx_modelcmp.catalog.problems import Place
    from sphinx_modelcmp.catalog.reader import Document
    from sphinx_modelcmp.importers.listings import Foreign, Raw
    from sphinx_modelcmp.importers.merge.plan import Mark


@dataclass(frozen=True)
class Held:
    """A file of the catalog as it is."""

    path: Path
    shown: str
    text: str
    document: Document

    @property
    def root(self) -> dict[str, Any]:
        """What is in it."""
        return self.document.root if isinstance(self.document.root, dict) else {}

    @cached_property
    def editor(self) -> Editor:
        """What changes its text."""
        return Editor(self.text, self.document.root)

    def refused(self, why: str, at: Keys) -> ForeignError:
        """The error that ends an import, with the place in this file."""
        return refused(why, self.path, self.document.place(*at))


def refused(why: str, path: Path, where: Place | None) -> ForeignError:
    """The error that ends an import before anything is written."""
    return ForeignError(why, path, *((where.line, where.column) if where else (0, 0)))


def read_held(file: CatalogFile) -> Held:
    """A file to be changed. Raises ForeignError where it cannot be read, or a table in it is none."""
    document, problems = read_document(file.data, file.shown)
    if document is None:
        raise refused(f"the catalog cannot be read: {problems[-1].message}", file.path, problems[-1].where)
    held = Held(file.path, file.shown, file.data.decode(), document)
    for name in (*TABLES, "models"):
        if not isinstance(held.root.get(name) or {}, dict):
            raise held.refused(f"the catalog cannot be read: `{name}` is no mapping", (name,))
    return held


def merge(
    files: Files,
    held: Sequence[Held],
    records: Iterable[tuple[str, Raw]],
    foreign: Foreign,
    source: Raw,
    mark: Mark,
    is_wanted: Callable[[Raw], bool],
) -> Plan:
    """The plan for some models of a foreign catalog, and for what they name.

    Raises ForeignError where a file cannot take what is decided, or would lose something by it.
    """
    there = {file.path: file for file in held}
    decided = list(decide(files, records, foreign, mark, is_wanted))
    notes = Notes()
    merged = []
    for path in dict.fromkeys(one.path for one in decided):
        group = [one for one in decided if one.path == path]
        merged += _editable(there[path], group, files, notes) if path in there else group
    final, vocabulary = with_vocabulary(files.with_models(merged), merged, foreign, source, mark)
    for part in (*(one.notes for one in merged), vocabulary):
        notes.add(part)
    if merged:
        final = _with_source_day(final, there, mark, notes)
    changed = {path: root for path, root in final.roots.items() if root != files.roots.get(path)}
    ordered = sorted(changed, key=lambda path: _turn(changed[path], files.roots.get(path, {})))
    texts = {path: _text(path, changed[path], there.get(path)) for path in ordered}
    for path, text in texts.items():
        _tell_remarks(text, changed[path], notes)
    return Plan(tuple(notes.changes), tuple(notes.kept), texts)


def _editable(file: Held, group: list[Decided], files: Files, notes: Notes) -> list[Decided]:
    """The models of a file whose changes its text can take: found by a dry run.

    One that uses aliases or merge keys stays as it is where a change of it could be one of another model.
    """
    while (root := files.with_models(group).roots[file.path]) != file.root:
        try:
            file.editor.rewritten(root)
        except NotEditable as error:
            left = [one for one in group if ("models", one.id) != error.at[:2]]
            if len(left) == len(group):
                raise file.refused(f"the catalog cannot be changed here: {error}", error.at) from None
            for stays in (one for one in group if one not in left):
                notes.keep(("models", stays.id), f"not merged: {error}", stays.name)
            group = left
        else:
            break
    return group


def _with_source_day(files: Files, there: Mapping[Path, Held], mark: Mark, notes: Notes) -> Files:
    """The files with the later day of the source, unless a file cannot take that."""
    dated, said = with_later_source(files, mark)
    if dated is not files and (at := shared_day(files, mark)):
        why = f"not brought up to date: {path_of(at)} names it beside another source, and no day"
        notes.keep(("sources", mark.source, "checked"), why, mark.day)
        return files
    for path, root in dated.roots.items():
        if path in there and root is not files.roots.get(path):
            try:
                there[path].editor.rewritten(root)
            except NotEditable as error:
                notes.keep(error.at, f"not brought up to date: {error}", mark.day)
                return files
    notes.add(said)
    return dated


def _text(path: Path, root: Mapping[str, Any], file: Held | None) -> str:
    """The text of a file that says what it should. Raises ForeignError where there is none."""
    if file is None:
        text = "\n".join(table(name, entries) for name, entries in root.items())
        found = harm("", text, as_read(root), shown_path(path))
    else:
        try:
            text = file.editor.rewritten(root)
        except NotEditable as error:
            raise file.refused(f"the catalog cannot be changed here: {error}", error.at) from None
        found = harm(file.text, text, as_read(root), file.shown)
    if found:
        raise refused(f"the import would do harm here, and nothing was written: {found.message}", path, found.where)
    return text


def _tell_remarks(text: str, root: Mapping[str, Any], notes: Notes) -> None:
    """Tell of comments of the source that found no place: there is none between braces."""
    for at, remark in _remarks(root):
        if f"# {remark}" not in text:
            notes.keep(at, "no comment between braces", remark)


def _remarks(value: Any, at: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, dict) and COMMENT in value:
        yield at, value[COMMENT]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from _remarks(inner, (*at, key))


def _turn(new: Mapping[str, Any], old: Mapping[str, Any]) -> int:
    """When a file is written: first those with new entries, which models name, and last that with a source's later day.

    So a run that is killed leaves no model that names nothing, and none that seems to be read on that day.
    """
    same = [name for name in TABLES if new.get(name) is old.get(name)]
    if any((new.get(name) or {}).keys() != (old.get(name) or {}).keys() for name in TABLES if name not in same):
        return 0
    return 1 if len(same) == len(TABLES) else 2

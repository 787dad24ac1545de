"""Imported records into a catalog that is there: what is missing is added, what somebody else said is left alone.

A fact that only the imported source has said is brought up to date, and so is the day on which it was checked. A price
of it that changes ends on that day, and a new one begins. Where the catalog has another word for a fact, from another
source or from nobody, that word stays, and the difference is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.collect import TABLES
from sphinx_modelcmp.catalog.editing import Editor, NotEditable
from sphinx_modelcmp.catalog.order import in_order
from sphinx_modelcmp.catalog.reader import read_document
from sphinx_modelcmp.catalog.writing import document, lines
from sphinx_modelcmp.importers.foreign import ForeignError
from sphinx_modelcmp.importers.listings import named_in
from sphinx_modelcmp.importers.merging_model import ModelMerge
from sphinx_modelcmp.importers.plan import Kind, Plan
from sphinx_modelcmp.importers.sameness import Stated, names_of, stated, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.problems import Place
    from sphinx_modelcmp.importers.listings import Foreign, Raw
    from sphinx_modelcmp.importers.plan import Mark

_WORD = re.compile(r"[a-z]+")
_HEADER = {"catalog": {"schema": 1}}


class Held(NamedTuple):
    """A model that is there already."""

    path: Path
    id: str
    raw: dict[str, Any]
    stated: Stated
    """What its facts inherit."""


class Merger:
    """Puts records into the files of one folder."""

    def __init__(self, folder: Path, files: Sequence[CatalogFile], mark: Mark) -> None:
        self.folder = folder
        self.mark = mark
        self.plan = Plan()
        self._roots = {file.path: _root(file) for file in files}
        self._texts = {file.path: file.data.decode("utf-8-sig") for file in files}
        self._editors: dict[Path, Editor] = {}
        self._models = dict(self._named())
        self._homes = {name: path for path, root in self._roots.items() for name in _homes(root)}
        self._new: dict[Path, dict[str, Raw]] = {}
        self._references: set[tuple[str, str]] = set()
        held = self.table("sources").get(mark.source)
        self.source_day = str(held.get("checked") or "") if isinstance(held, dict) else ""
        """The day of what names the source and no day."""

    def _named(self) -> Iterable[tuple[str, Held]]:
        """Every model by its names, of which an id counts before an alias."""
        held = [
            Held(path, name, raw if isinstance(raw, dict) else {}, stated(raw, stated(root, Stated())))
            for path, root in self._roots.items()
            for name, raw in (root.get("models") or {}).items()
        ]
        for model in held:
            for alias in names_of(model.raw.get("aliases")):
                yield alias.casefold(), model
        for model in held:
            yield model.id.casefold(), model

    def editor(self, path: Path) -> Editor:
        """What edits a file."""
        if path not in self._editors:
            self._editors[path] = Editor(self._texts[path])
        return self._editors[path]

    def refer(self, part: Raw) -> None:
        """Note what a part of a model names, so that the tables get it."""
        self._references.update(named_in(part))

    def table(self, name: str) -> dict[str, Any]:
        """The entries of a table, over all files."""
        return {key: entry for root in self._roots.values() for key, entry in (root.get(name) or {}).items()}

    def merge(
        self,
        models: Iterable[tuple[str, Raw]],
        foreign: Foreign,
        is_wanted: Callable[[Raw], bool],
    ) -> Plan:
        """The plan for some models of a foreign catalog, and for what they name.

        ``is_wanted`` says which routes are taken that are not there yet.
        """
        for name, record in models:
            self._model(name, record, is_wanted)
        for path, added in self._new.items():
            self._write_models(path, added)
        for table, entries in foreign.tables.items():
            self._add_entries(
                table, {name: entry for name, entry in entries.items() if (table, name) in self._references}
            )
        self.plan.files |= {path: editor.result() for path, editor in self._editors.items() if editor.changed}
        return self.plan

    def _model(self, name: str, record: Raw, is_wanted: Callable[[Raw], bool]) -> None:
        names = (name, *record.get("aliases", ()))
        held = next((found for one in names if (found := self._models.get(one.casefold()))), None)
        if held:
            self._merge(held, record, is_wanted)
            return
        routes = [route for route in record.get("routes", ()) if is_wanted(route)]
        rest = {key: value for key, value in record.items() if key not in {"name", "routes"}}
        stamped = {"name": record["name"], "source": self.mark.source, "checked": self.mark.day, **rest}
        if routes:
            stamped["routes"] = routes
        self.refer(stamped)
        count = f"{len(routes)} {'route' if len(routes) == 1 else 'routes'}"
        self.plan.change(Kind.ADDED, ("models", name), new=f"{record['name']}, {count}")
        self._new.setdefault(self._home(name, record), {})[name] = in_order(stamped)

    def _merge(self, held: Held, record: Raw, is_wanted: Callable[[Raw], bool]) -> None:
        """A model that uses aliases or merge keys stays as it is: a change of it could be one of another model."""
        changes, kept = len(self.plan.changes), len(self.plan.kept)
        mark = self._editors[held.path].mark() if held.path in self._editors else 0
        try:
            ModelMerge(self, held).merge(record, is_wanted)
        except NotEditable as error:
            del self.plan.changes[changes:], self.plan.kept[kept:]
            self.editor(held.path).back_to(mark)
            self.plan.keep(("models", held.id), f"not merged: {error}", record["name"])

    def _home(self, name: str, record: Raw) -> Path:
        """The file of its organization; where nobody says who makes it, that of its first word."""
        found = _WORD.match(name)
        word = found[0] if found else "other"
        maker = str(record.get("organization") or "")
        home = self._homes.get(maker) or (None if maker else self._homes.get(word))
        return home or self.folder / "models" / f"{maker or word}.yaml"

    def _write_models(self, path: Path, added: Mapping[str, Raw]) -> None:
        """Each before the first that comes after it, where the file is in order; else at its end."""
        present = list(self._roots.get(path, {}).get("models") or {})
        if not present:
            each = ("".join(lines({name: record}, 1)) for name, record in sorted(added.items()))
            self._append(path, "models:\n\n" + "\n".join(each))
            return
        in_order = present == sorted(present)
        editor = self.editor(path)
        for name, record in sorted(added.items()):
            after = [one for one in present if one < name] if in_order else present
            editor.add(("models",), name, record, after[-1:], spaced=editor.is_spaced(("models",)))

    def _add_entries(self, table: str, entries: Mapping[str, Raw]) -> None:
        missing = {name: entry for name, entry in sorted(entries.items()) if name not in self.table(table)}
        for name, entry in missing.items():
            self.plan.change(
                Kind.ADDED, (table, name), new=entry.get("name") or entry.get("title") or entry.get("label")
            )
        path = next((path for path, root in self._roots.items() if root.get(table)), None)
        if path:
            for name, entry in missing.items():
                self.editor(path).add((table,), name, entry, list(self._roots[path][table])[-1:])
        elif missing:
            homes = (path for path, root in self._roots.items() if "catalog" in root)
            self._append(next(homes, self.folder / "catalog.yaml"), "".join(lines({table: missing}, 0)))

    def _append(self, path: Path, text: str) -> None:
        """A table at the end of a file that has none of it, or of a new one."""
        if path in self._texts:
            self.editor(path).end_with(text)
        else:
            first = not self._roots and path.parent == self.folder and path not in self.plan.files
            before = self.plan.files.get(path, document(_HEADER) if first else "")
            self.plan.files[path] = before + ("\n" if before else "") + text

    def confirm_source(self, entry: Raw) -> None:
        """The entry of the source itself, with the day of the file."""
        held = self.table("sources").get(self.mark.source)
        if held is None:
            self._add_entries("sources", {self.mark.source: entry})
            return
        if "" < self.source_day < str(self.mark.day):
            path = next(path for path, root in self._roots.items() if self.mark.source in (root.get("sources") or {}))
            at = ("sources", self.mark.source, "checked")
            self.plan.change(Kind.CONFIRMED, at, self.source_day, self.mark.day)
            self.editor(path).replace(at, self.mark.day)


def _homes(root: Mapping[str, Any]) -> Iterator[str]:
    """The organizations whose models are in a file, and the words that their ids begin with."""
    for name, raw in (root.get("models") or {}).items():
        if isinstance(raw, dict) and raw.get("organization"):
            yield str(value_of(raw["organization"]))
        if found := _WORD.match(name):
            yield found[0]


def _root(file: CatalogFile) -> dict[str, Any]:
    """What is in a file. Raises ForeignError where it cannot be read, or a table in it is none."""
    found, problems = read_document(file.data, file.shown)
    if found is None:
        raise _refused(file, problems[-1].message, problems[-1].where)
    root = found.root if isinstance(found.root, dict) else {}
    for table in (*TABLES, "models"):
        if not isinstance(root.get(table) or {}, dict):
            raise _refused(file, f"`{table}` is no mapping", found.place(table))
    return root


def _refused(file: CatalogFile, why: str, where: Place | None) -> ForeignError:
    place = (where.line, where.column) if where else (0, 0)
    return ForeignError(f"the catalog cannot be read: {why}", file.path, *place)

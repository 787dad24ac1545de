"""Decisions of an import: from the trees that the files of a catalog contain to those that they shall contain."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.decode import TOP_LEVEL
from sphinx_modelcmp.catalog.records import FACTS
from sphinx_modelcmp.importers.merge.models import merged_model, new_model
from sphinx_modelcmp.importers.merge.provenance import (
    HEAD,
    Import,
    Kind,
    Mark,
    Notes,
    Stated,
    as_day,
    mappings_below,
    mappings_in,
    names_of,
    path_of,
    placed,
    readings,
    stated,
    value_of,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.catalog.problems import Keys
    from sphinx_modelcmp.importers.importer import Foreign, Raw


_WORD = re.compile(r"[a-z]+")
_NAMING = ("organization", "license", "provider", "benchmark")
"""Keys whose values are ids of entries."""
_RECORDS = ("capabilities", "routes", "results")
"""Keys of the records that may name something."""
_HEADER = {"catalog": {"schema": 1}}


class Decided(NamedTuple):
    """One model as it is, or as it shall be."""

    path: Path
    id: str
    raw: Any
    outer: Stated
    """Source and day that its file states."""
    name: str
    """Its name in the source."""
    notes: Notes


@dataclass(frozen=True, slots=True)
class Files:
    """The trees of all files of a catalog."""

    folder: Path
    home: Path
    """The file that gets tables which no file has yet."""
    roots: Mapping[Path, Mapping[str, Any]]

    @classmethod
    def of(cls, folder: Path, roots: Mapping[Path, Mapping[str, Any]]) -> Files:
        """The files of a folder as they are. A catalog in one file stays in one."""
        alone = [*roots] if len(roots) == 1 else []
        headed = (path for path, root in roots.items() if "catalog" in root)
        home = [*headed, *alone, folder / "catalog.yaml"][0]
        return cls(folder, home, roots or {home: _HEADER})

    def table(self, name: str) -> dict[str, Any]:
        """The entries of a table, over all files; the first definition counts."""
        found: dict[str, Any] = {}
        for root in self.roots.values():
            for key, entry in (root.get(name) or {}).items():
                found.setdefault(key, entry)
        return found

    @property
    def currency(self) -> str:
        """ISO 4217 code for prices that name none."""
        headers = (root.get("catalog") for root in self.roots.values())
        return next((str(one["currency"]) for one in headers if isinstance(one, dict) and one.get("currency")), "USD")

    def models(self) -> dict[str, Decided]:
        """Every model by its names, of which an id counts before an alias."""
        held = [
            Decided(path, name, raw, stated(root, Stated()), "", Notes())
            for path, root in self.roots.items()
            for name, raw in (root.get("models") or {}).items()
        ]
        found: dict[str, Decided] = {}
        for model in held:
            found.setdefault(model.id.casefold(), model)
        for model in held:
            for alias in names_of(model.raw.get("aliases") if isinstance(model.raw, dict) else None):
                found.setdefault(alias.casefold(), model)
        return found

    def sources_at(self, at: Keys) -> tuple[str, ...]:
        """The sources of what is said at a place of a model, its own or inherited.

        Of a list of prices these are the sources of all, and of results those of the benchmark that is named last.
        """
        table, name, *rest = at
        value: Any = next(root for root in self.roots.values() if name in (root.get(str(table)) or {}))
        said = stated(value, Stated())
        for key in (table, name, *rest):
            held: Any = value if isinstance(value, dict) else mappings_in(value)
            inner = held.get(key)
            if inner is None:
                break
            value, said = inner, stated(inner, said)
        items = (one for one in mappings_in(value).values() if one.get("benchmark", at[-1]) == at[-1])
        each = [stated(one, said) for one in items] or [said]
        return tuple(dict.fromkeys(name for one in each for name in one.source))

    def with_entries(self, table: str, entries: Mapping[str, Any]) -> Files:
        """The trees with entries in a table: each where it is defined, or in the file with the table, or at home."""
        home = next((path for path, root in self.roots.items() if root.get(table)), self.home)
        homes = {name: path for path, root in reversed([*self.roots.items()]) for name in root.get(table) or {}}
        return self.put(table, ((homes.get(name, home), name, entry) for name, entry in entries.items()))

    def put(self, table: str, entries: Iterable[tuple[Path, str, Any]]) -> Files:
        """The trees with entries of a table: a new table comes after those that precede it in a catalog, or last."""
        found: dict[Path, dict[str, Any]] = defaultdict(dict)
        for path, name, entry in entries:
            found[path][name] = entry
        roots = dict(self.roots)
        for path, new in found.items():
            root = roots.get(path, {})
            held = root.get(table) or {}
            now = {**held, **new}
            if table == "models" and [*held] == sorted(held):
                now = dict(sorted(now.items()))
            before = [one for one in TOP_LEVEL[: TOP_LEVEL.index(table)] if one in root]
            roots[path] = placed(root, table, now, before or None)
        return replace(self, roots=roots)


def decide(
    files: Files,
    records: Iterable[tuple[str, Raw]],
    foreign: Foreign,
    mark: Mark,
    is_wanted: Callable[[Raw], bool],
) -> Iterator[Decided]:
    """Each model of a foreign catalog as it shall be here.

    ``is_wanted`` says which routes are taken that are not there yet.
    """
    source_day = str(as_day(_source_day(files, mark)) or "")
    facts = {*FACTS, "routes", *foreign.fields}
    held = files.models()
    homes = {name: path for path, root in files.roots.items() for name in _homes(root)}
    for name, record in records:
        run = Import(mark, source_day, files.currency, facts, Notes())
        new = Decided(_home(name, record, homes, files.folder), name, None, Stated(), "", run.notes)
        there = held.get(name.casefold(), new)
        raw = there.raw
        if not raw:
            raw = new_model(there.id, record, run, is_wanted)
        elif isinstance(raw, dict):
            raw = merged_model(there.id, raw, there.outer, record, run, is_wanted)
        else:
            run.notes.keep(("models", there.id), "not merged: no mapping", record["name"])
        yield there._replace(raw=raw, name=record["name"], notes=run.notes)


def _home(name: str, record: Raw, homes: Mapping[str, Path], folder: Path) -> Path:
    """The file of its organization; where nobody says who makes it, that of its first word."""
    found = _WORD.match(name)
    word = found[0] if found else "other"
    maker = str(record.get("organization") or "")
    home = homes.get(maker) or (None if maker else homes.get(word))
    return home or folder / "models" / f"{maker or word}.yaml"


def _homes(root: Mapping[str, Any]) -> Iterator[str]:
    """The organizations whose models are in a file, and the words that their ids begin with."""
    for name, raw in (root.get("models") or {}).items():
        if isinstance(raw, dict) and raw.get("organization"):
            yield str(value_of(raw["organization"]))
        if found := _WORD.match(name):
            yield found[0]


def with_vocabulary(
    files: Files, merged: Collection[Decided], foreign: Foreign, sources: Mapping[str, Raw], mark: Mark, notes: Notes
) -> Files:
    """The trees with everything that the merged models name, and with the ``sources`` of it.

    What a model names is asked of all of it, not of what is new: so a run makes up for one that was interrupted.
    """
    named = {name for one in merged for name in _names_in(one.raw)}
    cited = {name for one in merged for _, held in mappings_below(one.raw) for name in names_of(held.get("source"))}
    cited |= {mark.source} if merged else set()
    wanted: dict[str, Mapping[str, Raw]] = {"sources": {name: sources[name] for name in sources if name in cited}}
    for table, entries in foreign.tables.items():
        wanted[table] = {name: entry for name, entry in sorted(entries.items()) if (table, name) in named}
    for table, entries in wanted.items():
        there = files.table(table)
        missing = {name: entry for name, entry in entries.items() if not there.get(name)}
        for name, entry in missing.items():
            called = entry.get("name") or entry.get("title") or entry.get("label")
            notes.change(Kind.ADDED, (table, name), new=called)
        files = files.with_entries(table, missing)
    return files


def _source_day(files: Files, mark: Mark) -> Any:
    held = files.table("sources").get(mark.source)
    return held.get("checked") if isinstance(held, dict) else None


def with_later_source(files: Files, mark: Mark) -> tuple[Files, Notes]:
    """The trees with the source at the day of the foreign file, if it names an earlier one.

    Entries that name the source and no day have been read on the day that the source gives up: they get that day. One
    that names another source besides cannot: then all days stay.
    """
    notes, confirmed = Notes(), ("sources", mark.source, "checked")
    day = as_day(_source_day(files, mark))
    if day is None or day >= mark.day:
        return files, notes
    roots = dict(files.roots)
    for path, root in files.roots.items():
        for at, named in _undated(root, mark.source):
            if len(named) > 1:
                why = f"not brought up to date: {path_of((*at, 'source'))} names it beside another source, and no day"
                notes = Notes()
                notes.keep(confirmed, why, mark.day)
                return files, notes
            notes.change(Kind.DATED, (*at, "checked"), new=day)
            roots[path] = _dated(roots[path], at, day)
    notes.change(Kind.CONFIRMED, confirmed, day, mark.day)
    source = {**files.table("sources")[mark.source], "checked": mark.day}
    return replace(files, roots=roots).with_entries("sources", {mark.source: source}), notes


def _undated(root: Mapping[str, Any], source: str) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    """Every place in a file that names a source and no day, the inner ones first, with all sources that it names."""
    for at, held in mappings_below(root):
        named = names_of(held.get("source"))
        if at[:1] != ("sources",) and not held.get("checked") and source in named:
            yield at, named


def _dated(value: Any, at: Keys, day: datetime.date) -> Any:
    """A tree with a day in one place."""
    if not at:
        return placed(value, "checked", day, HEAD)
    found: Any = list(value) if isinstance(value, list) else dict(value)
    found[at[0]] = _dated(found[at[0]], at[1:], day)
    return found


def _names_in(record: Any) -> Iterator[tuple[str, str]]:
    """Everything that a model, or a record in it, names: the table and the id. Whatever is no record names nothing."""
    for key, value in record.items() if isinstance(record, dict) else ():
        if key in _NAMING:
            yield from ((f"{key}s", said) for said in readings(value))
        else:
            yield "fields", str(key)
        for inner in mappings_in([value] if key == "capabilities" else value).values() if key in _RECORDS else ():
            yield from _names_in(inner)

"""What an import makes of a catalog: from the trees that its files hold to those that they are to hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.decode import TOP_LEVEL
from sphinx_modelcmp.catalog.records import FACTS
from sphinx_modelcmp.importers.merge.level import HEAD, Import, as_day, placed
from sphinx_modelcmp.importers.merge.model import merged_model, new_model
from sphinx_modelcmp.importers.merge.plan import Kind, Notes
from sphinx_modelcmp.importers.merge.sameness import Stated, names_of, readings, stated, value_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.catalog.places import Keys
    from sphinx_modelcmp.importers.listings import Foreign, Raw
    from sphinx_modelcmp.importers.merge.plan import Mark

_WORD = re.compile(r"[a-z]+")
_HEADER = {"catalog": {"schema": 1}}


class _Held(NamedTuple):
    """A model that is there already."""

    path: Path
    id: str
    raw: Any
    outer: Stated
    """What its file states."""


class Decided(NamedTuple):
    """What becomes of one model."""

    path: Path
    id: str
    name: str
    """What the source calls it."""
    raw: Any
    notes: Notes


class Decision(NamedTuple):
    """What becomes of the files, and what is to be told of the tables."""

    files: Files
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

    def models(self) -> dict[str, _Held]:
        """Every model by its names, of which an id counts before an alias."""
        held = [
            _Held(path, name, raw, stated(root, Stated()))
            for path, root in self.roots.items()
            for name, raw in (root.get("models") or {}).items()
        ]
        found: dict[str, _Held] = {}
        for model in held:
            found.setdefault(model.id.casefold(), model)
        for model in held:
            for alias in names_of(model.raw.get("aliases") if isinstance(model.raw, dict) else None):
                found.setdefault(alias.casefold(), model)
        return found

    def with_models(self, decided: Iterable[Decided]) -> Files:
        """The trees with models as they are to be, new ones in order where those that are there are."""
        found: dict[Path, dict[str, Any]] = {}
        for one in decided:
            found.setdefault(one.path, {})[one.id] = one.raw
        roots = dict(self.roots)
        for path, models in found.items():
            root = roots.get(path, {})
            held = root.get("models") or {}
            now = {**held, **models}
            roots[path] = _with_table(root, "models", dict(sorted(now.items())) if [*held] == sorted(held) else now)
        return replace(self, roots=roots)

    def with_entries(self, table: str, entries: Mapping[str, Any]) -> Files:
        """The trees with entries in a table: each where it stands, or in the file that has the table, or other ones."""
        roots = dict(self.roots)
        home = next((path for path, root in roots.items() if root.get(table)), self.home)
        for name, entry in entries.items():
            path = next((path for path, root in roots.items() if name in (root.get(table) or {})), home)
            root = roots.get(path, {})
            roots[path] = _with_table(root, table, {**(root.get(table) or {}), name: entry})
        return replace(self, roots=roots)


def _with_table(root: Mapping[str, Any], name: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    """A file with a table as it is to be: a new one comes after those before it in a catalog, or last."""
    before = [one for one in TOP_LEVEL[: TOP_LEVEL.index(name)] if one in root]
    return placed(root, name, entries, before or None)


def decide(
    files: Files,
    records: Iterable[tuple[str, Raw]],
    foreign: Foreign,
    mark: Mark,
    is_wanted: Callable[[Raw], bool],
) -> Iterator[Decided]:
    """What becomes of each model of a foreign catalog.

    ``is_wanted`` says which routes are taken that are not there yet.
    """
    source_day = str(as_day(_source_day(files, mark)) or "")
    facts = {*FACTS, "routes", *foreign.fields}
    held = files.models()
    homes = {name: path for path, root in files.roots.items() for name in _homes(root)}
    for name, record in records:
        found = held.get(name.casefold())
        run = Import(mark, source_day, files.currency, facts, Notes())
        if found is None:
            raw: Any = new_model(name, record, run, is_wanted)
            path = _home(name, record, homes, files.folder)
            yield Decided(path, name, record["name"], raw, run.notes)
        else:
            raw = found.raw
            if isinstance(raw, dict) and raw:
                raw = merged_model(found.id, raw, found.outer, record, run, is_wanted)
            elif not raw:
                raw = new_model(found.id, record, run, is_wanted)
            else:
                run.notes.keep(("models", found.id), "not merged: no mapping", record["name"])
            yield Decided(found.path, found.id, record["name"], raw, run.notes)


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


def with_vocabulary(files: Files, merged: Collection[Decided], foreign: Foreign, source: Raw, mark: Mark) -> Decision:
    """The trees with everything that the merged models name, and with the source.

    What a model names is asked of all of it, not of what is new: so a run makes up for one that was interrupted.
    """
    notes = Notes()
    named = {name for one in merged for name in _names_in(one.raw)}
    wanted: dict[str, Mapping[str, Raw]] = {"sources": {mark.source: source} if merged else {}}
    for table, entries in foreign.tables.items():
        wanted[table] = {name: entry for name, entry in sorted(entries.items()) if (table, name) in named}
    for table, entries in wanted.items():
        there = files.table(table)
        missing = {name: entry for name, entry in entries.items() if not there.get(name)}
        for name, entry in missing.items():
            called = entry.get("name") or entry.get("title") or entry.get("label")
            notes.change(Kind.ADDED, (table, name), new=called)
        files = files.with_entries(table, missing)
    return Decision(files, notes)


def _source_day(files: Files, mark: Mark) -> Any:
    held = files.table("sources").get(mark.source)
    return held.get("checked") if isinstance(held, dict) else None


def with_later_source(files: Files, mark: Mark) -> Decision:
    """The trees with the source at the day of the foreign file, if it names an earlier one.

    What names the source and no day has been read on the day that the source gives up: it gets that day.
    """
    notes = Notes()
    day = as_day(_source_day(files, mark))
    if day is None or day >= mark.day:
        return Decision(files, notes)
    roots = {path: _dated(root, mark.source, day, notes, ()) for path, root in files.roots.items()}
    found = replace(files, roots=roots)
    notes.change(Kind.CONFIRMED, ("sources", mark.source, "checked"), day, mark.day)
    held = files.table("sources")[mark.source]
    return Decision(found.with_entries("sources", {mark.source: {**held, "checked": mark.day}}), notes)


def shared_day(files: Files, mark: Mark) -> Keys | None:
    """The first place that names the source beside another one, and no day: its day cannot be told for one of them."""
    found = (_shared(root, mark.source, ()) for root in files.roots.values())
    return next((at for at in found if at), None)


def _dated(value: Any, source: str, day: datetime.date, notes: Notes, at: Keys) -> Any:
    """A tree in which everything that names a source has a day; the same object where that is so."""
    if isinstance(value, list):
        items = [_dated(one, source, day, notes, (*at, i)) for i, one in enumerate(value)]
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    inner = {
        key: one if (*at, key) == ("sources",) else _dated(one, source, day, notes, (*at, key))
        for key, one in value.items()
    }
    if names_of(value.get("source")) == (source,) and not value.get("checked"):
        notes.change(Kind.DATED, (*at, "checked"), new=day)
        return placed(inner, "checked", day, HEAD)
    return inner if any(inner[key] is not one for key, one in value.items()) else value


def _shared(value: Any, source: str, at: Keys) -> Keys | None:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict) and not value.get("checked"):
        named = names_of(value.get("source"))
        if len(named) > 1 and source in named:
            return (*at, "source")
    found = (_shared(one, source, (*at, key)) for key, one in pairs)
    return next((place for place in found if place), None)


def _names_in(model: Any) -> Iterator[tuple[str, str]]:
    """Everything that a model names: the table and the id. Whatever is no model names nothing."""
    for key, value in model.items() if isinstance(model, dict) else ():
        if key in {"organization", "license"}:
            yield from ((f"{key}s", said) for said in readings(value))
        elif key == "results":
            yield from (("benchmarks", str(one.get("benchmark"))) for one in _mappings(value))
        else:
            yield from _fields_in(key, value)
        for route in _mappings(value) if key == "routes" else ():
            yield "providers", str(route.get("provider"))
            yield from _fields_in("capabilities", route.get("capabilities"))


def _fields_in(key: str, value: Any) -> Iterator[tuple[str, str]]:
    names = value if key == "capabilities" and isinstance(value, dict) else (key,)
    return (("fields", str(name)) for name in names)


def _mappings(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

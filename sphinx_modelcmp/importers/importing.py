"""Import of a foreign catalog into a folder, thought through to the end before a byte is written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.decode import TABLES, TOP_LEVEL
from sphinx_modelcmp.catalog.files import CatalogFile, is_leftover, read_files, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.yaml.draft import NotEditable
from sphinx_modelcmp.catalog.yaml.editor import Editor, harm
from sphinx_modelcmp.catalog.yaml.reader import Document, read_document
from sphinx_modelcmp.catalog.yaml.writer import COMMENT, as_read, table
from sphinx_modelcmp.importers.importer import Foreign, Importer, Listing, Loss, Raw, Track, models_of, sources_of
from sphinx_modelcmp.importers.merge.decide import Decided, Files, decide, with_later_source, with_vocabulary
from sphinx_modelcmp.importers.merge.provenance import Change, Kept, Mark, Notes, mappings_below
from sphinx_modelcmp.importers.selection import Selection, check_names, check_queries
from sphinx_modelcmp.importers.source_files import ForeignError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.problems import Code, Place, Problem


_WORDS = ("name", "aliases", "note", "charges")
"""What the house calls and says: that a source does so otherwise contradicts nothing."""
_LINE = re.compile(r"\bline [0-9]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that only has to be written."""

    chosen: int
    """Number of models that are taken."""
    of: int
    """Number of models in the foreign catalog."""
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]
    contradicted: tuple[tuple[Kept, tuple[str, ...]], ...]
    """Of these the facts that both sides know, each with the sources that the catalog names for it."""
    listed: frozenset[str]
    """The ids of all models of the foreign catalog, as the catalog has them."""
    files: Mapping[Path, str]
    """The whole new text of every file that changes: first those that define what the others name."""
    as_read: Mapping[Path, bytes]
    """The files of the catalog as they were read."""
    findings: tuple[Problem, ...]
    """Problems that the catalog gets and does not have now."""


def prepare(
    foreign: Foreign,
    importer: Importer,
    folder: Path,
    mark: Mark,
    selection: Selection,
    track: Track,
    loss: Loss,
    pending: Mapping[Path, str] | None = None,
) -> Prepared:
    """The import of a foreign catalog into a folder. ``pending`` are texts of earlier ones, not yet written.

    Raises ForeignError for a folder that cannot be imported into, and FilterError for a filter that means nothing.
    """
    pending = {path: text for path, text in (pending or {}).items() if path.is_relative_to(folder)}
    held = {file.path: file for file in _catalog_in(folder)}
    held |= {path: _Held(path, shown_path(path), text.encode()) for path, text in pending.items()}
    there = Files.of(folder, {path: file.root for path, file in held.items()})
    adapted = _adapted(foreign, importer, there, selection)
    check_names(selection, foreign.listings, adapted.listings)
    taken = selection.chosen(foreign.listings, adapted.listings)
    theirs = {here.provider: there.provider for here, there in zip(adapted.listings, foreign.listings, strict=True)}

    def takes(route: Raw) -> bool:
        return selection.takes(route["provider"]) or selection.takes(theirs.get(route["provider"], ""))

    if selection.queries:
        check_queries(selection.queries, models_of(adapted.listings).values(), adapted.fields)
    records = models_of(adapted.listings, taken, loss, mark.elsewhere.stamp)
    chosen = {name: record for name, record in records.items() if selection.is_wanted(record)}
    sources = {name: {**about, "checked": mark.day} for name, about in sources_of(importer, mark.source).items()}
    notes = Notes()
    decided = list(decide(there, track(chosen.items()), adapted, mark, takes))
    texts = _texts(there, held, decided, adapted, sources, mark, notes)
    return Prepared(
        chosen=len(chosen),
        of=len({one.model for one in foreign.listings}),
        changes=tuple(notes.changes),
        kept=tuple(notes.kept),
        contradicted=tuple(
            (kept, there.sources_at(at))
            for kept, at in zip(notes.kept, notes.places, strict=True)
            if kept.here and kept.there and at[0] == "models" and len(at) > 2 and at[-1] not in _WORDS
        ),
        listed=frozenset(one.model for one in adapted.listings),
        files=texts,
        as_read={path: file.data for path, file in held.items() if path not in pending},
        findings=tuple(_findings([*held.values()], texts)),
    )


def _catalog_in(folder: Path) -> list[_Held]:
    """The files of a catalog that is there; none in a folder that is empty, or is still to be made."""
    first = _first_file(folder)
    if first is None:
        return []
    files, problems = read_files([folder])
    if not files:
        why = f"the folder is not empty and holds no catalog: {problems[0].message}; {first} is in the way"
    elif problems:
        why = f"the catalog cannot be read: {problems[0]}"
    elif not _holds_catalog(held := [_Held(file.path, file.shown, file.data) for file in files]):
        why = f"the folder is not empty, and what YAML is in it is no catalog: {files[0].shown} is in the way"
    else:
        return held
    raise ForeignError(why, folder)


def _holds_catalog(files: Sequence[_Held]) -> bool:
    """The files define something, say that they are a catalog, or are still to be filled."""
    roots = [file.document.root or {} for file in files]
    catalog = read_catalog(files).catalog
    return (
        any(getattr(catalog, name) for name in (*TABLES, "models"))
        or any(isinstance(root, dict) and "catalog" in root for root in roots)
        or not any(not isinstance(root, dict) or root.keys() - {*TOP_LEVEL} or any(root.values()) for root in roots)
    )


def _first_file(folder: Path) -> Path | None:
    """The first file in a folder or below it, but for what an import that was killed has left behind."""
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        found = _first_file(path) if path.is_dir() and not path.is_symlink() else path
        if found and not is_leftover(found):
            return found
    return None


# --- the same things under other names -----------------------------------------------------------------------------


def _adapted(foreign: Foreign, importer: Importer, there: Files, selection: Selection) -> Foreign:
    """The foreign catalog with the ids that things have in ours, as given or by their very name, and with the currency
    of each line.
    """
    held = {name: model.id for name, model in there.models().items()}
    models = _by_alias(foreign.listings, held) | _as_ours(selection.model_ids, held)
    ids = {
        table: _by_name(foreign.tables[table], there.table(table))
        for table in ("providers", "organizations", "licenses")
    }
    ids["providers"] |= selection.provider_ids
    tables = {
        table: {changed.get(name, name): entry for name, entry in foreign.tables[table].items()}
        for table, changed in ids.items()
    }
    theirs = {changed: name for name, changed in ids["providers"].items()}
    currencies = {theirs.get(name, name): currency for name, currency in selection.currencies.items()}
    listings = [
        _adapted_listing(one, models, ids, currencies.get(one.provider, importer.currency)) for one in foreign.listings
    ]
    return replace(foreign, listings=listings, **tables)


def _adapted_listing(
    one: Listing, models: Mapping[str, str], ids: Mapping[str, Mapping[str, str]], currency: str
) -> Listing:
    facts = dict(one.facts)
    for fact in ("organization", "license"):
        if isinstance(said := facts.get(fact), str):
            facts[fact] = ids[f"{fact}s"].get(said, said)
    return replace(
        one,
        model=models.get(one.model, one.model),
        provider=ids["providers"].get(one.provider, one.provider),
        facts=facts,
        prices=[{"currency": currency, **line} for line in one.prices] if currency else one.prices,
    )


def _by_name(theirs: Mapping[str, Raw], ours: Mapping[str, Any]) -> dict[str, str]:
    known = {str(entry.get("name")).casefold(): name for name, entry in ours.items() if isinstance(entry, dict)}
    pairs = ((name, known.get(str(entry.get("name")).casefold())) for name, entry in theirs.items() if name not in ours)
    return {name: found for name, found in pairs if found}


def _by_alias(listings: Sequence[Listing], held: Mapping[str, str]) -> dict[str, str]:
    """The ids of models that ours knows by another id. What several models are called is no one's name."""
    claims = {(name.casefold(), one.model) for one in listings for name in (one.model, *one.aliases)}
    times = Counter(name for name, _ in claims)
    found: dict[str, str] = {}
    for one in listings:
        names = (one.model.casefold(), *(alias for name in one.aliases if times[alias := name.casefold()] == 1))
        if ours := next((held[name] for name in names if name in held), None):
            found.setdefault(one.model, ours)
    return found


def _as_ours(given: Mapping[str, str], held: Mapping[str, str]) -> dict[str, str]:
    """The ids that models are given, as the catalog spells them; of new ones as they are given first."""
    known = dict(held)
    return {theirs: known.setdefault(ours.casefold(), ours) for theirs, ours in given.items()}


# --- findings of the checks ----------------------------------------------------------------------------------------


def _findings(files: Sequence[CatalogFile], texts: Mapping[Path, str]) -> Iterator[Problem]:
    """New problems of the catalog. Raises ForeignError where a model that is read now would not be read then."""
    if not texts:
        return
    before = read_catalog(files)
    kept = [file for file in files if file.path not in texts]
    new = [CatalogFile(path, shown_path(path), text.encode()) for path, text in texts.items()]
    after = read_catalog(sorted((*kept, *new), key=lambda file: file.path))
    known = Counter(map(_said, before.problems))
    found = []
    for problem in after.problems:
        known[_said(problem)] -= 1
        if known[_said(problem)] < 0:
            found.append(problem)
    for name in before.catalog.models.keys() - after.catalog.models.keys():
        path = before.places.documents["models", name].path
        why = "; ".join(str(problem) for problem in found[:1]) or "nothing says why"
        why = f"“{name}” would be no model any more ({why})"
        raise _harmful(why, Path(path), before.places.place("models", name))
    yield from found


def _said(problem: Problem) -> tuple[Code, str]:
    """A problem without its place: some messages name a line, and lines move."""
    return problem.code, _LINE.sub("", problem.message)


# --- the texts of the files ----------------------------------------------------------------------------------------


class _Held(CatalogFile):
    """A file of the catalog as it is."""

    @cached_property
    def document(self) -> Document:
        """Its tree. Raises ForeignError where it cannot be read, or a table in it is none."""
        document, problems = read_document(self.data, self.shown)
        if document is None:
            raise ForeignError.at(f"the catalog cannot be read: {problems[-1].message}", self.path, problems[-1].where)
        for name in (*TABLES, "models"):
            if isinstance(document.root, dict) and not isinstance(document.root.get(name) or {}, dict):
                message = f"the catalog cannot be read: `{name}` is no mapping"
                raise ForeignError.at(message, self.path, document.place(name))
        return document

    @property
    def root(self) -> dict[str, Any]:
        """Its mapping; empty where it is none."""
        return self.document.root if isinstance(self.document.root, dict) else {}

    @cached_property
    def editor(self) -> Editor:
        """The editor of its text."""
        return Editor(self.data.decode(), self.document.root)

    def hindrance(self, root: Mapping[str, Any]) -> NotEditable | None:
        """The reason that its text cannot say something else: found by a dry run."""
        try:
            self.editor.rewritten(root)
        except NotEditable as error:
            return error
        return None

    def unchangeable(self, error: NotEditable) -> ForeignError:
        """The error for a change that its text cannot take."""
        why = f"the catalog cannot be changed here: {error}"
        return ForeignError.at(why, self.path, self.document.place(*error.at))


def _texts(
    files: Files,
    there: Mapping[Path, _Held],
    decided: Sequence[Decided],
    foreign: Foreign,
    sources: Mapping[str, Raw],
    mark: Mark,
    notes: Notes,
) -> dict[Path, str]:
    """The new texts of the files that change, for models as they shall be and for what they name.

    Raises ForeignError where a file cannot take what is decided, or would lose something by it.
    """
    merged: list[Decided] = []
    for path in dict.fromkeys(one.path for one in decided):
        group = [one for one in decided if one.path == path]
        merged += _editable(there[path], group, files, notes) if path in there else group
    for one in merged:
        notes.add(one.notes)
    final = with_vocabulary(files.put("models", (one[:3] for one in merged)), merged, foreign, sources, mark, notes)
    for source in (mark, mark.elsewhere) if merged else ():
        final = _with_source_day(final, there, source, notes)
    changed = {path: root for path, root in final.roots.items() if root != files.roots.get(path)}
    ordered = sorted(changed, key=lambda path: _turn(changed[path], files.roots.get(path, {})))
    texts = {path: _text(path, changed[path], there.get(path)) for path in ordered}
    for path, text in texts.items():
        _tell_remarks(text, changed[path], notes)
    return texts


def _editable(file: _Held, group: list[Decided], files: Files, notes: Notes) -> list[Decided]:
    """The models of a file whose changes its text can take.

    One that uses aliases or merge keys stays as it is where a change of it could be one of another model.
    """
    while error := file.hindrance(files.put("models", (one[:3] for one in group)).roots[file.path]):
        stay = [one for one in group if ("models", one.id) == error.at[:2]]
        if not stay:
            raise file.unchangeable(error)
        for one in stay:
            notes.keep(("models", one.id), f"not merged: {error}", one.name)
        group = [one for one in group if one not in stay]
    return group


def _with_source_day(files: Files, there: Mapping[Path, _Held], mark: Mark, notes: Notes) -> Files:
    """The files with the later day of the source, unless a file cannot take that."""
    dated, said = with_later_source(files, mark)
    for path, root in dated.roots.items():
        is_changed = path in there and root != files.roots.get(path)
        if is_changed and (error := there[path].hindrance(root)):
            notes.keep(error.at, f"not brought up to date: {error}", mark.day)
            return files
    notes.add(said)
    return dated


def _text(path: Path, root: Mapping[str, Any], file: _Held | None) -> str:
    """The text of a file that says what it should. Raises ForeignError where there is none."""
    if file is None:
        text = "\n".join(table(name, entries) for name, entries in root.items())
        found = harm("", text, as_read(root), shown_path(path))
    else:
        try:
            text = file.editor.rewritten(root)
        except NotEditable as error:
            raise file.unchangeable(error) from None
        found = harm(file.data.decode(), text, as_read(root), file.shown)
    if found:
        raise _harmful(found.message, path, found.where)
    return text


def _harmful(why: str, path: Path, where: Place | None) -> ForeignError:
    return ForeignError.at(f"the import would do harm here, and nothing was written: {why}", path, where)


def _tell_remarks(text: str, root: Mapping[str, Any], notes: Notes) -> None:
    """Tell of comments of the source that found no place: there is none between braces."""
    for at, held in mappings_below(root):
        if (remark := held.get(COMMENT)) and f"# {remark}" not in text:
            notes.keep(at, "no comment between braces", remark)


def _turn(new: Mapping[str, Any], old: Mapping[str, Any]) -> int:
    """The turn of a file to be written: first new entries, which models name, and last the later day of a source.

    So a run that is killed leaves no model that names nothing, and none that seems to be read on that day.
    """
    same = [name for name in TABLES if new.get(name) is old.get(name)]
    if any((new.get(name) or {}).keys() != (old.get(name) or {}).keys() for name in TABLES if name not in same):
        return 0
    return 1 if len(same) == len(TABLES) else 2

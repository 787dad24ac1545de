"""A foreign catalog into a folder of ours, thought through to the end before a byte is written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.decode import TABLES, TOP_LEVEL
from sphinx_modelcmp.catalog.files import CatalogFile, read_files, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.saving import is_leftover
from sphinx_modelcmp.catalog.writing import document
from sphinx_modelcmp.importers.foreign import ForeignError
from sphinx_modelcmp.importers.listings import as_written, models_of
from sphinx_modelcmp.importers.merge.apply import merge, read_held, refused
from sphinx_modelcmp.importers.merge.decide import Files
from sphinx_modelcmp.importers.naming import as_id
from sphinx_modelcmp.importers.selecting import check_names, check_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_modelcmp.catalog.problems import Code, Problem
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.importers.importer import Importer, Track
    from sphinx_modelcmp.importers.listings import Foreign, Listing, Raw
    from sphinx_modelcmp.importers.loss import Loss
    from sphinx_modelcmp.importers.merge.plan import Mark, Plan
    from sphinx_modelcmp.importers.selecting import Selection


_LINE = re.compile(r"\bline [0-9]+")


@dataclass(frozen=True, slots=True)
class Names:
    """What is called otherwise in the catalog: their name to ours."""

    providers: Mapping[str, str]
    models: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that only has to be written."""

    chosen: int
    """How many models are taken."""
    of: int
    """How many there are in the foreign catalog."""
    plan: Plan
    as_read: Mapping[Path, bytes]
    """The files of the catalog as they were read."""
    findings: tuple[Problem, ...]
    """What the checks say of the catalog then, and do not say now."""


def prepare(
    foreign: Foreign,
    importer: Importer,
    folder: Path,
    mark: Mark,
    selection: Selection,
    names: Names,
    track: Track,
    loss: Loss,
) -> Prepared:
    """The import of a foreign catalog into a folder.

    Raises ForeignError for a folder that cannot be imported into, and FilterError for a filter that means nothing.
    """
    files = _catalog_in(folder)
    held = [read_held(file) for file in files]
    there = Files.of(folder, {file.path: file.root for file in held})
    adapted = _adapted(foreign, importer, there, names)
    check_names(selection, foreign.listings, adapted.listings, names.providers, names.models)
    taken = selection.chosen(foreign.listings, adapted.listings)
    theirs = {here.provider: there.provider for here, there in zip(adapted.listings, foreign.listings, strict=True)}

    def takes(route: Raw) -> bool:
        return selection.takes(route["provider"]) or selection.takes(theirs.get(route["provider"], ""))

    if selection.queries:
        check_queries(selection.queries, models_of(adapted.listings).values(), adapted.fields)
    records = models_of(adapted.listings, taken, loss)
    chosen = {name: record for name, record in records.items() if selection.is_wanted(record)}
    source = {**_source(importer), "checked": mark.day}
    plan = merge(there, held, track(chosen.items()), adapted, source, mark, takes)
    total = len({one.model for one in foreign.listings})
    as_read = {file.path: file.data for file in files}
    return Prepared(len(chosen), total, plan, as_read, tuple(_findings(files, plan)))


def as_catalog(foreign: Foreign, importer: Importer, file: Path) -> Catalog:
    """A foreign catalog as ours reads what importing it writes, but for the day; nothing is written."""
    records = models_of(foreign.listings)
    name = source_id(importer.name)
    tables = {table: dict(entries) for table, entries in foreign.tables.items() if entries}
    models = {
        model: {**record, "routes": [as_written(route, record) for route in record.get("routes", ())]}
        for model, record in records.items()
    }
    text = document({"source": name, "sources": {name: _source(importer)}, **tables, "models": models})
    return read_catalog([CatalogFile(file, str(file), text.encode())]).catalog


def _catalog_in(folder: Path) -> tuple[CatalogFile, ...]:
    """The files of a catalog that is there; none in a folder that is empty, or is still to be made."""
    first = _first_file(folder)
    if first is None:
        return ()
    files, problems = read_files([folder])
    if not files:
        message = f"the folder is not empty and holds no catalog: {problems[0].message}; {first} is in the way"
        raise ForeignError(message, folder)
    if problems:
        raise ForeignError(f"the catalog cannot be read: {problems[0]}", folder)
    if not _holds_catalog(files):
        message = f"the folder is not empty, and what YAML is in it is no catalog: {files[0].shown} is in the way"
        raise ForeignError(message, folder)
    return files


def _holds_catalog(files: Sequence[CatalogFile]) -> bool:
    """Whether files define something, say that they are a catalog, or are still to be filled."""
    catalog = read_catalog(files).catalog
    if any(getattr(catalog, name) for name in (*TABLES, "models")):
        return True
    roots = [read_held(file).document.root for file in files]
    return any(isinstance(root, dict) and "catalog" in root for root in roots) or all(map(_is_blank, roots))


def _is_blank(root: Any) -> bool:
    """Whether a file holds nothing, or only names of tables."""
    return not root or (isinstance(root, dict) and root.keys() <= {*TOP_LEVEL} and not any(root.values()))


def _first_file(folder: Path) -> Path | None:
    """The first file in a folder or below it, but for what an import that was killed has left behind."""
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        found = _first_file(path) if path.is_dir() and not path.is_symlink() else path
        if found and not is_leftover(found):
            return found
    return None


def source_id(importer: str) -> str:
    """The id that the source of an importer's facts has, unless one is given."""
    return as_id(importer).replace(".", "-")


def _source(importer: Importer) -> Raw:
    said = {"title": importer.title, "url": importer.url, "kind": importer.kind}
    return {name: value for name, value in said.items() if value}


# --- the same things under other names -----------------------------------------------------------------------------


def _adapted(foreign: Foreign, importer: Importer, there: Files, names: Names) -> Foreign:
    """What the foreign catalog says, with the ids that things have in ours, as told or by their very name, and with the
    currency of each line.
    """
    held = {name: model.id for name, model in there.models().items()}
    models = _by_alias(foreign.listings, held) | _as_ours(names.models, held)
    providers = _by_name(foreign.providers, there.table("providers")) | dict(names.providers)
    facts = {
        "organization": _by_name(foreign.organizations, there.table("organizations")),
        "license": _by_name(foreign.licenses, there.table("licenses")),
    }
    return replace(
        foreign,
        listings=[_priced(_renamed(one, providers, models, facts), importer) for one in foreign.listings],
        providers=_under(foreign.providers, providers),
        organizations=_under(foreign.organizations, facts["organization"]),
        licenses=_under(foreign.licenses, facts["license"]),
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


def _priced(one: Listing, importer: Importer) -> Listing:
    if not one.prices or not importer.currency:
        return one
    return replace(one, prices=[{**line, "currency": line.get("currency", importer.currency)} for line in one.prices])


def _renamed(
    one: Listing, providers: Mapping[str, str], models: Mapping[str, str], facts: Mapping[str, Mapping[str, str]]
) -> Listing:
    changed = {
        name: ids[said] for name, ids in facts.items() if isinstance(said := one.facts.get(name), str) and said in ids
    }
    if not changed and one.provider not in providers and one.model not in models:
        return one
    return replace(
        one,
        model=models.get(one.model, one.model),
        provider=providers.get(one.provider, one.provider),
        facts={**one.facts, **changed},
    )


def _under(entries: Mapping[str, Raw], ids: Mapping[str, str]) -> dict[str, Raw]:
    return {ids.get(name, name): entry for name, entry in entries.items()}


# --- what the checks say -------------------------------------------------------------------------------------------


def _findings(files: Sequence[CatalogFile], plan: Plan) -> Iterator[Problem]:
    """What is wrong then, and is not now. Raises ForeignError where a model that is read now would not be."""
    if not plan.files:
        return
    before = read_catalog(files)
    kept = [file for file in files if file.path not in plan.files]
    new = [CatalogFile(path, shown_path(path), text.encode()) for path, text in plan.files.items()]
    after = read_catalog(sorted((*kept, *new), key=lambda file: file.path))
    known = Counter(map(_said, before.problems))
    found = []
    for problem in after.problems:
        if known[_said(problem)]:
            known[_said(problem)] -= 1
        else:
            found.append(problem)
    for name in before.catalog.models.keys() - after.catalog.models.keys():
        path = before.places.documents["models", name].path
        why = "; ".join(str(problem) for problem in found[:1]) or "nothing says why"
        message = f"the import would do harm here, and nothing was written: “{name}” would be no model any more ({why})"
        raise refused(message, Path(path), before.places.place("models", name))
    yield from found


def _said(problem: Problem) -> tuple[Code, str]:
    """What a problem is, wherever it stands: some messages name a line, and lines move."""
    return problem.code, _LINE.sub("", problem.message)

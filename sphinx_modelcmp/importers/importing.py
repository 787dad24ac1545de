"""A foreign catalog into a folder of ours, thought through to the end before a byte is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.files import CatalogFile, read_files, shown_path
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.writing import document
from sphinx_modelcmp.importers.foreign import ForeignError
from sphinx_modelcmp.importers.listings import models_of
from sphinx_modelcmp.importers.merging import Merger
from sphinx_modelcmp.importers.naming import as_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.catalog.problems import Problem
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.importers.importer import Importer, Track
    from sphinx_modelcmp.importers.listings import Foreign, Listing, Raw
    from sphinx_modelcmp.importers.loss import Loss
    from sphinx_modelcmp.importers.plan import Mark, Plan
    from sphinx_modelcmp.importers.selecting import Selection


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
    without_effect: tuple[str, ...]
    """The patterns of the selection that name nothing there."""
    plan: Plan
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
    """What importing into a folder does. Raises ForeignError for a folder that cannot be imported into."""
    files = _catalog_in(folder)
    merger = Merger(folder, files, mark)
    adapted = _adapted(foreign, merger, names)
    taken = selection.chosen(foreign.listings, adapted.listings)
    theirs = {here.provider: there.provider for here, there in zip(adapted.listings, foreign.listings, strict=True)}

    def takes(route: Raw) -> bool:
        return selection.takes(route["provider"]) or selection.takes(theirs.get(route["provider"], ""))

    records = models_of(adapted.listings, taken, loss)
    chosen = {name: record for name, record in records.items() if selection.is_wanted(record)}
    if chosen:
        merger.confirm_source({**_source(importer), "checked": mark.day})
    plan = merger.merge(track(chosen.items()), adapted, takes)
    missed = set(selection.without_effect(foreign.listings)) & set(selection.without_effect(adapted.listings))
    total = len({one.model for one in foreign.listings})
    return Prepared(len(chosen), total, tuple(sorted(missed)), plan, tuple(_findings(files, plan)))


def as_catalog(foreign: Foreign, importer: Importer, file: Path) -> Catalog:
    """A foreign catalog as ours reads what importing it writes, but for the day; nothing is written."""
    records = models_of(foreign.listings)
    name = source_id(importer.name)
    tables = {table: dict(entries) for table, entries in foreign.tables.items() if entries}
    text = document({"source": name, "sources": {name: _source(importer)}, **tables, "models": records})
    return read_catalog([CatalogFile(file, str(file), text.encode())]).catalog


def _catalog_in(folder: Path) -> tuple[CatalogFile, ...]:
    """The files of a catalog that is there; none in a folder that is empty, or is still to be made."""
    if not folder.exists() or not any(folder.iterdir()):
        return ()
    files, problems = read_files([folder])
    if not files:
        why = problems[0].message if problems else "it holds no YAML file"
        message = f"the folder is not empty and holds no catalog: {why}"
        raise ForeignError(message, folder)
    if not read_catalog(files).catalog.models and not any(b"\ncatalog:" in b"\n" + file.data for file in files):
        message = "the folder is not empty, and what YAML is in it is no catalog"
        raise ForeignError(message, folder)
    return files


def source_id(importer: str) -> str:
    """The id that the source of an importer's facts has, unless one is given."""
    return as_id(importer).replace(".", "-")


def _source(importer: Importer) -> Raw:
    said = {"title": importer.title, "url": importer.url, "kind": importer.kind}
    return {name: value for name, value in said.items() if value}


# --- the same things under other names -----------------------------------------------------------------------------


def _adapted(foreign: Foreign, merger: Merger, names: Names) -> Foreign:
    """What the foreign catalog says, with the ids that things have in ours: as told, or by their very name."""
    providers = _by_name(foreign.providers, merger.table("providers")) | dict(names.providers)
    facts = {
        "organization": _by_name(foreign.organizations, merger.table("organizations")),
        "license": _by_name(foreign.licenses, merger.table("licenses")),
    }
    return replace(
        foreign,
        listings=[_renamed(one, providers, names.models, facts) for one in foreign.listings],
        providers=_under(foreign.providers, providers),
        organizations=_under(foreign.organizations, facts["organization"]),
        licenses=_under(foreign.licenses, facts["license"]),
    )


def _by_name(theirs: Mapping[str, Raw], ours: Mapping[str, Any]) -> dict[str, str]:
    known = {str(entry.get("name")).casefold(): name for name, entry in ours.items() if isinstance(entry, dict)}
    pairs = ((name, known.get(str(entry.get("name")).casefold())) for name, entry in theirs.items() if name not in ours)
    return {name: found for name, found in pairs if found}


def _renamed(
    one: Listing, providers: Mapping[str, str], models: Mapping[str, str], facts: Mapping[str, Mapping[str, str]]
) -> Listing:
    changed = {
        name: ids[one.facts[name]] for name, ids in facts.items() if name in one.facts and one.facts[name] in ids
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
    if not plan.files:
        return
    before = Counter((problem.code, problem.message) for problem in read_catalog(files).problems)
    kept = [file for file in files if file.path not in plan.files]
    new = [CatalogFile(path, shown_path(path), text.encode()) for path, text in plan.files.items()]
    for problem in read_catalog(sorted((*kept, *new), key=lambda file: file.path)).problems:
        if before[problem.code, problem.message]:
            before[problem.code, problem.message] -= 1
        else:
            yield problem

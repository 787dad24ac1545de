"""Imports of a made-up file of models.dev into a folder."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.files import save
from sphinx_modelcmp.importers.importer import Asked, Foreign, Loss
from sphinx_modelcmp.importers.importing import Prepared, prepare
from sphinx_modelcmp.importers.merge.provenance import Mark
from sphinx_modelcmp.importers.models_dev import IMPORTER
from sphinx_modelcmp.importers.selection import Selection

if TYPE_CHECKING:
    import datetime
    from pathlib import Path


OURS = "models-dev"


def take(
    folder: Path, found: dict[str, Any], day: datetime.date, selection: Selection | None = None, **names: Any
) -> Prepared:
    """An import of what a file holds, of all of it or of a selection."""
    path = folder.parent / "api.json"
    path.write_text(json.dumps(found))
    return take_foreign(folder, IMPORTER.read(path, Asked(), Loss()), day, selection, **names)


def take_foreign(
    folder: Path, foreign: Foreign, day: datetime.date, selection: Selection | None = None, **names: Any
) -> Prepared:
    """The same, of a foreign catalog that has been read."""
    called = {"provider_ids": names.get("providers", {}), "model_ids": names.get("models", {})}
    wanted = replace(selection or Selection(), **called)
    prepared = prepare(foreign, IMPORTER, folder, Mark(OURS, day), wanted, iter, Loss())
    save(prepared.files, prepared.as_read)
    return prepared

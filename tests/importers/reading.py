"""Foreign documents read by an importer and then, as the YAML that comes of them, by the reader of catalogs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.files import CatalogFile
from sphinx_modelcmp.catalog.load import read_catalog
from sphinx_modelcmp.catalog.problems import CHECKS, Problem
from sphinx_modelcmp.catalog.yaml.writer import document
from sphinx_modelcmp.importers.importer import Asked, Importer, Loss, models_of, source_id

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog, Model, Price, Route


DAY = "2026-11-01"


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a foreign file."""

    catalog: Catalog
    loss: Loss
    problems: tuple[Problem, ...]
    """All but what only looks wrong."""

    @property
    def lost(self) -> dict[str, int]:
        """What was lost, and how often."""
        return {lost.what: lost.times for lost in self.loss}

    def model(self, name: str) -> Model:
        """The model of an id."""
        return self.catalog.models[name]

    def route(self, name: str, provider: str = "", region: str | None = None) -> Route:
        """The route of a model, at a provider and in a region where it has several."""
        routes = self.model(name).routes.value or ()
        [found] = [one for one in routes if provider in {"", one.provider} and region in {None, one.region}]
        return found

    def prices(self, name: str, provider: str = "", region: str | None = None) -> dict[str, dict[str, str]]:
        """The prices of a route: the conditions of each line, in words, to its components."""
        return {_when(price): _amounts(price) for price in self.route(name, provider, region).prices.value or ()}


def read(importer: Importer, path: Path, asked: Asked | None = None) -> Read:
    """Read a file, and what comes of it as a catalog."""
    loss = Loss()
    foreign = importer.read(path, asked or Asked(), loss)
    source = source_id(importer.name)
    about = {"title": importer.title, "kind": importer.kind, "checked": DAY}
    record = {
        "source": source,
        "sources": {source: about},
        **foreign.tables,
        "models": models_of(foreign.listings, loss=loss),
    }
    loaded = read_catalog([CatalogFile(Path("theirs.yaml"), "theirs.yaml", document(record).encode())])
    problems = tuple(problem for problem in loaded.problems if problem.code not in CHECKS)
    return Read(loaded.catalog, loss, problems)


def read_data(importer: Importer, folder: Path, data: Any) -> Read:
    """Read what would be the JSON of a file."""
    path = folder / "foreign.json"
    path.write_text(json.dumps(data), "utf-8")
    found = read(importer, path)
    assert not found.problems
    return found


def _when(price: Price) -> str:
    if price.when is None:
        return next((word for word in ("free", "plan", "dynamic") if getattr(price, word)), "standard")
    when = price.when
    hours = when.hours and f"{when.hours.start}-{when.hours.end}"
    zone = "" if when.timezone == "UTC" else when.timezone
    parts = (when.service and when.service.value, when.input_above and f">{when.input_above}", hours)
    return " ".join(str(part) for part in (*parts, ",".join(when.days), zone) if part)


def _amounts(price: Price) -> dict[str, str]:
    return {name: f"{amount:f}" for name, amount in price.components.items()}

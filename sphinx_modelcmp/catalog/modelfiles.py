"""The models of a catalog, file by file, each checked as soon as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.checks import check_model
from sphinx_modelcmp.catalog.decode import Provenance
from sphinx_modelcmp.catalog.decode_model import ModelDecoder

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from sphinx_modelcmp.catalog.decode import Collected
    from sphinx_modelcmp.catalog.places import AnyDocument
    from sphinx_modelcmp.catalog.problems import Demands
    from sphinx_modelcmp.catalog.records import Catalog, Model


class ModelReader:
    """Reads models, once it is known what they can refer to. What is wrong with them is noted where all is."""

    def __init__(self, found: Collected, vocabulary: Catalog, demands: Demands, day: datetime.date | None) -> None:
        self.found = found
        self.vocabulary = vocabulary
        self.demands = demands
        self.day = day
        self.ids = found.tables["models"]

    def read_all(self) -> dict[str, Model]:
        """Every model of every file."""
        return {
            model.id: model
            for document, ids in self.files()
            for model in self.read(document, ids, self.outer(document))
        }

    def files(self) -> Iterator[tuple[AnyDocument, list[str]]]:
        """Each file, and the ids of the models that it is the first to define."""
        own: dict[str, list[str]] = {document.path: [] for document in self.found.documents}
        for name, entry in self.ids.items():
            own[entry.document.path].append(name)
        for document in self.found.documents:
            yield document, own[document.path]

    def outer(self, document: AnyDocument) -> Provenance:
        """What the models of a file inherit from its top."""
        return self.found.decoder(document, self.vocabulary).provenance(top_of(document), (), Provenance())

    def read(self, document: AnyDocument, ids: Iterable[str], outer: Provenance) -> Iterator[Model]:
        """The models of a file, less those that lack what every model needs."""
        decoder = ModelDecoder(self.found.decoder(document, self.vocabulary), self.ids)
        raws: dict[str, Any] = top_of(document).get("models") or {}
        for name in ids:
            if model := decoder.model(name, raws[name], outer):
                last = self.found.last_day.day
                self.found.note(check_model(model, self.vocabulary, self.day, last, self.demands, self.found.accepts))
                yield model


def top_of(document: AnyDocument) -> dict[str, Any]:
    """The tables of a file; none where it is no mapping."""
    return document.root if isinstance(document.root, dict) else {}

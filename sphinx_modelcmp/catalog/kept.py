"""Files that were read before: their models are known without reading them, and are read when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_modelcmp.catalog.decode import Decoder
from sphinx_modelcmp.catalog.decode_model import ModelDecoder
from sphinx_modelcmp.catalog.modelfiles import top_of
from sphinx_modelcmp.catalog.outline import Outline, Outliner, seal_of
from sphinx_modelcmp.catalog.problems import Problem, read_problems, written_problems
from sphinx_modelcmp.catalog.reader import Document, Limits, read_document
from sphinx_modelcmp.catalog.store import STATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sphinx_modelcmp.catalog.checks import LastDay
    from sphinx_modelcmp.catalog.decode import Provenance
    from sphinx_modelcmp.catalog.files import CatalogFile
    from sphinx_modelcmp.catalog.modelfiles import ModelReader
    from sphinx_modelcmp.catalog.outline import Named
    from sphinx_modelcmp.catalog.places import AnyDocument, Keys
    from sphinx_modelcmp.catalog.problems import Place
    from sphinx_modelcmp.catalog.records import Catalog, Model
    from sphinx_modelcmp.catalog.store import Store

EVERYTHING = "*"


class KeptModel(NamedTuple):
    """One model: what the file says of it, as JSON, and its outline."""

    raw: str
    outline: Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """What came of a file that holds nothing wrong at its top, and what that rests on."""

    root: Mapping[str, Any]
    """The top of the file, with no models in it."""
    ids: tuple[str, ...]
    """The models that it defines, those too in which too much is wrong."""
    models: Mapping[str, KeptModel]
    problems: tuple[Problem, ...]
    """What is wrong with its models."""
    accepted: tuple[tuple[Keys, tuple[str, ...]], ...]
    """What the authors of its models accept: see ``Places.accepted``."""
    asked: str
    """Hash of the reading day and the demands that it was checked by, and of what its models inherit."""
    rests_on: Mapping[str, str]
    """``table/id`` of what its models name, with its hash; `EVERYTHING` where something is wrong with one."""


class KeptFiles:
    """The files of a store, by what is in them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.used: set[str] = set()

    def find(self, file: CatalogFile) -> KeptFile | None:
        """What was kept of a file with this content, if it was read before."""
        value = self.store.get(file.seal)
        if value is None:
            return None
        self.used.add(file.seal)
        return KeptFile(
            root=value["root"],
            ids=tuple(value["ids"]),
            models={name: KeptModel(raw, _outline(*rest)) for name, (raw, *rest) in value["models"].items()},
            problems=tuple(read_problems(value["problems"])),
            accepted=tuple((tuple(keys), tuple(codes)) for keys, codes in value["accepted"]),
            asked=value["asked"],
            rests_on=value["rests_on"],
        )

    def keep(self, file: CatalogFile, found: KeptFile) -> None:
        """Keep what came of a file."""
        self.used.add(file.seal)
        value = {
            "root": found.root,
            "ids": found.ids,
            "models": {name: (model.raw, *model.outline) for name, model in found.models.items()},
            "problems": written_problems(found.problems),
            "accepted": found.accepted,
            "asked": found.asked,
            "rests_on": found.rests_on,
        }
        self.store.put(file.seal, value)


def _outline(seal: str, name: str, lang: str, aliases: list[str], fields: list[str], successor: str) -> Outline:
    return Outline(seal, name, lang, tuple(aliases), tuple(fields), successor)


class LateDocument:
    """A file that was read before: it is parsed again only to tell where in it something stands."""

    def __init__(self, file: CatalogFile, limits: Limits, kept: KeptFile) -> None:
        self.file = file
        self.path = file.shown
        self.kept = kept
        self._limits = limits

    @property
    def root(self) -> dict[str, Any]:
        """The top of the file; of its models the ids only."""
        return {**self.kept.root, "models": dict.fromkeys(self.kept.ids)}

    @cached_property
    def document(self) -> Document:
        """The whole file."""
        document, _ = read_document(self.file.data, self.file.shown, limits=self._limits)
        if document is None:
            message = f"{self.path} was read before, and cannot be now"
            raise RuntimeError(message)
        return document

    def place(self, *keys: str | int) -> Place:
        """As ``Document.place``."""
        return self.document.place(*keys)

    def key_place(self, *keys: str | int) -> Place:
        """As ``Document.key_place``."""
        return self.document.key_place(*keys)


class LateModels(Mapping[str, "Model"]):
    """The models of a catalog, of which each is read from what was kept of it when it is first asked for."""

    def __init__(self, vocabulary: Catalog, ids: Collection[str], last_day: LastDay) -> None:
        self.outlines: dict[str, Outline] = {}
        self._read: dict[str, Model] = {}
        self._kept: dict[str, tuple[str, Provenance]] = {}
        self._vocabulary = vocabulary
        self._ids = ids
        self._last_day = last_day

    def add(self, name: str, kept: KeptModel, outer: Provenance) -> None:
        """Add a model, with the source and the day that it inherits from its file."""
        self.outlines[name] = kept.outline
        self._kept[name] = kept.raw, outer

    @cached_property
    def _decoder(self) -> ModelDecoder:
        """What is wrong with a model was reported by whoever kept it: here it is noted nowhere, and stands nowhere."""
        nowhere, _ = read_document(b"", "")
        assert nowhere  # noqa: S101 - an empty file is a document
        return ModelDecoder(Decoder(nowhere, self._vocabulary, [], last_day=self._last_day), self._ids)

    def __getitem__(self, name: str) -> Model:
        if name not in self._read:
            raw, outer = self._kept[name]
            model = self._decoder.model(name, json.loads(raw), outer)
            if model is None:
                raise KeyError(name)
            self._read[name] = model
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, name: object) -> bool:
        return name in self._kept


def read_late(reader: ModelReader, kept: KeptFiles, files: Mapping[str, CatalogFile]) -> LateModels:
    """The models of every file: of one that was read before as they were kept, of any other read and kept now."""
    found, basis = reader.found, _Basis(reader)
    models = LateModels(reader.vocabulary, reader.ids, found.last_day)
    for document, ids in reader.files():
        outer = reader.outer(document)
        if isinstance(document, LateDocument) and basis.supports(document.kept, ids, outer):
            held = document.kept
            found.problems.extend(held.problems)
            found.places.accepted.update((keys, frozenset(codes)) for keys, codes in held.accepted)
        else:
            parsed = document.document if isinstance(document, LateDocument) else document
            held = _read_now(reader, basis, parsed, ids, outer)
            if document.path in found.clean:
                kept.keep(files[document.path], held)
        for name, model in held.models.items():
            models.add(name, model, outer)
    kept.store.keep_only({*kept.used, STATE})
    return models


def _read_now(
    reader: ModelReader, basis: _Basis, document: AnyDocument, ids: Sequence[str], outer: Provenance
) -> KeptFile:
    problems, accepted = reader.found.problems, reader.found.places.accepted
    before, top = len(problems), top_of(document)
    models: dict[str, KeptModel] = {}
    named: set[Named] = set()
    for model in reader.read(document, ids, outer):
        outline, names = basis.outliner.outline(model)
        models[model.id] = KeptModel(json.dumps(top["models"][model.id], separators=(",", ":")), outline)
        named.update(names)
    own = frozenset(ids)
    return KeptFile(
        ids=tuple(ids),
        root={key: value for key, value in top.items() if key != "models"},
        models=models,
        problems=tuple(problems[before:]),
        accepted=tuple((keys, tuple(codes)) for keys, codes in accepted.items() if own.intersection(keys[1:2])),
        asked=basis.asked(outer),
        rests_on=basis.of(named, models.values(), clean=len(problems) == before),
    )


class _Basis:
    """What a file that was kept rests on, beside its own content."""

    def __init__(self, reader: ModelReader) -> None:
        self.outliner = Outliner(reader.vocabulary)
        self.ids = reader.ids
        demands = reader.demands
        asked = (reader.day, demands.stale_after, sorted(demands.sources), demands.conflicts)
        self._asked = seal_of((*asked, reader.found.last_day, reader.vocabulary.currency))

    def asked(self, outer: Provenance) -> str:
        """What a file is checked by, and what its models inherit: that can change with a source of another file."""
        return seal_of((self._asked, outer))

    @cached_property
    def _everything(self) -> str:
        return seal_of((self.outliner.whole, sorted(self.ids)))

    def of(self, named: Iterable[Named], models: Iterable[KeptModel], *, clean: bool) -> dict[str, str]:
        """What models rest on, each with its hash: where one is wrong all there is, for a message names the nearest."""
        if not clean:
            return {EVERYTHING: self._everything}
        successors = (("models", model.outline.successor) for model in models if model.outline.successor)
        keys = sorted(f"{table}/{name}" for table, name in (*named, *successors))
        return {key: self._seal(key) for key in keys}

    def supports(self, held: KeptFile, ids: Sequence[str], outer: Provenance) -> bool:
        """Whether reading the file again would come to the same."""
        if held.asked != self.asked(outer) or held.ids != tuple(ids):
            return False
        return all(self._seal(key) == seal for key, seal in held.rests_on.items())

    def _seal(self, key: str) -> str:
        table, _, name = key.partition("/")
        if table == EVERYTHING:
            return self._everything
        return str(name in self.ids) if table == "models" else self.outliner.seal_of((table, name))

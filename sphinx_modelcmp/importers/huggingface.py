"""Hugging Face: model cards (``README.md`` with a front matter) and the results next to them (``.eval_results``).

A path is a card, or a folder that is searched for them: what ``hf download --include README.md`` leaves. The scale of
a score is nowhere in a card: 0.41 may be a fraction or less than a percent. It has to be given, or to be plain: a
share above 1 can only be in percent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.problems import Code, did_you_mean
from sphinx_modelcmp.catalog.vocabulary import SCALE_RANGES, Scale
from sphinx_modelcmp.catalog.yaml.reader import read_document
from sphinx_modelcmp.catalog.yaml.writer import COMMENT
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw, known
from sphinx_modelcmp.importers.model_ids import as_id, model_id
from sphinx_modelcmp.importers.prices import denoised, number, plain
from sphinx_modelcmp.importers.selection import FilterError
from sphinx_modelcmp.importers.source_files import ForeignError, read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path


_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_CACHED = re.compile(r"models--(?P<organization>.+?)--(?P<name>.+)")
"""Name of the folder of a model in the cache of the Hub; its cards lie in ``snapshots/`` and a hash below it."""
_SPREAD = re.compile(r"\s*([-+0-9.eE]+)\s*(?:±|\+/-)\s*([0-9.eE-]+)\s*")
_SHARES = frozenset(("acc", "accuracy", "acc_norm", "exact_match", "em", "f1", "pass@1", "resolved", "resolve rate"))
"""Metrics that are a share of the tasks."""
_SEES = ("image-text-to-text", "image-to-text", "visual-question-answering")
_RESULTS = ".eval_results"
_INDEX = "model-index"
_DATASETS = "https://huggingface.co/datasets/"
_NO_LICENSE = ("unknown", "other")
_DATASET = ("name", "type", "config", "split", "revision", "args")
_SUBMITTED = ("dataset", "value", "verifyToken", "date", "source", "evaluation_framework", "notes")
_UNDERSTOOD = ("license", "license_name", "license_link", "pipeline_tag", _INDEX)


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read a card, or all cards below a folder."""
    cards = sorted(path.rglob("README.md")) if path.is_dir() else [path]
    if not cards:
        raise ForeignError("no README.md in this folder", path)
    reader = _Cards(asked, loss)
    listings = list(_told_apart([found for card in asked.track(cards) for found in reader.listing(card)]))
    reader.check_scales(asked.scales)
    if not loss.entries:
        raise ForeignError("no card: none of the files has a front matter between two lines of ---", path)
    return Foreign(listings=listings, licenses=reader.licenses, benchmarks=reader.benchmarks)


def _told_apart(cards: Sequence[tuple[str, Listing]]) -> Iterator[Listing]:
    """The listings: models of one name that several organizations have get the organization in front of it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, one in cards:
        owners[one.model].add(owner.casefold())
    for owner, one in cards:
        model, facts = f"{as_id(owner).lower()}/{one.model}", {**one.facts, "name": f"{owner}/{one.facts['name']}"}
        yield replace(one, model=model, facts=facts) if len(owners[one.model]) > 1 else one


class _Cards:
    """Reads cards, and collects the licenses and benchmarks that they name."""

    def __init__(self, asked: Asked, loss: Loss) -> None:
        self.scales = {name.casefold(): scale for name, scale in asked.scales.items()}
        self.loss = loss
        self.licenses: dict[str, Raw] = {}
        self.benchmarks: dict[str, Raw] = {}
        self._names: dict[str, None] = {}

    def listing(self, path: Path) -> Iterator[tuple[str, Listing]]:
        """The listing of a card, with the organization that its model may be of."""
        found = _FRONT.match(read_text(path))
        if not found:
            self.loss.value("a file without a front matter", str(path))
            return
        self.loss.entries += 1
        owner, name, is_certain = _name(path)
        entry = Entry(self.loss, name)
        card = entry.mapping(self._yaml(found[1], path, 1), "the front matter")
        entry.leave(card, *_UNDERSTOOD)
        tag = card.get("pipeline_tag")
        if tag and tag not in _SEES:
            self.loss.key(f"pipeline_tag: {tag}", name)
        results = [*self._index(card, entry), *self._beside(path.parent / _RESULTS, entry)]
        listing = Listing(
            model=model_id(name),
            facts={"name": name, **self._license(card, entry)},
            capabilities={"vision": True, "multimodal": True} if tag in _SEES else {},
            results=results,
            aliases=(f"{owner}/{name}",) if is_certain else (),
        )
        yield owner, listing

    def _license(self, card: Mapping[str, Any], entry: Entry) -> Raw:
        written = entry.text(card.get("license"), "license")
        name = (entry.text(card.get("license_name"), "license_name") if written == "other" else written) or ""
        if not name or name in _NO_LICENSE:
            if written:
                self.loss.value(f"the license {written}", entry.name)
            return {}
        ours = as_id(name).lower()
        self.licenses.setdefault(ours, known(name=name, url=entry.url(card.get("license_link"), "license_link")))
        return {"license": ours}

    # --- results ---------------------------------------------------------------------------------------------------

    def _index(self, card: Mapping[str, Any], entry: Entry) -> Iterator[Raw]:
        """The results in the front matter: of a data set several measures. A card may be copied with another's."""
        for item in entry.items(card.get(_INDEX), _INDEX):
            model = entry.mapping(item, _INDEX, "name", "results")
            if (said := entry.text(model.get("name"), f"{_INDEX}.name")) and _plain(said) != _plain(entry.name):
                entry.loss.value(f"a `{_INDEX}` of another name", f"{entry.name}: {said}")
                continue
            for result in entry.items(model.get("results"), "results"):
                given = entry.mapping(result, "results", "dataset", "metrics", "source")
                dataset = entry.mapping(given.get("dataset"), "dataset", *_DATASET, inside="results.dataset.")
                source = entry.mapping(given.get("source"), "source")
                for metric in entry.items(given.get("metrics"), "metrics"):
                    yield from self._measured(dataset, entry.mapping(metric, "metrics"), source, entry)

    def _measured(
        self, dataset: Mapping[str, Any], metric: Mapping[str, Any], source: Mapping[str, Any], entry: Entry
    ) -> Iterator[Raw]:
        entry.leave(metric, "name", "type", "value", "config", "args", "verifyToken", inside="results.metrics.")
        kinds = [entry.text(metric.get(key), key) for key in ("name", "type")]
        name = entry.text(dataset.get("name") or dataset.get("type"), "dataset.name") or ""
        if found := self._result(name, (name,), kinds, metric.get("value"), entry):
            parts = (entry.text(dataset.get(key), f"dataset.{key}") for key in ("config", "split"))
            settings = (*_settings(dataset.get("args")), *_settings(metric.get("args")), metric.get("config"))
            yield found | known(
                split=", ".join(part for part in parts if part),
                version=entry.text(dataset.get("revision"), "dataset.revision"),
                metric=next((kind for kind in kinds if kind), None),
                variant=entry.text(", ".join(str(one) for one in settings if one), "args"),
                reporter="verified" if metric.get("verifyToken") else "self",
                **_origin(source, entry),
            )

    def _beside(self, folder: Path, entry: Entry) -> Iterator[Raw]:
        """The results in the files of a folder: each of one task of a benchmark, which is a data set of the Hub."""
        for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
            for item in entry.items(self._yaml(read_text(path), path, 0), _RESULTS):
                yield from self._submitted(entry.mapping(item, _RESULTS, *_SUBMITTED), entry)

    def _submitted(self, given: Mapping[str, Any], entry: Entry) -> Iterator[Raw]:
        keys = ("id", "task_id", "revision")
        dataset = entry.mapping(given.get("dataset"), "dataset", *keys, inside=f"{_RESULTS}.dataset.")
        source = entry.mapping(given.get("source"), "source")
        name, task = (entry.text(dataset.get(key), f"dataset.{key}") or "" for key in ("id", "task_id"))
        if found := self._result(name, (name, task, name.rpartition("/")[2]), (), given.get("value"), entry):
            self.benchmarks[found["benchmark"]] |= known(url=entry.url(f"{_DATASETS}{name}", "dataset.id"))
            yield found | known(
                split="" if task == "default" else task,
                version=entry.text(dataset.get("revision"), "dataset.revision"),
                harness=entry.text(given.get("evaluation_framework"), "evaluation_framework"),
                variant=entry.text(given.get("notes"), "notes"),
                reporter="verified" if given.get("verifyToken") else None,
                date=entry.date(given.get("date")),
                **_origin(source, entry),
            )

    def _result(self, name: str, names: Sequence[str], kinds: Sequence[str | None], value: Any, entry: Entry) -> Raw:
        score, spread = _score(value)
        scale = self._scale(names, kinds, score) if name and score is not None else ""
        low, high = SCALE_RANGES.get(Scale(scale), (score, score)) if scale else (None, None)
        if not name or score is None:
            why = "a result without a benchmark or a score"
        elif low is None or high is None:
            why = f'a score of {name} without a scale (give one: --scale "{name}=percent")'
        elif not low <= score <= high:
            why = f"a score of {name} that is none in {scale}"
        else:
            benchmark = as_id(name).lower()
            self.benchmarks.setdefault(benchmark, {"name": name, "scale": scale})
            found: Raw = {"benchmark": benchmark, "score": plain(denoised(score))}
            return {**found, "ci": [plain(score - spread), plain(score + spread)]} if spread else found
        entry.loss.value(why, entry.name)
        return {}

    def _scale(self, names: Sequence[str], kinds: Sequence[str | None], score: Decimal) -> str:
        """As it was asked for; a share above 1 can only be in percent."""
        self._names |= dict.fromkeys(filter(None, names))
        for name in (*names, *map(as_id, names), "*"):
            if name.casefold() in self.scales:
                return self.scales[name.casefold()]
        is_share = any(kind.casefold() in _SHARES for kind in kinds if kind)
        return "percent" if is_share and 1 < score <= SCALE_RANGES[Scale.PERCENT][1] else ""

    def check_scales(self, scales: Collection[str]) -> None:
        """Raise FilterError for the first scale of a benchmark that no card names."""
        known = {name.casefold() for names in (self._names, map(as_id, self._names)) for name in names}
        for name in scales:
            if name != "*" and name.casefold() not in known:
                raise FilterError("--scale", f"no benchmark there is called “{name}”{did_you_mean(name, self._names)}")

    def _yaml(self, text: str, path: Path, above: int) -> Any:
        """Every scalar is a string: so the language ``no`` is Norwegian. Raises ForeignError where it is not YAML."""
        document, problems = read_document(text.encode(), str(path))
        wrong = [problem for problem in problems if problem.code is Code.SYNTAX]
        if document is None or wrong:
            where = wrong[-1].where
            line, column = (where.line + above, where.column) if where and where.line else (0, 0)
            raise ForeignError(wrong[-1].message, path, line, column)
        for problem in problems:
            self.loss.value(problem.message, str(path))
        return document.root


def _name(path: Path) -> tuple[str, str, bool]:
    """The organization and the name of a card's model, and whether the former is certain.

    It is in the cache of the Hub; elsewhere the folder around that of a card may be anything.
    """
    folder = path.parent.resolve()
    cached = _CACHED.fullmatch(folder.parent.parent.name) if folder.parent.name == "snapshots" else None
    if cached:
        return cached["organization"], cached["name"], True
    return folder.parent.name, folder.name or "model", False


def _plain(name: str) -> str:
    """The letters and digits of the last part of a name."""
    return "".join(filter(str.isalnum, name.rstrip("/").rpartition("/")[2].casefold()))


def _settings(args: Any) -> Iterator[str]:
    """The settings that say how something was measured."""
    if isinstance(args, dict):
        yield from (f"{key}={value}" for key, value in args.items() if isinstance(value, str))


def _origin(source: Mapping[str, Any], entry: Entry) -> Raw:
    """The origin of a score, as a card gives it: for readers of the file."""
    entry.leave(source, "url", inside="source.")
    url = entry.url(source.get("url"), "source.url")
    return {COMMENT: f"cites {url}"} if url else {}


def _score(value: Any) -> tuple[Decimal | None, Decimal]:
    found = _SPREAD.fullmatch(str(value))
    if found:
        return number(found[1]), abs(number(found[2]) or Decimal(0))
    return number(value), Decimal(0)


IMPORTER = Importer(
    name="huggingface",
    read=read,
    title="Hugging Face model cards",
    url="https://huggingface.co/models",
    kind="vendor",
)

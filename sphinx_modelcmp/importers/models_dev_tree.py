"""The repository of models.dev: a TOML file for each listing, which may rest on the record of the model itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.importers.foreign import ForeignError, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx_modelcmp.importers.loss import Loss

_PROVIDERS = "providers"
_RECORDS = "models"
_OMIT = "base_model_omit"
_BASE = "base_model"


def read_tree(folder: Path, loss: Loss) -> dict[str, dict[str, Any]]:
    """What the site makes of the repository: providers by id, each with ``models`` by theirs.

    Raises ForeignError for a file that is not TOML. A record that is not there, and a link that leads nowhere, are
    losses.
    """
    if not (folder / _PROVIDERS).is_dir():
        message = "not the repository of models.dev: there is no folder `providers` in it"
        raise ForeignError(message, folder)
    return {
        provider.name: _provider(folder, provider, loss)
        for provider in sorted((folder / _PROVIDERS).iterdir())
        if provider.is_dir()
    }


def _provider(folder: Path, place: Path, loss: Loss) -> dict[str, Any]:
    about = place / "provider.toml"
    models = place / _RECORDS
    found: dict[str, Any] = dict(read_toml(about)) if about.is_file() else {}
    found["models"] = {}
    for path in sorted(models.rglob("*.toml")):
        name = path.relative_to(models).with_suffix("").as_posix()
        if path.is_file():
            found["models"][name] = _whole(folder, read_toml(path), f"{place.name}/{name}", loss)
        else:
            loss.value("a link that leads nowhere", f"{place.name}/{name}")
    return found


def _whole(folder: Path, listing: dict[str, Any], entry: str, loss: Loss) -> dict[str, Any]:
    """A listing with what it takes from its record: tables are merged, everything else is replaced."""
    base = listing.get(_BASE)
    if not isinstance(base, str):
        return listing
    path = folder / _RECORDS / f"{base}.toml"
    if ".." in path.parts or not path.is_file():
        loss.value("a `base_model` that is not there", entry)
        return listing
    merged = _merged(read_toml(path), {key: value for key, value in listing.items() if key != _OMIT})
    omitted = listing.get(_OMIT)
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

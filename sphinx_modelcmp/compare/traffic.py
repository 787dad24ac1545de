"""The workload that a monthly cost is counted for: named in the catalog, or written out in a directive."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_modelcmp.catalog.fields import read_fields
from sphinx_modelcmp.catalog.problems import Code, Problem, did_you_mean
from sphinx_modelcmp.catalog.records import Traffic

if TYPE_CHECKING:
    from sphinx_modelcmp.catalog.records import Catalog
    from sphinx_modelcmp.catalog.scalars import Flaw

EXAMPLE_TRAFFIC = Traffic(
    label="Example workload",
    requests=100_000,
    input=Decimal(1000),
    output=Decimal(300),
)
"""The workload where neither the directive, nor the configuration, nor the catalog names one."""


def find_traffic(catalog: Catalog, name: str) -> tuple[Traffic, list[Problem]]:
    """A workload by its name in the catalog, or written out (``requests=1000 input=500 output=200 cache-hit=60%``).

    Without a name: the first of the catalog, else the example. A name that does not exist is a problem, and the first
    of the catalog stands in for it.
    """
    fallback = next(iter(catalog.traffic.values()), EXAMPLE_TRAFFIC)
    if not name:
        return fallback, []
    if name in catalog.traffic:
        return catalog.traffic[name], []
    if "=" in name:
        return _written_out(name, fallback)
    hint = did_you_mean(name, catalog.traffic)
    return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"no traffic “{name}” in the catalog{hint}")]


def _written_out(text: str, fallback: Traffic) -> tuple[Traffic, list[Problem]]:
    pairs = [part.partition("=")[::2] for part in text.replace(",", " ").split()]
    values = {key.replace("-", "_"): value for key, value in pairs}
    if len(values) < len(pairs) or "label" in values:
        reason = "no key “label”" if "label" in values else "a key is given twice"
        return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"traffic “{text}”: {reason}")]
    found, flaws = read_fields(Traffic, {"label": "unnamed", **values})
    if not flaws:
        return Traffic(**{**found, "label": ""}), []
    return fallback, [Problem(Code.UNKNOWN_TRAFFIC, f"traffic “{text}”: {_reason(flaw)}") for flaw in flaws]


def _reason(flaw: Flaw) -> str:
    key = str(flaw.at[0]).replace("_", "-")
    if flaw.code is Code.MISSING_KEY:
        return f"{key} is missing"
    if flaw.code is Code.UNKNOWN_KEY:
        keys = [name.replace("_", "-") for name in flaw.valid if name != "label"]
        return f"no key “{key}”{did_you_mean(key, keys)}"
    return f"{key}: {flaw.message}"


def is_written_out(traffic: Traffic) -> bool:
    """Whether a workload was written in the directive, and has no name to show."""
    return not traffic.label

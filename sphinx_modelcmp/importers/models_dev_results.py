"""Benchmarks in the repository of models.dev: scores with a metric, a harness, a variant, a dataset, and no scale."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sphinx_modelcmp.catalog.yaml.writer import COMMENT
from sphinx_modelcmp.importers.importer import known
from sphinx_modelcmp.importers.model_ids import as_id
from sphinx_modelcmp.importers.prices import number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_modelcmp.importers.entry import Entry
    from sphinx_modelcmp.importers.importer import Raw


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


def results(record: Mapping[str, Any], benchmarks: dict[str, Raw], entry: Entry) -> Iterator[Raw]:
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

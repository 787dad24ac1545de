"""``stale``: what was looked up when, and where."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rich.console import Console

from sphinx_modelcmp.cli import stale
from sphinx_modelcmp.cli.arguments import read
from sphinx_modelcmp.cli.main import group
from sphinx_modelcmp.compare.sources import batches

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CATALOG = """\
catalog: {as_of: 2026-11-22}
sources:
  old: {title: "An [old] list", url: "https://example.org/a/long/address-of-a-page.html", checked: 2026-08-01}
  new: {title: New page, url: "https://example.org", kind: vendor, checked: 2026-11-02}
  us: {title: Us, kind: own}
providers: {p: {name: Place}}
benchmarks: {b: {name: B, scale: points}}
models:
  two:
    name: Two
    aliases: [second]
    source: new
    kind: {value: api-model, source: us}
    max_output: {values: [{value: 1e3}, {value: 2e3, source: old}, {value: 3e3, source: old}]}
    context_window: {value: 3e3, source: old, accept: stale-fact, note: It never changes.}
    capabilities: {vision: true}
    results: [{benchmark: b, score: 1}, {benchmark: b, score: 2, variant: high}]
    routes:
      - {provider: p, prices: [{input: 1, until: 2026-11-01}, {input: 2, from: 2026-11-01}, {web_search: 3}]}
  one: {name: One, source: old, released: 2026, architecture: {value: dense, checked: 2026-08-02}}
"""
OLD = "An [old] list <https://example.org/a/long/address-of-a-page.html>"
NEW = "New page <https://example.org>"
LINES = [
    "no day\t\ttwo\t\tkind\tUs",
    f"2026-08-01\t113\tone\t\treleased\t{OLD}",
    f"2026-08-01\t113\ttwo\t\tmax_output (2, disputed)\t{OLD}",
    f"2026-08-02\t112\tone\t\tarchitecture\t{OLD}",
    f"2026-11-02\t20\ttwo\t\tmax_output (disputed), vision, b (2)\t{NEW}",
    f"2026-11-02\t20\ttwo\tPlace\troute, prices (2)\t{NEW}",
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "c.yaml"
    path.write_text(CATALOG, encoding="utf-8")
    return path


def run(catalog: Path, *args: str) -> Result:
    return CliRunner().invoke(group, ["stale", "-c", str(catalog), *args])


def test_all_is_listed_the_oldest_first(catalog: Path) -> None:
    done = run(catalog)
    assert (done.stdout.splitlines(), done.stderr) == (LINES, "12 facts, 1 without a day\n")
    assert done.exit_code == 0


@pytest.mark.parametrize(("days", "lines", "status"), [(112, LINES[:3], 1), (113, LINES[:1], 0), (0, LINES, 1)])
def test_what_is_older_fails_and_what_has_no_day_is_only_told(
    days: int, lines: list[str], status: int, catalog: Path
) -> None:
    done = run(catalog, "--older-than", str(days))
    assert (done.stdout.splitlines(), done.exit_code) == (lines, status)


def test_another_day_counts_more_than_that_of_the_catalog(catalog: Path) -> None:
    days = [line.split("\t")[1] for line in run(catalog, "--as-of", "2026-11-23").stdout.splitlines()]
    assert days == ["", "114", "114", "113", "21", "21"]


def test_a_model_by_any_of_its_names(catalog: Path) -> None:
    done = run(catalog, "--model", "Second", "--model", "two")
    assert done.stdout.splitlines() == [line for line in LINES if "\ttwo\t" in line]
    done = run(catalog, "--model", "tow")
    assert done.exit_code == 2
    assert "no model “tow” in the catalog; did you mean two?" in done.stderr


def test_programs_are_told_where_each_fact_stands(catalog: Path) -> None:
    told = json.loads(run(catalog, "--model", "two", "--format", "json").stdout)
    assert told["as_of"] == "2026-11-22"
    unsaid, disputed, _, served = told["batches"]
    assert (unsaid["checked"], unsaid["days"], unsaid["route"]) == (None, None, None)
    assert disputed["facts"][0] == {"name": "max_output", "disputed": True, "place": f"{catalog}:14:49"}
    assert disputed["sources"][0]["id"] == "old"
    assert disputed["sources"][0]["checked"] == "2026-08-01"
    assert served["route"] == {"provider": "p", "id": None, "region": None}
    assert [fact["place"] for fact in served["facts"]] == [f"{catalog}:{place}" for place in ("19:9", "19:63", "19:93")]


def test_without_a_day_nothing_is_old(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("models: {m: {name: M, max_output: 1}}", encoding="utf-8")
    assert run(path).stdout == "no day\t\tm\t\tmax_output\t\n"
    assert run(path, "--older-than", "3", "--as-of", "2026-01-01").exit_code == 0
    done = run(path, "--older-than", "3")
    assert done.exit_code == 2
    assert "--as-of" in done.stderr


def test_no_address_is_broken_in_a_narrow_terminal(catalog: Path) -> None:
    loaded = read([catalog])
    found = batches(loaded.catalog, loaded.catalog.models.values(), None, lambda *_: False)
    console = Console(file=StringIO(), width=50, force_terminal=True, color_system=None)
    stale._print_table(console, found, None, loaded)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert max(map(len, lines[:-3])) <= 50
    assert [line.strip() for line in lines[-3:]] == ["1  Us", f"2  {OLD}", f"3  {NEW}"]

"""``cost``: what the engine counts, on the command line."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.cli.cost import command
from sphinx_modelcmp.compare.comparison import find_traffic
from sphinx_modelcmp.compare.costing import MonthlyCost, monthly_cost
from sphinx_modelcmp.compare.pricing import Why
from tests.compare.making import DATA, RICH

if TYPE_CHECKING:
    from pathlib import Path

FINE = "requests=7 input=100.0000000000000000001 output=0.3 cache-hit=33.3% batch=1%"


def run(*arguments: str, catalog: Path = RICH) -> Result:
    return CliRunner().invoke(command, [*arguments, "-c", str(catalog)])


def text_of(*arguments: str, catalog: Path = RICH) -> str:
    result = run(*arguments, catalog=catalog)
    assert (result.exit_code, result.stderr) == (0, "")
    return " ".join(result.stdout.split())


def record_of(*arguments: str, catalog: Path = RICH) -> dict[str, Any]:
    result = run(*arguments, "--json", catalog=catalog)
    assert (result.exit_code, result.stderr) == (0, "")
    record: dict[str, Any] = json.loads(result.stdout, parse_float=pytest.fail)
    return record


def test_counts_out_the_cheapest_route() -> None:
    text = text_of("alpha")
    assert "1,000 requests a month, each of 2,000 input and 500 output tokens" in text
    assert "$0.925 a month at South. Component" in text
    assert "Cache read, as input 750,000 $0.13 [1] standard" in text
    assert "reading from the cache has no price of its own" in text
    assert "The other routes Route A month ---------- --------- North (eu) $1.692875" in text


def test_counts_out_every_route() -> None:
    text = text_of("alpha", "--all-routes")
    assert "The other routes" not in text
    bill = text[text.index("$1.692875 a month at North (eu).") :]
    for line in (
        "Input 750,000 $0.11 [1] standard",
        "Input 250,000 $0.055 [1] batch $0.01375",
        "Output 125,000 $0.555 [1] batch",
    ):
        assert line in bill
    assert "Request 750 requests $0.0011 each [1] standard" in bill
    assert "also in a batch" in bill


def test_no_digit_is_lost() -> None:
    catalog = load_catalog([RICH]).catalog
    traffic, _ = find_traffic(catalog, FINE)
    total = monthly_cost(catalog, catalog.models["alpha"], traffic, catalog.as_of)
    assert isinstance(total, MonthlyCost)
    (month,) = record_of("alpha", "--traffic", FINE)["months"]
    assert Decimal(month["total"]["amount"]) == total.total
    assert len(month["total"]["amount"]) > 25
    assert sum(Decimal(line["cost"]) for line in month["lines"]) == total.total
    assert month["route"]["provider"]["name"] in text_of("alpha", "--traffic", FINE)
    assert f"${month['total']['amount']} a month" in text_of("alpha", "--traffic", FINE)


def test_why_there_is_no_total() -> None:
    record = record_of("codex-1", "qwen3.5-4b", catalog=DATA)
    codex, qwen = record["months"]
    assert (codex["why"], codex["text"]) == (Why.NOT_APPLICABLE.value, "Not applicable: not sold by the token")
    assert "total" not in codex
    assert qwen["total"] == {"amount": "45", "currency": "USD"}
    refused = [route for route in record["routes"] if "total" not in route]
    assert [(route["why"], route["route"]["provider"]["id"]) for route in refused] == [("free", "siliconflow-cn")]
    text = text_of("codex-1", "qwen3.5-4b", catalog=DATA)
    assert "Codex 1 Not applicable: not sold by the token." in text
    assert "SiliconFlow (China) No total: free of charge" in text
    long = text_of("alpha", "--traffic", "requests=1 input=200000 output=1")
    assert "No total: a request of this size does not fit into the context window." in long


def test_what_is_wrong_is_said() -> None:
    for arguments, status, message in (
        (["alfa"], 1, "no model “alfa” in the catalog; did you mean alpha?"),
        (["alpha", "--traffic", "dsk"], 2, "no traffic “dsk” in the catalog; did you mean desk?"),
        (["alpha", "--traffic", "requets=1 input=2 output=3"], 2, "no key “requets”; did you mean requests?"),
        (["alpha", "--traffic", "requests=1 input=2 output=x"], 2, "output: “x” is not a number"),
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (status, "")
        assert message in result.stderr

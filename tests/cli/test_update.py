"""``update``: quiet news pass, accidents of a source stop all, and whatever happens nothing is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.cli.guards import GUARDS
from sphinx_modelcmp.importers.merge.decide import Files
from tests.cli.running import run
from tests.support import programs

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

PLAN = '[[source]]\nimporter = "models.dev"\nfile = "api.json"\ninto = "catalog"\n'
MAY, JUNE = ("--snapshot", "2026-05-01"), ("--snapshot", "2026-06-01")
Api = dict[str, Any]


def api() -> Api:
    """Sixty models at one place, with 180 prices."""
    models = {
        f"m-{i}": {
            "name": f"M {i}",
            "release_date": "2026-01-01",
            "limit": {"context": 100000 + i, "output": 8000},
            "cost": {"input": 1 + i, "output": 4 + i, "cache_read": 0.5},
        }
        for i in range(60)
    }
    return {"labs": {"id": "labs", "name": "Labs", "models": models}}


def cost(found: Api, name: str) -> Any:
    return found["labs"]["models"][name]["cost"]


def write(found: Api) -> None:
    Path("api.json").write_text(json.dumps(found), encoding="utf-8")


def plan(more: str = "") -> None:
    Path("modelcmp-update.toml").write_text(PLAN + more, encoding="utf-8")


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("catalog").rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog as the file of May has made it, with two facts of m-7 that somebody has typed since."""
    monkeypatch.chdir(tmp_path)
    plan()
    write(api())
    assert run("update", *MAY).exit_code == 10
    path = Path("catalog/models/m.yaml")
    model = path.read_text(encoding="utf-8")
    start = model.index("  m-7:")
    mine = model[start:].replace("context_window: 100007", "context_window: {value: 100007, source: contract}", 1)
    mine = mine.replace("- {input: 8, output: 11", "- {source: contract, input: 8, output: 11", 1)
    assert mine.count("contract") == 2
    path.write_text(model[:start] + mine, encoding="utf-8")
    head = Path("catalog/catalog.yaml")
    contract = "sources:\n  contract: {title: Our contract, kind: own, checked: 2026-05-01}\n"
    head.write_text(head.read_text(encoding="utf-8").replace("sources:\n", contract, 1), encoding="utf-8")
    assert load_catalog([Path("catalog")]).problems == ()


def updated(*options: str) -> Result:
    return run("update", *(options or JUNE))


def test_the_same_file_changes_nothing() -> None:
    before = files()
    found = updated(*MAY)
    assert (found.exit_code, files()) == (0, before)
    assert "Additions in all: 0." in found.stdout


QUIET = """\
# Catalog update of 2026-06-01

Prices that change: 2. Facts that change: 1. Models no longer listed: 1. New models: 1. Additions in all: 3.

## Prices that change

- m-3: input labs: from 4 USD to 2 USD (×2)
- m-2: output labs: from 6 USD to 7.5 USD (×1.25)

## Facts that change

- m-1: context\\_window: from 100001 to 128000 (×1.28)

## Models no longer listed

- m-59, in models-dev

## New models

- m-60: M 60
"""


def test_quiet_news_pass_and_are_told_as_a_pull_request() -> None:
    news = api()
    cost(news, "m-2")["output"], cost(news, "m-3")["input"] = 7.5, 2
    news["labs"]["models"]["m-1"]["limit"]["context"] = 128000
    news["labs"]["models"]["m-60"] = {"name": "M 60", "limit": {"context": 1000}}
    del news["labs"]["models"]["m-59"]
    write(news)
    found = updated()
    assert (found.exit_code, found.stderr) == (10, "")
    assert found.stdout == QUIET
    loaded = load_catalog([Path("catalog")])
    assert loaded.problems == ()
    assert loaded.catalog.models["m-1"].context_window.value == 128000
    assert "m-59" in loaded.catalog.models
    assert updated().exit_code == 0


def dear(found: Api) -> None:
    cost(found, "m-1")["input"] = 20


def per_thousand(found: Api) -> None:
    cost(found, "m-1").update(input=0.002, output=0.005)


def to_zero(found: Api) -> None:
    cost(found, "m-1")["input"] = 0


def all_to_zero(found: Api) -> None:
    cost(found, "m-1").update(input=0, output=0, cache_read=0)


def no_prices(found: Api) -> None:
    del found["labs"]["models"]["m-1"]["cost"]


def another_unit(found: Api) -> None:
    cost(found, "m-1")["input_audio"] = cost(found, "m-1").pop("input")


def window_in_thousands(found: Api) -> None:
    found["labs"]["models"]["m-1"]["limit"]["context"] = 100


def every_price_dearer(found: Api) -> None:
    for i in range(10):
        cost(found, f"m-{i * 5 + 1}")["input"] *= 1.5


def two_models_gone(found: Api) -> None:
    for name in ("m-1", "m-2"):
        del found["labs"]["models"][name]


def place_gone(found: Api) -> None:
    found["labs"]["models"].clear()


def contract_contradicted(found: Api) -> None:
    cost(found, "m-7")["input"] = 9


def hand_contradicted(found: Api) -> None:
    found["labs"]["models"]["m-7"]["limit"]["context"] = 128000


ACCIDENTS: dict[Callable[[Api], None], str] = {
    dear: "factor: m-1: input labs: from 2 USD to 20 USD (×10)",
    per_thousand: "factor: m-1: output labs: from 5 USD to 0.005 USD (×1000)",
    to_zero: "zero: m-1: input labs: from 2 USD to none",
    all_to_zero: "zero: models.m-1.routes.0.prices.0: models-dev names no price any more",
    no_prices: "zero: models.m-1.routes.0.prices.0: models-dev names no price any more",
    another_unit: "unit: m-1: input labs: from 2 USD to none",
    window_in_thousands: "unit: m-1: context_window: from 100001 to 100 (×1000.01)",
    every_price_dearer: "prices: 10 of 180 prices change: more than 5 %",
    two_models_gone: "models: models-dev lists 2 of 60 models no longer: more than 2 %",
    place_gone: "models: models-dev lists 60 of 60 models no longer: more than 2 %",
    contract_contradicted: "hand: models.m-7.routes.0.prices.input: 8 by hand, 9 in models-dev",
    hand_contradicted: "hand: models.m-7.context_window: 100007 by hand, 128000 in models-dev",
}


def guard_of(message: str) -> str:
    return message.partition(":")[0]


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda accident: accident.__name__)
def test_an_accident_stops_all(accident: Callable[[Api], None]) -> None:
    news = api()
    news["labs"]["models"]["m-60"] = {"name": "Good news", "limit": {"context": 1000}}
    accident(news)
    write(news)
    before = files()
    found = updated()
    assert (found.exit_code, files()) == (3, before)
    assert ACCIDENTS[accident] in found.stderr
    assert f"nothing was written. If all is right: --accept {guard_of(ACCIDENTS[accident])}" in found.stderr
    # Somebody has looked: the rest is taken, and what was typed by hand stays.
    done = updated(*JUNE, "--accept", guard_of(ACCIDENTS[accident]))
    assert done.exit_code == (0 if accident is place_gone else 10)
    loaded = load_catalog([Path("catalog")])
    assert loaded.catalog.models["m-7"].context_window.value == 100007


def test_a_sheet_is_read_with_its_mapping_from_beside_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sheet.csv").write_text("id,window\nm-70,1000\n")
    Path("map.yaml").write_text("model: id\ncolumns: {window: context_window}\n")
    more = '[[source]]\nimporter = "table"\nfile = "sheet.csv"\ninto = "catalog"\nmapping = "map.yaml"\n'
    plan(more)
    monkeypatch.chdir("/")
    found = run("update", tmp_path / "modelcmp-update.toml", *JUNE)
    assert (found.exit_code, "m-70" in found.stdout) == (10, True), found.stderr


def test_a_score_that_only_another_source_has_typed_is_no_conflict() -> None:
    """The sources of a result are those of its own benchmark."""
    path = Path("catalog/models/m.yaml")
    text = path.read_text(encoding="utf-8")
    results = "    results:\n      - {benchmark: ours, score: 1, source: contract}\n"
    results += "      - {benchmark: theirs, score: 2, source: models-dev}\n"
    path.write_text(text.replace("  m-9:\n    name: M 9\n", f"  m-9:\n    name: M 9\n{results}"), encoding="utf-8")
    files = Files.of(Path("catalog"), {path: yaml.safe_load(path.read_text(encoding="utf-8"))})
    assert files.sources_at(("models", "m-9", "results", "ours")) == ("contract",)
    assert files.sources_at(("models", "m-9", "results", "theirs")) == ("models-dev",)
    assert files.sources_at(("models", "m-7", "routes", 0, "prices", "input")) == ("contract",)
    assert files.sources_at(("models", "m-8", "routes", 0, "prices", "input")) == ("models-dev",)


def test_another_currency_stops_all() -> None:
    plan("currency = {labs = 'EUR'}\n")
    before = files()
    found = updated()
    assert (found.exit_code, files()) == (3, before)
    assert "currency: m-1: input labs: from 2 USD to 2 EUR" in found.stderr


def test_what_was_settled_by_hand_stops_no_longer() -> None:
    news = api()
    hand_contradicted(news)
    write(news)
    assert updated().exit_code == 3
    Path("modelcmp-update.toml").write_text(f'settled = ["models.m-7.context*"]\n{PLAN}', encoding="utf-8")
    found = updated()
    assert (found.exit_code, "models.m-7.context\\_window: 100007 here, 128000 there" in found.stdout) == (10, True)


HTML = "<!DOCTYPE html><title>502 Bad Gateway</title>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HTML, "the file is not JSON"),
        (json.dumps(api())[:-9], "is the file cut short?"),
        ("", "the file is not JSON"),
        ("[]", "api.json"),
    ],
)
def test_a_file_that_is_none_is_told(text: str, message: str) -> None:
    Path("api.json").write_text(text, encoding="utf-8")
    before = files()
    found = updated()
    assert (found.exit_code, found.stdout, files()) == (1, "", before)
    assert message in found.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]\n", "the file is not TOML"),
        ("", "needs [[source]] with importer, file and into"),
        ("source = 3\n", "needs [[source]] with importer, file and into"),
        ("source = [3]\n", "source 1 has no `importer`"),
        ("[[source]]\nimporter = 'models.dev'\nfile = 'api.json'\n", "source 1 has no `into`"),
        (PLAN + "quary = 'vision'\n", "source 1: No such option"),
        (PLAN + "query = 'visionn'\n", "did you mean vision?"),
        (PLAN + "since = 'soon'\n", "source 1: Invalid value for '--since'"),
        (PLAN.replace("models.dev", "models-dev"), "did you mean models.dev?"),
        (PLAN.replace("api.json", "nowhere.json"), "nowhere.json' does not exist"),
        ("sources = 1\n", "no key “sources” at the top"),
    ],
)
def test_a_plan_that_is_wrong_is_told(text: str, message: str) -> None:
    Path("modelcmp-update.toml").write_text(text, encoding="utf-8")
    before = files()
    found = updated()
    assert (found.exit_code, files()) == (2, before), found.stderr
    assert message in found.stderr


def test_the_day_is_asked_for_and_never_guessed() -> None:
    found = run("update")
    assert (found.exit_code, "is of is missing" in found.stderr) == (2, True)
    plan("snapshot = 2026-05-01\n")
    assert run("update").exit_code == 0


def test_several_sources_go_into_one_catalog_together() -> None:
    """The second one is merged into what the first one makes of it, and a guard of the second stops the first."""
    other = api()
    other["labs"]["models"] = {"m-0": {**other["labs"]["models"]["m-0"], "knowledge": "2025-06"}}
    Path("other.json").write_text(json.dumps(other), encoding="utf-8")
    plan(f"{PLAN.replace('api', 'other').replace('catalog', 'x/../catalog')}source = 'other'\n")
    news = api()
    news["labs"]["models"]["m-60"] = {"name": "M 60", "limit": {"context": 1000}}
    write(news)
    assert updated().exit_code == 10
    catalog = load_catalog([Path("catalog")]).catalog
    assert str(catalog.models["m-0"].knowledge_cutoff.value) == "2025-06"
    assert {"models-dev", "other"} <= catalog.sources.keys()
    assert catalog.find("m-60")
    before = files()
    other["labs"]["models"] = {}
    Path("other.json").write_text(json.dumps(other), encoding="utf-8")
    assert (updated("--snapshot", "2026-07-01").exit_code, files()) == (3, before)


def test_the_documentation_shows_what_is_printed_and_a_workflow_that_can_run() -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    page = (docs / "keeping-fresh.md").read_text(encoding="utf-8")
    assert f"$ sphinx-modelcmp update --snapshot 2026-06-01\n{QUIET}```" in page
    assert {*GUARDS} == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    blocks = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert [[*tomllib.loads(block)] for block in blocks] == [["source"], ["settled"]]
    workflow = yaml.safe_load((docs / "workflows" / "update-catalog.yaml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["update"]["steps"]
    assert all(step["uses"].startswith("actions/") for step in steps if "uses" in step)
    bash = programs.find("bash")
    for step in steps:
        assert "uses" in step or programs.run([bash, "-n", "-c", step["run"]], docs).returncode == 0, step


def test_the_sources_of_the_documentation_are_read(tmp_path: Path) -> None:
    """Every option of ``import`` that the page names is one."""
    text = (Path(__file__).parent.parent.parent / "docs" / "keeping-fresh.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(\[\[source.*?)^```", text, re.DOTALL | re.MULTILINE)
    for source in tomllib.loads(block)["source"]:
        path = tmp_path / "docs" / source["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (tmp_path / "docs" / "modelcmp-update.toml").write_text(block, encoding="utf-8")
    found = run("update", tmp_path / "docs" / "modelcmp-update.toml", *JUNE)
    assert found.exit_code != 2, found.stderr


KILLED = """
import sys
from sphinx_modelcmp.cli.main import group
from tests.importers.dying import Countdown
Countdown(int(sys.argv[1]), sys.argv[2])
group(["update", f"{sys.argv[2]}/modelcmp-update.toml", "--snapshot", "2026-06-01"])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no SIGKILL")
def test_an_update_that_is_killed_loses_nothing_and_the_next_one_does_the_rest(tmp_path: Path) -> None:
    news = api()
    news["labs"]["models"] = {**news["labs"]["models"], "n-1": {"name": "N 1", "limit": {"context": 1000}}}
    write(news)
    whole = tmp_path / "whole"
    for name in ("catalog", "api.json", "modelcmp-update.toml"):
        copy = shutil.copytree if Path(name).is_dir() else shutil.copy
        whole.mkdir(exist_ok=True)
        copy(name, whole / name)
    before = load_catalog([whole / "catalog"]).catalog.models.keys()
    for point in (1, 3, 5, 7, 9, 11):
        folder = shutil.copytree(whole, tmp_path / f"at-{point}")
        call = [sys.executable, "-c", KILLED, str(point), str(folder)]
        done = subprocess.run(call, cwd=Path(__file__).parent.parent.parent, capture_output=True, check=False)
        assert done.returncode == -9, done.stderr
        loaded = load_catalog([folder / "catalog"])
        assert (loaded.problems, before - loaded.catalog.models.keys()) == ((), set())
        assert run("update", folder / "modelcmp-update.toml", *JUNE).exit_code in {0, 10}
        assert load_catalog([folder / "catalog"]).catalog.find("n-1")

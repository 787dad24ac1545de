"""Overlays: a house's own facts on models of a catalog that somebody else keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_modelcmp.catalog.cache import Store, read_cached
from sphinx_modelcmp.catalog.files import read_files
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.compare.comparison import Request, Settings
from sphinx_modelcmp.compare.digest import Digests

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.catalog.load import Loaded

THEIRS = """\
sources: {maker: {title: Maker, kind: vendor, checked: 2026-05-01}}
providers: {openai: {name: OpenAI}}
source: maker
models:
  gpt:
    name: GPT
    aliases: [GPT-Latest]
    context_window: 1000
    max_output: 500
    note: Theirs.
    capabilities: {vision: true, reasoning: true}
    routes:
      - {provider: openai, id: gpt, prices: [{input: 2, output: 8}]}
      - {provider: openai, id: gpt, region: eu, prices: [{input: 3, output: 9}]}
  other: {name: Other}
"""
OURS = """\
sources: {contract: {title: Our contract, kind: own, checked: 2026-06-01}}
providers: {house: {name: House}}
fields: {fp8: {label: FP8, group: capabilities, type: flag}}
source: contract
overlays:
  gpt-latest:
    note: Only for the research team.
    capabilities: {fp8: true}
    routes:
      - {provider: house, id: g, prices: [{input: 1, output: 4}]}
      - {provider: openai, id: gpt, prices: [{input: 1.5, output: 8}]}
"""


def read(folder: Path, ours: str = OURS, store: Path | None = None) -> Loaded:
    for name, text in (("theirs", THEIRS), ("ours", ours)):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    if store is None:
        return load_catalog([folder])
    files, _ = read_files([folder], None)
    return read_cached(files, Store(store))


def test_an_overlay_adds_routes_flags_and_a_note_with_its_own_source(tmp_path: Path) -> None:
    loaded = read(tmp_path)
    assert not loaded.problems
    model = loaded.catalog.models["gpt"]
    prices = {(r.provider, r.region): (r.prices.value or ())[0].components["input"] for r in model.routes.value or ()}
    assert {place: str(amount) for place, amount in prices.items()} == {
        ("openai", None): "1.5",
        ("openai", "eu"): "3",
        ("house", None): "1",
    }
    assert model.capability("fp8").source == ("contract",)
    assert model.capability("vision").source == ("maker",)
    assert model.note == "Theirs. Only for the research team."
    assert loaded.catalog.models["other"].note is None


def test_what_an_overlay_states_otherwise_counts_and_is_reported(tmp_path: Path) -> None:
    loaded = read(tmp_path, f"{OURS}    context_window: 900\n    max_output: 500\n")
    assert loaded.catalog.models["gpt"].context_window.value == 900
    (problem,) = loaded.problems
    assert problem.code is Code.OVERLAY
    assert (problem.where and (problem.where.line, problem.where.column)) == (12, 21)
    assert problem.message.startswith("`context_window` is stated otherwise in the file of the model, at ")
    assert problem.message.endswith("theirs.yaml:8:21; the overlay counts")
    accepted = f"{OURS}    context_window: {{value: 900, accept: overlay, note: As we serve it.}}\n"
    assert not read(tmp_path, accepted).problems


WRONG = {
    OURS.replace("gpt-latest", "gpt-lates"): "no model “gpt-lates” in the catalog to lay this over; did you mean "
    "GPT-Latest?",
    f"{OURS}    name: Our GPT\n": "an overlay has no `name`: the model “gpt” is called as its own file says",
    f"{OURS}  gpt: {{context_window: 1000}}\n": "“gpt-latest” is an overlay on the same model: put both together",
    f"{OURS}    contxt_window: 5\n": "a model has no key “contxt_window”; did you mean context_window?",
    OURS.replace("output: 4", "output: 0.4"): "`output` of 0.4 is cheaper than `input` of 1",
    "overlays: {gpt: 5}\n": "an overlay is a mapping, not “5”",
    "overlays: [gpt]\n": "`overlays` is a mapping, not a list",
}


@pytest.mark.parametrize("ours", WRONG, ids=lambda text: WRONG[text][:30])
def test_what_is_wrong_is_said_with_its_place_and_the_rest_counts(ours: str, tmp_path: Path) -> None:
    loaded = read(tmp_path, ours)
    (problem,) = loaded.problems
    assert WRONG[ours] in problem.message
    assert problem.where
    assert problem.where.line > 0
    assert loaded.catalog.models["gpt"].name == "GPT"


def test_pages_of_the_model_are_read_again_and_no_others(tmp_path: Path) -> None:
    store = tmp_path / "store"

    def digests(ours: str) -> list[str]:
        folder = tmp_path / "catalog"
        folder.mkdir(exist_ok=True)
        # Twice, for the second reading has the outlines of the first one.
        read(folder, ours, store)
        loaded = read(folder, ours, store)
        found = Digests(loaded.catalog, Settings(), loaded.outlines)
        assert loaded.outlines["gpt"] == Digests(load_catalog([folder]).catalog, Settings()).outline("gpt")
        return [found.of(Request(models=(name,))) for name in ("gpt", "other")]

    (one, other), (changed, same) = digests(OURS), digests(OURS.replace("output: 4", "output: 5"))
    assert one != changed
    assert other == same

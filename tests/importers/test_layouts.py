"""Catalogs in any layout: an import keeps what is there, and puts what is new where it belongs."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import CHECKS
from sphinx_modelcmp.catalog.vocabulary import State
from sphinx_modelcmp.importers.importer import Asked, Loss, models_of
from sphinx_modelcmp.importers.models_dev import IMPORTER
from tests.importers import hand_written, laid_out
from tests.importers.taking import take

if TYPE_CHECKING:
    from random import Random

    from sphinx_modelcmp.importers.importing import Prepared

DAY = datetime.date(2026, 6, 1)
MODEL = {
    "name": "GPT-9",
    "release_date": "2026-04-01",
    "reasoning": True,
    "tool_call": True,
    "limit": {"context": 400000, "output": 128000},
    "cost": {"input": 2, "output": 8, "cache_read": 0.2},
}


def said(folder: Path) -> dict[str, Any]:
    """What the files of a folder say, as another parser reads it: every value is text."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        root = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader) or {}
        for table, entries in root.items():
            if isinstance(entries, dict):
                assert not entries.keys() & found.get(table, {}).keys(), "an id is defined twice"
                found[table] = found.get(table, {}) | entries
            elif entries != "":
                found[table] = entries
    return found


def leaves(value: Any, at: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], str]:
    """Every value that is known, by its path; a fact in the long form is at the place of a plain one."""
    if isinstance(value, dict):
        pairs = [(() if key == "value" else (key,), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        pairs = [((i,), inner) for i, inner in enumerate(value)]
    else:
        known = str(value).rstrip("\n")
        return {} if known.lower() in {"", "~", "null", "unknown"} else {at: known}
    return {path: text for key, inner in pairs for path, text in leaves(inner, (*at, *key)).items()}


def check(text: str, comments: list[str], found: dict[str, Any], day: datetime.date = DAY) -> bool:
    """Import a file into a catalog of one file, twice, and hold what comes of it against what was there."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir()
        (folder / "house.yaml").write_bytes(text.encode())
        before, loaded = said(folder), load_catalog([folder])
        if any(
            problem.code not in CHECKS and "the file is empty" not in problem.message for problem in loaded.problems
        ):
            return False
        prepared = take(folder, found, day)
        written = (folder / "house.yaml").read_bytes().decode()
        after = load_catalog([folder])
        assert not [problem for problem in after.problems if problem.code not in CHECKS], written
        _nothing_is_lost(before, said(folder), prepared)
        assert [line for line in comments if len(re.findall(f"{line}(?!c)", written)) != 1] == []
        _comments_stay(text, written)
        listings = IMPORTER.read(folder.parent / "api.json", Asked(), Loss()).listings
        _everything_is_there(models_of(listings), after.catalog, prepared)
        assert written.startswith("\ufeff") == text.startswith("\ufeff")
        if "\n" in text and not re.search(r"(?<!\r)\n", text):
            assert not re.search(r"(?<!\r)\n", written)
        elif "\r" not in text:
            assert "\r" not in written
        again = take(folder, found, day)
        assert (again.changes, again.files) == ((), {})
    return True


def _nothing_is_lost(before: dict[str, Any], after: dict[str, Any], prepared: Prepared) -> None:
    """What is another value now is in the report; notes, names and what is accepted never are."""
    now = leaves(after)
    changed = [change.at for change in prepared.changes]
    for path, value in leaves(before).items():
        if now.get(path) == value:
            continue
        shown = ".".join(map(str, path))
        if value.startswith("As listed at"):  # an import has written it, for a value that the source has given up
            continue
        assert not {"note", "accept", "name", "best_for"} & set(path), (shown, value, now.get(path))
        assert any(shown == at or shown.startswith(f"{at}.") for at in changed), (shown, value, now.get(path))


def _comments_stay(before: str, after: str) -> None:
    """A comment beside a key stays beside it."""

    def key(line: str) -> str:
        name = re.split(r"[:{\[,]", line.strip().removeprefix("\ufeff").lstrip("- "), maxsplit=1)[0].strip("\"' ")
        return "value" if name == "values" else name

    def beside(text: str) -> dict[str, str]:
        lines = text.splitlines()
        return {comment: key(line) for line in lines for comment in re.findall(r"# c\d+c", line)}

    here, there = beside(before), beside(after)
    for comment, name in here.items():
        assert there[comment] == name or not re.fullmatch(r"[\w./-]+", name), (comment, name, there[comment])


def _everything_is_there(records: dict[str, Any], catalog: Any, prepared: Prepared) -> None:
    """What the source says is known now, or the report says why it is left out."""
    kept = {one.at for one in prepared.kept}
    for name, record in records.items():
        ours, at = catalog.models[name], f"models.{name}"
        if at in kept:
            continue
        flags = [(ours.capability(flag), f"{at}.capabilities") for flag in record.get("capabilities", ())]
        facts = [
            (getattr(ours, fact), f"{at}.{fact}")
            for fact in ("context_window", "max_output", "released")
            if fact in record
        ]
        for fact, where in (*flags, *facts):
            assert fact.state is not State.UNKNOWN or where in kept, where
        places = {route.provider for route in ours.routes.value or ()}
        assert f"{at}.routes" in kept or {route["provider"] for route in record.get("routes", ())} <= places


@settings(max_examples=60)
@given(st.randoms(use_true_random=True))
def test_any_catalog_in_any_layout_takes_any_file(random: Random) -> None:
    draw = laid_out.Drawn(random)
    text = laid_out.text_of(draw, laid_out.catalog_tree(draw))
    check(text, draw.comments, laid_out.foreign_file(draw), datetime.date.fromisoformat(draw.pick(*laid_out.DAYS)))


@pytest.mark.parametrize("text", hand_written.LAYOUTS.values(), ids=hand_written.LAYOUTS)
def test_a_layout_of_a_person_takes_all_and_keeps_all(text: str) -> None:
    comments = [re.escape(line[line.index("#") :].strip()) for line in text.splitlines() if "#" in line]
    found = {
        "openai": {"id": "openai", "name": "OpenAI", "models": {"gpt-9": MODEL}},
        "router": {"id": "router", "name": "Router", "models": {"gpt-9": {**MODEL, "cost": {"input": 3}}}},
    }
    assert check(text, comments, found)


def test_a_model_that_is_only_an_id_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "house.yaml").write_text("models:\n  gpt-9:   # to be written\n  gpt-8: {name: GPT-8}\n")
    take(folder, {"openai": {"id": "openai", "name": "OpenAI", "models": {"gpt-9": MODEL}}}, DAY)
    loaded = load_catalog([folder])
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.catalog.models["gpt-9"].context_window.value == 400000
    assert "  gpt-9:   # to be written\n    name: GPT-9\n" in (folder / "house.yaml").read_text()

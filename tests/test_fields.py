"""Every key of the format has a place: another value gives another page, and another ``comparison.json``."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner

from sphinx_modelcmp.catalog import records
from sphinx_modelcmp.catalog.fields import Record, written
from sphinx_modelcmp.catalog.records import FACTS, LIMITS
from sphinx_modelcmp.cli.main import group
from sphinx_modelcmp.compare.catalog_diff import diff_catalogs
from sphinx_modelcmp.importers.table import read_mapping
from sphinx_modelcmp.sections.labels import ROWS
from sphinx_modelcmp.sections.language import language_of
from sphinx_modelcmp.sections.page import Page
from sphinx_modelcmp.sections.registry import sections_of
from sphinx_modelcmp.structured.build import publish
from tests.compare.making import catalog_of, compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_modelcmp.catalog.records import Catalog

Keys = tuple[str | int, ...]
TREE: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "fields-catalog.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
MODEL: Keys = ("models", "one")
OTHERS = {
    "vendor": "provider",
    "conditions": "not-allowed",
    "specs": "capabilities",
    "quantity": "text",
    "lower": "higher",
    "higher": "lower",
    "percent": "points",
    "open-weights": "proprietary",
    "allowed": "conditions",
    "partial": "true",
    "true": "false",
    "false": "true",
    "deprecated": "preview",
    "active": "deprecated",
    "complete": "incomplete",
    "free": "0.5",
    "marginal": "request",
    "batch": "priority",
    "wed": "thu",
    "Asia/Tokyo": "Europe/Berlin",
    "independent": "community",
    "EUR": "CHF",
    "USD": "JPY",
    "GBP": "SEK",
    "sheet": "second",
    "second": "sheet",
    "fi": "et",
    "pl": "cs",
    "cs": "pl",
    "sv": "da",
    "nb": "sv",
    "da": "nb",
    "two": "three",
    "text": "audio",
    "image": "file",
    "video": "pdf",
    "maker": "other",
    "seller": "other",
    "terms": "other",
    "test": "other",
}
"""Another value of the same key, for the words of a vocabulary and the ids of this catalog."""
BY_PATH = {
    "catalog.as_of": "2031-01-16",
    "traffic.load.cache_hit": "0.5",
    "traffic.load.cache_write": "0.5",
    "traffic.load.batch": "0.5",
    "rates.0.date": "2031-01-08",
    "models.one.routes.0.prices.0.from": "2030-03-05",
    "models.one.results.0.ci.0": "70.5",
    "models.one.results.0.date": "2030-09",
}
NOWHERE = {
    "catalog.schema": "it has one value only",
    "fields.house_spec.group": "the row moves, and the model has an unknown key",
    "fields.house_spec.type": "the value of the model is read in another way",
    "fields.house_size.group": "the row moves, and the models have an unknown key",
    "fields.house_size.type": "the value of the models is read in another way",
    "fields.house_spec.better": "of one model that has the fact none is the better one",
    "benchmarks.test.better": "of results under different conditions none is the better one",
    "models.one.routes.0.prices.3.free": "without it the line is no price",
    "models.one.routes.0.prices.4.plan": "without it the line is no price",
    "models.one.routes.0.prices.5.dynamic": "without it the line is no price",
}
"""Keys that another value cannot show for here, with the reason."""
UNUSED = ("organizations.other", "providers.other", "licenses.other", "benchmarks.other", "models.three")
"""Entries to refer to instead."""
NOT_ON_PAGE = {
    "catalog.title": "pages have titles of their own",
    "models.one.results.0.n": "the score has its interval",
    "models.one.results.0.date": "the sources have their days",
}
NOT_IN_JSON = {
    "fields.house_spec.description": "a house describes its rows to readers",
    "rates.0.date": "a total in one currency rests on no rate",
}


def leaves(value: Any, at: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every scalar of a tree with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*at, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, (*at, i))
    else:
        yield at, value


LEAVES = dict(leaves(TREE))


def name_of(at: Keys) -> str:
    return ".".join(map(str, at))


def another(at: Keys) -> str:
    """Another value of the same kind."""
    if name_of(at) in BY_PATH:
        return BY_PATH[name_of(at)]
    value = LEAVES[at]
    if value in OTHERS:
        return OTHERS[value]
    if value[:4].isdigit() and "-" in value:
        return value[:3] + str((int(value[3]) + 9) % 10) + value[4:]
    if value[:1].isdigit():
        return value.replace(value[0], str(int(value[0]) % 9 + 1), 1)
    return value.replace("https://", "https://another-") if "://" in value else f"Another-{value}"


def changed(at: Keys) -> Catalog:
    """The catalog with another value at a path."""
    tree = copy.deepcopy(TREE)
    inner: Any = tree
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = another(at)
    return catalog_of(tree)


def written_of(catalog: Catalog) -> tuple[str, str]:
    """The page, and the ``comparison.json``, of the two models."""
    page = Page(compared(catalog, "one", "two"), language_of("en"))
    sections = sections_of(page)
    published = publish(page, sections, ("json",))
    assert published
    return repr(sections), json.dumps(published.record, default=str)


@cache
def before() -> tuple[str, str]:
    return written_of(catalog_of(TREE))


SHOWN = [at for at in LEAVES if name_of(at) not in NOWHERE and not name_of(at).startswith(UNUSED)]


@pytest.mark.parametrize("at", SHOWN, ids=name_of)
def test_another_value_gives_another_page_and_another_record(at: Keys) -> None:
    page, record = written_of(changed(at))
    if name_of(at) not in NOT_ON_PAGE:
        assert page != before()[0]
    # A program is given names as they are.
    if name_of(at) not in NOT_IN_JSON and at[-1] != "lang":
        assert record != before()[1]


def noted() -> tuple[Any, list[str]]:
    """The tree with a note of its own on every reading of a fact, of the model and of its route, and their names."""
    tree, names = copy.deepcopy(TREE), []

    def say(fact: Any, name: str) -> Any:
        """The fact by two sources that agree, each with a note."""
        found = [f"Note-on-{name}-of-{source}" for source in ("sheet", "second")]
        names.extend(found)
        value = fact["value"] if isinstance(fact, dict) and "value" in fact else fact
        readings = [{"value": value, "source": note.rpartition("-")[2], "note": f"{note}."} for note in found]
        return {"values": readings}

    model = tree["models"]["one"]
    (route,) = model["routes"]
    for name in (*FACTS, "house_spec", "house_size"):
        # The summary is a sentence of the opening, which has no notes.
        if name in model and name != "summary":
            model[name] = say(model[name], name)
    for held, prefix in ((model, ""), (route, "route-")):
        held["capabilities"] = {"vision": say("partial", f"{prefix}vision")}
    for name in LIMITS:
        route[name] = say(route[name], f"route-{name}")
    route["prices"] = say(route["prices"], "prices")
    model["routes"] = say(model["routes"], "routes")
    return tree, names


def test_every_note_on_a_fact_stands_on_the_page() -> None:
    tree, names = noted()
    page, _ = written_of(catalog_of(tree))
    assert len(names) > 30
    assert [name for name in names if name not in page] == []


def test_the_catalog_has_every_key_of_every_record() -> None:
    named = {str(key) for at in LEAVES for key in at}
    missing = {
        f"{name}.{key}"
        for name, record in vars(records).items()
        if isinstance(record, type) and issubclass(record, Record) and name not in {"Record", "Reading", "Fact"}
        for key in written(record)
        if key not in named
    }
    assert {name for name in missing if not name.endswith(".accept")} == set()


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_has_its_words_and_its_commands(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a table, where two catalogs differ, in the beginning of a model, and as a column of a table to import."""
    assert name in ROWS or not FACTS[name].is_row
    at, *_ = (keys for keys in LEAVES if keys[: len(MODEL) + 1] == (*MODEL, name))
    found = diff_catalogs(catalog_of(TREE), changed(at), None)
    assert FACTS[name].group == "texts" or name in {item.field for item in found.disagreements}
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/catalog.yaml").write_text(json.dumps(TREE), encoding="utf-8")
    named = ("--name", "Ours", "--organization", "maker", "--source", "sheet")
    assert CliRunner().invoke(group, ["new", "model", "ours", *named]).exit_code == 0
    begun = "".join(path.read_text(encoding="utf-8") for path in Path("data").rglob("*ours*"))
    assert f"{name}:" in begun
    Path("mapping.yaml").write_text(json.dumps({"model": "M", "columns": {"C": name}}), encoding="utf-8")
    assert [column.to for column in read_mapping(Path("mapping.yaml")).columns.values()] == [name]

"""The tables of our own documentation hold all that the code declares."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import selfdoc
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_modelcmp.catalog import records
from sphinx_modelcmp.catalog.decode import SCHEMA, TOP_LEVEL
from sphinx_modelcmp.catalog.fields import Record, fields_of, written
from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS
from sphinx_modelcmp.cli.main import group
from sphinx_modelcmp.compare.comparison import SECTION_NAMES
from sphinx_modelcmp.compare.rows import field_names
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig
from sphinx_modelcmp.ext.directive import OPTIONS
from sphinx_modelcmp.structured.payload import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
# The documentation's other extensions may ask for what Sphinx is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app' is deprecated")
# Records that no author writes as such.
INNER = {"Record", "Sourced", "Reading", "Fact"}
BASE: dict[str, Any] = {
    "catalog": {"schema": 1},
    "sources": {"x": {"title": "X"}},
    "organizations": {"x": {"name": "X"}},
    "providers": {"x": {"name": "X"}},
    "licenses": {"x": {"name": "X"}},
    "fields": {"row": {"label": "X", "group": "specs", "type": "text"}},
    "benchmarks": {"x": {"name": "X", "scale": "percent"}},
    "traffic": {"x": {"label": "X", "requests": 1, "input": 1, "output": 1}},
    "rates": [{"from": "EUR", "to": "USD", "rate": 1, "date": "2026-01-01"}],
    "models": {
        "x": {
            "name": "X",
            "parameters": {"total": 1},
            "family": {"name": "X"},
            "modalities": {"input": ["text"]},
            "capabilities": {},
            "lifecycle": {"status": "active"},
            "results": [{"benchmark": "x", "score": 1}],
            "routes": [
                {"provider": "x", "prices": [{"input": 1, "when": {"hours": {"from": "01:00", "to": "02:00"}}}]}
            ],
        }
    },
}
"""A catalog with one record of each kind."""
PRICE = ("models", "x", "routes", 0, "prices", 0)
STANDS: Mapping[str, Sequence[str | int]] = {
    "Benchmark": ("benchmarks", "x"),
    "Catalog": ("catalog",),
    "Condition": (*PRICE, "when"),
    "HouseField": ("fields", "row"),
    "Hours": (*PRICE, "when", "hours"),
    "License": ("licenses", "x"),
    "Lifecycle": ("models", "x", "lifecycle"),
    "Model": ("models", "x"),
    "Organization": ("organizations", "x"),
    "Parameters": ("models", "x", "parameters"),
    "Family": ("models", "x", "family"),
    "Modalities": ("models", "x", "modalities"),
    "Price": PRICE,
    "Provider": ("providers", "x"),
    "Rate": ("rates", 0),
    "Result": ("models", "x", "results", 0),
    "Route": ("models", "x", "routes", 0),
    "Source": ("sources", "x"),
    "Traffic": ("traffic", "x"),
}
"""Where each record stands in it."""


def written_records() -> list[str]:
    found = [
        name
        for name, value in vars(records).items()
        if isinstance(value, type) and issubclass(value, Record) and value.__module__ == records.__name__
    ]
    return sorted(name for name in found if name not in INNER)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SphinxTestApp]:
    """The documentation, read and not written; it is read without a warning."""
    app = SphinxTestApp("dummy", srcdir=DOCS, builddir=tmp_path_factory.mktemp("docs"))
    app.build(force_all=True)
    assert app.warning.getvalue() == ""
    yield app
    app.cleanup()


def names_in(app: SphinxTestApp, page: str, caption: str) -> set[str]:
    """The first column of the tables of a page whose caption starts so."""
    return {
        row[0].astext()
        for table in app.env.get_doctree(page).findall(nodes.table)
        if table[0].astext().startswith(caption)
        for body in table.findall(nodes.tbody)
        for row in body.findall(nodes.row)
    }


def test_options(docs: SphinxTestApp) -> None:
    assert names_in(docs, "directive", "Options") == {f":{name}:" for name in OPTIONS}


def test_fields(docs: SphinxTestApp) -> None:
    assert names_in(docs, "directive", "Rows") == set(field_names(records.Catalog()))


def test_configuration_values(docs: SphinxTestApp) -> None:
    names = {PREFIX + item.name for item in fields(ModelcmpConfig)}
    assert names_in(docs, "configuration", "Configuration") == names
    objects = {name for name, _, kind, *_ in docs.env.get_domain("std").get_objects() if kind == "confval"}
    assert objects == names


def test_warnings(docs: SphinxTestApp) -> None:
    assert names_in(docs, "warnings", "Warnings") == {f"modelcmp.{code.slug}" for code in Code}


def test_sections(docs: SphinxTestApp) -> None:
    assert names_in(docs, "sections/index", "Sections") == set(SECTION_NAMES)


def test_components_and_capabilities(docs: SphinxTestApp) -> None:
    assert names_in(docs, "catalog", "Price components") == set(PRICE_COMPONENTS)
    assert names_in(docs, "catalog", "Built-in capabilities") == set(CAPABILITIES)


def test_top_level_keys(docs: SphinxTestApp) -> None:
    assert names_in(docs, "catalog", "Top-level") == set(TOP_LEVEL)


@pytest.mark.parametrize("name", written_records())
def test_records(name: str, docs: SphinxTestApp) -> None:
    (table,) = selfdoc.record_table(name)
    model = getattr(records, name)
    elsewhere = {*TOP_LEVEL} if name == "Catalog" else set()
    wanted = set(written(model)) - elsewhere
    assert wanted <= names_in(docs, "catalog", table.caption)


@pytest.mark.parametrize("name", written_records())
def test_every_listed_key_is_one_that_an_author_may_write(name: str, tmp_path: Path) -> None:
    (table,) = selfdoc.record_table(name)
    listed = [row.head.text for row in table.rows]
    assert listed
    assert refused(tmp_path, STANDS[name], [*listed, "no_such_key"]) == ["no_such_key"]


def test_every_other_listed_name_is_one_that_an_author_may_write(tmp_path: Path) -> None:
    """Also of the tables that are not of one record."""
    for place, make in {
        (): selfdoc.top_level_table,
        STANDS["Price"]: selfdoc.components_table,
        (*STANDS["Model"], "capabilities"): selfdoc.capabilities_table,
    }.items():
        (table,) = make()
        names = [row.head.text for row in table.rows]
        assert refused(tmp_path, place, [*names, "no_such_key"]) == ["no_such_key"]


def refused(folder: Path, place: Sequence[str | int], keys: Sequence[str]) -> list[str]:
    """The keys that a file may not have at a place."""
    return [key for key in keys if f"“{key}”" in " ".join(unknown_keys(folder, place, key))]


def unknown_keys(folder: Path, place: Sequence[str | int], *keys: str) -> list[str]:
    """What is said of the keys of the catalog, with more keys at a place of it."""
    tree = deepcopy(BASE)
    held: Any = tree
    for step in place:
        held = held[step]
    for key in keys:
        held.setdefault(key, None)
    path = folder / "catalog.yaml"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return [problem.message for problem in load_catalog([path]).problems if problem.code is Code.UNKNOWN_KEY]


def test_enums_are_all_there(docs: SphinxTestApp) -> None:
    used = {
        kind.__name__
        for name in written_records()
        for kind in selfdoc.ENUMS
        if kind.__name__ in str([field.kind for field in fields_of(getattr(records, name)).values()])
    }
    assert used <= names_in(docs, "catalog", "Closed lists")


def test_types_are_all_there(docs: SphinxTestApp) -> None:
    assert names_in(docs, "catalog", "Types") == set(selfdoc.TYPE_WORDS.values())
    assert "time zone" in selfdoc.TYPE_WORDS.values()


def test_no_type_is_left_without_a_word() -> None:
    cells = [
        (name, row.head.text, row.cells[0].text)
        for name in written_records()
        for table in selfdoc.record_table(name)
        for row in table.rows
    ]
    assert [item for item in cells if any(mark in item[2] for mark in ("[", "<", "Any", "Decimal", "typing"))] == []


def test_modules(docs: SphinxTestApp) -> None:
    package = selfdoc.PACKAGE
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    assert names_in(docs, "architecture", "Modules") == found


def test_every_row_says_something() -> None:
    for name, make in selfdoc.MAKERS.items():
        for table in make(*(["Model"] if name == "record" else [])):
            assert table.rows
            assert all(cell.text for row in table.rows for cell in row.cells)


def test_no_code_block_is_empty(docs: SphinxTestApp) -> None:
    pages = {name: docs.env.get_doctree(name) for name in docs.env.found_docs}
    blocks = [(name, block) for name, page in pages.items() for block in page.findall(nodes.literal_block)]
    assert len(blocks) > 100
    assert [f"{name}:{block.line}" for name, block in blocks if not block.astext().strip()] == []
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not re.search(r"^```\w+\n\s*```$", readme, re.MULTILINE)


def test_models(docs: SphinxTestApp) -> None:
    tables = list(docs.env.get_doctree("data").findall(nodes.table))
    caption = next(table[0].astext() for table in tables if table[0].astext().endswith(" models"))
    assert len(names_in(docs, "data", caption)) == int(caption.split()[0])


def test_the_makefile_prints_a_page_that_is_there() -> None:
    assert "codex-1-vs-qwen3.5-4b.html" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert (DOCS / "codex-1-vs-qwen3.5-4b.rst").exists()


def test_what_is_promised_to_stay_is_what_there_is() -> None:
    page = (DOCS / "stability.md").read_text(encoding="utf-8")
    assert f"`schema: {SCHEMA}`" in page
    assert f"`version` {VERSION}," in page
    (listed,) = re.findall(r"The commands (.+?), their options", page)
    assert set(re.findall(r"`(\w+)`", listed)) == set(group.list_commands(click.Context(group)))
    for code in re.findall(r"`modelcmp\.([\w-]+)`", page):
        assert code in {known.slug for known in Code}

"""The tables of our own documentation hold all that the code declares."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from pydantic import BaseModel
from sphinx.testing.util import SphinxTestApp

from sphinx_modelcmp.catalog import records
from sphinx_modelcmp.catalog.collect import TOP_LEVEL
from sphinx_modelcmp.catalog.problems import Code
from sphinx_modelcmp.catalog.vocabulary import CAPABILITIES, PRICE_COMPONENTS
from sphinx_modelcmp.compare.request import SECTION_NAMES
from sphinx_modelcmp.compare.rows import field_names
from sphinx_modelcmp.ext import selfdoc
from sphinx_modelcmp.ext.config import PREFIX, ModelcmpConfig
from sphinx_modelcmp.ext.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
# The documentation's other extensions may ask for what Sphinx is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app' is deprecated")
# Records that no author writes as such.
INNER = {"Record", "Reading", "Fact"}


def written_records() -> list[str]:
    found = [
        name
        for name, value in vars(records).items()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == records.__name__
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
    objects = {name for kind, name in docs.env.domains.standard_domain.objects if kind == "confval"}
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
    derived = selfdoc.DERIVED.get(name, ())
    wanted = {field.alias or key for key, field in model.model_fields.items() if key not in derived}
    assert wanted <= names_in(docs, "catalog", table.caption)


def test_enums_are_all_there(docs: SphinxTestApp) -> None:
    used = {
        kind.__name__
        for name in written_records()
        for kind in selfdoc.ENUMS
        if kind.__name__ in str(getattr(records, name).model_fields)
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
        for table in make("Model" if name == "record" else ""):
            assert table.rows
            assert all(cell.text for row in table.rows for cell in row.cells)


def test_models(docs: SphinxTestApp) -> None:
    tables = list(docs.env.get_doctree("data").findall(nodes.table))
    caption = next(table[0].astext() for table in tables if table[0].astext().endswith(" models"))
    assert len(names_in(docs, "data", caption)) == int(caption.split()[0])


def test_the_makefile_prints_a_page_that_is_there() -> None:
    assert "codex-1-vs-qwen3.5-4b.html" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert (DOCS / "codex-1-vs-qwen3.5-4b.rst").exists()

"""The worked examples of the documentation: real facts in rows of a house's own, beside the real catalog."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, TypeVar

import pytest

from sphinx_modelcmp.catalog.load import load_catalog
from sphinx_modelcmp.catalog.vocabulary import State
from tests.compare.making import DATA, compared
from tests.sections.reading import cells, marks, page_of, tables, texts

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_modelcmp.catalog.records import Catalog

Row = TypeVar("Row")
DOCS = DATA.parent / "docs"
PATHS = [(DOCS / name).resolve() for name in runpy.run_path(str(DOCS / "conf.py"))["modelcmp_catalog"]]
EXAMPLES = [path for path in PATHS if path != DATA]
LOADED = load_catalog(PATHS)
ENGINES = {"tm": ("fp16", "kv_int8", "kv_int4", "w4a16"), "pt": ("fp16", "kv_int8", "kv_int4", "w8a8", "w4a16")}


def example(name: str) -> Catalog:
    (path,) = (path for path in EXAMPLES if path.stem == name)
    return load_catalog([path]).catalog


def by_model(rows: dict[str, Row]) -> dict[str, Row]:
    """The rows of a table by the names of models, without their marks."""
    return {name.partition(" [")[0]: row for name, row in rows.items()}


def test_they_are_read_beside_the_real_catalog() -> None:
    assert {path.stem for path in EXAMPLES} == {"support-matrix", "model-hub"}
    assert [str(problem) for problem in LOADED.problems] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_fact_has_a_source_and_a_day_and_every_row_says_something(path: Path) -> None:
    catalog = load_catalog([path]).catalog
    facts = [
        (name, fact)
        for model in catalog.models.values()
        for name, fact in {**model.house, **model.capabilities, "parameters": model.parameters}.items()
    ]
    assert {name for name, fact in facts if fact.known} - {"parameters"} == set(catalog.fields)
    assert all(fact.source and fact.checked for _, fact in facts if fact.known)
    assert all(source.url and source.checked for source in catalog.sources.values())


def test_no_other_page_shows_their_rows() -> None:
    pair = ("codex-1", "qwen3.5-4b")
    alone, beside = (compared(catalog, *pair) for catalog in (load_catalog([DATA]).catalog, LOADED.catalog))
    assert beside.specs() == alone.specs()
    assert beside.capabilities() == alone.capabilities()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_support_matrix_has_a_row_a_model(engine: str) -> None:
    fields = tuple(f"{engine}_{name}" for name in ENGINES[engine])
    catalog = example("support-matrix")
    section = page_of(compared(catalog, sections=("capabilities",), fields=fields, transpose=True))["capabilities"]
    (table,) = tables(section)
    assert [cell.text for cell in table.header] == ["Model", *(catalog.fields[name].label for name in fields)]
    assert list(by_model(cells(section))) == [model.name for model in catalog.models.values()]


def test_what_is_not_verified_says_so_and_is_never_a_no() -> None:
    catalog = example("support-matrix")
    fields = tuple(f"{engine}_{name}" for engine, names in ENGINES.items() for name in names)
    section = page_of(compared(catalog, sections=("capabilities",), fields=fields, transpose=True))["capabilities"]
    said, marked = by_model(cells(section)), by_model(marks(section))
    for model in catalog.models.values():
        for i, name in enumerate(fields):
            is_unknown = model.capability(name).state is State.UNKNOWN
            assert ("unknown" in marked[model.name][i]) is is_unknown
            assert (said[model.name][i] == "Not verified") is is_unknown
    assert said["CodeGeeX4"][3] == "Not verified"
    assert any("Not verified: no source in the catalog says; it is not a No." in line for line in texts(section.blocks))
    assert not [line for line in texts(section.blocks) if line.startswith("Unknown")]
    assert said["Code Llama"][3] == "No"


def test_the_hub_has_a_row_a_size_and_format() -> None:
    fields = ("parameters", "format", "quantizations", "engines")
    section = page_of(compared(example("model-hub"), sections=("specs",), fields=fields, transpose=True))["specs"]
    heads = [cell.text for cell in tables(section)[0].header]
    assert heads == ["Model", "Parameters", "Format", "Quantizations", "Engines"]
    said = by_model(cells(section))
    assert len(said) == 15
    assert said["Qwen3-14B GPTQ"] == ("14B", "gptq", "Int4, Int8", "vLLM, Transformers, SGLang")
